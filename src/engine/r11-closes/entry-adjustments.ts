/** The entries of a result: the frozen ones, and those of open periods with the adjustments of closed ones (R21.7). */
import { type Day, findDay, isoOf } from '../../day.js';
import type { Minor } from '../../money.js';
import { inEntryOrder, type PayEntryRow } from '../r7-pay/entries.js';
import { payPeriodFinder, type Setting } from '../setting.js';
import type { Closed } from './closed.js';

/** The entries of closed periods as they were frozen, and those of open ones. */
export interface PostedEntries {
  readonly frozen: readonly PayEntryRow[];
  readonly open: readonly PayEntryRow[];
}

/**
 * R21.7: what the entries of closed periods come to now, less what was frozen or adjusted since, is adjusted on the first open
 * day, by rep, entry and kind.
 *
 * @param entries - all entries as of the date, in order
 */
export function postedEntries(
  setting: Setting,
  closed: Closed | undefined,
  entries: readonly PayEntryRow[],
): PostedEntries {
  if (closed === undefined) return { frozen: [], open: entries };
  const frozen = closed.closes.flatMap((close) => (close.entries ?? []).map((entry) => ({ ...entry })));
  const through = isoOf(closed.through);
  const own = entries.filter(({ date }) => date > through);
  // After an opening alone, what is dated up to it is left out already.
  const adjustments = differencesOf(
    entries.filter(({ date }) => date <= through),
    frozen,
  ).map(({ of, amount }): PayEntryRow => {
    const adjusts = payPeriodFinder(setting)(findDay(of.eventDate) as Day)?.name ?? of.period;
    return { ...of, amount, date: isoOf(closed.open.from), period: closed.open.name, adjusts };
  });
  return { frozen, open: [...adjustments, ...own].sort(inEntryOrder) };
}

interface Difference {
  /** Names the entry: as it is now, where it is still there. */
  of: PayEntryRow;
  amount: Minor;
}

function differencesOf(now: readonly PayEntryRow[], before: readonly PayEntryRow[]): readonly Difference[] {
  const byKey = new Map<string, Difference>();
  const add = (entry: PayEntryRow, amount: Minor): Difference => {
    const key = JSON.stringify([entry.repId, entry.entryId, entry.kind]);
    const known = byKey.get(key) ?? { of: entry, amount: 0n };
    known.amount += amount;
    byKey.set(key, known);
    return known;
  };
  for (const entry of before) add(entry, -entry.amount);
  for (const entry of now) add(entry, entry.amount).of = entry;
  return [...byKey.values()].filter(({ amount }) => amount !== 0n);
}
