/** One pass over all postings: what plans have come to, on which customers held commission waits, and how early caps were reached. */
import { exactly, type MinorAmount, minus, plus } from '../amount.js';
import { type Day, dayAt } from '../day.js';
import { numberOf } from '../engine/r1-words/causes.js';
import { findQuarter } from '../engine/r2-ledgers/calendar.js';
import { NO_DAY } from '../engine/r2-ledgers/ledger-table.js';
import { CHANGES, type PostingTable } from '../engine/r6-postings/posting-table.js';
import type { LineWorking } from '../engine/working.js';
import type { Minor } from '../money.js';
import type { Plan } from '../plans/plan.js';
import type { Customers } from './customers.js';

/** What the lines of a plan have come to, in minor units. */
export interface PlanSums {
  readonly advanced: Minor;
  readonly held: Minor;
  /** Taken back, less what was given back. */
  readonly clawedBack: Minor;
  /** How many lines wait for cash, and since when the oldest does. */
  readonly waiting: number;
  readonly waitingSince: Day | undefined;
  /** What write-offs took back before the due date. */
  readonly early: EarlyClawbacks;
  /** What the plan paid in windows of its cap, by rep number, then by window; empty without a cap. */
  readonly capWindows: ReadonlyMap<number, ReadonlyMap<number, CapWindow>>;
}

/** Commission that was taken back before the due date of its invoice. */
export interface EarlyClawbacks {
  readonly count: number;
  readonly amount: Minor;
  /** The first by day, then by invoice id. */
  readonly first: FirstClawback | undefined;
}

/** An invoice by its number, the day of the clawback, and the due date. */
interface FirstClawback {
  readonly invoice: number;
  readonly day: Day;
  readonly due: Day;
}

/** What a plan with a cap came to in a window (R22.1), before the cap. */
export interface CapWindow {
  /** `2025-Q1`, or `2025`. */
  readonly name: string;
  readonly inFirstMonth: Minor;
  readonly all: Minor;
}

/** What waits for the cash of each customer. */
export interface HeldBy {
  /** By customer number, in minor units. */
  readonly customers: ReadonlyMap<number, Minor>;
  readonly lines: number;
}

export interface LineSums {
  of(plan: Plan): PlanSums;
  /** By rep number. */
  readonly held: ReadonlyMap<number, HeldBy>;
}

const [ADVANCED, RELEASED, HELD, CLAWED_BACK] = (['advanced', 'released', 'held', 'clawedBack'] as const).map(
  (account) => CHANGES.indexOf(account),
) as [number, number, number, number];

const WRITTEN_OFF = numberOf('written-off');

/** The days of a window that count as its first month. */
const FIRST_MONTH = 31;

/** Adds up the postings line by line: those of a line lie next to each other. */
export function lineSums(working: LineWorking, table: PostingTable, customers: Customers): LineSums {
  const { lines } = table;
  const { zero } = working.setting.counting;
  const byPlan = new Map<Plan, GrowingSums>();
  const byRep = new Map<number, GrowingHeld>();
  let line = -1;
  let sums = new GrowingSums(working);
  let held: MinorAmount = zero;
  let since: Day = 0 as Day;
  const endLine = () => {
    if (held === zero) return;
    sums.addWaiting(held, since);
    const rep = lines.reps[line] as number;
    const own = byRep.get(rep) ?? { customers: new Map<number, MinorAmount>(), lines: 0 };
    byRep.set(rep, own);
    const customer = customers.of[lines.invoices[line] as number] as number;
    own.customers.set(customer, plus(own.customers.get(customer) ?? zero, held));
    own.lines += 1;
  };
  for (let posting = 0; posting < table.length; posting += 1) {
    const own = table.lineOf(posting);
    if (own !== line) {
      endLine();
      line = own;
      held = zero;
      since = table.dayOf(posting);
      const plan = lines.planOf(line);
      sums = byPlan.get(plan) ?? new GrowingSums(working, plan);
      byPlan.set(plan, sums);
    }
    held = plus(held, table.changeOf(posting, HELD));
    sums.add(table, posting, lines.reps[line] as number, lines.invoices[line] as number);
  }
  endLine();
  const nothing = new GrowingSums(working);
  return {
    of: (plan) => (byPlan.get(plan) ?? nothing).exactly(),
    held: new Map(
      [...byRep].map(([rep, one]) => [rep, { lines: one.lines, customers: exactlyEach(one.customers) }]),
    ),
  };
}

interface GrowingHeld {
  readonly customers: Map<number, MinorAmount>;
  lines: number;
}

function exactlyEach(amounts: ReadonlyMap<number, MinorAmount>): ReadonlyMap<number, Minor> {
  return new Map([...amounts].map(([key, amount]) => [key, exactly(amount)]));
}

