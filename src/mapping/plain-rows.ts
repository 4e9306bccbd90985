/** Rows that a mapping takes as they stand in the file: they need not be held, only read again. */
import type { Rows } from '../engine/r2-ledgers/ledger.js';
import type { TextRow } from './documents.js';
import type { Layout } from './header.js';
import type { ColumnSource, Mapping } from './mapping.js';

/** Goes through all records of a ledger's files, in their order. */
export type Replay = (take: (record: readonly string[]) => void) => void;

/** How a file is laid out, and the record from which that holds. */
export interface PlacedLayout {
  readonly from: number;
  readonly layout: Layout;
}

/** Whether a mapping says nothing but which column is which. */
export function isPlain({ header: _, columns, ...rest }: Mapping): boolean {
  const sources = Object.values(columns ?? {}).filter((source) => source !== undefined);
  const isSimple = ({ join, plus, minus, after, before }: ColumnSource) =>
    !join && plus.length === 0 && minus.length === 0 && after === undefined && before === undefined;
  return Object.values(rest).every((key) => key === undefined) && sources.every(isSimple);
}

/** The cells of a record by our column names. */
export function plainRow(record: readonly string[], { wanted }: Layout): TextRow {
  const row: TextRow = {};
  for (const { column, at } of wanted) row[column.name] = record[at[0] as number] as string;
  return row;
}

/**
 * The rows that stand on these records, read again each time.
 *
 * @param recordOf - the record on which a row stands; one row, one record
 */
export function replayed(
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
