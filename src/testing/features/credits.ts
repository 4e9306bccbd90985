/** Credits and rates: teams, cash, accounts, months, items, limits, currencies, memos that say what they credit (R12 to R15, R26 to R28). */

import { minus, over, ratio, sum, times, ZERO } from '../../ratio.js';
import { addDays, type Day } from '../days.js';
import { decimalOf, wholeUnits } from '../decimals.js';
import { ALWAYS, REPS } from '../limits.js';
import {
  bookingDayOf,
  COLLECTORS,
  calendarOf,
  type Dice,
  type Draft,
  type Dressing,
  decimal,
  decimalIn,
  findSale,
  hasMonths,
  ledgerOf,
  MANAGERS,
  PEOPLE,
  type PlanDraft,
  type RateDraft,
  salesOf,
  tablesOf,
  textIn,
} from './dressing.js';

/** From above to below: nobody manages who is further left. */
const RANKS = [...MANAGERS, ...REPS];

/** R12.3: a tree of managers, with plans of their own. */
export function addTeams(plans: readonly PlanDraft[]): Dressing {
  return (draft, dice) => {
    const byReps = dice.chance(1, 4) && draft.ledgers['reps'] === undefined;
    RANKS.forEach((rep, rank) => {
      if (rank === 0) return;
      const managers = RANKS.slice(0, rank).filter(() => dice.chance(1, 3));
      if (byReps) {
        ledgerOf(draft, 'reps').push({ rep_id: rep, name: rep, manager_id: managers[0] ?? 'V' });
        return;
      }
      for (const manager_id of managers) {
        const share = dice.pick(['', '100%', '50%', '0.3', '33.3333%']);
        const teams = ledgerOf(draft, 'teams');
        if (dice.chance(1, 3)) {
          const change = addDays(draft.from, dice.upTo(300));
          teams.push({ rep_id: rep, manager_id, from: ALWAYS, to: addDays(change, -1), share });
          teams.push({ rep_id: rep, manager_id, from: change, to: '', share: dice.pick(['', '25%']) });
        } else teams.push({ rep_id: rep, manager_id, from: ALWAYS, to: '', share });
      }
    });
    addPlans(draft, dice, 'team', plans, [...MANAGERS, ...REPS]);
  };
}

/** R12.4: plans on cash, and who collected it. */
export function addCash(draft: Draft, dice: Dice, rates: readonly RateDraft[]): void {
  const plans = rates.map(
    (rate, at): PlanDraft => ({
      id: `cash ${at}`,
      credit: 'cash',
      rate: marginal(rate),
      ...(dice.chance(1, 2) ? { of: dice.pick(['account', 'collector']) } : {}),
      ...(dice.chance(1, 3)
        ? { pastDue: dice.pick([{}, { from: 0, to: 30 }, { from: 31 }, { to: 10 }]) }
        : {}),
      ...(dice.chance(1, 3) ? { creditsReduceQuota: false } : {}),
    }),
  );
  addPlans(draft, dice, 'cash', plans, PEOPLE);
  for (const payment of draft.ledgers['payments'] ?? []) {
    payment['collector_id'] = dice.pick(['', ...COLLECTORS, ...REPS]);
  }
}

/** R12.4: the tables of cash are marginal. */
function marginal(rate: RateDraft): RateDraft {
  if (typeof rate !== 'object') return rate;
  const { tiers: _, ...table } = rate;
  return table;
}

