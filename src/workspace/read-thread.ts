/** The second thread: reads the file of one ledger into columns, and hands them over. */
import { parentPort, workerData } from 'node:worker_threads';
import type { MappingContext } from '../mapping/map-ledger.js';
import type { NamedSource } from './ledger-source.js';
import { packed } from './parcel.js';
import { findTableFile } from './table-source.js';

const { named, context } = workerData as { readonly named: NamedSource; readonly context: MappingContext };
const read = findTableFile(named, context);
if (read === undefined) {
  parentPort?.postMessage(undefined);
} else {
  const { parcel, memory } = packed(read);
  parentPort?.postMessage(parcel, memory);
}
