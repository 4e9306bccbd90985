/** Random workspaces without faults (R9.1) that reach into the corners of the rules: what properties are tried on. */
import fc from 'fast-check';
import {
  addDays,
  type CalendarRow,
  calendarOfMonths,
  calendarOfRows,
  type Day,
  earlierOf,
  type FiscalCalendar,
  fiscalYearOf,
  laterOf,
} from '../auditor/calendar.js';
import type { Workspace } from './run.js';

/** What a law asks of the histories it is about; without any, everything goes. */
export interface Limits {
  readonly currency?: string;
  readonly minPlans?: number;
  /** Every rep has a plan on every day, and `creditsReduceQuota` is the same in all plans (R10.5). */
  readonly alwaysOnPlan?: boolean;
  /** `reinstate: true` and `scope: unpaid` (R10.2, R10.3). */
  readonly plainClawback?: boolean;
  /** `release: pro-rata` and `earnOn: invoice` (R10.3). */
  readonly plainRelease?: boolean;
  /** No sale, cash, write-off or credit memo below 0 (R10.3). */
  readonly nonNegative?: boolean;
  /** Nothing is credited, and by the as-of date every invoice is earned and collected in full (R10.2). */
  readonly paidUp?: boolean;
}

/** Random workspaces; shrinking takes invoices, events and settings away and moves days and amounts to plain ones. */
export function histories(limits: Limits = {}): fc.Arbitrary<Workspace> {
  return sketches(limits).map((sketch) => new Draft(sketch, limits).workspace());
}

/** The first day on which anything is booked; memos and cash may come before. */
export const BASE: Day = '2023-01-01';

/** Amounts are whole ten-thousandths of the currency, which is as fine as real ledgers go (R2.8). */
type Money = number;
const UNIT = 10_000;

type Row = Record<string, string | undefined>;

export interface Band {
  readonly from?: string;
  readonly fromAmount?: string | number;
  readonly rate: string | number;
}

export interface RateTable {
  readonly attainment?: string;
  readonly tiers?: string;
  readonly table: readonly Band[];
}

export interface Plan {
  readonly level: string | number;
  readonly basis?: string;
  readonly tolerance?: string | number;
  readonly clawback?: { readonly pastDueDays?: number };
  readonly rate: string | number | RateTable;
}

interface DaySketch {
  readonly from: 'last' | 'invoice' | 'booking' | 'earn' | 'due' | 'past-due';
  readonly plus: number;
}

interface EventSketch {
  readonly kind:
    | 'payment'
    | 'refund'
    | 'write-off'
    | 'reversed write-off'
    | 'memo'
    | 'reversed memo'
    | 'reversing invoice';
  readonly day: DaySketch;
  readonly part: (typeof PARTS)[number];
  readonly order: string;
}

/** A row that names a customer but no invoice. */
interface OnAccountSketch {
  readonly kind: 'payment' | 'write-off' | 'memo';
  readonly customer: number;
  /** On or about a day on which something happens to an invoice. */
  readonly day: { readonly of: number; readonly plus: number };
  /** A part of the total of some invoice, or of the row before where it goes back. */
  readonly of: number;
  readonly part: number;
  readonly back: boolean;
  readonly order: string;
}

interface OnAccountRow {
  readonly kind: OnAccountSketch['kind'];
  readonly customer: string;
  readonly day: Day;
  readonly amount: Money;
}

interface SplitSketch {
  readonly rep: number;
  /** A share as text, or a fraction that is given as an amount. */
  readonly part: string | number;
}

interface InvoiceSketch {
  readonly order: string;
  readonly rep: number;
  readonly booked: number;
  readonly invoiced: number;
  readonly due: number;
  readonly blanks: boolean;
  readonly amount: Money;
  readonly total: 'blank' | 'net' | 'taxed' | 'nothing';
  readonly cost: number;
  readonly splits: readonly SplitSketch[] | undefined;
  readonly events: readonly EventSketch[];
}

interface AssignmentSketch {
  readonly days: number;
  /** Undefined: no plan for so long. */
  readonly plan: number | undefined;
}

interface CalendarSketch {
  readonly before: number;
  readonly firstQuarter: number;
  readonly lengths: readonly number[];
  readonly rows: 'quarters' | 'months' | 'halves';
  readonly endsAsOf: boolean;
}

interface QuotaSketch {
  /** Undefined: no row for the quarter. */
  readonly quota: Money | undefined;
  readonly byDate: boolean;
}

interface Sketch {
  readonly terms: Readonly<Record<string, unknown>>;
  readonly plans: readonly Plan[];
  readonly creditsReduceQuota: boolean;
  readonly reps: readonly {
    readonly startsLate: boolean;
    readonly open: boolean;
    readonly assignments: readonly AssignmentSketch[];
    readonly quotas: readonly QuotaSketch[];
  }[];
  /** How many reps there are, but for splits. */
  readonly repCount: number;
  readonly assigned: 'given' | 'empty' | 'absent';
  readonly invoices: readonly InvoiceSketch[];
  readonly asOf: { readonly kind: 'end' | 'day' | 'event' | 'quarter-end'; readonly at: number };
  readonly calendar: CalendarSketch | undefined;
  readonly onAccount: readonly OnAccountSketch[];
  readonly strays: readonly { readonly kind: (typeof STRAYS)[number]; readonly day: number }[];
  readonly decimals: number;
  /** Ledgers without rows are left out, ids bear white space around them, invoices name their currency. */
  readonly sparse: boolean;
  readonly padded: boolean;
  readonly currencySaid: boolean;
}

