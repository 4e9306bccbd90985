/** Reads the terms of comp.yaml into plans. */
import type { Day } from '../day.js';
import { type Minor, powerOfTen } from '../money.js';
import type { Fault } from '../problems/problem.js';
import { readBySchema } from '../problems/schema-issues.js';
import { ONE, type Ratio, ZERO } from '../ratio.js';
import {
  ACCOUNTS,
  AGEING_BOUNDS,
  HOLD,
  PAY_WITHIN,
  SHORT_PAY,
  TOLERANCE,
  VARIANCE_SHARE,
} from './defaults.js';
import { findLevel, isUsed, LEVELS, type Level, type LevelNumber } from './levels.js';
import {
  ACCOUNT_ROLES,
  type AccountRole,
  type AgeingTerms,
  type CashTerms,
  type CategoryRate,
  type ClawbackTerms,
  type JournalTerms,
  type Plan,
  type Rate,
  type Terms,
} from './plan.js';
import { oneVersionSchema, type PlanRead, type TermsInput, type TermsRead, termsSchema } from './schema.js';
import { withoutFaults } from './stand-in.js';
import { termFaults } from './term-faults.js';
import { versionsIn } from './versions.js';
import { asRecord, type Written } from './written.js';

/** The result of reading the terms. */
export interface TermsReading {
  /** The terms. If they have faults: their valid part, which is only good for finding other faults. */
  readonly terms: Terms | undefined;
  readonly faults: readonly Fault[];
}

/**
 * Reads terms as written in comp.yaml (without its ledgers) and finds every fault in them (R9.1).
 *
 * @param raw - plain values: percentages and amounts as text or numbers
 */
export function readTerms(raw: unknown): TermsReading {
  const { value, faults } = readBySchema(termsSchema, raw);
  const all = [...faults, ...termFaults(raw)];
  if (value !== undefined && all.length === 0) return { terms: termsOf(value, raw), faults: [] };
  if (asRecord(raw) === undefined) return { terms: undefined, faults: all };
  const mended = withoutFaults(raw, all);
  const left = readBySchema(termsSchema, mended).value;
  return { terms: left && termsOf(left, mended), faults: all };
}

/**
 * The terms with every plan and all its versions at another level, keeping their rates: keys that the level does not use are dropped, and a
 * clawback block is kept from level 1 to 2 and back.
 *
 * @returns the terms, and the ids of the plans that moved to level 1 without a clawback block, where only write-offs
 * take commission back; terms that have no plans are returned as they are, and {@link calculate} lists what is wrong with them
 * @example atLevel({ currency: 'USD', plans: [{ id: 'ae', level: 2, hold: '40%', rate: '5%' }] }, 3).terms.plans
 * // [{ id: 'ae', level: 3, rate: '5%' }]
 */
export function atLevel(
  raw: TermsInput,
  number: LevelNumber,
): { readonly terms: TermsInput; readonly withoutClawback: readonly string[] } {
  const level = LEVELS[number];
  const withoutClawback: string[] = [];
  // What is no list of plans, or no level, is reported when the terms are read.
  const written: unknown = asRecord(raw)?.['plans'];
  if (level === undefined || !Array.isArray(written)) return { terms: raw, withoutClawback };
  const plans = raw.plans.map((plan) => {
    // Something that is not a plan stays as it is, and is reported later; a plan of credit cash has no level (R12.4).
    if (asRecord(plan) === undefined || plan.credit === 'cash') return plan;
    const entries: [string, unknown][] = Object.entries(plan).filter(([key]) => isUsed(level, key));
    if (level.clawback === 'always' && plan.clawback === undefined) {
      withoutClawback.push(String(plan.id));
      entries.push(['clawback', {}]);
    }
    const versions = versionsAt(level, plan.versions);
    return { ...Object.fromEntries(entries), level: number, ...versions } as TermsInput['plans'][number];
  });
  return { terms: { ...raw, plans }, withoutClawback };
}

/** The versions of a plan without their levels, and without the keys that the level does not use. */
function versionsAt(level: Level, written: unknown): { readonly versions?: readonly unknown[] } {
  if (!Array.isArray(written)) return {};
  const versions = written.map((version: unknown) => {
    const keys = asRecord(version);
    if (keys === undefined) return version;
    return Object.fromEntries(Object.entries(keys).filter(([key]) => key !== 'level' && isUsed(level, key)));
  });
  return { versions };
}

/** @param written - what was read */
function termsOf(read: TermsRead, written: unknown): Terms {
  const writtenPlans = asRecord(written)?.['plans'];
  const minor = (amount: Ratio) => minorAmount(amount, read.currency.digits);
  return {
    currency: read.currency,
    company: { name: read.company?.name, contact: read.company?.contact },
    fiscalYearStart: read.fiscalYearStart ?? 1,
    payPeriod: read.payPeriod,
    recovery: {
      limit: read.recovery?.limit ?? read.recoveryLimit ?? ONE,
      keep: minor(read.recovery?.keep ?? ZERO),
      most: read.recovery?.most && minor(read.recovery.most),
    },
    payout: { least: minor(read.payout?.least ?? ZERO) },
    payDay: read.payDay,
    payWithin: read.payWithin ?? PAY_WITHIN,
    journal: journalOf(read.journal),
    variance: { share: read.variance?.share ?? VARIANCE_SHARE, amount: read.variance?.amount ?? ZERO },
    ageing: ageingOf(read.ageing),
    rounding: read.rounding,
    applyCash: read.applyCash,
    excessCash: read.excessCash,
    discounts: read.discounts,
    leavers: read.leavers,
    plans: read.plans.flatMap((plan, index) => [
      planOf(plan, undefined, minor),
      ...laterVersions(plan.versions ?? [], (writtenPlans as readonly Written[])[index] as Written, minor),
    ]),
  };
}

