/** Levels that are wrong on purpose, as wrappers of the calculation: what the laws of the kit must find. */
import { calculate, type Inputs, type Posting } from '../../src/index.js';
import { cellsOf } from '../../src/testing/given-rows.js';
import type { Calculate, LawResult } from '../../src/testing/index.js';

/** A refund leaves what was released as it is: the level forgets to hold it again (R5.7). */
export const forgetsToReHold: Calculate = changed((postings) =>
  postings.filter(({ cause }) => cause !== 'refunded'),
);

/** What is taken back has the rate of the plan of the day, and not that of the booking (R4.7). Plans have flat rates. */
export const clawsBackAtTodaysRate: Calculate = changed((postings, inputs) =>
  postings.map((posting) => {
    const [booked, today] = [rateOf(inputs, posting.planId), rateOf(inputs, planOn(inputs, posting))];
    return { ...posting, clawedBack: (posting.clawedBack * today) / booked };
  }),
);

function changed(change: (postings: readonly Posting[], inputs: Inputs) => readonly Posting[]): Calculate {
  return (inputs) => {
    const outcome = calculate(inputs);
    if (outcome.kind === 'refused') return outcome;
    const result: LawResult = { ...outcome.result, postings: change(outcome.result.postings, inputs) };
    return { kind: 'calculated', result };
  };
}

/** The plan that the rep of a posting has on its day. */
function planOn(inputs: Inputs, { repId, date, planId }: Posting): string {
  const row = cellsOf(inputs, 'assignments').find(
    ({ rep_id, from = '', to = '' }) => rep_id === repId && from <= date && (to === '' || date <= to),
  );
  return row?.['plan_id'] ?? planId;
}

/** In whole percent. */
function rateOf({ terms }: Inputs, id: string): bigint {
  const rate = terms.plans.find((plan) => String(plan.id) === id)?.rate;
  if (typeof rate !== 'string') throw new RangeError(`${id} has no flat rate`);
  return BigInt(rate.replace('%', ''));
}
