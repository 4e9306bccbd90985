/** What holds of the documents of every close: they add up, to the cent, to pay and to each other. */
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type JournalLine, journalLines, openingLines } from '../../src/closing/journal.js';
import { dayOf, type PayPeriod, Receipts, type RepPay } from '../../src/closing/pay-history.js';
import { payrollRows } from '../../src/closing/payroll.js';
import { type PayrollLine, payrollLines } from '../../src/closing/payroll-lines.js';
import { varianceOf } from '../../src/closing/variance.js';
import { type Day, isoOf } from '../../src/day.js';
import type { Inputs } from '../../src/engine/calculate.js';
import { findPeriodEnd } from '../../src/engine/period-end.js';
import type { Posting } from '../../src/engine/r6-postings/posting-table.js';
import type { Terms } from '../../src/plans/plan.js';
import { readTerms } from '../../src/plans/terms.js';
import { ratio, ZERO } from '../../src/ratio.js';
import { histories } from '../../src/testing/histories.js';
import type { Limits } from '../../src/testing/limits.js';
import { loadWorkspace } from '../../src/workspace/load.js';
import { type Closes, closesOf, lateClosesOf, payOf, upTo } from '../support/closes.js';
import { isQuick } from '../support/depth.js';
import { FIXTURES } from '../support/folder.js';
import { forAll, type Meet } from '../support/property.js';
import { inputsOf, type Workspace } from '../support/run.js';

const PAY_WITHIN = 30;
const NONE: Meet = () => {};

/** Random closes: the rows known in time, or some of them late. */
function randomCloses(limits: Limits = {}): fc.Arbitrary<Closes> {
  return fc
    .record({ workspace: histories(limits), late: fc.boolean(), seed: fc.nat(9_999) })
    .map(({ workspace, late, seed }) =>
      late ? lateClosesOf(workspace, seed) : closesOf(inputsOf(workspace)),
    );
}

/** The lines of every period, each from the closes up to it. */
function linesOf(closes: Closes): PayrollLine[] {
  return closes.periods.flatMap((_, place) =>
    payrollLines({ ...upTo(closes, place), payWithin: PAY_WITHIN }),
  );
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((all, amount) => all + amount, 0n);
}

function addUp(closes: Closes, lines: readonly PayrollLine[], rows: readonly RepPay[], meet: Meet): void {
  for (const { repId, period, paid, recovered } of rows) {
    const own = lines.filter((line) => line.repId === repId && line.payPeriod === period);
    const of = (kind: PayrollLine['kind']) =>
      sum(own.filter((line) => line.kind === kind).map((line) => line.amount));
    expect([of('paid'), of('recovered')]).toEqual([paid, recovered]);
    if (own.filter(({ kind }) => kind === 'paid').length > 1) meet('paid of several periods');
    if (own.filter(({ kind }) => kind === 'recovered').length > 1) meet('recovered of several years');
  }
  const places = new Map(closes.periods.map(({ name }, place) => [name, place]));
  for (const line of lines) {
    expect(line.amount > 0n).toBe(true);
    expect(line.kind === 'paid' ? line.firstPaidIn : line.earnedIn).toBe('');
    if (line.kind === 'recovered') {
      meet('recovered');
      continue;
    }
    const [earned, paid] = [places.get(line.earnedIn) as number, places.get(line.payPeriod) as number];
    expect(earned).toBeLessThanOrEqual(paid);
    if (earned < paid) meet('earned before');
  }
}

test('R7.2 lines of payroll add up to what is paid and recovered, and none is 0 or below', () => {
  forAll(
    randomCloses(),
    (closes, meet) => {
      addUp(closes, linesOf(closes), closes.rows, meet);
      if (closes.postings.some(({ adjusts }) => adjusts !== '')) meet('adjusted');
      if (closes.postings.some(({ earned }) => earned < 0n)) meet('earned no more');
    },
    {
      'paid of several periods': 0.02,
      recovered: 0.1,
      'earned before': 0.1,
      adjusted: 0.1,
      'earned no more': 0.1,
    },
  );
});

