/** The laws of plans.md (R25), one property each, on random workspaces that mix its features. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compare, minus, plus, ratio, sum, times, ZERO } from '../src/ratio.js';
import { addDays, type Day } from '../src/testing/days.js';
import { decimalOf } from '../src/testing/decimals.js';
import {
  bookingDayOf,
  type Cells,
  type Dice,
  type Draft,
  decimal,
  decimalIn,
  diceOf,
  draftOf,
  ledgerOf,
  PEOPLE,
  type PlanDraft,
  salesOf,
  tablesOf,
  textIn,
  totalIn,
} from '../src/testing/features/dressing.js';
import { dressedIn, type Feature, featuresOf } from '../src/testing/features.js';
import { REPS } from '../src/testing/limits.js';
import { forAll } from './support/property.js';
import { calculatedOf, filesOf, resultOf, type Workspace } from './support/run.js';

const ALL = featuresOf(['credits', 'targets', 'pay']);
const dice = fc.array(fc.nat(9999), { minLength: 13, maxLength: 13 }).map(diceOf);

/** Changes a workspace by what must change nothing; false where there is nothing to change. */
type Neutral = (draft: Draft, dice: Dice) => boolean;

const NEUTRAL: Readonly<Record<string, Neutral>> = {
  'timing with factors of 100%': ({ terms }) => {
    const plans = terms.plans.filter((plan) => plan.credit !== 'cash' && plan['timing'] === undefined);
    for (const plan of plans) {
      plan['timing'] = { from: 'invoice', table: [{ days: 10, factor: '100%' }, { factor: '100%' }] };
    }
    return plans.length > 0;
  },
  'perInvoice.most above all amounts': ({ terms }) => {
    const plans = terms.plans.filter((plan) => plan.credit !== 'cash' && plan['perInvoice'] === undefined);
    for (const plan of plans) plan['perInvoice'] = { most: '1000000000' };
    return plans.length > 0;
  },
  'a cap above all amounts': ({ terms }, { pick }) => {
    const plans = terms.plans.filter((plan) => plan['cap'] === undefined);
    for (const plan of plans) {
      plan['cap'] = { amount: '1000000000', per: pick(['pay-period', 'quarter', 'year']) };
    }
    return plans.length > 0;
  },
  'untilInvoice: 0%': ({ terms }) => {
    const plans = terms.plans.filter(
      ({ level, earnOn, untilInvoice }) =>
        (level === 2 || level === 'partial-hold') && earnOn === 'booking' && untilInvoice === undefined,
    );
    for (const plan of plans) plan['untilInvoice'] = '0%';
    return plans.length > 0;
  },
  'an fx rate of 1': (draft) => {
    const named = ['payments', 'writeOffs', 'creditMemos'].map((name) => draft.ledgers[name] ?? []);
    // R15.3: cash on account goes to invoices of its currency only.
    if (named.flat().some((row) => textIn(row, 'invoice_id') === '')) return false;
    const own = draft.terms.currency;
    const sales = salesOf(draft).filter((sale) => ['', own].includes(textIn(sale, 'currency')));
    const ids = new Set(sales.map((sale) => textIn(sale, 'invoice_id')));
    for (const sale of sales) sale['currency'] = 'NZD';
    for (const row of ledgerOf(draft, 'invoices')) {
      if (ids.has(textIn(row, 'reverses'))) row['currency'] = 'NZD';
    }
    for (const row of named.flat()) {
      if (ids.has(textIn(row, 'invoice_id'))) row['currency'] = '';
    }
    ledgerOf(draft, 'fx').push({ currency: 'NZD', date: '2020-01-01', rate: '1' });
    return sales.length > 0;
  },
  'a schedule of one instalment on the due date': (draft) => {
    const scheduled = new Set((draft.ledgers['schedules'] ?? []).map((row) => textIn(row, 'invoice_id')));
    const sales = salesOf(draft).filter(
      (sale) =>
        textIn(sale, 'due_date') !== '' && totalIn(sale).n > 0n && !scheduled.has(textIn(sale, 'invoice_id')),
    );
    for (const sale of sales) {
      const amount = decimal(totalIn(sale));
      ledgerOf(draft, 'schedules').push({
        invoice_id: sale['invoice_id'],
        due_date: sale['due_date'],
        amount,
      });
    }
    return sales.length > 0;
  },
  'a dispute that ends before the due date': (draft, { upTo }) => {
    const dues = (sale: Cells): readonly string[] => [
      textIn(sale, 'due_date'),
      ...(draft.ledgers['schedules'] ?? [])
        .filter((row) => textIn(row, 'invoice_id') === textIn(sale, 'invoice_id'))
        .map((row) => textIn(row, 'due_date')),
    ];
    const sales = salesOf(draft).filter((sale) => textIn(sale, 'due_date') !== '');
    for (const sale of sales) {
      const first = dues(sale).reduce((a, b) => (a < b ? a : b));
      const to = addDays(first, -1 - upTo(3));
      const from = addDays(to, -upTo(40));
      ledgerOf(draft, 'disputes').push({ invoice_id: sale['invoice_id'], from, to, reason: '' });
    }
    return sales.length > 0;
  },
  'leavers where nobody left': ({ terms }) => {
    if (terms['leavers'] !== undefined) return false;
    terms['leavers'] = { tailDays: 0 };
    return true;
  },
};

