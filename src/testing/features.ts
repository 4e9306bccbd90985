/** Random workspaces that mix the features of plans.md: histories of engine.md, dressed in some of them. */
import fc from 'fast-check';
import { often } from './choices.js';
import {
  addAccounts,
  addCash,
  addCurrencies,
  addItems,
  addLimits,
  addMonths,
  addSaleRates,
  addSpokenMemos,
  addTeams,
  fillCells,
  fillQuotas,
} from './features/credits.js';
import { type Dressing, diceOf, draftOf, type PlanDraft, type RateDraft } from './features/dressing.js';
import { addCaps, addDraws, addEntries, addLeastPayout, addRecovery } from './features/pay.js';
import {
  addDiscounts,
  addDisputes,
  addLeavers,
  addMismatches,
  addSchedules,
  addStages,
  addTiming,
  addTolerances,
  moveExcess,
} from './features/targets.js';
import { histories } from './histories.js';
import type { History } from './history.js';
import type { Limits } from './limits.js';
import { planSketches } from './plans.js';
import { rateSketches } from './rates.js';

/** What rates and plans features may draw on. */
interface Drawn {
  readonly plans: readonly PlanDraft[];
  readonly rates: readonly RateDraft[];
}

/** In the order in which they are put on. */
const FEATURES = {
  teams: ({ plans }: Drawn): Dressing => addTeams(plans),
  cash:
    ({ rates }: Drawn): Dressing =>
    (draft, dice) =>
      addCash(draft, dice, rates),
  accounts: () => addAccounts,
  cells: () => fillCells,
  items:
    ({ rates }: Drawn): Dressing =>
    (draft, dice) =>
      addItems(draft, dice, rates),
  'sale rates': () => addSaleRates,
  months: () => addMonths,
  limits: () => addLimits,
  currencies: () => addCurrencies,
  'spoken memos': () => addSpokenMemos,
  schedules: () => addSchedules,
  disputes: () => addDisputes,
  timing: () => addTiming,
  stages: () => addStages,
  leavers: () => addLeavers,
  tolerances: () => addTolerances,
  discounts: () => addDiscounts,
  excess: () => moveExcess,
  mismatches: () => addMismatches,
  entries: () => addEntries,
  caps: () => addCaps,
  recovery: () => addRecovery,
  draws: () => addDraws,
  'least payout': () => addLeastPayout,
  quotas: () => fillQuotas,
} as const satisfies Readonly<Record<string, (drawn: Drawn) => Dressing>>;

export type Feature = keyof typeof FEATURES;

/** What makes a workspace whole again after features, and is there always. */
const ALWAYS: readonly Feature[] = ['cells', 'quotas'];

/** The features by what of the rules they reach into. */
export const GROUPS = {
  credits: [
    'teams',
    'cash',
    'accounts',
    'items',
    'sale rates',
    'months',
    'limits',
    'currencies',
    'spoken memos',
  ],
  targets: [
    'schedules',
    'disputes',
    'timing',
    'stages',
    'leavers',
    'tolerances',
    'discounts',
    'excess',
    'mismatches',
  ],
  pay: ['entries', 'caps', 'recovery', 'draws', 'least payout'],
} as const satisfies Readonly<Record<string, readonly Feature[]>>;

export type Group = keyof typeof GROUPS;

export function featuresOf(groups: readonly Group[]): readonly Feature[] {
  return groups.flatMap((group): readonly Feature[] => GROUPS[group]);
}

export interface Dressed {
  readonly history: History;
  readonly features: readonly Feature[];
}

/** Random workspaces with some of these features; shrinking takes features off. */
export function dressedIn(wanted: readonly Feature[], limits: Limits = {}): fc.Arbitrary<Dressed> {
  const dice = fc.array(fc.nat(9999), { minLength: 23, maxLength: 23 });
  const drawn = fc.record({
    plans: fc
      .array(planSketches(limits), { minLength: 1, maxLength: 2 })
      .map((plans) =>
        plans.map((plan, at): PlanDraft => ({ id: `plan ${at}`, ...structuredClone(plan) }) as PlanDraft),
      ),
    rates: fc
      .array(rateSketches(), { minLength: 2, maxLength: 3 })
      .map((rates) => structuredClone(rates) as RateDraft[]),
  });
  const worn = fc.tuple(
    ...ORDER.map((feature) =>
      ALWAYS.includes(feature)
        ? dice
        : wanted.includes(feature)
          ? often(1, 3, dice, undefined)
          : fc.constant(undefined),
    ),
  );
  return fc.tuple(histories(limits), drawn, worn).map(([bare, given, numbers]) => {
    const draft = draftOf(bare);
    const features = ORDER.filter((_, at) => numbers[at] !== undefined);
    ORDER.forEach((feature, at) => {
      const own = numbers[at];
      if (own !== undefined) FEATURES[feature](given)(draft, diceOf(own));
    });
    return { history: draft, features: features.filter((feature) => !ALWAYS.includes(feature)) };
  });
}

const ORDER = Object.keys(FEATURES) as Feature[];

/** Every feature that histories may have. */
export const FEATURE_NAMES: readonly Feature[] = ORDER.filter((feature) => !ALWAYS.includes(feature));