/** One rep's closes of these postings, given by quarter. */
function closesWith(moves: readonly Move[], percent: bigint): Closes {
  const periods = QUARTERS.map((name) => ({ name, to: endOf(name) }));
  const postings = [...moves]
    .sort((a, b) => a.place - b.place)
    .map(({ place, back = 0, invoice, cause, earned, advanced, released = 0, clawedBack }): Posting => {
      const { name, to } = periods[place] as PayPeriod;
      const adjusts = back === 0 || place === 0 ? '' : (QUARTERS[Math.max(0, place - back)] as string);
      return {
        date: isoOf(to),
        period: name,
        credit: 'own',
        eventDate: isoOf(adjusts === '' ? to : endOf(adjusts)),
        adjusts,
        cause,
        sourceId: 'S',
        repId: 'R1',
        invoiceId: invoice,
        customerId: 'C',
        planId: 'ae',
        level: 1,
        earned: BigInt(earned),
        advanced: BigInt(advanced),
        released: BigInt(released),
        held: 0n,
        forfeited: 0n,
        clawedBack: BigInt(clawedBack),
      };
    });
  const terms = { ...(readTerms(TERMS).terms as Terms), recoveryLimit: ratio(percent, 100n) };
  return { periods, postings, rows: payOf(periods, postings, terms), terms };
}

interface Move {
  readonly place: number;
  /** How many periods back is adjusted. */
  readonly back?: number;
  readonly invoice: string;
  readonly cause: Posting['cause'];
  readonly earned: number;
  readonly advanced: number;
  readonly released?: number;
  readonly clawedBack: number;
}

const TERMS = { currency: 'USD', plans: [{ id: 'ae', level: 0, rate: '5%' }] };
const QUARTERS = [2023, 2024, 2025, 2026].flatMap((year) => [1, 2, 3].map((number) => `${year}-Q${number}`));

function endOf(quarter: string): Day {
  return dayOf(findPeriodEnd({}, {}, quarter) as string);
}

const places = fc.nat(QUARTERS.length - 1);
const invoices = fc.constantFrom('I1', 'I2', 'I3', 'I4');
const percents = fc.constantFrom(100n, 50n, 33n, 0n);

/** Postings that no workspace comes to: amounts of any sign, corrections of any closed period. */
const wildCloses: fc.Arbitrary<Closes> = fc
  .record({
    moves: fc.array(
      fc.record({
        place: places,
        back: fc.constantFrom(0, 0, 1, 2, 9),
        invoice: invoices,
        cause: fc.constantFrom<Posting['cause']>('invoiced', 'collected', 'past-due'),
        earned: fc.integer({ min: -50, max: 100 }),
        advanced: fc.integer({ min: -60, max: 60 }),
        released: fc.integer({ min: -20, max: 60 }),
        clawedBack: fc.constantFrom(0, 0, 0, 30, 60, -30),
      }),
      { maxLength: 30, size: 'max' },
    ),
    percent: percents,
  })
  .map(({ moves, percent }) => closesWith(moves, percent));

/** Sales whose commission is taken back and given back again and again. */
const backAndForth: fc.Arbitrary<Closes> = fc
  .record({
    turns: fc.array(
      fc.record({ place: places, invoice: invoices, amount: fc.integer({ min: 1, max: 60 }) }),
      {
        maxLength: 40,
        size: 'max',
      },
    ),
    percent: percents,
  })
  .map(({ turns, percent }) => {
    const lines = new Map<string, { advanced: number; clawedBack: number; turns: number }>();
    const moves = [...turns]
      .sort((a, b) => a.place - b.place)
      .map(({ place, invoice, amount }): Move => {
        const line = lines.get(invoice) ?? { advanced: 0, clawedBack: 0, turns: 0 };
        lines.set(invoice, line);
        line.turns += 1;
        if (line.advanced === 0 || line.turns % 4 === 0) {
          line.advanced += amount;
          return { place, invoice, cause: 'invoiced', earned: amount, advanced: amount, clawedBack: 0 };
        }
        const isOut = line.clawedBack > 0;
        const change = isOut ? -Math.min(amount, line.clawedBack) : Math.min(amount, line.advanced);
        line.clawedBack += change;
        const cause = isOut ? 'collected' : 'past-due';
        return { place, invoice, cause, earned: 0, advanced: 0, clawedBack: change };
      });
    return closesWith(moves, percent);
  });

