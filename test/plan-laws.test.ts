/** The laws of plans.md (R25), as the test kit has them, on random histories that mix the features of plans. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calculate, type Inputs, type PlanInput, type Posting, type TermsInput } from '../src/index.js';
import { addDays } from '../src/testing/days.js';
import { type Feature, featuresOf } from '../src/testing/features.js';
import {
  asOfPrefix,
  collectedCash,
  conservation,
  histories,
  history,
  itemSplit,
  type LawResult,
  NEUTRAL_CHANGES,
  neutral,
  order,
  type PlanChange,
  payAccount,
  planChange,
  renaming,
  scale,
  teamOfOne,
} from '../src/testing/index.js';
import { findPair, lawHolds as holds, type Results } from './support/laws.js';
import { forAll, type Least, type Meet } from './support/property.js';

const ALL = featuresOf(['credits', 'targets', 'pay']);
const featured = histories({ corners: true, features: ALL });

/** A case with features takes long. */
function lawHolds(
  inputs: fc.Arbitrary<Inputs>,
  law: Parameters<typeof holds>[1],
  look: Parameters<typeof holds>[2],
  least: Least,
): void {
  holds(inputs, law, look, least, true);
}

/** Reports that something was posted, and a second result was compared. */
function twoWithPostings(results: Results, meet: Meet): void {
  const [first] = findPair(results) ?? [];
  if (first !== undefined && first.postings.length > 0) meet('postings');
}

describe('R25.1 neutral terms change no posting and no pay', () => {
  test.each(NEUTRAL_CHANGES)('%s', (change) => {
    lawHolds(featured, (given, inputs, pick) => neutral(given, inputs, pick, change), twoWithPostings, {
      postings: 0.1,
    });
  });
});

test('R21.3 what is paid and owed adds up to the postings, entries, caps, guarantees and draws', () => {
  const figures = ['adjusted', 'capped', 'waived', 'repaid', 'guaranteed', 'drawn', 'carried'] as const;
  lawHolds(
    featured,
    payAccount,
    ([result], meet) => {
      for (const figure of figures) {
        if (result?.quarters.some((row) => row[figure] > 0n)) meet(figure);
      }
    },
    { adjusted: 0.1, capped: 0.05, waived: 0.02, repaid: 0.05, guaranteed: 0.05, drawn: 0.05, carried: 0.03 },
  );
});

test('R25.2 conservation: what is earned is somewhere (R10.1)', () => {
  lawHolds(
    featured,
    conservation,
    ([result], meet) => {
      if (result?.postings.some(({ credit }) => credit !== 'own')) meet('credit of teams and cash');
    },
    { 'credit of teams and cash': 0.1 },
  );
});

test('R25.2 history: a row changes no posting dated before it (R10.4)', () => {
  lawHolds(
    featured,
    history,
    (results, meet) => {
      const [whole, rest] = findPair(results) ?? [];
      if (whole === undefined || rest === undefined) return;
      if (rest.postings.length > 0 && whole.postings.length !== rest.postings.length) meet('a change');
    },
    { 'a change': 0.1 },
  );
});

test('R25.2 plan change: another plan from a day on changes no line booked before it (R10.5)', () => {
  forAll(
    fc.record({
      inputs: histories({ corners: true, features: ALL, minPlans: 2, alwaysOnPlan: true }),
      pick: fc.nat(),
      later: fc.nat(20),
    }),
    ({ inputs, pick, later }, meet) => {
      const outcome = calculate(inputs);
      expect(outcome.kind).toBe('calculated');
      if (outcome.kind === 'refused') return;
      const one = outcome.result.postings[pick % outcome.result.postings.length];
      const change = one && findMove(inputs, one, pick, later);
      if (one === undefined || change === undefined) return;
      let moved: LawResult | undefined;
      planChange(
        (given) => {
          const found = calculate(given);
          if (found.kind === 'calculated') moved = found.result;
          return found;
        },
        inputs,
        change,
      );
      if (moved?.postings.some(({ planId }) => planId === change.plan.id)) meet(one.credit);
    },
    { own: 0.1, team: 0.005, cash: 0.005 },
    { isSlow: true },
  );
});

/** Another plan like that of a posting, by a new name, for its rep from about its day on; nothing where there is none. */
function findMove(
  { terms }: Inputs,
  { planId, repId, date }: Posting,
  pick: number,
  later: number,
): PlanChange | undefined {
  const plan = terms.plans.find(({ id }) => String(id) === planId);
  const like = (other: PlanInput): boolean =>
    String(other.id) !== planId &&
    (other.credit ?? 'own') === (plan?.credit ?? 'own') &&
    (other.creditsReduceQuota ?? true) === (plan?.creditsReduceQuota ?? true) &&
    countsOf(other) === countsOf(plan);
  const others = terms.plans.filter(like);
  const other = others[pick % Math.max(others.length, 1)];
  return other && { on: addDays(date, -later), reps: [repId], plan: { ...other, id: 'moved' } };
}

/** R25.2: what of a sale counts for quota has to be the same. */
function countsOf(plan: TermsInput['plans'][number] | undefined): string {
  const apart = (plan?.rates ?? []).filter(({ countsForQuota }) => countsForQuota === false);
  return JSON.stringify(apart.map(({ category }) => category));
}

test('R25.2 order: rows in another order change nothing (R10.7)', () => {
  lawHolds(featured, order, twoWithPostings, { postings: 0.5 });
});

test('R25.2 renaming: names that keep their order change nothing (R10.7)', () => {
  lawHolds(featured, renaming, twoWithPostings, { postings: 0.5 });
});

test('R25.2 scale: ten times the amounts is ten times the exact commission (R10.8)', () => {
  lawHolds(histories({ corners: true, features: ALL, currency: 'KWD' }), scale, twoWithPostings, {
    postings: 0.5,
  });
});

test('R25.2 as-of prefix: an earlier as-of date gives the earlier postings (R10.9)', () => {
  lawHolds(
    featured,
    asOfPrefix,
    (results, meet) => {
      const [whole, prefix] = findPair(results) ?? [];
      if (whole !== undefined && prefix !== undefined && prefix.postings.length < whole.postings.length)
        meet('some after');
    },
    { 'some after': 0.3 },
  );
});

/** Histories with all features but some. */
function without(...names: readonly Feature[]): fc.Arbitrary<Inputs> {
  return histories({ corners: true, features: ALL.filter((one) => !names.includes(one)) });
}

test('R25.3 a team of one: the manager has the postings of the rep', () => {
  lawHolds(
    without('teams', 'cash', 'accounts', 'leavers'),
    teamOfOne,
    ([result], meet) => {
      if (result?.postings.some(({ credit }) => credit === 'team')) meet('postings');
    },
    { postings: 0.3 },
  );
});

test('R25.4 once everything is collected, cash comes to the revenue of what it is for', () => {
  lawHolds(
    histories({ corners: true, features: ['items', 'currencies', 'schedules', 'disputes'], paidUp: true }),
    collectedCash,
    ([result], meet) => {
      if (result?.attainments.some(({ credit, bookings }) => credit === 'cash' && bookings > 0n))
        meet('cash');
    },
    { cash: 0.5 },
  );
});

test('R25.5 items of one category that keep their order change no posting', () => {
  lawHolds(without('items', 'sale rates'), itemSplit, twoWithPostings, { postings: 0.3 });
});
