/** Who is credited with the cash that comes in, and what becomes of it (R12.4, R28.1). */
import { type Amount, amountAt, exactly, minus } from '../../amount.js';
import { type Day, dayAt } from '../../day.js';
import { byCodeUnit } from '../../order.js';
import type { PlanFinder } from '../../plans/assignments.js';
import type { CashTerms, Plan } from '../../plans/plan.js';
import { ONE, type Ratio, ratio, times } from '../../ratio.js';
import { type Cause, causeOf, effectOf } from '../r1-words/causes.js';
import type { Setting } from '../setting.js';
import type { Credits, OwnShare } from './credits.js';
import type { Dues } from './dues.js';
import { type LastDays, lastDaysOf } from './leavers.js';
import type { Lines } from './lines.js';
import { type CashEvent, type Parcel, ParcelStack, piecesOf } from './parcels.js';
import type { SaleEvents } from './sale-events.js';

/** Cash that a rep is credited with: a booking of its own, in order of R12.4. */
export interface CashBooking {
  /** Its place among all bookings of cash. */
  readonly number: number;
  readonly day: Day;
  /** The place of its line. */
  readonly line: number;
  readonly plan: Plan;
  /** Of the sale, for the rep's share, in the workspace's units. */
  readonly cash: Ratio;
}

/** What goes again of cash that counted toward quota. */
export interface CashLoss {
  readonly day: Day;
  readonly line: number;
  readonly cash: Ratio;
}

/** What one rep is credited with. */
export interface RepCash {
  readonly first: number;
  readonly bookings: readonly CashBooking[];
  readonly losses: readonly CashLoss[];
}

/** What an event does to the bookings of a line: each by its number, with the part of it that comes or goes. */
export interface CashStep {
  readonly day: Day;
  readonly cause: Cause;
  readonly source: number;
  /** The line of the plan that the posting names. */
  readonly line: number;
  readonly changes: readonly { readonly booking: number; readonly part: Ratio }[];
}

/** The cash of one rep on one invoice: what happens to it in order. */
export interface CashHistory {
  readonly invoice: number;
  readonly rep: number;
  readonly steps: readonly CashStep[];
}

/** A line of credit cash: one for each plan that its postings name, whatever its version. */
export interface CashLine {
  readonly invoice: number;
  readonly rep: number;
  readonly plan: Plan;
}

export interface CashCredits {
  readonly ofRep: (rep: number) => RepCash | undefined;
  /** In order of (invoice id, rep id). */
  readonly histories: readonly CashHistory[];
  /** Known by their places, which follow those of the other lines. */
  readonly lines: readonly CashLine[];
  readonly count: number;
}

/**
 * The lines with those of credit cash behind them: their postings are made from the cash itself (R12.4), so they are no part
 * of the lines that are counted in `length`.
 */
export function withCash(lines: Lines, cash: readonly CashLine[]): Lines {
  const { length } = lines;
  const end = length + cash.length;
  const [invoices, reps] = [new Int32Array(end), new Int32Array(end)];
  invoices.set(lines.invoices.subarray(0, length));
  reps.set(lines.reps.subarray(0, length));
  cash.forEach(({ invoice, rep }, at) => {
    invoices[length + at] = invoice;
    reps[length + at] = rep;
  });
  return {
    ...lines,
    invoices,
    reps,
    planOf: (line) => (line < length ? lines.planOf(line) : (cash[line - length] as CashLine).plan),
    creditOf: (line) => (line < length ? lines.creditOf(line) : 'cash'),
    findQuotaCredit: (line) => (line < length ? lines.findQuotaCredit(line) : undefined),
  };
}

/** Credits cash to those whose plan of credit cash pays for it; undefined where no plan does. */
export function cashCreditsOf(
  setting: Setting,
  credits: Credits,
  events: SaleEvents,
  dues: Dues,
): CashCredits | undefined {
  const { terms, books, asOf } = setting;
  if (!terms.plans.some(({ credit }) => credit === 'cash')) return undefined;
  const { invoices, reps } = books;
  const maker = new CashMaker(setting, credits, dues);
  for (const invoice of invoices.ids.inOrder()) {
    const isSale = credits.fates.isUsed(invoice) && amountAt(invoices.totals, invoice) > 0;
    if (!isSale || dayAt(invoices.bookings, invoice) > asOf) continue;
    maker.addInvoice(invoice, eventsOf(events, invoice), (a, b) =>
      byCodeUnit(reps.nameOf(a), reps.nameOf(b)),
    );
  }
  return maker.credits();
}

function eventsOf({ starts, days, causes, sources, amounts }: SaleEvents, invoice: number): CashEvent[] {
  const own: CashEvent[] = [];
  for (let at = starts[invoice] as number; at < (starts[invoice + 1] as number); at += 1) {
    const cause = causeOf(causes[at] as number);
    own.push({ day: dayAt(days, at), cause, source: sources[at] as number, amount: amountAt(amounts, at) });
  }
  return own;
}

/** A booking while its invoice is gone through: the stretch of cash that is left of it. */
interface Holding {
  readonly booking: CashBooking;
  readonly from: Amount;
  readonly length: Amount;
  to: Amount;
}

