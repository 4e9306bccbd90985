/** What one thread has read of a file, handed over to another without a copy. */
import type { LedgerTable } from '../engine/r2-ledgers/ledger-table.js';
import { Texts } from '../texts.js';
import type { TableFile } from './table-file.js';

/** A file as threads can hand it over: its lists of texts taken apart. */
export interface Parcel extends Omit<TableFile, 'table'> {
  readonly table: Omit<LedgerTable, 'texts'> & { readonly texts: Readonly<Record<string, TextParts>> };
}

interface TextParts {
  readonly bytes: Uint8Array;
  readonly starts: Uint32Array;
  readonly length: number;
}

/** The parcel, and the memory that changes hands with it. */
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
