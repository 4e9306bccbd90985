/** The whole calculation: terms and ledgers in, postings, pay and control totals out, as of a day. */
import { BeyondSafe, type Counting, IN_BIGINTS, IN_NUMBERS } from '../amount.js';
import { isoOf } from '../day.js';
import { CREDIT_KINDS } from '../ledger-specs/credit-kinds.js';
import type { LedgerEntry } from '../ledger-specs/ledgers.js';
import { byCodeUnit } from '../order.js';
import type { Exception } from '../problems/exception.js';
import type { Texts } from '../texts.js';
import { Findings } from './findings.js';
import { type Inputs, open, type RunOptions } from './open.js';
import { afterFrozen, type LineObserver, openedIn, type Posted, post } from './post.js';
import { openingOf } from './r1-words/pay-figures.js';
import type { Books } from './r2-ledgers/books.js';
import { findMonth, findNamed, findQuarter, type Period } from './r2-ledgers/calendar.js';
import { SourceIds } from './r2-ledgers/source-ids.js';
import { cashCreditsOf, withCash } from './r3-sales/cash-credits.js';
import { type Credits, creditsOf } from './r3-sales/credits.js';
import { duesOf } from './r3-sales/dues.js';
import { type Events, eventsOf } from './r3-sales/events.js';
import type { Lines } from './r3-sales/lines.js';
import { MemoCredits } from './r3-sales/memo-credits.js';
import type { Prices } from './r4-rates/prices.js';
import { type RepAttainment, ratesOf } from './r4-rates/rates.js';
import type { PricedCash } from './r6-postings/cash-poster.js';
import type { PricedLines } from './r6-postings/poster.js';
import type { Posting } from './r6-postings/posting-table.js';
import type { Accounts } from './r7-pay/accounts.js';
import { drawsIn } from './r7-pay/draws.js';
import { entriesIn } from './r7-pay/entries.js';
import { type GivenOf, givenFinder } from './r7-pay/given.js';
import { appliedRows, onAccountRows } from './r8-results/applied.js';
import { checkRows } from './r8-results/checks.js';
import { controlsOf } from './r8-results/controls.js';
import {
  type AttainmentRow,
  attainmentRows,
  type FrozenRows,
  type MonthRow,
  type QuarterRow,
  type RepRows,
  rowsOf,
} from './r8-results/results.js';
import { noteUnusedEntries } from './r9-exceptions/entry-notices.js';
import { noteOddSales } from './r9-exceptions/notices.js';
import { openPostings } from './r11-closes/adjustments.js';
import type { Close, NamedPeriod, PayPeriod } from './r11-closes/close.js';
import { type Closed, frozenRows } from './r11-closes/closed.js';
import { type PostedEntries, postedEntries } from './r11-closes/entry-adjustments.js';
import { findRenamedReps } from './r11-closes/renamed-reps.js';
import type { Calculation, PostedResult, Refusal, RepPerson, Result } from './result.js';
import type { Setting } from './setting.js';
import type { Keep, Working } from './working.js';

export type { Inputs } from './open.js';

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
 * // outcome.kind === 'calculated'; outcome.result.quarters[0].paid === 2000n (20.00 USD), .held === 3000n
 */
export function calculate<Kept extends Keep = 'postings'>(
  inputs: Inputs<Kept>,
): Calculation<Kept, readonly Posting[]> | Refusal {
  const outcome = calculateStreaming(inputs);
  if (outcome.kind === 'refused') return outcome;
  // Without postings there is nothing to make into an array, and `Kept` names none.
  return (
    'postings' in outcome.result ? { ...outcome, result: inArrays(outcome.result) } : outcome
  ) as Calculation<Kept, readonly Posting[]>;
}

/**
 * The same with postings that are made one by one each time they are gone through, and are never all in memory: for who
 * writes or sums up millions of them.
 */
