/** From what a period brings to what is paid and owed: rules in order, each of which adds entries to the rep's pay account (R21.2). */
import { type Minor, max, min, roundDown } from '../../money.js';
import type { PayTerms } from '../../plans/plan.js';
import { type Balances, PAY_STEPS, type PayStep, signed } from '../r1-words/pay-figures.js';
import type { PeriodFlows } from './accounts.js';
import { type Least, NO_LEAST } from './draws.js';
import type { PayEntryRow } from './entries.js';

/** What counts in a pay period beside its postings (R21, R22, R24). */
export interface PayGiven {
  /** Those dated in the period. */
  readonly entries: readonly PayEntryRow[];
  /** What goes beyond caps; below 0 where less does than before. */
  readonly capped: Minor;
  /** What the rep is paid at least. */
  readonly least: Least;
  /** Whether the period has ended: only then is it added up to the least (R24.2). */
  readonly isOver: boolean;
}

export const NOTHING_GIVEN: PayGiven = { entries: [], capped: 0n, least: NO_LEAST, isOver: false };

/** A step of the pay account: how much, and by which rule. */
export interface PayEntry {
  readonly step: PayStep;
  /** Below 0 where it takes something off its step. */
  readonly amount: Minor;
  readonly rule: string;
}

/** A rep's pay account in a period, so far. */
export interface PayAccount {
  readonly flows: PeriodFlows;
  readonly given: PayGiven;
  /** What was too little to be paid out before (R29.1). */
  readonly carried: Minor;
  readonly entries: readonly PayEntry[];
  /** What is paid, and what is owed, as of the last entry. */
  readonly paid: Minor;
  readonly owed: Minor;
}

/** A rule: the entries that it adds to the account. */
type PayRule = (account: PayAccount, terms: PayTerms) => readonly PayEntry[];

const NONE: readonly PayEntry[] = [];

/** R7.2: what each line comes to is a gain or a charge as a whole. */
const netLines: PayRule = ({ flows }) => [
  { step: 'gains', amount: flows.gains, rule: 'R7.2' },
  { step: 'charged', amount: flows.charged, rule: 'R7.2' },
];

/** R21.2, R22.1: what goes beyond a cap is no gain; what no longer does was never paid, so it is not charged. */
const cap: PayRule = ({ given: { capped } }) => {
  if (capped === 0n) return NONE;
  return [
    capped > 0n
      ? { step: 'gains', amount: -capped, rule: 'R22.1' }
      : { step: 'charged', amount: capped, rule: 'R22.1' },
  ];
};

/** R21.2: a bonus is a gain, a deduction is a charge. */
const adjust: PayRule = ({ given }) => {
  if (given.entries.length === 0) return NONE;
  return given.entries.flatMap(({ kind, amount }): PayEntry[] => {
    if (kind !== 'bonus') return [];
    return [
      amount > 0n
        ? { step: 'gains', amount, rule: 'R21.2' }
        : { step: 'charged', amount: -amount, rule: 'R21.2' },
    ];
  });
};

/** R7.2, R21.2: a reinstatement first cancels debt, in full. */
const cancel: PayRule = ({ flows, paid, owed }) => {
  if (flows.back === 0n) return NONE;
  return [{ step: 'cancelled', amount: min(flows.back, min(owed, paid)), rule: 'R7.2' }];
};

/** R21.2: waivers let go of debt. */
const waive: PayRule = ({ given, owed }) => {
  if (given.entries.length === 0) return NONE;
  return [{ step: 'waived', amount: min(sumOf(given.entries, 'waiver'), owed), rule: 'R21.2' }];
};

/** R21.2: repayments settle debt; what is paid back beyond it is a gain. */
const settle: PayRule = ({ given, owed }) => {
  const repaid = sumOf(given.entries, 'repayment');
  if (repaid === 0n) return NONE;
  const settled = min(repaid, owed);
  return [
    { step: 'settled', amount: settled, rule: 'R21.2' },
    { step: 'gains', amount: repaid - settled, rule: 'R21.2' },
  ];
};

/** R7.3, R23.1: of the rest of the gains no more than the limit is withheld, and enough is left. */
const recover: PayRule = ({ given, paid, owed }, { recovery: { limit, keep, most } }) => {
  if (owed === 0n) return NONE;
  const share = roundDown(limit.n * paid, limit.d);
  const spare = max(paid - max(keep, given.least.guarantee), 0n);
  const allowed = min(min(share, spare), most ?? share);
  return [{ step: 'recovered', amount: min(owed, allowed), rule: 'R23.1' }];
};

/** R24.2: what is missing to the guarantee. */
const guarantee: PayRule = ({ given: { least, isOver }, paid }) =>
  isOver && least.guarantee > paid
    ? [{ step: 'guaranteed', amount: least.guarantee - paid, rule: 'R24.2' }]
    : NONE;

/** R24.2: what is missing to the draw is an advance. */
const draw: PayRule = ({ given: { least, isOver }, paid }) =>
  isOver && least.draw > paid ? [{ step: 'drawn', amount: least.draw - paid, rule: 'R24.2' }] : NONE;

/** R29.1: too little is carried to the next period. */
const payOut: PayRule = ({ carried, paid }, { payout: { least } }) => {
  const due = carried + paid;
  if (carried === 0n && due >= least) return NONE;
  return [
    { step: 'carriedOpening', amount: carried, rule: 'R29.1' },
    { step: 'carried', amount: due >= least ? 0n : due, rule: 'R29.1' },
  ];
};

/** The rules, in the order in which they apply. */
const PAY_RULES: readonly PayRule[] = [
  netLines,
  cap,
  adjust,
  cancel,
  waive,
  settle,
  recover,
  guarantee,
  draw,
  payOut,
];

/**
 * The pay account of a period.
 *
 * @param opening - what the rep brings into it
 */
export function payAccountOf(
  flows: PeriodFlows,
  given: PayGiven,
  opening: Pick<Balances, 'owed' | 'carried'>,
  terms: PayTerms,
): PayAccount {
  const entries: PayEntry[] = [];
  const { carried } = opening;
  let [paid, owed] = [0n, opening.owed];
  for (const rule of PAY_RULES) {
    for (const entry of rule({ flows, given, carried, entries, paid, owed }, terms)) {
      entries.push(entry);
      const step = PAY_STEPS[entry.step];
      paid = signed(paid, step.paid, entry.amount);
      owed = signed(owed, step.owed, entry.amount);
    }
  }
  return { flows, given, carried, entries, paid, owed };
}

/** The entries of a kind added up. */
export function sumOf(entries: readonly PayEntryRow[], kind: PayEntryRow['kind']): Minor {
  let sum = 0n;
  for (const entry of entries) if (entry.kind === kind) sum += entry.amount;
  return sum;
}
