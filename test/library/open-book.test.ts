/** The book of the library: what a put says, what it refuses, and forks. Expected values by hand. */
import { describe, expect, test } from 'vitest';
import { type Book, calculate, openBook } from '../../src/index.js';

const INPUTS = {
  terms: { currency: 'USD', plans: [{ id: 'ae', level: 3, rate: '10%' }] },
  ledgers: {
    invoices: {
      rows: [
        { invoice_id: 'I1', customer_id: 'C1', rep_id: 'Ann', invoice_date: '2025-01-15', amount: '1000.00' },
        { invoice_id: 'I2', customer_id: 'C2', rep_id: 'Bob', invoice_date: '2025-02-01', amount: '500.00' },
      ],
    },
    payments: {
      rows: [{ payment_id: 'P1', invoice_id: 'I1', payment_date: '2025-02-10', amount: '400.00' }],
    },
  },
  asOf: '2025-03-31',
} as const;

const P2 = { payment_id: 'P2', invoice_id: 'I1', payment_date: '2025-03-20', amount: '600.00' };

function opened(inputs: Parameters<typeof openBook>[0] = INPUTS): Book {
  const outcome = openBook(inputs);
  if (outcome.kind === 'refused') throw new Error(JSON.stringify(outcome.faults));
  return outcome.book;
}

function paidIn(book: Book): readonly (readonly [string, bigint])[] {
  const answer = book.at();
  return answer.kind === 'refused' ? [] : answer.result.quarters.map(({ repId, paid }) => [repId, paid]);
}

describe('a book', () => {
  test('says what a payment changes: what is released, and the pay of its rep', () => {
    const book = opened();
    const outcome = book.put('payments', P2);
    if (outcome.kind === 'refused') throw new Error('refused');
    expect(outcome.postings.disappeared).toEqual([]);
    expect(outcome.postings.appeared).toMatchObject([
      {
        date: '2025-03-20',
        repId: 'Ann',
        invoiceId: 'I1',
        cause: 'collected',
        sourceId: 'P2',
        released: 6000n,
        held: -6000n,
      },
    ]);
    expect(outcome.pay).toMatchObject([
      {
        repId: 'Ann',
        period: '2025-Q1',
        before: { paid: 4000n, held: 6000n },
        after: { paid: 10_000n, held: 0n },
      },
    ]);
  });
  test('says what a correction changes: the posting goes, and comes as it is now', () => {
    const book = opened();
    const outcome = book.put('payments', { ...INPUTS.ledgers.payments.rows[0], amount: { minor: 50_000n } });
    if (outcome.kind === 'refused') throw new Error('refused');
    expect(outcome.postings.disappeared).toMatchObject([{ sourceId: 'P1', released: 4000n }]);
    expect(outcome.postings.appeared).toMatchObject([{ sourceId: 'P1', released: 5000n }]);
  });
  test('says nothing where nothing changes', () => {
    const outcome = opened().put('payments', { ...INPUTS.ledgers.payments.rows[0] });
    expect(outcome).toEqual({ kind: 'changed', postings: { appeared: [], disappeared: [] }, pay: [] });
  });
  test('refuses a row with the faults that a calculation finds, and stays as it was', () => {
    const book = opened();
    const row = { ...P2, amount: '1,5' };
    const { invoices, payments } = INPUTS.ledgers;
    const all = calculate({ ...INPUTS, ledgers: { invoices, payments: { rows: [...payments.rows, row] } } });
    const before = paidIn(book);
    expect(all.kind).toBe('refused');
    expect(book.put('payments', row)).toEqual(all);
    expect(paidIn(book)).toEqual(before);
    expect(book.inputs().ledgers.payments?.rows.length).toBe(1);
  });
  test('refuses cells, columns and ledgers that are none, at the place that the row would have', () => {
    const book = opened();
    const { invoices, payments } = INPUTS.ledgers;
    const row = { ...P2, amount: 600 as never };
    const all = calculate({ ...INPUTS, ledgers: { invoices, payments: { rows: [...payments.rows, row] } } });
    expect(book.put('payments', row)).toEqual(all);
    expect(book.put('payment' as 'payments', P2)).toMatchObject({
      faults: [{ code: 'unknown-key', nearest: 'payments' }],
    });
  });
  test('removes a row by its key, or by its id where that is one row', () => {
    const book = opened();
    expect(book.remove('payments', 'P1').kind).toBe('changed');
    expect(paidIn(book)).toEqual([
      ['Ann', 0n],
      ['Bob', 0n],
    ]);
    expect(book.remove('payments', 'P1')).toMatchObject({
      faults: [{ code: 'not-one-row', key: 'P1', rows: 0 }],
    });
    book.put('payments', P2);
    book.put('payments', { ...P2, invoice_id: 'I2' });
    expect(book.remove('payments', 'P2')).toMatchObject({ faults: [{ code: 'not-one-row', rows: 2 }] });
    expect(book.remove('payments', { payment_id: 'P2', invoice_id: 'I2' }).kind).toBe('changed');
    expect(paidIn(book)).toEqual([
      ['Ann', 6000n],
      ['Bob', 0n],
    ]);
  });
  test('forks: neither side sees the edits of the other', () => {
    const book = opened();
    const fork = book.fork();
    book.put('payments', P2);
    fork.put('payments', { ...P2, payment_id: 'P3', amount: '100.00' });
    expect(paidIn(book)).toEqual([
      ['Ann', 10_000n],
      ['Bob', 0n],
    ]);
    expect(paidIn(fork)).toEqual([
      ['Ann', 5000n],
      ['Bob', 0n],
    ]);
  });
  test('answers as of any day', () => {
    const book = opened();
    book.put('payments', P2);
    const answer = book.at('2025-02-28');
    expect(answer.kind === 'calculated' && answer.result.quarters[0]?.paid).toBe(4000n);
    expect(book.at('2025-02-30')).toMatchObject({ kind: 'refused', faults: [{ code: 'malformed-as-of' }] });
  });
  test('takes the first row of a ledger that it did not have', () => {
    const book = opened();
    const outcome = book.put('writeOffs', {
      write_off_id: 'W1',
      invoice_id: 'I2',
      write_off_date: '2025-03-01',
      amount: '500.00',
    });
    expect(outcome).toMatchObject({ pay: [{ repId: 'Bob', after: { forfeited: 5000n, held: 0n } }] });
  });
  test('takes rows, not what a mapping counted', () => {
    const source = { rows: 0, leftOut: { rows: 0, amount: '0', total: '0' }, notRecords: 0, exceptions: [] };
    const outcome = openBook({ ...INPUTS, ledgers: { invoices: { ...INPUTS.ledgers.invoices, source } } });
    expect(outcome).toMatchObject({ kind: 'refused', faults: [{ code: 'rows-of-mapping' }] });
  });
});