export function calculateStreaming<Kept extends Keep = 'postings'>(
  given: Inputs<Kept>,
): Calculation<Kept> | Refusal {
  const inputs = { ...given, closes: given.closes?.map(lasting) ?? [] };
  if (inputs.counting === 'bigints') return calculateIn(IN_BIGINTS, inputs);
  try {
    return calculateIn(IN_NUMBERS, inputs);
  } catch (error) {
    if (!(error instanceof BeyondSafe)) throw error;
    return calculateIn(IN_BIGINTS, inputs);
  }
}

function calculateIn<Kept extends Keep>(
  counting: Counting,
  inputs: Inputs<Kept>,
): Calculation<Kept> | Refusal {
  const keep: { readonly [Part in Keep]?: true } = inputs.keep ?? { postings: true };
  const run = runOf(inputs, {
    counting,
    explains: keep.lines === true,
    keepsPostings: keep.postings === true,
  });
  if (run.kind === 'refused') return run;
  const { setting, posted, closed, priced, cash, credits } = run;
  const result = resultOf(run);
  const working: Partial<Working<Keep>> = {
    ...(keep.setting === true ? { setting } : {}),
    ...(keep.postings === true ? { postings: posted.table } : {}),
    ...(keep.lines === true ? { lines: { setting, ...priced, cash, credits } } : {}),
    ...(keep.sales === true ? { sales: { setting, ...priced, cash, credits } } : {}),
  };
  const whole = keep.postings === true ? { ...result, ...postingsOf(posted, closed) } : result;
  // The parts that `Kept` names are there: they are the keys of `keep`.
  return { kind: 'calculated', result: whole, working } as Calculation<Kept>;
}

/** How the stages are run. */
export interface StageOptions extends RunOptions {
  readonly keepsPostings: boolean;
  /** The prices of lines, where another run has found them; then nobody's attainment is looked at, and nobody has rows. */
  readonly known?: KnownPrices;
  /** Makes what follows the lines while they are posted. */
  readonly observe?: (setting: Setting, priced: PricedLines) => LineObserver;
}

/** Prices of lines that another run has found. */
export interface KnownPrices {
  /** The ids of the sources of these prices (R6.2), which come after those of the run's own rows. */
  readonly sources: Texts;
  /** @param firstSource - the number of the first of those sources */
  pricesOf(setting: Setting, lines: Lines, firstSource: number): Prices;
}

/** What the stages came to. */
export interface Run {
  readonly kind: 'run';
  readonly setting: Setting;
  readonly closed: Closed | undefined;
  readonly credits: Credits;
  readonly events: Events;
  readonly priced: PricedLines;
  /** Undefined where no plan pays for cash. */
  readonly cash: PricedCash | undefined;
  /** In order of rep id. */
  readonly attainments: readonly RepAttainment[];
  readonly posted: Posted;
  readonly entries: PostedEntries;
  readonly frozen: FrozenRows;
  readonly givenOf: GivenOf;
  readonly rows: RepRows & { readonly attainments: readonly AttainmentRow[] };
  readonly findings: Findings;
}

