/** The whole calculation: terms and ledgers in, postings, pay and control totals out, as of a day. */
import { BeyondSafe, type Counting, IN_BIGINTS, IN_NUMBERS, sizeOf } from '../amount.js';
import { isoOf } from '../day.js';
import { byCodeUnit } from '../order.js';
import type { Terms } from '../plans/plan.js';
import type { Exception } from '../problems/exception.js';
import type { Fault } from '../problems/problem.js';
import { type Inputs, openRun } from './open-run.js';
import type { Person } from './r2-ledgers/books.js';
import {
  findMonth,
  findNamed,
  findQuarter,
  monthFinder,
  type Period,
  quarterFinder,
} from './r2-ledgers/calendar.js';
import { openSales, type Sales } from './r3-sales/sales.js';
import { attain, type RepAttainment } from './r4-rates/attainment.js';
import type { Targets } from './r5-targets/targets.js';
import { Poster } from './r6-postings/poster.js';
import { type Posting, PostingTable } from './r6-postings/posting-table.js';
import { Accounts, type Balances } from './r7-pay/pay.js';
import { type AppliedRow, appliedRows, type OnAccountRow, onAccountRows } from './r8-results/applied.js';
import { checkRows, LineChecker, tellBroken } from './r8-results/checks.js';
import type { Controls } from './r8-results/controls.js';
import { type MonthRow, type QuarterRow, type RepRows, rowsOf } from './r8-results/results.js';
import { noteOddSales } from './r9-exceptions/notices.js';
import { adjustmentsOf, openPostings, recomputedIn } from './r11-closes/adjustments.js';
import type { Close, NamedPeriod, PayPeriod } from './r11-closes/close.js';
import { frozenRows } from './r11-closes/closed.js';
import { balancesAt, postOpen } from './r11-closes/post-open.js';
import type { Run } from './run.js';

export type { Inputs } from './open-run.js';

/** What a calculation comes to. Amounts are whole minor units of the currency. */
export interface Result {
  readonly kind: 'calculated';
  readonly asOf: string;
  readonly currency: { readonly code: string; readonly digits: number };
  /**
   * In the order of R6.4, made when they are asked for; none where they are left out. With closes, those of closed periods
   * are the frozen ones, and what has changed in them since is adjusted in the first open one (R11.2).
   */
  readonly postings: readonly Posting[];
  /** Those that adjust closed periods, all on the first open day (R11.2). */
  readonly adjustments: readonly Posting[];
  /** By rep, then quarter (R8.1). */
  readonly quarters: readonly QuarterRow[];
  /** By rep, then month; empty where the pay period is the quarter (R8.2). */
  readonly months: readonly MonthRow[];
  /**
   * What was applied of the rows that name a customer but no invoice, by day, ledger and id; empty unless the terms say
   * `applyCash`. Amounts here and in `onAccount` are whole multiples of 10^-scale.
   */
  readonly applied: readonly AppliedRow[];
  /** What is left on account of such rows, by ledger and id. */
  readonly onAccount: readonly OnAccountRow[];
  /** Who reps are, by rep id, of those that the ledger of reps names. */
  readonly people: ReadonlyMap<string, RepPerson>;
  /** By code, ledger and id (R8.4). */
  readonly exceptions: readonly Exception[];
  /** Control totals by ledger; amounts are whole multiples of 10^-scale. */
  readonly controls: Controls;
  readonly scale: number;
  readonly terms: Terms;
  /** The pay period that the as-of date lies in. */
  readonly payPeriod: string;
  /** The pay periods from the first that has a row to that one, in order. */
  readonly payPeriods: readonly PayPeriod[];
  /** The fiscal quarter that the as-of date lies in. */
  readonly fiscalQuarter: NamedPeriod;
  /** The pay periods that are closed, in order (R11). */
  readonly closedPeriods: readonly NamedPeriod[];
  /** The day up to which everything counts as posted: that of the last close or of the opening; undefined without both. */
  readonly closedThrough: string | undefined;
}

/** Who a rep is; nothing in it changes a figure. */
export interface RepPerson {
  readonly name: string;
  /** Blank where it is not said, like the manager. */
  readonly email: string;
  readonly managerId: string;
  /** The last day of employment, `YYYY-MM-DD`; undefined while employed. */
  readonly left: string | undefined;
}

/** Input that cannot be understood: every fault in it, and nothing calculated (R9.1). */
export interface Refusal {
  readonly kind: 'refused';
  readonly faults: readonly Fault[];
}

