/** A cell of a ledger, made from the cells of an export. */

/** A cell as R2.1 writes it; where it cannot be read, it has a `problem`, and the text is the file's own. */
export interface Cell {
  readonly text: string;
  readonly problem?: 'malformed-date' | 'ambiguous-date' | 'malformed-number';
  /** A value that `values` does not list. */
  readonly isUnmapped?: boolean;
}
