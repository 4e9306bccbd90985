/** Makes postings: after each event of a line, the change of what it should have come to (R6). */
import {
  type Amount,
  amountAt,
  exactly,
  type Fraction,
  type MinorAmount,
  priced,
  type Whole,
} from '../../amount.js';
import { addDays, type Day, dayAt, later } from '../../day.js';
import { powerOfTen, round } from '../../money.js';
import type { Plan, SaleLimits, TimingTerms } from '../../plans/plan.js';
import { unreachable } from '../../problems/problem.js';
import { compare, minus, negative, ONE, plus, type Ratio, ratio, times, ZERO } from '../../ratio.js';
import { type Cause, causeOf, numberOf, timingAfter } from '../r1-words/causes.js';
import { NO_DAY } from '../r2-ledgers/ledger-table.js';
import type { Dues } from '../r3-sales/dues.js';
import { type LastDays, lastDaysOf } from '../r3-sales/leavers.js';
import type { Lines } from '../r3-sales/lines.js';
import { keptAsShare, type MemoCredits } from '../r3-sales/memo-credits.js';
import type { SaleEvents } from '../r3-sales/sale-events.js';
import { type Prices, type Pricing, type RateStep, stepsOfItems } from '../r4-rates/prices.js';
import { PastDueClock } from '../r5-targets/late-parts.js';
import { type LineExtras, LineFold, NO_EXTRAS, type Pricer } from '../r5-targets/line-fold.js';
import { LineTerms } from '../r5-targets/line-terms.js';
import { TimedCash, type TimingStart } from '../r5-targets/premium.js';
import type { Targets } from '../r5-targets/targets.js';
import type { Setting } from '../setting.js';

/** What lines are posted from. */
export interface PricedLines {
  readonly lines: Lines;
  readonly events: SaleEvents;
  readonly memos: MemoCredits;
  readonly dues: Dues;
  readonly prices: Prices;
}

/** Receives each posting of the current line; the cause is a number, as columns hold it. */
export type OnPosting = (line: number, day: Day, cause: number, source: number, change: Targets) => void;

/** Receives each event of the current line, whether or not it changes anything. */
export type OnEvent = (day: Day, cause: Cause, source: number, amount: Amount, fold: LineFold) => void;

const [RE_RATED, BOOKED, INVOICED, COLLECTED, PAST_DUE, LEFT] = (
  ['re-rated', 'booked', 'invoiced', 'collected', 'past-due', 'left'] as const
).map(numberOf) as [number, number, number, number, number, number];

/** Later than every day, and a small integer like every day. */
const NEVER = 2 ** 30 - 1;

/** Makes the postings of one line after another. */
export class Poster implements Pricer {
  readonly #setting: Setting;
  readonly #lines: Lines;
  readonly #events: SaleEvents;
  readonly #prices: Prices;
  readonly #memos: MemoCredits;
  readonly #someMemosState: boolean;
  /** Whether no line of the run has any of {@link LineExtras}. */
  readonly #hasNoExtras: boolean;
  readonly #dues: Dues;
  readonly #lastDays: LastDays;
  readonly #onPosting: OnPosting;
  readonly #onEvent: OnEvent | undefined;
  readonly #terms: LineTerms;
  /** How many units make one minor unit of the currency. */
  readonly #unitsPerMinor: bigint;
  readonly #fold: LineFold;
  // Of the current line.
  #line = 0;
  #isTimed = false;
  #today: Day = 0 as Day;
  #total: Amount;
  /** What the rate is applied to, in units: a fraction. */
  #basisTop: Amount;
  #basisBottom: Whole;
  #rate: Ratio = ZERO;
  /** R26.2: the sum of what its memos take back; undefined where none says so. */
  #takenBack: Ratio | undefined;
  /** R14.1: what it may earn, in minor units; undefined where the plan has no limits. */
  #limits: SaleLimits | undefined;
  /** The rate in minor units per unit, where it can be counted so. */
  #price: Fraction<'whole'> | undefined;
  /** The day of the invoice that a share of the commission waits for (R18.1). */
  #stageDay: number = NEVER;
  /** The rep's last day for cash, while it lies ahead (R19.2). */
  #lastDay: number = NEVER;

