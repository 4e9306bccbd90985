/** The laws that every result is checked against before it is returned (R10.1): a broken law is a bug in comp. */
import { type Amounts, amountAt, type Counting, type MinorAmount, plus, type Zero } from '../../amount.js';
import { invariant } from '../../problems/problem.js';
import {
  BALANCES,
  type Balances,
  HELD_SUM,
  NO_BALANCES,
  PAID_SUM,
  type PayRow,
  sumOf,
} from '../r1-words/pay-figures.js';
import type { Targets } from '../r5-targets/targets.js';

/** The rules checked on every run, for the summary and the manifest. */
export const CHECKED_RULES = ['R6.3', 'R7.4', 'R8.1'] as const;

/** R6.3: what is earned is advanced, released, held or forfeited; per line, clawed back and held stay in bounds. */
export class LineChecker {
  readonly #zero: Zero;
  /** What the line's postings come to so far: C, advanced, held and clawed back. */
  readonly #sums: Amounts<'minor'>;

  constructor({ zero, room }: Counting) {
    this.#zero = zero;
    this.#sums = room(4);
  }

  /** Starts on a line without postings. */
  start(): void {
    for (let at = 0; at < 4; at += 1) this.#sums[at] = this.#zero;
  }

  /**
   * Takes the line's next posting, and returns the law that it breaks, if any.
   *
   * @param isTiming - what is held is a part of C, to which timing adds nothing (R17.2)
   */
  findBroken(change: Targets, isTiming = false): BrokenLaw | undefined {
    const sums = this.#sums;
    const parts = plus(plus(change.advanced, change.released), plus(change.held, change.forfeited));
    const earned = isTiming ? amountAt(sums, 0) : plus(amountAt(sums, 0), change.earned);
    const advanced = plus(amountAt(sums, 1), change.advanced);
    const held = plus(amountAt(sums, 2), change.held);
    const clawedBack = plus(amountAt(sums, 3), change.clawedBack);
    sums[0] = earned;
    sums[1] = advanced;
    sums[2] = held;
    sums[3] = clawedBack;
    if (change.earned !== parts) return 'parts';
    return isBetween(clawedBack, advanced) && isBetween(held, earned) ? undefined : 'bounds';
  }
}

/** R6.3: the parts make what is earned; held and clawed back stay in bounds. */
export type BrokenLaw = 'parts' | 'bounds';

/** Stops at a posting that breaks a law: a bug of ours. */
export function reportBroken(law: BrokenLaw, posting: string): never {
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
  let before = opening;
  for (const row of rows) {
    invariant(row.paid === sumOf(PAID_SUM, row), () => `the pay of ${rep} does not add up (R7.4)`);
    invariant(
      row.paid >= 0n && row.owed >= 0n && row.carried >= 0n,
      () => `the pay of ${rep} is below 0 (R7.3)`,
    );
    invariant(row.held === sumOf(HELD_SUM, row), () => `what ${rep} has held does not add up (R6.3)`);
    invariant(
      row[BALANCES.held] === before.held &&
        row[BALANCES.owed] === before.owed &&
        row[BALANCES.carried] === before.carried,
      () => `balances of ${rep} do not roll forward (R8.1)`,
    );
    before = row;
  }
}

/** Whether a part lies between 0 and the whole, on whichever side of 0 that is. */
function isBetween(part: MinorAmount, whole: MinorAmount): boolean {
  return whole >= 0 ? part >= 0 && part <= whole : part <= 0 && part >= whole;
}
