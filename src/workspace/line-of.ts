/** Where in its file an exception is. */
import type { Exception } from '../problems/exception.js';
import type { Workspace } from './load.js';

/** The line of the file that an exception is about; undefined if there is none. */
export function lineOf(
  { locate }: Pick<Workspace, 'locate'>,
  { ledger, row }: Exception,
): number | undefined {
  if (row === undefined) return undefined;
  const place = locate({ kind: 'row', ledger, row });
  return place.kind === 'file' ? place.line : undefined;
}