/**
 * Calculates commission from ledgers: postings, and per rep and period what is payable, held, clawed back, paid and
 * owed (R2–R8). Pure: the same inputs give the same result, whatever the order of rows, the clock, the locale or the
 * time zone (R8.5).
 *
 * @param inputs - terms as in comp.yaml, ledgers as rows of text, and the as-of date
 * @returns the result, or every fault of the inputs
 * @throws only on a bug of this library, never on what the inputs say
 * @example
 * const outcome = calculate({
 *   terms: { currency: 'USD', plans: [{ id: 'ae', level: 3, rate: '5%' }] },
 *   ledgers: {
 *     invoices: { rows: [{ invoice_id: 'I1', customer_id: 'C1', rep_id: 'R1', invoice_date: '2025-01-15', amount: '1000.00' }] },
 *     payments: { rows: [{ payment_id: 'P1', invoice_id: 'I1', payment_date: '2025-02-10', amount: '400.00' }] },
 *   },
 *   asOf: '2025-03-31',
 * });
 * // outcome.kind === 'calculated'; outcome.quarters[0].paid === 2000n (20.00 USD), .held === 3000n
 */
export function calculate(inputs: Inputs): Result | Refusal {
  if (inputs.counting === 'bigints') return calculateIn(IN_BIGINTS, inputs);
  try {
    return calculateIn(IN_NUMBERS, inputs);
  } catch (error) {
    if (!(error instanceof BeyondSafe)) throw error;
    return calculateIn(IN_BIGINTS, inputs);
  }
}

function calculateIn(counting: Counting, inputs: Inputs): Result | Refusal {
  const { run, faults } = openRun(inputs, counting);
  if (run === undefined) return { kind: 'refused', faults };
  const sales = openSales(run);
  const reps = attain(run, sales);
  noteOddSales(run, sales);
  const all = [...faults, ...run.faults];
  if (all.length > 0) return { kind: 'refused', faults: all };
  const posted = post(run, sales, inputs.without !== 'postings');
  const { quarters, months } = rowsOfAll(run, reps, posted);
  const { terms, books, calendar, asOf } = run;
  const payPeriods = payPeriodsOf(run, quarters, months);
  let postings: readonly Posting[] | undefined;
  const result: Result = {
    kind: 'calculated',
    asOf: isoOf(asOf),
    payPeriod: (payPeriods.at(-1) as NamedPeriod).name,
    payPeriods,
    fiscalQuarter: named(findQuarter(calendar, asOf) as Period),
    closedPeriods: run.closed?.closes.map(({ period }) => period) ?? [],
    closedThrough: run.closed && isoOf(run.closed.through),
    currency: terms.currency,
    get postings() {
      postings ??= [...eachPosting(result)];
      return postings;
    },
    adjustments: posted.adjustments,
    quarters,
    months,
    applied: appliedRows(sales.applied),
    onAccount: onAccountRows(sales.applied),
    people: peopleOf(books.people),
    exceptions: run.exceptions.sort(inExceptionOrder),
    controls: sales.counter.controls(),
    scale: books.scale,
    terms,
  };
  posteds.set(result, posted);
  return result;
}

/** What was posted: the recompute's table and, with closes, what adjusts the closed periods. */
interface Posted {
  readonly table: PostingTable;
  /** Kept where lines are to be explained. */
  readonly sales: Sales | undefined;
  readonly adjustments: readonly Posting[];
  readonly accounts: Accounts;
  /** What reps bring into the first open period (R11.3). */
  readonly balances: ReadonlyMap<string, Balances>;
}

const posteds = new WeakMap<Result, Posted>();

/**
 * The postings of the recompute in columns, as the calculation holds them, for whoever writes millions of them. Where
 * nothing is closed they are the result's.
 */
export function postingTableOf(result: Result): PostingTable {
  return (posteds.get(result) as Posted).table;
}

/** What a calculation that explains has kept. */
export interface Kept {
  readonly run: Run;
  readonly sales: Sales;
}

/** What is kept of a calculation that was asked to explain; undefined for others. */
export function findKept(result: Result): Kept | undefined {
  const { table, sales } = posteds.get(result) as Posted;
  return sales && { run: table.run, sales };
}

/** The postings of a result one by one, in the order of R6.4: frozen ones, adjusting ones and new ones (R11.3). */
export function eachPosting(result: Result): Iterable<Posting> {
  const table = postingTableOf(result);
  const frozen = table.run.closed?.closes ?? [];
  return (function* () {
    for (const { postings } of frozen) yield* postings;
    yield* eachOpenPosting(result);
  })();
}

/** What counts as posted up to the opening; undefined where the workspace begins with nothing. */
export function findOpened(result: Result): Close['opened'] {
  const table = postingTableOf(result);
  const { closed } = table.run;
  if (closed?.opening === undefined) return undefined;
  const { day } = closed.opening;
  return (
    closed.closes[0]?.opened ?? { date: isoOf(day), postings: recomputedIn(table, 0, table.placeAfter(day)) }
  );
}

/** Those of open periods: adjusting ones and new ones. */
export function eachOpenPosting(result: Result): Iterable<Posting> {
  const { table, adjustments } = posteds.get(result) as Posted;
  return openPostings(table, adjustments, table.run.closed);
}

