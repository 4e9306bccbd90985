/** The door `clawback/payroll`: a period closed in memory gives what payroll and accounting need. */
import { describe, expect, test } from 'vitest';
import { type Close, calculateOrThrow, closeOrThrow, type Inputs } from '../../src/index.js';
import { closePeriod, findPeriod, movedPay, type PeriodEnd, statementsOf } from '../../src/payroll.js';

const terms = {
  currency: 'USD',
  plans: [{ id: 'ae', level: 1, rate: '10%', clawback: { pastDueDays: 30 } }],
} as const;
const invoice = (id: string, date: string, amount: string) => ({
  invoice_id: id,
  customer_id: 'C1',
  rep_id: 'R1',
  invoice_date: date,
  due_date: date,
  amount,
});
// 100.00 are paid for the first quarter and taken back on 2025-04-14; 300.00 are earned in the second.
const ledgers = {
  invoices: { rows: [invoice('I1', '2025-03-15', '1000.00'), invoice('I2', '2025-06-20', '3000.00')] },
};

function endOf(asOf: string, closes: readonly Close[] = []): PeriodEnd & { inputs: Inputs } {
  const inputs = { terms, ledgers, asOf, closes };
  const end = closePeriod(calculateOrThrow(inputs).result, closes);
  if (end.kind === 'refused') throw new Error('refused');
  return { ...end, inputs };
}

describe('closePeriod', () => {
  const first = endOf('2025-03-31');
  const second = endOf('2025-06-30', [first.close]);

  test('R11.1 gives the close, and what each rep is paid and when', () => {
    expect(first.close).toEqual(closeOrThrow(calculateOrThrow(first.inputs).result));
    expect(first.rows).toEqual([
      { repId: 'R1', payPeriod: '2025-Q1', payBy: '2025-04-30', paid: 10_000n, recovered: 0n, owed: 0n },
    ]);
    // 300.00 less the 100.00 that is taken back of the first quarter.
    expect(second.rows).toMatchObject([{ payPeriod: '2025-Q2', paid: 20_000n, owed: 0n }]);
  });

  test('R7.2 the lines add up to the rows', () => {
    for (const { rows, lines } of [first, second]) {
      const sum = (kinds: readonly string[]) =>
        lines.filter(({ kind }) => kinds.includes(kind)).reduce((all, { amount }) => all + amount, 0n);
      expect(sum(['paid', 'drawn'])).toBe(rows[0]?.paid);
      expect(sum(['recovered', 'recovered-draw', 'recovered-deduction'])).toBe(rows[0]?.recovered);
    }
  });

  test('every entry of the journal balances', () => {
    for (const { journal } of [first, second]) {
      expect(journal.length).toBeGreaterThan(0);
      const difference = journal.reduce((all, { debit, credit }) => all + debit - credit, 0n);
      expect(difference).toBe(0n);
    }
  });

  test('R9.1 says why a period cannot be closed', () => {
    const { result } = calculateOrThrow({ terms, ledgers, asOf: '2025-03-30' });
    expect(closePeriod(result)).toMatchObject({ kind: 'refused', faults: [{ code: 'not-period-end' }] });
  });

  test('movedPay compares the last two periods, and its parts add up', () => {
    expect(movedPay(calculateOrThrow(first.inputs).result)).toBeUndefined();
    const moved = movedPay(calculateOrThrow(second.inputs).result);
    expect(moved).toMatchObject({ before: '2025-Q1', period: '2025-Q2' });
    const [rep] = moved?.reps ?? [];
    expect(rep).toMatchObject({ repId: 'R1', paidBefore: 10_000n, paid: 20_000n, change: 10_000n });
    expect([...(rep?.parts.values() ?? [])].reduce((all, part) => all + part, 0n)).toBe(10_000n);
  });

  test('statementsOf gives what each rep is paid for the period, by when, and what it is made of', () => {
    const state = calculateOrThrow({ ...second.inputs, keep: { postings: true, lines: true } });
    const period = findPeriod(state, '2025-Q2');
    if (period === undefined) throw new Error('2025-Q2 is missing');
    expect(period).toEqual({ name: '2025-Q2', from: '2025-04-01', to: '2025-06-30' });
    expect(findPeriod(state, '2025-Q5')).toBeUndefined();
    const statements = statementsOf({ result: state.result, state, period });
    expect(statements.map(({ repId }) => repId)).toEqual(['R1']);
    // 10% of 3,000.00, less the 100.00 of I1 that was 30 days past due on 2025-04-14; paid 30 days after the quarter.
    expect(statements[0]).toMatchObject({
      until: '2025-06-30',
      row: { payable: 30_000n, clawedBack: 10_000n, paid: 20_000n, owed: 0n },
      parts: [{ period: '2025-Q2', paid: 20_000n, payBy: '2025-07-30' }],
    });
    const nobody = statementsOf({ result: state.result, state, period, reps: new Set(['R9']) });
    expect(nobody).toEqual([]);
  });
});
