/** Questions on cash: customers who pay on the last day before the clawback, and held commission that waits for one customer. */
import { amountAt } from '../amount.js';
import { counted } from '../counted.js';
import { addDays, type Day, dayAt, later } from '../day.js';
import { ratio } from '../ratio.js';
import type { Facts } from './facts.js';
import { countFigure, percentFigure, percentText } from './figures.js';
import { walkInvoice } from './invoice-life.js';
import { lastDue } from './line-sums.js';
import type { Asked } from './question.js';

/** The questions on cash. */
export function askOnCash(facts: Facts): readonly Asked[] {
  return [...askOnLastDay(facts), ...askOnOneCustomer(facts)];
}

/** Fewer invoices show no habit. */
const LEAST_INVOICES = 3;
/** With less grace than this, the last day is when most customers pay anyway. */
const LEAST_GRACE = 15;
/** Payment on the last day in time, or on the day before. */
const LAST_DAYS = 2;

/** How many invoices of a customer were paid in full, and how many of them on the last days. */
interface Habit {
  paid: number;
  lastDay: number;
}

/** R5.6: payment just before the day on which commission is taken back. */
function askOnLastDay(facts: Facts): readonly Asked[] {
  const { lines: working, customers } = facts;
  const { lines, dues, setting } = working;
  const { invoices } = setting.books;
  if (setting.terms.plans.every(({ clawback }) => (clawback?.pastDueDays ?? 0) < LEAST_GRACE)) return [];
  const habits = new Map<number, Habit>();
  let before = -1;
  for (let line = 0; line < lines.length; line += 1) {
    const invoice = lines.invoices[line] as number;
    const days = lines.planOf(line).clawback?.pastDueDays;
    // The lines of an invoice lie next to each other: it counts once.
    if (invoice === before || days === undefined || days < LEAST_GRACE) continue;
    before = invoice;
    const due = lastDue(working, invoice);
    if (due === undefined || dues.find(invoice) !== undefined || amountAt(invoices.totals, invoice) <= 0)
      continue;
    const paid = findPaidDay(facts, invoice);
    if (paid === undefined) continue;
    const last = later(addDays(due, days), dayAt(lines.earnDays, line));
    const customer = customers.of[invoice] as number;
    const habit = habits.get(customer) ?? { paid: 0, lastDay: 0 };
    habits.set(customer, habit);
    habit.paid += 1;
    if (paid <= last && last - paid < LAST_DAYS) habit.lastDay += 1;
  }
  return [...habits].flatMap(([customer, { paid, lastDay }]): Asked[] => {
    if (lastDay < LEAST_INVOICES || lastDay * 4 < paid * 3) return [];
    const name = customers.names.nameOf(customer);
    return [
      {
        code: 'paid-on-last-day',
        about: { customer: name },
        figures: [countFigure('invoices_paid', paid), countFigure('on_the_last_two_days', lastDay)],
        sentence: `${name} paid ${lastDay} of ${counted(paid, 'invoice')} on the last day before commission would be taken back, or on the day before it.`,
        advice:
          'Check the dates of these payments against the bank, and who is told when the clawback comes.',
      },
    ];
  });
}

/** The day on which cash came to cover the invoice, for good; undefined where it does not. */
function findPaidDay({ lines }: Facts, invoice: number): Day | undefined {
  let paid: Day | undefined;
  walkInvoice(lines, invoice, (day, { isCollected }) => {
    if (!isCollected) paid = undefined;
    else paid ??= day;
  });
  return paid;
}

/** Held commission of which more than half waits for the cash of one customer. */
function askOnOneCustomer({ sums, lines, customers, written }: Facts): readonly Asked[] {
  const { reps } = lines.setting.books;
  return [...sums.held].flatMap(([rep, { customers: held, lines: count }]): Asked[] => {
    const all = [...held.values()].reduce((sum, amount) => sum + amount, 0n);
    const top = [...held].find(([, amount]) => amount * 2n > all);
    if (top === undefined || all <= 0n || count < LEAST_INVOICES) return [];
    const [customer, amount] = top;
    const name = customers.names.nameOf(customer);
    const share = ratio(amount, all);
    const repId = reps.nameOf(rep);
    return [
      {
        code: 'held-on-one-customer',
        size: amount,
        about: { rep: repId, customer: name },
        figures: [
          written.minorFigure('held', all),
          written.minorFigure('on_the_customer', amount),
          percentFigure('share', share),
          countFigure('lines', count),
        ],
        sentence: `${percentText(share)} of the commission that ${repId} waits for, ${written.minor(amount)} of ${written.minor(all)}, depends on the cash of one customer, ${name}.`,
        advice: 'See what this customer still owes and disputes (comp ageing), and who collects it.',
      },
    ];
  });
}