/** Every line folded into postings, every posting checked and, where its period is open, paid (R5–R7, R10, R11). */
function post(run: Run, sales: Sales, keepsPostings: boolean): Posted {
  const { calendar, counting, books, terms, closed } = run;
  const { lines } = sales;
  const findPeriod = terms.payPeriod === 'month' ? findMonth : findQuarter;
  const table = new PostingTable(run, lines, (day) => findPeriod(calendar, day) as Period);
  const checker = new LineChecker(counting);
  const periodOf = terms.payPeriod === 'month' ? monthFinder(calendar) : quarterFinder(calendar);
  const first =
    closed?.open.from ??
    lines.earnDays.subarray(0, lines.length).reduce((least, day) => Math.min(least, day), run.asOf);
  const accounts = new Accounts(
    books.reps.length,
    { first: periodOf(first), last: periodOf(run.asOf) },
    counting,
  );
  let sizes = 0;
  const poster = new Poster(run, sales, (line, day, cause, source, change) => {
    const broken = checker.findBroken(change);
    if (broken !== undefined) tellBroken(broken, table.nameOf(line, day));
    if (closed === undefined) accounts.add(lines.reps[line] as number, periodOf(day), change);
    sizes += sizeOfAll(change);
    if (keepsPostings || closed !== undefined) table.add(line, day, cause, source, change);
  });
  for (let line = 0; line < lines.length; line += 1) {
    checker.start();
    poster.post(line);
    accounts.endLine();
  }
  counting.mustFit(sizes);
  const kept = run.explains ? sales : undefined;
  if (closed === undefined) return { table, sales: kept, adjustments: [], accounts, balances: new Map() };
  const adjustments = adjustmentsOf(table, closed);
  postOpen(table, adjustments, closed, accounts, periodOf);
  return { table, sales: kept, adjustments, accounts, balances: balancesAt(table, closed) };
}

/** The rows of every rep, in order of rep id, held against the laws (R8.1, R8.2, R10). */
function rowsOfAll(run: Run, reps: readonly RepAttainment[], { accounts, balances }: Posted): RepRows {
  const frozen = frozenRows(run.closed, run.calendar, balances);
  const quarters: QuarterRow[] = [];
  const months: MonthRow[] = [];
  for (const rep of reps) {
    const rows = rowsOf(run, rep, accounts, frozen);
    const name = run.books.reps.nameOf(rep.rep);
    for (const own of [rows.quarters, rows.months]) {
      // What is brought into a workspace is nobody's check but the opening's own.
      const [first] = own;
      const isBroughtIn = run.closed !== undefined && first !== undefined;
      checkRows(name, own, isBroughtIn ? { held: first.heldOpening, owed: first.owedOpening } : undefined);
    }
    for (const row of rows.quarters) quarters.push(row);
    for (const row of rows.months) months.push(row);
  }
  return { quarters, months };
}

/** The pay periods from the first that has a row to the one of the as-of date. */
function payPeriodsOf(
  { terms, calendar, asOf }: Run,
  quarters: readonly QuarterRow[],
  months: readonly MonthRow[],
): PayPeriod[] {
  const isMonthly = terms.payPeriod === 'month';
  const last = (isMonthly ? findMonth(calendar, asOf) : findQuarter(calendar, asOf)) as Period;
  const names = isMonthly ? months.map(({ month }) => month) : quarters.map(({ quarter }) => quarter);
  const firstName = names.reduce((least, name) => (name < least ? name : least), last.name);
  const first = findNamed(calendar, firstName) as Period;
  return (isMonthly ? calendar.months : calendar.quarters)
    .slice(first.index, last.index + 1)
    .map((period) => ({ ...named(period), quarter: (findQuarter(calendar, period.from) as Period).name }));
}

function peopleOf(people: readonly Person[]): Map<string, RepPerson> {
  return new Map(
    people.map(({ rep, name, email, manager, left }) => [
      rep,
      { name, email, managerId: manager, left: left === undefined ? undefined : isoOf(left) },
    ]),
  );
}

function named({ name, from, to }: Period): NamedPeriod {
  return { name, from: isoOf(from), to: isoOf(to) };
}

/** As much as the amounts of a change can move a sum, roughly. */
function sizeOfAll({ earned, advanced, released, held, forfeited, clawedBack }: Targets): number {
  return (
    sizeOf(earned) +
    sizeOf(advanced) +
    sizeOf(released) +
    sizeOf(held) +
    sizeOf(forfeited) +
    sizeOf(clawedBack)
  );
}

/** R8.4: by code, ledger and id; the message settles the rest, so that row order never does. */
function inExceptionOrder(a: Exception, b: Exception): number {
  return (
    byCodeUnit(a.code, b.code) ||
    byCodeUnit(a.ledger, b.ledger) ||
    byCodeUnit(a.id, b.id) ||
    byCodeUnit(a.message, b.message)
  );
}
