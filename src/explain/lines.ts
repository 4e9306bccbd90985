/** Why a line came to its amounts: its booking, its rate, and every event with what it changed (R3–R6). */
import { type Amount, amountAt, exactly, minus as less } from '../amount.js';
import { type Day, dayAt, isoOf } from '../day.js';
import type { Cause } from '../engine/r1-words/causes.js';
import { type LineAmounts, lineAmounts } from '../engine/r1-words/line-accounts.js';
import type { Instalment } from '../engine/r3-sales/dues.js';
import { lastDaysOf } from '../engine/r3-sales/leavers.js';
import type { Lines } from '../engine/r3-sales/lines.js';
import { statedColumnOf, statedPart } from '../engine/r4-rates/opened.js';
import { type Booked, type BookedItem, stepsOfItems } from '../engine/r4-rates/prices.js';
import type { LineFold } from '../engine/r5-targets/line-fold.js';
import type { TimedPiece } from '../engine/r5-targets/premium.js';
import type { Targets } from '../engine/r5-targets/targets.js';
import { lineLimits, type OnPosting, Poster } from '../engine/r6-postings/poster.js';
import type { Explainable } from '../engine/result.js';
import type { LineWorking } from '../engine/working.js';
import type { CreditKind } from '../ledger-specs/credit-kinds.js';
import type { Minor, Units } from '../money.js';
import type { Level } from '../plans/levels.js';
import type { Measure, Plan, SaleLimits } from '../plans/plan.js';
import { over, type Ratio } from '../ratio.js';
import { type SliceExplanation, slicesOf } from './slices.js';

/** How the line got its rate. Amounts are in units of 10^-scale. */
export type RateExplanation =
  | { readonly kind: 'flat'; readonly rate: Ratio }
  /**
   * No rate: the invoice was booked up to the opening, and the invoice ledger states what all its reps, or all of their
   * managers, earn on it; `part` of that is the line's.
   */
  | { readonly kind: 'stated'; readonly commission: Units; readonly part: Ratio }
  | {
      readonly kind: 'marginal';
      readonly quota: QuotaExplanation | undefined;
      readonly slices: readonly SliceExplanation[];
    }
  | {
      readonly kind: 'retroactive';
      readonly quota: QuotaExplanation | undefined;
      /** From the line's own booking day on. */
      readonly steps: readonly {
        readonly date: string;
        readonly sourceId: string;
        readonly attained: Ratio;
        readonly rate: Ratio;
      }[];
    }
  | {
      readonly kind: 'items';
      readonly items: readonly ItemExplanation[];
      /** The commission of all items before rounding, on the booking day and each day on which it is re-rated. */
      readonly sums: readonly { readonly date: string; readonly sourceId: string; readonly amount: Ratio }[];
    };

/** How one item of a line was paid (R13.3); amounts in units. */
export interface ItemExplanation {
  /** Undefined where the invoice has no items, and is one. */
  readonly itemId: string | undefined;
  /** Blank where it has none. */
  readonly category: string;
  /** What its rate is applied to: the rep's share. */
  readonly base: Ratio;
  /** Where it fell in its table (R4.5); none where it has one rate. */
  readonly slices: readonly SliceExplanation[];
  /** Its one rate: flat, or that of the band which the whole booking reaches (R27.2); undefined where it has slices. */
  readonly rate: Ratio | undefined;
  /** Its commission before rounding, as the booking fixed it; undefined where its quarter re-rates it (R4.6). */
  readonly amount: Ratio | undefined;
}

/** The quota of which a table's thresholds are shares. */
export interface QuotaExplanation {
  /** `2025-Q1`, `2025-Q1 to 2025-Q3` or `2025`. */
  readonly window: string;
  readonly sum: Units;
}

