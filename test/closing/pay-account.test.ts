/** Payroll lines and the journal where pay has more than postings in it: entries, caps, draws, guarantees, least payouts. */
import { describe, expect, test } from 'vitest';
import { journalLines } from '../../src/closing/journal.js';
import { payrollLines } from '../../src/closing/payroll-lines.js';
import { varianceOf } from '../../src/closing/variance.js';
import type { AccountRole } from '../../src/plans/plan.js';
import { dressedIn, GROUPS } from '../../src/testing/features.js';
import { type Given, type Row, sale, workspace } from '../support/build.js';
import { type Closes, closesOf, upTo } from '../support/closes.js';
import { forAll } from '../support/property.js';
import { inputsOf } from '../support/run.js';

const PAY_WITHIN = 30;

function linesIn(closes: Closes, place: number) {
  return payrollLines({ ...upTo(closes, place), payWithin: PAY_WITHIN });
}

/** The lines of a period: `paid of 2025-01 10.00`, `recovered-draw of 2025 5.00`. */
function lines(given: Given, name: string): string[] {
  const closes = closesOf(inputsOf(workspace(given)));
  const place = closes.periods.findIndex((one) => one.name === name);
  return linesIn(closes, place).map(
    ({ kind, earnedIn, firstPaidIn, amount }) => `${kind} of ${earnedIn || firstPaidIn || '–'} ${amount}`,
  );
}

const entry = (id: string, date: string, kind: string, amount: string): Row => {
  return { entry_id: id, rep_id: 'R1', date, kind, amount };
};
const monthly = { payPeriod: 'month' };
const good = (id: string, date: string, amount: string) => sale(id, date, amount, { due_date: '2026-12-31' });

describe('payroll lines', () => {
  test('R24 a draw is earned in no period, and its recovery says that it recovers a draw', () => {
    const given: Given = {
      terms: monthly,
      plan: { level: 0 },
      asOf: '2025-03-31',
      draws: [{ rep_id: 'R1', from: '2025-01-01', to: '2025-01-31', amount: '50.00' }],
      invoices: [good('I1', '2025-01-15', '100.00'), good('I2', '2025-02-15', '900.00')],
    };
    expect(lines(given, '2025-01')).toEqual(['paid of 2025-01 1000', 'drawn of – 4000']);
    expect(lines(given, '2025-02')).toEqual(['paid of 2025-02 5000', 'recovered-draw of 2025 4000']);
  });

  test('R21, R24 a bonus and a guarantee are earned now; a deduction was never paid', () => {
    const given: Given = {
      terms: { ...monthly, recoveryLimit: '50%' },
      plan: { level: 0 },
      asOf: '2025-02-28',
      draws: [{ rep_id: 'R1', from: '2025-02-01', amount: '20.00', kind: 'guarantee' }],
      entries: [
        entry('E1', '2025-01-10', 'bonus', '30.00'),
        entry('E2', '2025-01-11', 'bonus', '-40.00'),
        entry('E3', '2025-02-11', 'repayment', '30.00'),
      ],
    };
    // January: half of 30.00 is recovered, 25.00 owed. February: 25.00 settled, 5.00 is a gain, and 15.00 is guaranteed.
    expect(lines(given, '2025-01')).toEqual(['paid of 2025-01 1500', 'recovered-deduction of – 1500']);
    expect(lines(given, '2025-02')).toEqual(['paid of 2025-02 2000']);
  });

  test('R21.2 a bonus and a deduction of the same amount are paid and recovered', () => {
    const given: Given = {
      terms: monthly,
      plan: { level: 0 },
      asOf: '2025-01-31',
      entries: [entry('E1', '2025-01-10', 'bonus', '50.00'), entry('E2', '2025-01-11', 'bonus', '-50.00')],
    };
    expect(lines(given, '2025-01')).toEqual(['recovered-deduction of – 5000']);
  });

  test('R29 what is carried keeps the period in which it was earned', () => {
    const given: Given = {
      terms: { ...monthly, payout: { least: '50' } },
      plan: { level: 0 },
      asOf: '2025-02-28',
      invoices: [good('I1', '2025-01-15', '300.00'), good('I2', '2025-02-15', '250.00')],
    };
    expect(lines(given, '2025-01')).toEqual([]);
    expect(lines(given, '2025-02')).toEqual(['paid of 2025-01 3000', 'paid of 2025-02 2500']);
  });

  test('R22 what goes beyond a cap is not paid, and not recovered either', () => {
    const given: Given = {
      terms: monthly,
      plan: { level: 1, clawback: { pastDueDays: 0 }, cap: { amount: '15.00', per: 'year' } },
      asOf: '2025-03-31',
      invoices: [
        good('I1', '2025-01-15', '100.00'),
        sale('I2', '2025-01-16', '100.00', { due_date: '2025-02-16' }),
        good('I3', '2025-03-16', '20.00'),
      ],
    };
    // February: 10.00 of I2 is taken back, of which 5.00 was never paid. March: 2.00 recovers of it.
    expect(lines(given, '2025-01')).toEqual(['paid of 2025-01 1500']);
    expect(lines(given, '2025-02')).toEqual([]);
    expect(lines(given, '2025-03')).toEqual(['recovered of 2025 200']);
  });

  test('R21.3 add up to what is paid and recovered, and the journal to the balances, in random workspaces', () => {
    forAll(
      dressedIn(GROUPS.pay),
      ({ history: given, features }, meet) => {
        const closes = closesOf(inputsOf(given));
        for (const [place, { name }] of closes.periods.entries()) {
          const own = linesIn(closes, place);
          for (const row of closes.rows.filter(({ period }) => period === name)) {
            const of = (isOf: (kind: string) => boolean) =>
              own.reduce(
                (sum, { repId, kind, amount }) => (repId === row.repId && isOf(kind) ? sum + amount : sum),
                0n,
              );
            expect(of((kind) => kind === 'paid' || kind === 'drawn')).toBe(row.paid);
            expect(of((kind) => kind.startsWith('recovered'))).toBe(row.recovered);
            if (row.drawn > 0n) meet('drawn');
            if (row.capped !== 0n) meet('capped');
            if (row.carried > 0n) meet('carried');
            if (row.settled > 0n) meet('settled');
          }
          for (const { amount } of own) expect(amount > 0n).toBe(true);
        }
        expectBalances(closes);
        expectVariances(closes);
        for (const feature of features) meet(feature);
      },
      { drawn: 0.03, capped: 0.03, carried: 0.03, settled: 0.01 },
    );
  });
});

