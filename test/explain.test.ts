/** Explanations add up to the figures they explain, to the cent. */
import { describe, expect, test } from 'vitest';
import { calculate, type Result } from '../src/engine/calculate.js';
import { explainAllLines, type LineAmounts, type LineExplanation } from '../src/explain/lines.js';
import { explainPay } from '../src/explain/reps.js';
import { powerOfTen, round } from '../src/money.js';
import { type Ratio, sum } from '../src/ratio.js';
import { histories } from './support/histories.js';
import { forAll } from './support/property.js';
import { inputsOf } from './support/run.js';

const AMOUNTS = ['earned', 'advanced', 'released', 'held', 'forfeited', 'clawedBack'] as const;

describe('explanations', () => {
  test('add up to the postings and the rows', () => {
    forAll(
      histories(),
      (workspace, meet) => {
        const result = calculate({ ...inputsOf(workspace), explain: true });
        if (result.kind === 'refused') throw new Error(JSON.stringify(result.faults));
        for (const line of explainAllLines(result)) {
          expectPosted(line, result);
          expectRated(line, result);
          meet(line.rate.kind);
          if (line.rate.kind === 'marginal' && line.rate.slices.length > 1) meet('several slices');
        }
        for (const repId of new Set(result.quarters.map((row) => row.repId))) expectPaid(repId, result, meet);
      },
      { flat: 0.3, marginal: 0.1, retroactive: 0.05, 'several slices': 0.05, recovered: 0.05 },
    );
  });
});

/** The changes of a line's events are its postings, and add up to what the line has come to. */
function expectPosted(line: LineExplanation, result: Result): void {
  const { repId, invoiceId, events } = line;
  const own = result.postings.filter((one) => one.repId === repId && one.invoiceId === invoiceId);
  const changes = events.flatMap(({ date, cause, sourceId, change }) =>
    change === undefined ? [] : [{ date, cause, sourceId, ...change }],
  );
  const posted = own.map(({ date, cause, sourceId, ...posting }) => ({
    date,
    cause,
    sourceId,
    ...amountsOf(posting),
  }));
  expect(changes).toEqual(posted);
  const last = events.at(-1)?.after ?? zero();
  expect(last).toEqual(own.reduce((all, posting) => plus(all, posting), zero()));
}

/** The slices of a booking are what its commission is the sum of, rounded once. */
function expectRated({ base, rate, events }: LineExplanation, { scale, currency, terms }: Result): void {
  const [first] = events;
  if (first === undefined || rate.kind !== 'marginal' || rate.slices.length === 0) return;
  expect(value(sum(rate.slices.map((slice) => slice.base)))).toBe(value(base));
  const { n, d } = sum(rate.slices.map(({ amount }) => amount));
  const unit = powerOfTen(scale - currency.digits);
  if (first.credited === 0n) expect(round(n, d * unit, terms.rounding)).toBe(first.commission);
}

/** Gains and charges are those of the row, and every step ends where the next begins (R7.2–R7.4). */
function expectPaid(repId: string, result: Result, meet: (what: string) => void): void {
  const rows = result.terms.payPeriod === 'month' ? result.months : result.quarters;
  const explained = explainPay(result, repId);
  expect(explained.map(({ row }) => row)).toMatchObject(rows.filter((row) => row.repId === repId));
  for (const {
    invoices,
    gains,
    charged,
    owedBefore,
    cancelled,
    recovered,
    paid,
    owedAfter,
    row,
  } of explained) {
    expect(charged).toBe(row.charged);
    expect(gains - cancelled - recovered).toBe(paid);
    expect(owedBefore + charged - cancelled - recovered).toBe(owedAfter);
    const total = (of: (one: (typeof invoices)[number]) => bigint) =>
      invoices.reduce((all, one) => all + of(one), 0n);
    expect(total(({ advanced, released }) => advanced + released)).toBe(row.payable);
    expect(total(({ clawedBack }) => clawedBack)).toBe(row.clawedBack - row.reinstated);
    expect(total(({ net }) => net)).toBe(gains - charged);
    if (recovered > 0n) meet('recovered');
  }
}

function amountsOf(amounts: LineAmounts): LineAmounts {
  const { earned, advanced, released, held, forfeited, clawedBack } = amounts;
  return { earned, advanced, released, held, forfeited, clawedBack };
}

function plus(a: LineAmounts, b: LineAmounts): LineAmounts {
  return Object.fromEntries(
    AMOUNTS.map((amount) => [amount, a[amount] + b[amount]]),
  ) as unknown as LineAmounts;
}

function zero(): LineAmounts {
  return { earned: 0n, advanced: 0n, released: 0n, held: 0n, forfeited: 0n, clawedBack: 0n };
}

function value({ n, d }: Ratio): string {
  const [a, b] = [n < 0n ? -n : n, d];
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return `${n / (x || 1n)}/${d / (x || 1n)}`;
}
