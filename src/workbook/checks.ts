/** The sheet Checks: our totals, and what the workbook's own formulas come to. */
import type { WriteSheet } from 'hucre/xlsx';
import type { PayRow } from '../engine/r1-words/pay-figures.js';
import type { Result } from '../engine/result.js';
import { formatMinor } from '../money.js';
import { cellName, type Formula, Grid, inFormulas, ON_PAPER, rangeName, widthFor } from './grid.js';
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
  /** Whether a spreadsheet can count so far. */
  readonly counts: boolean;
}

/** A sheet of rows, and where its rows stand. */
export interface Written {
  readonly sheet: RowSheet;
  readonly parts: readonly Part[];
}

const NAME = 'Checks';
const BEYOND = 'beyond 15 digits';
/** The checks of what the sheets of rows come to. */
export function checksOf(result: Result, written: readonly Written[]): readonly Check[] {
  const decimals = result.currency.digits;
  const named = new Map(written.map((one) => [one.sheet.name, one]));
  const checks: Check[] = [];
  const check = (name: string, rule: string, ours: bigint, figure: Figure) => {
    checks.push({ name, rule, decimals, ours, ...figure });
  };
  const pay = (sheet: Written, rows: readonly PayRow[], last: readonly PayRow[]) => {
    const { name } = sheet.sheet;
    for (const [column, figure] of FLOWS) {
      check(
        `${name}: ${column.replaceAll('_', ' ')}`,
        'R8.1',
        total(rows, figure),
        figureOf(sheet, [['+', column]]),
      );
    }
    for (const balance of ['held', 'owed'] as const) {
      check(`${name}: ${balance} at the end`, 'R8.1', total(last, balance), lastOf(sheet, balance));
    }
    check(
      `${name}: held opening + earned − advanced − released − forfeited − held`,
      'R6.3',
      0n,
      figureOf(sheet, WAITS),
    );
    check(
      `${name}: payable − clawed back + reinstated − owed before + owed after = paid`,
      'R7.4',
      total(rows, 'paid'),
      figureOf(sheet, PAID),
    );
  };
  const { quarters, months, fiscalQuarter, payPeriod } = result;
  const closing = quarters.filter(({ quarter }) => quarter === fiscalQuarter.name);
  const summary = named.get('Summary') as Written;
  check(
    'Summary: bookings',
    'R8.1',
    quarters.reduce((all, row) => all + row.bookings, 0n),
    figureOf(summary, [['+', 'bookings']]),
  );
  pay(summary, quarters, closing);
  const byMonth = named.get('Months');
  if (byMonth !== undefined)
    pay(
      byMonth,
      months,
      months.filter(({ month }) => month === payPeriod),
    );
  const postings = named.get('Postings') as Written;
  for (const figure of ['earned', 'advanced', 'released', 'forfeited'] as const) {
    check(`Postings: ${figure}`, 'R6.3', total(quarters, figure), figureOf(postings, [['+', figure]]));
  }
  const broughtIn = total(firstRows(quarters), 'heldOpening');
  check('Postings: held', 'R6.3', total(closing, 'held') - broughtIn, figureOf(postings, [['+', 'held']]));
  const out = total(quarters, 'clawedBack') - total(quarters, 'reinstated');
  check('Postings: clawed back less reinstated', 'R6.3', out, figureOf(postings, [['+', 'clawed_back']]));
  check(
    'Held: held',
    'R6.3',
    total(closing, 'held'),
    figureOf(named.get('Held') as Written, [['+', 'held']]),
  );
  const clawbacks = named.get('Clawbacks') as Written;
  check(
    'Clawbacks: clawed back',
    'R5.6',
    total(quarters, 'clawedBack'),
    figureOf(clawbacks, [['+', 'clawedBack']]),
  );
  check(
    'Clawbacks: reinstated',
    'R5.7',
    total(quarters, 'reinstated'),
    figureOf(clawbacks, [['+', 'reinstated']]),
  );
  checks.push(exceptionCount(result, named.get('Exceptions') as Written));
  return checks;
}

const FLOWS: readonly (readonly [column: string, figure: keyof PayRow])[] = [
  ['earned', 'earned'],
  ['advanced', 'advanced'],
  ['released', 'released'],
  ['forfeited', 'forfeited'],
  ['payable', 'payable'],
  ['clawed_back', 'clawedBack'],
  ['reinstated', 'reinstated'],
  ['charged', 'charged'],
  ['cancelled', 'cancelled'],
  ['recovered', 'recovered'],
  ['paid', 'paid'],
];

type Sum = readonly (readonly [sign: '+' | '-', column: string])[];

const WAITS: Sum = [
  ['+', 'held_opening'],
  ['+', 'earned'],
  ['-', 'advanced'],
  ['-', 'released'],
  ['-', 'forfeited'],
  ['-', 'held'],
];

const PAID: Sum = [
  ['+', 'payable'],
  ['-', 'clawed_back'],
  ['+', 'reinstated'],
  ['-', 'owed_opening'],
  ['+', 'owed'],
];

type Figure = Pick<Check, 'formula' | 'value' | 'counts'>;

function total<Key extends keyof PayRow>(rows: readonly PayRow[], figure: Key): bigint {
  return rows.reduce((all, row) => all + row[figure], 0n);
}

/** The first row of each rep, in which balances are brought in. */
function firstRows(quarters: Result['quarters']): Result['quarters'] {
  return quarters.filter(({ repId }, at) => quarters[at - 1]?.repId !== repId);
}

/** Columns of a sheet, and of those that go on with it, added up. */
function figureOf({ sheet, parts }: Written, sum: Sum): Figure {
  let formula = '';
  let [value, counts] = [0n, true];
  for (const [sign, column] of sum) {
    const at = sheet.columns.findIndex(({ name }) => name === column);
    const ranges = parts.map(
      (part) => `${inFormulas(part.name)}!${rangeName(at + 1, FIRST_ROW, lastRow(part))}`,
    );
    formula += `${formula === '' && sign === '+' ? '' : sign}SUM(${ranges.join(',')})`;
    for (const part of parts) {
      const measure = part.columns[at] as ColumnMeasure;
      value += sign === '+' ? measure.sum : -measure.sum;
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
    name: 'Exceptions: how many',
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
    ...ON_PAPER,
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