const PARTS = [
  'rest',
  'all',
  'half',
  'third',
  'within tolerance',
  'beyond tolerance',
  'over',
  'cent',
  'nothing',
] as const;
const STRAYS = [
  'payment',
  'write-off',
  'memo',
  'split',
  'reversal',
  'reversal of a reversal',
  'payment on a reversal',
  'split of a reversal',
  'unapplied',
] as const;
export const REPS = ['r2', 'R10', 'Ré'];
// Code units order these otherwise than a locale does.
const ORDERS = ['a', 'Z', '9', 'é'];

// ---- what is drawn

function sketches(limits: Limits): fc.Arbitrary<Sketch> {
  const { paidUp } = limits;
  return fc.record({
    terms: termsSketches(limits),
    plans: fc.array(planSketches(limits), { minLength: limits.minPlans ?? 1, maxLength: 3 }),
    creditsReduceQuota: fc.boolean(),
    reps: fc.tuple(repSketches(limits), repSketches(limits), repSketches(limits)),
    repCount: fc.constantFrom(1, 1, 2, 3),
    assigned: choice<Sketch['assigned']>(
      [5, fc.constant('absent')],
      [8, fc.constant('given')],
      [1, fc.constant('empty')],
    ),
    // Two lists, for more of them: the length of one list is drawn too often near its least.
    invoices: fc
      .tuple(
        fc.array(invoiceSketches(limits), { minLength: 1, maxLength: 6, size: 'max' }),
        fc.array(invoiceSketches(limits), { maxLength: 6, size: 'max' }),
      )
      .map((lists) => lists.flat()),
    asOf: fc.record({
      kind: choice<Sketch['asOf']['kind']>(
        [4, fc.constant('end')],
        [paidUp ? 0 : 2, fc.constantFrom('day', 'quarter-end')],
        [paidUp ? 0 : 2, fc.constant('event')],
      ),
      at: fc.integer({ min: 60, max: 900 }),
    }),
    calendar: often(2, 5, calendarSketches, undefined),
    onAccount: often(1, 2, fc.array(onAccountSketches(limits), { maxLength: 8, size: 'max' }), []),
    strays: often(
      1,
      3,
      fc.array(fc.record({ kind: fc.constantFrom(...STRAYS), day: fc.nat(800) }), { maxLength: 3 }),
      [],
    ),
    decimals: fc.constantFrom(2, 0, 4),
    sparse: fc.boolean(),
    padded: fc.boolean(),
    currencySaid: fc.boolean(),
  });
}

/** One of several, by weight; a failing case shrinks to the first. */
function choice<Value>(...weighed: readonly (readonly [number, fc.Arbitrary<Value>])[]): fc.Arbitrary<Value> {
  const arbitraries = weighed.filter(([weight]) => weight > 0);
  return fc.oneof(
    { withCrossShrink: true },
    ...arbitraries.map(([weight, arbitrary]) => ({ weight, arbitrary })),
  );
}

/** The arbitrary `times` out of `outOf`, the plain value otherwise. */
export function often<Value, Plain>(
  times: number,
  outOf: number,
  arbitrary: fc.Arbitrary<Value>,
  plain: Plain,
): fc.Arbitrary<Value | Plain> {
  return choice<Value | Plain>([outOf - times, fc.constant(plain)], [times, arbitrary]);
}

function termsSketches({ currency }: Limits): fc.Arbitrary<Readonly<Record<string, unknown>>> {
  const currencies = currency === undefined ? ['USD', 'USD', 'EUR', 'JPY', 'KWD'] : [currency];
  return fc.record(
    {
      currency: fc.constantFrom(...currencies),
      fiscalYearStart: fc.constantFrom(1, 2, 4, 7, 10, 12),
      payPeriod: fc.constantFrom('quarter', 'month'),
      recoveryLimit: fc.constantFrom('100%', '50%', 0.25, '33.3%', '0%'),
      rounding: fc.constantFrom('half-up', 'half-even', 'half-even'),
      applyCash: fc.constantFrom('oldest-due-first', 'oldest-due-first', 'oldest-due-first', 'none'),
    },
    { requiredKeys: ['currency'] },
  );
}

const rates = choice<string | number>(
  [2, fc.constantFrom('10%', '5%', 0.02, '12.5%', '8%')],
  [1, fc.constantFrom(0.1, '7.77%', '33.3333%', '150%', '0%', '0.125%')],
);

