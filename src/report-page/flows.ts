/** The two sums of every quarter, each an identity of the rules: what waits for cash, and what is paid (R6.3, R7.4). */

import type { PayRow } from '../engine/r1-words/pay-figures.js';
import type { Result } from '../engine/result.js';
import type { Minor } from '../money.js';
import { byCodeUnit } from '../order.js';

/** A step of a sum: an amount as the rows have it, and whether it is added or taken off. */
export interface FlowStep {
  readonly name: string;
  readonly amount: Minor;
  readonly sign: '+' | '−';
}

/** From an opening amount, step by step, to a closing one. */
export interface Flow {
  readonly kind: 'held' | 'pay';
  readonly opening: { readonly name: string; readonly amount: Minor };
  readonly steps: readonly FlowStep[];
  readonly closing: { readonly name: string; readonly amount: Minor };
}

/** A quarter, or a month, of all reps together. */
export interface PeriodFlows {
  readonly name: string;
  readonly held: Flow;
  readonly pay: Flow;
  readonly sums: PayRow;
}

/** The quarters that have rows, in order. Each sum adds up because each of its rows does. */
export function quarterFlows({ quarters }: Pick<Result, 'quarters'>): PeriodFlows[] {
  return flowsOf(quarters, ({ quarter }) => quarter);
}

/** The months likewise; empty where pay is by the quarter. */
export function monthFlows({ terms, months }: Pick<Result, 'terms' | 'months'>): PeriodFlows[] {
  return terms.payPeriod === 'month' ? flowsOf(months, ({ month }) => month) : [];
}

function flowsOf<Row extends PayRow>(rows: readonly Row[], nameOf: (row: Row) => string): PeriodFlows[] {
  const sums = new Map<string, PaySums>();
  for (const row of rows) {
    const known = sums.get(nameOf(row)) ?? noPay();
    for (const figure of FIGURES) known[figure] += row[figure];
    sums.set(nameOf(row), known);
  }
  return [...sums]
    .sort(([a], [b]) => byCodeUnit(a, b))
    .map(([name, row]) => ({ name, held: heldFlow(row), pay: payFlow(row), sums: row }));
}

/** R6.3: held opening + earned − advanced − released − forfeited = held closing. */
export function heldFlow(row: PayRow): Flow {
  return {
    kind: 'held',
    opening: { name: 'held before', amount: row.heldOpening },
    steps: [
      { name: 'earned', amount: row.earned, sign: '+' },
      { name: 'advanced', amount: row.advanced, sign: '−' },
      { name: 'released', amount: row.released, sign: '−' },
      { name: 'forfeited', amount: row.forfeited, sign: '−' },
    ],
    closing: { name: 'held after', amount: row.held },
  };
}

/** R7.4: payable − clawed back + reinstated − owed before + owed after = paid. */
export function payFlow(row: PayRow): Flow {
  return {
    kind: 'pay',
    opening: { name: 'payable', amount: row.payable },
    steps: [
      { name: 'clawed back', amount: row.clawedBack, sign: '−' },
      { name: 'reinstated', amount: row.reinstated, sign: '+' },
      { name: 'owed before', amount: row.owedOpening, sign: '−' },
      { name: 'owed after', amount: row.owed, sign: '+' },
    ],
    closing: { name: 'paid', amount: row.paid },
  };
}

/** What a step moves its sum by. */
export function moveOf({ amount, sign }: FlowStep): Minor {
  return sign === '+' ? amount : -amount;
}

type PaySums = { -readonly [Figure in keyof PayRow]: Minor };

function noPay(): PaySums {
  return {
    earned: 0n,
    advanced: 0n,
    released: 0n,
    forfeited: 0n,
    heldOpening: 0n,
    held: 0n,
    payable: 0n,
    clawedBack: 0n,
    reinstated: 0n,
    owedOpening: 0n,
    charged: 0n,
    cancelled: 0n,
    recovered: 0n,
    paid: 0n,
    owed: 0n,
  };
}

const FIGURES = Object.keys(noPay()) as readonly (keyof PayRow)[];
