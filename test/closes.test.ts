/** R11 on random histories: ledgers change after periods were closed, and nothing that was paid is ever restated. */
import { expect, test } from 'vitest';
import { payRowsOf } from '../src/closing/pay-history.js';
import type { Close } from '../src/engine/r11-closes/close.js';
import { closeOrThrow } from '../src/library/or-throw.js';
import { lateHistories, periodEndsOf } from '../src/testing/late.js';
import { makeClose } from '../src/workspace/closes/make-close.js';
import { checkBalances } from './support/balances.js';
import { forAll } from './support/property.js';
import { calculatedOf, type TestResult } from './support/run.js';
import { sums } from './support/sums.js';

test('R11 what is closed stays, what has changed is adjusted, and all of it adds up to the recompute', () => {
  forAll(
    lateHistories,
    (history, meet) => {
      const books = new Map<string, bigint>();
      for (const { period, known, closes, result, isClosed } of periodEndsOf(history)) {
        const plain = calculatedOf(known);
        if (plain === undefined) return;
        expectFrozen(result, closes);
        expectAdjusted(result, closes);
        expect(sums(result.postings)).toEqual(sums(plain.postings));
        checkBalances(result);
        const adjusted = new Set(result.postings.map(({ adjusts }) => adjusts).filter((name) => name !== ''));
        if (adjusted.size > 0) meet('adjustments');
        if (adjusted.size > 1) meet('adjustments of several periods');
        if (result.postings.some(({ adjusts, date }) => adjusts !== '' && date < period.from))
          meet('adjusted before');
        if (closes.length > 0) meet('closes');
        if (result.terms.payPeriod === 'month') meet('months');
        if (isClosed) expectDocuments(result, closes, books, meet);
      }
    },
    {
      recovered: 0.01,
      closes: 0.5,
      adjustments: 0.2,
      'adjustments of several periods': 0.05,
      'adjusted before': 0.05,
      months: 0.2,
    },
    { isSlow: true },
  );
});

test('R11.2 no difference, no posting: closing without changes gives the postings that there are without closes', () => {
  forAll(
    lateHistories,
    ({ history: workspace, closes: most }, meet) => {
      const whole = calculatedOf(workspace);
      if (whole === undefined) return;
      const closes: Close[] = [];
      for (const { to } of whole.payPeriods.slice(0, -1).slice(0, most)) {
        const result = calculatedOf({ ...workspace, asOf: to }, { closes });
        if (result === undefined) return;
        closes.push(closeOrThrow(result));
      }
      const result = calculatedOf(workspace, { closes });
      expect(result?.postings).toEqual(whole.postings);
      expect(result?.quarters.map(({ bookings: _, attainment: __, ...row }) => row)).toEqual(
        whole.quarters.map(({ bookings: _, attainment: __, ...row }) => row),
      );
      expect(result?.months).toEqual(whole.months);
      if (closes.length > 0) meet('closes');
    },
    { closes: 0.5 },
    { isSlow: true },
  );
});

/** What payroll and accounting are given adds up, also where closed periods are adjusted. */
function expectDocuments(
  result: TestResult,
  closes: readonly Close[],
  books: Map<string, bigint>,
  meet: (what: string) => void,
): void {
  const facts = { version: '0', closedOn: '2026-01-01', previous: null, reopened: [], inputs: [] };
  const files = makeClose(result, closes, { ...facts, pages: () => [], lineOf: () => undefined });
  const rows = (name: string) => {
    const file = files.find((one) => one.name === name);
    const [header, ...records] = Array.from(file?.pieces ?? [], String)
      .join('')
      .trim()
      .split('\n');
    const columns = (header ?? '').split(',');
    return records.map((record) =>
      Object.fromEntries(record.split(',').map((cell, at) => [columns[at], cell])),
    );
  };
  const amount = (cell: string | undefined) => BigInt((cell ?? '0').replace('.', ''));
  const parts = new Map<string, bigint>();
  for (const { rep_id, kind, amount: part } of rows('payroll-lines.csv')) {
    const key = `${rep_id} ${kind}`;
    expect(amount(part) > 0n).toBe(true);
    parts.set(key, (parts.get(key) ?? 0n) + amount(part));
  }
  for (const { rep_id, paid, recovered } of rows('payroll.csv')) {
    expect(parts.get(`${rep_id} paid`) ?? 0n).toBe(amount(paid));
    expect(parts.get(`${rep_id} recovered`) ?? 0n).toBe(amount(recovered));
    if (amount(recovered) > 0n) meet('recovered');
  }
  for (const { account, debit, credit } of rows('journal.csv')) {
    const key = account ?? '';
    books.set(key, (books.get(key) ?? 0n) + amount(debit) - amount(credit));
  }
  const last = new Map(payRowsOf(result).map((row) => [row.repId, row]));
  const total = (of: (row: { readonly held: bigint; readonly owed: bigint }) => bigint) =>
    [...last.values()].reduce((sum, row) => sum + of(row), 0n);
  const paid = payRowsOf(result).reduce((sum, row) => sum + row.paid, 0n);
  expect([...books.values()].reduce((sum, balance) => sum + balance, 0n)).toBe(0n);
  expect(-(books.get('Commission held') ?? 0n)).toBe(total(({ held }) => held));
  expect(books.get('Recoverable from reps') ?? 0n).toBe(total(({ owed }) => owed));
  expect(-(books.get('Commission payable') ?? 0n)).toBe(paid);
}

/** R11.1: postings and rows of closed periods are what they were. */
function expectFrozen({ postings, quarters, months }: TestResult, closes: readonly Close[]): void {
  const frozen = closes.flatMap((close) => [...close.postings]);
  expect(postings.slice(0, frozen.length)).toEqual(frozen);
  for (const { period, quarters: closedQuarters, months: closedMonths } of closes) {
    if (closedQuarters.length > 0) {
      const name = closedQuarters[0]?.quarter;
      expect(quarters.filter(({ quarter }) => quarter === name)).toEqual(closedQuarters);
    }
    expect(months.filter(({ month }) => month === period.name)).toEqual(closedMonths);
  }
}

/** R11.2: an adjustment stands on the first open day and names the closed period that its event lies in. */
function expectAdjusted({ postings }: TestResult, closes: readonly Close[]): void {
  const through = closes.at(-1)?.period.to ?? '';
  for (const { date, eventDate, adjusts } of postings.filter((posting) => posting.date > through)) {
    if (adjusts === '') {
      expect(eventDate).toBe(date);
      continue;
    }
    const closed = closes.find(({ period }) => period.from <= eventDate && eventDate <= period.to);
    // What lies before the first close was booked into it late, and belongs to no close.
    if (closed !== undefined) expect(adjusts).toBe(closed.period.name);
    expect(eventDate <= through && through < date).toBe(true);
  }
}