export function rateSketches(): fc.Arbitrary<Plan['rate']> {
  const tiers = fc.constantFrom('marginal', 'retroactive', 'retroactive');
  const attainment = fc.constantFrom('quarter', 'year-to-date', 'year');
  const bandRates = fc.array(rates, { minLength: 5, maxLength: 5 });
  const quotaBands = bandsOf(['25%', '50%', '100%', '120%'], bandRates, '0%', (from) => ({ from }));
  const amountBands = bandsOf(['1000', 2500.5, '5000', '10000.00'], bandRates, 0, (fromAmount) => ({
    fromAmount,
  }));
  const byQuota = fc.record(
    { attainment, tiers, table: quotaBands },
    { requiredKeys: ['attainment', 'table'] },
  );
  const byAmount = fc.record({ attainment, tiers, table: amountBands }, { requiredKeys: ['table'] });
  return choice<Plan['rate']>([3, rates], [6, byQuota], [3, byAmount]);
}

function bandsOf<From>(
  thresholds: From[],
  bandRates: fc.Arbitrary<readonly (string | number)[]>,
  first: From,
  named: (from: From) => Omit<Band, 'rate'>,
): fc.Arbitrary<readonly Band[]> {
  // One band is drawn now and then: a table of percentages that needs no quota.
  return fc
    .tuple(
      choice<From[]>(
        [5, fc.subarray(thresholds, { minLength: 1 })],
        [4, fc.constant(thresholds)],
        [1, fc.constant([])],
      ),
      bandRates,
    )
    .map(([above, paid]) =>
      [first, ...above].map((from, at) => ({ ...named(from), rate: paid[at] ?? '1%' })),
    );
}

export function planSketches(limits: Limits): fc.Arbitrary<Plan> {
  const { plainClawback, plainRelease } = limits;
  const tolerance = fc.constantFrom('1.00', 0.01, 0, '100', '0.005');
  const earnOn = plainRelease ? fc.constant('invoice') : fc.constantFrom('booking', 'booking', 'invoice');
  const release = plainRelease
    ? fc.constant('pro-rata')
    : fc.constantFrom('paid-in-full', 'paid-in-full', 'pro-rata');
  const hold = fc.constantFrom('50%', 0.25, '33.333%', '0%', '100%');
  const clawback = fc.record(
    {
      pastDueDays: fc.constantFrom(30, 0, 60, 90),
      onWriteOff: fc.constantFrom(true, false, true),
      scope: plainClawback ? fc.constant('unpaid') : fc.constantFrom('unpaid', 'whole'),
      reinstate: plainClawback ? fc.constant(true) : fc.constantFrom(true, false, false),
    },
    { requiredKeys: [] },
  );
  const level = fc.oneof(
    fc.record({ level: fc.constantFrom(0, 'no-linkage'), earnOn }, { requiredKeys: ['level'] }),
    fc.record(
      { level: fc.constantFrom(1, 'clawback'), earnOn, tolerance, clawback },
      { requiredKeys: ['level', 'clawback'] },
    ),
    fc.record(
      { level: fc.constantFrom(2, 'partial-hold'), earnOn, tolerance, hold, release, clawback },
      { requiredKeys: ['level'] },
    ),
    fc.record(
      { level: fc.constantFrom(3, 'pay-on-collection'), earnOn, tolerance, release },
      { requiredKeys: ['level'] },
    ),
    fc.record({ level: fc.constantFrom(4, 'earn-on-collection'), tolerance }, { requiredKeys: ['level'] }),
  );
  const common = fc.record(
    {
      basis: fc.constantFrom('gross-profit', 'revenue'),
      quotaOn: fc.constantFrom('basis', 'revenue'),
      creditsReduceQuota: fc.constantFrom(true, false),
      rate: rateSketches(),
    },
    { requiredKeys: ['rate'] },
  );
  return fc.tuple(level, common).map(([ofLevel, ofAll]) => ({ ...ofLevel, ...ofAll }) as Plan);
}

function repSketches({ alwaysOnPlan }: Limits): fc.Arbitrary<Sketch['reps'][number]> {
  const plan = fc.nat(2);
  const assignment = fc.record({
    days: choice([1, fc.nat(100)], [1, fc.integer({ min: 100, max: 400 })]).map((days) => days + 1),
    plan: often(alwaysOnPlan ? 1 : 12, alwaysOnPlan ? 1 : 13, plan, undefined),
  });
  const quota = choice(
    [4, fc.constantFrom(5000, 2500, 1000, 10_000)],
    [1, fc.constantFrom(0, 100_000, 12_345.67, 100.0037)],
  );
  return fc.record({
    startsLate: alwaysOnPlan ? fc.constant(false) : often(1, 9, fc.constant(true), false),
    open: alwaysOnPlan ? fc.constant(true) : often(1, 9, fc.constant(false), true),
    assignments: fc.array(assignment, { minLength: 1, maxLength: 4 }),
    quotas: fc.array(
      fc.record({
        quota: often(5, 6, quota, undefined).map((amount) => amount && Math.round(amount * UNIT)),
        byDate: fc.boolean(),
      }),
      { minLength: 1, maxLength: 6 },
    ),
  });
}