/** R12.1: without assignments one plan of a credit, which everyone has. */
function addPlans(
  draft: Draft,
  dice: Dice,
  credit: 'team' | 'cash',
  plans: readonly PlanDraft[],
  people: readonly string[],
): void {
  const named = plans.map((plan, at): PlanDraft => ({ ...plan, id: `${credit} ${at}`, credit }));
  const { assignments } = draft.ledgers;
  if (assignments === undefined) {
    draft.terms.plans.push(...named.slice(0, 1));
    return;
  }
  draft.terms.plans.push(...named);
  for (const rep_id of people) {
    let from: Day = ALWAYS;
    const parts = dice.upTo(2);
    for (let part = 0; part <= parts; part += 1) {
      const next = addDays(draft.from, 150 * part + dice.upTo(149));
      const to = part === parts ? '' : addDays(next, -1);
      // Now and then no plan for a while.
      if (!dice.chance(1, 6)) assignments.push({ rep_id, plan_id: dice.pick(named).id, from, to });
      from = next;
    }
  }
}

/** R28.1. */
export const addAccounts: Dressing = (draft, dice) => {
  for (const customer_id of ['C0', 'C1']) {
    const change = addDays(draft.from, dice.upTo(400));
    const share = dice.pick(['', '50%', '100%', '0.25']);
    const [first, second] = [dice.pick(REPS), dice.pick(REPS)];
    const accounts = ledgerOf(draft, 'accounts');
    accounts.push({ customer_id, rep_id: first, from: ALWAYS, to: addDays(change, -1), share });
    accounts.push({ customer_id, rep_id: second, from: change, to: '', share: '' });
    if (dice.chance(1, 3)) {
      accounts.push({ customer_id, rep_id: 'K1', from: addDays(change, -60), to: '', share: '40%' });
    }
  }
};

/** R12.5: tables by the month; the quotas follow. */
export const addMonths: Dressing = (draft, dice) => {
  if (!hasMonths(draft)) return;
  for (const table of draft.terms.plans.flatMap(tablesOf)) {
    if (dice.chance(2, 3)) table.attainment = 'month';
  }
};

/** R27: tables by the sale, and of whole sales. */
export const addSaleRates: Dressing = (draft, dice) => {
  for (const plan of draft.terms.plans) {
    for (const table of tablesOf(plan)) {
      const isOfCash = plan.credit === 'cash';
      if (!isOfCash && table.table[0]?.fromAmount !== undefined && dice.chance(1, 2)) {
        table.attainment = 'sale';
        if (table.tiers === 'retroactive') table.tiers = 'marginal';
      }
      if (!isOfCash && table.tiers !== 'retroactive' && dice.chance(1, 2)) table.tiers = 'whole';
    }
  }
};

const CATEGORIES = ['hw', 'sw', 'svc', 'disc'];

/** R13: items and categories, and plans with rates by category. */
export function addItems(draft: Draft, dice: Dice, rates: readonly RateDraft[]): void {
  for (const sale of salesOf(draft)) {
    sale['category'] = dice.pick(['', ...CATEGORIES]);
    if (!dice.chance(1, 2)) continue;
    const [amount, cost] = [decimalIn(sale, 'amount'), textIn(sale, 'cost')];
    const parts = dice.upTo(3);
    const amounts = Array.from({ length: parts }, () => {
      // Parts of other signs and sizes: the last item makes up for them.
      return times(amount, ratio(BigInt(dice.pick([2, 5, 10, 3, -4, 12])), 10n));
    }).map(wholeUnits);
    amounts.push(minus(amount, sum(amounts)));
    const whole = cost === '' ? undefined : decimalOf(cost);
    const costs = amounts.map(() =>
      wholeUnits(times(whole ?? ZERO, ratio(BigInt(dice.pick([0, 1, 3, 6])), 10n))),
    );
    costs.pop();
    costs.push(minus(whole ?? ZERO, sum(costs)));
    amounts.forEach((part, at) => {
      ledgerOf(draft, 'items').push({
        invoice_id: sale['invoice_id'],
        item_id: `${dice.pick(['a', 'Z', '9'])}${at}`,
        category: dice.pick([...CATEGORIES, '']),
        amount: decimal(part),
        cost: whole === undefined ? '' : decimal(costs[at] ?? ZERO),
      });
    });
  }
  for (const plan of draft.terms.plans) {
    if (plan.credit === 'cash' || plan.rate === undefined || !dice.chance(2, 3)) continue;
    const { rate } = plan;
    delete plan.rate;
    const flat = dice.pick(['0%', '3%', 0.075]);
    plan.rates = [
      { category: 'hw', rate: copyOf(dice.pick(rates)) },
      ...(dice.chance(1, 2)
        ? [{ category: ['svc', 'disc'], rate: flat, ...(dice.chance(1, 2) ? { countsForQuota: false } : {}) }]
        : []),
      { rate },
    ];
  }
}

