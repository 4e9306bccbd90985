/** Cases that once came out otherwise than the rules say, each at its smallest, with values worked out by hand. */
import { expect, test } from 'vitest';
import { filesOf, resultOf } from './support/run.js';

test('R2.4 a split by amount that names a reversing invoice names an unknown invoice', () => {
  const result = resultOf({
    terms: { currency: 'USD', plans: [{ id: 'p', level: 0, rate: '10%' }] },
    ledgers: {
      invoices: [
        { invoice_id: 'I1', customer_id: 'C1', rep_id: 'R1', invoice_date: '2023-01-10', amount: '100.00' },
        {
          invoice_id: 'N1',
          customer_id: 'C1',
          rep_id: '',
          invoice_date: '2023-01-20',
          amount: '-40.00',
          reverses: 'I1',
        },
      ],
      // N1 is a credit memo and no invoice itself, so that there is no amount to take a share of: set aside (R9.2)
      // as its `share` form is, and not refused as a share of 50 ÷ −40.
      splits: [{ invoice_id: 'N1', rep_id: 'R2', share: '', amount: '50.00' }],
    },
    asOf: '2023-03-31',
  });
  expect(result.exceptions.map(({ code, ledger, id }) => [code, ledger, id])).toEqual([
    ['unknown-invoice', 'splits', 'N1'],
  ]);
  // 100.00 × 10% = 10.00 with the invoice; the memo of 40.00 on 100.00 leaves 100.00 × 10% × 60% = 6.00.
  expect(
    filesOf(result)['postings.csv']?.map(({ cause, source_id, earned }) => [cause, source_id, earned]),
  ).toEqual([
    ['invoiced', 'I1', '10.00'],
    ['credited', 'N1', '-4.00'],
  ]);
});