/** An event of a line: what it was, what was computed then, and what it changed. */
export interface EventExplanation {
  readonly date: string;
  readonly cause: Cause;
  readonly sourceId: string;
  /** Of the ledger row, in units; 0 if the event has none. */
  readonly amount: Units;
  /** `C` from here on, in minor units (R4.8). */
  readonly commission: Minor;
  /** `H`: of it, what waits for cash (R5.3). */
  readonly waiting: Minor;
  /** `c`: the part of the line that is taken back, where a memo says so; else undefined: credited ÷ total (R26.2). */
  readonly takenBack: Ratio | undefined;
  /** In units: credited, `T`, and how much of it is collected and closed (R5). */
  readonly credited: Units;
  readonly due: Units;
  readonly collected: Units;
  readonly closed: Units;
  /** How much of `T` keeps its advance (R5.6); undefined if the plan never takes anything back. */
  readonly kept: Units | undefined;
  /** How much of `T` is collected in time for a rep who has left (R19.2); undefined while all cash counts. */
  readonly counted: Units | undefined;
  /** What waits for the invoice (R18.1), and what early and late cash has added so far (R17.2), in minor units. */
  readonly staged: Minor;
  readonly premium: Minor;
  /** Of a `timing` event: the cash that it goes by. */
  readonly timed: readonly TimedExplanation[] | undefined;
  /** The due dates of the instalments that are late by then, in the order in which they became late (R16.4). */
  readonly late: readonly string[];
  /** Whether commission is already posted (R5.2). */
  readonly isEarned: boolean;
  /** What the line has come to after it. */
  readonly after: LineAmounts;
  /** What it changed, which is what is posted; undefined if nothing. */
  readonly change: LineAmounts | undefined;
}

/** A stretch of cash and its factor (R17). */
export interface TimedExplanation {
  /** Of the payment that it came with. */
  readonly sourceId: string;
  readonly amount: Units;
  /** Below 0 where it was early. */
  readonly days: number;
  readonly factor: Ratio;
}

/** An instalment of an invoice (R16.2). */
export interface InstalmentExplanation {
  readonly due: string;
  readonly amount: Units;
}

/** Days that do not count (R16.5). */
export interface DisputeExplanation {
  readonly from: string;
  /** Undefined while it is open. */
  readonly to: string | undefined;
}

/** A part of a manager's credit (R12.3). */
export interface TeamPart {
  readonly repId: string;
  /** The rep's own share of the invoice, and the manager's share of that. */
  readonly share: Ratio;
  readonly part: Ratio;
}

/** What the invoice's currency is worth in the workspace's, since which day (R15.1). */
export interface CurrencyRateExplanation {
  readonly currency: string;
  readonly date: string;
  readonly rate: Ratio;
}

/** The life of one rep's line on an invoice. */
export interface LineExplanation {
  readonly invoiceId: string;
  readonly customerId: string;
  readonly repId: string;
  readonly planId: string;
  readonly credit: CreditKind;
  /** The share of the invoice that the rep is credited with. */
  readonly share: Ratio;
  /** R12.3: whose credit it comes from, where it is a manager's: each rep's share × what of it comes up the tree. */
  readonly team: readonly TeamPart[];
  /** R15.1: undefined where the invoice is in the workspace's currency. */
  readonly currencyRate: CurrencyRateExplanation | undefined;
  /** R14.1: the limits of the line, in minor units; undefined where the plan has none. */
  readonly limits: SaleLimits | undefined;
  readonly level: Level;
  readonly plan: Plan;
  /** Of the invoice, in units. */
  readonly amount: Units;
  readonly total: Units;
  readonly cost: Units | undefined;
  readonly booked: string;
  readonly invoiced: string;
  readonly due: string | undefined;
  /** In order of due date; empty unless it is due in several. */
  readonly instalments: readonly InstalmentExplanation[];
  readonly disputes: readonly DisputeExplanation[];
  /** The rep's last day for cash (R19.1); undefined where cash of any day counts. */
  readonly lastDay: string | undefined;
  /** The day from which commission is posted (R5.2). */
  readonly earnsOn: string;
  readonly basis: Measure;
  /** What the rate is applied to: the rep's share, in units. */
  readonly base: Ratio;
  readonly rate: RateExplanation;
  /** In order. */
  readonly events: readonly EventExplanation[];
}

/**
 * Explains the lines of an invoice: what was booked, at which rate and why, and every event with what it changed. The
 * figures are those of the calculation: its slices, and its own steps from event to event.
 *
 * @param calculation - with `lines` kept
 * @param invoiceId - the invoice; a credit memo is not a sale of its own
 * @param repId - one rep's line only
 * @returns by rep id; empty if no such line is booked as of the date
 * @example explainLines(calculation, 'INV-3')[0]?.events[0]?.change?.held // 1090000n
 */
