/** Reads each file once, and one of two large ones in a second thread while the other is read in this one. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { MappingContext } from '../mapping/map-ledger.js';
import type { LedgerName } from '../problems/place.js';
import { type FileContent, readFile } from './files.js';
import { type Parcel, unpacked } from './parcel.js';
import type { NamedSource } from './sources.js';

/** A thread costs as much time as reading some megabytes. */
const THREAD_FROM = 16 * 1024 * 1024;

export class FileReader {
  readonly #known = new Map<string, FileContent>();
  #ahead:
    | {
        readonly ledger: LedgerName;
        readonly path: string;
        readonly content: Promise<FileContent | undefined>;
      }
    | undefined;

  /** Starts to read the second largest of the ledgers aside, where both are large. */
  readAhead(sources: readonly NamedSource[], context: MappingContext, threadFrom = THREAD_FROM): void {
    const ofOneFile = sources.filter(({ source }) => source.query === undefined && source.files.length === 1);
    const sized = ofOneFile.map((named) => ({ named, path: pathOf(named), size: sizeOf(pathOf(named)) }));
    const [, second] = sized.filter(({ size }) => size >= threadFrom).sort((a, b) => b.size - a.size);
    if (second === undefined) return;
    const { named, path } = second;
    this.#ahead = { ledger: named.ledger, path, content: readInThread(named, context) };
  }

  /** @param ledger - the one that the file is read for */
  async read(path: string, ledger: LedgerName): Promise<FileContent> {
    const ahead = this.#ahead;
    if (ahead?.path === path && ahead.ledger === ledger) {
      const content = await ahead.content;
      if (content !== undefined) return content;
    }
    const known = this.#known.get(path) ?? readFile(path);
    this.#known.set(path, known);
    return known;
  }
}

function pathOf({ root, source }: NamedSource): string {
  return resolve(root, source.files[0] as string);
}

function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch {
    // Whoever reads it says what is wrong.
    return 0;
  }
}

/** The content of a ledger's file; undefined where the thread could not read it, and this one has to. */
function readInThread(named: NamedSource, context: MappingContext): Promise<FileContent | undefined> {
  return new Promise((settle) => {
    const worker = new Worker(new URL('./read-thread.js', import.meta.url), {
      workerData: { named, context },
    });
    worker.once('message', (parcel: Parcel) => settle(unpacked(parcel)));
    worker.once('error', () => settle(undefined));
    worker.once('exit', () => settle(undefined));
  });
}
