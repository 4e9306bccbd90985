// What comp.yaml says, read into plans and settings with every default filled in.

import { type Fraction, ONE, parseDecimal, parsePercent, ZERO } from './fraction.js';

export type Json = Readonly<Record<string, unknown>>;

export type Measure = 'revenue' | 'gross-profit';
/** R12.1, in the order in which they break ties. */
export const CREDITS = ['own', 'team', 'cash'] as const;
export type Credit = (typeof CREDITS)[number];
/** R4.2, R12.5. */
export type Window = 'month' | 'quarter' | 'year-to-date' | 'year';

export interface Band {
  /** A share of the window's quota, or an amount of its own (R4.3). */
  readonly unit: 'quota' | 'amount';
  readonly from: Fraction;
  readonly rate: Fraction;
}

export interface Table {
  readonly kind: 'marginal' | 'whole' | 'retroactive';
  /** R27.1: `sale` starts at 0 with every booking. */
  readonly attainment: Window | 'sale';
  readonly bands: readonly Band[];
}

export type Rate = { readonly kind: 'flat'; readonly rate: Fraction } | Table;

/** R13.2: the rate of some categories. */
export interface RateEntry {
  /** Undefined where it takes what is left. */
  readonly categories: readonly string[] | undefined;
  readonly rate: Rate;
  readonly countsForQuota: boolean;
}

export interface Clawback {
  /** Undefined where only write-offs claw back. */
  readonly pastDueDays: number | undefined;
  readonly onWriteOff: boolean;
  readonly scope: 'unpaid' | 'whole';
  readonly reinstate: boolean;
}

/** R17.1. */
export interface Timing {
  readonly from: 'due' | 'invoice' | 'booking';
  /** The last band has no last day. */
  readonly bands: readonly { readonly days: number | undefined; readonly factor: Fraction }[];
}

/** R30.1: an amount of the workspace's currency, or a share of what is to be collected. */
export interface Tolerance {
  readonly unit: 'amount' | 'share';
  readonly size: Fraction;
}

export interface Plan {
  readonly id: string;
  readonly credit: Credit;
  readonly level: number;
  readonly basis: Measure;
  /** What attainment is measured in (R3.2). */
  readonly measure: Measure;
  readonly earnOn: 'invoice' | 'booking';
  readonly rates: readonly RateEntry[];
  readonly creditsReduceQuota: boolean;
  readonly tolerance: Tolerance;
  readonly hold: Fraction;
  readonly release: 'pro-rata' | 'paid-in-full';
  readonly clawback: Clawback | undefined;
  /** R14.1, in minor units for share 1. */
  readonly perInvoice: { readonly most: Fraction | undefined; readonly least: Fraction };
  readonly timing: Timing | undefined;
  readonly untilInvoice: Fraction;
  /** R12.4. */
  readonly of: 'account' | 'collector';
  readonly pastDue: { readonly from: number; readonly to: number } | undefined;
  /** R22.1. */
  readonly cap: { readonly amount: Fraction; readonly per: 'pay-period' | 'quarter' | 'year' } | undefined;
}

export interface Terms {
  readonly currency: string;
  /** Decimals of the currency's minor unit. */
  readonly digits: number;
  readonly fiscalYearStart: number;
  readonly payPeriod: 'quarter' | 'month';
  readonly rounding: 'half-up' | 'half-even';
  /** Whether cash that names no invoice is applied by rule. */
  readonly appliesCash: boolean;
  /** R30.3. */
  readonly movesExcess: boolean;
  /** R30.2. */
  readonly discounts: 'collected' | 'credited';
  /** R19.1: undefined where nothing depends on when reps leave. */
  readonly tailDays: number | undefined;
  /** R23.1. */
  readonly recovery: {
    readonly limit: Fraction;
    readonly keep: Fraction;
    readonly most: Fraction | undefined;
  };
  /** R29.1. */
  readonly leastPayout: Fraction;
  readonly plans: readonly Plan[];
}

const MINOR_DIGITS: Readonly<Record<string, number>> = { USD: 2, EUR: 2, GBP: 2, JPY: 0, KWD: 3 };