const calendarSketches: fc.Arbitrary<CalendarSketch> = fc.record({
  before: fc.nat(90),
  firstQuarter: fc.nat(3),
  lengths: fc.array(fc.constantFrom(91, 98, 84, 45), { minLength: 1, maxLength: 4 }),
  rows: fc.constantFrom('quarters', 'months', 'halves'),
  endsAsOf: fc.boolean(),
});

/** Round amounts meet thresholds exactly; the odd ones leave half cents and fractions of cents. */
function amounts({ nonNegative }: Limits): fc.Arbitrary<Money> {
  const round = fc.constantFrom(1000, 100, 2500, 5000, 500, 10_000, 2500.5);
  const odd = fc.constantFrom(100.05, 333.33, 100.0037, 1234.5678, 7.77, 1000.15, 0.01, 0.05, 0.0001);
  const any = fc.integer({ min: 1, max: 1_000_000 }).map((cents) => cents / 100);
  const below = fc.constantFrom(-100, -333.33, -2500, -0.01, -1000.0037, -0.05);
  return choice([7, round], [3, odd], [3, any], [1, fc.constant(0)], [nonNegative ? 0 : 2, below]).map(
    (amount) => Math.round(amount * UNIT),
  );
}

function eventSketches(limits: Limits): fc.Arbitrary<EventSketch> {
  const { paidUp, nonNegative } = limits;
  const anchors = ['invoice', 'booking', 'earn', 'due', 'past-due'] as const;
  const day = choice<DaySketch>(
    [3, fc.record({ from: fc.constant('last' as const), plus: fc.nat(45) })],
    [3, fc.record({ from: fc.constantFrom(...anchors), plus: fc.constantFrom(0, 0, 1, -1, -20) })],
    [1, fc.record({ from: fc.constant('last' as const), plus: fc.constantFrom(0, 1, -10) })],
  );
  const order = fc.constantFrom(...ORDERS);
  const cash = fc.record({
    kind: choice(
      [3, fc.constant('payment' as const)],
      [2, fc.constant('write-off' as const)],
      [nonNegative ? 0 : 3, fc.constantFrom('refund' as const, 'reversed write-off' as const)],
    ),
    day,
    part: choice(
      [3, fc.constantFrom('rest' as const, 'half' as const, 'all' as const)],
      [2, fc.constantFrom(...PARTS)],
    ),
    order,
  });
  const credit = fc.record({
    kind: choice(
      [3, fc.constant('memo' as const)],
      [2, fc.constant('reversing invoice' as const)],
      [nonNegative ? 0 : 2, fc.constant('reversed memo' as const)],
    ),
    day,
    // Mostly in part: what is credited in full is over.
    part: choice([3, fc.constantFrom('third' as const, 'half' as const)], [1, fc.constantFrom(...PARTS)]),
    order,
  });
  return paidUp ? cash : choice<EventSketch>([5, cash], [1, credit]);
}

function onAccountSketches({ nonNegative, paidUp }: Limits): fc.Arbitrary<OnAccountSketch> {
  return fc.record({
    kind: choice<OnAccountSketch['kind']>(
      [2, fc.constant('payment')],
      [1, fc.constant('write-off')],
      [paidUp ? 0 : 1, fc.constant('memo')],
    ),
    // The last is a customer without invoices.
    customer: choice([9, fc.nat(1)], [1, fc.constant(2)]),
    day: fc.record({
      of: fc.nat(99),
      plus: choice([3, fc.constant(0)], [2, fc.constantFrom(1, -1, 20, -30)], [1, fc.nat(200)]),
    }),
    of: fc.nat(99),
    part: choice([3, fc.constantFrom(1, 0.5)], [2, fc.constantFrom(1.5, 3, 0.25, 0)]),
    back: nonNegative ? fc.constant(false) : often(1, 5, fc.constant(true), false),
    order: fc.constantFrom(...ORDERS),
  });
}

function invoiceSketches(limits: Limits): fc.Arbitrary<InvoiceSketch> {
  const split = fc.record({
    rep: fc.nat(2),
    part: fc.oneof<fc.Arbitrary<string | number>[]>(
      fc.constantFrom('50%', '100%', '60%', '0.4', '33.3333%', '1', '0.01%'),
      fc.constantFrom(0.5, 1, 0.3, 0.123),
    ),
  });
  const splits = fc.uniqueArray(split, { minLength: 1, maxLength: 3, selector: ({ rep }) => rep });
  return fc.record({
    order: fc.constantFrom(...ORDERS),
    rep: fc.nat(2),
    booked: choice([6, fc.nat(80)], [3, fc.constantFrom(0, 10, 45, 89, 90, 180, 364, 365)], [1, fc.nat(600)]),
    invoiced: choice([3, fc.constant(0)], [3, fc.nat(60)], [1, fc.constantFrom(-1, -20)]),
    due: fc.constantFrom(30, 0, 15, 60, -5),
    blanks: fc.boolean(),
    amount: amounts(limits),
    total: choice<InvoiceSketch['total']>(
      [4, fc.constant('blank')],
      [7, fc.constantFrom('net', 'taxed')],
      [1, fc.constant('nothing')],
    ),
    cost: choice([4, fc.constantFrom(0.5, 0.333, 0)], [1, fc.constantFrom(1, 1.2)]),
    splits: often(1, 4, splits, undefined),
    events: fc.array(eventSketches(limits), { maxLength: 7, size: 'max' }),
  });
}

