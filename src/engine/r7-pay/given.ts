/** What counts in pay beside postings, by rep and pay period: entries, draws, guarantees and caps (R21, R22, R24). */
import { groupedBy } from '../../grouped.js';
import type { Period } from '../r2-ledgers/calendar.js';
import type { Setting } from '../setting.js';
import { type CapBook, windowFinder } from './caps.js';
import { type Draws, leastIn, NO_LEAST } from './draws.js';
import type { PayEntryRow } from './entries.js';
import { NOTHING_GIVEN, type PayGiven } from './pay-rules.js';

/** What is given of a rep in a pay period; undefined where nothing is. */
export type GivenIn = (period: Period) => PayGiven | undefined;

/** Finds what is given of a rep, by number. */
export type GivenOf = (rep: number) => GivenIn;

/** What pay accounts are given. */
export interface GivenInputs {
  /** Those of open periods. */
  readonly entries: readonly PayEntryRow[];
  readonly draws: Draws;
  /** Undefined where no plan has a cap. */
  readonly caps: CapBook | undefined;
}

export function givenFinder(setting: Setting, { entries, draws, caps }: GivenInputs): GivenOf {
  if (entries.length === 0 && draws.size === 0 && caps === undefined) return () => () => undefined;
  const { books, terms, calendar, asOf } = setting;
  const ofReps = groupedBy(entries, ({ repId }) => repId);
  const windowOf = windowFinder(terms.payPeriod === 'month' ? calendar.months : calendar.quarters, calendar);
  return (rep) => {
    const name = books.reps.nameOf(rep);
    const byPeriod = groupedBy(ofReps.get(name) ?? [], ({ period }) => period);
    const own = draws.get(name);
    const capped = caps?.cappedOf(rep, windowOf);
    if (byPeriod.size === 0 && own === undefined && (capped?.size ?? 0) === 0) return () => undefined;
    return (period) => ({
      entries: byPeriod.get(period.name) ?? NOTHING_GIVEN.entries,
      capped: capped?.get(period.index) ?? 0n,
      least: own === undefined ? NO_LEAST : leastIn(own, period, setting),
      isOver: period.to <= asOf,
    });
  };
}
