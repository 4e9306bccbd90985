/** Sentences and lists that several sections of the report share. */
import type { Terms } from '../plans/plan.js';

/** The first of a list, and the rest of it. A single one is never left over: naming it takes no more room. */
export function namedAndRest<T>(list: readonly T[], most: number): readonly [named: T[], rest: T[]] {
  const end = list.length === most + 1 ? list.length : most;
  return [list.slice(0, end), list.slice(end)];
}

/** That nothing waits for cash, and why. */
export function nothingWaits(terms: Terms): string {
  return `Nothing waits for cash: ${whyNothingWaits(terms)}.`;
}

export function whyNothingWaits({ plans }: Terms): string {
  if (plans.some(({ level }) => level.earned === 'with-sale' && level.held !== 'none')) {
    return 'all held commission has been released, forfeited or credited';
  }
  const [plan] = plans;
  if (plan === undefined || plans.length > 1) {
    const levels = [...new Set(plans.map(({ level }) => level.number))].sort();
    return `no plan holds commission (level ${levels.join(' and ')})`;
  }
  const { level, earnOn } = plan;
  const when =
    level.earned === 'with-cash'
      ? 'earns as cash comes in'
      : `pays at ${earnOn === 'booking' ? 'booking' : 'invoicing'}`;
  return `plan ${plan.id} (level ${level.number}) ${when}`;
}
