/** What it is worth that cash moves: to the company, and to reps under each variant. */
import type { Minor } from '../../money.js';
import type { Ratio } from '../../ratio.js';
import { type Figure, financingOf } from '../measure-list.js';
import type { Measures } from '../measures.js';

/** A variant without and with the rules of collection. */
export interface BeforeAndAfter {
  readonly before: Measures;
  readonly after: Measures;
  /** A yearly rate; undefined where financing is not asked about. */
  readonly carryingCost: Ratio | undefined;
  /** What all calls cost together; undefined where that is not asked. */
  readonly calls: Minor | undefined;
}

/** A measure of what the rules change. */
export interface WorthMeasure {
  readonly id: string;
  readonly title: string;
  readonly explain: string;
  /** Whether its sign says what gets more or less. */
  readonly isChange: boolean;
  /** Undefined where there is no such figure. */
  readonly of: (sides: BeforeAndAfter) => Figure | undefined;
}

const money = (amount: Minor): Figure => ({ unit: 'money', amount });
const days = (number: Ratio | undefined): Figure | undefined => number && { unit: 'days', days: number };

/** What is not spent on financing what customers owe, and commission ahead of its cash. */
function savedOn({ before, after, carryingCost }: BeforeAndAfter): {
  readonly receivables: Minor;
  readonly commission: Minor;
} {
  if (carryingCost === undefined) return { receivables: 0n, commission: 0n };
  const saved = (from: bigint, to: bigint) => financingOf(from, carryingCost) - financingOf(to, carryingCost);
  return {
    receivables: saved(before.sales.moneyDays, after.sales.moneyDays),
    commission: saved(before.ahead.moneyDays, after.ahead.moneyDays),
  };
}

/** All of them, in the order in which they are shown. */
export const WORTH_MEASURES: readonly WorthMeasure[] = [
  {
    id: 'days-outstanding',
    title: 'days sales outstanding',
    explain:
      'Days from the invoice date until what was billed is paid, credited or written off, or up to the last day.',
    isChange: false,
    of: ({ before }) => days(before.sales.daysOutstanding),
  },
  {
    id: 'days-outstanding-then',
    title: '  with the rules',
    explain: 'The same, if cash moves by the rules.',
    isChange: false,
    of: ({ after }) => days(after.sales.daysOutstanding),
  },
  {
    id: 'cash',
    title: 'cash from customers',
    explain: 'What customers have paid by the last day.',
    isChange: false,
    of: ({ before }) => money(before.sales.collected),
  },
  {
    id: 'cash-then',
    title: '  with the rules',
    explain: 'The same, if cash moves by the rules.',
    isChange: false,
    of: ({ after }) => money(after.sales.collected),
  },
  {
    id: 'clawed-back',
    title: 'clawed back',
    explain: 'Paid commission that is taken back.',
    isChange: false,
    of: ({ before }) => money(before.totals.clawedBack),
  },
  {
    id: 'clawed-back-then',
    title: '  with the rules',
    explain: 'The same, if cash moves by the rules.',
    isChange: false,
    of: ({ after }) => money(after.totals.clawedBack),
  },
  {
    id: 'worth-to-reps',
    title: 'worth to reps',
    explain: 'How much more reps are paid by the last day.',
    isChange: true,
    of: ({ before, after }) => money(after.totals.paid - before.totals.paid),
  },
  {
    id: 'receivables-financing-saved',
    title: 'saved on receivables',
    explain: 'What is not spent on financing what customers owe, at the yearly carrying cost.',
    isChange: true,
    of: (sides) => (sides.carryingCost === undefined ? undefined : money(savedOn(sides).receivables)),
  },
  {
    id: 'commission-financing-saved',
    title: 'saved on commission',
    explain: 'What is not spent on financing commission ahead of its cash.',
    isChange: true,
    of: (sides) => (sides.carryingCost === undefined ? undefined : money(savedOn(sides).commission)),
  },
  {
    id: 'calls',
    title: 'collection calls',
    explain: 'One call for each invoice whose cash moves.',
    isChange: false,
    of: ({ calls }) => (calls === undefined ? undefined : money(calls)),
  },
  {
    id: 'worth-to-company',
    title: 'worth to the company',
    explain:
      'What is saved on financing, less what the calls cost. Cash that would never have come is not in it.',
    isChange: true,
    of: (sides) => {
      if (sides.carryingCost === undefined && sides.calls === undefined) return undefined;
      const { receivables, commission } = savedOn(sides);
      return money(receivables + commission - (sides.calls ?? 0n));
    },
  },
];