describe('R25.1 neutral terms change no posting and no pay', () => {
  test.each(Object.entries(NEUTRAL))('%s', (_, change) => {
    forAll(
      fc.record({ dressed: dressedIn(ALL), dice }),
      ({ dressed: { history: workspace }, dice: drawn }, meet) => {
        const draft = draftOf(workspace);
        if (!change(draft, drawn)) return;
        const [before, after] = [filesOf(resultOf(workspace)), filesOf(resultOf(draft))];
        // In the column of due dates applied.csv shows what is the same to the pay.
        expect({ ...after, 'applied.csv': [] }).toEqual({ ...before, 'applied.csv': [] });
        if (before['postings.csv']?.length !== 0) meet('postings');
      },
      { postings: 0.1 },
      { isSlow: true },
    );
  });
});

test('R25.1 a waiver of no debt changes no pay', () => {
  forAll(
    fc.record({ dressed: dressedIn(ALL), dice }),
    ({ dressed: { history: workspace }, dice: { pick } }, meet) => {
      const before = filesOf(resultOf(workspace));
      const isMonthly = draftOf(workspace).terms.payPeriod === 'month';
      const rows = before[isMonthly ? 'months.csv' : 'quarters.csv'] ?? [];
      // Nothing is owed before the period, and nothing charged in it.
      const free = rows.filter((row) =>
        ['owed_opening', 'charged'].every((column) => /^0(\.0+)?$/.test(row[column] ?? '')),
      );
      const days = (before['postings.csv'] ?? []).filter((posting) =>
        free.some(
          (row) =>
            row['rep_id'] === posting['rep_id'] && posting['period'] === (row['month'] ?? row['quarter']),
        ),
      );
      if (days.length === 0) return;
      const { rep_id, date } = pick(days);
      const draft = draftOf(workspace);
      ledgerOf(draft, 'entries').push({ entry_id: 'none', rep_id, date, kind: 'waiver', amount: '7' });
      const after = filesOf(resultOf(draft));
      expect({ ...after, 'entries.csv': [] }).toEqual({ ...before, 'entries.csv': [] });
      meet('a period without debt');
    },
    { 'a period without debt': 0.3 },
    { isSlow: true },
  );
});

test('R21.3 what is paid and owed adds up to the postings, entries, caps, guarantees and draws', () => {
  const amounts = (row: Cells, columns: readonly string[]) =>
    sum(columns.map((column) => decimalIn(row, column)));
  forAll(
    dressedIn(ALL),
    ({ history: workspace }, meet) => {
      const files = filesOf(resultOf(workspace));
      const rows = files['months.csv'] ?? files['quarters.csv'] ?? [];
      let last: Cells = {};
      for (const row of rows) {
        const carried = last['rep_id'] === row['rep_id'] ? decimalIn(last, 'carried') : ZERO;
        // R29.1: paid becomes paid + carried − carried before.
        const left = minus(minus(amounts(row, ['paid', 'carried']), carried), decimalIn(row, 'owed'));
        const gained = amounts(row, ['payable', 'reinstated', 'adjusted', 'waived', 'repaid', 'guaranteed']);
        expect(left).toEqual(minus(gained, amounts(row, ['clawed_back', 'capped', 'owed_opening'])));
        for (const column of ['adjusted', 'capped', 'waived', 'repaid', 'guaranteed', 'drawn', 'carried']) {
          if (decimalIn(row, column).n > 0n) meet(column);
        }
        last = row;
      }
    },
    { adjusted: 0.1, capped: 0.05, waived: 0.02, repaid: 0.05, guaranteed: 0.05, drawn: 0.05, carried: 0.03 },
  );
});

