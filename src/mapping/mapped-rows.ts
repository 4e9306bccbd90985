/** Rows that a mapping makes of records: cells, then which records to leave out, then lines of one document. */
import { LEDGER_COLUMNS } from '../ledger-specs/columns.js';
import type { LedgerName } from '../ledger-specs/ledgers.js';
import { findPlain } from '../money.js';
import type { Fault } from '../problems/problem.js';
import type { Cell } from './cell.js';
import { findCellFault } from './cell-faults.js';
import type { CellReader } from './cells.js';
import { DocumentRows } from './document-rows.js';
import { Documents, type TextRow } from './documents.js';
import { isByType, type Layout, type MappedColumn } from './layout.js';
import { type FinishedRows, type LedgerRows, NO_FAULTS, type RecordPlace } from './ledger-rows.js';
import { LineSums, sumsOf } from './line-sums.js';
import type { Mapping, Sign } from './mapping.js';
import { RecordFilter } from './record-filter.js';
import { signRule } from './signs.js';
import { UnmappedValues } from './unmapped-values.js';

export class MappedRows implements LedgerRows {
  readonly #ledger: LedgerName;
  readonly #mapping: Mapping;
  readonly #cells: CellReader;
  readonly #signOf: (kind: string) => Sign | undefined;
  readonly #filter: RecordFilter;
  readonly #rows: DocumentRows;
  readonly #leftOut: Documents;
  readonly #unmapped: UnmappedValues;
  /** The amounts of all lines, as a check on the documents made of them. */
  readonly #sums: LineSums;
  /** The column with the kinds of rows, by its name in the mapping. */
  readonly #kindColumn: string;
  #leftOutRows = 0;

  constructor(ledger: LedgerName, mapping: Mapping, cells: CellReader) {
    this.#ledger = ledger;
    this.#mapping = mapping;
    this.#cells = cells;
    this.#signOf = signRule(mapping.sign);
    this.#filter = new RecordFilter(ledger, mapping, cells);
    this.#rows = new DocumentRows(ledger, mapping);
    this.#leftOut = leftOutDocuments(ledger, mapping);
    this.#unmapped = new UnmappedValues(ledger);
    this.#sums = new LineSums(ledger);
    this.#kindColumn = isByType(mapping.sign) ? String(mapping.sign.by) : '';
  }

  add(record: readonly string[], layout: Layout, place: RecordPlace): readonly Fault[] {
    const kind = layout.signBy === undefined ? undefined : this.#cells.raw(record, layout.signBy);
    const sign = this.#signOf(kind ?? '');
    const cells = layout.columns.map((column) => this.#cells.read(column, record, sign));
    const row: TextRow = { ...(this.#mapping.constants as TextRow | undefined) };
    layout.columns.forEach(({ column }, at) => {
      row[column.name] = (cells[at] as Cell).text;
    });
    if (this.#filter.leavesOut(record, layout, row, place.record))
      return this.#leaveOut(row, cells, layout, place);
    const { row: number, isFirst, faults } = this.#rows.add(row, place);
    this.#addUp(row, isFirst);
    this.#checkCells(cells, layout, number, place, faults);
    // A kind of row without a rule for its sign: its amounts stay as they are, right or wrong.
    if (kind !== undefined && sign === undefined) this.#unmapped.note(this.#kindColumn, kind, number);
    return faults;
  }

  addEmpty(_: Layout, place: RecordPlace): number {
    return this.#rows.add({}, place).row;
  }

  finish(): FinishedRows {
    const made = this.#rows;
    const { rows, lines } = made.documents;
    const faults = [
      ...this.#filter.faults({ rows: rows.length, leftOut: this.#leftOutRows }),
      ...made.numberIds(),
    ];
    return {
      rows,
      recordOf: (row) => made.recordOf(row),
      origin: {
        leftOut: { rows: this.#leftOutRows, ...sumsOf(this.#ledger, this.#leftOut.rows) },
        exceptions: this.#unmapped.exceptions,
        ...(this.#mapping.lines === undefined ? {} : { linesOf: (row: number) => lines[row] as number }),
        sums: this.#sums.sums([...rows, ...this.#leftOut.rows]),
      },
      faults,
    };
  }

  #leaveOut(row: TextRow, cells: readonly Cell[], layout: Layout, { record }: RecordPlace): readonly Fault[] {
    this.#leftOutRows += 1;
    this.#addUp(row, this.#leftOut.add(row).isFirst);
    // Rows that are left out are counted with their amounts, so the amounts must be readable.
    const { amount, total } = LEDGER_COLUMNS[this.#ledger];
    const faults = layout.columns.flatMap(({ column: { name } }, at): Fault[] => {
      const { text: found, problem } = cells[at] as Cell;
      const isRead = found === '' || (problem === undefined && findPlain(found) !== undefined);
      if ((name !== amount && name !== total) || isRead) return [];
      const place = { kind: 'record', ledger: this.#ledger, record } as const;
      const expected = this.#cells.numberExample;
      return [{ code: 'malformed-number', place, column: name, found, expected }];
    });
    return faults.length === 0 ? NO_FAULTS : faults;
  }

  #checkCells(
    cells: readonly Cell[],
    { columns }: Layout,
    row: number,
    place: RecordPlace,
    faults: Fault[],
  ): void {
    for (const [at, cell] of cells.entries()) {
      if (cell.problem === undefined && cell.isUnmapped !== true) continue;
      const { column } = columns[at] as MappedColumn;
      const fault = findCellFault(
        cell,
        column.name,
        this.#rows.placeOf(row, place, column.name),
        this.#cells,
      );
      if (fault !== undefined) faults.push(fault);
      else this.#unmapped.note(column.name, cell.text, row);
    }
  }

  #addUp(line: TextRow, isFirst: boolean): void {
    this.#sums.add(line, isFirst, (column) => this.#rows.documents.ruleOf(column));
  }
}

/** The lines that are left out need not agree with one another; each of their amounts counts. */
function leftOutDocuments(ledger: LedgerName, mapping: Mapping): Documents {
  const { amount, total } = LEDGER_COLUMNS[ledger];
  const amounts = [amount, total].filter((column) => column !== undefined);
  return new Documents(
    ledger,
    mapping.lines,
    amounts.filter((column) => mapping.lines?.[column] !== 'sum'),
  );
}
