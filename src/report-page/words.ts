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

/** How the amounts of a result are written. */
export function figuresOf({ currency, scale }: Pick<Result, 'currency' | 'scale'>): Figures {
  return { digits: currency.digits, scale };
}

/** Why nothing waits for cash. */
export function nothingWaits({ plans }: Terms): string {
  if (plans.some(({ level }) => level.earned === 'with-sale' && level.held !== 'none')) {
    return 'Nothing waits for cash: all that was held has been released or forfeited.';
  }
  const [plan] = plans;
  if (plan === undefined || plans.length > 1) {
    const levels = [...new Set(plans.map(({ level }) => level.number))].sort().join(' and ');
    return `Nothing waits for cash: that is so at level ${levels}.`;
  }
  const { level, earnOn } = plan;
  const when =
    level.earned === 'with-cash'
      ? 'earns with the cash'
      : `pays at ${earnOn === 'booking' ? 'booking' : 'invoicing'}`;
  return `Nothing waits for cash: plan ${plan.id} (level ${level.number}) ${when}.`;
}