test('R25.2 history: a row changes no posting dated before it (R10.4)', () => {
  const days = { payments: 'payment_date', writeOffs: 'write_off_date', creditMemos: 'credit_date' };
  forAll(
    fc.record({ dressed: dressedIn(ALL), dice }),
    ({ dressed: { history: workspace }, dice: { pick } }, meet) => {
      const draft = draftOf(workspace);
      const rows = Object.entries(days).flatMap(([ledger, column]) =>
        (draft.ledgers[ledger] ?? []).map((row) => ({ ledger, row, day: textIn(row, column) })),
      );
      if (rows.length === 0) return;
      const { ledger, row, day } = pick(rows);
      draft.ledgers[ledger] = (draft.ledgers[ledger] ?? []).filter((one) => one !== row);
      const [whole, rest] = [postingsOf(workspace), postingsOf(draft)];
      const before = (postings: readonly Cells[]) => postings.filter(({ date = '' }) => date < day);
      expect(before(rest)).toEqual(before(whole));
      if (before(whole).length > 0 && whole.length !== rest.length) meet('postings before, and a change');
    },
    { 'postings before, and a change': 0.1 },
    { isSlow: true },
  );
});

test('R25.2 plan change: another plan from a day on changes no line booked before it (R10.5)', () => {
  forAll(
    fc.record({ dressed: dressedIn(ALL, { minPlans: 2, alwaysOnPlan: true }), dice }),
    ({ dressed: { history: workspace }, dice: drawn }, meet) => {
      const before = postingsOf(workspace);
      if (before.length === 0) return;
      const one = drawn.pick(before);
      const draft = draftOf(workspace);
      const bookings = new Map(
        salesOf(draft).map((sale) => [textIn(sale, 'invoice_id'), bookingDayOf(sale)]),
      );
      const day = addDays(one['date'] ?? '', drawn.upTo(20));
      if (!moveTo(draft, one, day, drawn)) return;
      const outcome = calculatedOf(draft);
      // A plan may ask for what is not there: a due date, a rate of a category.
      if (outcome === undefined) return;
      const after = filesOf(outcome)['postings.csv'] ?? [];
      const isEarlier = (posting: Cells): boolean =>
        posting['credit'] === 'cash'
          ? (posting['date'] ?? '') < day
          : (bookings.get(posting['invoice_id'] ?? '') ?? '') < day;
      expect(after.filter(isEarlier)).toEqual(before.filter(isEarlier));
      meet(`${one['credit']}`);
    },
    { own: 0.1, team: 0.01, cash: 0.01 },
    { isSlow: true },
  );
});

/** Gives the rep of a posting another plan of its credit from a day on; false where there is none that is like it. */
function moveTo(draft: Draft, posting: Cells, day: Day, { pick }: Dice): boolean {
  const { assignments } = draft.ledgers;
  const plan = draft.terms.plans.find(({ id }) => id === posting['plan_id']);
  if (assignments === undefined || plan === undefined) return false;
  const like = ({ id, ...other }: PlanDraft): boolean =>
    id !== plan.id &&
    (other.credit ?? 'own') === (plan.credit ?? 'own') &&
    (other['creditsReduceQuota'] ?? true) === (plan['creditsReduceQuota'] ?? true) &&
    JSON.stringify(countsOf(other)) === JSON.stringify(countsOf(plan));
  const others = draft.terms.plans.filter(like);
  if (others.length === 0) return false;
  const ofCredit = new Set(
    draft.terms.plans.filter((one) => (one.credit ?? 'own') === posting['credit']).map(({ id }) => id),
  );
  const isOwn = (row: Cells): boolean =>
    row['rep_id'] === posting['rep_id'] && ofCredit.has(row['plan_id'] ?? '');
  draft.ledgers['assignments'] = [
    ...assignments.filter((row) => !isOwn(row)),
    ...assignments
      .filter((row) => isOwn(row) && textIn(row, 'from') < day)
      .map((row) => ({
        ...row,
        to: textIn(row, 'to') === '' || textIn(row, 'to') >= day ? addDays(day, -1) : row['to'],
      })),
    { rep_id: posting['rep_id'], plan_id: pick(others).id, from: day, to: '' },
  ];
  return true;
}

