/** From a period's flows to what is paid and owed: rules in order, each of which adds entries to the rep's pay account (R7.2). */
import { type Minor, min, roundDown } from '../../money.js';
import type { Terms } from '../../plans/plan.js';
import { PAY_STEPS, type PayStep, signed } from '../r1-words/pay-figures.js';
import type { PeriodFlows } from './accounts.js';

/** A step of the pay account: how much, and by which rule. */
export interface PayEntry {
  readonly step: PayStep;
  /** Not below 0. */
  readonly amount: Minor;
  readonly rule: string;
}

/** A rep's pay account in a period, so far. */
export interface PayAccount {
  readonly flows: PeriodFlows;
  readonly entries: readonly PayEntry[];
  /** What is paid, and what is owed, as of the last entry. */
  readonly paid: Minor;
  readonly owed: Minor;
}

/** A rule: the entries that it adds to the account. */
type PayRule = (account: PayAccount, terms: Pick<Terms, 'recoveryLimit'>) => readonly PayEntry[];

/** R7.2: what each line comes to is a gain or a charge as a whole. */
const netLines: PayRule = ({ flows }) => [
  { step: 'gains', amount: flows.gains, rule: 'R7.2' },
  { step: 'charged', amount: flows.charged, rule: 'R7.2' },
];

/** R7.2: a reinstatement first cancels debt, in full. */
const cancel: PayRule = ({ flows, owed }) => [
  { step: 'cancelled', amount: min(flows.back, owed), rule: 'R7.2' },
];

/** R7.3: of the rest of the gains no more than the limit is withheld. */
const recover: PayRule = ({ paid, owed }, { recoveryLimit }) => {
  const most = roundDown(recoveryLimit.n * paid, recoveryLimit.d);
  return [{ step: 'recovered', amount: min(owed, most), rule: 'R7.3' }];
};

/** The rules, in the order in which they apply. */
const PAY_RULES: readonly PayRule[] = [netLines, cancel, recover];

/**
 * The pay account of a period.
 *
 * @param owedOpening - what the rep owes at its start
 */
export function payAccountOf(
  flows: PeriodFlows,
  owedOpening: Minor,
  terms: Pick<Terms, 'recoveryLimit'>,
): PayAccount {
  const entries: PayEntry[] = [];
  let [paid, owed] = [0n, owedOpening];
  for (const rule of PAY_RULES) {
    for (const entry of rule({ flows, entries, paid, owed }, terms)) {
      entries.push(entry);
      const step = PAY_STEPS[entry.step];
      paid = signed(paid, step.paid, entry.amount);
      owed = signed(owed, step.owed, entry.amount);
    }
  }
  return { flows, entries, paid, owed };
}
