/** Ledgers in columns (R2): taken over where nothing in them needs a word, else read row by row; either way the same. */
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { calculate, type Inputs } from '../../src/engine/calculate.js';
import { LEDGER_COLUMNS } from '../../src/ledger-specs/columns.js';
import type { LedgerName } from '../../src/ledger-specs/ledgers.js';
import { scanTable } from '../../src/ledgers/scan-table.js';
import { isQuick } from '../support/depth.js';

type Files = Partial<Readonly<Record<LedgerName, string>>>;

const PLAN = { id: 'ae', level: 3, rate: '8.25%', tolerance: '0.01' };
const INVOICES =
  'invoice_id,customer_id,rep_id,invoice_date,amount\nI1,C1,R1,2025-01-15,10.05\nI2,C1,R2,2025-01-16,20\n';
const PAYMENTS = 'payment_id,invoice_id,payment_date,amount\nP1,I1,2025-02-01,5\nP2,I2,2025-02-02,20\n';

function ledgersOf(files: Files, hasTables: boolean) {
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => {
      const rows = parse(text, { columns: true }) as Record<string, string>[];
      const header = text.slice(0, text.indexOf('\n')).split(',');
      const columns = LEDGER_COLUMNS[name as LedgerName].columns
        .filter((column) => header.includes(column.name))
        .map((column) => ({ name: column.name, kind: column.kind, at: header.indexOf(column.name) }));
      const format = { delimiter: ',', cells: header.length, columns };
      const table = scanTable(Buffer.from(text), header.join(',').length + 1, format);
      expect(table?.length).toBe(rows.length);
      return [name, hasTables ? { rows, table } : { rows }];
    }),
  );
}

/** The faults' codes, or the exceptions' where there is a result; the same with columns and without. */
function outcomeOf(files: Files, terms: Readonly<Record<string, unknown>> = {}): readonly string[] {
  const [fast, plain] = [true, false].map((hasTables) => {
    const ledgers = ledgersOf({ invoices: INVOICES, payments: PAYMENTS, ...files }, hasTables);
    const given = { terms: { currency: 'USD', plans: [PLAN], ...terms }, ledgers, asOf: '2025-12-31' };
    const outcome = calculate(given as unknown as Inputs);
    return outcome.kind === 'refused' ? outcome : outcome.result;
  });
  expect(fast).toEqual(plain);
  if (fast === undefined) return [];
  return 'faults' in fast
    ? fast.faults.map(({ code }) => code)
    : ['calculated', ...fast.exceptions.map(({ code }) => code)];
}

const row = (text: string) => ({ invoices: INVOICES + text });

