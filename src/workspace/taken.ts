/** What reading the sources of a ledger gives: its rows, and where each of them is. */
import type { MappedLedger } from '../mapping/map-ledger.js';
import type { Fault } from '../problems/problem.js';
import type { InputFile } from './input-file.js';

/** A stretch of records from one file or from a query. */
export interface Stretch {
  readonly name: string;
  readonly first: number;
  readonly lineOf: (record: number) => number;
}

/** The sources that were read. */
export interface TakenSources {
  readonly stretches: readonly Stretch[];
  readonly faults: readonly Fault[];
  readonly inputs: readonly InputFile[];
  /** The paths of the inputs, from the current folder. */
  readonly paths: readonly string[];
}

/** The rows of a ledger, with the faults of its sources. */
export interface Taken extends TakenSources {
  readonly mapped: MappedLedger;
}