/** One rep's part of an invoice while it is gone through. */
interface Part {
  readonly steps: CashStep[];
  /** By the event of the parcel that they lie in. */
  readonly holdings: Map<CashEvent, Holding[]>;
}

class CashMaker {
  readonly #setting: Setting;
  readonly #credits: Credits;
  readonly #dues: Dues;
  readonly #accounts: Accounts;
  readonly #lastDays: LastDays;
  readonly #lines: CashLine[] = [];
  readonly #histories: CashHistory[] = [];
  readonly #byRep = new Map<number, { bookings: CashBooking[]; losses: CashLoss[] }>();
  #count = 0;
  // Of the current invoice.
  #invoice = 0;
  #parts = new Map<number, Part>();
  #lineOf = new Map<number, Map<string, number>>();

  constructor(setting: Setting, credits: Credits, dues: Dues) {
    this.#setting = setting;
    this.#credits = credits;
    this.#dues = dues;
    this.#accounts = new Accounts(setting);
    this.#lastDays = lastDaysOf(setting);
  }

  /** Goes through what happened to an invoice. Cash from before its booking is booked on the booking date. */
  addInvoice(invoice: number, events: readonly CashEvent[], byRepId: (a: number, b: number) => number): void {
    const { books, counting } = this.#setting;
    this.#invoice = invoice;
    this.#parts = new Map();
    this.#lineOf = new Map();
    const booked = dayAt(books.invoices.bookings, invoice);
    const stack = new ParcelStack(counting, amountAt(books.invoices.totals, invoice));
    const earlier = events.filter(({ day }) => day < booked);
    for (const event of earlier) stack.apply(event);
    for (const parcel of stack.parcels) this.#put(parcel, booked);
    for (const event of events.slice(earlier.length)) {
      const { put, taken } = stack.apply(event);
      if (put !== undefined) this.#put(put, event.day);
      if (taken.length > 0) this.#take(event, taken);
    }
    for (const [rep, { steps }] of [...this.#parts].sort(([a], [b]) => byRepId(a, b))) {
      this.#histories.push({ invoice, rep, steps });
    }
  }

  credits(): CashCredits {
    const byRep = new Map(
      Array.from(this.#byRep, ([rep, { bookings, losses }]) => {
        // What is of one day stays in order of invoice and event.
        bookings.sort((a, b) => a.day - b.day);
        losses.sort((a, b) => a.day - b.day);
        return [rep, { first: bookings[0]?.day ?? Number.POSITIVE_INFINITY, bookings, losses }];
      }),
    );
    return {
      ofRep: (rep) => byRep.get(rep),
      histories: this.#histories,
      lines: this.#lines,
      count: this.#count,
    };
  }

  /** A parcel is credited to those whose plan of the day pays for it. */
  #put(parcel: Parcel, day: Day): void {
    for (const { rep, share, plan } of this.#creditedWith(parcel.event, day)) {
      const pieces = this.#piecesFor(parcel, plan.cash as CashTerms);
      if (pieces.length === 0) continue;
      const part = this.#partOf(rep);
      const line = this.#lineFor(rep, plan);
      const holdings = pieces.map(({ from, to }): Holding => {
        const booking = { number: this.#count, day, line, plan, cash: this.#cashOf(minus(to, from), share) };
        this.#count += 1;
        this.#ofRep(rep).bookings.push(booking);
        return { booking, from, to, length: minus(to, from) };
      });
      part.holdings.set(parcel.event, holdings);
      const changes = holdings.map(({ booking }) => ({ booking: booking.number, part: ONE }));
      part.steps.push({ day, cause: parcel.event.cause, source: parcel.event.source, line, changes });
    }
  }

