/** JSON text in pieces: all of it may be longer than a string can be. */
import { TURNING } from '../displayed.js';

/** A piece has about this many letters. */
const PIECE = 1024 * 1024;

/**
 * Writes a value as `JSON.stringify(value, null, 2)` does, and a line break.
 *
 * @param write - is called with one piece after another
 */
export function writeJson(value: unknown, write: (text: string) => void): void {
  let piece = '';
  addValue(value, '\n', (text) => {
    piece += text;
    if (piece.length < PIECE) return;
    write(piece);
    piece = '';
  });
  write(`${piece}\n`);
}

/** @param gap - the line break and the indentation of the value */
function addValue(value: unknown, gap: string, add: (text: string) => void): void {
  if (typeof value !== 'object' || value === null) {
    add(textOf(value));
    return;
  }
  const isList = Array.isArray(value);
  const inner = `${gap}  `;
  let isFirst = true;
  for (const [key, item] of isList ? value.entries() : Object.entries(value)) {
    if (item === undefined && !isList) continue;
    add(`${isFirst ? (isList ? '[' : '{') : ','}${inner}${isList ? '' : `${textOf(key)}: `}`);
    addValue(item, inner, add);
    isFirst = false;
  }
  if (isFirst) add(isList ? '[]' : '{}');
  else add(`${gap}${isList ? ']' : '}'}`);
}

/** What JSON allows in a text and a terminal does not: it is written as its code. */
const UNDISPLAYED = new RegExp(`[\\u007f-\\u009f\\u2028\\u2029${TURNING}]`, 'g');

function textOf(value: unknown): string {
  const text = JSON.stringify(value) ?? 'null';
  return text.replace(UNDISPLAYED, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