// ---- what it comes to

/** What has happened to an invoice so far, as its events are written. */
interface Balance {
  readonly total: Money;
  readonly tolerance: Money;
  cash: Money;
  lost: Money;
  credited: Money;
}

/** Turns a sketch into ledgers, and mends what would be a fault. */
class Draft {
  readonly #sketch: Sketch;
  readonly #limits: Limits;
  readonly #plans: readonly (Plan & { readonly id: string })[];
  /** Undefined where there is no assignments ledger. */
  readonly #assignments: readonly Row[] | undefined;
  readonly #invoices: Row[] = [];
  readonly #payments: Row[] = [];
  readonly #writeOffs: Row[] = [];
  readonly #creditMemos: Row[] = [];
  readonly #splits: Row[] = [];
  readonly #days: Day[] = [];
  /** The last row above 0 that names no invoice. */
  #onAccount: OnAccountRow | undefined;
  readonly #needsCost: boolean;
  readonly #needsDue: boolean;

  constructor(sketch: Sketch, limits: Limits) {
    const { plans, creditsReduceQuota } = sketch;
    const same = limits.alwaysOnPlan ? { creditsReduceQuota } : {};
    this.#sketch = sketch;
    this.#limits = limits;
    this.#plans = plans.map((plan, at) => ({ id: `plan ${at}`, ...plan, ...same }));
    this.#needsCost = plans.some(({ basis }) => basis === 'gross-profit');
    this.#needsDue = plans.some(({ clawback }) => clawback?.pastDueDays !== undefined);
    this.#assignments = this.#drawAssignments();
  }

