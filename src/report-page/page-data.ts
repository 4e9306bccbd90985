/** The figures of every rep and quarter, and their postings, as the page's own script reads them. */
import { type Day, findDay } from '../day.js';
import { CAUSES } from '../engine/r1-words/causes.js';
import type { Posting } from '../engine/r6-postings/posting-table.js';
import type { QuarterRow } from '../engine/r8-results/results.js';
import type { Explainable, PostedResult } from '../engine/result.js';
import type { Minor } from '../money.js';
import { byCodeUnit } from '../order.js';

/** A whole number of minor units; as text where it is larger than a number holds. */
export type Whole = number | string;

/** What the page's script finds in the page. */
export interface PageData {
  readonly digits: number;
  readonly reps: readonly string[];
  /** What the reps are called, by their places; blank where that is not known, and empty where it is of none. */
  readonly names: readonly string[];
  readonly plans: readonly string[];
  readonly causes: readonly string[];
  /** Whether all plans measure bookings and quotas in the same, so that those of several reps add up to something. */
  readonly hasOneMeasure: boolean;
  /** The names of the figures of a row, in order. */
  readonly fields: readonly string[];
  /** The names of the amounts of a posting, in order. */
  readonly amounts: readonly string[];
  /** Newest first. */
  readonly quarters: readonly PageQuarter[];
}

export interface PageQuarter {
  readonly name: string;
  /** By rep: the rep and the plan (-1 for none) by their places, attainment as text, and the figures. */
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
export const FIELDS = [
  'bookings',
  'quota',
  'earned',
  'advanced',
  'released',
  'forfeited',
  'heldOpening',
  'held',
  'payable',
  'clawedBack',
  'reinstated',
  'owedOpening',
  'charged',
  'cancelled',
  'recovered',
  'paid',
  'owed',
] as const satisfies readonly (keyof QuarterRow)[];

const AMOUNTS = [
  'earned',
  'advanced',
  'released',
  'held',
  'forfeited',
  'clawedBack',
] as const satisfies readonly (keyof Posting)[];

/** As much as a page holds of each, in letters: about 20 MB together. */
export const ROOM = 20_000_000;

/**
 * The data of the page. The newest quarters are in it as a whole as long as there is room, and the newest always is; of
 * older ones the files say all.
 */
export function pageData(calculation: Explainable<PostedResult>, room = ROOM): PageData {
  const { result } = calculation;
  const { currency, quarters, terms, people } = result;
  const reps = [...new Set(quarters.map(({ repId }) => repId))].sort(byCodeUnit);
  const places = new Map(reps.map((rep, place) => [rep, place]));
  const plans = terms.plans.map(({ id }) => id);
  const planOf = planFinderOf(calculation);
  const rows = new Map<string, PageQuarter['rows'][number][]>();
  for (const row of quarters) {
    const own = rows.get(row.quarter) ?? [];
    const figures = FIELDS.map((field) => wholeOf(row[field]));
    const plan = plans.indexOf(planOf(row.repId, row.quarter) ?? '');
    own.push([places.get(row.repId) as number, plan, row.attainment ?? '', ...figures]);
    rows.set(row.quarter, own);
  }
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
    fields: ['rep', 'plan', 'attainment', ...FIELDS],
    amounts: AMOUNTS,
    quarters: (shown.length === 0 ? names.slice(0, 1) : shown).map((name) => ({
      name,
      rows: rows.get(name) as PageQuarter['rows'],
      postings: postings(name),
    })),
  };
}

/** JSON that may stand in a script element, whatever the names in it: nothing there ends the element or a line. */
export function embedded(data: PageData): string {
  return JSON.stringify(data).replace(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The newest of these that fit. */
function withinRoom(names: readonly string[], sizeOf: (name: string) => number, room: number): string[] {
  let left = room;
  const kept: string[] = [];
  for (const name of names) {
    left -= sizeOf(name);
    if (left < 0) break;
    kept.push(name);
  }
  return kept;
}

/** The postings of a quarter by rep, where there is room for them. */
function postingsOf(
  result: PostedResult,
  places: ReadonlyMap<string, number>,
  room: number,
): (quarter: string) => PageQuarter['postings'] {
  const quarterOf = new Map(result.payPeriods.map(({ name, quarter }) => [name, quarter]));
  const sizes = new Map<string, number>();
  // Gone through twice, so that what there is no room for is never held.
  for (const posting of result.postings) {
    const quarter = quarterOf.get(posting.period) as string;
    sizes.set(quarter, (sizes.get(quarter) ?? 0) + lengthOf(pagePosting(posting)));
  }
  const names = [...new Set(quarterOf.values())].reverse();
  const kept = new Map<string, Record<string, PagePosting[]>>(
    withinRoom(names, (name) => sizes.get(name) ?? 0, room).map((name) => [name, {}]),
  );
  for (const posting of result.postings) {
    const own = kept.get(quarterOf.get(posting.period) as string);
    if (own === undefined) continue;
    const rep = `${places.get(posting.repId)}`;
    const list = own[rep] ?? [];
    own[rep] = list;
    list.push(pagePosting(posting));
  }
  return (quarter) => kept.get(quarter) ?? null;
}

function pagePosting(posting: Posting): PagePosting {
  const { date, eventDate, invoiceId, customerId, cause, sourceId, adjusts } = posting;
  const amounts = AMOUNTS.map((amount) => wholeOf(posting[amount]) as Whole);
  return [
    adjusts === '' ? date : eventDate,
    invoiceId,
    customerId,
    CAUSES.indexOf(cause),
    sourceId,
    adjusts,
    ...amounts,
  ];
}

/** The plan of a rep at the end of a quarter, or as of the date in the newest. */
export function planFinderOf({
  result,
  working,
}: Explainable): (rep: string, quarter: string) => string | undefined {
  const { asOf, payPeriods } = result;
  const { planOf } = working.lines;
  const ends = new Map(payPeriods.map(({ quarter, to }) => [quarter, to < asOf ? to : asOf]));
  return (rep, quarter) => planOf(rep, findDay(ends.get(quarter) ?? asOf) as Day)?.id;
}

function wholeOf(amount: Minor | undefined): Whole | null {
  if (amount === undefined) return null;
  const number = Number(amount);
  return Number.isSafeInteger(number) ? number : `${amount}`;
}

function lengthOf(value: unknown): number {
  return JSON.stringify(value).length;
}
