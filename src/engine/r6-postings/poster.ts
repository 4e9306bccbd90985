/** Makes postings: after each event of a line, the change of what it should have come to (R6). */
import { type Amount, exactly, type Fraction, prorated } from '../../amount.js';
import { addDays, type Day, later } from '../../day.js';
import { powerOfTen, round } from '../../money.js';
import type { Plan } from '../../plans/plan.js';
import { type Ratio, ZERO } from '../../ratio.js';
import { CAUSES, type Cause } from '../r1-words/causes.js';
import { NO_DAY } from '../r2-ledgers/ledger-table.js';
import type { RateStep } from '../r3-sales/lines.js';
import type { Sales } from '../r3-sales/sales.js';
import { LineFold, type Pricer } from '../r5-targets/line-fold.js';
import { type Targets, type TargetTerms, targetTerms } from '../r5-targets/targets.js';
import type { Run } from '../run.js';

/** Who is told of each posting of the line in hand. */
export type OnPosting = (line: number, day: Day, cause: Cause, source: number, change: Targets) => void;

const NEVER = Number.POSITIVE_INFINITY;

/** Who is told of each event of the line in hand, whether or not it changes anything. */
export type OnEvent = (day: Day, cause: Cause, source: number, amount: Amount, fold: LineFold) => void;

/** Makes the postings of one line after another. */
export class Poster implements Pricer {
  readonly #run: Run;
  readonly #sales: Sales;
  readonly #onPosting: OnPosting;
  readonly #onEvent: OnEvent | undefined;
  readonly #terms: ReadonlyMap<Plan, TargetTerms>;
  /** How many units make one minor unit of the currency. */
  readonly #unitsPerMinor: bigint;
  readonly #fold: LineFold;
  // The line in hand.
  #line = 0;
  #total: Amount;
  /** What the rate is applied to, in units: a fraction. */
  #basisTop: Amount;
  #basisBottom: Amount;
  #rate: Ratio = ZERO;
  /** The rate in minor units per unit, where it can be counted so. */
  #price: Fraction | undefined;

