/** From the rows of exports to a ledger by our columns, with every row accounted for (R8.4). */
import { findDay } from '../day.js';
import type { Ledger, LedgerOrigin } from '../engine/r2-ledgers/ledger.js';
import type { LedgerTable } from '../engine/r2-ledgers/ledger-table.js';
import { LEDGER_COLUMNS } from '../ledger-specs/columns.js';
import type { LedgerName } from '../ledger-specs/ledgers.js';
import { findPercent, findPlain } from '../money.js';
import { type Exception, exception } from '../problems/exception.js';
import { findNearest } from '../problems/nearest.js';
import type { Place } from '../problems/place.js';
import type { Fault } from '../problems/problem.js';
import { type Cell, CellReader } from './cells.js';
import { ColumnCondition, patternTest, plainValue } from './conditions.js';
import { Documents, type TextRow } from './documents.js';
import {
  headerRow,
  isByType,
  isHeader,
  isNamed,
  type Layout,
  layOut,
  MOST_TITLES,
  type Surroundings,
  type Wanted,
} from './header.js';
import { LineSums, sumsOf } from './line-sums.js';
import type { Mapping, Sign } from './mapping.js';
import { numberIds } from './numbered-ids.js';
import { isPlain, type PlacedLayout, plainRow, type Replay, replayed } from './plain-rows.js';
import { ReportTotal } from './report-total.js';

/** What a ledger's mapping may know of the rest of the workspace. */
export interface MappingContext {
  /** The workspace's currency: its code is read as a currency sign. */
  readonly currency?: string | undefined;
  /** Splits name the reps, so invoices need not. */
  readonly hasSplits?: boolean;
  /** Invoices may say what their reps earn (R11). */
  readonly hasOpenings?: boolean;
  /** Goes through all records again, in the same order; then rows that stand in a file as they are need not be held. */
  readonly replay?: Replay;
}

/** A ledger made from exports, and where its rows were. */
export interface MappedLedger {
  readonly ledger: Ledger<TextRow>;
  readonly faults: readonly Fault[];
  /** The first record of a row, counted from 0 over all records that were taken, titles and headers too. */
  readonly recordOf: (row: number) => number;
  /** The records that are the headers of the files; undefined where a file is empty. */
  readonly headers: readonly (number | undefined)[];
}

/**
 * Takes the records of a ledger's files one by one, and makes the ledger of them: header, rows that are no records,
 * conditions, cells, lines of one document, in this order.
 */
export class LedgerMapper {
  readonly #name: LedgerName;
  readonly #mapping: Mapping;
  readonly #surroundings: Surroundings;
  readonly #cells: CellReader;
  readonly #conditions: ReadonlyMap<string, ColumnCondition>;
  readonly #isNoRecord: readonly ((cell: string) => boolean)[];
  readonly #isTotal: ((cell: string) => boolean) | undefined;
  /** Whether cells are taken as they stand, as most are. */
  readonly #isPlain: boolean;
  readonly #kept: Documents;
  readonly #leftOut: Documents;
  readonly #faults: Fault[] = [];
  readonly #exceptions: Exception[] = [];
  readonly #unmapped = new Set<string>();
  readonly #recordOfRow: number[] = [];
  /** Set where rows are not held, but read again by whoever goes through them. */
  readonly #replay: Replay | undefined;
  /** The layout of each file, and the record from which it holds. */
  readonly #layouts: PlacedLayout[] = [];
  /** The file that a row comes from, by its number, where ids cannot tell that files overlap. */
  readonly #fileOfRow: number[] = [];
  /** Set where all rows were taken at once, and then the record of the first. */
  #table: { readonly rows: LedgerTable; readonly from: number } | undefined;
  readonly #overlapping = new Set<number>();
  readonly #headers: (number | undefined)[] = [];
  /** The amounts of all rows, line by line, as a check on the documents that are made of them. */
  readonly #sums: LineSums;
  #file = { name: '', number: -1 };
  #titles: (readonly string[])[] = [];
  #layout: Layout | undefined;
  #report: ReportTotal | undefined;
  #taken = 0;
  #rows = 0;
  /** The rows of the files before this one. */
  #rowsBefore = 0;
  #notRecords = 0;
  #leftOutRows = 0;

