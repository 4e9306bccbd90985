/** Maps the records of a ledger's files to rows with our columns, and accounts for every row (R8.4). */
import type { Ledger } from '../engine/r2-ledgers/ledger.js';
import type { LedgerTable } from '../engine/r2-ledgers/ledger-table.js';
import type { LedgerName } from '../ledger-specs/ledgers.js';
import { type Fault, invariant } from '../problems/problem.js';
import { CellReader } from './cells.js';
import type { TextRow } from './documents.js';
import { isHeader, isSameButEmptyCells, MOST_TITLES, readHeader } from './header.js';
import { type Layout, type LedgerSetting, layOut } from './layout.js';
import type { FinishedRows, LedgerRows } from './ledger-rows.js';
import { MappedRows } from './mapped-rows.js';
import type { Mapping } from './mapping.js';
import { recordsByPeriod } from './period-columns.js';
import { HeldRows, isPlain, type PlacedLayout, type Replay, ReplayedRows, tableRows } from './plain-rows.js';
import { ReportTotal } from './report-total.js';
import { type RowKind, rowKinds } from './row-kinds.js';
import { unusedNames } from './unused-columns.js';

/** What a ledger's mapping needs to know of the rest of the workspace. */
export interface MappingContext {
  /** The workspace's currency: its code is read as a currency sign. */
  readonly currency?: string | undefined;
  /** A splits ledger names the reps, so invoices need no rep. */
  readonly hasSplits?: boolean;
  /** Invoices can have a commission column (R11). */
  readonly hasOpenings?: boolean;
  /** Reads all records again, in the same order; then rows that are in a file as they are need not be held. */
  readonly replay?: Replay;
}

/** A ledger made from exports, and where its rows were. */
export interface MappedLedger {
  readonly ledger: Ledger<TextRow>;
  readonly faults: readonly Fault[];
  /** The first record of a row, counted from 0 over the records of all files, titles and headers included. */
  readonly recordOf: (row: number) => number;
  /** The record that is the header of each file; undefined where a file is empty. */
  readonly headers: readonly (number | undefined)[];
  /** The columns of each file with a header that nothing is read from, by the file's number. */
  readonly unused: ReadonlyMap<number, readonly string[]>;
}

/** A file while its records are taken. */
interface OpenFile {
  readonly name: string;
  readonly number: number;
  /** The first rows, while the header is not found. */
  titles: (readonly string[])[];
  layout: Layout | undefined;
  report: ReportTotal | undefined;
  rows: number;
}

/**
 * Takes the records of a ledger's files one by one and makes the ledger: `open`, `take` and `close` for each file, then
 * `finish`. Each file goes through the same steps: find the header, skip rows that are no records, check the report's
 * own total, count cells, and make rows of records.
 */
export class LedgerMapper {
  readonly #setting: LedgerSetting;
  readonly #replay: Replay | undefined;
  readonly #cells: CellReader;
  readonly #kindOf: (row: readonly string[]) => RowKind;
  readonly #rows: LedgerRows;
  readonly #faults: Fault[] = [];
  readonly #headers: (number | undefined)[] = [];
  readonly #unused = new Map<number, readonly string[]>();
  #file: OpenFile = { name: '', number: -1, titles: [], layout: undefined, report: undefined, rows: 0 };
  /** Set where all rows were read at once. */
  #table: FinishedRows | undefined;
  #taken = 0;
  #rowsRead = 0;
  #notRecords = 0;

  constructor(ledger: LedgerName, mapping: Mapping, context: MappingContext = {}) {
    const { currency, hasSplits = false, hasOpenings = false, replay } = context;
    this.#setting = { ledger, mapping, hasSplits, hasOpenings };
    this.#replay = isPlain(ledger, mapping) ? replay : undefined;
    this.#cells = new CellReader(mapping, currency);
    this.#kindOf = rowKinds(mapping);
    this.#rows = rowsFor(ledger, mapping, this.#cells, replay);
  }