/** What moved pay from one period to the next adds up to how much it moved. */
function expectVariances({ periods, rows, postings, terms }: Closes): void {
  for (const [place, { name: period }] of periods.entries()) {
    const before = periods[place - 1]?.name;
    if (before === undefined) continue;
    const always = { share: { n: 0n, d: 1n }, amount: { n: 0n, d: 1n } };
    const inputs = { before, period, rows, postings, variance: always, digits: terms.currency.digits };
    for (const { change, parts } of varianceOf(inputs).reps)
      expect([...parts.values()].reduce((sum, part) => sum + part, 0n)).toBe(change);
  }
}

/** Over all closes, the balances of the accounts are what is held, owed, carried, paid and repaid. */
function expectBalances({ periods, rows, postings, terms }: Closes): void {
  const { accounts } = terms.journal;
  const balances = new Map<string, bigint>();
  for (const period of periods) {
    for (const { account, debit, credit } of journalLines({ period, rows, postings, journal: terms.journal }))
      balances.set(account, (balances.get(account) ?? 0n) + debit - credit);
  }
  const balance = (role: AccountRole) => balances.get(accounts[role]) ?? 0n;
  const last = rows.filter(({ period }) => period === periods.at(-1)?.name);
  const sum = (of: (row: (typeof rows)[number]) => bigint, among = rows) =>
    among.reduce((all, row) => all + of(row), 0n);
  const [held, owed, carried] = [
    sum((row) => row.held, last),
    sum((row) => row.owed, last),
    sum((row) => row.carried, last),
  ];
  const [paid, repaid] = [sum((row) => row.paid), sum((row) => row.repaid)];
  expect({
    held: -balance('held'),
    recoverable: balance('recoverable'),
    carried: -balance('carried'),
    payable: -balance('payable'),
    cash: balance('cash'),
    expense: balance('expense'),
  }).toEqual({
    held,
    recoverable: owed,
    carried,
    payable: paid,
    cash: repaid,
    expense: held + paid + carried - owed - repaid,
  });
}
