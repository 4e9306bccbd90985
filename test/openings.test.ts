/** R11 on random histories and on AdventureWorks: a workspace that begins in the middle comes to the same later on. */
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Rows } from '../src/engine/r2-ledgers/ledger.js';
import type { Close } from '../src/engine/r11-closes/close.js';
import { closeOrThrow } from '../src/library/or-throw.js';
import { formatMinor } from '../src/money.js';
import { atLevel } from '../src/plans/terms.js';
import { histories } from '../src/testing/histories.js';
import { loadWorkspace } from '../src/workspace/load.js';
import { calendarOfMonths, calendarOfRows, type Day, type FiscalCalendar } from './auditor/calendar.js';
import { add, compare, decimalTextOf, type Fraction, parseDecimal, sum, ZERO } from './auditor/fraction.js';
import { FIXTURES } from './support/folder.js';
import { cutAfter } from './support/openings.js';
import { forAll } from './support/property.js';
import { resultOf, type TestResult, type Workspace } from './support/run.js';
import { readRows } from './support/scenario.js';
import { sums } from './support/sums.js';

test('R11 cut after any fiscal quarter, a history comes to the same in every later period', () => {
  forAll(
    fc.tuple(histories(), fc.nat(99)),
    ([drawn, at], meet) => {
      const found = findCut(drawn, at);
      if (found === undefined) return;
      const { cut, day, whole, quarter } = found;
      const result = resultOf(cut);
      const later = whole.postings.filter(({ date }) => date > day);
      expect(result.postings).toEqual(later);
      const months = new Set(result.months.map(({ month }) => month));
      expect(result.months).toEqual(whole.months.filter(({ month }) => months.has(month)));
      expect(result.quarters).toEqual(whole.quarters.filter((row) => row.quarter > quarter));
      tellMet(cut, day, result, whole, meet);
    },
    {
      cut: 0.4,
      dropped: 0.3,
      'posted on what is open': 0.11,
      'commission said': 0.2,
      'retroactive tiers': 0.1,
      'owed at the opening': 0.2,
      'held at the opening': 0.1,
      'in the middle of a year': 0.2,
      'at the end of a year': 0.1,
      'credited after the opening': 0.03,
      'attainment goes on': 0.15,
      splits: 0.01,
      months: 0.1,
      'calendar ledger': 0.1,
    },
  );
});

test('R11.2 what turns up after a close is adjusted, dated before the opening or after it, and all of it adds up', () => {
  forAll(
    fc.tuple(histories(), fc.nat(99), fc.nat(99), fc.integer({ min: 1, max: 4 })),
    ([drawn, at, row, most], meet) => {
      const cut = findCut(drawn, at)?.cut;
      if (cut === undefined) return;
      const plain = resultOf(cut);
      const late = findLate(cut, row);
      const closes: Close[] = [];
      for (const { to } of plain.payPeriods.slice(0, -1).slice(0, most))
        closes.push(closeOrThrow(resultOf({ ...(late?.before ?? cut), asOf: to }, { closes })));
      const [first] = closes;
      if (first === undefined) return;
      const result = resultOf(cut, { closes });
      const posted = [...(first.opened?.postings ?? []), ...result.postings];
      expect(sums(posted)).toEqual(sums([...(plain.opened?.postings ?? []), ...plain.postings]));
      for (const { repId, held } of result.quarters.filter(
        (one) => one.quarter === result.fiscalQuarter.name,
      ))
        expect(held).toBe(posted.reduce((sum, one) => (one.repId === repId ? sum + one.held : sum), 0n));
      if (late === undefined) {
        expect(result.postings).toEqual(plain.postings);
        expect(result.quarters.map(({ paid, owed }) => [paid, owed])).toEqual(
          plain.quarters.map(({ paid, owed }) => [paid, owed]),
        );
      }
      meet('closes');
      if (result.adjustments.length > 0) meet('adjustments');
      if (result.adjustments.some(({ eventDate }) => eventDate <= (first.opened?.date ?? '')))
        meet('adjustments of what counted as posted');
    },
    { closes: 0.2, adjustments: 0.02, 'adjustments of what counted as posted': 0.01 },
  );
});

const AW = join(FIXTURES, 'adventureworks');

