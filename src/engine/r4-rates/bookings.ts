/** Each rep's bookings and quota-reducing credits in the order in which they consume the window (R4.4, R4.9). */
import { type Day, dayAt } from '../../day.js';
import { grouped } from '../../grouped.js';
import type { Lines } from '../r3-sales/lines.js';
import type { SaleEvents } from '../r3-sales/sale-events.js';
import type { Setting } from '../setting.js';
import { type QuotaCredit, quotaCredits } from './quota-credits.js';

/** One rep's lines in order of (booking date, invoice id), with their booking dates. */
export interface Bookings {
  readonly lines: Uint32Array;
  readonly days: Int32Array;
}

/** Later than every day. */
export const NEVER = Number.POSITIVE_INFINITY;

/**
 * R4.4: bookings consume the window in order of (booking date, invoice id, rep id). Lines have the order of invoice ids
 * already, so they are arranged by day, and then by rep.
 */
export function bookingsByRep({ books }: Setting, { length, invoices, reps }: Lines): readonly Bookings[] {
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
  for (let line = 0; line < length; line += 1) repOf[byDay.places[line] as number] = reps[line] as number;
  const count = books.reps.length;
  const byRep = grouped(repOf, length, count);
  const [lines, days] = [new Uint32Array(length), new Int32Array(length)];
  for (let line = 0; line < length; line += 1) {
    const at = byRep.places[byDay.places[line] as number] as number;
    lines[at] = line;
    days[at] = (dayOf[line] as number) + first;
  }
  return Array.from({ length: count }, (_, rep) => {
    const [from, to] = [byRep.starts[rep], byRep.starts[rep + 1]];
    return { lines: lines.subarray(from, to), days: days.subarray(from, to) };
  });
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

/** R4.9: the quota credits of each rep in order of (day, credit memo id). */
export function creditsByRep(
  setting: Setting,
  lines: Lines,
  events: SaleEvents,
): ReadonlyMap<number, readonly QuotaCredit[]> {
  const { sources, posted } = setting;
  const byRep = new Map<number, QuotaCredit[]>();
  const opening = posted?.opening?.day ?? -NEVER;
  for (const credit of quotaCredits(setting, lines, events)) {
    // What was credited up to the opening is off what was booked up to it.
    if (credit.day <= opening) continue;
    const rep = lines.reps[credit.line] as number;
    const own = byRep.get(rep);
    if (own === undefined) byRep.set(rep, [credit]);
    else own.push(credit);
  }
  for (const own of byRep.values()) own.sort((a, b) => a.day - b.day || sources.compare(a.memo, b.memo));
  return byRep;
}
