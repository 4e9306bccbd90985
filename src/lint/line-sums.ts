/** One pass over all postings: what each plan has come to, and what of it was taken back before a customer was late. */
import { type Amount, exactly, type MinorAmount, plus } from '../amount.js';
import { type Day, dayAt } from '../day.js';
import { numberOf } from '../engine/r1-words/causes.js';
import { NO_DAY } from '../engine/r2-ledgers/ledger-table.js';
import { CHANGES, type PostingTable } from '../engine/r6-postings/posting-table.js';
import type { LineWorking } from '../engine/working.js';
import type { Minor } from '../money.js';
import type { Plan } from '../plans/plan.js';

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

export interface LineSums {
  of(plan: Plan): PlanSums;
}

const [ADVANCED, HELD, CLAWED_BACK] = (['advanced', 'held', 'clawedBack'] as const).map((account) =>
  CHANGES.indexOf(account),
) as [number, number, number];

const WRITTEN_OFF = numberOf('written-off');

/** The sums of a plan while they grow. */
interface Growing {
  advanced: MinorAmount;
  held: MinorAmount;
  clawedBack: MinorAmount;
  waiting: number;
  waitingSince: Day | undefined;
  early: {
    count: number;
    amount: MinorAmount;
    first: FirstClawback | undefined;
  };
}

/** Adds up the postings line by line: those of a line lie next to each other. */
export function lineSums(working: LineWorking, table: PostingTable): LineSums {
  const { counting } = working.setting;
  const { lines } = table;
  const byPlan = new Map<Plan, Growing>();
  let line = -1;
  let sums = growing(counting.zero);
  let held: MinorAmount = counting.zero;
  let since: Day | undefined;
  const endLine = () => {
    if (held === counting.zero || since === undefined) return;
    sums.held = plus(sums.held, held);
    sums.waiting += 1;
    if (sums.waitingSince === undefined || since < sums.waitingSince) sums.waitingSince = since;
  };
  for (let posting = 0; posting < table.length; posting += 1) {
    const own = table.lineOf(posting);
    if (own !== line) {
      endLine();
      line = own;
      held = counting.zero;
      since = table.dayOf(posting);
      const plan = lines.planOf(line);
      sums = byPlan.get(plan) ?? growing(counting.zero);
      byPlan.set(plan, sums);
    }
    const back = table.changeOf(posting, CLAWED_BACK);
    held = plus(held, table.changeOf(posting, HELD));
    sums.advanced = plus(sums.advanced, table.changeOf(posting, ADVANCED));
    sums.clawedBack = plus(sums.clawedBack, back);
    if (back > 0 && table.causeOf(posting) === WRITTEN_OFF) {
      noteEarly(working, sums.early, lines.invoices[line] as number, table.dayOf(posting), back);
    }
  }
  endLine();
  const nothing = growing(counting.zero);
  return { of: (plan) => exact(byPlan.get(plan) ?? nothing) };
}

function growing(zero: Amount<'minor'>): Growing {
  const early = { count: 0, amount: zero, first: undefined };
  return { advanced: zero, held: zero, clawedBack: zero, waiting: 0, waitingSince: undefined, early };
}

function exact({ advanced, held, clawedBack, waiting, waitingSince, early }: Growing): PlanSums {
  return {
    advanced: exactly(advanced),
    held: exactly(held),
    clawedBack: exactly(clawedBack),
    waiting,
    waitingSince,
    early: { ...early, amount: exactly(early.amount) },
  };
}

/** Notes commission that is taken back on a day before the invoice is due. */
function noteEarly(
  { setting, dues }: LineWorking,
  early: Growing['early'],
  invoice: number,
  day: Day,
  amount: MinorAmount,
): void {
  const due = lastDue(dues, dayAt(setting.books.invoices.due, invoice), invoice);
  if (due === undefined || day >= due) return;
  early.count += 1;
  early.amount = plus(early.amount, amount);
  if (early.first === undefined || day < early.first.day) early.first = { invoice, day, due };
}

/** R16.2: an invoice in instalments is due as a whole with the last one. */
function lastDue(dues: LineWorking['dues'], day: Day, invoice: number): Day | undefined {
  const instalments = dues.find(invoice)?.instalments;
  if (instalments !== undefined) return instalments.at(-1)?.due;
  return day === NO_DAY ? undefined : day;
}