test('R7.2 lines of payroll add up whatever postings there are', () => {
  forAll(wildCloses, (closes, meet) => addUp(closes, linesOf(closes), closes.rows, meet), {
    'paid of several periods': 0.3,
    'recovered of several years': 0.1,
    recovered: 0.5,
    'earned before': 0.5,
  });
});

/** What is recovered of a year was paid in it, and what is paid of a period earned in it. */
function keepWithin(closes: Closes, meet: Meet): void {
  const lines = linesOf(closes);
  for (const repId of new Set(closes.rows.map((row) => row.repId))) {
    const own = lines.filter((line) => line.repId === repId);
    const rows = closes.rows.filter((row) => row.repId === repId);
    const paidIn = (year: string) => {
      const those = rows.filter(({ period }) => `${yearPaid(closes, repId, period)}` === year);
      return sum(those.map(({ paid, recovered }) => paid + recovered));
    };
    for (const year of new Set(own.map(({ firstPaidIn }) => firstPaidIn).filter((one) => one !== ''))) {
      const recovered = sum(own.filter((line) => line.firstPaidIn === year).map(({ amount }) => amount));
      expect(recovered <= paidIn(year), `${repId} ${year}`).toBe(true);
      meet('recovered');
    }
    if (rows.some(({ cancelled }) => cancelled > 0n)) meet('cancelled');
    // What is charged is earned and not paid again, whether it is recovered or not.
    if (rows.some(({ charged }) => charged > 0n)) continue;
    const postings = closes.postings.filter((one) => one.repId === repId);
    for (const period of new Set(own.map(({ earnedIn }) => earnedIn))) {
      const paid = sum(own.filter((line) => line.earnedIn === period).map(({ amount }) => amount));
      const earned = postings.filter((one) => (one.adjusts || one.period) === period);
      // What is earned no more in a later period does not lower what was paid before.
      expect(paid <= sum(earned.map((one) => (one.earned > 0n ? one.earned : 0n)))).toBe(true);
      meet('paid');
    }
  }
}

test('no more is recovered of a year than payroll paid in it, nor paid of a period than was earned in it', () => {
  const least = { recovered: 0.1, cancelled: 0.01, paid: 0.5 };
  forAll(randomCloses({ nonNegative: true }), keepWithin, least);
});

test('nor where commission is taken back and given back again and again', () => {
  forAll(backAndForth, keepWithin, { recovered: 0.4, cancelled: 0.4, paid: 0.01 });
});

function yearPaid({ periods, postings }: Closes, repId: string, name: string): number {
  const receipts = new Receipts();
  for (const one of postings) if (one.repId === repId && one.period === name) receipts.add(one);
  const period = periods.find((one) => one.name === name);
  return period === undefined ? 0 : receipts.yearPaid(period, PAY_WITHIN);
}

test('lines of payroll add up after an opening as well', () => {
  forAll(
    fc.record({ closes: randomCloses(), pick: fc.nat(999) }),
    ({ closes, pick }, meet) => {
      const { periods } = closes;
      if (periods.length < 2) return;
      const first = pick % (periods.length - 1);
      const { name, to } = periods[first] as Closes['periods'][number];
      const brought = closes.rows.filter(({ period }) => period === name);
      const opening = { date: isoOf(to), owed: new Map(brought.map(({ repId, owed }) => [repId, owed])) };
      const isLater = ({ period }: RepPay) => periods.findIndex((one) => one.name === period) > first;
      const rows = closes.rows.filter(isLater);
      const lines = periods.flatMap((_, place) =>
        payrollLines({ ...upTo({ ...closes, rows }, place), payWithin: PAY_WITHIN, opening }),
      );
      addUp(closes, lines, rows, meet);
      const year = opening.date.slice(0, 4);
      if (brought.some(({ owed }) => owed > 0n) && lines.some(({ firstPaidIn }) => firstPaidIn === year))
        meet('recovered of what was brought');
    },
    { 'recovered of what was brought': 0.01 },
  );
});

