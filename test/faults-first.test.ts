/** What could pay twice, or nobody: results, closes and explanations that are copied, spread, cut or altered. */
import { describe, expect, test } from 'vitest';
import {
  type Close,
  calculate,
  calculateOrThrow,
  closeOrThrow,
  explainLines,
  explainPay,
  type Inputs,
} from '../src/index.js';

const terms: Inputs['terms'] = {
  currency: 'USD',
  plans: [{ id: 'ae', level: 1, rate: '10%', clawback: { pastDueDays: 30 } }],
};
const invoice = (id: string, date: string, amount: string) => ({
  invoice_id: id,
  customer_id: 'C1',
  rep_id: 'R1',
  invoice_date: date,
  due_date: date,
  amount,
});
// 100.00 in the first quarter, taken back on 2025-02-09; 50.00 in the second.
const LEDGERS = {
  invoices: { rows: [invoice('I1', '2025-01-10', '1000.00'), invoice('I2', '2025-05-05', '500.00')] },
  payments: {
    rows: [{ payment_id: 'P1', invoice_id: 'I2', payment_date: '2025-05-20', amount: '500.00' }],
  },
};
const inputs = (asOf: string, closes: readonly Close[] = []): Inputs => ({
  terms,
  ledgers: LEDGERS,
  asOf,
  closes,
});

function resultAt(asOf: string, closes: readonly Close[] = []) {
  const outcome = calculate(inputs(asOf, closes));
  if (outcome.kind === 'refused') throw new Error(JSON.stringify(outcome.faults));
  return outcome.result;
}

const FIRST = '2025-03-31';
const SECOND = '2025-06-30';
/** What the second quarter pays on top of the first, closed: 50.00 for I2, nothing for I1. */
const SECOND_ROW = { quarter: '2025-Q2', payable: 5000n, paid: 5000n, owed: 0n };

describe('R11.1 a close', () => {
  test('of a result without postings is refused: it would freeze none, and the next period would pay everybody twice', () => {
    const outcome = calculate({ ...inputs(FIRST), keep: {} });
    if (outcome.kind === 'refused') throw new Error('refused');
    // @ts-expect-error the types say so too
    expect(() => closeOrThrow(outcome.result)).toThrow('Calculate with keep: { postings: true }');
  });

  test('of a copy of a result is that of the result', () => {
    const close = closeOrThrow(resultAt(FIRST));
    expect([...close.postings]).toHaveLength(2);
    for (const copy of [{ ...resultAt(FIRST) }, structuredClone(resultAt(FIRST))]) {
      expect(closeOrThrow(copy)).toEqual(close);
    }
    expect(resultAt(SECOND, [close]).quarters[1]).toMatchObject(SECOND_ROW);
  });

  test('with postings that can be gone through only once loses none of them', () => {
    const close = closeOrThrow(resultAt(FIRST));
    for (const counting of [undefined, 'bigints'] as const) {
      const once: Close = { ...close, postings: [...close.postings][Symbol.iterator]() };
      const given = { ...inputs(SECOND, [once]), ...(counting === undefined ? {} : { counting }) };
      const outcome = calculate(given);
      if (outcome.kind === 'refused') throw new Error('refused');
      expect(outcome.result.adjustments).toEqual([]);
      expect(outcome.result.postings).toHaveLength(3);
      expect(outcome.result.quarters[1]).toMatchObject(SECOND_ROW);
    }
  });

  test('with postings that can be gone through only once loses none where the run starts anew in bigints', () => {
    const close = closeOrThrow(resultAt(FIRST));
    const once: Close = { ...close, postings: [...close.postings][Symbol.iterator]() };
    const huge = invoice('I3', '2025-05-06', '90000000000000000.00');
    const ledgers = { ...LEDGERS, invoices: { rows: [...LEDGERS.invoices.rows, huge] } };
    const outcome = calculate({ ...inputs(SECOND, [once]), ledgers });
    if (outcome.kind === 'refused') throw new Error('refused');
    expect(outcome.result.adjustments).toEqual([]);
  });

  test('does not change with the result that it was made of, nor the result with the close', () => {
    const result = resultAt(FIRST);
    const close = closeOrThrow(result);
    const before = structuredClone(close);
    for (const row of result.quarters) Object.assign(row, { paid: 1n });
    for (const posting of result.postings) Object.assign(posting, { clawedBack: 1n });
    expect(close).toEqual(before);
    const later = resultAt(SECOND, [close]);
    for (const row of later.quarters) Object.assign(row, { paid: 1n, owed: 1n });
    for (const posting of later.postings) Object.assign(posting, { clawedBack: 1n });
    expect(close).toEqual(before);
  });

  test('shares nothing with any result: whatever is changed in one is not changed in the other', () => {
    const bonus = { entry_id: 'E1', rep_id: 'R1', date: '2025-02-01', kind: 'bonus', amount: '5.00' };
    const given = { ...inputs(FIRST), ledgers: { ...LEDGERS, entries: { rows: [bonus] } } };
    const first = calculateOrThrow(given).result;
    const close = closeOrThrow(first);
    const before = structuredClone(close);
    spoil(first);
    expect(close).toEqual(before);
    const later = calculateOrThrow({ ...given, asOf: SECOND, closes: [close] }).result;
    const again = structuredClone(later);
    spoil(later);
    expect(close).toEqual(before);
    const third = calculateOrThrow({ ...given, asOf: SECOND, closes: [close] }).result;
    expect(structuredClone(third)).toEqual(again);
  });

  test('with a cause that there is none of is refused, and counts as nothing else', () => {
    const close = closeOrThrow(resultAt(FIRST));
    const postings = [...close.postings].map((posting) => ({ ...posting, cause: 'vanished' as 'collected' }));
    const outcome = calculate(inputs(SECOND, [{ ...close, postings }]));
    expect(outcome).toMatchObject({
      kind: 'refused',
      faults: [{ code: 'close-misfits', period: '2025-Q1', what: 'cause', found: 'vanished' }],
    });
  });
});

describe('explanations', () => {
  test('of pay are made of plain data', () => {
    const pay = explainPay(resultAt(SECOND), 'R1');
    expect(pay.map(({ row }) => row.paid)).toEqual([0n, 5000n]);
    expect(explainPay(structuredClone(resultAt(SECOND)), 'R1')).toEqual(pay);
    expect(explainPay({ ...resultAt(SECOND) }, 'R1')).toEqual(pay);
  });

  test('of lines are refused by the types where lines are not kept', () => {
    const outcome = calculate(inputs(SECOND));
    if (outcome.kind === 'refused') throw new Error('refused');
    // @ts-expect-error without lines there is nothing to explain
    expect(() => explainLines(outcome, 'I1')).toThrow();
    const kept = calculate({ ...inputs(SECOND), keep: { lines: true } });
    if (kept.kind === 'refused') throw new Error('refused');
    expect(explainLines(kept, 'I1')[0]?.events.map(({ cause }) => cause)).toEqual(['invoiced', 'past-due']);
  });
});

/** Changes every amount and every text that can be reached, but the terms: they are the caller's. */
function spoil(value: unknown, known = new Set<unknown>()): void {
  if (typeof value !== 'object' || value === null || known.has(value)) return;
  known.add(value);
  const record = value as Record<string, unknown>;
  for (const key of Object.keys(record)) {
    if (key === 'terms' || key === 'currency') continue;
    const part = record[key];
    spoil(part, known);
    if (typeof part === 'bigint') record[key] = part + 7n;
    if (typeof part === 'string') record[key] = `${part}!`;
  }
}
