/** A ledger in columns, as the fast reader returns it for a file in which nothing is unusual. */
import type { Texts } from '../../texts.js';

/** Stands for a blank date in a column of days. */
export const NO_DAY = -0x8000_0000;

/**
 * The same rows as a ledger's `rows`, already read: row `i` is element `i` of each column. A file is read so only where
 * each cell is what R2.1 says it should be, so there is no fault of form in a single row.
 */
export interface LedgerTable {
  readonly length: number;
  /** Amounts are whole multiples of 10^-scale; it is the most decimals that any was written with. */
  readonly scale: number;
  /** Ids and whatever else is text, trimmed, by our column names. */
  readonly texts: Readonly<Record<string, Texts>>;
  /** Dates by our column names; {@link NO_DAY} where the cell is blank. */
  readonly days: Readonly<Record<string, Int32Array>>;
  /** Amounts by our column names: safe integers; `NaN` where the cell is blank. */
  readonly amounts: Readonly<Record<string, Float64Array>>;
}
