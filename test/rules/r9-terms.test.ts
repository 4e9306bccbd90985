/** R9.1 of comp.yaml, by hand: what terms come to that are left out, and faults that involve several keys. */
import { describe, expect, test } from 'vitest';
import { readTerms } from '../../src/plans/terms.js';

const PLAN = { id: 'ae', level: 2, rate: '5%' };
const read = (plan: object, rest: object = {}) =>
  readTerms({ currency: 'USD', plans: [{ ...PLAN, ...plan }], ...rest });
const faultsOf = (plan: object, rest: object = {}) => read(plan, rest).faults;

describe('what is left out', () => {
  test('comes to the defaults that the documentation names', () => {
    const { terms } = read({});
    expect(terms).toMatchObject({
      fiscalYearStart: 1,
      payWithin: 30,
      recovery: { limit: { n: 1n, d: 1n }, keep: 0n, most: undefined },
      payout: { least: 0n },
      variance: { share: { n: 1n, d: 4n }, amount: { n: 0n, d: 1n } },
      ageing: { bounds: [30, 60, 90], shortPay: { share: { n: 1n, d: 10n }, invoices: 3 } },
      journal: {
        accounts: {
          expense: 'Commission expense',
          payable: 'Commission payable',
          held: 'Commission held',
          recoverable: 'Recoverable from reps',
          carried: 'Commission carried forward',
          cash: 'Cash from reps',
          opening: 'Opening balances',
        },
      },
    });
    expect(terms?.plans[0]).toMatchObject({
      hold: { n: 1n, d: 2n },
      tolerance: { kind: 'amount', amount: { n: 0n, d: 1n } },
    });
  });

  test('of shortPay and variance is left out by itself', () => {
    const { terms } = read({}, { ageing: { shortPay: { invoices: 5 } }, variance: { amount: 7 } });
    expect(terms?.ageing).toEqual({
      bounds: [30, 60, 90],
      shortPay: { share: { n: 1n, d: 10n }, invoices: 5 },
    });
    expect(terms?.variance).toEqual({ share: { n: 1n, d: 4n }, amount: { n: 7n, d: 1n } });
  });
});

describe('faults', () => {
  test('of age bands: each has more days than the one before', () => {
    expect(faultsOf({}, { ageing: { bounds: [30, 60, 60] } })).toMatchObject([
      {
        code: 'wrong-value',
        place: { path: ['ageing', 'bounds', 2] },
        found: '60',
        expected: 'more days than the previous bound, 60',
      },
    ]);
  });

  test('R13.2 of a rate beside rates', () => {
    expect(faultsOf({ rates: [{ category: 'a', rate: '1%' }] })).toEqual([
      {
        code: 'unused-key',
        place: { kind: 'terms', path: ['plans', 0, 'rate'] },
        key: 'rate',
        reason: 'rates sets the rate of each category, so rate has no effect.',
      },
    ]);
  });

  test('R18.1 of a share that waits for the invoice: where it lies, and beside what hold leaves', () => {
    const booking = { earnOn: 'booking' };
    const place = { kind: 'terms', path: ['plans', 0, 'untilInvoice'] };
    expect(faultsOf({ ...booking, hold: '60%', untilInvoice: '40%' })).toEqual([]);
    expect(faultsOf({ ...booking, hold: ' 60% ', untilInvoice: ' 41% ' })).toEqual([
      { code: 'percent-out-of-range', place, found: '41%', expected: '0% to 40%, what hold leaves' },
    ]);
    // Half is held unless comp.yaml says otherwise.
    expect(faultsOf({ ...booking, untilInvoice: '51%' })).toMatchObject([
      { code: 'percent-out-of-range', place, expected: '0% to 50%, what hold leaves' },
    ]);
    expect(faultsOf({ untilInvoice: '10%' })).toMatchObject([{ code: 'unused-key', place }]);
  });

  test('R4.1 of a table by amounts name its thresholds', () => {
    const bands = [
      { fromAmount: 0, rate: '5%' },
      { fromAmount: 1000, rate: '6%' },
      { fromAmount: 1000, rate: '7%' },
    ];
    expect(faultsOf({ rate: { attainment: 'quarter', table: bands } })).toEqual([
      {
        code: 'thresholds-not-rising',
        place: { kind: 'terms', path: ['plans', 0, 'rate', 'table', 2, 'fromAmount'] },
        found: '1000',
        before: '1000',
      },
    ]);
  });
});
