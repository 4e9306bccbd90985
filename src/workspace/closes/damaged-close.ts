/** What reading a close throws when one of its files is not what comp wrote (R11.5). */
import type { Fault } from '../../problems/problem.js';

/** A file of a close is missing, or has changed. Postings are read on demand, so it may be thrown late in a run. */
export class DamagedClose extends Error {
  override readonly name = 'DamagedClose';
  readonly fault: Fault;

  /** @param file - its path from the workspace: `closes/2025-Q1/postings.csv` */
  constructor(file: string, detail: string, remedy: 'restore' | 'reach' = 'restore') {
    super(`${file} is damaged: ${detail}`);
    this.fault = { code: 'close-damaged', place: { kind: 'file', file }, detail, remedy };
  }
}
