// What comp.yaml says, read into plans and settings with every default filled in.

import { type Fraction, ONE, parseDecimal, parsePercent, ZERO } from './fraction.js';

export type Json = Readonly<Record<string, unknown>>;

export type Measure = 'revenue' | 'gross-profit';
export type Attainment = 'quarter' | 'year-to-date' | 'year';

export interface Band {
  /** A share of the window's quota, or an amount of its own (R4.3). */
  readonly unit: 'quota' | 'amount';
  readonly from: Fraction;
  readonly rate: Fraction;
}

export type Rate =
  | { readonly kind: 'flat'; readonly rate: Fraction }
  | {
      readonly kind: 'marginal' | 'retroactive';
      readonly attainment: Attainment;
      readonly bands: readonly Band[];
    };

export interface Clawback {
  /** Undefined where only write-offs claw back. */
  readonly pastDueDays: number | undefined;
  readonly onWriteOff: boolean;
  readonly scope: 'unpaid' | 'whole';
  readonly reinstate: boolean;
}

export interface Plan {
  readonly id: string;
  readonly level: number;
  readonly basis: Measure;
  /** What attainment is measured in (R3.2). */
  readonly measure: Measure;
  readonly earnOn: 'invoice' | 'booking';
  readonly rate: Rate;
  readonly creditsReduceQuota: boolean;
  readonly tolerance: Fraction;
  readonly hold: Fraction;
  readonly release: 'pro-rata' | 'paid-in-full';
  readonly clawback: Clawback | undefined;
}

export interface Terms {
  readonly currency: string;
  /** Decimals of the currency's minor unit. */
  readonly digits: number;
  readonly fiscalYearStart: number;
  readonly payPeriod: 'quarter' | 'month';
  readonly recoveryLimit: Fraction;
  readonly rounding: 'half-up' | 'half-even';
  /** Whether cash that names no invoice is applied by rule. */
  readonly appliesCash: boolean;
  readonly plans: readonly Plan[];
}

const MINOR_DIGITS: Readonly<Record<string, number>> = { USD: 2, EUR: 2, JPY: 0, KWD: 3 };

const LEVELS = ['no-linkage', 'clawback', 'partial-hold', 'pay-on-collection', 'earn-on-collection'];

export function readTerms(said: Json): Terms {
  const currency = textOf(said, 'currency', '');
  const digits = MINOR_DIGITS[currency];
  if (digits === undefined) throw new RangeError(`minor unit of "${currency}" is not known here`);
  const plans = said['plans'];
  return {
    currency,
    digits,
    fiscalYearStart: Number(textOf(said, 'fiscalYearStart', '1')),
    payPeriod: textOf(said, 'payPeriod', 'quarter') === 'month' ? 'month' : 'quarter',
    recoveryLimit: parsePercent(textOf(said, 'recoveryLimit', '100%')),
    rounding: textOf(said, 'rounding', 'half-up') === 'half-even' ? 'half-even' : 'half-up',
    appliesCash: textOf(said, 'applyCash', 'none') === 'oldest-due-first',
    plans: Array.isArray(plans) ? plans.map((plan: unknown) => readPlan(objectOf(plan))) : [],
  };
}

function readPlan(said: Json): Plan {
  const level = readLevel(textOf(said, 'level', ''));
  const basis = readMeasure(textOf(said, 'basis', 'revenue'));
  return {
    id: textOf(said, 'id', ''),
    level,
    basis,
    // R3.2: gross profit only where the basis is, and quotaOn is not revenue.
    measure: textOf(said, 'quotaOn', 'basis') === 'revenue' ? 'revenue' : basis,
    earnOn: textOf(said, 'earnOn', 'invoice') === 'booking' ? 'booking' : 'invoice',
    rate: readRate(said['rate']),
    creditsReduceQuota: textOf(said, 'creditsReduceQuota', 'true') === 'true',
    tolerance: parseDecimal(textOf(said, 'tolerance', '0')),
    hold: holdOf(level, parsePercent(textOf(said, 'hold', '50%'))),
    release: textOf(said, 'release', 'pro-rata') === 'paid-in-full' ? 'paid-in-full' : 'pro-rata',
    clawback: readClawback(level, said['clawback']),
  };
}

function readLevel(said: string): number {
  const named = LEVELS.indexOf(said);
  return named === -1 ? Number(said) : named;
}

function readMeasure(said: string): Measure {
  return said === 'gross-profit' ? 'gross-profit' : 'revenue';
}

/** R5.3. Level 4 holds nothing, since nothing is earned before cash (R5.5). */
function holdOf(level: number, ofPlan: Fraction): Fraction {
  if (level === 2) return ofPlan;
  return level === 3 ? ONE : ZERO;
}

/** R4.1. */
function readRate(said: unknown): Rate {
  if (typeof said !== 'object' || said === null) return { kind: 'flat', rate: parsePercent(String(said)) };
  const rate = objectOf(said);
  const table = rate['table'];
  const attainment = textOf(rate, 'attainment', 'quarter');
  return {
    kind: textOf(rate, 'tiers', 'marginal') === 'retroactive' ? 'retroactive' : 'marginal',
    attainment: attainment === 'year' || attainment === 'year-to-date' ? attainment : 'quarter',
    bands: Array.isArray(table) ? table.map((band: unknown) => readBand(objectOf(band))) : [],
  };
}

function readBand(said: Json): Band {
  const rate = parsePercent(textOf(said, 'rate', ''));
  return said['fromAmount'] === undefined
    ? { unit: 'quota', from: parsePercent(textOf(said, 'from', '')), rate }
    : { unit: 'amount', from: parseDecimal(textOf(said, 'fromAmount', '')), rate };
}

/** R5.6: level 1 always (without a block only write-offs claw back), level 2 where the plan has a block. */
function readClawback(level: number, said: unknown): Clawback | undefined {
  if (level !== 1 && !(level === 2 && said !== undefined && said !== null)) return undefined;
  const block = objectOf(said ?? {});
  const days = textOf(block, 'pastDueDays', '');
  return {
    pastDueDays: days === '' ? undefined : Number(days),
    onWriteOff: textOf(block, 'onWriteOff', 'true') === 'true',
    scope: textOf(block, 'scope', 'unpaid') === 'whole' ? 'whole' : 'unpaid',
    reinstate: textOf(block, 'reinstate', 'true') === 'true',
  };
}

/** A scalar as text: JSON prints the shortest text of a number, so 0.05 reads back as exactly 5%. */
function textOf(said: Json, key: string, otherwise: string): string {
  const value = said[key];
  return value === undefined || value === null ? otherwise : String(value).trim();
}

function objectOf(value: unknown): Json {
  if (typeof value !== 'object' || value === null) throw new TypeError(`not an object: ${String(value)}`);
  return value as Json;
}
