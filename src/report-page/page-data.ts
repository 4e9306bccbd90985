/** The figures of every rep and quarter, and their postings, as the page's script reads them. */
import { adjustedPeriod } from '../closing/adjusted-period.js';
import { type Day, findDay } from '../day.js';
import { TURNING } from '../displayed.js';
import { CAUSES } from '../engine/r1-words/causes.js';
import {
  EARNED_PARTS,
  LINE_ACCOUNT_NAMES,
  LINE_ACCOUNTS,
  type LineAccountName,
} from '../engine/r1-words/line-accounts.js';
import {
  isShown,
  PAY_FIGURE_NAMES,
  PAY_FIGURES,
  type PayFigure,
  type Term,
} from '../engine/r1-words/pay-figures.js';
import type { Posting } from '../engine/r6-postings/posting-table.js';
import type { QuarterRow } from '../engine/r8-results/results.js';
import type { Explainable, PostedResult, Result } from '../engine/result.js';
import { attainmentFinder } from '../explain/attainment.js';
import { groupedBy } from '../grouped.js';
import { CREDIT_KINDS } from '../ledger-specs/credit-kinds.js';
import type { Minor } from '../money.js';
import { byCodeUnit } from '../order.js';
import { firstVersions } from '../plans/plan.js';
import { type Flow, sumsIn } from './flows.js';
import { repSums } from './rep-columns.js';

/** A whole number of minor units; as text where it is larger than a number holds. */
export type Whole = number | string;

/** What the page's script finds in the page. */
export interface PageData {
  readonly digits: number;
  readonly reps: readonly string[];
  /** The names of the reps, by their places: blank where one is not known, no list where none is. */
  readonly names: readonly string[];
  readonly plans: readonly string[];
  readonly causes: readonly string[];
  /** Whether all plans measure bookings and quotas alike, so that those of several reps can be added up. */
  readonly hasOneMeasure: boolean;
  /** The names of the figures of a row, in order. */
  readonly fields: readonly string[];
  /** The headings of the amounts of a posting, in order. */
  readonly amounts: readonly string[];
  /** R6.3: what is earned is the sum of its parts, in the words of these headings. */
  readonly identity: string;
  /** The figures of the table that are sums of others, by name. */
  readonly sums: Readonly<Record<string, readonly Term[]>>;
  /** The sums that an open row shows. */
  readonly flows: readonly PageFlow[];
  /** The figures that an open row names where they are not 0, and how. */
  readonly debts: readonly (readonly [figure: string, words: string])[];
  /** The open invoices that are disputed, by id. */
  readonly disputed: readonly string[];
  /** Newest first. */
  readonly quarters: readonly PageQuarter[];
}

/** A sum, step by step, and what it comes to: each with its name, its figure and its sign. */
export interface PageFlow {
  readonly title: string;
  readonly steps: readonly (readonly [name: string, figure: string, sign: 1 | -1])[];
  readonly total: readonly [name: string, figure: string];
}

export interface PageQuarter {
  readonly name: string;
  /** A row per rep: the places of the rep and of the plan (-1 for none), attainment as text, and the figures. */
  readonly rows: readonly (readonly [
    rep: number,
    plan: number,
    attainment: string,
    ...figures: (Whole | null)[],
  ])[];
  /** By the place of a rep; null where they are too many for the page. */
  readonly postings: Readonly<Record<string, readonly PagePosting[]>> | null;
}

export type PagePosting = readonly [
  date: string,
  invoice: string,
  customer: string,
  cause: number,
  source: string,
  adjusts: string,
  ...amounts: Whole[],
];

/** The figures of a row that are amounts, in the order in which the page has them. */
function fieldsOf({ quarters }: Result): readonly ('bookings' | 'quota' | PayFigure)[] {
  return ['bookings', 'quota', ...PAY_FIGURE_NAMES.filter((figure) => isShown(figure, quarters))];
}

