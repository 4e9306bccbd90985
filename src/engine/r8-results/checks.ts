/** The laws that every result is held against before it is given out (R10.1): a broken one is a bug of ours. */
import { invariant } from '../../problems/problem.js';
import type { Posting } from '../r6-postings/postings.js';
import type { PayRow } from '../r7-pay/pay.js';

/** The rules checked on every run, for the summary and the manifest. */
export const CHECKED_RULES = ['R6.3', 'R7.4', 'R8.1'] as const;

/** R6.3: what is earned is advanced, released, held or forfeited; per line, clawed back and held stay in bounds. */
export function checkLine(postings: readonly Posting[]): void {
  let [earned, advanced, held, clawedBack] = [0n, 0n, 0n, 0n];
  for (const posting of postings) {
    const { released, forfeited } = posting;
    const parts = posting.advanced + released + posting.held + forfeited;
    invariant(posting.earned === parts, () => `a posting of ${name(posting)} does not add up (R6.3)`);
    earned += posting.earned;
    advanced += posting.advanced;
    held += posting.held;
    clawedBack += posting.clawedBack;
    const bounded = between(clawedBack, advanced) && between(held, earned);
    invariant(bounded, () => `${name(posting)} holds or takes back more than there is (R6.3)`);
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
function between(part: bigint, whole: bigint): boolean {
  return whole >= 0n ? part >= 0n && part <= whole : part <= 0n && part >= whole;
}

function name({ invoiceId, repId, date }: Posting): string {
  return `${invoiceId} for ${repId} on ${date}`;
}