const LEVELS = ['no-linkage', 'clawback', 'partial-hold', 'pay-on-collection', 'earn-on-collection'];

export function readTerms(written: Json): Terms {
  const currency = textOf(written, 'currency', '');
  const digits = MINOR_DIGITS[currency];
  if (digits === undefined) throw new RangeError(`minor unit of "${currency}" is not known here`);
  const leavers = written['leavers'];
  const recovery = objectOf(written['recovery'] ?? {});
  const most = textOf(recovery, 'most', '');
  return {
    currency,
    digits,
    fiscalYearStart: Number(textOf(written, 'fiscalYearStart', '1')),
    payPeriod: textOf(written, 'payPeriod', 'quarter') === 'month' ? 'month' : 'quarter',
    rounding: textOf(written, 'rounding', 'half-up') === 'half-even' ? 'half-even' : 'half-up',
    appliesCash: textOf(written, 'applyCash', 'none') === 'oldest-due-first',
    movesExcess: textOf(written, 'excessCash', 'none') === 'on-account',
    discounts: textOf(written, 'discounts', 'collected') === 'credited' ? 'credited' : 'collected',
    tailDays: leavers === undefined ? undefined : Number(textOf(objectOf(leavers), 'tailDays', '0')),
    recovery: {
      // R23.1: recoveryLimit is short for it.
      limit: parsePercent(textOf(recovery, 'limit', textOf(written, 'recoveryLimit', '100%'))),
      keep: parseDecimal(textOf(recovery, 'keep', '0')),
      most: most === '' ? undefined : parseDecimal(most),
    },
    leastPayout: parseDecimal(textOf(objectOf(written['payout'] ?? {}), 'least', '0')),
    plans: listOf(written['plans']).map((plan) => readPlan(objectOf(plan))),
  };
}

function readPlan(written: Json): Plan {
  const credit = CREDITS.find((one) => one === textOf(written, 'credit', 'own'));
  if (credit === undefined) throw new RangeError('a credit that is none');
  // R12.4: the postings of a cash plan bear level 0.
  const level = credit === 'cash' ? 0 : readLevel(textOf(written, 'level', ''));
  const basis = readMeasure(textOf(written, 'basis', 'revenue'));
  const limits = objectOf(written['perInvoice'] ?? {});
  const most = textOf(limits, 'most', '');
  return {
    id: textOf(written, 'id', ''),
    credit,
    level,
    basis,
    // R3.2: gross profit only where the basis is, and quotaOn is not revenue.
    measure: textOf(written, 'quotaOn', 'basis') === 'revenue' ? 'revenue' : basis,
    earnOn: textOf(written, 'earnOn', 'invoice') === 'booking' ? 'booking' : 'invoice',
    rates: readRates(written),
    creditsReduceQuota: textOf(written, 'creditsReduceQuota', 'true') === 'true',
    tolerance: readTolerance(textOf(written, 'tolerance', '0')),
    hold: holdOf(level, parsePercent(textOf(written, 'hold', '50%'))),
    release: textOf(written, 'release', 'pro-rata') === 'paid-in-full' ? 'paid-in-full' : 'pro-rata',
    clawback: readClawback(level, written['clawback']),
    perInvoice: {
      most: most === '' ? undefined : parseDecimal(most),
      least: parseDecimal(textOf(limits, 'least', '0')),
    },
    timing: written['timing'] === undefined ? undefined : readTiming(objectOf(written['timing'])),
    untilInvoice: parsePercent(textOf(written, 'untilInvoice', '0%')),
    of: textOf(written, 'of', 'account') === 'collector' ? 'collector' : 'account',
    pastDue: written['pastDue'] === undefined ? undefined : readPastDue(objectOf(written['pastDue'])),
    cap: written['cap'] === undefined ? undefined : readCap(objectOf(written['cap'])),
  };
}

/** R13.2: without `rates`, one rate for everything. */
function readRates(written: Json): readonly RateEntry[] {
  if (written['rates'] === undefined) {
    return [{ categories: undefined, rate: readRate(written['rate']), countsForQuota: true }];
  }
  return listOf(written['rates']).map((value): RateEntry => {
    const entry = objectOf(value);
    const category = entry['category'];
    return {
      categories:
        category === undefined
          ? undefined
          : (Array.isArray(category) ? listOf(category) : [category]).map((name) => String(name).trim()),
      rate: readRate(entry['rate']),
      countsForQuota: textOf(entry, 'countsForQuota', 'true') === 'true',
    };
  });
}

