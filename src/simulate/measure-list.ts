/** The measures of a simulation, in one table: terminal, CSV, workbook and page show them from here. */
import { PAY_FIGURES, type PayFigure } from '../engine/r1-words/pay-figures.js';
import { formatMinor, groupThousands, type Minor, round } from '../money.js';
import type { Ratio } from '../ratio.js';
import type { Measures } from './measures.js';
import type { People } from './people.js';

/** What measures are about, in the order in which they are shown. */
export const MEASURE_GROUPS = {
  cost: 'Cost',
  cash: 'Pay and cash',
  exposure: 'Exposure',
  people: 'People',
} as const;

export type MeasureGroup = keyof typeof MEASURE_GROUPS;

/** A figure of a variant. */
export type Figure =
  | { readonly unit: 'money'; readonly amount: Minor }
  | { readonly unit: 'days'; readonly days: Ratio }
  | { readonly unit: 'percent'; readonly share: Ratio }
  | { readonly unit: 'count'; readonly count: number }
  /** A plain number without a unit, as it is written. */
  | { readonly unit: 'number'; readonly text: string };

/** What a measure is taken from. */
export interface Measured {
  readonly measures: Measures;
  /** Undefined for today, which is compared with nothing. */
  readonly people: People | undefined;
  /** What a year of financing costs; undefined where that is not asked. */
  readonly carryingCost: Ratio | undefined;
}

/** A measure, with what it is in words. */
export interface Measure {
  readonly id: string;
  readonly group: MeasureGroup;
  readonly title: string;
  /** Its title in a narrow table, below the measure before it; the whole title unless given. */
  readonly short?: string;
  /** One sentence for who reads the figure for the first time. */
  readonly explain: string;
  /** Whether it is left out where no variant has anything of it. */
  readonly isOptional?: true;
  /** Undefined where there is no such figure. */
  readonly of: (measured: Measured) => Figure | undefined;
}

const money = (amount: Minor): Figure => ({ unit: 'money', amount });
const count = (number: number): Figure => ({ unit: 'count', count: number });
const days = (number: Ratio | undefined): Figure | undefined => number && { unit: 'days', days: number };
const share = (part: Minor, whole: Minor): Figure | undefined =>
  whole > 0n ? { unit: 'percent', share: { n: part, d: whole } } : undefined;

/** How many days a year of financing has. */
const DAYS_A_YEAR = 365n;

/** What financing money costs: money × days × yearly cost ÷ 365, in minor units. */
export function financingOf(moneyDays: bigint, { n, d }: Ratio): Minor {
  return round(moneyDays * n, d * DAYS_A_YEAR, 'half-up');
}

/** The figures of features that many workspaces do not use. */
const OF_OPTIONAL = {
  adjusted: 'Bonuses, less deductions.',
  capped: 'What goes beyond caps, and is never paid.',
  waived: 'Debt of reps that the company lets go.',
  repaid: 'What reps pay back in cash.',
  guaranteed: 'What is added to pay up to a guarantee.',
  drawn: 'What is paid on top of commission up to a draw, and owed from then on.',
} as const satisfies { readonly [Figure in PayFigure]?: string };

function typed<Key extends string>(record: Readonly<Record<Key, string>>): readonly Key[] {
  return Object.keys(record) as Key[];
}

