/** What reading closes throws when they cannot be relied on (R11.5). */
import type { Fault } from '../../problems/problem.js';

/** A close that nothing can be calculated with. Postings are read on demand, so it may be thrown late in a run. */
export class UnusableClose extends Error {
  override readonly name: string = 'UnusableClose';
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[], message: string) {
    super(message);
    this.faults = faults;
  }
}

/** A file of a close is missing, or has changed. */
export class DamagedClose extends UnusableClose {
  override readonly name = 'DamagedClose';

  /** @param file - its path from the workspace: `closes/2025-Q1/postings.csv` */
  constructor(file: string, detail: string, remedy: 'restore' | 'reach' | 'unread' = 'restore') {
    super(
      [{ code: 'close-damaged', place: { kind: 'file', file }, detail, remedy }],
      `${file} is damaged: ${detail}`,
    );
  }
}
