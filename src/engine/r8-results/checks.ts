/** The laws that every result is held against before it is given out (R10.1): a broken one is a bug of ours. */
import type { Amount, Counting } from '../../amount.js';
import { invariant } from '../../problems/problem.js';
import type { Targets } from '../r5-targets/targets.js';
import type { PayRow } from '../r7-pay/pay.js';

/** The rules checked on every run, for the summary and the manifest. */
export const CHECKED_RULES = ['R6.3', 'R7.4', 'R8.1'] as const;

/** R6.3: what is earned is advanced, released, held or forfeited; per line, clawed back and held stay in bounds. */
export class LineChecker {
  readonly #zero: Amount;
  #earned: Amount;
  #advanced: Amount;
  #held: Amount;
  #clawedBack: Amount;

  constructor({ zero }: Counting) {
    this.#zero = zero;
    [this.#earned, this.#advanced, this.#held, this.#clawedBack] = [zero, zero, zero, zero];
  }

  /** Starts on a line without postings. */
  start(): void {
    this.#earned = this.#zero;
    this.#advanced = this.#zero;
    this.#held = this.#zero;
    this.#clawedBack = this.#zero;
  }

  /**
   * Checks the line's next posting.
   *
   * @param name - names the posting's line and day
   */
  check(change: Targets, name: () => string): void {
    const { earned, advanced, released, held, forfeited, clawedBack } = change;
    if (earned !== advanced + released + held + forfeited) {
      invariant(false, () => `a posting of ${name()} does not add up (R6.3)`);
    }
    this.#earned += earned;
    this.#advanced += advanced;
    this.#held += held;
    this.#clawedBack += clawedBack;
    if (!isBetween(this.#clawedBack, this.#advanced) || !isBetween(this.#held, this.#earned)) {
      invariant(false, () => `${name()} holds or takes back more than there is (R6.3)`);
    }
  }
}

/** R7.3, R7.4, R8.1: pay and debt add up to the postings, and every period opens where the last one closed. */
export function checkRows(rep: string, rows: readonly PayRow[]): void {
  let [held, owed] = [0n, 0n];
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
