/** Cuts a company's history in two: what a workspace would be given that begins on a day in the middle of it (R11). */
import type { Day } from '../auditor/calendar.js';
import {
  add,
  compare,
  decimalText,
  div,
  type Fraction,
  fraction,
  isZero,
  mul,
  roundHalfAway,
  roundHalfEven,
  sum,
} from '../auditor/fraction.js';
import { type Line, readWorld, type World } from '../auditor/ledgers.js';
import { endOf } from '../auditor/moments.js';
import { creditedAt } from '../auditor/parcels.js';
import { creditsInWindow, measured, totalOf } from '../auditor/quota.js';
import { exactCommission } from '../auditor/rates.js';
import { type Json, readTerms } from '../auditor/terms.js';
import type { TestResult, Workspace } from './run.js';

type Row = Readonly<Record<string, string | undefined>>;

/** What happens to an invoice, and the column of its date. */
const EVENTS = { payments: 'payment_date', writeOffs: 'write_off_date', creditMemos: 'credit_date' } as const;

/**
 * The workspace as it would begin after the last day of a fiscal quarter: with the invoices that are open then or booked
 * later, all their events, and openings.
 *
 * @param whole - what the whole history comes to
 * @returns undefined where no decimals can say what is needed, or no one commission the rates of a split
 */
export function cutAfter(workspace: Workspace, day: Day, whole: TestResult): Workspace | undefined {
  const { terms, ledgers } = workspace;
  const world = readWorld(readTerms(terms as Json), ledgers as never, day);
  const kept = keptAfter(workspace, day, world, whole);
  const commissions = new Map<string, string>();
  for (const [at, id] of [...kept].entries()) {
    const own = world.lines.filter(({ invoice }) => invoice.id === id);
    const isCredited = creditsOf(ledgers, id).length > 0;
    // What a flat rate tells may be said all the same.
    if (at % 2 === 0 && own.every(({ plan }) => plan.rates.every(({ rate }) => rate.kind === 'flat')))
      continue;
    const commission = commissionOf(world, own, day, isCredited);
    if (commission === undefined) return undefined;
    if (commission !== '') commissions.set(id, commission);
  }
  const openings = openingsOf(world, day, whole, kept);
  if (openings === undefined || openings.length === 0) return undefined;
  const isOfKept = (row: Row) => kept.has(row['reverses']?.trim() || (row['invoice_id'] ?? '').trim());
  const cut = Object.entries(ledgers).map(([name, rows]): [string, readonly Row[]] => {
    if (name === 'invoices') {
      const own = rows.filter(isOfKept);
      return [name, own.map((row) => ({ ...row, commission: commissions.get(row['invoice_id'] ?? '') }))];
    }
    return [name, name === 'splits' || name in EVENTS ? rows.filter(isOfKept) : rows];
  });
  return { ...workspace, ledgers: { ...Object.fromEntries(cut), openings } };
}

/** The invoices of which anything is still to come or to be said after the day. */
function keptAfter(
  { ledgers }: Workspace,
  day: Day,
  world: World,
  { postings }: TestResult,
): ReadonlySet<string> {
  const moved = new Set(postings.filter(({ date }) => date > day).map(({ invoiceId }) => invoiceId));
  const kept = new Set<string>();
  for (const row of ledgers['invoices'] ?? []) {
    const id = row['invoice_id'] ?? '';
    if (isReversal(row)) continue;
    const booked = row['booking_date'] || (row['invoice_date'] ?? '');
    const events = Object.entries(EVENTS).flatMap(([name, date]) =>
      (ledgers[name] ?? [])
        .filter((event) => event['invoice_id']?.trim() === id)
        .map((event) => event[date] ?? ''),
    );
    const reversed = creditsOf(ledgers, id).map((credit) => credit['invoice_date'] ?? '');
    const days = [booked, row['invoice_date'] ?? '', ...events, ...reversed];
    // A write-off settles nothing for good: past due, commission on it may still be taken back (R5.6).
    if (moved.has(id) || days.some((one) => one > day) || !isSettled(world, id)) kept.add(id);
  }
  return kept;
}