/** Runs the stages one after another. */
export function runOf(
  inputs: Omit<Inputs, 'keep' | 'counting'>,
  { keepsPostings, known, observe, ...options }: StageOptions,
): Run | Refusal {
  const findings = new Findings();
  const opened = open(inputs, options, findings);
  const { closed, faults } = opened;
  if (opened.setting === undefined) return { kind: 'refused', faults };
  const setting = withSources(opened.setting, known);
  const dues = duesOf(setting, findings);
  const credits = creditsOf(setting, dues, findings);
  const events = eventsOf(setting, dues, credits, findings);
  const cash = cashCreditsOf(setting, credits, events.events, dues);
  const lines = cash === undefined ? credits.lines : withCash(credits.lines, cash.lines);
  const memos = new MemoCredits(setting, lines, credits);
  const rates = known
    ? {
        prices: known.pricesOf(setting, lines, opened.setting.sources.length),
        attainments: [],
        pricedCash: [],
      }
    : ratesOf(setting, { ...credits, lines }, events, memos, cash, findings);
  noteOddSales(setting, credits, events, findings);
  const entries = entriesIn(setting, findings);
  const draws = drawsIn(setting, findings);
  const all = [...faults, ...findings.faults];
  if (all.length > 0) return { kind: 'refused', faults: all };
  const priced: PricedLines = { lines, memos, events: events.events, dues, prices: rates.prices };
  const paidCash = cash && { credits: cash, priced: rates.pricedCash };
  const observer = observe?.(setting, priced);
  const posted = post(setting, priced, paidCash, closed, keepsPostings, observer);
  const paid = postedEntries(setting, closed, entries);
  const renamed =
    closed === undefined ? [] : findRenamedReps(setting.books, closed, posted.adjustments, paid.open);
  if (renamed.length > 0) return { kind: 'refused', faults: renamed };
  const givenOf = givenFinder(setting, { entries: paid.open, draws, caps: posted.caps });
  const frozen = frozenRows(closed, setting.calendar, posted.balances);
  const rows = {
    ...rowsOfAll(setting, rates.attainments, posted, closed, frozen, givenOf),
    attainments: allAttainments(setting, rates.attainments, closed),
  };
  noteUnusedEntries(setting, paid.open, rows, findings);
  const { attainments } = rates;
  const found = { credits, events, priced, cash: paidCash, attainments, posted, entries: paid };
  return { kind: 'run', setting, closed, ...found, frozen, givenOf, rows, findings };
}

function withSources(setting: Setting, known: KnownPrices | undefined): Setting {
  return known === undefined ? setting : { ...setting, sources: new SourceIds(setting.books, known.sources) };
}

/** The result of a run, but for its postings. */
export function resultOf(run: Run): Result {
  const { setting, credits, events, posted, entries, closed, findings } = run;
  const { quarters, months, attainments } = run.rows;
  const { terms, books, calendar, asOf } = setting;
  const payPeriods = payPeriodsOf(setting, quarters, months);
  return {
    asOf: isoOf(asOf),
    payPeriod: (payPeriods.at(-1) as NamedPeriod).name,
    payPeriods,
    fiscalQuarter: named(findQuarter(calendar, asOf) as Period),
    closedPeriods: closed?.closes.map(({ period }) => ({ ...period })) ?? [],
    closedThrough: closed && isoOf(closed.through),
    currency: terms.currency,
    adjustments: posted.adjustments,
    entries: [...entries.frozen, ...entries.open],
    quarters,
    months,
    attainments,
    applied: appliedRows(events.applied),
    onAccount: onAccountRows(events.applied),
    people: peopleOf(books.plain.reps),
    reps: repsOf(books),
    newNames: books.newNames,
    exceptions: [...findings.exceptions].sort(inExceptionOrder),
    controls: controlsOf(setting, { credits, events }),
    scale: books.scale,
    terms,
  };
}

/** The postings of a result, made anew each time they are gone through. */
function postingsOf(
  { table, adjustments }: Posted,
  closed: Closed | undefined,
): Omit<PostedResult, keyof Result> {
  const ofOpen = { [Symbol.iterator]: () => openPostings(table, adjustments, closed) };
  return { postings: afterFrozen(closed, ofOpen), openPostings: ofOpen, opened: openedIn(table, closed) };
}

/** The result with its postings as arrays, which are made when they are first read. */
export function inArrays(result: PostedResult): PostedResult<readonly Posting[]> {
  const { postings, openPostings, opened } = result;
  let all: readonly Posting[] | undefined;
  let open: readonly Posting[] | undefined;
  let before: Close['opened'];
  return {
    ...result,
    get postings() {
      all ??= [...postings];
      return all;
    },
    get openPostings() {
      open ??= [...openPostings];
      return open;
    },
    get opened() {
      before ??= opened && { date: opened.date, postings: [...opened.postings] };
      return before;
    },
  };
}

