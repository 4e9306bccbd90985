/** The sheet Checks: our totals, and what the workbook's own formulas come to. */
import type { WriteSheet } from 'hucre/xlsx';
import { LINE_ACCOUNT_NAMES, LINE_ACCOUNTS, type LineAccountName } from '../engine/r1-words/line-accounts.js';
import {
  addedUp,
  HELD_SUM,
  isShown,
  PAID_SUM,
  PAY_FIGURES,
  type PayFigure,
  type PayRow,
  shownTerms,
  sumOf,
  sumText,
  type Term,
  WRITTEN_FIGURES,
} from '../engine/r1-words/pay-figures.js';
import type { Result } from '../engine/result.js';
import { formatMinor, type Minor } from '../money.js';
import { cellName, type Formula, Grid, inFormulas, rangeName, widthFor } from './grid.js';
import { type ColumnMeasure, isCountable, type Part } from './measure.js';
import { lastFormula, lastRow } from './row-sheet.js';
import { FIRST_ROW, HEADING_ROW, type RowSheet } from './sheet.js';
import { APART, headingStyle, moneyFormat, strong, styleOf, TITLE } from './styles.js';

/** A figure of ours, and the formula that must come to it; both as whole multiples of 10^-decimals. */
export interface Check {
  readonly name: string;
  readonly rule: string;
  readonly decimals: number;
  readonly ours: bigint;
  readonly formula: string;
  readonly value: bigint;
  /** Whether a spreadsheet can count this far. */
  readonly counts: boolean;
}

/** A sheet of rows, and the parts that its rows are written in. */
export interface Written {
  readonly sheet: RowSheet;
  readonly parts: readonly Part[];
}

const NAME = 'Checks';
const BEYOND = 'beyond 15 digits';
/** The checks of what the sheets of rows come to. */
export function checksOf(result: Result, written: readonly Written[]): readonly Check[] {
  const { quarters, months, fiscalQuarter, payPeriod } = result;
  const decimals = result.currency.digits;
  const named = new Map(written.map((one) => [one.sheet.name, one]));
  const sheetOf = (name: string) => named.get(name) as Written;
  const check = (name: string, rule: string, ours: Minor, figure: Figure): Check => {
    return { name, rule, decimals, ours, ...figure };
  };
  const all = addedUp(quarters);
  const closing = addedUp(quarters.filter(({ quarter }) => quarter === fiscalQuarter.name));
  const broughtIn = addedUp(firstRows(quarters));
  const rows = [...quarters, ...months];
  const shown = (figures: readonly PayFigure[]) => figures.filter((figure) => isShown(figure, rows));
  const pay = (sheet: Written, sums: PayRow, last: PayRow): readonly Check[] => {
    const { name } = sheet.sheet;
    const columnsOf = (terms: readonly Term[]) => terms.map(({ figure, sign }) => columnOf(figure, sign));
    const held = [...HELD_SUM, { figure: 'held', sign: -1 }] as const;
    // R29.1: what is carried before is no column, so it is on our side of the sum.
    const [paid, carried] = [PAID_SUM, CARRIED].map((terms) => shownTerms(terms, rows)) as [
      readonly Term[],
      readonly Term[],
    ];
    const columns = paid.filter(({ figure }) => !CARRIED.some((term) => term.figure === figure));
    return [
      ...shown(FLOWS).map((figure) =>
        check(`${name}: ${wordsOf(figure)}`, 'R8.1', sums[figure], figureOf(sheet, [columnOf(figure)])),
      ),
      ...shown(CLOSINGS).map((figure) =>
        check(`${name}: ${figure} at the end`, 'R8.1', last[figure], lastOf(sheet, columnName(figure))),
      ),
      check(`${name}: ${sumText(held)}`, 'R6.3', 0n, figureOf(sheet, columnsOf(held))),
      check(
        `${name}: ${sumText(columns)} = ${sumText([{ figure: 'paid', sign: 1 }, ...carried])}`,
        'R7.4',
        sums.paid + sumOf(carried, sums),
        figureOf(sheet, columnsOf(columns)),
      ),
    ];
  };
  const byMonth = named.get('Months');
  const lastMonth = () => addedUp(months.filter(({ month }) => month === payPeriod));
  const due = addedUp(
    result.terms.payPeriod === 'month'
      ? months.filter(({ month }) => month === payPeriod)
      : quarters.filter(({ quarter }) => quarter === payPeriod),
  );
  const bookings = quarters.reduce((sum, row) => sum + row.bookings, 0n);
  // What the postings of an account come to, from the rows.
  const posted: Readonly<Record<LineAccountName, readonly [words: string, ours: Minor]>> = {
    earned: ['earned', all.earned],
    advanced: ['advanced', all.advanced],
    released: ['released', all.released],
    forfeited: ['forfeited', all.forfeited],
    held: ['held', closing.held - broughtIn.heldOpening],
    clawedBack: ['clawed back less reinstated', all.clawedBack - all.reinstated],
  };
  const of = (name: string, column: string) => figureOf(sheetOf(name), [{ column, sign: 1 }]);
  return [
    check('Summary: bookings', 'R8.1', bookings, of('Summary', 'bookings')),
    ...pay(sheetOf('Summary'), all, closing),
    ...(byMonth === undefined ? [] : pay(byMonth, addedUp(months), lastMonth())),
    ...LINE_ACCOUNT_NAMES.map((account) => {
      const [words, ours] = posted[account];
      return check(`Postings: ${words}`, 'R6.3', ours, of('Postings', LINE_ACCOUNTS[account].column));
    }),
    ...PAYROLL.map((figure) => check(`Payroll: ${figure}`, 'R7.4', due[figure], of('Payroll', figure))),
    ...(named.has('Entries')
      ? [check('Entries: amount', 'R21.3', all.adjusted + all.waived + all.repaid, of('Entries', 'amount'))]
      : []),
    check('Held: held', 'R6.3', closing.held, of('Held', 'held')),
    check('Clawbacks: clawed back', 'R5.6', all.clawedBack, of('Clawbacks', 'clawedBack')),
    check('Clawbacks: reinstated', 'R5.7', all.reinstated, of('Clawbacks', 'reinstated')),
    exceptionCount(result, sheetOf('Exceptions')),
  ];
}