describe('R2.1 invoices in columns', () => {
  test.each<[string, Files, readonly string[]]>([
    ['as they should be', {}, ['calculated']],
    ['without an id', row(',C1,R1,2025-01-15,1\n'), ['blank-cell']],
    ['without a customer', row('I3,,R1,2025-01-15,1\n'), ['blank-cell']],
    ['without a date', row('I3,C1,R1,,1\n'), ['blank-cell']],
    ['without an amount', row('I3,C1,R1,2025-01-15,\n'), ['blank-cell']],
    ['without a rep', row('I3,C1,,2025-01-15,1\n'), ['blank-cell']],
    ['of one id', row('I1,C1,R1,2025-01-15,1\n'), ['duplicate-key']],
    ['with four decimals', row('I3,C1,R1,2025-01-15,1.2345\n'), ['calculated']],
    ['out of order', row('A3,C1,R1,2025-01-15,-1\n'), ['calculated']],
    [
      'without the column of customers',
      { invoices: 'invoice_id,rep_id,invoice_date,amount\nI1,R1,2025-01-15,10\nI2,R1,2025-01-16,20\n' },
      ['blank-cell', 'blank-cell'],
    ],
  ])('%s', (_, files, expected) => {
    expect(outcomeOf(files)).toEqual(expected);
  });

  const WIDE =
    'invoice_id,customer_id,rep_id,booking_date,invoice_date,due_date,amount,total,cost,currency,reverses\n';
  const wide = (...rows: string[]) => ({
    invoices: `${WIDE}I1,C1,R1,,2025-01-15,,10,,,,\nI2,C1,R1,2025-01-10,2025-01-15,2025-02-14,20,24,5,USD,\n${rows.join('')}`,
  });
  test.each<[string, Files, readonly string[]]>([
    ['whole', wide(), ['calculated', 'calculated'].slice(1)],
    [
      'with a total of another sign',
      wide('I3,C1,R1,,2025-01-15,,10,-12,,,\n'),
      ['calculated', 'sign-mismatch'],
    ],
    ['below 0 on both sides', wide('I3,C1,R1,,2025-01-15,,-10,-12,,,\n'), ['calculated']],
    ['that reverse one', wide('I3,C1,R1,,2025-01-20,,-2,,,,I2\n'), ['calculated']],
    [
      'that reverse one, but are above 0',
      wide('I3,C1,R1,,2025-01-20,,2,,,,I2\n'),
      ['reverses-needs-negative'],
    ],
    ['in another currency', wide('I3,C1,R1,,2025-01-20,,2,,,EUR,\n'), ['other-currency']],
  ])('with every column, %s', (_, files, expected) => {
    expect(outcomeOf(files)).toEqual(expected);
  });

  test('with costs, where gross profit is asked for', () => {
    const terms = { plans: [{ ...PLAN, basis: 'gross-profit' }] };
    expect(outcomeOf(wide(), terms)).toEqual(['missing-cost']);
    expect(
      outcomeOf(
        { invoices: `${WIDE}I1,C1,R1,,2025-01-15,,10,,4,,\nI2,C1,R1,,2025-01-15,,20,,30,,\n` },
        terms,
      ),
    ).toEqual(['calculated', 'cost-above-amount']);
  });

  test('in a currency without decimals', () => {
    const whole = { invoices: INVOICES.replace('10.05', '10'), payments: PAYMENTS };
    expect(outcomeOf(whole, { currency: 'JPY' })).toEqual(['calculated']);
  });

  test('whose amounts are safe integers, but not all together', () => {
    const large = ['3', '4', '5', '6'].map((id) => `I${id},C1,R1,2025-01-15,40000000000000\n`);
    expect(outcomeOf(row(large.join('')))).toEqual(['calculated']);
    expect(
      outcomeOf({ ...row(large.join('')), payments: `${PAYMENTS}P3,I3,2025-03-01,20000000000000\n` }),
    ).toEqual(['calculated']);
  });
});

test.skipIf(isQuick)('R7.2 more reps and quarters than there was room for at first', () => {
  const many = Array.from({ length: 1500 }, (_, at) => `M${at},C1,S${at},2025-0${1 + (at % 9)}-15,10\n`);
  expect(outcomeOf(row(many.join('')))).toEqual(['calculated']);
});

describe('R2.1 payments in columns', () => {
  const paid = (text: string) => ({ payments: PAYMENTS + text });
  const CUSTOMERS =
    'payment_id,invoice_id,payment_date,amount,customer_id\nP1,I1,2025-02-01,5,\nP2,,2025-02-02,7,C1\n';
  test.each<[string, Files, readonly string[]]>([
    [
      'of one id on two invoices',
      paid('P1,I2,2025-02-03,1\nP1,I3,2025-02-03,1\n'),
      ['calculated', 'overpaid', 'unknown-invoice'],
    ],
    ['twice on one invoice', paid('P1,I1,2025-02-03,1\n'), ['duplicate-key']],
    ['without an invoice', paid('P3,,2025-02-03,1\n'), ['blank-cell']],
    ['without a date', paid('P3,I1,,1\n'), ['blank-cell']],
    ['by customer', { payments: CUSTOMERS }, ['calculated', 'unapplied']],
    ['by nobody', { payments: `${CUSTOMERS}P3,,2025-02-02,7,\n` }, ['blank-cell']],
    [
      'by customer, without the column of invoices',
      {
        payments:
          'payment_id,customer_id,payment_date,amount\nP1,C1,2025-02-01,5\nP2,C1,2025-02-02,7\nP3,C9,2026-01-01,7\n',
      },
      ['calculated', 'unapplied', 'unapplied'],
    ],
    [
      'without the column of dates',
      { payments: 'payment_id,invoice_id,amount\nP1,I1,5\nP2,I2,20\n' },
      ['blank-cell', 'blank-cell'],
    ],
  ])('%s', (_, files, expected) => {
    expect(outcomeOf(files)).toEqual(expected);
  });

  test('by customer, where cash is applied', () => {
    expect(outcomeOf({ payments: CUSTOMERS }, { applyCash: 'oldest-due-first' })).toEqual(['calculated']);
  });
});

