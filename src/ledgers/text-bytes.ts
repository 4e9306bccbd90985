/** Text as bytes, searched and decoded: by Node's buffers where there are any, by what browsers have elsewhere. */

const NODE = typeof process === 'undefined' ? undefined : process.getBuiltinModule?.('node:buffer');
// A byte order mark in the middle of text is a character like any other.
const DECODER = new TextDecoder('utf-8', { ignoreBOM: true });

/** The same bytes, with the fastest `indexOf` and `includes` for a byte that there is. */
export function searchable(bytes: Uint8Array): Uint8Array {
  return NODE === undefined ? bytes : NODE.Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The text of UTF-8. */
export function textOf(bytes: Uint8Array): string {
  if (NODE === undefined) return DECODER.decode(bytes);
  const buffer = NODE.Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return buffer.toString(NODE.isAscii(buffer) ? 'latin1' : 'utf8');
}
