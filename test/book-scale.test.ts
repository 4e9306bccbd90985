/** A book whose control totals are too large for whole numbers counts as a calculation does. */
import { expect, test } from 'vitest';
import { openTextBook } from '../src/book/book.js';
import { workspace } from './support/build.js';
import { inputsOf, resultOf } from './support/run.js';

test('a quota beyond the safe integers at the scale of an amount with many decimals', () => {
  const given = workspace({
    invoices: [
      {
        invoice_id: 'I1',
        customer_id: 'C1',
        rep_id: 'R1',
        invoice_date: '2025-01-10',
        amount: '1.000000000001',
      },
    ],
    quotas: [{ rep_id: 'R1', quarter: '2025-Q1', quota: '100000.00' }],
  });
  const opened = openTextBook(inputsOf(given));
  if (opened.kind !== 'open') throw new Error('refused');
  const answer = opened.book.at(given.asOf);
  if (answer.kind !== 'calculated') throw new Error('refused');
  expect(answer.result.controls).toEqual(resultOf(given).controls);
});