  /** What is taken from parcels is taken from whom it was credited to (R28.1). */
  #take(event: CashEvent, taken: readonly { readonly parcel: Parcel; readonly to: Amount }[]): void {
    const { reps } = this.#setting.books;
    for (const [rep, { holdings, steps }] of this.#parts) {
      const changes: { booking: number; part: Ratio }[] = [];
      let lastTaken: Plan | undefined;
      for (const { parcel, to } of taken) {
        // From the top: the last piece first.
        for (const holding of [...(holdings.get(parcel.event) ?? [])].reverse()) {
          const end = to > holding.from ? to : holding.from;
          if (end >= holding.to) continue;
          const { booking, length } = holding;
          const part = ratio(exactly(minus(holding.to, end)), exactly(length));
          holding.to = end;
          changes.push({ booking: booking.number, part: { n: -part.n, d: part.d } });
          lastTaken = booking.plan;
          if (!booking.plan.creditsReduceQuota) continue;
          const cash = times(booking.cash, part);
          this.#ofRep(rep).losses.push({ day: event.day, line: booking.line, cash });
        }
      }
      if (lastTaken === undefined) continue;
      const plan = this.#credits.planOf(reps.nameOf(rep), event.day, 'cash') ?? lastTaken;
      const line = this.#lineFor(rep, plan);
      steps.push({ day: event.day, cause: event.cause, source: event.source, line, changes });
    }
  }

  /** Who is paid for cash that came with an event: the accounts' reps, and the collector. */
  *#creditedWith(
    event: CashEvent,
    day: Day,
  ): Iterable<{ readonly rep: number; readonly share: Ratio; readonly plan: Plan }> {
    const { reps } = this.#setting.books;
    const planOf: PlanFinder = this.#credits.planOf;
    const find = (rep: number, of: CashTerms['of']): Plan | undefined => {
      // R19.2: cash after a rep's last day for it gives no credit.
      if (event.day > (this.#lastDays.find(rep) ?? event.day)) return undefined;
      const plan = rep < 0 ? undefined : planOf(reps.nameOf(rep), day, 'cash');
      return plan?.cash?.of === of ? plan : undefined;
    };
    for (const { rep, share } of this.#accountsOf(day)) {
      const plan = find(rep, 'account');
      if (plan !== undefined) yield { rep, share, plan };
    }
    const collector = this.#collectorOf(event);
    const plan = collector === undefined ? undefined : find(collector, 'collector');
    if (collector !== undefined && plan !== undefined) yield { rep: collector, share: ONE, plan };
  }

  /** R28.1: those who have the customer's account on the day, or those credited on the invoice. */
  #accountsOf(day: Day): readonly OwnShare[] {
    return this.#accounts.find(this.#invoice, day) ?? this.#credits.sharesOf(this.#invoice);
  }

  #collectorOf({ source, cause }: CashEvent): number | undefined {
    const { sources, books } = this.#setting;
    const { collectors } = books.payments;
    // R16.1: what the reversal of a credit raises has no collector, even where it is that of a discount.
    if (collectors === undefined || effectOf(cause) !== 'cash' || sources.ledgerOf(source) !== 'payments')
      return undefined;
    const collector = collectors[source - sources.firstOf('payments')] as number;
    return collector < 0 ? undefined : collector;
  }

  /** R12.4: the stretches of a parcel that a plan pays for. */
  #piecesFor(
    parcel: Parcel,
    { pastDue }: CashTerms,
  ): readonly { readonly from: Amount; readonly to: Amount }[] {
    if (pastDue === undefined) return [parcel];
    return piecesOf(parcel, this.#dues.of(this.#invoice)).filter(
      ({ daysLate }) =>
        daysLate !== undefined &&
        daysLate >= pastDue.from &&
        (pastDue.to === undefined || daysLate <= pastDue.to),
    );
  }

  /** Length × amount ÷ total × share × the currency rate. */
  #cashOf(length: Amount, share: Ratio): Ratio {
    const { amounts, totals } = this.#setting.books.invoices;
    const [amount, total] = [amountAt(amounts, this.#invoice), amountAt(totals, this.#invoice)];
    const cash = ratio(exactly(length) * exactly(amount), exactly(total));
    return times(times(cash, share), this.#credits.currencies.rateOf(this.#invoice));
  }

  #partOf(rep: number): Part {
    let part = this.#parts.get(rep);
    if (part === undefined) {
      part = { steps: [], holdings: new Map() };
      this.#parts.set(rep, part);
    }
    return part;
  }

  #ofRep(rep: number): { bookings: CashBooking[]; losses: CashLoss[] } {
    let own = this.#byRep.get(rep);
    if (own === undefined) {
      own = { bookings: [], losses: [] };
      this.#byRep.set(rep, own);
    }
    return own;
  }

  /** The line of a rep and plan on the current invoice. */
  #lineFor(rep: number, plan: Plan): number {
    let own = this.#lineOf.get(rep);
    if (own === undefined) {
      own = new Map();
      this.#lineOf.set(rep, own);
    }
    const known = own.get(plan.id);
    if (known !== undefined) return known;
    const line = this.#credits.lines.length + this.#lines.length;
    this.#lines.push({ invoice: this.#invoice, rep, plan });
    own.set(plan.id, line);
    return line;
  }
}

/** R28.1: who has which customer's account. */
class Accounts {
  readonly #setting: Setting;
  readonly #byCustomer:
    | Map<
        string,
        { readonly rep: number; readonly from: Day; readonly until: Day | undefined; readonly share: Ratio }[]
      >
    | undefined;

  constructor(setting: Setting) {
    const { accounts, reps } = setting.books;
    this.#setting = setting;
    if (accounts === undefined) return;
    this.#byCustomer = new Map();
    const inOrder = [...accounts].sort((a, b) => byCodeUnit(a.to, b.to));
    for (const { of, to, from, until, share } of inOrder) {
      const row = { rep: reps.numberOf(to), from, until, share };
      const own = this.#byCustomer.get(of);
      if (own === undefined) this.#byCustomer.set(of, [row]);
      else own.push(row);
    }
  }

  /** In order of rep id; undefined without an accounts ledger. */
  find(invoice: number, day: Day): readonly OwnShare[] | undefined {
    if (this.#byCustomer === undefined) return undefined;
    const rows = this.#byCustomer.get(this.#setting.books.invoices.customers.at(invoice)) ?? [];
    return rows.filter(({ from, until }) => from <= day && (until === undefined || day <= until));
  }
}
