/** Reads the rows of a ledger one by one, each cell by its kind (R2.1). */
import { type Column, LEDGER_COLUMNS, type LedgerColumns } from '../../ledger-specs/columns.js';
import type { LedgerEntry, LedgerName, SpecOf } from '../../ledger-specs/ledgers.js';
import type { PartialEntryOf } from '../../ledger-specs/spec.js';
import { powerOfTen, type Units } from '../../money.js';
import type { Fault } from '../../problems/problem.js';
import { CellReader, type RowCells, type TextCells, type Value } from './cells.js';
import type { Ledger } from './ledger.js';
import { countOf, type LedgerRead, type Reading, type StandingRow } from './reading.js';
import { keyChecker } from './row-faults.js';

/** A ledger to be read, and where its faults go. */
export interface Source<Name extends LedgerName> {
  readonly name: Name;
  /** Undefined where there is no such ledger. */
  readonly ledger: Ledger<unknown> | undefined;
  readonly reading: Reading;
  readonly faults: Fault[];
}

/**
 * Reads each row, in the order given, and returns what `make` makes of those that have no fault.
 *
 * @param make - not called where a cell that is needed has no value
 */
export function readRows<Name extends LedgerName, Entry>(
  source: Source<Name>,
  make: (entry: LedgerEntry<Name>, cells: RowCells) => Entry | undefined,
): LedgerRead<readonly Entry[]> {
  return readRecords(source, LEDGER_COLUMNS[source.name], (record, cells, isWhole) =>
    isWhole ? make(record as LedgerEntry<Name>, cells) : undefined,
  );
}

/**
 * Reads each row, in the order given, and returns what `make` makes of those that have no fault.
 *
 * @param make - called for every row, so that it finds every fault
 * @param spec - where it is not the ledger's own
 */
export function readEachRow<Name extends LedgerName, Entry>(
  source: Source<Name>,
  make: (entry: PartialEntryOf<SpecOf<Name>>, cells: RowCells) => Entry | undefined,
  spec: LedgerColumns = LEDGER_COLUMNS[source.name],
): LedgerRead<readonly Entry[]> {
  return readRecords(source, spec, (record, cells) => make(record as PartialEntryOf<SpecOf<Name>>, cells));
}

/** A row by our column names. */
type RowRecord = Record<string, Value | number>;

function readRecords<Entry>(
  { name, ledger, reading, faults }: Source<LedgerName>,
  spec: LedgerColumns,
  make: (record: Readonly<RowRecord>, cells: RowCells, isWhole: boolean) => Entry | undefined,
): LedgerRead<readonly Entry[]> {
  if (ledger === undefined) return { content: [], count: undefined, decimals: 0, size: 0 };
  const columns = spec.columns.filter(({ onlyWith }) => onlyWith !== 'openings' || reading.hasOpenings);
  const values = new Array<Value>(columns.length).fill(undefined);
  const cells = new CellReader(name, reading, faults);
  const sums = new RowSummer(spec, columns, values);
  const checkKey = spec.isKeyUnique ? keyCheck(spec, columns, values, cells, faults) : undefined;
  const minor = columns.flatMap(({ decimals }, place) => (decimals === undefined ? [] : [place]));
  const entries: Entry[] = [];
  ledger.rows.forEach((row, at) => {
    const known = faults.length;
    cells.moveTo(at, row as TextCells);
    const record: RowRecord = { row: at };
    let isWhole = true;
    let place = 0;
    for (const column of columns) {
      const value = cells.read(column);
      values[place] = value;
      record[column.name] = value;
      if (value === undefined && column.needed === true) isWhole = false;
      place += 1;
    }
    sums.add(at);
    checkKey?.();
    if (isWhole) {
      for (const one of minor) checkDecimals(columns[one] as Column, values[one], cells, reading, faults);
    }
    const entry = make(record, cells, isWhole);
    if (entry !== undefined && faults.length === known) entries.push(entry);
  });
  const count = countOf(ledger, sums, reading, sums.standing);
  return { content: entries, count, decimals: cells.decimals, size: 0 };
}

/** Money that is owed or paid is whole in the currency's minor unit. */
function checkDecimals(
  { name }: Column,
  value: Value,
  cells: RowCells,
  { scale, digits }: Reading,
  faults: Fault[],
): void {
  if (typeof value !== 'bigint' || value % powerOfTen(Math.max(scale - digits, 0)) === 0n) return;
  const expected = `an amount with no more than ${digits} decimals`;
  faults.push({
    code: 'malformed-number',
    place: cells.place(name),
    column: name,
    found: cells.text(name),
    expected,
  });
}

/** Sums up the amounts of rows for the control totals, whatever becomes of the rows (R8.4). */
class RowSummer {
  amount = 0n;
  total = 0n;
  readonly standing: StandingRow[] = [];
  readonly #values: readonly Value[];
  readonly #amount: number;
  readonly #total: number;
  readonly #from: number;
  readonly #areStanding: boolean;

  constructor(
    { amount, total, countedAs }: LedgerColumns,
    columns: readonly Column[],
    values: readonly Value[],
  ) {
    const placeOf = (name: string | undefined) => columns.findIndex((column) => column.name === name);
    this.#values = values;
    this.#amount = placeOf(amount);
    this.#total = placeOf(total);
    this.#from = placeOf(typeof countedAs === 'object' ? countedAs.from : undefined);
    this.#areStanding = countedAs !== 'invoice';
  }

  /** Adds the row whose values were read last. */
  add(row: number): void {
    const amount = this.#unitsAt(this.#amount) ?? 0n;
    this.amount += amount;
    // R2.2: what is owed is the amount where no total is written.
    if (this.#total >= 0) this.total += this.#unitsAt(this.#total) ?? amount;
    if (!this.#areStanding) return;
    const from = this.#values[this.#from];
    this.standing.push({ row, amount, from: typeof from === 'number' ? from : undefined });
  }

  #unitsAt(place: number): Units | undefined {
    const value = this.#values[place];
    return typeof value === 'bigint' ? value : undefined;
  }
}

/** The check that no other row has the key of the row whose values were read last. */
function keyCheck(
  { key }: LedgerColumns,
  columns: readonly Column[],
  values: readonly Value[],
  cells: RowCells,
  faults: Fault[],
): () => void {
  const keys = keyChecker(faults);
  const places = key.map((name) => columns.findIndex((column) => column.name === name));
  const textAt = (part: number): string => {
    const value = values[places[part] ?? -1];
    if (typeof value === 'string') return value;
    const name = key[part];
    return name === undefined ? '' : cells.text(name);
  };
  return () => keys.check(cells, textAt(0), textAt(1));
}