function readTolerance(written: string): Tolerance {
  return written.endsWith('%')
    ? { unit: 'share', size: parsePercent(written) }
    : { unit: 'amount', size: parseDecimal(written) };
}

function readTiming(written: Json): Timing {
  const from = textOf(written, 'from', 'due');
  return {
    from: from === 'invoice' || from === 'booking' ? from : 'due',
    bands: listOf(written['table']).map((value) => {
      const band = objectOf(value);
      const days = textOf(band, 'days', '');
      return {
        days: days === '' ? undefined : Number(days),
        factor: parsePercent(textOf(band, 'factor', '')),
      };
    }),
  };
}

/** R12.4: from 1 and without end, where nothing else is written. */
function readPastDue(written: Json): { from: number; to: number } {
  return { from: Number(textOf(written, 'from', '1')), to: Number(textOf(written, 'to', 'Infinity')) };
}

function readCap(written: Json): NonNullable<Plan['cap']> {
  const per = textOf(written, 'per', '');
  return {
    amount: parseDecimal(textOf(written, 'amount', '')),
    per: per === 'quarter' || per === 'year' ? per : 'pay-period',
  };
}

function readLevel(written: string): number {
  const named = LEVELS.indexOf(written);
  return named === -1 ? Number(written) : named;
}

function readMeasure(written: string): Measure {
  return written === 'gross-profit' ? 'gross-profit' : 'revenue';
}

/** R5.3. Level 4 holds nothing, since nothing is earned before cash (R5.5). */
function holdOf(level: number, ofPlan: Fraction): Fraction {
  if (level === 2) return ofPlan;
  return level === 3 ? ONE : ZERO;
}

const TIERS = ['marginal', 'whole', 'retroactive'] as const;
const ATTAINMENTS = ['month', 'quarter', 'year-to-date', 'year', 'sale'] as const;

/** R4.1. */
function readRate(written: unknown): Rate {
  if (typeof written !== 'object' || written === null)
    return { kind: 'flat', rate: parsePercent(String(written)) };
  const rate = objectOf(written);
  return {
    kind: TIERS.find((one) => one === textOf(rate, 'tiers', 'marginal')) ?? 'marginal',
    attainment: ATTAINMENTS.find((one) => one === textOf(rate, 'attainment', 'quarter')) ?? 'quarter',
    bands: listOf(rate['table']).map((band) => readBand(objectOf(band))),
  };
}

function readBand(written: Json): Band {
  const rate = parsePercent(textOf(written, 'rate', ''));
  return written['fromAmount'] === undefined
    ? { unit: 'quota', from: parsePercent(textOf(written, 'from', '')), rate }
    : { unit: 'amount', from: parseDecimal(textOf(written, 'fromAmount', '')), rate };
}

/** R5.6: level 1 always (without a block only write-offs claw back), level 2 where the plan has a block. */
function readClawback(level: number, written: unknown): Clawback | undefined {
  if (level !== 1 && !(level === 2 && written !== undefined && written !== null)) return undefined;
  const block = objectOf(written ?? {});
  const days = textOf(block, 'pastDueDays', '');
  return {
    pastDueDays: days === '' ? undefined : Number(days),
    onWriteOff: textOf(block, 'onWriteOff', 'true') === 'true',
    scope: textOf(block, 'scope', 'unpaid') === 'whole' ? 'whole' : 'unpaid',
    reinstate: textOf(block, 'reinstate', 'true') === 'true',
  };
}

/** A scalar as text: JSON prints the shortest text of a number, so 0.05 reads back as exactly 5%. */
function textOf(written: Json, key: string, otherwise: string): string {
  const value = written[key];
  return value === undefined || value === null ? otherwise : String(value).trim();
}

function objectOf(value: unknown): Json {
  if (typeof value !== 'object' || value === null) throw new TypeError(`not an object: ${String(value)}`);
  return value as Json;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
