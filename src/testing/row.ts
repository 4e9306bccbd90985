/** A row of a ledger as text. */

/** Cells by column; blank and absent are the same. */
export type Row = Record<string, string | undefined>;