/** All measures, in the order in which they are shown. */
export const MEASURES: readonly Measure[] = [
  {
    id: 'earned',
    group: 'cost',
    title: 'earned',
    explain: 'Commission that reps have a right to, paid or not.',
    of: ({ measures }) => money(measures.totals.earned),
  },
  {
    id: 'forfeited',
    group: 'cost',
    title: 'forfeited',
    explain: 'Held commission that will never be paid, because its cash will not come.',
    of: ({ measures }) => money(measures.totals.forfeited),
  },
  {
    id: 'clawed-back',
    group: 'cost',
    title: 'clawed back',
    explain: 'Paid commission that was taken back.',
    of: ({ measures }) => money(measures.totals.clawedBack),
  },
  {
    id: 'reinstated',
    group: 'cost',
    title: 'reinstated',
    explain: 'Clawed-back commission that was given back, because the cash came after all.',
    of: ({ measures }) => money(measures.totals.reinstated),
  },
  {
    id: 'lost-by-write-off',
    group: 'cost',
    title: 'lost to write-offs',
    explain: 'Commission that was forfeited or clawed back because an invoice was written off.',
    of: ({ measures }) => money(measures.lostByWriteOff),
  },
  ...typed(OF_OPTIONAL).map(
    (figure): Measure => ({
      id: PAY_FIGURES[figure].column,
      group: 'cost',
      title: PAY_FIGURES[figure].title,
      explain: OF_OPTIONAL[figure],
      isOptional: true,
      of: ({ measures }) => money(measures.totals[figure]),
    }),
  ),
  {
    id: 'paid',
    group: 'cost',
    title: 'paid',
    explain: 'What payroll pays, after clawbacks, recovery and adjustments.',
    of: ({ measures }) => money(measures.totals.paid),
  },
  {
    id: 'paid-on-sales',
    group: 'cost',
    title: 'paid ÷ sales',
    explain: 'What is paid, as a share of what was sold, without what credit memos took back.',
    of: ({ measures }) => share(measures.totals.paid, measures.sales.sold),
  },
  {
    id: 'paid-on-cash',
    group: 'cost',
    title: 'paid ÷ cash',
    explain: 'What is paid, as a share of what customers paid.',
    of: ({ measures }) => share(measures.totals.paid, measures.sales.collected),
  },
  {
    id: 'days-from-booking',
    group: 'cash',
    title: 'days from booking to pay',
    short: 'days booking to pay',
    explain: 'Days from the booking to payday: the average of all commission that was paid and kept.',
    of: ({ measures }) => days(measures.fromBooking?.mean),
  },
  {
    id: 'days-from-booking-median',
    group: 'cash',
    title: 'days from booking to pay, median',
    short: '  median',
    explain: 'Half of the commission that was paid and kept took this many days or fewer.',
    of: ({ measures }) => medianOf(measures.fromBooking),
  },
  {
    id: 'days-from-cash',
    group: 'cash',
    title: 'days from cash to pay',
    short: 'days cash to pay',
    explain:
      "Days from the customer's cash to payday; below 0 where commission is paid before the cash comes.",
    of: ({ measures }) => days(measures.fromCash?.mean),
  },
  {
    id: 'days-from-cash-median',
    group: 'cash',
    title: 'days from cash to pay, median',
    short: '  median',
    explain: 'Half of the commission whose cash came took this many days or fewer.',
    of: ({ measures }) => medianOf(measures.fromCash),
  },
  {
    id: 'ahead-average',
    group: 'cash',
    title: 'paid ahead of cash, average',
    short: 'paid ahead of cash',
    explain: 'Commission that was paid and whose cash had not come, on an average day.',
    of: ({ measures: { ahead } }) => money(round(ahead.average.n, ahead.average.d, 'half-up')),
  },
  {
    id: 'ahead-peak',
    group: 'cash',
    title: 'paid ahead of cash, peak',
    short: '  peak',
    explain: 'The same on the day on which it was highest.',
    of: ({ measures }) => money(measures.ahead.peak),
  },
  {
    id: 'financing',
    group: 'cash',
    title: 'cost of financing what is paid ahead',
    short: '  cost of it',
    explain:
      'What it costs to finance commission ahead of its cash, day by day, at the yearly carrying cost.',
    of: ({ measures, carryingCost }) =>
      carryingCost && money(financingOf(measures.ahead.moneyDays, carryingCost)),
  },
  {
    id: 'held',
    group: 'exposure',
    title: 'held at the end',
    explain: 'Earned commission that still waits for cash.',
    of: ({ measures }) => money(measures.totals.held),
  },
  {
    id: 'highest-held',
    group: 'exposure',
    title: 'held, at most',
    short: '  at most',
    explain: 'The most that was held at the end of a quarter.',
    of: ({ measures }) => money(measures.highestHeld.amount),
  },
  {
    id: 'owed',
    group: 'exposure',
    title: 'owed at the end',
    explain: 'What reps owe: clawed back, and not recovered from their pay yet.',
    of: ({ measures }) => money(measures.totals.owed),
  },
  {
    id: 'highest-owed',
    group: 'exposure',
    title: 'owed, at most',
    short: '  at most',
    explain: 'The most that reps owed at the end of a quarter.',
    of: ({ measures }) => money(measures.highestOwed.amount),
  },
  {
    id: 'paid-uncollected',
    group: 'exposure',
    title: 'paid, not collected',
    explain: 'Commission that is paid, or is on the next payday, on cash that has not come.',
    of: ({ measures }) => money(measures.paidUncollected),
  },
  {
    id: 'owed-by-leavers',
    group: 'exposure',
    title: 'owed by leavers',
    explain: 'What reps who have left owe.',
    of: ({ measures }) => money(measures.owedByLeavers),
  },
  {
    id: 'gaining',
    group: 'people',
    title: 'reps who gain',
    explain: 'Reps who are paid more than today, over all quarters.',
    of: ({ people }) => people && count(people.gaining.reps),
  },
  {
    id: 'gained',
    group: 'people',
    title: 'what they gain',
    explain: 'How much more they are paid.',
    of: ({ people }) => people && money(people.gaining.amount),
  },
  {
    id: 'losing',
    group: 'people',
    title: 'reps who lose',
    explain: 'Reps who are paid less than today, over all quarters.',
    of: ({ people }) => people && count(people.losing.reps),
  },
  {
    id: 'lost',
    group: 'people',
    title: 'what they lose',
    explain: 'How much less they are paid, as an amount below 0.',
    of: ({ people }) => people && money(people.losing.amount),
  },
  {
    id: 'moving',
    group: 'people',
    title: 'reps with a quarter whose pay moves over 10%',
    short: 'pay moves over 10%',
    explain: "Reps with a quarter whose pay is more than 10% higher or lower than today's.",
    of: ({ people }) => people && count(people.moving),
  },
  {
    id: 'without-pay',
    group: 'people',
    title: 'reps with a quarter without pay',
    short: 'quarter without pay',
    explain: 'Reps with a quarter in which nothing is paid, from their first quarter on.',
    of: ({ measures }) => count(measures.steadiness.withoutPay),
  },
  {
    id: 'variation',
    group: 'people',
    title: 'variation of pay',
    explain:
      "How much a rep's quarterly pay varies, as a share of its average: the median of all reps. 0 is the same pay every quarter.",
    of: ({ measures: { steadiness } }) =>
      steadiness.variation === undefined ? undefined : { unit: 'number', text: steadiness.variation },
  },
];

