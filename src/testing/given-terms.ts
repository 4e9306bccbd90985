/** A history with the terms of somebody else: everything that these plans may ask of the ledgers is there. */
import type { TermsInput } from '../plans/schema.js';
import {
  bookingDayOf,
  calendarOf,
  type Draft,
  draftOf,
  ledgerOf,
  MANAGERS,
  salesOf,
  textIn,
} from './features/dressing.js';
import type { History } from './history.js';
import { ALWAYS, QUOTA, REPS } from './limits.js';
import type { Row } from './row.js';

type PlanGiven = TermsInput['plans'][number];

/** Usual, small and large. */
const QUOTAS = [1, 0.5, 2];

/**
 * The history with these terms: its reps are on their plans by turns, and there are quotas, categories and a team
 * where a plan has a use for them.
 */
export function withTerms(history: History, terms: TermsInput, quota = QUOTA): History {
  const draft = draftOf({ ...history, terms });
  delete draft.ledgers['calendar'];
  const ofCredit = (credit: string) => terms.plans.filter((plan) => (plan.credit ?? 'own') === credit);
  const people = [...REPS, ...MANAGERS];
  draft.ledgers['assignments'] = [
    ...ownAssignments(draft, ofCredit('own')),
    ...people.flatMap((rep) =>
      [...ofCredit('team').slice(0, 1), ...ofCredit('cash').slice(0, 1)].map((plan) =>
        assigned(rep, plan, ALWAYS),
      ),
    ),
  ];
  if (ofCredit('team').length > 0) {
    for (const rep_id of REPS) {
      ledgerOf(draft, 'teams').push({ rep_id, manager_id: MANAGERS[0], from: ALWAYS, to: '' });
    }
  }
  draft.ledgers['quotas'] = quotasOf(draft, terms, quota);
  const categories = terms.plans.flatMap(({ rates = [] }) => rates.flatMap(({ category = [] }) => category));
  salesOf(draft).forEach((sale, at) => {
    if (sale['currency'] !== undefined) sale['currency'] = terms.currency;
    if (categories.length > 0) sale['category'] = String(categories[at % categories.length]);
  });
  return draft;
}

/** The plans of the history, by turns those of the terms. */
function ownAssignments({ ledgers }: Draft, plans: readonly PlanGiven[]): readonly Row[] {
  if (plans.length === 0) return [];
  const planAt = (place: number) => plans[place % plans.length] as PlanGiven;
  const drawn = ledgers['assignments'];
  if (drawn === undefined) return REPS.map((rep, place) => assigned(rep, planAt(place), ALWAYS));
  return drawn.map((row) => ({
    ...row,
    plan_id: String(planAt(Number((row['plan_id'] ?? '').slice('plan '.length))).id),
  }));
}

function assigned(rep_id: string, plan: PlanGiven, from: string): Row {
  return { rep_id, plan_id: String(plan.id), from, to: '' };
}

/** A quota for every rep with a sale, in every quarter of the sales: a new plan may ask for it, if those given do not. */
function quotasOf(draft: Draft, { plans }: TermsInput, usual: number): Row[] {
  const calendar = calendarOf(draft);
  const days = salesOf(draft)
    .map(bookingDayOf)
    .filter((day) => day <= draft.asOf)
    .sort();
  const [first, last] = [days[0] ?? draft.asOf, days.at(-1) ?? draft.asOf];
  const sellers = new Set(
    [...salesOf(draft), ...(draft.ledgers['splits'] ?? [])].map((row) => textIn(row, 'rep_id')),
  );
  const credits = [...new Set(plans.map(({ credit = 'own' }) => credit))];
  return calendar
    .quartersFromTo(calendar.quarterOf(first), calendar.quarterOf(last))
    .flatMap((quarter, place) =>
      credits.flatMap((credit) =>
        [...REPS, ...MANAGERS]
          .filter((rep) => (credit === 'own' ? sellers.has(rep) : true))
          .map((rep_id, rep) => ({
            rep_id,
            quarter,
            quota: String(usual * (QUOTAS[(place + rep) % QUOTAS.length] ?? 1)),
            credit,
          })),
      ),
    );
}