/** The figures that are in neither sum, nor what one comes to. */
type FigureBesideSums = {
  [Figure in PayFigure]: (typeof PAY_FIGURES)[Figure] extends { readonly inHeld: 0; readonly inPaid: 0 }
    ? Figure
    : never;
}[Exclude<PayFigure, 'held' | 'paid'>];

/** How an open row names them; a new one needs words here. */
const DEBTS: Readonly<Record<FigureBesideSums, string>> = {
  charged: 'charged, net by invoice',
  recovered: 'recovered from this pay',
  cancelled: 'cancelled by reinstatements',
  settled: 'settled by repayments',
  drawn: 'drawn in advance',
};

/** How many letters of rows, and of postings, a page has room for. */
export const ROOM = 20_000_000;

/**
 * The data of the page: the newest quarter, and older ones as long as there is room; the files have all of them.
 *
 * @param disputed - the open invoices that are disputed, by id
 */
export function pageData(
  calculation: Explainable<PostedResult>,
  room = ROOM,
  disputed: readonly string[] = [],
): PageData {
  const { result } = calculation;
  const { currency, quarters, terms, people } = result;
  const reps = [...new Set(quarters.map(({ repId }) => repId))].sort(byCodeUnit);
  const places = new Map(reps.map((rep, place) => [rep, place]));
  const plans = firstVersions(terms.plans).map(({ id }) => id);
  const planOf = planFinderOf(calculation);
  const fields = fieldsOf(result);
  const basisOf = basisFinderOf(result);
  const flows = sumsIn(result);
  const rowOf = (row: QuarterRow): PageQuarter['rows'][number] => {
    const plan = plans.indexOf(planOf(row.repId, row.quarter) ?? '');
    const figures = fields.map((field) => wholeOf(row[field]));
    const basis = basisOf(row);
    const ofWindow = [wholeOf(basis?.bookings), wholeOf(basis?.quota)];
    return [places.get(row.repId) as number, plan, row.attainment ?? '', ...figures, ...ofWindow];
  };
  const byQuarter = groupedBy(quarters, ({ quarter }) => quarter);
  const rows = new Map([...byQuarter].map(([name, own]) => [name, own.map(rowOf)]));
  const names = [...rows.keys()].sort(byCodeUnit).reverse();
  const shown = withinRoom(names, (name) => lengthOf(rows.get(name)), room);
  const postings = postingsOf(result, places, room);
  return {
    digits: currency.digits,
    reps,
    names: reps.some((rep) => people.has(rep)) ? reps.map((rep) => people.get(rep)?.name ?? '') : [],
    plans,
    causes: CAUSES,
    hasOneMeasure: new Set(terms.plans.map(({ measure }) => measure)).size <= 1,
    fields: ['rep', 'plan', 'attainment', ...fields, 'windowBookings', 'windowQuota'],
    amounts: LINE_ACCOUNT_NAMES.map(headingOf),
    identity: `${headingOf('earned')} = ${EARNED_PARTS.map(headingOf).join(' + ')}`,
    sums: repSums(quarters),
    flows: [pageFlow('From payable to paid', flows.pay), pageFlow('Waiting for cash', flows.held)],
    debts: Object.entries(DEBTS).filter(([figure]) => isShown(figure as PayFigure, quarters)),
    disputed,
    quarters: (shown.length === 0 ? names.slice(0, 1) : shown).map((name) => ({
      name,
      rows: rows.get(name) as PageQuarter['rows'],
      postings: postings(name),
    })),
  };
}

/** The sales and the quota that attainment comes from, where its window is longer than the quarter (R4.2). */
export interface Basis {
  readonly bookings: Minor;
  readonly quota: Minor;
}

/** Finds the basis of a row's attainment; undefined where it is the row's own bookings and quota, or not known. */
export function basisFinderOf(result: Result): (row: QuarterRow) => Basis | undefined {
  const findAttained = attainmentFinder(result);
  return (row) => {
    const attained = findAttained(row);
    if (attained?.quota === undefined || attained.window === 'quarter') return undefined;
    return { bookings: attained.bookings, quota: attained.quota };
  };
}

