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
  let end = 0;
  for (let index = 0; index < texts.length; index += 1) {
    const text = texts[index] as string;
    // Many are empty.
    if (text !== '') end += Buffer.byteLength(text);
    starts[index + 1] = end;
  }
  const bytes = Buffer.alloc(end + SPARE);
  for (let index = 0; index < texts.length; index += 1) {
    const text = texts[index] as string;
    if (text !== '') bytes.write(text, starts[index] as number);
  }
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
// A formula may start with a letter that nobody sees, or with a full-width sign.
for (let byte = 0; byte < ODD.length; byte += 1) if (byte <= 0x20 || byte >= 0x7f) ODD[byte] = FIRST;
for (const byte of Buffer.from('=+-@')) ODD[byte] = FIRST;
for (const byte of Buffer.from('",;\t\r\n')) ODD[byte] = EVER;
// Texts writes each half of a character beyond U+FFFF by itself, and such a half begins with this byte.
ODD[0xed] = EVER;

/** Whatever is odd anywhere is below this byte, or 0xED, or a semicolon. */
const PLAIN = 0x2d;
const SEMICOLON = 0x3b;
/** A byte in each place of four, and the highest bit of each. */
const [EACH, HIGHEST] = [0x01010101, 0x80808080];

/** Whether any of the ids is written otherwise than Texts holds it. */
function hasOdd(bytes: Uint8Array, { view, starts }: Phrases): boolean {
  const end = starts.at(-1) as number;
  for (let at = 0; at < end; at += 4) {
    // Of four bytes at once: the highest bit of a difference is set where its byte is such a one, and now and then else.
    const four = view.getInt32(at, true);
    const other = four ^ (SEMICOLON * EACH);
    if ((((four - PLAIN * EACH) | ((other - EACH) & ~other)) & HIGHEST) === 0) continue;
    for (let byte = at; byte < at + 4; byte += 1) if (ODD[bytes[byte] as number] === EVER) return true;
  }
  for (let index = 0; index + 1 < starts.length; index += 1) {
    const start = starts[index] as number;
    if (start < (starts[index + 1] as number) && ODD[bytes[start] as number] !== 0) return true;
  }
  return false;
}
