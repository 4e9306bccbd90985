/** The library's door: what a payroll engineer imports, and what it gives. */
import { describe, expect, test } from 'vitest';
import {
  atLevel,
  calculate,
  findPeriodEnd,
  formatMinor,
  type Inputs,
  mapRecords,
  wordingOf,
} from '../src/index.js';

const INPUTS: Inputs = {
  terms: { currency: 'USD', plans: [{ id: 'ae', level: 3, rate: '5%' }] },
  ledgers: {
    invoices: {
      rows: [
        {
          invoice_id: 'I1',
          customer_id: 'C1',
          rep_id: 'R1',
          invoice_date: '2025-01-15',
          amount: '1000.00',
        },
      ],
    },
    payments: {
      rows: [{ payment_id: 'P1', invoice_id: 'I1', payment_date: '2025-02-10', amount: '400.00' }],
    },
  },
  asOf: '2025-03-31',
};

describe('calculate', () => {
  test('R5.4 gives amounts as whole minor units', () => {
    const outcome = calculate(INPUTS);
    // 1,000.00 × 5% = 50.00, held until cash; 400 of 1,000 releases 20.00.
    expect(outcome.kind === 'calculated' && outcome.result.quarters).toMatchObject([
      { repId: 'R1', quarter: '2025-Q1', earned: 5000n, paid: 2000n, held: 3000n },
    ]);
    expect(formatMinor(2000n, 2)).toBe('20.00');
  });

  test('R8.5 leaves out postings where they are not wanted, and nothing else', () => {
    const whole = calculate(INPUTS);
    const without = calculate({ ...INPUTS, keep: {} });
    if (whole.kind === 'refused') throw new Error('refused');
    const { postings, openPostings: _, opened: __, ...figures } = whole.result;
    expect(postings).toHaveLength(2);
    expect(without).toEqual({ kind: 'calculated', result: figures, working: {} });
  });

  test('R8.5 gives the same result each time and leaves its inputs alone', () => {
    const before = structuredClone(INPUTS);
    const [one, other] = [calculate(INPUTS), calculate(INPUTS)];
    if (one.kind === 'refused' || other.kind === 'refused') throw new Error('refused');
    expect(one.result).toEqual(other.result);
    expect(INPUTS).toEqual(before);
  });

  test('R9.1 returns faults with their place and words, and throws nothing', () => {
    const outcome = calculate({
      ...INPUTS,
      ledgers: {
        invoices: {
          rows: [{ ...(INPUTS.ledgers.invoices.rows as readonly object[])[0], amount: '1e3' } as never],
        },
      },
    });
    if (outcome.kind !== 'refused') throw new Error('expected faults');
    expect(outcome.faults).toEqual([
      {
        code: 'malformed-number',
        place: { kind: 'row', ledger: 'invoices', row: 0, column: 'amount' },
        column: 'amount',
        found: '1e3',
        expected: '1234.56',
      },
    ]);
    const [fault] = outcome.faults;
    expect(fault && wordingOf(fault, { nameOf: () => '' })).toEqual({
      subject: 'amount "1e3"',
      text: 'Expected a number such as 1234.56.',
    });
  });

  test('a plan at another level keeps its rate', () => {
    const { terms } = atLevel(INPUTS.terms, 0);
    const outcome = calculate({ ...INPUTS, terms });
    expect(outcome.kind === 'calculated' && outcome.result.quarters[0]).toMatchObject({
      paid: 5000n,
      held: 0n,
    });
  });

  test('R2.7 the last day of a period, fiscal years included', () => {
    expect(findPeriodEnd({}, {}, '2025-Q1')).toBe('2025-03-31');
    expect(findPeriodEnd({ fiscalYearStart: 7 }, {}, '2025-Q1')).toBe('2024-09-30');
    expect(findPeriodEnd({}, {}, '2024-02')).toBe('2024-02-29');
    expect(findPeriodEnd({}, {}, '2025-Q5')).toBeUndefined();
  });
});

describe('mapRecords', () => {
  const records = [
    ['Payments of 2025'],
    ['Ref', 'Invoice', 'Date', 'Amount'],
    ['P1', 'I1', '10.02.2025', '1.000,00'],
  ];
  const mapping = {
    columns: { payment_id: 'Ref', invoice_id: 'Invoice', payment_date: 'Date', amount: 'Amount' },
    dateFormat: 'DD.MM.YYYY',
    numberFormat: '1.234,56',
  };

  test('R2.1 makes a ledger of an export, for calculate', () => {
    const { ledger, faults } = mapRecords('payments', records, mapping);
    expect(faults).toEqual([]);
    const outcome = calculate({ ...INPUTS, ledgers: { ...INPUTS.ledgers, payments: ledger } });
    // All of 1,000.00 is paid: 50.00.
    expect(outcome.kind === 'calculated' && outcome.result.quarters).toMatchObject([
      { paid: 5000n, held: 0n },
    ]);
  });

  test('R9.1 returns the faults of mapping and records', () => {
    expect(mapRecords('payments', records, { ...mapping, dateFormat: 'DD.MM' }).faults).toMatchObject([
      { code: 'wrong-value', place: { kind: 'terms', path: ['ledgers', 'payments', 'dateFormat'] } },
    ]);
    expect(mapRecords('payments', records, { ...mapping, dateFormat: 'MM/DD/YYYY' }).faults).toMatchObject([
      { code: 'malformed-date', found: '10.02.2025', place: { ledger: 'payments', row: 0, record: 2 } },
    ]);
  });
});