function headingOf(account: LineAccountName): string {
  return LINE_ACCOUNTS[account].column.replaceAll('_', ' ');
}

function pageFlow(title: string, { terms, total }: Flow): PageFlow {
  const titleOf = (figure: PayFigure) => PAY_FIGURES[figure].title;
  return {
    title,
    steps: terms.map(({ figure, sign }) => [titleOf(figure), figure, sign]),
    total: [titleOf(total), total],
  };
}

const UNSAFE = new RegExp(`[<>&\\u2028\\u2029${TURNING}]`, 'g');

/** JSON that is safe in a script element, whatever the names in it: nothing ends the element or a line, or turns text around. */
export function embedded(data: PageData): string {
  return JSON.stringify(data).replace(
    UNSAFE,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The newest of these that fit. */
function withinRoom(names: readonly string[], sizeOf: (name: string) => number, room: number): string[] {
  let left = room;
  const fitting: string[] = [];
  for (const name of names) {
    left -= sizeOf(name);
    if (left < 0) break;
    fitting.push(name);
  }
  return fitting;
}

/** The postings of a quarter by rep, where there is room for them. */
function postingsOf(
  result: PostedResult,
  places: ReadonlyMap<string, number>,
  room: number,
): (quarter: string) => PageQuarter['postings'] {
  const quarterOf = new Map(result.payPeriods.map(({ name, quarter }) => [name, quarter]));
  const sizes = new Map<string, number>();
  // Read twice, so that postings without room are never in memory.
  for (const posting of result.postings) {
    const quarter = quarterOf.get(posting.period) as string;
    sizes.set(quarter, (sizes.get(quarter) ?? 0) + lengthOf(pagePosting(posting, result)));
  }
  const names = [...new Set(quarterOf.values())].reverse();
  const shown = new Map<string, Record<string, PagePosting[]>>(
    withinRoom(names, (name) => sizes.get(name) ?? 0, room).map((name) => [name, {}]),
  );
  for (const posting of result.postings) {
    const own = shown.get(quarterOf.get(posting.period) as string);
    if (own === undefined) continue;
    const rep = `${places.get(posting.repId)}`;
    const list = own[rep] ?? [];
    own[rep] = list;
    list.push(pagePosting(posting, result));
  }
  return (quarter) => shown.get(quarter) ?? null;
}

function pagePosting(posting: Posting, result: Result): PagePosting {
  const { date, eventDate, invoiceId, customerId, cause, sourceId, adjusts } = posting;
  const amounts = LINE_ACCOUNT_NAMES.map((account) => wholeOf(posting[account]));
  return [
    adjusts === '' ? date : eventDate,
    invoiceId,
    customerId,
    CAUSES.indexOf(cause),
    sourceId,
    adjustedPeriod(adjusts, result),
    ...amounts,
  ];
}

/** The plan of a rep at the end of a quarter, or as of the date in the newest. */
export function planFinderOf({
  result,
  working,
}: Explainable): (rep: string, quarter: string) => string | undefined {
  const { asOf, payPeriods } = result;
  const { planOf } = working.lines.credits;
  const ends = new Map(payPeriods.map(({ quarter, to }) => [quarter, to < asOf ? to : asOf]));
  return (rep, quarter) => {
    const day = findDay(ends.get(quarter) ?? asOf) as Day;
    const plans = CREDIT_KINDS.flatMap((credit) => planOf(rep, day, credit)?.id ?? []);
    return plans.length === 0 ? undefined : plans.join(', ');
  };
}

function wholeOf(amount: Minor): Whole;
function wholeOf(amount: Minor | undefined): Whole | null;
function wholeOf(amount: Minor | undefined): Whole | null {
  if (amount === undefined) return null;
  const number = Number(amount);
  return Number.isSafeInteger(number) ? number : `${amount}`;
}

function lengthOf(value: unknown): number {
  return JSON.stringify(value).length;
}
