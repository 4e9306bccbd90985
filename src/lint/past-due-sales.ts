/** Questions on sales that are booked on accounts which are past due already. */
import { amountAt, exactly } from '../amount.js';
import { counted } from '../counted.js';
import { addDays, type Day, dayAt, later } from '../day.js';
import { Tally } from '../engine/r4-rates/tally.js';
import { max, round, type Units } from '../money.js';
import { byCodeUnit } from '../order.js';
import { compare, over, type Ratio, ratio } from '../ratio.js';
import type { Facts } from './facts.js';
import { countFigure, percentFigure, percentText } from './figures.js';
import { walkInvoice } from './invoice-life.js';
import { lastDue } from './line-sums.js';
import type { Asked } from './question.js';

/** Up to this many days past due, the rep asks the customer; after that, others collect. */
const GRACE = 30;
/** Fewer sales, or a smaller share of what a rep sold, show no pattern. */
const LEAST_SALES = 3;
const LEAST_SHARE = ratio(1n, 10n);
/** Less than this part of a new sale past due is no reason to refuse it: one in ten. */
const LEAST_PART = 10n;

/** What a rep sold, and what of it on accounts past due. */
interface RepSales {
  readonly all: Tally;
  readonly late: Tally;
  count: number;
  /** By customer number. */
  readonly customers: Map<number, Tally>;
  mostOpen: Units;
}

/** Reps of whose sales a large part was booked while the customer was past due. */
export function askOnPastDueSales(facts: Facts): readonly Asked[] {
  const { lines: working } = facts;
  const { lines, setting } = working;
  const late = lateBalances(facts);
  if (late.size === 0) return [];
  const byRep = new Map<number, RepSales>();
  for (let line = 0; line < lines.length; line += 1) {
    if (lines.creditOf(line) !== 'own') continue;
    const rep = lines.reps[line] as number;
    const sales = byRep.get(rep) ?? noSales(facts);
    byRep.set(rep, sales);
    lines.addRevenue(line, sales.all);
    const invoice = lines.invoices[line] as number;
    const open = late.get(invoice);
    if (open === undefined) continue;
    lines.addRevenue(line, sales.late);
    const customer = facts.customers.of[invoice] as number;
    const own = sales.customers.get(customer) ?? new Tally(setting.counting);
    sales.customers.set(customer, own);
    lines.addRevenue(line, own);
    sales.count += 1;
    sales.mostOpen = max(sales.mostOpen, open);
  }
  return [...byRep].flatMap(([rep, sales]) => askOnRep(facts, rep, sales));
}

function noSales({ lines }: Facts): RepSales {
  const { counting } = lines.setting;
  return {
    all: new Tally(counting),
    late: new Tally(counting),
    count: 0,
    customers: new Map(),
    mostOpen: 0n,
  };
}

function askOnRep(
  facts: Facts,
  rep: number,
  { all, late, count, customers, mostOpen }: RepSales,
): readonly Asked[] {
  const { written, lines, result } = facts;
  const [whole, part] = [all.value(), late.value()];
  if (count < LEAST_SALES || whole.n <= 0n) return [];
  const share = over(part, whole);
  if (compare(share, LEAST_SHARE) < 0) return [];
  const units = ({ n, d }: Ratio) => round(n, d, result.terms.rounding);
  const name = lines.setting.books.reps.nameOf(rep);
  const top = topOf(facts, customers);
  return [
    {
      code: 'sold-into-past-due',
      size: units(part),
      about: { rep: name, customer: top.name },
      figures: [
        written.unitsFigure('sold', units(whole)),
        written.unitsFigure('on_accounts_past_due', units(part)),
        percentFigure('share', share),
        countFigure('sales', count),
        countFigure('customers', customers.size),
        written.unitsFigure('to_the_customer', units(top.amount)),
        written.unitsFigure('most_past_due', mostOpen),
      ],
      sentence: `${name} booked ${written.units(units(part))} (${counted(count, 'sale')}, ${percentText(share)} of all) for customers who were more than ${GRACE} days past due with up to ${written.units(mostOpen)} at the time; the largest part, ${written.units(units(top.amount))}, for ${top.name}.`,
      advice:
        'See whether credit limits stop such orders, and whether the plan should pay for them before cash comes in.',
    },
  ];
}

/** The customer to whom most was sold; of equals, the first by id. */
function topOf(
  { customers: { names } }: Facts,
  customers: ReadonlyMap<number, Tally>,
): { readonly name: string; readonly amount: Ratio } {
  const all = [...customers]
    .map(([customer, tally]) => ({ name: names.nameOf(customer), amount: tally.value() }))
    .sort((a, b) => compare(b.amount, a.amount) || byCodeUnit(a.name, b.name));
  return all[0] ?? { name: '', amount: { n: 0n, d: 1n } };
}

