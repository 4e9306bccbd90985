/** Targets: instalments, disputes, timing, staged advances, leavers, tolerances, discounts, excess cash (R16 to R19, R30). */

import { compare, minus, over, ratio, times, ZERO } from '../../ratio.js';
import { addDays } from '../days.js';
import {
  type Dressing,
  decimal,
  decimalIn,
  findSale,
  ledgerOf,
  PEOPLE,
  salesOf,
  someDay,
  textIn,
  totalIn,
} from './dressing.js';

/** R16.2: due dates that add up to the total. */
export const addSchedules: Dressing = (draft, dice) => {
  for (const sale of salesOf(draft)) {
    const total = totalIn(sale);
    if (total.n <= 0n || !dice.chance(1, 2)) continue;
    let rest = total;
    let due = addDays(textIn(sale, 'invoice_date'), dice.upTo(60) - 20);
    for (let count = dice.upTo(3); count >= 0; count -= 1) {
      const part = times(total, ratio(BigInt(dice.pick([5, 2, 3, 7])), 10n));
      const amount = count === 0 || compare(part, rest) >= 0 ? rest : part;
      ledgerOf(draft, 'schedules').push({
        invoice_id: sale['invoice_id'],
        due_date: due,
        amount: decimal(amount),
      });
      rest = minus(rest, amount);
      due = addDays(due, 1 + dice.upTo(60));
      if (rest.n <= 0n) break;
    }
  }
};

/** R16.5: about the due date, with and without an end. */
export const addDisputes: Dressing = (draft, dice) => {
  for (const sale of salesOf(draft)) {
    if (!dice.chance(1, 2)) continue;
    const from = addDays(textIn(sale, 'due_date') || textIn(sale, 'invoice_date'), dice.upTo(80) - 30);
    const to = dice.pick([addDays(from, dice.upTo(40)), '', from]);
    ledgerOf(draft, 'disputes').push({ invoice_id: sale['invoice_id'], from, to, reason: 'damaged' });
    if (to !== '' && dice.chance(1, 3)) {
      const again = addDays(to, dice.upTo(5) - 2);
      ledgerOf(draft, 'disputes').push({
        invoice_id: sale['invoice_id'],
        from: again,
        to: addDays(again, 10),
        reason: '',
      });
    }
  }
};

const FACTORS = ['110%', '100%', '80%', '0%', '120%', '97.5%'];

/** R17.1. */
export const addTiming: Dressing = (draft, dice) => {
  for (const plan of draft.terms.plans) {
    if (plan.credit === 'cash' || !dice.chance(2, 3)) continue;
    const days = dice.pick([[0, 30], [-10, 0, 60], [7], []]);
    plan['timing'] = {
      ...(dice.chance(1, 2) ? { from: dice.pick(['due', 'invoice', 'booking']) } : {}),
      table: [
        ...days.map((last) => ({ days: last, factor: dice.pick(FACTORS) })),
        { factor: dice.pick(FACTORS) },
      ],
    };
  }
  for (const sale of salesOf(draft)) {
    if (textIn(sale, 'due_date') === '') sale['due_date'] = addDays(textIn(sale, 'invoice_date'), 30);
  }
};

/** R18.1: what waits for the invoice. */
export const addStages: Dressing = (draft, dice) => {
  for (const plan of draft.terms.plans) {
    if (plan.level !== 2 && plan.level !== 'partial-hold') continue;
    plan['earnOn'] = 'booking';
    plan['hold'] = dice.pick(['20%', '50%', '0%']);
    plan['untilInvoice'] = dice.pick(['20%', '50%', '12.5%']);
  }
};

/** R19.1. */
export const addLeavers: Dressing = (draft, dice) => {
  draft.terms['leavers'] = { tailDays: dice.pick([0, 30, 90]) };
  const reps = ledgerOf(draft, 'reps');
  for (const rep of PEOPLE) {
    if (!dice.chance(1, 2)) continue;
    const row = reps.find((one) => one['rep_id'] === rep);
    const left = someDay(draft, dice);
    if (row === undefined) reps.push({ rep_id: rep, name: rep, left });
    else row['left'] = left;
  }
};

/** R30.1: as a share of what is to be collected. */
export const addTolerances: Dressing = (draft, dice) => {
  for (const plan of draft.terms.plans) {
    const usesIt = plan.credit !== 'cash' && plan.level !== 0 && plan.level !== 'no-linkage';
    if (usesIt && dice.chance(2, 3)) plan['tolerance'] = dice.pick(['2%', '10%', '0.5%']);
  }
};

/** R30.2. */
export const addDiscounts: Dressing = (draft, dice) => {
  draft.terms['discounts'] = dice.pick(['collected', 'credited']);
  for (const payment of draft.ledgers['payments'] ?? []) {
    const amount = decimalIn(payment, 'amount');
    if (findSale(draft, payment) === undefined || amount.n <= 0n || !dice.chance(1, 2)) continue;
    payment['discount'] = decimal(dice.pick([ratio(5n), over(ratio(1n), ratio(100n)), ZERO]));
  }
};

/** R30.3. */
export const moveExcess: Dressing = (draft) => {
  draft.terms['applyCash'] = 'oldest-due-first';
  draft.terms['excessCash'] = 'on-account';
};

/** R30.4: a delivery less a larger deposit. */
export const addMismatches: Dressing = (draft, dice) => {
  const scheduled = new Set((draft.ledgers['schedules'] ?? []).map((row) => row['invoice_id']));
  for (const sale of salesOf(draft)) {
    if (decimalIn(sale, 'amount').n <= 0n || scheduled.has(sale['invoice_id'])) continue;
    if (dice.chance(1, 5)) sale['total'] = dice.pick(['-50', '-0.01', '-1000']);
  }
};
