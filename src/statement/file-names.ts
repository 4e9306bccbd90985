/** Names of files for reps: safe on every system whatever the rep's id, and never two alike. */
import { createHash } from 'node:crypto';

/** What the names of all statements of a period begin with. */
export function prefixOf(period: string): string {
  return `statement-${period}-`;
}

/**
 * The name of a rep's file, without its ending. An id of capitals, digits, `-` and `_` is used as it is; any other gets a hash,
 * so that names differ even on disks that treat `a` and `A` as the same.
 *
 * @example fileNameOf('2025-Q3', 'R1') // 'statement-2025-Q3-R1'
 */
export function fileNameOf(period: string, repId: string): string {
  if (/^[A-Z0-9_-]{1,60}$/.test(repId)) return prefixOf(period) + repId;
  const plain = repId.replace(/[^A-Za-z0-9_-]+/g, '-').slice(0, 40);
  // UTF-16, since UTF-8 has no bytes for a lone surrogate.
  const hash = createHash('sha256').update(Buffer.from(repId, 'utf16le')).digest('hex');
  // No id that is used as it is has a dot.
  return `${prefixOf(period)}${plain}.${hash.slice(0, 24)}`;
}

/** Whether a file has such a name: an earlier run for the period may have left it. */
export function isStatementOf(period: string, file: string): boolean {
  const prefix = prefixOf(period);
  if (!file.startsWith(prefix)) return false;
  return /^([A-Z0-9_-]{1,60}|[A-Za-z0-9_-]{0,40}\.[0-9a-f]{24})\.(html|csv)$/.test(file.slice(prefix.length));
}