/** A close whose postings can be gone through again: a calculation may start anew. */
export function lasting(close: Close): Close {
  const { postings, opened } = close;
  return {
    ...close,
    postings: repeatable(postings),
    ...(opened === undefined ? {} : { opened: { ...opened, postings: repeatable(opened.postings) } }),
  };
}

/** What can be gone through once is its own iterator. */
function repeatable(postings: Iterable<Posting>): Iterable<Posting> {
  const iterator: unknown = postings[Symbol.iterator]();
  return iterator === postings ? [...postings] : postings;
}

/** The rows of every rep, in order of rep id, checked against the laws (R8.1, R8.2, R10). */
function rowsOfAll(
  setting: Setting,
  reps: readonly RepAttainment[],
  { accounts }: Posted,
  closed: Closed | undefined,
  frozen: FrozenRows,
  givenOf: GivenOf,
): RepRows {
  const quarters: QuarterRow[] = [];
  const months: MonthRow[] = [];
  for (const rep of reps) {
    const rows = checkedRowsOf(setting, rep, accounts, closed, frozen, givenOf);
    for (const row of rows.quarters) quarters.push(row);
    for (const row of rows.months) months.push(row);
  }
  return { quarters, months };
}

/** The rows of one rep, checked against the laws. */
export function checkedRowsOf(
  setting: Setting,
  rep: RepAttainment,
  accounts: Pick<Accounts, 'flowsOf'>,
  closed: Closed | undefined,
  frozen: FrozenRows,
  givenOf: GivenOf,
): RepRows {
  const rows = rowsOf(setting, rep, accounts, frozen, givenOf);
  const name = setting.books.reps.nameOf(rep.rep);
  for (const own of [rows.quarters, rows.months]) {
    // What is brought into a workspace is checked where it is brought in.
    const [first] = own;
    const isBroughtIn = closed !== undefined && first !== undefined;
    checkRows(name, own, isBroughtIn ? openingOf(first) : undefined);
  }
  return rows;
}

/** R12.7: those of closed quarters as they were frozen, where they were, and of the others as they are now. */
function allAttainments(
  setting: Setting,
  reps: readonly RepAttainment[],
  closed: Closed | undefined,
): readonly AttainmentRow[] {
  const own = reps.flatMap((rep) => attainmentRows(setting, rep));
  const frozen = closed?.closes.flatMap(({ attainments = [] }) => attainments) ?? [];
  if (frozen.length === 0) return own;
  const quarters = new Set(frozen.map(({ quarter }) => quarter));
  const credit = ({ credit: one }: AttainmentRow) => CREDIT_KINDS.indexOf(one);
  return [...frozen.map((row) => ({ ...row })), ...own.filter(({ quarter }) => !quarters.has(quarter))].sort(
    (a, b) => byCodeUnit(a.repId, b.repId) || byCodeUnit(a.quarter, b.quarter) || credit(a) - credit(b),
  );
}

/** The pay periods from the first that has a row to the one of the as-of date. */
export function payPeriodsOf(
  { terms, calendar, asOf }: Setting,
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

function peopleOf(reps: readonly LedgerEntry<'reps'>[]): Map<string, RepPerson> {
  return new Map(
    reps.map(({ rep_id: rep, name, email, manager_id: managerId, left }) => [
      rep,
      { name, email, managerId, left: left === undefined ? undefined : isoOf(left) },
    ]),
  );
}

/** Every rep that a ledger names, in order. */
function repsOf({ reps }: Books): readonly string[] {
  return reps.inOrder().map((number) => reps.nameOf(number));
}

function named({ name, from, to }: Period): NamedPeriod {
  return { name, from: isoOf(from), to: isoOf(to) };
}

/** R8.4: by code, ledger and id; the message settles the rest, so that row order never does. */
export function inExceptionOrder(a: Exception, b: Exception): number {
  return (
    byCodeUnit(a.code, b.code) ||
    byCodeUnit(a.ledger, b.ledger) ||
    byCodeUnit(a.id, b.id) ||
    byCodeUnit(a.message, b.message)
  );
}
