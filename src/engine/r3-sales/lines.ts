/** Commission lines: one line is one rep's credited share of one invoice (R2.5), identified by a number. */
import { type Amount, amountAt, type Counting, exactly, type Fraction, plus } from '../../amount.js';
import { dayAt, later } from '../../day.js';
import { CREDIT_KINDS, type CreditKind } from '../../ledger-specs/credit-kinds.js';
import type { Units } from '../../money.js';
import { NO_NAME } from '../../names.js';
import { findCategoryRate, type Measure, type Plan } from '../../plans/plan.js';
import { ONE, type Ratio, times, ZERO } from '../../ratio.js';
import type { Invoices } from '../r2-ledgers/books.js';
import { FractionColumn, type FractionSum } from './fraction-column.js';
import { profitOf, type SaleItems } from './items.js';

/** The lines in columns, in the order of (invoice id, rep id, credit). They do not change once they are made. */
export interface Lines {
  readonly length: number;
  readonly invoices: Int32Array;
  /** By the reps' numbers. */
  readonly reps: Int32Array;
  /** The day from which a line is posted (R5.2). */
  readonly earnDays: Int32Array;
  planOf(line: number): Plan;
  /** R12.1: what the rep is credited with. */
  creditOf(line: number): CreditKind;
  /** The share of the invoice that the line is credited with. */
  shareOf(line: number): Ratio;
  /** R15.1: the currency rate of the line's invoice. */
  currencyRateOf(line: number): Ratio;
  /** The share × the currency rate: what amounts of the invoice come to for the line. */
  factorOf(line: number): Ratio;
  /** The items of all invoices; undefined where none has any (R13.1). */
  readonly items: SaleItems | undefined;
  /**
   * A line's revenue or gross profit in units, exactly: what a rate is applied to, or attainment measured in. Undefined
   * where it takes a cost that is not known.
   */
  measure(line: number, measure: 'revenue'): Fraction;
  measure(line: number, measure: Measure): Fraction | undefined;
  /** Whether a measure that is known is 0. */
  isNothing(line: number, measure: Measure): boolean;
  /** Gives a line's revenue to a sum, without an object for it where it is whole. */
  addRevenue(line: number, sum: FractionSum): void;
  /**
   * R13.2: what a line counts toward quota, in units, where that is not all of its revenue and gross profit: some of its
   * items do not count. Undefined where all of it counts.
   */
  findQuotaCredit(line: number): QuotaCreditOf | undefined;
}

/** What a line counts toward quota; the gross profit is undefined where a cost is not known. */
export interface QuotaCreditOf {
  readonly revenue: Ratio;
  readonly profit: Ratio | undefined;
}

/** A line to be made. */
export interface NewLine {
  readonly invoice: number;
  readonly rep: number;
  readonly credit: CreditKind;
  readonly plan: Plan;
  readonly share: Ratio;
  /** The currency rate of the invoice (R15.1). */
  readonly fx: Ratio;
}

/** Makes lines, one after another. */
export class LineMaker {
  readonly #counting: Counting;
  readonly #books: Invoices;
  readonly #plans: readonly Plan[];
  readonly #numbers: ReadonlyMap<Plan, number>;
  readonly #planOf: Uint16Array | Uint32Array;
  readonly #invoices: Int32Array;
  readonly #reps: Int32Array;
  readonly #earnDays: Int32Array;
  readonly #revenues: FractionColumn;
  readonly #profits: FractionColumn | undefined;
  readonly #items: SaleItems | undefined;
  /** Undefined as long as every credit is own. */
  #credits: Uint8Array | undefined;
  /** The shares and currency rates of the lines; undefined as long as all are 1. */
  #shares: Ratio[] | undefined;
  #rates: Ratio[] | undefined;
  readonly #quotaCredits = new Map<number, QuotaCreditOf>();
  readonly #factors = new Map<Ratio, Map<Ratio, Ratio>>();
  readonly #most: number;
  #length = 0;

  /** @param most - no more lines than this are added */
  constructor(
    most: number,
    plans: readonly Plan[],
    { invoices: books, items }: { readonly invoices: Invoices; readonly items: SaleItems | undefined },
    counting: Counting,
  ) {
    this.#most = most;
    this.#counting = counting;
    this.#books = books;
    this.#items = items;
    this.#plans = plans;
    this.#numbers = new Map(plans.map((plan, number) => [plan, number]));
    this.#planOf = plans.length > 65_536 ? new Uint32Array(most) : new Uint16Array(most);
    this.#invoices = new Int32Array(most);
    this.#reps = new Int32Array(most);
    this.#earnDays = new Int32Array(most);
    this.#revenues = new FractionColumn(most, counting);
    this.#profits = books.costs === undefined ? undefined : new FractionColumn(most, counting);
  }

  get length(): number {
    return this.#length;
  }

