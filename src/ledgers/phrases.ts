/** Cells that come again and again, as the bytes that they are written as. */
import type { Texts } from '../texts.js';
import { cellOf } from './write.js';

/** Texts in UTF-8: text `i` is the bytes from `starts[i]` up to `starts[i + 1]`; {@link SPARE} more follow the last. */
export interface Phrases {
  readonly view: DataView;
  readonly starts: Uint32Array;
}

/** This many bytes more than needed may be read or written. */
export const SPARE = 8;

export function phrasesOf(texts: readonly string[]): Phrases {
  const starts = new Uint32Array(texts.length + 1);
  for (const [index, text] of texts.entries()) {
    starts[index + 1] = (starts[index] as number) + Buffer.byteLength(text);
  }
  const bytes = Buffer.alloc((starts[texts.length] as number) + SPARE);
  for (const [index, text] of texts.entries()) bytes.write(text, starts[index] as number);
  return { view: viewOf(bytes), starts };
}

/** Ids as a row has them: their own bytes where that is all there is to it. */
export function phrasesOfIds(ids: Texts): Phrases {
  const { starts } = ids;
  const bytes = withSpare(ids.bytes, starts[ids.length] as number);
  const phrases = { view: viewOf(bytes), starts: starts.subarray(0, ids.length + 1) };
  if (!hasOdd(bytes, phrases)) return phrases;
  return phrasesOf(Array.from({ length: ids.length }, (_, index) => cellOf(ids.at(index))));
}

function withSpare(bytes: Uint8Array, end: number): Uint8Array {
  if (end + SPARE <= bytes.length) return bytes;
  const longer = new Uint8Array(end + SPARE);
  longer.set(bytes.subarray(0, end));
  return longer;
}

/** The length of the longest. */
export function longestOf({ starts }: Phrases): number {
  let longest = 0;
  for (let index = 1; index < starts.length; index += 1) {
    longest = Math.max(longest, (starts[index] as number) - (starts[index - 1] as number));
  }
  return longest;
}

export function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

/** For each byte: whether an id with it is odd, anywhere or only where it comes first. */
const [EVER, FIRST] = [1, 2];
const ODD = new Uint8Array(256);
for (const byte of Buffer.from('=+-@\t')) ODD[byte] = FIRST;
for (const byte of Buffer.from('",\r\n')) ODD[byte] = EVER;
// Texts writes each half of a character beyond U+FFFF by itself, and such a half begins with this byte.
ODD[0xed] = EVER;

/** Whatever is odd anywhere is below this byte, or 0xED. */
const PLAIN = 0x2d;

/** Whether any of the ids is written otherwise than Texts holds it. */
function hasOdd(bytes: Uint8Array, { view, starts }: Phrases): boolean {
  const end = starts.at(-1) as number;
  for (let at = 0; at < end; at += 4) {
    // Of four bytes at once: the highest bit of a difference is set where its byte is such a one, and now and then else.
    if (((view.getInt32(at, true) - PLAIN * 0x01010101) & 0x80808080) === 0) continue;
    for (let byte = at; byte < at + 4; byte += 1) if (ODD[bytes[byte] as number] === EVER) return true;
  }
  for (let index = 0; index + 1 < starts.length; index += 1) {
    const start = starts[index] as number;
    if (start < (starts[index + 1] as number) && ODD[bytes[start] as number] !== 0) return true;
  }
  return false;
}