function copyOf(rate: RateDraft): RateDraft {
  return structuredClone(rate);
}

/** R14.1. */
export const addLimits: Dressing = (draft, dice) => {
  for (const plan of draft.terms.plans) {
    if (plan.credit === 'cash' || !dice.chance(2, 3)) continue;
    const most = dice.chance(1, 2) ? { most: dice.pick(['150', 40, '333.33']) } : {};
    const least = dice.chance(1, 2) ? { least: dice.pick(['5', '12.345', 1]) } : {};
    plan['perInvoice'] = { ...most, ...least };
    if (Object.keys({ ...most, ...least }).length === 0) delete plan['perInvoice'];
  }
};

/** R15: invoices in other currencies, and what names them. */
export const addCurrencies: Dressing = (draft, dice) => {
  const currencies = ['GBP', 'AUD'];
  for (const currency of currencies) {
    const fx = ledgerOf(draft, 'fx');
    fx.push({ currency, date: ALWAYS, rate: dice.pick(['1', '1.25', '0.0071', '1.137885']) });
    for (let count = dice.upTo(3); count > 0; count -= 1) {
      const date = addDays(draft.from, 200 * count - dice.upTo(180));
      fx.push({ currency, date, rate: dice.pick(['1.3125', '1', '0.875', '1.137885']) });
    }
  }
  const ofInvoice = new Map<string, string>();
  for (const sale of salesOf(draft)) {
    if (!dice.chance(1, 2)) continue;
    sale['currency'] = dice.pick(currencies);
    ofInvoice.set(textIn(sale, 'invoice_id'), sale['currency']);
  }
  for (const row of ledgerOf(draft, 'invoices')) {
    const currency = ofInvoice.get(textIn(row, 'reverses'));
    if (currency !== undefined) row['currency'] = currency;
  }
  for (const name of ['payments', 'writeOffs', 'creditMemos']) {
    for (const row of draft.ledgers[name] ?? []) {
      const id = textIn(row, 'invoice_id');
      // Cash on account has a currency of its own.
      if (id === '') row['currency'] = dice.pick(['', ...currencies, draft.terms.currency]);
      else if (findSale(draft, row) !== undefined && dice.chance(1, 2)) {
        row['currency'] = ofInvoice.get(id) ?? draft.terms.currency;
      }
    }
  }
};

/** R26.1: memos that say what of the sale they take back, and whose part it is. */
export const addSpokenMemos: Dressing = (draft, dice) => {
  for (const memo of draft.ledgers['creditMemos'] ?? []) {
    const sale = findSale(draft, memo);
    if (sale === undefined) continue;
    if (dice.chance(1, 2)) {
      const amount = decimalIn(memo, 'amount');
      const part = wholeUnits(times(amount, ratio(BigInt(dice.pick([10, 5, 0, 12])), 10n)));
      memo['commissionable'] = decimal(amount.n === 0n ? ZERO : part);
      if (textIn(sale, 'cost') !== '' && dice.chance(1, 2)) {
        memo['cost'] = decimal(wholeUnits(times(part, ratio(BigInt(dice.pick([5, 9, 0])), 10n))));
      }
    }
    if (dice.chance(1, 3)) {
      memo['rep_id'] = dice.pick([...ownersOf(draft, sale), 'nobody']);
    }
  }
  for (const row of ledgerOf(draft, 'invoices')) {
    if (textIn(row, 'reverses') === '') continue;
    if (dice.chance(1, 3)) row['cost'] = decimal(wholeUnits(over(decimalIn(row, 'amount'), ratio(2n))));
    // The credit of what bears no commission.
    if (textIn(row, 'total') !== '' && dice.chance(1, 4)) row['amount'] = '0';
  }
};

