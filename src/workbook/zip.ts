/** Zip archives in pieces: the same parts give the same bytes, because nothing in them has a time. */
import { Zip, ZipDeflate } from 'fflate';

/** Dates in a zip archive are those of the archive's own calendar, which begins with this day. */
export const NO_TIME = new Date(1980, 0, 1);

/** Pieces of about this many bytes are yielded at once. */
export const PIECE = 1 << 20;

/** A file of an archive. */
export interface ZipPart {
  readonly path: string;
  readonly pieces: Iterable<Uint8Array>;
}

/** A zip archive of the parts, in pieces. */
export function* zipped(parts: Iterable<ZipPart>): Iterable<Uint8Array> {
  let waiting: Uint8Array[] = [];
  let size = 0;
  const zip = new Zip((error, piece) => {
    if (error !== null) throw error;
    waiting.push(piece);
    size += piece.length;
  });
  const taken = () => {
    const piece = Buffer.concat(waiting);
    waiting = [];
    size = 0;
    return piece;
  };
  for (const { path, pieces } of parts) {
    const entry = new ZipDeflate(path, { level: 6 });
    entry.mtime = NO_TIME;
    zip.add(entry);
    for (const piece of pieces) {
      entry.push(piece);
      if (size >= PIECE) yield taken();
    }
    entry.push(new Uint8Array(), true);
  }
  zip.end();
  yield taken();
}
