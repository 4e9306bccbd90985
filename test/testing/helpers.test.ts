/** What the test kit does with inputs: a change of plan, a comparison, closes and settled invoices, computed by hand. */
import { describe, expect, test } from 'vitest';
import { calculateOrThrow, type Inputs } from '../../src/index.js';
import { asCsv, changePlan, closeThrough, compareResults, settle } from '../../src/testing/index.js';

const invoice = (id: string, rep: string, date: string, amount: string) => ({
  invoice_id: id,
  customer_id: 'C1',
  rep_id: rep,
  invoice_date: date,
  amount,
});
/** At level 3: 50.00 and 100.00 for R1, 25.00 for R2; only I1 is paid, by half. */
const INPUTS: Inputs = {
  terms: { currency: 'USD', plans: [{ id: 'ae', level: 3, rate: '5%' }] },
  ledgers: {
    invoices: {
      rows: [
        invoice('I1', 'R1', '2025-01-15', '1000.00'),
        invoice('I2', 'R1', '2025-04-10', '2000.00'),
        invoice('I3', 'R2', '2025-04-20', '500.00'),
      ],
    },
    payments: {
      rows: [{ payment_id: 'P1', invoice_id: 'I1', payment_date: '2025-02-10', amount: '500.00' }],
    },
  },
  asOf: '2025-06-30',
};
const result = (inputs: Inputs) => calculateOrThrow(inputs).result;
const paid = (inputs: Inputs) =>
  Object.fromEntries(result(inputs).quarters.map((row) => [`${row.repId} ${row.quarter}`, row.paid]));

describe('changePlan', () => {
  const plan = { id: 'new', level: 0, rate: '10%' } as const;

  test('R2.6 what was booked before stays, and the reps have the new plan from the day on', () => {
    const changed = changePlan(INPUTS, { on: '2025-04-01', reps: ['R1'], plan });
    // I2 is 200.00 at once; I1 and I3 are as before.
    expect(paid(changed)).toEqual({ 'R1 2025-Q1': 2500n, 'R1 2025-Q2': 20_000n, 'R2 2025-Q2': 0n });
    expect(INPUTS.ledgers.assignments).toBeUndefined();
  });

  test('without reps it is for everybody, and it replaces what would begin later', () => {
    const first = changePlan(INPUTS, { on: '2025-05-01', reps: ['R2'], plan: { ...plan, id: 'later' } });
    const changed = changePlan(first, { on: '2025-04-01', plan });
    expect(paid(changed)).toEqual({ 'R1 2025-Q1': 2500n, 'R1 2025-Q2': 20_000n, 'R2 2025-Q2': 5000n });
  });

  test('a plan with the id of another would change the past, and is refused', () => {
    expect(() => changePlan(INPUTS, { on: '2025-04-01', plan: { ...plan, id: 'ae' } })).toThrow(
      'There is a plan ae already: give the new one an id of its own',
    );
  });
});

describe('compareResults', () => {
  const changed = changePlan(INPUTS, { on: '2025-04-01', plan: { id: 'new', level: 3, rate: '6%' } });
  const compared = (by: 'rep' | 'invoice' | 'quarter') => compareResults(result(INPUTS), result(changed), by);

  test('lists what differs, by rep, invoice and quarter, and nothing else', () => {
    const amounts = (before: bigint, after: bigint) => ({ before, after, change: after - before });
    // I2: 100.00 to 120.00, I3: 25.00 to 30.00, all held.
    expect(compared('rep')).toEqual([
      { key: 'R1', figures: { earned: amounts(15_000n, 17_000n), held: amounts(12_500n, 14_500n) } },
      { key: 'R2', figures: { earned: amounts(2500n, 3000n), held: amounts(2500n, 3000n) } },
    ]);
    expect(compared('invoice').map(({ key }) => key)).toEqual(['I2', 'I3']);
    expect(compared('quarter')).toEqual([
      { key: '2025-Q2', figures: { earned: amounts(12_500n, 15_000n), held: amounts(12_500n, 15_000n) } },
    ]);
    expect(compareResults(result(INPUTS), result(INPUTS), 'rep')).toEqual([]);
  });
});

describe('closeThrough', () => {
  test('R11.1 closes every period that has ended by the day, and no other', () => {
    const names = (day: string) => closeThrough(INPUTS, day).closes?.map(({ period }) => period.name);
    expect(names('2025-03-30')).toBeUndefined();
    expect(names('2025-06-29')).toEqual(['2025-Q1']);
    expect(names('2025-06-30')).toEqual(['2025-Q1', '2025-Q2']);
  });

  test('R11.2 goes on from what is closed, and changes no pay', () => {
    const closed = closeThrough(closeThrough(INPUTS, '2025-03-31'), '2025-06-30');
    expect(closed.closes?.map(({ period }) => period.name)).toEqual(['2025-Q1', '2025-Q2']);
    const later = { ...INPUTS, asOf: '2025-09-30' };
    expect(paid({ ...closed, asOf: '2025-09-30' })).toEqual(paid(later));
  });
});

describe('settle', () => {
  test('R5.4 everything is paid on the day, and nothing is held any more', () => {
    const settled = settle(INPUTS, '2025-06-15');
    expect(settled.asOf).toBe('2025-06-30');
    // 25.00 of I1 and 100.00 of I2; 25.00 of I3.
    expect(paid(settled)).toEqual({ 'R1 2025-Q1': 2500n, 'R1 2025-Q2': 12_500n, 'R2 2025-Q2': 2500n });
    expect(result(settled).quarters.at(-1)?.held).toBe(0n);
  });

  test('R2.4 what is credited is not owed', () => {
    const creditMemos = {
      rows: [{ credit_memo_id: 'CM1', invoice_id: 'I1', credit_date: '2025-03-01', amount: '400.00' }],
    };
    const settled = settle({ ...INPUTS, ledgers: { ...INPUTS.ledgers, creditMemos } }, '2025-06-15');
    expect(asCsv(settled)).toContain('settled I1,I1,2025-06-15,100');
  });
});