function isSettled(world: World, id: string): boolean {
  const invoice = world.lines.find((line) => line.invoice.id === id)?.invoice;
  if (invoice === undefined) return true;
  const { total, payments, writeOffs } = invoice;
  const gone = sum([...payments, ...writeOffs].map(({ amount }) => amount));
  return compare(add(creditedAt(invoice, endOf(world.asOf)), gone), total) >= 0;
}

/** Rows that credit an invoice: memos, and invoices that reverse it (R2.4). */
function creditsOf(ledgers: Workspace['ledgers'], id: string): readonly Row[] {
  const memos = (ledgers['creditMemos'] ?? []).filter((memo) => memo['invoice_id']?.trim() === id);
  const reversing = (ledgers['invoices'] ?? []).filter((row) => isReversal(row) && row['reverses'] === id);
  return [...memos, ...reversing];
}

function isReversal(row: Row): boolean {
  return (row['reverses'] ?? '') !== '';
}

/**
 * What all reps of an invoice earn on it before credits; empty where nothing has to be said. It is said exactly, since a part
 * of it is rounded once (R4.8): rounded before, it may be another cent.
 */
function commissionOf(
  world: World,
  lines: readonly Line[],
  day: Day,
  isCredited: boolean,
): string | undefined {
  const wholes = lines.map((line) => div(exactCommission(world, line, day), line.share));
  const [first] = wholes;
  if (first === undefined) return '';
  // Reps of a split who are paid at different rates earn what no one amount tells.
  if (wholes.some((one) => compare(one, first) !== 0)) return undefined;
  if (lines.every((line) => isZero(measured(line, line.plan.basis)))) return '';
  const together = mul(first, sum(lines.map(({ share }) => share)));
  const exact = findDecimal(together);
  if (exact !== undefined) return exact;
  const isWhole = lines.length === 1 && lines.every(({ share }) => share.over === share.under);
  if (isCredited || !isWhole) return undefined;
  const { digits, rounding } = world.terms;
  const round = rounding === 'half-even' ? roundHalfEven : roundHalfAway;
  return decimalText(round(mul(first, fraction(10n ** BigInt(digits)))), digits);
}

/** What each rep with rows up to the day owes, and had booked in the fiscal year. */
function openingsOf(
  world: World,
  day: Day,
  { quarters, terms, currency }: TestResult,
  kept: ReadonlySet<string>,
): Row[] | undefined {
  const quarter = world.calendar.quarterOf(day);
  const rows: Row[] = [];
  const measuresProfit = terms.plans.some(({ measure }) => measure === 'gross-profit');
  for (const row of quarters.filter((one) => one.quarter === quarter)) {
    const window = creditsInWindow(world, row.repId, 'own', 'year', { quarter, month: '' });
    if (row.owed === 0n && window.length === 0 && rows.length > 0) {
      // Nothing has to be said of a rep who brings nothing in, as long as the rep has an invoice that is open.
      if (world.lines.some(({ invoice, rep }) => rep === row.repId && kept.has(invoice.id))) continue;
    }
    const booked = findDecimal(totalOf(window, 'revenue'));
    const profit = measuresProfit ? findDecimal(totalOf(window, 'gross-profit')) : '';
    if (booked === undefined || profit === undefined) return undefined;
    const owed = decimalText(row.owed, currency.digits);
    rows.push({ rep_id: row.repId, date: day, owed, booked, booked_gross_profit: profit });
  }
  return rows;
}

/** A fraction as a decimal; undefined where it has no end, or none that an amount can be written with. */
function findDecimal(exact: Fraction): string | undefined {
  for (let digits = 0; digits <= 15; digits += 1) {
    const { over, under } = mul(exact, fraction(10n ** BigInt(digits)));
    if (under === 1n) return decimalText(over, digits);
  }
  return undefined;
}
