/** All questions on a calculation, the most important first. */
import { byCodeUnit } from '../order.js';
import { askOnCash } from './cash.js';
import { catalogEntry, QUESTION_CODES, WEIGHTS } from './catalog.js';
import { askOnClawbacks } from './clawbacks.js';
import { type Facts, factsOf, type Given, type Linted } from './facts.js';
import { askOnHolding } from './holding.js';
import { askOnPastDueSales } from './past-due-sales.js';
import { askOnPayAccounts } from './pay-accounts.js';
import { askOnPeople } from './people.js';
import type { About, Asked, Question } from './question.js';
import { askOnQuotas } from './quotas.js';
import { askOnRecovery } from './recovery.js';
import { askOnTiers } from './tiers.js';

/** The families of questions. */
const FAMILIES: readonly ((facts: Facts) => readonly Asked[])[] = [
  askOnTiers,
  askOnHolding,
  askOnClawbacks,
  askOnRecovery,
  askOnPeople,
  askOnQuotas,
  askOnPayAccounts,
  askOnCash,
  askOnPastDueSales,
];

/**
 * The questions on a calculation, in order of their weight and of the catalog, then by size where they have one, and by what they are about. The order of
 * rows changes nothing.
 *
 * @param given - what was calculated
 */
export function questionsOn(linted: Linted, given: Given): readonly Question[] {
  const facts = factsOf(linted, given);
  return FAMILIES.flatMap((ask) => ask(facts))
    .sort(inOrder)
    .map(complete);
}

function complete({ path, history, size: _, ...asked }: Asked): Question {
  return { ...asked, weight: catalogEntry(asked.code).weight, path, history };
}

function inOrder(a: Asked, b: Asked): number {
  const weight = ({ code }: Asked) => WEIGHTS.indexOf(catalogEntry(code).weight);
  return (
    weight(a) - weight(b) ||
    QUESTION_CODES.indexOf(a.code) - QUESTION_CODES.indexOf(b.code) ||
    Number((b.size ?? 0n) - (a.size ?? 0n)) ||
    byAbout(a.about, b.about)
  );
}

/** What is about nothing but the terms comes first; what is about the same stays in the order of its family. */
function byAbout(a: About, b: About): number {
  for (const key of ['plan', 'rep', 'customer', 'invoice', 'category'] as const) {
    const order = byCodeUnit(a[key] ?? '', b[key] ?? '');
    if (order !== 0) return order;
  }
  return 0;
}
