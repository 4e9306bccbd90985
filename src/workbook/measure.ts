/** What is known of a sheet's rows before they are written: how many, how wide, and what they add up to. */
import { fits } from './cell.js';
import type { Column, RowSheet } from './sheet.js';

/** A column as its rows fill it. */
export interface ColumnMeasure {
  /** The longest cell, in characters as they are shown. */
  readonly width: number;
  /** Sums of a column of amounts, in 10^-digits of the currency: of all rows, and of the last period. */
  readonly sum: bigint;
  readonly last: bigint;
  /** Amounts that a spreadsheet cannot count with, the sum among them where row 2 shows one. */
  readonly tooLong: number;
}

/** The rows on one sheet. */
export interface Part {
  readonly name: string;
  /** The first of the rows, and the one after the last. */
  readonly from: number;
  readonly to: number;
  readonly columns: readonly ColumnMeasure[];
}

/** A sheet has 1,048,576 rows, of which a few are titles and headings. */
export const MOST_ROWS = 1_048_000;

/** Reads the rows of a sheet and divides them among sheets: at least one. */
export function measured(sheet: RowSheet, mostRows: number): readonly Part[] {
  const parts: Part[] = [];
  const place = sheet.columns.findIndex(({ name }) => name === sheet.last?.column);
  let columns = sheet.columns.map(nothing);
  let from = 0;
  let row = 0;
  const end = () => {
    columns.forEach((column, at) => {
      if (sheet.columns[at]?.total !== undefined && !isCountable(column.sum)) column.tooLong += 1;
    });
    const name = parts.length === 0 ? sheet.name : `${sheet.name} ${parts.length + 1}`;
    parts.push({ name, from, to: row, columns });
    columns = sheet.columns.map(nothing);
    from = row;
  };
  for (const cells of sheet.rows()) {
    if (row - from === mostRows) end();
    const isLast = place >= 0 && cells[place] === sheet.last?.period;
    for (let at = 0; at < columns.length; at += 1) {
      add(columns[at] as Tally, sheet.columns[at] as Column, cells[at] as string, isLast);
    }
    row += 1;
  }
  end();
  return parts;
}

/** Below this an amount has no more digits than a spreadsheet counts with. */
const COUNTABLE = 10n ** 15n;

export function isCountable(amount: bigint): boolean {
  return amount < COUNTABLE && amount > -COUNTABLE;
}

type Tally = { -readonly [Key in keyof ColumnMeasure]: ColumnMeasure[Key] };

function nothing(): Tally {
  return { width: 0, sum: 0n, last: 0n, tooLong: 0 };
}

function add(tally: Tally, { kind }: Column, cell: string, isLast: boolean): void {
  const thousands = kind === 'money' ? cell.length / 4 : 0;
  tally.width = Math.max(tally.width, cell.length + thousands);
  if (kind !== 'money' || cell === '') return;
  if (!fits(cell)) tally.tooLong += 1;
  const amount = ZERO.test(cell) ? 0n : BigInt(cell.replace('.', ''));
  if (amount === 0n) return;
  tally.sum += amount;
  if (isLast) tally.last += amount;
}

/** Half of all amounts are 0. */
const ZERO = /^0(\.0+)?$/;
