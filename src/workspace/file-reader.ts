/** Reads each file once, and one of two large ones in a second thread while the other is read in this one. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { MappingContext } from '../mapping/map-ledger.js';
import { type FileContent, readFile } from './files.js';
import { type Parcel, unpacked } from './parcel.js';
import type { NamedSource } from './sources.js';
import type { TableFile } from './table-file.js';

/** A thread costs as much time as reading some megabytes. */
const THREAD_FROM = 16 * 1024 * 1024;

export class FileReader {
  readonly #known = new Map<string, FileContent>();
  #ahead: { readonly named: NamedSource; readonly table: Promise<TableFile | undefined> } | undefined;

  /** Starts to read the second largest of the ledgers aside, where both are large. */
  readAhead(sources: readonly NamedSource[], context: MappingContext, threadFrom = THREAD_FROM): void {
    const large = sources
      .filter(isOneFile)
      .map((named) => ({ named, size: sizeOf(named) }))
      .filter(({ size }) => size >= threadFrom)
      .sort((a, b) => b.size - a.size);
    const second = large[1]?.named;
    if (second !== undefined) this.#ahead = { named: second, table: readInThread(second, context) };
  }

  read(path: string): FileContent {
    const known = this.#known.get(path) ?? readFile(path);
    this.#known.set(path, known);
    return known;
  }

  /** What another thread has read of the ledger's file; undefined where none has, or could. */
  async findAhead(named: NamedSource): Promise<TableFile | undefined> {
    return this.#ahead?.named === named ? await this.#ahead.table : undefined;
  }
}

/** Whether a ledger is one file, and no query. */
export function isOneFile({ source }: NamedSource): boolean {
  return source.query === undefined && source.files.length === 1;
}

/** The path of the file of a ledger that has just one. */
export function pathOf({ root, source }: NamedSource): string {
  return resolve(root, source.files[0] as string);
}

/** The size of the file of a ledger that has just one; 0 where it cannot be told. */
export function sizeOf(named: NamedSource): number {
  try {
    return statSync(pathOf(named)).size;
  } catch {
    // Whoever reads it says what is wrong.
    return 0;
  }
}

async function readInThread(named: NamedSource, context: MappingContext): Promise<TableFile | undefined> {
  // Loaded where there is something to read, and at once: this thread is about to be busy.
  const { Worker } = process.getBuiltinModule('node:worker_threads');
  const worker = new Worker(new URL('./read-thread.js', import.meta.url), { workerData: { named, context } });
  const parcel = await new Promise<Parcel | undefined>((settle) => {
    worker.once('message', settle);
    worker.once('error', () => settle(undefined));
    worker.once('exit', () => settle(undefined));
  });
  return parcel && unpacked(parcel);
}