function medianOf(weighted: Measures['fromBooking']): Figure | undefined {
  return weighted && { unit: 'days', days: { n: BigInt(weighted.median), d: 1n } };
}

/** The measures that some of these have anything of. */
export function shownMeasures(all: readonly Measured[]): readonly Measure[] {
  return MEASURES.filter(({ of, isOptional }) =>
    all.some((measured) => {
      const figure = of(measured);
      return (
        figure !== undefined && !(isOptional === true && figure.unit === 'money' && figure.amount === 0n)
      );
    }),
  );
}

/** A figure as people read it: `1,234.56`, `74.3`, `1.01%`, `17`, `0.29`. */
export function figureText(figure: Figure, digits: number): string {
  if (figure.unit === 'money') return groupThousands(formatMinor(figure.amount, digits));
  if (figure.unit === 'percent') return percentText(figure.share);
  if (figure.unit === 'count') return groupThousands(String(figure.count));
  if (figure.unit === 'number') return figure.text;
  return groupThousands(oneDecimal(figure.days));
}

/** The same for programs: `1234.56`, `74.3`, `1.01%`. */
export function plainFigure(figure: Figure, digits: number): string {
  return figureText(figure, digits).replaceAll(',', '');
}

/** In hundredths of a percent. */
function percentText({ n, d }: Ratio): string {
  return `${formatMinor(round(n * 10_000n, d, 'half-up'), 2)}%`;
}

/** A whole number of days has no decimals. */
function oneDecimal({ n, d }: Ratio): string {
  return n % d === 0n ? String(n / d) : formatMinor(round(n * 10n, d, 'half-up'), 1);
}
