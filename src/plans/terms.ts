/** Reads the terms of comp.yaml into plans: the rules of the schema, then the rules that involve several keys. */
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
  const all = [...faults, ...planFaults(raw), ...accountFaults(raw)];
  if (value !== undefined && all.length === 0) return { terms: termsOf(value), faults: [] };
  const left = asRecord(raw) && readBySchema(termsSchema, withoutFaults(raw, all)).value;
  return { terms: left && termsOf(left), faults: all };
}

/**
 * The terms with every plan at another level, keeping its rate: keys that the level does not use are dropped, and a
 * clawback block is kept from level 1 to 2 and back.
 *
 * @returns the terms, and the ids of the plans that moved to level 1 without a clawback block, where only write-offs
 * take commission back
 * @example atLevel({ currency: 'USD', plans: [{ id: 'ae', level: 2, hold: '40%', rate: '5%' }] }, 3).terms.plans
 * // [{ id: 'ae', level: 3, rate: '5%' }]
 */
export function atLevel(
  raw: TermsInput,
  number: LevelNumber,
): { readonly terms: TermsInput; readonly withoutClawback: readonly string[] } {
  const level = LEVELS[number];
  const withoutClawback: string[] = [];
  const plans = raw.plans.map((plan) => {
    // Something that is not a plan stays as it is, and is reported later.
    if (asRecord(plan) === undefined) return plan;
    const entries = Object.entries(plan).filter(([key]) => isUsed(level, key));
    if (level.clawback === 'always' && plan.clawback === undefined) {
      withoutClawback.push(String(plan.id));
      entries.push(['clawback', {}]);
    }
    return { ...Object.fromEntries(entries), level: number } as TermsInput['plans'][number];
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
  const {
    expense = ACCOUNTS.expense,
    payable = ACCOUNTS.payable,
    held = ACCOUNTS.held,
    recoverable = ACCOUNTS.recoverable,
    opening = ACCOUNTS.opening,
  } = read?.accounts ?? {};
  return { accounts: { expense, payable, held, recoverable, opening }, by: read?.by ?? 'rep' };
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

/** The faults that involve several keys. They are found in the terms as written, so that no other fault hides them. */
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

/** No two accounts are the same, written or default: their balances could not be separated. */
function accountFaults(raw: unknown): Fault[] {
  const written = asRecord(asRecord(asRecord(raw)?.['journal'])?.['accounts']);
  if (written === undefined) return [];
  const roles = new Map<string, AccountRole>();
  // Defaults come first, so that the fault is at a key that the file has.
  const inOrder = [...ACCOUNT_ROLES].sort(
    (a, b) => Number(isWritten(written[a])) - Number(isWritten(written[b])),
  );
  return inOrder.flatMap((role): Fault[] => {
    const account = isWritten(written[role]) ? String(written[role]).trim() : ACCOUNTS[role];
    const other = roles.get(account);
    if (other === undefined) {
      roles.set(account, role);
      return [];
    }
    const place = terms(['journal', 'accounts', role]);
    return [{ code: 'duplicate-account', place, account, other }];
  });
}

/** The level is the whole policy: a key that it does not use is a fault, and so is a missing key that it needs. */
function levelFaults(plan: Record<string, unknown>, path: TermsPath): Fault[] {
  const level = findLevel(plan['level']);
  if (level === undefined) return [];
  const faults: Fault[] = LEVEL_KEYS.filter((key) => isWritten(plan[key]) && !isUsed(level, key)).map(
    (key) => ({
      code: 'unused-key',
      place: terms([...path, key]),
      key,
      reason: `Level ${level.number} (${level.name}) ${level.does}, so ${key} has no effect.`,
    }),
  );
  if (level.clawback === 'always' && plan['clawback'] === undefined) {
    const expected = 'what level 1 takes back and when, such as clawback: {pastDueDays: 90}';
    faults.push({ code: 'missing-key', place: terms([...path, 'clawback']), key: 'clawback', expected });
  }
  return faults;
}

/** R4.1: all thresholds of one kind, the first at 0, strictly increasing; percentages need an attainment window. */
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

function isWritten(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function asRecord(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}
