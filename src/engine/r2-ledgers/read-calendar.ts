/** Reads the calendar ledger, or makes the calendar that the terms set (R2.7, R2.10). */
import { addAll } from '../../largest.js';
import { type Calendar, ledgerCalendar, monthlyCalendar } from './calendar.js';
import { readRows, type Source } from './read-rows.js';
import type { LedgerRead } from './reading.js';
import { toBeforeFrom } from './row-faults.js';

export function readCalendar(
  source: Source<'calendar'>,
  fiscalYearStart: number | undefined,
): LedgerRead<Calendar> {
  const { ledger, faults } = source;
  const before = faults.length;
  const read = readRows(source, (entry, cells) => {
    if (entry.to < entry.from) faults.push(toBeforeFrom(cells));
    return entry;
  });
  if (ledger === undefined) return { ...read, content: monthlyCalendar(fiscalYearStart ?? 1) };
  const { calendar, faults: together } = ledgerCalendar(read.content);
  // A row at fault leaves a gap that is none of the file's own.
  if (faults.length === before) addAll(faults, together);
  return { ...read, content: calendar };
}
