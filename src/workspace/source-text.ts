/** The text of a file of a ledger, or why it has none. */
import { decode } from '../ledgers/decode.js';
import type { Fault } from '../problems/problem.js';
import type { FileContent } from './files.js';
import type { NamedSource } from './ledger-source.js';

/** The text of a file, or a fault of the whole file. */
export function textOf(
  { ledger, source, isTyped }: NamedSource,
  file: string,
  { bytes, reason, isOneLine }: FileContent,
): { readonly content?: Uint8Array; readonly bytes?: Uint8Array; readonly fault?: Fault } {
  const place = { kind: 'terms', path: ['ledgers', ledger] } as const;
  if (isOneLine === true) {
    return { fault: { code: 'line-too-long', place: { kind: 'file', file }, path: file } };
  }
  if (reason !== undefined) return { fault: { code: 'unreadable-file', place, path: file, reason } };
  if (bytes === undefined) {
    const relativeTo = isTyped ? 'the current folder' : 'comp.yaml';
    return { fault: { code: 'file-not-found', place, path: file, relativeTo } };
  }
  const { text, fault } = decode(file, bytes, source.encoding);
  return {
    bytes,
    ...(text === undefined ? {} : { content: text }),
    ...(fault === undefined ? {} : { fault }),
  };
}