/** R29.1: what is carried counts as paid. */
const CARRIED: readonly Term[] = [
  { figure: 'carried', sign: 1 },
  { figure: 'carriedOpening', sign: -1 },
];

/** The figures of the sheet Payroll. */
const PAYROLL = ['paid', 'recovered', 'owed'] as const;

/** The figures that add up over the periods. */
const FLOWS = WRITTEN_FIGURES.filter((figure) => PAY_FIGURES[figure].kind === 'flow');

/** The balances at the end of a period. */
const CLOSINGS = WRITTEN_FIGURES.filter((figure) => PAY_FIGURES[figure].kind === 'closing');

/** A column in a sum, and whether it is added or subtracted. */
interface ColumnTerm {
  readonly column: string;
  readonly sign: 1 | -1;
}

function columnName(figure: PayFigure): string {
  return PAY_FIGURES[figure].column;
}

function columnOf(figure: PayFigure, sign: 1 | -1 = 1): ColumnTerm {
  return { column: columnName(figure), sign };
}

function wordsOf(figure: PayFigure): string {
  return columnName(figure).replaceAll('_', ' ');
}

type Figure = Pick<Check, 'formula' | 'value' | 'counts'>;

/** The first row of each rep, which opens with what was brought in. */
function firstRows(quarters: Result['quarters']): Result['quarters'] {
  return quarters.filter(({ repId }, at) => quarters[at - 1]?.repId !== repId);
}

/** Columns of a sheet, and of those that continue it, added up. */
function figureOf({ sheet, parts }: Written, sum: readonly ColumnTerm[]): Figure {
  let formula = '';
  let [value, counts] = [0n, true];
  for (const { column, sign } of sum) {
    const at = sheet.columns.findIndex(({ name }) => name === column);
    const ranges = parts.map(
      (part) => `${inFormulas(part.name)}!${rangeName(at + 1, FIRST_ROW, lastRow(part))}`,
    );
    formula += `${sign === -1 ? '-' : formula === '' ? '' : '+'}SUM(${ranges.join(',')})`;
    for (const part of parts) {
      const measure = part.columns[at] as ColumnMeasure;
      value += BigInt(sign) * measure.sum;
      counts &&= measure.tooLong === 0;
    }
  }
  return { formula, value, counts: counts && isCountable(value) };
}