  /**
   * Adds a line. R3.1: its revenue is amount × share, its gross profit (amount − cost) × share, but never of the opposite
   * sign of the amount; R13.3: item by item, where it has items; R15.2: × the currency rate.
   */
  add({ invoice, rep, credit, plan, share, fx }: NewLine): void {
    const { bookings, invoiced, amounts, costs } = this.#books;
    const at = this.#length;
    const amount = amountAt(amounts, invoice);
    const booking = dayAt(bookings, invoice);
    this.#length += 1;
    this.#invoices[at] = invoice;
    this.#reps[at] = rep;
    this.#planOf[at] = this.#plans.length === 1 ? 0 : (this.#numbers.get(plan) as number);
    this.#earnDays[at] = plan.earnOn === 'booking' ? booking : later(booking, dayAt(invoiced, invoice));
    if (credit !== 'own') {
      this.#credits ??= new Uint8Array(this.#most);
      this.#credits[at] = CREDIT_KINDS.indexOf(credit);
    }
    if (share !== ONE || this.#shares !== undefined) {
      this.#shares ??= new Array<Ratio>(at).fill(ONE);
      this.#shares[at] = share;
    }
    if (fx !== ONE || this.#rates !== undefined) {
      this.#rates ??= new Array<Ratio>(at).fill(ONE);
      this.#rates[at] = fx;
    }
    const factor = this.#factorOf(share, fx);
    this.#revenues.set(at, amount, factor);
    const cost = costs?.[invoice];
    const hasItems = this.#items?.has(invoice) === true;
    if (hasItems && plan.rates?.some((entry) => !entry.countsForQuota) === true) {
      this.#quotaCredits.set(at, this.#countingOf(invoice, plan, factor));
    } else if (
      !hasItems &&
      plan.rates !== undefined &&
      !countsForQuota(plan, categoryOf(this.#books, invoice))
    ) {
      this.#quotaCredits.set(at, { revenue: ZERO, profit: ZERO });
    }
    if (this.#profits === undefined || cost === undefined) return;
    const { zero } = this.#counting;
    const profit = hasItems ? this.#profitOf(invoice) : profitOf(amount, cost, zero);
    if (profit !== undefined) this.#profits.set(at, profit, factor);
  }

  /** R13.3: the gross profit of an invoice is that of its items; undefined where the cost of one is not known. */
  #profitOf(invoice: number): Amount | undefined {
    const { zero } = this.#counting;
    const items = this.#items as SaleItems;
    let sum: Amount = zero;
    for (const item of items.of(invoice)) {
      const profit = items.profitOf(item, zero);
      if (profit === undefined) return undefined;
      sum = plus(sum, profit);
    }
    return sum;
  }

  /** R13.2: what the items of an invoice count toward quota. */
  #countingOf(invoice: number, plan: Plan, factor: Ratio): QuotaCreditOf {
    const { zero } = this.#counting;
    const items = this.#items as SaleItems;
    let [revenue, profit]: [Units, Units | undefined] = [0n, 0n];
    for (const item of items.of(invoice)) {
      if (!countsForQuota(plan, items.categoryOf(item))) continue;
      revenue += exactly(items.revenueOf(item));
      const own = items.profitOf(item, zero);
      profit = profit === undefined || own === undefined ? undefined : profit + exactly(own);
    }
    return {
      revenue: times({ n: revenue, d: 1n }, factor),
      profit: profit === undefined ? undefined : times({ n: profit, d: 1n }, factor),
    };
  }

  /** A share × a currency rate: few of each, so that neighboring lines have the same. */
  #factorOf(share: Ratio, fx: Ratio): Ratio {
    if (fx === ONE) return share;
    if (share === ONE) return fx;
    let known = this.#factors.get(fx);
    if (known === undefined) {
      known = new Map();
      this.#factors.set(fx, known);
    }
    const before = known.get(share);
    if (before !== undefined) return before;
    const factor = times(share, fx);
    known.set(share, factor);
    return factor;
  }

  lines(): Lines {
    const [plans, planOf, revenues, profits] = [this.#plans, this.#planOf, this.#revenues, this.#profits];
    const [only] = plans;
    const [credits, shares, rates, items] = [this.#credits, this.#shares, this.#rates, this.#items];
    const quotaCredits = this.#quotaCredits;
    const shareOf = (line: number) => shares?.[line] ?? ONE;
    const currencyRateOf = (line: number) => rates?.[line] ?? ONE;
    const columnOf = (measure: Measure) => (measure === 'revenue' ? revenues : profits);
    function measure(line: number, of: 'revenue'): Fraction;
    function measure(line: number, of: Measure): Fraction | undefined;
    function measure(line: number, of: Measure): Fraction | undefined {
      return columnOf(of)?.at(line);
    }
    return {
      length: this.#length,
      invoices: this.#invoices,
      reps: this.#reps,
      earnDays: this.#earnDays,
      planOf: (line) => (plans.length === 1 ? only : plans[planOf[line] as number]) as Plan,
      creditOf: (line) =>
        credits === undefined ? 'own' : (CREDIT_KINDS[credits[line] as number] as CreditKind),
      shareOf,
      currencyRateOf,
      factorOf: (line) => this.#factorOf(shareOf(line), currencyRateOf(line)),
      items,
      findQuotaCredit: (line) => (quotaCredits.size === 0 ? undefined : quotaCredits.get(line)),
      measure,
      isNothing: (line, of) => columnOf(of)?.topOf(line) === this.#counting.zero,
      addRevenue: (line, sum) => revenues.addTo(sum, line),
    };
  }
}

/** R13.1: the category of an invoice without items; blank where it has none. */
export function categoryOf({ categories }: Pick<Invoices, 'categories'>, invoice: number): string {
  const code = categories?.codes[invoice] ?? NO_NAME;
  return code === NO_NAME ? '' : (categories?.names.nameOf(code) ?? '');
}

/** R13.2: whether a category counts toward quota; one that no entry names is a fault elsewhere. */
function countsForQuota(plan: Plan, category: string): boolean {
  return findCategoryRate(plan, category)?.countsForQuota ?? true;
}