export function explainLines(
  calculation: Explainable,
  invoiceId: string,
  repId?: string,
): readonly LineExplanation[] {
  const isRequested = (rep: string, invoice: string) =>
    invoice === invoiceId && (repId === undefined || rep === repId);
  return [...explainAllLines(calculation, isRequested)];
}

/**
 * Explains every line, in order of invoice and rep id.
 *
 * @param isRequested - the lines to explain; all without
 */
export function* explainAllLines(
  calculation: Explainable,
  isRequested: (repId: string, invoiceId: string) => boolean = () => true,
): Iterable<LineExplanation> {
  const working = calculation.working.lines;
  const { lines } = working;
  const { reps, invoices } = working.setting.books;
  for (let line = 0; line < lines.length; line += 1) {
    const invoice = invoices.ids.at(lines.invoices[line] as number);
    if (isRequested(reps.nameOf(lines.reps[line] as number), invoice)) yield explainLine(working, line);
  }
}

function explainLine(working: LineWorking, line: number): LineExplanation {
  const { setting, lines, dues } = working;
  const { books, terms, counting, sources } = setting;
  const { invoices, reps } = books;
  const invoice = lines.invoices[line] as number;
  const plan = lines.planOf(line);
  const { basis } = plan;
  const measured = lines.measure(line, basis);
  const base = { n: exactly(measured?.n ?? counting.zero), d: exactly(measured?.d ?? counting.one) };
  const { instalments, disputed } = dues.of(invoice);
  const [first, ...others] = instalments;
  const due = others.length === 0 ? first?.due : undefined;
  const lastDay = lastDaysOf(setting).find(lines.reps[line] as number);
  const timedOf = ({ source, length, days, factor }: TimedPiece): TimedExplanation => {
    return { sourceId: sources.idOf(source), amount: exactly(length), days, factor };
  };
  const cost = invoices.costs?.[invoice];
  const currencyRate = working.credits.currencies.find(invoice);
  const events: EventExplanation[] = [];
  const note = (day: Day, cause: Cause, source: number, amount: Amount, fold: LineFold) => {
    const { state, parts } = fold;
    events.push({
      date: isoOf(day),
      cause,
      sourceId: sources.idOf(source),
      amount: exactly(amount),
      commission: exactly(state.commission),
      takenBack: poster.takenBack,
      waiting: exactly(parts.waiting),
      credited: exactly(state.total > 0 ? less(state.total, parts.due) : counting.zero),
      due: exactly(parts.due),
      collected: exactly(parts.collected),
      closed: exactly(parts.closed),
      kept: parts.kept === undefined ? undefined : exactly(parts.kept),
      counted: parts.counted === undefined ? undefined : exactly(parts.counted),
      staged: exactly(parts.staged),
      premium: exactly(fold.premium),
      timed: cause === 'timing' ? fold.timed?.map(timedOf) : undefined,
      late: state.late?.flatMap(({ part }) => (part.due === undefined ? [] : [isoOf(part.due)])) ?? NONE_LATE,
      isEarned: fold.isEarned,
      after: amountsOf(fold.posted),
      change: undefined,
    });
  };
  const change: OnPosting = (_line, _day, _cause, _source, changed) => {
    const last = events.pop() as EventExplanation;
    events.push({ ...last, change: amountsOf(changed) });
  };
  const poster = new Poster(setting, working, change, note);
  poster.post(line);
  return {
    invoiceId: invoices.ids.at(invoice),
    customerId: invoices.customers.at(invoice),
    repId: reps.nameOf(lines.reps[line] as number),
    planId: plan.id,
    credit: lines.creditOf(line),
    share: lines.shareOf(line),
    team: teamPartsOf(working, line),
    currencyRate: currencyRate && { ...currencyRate, date: isoOf(currencyRate.date) },
    limits: plan.perInvoice && lineLimits(plan.perInvoice, lines.shareOf(line), terms.currency.digits),
    level: plan.level,
    plan,
    amount: exactly(amountAt(invoices.amounts, invoice)),
    total: exactly(amountAt(invoices.totals, invoice)),
    cost: cost === undefined ? undefined : exactly(cost),
    booked: isoOf(dayAt(invoices.bookings, invoice)),
    invoiced: isoOf(dayAt(invoices.invoiced, invoice)),
    due: due === undefined ? undefined : isoOf(due),
    instalments: others.length === 0 ? [] : instalments.map(instalmentOf),
    disputes: disputed.map(({ from, to }) => ({
      from: isoOf(from),
      to: to === undefined ? undefined : isoOf(to),
    })),
    lastDay: lastDay === undefined ? undefined : isoOf(lastDay),
    earnsOn: isoOf(dayAt(lines.earnDays, line)),
    basis,
    base,
    rate: explainRate(working, line, base),
    events,
  };
}