function lastOf({ sheet, parts }: Written, column: string): Figure {
  const at = sheet.columns.findIndex(({ name }) => name === column);
  const formulas = parts.map((part) =>
    lastFormula(sheet, part, rangeName(at + 1, FIRST_ROW, lastRow(part)), `${inFormulas(part.name)}!`),
  );
  const measures = parts.map((part) => part.columns[at] as ColumnMeasure);
  const value = measures.reduce((all, { last }) => all + last, 0n);
  return {
    formula: formulas.join('+'),
    value,
    counts: measures.every(({ tooLong }) => tooLong === 0) && isCountable(value),
  };
}

function exceptionCount({ exceptions }: Result, { parts }: Written): Check {
  const ranges = parts.map((part) => `${inFormulas(part.name)}!${rangeName(1, FIRST_ROW, lastRow(part))}`);
  const value = parts.reduce((all, { from, to }) => all + to - from, 0);
  return {
    name: 'Exceptions: count',
    rule: 'R8.4',
    decimals: 0,
    ours: BigInt(exceptions.length),
    formula: `COUNTA(${ranges.join(',')})`,
    value: BigInt(value),
    counts: true,
  };
}

const HEADINGS = ['check', 'rule', 'ours', "the sheet's formula", 'difference', 'OK'] as const;

export function checksSheet(checks: readonly Check[]): WriteSheet {
  const grid = new Grid();
  grid.text(1, 1, 'Our own totals, and what the formulas of this workbook come to.', TITLE);
  grid.words(2, 1, agreement(checks), TITLE);
  HEADINGS.forEach((heading, at) => {
    const style = headingStyle(at >= 2 && at <= 4 ? 'money' : 'text');
    grid.text(HEADING_ROW, at + 1, heading, at === 5 ? { ...style, ...APART } : style);
  });
  checks.forEach((check, at) => {
    writeCheck(grid, check, FIRST_ROW + at);
  });
  const widest = Math.max(...checks.map(({ name }) => name.length));
  const money = Math.max(20, ...checks.map(({ ours }) => `${ours}`.length * 1.5));
  const columns = [widest * 1.5, 6, money, money, 14, BEYOND.length].map((width) => ({
    width: Math.max(widthFor(width), Math.min(width, 80)),
  }));
  const range = `${cellName(HEADING_ROW, 1)}:${cellName(FIRST_ROW + checks.length - 1, HEADINGS.length)}`;
  return {
    name: NAME,
    cells: grid.cells,
    columns,
    freezePane: { rows: HEADING_ROW },
    autoFilter: { range },
  };
}

function writeCheck(
  grid: Grid,
  { name, rule, decimals, ours, formula, value, counts }: Check,
  row: number,
): void {
  const style = { numFmt: moneyFormat(decimals), alignment: { horizontal: 'right' } } as const;
  grid.text(row, 1, name, styleOf('text', decimals));
  grid.text(row, 2, rule, styleOf('text', decimals));
  grid.number(row, 3, formatMinor(ours, decimals), style);
  if (!counts) {
    grid.text(row, 6, BEYOND, APART);
    return;
  }
  const [own, theirs, difference] = [cellName(row, 3), cellName(row, 4), cellName(row, 5)];
  grid.formula(
    row,
    4,
    { formula: `ROUND(${formula},${decimals})`, value: formatMinor(value, decimals) },
    style,
  );
  const apart = formatMinor(value - ours, decimals);
  grid.formula(row, 5, { formula: `ROUND(${theirs}-${own},${decimals})`, value: apart }, style);
  grid.words(
    row,
    6,
    { formula: `IF(${difference}=0,"OK","differs")`, value: value === ours ? 'OK' : 'differs' },
    strong(APART),
  );
}

/** `40 of 40 checks agree`, for any sheet. */
export function agreement(checks: readonly Check[]): Formula {
  const range = `${NAME}!${rangeName(HEADINGS.length, FIRST_ROW, FIRST_ROW + checks.length - 1)}`;
  const agreeing = checks.filter(({ ours, value, counts }) => counts && ours === value).length;
  return {
    formula: `COUNTIF(${range},"OK")&" of ${checks.length} checks agree"`,
    value: `${agreeing} of ${checks.length} checks agree`,
  };
}