/** R25.2: what of a sale counts for quota has to be the same. */
function countsOf({ rates }: Pick<PlanDraft, 'rates'>): readonly unknown[] {
  return (rates ?? [])
    .filter(({ countsForQuota }) => countsForQuota === false)
    .map(({ category }) => category);
}

test('R25.2 order: rows in another order change nothing (R10.7)', () => {
  forAll(
    dressedIn(ALL),
    ({ history: workspace }, meet) => {
      const draft = draftOf(workspace);
      for (const rows of Object.values(draft.ledgers)) rows.reverse();
      const [before, after] = [filesOf(resultOf(workspace)), filesOf(resultOf(draft))];
      expect(after).toEqual(before);
      if (before['postings.csv']?.length !== 0) meet('postings');
    },
    { postings: 0.5 },
    { isSlow: true },
  );
});

test('R25.2 as-of prefix: an earlier as-of date gives the earlier postings (R10.9)', () => {
  forAll(
    fc.record({ dressed: dressedIn(ALL), dice }),
    ({ dressed: { history: workspace }, dice: { pick } }, meet) => {
      const postings = postingsOf(workspace);
      if (postings.length === 0) return;
      const asOf = pick(postings)['date'] ?? '';
      const expected = postings.filter(({ date = '' }) => date <= asOf);
      expect(postingsOf({ ...workspace, asOf })).toEqual(expected);
      if (expected.length < postings.length) meet('some after');
    },
    { 'some after': 0.3 },
    { isSlow: true },
  );
});

test('R25.3 a team of one: the manager has the postings of the rep', () => {
  // A sale's owners change with its reps only, so that all of it is about one rep.
  const features = ALL.filter((one) => !['teams', 'cash', 'accounts', 'leavers'].includes(one));
  forAll(
    dressedIn(features),
    ({ history: workspace }, meet) => {
      const [rep = ''] = REPS;
      const draft = draftOf(workspace);
      const { plans } = draft.terms;
      plans.push(
        ...plans.map((plan): PlanDraft => ({ ...plan, id: `${plan.id} of the team`, credit: 'team' })),
      );
      const { assignments, quotas } = draft.ledgers;
      const ofRep = (rows: readonly Cells[] | undefined): readonly Cells[] =>
        (rows ?? []).filter((row) => row['rep_id'] === rep);
      assignments?.push(
        ...ofRep(assignments).map((row) => ({
          ...row,
          rep_id: 'V',
          plan_id: `${row['plan_id']} of the team`,
        })),
      );
      quotas?.push(...ofRep(quotas).map((row) => ({ ...row, rep_id: 'V', credit: 'team' })));
      ledgerOf(draft, 'teams').push({ rep_id: rep, manager_id: 'V', from: '2000-01-01', to: '' });
      const postings = postingsOf(draft);
      const of = (who: string, credit: string) =>
        postings
          .filter((posting) => posting['rep_id'] === who && posting['credit'] === credit)
          .map((posting) => ({
            ...posting,
            rep_id: '',
            credit: '',
            plan_id: posting['plan_id']?.replace(' of the team', ''),
          }));
      expect(of('V', 'team')).toEqual(of(rep, 'own'));
      if (of('V', 'team').length > 0) meet('postings');
    },
    { postings: 0.5 },
  );
});

