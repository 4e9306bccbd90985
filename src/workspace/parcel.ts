/** What one thread has read of a file, handed over to another without a copy. */
import type { LedgerTable } from '../engine/r2-ledgers/ledger-table.js';
import { Texts } from '../texts.js';
import type { FileContent } from './files.js';

/** A file's content as threads can hand it over: lists of texts taken apart. */
export interface Parcel {
  readonly content: Omit<FileContent, 'table'>;
  readonly table:
    | (Omit<LedgerTable, 'texts'> & { readonly texts: Readonly<Record<string, TextParts>> })
    | undefined;
}

interface TextParts {
  readonly bytes: Uint8Array;
  readonly starts: Uint32Array;
  readonly length: number;
}

/** The parcel, and the memory that changes hands with it. */
export function packed({ table, ...content }: FileContent): {
  readonly parcel: Parcel;
  readonly memory: readonly ArrayBuffer[];
} {
  const texts = mapped(table?.texts ?? {}, ({ bytes, starts, length }) => ({ bytes, starts, length }));
  const columns = [
    ...Object.values(texts).flatMap(({ bytes, starts }) => [bytes, starts]),
    ...Object.values(table?.days ?? {}),
    ...Object.values(table?.amounts ?? {}),
    ...(content.bytes === undefined ? [] : [content.bytes]),
  ];
  const memory = new Set(columns.map(({ buffer }) => buffer as ArrayBuffer));
  return { parcel: { content, table: table && { ...table, texts } }, memory: [...memory] };
}

export function unpacked({ content: said, table }: Parcel): FileContent {
  const { bytes } = said;
  // Buffers come over as plain arrays, in which Node looks for a byte one by one.
  const content =
    bytes === undefined
      ? said
      : { ...said, bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length) };
  if (table === undefined) return content;
  const texts = mapped(table.texts, ({ bytes, starts, length }) => Texts.from(bytes, starts, length));
  return { ...content, table: { ...table, texts } };
}

function mapped<From, To>(
  record: Readonly<Record<string, From>>,
  change: (value: From) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}
