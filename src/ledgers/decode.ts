/** From the bytes of a file to UTF-8 text: unpacks gzip, decodes what is not UTF-8, and knows what is no CSV at all. */
import { isAscii, isUtf8 } from 'node:buffer';
import type { Fault } from '../problems/problem.js';

/** The encodings that a ledger file may say it has. */
export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;

export type Encoding = (typeof ENCODINGS)[number];

/** No ledger unpacks to more than this many times its size; a gzip bomb does. */
const MOST_UNPACKED = 100;
const ALWAYS_UNPACKED = 64 * 1024 * 1024;

/** The bytes of a file as UTF-8 text without a byte order mark, or what keeps them from being that. */
export function decode(
  file: string,
  bytes: Uint8Array,
  stated?: Encoding,
): { readonly text?: Uint8Array; readonly fault?: Fault } {
  const place = { kind: 'file', file } as const;
  const unpacked = isGzip(bytes) ? unpack(file, bytes) : { text: bytes };
  if (unpacked.text === undefined) return unpacked;
  const content = unpacked.text;
  const other = kindOf(content);
  if (other !== undefined) return { fault: { code: 'not-csv', place, path: file, ...other } };
  const marked = markOf(content);
  const encoding = marked?.encoding ?? stated ?? 'utf-8';
  const body = content.subarray(marked?.length ?? 0);
  // Letters of Windows-1252 are never UTF-8 by chance: it would read "Müller" as another name.
  if (encoding === 'windows-1252' && isUtf8(body) && !isAscii(body))
    return { fault: { code: 'wrong-encoding', place, path: file, encoding } };
  if (encoding !== 'utf-8') return transcode(file, body, encoding);
  if (body.includes(0)) return { fault: { code: 'not-text', place, path: file } };
  if (!isUtf8(body)) {
    const fault: Fault =
      stated === undefined
        ? { code: 'not-utf8', place, path: file }
        : { code: 'wrong-encoding', place, path: file, encoding };
    return { fault };
  }
  return { text: body };
}

/**
 * Where the text starts in a file that is UTF-8 as it is; undefined where it has to be decoded first, or is no text.
 *
 * @param top - the first bytes of the file
 */
export function findUtf8Start(top: Uint8Array, stated?: Encoding): number | undefined {
  if (isGzip(top) || kindOf(top) !== undefined) return undefined;
  const mark = markOf(top);
  return (mark?.encoding ?? stated ?? 'utf-8') === 'utf-8' ? (mark?.length ?? 0) : undefined;
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function unpack(file: string, bytes: Uint8Array): { readonly text?: Uint8Array; readonly fault?: Fault } {
  const place = { kind: 'file', file } as const;
  try {
    const maxOutputLength = ALWAYS_UNPACKED + MOST_UNPACKED * bytes.length;
    // Loaded where there is something to unpack.
    const { gunzipSync } = process.getBuiltinModule('node:zlib');
    return { text: gunzipSync(bytes, { maxOutputLength }) };
  } catch (error) {
    const isTooLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    return { fault: { code: isTooLarge ? 'unpacks-too-large' : 'damaged-gzip', place, path: file } };
  }
}

function transcode(
  file: string,
  bytes: Uint8Array,
  encoding: Encoding,
): { readonly text?: Uint8Array; readonly fault?: Fault } {
  const place = { kind: 'file', file } as const;
  try {
    const text =
      encoding === 'windows-1252'
        ? fromWindows1252(bytes)
        : new TextDecoder(encoding, { fatal: true }).decode(bytes);
    if (text === undefined) return { fault: { code: 'wrong-encoding', place, path: file, encoding } };
    if (text.includes('\0')) return { fault: { code: 'not-text', place, path: file } };
    return { text: Buffer.from(text, 'utf8') };
  } catch {
    return { fault: { code: 'wrong-encoding', place, path: file, encoding } };
  }
}

/** What Windows-1252 has where Latin-1 has control characters, from 0x80 on; a space where it has nothing. */
const WINDOWS = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

/** Node reads Windows-1252 as Latin-1, so the 27 characters between are looked up here; undefined where there is none. */
function fromWindows1252(bytes: Uint8Array): string | undefined {
  const latin = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const text = latin.replace(/[\u0080-\u009f]/g, (letter) => WINDOWS[letter.charCodeAt(0) - 0x80] as string);
  return /[\u0081\u008d\u008f\u0090\u009d]/.test(latin) ? undefined : text;
}

/** A byte order mark says the encoding, whatever else does. */
function markOf(bytes: Uint8Array): { readonly encoding: Encoding; readonly length: number } | undefined {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: 'utf-8', length: 3 };
  if (a === 0xff && b === 0xfe) return { encoding: 'utf-16le', length: 2 };
  if (a === 0xfe && b === 0xff) return { encoding: 'utf-16be', length: 2 };
  return undefined;
}

const SAVE_AS_CSV = 'Open it in a spreadsheet program and save the sheet as "CSV UTF-8".';

/** What a file is by its first bytes, where it is no text of rows. */
function kindOf(bytes: Uint8Array): { readonly kind: string; readonly advice: string } | undefined {
  const start = Buffer.from(bytes.subarray(0, 64)).toString('latin1');
  if (start.startsWith('PK\u0003\u0004')) {
    const isWorkbook = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes('xl/');
    return isWorkbook
      ? { kind: 'an Excel workbook (xlsx)', advice: SAVE_AS_CSV }
      : { kind: 'a zip archive', advice: 'Unpack it, and name the CSV file inside.' };
  }
  if (start.startsWith('\u00d0\u00cf\u0011\u00e0')) {
    return { kind: 'an old Excel workbook (xls)', advice: SAVE_AS_CSV };
  }
  if (start.startsWith('%PDF-')) {
    return { kind: 'a PDF', advice: 'Export the report as CSV; a printed one cannot be read back exactly.' };
  }
  if (start.startsWith('PAR1')) {
    return { kind: 'a Parquet file', advice: "Read it with a query: select … from 'the file'." };
  }
  if (/^\s*<(!doctype html|html|table|head|meta)/i.test(start)) {
    return { kind: 'a web page, whatever its name ends in', advice: SAVE_AS_CSV };
  }
  return undefined;
}
