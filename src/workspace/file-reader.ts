/** Reads each file once; of two large ones, one in a second thread while this thread reads the other. */
import type { MappingContext } from '../mapping/map-ledger.js';
import { type FileContent, readFile } from './files.js';
import { findOnlyFile, type NamedSource, sizeOf } from './ledger-source.js';
import { type Parcel, unpacked } from './parcel.js';
import type { TableFile } from './table-file.js';

/** A thread costs as much time as reading some megabytes. */
const THREAD_FROM = 16 * 1024 * 1024;

export class FileReader {
  readonly #known = new Map<string, FileContent>();
  #ahead: { readonly named: NamedSource; readonly table: Promise<TableFile | undefined> } | undefined;

  /** Starts to read the second largest ledger in another thread, if the two largest are large enough. */
  readAhead(sources: readonly NamedSource[], context: MappingContext, threadFrom = THREAD_FROM): void {
    const large = sources
      .flatMap((named) => {
        const only = findOnlyFile(named);
        return only === undefined ? [] : [{ named, size: sizeOf(only.path) }];
      })
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

  /** The ledger's file as the other thread read it; undefined if it did not, or could not. */
  async findAhead(named: NamedSource): Promise<TableFile | undefined> {
    return this.#ahead?.named === named ? await this.#ahead.table : undefined;
  }
}

async function readInThread(named: NamedSource, context: MappingContext): Promise<TableFile | undefined> {
  // Loaded only when there is something to read, and not by import(): this thread is about to be busy.
  const { Worker } = process.getBuiltinModule('node:worker_threads');
  const worker = new Worker(new URL('./read-thread.js', import.meta.url), { workerData: { named, context } });
  const parcel = await new Promise<Parcel | undefined>((settle) => {
    worker.once('message', settle);
    worker.once('error', () => settle(undefined));
    worker.once('exit', () => settle(undefined));
  });
  return parcel && unpacked(parcel);
}
