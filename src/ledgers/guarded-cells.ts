/** Cells that are guarded against Excel: `="00123"` is the text 00123, which Excel would otherwise show as 123. */

import { searchable } from './text-bytes.js';

const [LF, CR, QUOTE, EQUALS] = [10, 13, 34, 61];

/** A cell without its guard; any other cell as it is. */
export function unguarded(cell: string): string {
  return cell.startsWith('="') && cell.endsWith('"') && cell.length > 2
    ? cell.slice(2, -1).replaceAll('""', '"')
    : cell;
}

/**
 * CSV text in which each cell `="00123"` is the quoted cell `"00123"`, so that a parser can read it. A `="` inside a
 * quoted cell stays.
 *
 * @param text - UTF-8; it is not changed
 */
export function withoutGuards(text: Uint8Array, delimiter: string): Uint8Array {
  const bytes = searchable(text);
  if (!hasGuard(bytes)) return text;
  const sign = delimiter.charCodeAt(0);
  const guards: number[] = [];
  let isStart = true;
  for (let at = 0; at < bytes.length; at += 1) {
    if (isStart && bytes[at] === EQUALS && bytes[at + 1] === QUOTE) {
      guards.push(at);
      at += 1;
    }
    if (isStart && bytes[at] === QUOTE) at = endOfQuotes(bytes, at);
    const byte = bytes[at];
    isStart = byte === sign || byte === LF || byte === CR;
  }
  const pieces = guards.map((guard, index) =>
    bytes.subarray(index === 0 ? 0 : (guards[index - 1] as number) + 1, guard),
  );
  return guards.length === 0 ? text : joined([...pieces, bytes.subarray((guards.at(-1) as number) + 1)]);
}

/** Whether an equals sign comes before a quote anywhere. */
function hasGuard(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(EQUALS); at >= 0; at = bytes.indexOf(EQUALS, at + 1)) {
    if (bytes[at + 1] === QUOTE) return true;
  }
  return false;
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** The place of the quote that closes the cell, or of the last byte. */
function endOfQuotes(bytes: Uint8Array, opening: number): number {
  for (let at = bytes.indexOf(QUOTE, opening + 1); at >= 0; at = bytes.indexOf(QUOTE, at + 2)) {
    if (bytes[at + 1] !== QUOTE) return at;
  }
  return bytes.length - 1;
}