function balance(lines: readonly JournalLine[]): void {
  const entries = new Map<string, bigint>();
  for (const { entry, adjusts, repId, debit, credit } of lines) {
    const name = JSON.stringify([entry, adjusts, repId]);
    entries.set(name, (entries.get(name) ?? 0n) + debit - credit);
  }
  expect([...entries.values()].every((balance) => balance === 0n)).toBe(true);
}

/** R6.3, R7.4: entries balance, and what they come to is what is held, owed and paid. */
function keepBooks(closes: Closes, by: 'rep' | 'total', first: number, meet: Meet): void {
  const { periods, terms } = closes;
  const journal = { ...terms.journal, by };
  const rowsAt = (place: number) => closes.rows.filter(({ period }) => period === periods[place]?.name);
  const brought = first < 0 ? [] : rowsAt(first);
  const lines = first < 0 ? [] : openingLines('2020-12-31', brought, journal);
  balance(lines);
  const paid = new Map<string, bigint>();
  for (let place = first + 1; place < periods.length; place += 1) {
    const period = periods[place] as Closes['periods'][number];
    const { rows, postings } = closes;
    const own = journalLines({ period, rows, postings, journal });
    expect(own.every(({ date }) => date === isoOf(period.to))).toBe(true);
    lines.push(...own);
    balance(own);
    for (const { debit, credit } of own) {
      expect(debit >= 0n && credit >= 0n && debit * credit === 0n && debit + credit > 0n).toBe(true);
    }
    for (const row of rowsAt(place)) paid.set(row.repId, (paid.get(row.repId) ?? 0n) + row.paid);
    const reps = by === 'rep' ? [...new Set(rowsAt(place).map(({ repId }) => repId))] : [''];
    for (const repId of reps) {
      const isOwn = (one: { readonly repId: string }) => by === 'total' || one.repId === repId;
      const of = (role: keyof typeof journal.accounts) =>
        sum(
          lines
            .filter((line) => line.repId === repId && line.account === journal.accounts[role])
            .map(({ debit, credit }) => debit - credit),
        );
      const total = (rowsOf: readonly RepPay[], figure: 'held' | 'owed') =>
        sum(rowsOf.filter(isOwn).map((row) => row[figure]));
      const now = rowsAt(place);
      const [held, owed] = [total(now, 'held'), total(now, 'owed')];
      const paidSoFar = sum([...paid].filter(([one]) => isOwn({ repId: one })).map(([, amount]) => amount));
      expect(-of('held')).toBe(held);
      expect(of('recoverable')).toBe(owed);
      expect(-of('payable')).toBe(paidSoFar);
      expect(of('expense')).toBe(held + paidSoFar - owed - (total(brought, 'held') - total(brought, 'owed')));
      if (held > 0n) meet('held');
      if (owed > 0n) meet('owed');
    }
  }
  for (const { entry } of lines) meet(entry);
}

test('R7.4 every entry of a journal balances, and the balances are what is held, owed and paid to date', () => {
  forAll(
    fc.record({
      closes: randomCloses(),
      pick: fc.nat(999),
      by: fc.constantFrom('rep' as const, 'total' as const),
    }),
    ({ closes, pick, by }, meet) => {
      const first = (pick % Math.max(1, closes.periods.length)) - 1;
      keepBooks(closes, by, first, meet);
    },
    {
      held: 0.1,
      owed: 0.1,
      opening: 0.02,
      earned: 0.5,
      released: 0.1,
      forfeited: 0.03,
      'clawed-back': 0.05,
      reinstated: 0.005,
      settled: 0.1,
    },
  );
});

