/** The laws of the rules (R10), as the test kit has them, on random histories that reach into the corners of the rules. */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { test } from 'vitest';
import { calculateOrThrow, type Inputs, type PlanInput, type Posting } from '../src/index.js';
import { addDays } from '../src/testing/days.js';
import {
  asOfPrefix,
  conservation,
  histories,
  history,
  type LawResult,
  levelOrder,
  order,
  type PlanChange,
  paidUp,
  payAccount,
  planChange,
  refund,
  renaming,
  scale,
  splitPayment,
} from '../src/testing/index.js';
import { findPair, lawHolds } from './support/laws.js';
import { forAll } from './support/property.js';

const corners = histories({ corners: true });

test('R10.1 conservation: what is earned is somewhere, and rows are sums of postings', () => {
  lawHolds(
    corners,
    conservation,
    ([result], meet) => {
      const { postings = [] } = result ?? {};
      if (postings.length > 0) meet('postings');
      if (postings.some(({ clawedBack }) => clawedBack > 0n)) meet('clawed back');
      if (postings.some(({ held }) => held > 0n)) meet('held');
      if (postings.some(({ forfeited }) => forfeited > 0n)) meet('forfeited');
      if (postings.some(({ earned }) => earned < 0n)) meet('below zero');
    },
    { postings: 0.7, 'clawed back': 0.15, held: 0.2, forfeited: 0.1, 'below zero': 0.2 },
  );
});

test('R7.4 pay and debt add up to the postings', () => {
  lawHolds(
    corners,
    payAccount,
    ([result], meet) => {
      const { quarters = [] } = result ?? {};
      if (quarters.some(({ owed }) => owed > 0n)) meet('owed');
      if (quarters.some(({ cancelled }) => cancelled > 0n)) meet('cancelled');
    },
    { owed: 0.25, cancelled: 0.001 },
  );
});

test('R10.2 paid up: once all is collected, every level has paid the same', () => {
  lawHolds(
    histories({ corners: true, paidUp: true, plainClawback: true }),
    paidUp,
    (results, meet) => {
      const ways = new Set(
        results.map(({ postings }) => postings.map(({ date, cause }) => `${date} ${cause}`).join()),
      );
      if (results[0]?.quarters.some(({ paid }) => paid !== 0n)) meet('something paid');
      if (ways.size >= 3) meet('by different ways');
      if (results.some(({ postings }) => postings.some(({ clawedBack }) => clawedBack < 0n)))
        meet('reinstated');
    },
    { 'something paid': 0.8, 'by different ways': 0.6, reinstated: 0.3 },
    true,
  );
});

test('R17.3 R10.2 holds where early and late cash is paid differently', () => {
  const table = [{ days: 20, factor: '110%' }, { days: 60, factor: '100%' }, { factor: '37.5%' }];
  const timed = (inputs: Inputs): Inputs => {
    const plans = inputs.terms.plans.map(
      (plan) => ({ ...plan, timing: { from: 'invoice', table } }) as PlanInput,
    );
    return { ...inputs, terms: { ...inputs.terms, plans } };
  };
  lawHolds(
    histories({ corners: true, paidUp: true, plainClawback: true }),
    (calculate, inputs) => {
      // What is paid without it, to see that it makes a difference.
      calculate(inputs);
      paidUp(calculate, timed(inputs));
    },
    ([plain, withTiming], meet) => {
      const earned = (result?: LawResult) => result?.quarters.map((row) => row.payable);
      if (!isDeepStrictEqual(earned(plain), earned(withTiming))) meet('paid differently');
    },
    { 'paid differently': 0.6 },
    true,
  );
});

test('R10.3 order of the levels: the closer to cash, the later is paid', () => {
  lawHolds(
    histories({ corners: true, nonNegative: true, plainClawback: true, plainRelease: true }),
    levelOrder,
    (results, meet) => {
      const days = new Set(results.flatMap(({ postings }) => postings.map(({ date }) => date)));
      for (const day of days) {
        const [none = 0n, clawback = 0n, partial = 0n, collected = 0n] = results.map(({ postings }) =>
          leftOn(postings, day),
        );
        if (none > partial && partial > collected) meet('0 > 2 > 3');
        if (none > clawback && clawback > collected) meet('0 > 1 > 3');
      }
    },
    { '0 > 2 > 3': 0.6, '0 > 1 > 3': 0.1 },
    true,
  );
});

/** What is payable of all lines on a day, less what was taken back. */
function leftOn(postings: readonly Posting[], day: string): bigint {
  return postings
    .filter(({ date }) => date <= day)
    .reduce((all, { advanced, released, clawedBack }) => all + advanced + released - clawedBack, 0n);
}

test('R10.4 history: an event changes nothing that was posted before it', () => {
  lawHolds(
    corners,
    history,
    (results, meet) => {
      const [whole, rest] = findPair(results) ?? [];
      if (whole === undefined || rest === undefined) return;
      if (isDeepStrictEqual(whole.postings[0], rest.postings[0])) meet('postings before');
      if (whole.applied.length > 0 && rest.applied.length > 0) meet('cash applied before');
      if (isDeepStrictEqual(whole.postings, rest.postings)) return;
      for (const [ledger, { read }] of whole.controls) {
        if ((rest.controls.get(ledger)?.read.rows ?? 0) < read.rows) meet(`changed by ${ledger}`);
      }
    },
    {
      'postings before': 0.4,
      'cash applied before': 0.05,
      'changed by invoices': 0.1,
      'changed by payments': 0.02,
      'changed by writeOffs': 0.01,
      'changed by creditMemos': 0.02,
    },
  );
});

