/** Small builders that make a workspace short to write, and its results short to read. */

import { calculate, type Inputs } from '../../src/engine/calculate.js';
import type { Ledgers } from '../../src/engine/r2-ledgers/ledger.js';
import { LEDGER_NAMES, type LedgerName } from '../../src/ledger-specs/ledgers.js';
import { LedgerMapper } from '../../src/mapping/map-ledger.js';
import type { Mapping } from '../../src/mapping/mapping.js';
import { formatMinor } from '../../src/money.js';
import type { TermsInput } from '../../src/plans/schema.js';
import type { ExceptionCode } from '../../src/problems/exception.js';
import type { Place } from '../../src/problems/place.js';
import type { Fault, FaultCode } from '../../src/problems/problem.js';
import { filesOf, inputsOf, resultOf, type Workspace } from './run.js';
import type { Rows } from './scenario.js';

/** A ledger row as text by column; undefined is a blank cell. */
export type Row = Readonly<Record<string, string | undefined>>;

/** A result row as text by column. */
export type ResultRow = Rows[number];

/** Terms or a plan as comp.yaml may say them, right or wrong. */
type Said = Readonly<Record<string, unknown>>;

/** What a test says of its workspace; the rest is as in {@link workspace}. */
export interface Given extends Partial<Readonly<Record<LedgerName, readonly Row[]>>> {
  /** Keys of the only plan, over `id: ae, level: 3, rate: 10%`. */
  readonly plan?: Said;
  /** Several plans in place of the one, each over the same. */
  readonly plans?: readonly Said[];
  /** Keys of the terms besides plans, over `currency: USD`. */
  readonly terms?: Said;
  readonly asOf?: string;
}

const PLAN = { id: 'ae', level: 3, rate: '10%' };

/** A workspace in USD with one plan that pays 10% on collection, as of the end of 2025. */
export function workspace({ plan, plans, terms, asOf, ...ledgers }: Given): Workspace {
  return {
    terms: {
      currency: 'USD',
      ...terms,
      plans: (plans ?? [plan]).map((one) => ({ ...PLAN, ...one })),
    },
    ledgers: { invoices: [], ...(ledgers as Workspace['ledgers']) },
    asOf: asOf ?? '2025-12-31',
  };
}

/** An invoice of R1's over 1,000.00, booked and invoiced on 2025-01-15. */
export function invoice(id: string, cells: Row = {}): Row {
  return {
    invoice_id: id,
    customer_id: 'C1',
    rep_id: 'R1',
    invoice_date: '2025-01-15',
    amount: '1000.00',
    ...cells,
  };
}

/** An invoice over an amount, booked and invoiced on a day. */
export function sale(id: string, date: string, amount: string, cells: Row = {}): Row {
  return invoice(id, { invoice_date: date, amount, ...cells });
}

/** Cash received; a refund where the amount is below 0. */
export function payment(id: string, invoiceId: string, date: string, amount: string): Row {
  return { payment_id: id, invoice_id: invoiceId, payment_date: date, amount };
}

/** A write-off; the reversal of one where the amount is below 0. */
export function writeOff(id: string, invoiceId: string, date: string, amount: string): Row {
  return { write_off_id: id, invoice_id: invoiceId, write_off_date: date, amount };
}

/** A credit memo; the reversal of one where the amount is below 0. */
export function creditMemo(id: string, invoiceId: string, date: string, amount: string): Row {
  return { credit_memo_id: id, invoice_id: invoiceId, credit_date: date, amount };
}

/** A rep's share of an invoice. */
export function split(invoiceId: string, rep: string, share: string): Row {
  return { invoice_id: invoiceId, rep_id: rep, share };
}

/** A rep's share of an invoice, said as an amount. */
export function splitAmount(invoiceId: string, rep: string, amount: string): Row {
  return { invoice_id: invoiceId, rep_id: rep, amount };
}

/** A rep's plan from a day on, or up to another. */
export function assignment(rep: string, plan: string, from: string, to?: string): Row {
  return { rep_id: rep, plan_id: plan, from, to };
}

/** R1's quota of a quarter. */
export function quota(quarter: string, amount: string, rep = 'R1'): Row {
  return { rep_id: rep, quarter, quota: amount };
}