/** R31.1: each version as a plan of its own. */
function laterVersions(
  versions: readonly { readonly from: Day }[],
  written: Written,
  minor: (amount: Ratio) => Minor,
): Plan[] {
  const plans = versionsIn(written);
  return versions.map(({ from }, index) => {
    // What versions come to has no faults where the terms have none.
    const read = readBySchema(oneVersionSchema, plans[index]?.plan).value as PlanRead;
    return planOf(read, from, minor);
  });
}

function journalOf(read: TermsRead['journal']): JournalTerms {
  const { accounts: written, by = 'rep' } = read ?? {};
  const accounts = Object.fromEntries(
    ACCOUNT_ROLES.map((role) => [role, written?.[role] ?? ACCOUNTS[role]]),
  ) as Record<AccountRole, string>;
  return { accounts, by };
}

function ageingOf(read: TermsRead['ageing']): AgeingTerms {
  const { share = SHORT_PAY.share, invoices = SHORT_PAY.invoices } = read?.shortPay ?? {};
  return { bounds: read?.bounds ?? AGEING_BOUNDS, shortPay: { share, invoices } };
}

function planOf(read: PlanRead, from: Day | undefined, minor: (amount: Ratio) => Minor): Plan {
  const level = levelOf(read);
  const rates = read.rates?.map(categoryRateOf);
  return {
    id: read.id,
    from,
    credit: read.credit,
    cash: read.credit === 'cash' ? cashOf(read) : undefined,
    level,
    basis: read.basis,
    measure: read.basis === 'gross-profit' && read.quotaOn === 'basis' ? 'gross-profit' : 'revenue',
    earnOn: read.earnOn,
    rate: rates === undefined ? rateOf(read.rate ?? ZERO) : shownRate(rates),
    rates,
    perInvoice: read.perInvoice && { most: read.perInvoice.most, least: read.perInvoice.least },
    hold: holdOf(level, read.hold),
    release: read.release,
    clawback: read.clawback === undefined ? undefined : clawbackOf(read.clawback),
    tolerance: read.tolerance ?? TOLERANCE,
    timing: read.timing && { from: read.timing.from, bands: read.timing.table },
    untilInvoice: read.untilInvoice ?? ZERO,
    creditsReduceQuota: read.creditsReduceQuota,
    cap: read.cap && { amount: minor(read.cap.amount), per: read.cap.per },
  };
}

/** R12.4: the postings of a cash plan have level 0. */
function levelOf({ credit, level }: PlanRead): Level {
  return credit === 'cash' ? LEVELS[0] : (findLevel(level) as Level);
}

function cashOf({ of = 'account', pastDue }: PlanRead): CashTerms {
  return { of, pastDue: pastDue && { from: pastDue.from ?? 1, to: pastDue.to } };
}

function categoryRateOf({
  category,
  rate,
  countsForQuota,
}: NonNullable<PlanRead['rates']>[number]): CategoryRate {
  const categories = typeof category === 'string' ? [category] : category;
  return { categories, rate: rateOf(rate), countsForQuota };
}

/** R13.3: the window shown is that of the first entry with a table. */
function shownRate(rates: readonly CategoryRate[]): Rate {
  const shown = rates.find(({ rate }) => rate.kind === 'table') ?? rates[0];
  return (shown as CategoryRate).rate;
}

/** R21.1: an amount that is paid has no more decimals than the currency: what has more is a fault. */
function minorAmount({ n, d }: Ratio, digits: number): Minor {
  return (n * powerOfTen(digits)) / d;
}

function holdOf(level: Level, hold: Ratio | undefined): Ratio {
  return level.held === 'none' ? ZERO : level.held === 'all' ? ONE : (hold ?? HOLD);
}

function clawbackOf(read: NonNullable<PlanRead['clawback']>): ClawbackTerms {
  return {
    pastDueDays: read.pastDueDays,
    onWriteOff: read.onWriteOff,
    scope: read.scope,
    reinstate: read.reinstate,
  };
}

function rateOf(read: NonNullable<PlanRead['rate']>): Rate {
  if (!('table' in read)) return { kind: 'flat', rate: read };
  const byAmount = read.table.every((band) => band.fromAmount !== undefined);
  return {
    kind: 'table',
    window: read.attainment ?? 'quarter',
    tiers: read.tiers,
    thresholds: byAmount ? 'amount' : 'share-of-quota',
    bands: read.table.map((band) => ({
      from: (byAmount ? band.fromAmount : band.from) as Ratio,
      rate: band.rate,
    })),
  };
}