  constructor(name: LedgerName, mapping: Mapping, context: MappingContext = {}) {
    const { currency, replay } = context;
    this.#name = name;
    this.#mapping = mapping;
    const [hasSplits, hasOpenings] = [context.hasSplits === true, context.hasOpenings === true];
    this.#surroundings = { ledger: name, mapping, hasSplits, hasOpenings };
    this.#cells = new CellReader(mapping, currency);
    this.#conditions = new Map(
      Object.entries(mapping.where ?? {}).map(([header, condition]) => [
        header,
        new ColumnCondition(condition, this.#cells.nulls),
      ]),
    );
    this.#isNoRecord = (mapping.notRecords ?? []).map(patternTest);
    this.#isTotal = mapping.totalRow === undefined ? undefined : patternTest(mapping.totalRow);
    this.#isPlain = isPlain(mapping);
    this.#sums = new LineSums(name);
    this.#replay = this.#isPlain ? replay : undefined;
    this.#kept = new Documents(name, mapping.lines);
    // Nobody asks the lines that are left out to agree, and each of their amounts is accounted for.
    const { amount, total } = LEDGER_COLUMNS[name];
    const amounts = [amount, total].filter((column) => column !== undefined);
    this.#leftOut = new Documents(
      name,
      mapping.lines,
      amounts.filter((column) => mapping.lines?.[column] !== 'sum'),
    );
  }

  /** Starts a file: each has a header of its own. */
  open(file: string): void {
    this.#file = { name: file, number: this.#file.number + 1 };
    this.#titles = [];
    this.#rowsBefore = this.#rows;
    this.#report = this.#isTotal === undefined ? undefined : new ReportTotal();
    const { header } = this.#mapping;
    this.#layout = header === undefined ? undefined : this.#layOut(header);
    if (header !== undefined) this.#headers.push(this.#taken);
  }

  /** Takes the next record of the file; the reader leaves out blank lines. */
  take(record: readonly string[]): void {
    if (this.#layout !== undefined) {
      this.#takeRow(record, this.#layout);
      this.#taken += 1;
      return;
    }
    this.#titles.push(record);
    this.#taken += 1;
    if (isHeader(record, this.#surroundings) || this.#titles.length > MOST_TITLES) this.#findHeader();
  }

  /** Whether the header of the open file is found. */
  get isLaidOut(): boolean {
    return this.#layout !== undefined;
  }

  /**
   * How the cells of the open file stand, and the record of its first row, where all rows of the ledger may be taken at
   * once: they are as they stand in the file, and nothing was at fault so far.
   */
  findTableLayout(): PlacedLayout | undefined {
    const layout = this.#layout;
    const [header] = this.#headers;
    const isWhole = this.#replay !== undefined && this.#file.number === 0 && this.#faults.length === 0;
    if (!isWhole || layout === undefined || header === undefined) return undefined;
    return { layout, from: this.#mapping.header === undefined ? header + 1 : header };
  }

  /** Takes all rows of the ledger at once, those that were taken already too: {@link findTableLayout} says from where. */
  takeTable(rows: LedgerTable, from: number): void {
    this.#table = { rows, from };
    this.#rows = rows.length;
    this.#taken = from + rows.length;
  }

  /** Ends the file. */
  close(): void {
    if (this.#layout === undefined && this.#titles.length > 0) this.#findHeader();
    const isEmpty = this.#mapping.header !== undefined && this.#rows === this.#rowsBefore;
    if (this.#layout === undefined || isEmpty) {
      const { name, number } = this.#file;
      // Each file has its place among the headers, also one that has none.
      if (this.#layout === undefined) this.#headers.push(undefined);
      this.#faults.push({
        code: 'empty-file',
        place: { kind: 'ledger', ledger: this.#name, file: number },
        path: name,
      });
      return;
    }
    this.#checkReport();
  }

  /** The ledger, once all files are taken. */
  finish(): MappedLedger {
    const table = this.#table;
    const recordOf = (row: number) =>
      table === undefined ? (this.#recordOfRow[row] as number) : table.from + row;
    const length = table?.rows.length ?? this.#recordOfRow.length;
    const rows =
      this.#replay === undefined ? this.#kept.rows : replayed(length, recordOf, this.#layouts, this.#replay);
    const { snapshot, lines } = this.#mapping;
    this.#checkConditions();
    this.#numberIds();
    const source: LedgerOrigin = {
      rows: this.#rows,
      notRecords: this.#notRecords,
      leftOut: { rows: this.#leftOutRows, ...sumsOf(this.#name, this.#leftOut.rows) },
      exceptions: this.#exceptions,
      ...(lines === undefined ? {} : { linesOf: (row: number) => this.#kept.lines[row] as number }),
      ...(this.#isPlain ? {} : { sums: this.#sums.sums([...this.#kept.rows, ...this.#leftOut.rows]) }),
    };
    return {
      ledger: {
        rows,
        ...(table === undefined ? {} : { table: table.rows }),
        source,
        ...(snapshot === true ? { snapshot } : {}),
      },
      faults: this.#faults,
      recordOf,
      headers: this.#headers,
    };
  }

  #layOut(header: readonly string[]): Layout {
    const layout = layOut(header, this.#surroundings, this.#file, this.#faults);
    this.#layouts.push({ from: this.#taken - this.#titles.length, layout });
    return layout;
  }

  /** The header among the records so far; those above it are titles, those below it rows. */
  #findHeader(): void {
    const first = this.#taken - this.#titles.length;
    const at = headerRow(this.#titles, this.#surroundings);
    const rows = this.#titles.slice(at + 1);
    const header = this.#titles[at] as readonly string[];
    this.#headers.push(first + at);
    this.#layout = this.#layOut(header);
    if (!isNamed(this.#surroundings) && this.#isRecord(header, this.#layout)) {
      // A file without a header row would lose its first record.
      const place: Place = { kind: 'terms', path: ['ledgers', this.#name, 'header'] };
      const expected = `the names of the columns, since ${this.#file.name} begins with a record`;
      this.#faults.push({ code: 'missing-key', place, key: 'header', expected });
    }
    this.#checkTitles(this.#titles.slice(0, at), first, this.#layout);
    this.#titles = [];
    this.#taken = first + at + 1;
    for (const row of rows) this.take(row);
  }

  /** Titles are skipped; a record among them would be lost. */
  #checkTitles(titles: readonly (readonly string[])[], first: number, layout: Layout): void {
    for (const [index, title] of titles.entries()) {
      if (title.length !== layout.names.length || !this.#isRecord(title, layout, 2)) continue;
      const place: Place = { kind: 'record', ledger: this.#name, record: first + index };
      this.#faults.push({ code: 'record-above-header', place, names: layout.names });
    }
  }

  /** Whether a row that should be a header or a title has dates and amounts, so many at least, where a record has them. */
  #isRecord(row: readonly string[], { wanted }: Layout, least = 1): boolean {
    const filled = wanted
      .filter(({ column: { kind } }) => kind === 'date' || kind === 'amount' || kind === 'share')
      .map((one) => ({ kind: one.column.kind, ...this.#cells.read(one, row, undefined) }))
      .filter(({ text }) => text !== '');
    const isRead = ({ kind, text, problem }: (typeof filled)[number]) =>
      problem === undefined &&
      (kind === 'date' ? findDay(text) : kind === 'share' ? findPercent(text) : findPlain(text)) !==
        undefined;
    return filled.length >= least && filled.every(isRead);
  }

  #takeRow(record: readonly string[], layout: Layout): void {
    this.#rows += 1;
    const first = record.find((cell) => cell.trim() !== '');
    if (first === undefined || this.#isNoRecord.some((test) => test(first))) {
      this.#notRecords += 1;
      return;
    }
    if (this.#isTotal?.(first) === true) {
      this.#notRecords += 1;
      this.#report?.found(this.#taken, this.#reported(record, layout));
      return;
    }
    this.#report?.add(this.#reported(record, layout));
    // A row that has lost or gained a cell may look like one to leave out.
    if (record.length !== layout.names.length) {
      const place = this.#placeOf(this.#keepPlain({}));
      this.#faults.push({
        code: 'wrong-cell-count',
        place,
        found: record.length,
        expected: layout.names.length,
      });
      return;
    }
    this.#takeRecord(record, layout);
  }

  #takeRecord(record: readonly string[], layout: Layout): void {
    if (this.#isPlain) {
      this.#keepPlain(plainRow(record, layout));
      return;
    }
    const cells = this.#cellsOf(record, layout);
    const row: TextRow = { ...(this.#mapping.constants as TextRow | undefined) };
    for (const [column, { text }] of cells) row[column] = text;
    if (this.#isLeftOut(record, layout, row)) {
      this.#leftOutRows += 1;
      this.#judgeAmounts(cells);
      const { row: at } = this.#leftOut.add(row);
      this.#addUp(row, at === this.#leftOut.rows.length - 1 && this.#leftOut.lines[at] === 1);
      return;
    }
    this.#judgeKind(record, layout, this.#keep(row, cells));
  }

  #cellsOf(record: readonly string[], { wanted, signBy }: Layout): Map<string, Cell> {
    const sign = this.#signOf(record, signBy);
    return new Map(wanted.map((one) => [one.column.name, this.#cells.read(one, record, sign)]));
  }

  /** Adds a row that is as it stands in the file, or that has lost or gained a cell. */
  #keepPlain(row: TextRow): number {
    if (this.#replay === undefined) return this.#keep(row, undefined);
    return this.#recordOfRow.push(this.#taken) - 1;
  }

  /** Adds a row, or a line of one, with the faults of its cells; gives the row. */
  #keep(line: TextRow, cells: ReadonlyMap<string, Cell> | undefined): number {
    const { row, differences } = this.#kept.add(line);
    const isNew = row === this.#recordOfRow.length;
    if (isNew) {
      this.#recordOfRow.push(this.#taken);
      this.#fileOfRow.push(this.#file.number);
    } else if (this.#fileOfRow[row] !== this.#file.number && !this.#overlapping.has(row)) {
      // Files that overlap would count a document twice. A row without a key is at fault already.
      this.#overlapping.add(row);
      const key = this.#keyOf(line);
      if (key !== '') this.#faults.push(this.#duplicate(this.#placeOf(row), row, key));
    }
    this.#addUp(line, isNew);
    for (const { column, found, other } of differences) {
      const document = this.#keyOf(line);
      const first: Place = { kind: 'row', ledger: this.#name, row };
      this.#faults.push({
        code: 'lines-differ',
        place: this.#placeOf(row, column),
        column,
        isAmount: LEDGER_COLUMNS[this.#name].columns.some(
          (one) => one.name === column && one.kind === 'amount',
        ),
        found,
        other,
        document,
        first,
      });
    }
    for (const [column, cell] of cells ?? []) this.#judge(column, cell, row);
    return row;
  }

  #keyOf(row: TextRow): string {
    const parts = LEDGER_COLUMNS[this.#name].key.map((column) => row[column] ?? '');
    return parts.filter((part) => part !== '').join(' on ');
  }

  #duplicate(place: Place, first: number, key: string): Fault {
    return { code: 'duplicate-key', place, key, first: { kind: 'row', ledger: this.#name, row: first } };
  }

  #judge(column: string, { text: found, problem, isUnmapped }: Cell, row: number): void {
    const place = this.#placeOf(row, column);
    const { dateFormats, numberExample } = this.#cells;
    if (problem === 'malformed-date') {
      this.#faults.push({ code: problem, place, column, found, expected: dateFormats.join(' or ') });
    } else if (problem === 'ambiguous-date') {
      this.#faults.push({ code: problem, place, column, found, formats: dateFormats });
    } else if (problem === 'malformed-number') {
      this.#faults.push({ code: problem, place, column, found, expected: numberExample });
    }
    if (isUnmapped === true) this.#noteUnmapped(column, found, row);
  }

  /** Each way of writing a value is told, once, since each is used as it is written. */
  #noteUnmapped(column: string, value: string, row: number): void {
    const key = JSON.stringify([column, value]);
    if (this.#unmapped.has(key)) return;
    this.#unmapped.add(key);
    const where = { ledger: this.#name, row, id: value };
    this.#exceptions.push(exception('unmapped-value', where, { column, value }));
  }

  /** A kind of row for which no sign is said: its amounts are as they are written, for good or ill. */
  #judgeKind(record: readonly string[], { signBy }: Layout, row: number): void {
    const { sign } = this.#mapping;
    if (!isByType(sign) || signBy === undefined || this.#signOf(record, signBy) !== undefined) return;
    const column = String(sign.by);
    this.#noteUnmapped(column, this.#cells.raw(record, signBy), row);
  }

  /** What is left out is accounted for with its amount, so that must be one. */
  #judgeAmounts(cells: ReadonlyMap<string, Cell>): void {
    const { amount, total } = LEDGER_COLUMNS[this.#name];
    for (const column of [amount, total]) {
      const { text: found, problem } = (column === undefined ? undefined : cells.get(column)) ?? { text: '' };
      const isRead = problem === undefined && findPlain(found) !== undefined;
      if (column === undefined || found === '' || isRead) continue;
      const place: Place = { kind: 'record', ledger: this.#name, record: this.#taken };
      const expected = this.#cells.numberExample;
      this.#faults.push({ code: 'malformed-number', place, column, found, expected });
    }
  }

  /** The place of the record that is being taken, as a line of that row. */
  #placeOf(row: number, column?: string): Place {
    const place = { kind: 'row', ledger: this.#name, row, record: this.#taken } as const;
    return column === undefined ? place : { ...place, column };
  }

  #isLeftOut(record: readonly string[], { conditions }: Layout, row: TextRow): boolean {
    let holds = true;
    for (const [header, at] of conditions) {
      // Every condition sees every row, so that what it has seen does not depend on the others.
      if (this.#conditions.get(header)?.holds(this.#cells.raw(record, at)) === false) holds = false;
    }
    if (!holds) return true;
    const { amount, date } = LEDGER_COLUMNS[this.#name];
    const isEmpty = (column: string | undefined) => column !== undefined && (row[column] ?? '') === '';
    const { skipEmpty, snapshot } = this.#mapping;
    if (skipEmpty === true && (isEmpty(amount) || isEmpty(date))) return true;
    return snapshot === true && (isEmpty(amount) || isZero(row[amount as string]));
  }

  #signOf(record: readonly string[], signBy: number | undefined): Sign | undefined {
    const { sign } = this.#mapping;
    if (!isByType(sign)) return sign;
    const type = plainValue(signBy === undefined ? '' : this.#cells.raw(record, signBy));
    return (['keep', 'flip', 'positive', 'negative'] as const).find((one) =>
      sign[one].some((value) => plainValue(value) === type),
    );
  }

  /** Adds a line to the sums that the control totals are held against; plain rows are summed as they are read. */
  #addUp(line: TextRow, isFirst: boolean): void {
    if (!this.#isPlain) {
      this.#sums.add(line, isFirst, (column) => this.#kept.ruleOf(column));
    }
  }

  /** The amounts of a record as the report shows them, whatever the rules for signs. */
  #reported(record: readonly string[], { wanted }: Layout): ReadonlyMap<Wanted, Cell> {
    const amounts = wanted.filter(({ column }) => column.kind === 'amount').filter(isFirstOfItsCells);
    return new Map(amounts.map((one) => [one, this.#cells.read(one, record, undefined)]));
  }

  #checkReport(): void {
    const report = this.#report;
    if (report === undefined) return;
    const { totalRow } = this.#mapping;
    if (report.record === undefined) {
      const place: Place = { kind: 'terms', path: ['ledgers', this.#name, 'totalRow'] };
      this.#faults.push({ code: 'total-row-missing', place, pattern: totalRow as string });
      return;
    }
    const place: Place = { kind: 'record', ledger: this.#name, record: report.record };
    for (const { column, found } of report.unread())
      this.#faults.push(
        found === ''
          ? { code: 'blank-cell', place, column }
          : { code: 'malformed-number', place, column, found, expected: this.#cells.numberExample },
      );
    for (const difference of report.differences())
      this.#faults.push({ code: 'total-differs', place, ...difference });
  }

  #numberIds(): void {
    for (const [column, source] of Object.entries(this.#mapping.columns ?? {})) {
      if (source?.numbered !== true) continue;
      const doubtful = numberIds(this.#name, column, this.#kept.rows, (row) => this.#fileOfRow[row]);
      for (const { id, first, row } of doubtful) {
        this.#faults.push(this.#duplicate({ kind: 'row', ledger: this.#name, row }, first, id));
      }
    }
  }

  /** A value that is misspelt must not empty a ledger, or let in what it should keep out. */
  #checkConditions(): void {
    const before = this.#faults.length;
    for (const [header, { unseen, seen }] of this.#conditions) {
      const place: Place = { kind: 'terms', path: ['ledgers', this.#name, 'where', header] };
      for (const value of unseen) {
        this.#faults.push({
          code: 'value-not-seen',
          place,
          header,
          value,
          seen,
          nearest: findNearest(value, seen),
        });
      }
    }
    const mayBeEmpty = Object.values(this.#mapping.where ?? {}).some(({ optional }) => optional);
    const isEmptied = this.#kept.rows.length === 0 && this.#leftOutRows > 0 && !mayBeEmpty;
    if (isEmptied && this.#faults.length === before) {
      const place: Place = { kind: 'terms', path: ['ledgers', this.#name] };
      this.#faults.push({ code: 'no-rows-left', place, rows: this.#leftOutRows });
    }
  }
}

/** Of two amounts that are made of the same cells only the first is told to differ. */
function isFirstOfItsCells(one: Wanted, index: number, all: readonly Wanted[]): boolean {
  const cellsOf = ({ at, plus, minus }: Wanted) => JSON.stringify([at, plus, minus]);
  return all.findIndex((other) => cellsOf(other) === cellsOf(one)) === index;
}

function isZero(text: string | undefined): boolean {
  return text !== undefined && findPlain(text) !== undefined && !/[1-9]/.test(text);
}
