/** Names of files for reps: safe on every system whatever the rep's id, and never two alike. */
import { createHash } from 'node:crypto';

/** What all statements of a period begin with. */
export function prefixOf(period: string): string {
  return `statement-${period}-`;
}

/**
 * The name, without its ending, of a rep's file. An id of capitals, digits, `-` and `_` is its own name; any other is told
 * apart by its hash, so that names differ on disks that take `a` and `A` for one.
 *
 * @example fileNameOf('2025-Q3', 'R1') // 'statement-2025-Q3-R1'
 */
export function fileNameOf(period: string, repId: string): string {
  if (/^[A-Z0-9_-]{1,60}$/.test(repId)) return prefixOf(period) + repId;
  const kept = repId.replace(/[^A-Za-z0-9_-]+/g, '-').slice(0, 40);
  // The bytes of UTF-16, since UTF-8 has none for half a letter.
  const hash = createHash('sha256').update(Buffer.from(repId, 'utf16le')).digest('hex');
  // No plain id has a point.
  return `${prefixOf(period)}${kept}.${hash.slice(0, 24)}`;
}

/** Whether a file has such a name: one that an earlier run for the period may have left. */
export function isStatementOf(period: string, file: string): boolean {
  const prefix = prefixOf(period);
  if (!file.startsWith(prefix)) return false;
  return /^([A-Z0-9_-]{1,60}|[A-Za-z0-9_-]{0,40}\.[0-9a-f]{24})\.(html|csv)$/.test(file.slice(prefix.length));
}
