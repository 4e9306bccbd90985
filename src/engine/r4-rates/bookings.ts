/** Each rep's bookings and quota-reducing credits in the order in which they count in the window (R4.4, R4.9). */
import { type Day, dayAt } from '../../day.js';
import { grouped } from '../../grouped.js';
import type { CreditKind } from '../../ledger-specs/credit-kinds.js';
import type { Lines } from '../r3-sales/lines.js';
import type { MemoCredits } from '../r3-sales/memo-credits.js';
import type { SaleEvents } from '../r3-sales/sale-events.js';
import type { Setting } from '../setting.js';
import { type QuotaCredit, quotaCredits } from './quota-credits.js';

/** One rep's lines in order of (booking date, invoice id), with their booking dates. */
export interface Bookings {
  readonly lines: Uint32Array;
  readonly days: Int32Array;
}

/** Later than every day, and a small integer like every day. */
export const NEVER = 2 ** 30 - 1;

/** The bookings of one credit by rep. */
export type BookingsByRep = Readonly<Partial<Record<CreditKind, readonly Bookings[]>>>;

/**
 * R4.4: bookings consume the window in order of (booking date, invoice id, rep id). Lines have the order of invoice ids
 * already, so they are arranged by day, and then by credit and rep (R12.2).
 */
export function bookingsByRep({ books, terms }: Setting, lines: Lines): BookingsByRep {
  const { length, invoices, reps } = lines;
  const { bookings } = books.invoices;
  let [first, last] = [NEVER, -NEVER];
  for (let line = 0; line < length; line += 1) {
    const day = bookings[invoices[line] as number] as number;
    if (day < first) first = day;
    if (day > last) last = day;
  }
  const dayOf = new Uint32Array(length);
  for (let line = 0; line < length; line += 1)
    dayOf[line] = (bookings[invoices[line] as number] as number) - first;
  const byDay = grouped(dayOf, length, length === 0 ? 0 : last - first + 1);
  const repOf = new Uint32Array(length);
  const count = books.reps.length;
  const hasTeams = terms.plans.some(({ credit }) => credit === 'team');
  for (let line = 0; line < length; line += 1) {
    const isTeam = hasTeams && lines.creditOf(line) === 'team';
    repOf[byDay.places[line] as number] = (reps[line] as number) + (isTeam ? count : 0);
  }
  const byRep = grouped(repOf, length, hasTeams ? 2 * count : count);
  const [ordered, days] = [new Uint32Array(length), new Int32Array(length)];
  for (let line = 0; line < length; line += 1) {
    const at = byRep.places[byDay.places[line] as number] as number;
    ordered[at] = line;
    days[at] = (dayOf[line] as number) + first;
  }
  const from = (start: number) =>
    Array.from({ length: count }, (_, rep) => {
      const [begin, end] = [byRep.starts[start + rep], byRep.starts[start + rep + 1]];
      return { lines: ordered.subarray(begin, end), days: days.subarray(begin, end) };
    });
  return { own: from(0), ...(hasTeams ? { team: from(count) } : {}) };
}

/** A rep's bookings up to a day, and those after it. */
export function splitAfter({ lines, days }: Bookings, day: Day): readonly [upTo: Bookings, after: Bookings] {
  let at = 0;
  while (at < days.length && dayAt(days, at) <= day) at += 1;
  return [
    { lines: lines.subarray(0, at), days: days.subarray(0, at) },
    { lines: lines.subarray(at), days: days.subarray(at) },
  ];
}

/** The quota credits of each credit by rep. */
export type QuotaCreditsByRep = Readonly<Record<CreditKind, ReadonlyMap<number, readonly QuotaCredit[]>>>;

/** R4.9: the quota credits of each rep in order of (day, credit memo id). */
export function creditsByRep(
  setting: Setting,
  lines: Lines,
  memos: MemoCredits,
  events: SaleEvents,
): QuotaCreditsByRep {
  const { sources, posted } = setting;
  const byCredit: Record<CreditKind, Map<number, QuotaCredit[]>> = {
    own: new Map(),
    team: new Map(),
    cash: new Map(),
  };
  const opening = posted?.opening?.day ?? -NEVER;
  for (const credit of quotaCredits(setting, lines, memos, events)) {
    // What was credited up to the opening is off what was booked up to it.
    if (credit.day <= opening) continue;
    const rep = lines.reps[credit.line] as number;
    const byRep = byCredit[lines.creditOf(credit.line)];
    const own = byRep.get(rep);
    if (own === undefined) byRep.set(rep, [credit]);
    else own.push(credit);
  }
  for (const byRep of Object.values(byCredit)) {
    for (const own of byRep.values()) own.sort((a, b) => a.day - b.day || sources.compare(a.memo, b.memo));
  }
  return byCredit;
}