function ownersOf(draft: Draft, sale: { readonly [column: string]: string | undefined }): string[] {
  const splits = (draft.ledgers['splits'] ?? []).filter(
    (row) => textIn(row, 'invoice_id') === textIn(sale, 'invoice_id'),
  );
  return splits.length === 0 ? [textIn(sale, 'rep_id')] : splits.map((row) => textIn(row, 'rep_id'));
}

/** R2.3: costs where gross profit is asked for, due dates where a plan has past-due days. */
export const fillCells: Dressing = (draft) => {
  const { plans } = draft.terms;
  const needsCost = plans.some(({ basis }) => basis === 'gross-profit');
  const needsDue = plans.some(({ clawback }) => clawback?.pastDueDays !== undefined);
  for (const sale of salesOf(draft)) {
    if (needsCost && textIn(sale, 'cost') === '') {
      sale['cost'] = decimal(wholeUnits(over(decimalIn(sale, 'amount'), ratio(2n))));
    }
    if (needsDue && textIn(sale, 'due_date') === '') {
      sale['due_date'] = addDays(textIn(sale, 'invoice_date'), 30);
    }
  }
};

/** R4.2, R12.5: a quota for every credit and quarter that a table may ask about. */
export const fillQuotas: Dressing = (draft, dice) => {
  const { calendar, quarters, monthsIn } = periodsOf(draft);
  const credits = [...new Set(draft.terms.plans.map(({ credit = 'own' }) => credit))];
  const byMonth = draft.terms.plans.flatMap(tablesOf).some(({ attainment }) => attainment === 'month');
  const asks = (credit: string): boolean =>
    draft.terms.plans.some(
      (plan) =>
        (plan.credit ?? 'own') === credit && (credit !== 'own' || byMonth || plan.rates !== undefined),
    );
  for (const credit of credits.filter(asks)) {
    const given = ledgerOf(draft, 'quotas').filter((row) => (textIn(row, 'credit') || 'own') === credit);
    const people = credit === 'own' ? REPS : PEOPLE;
    for (const rep of people) {
      for (const quarter of quarters) {
        const own = given.filter((row) => {
          const named = textIn(row, 'quarter');
          const of = named.includes('Q') ? named : calendar.quarterOf(named);
          return textIn(row, 'rep_id') === rep && of === quarter;
        });
        const months = byMonth ? monthsIn(quarter) : [];
        if (own.length > 0 && months.length === 0) continue;
        draft.ledgers['quotas'] = ledgerOf(draft, 'quotas').filter((row) => !own.includes(row));
        const periods = months.length > 0 ? months : [quarter];
        for (const period of periods) {
          const quota = dice.pick(['5000', '1000', '12345.67', '0', '2500', '20000']);
          const named = credit === 'own' ? dice.pick(['', 'own']) : credit;
          ledgerOf(draft, 'quotas').push({ rep_id: rep, quarter: period, quota, credit: named });
        }
      }
    }
  }
};

function periodsOf(draft: Draft) {
  const calendar = calendarOf(draft);
  const days = [draft.from, ...salesOf(draft).map(bookingDayOf)].filter((day) => day <= draft.asOf);
  const first = calendar.quarterOf(days.reduce((a, b) => (a < b ? a : b), draft.asOf));
  const quarters = calendar.quartersFromTo(first, calendar.quarterOf(draft.asOf));
  const monthsIn = (quarter: string): readonly string[] =>
    calendar.monthsFromTo(
      calendar.monthOf(calendar.firstDayOf(quarter)),
      calendar.monthOf(calendar.lastDayOf(quarter)),
    );
  return { calendar, quarters, monthsIn };
}
