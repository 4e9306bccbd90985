/** The sheet Control totals: what became of every row that was read, beside the ERP's own figures (R8.4). */
import type { CellStyle, WriteSheet } from 'hucre/xlsx';
import type { ControlTotals } from '../engine/r8-results/controls.js';
import type { Result } from '../engine/result.js';
import { LEDGER_COLUMNS } from '../ledger-specs/columns.js';
import { LEDGER_TITLES } from '../ledger-specs/ledgers.js';
import { formatUnits } from '../money.js';
import { FATE_NAMES, fateTitle, inEachCurrency } from '../reports/fates.js';
import { fits } from './cell.js';
import type { Check } from './checks.js';
import { cellName, Grid, inFormulas, rangeName, widthFor } from './grid.js';
import { FIRST_ROW, HEADING_ROW } from './sheet.js';
import { headingStyle, INPUT, moneyFormat, styleOf, TITLE } from './styles.js';

const NAME = 'Control totals';

/** A row of the sheet: rows of a ledger, or one of its amounts. */
interface Line {
  readonly title: string;
  /** Of each fate, as plain decimals. */
  readonly figures: readonly string[];
  readonly decimals: number;
}

export interface ControlSheet {
  readonly sheet: WriteSheet;
  readonly checks: readonly Check[];
  /** Amounts that a spreadsheet cannot count with. */
  readonly tooLong: number;
}

/** The sheet, and the checks that every row read is accounted for. */
export function controlSheet(result: Result): ControlSheet {
  const lines = [...result.controls].flatMap(([ledger, totals]) => {
    const columns = LEDGER_COLUMNS[ledger];
    const title = LEDGER_TITLES[ledger];
    const amounts = inEachCurrency(totals).flatMap(({ currency, totals: own }) => {
      const name = currency === undefined ? title : `${title} in ${currency}`;
      const isTaxed = columns.total !== undefined && own.read.total !== own.read.amount;
      return [
        ...(columns.amount === undefined ? [] : [amountLine(result, `${name}, amount`, own, 'amount')]),
        ...(isTaxed ? [amountLine(result, `${name}, with tax`, own, 'total')] : []),
      ];
    });
    return [rowsLine(`${title}, rows`, totals), ...amounts];
  });
  const grid = new Grid();
  grid.text(
    1,
    1,
    `What became of every row read, as of ${result.asOf}. Type your ERP's figures into the shaded cells.`,
    TITLE,
  );
  const headings = [
    'ledger',
    ...FATE_NAMES.map((fate) => fateTitle(fate, result.asOf)),
    'difference',
    "ERP's figure",
    'difference to ERP',
  ];
  headings.forEach((heading, at) => {
    grid.text(HEADING_ROW, at + 1, heading, headingStyle(at === 0 ? 'text' : 'money'));
  });
  const checks = lines.map((line, at) => writeLine(grid, line, FIRST_ROW + at));
  const columns = headings.map((heading, at) => ({
    width: widthFor(
      Math.max(
        heading.length,
        ...lines.map(({ title, figures }) => lengthOf(at === 0 ? title : figures[at - 1])),
      ),
    ),
  }));
  const sheet = { name: NAME, cells: grid.cells, columns, freezePane: { rows: HEADING_ROW } };
  const tooLong = lines.flatMap(({ figures }) => figures).filter((figure) => !fits(figure)).length;
  return { sheet, checks, tooLong };
}

function lengthOf(text = ''): number {
  return (text.length * 5) / 4;
}

function rowsLine(title: string, totals: ControlTotals): Line {
  return { title, figures: FATE_NAMES.map((fate) => `${totals[fate].rows}`), decimals: 0 };
}

function amountLine(
  { scale, currency }: Result,
  title: string,
  totals: ControlTotals,
  figure: 'amount' | 'total',
): Line {
  const figures = FATE_NAMES.map((fate) => formatUnits(totals[fate][figure], scale, currency.digits));
  const decimals = Math.max(currency.digits, ...figures.map((text) => text.split('.')[1]?.length ?? 0));
  return { title, figures, decimals };
}

function writeLine(grid: Grid, { title, figures, decimals }: Line, row: number): Check {
  const style: CellStyle = { numFmt: moneyFormat(decimals) };
  grid.text(row, 1, title, styleOf('text', decimals));
  figures.forEach((figure, at) => {
    grid.number(row, at + 2, figure, style);
  });
  const [read, first, last] = [cellName(row, 2), cellName(row, 3), cellName(row, FATE_NAMES.length + 1)];
  const [difference, input] = [FATE_NAMES.length + 2, FATE_NAMES.length + 3];
  const counts = figures.every(fits);
  const sum = `SUM(${first}:${last})`;
  if (counts) {
    grid.formula(row, difference, { formula: `ROUND(${read}-${sum},${decimals})`, value: '0' }, style);
    const erp = cellName(row, input);
    const formula = `IF(ISNUMBER(${erp}),ROUND(${read}-${erp},${decimals}),"")`;
    grid.words(row, input + 1, { formula, value: '' }, style);
  }
  grid.blank(row, input, { ...INPUT, ...style });
  const sheet = inFormulas(NAME);
  const range = rangeName(3, row, row).replace(/:.*/, `:${last}`);
  const minor = (text: string) =>
    BigInt(text.replace('.', '')) * 10n ** BigInt(decimals - (text.split('.')[1]?.length ?? 0));
  return {
    name: `${title}: used, later, set aside or left out`,
    rule: 'R8.4',
    decimals,
    ours: minor(figures[0] as string),
    formula: `SUM(${sheet}!${range})`,
    value: figures.slice(1).reduce((all, figure) => all + minor(figure), 0n),
    counts,
  };
}
