/** Compares what is made again with what a close keeps. */
import type { OutputFile } from '../publish.js';

/** The line in which the first byte differs, counted from 1; undefined if all are the same. */
export function findDifference(pieces: OutputFile['pieces'], stored: Uint8Array): number | undefined {
  const made = Buffer.concat(Array.from(pieces, (piece) => Buffer.from(piece)));
  if (made.equals(stored)) return undefined;
  let line = 1;
  for (let at = 0; at < made.length && made[at] === stored[at]; at += 1) if (made[at] === 10) line += 1;
  return line;
}