/** The same quota for R1 in every quarter of a calendar year. */
export function quotasOf(year: number, amount: string): Row[] {
  return [1, 2, 3, 4].map((number) => quota(`${year}-Q${number}`, amount));
}

/** A rep's place in a team from 2025 on, or for the days of the cells (R12.3). */
export function team(rep: string, manager: string, cells: Row = {}): Row {
  return { rep_id: rep, manager_id: manager, from: '2025-01-01', ...cells };
}

/** What was sold with an invoice (R13.1). */
export function item(invoiceId: string, id: string, category: string, amount: string, cells: Row = {}): Row {
  return { invoice_id: invoiceId, item_id: id, category, amount, ...cells };
}

/** What a unit of a currency is worth from a day on (R15.1). */
export function fx(currency: string, date: string, rate: string): Row {
  return { currency, date, rate };
}

/** A customer's account, looked after by a rep (R28.1). */
export function account(customer: string, rep: string, from: string, to?: string, cells: Row = {}): Row {
  return { customer_id: customer, rep_id: rep, from, to, ...cells };
}

/** A row of the calendar ledger. */
export function calendarRow(quarter: string, from: string, to: string, month?: string): Row {
  return { quarter, from, to, month };
}

/** A table of percentages: 5% up to 100% of quota, 8% from there. */
export function table(attainment: string, tiers = 'marginal'): Said {
  return {
    attainment,
    tiers,
    table: [
      { from: '0%', rate: '5%' },
      { from: '100%', rate: '8%' },
    ],
  };
}

const DELTAS = ['earned', 'advanced', 'released', 'held', 'forfeited', 'clawed_back'];

/** Which postings a test looks at, by their cells; all of them unless it says. */
type Which = Readonly<Record<string, string>>;

/** The postings as rows of text, in the order of R6.4. */
export function postingRows(given: Given, which: Which = {}): ResultRow[] {
  const rows = filesOf(resultOf(workspace(given)))['postings.csv'] ?? [];
  return rows.filter((row) => Object.entries(which).every(([column, cell]) => row[column] === cell));
}

/** The postings, one a line: `2025-01-15 invoiced I1: earned 100.00, held 100.00`. */
export function history(given: Given, which: Which = {}): string[] {
  return postingRows(given, which).map(
    (row) => `${row['date']} ${row['cause']} ${row['source_id']}: ${changes(row)}`,
  );
}

/** What the postings add up to: `earned 100.00, released 40.00, held 60.00`. */
export function standing(given: Given, which: Which = {}): string {
  return changes(totals(postingRows(given, which)));
}

/** Σ earned by invoice (or by rep): what commission came to. */
export function earned(given: Given, by: 'invoice_id' | 'rep_id' = 'invoice_id'): Record<string, string> {
  const rows = postingRows(given);
  const ids = [...new Set(rows.map((row) => row[by] ?? ''))].sort();
  return Object.fromEntries(
    ids.map((id) => [id, totals(rows.filter((row) => row[by] === id))['earned'] ?? '']),
  );
}

/** The rows of quarters.csv. */
export function quarterRows(given: Given): ResultRow[] {
  return filesOf(resultOf(workspace(given)))['quarters.csv'] ?? [];
}

/** One row of quarters.csv. */
export function quarterRow(given: Given, quarter: string, rep = 'R1'): ResultRow {
  return onlyOne(quarterRows(given), { quarter, rep_id: rep });
}

/** The rows of attainment.csv. */
export function attainmentRows(given: Given): ResultRow[] {
  return filesOf(resultOf(workspace(given)))['attainment.csv'] ?? [];
}

/** What attainment.csv says of a rep's credit in a quarter: `ae: 1200.00 of 1000.00, quarter 1200.00 ÷ 1000.00 = 1.2000`. */
export function attainmentOf(given: Given, quarter: string, rep = 'R1', credit = 'own'): string {
  const row = onlyOne(attainmentRows(given), { quarter, rep_id: rep, credit });
  const { plan_id: plan, bookings, quota, window, window_bookings, window_quota, attainment } = row;
  return `${plan}: ${bookings} of ${quota}, ${window} ${window_bookings} ÷ ${window_quota} = ${attainment}`;
}

/** The rows of months.csv. */
export function monthRows(given: Given): ResultRow[] {
  return filesOf(resultOf(workspace(given)))['months.csv'] ?? [];
}

