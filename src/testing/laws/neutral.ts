/** R25.1: terms and rows that say what is so anyway change no posting and no pay. */
import type { Inputs } from '../../library/given-inputs.js';
import { compare, ZERO } from '../../ratio.js';
import { addDays } from '../days.js';
import {
  type Cells,
  type Dice,
  type Draft,
  decimal,
  ledgerOf,
  salesOf,
  textIn,
  totalIn,
} from '../features/dressing.js';
import { type Calculate, type LawResult, resultOf } from './calculation.js';
import { diceFrom } from './choices.js';
import { draftOfInputs, withDraft } from './drafts.js';
import { expectSamePostings } from './same-postings.js';
import { expectSamePay } from './same-rows.js';

/** Changes a draft by what changes nothing; false where there is nothing to change. */
type Neutral = (draft: Draft, dice: Dice, result: LawResult) => boolean;

const NEUTRAL = {
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
  'an fx rate of 1': atRateOf1,
  'a schedule of one instalment on the due date': (draft) => {
    const scheduled = new Set((draft.ledgers['schedules'] ?? []).map((row) => textIn(row, 'invoice_id')));
    const sales = salesOf(draft).filter(
      (sale) =>
        textIn(sale, 'due_date') !== '' &&
        compare(totalIn(sale), ZERO) > 0 &&
        !scheduled.has(textIn(sale, 'invoice_id')),
    );
    for (const sale of sales) {
      const { invoice_id, due_date } = sale;
      ledgerOf(draft, 'schedules').push({ invoice_id, due_date, amount: decimal(totalIn(sale)) });
    }
    return sales.length > 0;
  },
  'a dispute that ends before the due date': disputedBeforeDue,
  'leavers where nobody left': ({ terms, ledgers }) => {
    if (terms['leavers'] !== undefined || (ledgers['reps'] ?? []).some((row) => textIn(row, 'left') !== ''))
      return false;
    terms['leavers'] = { tailDays: 0 };
    return true;
  },
  'a waiver of no debt': waivedNothing,
} as const satisfies Readonly<Record<string, Neutral>>;

/** What changes nothing, by name. */
export type NeutralChange = keyof typeof NEUTRAL;

/** Every change of {@link neutral}. */
export const NEUTRAL_CHANGES = Object.keys(NEUTRAL) as readonly NeutralChange[];

/**
 * R25.1: neutral terms and rows change no posting and no pay. Inputs with closes are left out: a change of terms is for what
 * is open.
 *
 * @param pick - any number: which of the days and windows that a change has a choice of
 * @param change - which change; by `pick` as well, unless given
 * @throws LawBroken
 */
export function neutral(calculate: Calculate, inputs: Inputs, pick = 0, change?: NeutralChange): void {
  if ((inputs.closes ?? []).length > 0) return;
  const dice = diceFrom(pick);
  const name = change ?? dice.pick(NEUTRAL_CHANGES);
  const expected = resultOf(calculate, inputs);
  const draft = draftOfInputs(inputs);
  if (!NEUTRAL[name](draft, dice, expected)) return;
  const found = resultOf(calculate, withDraft(inputs, draft));
  const law = { law: 'R25.1 neutral terms', because: `${name} changes no posting and no pay` };
  expectSamePostings(expected.postings, found.postings, law, expected.currency.digits);
  expectSamePay(expected, found, law);
}

/** The invoices in another currency, at a rate of 1. */
function atRateOf1(draft: Draft): boolean {
  const named = ['payments', 'writeOffs', 'creditMemos'].map((name) => draft.ledgers[name] ?? []);
  // R15.3: cash on account goes to invoices of its currency only.
  if (named.flat().some((row) => textIn(row, 'invoice_id') === '')) return false;
  const own = draft.terms.currency;
  const rows = Object.values(draft.ledgers).flat();
  const free = ['NZD', 'AUD', 'CAD'].find(
    (code) => code !== own && rows.every(({ currency }) => currency !== code),
  );
  if (free === undefined) return false;
  const sales = salesOf(draft).filter((sale) => ['', own].includes(textIn(sale, 'currency')));
  const ids = new Set(sales.map((sale) => textIn(sale, 'invoice_id')));
  for (const sale of sales) sale['currency'] = free;
  for (const row of ledgerOf(draft, 'invoices')) {
    if (ids.has(textIn(row, 'reverses'))) row['currency'] = free;
  }
  for (const row of named.flat()) {
    if (ids.has(textIn(row, 'invoice_id'))) row['currency'] = '';
  }
  ledgerOf(draft, 'fx').push({ currency: free, date: '1900-01-01', rate: '1' });
  return sales.length > 0;
}

function disputedBeforeDue(draft: Draft, { upTo }: Dice): boolean {
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
}

/** A waiver for a rep who owes nothing before the period, and is charged nothing in it. */
function waivedNothing(
  draft: Draft,
  { pick }: Dice,
  { terms, months, quarters, postings }: LawResult,
): boolean {
  const rows = terms.payPeriod === 'month' ? months : quarters;
  const free = new Set(
    rows
      .filter(({ owedOpening, charged }) => owedOpening === 0n && charged === 0n)
      .map((row) => JSON.stringify([row.repId, 'month' in row ? row.month : row.quarter])),
  );
  const days = postings.filter(({ repId, period }) => free.has(JSON.stringify([repId, period])));
  if (days.length === 0) return false;
  const { repId, date } = pick(days);
  const entry = { entry_id: 'waiver of nothing', rep_id: repId, date, kind: 'waiver', amount: '7' };
  ledgerOf(draft, 'entries').push(entry);
  return true;
}
