/** Words that several sections of the report share. */
import type { Result } from '../engine/result.js';
import { groupThousands } from '../money.js';
import type { Figures } from '../pages/figures.js';
import type { Terms } from '../plans/plan.js';

/** `1 rep`, `1,200 reps`. */
export function counted(count: number, one: string, several = `${one}s`): string {
  return `${groupThousands(`${count}`)} ${count === 1 ? one : several}`;
}

/** `is` or `are`, `has` or `have`: by how many there are. */
export function verb(count: number, one: string, several: string): string {
  return count === 1 ? one : several;
}

/** The first of a list, and the rest of it: a single one is no rest, since it takes no more room by name. */
export function namedAndRest<T>(list: readonly T[], most: number): readonly [named: T[], rest: T[]] {
  const end = list.length === most + 1 ? list.length : most;
  return [list.slice(0, end), list.slice(end)];
}

/** How the amounts of a result are written. */
export function figuresOf({ currency, scale }: Pick<Result, 'currency' | 'scale'>): Figures {
  return { digits: currency.digits, scale };
}

/** That nothing waits for cash, and why. */
export function nothingWaits(terms: Terms): string {
  return `Nothing waits for cash: ${whyNothingWaits(terms)}.`;
}

export function whyNothingWaits({ plans }: Terms): string {
  if (plans.some(({ level }) => level.earned === 'with-sale' && level.held !== 'none')) {
    return 'all that was held has been released, forfeited or credited';
  }
  const [plan] = plans;
  if (plan === undefined || plans.length > 1) {
    return `that is so at level ${[...new Set(plans.map(({ level }) => level.number))].sort().join(' and ')}`;
  }
  const { level, earnOn } = plan;
  const when =
    level.earned === 'with-cash'
      ? 'earns with the cash'
      : `pays at ${earnOn === 'booking' ? 'booking' : 'invoicing'}`;
  return `plan ${plan.id} (level ${level.number}) ${when}`;
}