describe('R2.5 splits in columns', () => {
  const SPLITS = 'invoice_id,rep_id,share\nI1,R1,60%\nI1,R2,0.4\n';
  const split = (text: string) => ({ splits: SPLITS + text });
  const many = Array.from({ length: 70 }, (_, at) => `I2,S${at},1%\n`).join('');
  test.each<[string, Files, readonly string[]]>([
    ['that make one', { splits: SPLITS }, ['calculated']],
    ['in any order', split('I2,R1,50%\nI1,R3,10%\n'), ['calculated', 'split-under-100']],
    ['of an invoice that is not there', split('I9,R1,50%\n'), ['calculated', 'unknown-invoice']],
    ['of one rep twice', split('I1,R1,5%\n'), ['duplicate-key']],
    ['of one rep twice, far apart', split('I2,R1,50%\nI1,R1,5%\n'), ['duplicate-key']],
    ['of many reps', split(many), ['calculated', 'split-under-100']],
    ['without a rep', split('I2,,50%\n'), ['blank-cell']],
    ['above 100%', split('I2,R1,150%\n'), ['share-out-of-range']],
    ['of no number', split('I2,R1,half\n'), ['malformed-number']],
    ['by amount', { splits: 'invoice_id,rep_id,share,amount\nI1,R1,,5.05\nI1,R2,,5\n' }, ['calculated']],
    [
      'by amount, without the column of shares',
      { splits: 'invoice_id,rep_id,amount\nI1,R1,5.05\nI1,R2,5\n' },
      ['calculated'],
    ],
  ])('%s', (_, files, expected) => {
    expect(outcomeOf(files)).toEqual(expected);
  });

  test('that name the reps of invoices without any', () => {
    const invoices = INVOICES.replace('R1', '').replace('R2', '');
    expect(outcomeOf({ invoices, splits: SPLITS })).toEqual(['blank-cell']);
    expect(outcomeOf({ invoices, splits: `${SPLITS}I2,R2,1\n` })).toEqual(['calculated']);
    // Of two invoices of one id a split names both: that they are two is all that is wrong with them.
    const twice = `${invoices}I1,C1,,2025-01-17,5\n`;
    expect(outcomeOf({ invoices: twice, splits: `${SPLITS}I2,R2,1\n` })).toEqual(['duplicate-key']);
  });
});

test('R3.2, R4.9 gross profit that a credit memo lowers, with a cost and without', () => {
  const plans = [
    {
      ...PLAN,
      basis: 'gross-profit',
      rate: {
        attainment: 'quarter',
        table: [
          { from: '0%', rate: '5%' },
          { from: '100%', rate: '8%' },
        ],
      },
    },
  ];
  const quotas = 'rep_id,quarter,quota\nR1,2025-Q1,5\n';
  const creditMemos = 'credit_memo_id,invoice_id,credit_date,amount\nM1,I1,2025-02-01,1\n';
  const header = 'invoice_id,customer_id,rep_id,invoice_date,amount,cost\n';
  const files = {
    payments: 'payment_id,invoice_id,payment_date,amount\nP1,I1,2025-03-01,1\n',
    quotas,
    creditMemos,
  };
  const known = `${header}I1,C1,R1,2025-01-15,10,4\nI2,C1,R1,2025-02-15,20,3\n`;
  expect(outcomeOf({ ...files, invoices: known }, { plans })).toEqual(['calculated']);
  expect(outcomeOf({ ...files, invoices: known.replace('10,4', '10,') }, { plans })).toContain(
    'missing-cost',
  );
});
