/** Ledgers that are collected row by row come to what the same rows come to. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openTextBook } from '../../src/book/book.js';
import { calculate as calculateText } from '../../src/engine/calculate.js';
import { calculate, collect, type Inputs } from '../../src/index.js';
import { dressedIn, featuresOf } from '../../src/testing/features.js';
import { figuresOf } from '../support/book-model.js';
import { forAllAsync } from '../support/property.js';
import { inputsOf, type Workspace } from '../support/run.js';

async function* inTime<Row>(rows: readonly Row[]): AsyncGenerator<Row, undefined> {
  for (const row of rows) yield await Promise.resolve(row);
}

async function collected({ terms, ledgers, asOf }: Workspace): Promise<Inputs> {
  const all = await Promise.all(
    Object.entries(ledgers).map(async ([name, rows]) => {
      const outcome = await collect(name as 'payments', inTime(rows) as AsyncIterable<never>);
      if (outcome.kind === 'refused') throw new Error(JSON.stringify(outcome.faults));
      return [name, outcome.ledger];
    }),
  );
  return { terms, ledgers: Object.fromEntries(all), asOf } as Inputs;
}

const PAYMENT = { payment_id: 'P1', invoice_id: 'I1', payment_date: '2025-02-10', amount: '400.00' };

describe('a ledger that is collected', () => {
  test('comes to what its rows come to, in a calculation and in a book', async () => {
    await forAllAsync(
      fc.tuple(dressedIn(featuresOf(['credits', 'targets', 'pay'])), fc.boolean()),
      async ([{ history: workspace }, isBroken], meet) => {
        const rows = inputsOf(workspace);
        const payments = workspace.ledgers['payments'] ?? [];
        const broken = isBroken && payments.length > 0;
        const [first, ...others] = payments;
        const given = broken
          ? {
              ...workspace,
              ledgers: { ...workspace.ledgers, payments: [...others, { ...first, amount: '1e3' }] },
            }
          : workspace;
        const inputs = await collected(given);
        const [own, all] = [calculate(inputs), calculateText(broken ? inputsOf(given) : rows)];
        expect(own.kind).toBe(all.kind);
        meet(own.kind);
        if (own.kind === 'refused' || all.kind === 'refused') {
          expect(own).toEqual(all);
          return;
        }
        expect(figuresOf(own.result)).toEqual(figuresOf(all.result));
        const opened = openTextBook(inputs as never);
        if (opened.kind === 'refused') throw new Error('refused');
        const answer = opened.book.at();
        if (answer.kind === 'refused') throw new Error('refused');
        expect(figuresOf(answer.result)).toEqual(figuresOf(all.result));
      },
      { calculated: 0.3, refused: 0.1 },
      { isSlow: true },
    );
  });
  test('holds columns where every cell is plain, and rows that are as they were where one is not', async () => {
    const plain = await collect('payments', [PAYMENT, { ...PAYMENT, payment_id: 'P2', amount: '0.5' }]);
    expect(plain).toMatchObject({
      ledger: { table: { length: 2, scale: 2, amounts: { amount: Float64Array.of(40_000, 50) } } },
    });
    const odd = await collect('payments', [PAYMENT, { ...PAYMENT, payment_id: 'P2', amount: '1,5' }]);
    if (odd.kind === 'refused') throw new Error('refused');
    expect(odd.ledger.table).toBeUndefined();
    const rows: unknown[] = [];
    odd.ledger.rows.forEach((row) => {
      rows.push(row);
    });
    expect(rows).toEqual([PAYMENT, { ...PAYMENT, payment_id: 'P2', amount: '1,5' }]);
  });
  test('reports cells and columns that are none once they came, each column once', async () => {
    const rows = Array.from({ length: 2000 }, (_, at) => ({
      ...PAYMENT,
      payment_id: `P${at}`,
      paid_by: 'C',
    }));
    const unknown = await collect('payments', rows);
    expect(unknown).toMatchObject({
      faults: [{ code: 'unknown-column', place: { row: 0 }, column: 'paid_by' }],
    });
    const late = [...rows.map(({ paid_by: _, ...row }) => row), { ...PAYMENT, amount: 4 as never }];
    expect(await collect('payments', late)).toMatchObject({
      faults: [{ code: 'inexact-cell', place: { row: 2000 } }],
    });
    expect(await collect('payment' as 'payments', [])).toMatchObject({
      faults: [{ code: 'unknown-key', nearest: 'payments' }],
    });
  });
  test('takes amounts in minor units of the currency that is named', async () => {
    const row = { ...PAYMENT, amount: { minor: 12_345n } };
    const outcome = await collect('payments', [row, { ...row, payment_id: 'P2', currency: 'JPY' }], {
      currency: 'USD',
    });
    expect(outcome).toMatchObject({
      ledger: { table: { scale: 2, amounts: { amount: Float64Array.of(12_345, 1_234_500) } } },
    });
  });
});
