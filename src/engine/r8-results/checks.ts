/** The laws that every result is held against before it is given out (R10.1): a broken one is a bug of ours. */
import type { Amount, Amounts, Counting } from '../../amount.js';
import { invariant } from '../../problems/problem.js';
import type { Targets } from '../r5-targets/targets.js';
import { type Balances, NO_BALANCES, type PayRow } from '../r7-pay/pay.js';

/** The rules checked on every run, for the summary and the manifest. */
export const CHECKED_RULES = ['R6.3', 'R7.4', 'R8.1'] as const;

/** R6.3: what is earned is advanced, released, held or forfeited; per line, clawed back and held stay in bounds. */
export class LineChecker {
  readonly #zero: Amount;
  /** What the line's postings come to so far: earned, advanced, held and clawed back. */
  readonly #sums: Amounts;

  constructor({ zero, room }: Counting) {
    this.#zero = zero;
    this.#sums = room(4);
  }

  /** Starts on a line without postings. */
  start(): void {
    for (let at = 0; at < 4; at += 1) this.#sums[at] = this.#zero;
  }

  /** Takes the line's next posting, and says what is wrong with it, if anything is. */
  findBroken(change: Targets): BrokenLaw | undefined {
    const sums = this.#sums;
    const isSum = change.earned === change.advanced + change.released + change.held + change.forfeited;
    const earned = (sums[0] as Amount) + change.earned;
    const advanced = (sums[1] as Amount) + change.advanced;
    const held = (sums[2] as Amount) + change.held;
    const clawedBack = (sums[3] as Amount) + change.clawedBack;
    sums[0] = earned;
    sums[1] = advanced;
    sums[2] = held;
    sums[3] = clawedBack;
    if (!isSum) return 'parts';
    return isBetween(clawedBack, advanced) && isBetween(held, earned) ? undefined : 'bounds';
  }
}

/** R6.3: the parts make what is earned; held and clawed back stay in bounds. */
export type BrokenLaw = 'parts' | 'bounds';

/** Stops at a posting that breaks a law: a bug of ours. */
export function tellBroken(law: BrokenLaw, posting: string): never {
  const what =
    law === 'parts'
      ? `a posting of ${posting} does not add up (R6.3)`
      : `${posting} holds or takes back more than there is (R6.3)`;
  invariant(false, () => what);
}

/**
 * R7.3, R7.4, R8.1: pay and debt add up to the postings, and every period opens where the last one closed.
 *
 * @param opening - what the first of the rows opens with
 */
export function checkRows(rep: string, rows: readonly PayRow[], opening: Balances = NO_BALANCES): void {
  let { held, owed } = opening;
  for (const row of rows) {
    const due = row.payable - row.clawedBack + row.reinstated - row.owedOpening;
    invariant(row.paid - row.owed === due, () => `the pay of ${rep} does not add up (R7.4)`);
    invariant(row.paid >= 0n && row.owed >= 0n, () => `the pay of ${rep} is below 0 (R7.3)`);
    const waits = row.heldOpening + row.earned - row.payable - row.forfeited;
    invariant(row.held === waits, () => `what ${rep} has held does not add up (R6.3)`);
    invariant(
      row.heldOpening === held && row.owedOpening === owed,
      () => `balances of ${rep} do not roll forward (R8.1)`,
    );
    [held, owed] = [row.held, row.owed];
  }
}

/** Whether a part lies between 0 and the whole, on whichever side of 0 that is. */
function isBetween(part: Amount, whole: Amount): boolean {
  return whole >= 0 ? part >= 0 && part <= whole : part <= 0 && part >= whole;
}
