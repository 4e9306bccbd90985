/** The as-of date of a run, and what becomes of a period that the calendar does not have. */
import { describe, expect, test } from 'vitest';
import type { Fault } from '../../src/problems/problem.js';
import { asOfDate, withUnknownPeriod } from '../../src/workspace/as-of.js';

const TERMS = { currency: 'USD', plans: [] };
const WITHOUT_CALENDAR = { ledgers: { invoices: { rows: [] } } };
const WITH_CALENDAR = {
  ledgers: {
    invoices: { rows: [] },
    calendar: {
      rows: [
        { quarter: '2024-Q1', from: '2024-02-04', to: '2024-05-04' },
        { quarter: '2024-Q2', from: '2024-05-05', to: '2024-08-03' },
      ],
    },
  },
};
const TODAY = '2025-06-01';

describe('the as-of date', () => {
  test('is the one given, even with a period', () => {
    const options = { asOf: '2025-02-28', period: '2025-Q1' };
    expect(asOfDate(options, WITHOUT_CALENDAR, TERMS, TODAY)).toEqual({ kind: 'given', asOf: '2025-02-28' });
  });

  test.each([
    ['2025-Q1', '2025-03-31'],
    ['2025-02', '2025-02-28'],
  ])('is the last day of %s', (period, asOf) => {
    expect(asOfDate({ period }, WITHOUT_CALENDAR, TERMS, TODAY)).toEqual({ kind: 'given', asOf });
  });

  test('is today without both', () => {
    expect(asOfDate({}, WITHOUT_CALENDAR, TERMS, TODAY)).toEqual({ kind: 'today', asOf: TODAY });
  });

  test('of an unknown period is the first day of the calendar ledger, so that the rest can be checked', () => {
    const fault = { code: 'unknown-period', place: { kind: 'run' }, found: '2030-Q1' };
    expect(asOfDate({ period: '2030-Q1' }, WITH_CALENDAR, TERMS, TODAY)).toEqual({
      kind: 'unknown-period',
      asOf: '2024-02-04',
      fault,
    });
    expect(asOfDate({ period: 'spring' }, WITHOUT_CALENDAR, TERMS, TODAY).asOf).toBe(TODAY);
  });
});

describe('the fault of an unknown period', () => {
  const unknown = asOfDate({ period: 'spring' }, WITHOUT_CALENDAR, TERMS, TODAY);
  const ofStandIn: Fault = { code: 'malformed-as-of', place: { kind: 'run' }, found: TODAY };
  const ofInvoice: Fault = {
    code: 'malformed-date',
    place: { kind: 'row', ledger: 'invoices', row: 2, column: 'invoice_date' },
    column: 'invoice_date',
    found: 'x',
    expected: 'YYYY-MM-DD',
  };
  const ofCalendar: Fault = {
    code: 'empty-file',
    place: { kind: 'ledger', ledger: 'calendar' },
    path: 'c.csv',
  };

  test('replaces those of the stand-in day, and comes after all others', () => {
    const codes = withUnknownPeriod([ofStandIn, ofInvoice], unknown).map(({ code }) => code);
    expect(codes).toEqual(['malformed-date', 'unknown-period']);
  });

  test('is left out if the calendar has faults of its own', () => {
    expect(withUnknownPeriod([ofCalendar], unknown)).toEqual([ofCalendar]);
  });

  test('does not exist for a known day', () => {
    expect(withUnknownPeriod([ofStandIn], { kind: 'given', asOf: TODAY })).toEqual([ofStandIn]);
  });
});