const NONE_LATE: readonly string[] = [];

function instalmentOf({ from, to, due }: Instalment): InstalmentExplanation {
  return { due: due === undefined ? '' : isoOf(due), amount: exactly(less(to, from)) };
}

/** R12.3: the own credits that a manager's comes from; none of an own line. */
function teamPartsOf({ setting, lines, credits }: LineWorking, line: number): readonly TeamPart[] {
  if (lines.creditOf(line) !== 'team') return [];
  const { reps, invoices } = setting.books;
  const invoice = lines.invoices[line] as number;
  const booked = dayAt(invoices.bookings, invoice);
  return credits.sharesOf(invoice).flatMap(({ rep, share }): readonly TeamPart[] => {
    const above = credits.teams?.managersOf(rep, booked);
    const part =
      above?.kind === 'tree' ? above.shares.find((one) => one.manager === lines.reps[line]) : undefined;
    return part === undefined ? [] : [{ repId: reps.nameOf(rep), share, part: part.share }];
  });
}

function explainRate({ setting, lines, prices }: LineWorking, line: number, base: Ratio): RateExplanation {
  const { invoices } = setting.books;
  const plan = lines.planOf(line);
  const pricing = prices.pricingOf(line);
  const booked = prices.findBooked(line);
  const commission = invoices.stated[statedColumnOf(lines, line)].get(lines.invoices[line] as number);
  if (pricing.kind === 'retroactive') {
    const steps = pricing.steps.slice(pricing.first).map(({ day, source, rate, attained }) => ({
      date: isoOf(day as Day),
      sourceId: setting.sources.idOf(source),
      attained: attained as Ratio,
      rate,
    }));
    return { kind: 'retroactive', quota: quotaOf(booked), steps };
  }
  if (pricing.kind === 'items') {
    const items = (prices.findItems(line) ?? []).map((item) => itemOf(lines, item));
    const day = dayAt(invoices.bookings, lines.invoices[line] as number);
    const sums = stepsOfItems(pricing).map((step) => ({
      date: isoOf(Number.isFinite(step.day) ? (step.day as Day) : day),
      sourceId: setting.sources.idOf(step.source),
      amount: step.rate,
    }));
    return { kind: 'items', items, sums };
  }
  if (booked !== undefined) {
    const measured = lines.measure(line, plan.measure);
    const m = measured && { n: exactly(measured.n), d: exactly(measured.d) };
    return { kind: 'marginal', quota: quotaOf(booked), slices: slicesOf(booked, base, m) };
  }
  if (commission !== undefined) return { kind: 'stated', commission, part: statedPart(lines, line) };
  return { kind: 'flat', rate: pricing.rate };
}

function itemOf(
  { items }: Lines,
  { item, category, basis, counted, commission, booked }: BookedItem,
): ItemExplanation {
  const slices = booked === undefined ? [] : slicesOf(booked, basis, counted);
  const isOneRate = slices.length === 0 && commission !== undefined && basis.n !== 0n;
  return {
    itemId: item === undefined ? undefined : items?.idOf(item),
    category,
    base: basis,
    slices,
    rate: isOneRate ? over(commission, basis) : undefined,
    amount: commission,
  };
}

function quotaOf(booked: Booked | undefined): QuotaExplanation | undefined {
  const quota = booked?.gauge.quota;
  return quota?.sum === undefined ? undefined : { window: quota.window, sum: quota.sum };
}

function amountsOf(targets: Readonly<Targets>): LineAmounts {
  return lineAmounts((account) => exactly(targets[account]));
}
