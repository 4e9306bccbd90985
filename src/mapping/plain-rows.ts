/** Rows that are the records of a file as they are, where a mapping only renames columns: read again instead of held. */
import type { Rows } from '../engine/r2-ledgers/ledger.js';
import type { LedgerTable } from '../engine/r2-ledgers/ledger-table.js';
import type { LedgerName } from '../ledger-specs/ledgers.js';
import type { Fault } from '../problems/problem.js';
import type { TextRow } from './documents.js';
import type { Layout } from './layout.js';
import { type FinishedRows, type LedgerRows, NO_FAULTS, type RecordPlace } from './ledger-rows.js';
import type { ColumnSource, Mapping } from './mapping.js';

/** Reads all records of a ledger's files again, in the same order. */
export type Replay = (take: (record: readonly string[]) => void) => void;

/** A layout, and the first record that it is for. */
export interface PlacedLayout {
  readonly from: number;
  readonly layout: Layout;
}

const NOTHING_LEFT_OUT = { leftOut: { rows: 0, amount: '0', total: '0' }, exceptions: [] };

/** Whether a mapping only names columns. Quotas are few, and their quarters are written in many ways. */
export function isPlain(ledger: LedgerName, { header: _, columns, ...rest }: Mapping): boolean {
  if (ledger === 'quotas') return false;
  const sources = Object.values(columns ?? {}).filter((source) => source !== undefined);
  const isSimple = ({ join, numbered, plus, minus, after, before }: ColumnSource) =>
    !join && !numbered && [...plus, ...minus].length === 0 && after === undefined && before === undefined;
  return Object.values(rest).every((key) => key === undefined) && sources.every(isSimple);
}

/** Plain rows that are held in memory: the records cannot be read again. */
export class HeldRows implements LedgerRows {
  readonly #rows: TextRow[] = [];
  readonly #records: number[] = [];

  add(record: readonly string[], layout: Layout, { record: at }: RecordPlace): readonly Fault[] {
    this.#rows.push(plainRow(record, layout));
    this.#records.push(at);
    return NO_FAULTS;
  }

  addEmpty(_: Layout, { record: at }: RecordPlace): number {
    this.#records.push(at);
    return this.#rows.push({}) - 1;
  }

  finish(): FinishedRows {
    const recordOf = (row: number) => this.#records[row] as number;
    return { rows: this.#rows, recordOf, origin: NOTHING_LEFT_OUT, faults: NO_FAULTS };
  }
}

/** Plain rows of which only the place is held: whoever goes through them reads the files again. */
export class ReplayedRows implements LedgerRows {
  readonly #replay: Replay;
  readonly #records: number[] = [];
  readonly #layouts: PlacedLayout[] = [];

  constructor(replay: Replay) {
    this.#replay = replay;
  }

  add(_: readonly string[], layout: Layout, place: RecordPlace): readonly Fault[] {
    this.addEmpty(layout, place);
    return NO_FAULTS;
  }

  addEmpty(layout: Layout, { record }: RecordPlace): number {
    if (this.#layouts.at(-1)?.layout !== layout) this.#layouts.push({ from: record, layout });
    return this.#records.push(record) - 1;
  }

  finish(): FinishedRows {
    const recordOf = (row: number) => this.#records[row] as number;
    const rows = replayed(this.#records.length, recordOf, this.#layouts, this.#replay);
    return { rows, recordOf, origin: NOTHING_LEFT_OUT, faults: NO_FAULTS };
  }
}

/** The rows of a file that was read straight into columns. */
export function tableRows(table: LedgerTable, placed: PlacedLayout, replay: Replay): FinishedRows {
  const recordOf = (row: number) => placed.from + row;
  const rows = replayed(table.length, recordOf, [placed], replay);
  return { rows, table, recordOf, origin: NOTHING_LEFT_OUT, faults: NO_FAULTS };
}

/** The cells of a record by our column names. */
function plainRow(record: readonly string[], { columns }: Layout): TextRow {
  const row: TextRow = {};
  for (const { column, at } of columns) row[column.name] = record[at[0] as number] ?? '';
  return row;
}

/** @param recordOf - the record of a row, which has only one */
function replayed(
  length: number,
  recordOf: (row: number) => number,
  layouts: readonly PlacedLayout[],
  replay: Replay,
): Rows<TextRow> {
  return {
    length,
    forEach(visit) {
      let [at, row, file] = [0, 0, 0];
      replay((record) => {
        if (recordOf(row) === at) {
          while ((layouts[file + 1]?.from ?? at + 1) <= at) file += 1;
          visit(plainRow(record, (layouts[file] as PlacedLayout).layout), row);
          row += 1;
        }
        at += 1;
      });
    },
  };
}
