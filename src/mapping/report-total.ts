/** Checks the report's own total against the sum of its rows. */
import type { LedgerName } from '../ledger-specs/ledgers.js';
import { DecimalSum, findPlain, negated, sumOf } from '../money.js';
import type { Place } from '../problems/place.js';
import type { Fault } from '../problems/problem.js';
import type { Cell } from './cell.js';
import type { CellReader } from './cells.js';
import type { Layout, MappedColumn } from './layout.js';

/** An amount of the report: the sum over its rows, and the cell of the total row. */
interface ReportColumn {
  readonly column: MappedColumn;
  readonly sum: DecimalSum;
  total: Cell | undefined;
}

/** The amounts of one file. Amounts are compared as the report shows them, without rules for signs. */
export class ReportTotal {
  readonly #cells: CellReader;
  readonly #columns: readonly ReportColumn[];
  #record: number | undefined;

  constructor(layout: Layout, cells: CellReader) {
    this.#cells = cells;
    this.#columns = layout.columns
      .filter(({ column }) => column.kind === 'amount')
      .filter(isFirstOfItsCells)
      .map((column) => ({ column, sum: new DecimalSum(), total: undefined }));
  }

  /** Adds a row of the report. */
  add(row: readonly string[]): void {
    for (const { column, sum } of this.#columns) {
      const { text, problem } = this.#cells.read(column, row, undefined);
      if (problem === undefined && findPlain(text) !== undefined) sum.add(text);
    }
  }

  /** Takes the total row. */
  setTotal(row: readonly string[], record: number): void {
    this.#record = record;
    for (const one of this.#columns) one.total = this.#cells.read(one.column, row, undefined);
  }

  /** @param pattern - the mapping's pattern for the total row */
  faults(ledger: LedgerName, pattern: string): Fault[] {
    if (this.#record === undefined) {
      const place: Place = { kind: 'terms', path: ['ledgers', ledger, 'totalRow'] };
      return [{ code: 'total-row-missing', place, pattern }];
    }
    const place: Place = { kind: 'record', ledger, record: this.#record };
    const totals = this.#columns.flatMap(({ column, sum, total }) => {
      return total === undefined ? [] : [{ column: column.column.name, sum, total }];
    });
    const [first] = totals;
    // A report need not total every column, but it must total one.
    const isBlank = first !== undefined && totals.every(({ total }) => total.text === '');
    return [
      ...(isBlank ? [{ code: 'blank-cell', place, column: first.column } as const] : []),
      ...totals.flatMap(({ column, total }) => this.#unreadable(column, total, place)),
      ...totals.flatMap(({ column, total, sum }) => difference(column, total, sum, place)),
    ];
  }

  #unreadable(column: string, total: Cell, place: Place): Fault[] {
    if (total.text === '' || isRead(total)) return [];
    const { text: found } = total;
    return [{ code: 'malformed-number', place, column, found, expected: this.#cells.numberExample }];
  }
}

function difference(column: string, total: Cell, sum: DecimalSum, place: Place): Fault[] {
  if (!isRead(total)) return [];
  const [found, expected] = [sum.text(), total.text];
  const difference = sumOf(found, negated(expected));
  return /[1-9]/.test(difference)
    ? [{ code: 'total-differs', place, column, found, expected, difference }]
    : [];
}

function isRead({ text, problem }: Cell): boolean {
  return problem === undefined && findPlain(text) !== undefined;
}

/** Of two amounts that are made of the same cells, only the first is compared. */
function isFirstOfItsCells(one: MappedColumn, index: number, all: readonly MappedColumn[]): boolean {
  const cellsOf = ({ at, plus, minus }: MappedColumn) => JSON.stringify([at, plus, minus]);
  return all.findIndex((other) => cellsOf(other) === cellsOf(one)) === index;
}