test('R25.4 once everything is collected, cash comes to the revenue of what it is for', () => {
  const features: readonly Feature[] = ['items', 'currencies', 'schedules', 'disputes'];
  forAll(
    dressedIn(
      features.filter((one) => ALL.includes(one)),
      { paidUp: true },
    ),
    ({ history: workspace }, meet) => {
      const draft = draftOf(workspace);
      draft.terms.plans.push({ id: 'cash', credit: 'cash', rate: '0%' });
      for (const rep_id of PEOPLE) {
        draft.ledgers['assignments']?.push({ rep_id, plan_id: 'cash', from: '2000-01-01', to: '' });
      }
      const { 'attainment.csv': rows = [] } = filesOf(resultOf(draft));
      for (const rep of REPS) {
        const booked = rows.filter((row) => row['rep_id'] === rep && row['credit'] === 'cash');
        const bookings = sum(booked.map((row) => decimalOf(row['bookings'] ?? '')));
        const revenue = sum(salesOf(draft).map((sale) => revenueOf(draft, sale, rep)));
        // Each quarter is shown in whole minor units.
        const most = times(
          ratio(BigInt(booked.length)),
          ratio(1n, draft.terms.currency === 'JPY' ? 2n : 200n),
        );
        const difference = minus(bookings, revenue);
        expect(compare(times(difference, difference), times(most, most))).toBeLessThanOrEqual(0);
        if (booked.length > 0 && revenue.n > 0n) meet('cash');
      }
    },
    { cash: 0.5 },
    { isSlow: true },
  );
});

/** What a rep is credited of a sale on which something is to be collected, in the workspace's currency. */
function revenueOf(draft: Draft, sale: Cells, rep: string) {
  if (totalIn(sale).n <= 0n || bookingDayOf(sale) > draft.asOf) return ZERO;
  const splits = (draft.ledgers['splits'] ?? []).filter(
    (row) => textIn(row, 'invoice_id') === textIn(sale, 'invoice_id'),
  );
  const amount = decimalIn(sale, 'amount');
  const [latest] = (draft.ledgers['fx'] ?? [])
    .filter(
      (row) => row['currency'] === textIn(sale, 'currency') && textIn(row, 'date') <= bookingDayOf(sale),
    )
    .sort((a, b) => (textIn(a, 'date') > textIn(b, 'date') ? -1 : 1));
  const rate = latest === undefined ? ratio(1n) : decimalIn(latest, 'rate');
  if (splits.length === 0) return textIn(sale, 'rep_id') === rep ? times(amount, rate) : ZERO;
  return splits
    .filter((row) => textIn(row, 'rep_id') === rep)
    .map((row) => (textIn(row, 'amount') === '' ? times(amount, shareIn(row)) : decimalIn(row, 'amount')))
    .reduce((all, one) => plus(all, times(one, rate)), ZERO);
}

function shareIn(row: Cells) {
  const share = textIn(row, 'share');
  return share.endsWith('%') ? times(decimalOf(share.slice(0, -1)), ratio(1n, 100n)) : decimalOf(share);
}

test('R25.5 items of one category that keep their order change no posting', () => {
  const features = ALL.filter((one) => one !== 'items' && one !== 'sale rates');
  forAll(
    fc.record({ dressed: dressedIn(features), dice }),
    ({ dressed: { history: workspace }, dice: { pick, chance } }, meet) => {
      const whole = draftOf(workspace);
      for (const plan of whole.terms.plans) {
        if (plan.credit !== 'cash') plan['basis'] = 'revenue';
        for (const table of tablesOf(plan)) delete table.tiers;
      }
      const parts = draftOf(whole);
      for (const sale of salesOf(parts)) {
        if (!chance(2, 3)) continue;
        const [amount, cost] = [decimalIn(sale, 'amount'), textIn(sale, 'cost')];
        const first = ratio((amount.n * BigInt(pick([5, 2, 9, 13])) * 1000n) / amount.d, 10_000n);
        const item = { invoice_id: sale['invoice_id'], category: textIn(sale, 'category') };
        ledgerOf(parts, 'items').push(
          { ...item, item_id: '2', amount: decimal(minus(amount, first)), cost: cost === '' ? '' : cost },
          { ...item, item_id: '1', amount: decimal(first), cost: cost === '' ? '' : '0' },
        );
      }
      const [before, after] = [postingsOf(whole), postingsOf(parts)];
      expect(after).toEqual(before);
      if (before.length > 0) meet('postings');
    },
    { postings: 0.5 },
    { isSlow: true },
  );
});

function postingsOf(workspace: Workspace | Draft): readonly Cells[] {
  return filesOf(resultOf(workspace))['postings.csv'] ?? [];
}