  constructor(
    setting: Setting,
    { lines, events, memos, dues, prices }: PricedLines,
    onPosting: OnPosting,
    onEvent?: OnEvent,
  ) {
    const { books, terms, counting } = setting;
    this.#setting = setting;
    this.#lines = lines;
    this.#events = events;
    this.#prices = prices;
    this.#memos = memos;
    this.#someMemosState = !memos.isEmpty;
    this.#dues = dues;
    this.#lastDays = lastDaysOf(setting);
    this.#hasNoExtras =
      dues.isPlain &&
      this.#lastDays.isEmpty &&
      terms.plans.every(({ timing, untilInvoice }) => timing === undefined && untilInvoice.n === 0n);
    this.#onPosting = onPosting;
    this.#onEvent = onEvent;
    this.#terms = new LineTerms(setting);
    this.#unitsPerMinor = powerOfTen(books.scale - terms.currency.digits);
    this.#fold = new LineFold(this, counting);
    this.#total = counting.zero;
    this.#basisTop = counting.zero;
    this.#basisBottom = counting.one;
    this.#price = counting.findFraction(ZERO);
  }

  /**
   * The line's postings up to the as-of date, in order; none before its earn date (R5.2).
   *
   * @returns whether the line is earned by then
   */
  post(line: number): boolean {
    const { asOf } = this.#setting;
    const earnDay = dayAt(this.#lines.earnDays, line);
    if (earnDay > asOf) return false;
    const events = this.#events;
    const invoice = this.#lines.invoices[line] as number;
    const plan = this.#lines.planOf(line);
    const pricing = this.#prices.pricingOf(line);
    const steps = stepsOf(pricing);
    let step = firstOf(pricing);
    this.#start(
      line,
      invoice,
      plan,
      pricing,
      pricing.kind === 'fixed' ? pricing.rate : rateOf(steps[step - 1]),
    );
    const fold = this.#fold;
    let isEarned = false;
    let event = events.starts[invoice] as number;
    const end = events.starts[invoice + 1] as number;
    this.#today = earnDay;
    for (;;) {
      const rateDay = steps[step]?.day ?? NEVER;
      const stageDay = this.#stageDay <= asOf ? this.#stageDay : NEVER;
      const nextDay = isEarned ? stageDay : earnDay;
      const ownDay = rateDay <= nextDay ? rateDay : nextDay;
      const saleDay = event < end ? dayAt(events.days, event) : NEVER;
      // R5.8: on one day the line is re-rated, then earned, and then comes what happens to the invoice.
      const isOwn = ownDay <= saleDay;
      const day = (isOwn ? ownDay : saleDay) as Day;
      if (day === NEVER) break;
      if (day > this.#today) this.#endDays(day);
      // R19.2: for a line that is earned after the rep's last day, from the start.
      if (day > this.#lastDay) this.#leave();
      if (!isOwn) {
        const number = events.causes[event] as number;
        const cause = causeOf(number);
        const amount = amountAt(events.amounts, event);
        const source = events.sources[event] as number;
        if (cause === 'credited' && this.#takenBack !== undefined) {
          this.#takenBack = plus(this.#takenBack, this.#memos.shareOf(line, source, amount, plan.basis));
        }
        fold.apply(cause, amount, day, source);
        this.#take(day, number, source, amount);
        event += 1;
      } else if (ownDay === rateDay) {
        this.#setRate(rateOf(steps[step]));
        fold.reRate();
        this.#take(day, RE_RATED, (steps[step] as RateStep).source);
        step += 1;
      } else {
        const cause = plan.earnOn === 'booking' && !isEarned ? BOOKED : INVOICED;
        fold.earn();
        if (isEarned) this.#stageDay = NEVER;
        isEarned = true;
        this.#take(day, cause, invoice);
      }
    }
    this.#endDays(addDays(asOf, 1));
    return true;
  }

  /** R26.2: `c` of the current line after its last event, where its memos say what they take back; else undefined. */
  get takenBack(): Ratio | undefined {
    return this.#takenBack && keptAsShare(this.#takenBack);
  }

  /** Takes the line past cash that has not come: on the day after the as-of date. */
  collect(amount: Amount): void {
    const day = addDays(this.#setting.asOf, 1);
    const source = this.#lines.invoices[this.#line] as number;
    this.#fold.apply('collected', amount, day, source);
    this.#take(day, COLLECTED, source, amount);
  }

  /** Takes the line to the end of a day on which nothing more has happened. */
  waitUntil(day: Day): void {
    // R18.1: an invoice that is dated later comes by itself.
    const stageDay = this.#stageDay;
    if (stageDay !== NEVER && stageDay <= day) {
      const invoice = this.#lines.invoices[this.#line] as number;
      this.#endDays(stageDay as Day);
      this.#fold.earn();
      this.#stageDay = NEVER;
      this.#take(stageDay as Day, INVOICED, invoice);
    }
    this.#endDays(addDays(day, 1));
  }

  /** `C`: basis × rate × what was not credited, exactly, and rounded once (R4.5, R4.6, R4.8). */
  commission(credited: Amount): MinorAmount {
    const { counting, terms } = this.#setting;
    const n = this.#basisTop;
    const d = this.#basisBottom;
    const price = this.#price;
    const isPlain = this.#takenBack === undefined && this.#limits === undefined;
    if (isPlain && credited === counting.zero && price !== undefined && counting.isProduct(price.d, d)) {
      return priced(n, price, d, terms.rounding);
    }
    const top = exactly(n) * this.#rate.n;
    const bottom = exactly(d) * this.#rate.d * this.#unitsPerMinor;
    if (!isPlain) return this.#limited({ n: top, d: bottom }, credited);
    if (credited === counting.zero) return counting.minor(round(top, bottom, terms.rounding));
    const total = exactly(this.#total);
    return counting.minor(round(top * (total - exactly(credited)), bottom * total, terms.rounding));
  }

  /** R14.1, R26.2: what memos take back, where they say so, and what one sale may earn. */
  #limited(exact: Ratio, credited: Amount): MinorAmount {
    const { counting, terms } = this.#setting;
    // Credited in full, C is 0.
    if (this.#total > 0 && credited === this.#total) return counting.zero;
    const back =
      this.#takenBack === undefined
        ? ratio(exactly(credited), this.#total > 0 ? exactly(this.#total) : 1n)
        : keptAsShare(this.#takenBack);
    let commission = times(exact, minus(ONE, back));
    const { most, least } = this.#limits ?? {};
    if (most !== undefined && compare(commission, most) > 0) commission = most;
    if (most !== undefined && compare(commission, negative(most)) < 0) commission = negative(most);
    if (least !== undefined && commission.n > 0n && compare(commission, least) < 0) commission = least;
    return counting.minor(round(commission.n, commission.d, terms.rounding));
  }

  /** Starts on a line. */
  #start(line: number, invoice: number, plan: Plan, pricing: Pricing, rate: Ratio): void {
    const { totals, due } = this.#setting.books.invoices;
    const dueDay = dayAt(due, invoice);
    const days = plan.clawback?.pastDueDays;
    const isDated = days !== undefined && dueDay !== NO_DAY;
    this.#line = line;
    this.#total = amountAt(totals, invoice);
    if (pricing.kind === 'items') {
      // What is priced item by item is an amount already.
      this.#basisTop = this.#setting.counting.units(1n);
      this.#basisBottom = this.#setting.counting.one;
    } else {
      // A line without the cost that its basis needs is a fault, and the run does not come this far.
      const { n, d } = this.#prices.findSum(line) ?? (this.#lines.measure(line, plan.basis) as Fraction);
      this.#basisTop = n;
      this.#basisBottom = d;
    }
    this.#takenBack = this.#someMemosState && this.#memos.has(invoice) ? ZERO : undefined;
    this.#limits =
      plan.perInvoice &&
      lineLimits(plan.perInvoice, this.#lines.shareOf(line), this.#setting.terms.currency.digits);
    this.#setRate(rate);
    const earnDay = dayAt(this.#lines.earnDays, line);
    const pastDueFrom = isDated ? later(addDays(dueDay, days), earnDay) : undefined;
    const terms = this.#terms.of(plan, this.#lines.currencyRateOf(line));
    this.#fold.start(terms, this.#total, pastDueFrom, this.#extrasOf(line, invoice, plan, earnDay));
  }

  /** What few lines have; the rest share one that is empty. */
  #extrasOf(line: number, invoice: number, plan: Plan, earnDay: Day): LineExtras {
    if (this.#hasNoExtras) return NO_EXTRAS;
    const { counting, books } = this.#setting;
    const { invoices } = books;
    const dues = this.#dues.find(invoice);
    const lastDay = this.#lastDays.find(this.#lines.reps[line] as number);
    const invoiced = dayAt(invoices.invoiced, invoice);
    const awaitsInvoice = plan.untilInvoice.n > 0n && invoiced > earnDay;
    const { timing } = plan;
    this.#isTimed = timing !== undefined;
    this.#stageDay = awaitsInvoice ? invoiced : NEVER;
    this.#lastDay = lastDay ?? NEVER;
    const pastDueDays = plan.clawback?.pastDueDays;
    if (dues === undefined && timing === undefined && lastDay === undefined && !awaitsInvoice)
      return NO_EXTRAS;
    const start = timing && this.#timingStart(timing.from, invoice);
    return {
      clock:
        dues === undefined || pastDueDays === undefined
          ? undefined
          : new PastDueClock(dues, pastDueDays, earnDay),
      timed: start && timing && new TimedCash(counting, this.#total, timing, start),
      awaitsInvoice,
      lastDay,
    };
  }

  /** R17.1: the date that days are counted from. */
  #timingStart(from: TimingTerms['from'], invoice: number): TimingStart {
    const { invoiced, bookings } = this.#setting.books.invoices;
    switch (from) {
      case 'due':
        return { due: this.#dues.of(invoice) };
      case 'invoice':
        return { day: dayAt(invoiced, invoice) };
      case 'booking':
        return { day: dayAt(bookings, invoice) };
      default:
        return unreachable(from);
    }
  }

  /** Neighboring lines mostly have one rate. */
  #setRate(rate: Ratio): void {
    if (rate === this.#rate) return;
    this.#rate = rate;
    this.#price = this.#setting.counting.findFraction({ n: rate.n, d: rate.d * this.#unitsPerMinor });
  }

  /** R5.6, R19.2: the days from the current one until another, at whose ends the line may become past due, or its rep leave. */
  #endDays(until: Day): void {
    if (this.#lastDay >= this.#today && this.#lastDay < until) {
      const day = this.#lastDay as Day;
      this.#becomePastDue(addDays(day, 1));
      this.#leave();
      this.#take(day, LEFT, this.#lines.invoices[this.#line] as number);
    }
    this.#becomePastDue(until);
  }

  /** R5.6, R16.4: the instalments become late one after another. */
  #becomePastDue(until: Day): void {
    for (;;) {
      const day = this.#fold.becomesPastDue(this.#today, until);
      if (day === undefined) break;
      this.#take(day, PAST_DUE, this.#lines.invoices[this.#line] as number);
    }
    this.#today = until;
  }

  /** R19.2: later cash counts for the rep no more. */
  #leave(): void {
    this.#lastDay = NEVER;
    this.#fold.leave();
  }

  #take(day: Day, cause: number, source: number, amount: Amount = this.#setting.counting.zero): void {
    const fold = this.#fold;
    const isChange = fold.takeDifference();
    this.#onEvent?.(day, causeOf(cause), source, amount, fold);
    if (isChange) this.#onPosting(this.#line, day, cause, source, fold.difference);
    if (!this.#isTimed || !fold.takePremium()) return;
    this.#onEvent?.(day, 'timing', source, this.#setting.counting.zero, fold);
    this.#onPosting(this.#line, day, timingAfter(cause), source, fold.difference);
  }
}

/**
 * R14.1: the limits of a line are × its share.
 *
 * @returns in minor units
 */
export function lineLimits({ most, least }: SaleLimits, share: Ratio, digits: number): SaleLimits {
  const factor = { n: share.n * powerOfTen(digits), d: share.d };
  return { most: most && times(most, factor), least: least && times(least, factor) };
}

const NO_STEPS: readonly RateStep[] = [];

/** The rates of a line one after another; none where its booking fixes the only one. */
export function stepsOf(pricing: Pricing): readonly RateStep[] {
  switch (pricing.kind) {
    case 'fixed':
      return NO_STEPS;
    case 'retroactive':
      return pricing.steps;
    case 'items':
      return stepsOfItems(pricing);
    default:
      return unreachable(pricing);
  }
}

/** The place of the first step after the line's booking day. */
function firstOf(pricing: Pricing): number {
  if (pricing.kind === 'fixed') return 0;
  return pricing.kind === 'items' ? 1 : pricing.first + 1;
}

function rateOf(step: RateStep | undefined): Ratio {
  return (step as RateStep).rate;
}
