/** The documents of a close for payroll and accounting: made from its postings and pay rows, and from those of the closes before. */
import { isoOf } from '../day.js';
import type { Posting } from '../engine/r6-postings/posting-table.js';
import type { Close } from '../engine/r11-closes/close.js';
import type { PostedResult, Result } from '../engine/result.js';
import { byCodeUnit } from '../order.js';
import type { JournalTerms } from '../plans/plan.js';
import { type JournalLine, journalLines, openingLines } from './journal.js';
import { dayOf, type Opening, type PayPeriod, payRowsOf, type RepPay } from './pay-history.js';
import { type PayrollRow, payrollRows } from './payroll.js';
import type { Payroll } from './payroll-delta.js';
import { type PayrollLine, payrollLines } from './payroll-lines.js';

/** The settings of comp.yaml that shape the documents. A record has them, so that the documents can be made again. */
export interface DocumentSettings {
  readonly payWithin: number;
  readonly journal: JournalTerms;
  /** What each former id of a rep is now (R11.11); none in a record where there is no former id. */
  readonly newNames?: Readonly<Record<string, string>>;
}

/** What the documents are made from. */
export interface Documents {
  /** In order; the last is the one that they belong to. */
  readonly closes: readonly Close[];
  /** The pay periods up to that of the close. */
  readonly periods: readonly PayPeriod[];
  /** The pay rows of all these periods. */
  readonly rows: readonly RepPay[];
  /** The postings of all these periods, without those that count as posted at an opening. */
  readonly postings: Iterable<Posting>;
  readonly settings: DocumentSettings;
  readonly currency: Result['currency'];
  /** What payroll has of the period already, from a close of it that was undone. */
  readonly before?: Payroll | undefined;
}

/** The settings that shape the documents. */
export function settingsOf({ terms: { payWithin, journal }, newNames }: Result): DocumentSettings {
  const names = [...newNames].sort(([a], [b]) => byCodeUnit(a, b));
  return { payWithin, journal, ...(names.length === 0 ? {} : { newNames: Object.fromEntries(names) }) };
}

/** What the documents of a close are made from. */
export function documentsOf(result: PostedResult, close: Close, closes: readonly Close[]): Documents {
  const { currency, payPeriods, postings } = result;
  return {
    closes: [...closes, close],
    periods: payPeriods.map(({ name, to }) => ({ name, to: dayOf(to) })),
    rows: payRowsOf(result),
    postings,
    settings: settingsOf(result),
    currency,
  };
}

/** What payroll pays each rep. It needs no earlier close. */
export function payrollRowsOf(documents: Documents): readonly PayrollRow[] {
  const { payWithin } = documents.settings;
  return payrollRows({ ...ownOf(documents), payWithin });
}

/** What is paid by when it was earned, and what is recovered by when it was first paid. */
export function payrollLinesOf(documents: Documents): readonly PayrollLine[] {
  const { closes, rows, settings } = documents;
  const history = historyOf(documents);
  const periods = periodsOf(documents, history);
  const { payWithin } = settings;
  const opening = openingOf(closes);
  return payrollLines({ periods, rows, postings: history, payWithin, opening });
}

/** The close as bookkeeping. It needs no earlier close. */
export function journalLinesOf(documents: Documents): readonly JournalLine[] {
  const { closes, settings } = documents;
  const { journal } = settings;
  const own = ownOf(documents);
  const broughtForward = own.rows.map(({ repId, heldOpening, owedOpening }) => ({
    repId,
    held: heldOpening,
    owed: owedOpening,
  }));
  const opened = closes.at(-1)?.opened;
  return [
    ...(opened === undefined ? [] : openingLines(opened.date, broughtForward, journal)),
    ...journalLines({ ...own, journal }),
  ];
}

/** The period that the documents are of, with its rows and postings. */
function ownOf({ closes, rows }: Documents) {
  const { period, postings } = closes.at(-1) as Close;
  return {
    period: { name: period.name, to: dayOf(period.to) },
    rows: rows.filter((row) => row.period === period.name),
    postings,
  };
}

/** The opening of the workspace. */
function openingOf([first]: readonly Close[]): Opening | undefined {
  if (first?.opened === undefined) return undefined;
  const rows = first.months.length > 0 ? first.months : first.quarters;
  return {
    date: first.opened.date,
    owed: new Map(rows.map(({ repId, owedOpening }) => [repId, owedOpening])),
  };
}

/** Every posting up to the close: those that count as posted at the opening, and all since. */
function historyOf({ closes: [first], postings }: Documents): Iterable<Posting> {
  return {
    *[Symbol.iterator]() {
      if (first?.opened !== undefined) yield* first.opened.postings;
      yield* postings;
    },
  };
}

/** The pay periods that postings belong to or adjust; some may be before the first close. */
function periodsOf({ periods }: Documents, postings: Iterable<Posting>): PayPeriod[] {
  const last = new Map(periods.map(({ name, to }) => [name, isoOf(to)]));
  const known = new Set(last.keys());
  for (const { period, adjusts, eventDate } of postings) {
    const name = adjusts === '' ? period : adjusts;
    if (!known.has(name) && eventDate > (last.get(name) ?? '')) last.set(name, eventDate);
  }
  const names = [...last].sort(([, a], [, b]) => (a < b ? -1 : a > b ? 1 : 0));
  return names.map(([name, to]) => ({ name, to: dayOf(to) }));
}