/** One row of months.csv. */
export function monthRow(given: Given, month: string, rep = 'R1'): ResultRow {
  return onlyOne(monthRows(given), { month, rep_id: rep });
}

/** An exception without its words. */
export interface Noted {
  readonly code: ExceptionCode;
  readonly ledger: LedgerName;
  readonly row: number | undefined;
  readonly id: string;
}

/** The exceptions in the order of R8.4, without their words. */
export function exceptionsOf(given: Given): Noted[] {
  return resultOf(workspace(given)).exceptions.map(({ code, ledger, row, id }) => ({
    code,
    ledger,
    row,
    id,
  }));
}

/** The codes of the exceptions, in the order of R8.4. */
export function exceptionCodes(given: Given): ExceptionCode[] {
  return exceptionsOf(given).map(({ code }) => code);
}

/** The mappings of ledgers that are not plain. */
export type Mappings = Partial<Readonly<Record<LedgerName, Mapping>>>;

/** A workspace whose ledgers went through mappings of their own: the inputs, and the mappings' faults. */
export function mapped(given: Given, mappings: Mappings): { inputs: Inputs; faults: readonly Fault[] } {
  const inputs = inputsOf(workspace(given));
  const faults: Fault[] = [];
  const ledgers = LEDGER_NAMES.flatMap((name) => {
    const ledger = inputs.ledgers[name];
    if (ledger === undefined) return [];
    const rows = ledger.rows as unknown as readonly Record<string, string>[];
    const header = [...new Set(rows.flatMap((row) => Object.keys(row)))];
    const mapper = new LedgerMapper(name, mappings[name] ?? {});
    mapper.open(`${name}.csv`);
    mapper.take(header);
    for (const row of rows) mapper.take(header.map((column) => row[column] ?? ''));
    mapper.close();
    const made = mapper.finish();
    faults.push(...made.faults);
    return [[name, made.ledger] as const];
  });
  return { inputs: { ...inputs, ledgers: Object.fromEntries(ledgers) as unknown as Ledgers }, faults };
}

/** The faults of a workspace that must have some. */
export function faultsOf(given: Given): readonly Fault[] {
  return faultsIn(inputsOf(workspace(given)));
}

/** The faults of inputs that must have some. */
export function faultsIn(inputs: Inputs): readonly Fault[] {
  const outcome = calculate(inputs);
  if (outcome.kind !== 'refused') throw new Error('expected faults, but the workspace was calculated');
  return outcome.faults;
}

/** The codes of the faults, sorted. */
export function faultCodes(given: Given): FaultCode[] {
  return faultsOf(given)
    .map(({ code }) => code)
    .sort();
}

/** The place of a row of a ledger, counted from 0, or of one of its cells. */
export function at(ledger: LedgerName, row: number, column?: string): Place {
  return column === undefined ? { kind: 'row', ledger, row } : { kind: 'row', ledger, row, column };
}

/** The place of a key of comp.yaml. */
export function key(...path: (string | number)[]): Place {
  return { kind: 'terms', path };
}

/** The terms of a workspace, as they are typed. */
export function termsOf(given: Given): TermsInput {
  return workspace(given).terms as TermsInput;
}

function onlyOne(rows: readonly ResultRow[], which: Which): ResultRow {
  const [found, ...more] = rows.filter((row) =>
    Object.entries(which).every(([column, cell]) => row[column] === cell),
  );
  if (found === undefined || more.length > 0) throw new Error(`not one row for ${JSON.stringify(which)}`);
  return found;
}

function changes(row: Readonly<Record<string, string>>): string {
  return DELTAS.filter((column) => !isZero(row[column] ?? ''))
    .map((column) => `${column.replace('_', ' ')} ${row[column]}`)
    .join(', ');
}

function totals(rows: readonly ResultRow[]): Record<string, string> {
  return Object.fromEntries(DELTAS.map((column) => [column, added(rows.map((row) => row[column] ?? ''))]));
}

/** Adds amounts of one currency as text. */
export function added(amounts: readonly string[]): string {
  const digits = Math.max(0, ...amounts.map((amount) => amount.split('.')[1]?.length ?? 0));
  return formatMinor(
    amounts.reduce((sum, amount) => sum + BigInt(amount.replace('.', '')), 0n),
    digits,
  );
}

function isZero(amount: string): boolean {
  return /^-?[0.]*$/.test(amount);
}
