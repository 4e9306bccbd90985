/** What was sold, what customers paid and when: the same under every plan, but not under every rule of collection. */
import { type Amount, amountAt, exactly, minus, prorated, within } from '../amount.js';
import { dayAt } from '../day.js';
import type { Run } from '../engine/calculate.js';
import { causeOf } from '../engine/r1-words/causes.js';
import type { Fates } from '../engine/r1-words/fates.js';
import type { CashEntries } from '../engine/r2-ledgers/books.js';
import { addEvent, type SaleSums } from '../engine/r5-targets/targets.js';
import { type Minor, powerOfTen, round } from '../money.js';
import type { Terms } from '../plans/plan.js';
import { ONE, type Ratio } from '../ratio.js';

/** What was sold and collected up to the as-of date, in minor units of the workspace's currency. */
export interface Sales {
  /** The amounts of the invoices that are used, without what credit memos take back of them. */
  readonly sold: Minor;
  /** What customers paid on them, less refunds. */
  readonly collected: Minor;
  /** Written off, and neither paid nor written off. */
  readonly writtenOff: Minor;
  readonly open: Minor;
  /** What customers owe, day by day, added up: times a yearly rate, and by 365, it is what financing it costs. */
  readonly moneyDays: bigint;
  /**
   * Days sales outstanding: how many days after its invoice date what was billed was paid, credited or written off, and what
   * is still open up to the as-of date. Undefined where nothing was billed.
   */
  readonly daysOutstanding: Ratio | undefined;
  /** The same if everything was closed on its due date; undefined where no invoice has one. */
  readonly daysOfTerms: Ratio | undefined;
}

/** Adds up amounts of invoices, whatever their currency: the currency of the invoice is converted as it was booked (R15.1). */
class Sum {
  #units = 0n;
  #ofMinor = 0n;

  add(amount: bigint, rate: Ratio): void {
    if (rate === ONE) this.#units += amount;
    else this.#ofMinor += round(amount * rate.n * FINE, rate.d, 'half-up');
  }

  /** In units × {@link FINE}. */
  get value(): bigint {
    return this.#units * FINE + this.#ofMinor;
  }
}

/** Foreign amounts are rounded this much below the last decimal of the ledgers. */
const FINE = 1_000_000n;

/** What the sales of a run depend on, when the ledgers and the day are the same. */
interface SalesOf {
  readonly payments: CashEntries;
  readonly fates: Fates;
  readonly terms: Pick<Terms, 'applyCash' | 'excessCash' | 'discounts' | 'rounding'>;
}

/** The sales of several runs: they are added up once as long as nothing about them differs. */
export class KnownSales {
  readonly #known: (SalesOf & { readonly sales: Sales })[] = [];

  /** Of runs of the same ledgers as of the same day: cash and terms may differ. */
  of(run: Run): Sales {
    const { terms, books } = run.setting;
    const own: SalesOf = { payments: books.payments, fates: run.credits.fates, terms };
    const known = this.#known.find((one) => areAlike(one, own));
    if (known !== undefined) return known.sales;
    const sales = salesOf(run);
    this.#known.push({ ...own, sales });
    return sales;
  }
}

function areAlike(a: SalesOf, b: SalesOf): boolean {
  return (
    a.payments === b.payments &&
    a.terms.applyCash === b.terms.applyCash &&
    a.terms.excessCash === b.terms.excessCash &&
    a.terms.discounts === b.terms.discounts &&
    a.terms.rounding === b.terms.rounding &&
    a.fates.equals(b.fates)
  );
}

/** Adds up the invoices of a run. */
function salesOf({ setting, credits, events, priced }: Run): Sales {
  const { books, asOf, counting, terms } = setting;
  const { invoices } = books;
  const { starts, days, causes, amounts } = events.events;
  const { zero } = counting;
  const [sold, collected, writtenOff, open] = [new Sum(), new Sum(), new Sum(), new Sum()];
  const [billed, billedDays, dated, termDays] = [new Sum(), new Sum(), new Sum(), new Sum()];
  const sums: SaleSums = { memos: zero, cash: zero, writtenOff: zero };
  for (let invoice = 0; invoice < invoices.length; invoice += 1) {
    if (!credits.fates.isUsed(invoice)) continue;
    const rate = credits.currencies.rateOf(invoice);
    const total = amountAt(invoices.totals, invoice);
    const invoiced = dayAt(invoices.invoiced, invoice);
    Object.assign(sums, { memos: zero, cash: zero, writtenOff: zero });
    let owed: Amount = total;
    let moneyDays = 0n;
    for (let event = starts[invoice] as number; event < (starts[invoice + 1] as number); event += 1) {
      addEvent(sums, causeOf(causes[event] as number), amountAt(amounts, event));
      if (!(total > 0)) continue;
      const left = leftOf(total, sums, zero);
      moneyDays += exactly(minus(owed, left)) * BigInt(dayAt(days, event) - invoiced);
      owed = left;
    }
    const amount = amountAt(invoices.amounts, invoice);
    const credited = total > 0 ? within<'units'>(sums.memos, zero, total) : zero;
    const back = total > 0 ? prorated(amount, credited, total, terms.rounding) : zero;
    sold.add(exactly(minus(amount, back)), rate);
    collected.add(exactly(sums.cash), rate);
    if (!(total > 0)) continue;
    const lost = within<'units'>(sums.writtenOff, zero, total);
    writtenOff.add(exactly(lost), rate);
    open.add(exactly(owed), rate);
    // What is invoiced later is not open yet.
    moneyDays += exactly(owed) * BigInt(Math.max(0, asOf - invoiced));
    billed.add(exactly(total), rate);
    billedDays.add(moneyDays, rate);
    for (const { from, to, due } of priced.dues.of(invoice).instalments) {
      if (due === undefined) continue;
      const part = exactly(minus(to, from));
      dated.add(part, rate);
      termDays.add(part * BigInt(due - invoiced), rate);
    }
  }
  const minor = (sum: Sum): Minor =>
    round(sum.value, FINE * powerOfTen(books.scale - terms.currency.digits), terms.rounding);
  return {
    sold: minor(sold),
    collected: minor(collected),
    writtenOff: minor(writtenOff),
    open: minor(open),
    moneyDays: minor(billedDays),
    daysOutstanding: quotientOf(billedDays, billed),
    daysOfTerms: quotientOf(termDays, dated),
  };
}

/** What the customer still owes, between 0 and the total. */
function leftOf(total: Amount, { memos, cash, writtenOff }: SaleSums, zero: Amount): Amount {
  return within<'units'>(minus(minus(minus(total, memos), cash), writtenOff), zero, total);
}

function quotientOf(sum: Sum, by: Sum): Ratio | undefined {
  return by.value === 0n ? undefined : { n: sum.value, d: by.value };
}
