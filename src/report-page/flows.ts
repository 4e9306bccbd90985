/** The two sums of every quarter, each an identity of the rules: what is held, and what is paid (R6.3, R7.4). */
import { LINE_ACCOUNTS, PAY_ACCOUNTS } from '../engine/r1-words/line-accounts.js';
import {
  addedUp,
  HELD_SUM,
  PAID_SUM,
  type PayFigure,
  type PayRow,
  shownTerms,
  type Term,
} from '../engine/r1-words/pay-figures.js';
import type { Result } from '../engine/result.js';
import { groupedBy } from '../grouped.js';
import type { Minor } from '../money.js';
import { byCodeUnit } from '../order.js';

/** A sum of figures, and the figure that it comes to. */
export interface Flow {
  readonly terms: readonly Term[];
  readonly total: PayFigure;
}

export type FlowName = 'held' | 'pay';

/** The sums of a result, without the figures of features that it does not use. */
export function sumsIn({
  quarters,
  months,
}: Pick<Result, 'quarters' | 'months'>): Readonly<Record<FlowName, Flow>> {
  const rows = [...quarters, ...months];
  return {
    held: { terms: shownTerms(HELD_SUM, rows), total: 'held' },
    pay: { terms: shownTerms(PAID_SUM, rows), total: 'paid' },
  };
}

/** A quarter, or a month, of all reps together. */
export interface PeriodFlows {
  readonly name: string;
  readonly sums: PayRow;
}

/** The quarters that have rows, in order. Each sum adds up because each of its rows does. */
export function quarterFlows({ quarters }: Pick<Result, 'quarters'>): PeriodFlows[] {
  return flowsOf(quarters, ({ quarter }) => quarter);
}

/** The months, in order; empty where pay is by the quarter. */
export function monthFlows({ terms, months }: Pick<Result, 'terms' | 'months'>): PeriodFlows[] {
  return terms.payPeriod === 'month' ? flowsOf(months, ({ month }) => month) : [];
}

function flowsOf<Row extends PayRow>(rows: readonly Row[], nameOf: (row: Row) => string): PeriodFlows[] {
  return [...groupedBy(rows, nameOf)]
    .sort(([a], [b]) => byCodeUnit(a, b))
    .map(([name, own]) => ({ name, sums: addedUp(own) }));
}

/** How much a term changes its sum. */
export function moveOf({ figure, sign }: Term, sums: PayRow): Minor {
  return sign === 1 ? sums[figure] : -sums[figure];
}

/** Whether a figure is commission that becomes payable: it leaves what waits because it goes to the rep. */
export function isPayment(figure: PayFigure): boolean {
  return PAY_ACCOUNTS.some((account) => account === figure && LINE_ACCOUNTS[account].net > 0);
}
