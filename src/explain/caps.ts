/** What the caps of a rep's plans come to in a pay period: what the plan pays in the window so far, and at most (R22.1). */
import { netOf } from '../engine/r1-words/line-accounts.js';
import type { Posting } from '../engine/r6-postings/posting-table.js';
import type { PayPeriod } from '../engine/r11-closes/close.js';
import type { Minor } from '../money.js';
import { type CapTerms, firstVersions, type Plan } from '../plans/plan.js';

export interface CapExplanation {
  readonly planId: string;
  readonly cap: CapTerms;
  /** The pay period, the quarter or the fiscal year by name. */
  readonly window: string;
  /** Σ (advanced + released − clawed back) of the plan's postings in the window so far; in minor units. */
  readonly paidSoFar: Minor;
  /** The same up to the end of the pay period before; 0 where the window begins with this one. */
  readonly paidBefore: Minor;
}

/** Explains the caps of one rep's plans. */
export class RepCaps {
  readonly #capped: readonly (Plan & { readonly cap: CapTerms })[];
  /** By plan, then by pay period. */
  readonly #nets = new Map<string, Map<string, Minor>>();

  constructor(plans: readonly Plan[]) {
    this.#capped = firstVersions(plans).flatMap((plan) =>
      plan.cap === undefined ? [] : [{ ...plan, cap: plan.cap }],
    );
  }

  /** Takes a posting of the rep. */
  add(posting: Posting): void {
    if (this.#capped.length === 0) return;
    const own = this.#nets.get(posting.planId) ?? new Map<string, Minor>();
    own.set(posting.period, (own.get(posting.period) ?? 0n) + netOf(posting));
    this.#nets.set(posting.planId, own);
  }

  /** The caps of the plans that paid something in the window up to the period. */
  in(period: PayPeriod, periods: readonly PayPeriod[]): readonly CapExplanation[] {
    return this.#capped.flatMap(({ id, cap }): CapExplanation[] => {
      const nets = this.#nets.get(id);
      if (nets === undefined) return [];
      const window = windowOf(period, cap.per);
      const before = periods.filter((one) => one.to <= period.to && windowOf(one, cap.per) === window);
      if (!before.some(({ name }) => nets.has(name))) return [];
      const paidSoFar = before.reduce((sum, { name }) => sum + (nets.get(name) ?? 0n), 0n);
      return [{ planId: id, cap, window, paidSoFar, paidBefore: paidSoFar - (nets.get(period.name) ?? 0n) }];
    });
  }
}

/** A fiscal year has the year of its quarters' names. */
function windowOf({ name, quarter }: PayPeriod, per: CapTerms['per']): string {
  return per === 'pay-period' ? name : per === 'quarter' ? quarter : quarter.slice(0, 4);
}