/** By invoice: what its customer owed past due when it was booked, in the workspace's currency; only where it was something. */
function lateBalances(facts: Facts): ReadonlyMap<number, Units> {
  const { customers } = facts;
  const late = new Map<number, LateInvoice[]>();
  const sales = new Map<number, number[]>();
  const all = salesOf(facts);
  for (const invoice of all) {
    const since = findLateDay(facts, invoice);
    if (since === undefined) continue;
    const customer = customers.of[invoice] as number;
    const own = late.get(customer);
    if (own === undefined) late.set(customer, [{ invoice, since }]);
    else own.push({ invoice, since });
  }
  for (const invoice of all) {
    const customer = customers.of[invoice] as number;
    if (!late.has(customer)) continue;
    const own = sales.get(customer);
    if (own === undefined) sales.set(customer, [invoice]);
    else own.push(invoice);
  }
  const balances = new Map<number, Units>();
  for (const [customer, own] of late) sweep(facts, own, sales.get(customer) ?? [], balances);
  return balances;
}

interface LateInvoice {
  readonly invoice: number;
  /** The first day on which it is past due by more than the grace. */
  readonly since: Day;
}

/** The invoices that somebody is credited with and that have something to collect, by id. */
function salesOf({ lines: { lines, setting } }: Facts): readonly number[] {
  const { totals } = setting.books.invoices;
  const sales: number[] = [];
  for (let line = 0; line < lines.length; line += 1) {
    const invoice = lines.invoices[line] as number;
    if (invoice !== sales.at(-1) && lines.creditOf(line) !== 'cash' && amountAt(totals, invoice) > 0)
      sales.push(invoice);
  }
  return sales;
}

/** The day from which an invoice is past due by more than the grace; undefined where nothing of it is open from then on. */
function findLateDay({ lines }: Facts, invoice: number): Day | undefined {
  const { setting } = lines;
  const { bookings, invoiced, totals } = setting.books.invoices;
  const due = lastDue(lines, invoice);
  if (due === undefined) return undefined;
  const begun = addDays(later(dayAt(bookings, invoice), dayAt(invoiced, invoice)), 1);
  const since = later(addDays(due, GRACE + 1), begun);
  if (since > setting.asOf) return undefined;
  let open = amountAt(totals, invoice);
  let isOpenLater = false;
  walkInvoice(lines, invoice, (day, state) => {
    if (day < since) ({ open } = state);
    // A refund opens it again.
    else isOpenLater ||= state.open > 0;
  });
  return open > 0 || isOpenLater ? since : undefined;
}

/** What changes what a customer owes past due, or a booking while it is so. On one day, bookings come before cash. */
type Moment =
  | { readonly day: Day; readonly order: 0 | 2; readonly change: Units }
  | { readonly day: Day; readonly order: 1; readonly invoice: number };

/** Goes through the life of a customer once, day by day. */
function sweep(
  facts: Facts,
  late: readonly LateInvoice[],
  sales: readonly number[],
  balances: Map<number, Units>,
): void {
  const { bookings } = facts.lines.setting.books.invoices;
  const moments: Moment[] = [
    ...late.flatMap((one) => changesOf(facts, one)),
    ...sales.map((invoice): Moment => ({ day: dayAt(bookings, invoice), order: 1, invoice })),
  ];
  moments.sort((a, b) => a.day - b.day || a.order - b.order);
  let open = 0n;
  for (const moment of moments) {
    if (moment.order !== 1) open += moment.change;
    else if (isMaterial(facts, moment.invoice, open)) balances.set(moment.invoice, open);
  }
}

/** Whether what is past due is worth a thought beside the new sale: remainders of short-payers are not. */
function isMaterial(facts: Facts, invoice: number, open: Units): boolean {
  const total = exactly(amountAt(facts.lines.setting.books.invoices.totals, invoice));
  return open > 0n && open * LEAST_PART >= inWorkspace(facts, invoice, total);
}

/** An amount of an invoice in the workspace's currency (R15.2), rounded. */
function inWorkspace({ lines, result }: Facts, invoice: number, amount: Units): Units {
  const rate = lines.credits.currencies.find(invoice)?.rate;
  return rate === undefined ? amount : round(amount * rate.n, rate.d, result.terms.rounding);
}

/** What an invoice adds to what is past due from its late day on: rounded in the workspace's currency, so that the changes add up. */
function changesOf(facts: Facts, { invoice, since }: LateInvoice): readonly Moment[] {
  const { lines } = facts;
  const { totals } = lines.setting.books.invoices;
  const moments: Moment[] = [];
  let open = inWorkspace(facts, invoice, exactly(amountAt(totals, invoice)));
  let isLate = false;
  const begin = () => {
    if (isLate) return;
    isLate = true;
    moments.push({ day: since, order: 0, change: open });
  };
  walkInvoice(lines, invoice, (day, state) => {
    if (day >= since) begin();
    const now = inWorkspace(facts, invoice, exactly(state.open));
    if (isLate && now !== open) moments.push({ day, order: 2, change: now - open });
    open = now;
  });
  begin();
  return moments;
}