/** The sums of a plan while they grow. */
class GrowingSums {
  readonly #working: LineWorking;
  readonly #per: 'quarter' | 'year' | undefined;
  #advanced: MinorAmount;
  #held: MinorAmount;
  #clawedBack: MinorAmount;
  #waiting = 0;
  #waitingSince: Day | undefined;
  #early: { count: number; amount: MinorAmount; first: FirstClawback | undefined };
  readonly #capWindows = new Map<number, Map<number, GrowingWindow>>();

  constructor(working: LineWorking, plan?: Plan) {
    const { zero } = working.setting.counting;
    this.#working = working;
    const per = plan?.cap?.per;
    this.#per = per === 'pay-period' ? undefined : per;
    this.#advanced = zero;
    this.#held = zero;
    this.#clawedBack = zero;
    this.#early = { count: 0, amount: zero, first: undefined };
  }

  add(table: PostingTable, posting: number, rep: number, invoice: number): void {
    const back = table.changeOf(posting, CLAWED_BACK);
    const advanced = table.changeOf(posting, ADVANCED);
    this.#advanced = plus(this.#advanced, advanced);
    this.#clawedBack = plus(this.#clawedBack, back);
    if (back > 0 && table.causeOf(posting) === WRITTEN_OFF)
      this.#noteEarly(invoice, table.dayOf(posting), back);
    if (this.#per === undefined) return;
    const net = minus(plus(advanced, table.changeOf(posting, RELEASED)), back);
    this.#addToWindow(this.#per, rep, table.dayOf(posting), net);
  }

  /** A line that waits for cash. */
  addWaiting(held: MinorAmount, since: Day): void {
    this.#held = plus(this.#held, held);
    this.#waiting += 1;
    if (this.#waitingSince === undefined || since < this.#waitingSince) this.#waitingSince = since;
  }

  /** Notes commission that is taken back on a day before the invoice is due. */
  #noteEarly(invoice: number, day: Day, amount: MinorAmount): void {
    const due = lastDue(this.#working, invoice);
    if (due === undefined || day >= due) return;
    const early = this.#early;
    early.count += 1;
    early.amount = plus(early.amount, amount);
    if (early.first === undefined || day < early.first.day) early.first = { invoice, day, due };
  }

  #addToWindow(per: 'quarter' | 'year', rep: number, day: Day, net: MinorAmount): void {
    const { calendar, counting } = this.#working.setting;
    const quarter = findQuarter(calendar, day);
    if (quarter === undefined) return;
    const key = per === 'quarter' ? quarter.index : quarter.fiscalYear;
    let own = this.#capWindows.get(rep);
    if (own === undefined) {
      own = new Map();
      this.#capWindows.set(rep, own);
    }
    let window = own.get(key);
    if (window === undefined) {
      const first =
        per === 'quarter' ? quarter : (calendar.quarters[quarter.index - quarter.number + 1] ?? quarter);
      const name = per === 'quarter' ? quarter.name : `${quarter.fiscalYear}`;
      window = { name, from: first.from, inFirstMonth: counting.zero, all: counting.zero };
      own.set(key, window);
    }
    window.all = plus(window.all, net);
    if (day - window.from < FIRST_MONTH) window.inFirstMonth = plus(window.inFirstMonth, net);
  }

  exactly(): PlanSums {
    const windows = (own: ReadonlyMap<number, GrowingWindow>) =>
      new Map(
        [...own].map(([key, { name, inFirstMonth, all }]) => [
          key,
          { name, inFirstMonth: exactly(inFirstMonth), all: exactly(all) },
        ]),
      );
    return {
      advanced: exactly(this.#advanced),
      held: exactly(this.#held),
      clawedBack: exactly(this.#clawedBack),
      waiting: this.#waiting,
      waitingSince: this.#waitingSince,
      early: { ...this.#early, amount: exactly(this.#early.amount) },
      capWindows: new Map([...this.#capWindows].map(([rep, own]) => [rep, windows(own)])),
    };
  }
}

interface GrowingWindow {
  readonly name: string;
  readonly from: Day;
  inFirstMonth: MinorAmount;
  all: MinorAmount;
}

/** R16.2: an invoice in instalments is due as a whole with the last one; undefined where it has no due date. */
export function lastDue({ dues, setting }: LineWorking, invoice: number): Day | undefined {
  const instalments = dues.find(invoice)?.instalments;
  if (instalments !== undefined) return instalments.at(-1)?.due;
  const day = dayAt(setting.books.invoices.due, invoice);
  return day === NO_DAY ? undefined : day;
}