function explain(closes: Closes, meet: Meet): void {
  const { periods, rows, postings } = closes;
  for (let place = 1; place < periods.length; place += 1) {
    const [before, period] = [periods[place - 1]?.name as string, periods[place]?.name as string];
    const paid = (repId: string, name: string) =>
      rows.find((row) => row.repId === repId && row.period === name)?.paid ?? 0n;
    const inputs = { before, period, rows, postings, digits: 2 };
    const { reps } = varianceOf({ ...inputs, variance: { share: ZERO, amount: ZERO } });
    for (const { repId, paidBefore, paid: now, change, parts } of reps) {
      expect([paidBefore, now]).toEqual([paid(repId, before), paid(repId, period)]);
      expect(change).toBe(now - paidBefore);
      expect(sum([...parts.values()])).toBe(change);
      expect([...parts.values()]).not.toContain(0n);
      for (const part of parts.keys()) meet(part);
    }
    const moved = rows.filter((row) => row.period === period && row.paid !== paid(row.repId, before));
    expect(reps.map(({ repId }) => repId).sort()).toEqual(moved.map(({ repId }) => repId).sort());
    const sizes = reps.map(({ change }) => (change < 0n ? -change : change));
    expect(sizes).toEqual(sizes.toSorted((a, b) => (a > b ? -1 : a < b ? 1 : 0)));
  }
}

test('R7.2 what moved pay adds up to the change of what is paid', () => {
  forAll(randomCloses(), explain, { collected: 0.2, invoiced: 0.2, recovered: 0.03, charged: 0.1 });
});

test('neither the order of rows nor that of a period’s postings changes a document', () => {
  forAll(
    fc.record({ workspace: histories(), seed: fc.nat(9_999) }),
    ({ workspace, seed }, meet) => {
      const [closes, shuffled] = [workspace, turned(workspace, seed)].map((one) =>
        closesOf(inputsOf(one)),
      ) as [Closes, Closes];
      expect(documentsOf(shuffled)).toEqual(documentsOf(closes));
      const postings = closes.periods.flatMap(({ name }) =>
        rotated(
          closes.postings.filter(({ period }) => period === name),
          seed,
        ),
      );
      expect(documentsOf({ ...closes, postings, rows: closes.rows.toReversed() })).toEqual(
        documentsOf(closes),
      );
      if (closes.postings.length > 2) meet('several postings');
    },
    { 'several postings': 0.4 },
    { isSlow: true },
  );
});

/** The documents of the last three closes. */
function documentsOf(closes: Closes): unknown {
  const { periods, rows, postings, terms } = closes;
  return periods.slice(-3).map((period) => {
    const place = periods.indexOf(period);
    return [
      payrollRows({ period, rows, postings, payWithin: PAY_WITHIN }),
      payrollLines({ ...upTo(closes, place), payWithin: PAY_WITHIN }),
      journalLines({ period, rows, postings, journal: terms.journal }),
      varianceOf({
        before: periods[place - 1]?.name ?? '',
        period: period.name,
        rows,
        postings,
        variance: terms.variance,
        digits: 2,
      }),
    ];
  });
}

function turned(workspace: Workspace, seed: number): Workspace {
  const ledgers = Object.entries(workspace.ledgers).map(([name, rows]) => [name, rotated(rows, seed)]);
  return { ...workspace, ledgers: Object.fromEntries(ledgers) };
}

/** Backwards, and from somewhere in the middle. */
function rotated<One>(list: readonly One[], seed: number): One[] {
  const at = list.length === 0 ? 0 : seed % list.length;
  return [...list.slice(at), ...list.slice(0, at)].reverse();
}

test.skipIf(isQuick)('AdventureWorks: every close of three years adds up', async () => {
  const { terms, ledgers, faults } = await loadWorkspace(join(FIXTURES, 'adventureworks', 'comp.yaml'));
  expect(faults).toEqual([]);
  const closes = closesOf({ terms, ledgers, asOf: '2014-05-29' } satisfies Inputs);
  expect(closes.periods.length).toBe(11);
  addUp(closes, linesOf(closes), closes.rows, NONE);
  keepBooks(closes, 'rep', -1, NONE);
  keepBooks(closes, 'total', 3, NONE);
  explain(closes, NONE);
  for (const period of closes.periods) {
    const rows = payrollRows({ ...closes, period, payWithin: PAY_WITHIN });
    expect(rows.length).toBe(closes.rows.filter((row) => row.period === period.name).length);
    for (const { payBy, paid, recovered, owed } of rows) {
      expect(dayOf(payBy) <= period.to + PAY_WITHIN).toBe(true);
      expect(paid >= 0n && recovered >= 0n && owed >= 0n).toBe(true);
    }
  }
});