test('R10.5 plan change: moving a rep to another plan changes no line booked before', () => {
  forAll(
    fc.record({
      inputs: histories({ corners: true, minPlans: 2, alwaysOnPlan: true }),
      pick: fc.nat(),
      plan: fc.nat(),
      later: fc.constantFrom(0, 1, 20),
    }),
    ({ inputs, pick, plan, later }, meet) => {
      const results: LawResult[] = [];
      const calculate = (given: Inputs) => {
        const calculation = calculateOrThrow(given);
        results.push(calculation.result);
        return calculation;
      };
      const { postings } = calculate(inputs).result;
      const one = postings[pick % postings.length];
      if (one === undefined) return;
      const change = movedTo(inputs, one, plan, later);
      planChange(calculate, inputs, change);
      const [, , moved] = results;
      const own = (moved?.postings ?? []).filter(({ repId }) => repId === one.repId);
      const livingOn = own.filter(({ planId, date }) => planId !== 'moved' && date >= change.on);
      if (livingOn.length > 0) meet('an earlier line lives on');
      if (livingOn.some(({ cause }) => cause === 're-rated')) meet('an earlier line re-rated');
      if (own.some(({ planId }) => planId === 'moved')) meet('a later line moves');
    },
    { 'an earlier line lives on': 0.3, 'an earlier line re-rated': 0.002, 'a later line moves': 0.4 },
  );
});

/** Another plan of the inputs, by a new name, for the rep of a posting from the booking on, or from a day after it. */
function movedTo(
  { terms, ledgers }: Inputs,
  { repId, invoiceId, planId }: Posting,
  pick: number,
  later: number,
): PlanChange {
  const others = terms.plans.filter(({ id }) => String(id) !== planId);
  const plan = others[pick % others.length] ?? terms.plans[0];
  let booked = '';
  ledgers.invoices.rows.forEach(({ invoice_id, booking_date, invoice_date }) => {
    if (String(invoice_id).trim() === invoiceId) booked = String(booking_date || invoice_date);
  });
  return { on: addDays(booked, later), reps: [repId], plan: { ...plan, id: 'moved' } as PlanChange['plan'] };
}

test('R5.7 refund: cash that comes and goes back on one day changes no balance', () => {
  lawHolds(
    corners,
    refund,
    (results, meet) => {
      const [without, both] = findPair(results) ?? [];
      if (without !== undefined && both !== undefined && both.postings.length > without.postings.length)
        meet('a posting more');
    },
    { 'a posting more': 0.05 },
  );
});

test('R10.6 splitting a payment in two changes no balance at the end of the day', () => {
  lawHolds(
    corners,
    splitPayment,
    (results, meet) => {
      const [whole, parts] = findPair(results) ?? [];
      if (whole === undefined || parts === undefined) return;
      if (parts.applied.length > whole.applied.length) meet('a payment on account');
      if (parts.postings.length > whole.postings.length) meet('a posting more');
    },
    { 'a payment on account': 0.01, 'a posting more': 0.1 },
  );
});

for (const [name, law] of [
  ['the order of rows does not change anything', order],
  ['names that keep their order do not change anything', renaming],
] as const) {
  test(`R10.7 ${name}`, () => {
    lawHolds(
      corners,
      law,
      ([result], meet) => {
        const { postings = [], applied = [] } = result ?? {};
        if (postings.length > 1) meet('several postings');
        if (postings.some(({ cause }) => cause === 're-rated')) meet('re-rated');
        if (applied.length > 1) meet('cash applied');
      },
      { 'several postings': 0.6, 're-rated': 0.03, 'cash applied': 0.05 },
    );
  });
}

test('R10.8 scale: ten times the amounts is ten times the exact commission', () => {
  lawHolds(
    fc.oneof(histories({ corners: true, currency: 'KWD' }), histories({ corners: true, currency: 'USD' })),
    scale,
    (results, meet) => {
      const [fine, coarse] = findPair(results) ?? [];
      if (coarse !== undefined) meet(`in ${coarse.currency.code}`);
      if (fine?.postings.some(({ earned }) => earned % 10n !== 0n)) meet('an odd commission');
    },
    { 'in USD': 0.3, 'in JPY': 0.3, 'an odd commission': 0.3 },
  );
});

test('R10.9 as-of prefix: an earlier as-of date gives the earlier postings', () => {
  lawHolds(
    corners,
    asOfPrefix,
    (results, meet) => {
      const [whole, prefix] = findPair(results) ?? [];
      if (whole === undefined || prefix === undefined) return;
      if (prefix.applied.length > 0 && prefix.applied.length < whole.applied.length)
        meet('cash applied before and after');
      if (prefix.postings.length > 0 && prefix.postings.length < whole.postings.length)
        meet('some before and some after');
    },
    { 'some before and some after': 0.4, 'cash applied before and after': 0.01 },
  );
});
