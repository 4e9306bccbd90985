/** Hands a file that one thread has read over to another without copying it. */
import type { LedgerTable } from '../engine/r2-ledgers/ledger-table.js';
import { Texts } from '../texts.js';
import type { TableFile } from './table-file.js';

/** A file in a form that threads can exchange: its lists of texts as plain arrays. */
export interface Parcel extends Omit<TableFile, 'table'> {
  readonly table: Omit<LedgerTable, 'texts'> & { readonly texts: Readonly<Record<string, TextParts>> };
}

interface TextParts {
  readonly bytes: Uint8Array;
  readonly starts: Uint32Array;
  readonly length: number;
}

/** The parcel, and the memory to transfer with it. */
export function packed({ table, ...file }: TableFile): {
  readonly parcel: Parcel;
  readonly memory: readonly ArrayBuffer[];
} {
  const texts = mapped(table.texts, ({ bytes, starts, length }) => ({ bytes, starts, length }));
  const columns = [
    ...Object.values(texts).flatMap(({ bytes, starts }) => [bytes, starts]),
    ...Object.values(table.days),
    ...Object.values(table.amounts),
  ];
  const memory = new Set(columns.map(({ buffer }) => buffer as ArrayBuffer));
  return { parcel: { ...file, table: { ...table, texts } }, memory: [...memory] };
}

export function unpacked({ table, ...file }: Parcel): TableFile {
  const texts = mapped(table.texts, ({ bytes, starts, length }) => Texts.from(bytes, starts, length));
  return { ...file, table: { ...table, texts } };
}

function mapped<From, To>(
  record: Readonly<Record<string, From>>,
  change: (value: From) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}
