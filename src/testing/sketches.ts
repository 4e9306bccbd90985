/** Arbitrary sketches of histories; shrinking takes invoices, events and settings away, and moves days and amounts to plain ones. */
import fc from 'fast-check';
import { choice, often } from './choices.js';
import { type Limits, type Money, QUOTA, UNIT } from './limits.js';
import { planSketches } from './plans.js';
import {
  type CalendarSketch,
  type DaySketch,
  type EventSketch,
  type InvoiceSketch,
  type OnAccountSketch,
  ORDERS,
  PARTS,
  type Sketch,
  STRAYS,
} from './sketch.js';

export function sketches(limits: Limits): fc.Arbitrary<Sketch> {
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
    calendar: often(limits.sensible ? 0 : 2, 5, calendarSketches, undefined),
    onAccount: often(
      limits.sensible ? 0 : 1,
      2,
      fc.array(onAccountSketches(limits), { maxLength: 8, size: 'max' }),
      [],
    ),
    strays: often(
      limits.sensible ? 0 : 1,
      3,
      fc.array(fc.record({ kind: fc.constantFrom(...STRAYS), day: fc.nat(800) }), { maxLength: 3 }),
      [],
    ),
    decimals: limits.sensible ? fc.constant(2) : fc.constantFrom(2, 0, 4),
    sparse: fc.boolean(),
    padded: limits.sensible ? fc.constant(false) : fc.boolean(),
    currencySaid: fc.boolean(),
  });
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

function repSketches({
  alwaysOnPlan,
  sensible,
  quota: usual = QUOTA,
}: Limits): fc.Arbitrary<Sketch['reps'][number]> {
  const plan = fc.nat(2);
  const assignment = fc.record({
    days: choice([1, fc.nat(100)], [1, fc.integer({ min: 100, max: 400 })]).map((days) => days + 1),
    plan: often(alwaysOnPlan ? 1 : 12, alwaysOnPlan ? 1 : 13, plan, undefined),
  });
  const quota = choice(
    [4, fc.constantFrom(usual, usual / 2, usual / 5, 2 * usual)],
    [1, fc.constantFrom(0, 100_000, 12_345.67, 100.0037)],
  );
  return fc.record({
    startsLate: alwaysOnPlan ? fc.constant(false) : often(1, 9, fc.constant(true), false),
    open: alwaysOnPlan ? fc.constant(true) : often(1, 9, fc.constant(false), true),
    assignments: fc.array(assignment, { minLength: 1, maxLength: 4 }),
    quotas: fc.array(
      fc.record({
        quota: often(sensible ? 1 : 5, sensible ? 1 : 6, quota, undefined).map(
          (amount) => amount && Math.round(amount * UNIT),
        ),
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

const sensibleAmounts: fc.Arbitrary<Money> = choice(
  [3, fc.constantFrom(1000, 2000, 500, 5000, 12_000, 2500)],
  [2, fc.integer({ min: 10_000, max: 2_000_000 }).map((cents) => cents / 100)],
).map((amount) => Math.round(amount * UNIT));

/** Round amounts meet thresholds exactly; the odd ones leave half cents and fractions of cents. */
function amounts({ nonNegative, sensible }: Limits): fc.Arbitrary<Money> {
  if (sensible) return sensibleAmounts;
  const round = fc.constantFrom(1000, 100, 2500, 5000, 500, 10_000, 2500.5);
  const odd = fc.constantFrom(100.05, 333.33, 100.0037, 1234.5678, 7.77, 1000.15, 0.01, 0.05, 0.0001);
  const any = fc.integer({ min: 1, max: 1_000_000 }).map((cents) => cents / 100);
  const below = fc.constantFrom(-100, -333.33, -2500, -0.01, -1000.0037, -0.05);
  return choice([7, round], [3, odd], [3, any], [1, fc.constant(0)], [nonNegative ? 0 : 2, below]).map(
    (amount) => Math.round(amount * UNIT),
  );
}

function eventSketches(limits: Limits): fc.Arbitrary<EventSketch> {
  if (limits.sensible) return sensibleEvents(limits);
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

/** What customers do: most pay, some late or in parts; some is returned, written off or credited. */
function sensibleEvents({ paidUp, nonNegative }: Limits): fc.Arbitrary<EventSketch> {
  return fc.record({
    kind: choice<EventSketch['kind']>(
      [8, fc.constant('payment')],
      [nonNegative ? 0 : 2, fc.constant('refund')],
      [1, fc.constant('write-off')],
      [paidUp ? 0 : 1, fc.constant('memo')],
    ),
    day: choice<DaySketch>(
      [3, fc.record({ from: fc.constant('last' as const), plus: fc.nat(45) })],
      [2, fc.record({ from: fc.constantFrom('due' as const, 'past-due'), plus: fc.constantFrom(0, 1, 5) })],
    ),
    part: choice<EventSketch['part']>([3, fc.constant('rest')], [2, fc.constantFrom('half', 'third')]),
    order: fc.constant('a'),
  });
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
  if (limits.sensible) return sensibleInvoices(limits);
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

function sensibleInvoices(limits: Limits): fc.Arbitrary<InvoiceSketch> {
  const shared = fc
    .constantFrom(['50%', '50%'], ['70%', '30%'])
    .map((parts) => parts.map((part, rep) => ({ rep, part })));
  return fc.record({
    order: fc.constant('a'),
    rep: fc.nat(2),
    booked: choice([6, fc.nat(80)], [3, fc.nat(360)]),
    invoiced: choice([3, fc.constant(0)], [1, fc.nat(30)]),
    due: fc.constantFrom(30, 0, 15, 60),
    blanks: fc.constant(false),
    amount: amounts(limits),
    total: fc.constantFrom('blank', 'net', 'taxed'),
    cost: fc.constantFrom(0.5, 0.333),
    splits: often(1, 6, shared, undefined),
    events: fc.array(eventSketches(limits), { maxLength: 5, size: 'max' }),
  });
}
