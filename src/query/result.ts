/** What a query gives: rows of text, or the reason why there are none. */

export interface QueryColumn {
  readonly name: string;
  /** DuckDB's name of the type: `DECIMAL(18,2)`, `VARCHAR`, `DOUBLE`. */
  readonly type: string;
}

export interface QueryRows {
  /** With the names in the query; two columns may have the same name. */
  readonly columns: readonly QueryColumn[];
  /** Every value as exact text; NULL is the empty text. */
  readonly records: readonly (readonly string[])[];
  /** The absolute paths of the files the query reads, each once, in the order of first mention. */
  readonly files: readonly string[];
}

/** Why a query gives no rows. */
export type QueryProblem =
  | { readonly kind: 'not-installed' }
  /** `found`: what the query is instead of one SELECT, such as `COPY` or `several statements`. */
  | { readonly kind: 'not-a-select'; readonly found: string }
  | { readonly kind: 'failed'; readonly detail: string };