test.each([
  ['a year end', '2013-Q4', 1],
  ['a year end', '2013-Q4', 2],
  ['a quarter end', '2014-Q1', 1],
  ['a quarter end', '2014-Q1', 2],
] as const)('R11 AdventureWorks begun after %s (%s) at level %i comes to the same later quarters', async (_, quarter, level) => {
  const { terms: written, ledgers: files, faults } = await loadWorkspace(join(AW, 'comp.yaml'));
  const { terms } = atLevel(written, level);
  expect(faults).toEqual([]);
  const ledgers = Object.fromEntries(
    Object.entries(files).map(([name, { rows }]) => [name, copied(rows)]),
  ) as Record<string, Row[]>;
  const workspace = { terms, ledgers, asOf: '2014-06-30' };
  const whole = resultOf(workspace);
  const day = CALENDAR.find((row) => row['quarter'] === quarter)?.['to'] ?? '';
  const cut = { ...workspace, ledgers: { ...ledgers, ...openAfter(ledgers, day, quarter, whole) } };
  const result = resultOf(cut);
  const later = whole.quarters.filter((row) => row.quarter > quarter);
  expect(result.quarters).toEqual(later);
  expect(result.postings).toEqual(whole.postings.filter(({ date }) => date > day));
  const sizes = [cut, workspace].map((one) => (one.ledgers['invoices'] ?? []).length);
  expect(sizes[0]).toBeLessThan((sizes[1] ?? 0) * 0.6);
  expect(result.quarters.some((row) => (level === 1 ? row.owedOpening : row.heldOpening) > 0n)).toBe(true);
  const opened = cut.ledgers['invoices']?.filter((row) => (row['commission'] ?? '') !== '') ?? [];
  expect(opened.length).toBeGreaterThan(100);
});

/** What a person would hand over: open invoices with what they earned, their cash, and a line per rep. */
function openAfter(
  { invoices = [], payments = [], writeOffs = [] }: Readonly<Record<string, readonly Row[]>>,
  day: Day,
  quarter: string,
  { postings, quarters }: TestResult,
): Record<string, Row[]> {
  const settled = new Map<string, Fraction>();
  const moved = new Set<string>();
  for (const { invoice_id: id = '', payment_date, write_off_date, amount = '' } of [
    ...payments,
    ...writeOffs,
  ]) {
    settled.set(id, add(settled.get(id) ?? ZERO, parseDecimal(amount)));
    if ((payment_date ?? write_off_date ?? '') > day) moved.add(id);
  }
  const isOpen = (row: Row) => {
    const { invoice_id: id = '', booking_date = '', invoice_date = '', total = '' } = row;
    if (booking_date > day || invoice_date > day || moved.has(id)) return true;
    return compare(settled.get(id) ?? ZERO, parseDecimal(total)) < 0;
  };
  const kept = invoices.filter(isOpen);
  const ids = new Set(kept.map((row) => row['invoice_id']));
  // Nothing is credited here, so all that was earned is the commission.
  const earned = new Map<string, bigint>();
  for (const one of postings) earned.set(one.invoiceId, (earned.get(one.invoiceId) ?? 0n) + one.earned);
  const year = `${quarter.slice(0, 4)}-Q1`;
  const from = CALENDAR.find((row) => row['quarter'] === year)?.['from'] ?? '';
  return {
    invoices: kept.map((row) => {
      const { invoice_id: id = '', booking_date: booked = '' } = row;
      return booked > day ? row : { ...row, commission: formatMinor(earned.get(id) ?? 0n, 2) };
    }),
    payments: payments.filter((row) => ids.has(row['invoice_id'])),
    writeOffs: writeOffs.filter((row) => ids.has(row['invoice_id'])),
    openings: quarters
      .filter((row) => row.quarter === quarter)
      .map(({ repId, owed }) => {
        const own = invoices.filter(
          ({ rep_id, booking_date = '' }) => rep_id === repId && from <= booking_date && booking_date <= day,
        );
        const booked = sum(own.map(({ amount = '' }) => parseDecimal(amount)));
        return { rep_id: repId, date: day, owed: formatMinor(owed, 2), booked: decimalTextOf(booked, 2) };
      }),
  };
}

const CALENDAR = readRows(join(AW, 'calendar.csv'));

type Row = Readonly<Record<string, string | undefined>>;

function copied(rows: Rows<unknown>): Row[] {
  const all: Row[] = [];
  rows.forEach((row) => {
    all.push({ ...(row as Row) });
  });
  return all;
}