  workspace(): Workspace {
    const { terms, strays } = this.#sketch;
    this.#sketch.invoices.forEach((invoice, at) => {
      this.#addInvoice(invoice, at);
    });
    for (const [at, { kind, day }] of strays.entries()) this.#addStray(kind, addDays(BASE, day), at);
    const days = [...this.#days];
    this.#sketch.onAccount.forEach((entry, at) => {
      this.#addOnAccount(entry, days, at);
    });
    const { asOf, rows: calendarRows, calendar } = this.#settleDays();
    const { fiscalYearStart, payPeriod, ...others } = terms;
    const ledgers = {
      invoices: this.#invoices,
      payments: this.#payments,
      writeOffs: this.#writeOffs,
      creditMemos: this.#creditMemos,
      splits: this.#splits,
      quotas: this.#drawQuotas(calendar, asOf),
    };
    const given = Object.entries(ledgers).filter(
      ([name, rows]) => name === 'invoices' || rows.length > 0 || !this.#sketch.sparse,
    );
    return {
      terms: {
        ...others,
        ...(fiscalYearStart === undefined || calendarRows !== undefined ? {} : { fiscalYearStart }),
        ...(payPeriod === undefined ? {} : { payPeriod }),
        plans: this.#plans,
      },
      ledgers: {
        ...Object.fromEntries(given),
        ...(this.#assignments === undefined ? {} : { assignments: this.#assignments }),
        ...(calendarRows === undefined ? {} : { calendar: calendarRows.map((row) => ({ ...row })) }),
      },
      asOf,
    };
  }

  /** R2.6: several plans need the ledger, one can do without. */
  #drawAssignments(): readonly Row[] | undefined {
    const { assigned, reps, plans } = this.#sketch;
    if (plans.length === 1 && assigned === 'empty' && !this.#limits.paidUp && !this.#limits.alwaysOnPlan)
      return [];
    if (plans.length === 1 && assigned === 'absent') return undefined;
    return reps.flatMap(({ startsLate, open, assignments }, rep) => {
      let from = startsLate ? addDays(BASE, 30) : '2020-01-01';
      let next = startsLate ? from : BASE;
      return assignments.flatMap(({ days, plan }, at): Row[] => {
        next = addDays(next, days);
        const last = at === assignments.length - 1;
        const to = last && open ? '' : addDays(next, -1);
        const row = { rep_id: REPS[rep], plan_id: this.#plans[(plan ?? 0) % plans.length]?.id, from, to };
        from = next;
        return plan === undefined ? [] : [row];
      });
    });
  }

  #findPlan(rep: string | undefined, day: Day): Plan | undefined {
    if (this.#assignments === undefined) return this.#plans[0];
    const row = this.#assignments.find(
      ({ rep_id, from = '', to = '' }) => rep_id === rep && from <= day && (to === '' || day <= to),
    );
    return row && this.#plans.find(({ id }) => id === row['plan_id']);
  }

  #addInvoice(sketch: InvoiceSketch, at: number): void {
    const { order, amount, blanks, cost } = sketch;
    const id = `I${order}${at}`;
    const booked = addDays(BASE, sketch.booked);
    const invoiced = addDays(booked, sketch.invoiced);
    const due = addDays(invoiced, sketch.due);
    const total = totalOf(sketch);
    const rep = REPS[sketch.rep % this.#sketch.repCount];
    this.#invoices.push({
      invoice_id: id,
      customer_id: `C${at % 2}`,
      rep_id: sketch.splits !== undefined && blanks ? '' : rep,
      booking_date: sketch.invoiced === 0 && blanks ? '' : booked,
      invoice_date: invoiced,
      due_date: this.#needsDue || !blanks ? due : '',
      amount: this.#text(amount),
      ...(sketch.total === 'blank' ? {} : { total: this.#text(total) }),
      ...(this.#needsCost || !blanks ? { cost: this.#text(Math.round(amount * cost)) } : {}),
      ...(this.#sketch.currencySaid ? { currency: String(this.#sketch.terms['currency']) } : {}),
    });
    this.#days.push(booked, laterOf(booked, invoiced));
    for (const split of sketch.splits ?? []) this.#splits.push(this.#splitRow(id, amount, split));

    const plan = this.#findPlan(rep, booked);
    const { pastDueDays } = plan?.clawback ?? {};
    const tolerance = Math.round(Number(plan?.tolerance ?? 0) * UNIT);
    const balance: Balance = { total, tolerance, cash: 0, lost: 0, credited: 0 };
    const anchors = {
      last: invoiced,
      invoice: invoiced,
      booking: booked,
      earn: laterOf(booked, invoiced),
      due,
      'past-due': addDays(due, pastDueDays ?? 0),
    };
    sketch.events.forEach((event, number) => {
      const day = addDays(anchors[event.day.from], event.day.plus);
      anchors.last = laterOf(anchors.last, day);
      this.#days.push(day);
      this.#addEvent(id, event, number, day, balance);
    });
    if (this.#limits.paidUp && balance.cash < total) {
      this.#pay(id, 'P', anchors.last, total - balance.cash);
    }
  }

  #splitRow(invoice: string, amount: Money, { rep, part }: SplitSketch): Row {
    const row = { invoice_id: invoice, rep_id: REPS[rep] };
    const share = typeof part === 'number' ? Math.trunc(amount * part) : 0;
    // A share of nothing is a fault, by amount or not.
    if (typeof part === 'string' || share === 0)
      return { ...row, share: typeof part === 'string' ? part : '50%' };
    return { ...row, amount: this.#text(share) };
  }

  #addEvent(invoice: string, event: EventSketch, number: number, day: Day, balance: Balance): void {
    const { kind, part, order } = event;
    const { total, cash, lost, credited } = balance;
    const open = total - credited - cash;
    // Numbered within the invoice, so that one payment may lie on several invoices.
    const key = `${order}${number}`;
    if (kind === 'payment') {
      const amount = this.#part(part, total, open, balance);
      balance.cash += amount;
      this.#pay(invoice, `P${key}`, day, amount);
    } else if (kind === 'refund') {
      const amount = this.#part(part, cash > 0 ? cash : total, cash, balance);
      balance.cash -= amount;
      this.#pay(invoice, `P${key}`, day, -amount);
    } else if (kind === 'write-off' || kind === 'reversed write-off') {
      const back = kind === 'reversed write-off';
      const size = back
        ? this.#part(part, lost > 0 ? lost : total, lost, balance)
        : this.#part(part, total, open - lost, balance);
      const amount = back ? -size : size;
      balance.lost += amount;
      const row = {
        write_off_id: `W${key}`,
        invoice_id: invoice,
        write_off_date: day,
        amount: this.#text(amount),
      };
      this.#writeOffs.push(row);
    } else {
      const back = kind === 'reversed memo';
      const size = back
        ? this.#part(part, credited > 0 ? credited : total, credited, balance)
        : this.#part(part, total, total - credited, balance);
      this.#credit(invoice, event, key, day, back ? -size : size);
      balance.credited += back ? -size : size;
    }
  }

  #credit(invoice: string, { kind }: EventSketch, key: string, day: Day, amount: Money): void {
    if (kind !== 'reversing invoice' || amount <= 0) {
      this.#creditMemos.push({
        credit_memo_id: `M${key}`,
        invoice_id: invoice,
        credit_date: day,
        amount: this.#text(amount),
      });
      return;
    }
    this.#invoices.push({
      invoice_id: `${key}${invoice}`,
      customer_id: 'C0',
      rep_id: '',
      invoice_date: day,
      // A part of what is credited is tax: only the total counts (R2.4).
      amount: this.#text(-Math.ceil(amount / 2)),
      total: this.#text(-amount),
      reverses: invoice,
    });
  }

  #pay(invoice: string, id: string, day: Day, amount: Money): void {
    const named = this.#sketch.padded ? ` ${invoice} ` : invoice;
    this.#payments.push({ payment_id: id, invoice_id: named, payment_date: day, amount: this.#text(amount) });
  }

  /** Numbered like the rows that name their invoices, so that one id may be found on both. */
  #addOnAccount(sketch: OnAccountSketch, days: readonly Day[], at: number): void {
    const { back, part, order, of, day: about } = sketch;
    const totals = this.#sketch.invoices.map(totalOf);
    const given = {
      kind: sketch.kind,
      customer: `C${sketch.customer}`,
      day: addDays(days[about.of % days.length] ?? BASE, about.plus),
      amount: Math.floor(Math.abs(totals[of % totals.length] ?? UNIT) * part),
    };
    // What goes back is of the row before, on its day or soon after.
    const before = back ? (this.#onAccount ?? given) : given;
    const { kind, customer } = before;
    const day = back ? addDays(before.day, Math.max(about.plus, 0)) : given.day;
    const amount = back ? -Math.floor(before.amount * part) : given.amount;
    if (!back) this.#onAccount = given;
    this.#days.push(day);
    const row = { invoice_id: '', customer_id: customer, amount: this.#text(amount) };
    const key = `${order}${at}`;
    if (kind === 'payment') this.#payments.push({ ...row, payment_id: `P${key}`, payment_date: day });
    if (kind === 'write-off') this.#writeOffs.push({ ...row, write_off_id: `W${key}`, write_off_date: day });
    if (kind === 'memo') this.#creditMemos.push({ ...row, credit_memo_id: `M${key}`, credit_date: day });
  }

  /** A part of an amount, never below 0. What is left of nothing is all of it again: over-paid, over-credited. */
  #part(part: EventSketch['part'], whole: Money, rest: Money, { tolerance }: Balance): Money {
    const size = Math.abs(whole) || 100 * UNIT;
    const left = rest > 0 ? rest : size;
    switch (part) {
      case 'rest':
        return left;
      case 'all':
        return size;
      case 'half':
        return Math.floor(size / 2);
      case 'third':
        return Math.floor(size / 300) * 100;
      case 'within tolerance':
        return Math.max(left - tolerance, 0);
      case 'beyond tolerance':
        return Math.max(left - tolerance - UNIT / 100, 0);
      case 'over':
        return Math.floor(size * 1.5);
      case 'cent':
        return UNIT / 100;
      case 'nothing':
        return 0;
    }
  }

  /** Rows that name an invoice which is not there, or none (R9.2). */
  #addStray(kind: (typeof STRAYS)[number], day: Day, at: number): void {
    const reversal = this.#invoices.find(({ reverses }) => reverses !== undefined)?.['invoice_id'];
    const nowhere = `nowhere ${at}`;
    const amount = this.#text(50 * UNIT);
    if (kind === 'payment') this.#pay(nowhere, 'Px', day, 50 * UNIT);
    if (kind === 'payment on a reversal' && reversal !== undefined)
      this.#pay(reversal, `Px${at}`, day, 50 * UNIT);
    if (kind === 'unapplied') {
      this.#payments.push({
        payment_id: `Px${at}`,
        invoice_id: '',
        customer_id: 'C0',
        payment_date: day,
        amount,
      });
    }
    if (kind === 'write-off') {
      this.#writeOffs.push({ write_off_id: 'Wx', invoice_id: nowhere, write_off_date: day, amount });
    }
    if (kind === 'memo') {
      this.#creditMemos.push({ credit_memo_id: 'Mx', invoice_id: nowhere, credit_date: day, amount });
    }
    if (kind === 'split') this.#splits.push({ invoice_id: nowhere, rep_id: 'r2', share: '', amount });
    if (kind === 'split of a reversal' && reversal !== undefined) {
      // By share or by amount: neither has an invoice to be a part of (R2.4).
      this.#splits.push({
        invoice_id: reversal,
        rep_id: `rep ${at}`,
        ...(at % 2 === 0 ? { share: '50%' } : { amount }),
      });
    }
    if (kind === 'reversal' || (kind === 'reversal of a reversal' && reversal !== undefined)) {
      this.#invoices.push({
        invoice_id: `X${at}`,
        customer_id: 'C0',
        rep_id: 'r2',
        invoice_date: day,
        amount: `-${amount}`,
        reverses: kind === 'reversal' ? nowhere : reversal,
      });
    }
  }

  /** The as-of date, and a calendar that covers it and every booking up to it (R2.10). */
  #settleDays(): { asOf: Day; rows: readonly CalendarRow[] | undefined; calendar: FiscalCalendar } {
    const { asOf: sketch, calendar: drawn, terms } = this.#sketch;
    const end = this.#days.reduce(laterOf, BASE);
    const fiscalYearStart = typeof terms['fiscalYearStart'] === 'number' ? terms['fiscalYearStart'] : 1;
    const events = this.#days.filter((day) => day >= BASE);
    const chosen = {
      end: addDays(end, sketch.at % 100),
      day: addDays(BASE, sketch.at),
      event: events[sketch.at % events.length] ?? end,
      'quarter-end': calendarOfMonths(fiscalYearStart).lastDayOfQuarter(
        calendarOfMonths(fiscalYearStart).quarterOf(addDays(BASE, sketch.at)),
      ),
    }[sketch.kind];
    if (drawn === undefined) {
      return { asOf: chosen, rows: undefined, calendar: calendarOfMonths(fiscalYearStart) };
    }
    const rows = calendarRowsOf(drawn, chosen, terms['payPeriod'] === 'month');
    const calendar = calendarOfRows(rows);
    const asOf =
      sketch.kind === 'quarter-end' ? calendar.lastDayOfQuarter(calendar.quarterOf(chosen)) : chosen;
    return { asOf, rows, calendar };
  }

  /** Quotas by quarter, with a row wherever a window of a percentage table would have none (R4.2, R9.1). */
  #drawQuotas(calendar: FiscalCalendar, asOf: Day): readonly Row[] {
    const { reps } = this.#sketch;
    const [first, last] = [calendar.quarterOf(BASE), calendar.quarterOf(asOf)];
    const years = Array.from(
      { length: Number(fiscalYearOf(last)) - Number(fiscalYearOf(first)) + 1 },
      (_, at) => String(Number(fiscalYearOf(first)) + at),
    );
    const quarters = years.flatMap((year) => ['Q1', 'Q2', 'Q3', 'Q4'].map((number) => `${year}-${number}`));
    const quotas = new Map<string, Row>();
    reps.forEach(({ quotas: drawn }, rep) => {
      quarters.forEach((quarter, at) => {
        const { quota, byDate } = drawn[at % drawn.length] ?? {};
        if (quota === undefined) return;
        // Only quarters of the calendar have dates (R2.9).
        const named =
          byDate && quarter >= first && quarter <= last ? calendar.lastDayOfQuarter(quarter) : quarter;
        const row = { rep_id: REPS[rep], quarter: named, quota: this.#text(quota) };
        quotas.set(`${REPS[rep]} ${quarter}`, row);
      });
    });
    for (const { rep, quarter } of this.#bookings(calendar, asOf)) {
      const windowed = this.#plans.flatMap(({ rate }) =>
        typeof rate === 'object' && rate.table.length > 1 && rate.table[0]?.from !== undefined
          ? [rate.attainment]
          : [],
      );
      const inWindow = (attainment: string | undefined): boolean =>
        quarters.some(
          (other) =>
            quotas.has(`${rep} ${other}`) &&
            fiscalYearOf(other) === fiscalYearOf(quarter) &&
            (attainment === 'year' || (attainment === 'quarter' ? other === quarter : other <= quarter)),
        );
      if (windowed.every(inWindow)) continue;
      quotas.set(`${rep} ${quarter}`, { rep_id: rep, quarter, quota: this.#text(5000 * UNIT) });
    }
    return [...quotas.values()];
  }

  /** Who books in which quarter, whatever the plan: a law may move reps to other plans. */
  #bookings(
    calendar: FiscalCalendar,
    asOf: Day,
  ): readonly { readonly rep: string; readonly quarter: string }[] {
    return this.#invoices.flatMap(({ invoice_id, rep_id, booking_date, invoice_date, reverses }) => {
      const day = booking_date || (invoice_date ?? '');
      if (reverses !== undefined || day > asOf) return [];
      const own = this.#splits.filter((split) => split['invoice_id'] === invoice_id);
      const reps = own.length === 0 ? [rep_id ?? ''] : own.map((split) => split['rep_id'] ?? '');
      return reps.map((rep) => ({ rep, quarter: calendar.quarterOf(day) }));
    });
  }

  #text(amount: Money): string {
    const size = Math.abs(amount);
    const decimals = String(size % UNIT)
      .padStart(4, '0')
      .replace(/0+$/, '')
      .padEnd(this.#sketch.decimals, '0');
    const whole = Math.floor(size / UNIT);
    return `${amount < 0 ? '-' : ''}${whole}${decimals === '' ? '' : `.${decimals}`}`;
  }
}