  /** Starts a file: each has a header of its own. */
  open(name: string): void {
    const number = this.#file.number + 1;
    this.#file = { name, number, titles: [], layout: undefined, report: undefined, rows: 0 };
    const { header } = this.#setting.mapping;
    if (header === undefined) return;
    const { layout, faults } = layOut(header, this.#setting, this.#file);
    this.#start(layout, faults, this.#taken);
  }

  /** Takes the next record of the file; the reader leaves out blank lines. */
  take(record: readonly string[]): void {
    const { layout, titles } = this.#file;
    if (layout !== undefined) {
      this.#takeRow(record, layout);
      this.#taken += 1;
      return;
    }
    titles.push(record);
    this.#taken += 1;
    if (isHeader(record, this.#setting) || titles.length > MOST_TITLES) this.#takeHeader();
  }

  /** Whether the header of the open file is found. */
  get isLaidOut(): boolean {
    return this.#file.layout !== undefined;
  }

  /**
   * The layout of the open file, and the record of its first row, where all rows of the ledger can be read at once: they
   * are plain, and there is no fault so far.
   */
  findTableLayout(): PlacedLayout | undefined {
    const { layout, number } = this.#file;
    const [header] = this.#headers;
    const isWhole = this.#replay !== undefined && number === 0 && this.#faults.length === 0;
    if (!isWhole || layout === undefined || header === undefined) return undefined;
    return { layout, from: this.#setting.mapping.header === undefined ? header + 1 : header };
  }

  /**
   * Takes all rows of the ledger at once, in place of any taken before.
   *
   * @param from - the record of the first row, as {@link findTableLayout} gives it
   */
  takeTable(table: LedgerTable, from: number): void {
    const { layout } = this.#file;
    invariant(
      layout !== undefined && this.#replay !== undefined,
      () => 'only a plain ledger is read at once',
    );
    this.#table = tableRows(table, { from, layout }, this.#replay);
    this.#rowsRead = table.length;
    this.#file.rows = table.length;
    this.#taken = from + table.length;
  }

  /** Ends the file. */
  close(): void {
    if (!this.isLaidOut && this.#file.titles.length > 0) this.#takeHeader();
    const { name, number, layout, report, rows } = this.#file;
    const { ledger, mapping } = this.#setting;
    if (layout === undefined || (mapping.header !== undefined && rows === 0)) {
      // Every file has an entry among the headers, even one that is empty.
      if (layout === undefined) this.#headers.push(undefined);
      this.#report([{ code: 'empty-file', place: { kind: 'ledger', ledger, file: number }, path: name }]);
    } else if (report !== undefined) {
      this.#report(report.faults(ledger, mapping.totalRow as string));
    }
  }

  /** The ledger, after all files are closed. */
  finish(): MappedLedger {
    const { rows, table, recordOf, origin, faults } = this.#table ?? this.#rows.finish();
    this.#report(faults);
    const { snapshot } = this.#setting.mapping;
    const source = { rows: this.#rowsRead, notRecords: this.#notRecords, ...origin };
    return {
      ledger: {
        rows,
        ...(table === undefined ? {} : { table }),
        source,
        ...(snapshot === true ? { snapshot } : {}),
      },
      faults: this.#faults,
      recordOf,
      headers: this.#headers,
      unused: this.#unused,
    };
  }

  /** Takes the best header among the first rows: those above it are titles, those below it are rows. */
  #takeHeader(): void {
    const { titles } = this.#file;
    const first = this.#taken - titles.length;
    const { at, layout, faults } = readHeader(titles, first, this.#setting, this.#file, this.#cells);
    this.#start(layout, faults, first + at);
    this.#file.titles = [];
    this.#taken = first + at + 1;
    for (const row of titles.slice(at + 1)) this.take(row);
  }

  #start(layout: Layout, faults: readonly Fault[], header: number): void {
    this.#headers.push(header);
    this.#unused.set(this.#file.number, unusedNames(layout));
    this.#report(faults);
    this.#file.layout = layout;
    if (this.#setting.mapping.totalRow !== undefined)
      this.#file.report = new ReportTotal(layout, this.#cells);
  }

  #takeRow(row: readonly string[], layout: Layout): void {
    const { report } = this.#file;
    this.#rowsRead += 1;
    this.#file.rows += 1;
    switch (this.#kindOf(row)) {
      case 'no-record':
        this.#notRecords += 1;
        return;
      case 'total':
        this.#notRecords += 1;
        report?.setTotal(row, this.#taken);
        return;
      case 'record':
        report?.add(row);
        if (layout.periods.length > 0) this.#takeSheetRow(row, layout);
        else this.#takeRecord(row, layout);
    }
  }

  /** A row of a quota sheet is a quota for each of its periods. */
  #takeSheetRow(row: readonly string[], layout: Layout): void {
    const { names, periods } = layout;
    if (row.length !== names.length && !isSameButEmptyCells(row, names)) {
      this.#takeRecord(row, layout);
      return;
    }
    const records = recordsByPeriod(row, periods, names.length);
    const place = { file: this.#file.number, record: this.#taken };
    for (const record of records) this.#report(this.#rows.add(record, layout, place));
    this.#rowsRead += records.length - 1;
    this.#file.rows += records.length - 1;
  }

  #takeRecord(record: readonly string[], layout: Layout): void {
    const place = { file: this.#file.number, record: this.#taken };
    const [found, expected] = [record.length, layout.names.length];
    if (found === expected || isSameButEmptyCells(record, layout.names)) {
      this.#report(this.#rows.add(record, layout, place));
      return;
    }
    // Before any condition of `where`, which could see the wrong cell.
    const row = this.#rows.addEmpty(layout, place);
    const { ledger } = this.#setting;
    const faultPlace = { kind: 'row', ledger, row, record: this.#taken } as const;
    this.#report([{ code: 'wrong-cell-count', place: faultPlace, found, expected }]);
  }

  #report(faults: readonly Fault[]): void {
    for (const fault of faults) this.#faults.push(fault);
  }
}

function rowsFor(
  ledger: LedgerName,
  mapping: Mapping,
  cells: CellReader,
  replay: Replay | undefined,
): LedgerRows {
  if (!isPlain(ledger, mapping)) return new MappedRows(ledger, mapping, cells);
  return replay === undefined ? new HeldRows() : new ReplayedRows(replay);
}
