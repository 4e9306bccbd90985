/** Reads the terms of comp.yaml into plans: the schema's rules, then the rules that bind several keys together. */

import { findDecimal, findPercent } from '../money.js';
import type { TermsPath } from '../problems/place.js';
import type { Fault } from '../problems/problem.js';
import { readBySchema } from '../problems/schema-issues.js';
import { compare, ONE, type Ratio, ratio, ZERO } from '../ratio.js';
import { findLevel, LEVELS, type Level, type LevelKey, type LevelNumber } from './levels.js';
import {
  ACCOUNT_ROLES,
  type AccountRole,
  type AgeingTerms,
  type AttainmentWindow,
  type ClawbackTerms,
  type JournalTerms,
  type Plan,
  type Rate,
  type Terms,
} from './plan.js';
import { type PlanRead, type TermsInput, type TermsRead, termsSchema } from './schema.js';
import { withoutFaults } from './stand-in.js';

const LEVEL_KEYS: readonly LevelKey[] = ['hold', 'release', 'clawback', 'earnOn', 'tolerance'];
const HALF = ratio(1n, 2n);
const QUARTER = ratio(1n, 4n);
const TENTH = ratio(1n, 10n);
const PAY_WITHIN = 30;
const BOUNDS: readonly number[] = [30, 60, 90];
const SHORT_INVOICES = 3;
const ACCOUNTS: Readonly<Record<AccountRole, string>> = {
  expense: 'Commission expense',
  payable: 'Commission payable',
  held: 'Commission held',
  recoverable: 'Recoverable from reps',
  opening: 'Opening balances',
};

/** What came of reading the terms. */
export interface TermsReading {
  /** The terms; where they have faults, what is left of them, which is good for looking for faults elsewhere only. */
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
  const all = [...faults, ...planFaults(raw), ...accountFaults(raw)];
  if (value !== undefined && all.length === 0) return { terms: termsOf(value), faults: [] };
  const left = asRecord(raw) && readBySchema(termsSchema, withoutFaults(raw, all)).value;
  return { terms: left && termsOf(left), faults: all };
}

/**
 * The terms with every plan at another level, keeping its rate: keys that the level does not use are dropped, and a
 * clawback block is kept from level 1 to 2 and back.
 *
 * @returns the terms, and the ids of the plans that came to level 1 without a clawback block: there only write-offs
 * take commission back
 * @example atLevel({ currency: 'USD', plans: [{ id: 'ae', level: 2, hold: '40%', rate: '5%' }] }, 3).terms.plans
 * // [{ id: 'ae', level: 3, rate: '5%' }]
 */
export function atLevel(
  raw: TermsInput,
  number: LevelNumber,
): { readonly terms: TermsInput; readonly withoutClawback: readonly string[] } {
  const level = LEVELS[number] as Level;
  const withoutClawback: string[] = [];
  const plans = raw.plans.map((plan) => {
    // What is no plan at all is told as it stands.
    if (asRecord(plan) === undefined) return plan;
    const kept = Object.entries(plan).filter(([key]) => isUsed(level, key));
    if (level.clawback === 'always' && plan.clawback === undefined) {
      withoutClawback.push(String(plan.id));
      kept.push(['clawback', {}]);
    }
    return { ...Object.fromEntries(kept), level: number } as TermsInput['plans'][number];
  });
  return { terms: { ...raw, plans }, withoutClawback };
}

function isUsed(level: Level, key: string): boolean {
  return !LEVEL_KEYS.includes(key as LevelKey) || level.uses.includes(key as LevelKey);
}

function termsOf(read: TermsRead): Terms {
  return {
    currency: read.currency,
    company: { name: read.company?.name, contact: read.company?.contact },
    fiscalYearStart: read.fiscalYearStart ?? 1,
    payPeriod: read.payPeriod,
    recoveryLimit: read.recoveryLimit ?? ONE,
    payWithin: read.payWithin ?? PAY_WITHIN,
    journal: journalOf(read.journal),
    variance: { share: read.variance?.share ?? QUARTER, amount: read.variance?.amount ?? ZERO },
    ageing: ageingOf(read.ageing),
    rounding: read.rounding,
    applyCash: read.applyCash,
    plans: read.plans.map(planOf),
  };
}

function journalOf(read: TermsRead['journal']): JournalTerms {
  const said = read?.accounts ?? {};
  const accounts = ACCOUNT_ROLES.map((role) => [role, said[role] ?? ACCOUNTS[role]]);
  return {
    accounts: Object.fromEntries(accounts) as Record<AccountRole, string>,
    by: read?.by ?? 'rep',
  };
}

function ageingOf(read: TermsRead['ageing']): AgeingTerms {
  const { share = TENTH, invoices = SHORT_INVOICES } = read?.shortPay ?? {};
  return { bounds: read?.bounds ?? BOUNDS, shortPay: { share, invoices } };
}

function planOf(read: PlanRead): Plan {
  const level = findLevel(read.level) as Level;
  return {
    id: read.id,
    level,
    basis: read.basis,
    measure: read.basis === 'gross-profit' && read.quotaOn === 'basis' ? 'gross-profit' : 'revenue',
    earnOn: read.earnOn,
    rate: rateOf(read.rate),
    hold: holdOf(level, read.hold),
    release: read.release,
    clawback: read.clawback === undefined ? undefined : clawbackOf(read.clawback),
    tolerance: read.tolerance ?? ZERO,
    creditsReduceQuota: read.creditsReduceQuota,
  };
}

