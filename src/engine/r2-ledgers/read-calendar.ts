/** Reads the calendar ledger, or makes the calendar that the terms say (R2.7, R2.10). */
import { type Calendar, type CalendarEntry, ledgerCalendar, monthlyCalendar } from './calendar.js';
import { type Desk, readRows } from './cells.js';
import type { Ledger } from './ledger.js';
import { toBeforeFrom } from './row-faults.js';

export function readCalendar(
  ledger: Ledger<unknown> | undefined,
  fiscalYearStart: number | undefined,
  desk: Desk,
): Calendar {
  if (ledger === undefined) return monthlyCalendar(fiscalYearStart ?? 1);
  const { faults } = desk;
  const before = faults.length;
  const entries = readRows('calendar', ledger, desk, (cells): CalendarEntry | undefined => {
    const [quarter, from, to] = [cells.quarterName('quarter'), cells.day('from'), cells.day('to')];
    const month = cells.month('month');
    if (quarter === undefined || from === undefined || to === undefined) return undefined;
    if (to < from) faults.push(toBeforeFrom(cells));
    return { row: cells.row, quarter, month, from, to };
  });
  const { calendar, faults: together } = ledgerCalendar(entries);
  // A row at fault leaves a gap that is none of the file's own.
  if (faults.length === before) faults.push(...together);
  return calendar;
}
