/** The second thread: reads the file of one ledger, and hands it over. */
import { parentPort, workerData } from 'node:worker_threads';
import type { MappingContext } from '../mapping/map-ledger.js';
import { packed } from './parcel.js';
import { type NamedSource, readAhead } from './sources.js';

const { named, context } = workerData as { readonly named: NamedSource; readonly context: MappingContext };
const { parcel, memory } = packed(readAhead(named, context));
parentPort?.postMessage(parcel, memory);