  constructor(run: Run, sales: Sales, onPosting: OnPosting, onEvent?: OnEvent) {
    const { books, terms, counting } = run;
    const unit = powerOfTen(books.scale);
    this.#run = run;
    this.#sales = sales;
    this.#onPosting = onPosting;
    this.#onEvent = onEvent;
    this.#terms = new Map(
      terms.plans.map((plan) => [plan, targetTerms(plan, terms.rounding, unit, counting)]),
    );
    this.#unitsPerMinor = powerOfTen(books.scale - terms.currency.digits);
    this.#fold = new LineFold(this, counting);
    this.#total = counting.zero;
    this.#basisTop = counting.zero;
    this.#basisBottom = counting.one;
    this.#price = counting.fractionOf(ZERO);
  }

  /**
   * The line's postings up to the as-of date, in order; none before its earn date (R5.2).
   *
   * @param until - a later day: then also what is posted by then if nothing more happens
   * @param further - so much cash does happen, on the day after the as-of date
   */
  post(line: number, until: Day = this.#run.asOf, further: Amount = this.#run.counting.zero): void {
    const { lines, events } = this.#sales;
    const { asOf, counting } = this.#run;
    const earnDay = lines.earnDays[line] as Day;
    if (earnDay > asOf) return;
    const invoice = lines.invoices[line] as number;
    const plan = lines.planOf(line);
    const pricing = lines.pricingOf(line);
    const steps = pricing.kind === 'fixed' ? NO_STEPS : pricing.steps;
    let step = pricing.kind === 'fixed' ? 0 : pricing.first + 1;
    this.#start(line, invoice, plan, pricing.kind === 'fixed' ? pricing.rate : rateOf(steps[step - 1]));
    const fold = this.#fold;
    let isEarned = false;
    let event = events.starts[invoice] as number;
    const end = events.starts[invoice + 1] as number;
    let today = earnDay;
    for (;;) {
      const rateDay = steps[step]?.day ?? NEVER;
      const ownDay = isEarned || rateDay <= earnDay ? rateDay : earnDay;
      const saleDay = event < end ? (events.days[event] as number) : NEVER;
      // R5.8: on one day the line is re-rated, then earned, and then comes what happens to the invoice.
      const isOwn = ownDay <= saleDay;
      const day = (isOwn ? ownDay : saleDay) as Day;
      if (day === NEVER) break;
      if (day > today) {
        this.#endDays(today, day);
        today = day;
      }
      if (!isOwn) {
        const cause = CAUSES[events.causes[event] as number] as Cause;
        fold.apply(cause, events.amounts[event] as Amount);
        this.#take(day, cause, events.sources[event] as number, events.amounts[event] as Amount);
        event += 1;
      } else if (ownDay === rateDay) {
        this.#setRate(rateOf(steps[step]));
        fold.reRate();
        this.#take(day, 're-rated', (steps[step] as RateStep).source);
        step += 1;
      } else {
        const cause = plan.earnOn === 'booking' ? 'booked' : 'invoiced';
        fold.apply(cause, counting.zero);
        isEarned = true;
        this.#take(day, cause, invoice);
      }
    }
    if (further > 0) {
      const next = addDays(asOf, 1);
      this.#endDays(today, next);
      fold.apply('collected', further);
      this.#take(next, 'collected', invoice, further);
      today = next;
    }
    this.#endDays(today, addDays(until, 1));
  }

  /** `C`: basis × rate × what was not credited, exactly, and rounded once (R4.5, R4.6, R4.8). */
  commission(credited: Amount): Amount {
    const { counting, terms } = this.#run;
    const n = this.#basisTop;
    const d = this.#basisBottom;
    const price = this.#price;
    if (credited === counting.zero && price !== undefined && counting.isProduct(price.d, d)) {
      return prorated(n, price.n, price.d * d, terms.rounding);
    }
    const top = exactly(n) * this.#rate.n;
    const bottom = exactly(d) * this.#rate.d * this.#unitsPerMinor;
    if (credited === counting.zero) return counting.of(round(top, bottom, terms.rounding));
    const total = exactly(this.#total);
    return counting.of(round(top * (total - exactly(credited)), bottom * total, terms.rounding));
  }

  /** Takes the line in hand. */
  #start(line: number, invoice: number, plan: Plan, rate: Ratio): void {
    const { lines } = this.#sales;
    const { totals, due } = this.#run.books.invoices;
    const dueDay = due[invoice] as Day;
    const days = plan.clawback?.pastDueDays;
    const isDated = days !== undefined && dueDay !== NO_DAY;
    this.#line = line;
    this.#total = totals[invoice] as Amount;
    // A line without the cost that its basis needs is a fault, and the run does not come this far.
    const { n, d } = lines.measure(line, plan.basis) as Fraction;
    this.#basisTop = n;
    this.#basisBottom = d;
    this.#setRate(rate);
    const pastDueFrom = isDated ? later(addDays(dueDay, days), lines.earnDays[line] as Day) : undefined;
    this.#fold.start(this.#terms.get(plan) as TargetTerms, this.#total, pastDueFrom);
  }

  /** Neighbouring lines mostly have one rate. */
  #setRate(rate: Ratio): void {
    if (rate === this.#rate) return;
    this.#rate = rate;
    this.#price = this.#run.counting.fractionOf({ n: rate.n, d: rate.d * this.#unitsPerMinor });
  }

  /** R5.6: whether a day between two events is the one on which the line becomes past due. */
  #endDays(from: Day, until: Day): void {
    const day = this.#fold.becomesPastDue(from, until);
    if (day !== undefined) this.#take(day, 'past-due', this.#sales.lines.invoices[this.#line] as number);
  }

  #take(day: Day, cause: Cause, source: number, amount = this.#run.counting.zero): void {
    const isChange = this.#fold.takeDifference();
    this.#onEvent?.(day, cause, source, amount, this.#fold);
    if (isChange) this.#onPosting(this.#line, day, cause, source, this.#fold.difference);
  }
}

const NO_STEPS: readonly RateStep[] = [];

function rateOf(step: RateStep | undefined): Ratio {
  return (step as RateStep).rate;
}
