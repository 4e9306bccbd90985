/** stub */
export interface QueryColumn {
  readonly name: string;
  readonly type: string;
}
export interface QueryRows {
  readonly columns: readonly QueryColumn[];
  readonly records: readonly (readonly string[])[];
  readonly files: readonly string[];
}
export type QueryProblem =
  | { readonly kind: 'not-installed' }
  | { readonly kind: 'not-a-select'; readonly found: string }
  | { readonly kind: 'failed'; readonly detail: string };
export async function runQuery(_sql: string, _root: string): Promise<QueryRows | QueryProblem> {
  return { kind: 'not-installed' };
}