function holdOf(level: Level, hold: Ratio | undefined): Ratio {
  return level.held === 'none' ? ZERO : level.held === 'all' ? ONE : (hold ?? HALF);
}

function clawbackOf(read: NonNullable<PlanRead['clawback']>): ClawbackTerms {
  return {
    pastDueDays: read.pastDueDays,
    onWriteOff: read.onWriteOff,
    scope: read.scope,
    reinstate: read.reinstate,
  };
}

function rateOf(read: PlanRead['rate']): Rate {
  if (!('table' in read)) return { kind: 'flat', rate: read };
  const byAmount = read.table.every((band) => band.fromAmount !== undefined);
  return {
    kind: 'table',
    window: read.attainment ?? ('quarter' satisfies AttainmentWindow),
    tiers: read.tiers,
    thresholds: byAmount ? 'amount' : 'share-of-quota',
    bands: read.table.map((band) => ({
      from: (byAmount ? band.fromAmount : band.from) as Ratio,
      rate: band.rate,
    })),
  };
}

/** The faults that bind several keys. They are looked for in what was written, so that a fault elsewhere hides none. */
function planFaults(raw: unknown): Fault[] {
  const plans = asRecord(raw)?.['plans'];
  if (!Array.isArray(plans)) return [];
  const seen = new Set<string>();
  return plans.flatMap((written: unknown, index): Fault[] => {
    const plan = asRecord(written);
    if (plan === undefined) return [];
    const path: TermsPath = ['plans', index];
    return [...duplicateFaults(plan, path, seen), ...levelFaults(plan, path), ...tableFaults(plan, path)];
  });
}

function duplicateFaults(plan: Record<string, unknown>, path: TermsPath, seen: Set<string>): Fault[] {
  if (plan['id'] === undefined) return [];
  const id = String(plan['id']).trim();
  if (seen.has(id)) return [{ code: 'duplicate-plan', place: terms([...path, 'id']), plan: id }];
  seen.add(id);
  return [];
}

/** No account is two at once, said or not: its balance could not be told. */
function accountFaults(raw: unknown): Fault[] {
  const said = asRecord(asRecord(asRecord(raw)?.['journal'])?.['accounts']);
  if (said === undefined) return [];
  const roles = new Map<string, AccountRole>();
  // Those that are not said come first: a fault stands at a key that is there.
  const inOrder = [...ACCOUNT_ROLES].sort((a, b) => Number(isSaid(said[a])) - Number(isSaid(said[b])));
  return inOrder.flatMap((role): Fault[] => {
    const account = isSaid(said[role]) ? String(said[role]).trim() : ACCOUNTS[role];
    const other = roles.get(account);
    if (other === undefined) {
      roles.set(account, role);
      return [];
    }
    const place = terms(['journal', 'accounts', role]);
    return [{ code: 'duplicate-account', place, account, other }];
  });
}

/** The level is the whole policy: a key that it does not use is a fault, and so is one that it needs. */
function levelFaults(plan: Record<string, unknown>, path: TermsPath): Fault[] {
  const level = findLevel(plan['level']);
  if (level === undefined) return [];
  const faults: Fault[] = LEVEL_KEYS.filter((key) => isSaid(plan[key]) && !isUsed(level, key)).map((key) => ({
    code: 'unused-key',
    place: terms([...path, key]),
    key,
    reason: `Level ${level.number} (${level.name}) ${level.does}, so ${key} would do nothing.`,
  }));
  if (level.clawback === 'always' && plan['clawback'] === undefined) {
    const expected = 'what level 1 takes back and when, such as clawback: {pastDueDays: 90}';
    faults.push({ code: 'missing-key', place: terms([...path, 'clawback']), key: 'clawback', expected });
  }
  return faults;
}

/** R4.1: all thresholds of one kind, the first at 0, rising strictly; attainment said with percentages. */
function tableFaults(plan: Record<string, unknown>, path: TermsPath): Fault[] {
  const rate = asRecord(plan['rate']);
  const table = rate?.['table'];
  if (rate === undefined || !Array.isArray(table)) return [];
  const bands = table.map((band) => asRecord(band) ?? {});
  const kind = bands[0]?.['fromAmount'] === undefined ? 'from' : 'fromAmount';
  const other = kind === 'from' ? 'fromAmount' : 'from';
  const faults: Fault[] = [];
  let before: { readonly value: Ratio; readonly found: string } | undefined;
  bands.forEach((band, index) => {
    const at = terms([...path, 'rate', 'table', index]);
    if (band[other] !== undefined || band[kind] === undefined) {
      const found = Object.keys(band).join(', ');
      faults.push({ code: 'mixed-thresholds', place: at, found, expected: kind });
      return;
    }
    const place = terms([...path, 'rate', 'table', index, kind]);
    const found = String(band[kind]).trim();
    const value = kind === 'from' ? findPercent(found)?.value : findDecimal(found);
    if (value === undefined) return;
    if (index === 0 && compare(value, ZERO) !== 0) faults.push({ code: 'first-band-not-zero', place, found });
    if (before !== undefined && compare(value, before.value) <= 0) {
      faults.push({ code: 'thresholds-not-rising', place, found, before: before.found });
    }
    before = { value, found };
  });
  if (kind === 'from' && rate['attainment'] === undefined) {
    const place = terms([...path, 'rate', 'attainment']);
    faults.push({ code: 'missing-key', place, key: 'attainment', expected: 'quarter, year-to-date or year' });
  }
  return faults;
}

function terms(path: TermsPath): { readonly kind: 'terms'; readonly path: TermsPath } {
  return { kind: 'terms', path };
}

function isSaid(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function asRecord(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}