/** A history cut after one of its quarters but the last; undefined where it has one quarter, or cannot be cut. */
function findCut(
  drawn: Workspace,
  at: number,
): { cut: Workspace; day: Day; whole: TestResult; quarter: string } | undefined {
  const workspace = withoutCashOnAccount(drawn);
  const whole = resultOf(workspace);
  const over = [...new Set(whole.quarters.map(({ quarter }) => quarter))].sort().slice(0, -1);
  const quarter = over[at % Math.max(over.length, 1)];
  if (quarter === undefined) return undefined;
  const day = calendarOf(workspace).lastDayOfQuarter(quarter);
  const cut = cutAfter(workspace, day, whole);
  return cut && { cut, day, whole, quarter };
}

const EVENTS = ['payments', 'writeOffs', 'creditMemos'] as const;

/** The workspace without one of its events, which turns up later. */
function findLate({ ledgers, ...rest }: Workspace, row: number): { before: Workspace } | undefined {
  const all = EVENTS.flatMap((name) => (ledgers[name] ?? []).map((event) => ({ name, event })));
  const late = all[row % Math.max(all.length, 1)];
  if (late === undefined) return undefined;
  const others = (ledgers[late.name] ?? []).filter((event) => event !== late.event);
  return { before: { ...rest, ledgers: { ...ledgers, [late.name]: others } } };
}

/**
 * Cash that names no invoice goes to the oldest open ones, so it is applied otherwise where the settled ones are gone: a
 * workspace that begins in the middle names the invoices of what was applied before.
 */
function withoutCashOnAccount({ terms, ledgers, asOf }: Workspace): Workspace {
  const { applyCash: _, ...others } = terms as Record<string, unknown>;
  return { terms: others, ledgers, asOf };
}

function calendarOf({ terms, ledgers }: Workspace): FiscalCalendar {
  const { fiscalYearStart = 1 } = terms as { readonly fiscalYearStart?: number };
  const rows = ledgers['calendar'];
  return rows === undefined ? calendarOfMonths(fiscalYearStart) : calendarOfRows(rows as never);
}

function tellMet(
  cut: Workspace,
  day: Day,
  { postings, quarters, terms }: TestResult,
  whole: TestResult,
  meet: (what: string) => void,
): void {
  meet('cut');
  const invoices = cut.ledgers['invoices'] ?? [];
  const kept = new Set(invoices.map((row) => row['invoice_id']));
  const bookedBefore = new Set(
    invoices
      .filter((row) => (row['booking_date'] || (row['invoice_date'] ?? '')) <= day)
      .map((row) => row['invoice_id'] ?? ''),
  );
  const onOpen = postings.filter(({ invoiceId }) => bookedBefore.has(invoiceId));
  if (whole.postings.some(({ invoiceId }) => !kept.has(invoiceId))) meet('dropped');
  if (onOpen.length > 0) meet('posted on what is open');
  if (onOpen.some(({ cause }) => cause === 'credited')) meet('credited after the opening');
  if (invoices.some((row) => (row['commission'] ?? '') !== '')) meet('commission said');
  if (quarters.some(({ owedOpening }) => owedOpening > 0n)) meet('owed at the opening');
  if (quarters.some(({ heldOpening }) => heldOpening > 0n)) meet('held at the opening');
  const isTiered = (attainment?: string) =>
    terms.plans.some(
      ({ rate }) => rate.kind === 'table' && (attainment === undefined || rate.window === attainment),
    );
  if (terms.plans.some(({ rate }) => rate.kind === 'table' && rate.tiers === 'retroactive'))
    meet('retroactive tiers');
  const calendar = calendarOf(cut);
  const first = quarters[0]?.quarter ?? '';
  const goesOn = first.slice(0, 4) === calendar.quarterOf(day).slice(0, 4);
  meet(goesOn ? 'in the middle of a year' : 'at the end of a year');
  const booked = (cut.ledgers['openings'] ?? []).some((row) => /[1-9]/.test(row['booked'] ?? ''));
  if (goesOn && booked && (isTiered('year') || isTiered('year-to-date'))) meet('attainment goes on');
  if (onOpen.some(({ invoiceId }) => isSplit(cut, invoiceId))) meet('splits');
  if (terms.payPeriod === 'month') meet('months');
  if (cut.ledgers['calendar'] !== undefined) meet('calendar ledger');
}

function isSplit({ ledgers }: Workspace, invoice: string): boolean {
  return (ledgers['splits'] ?? []).some((row) => row['invoice_id'] === invoice);
}