/** R2.2: an amount of 0 may have a total, and an amount may have none to collect. */
function totalOf({ amount, total }: InvoiceSketch): Money {
  if (total === 'nothing') return 0;
  if (total === 'taxed') return amount === 0 ? 100 * UNIT : Math.round(amount * 1.2);
  return amount;
}

/** Quarters of uneven lengths from shortly before the first booking to the as-of date or beyond. */
function calendarRowsOf(sketch: CalendarSketch, asOf: Day, monthly: boolean): readonly CalendarRow[] {
  const { before, firstQuarter, lengths, endsAsOf } = sketch;
  const kind = monthly ? 'months' : sketch.rows;
  const rows: CalendarRow[] = [];
  let from = addDays(BASE, -before);
  for (let at = 0; from <= asOf; at += 1) {
    const number = firstQuarter + at;
    const quarter = `${2023 + Math.floor(number / 4)}-Q${(number % 4) + 1}`;
    const length = lengths[at % lengths.length] ?? 91;
    const ends = { quarters: [length], halves: [40, length], months: [28, 35, length] }[kind];
    const start = from;
    ends.forEach((end, part) => {
      const to = addDays(start, end - 1);
      const month = kind === 'months' ? monthName(3 * number + part) : '';
      if (!(endsAsOf && from > asOf))
        rows.push({ quarter, from, to: endsAsOf ? earlierOf(to, asOf) : to, month });
      from = addDays(to, 1);
    });
  }
  return rows;
}

function monthName(number: number): string {
  return `${2022 + Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, '0')}`;
}
