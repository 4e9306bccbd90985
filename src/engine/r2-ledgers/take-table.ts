/** Uses a ledger that is already in columns, if nothing in it is unusual (R2.1–R2.5). */
import { type Amount, type Amounts, amountAt } from '../../amount.js';
import { LEDGER_SPECS, type SpecOf } from '../../ledger-specs/ledgers.js';
import { findPercent } from '../../money.js';
import { Names, NO_NAME } from '../../names.js';
import type { Ratio } from '../../ratio.js';
import { Texts } from '../../texts.js';
import {
  type CashEntries,
  type CashLedger,
  type Coded,
  type Invoices,
  type Items,
  type Splits,
  STATED_COLUMNS,
} from './books.js';
import { salesAmong } from './in-columns.js';
import type { Ledger } from './ledger.js';
import { NO_DAY } from './ledger-table.js';
import { measured } from './measured.js';
import { countOf, type LedgerRead, type Reading } from './reading.js';
import { findColumns, isFilled, isNumbered } from './table-columns.js';

/** The invoices of a table; undefined where one of them is at fault, so that its rows are read one by one. */
export function takeInvoices(ledger: Ledger<unknown>, reading: Reading): LedgerRead<Invoices> | undefined {
  const { table } = ledger;
  const columns = table && findColumns(LEDGER_SPECS.invoices, table);
  if (columns === undefined) return undefined;
  const { length, invoice_id: ids, invoice_date: invoiced, booking_date: booked, amount, total } = columns;
  const { counting } = reading;
  const inUnits = (column: Float64Array) => unitsOf(column, columns.scale, reading);
  const amounts = inUnits(amount);
  const totals = total === undefined ? amounts : inUnits(filled(total, amount));
  const reverses = filledTexts(columns.reverses);
  // Few workspaces have commissions, and only for a while.
  if (ids.hasTwice() || STATED_COLUMNS.some((column) => columns[column] !== undefined)) return undefined;
  for (const invoice of reverses.keys())
    if (amountAt(amounts, invoice) > 0 || amountAt(totals, invoice) >= 0) return undefined;
  const costs = columns.cost && inUnits(columns.cost);
  const content: Invoices = {
    length,
    rowOf: (invoice) => invoice,
    ids,
    sales: salesAmong(ids, reverses),
    customers: columns.customer_id,
    reps: repsOf(columns.rep_id, length, reading.reps),
    bookings:
      booked === undefined
        ? invoiced
        : booked.map((day, invoice) => (day === NO_DAY ? (invoiced[invoice] as number) : day)),
    invoiced,
    due: columns.due_date ?? new Int32Array(length).fill(NO_DAY),
    amounts,
    totals,
    costs: costs && knownCosts(columns.cost, costs),
    currencies: codedOf(columns.currency),
    categories: codedOf(columns.category),
    stated: { commission: new Map(), team_commission: new Map() },
    reverses,
  };
  const owed = measured(totals, counting);
  const net = totals === amounts ? owed : measured(amounts, counting);
  const size = owed.size + net.size + (costs === undefined ? 0 : measured(costs, counting).size);
  return taken(ledger, reading, content, { amount: net.sum, total: owed.sum }, size);
}

/** Payments, write-offs or credit memos of a table; undefined where one of them is at fault. */
export function takeEntries(
  name: CashLedger,
  ledger: Ledger<unknown>,
  reading: Reading,
): LedgerRead<CashEntries> | undefined {
  const { table } = ledger;
  const columns = table && findColumns<SpecOf<CashLedger>>(LEDGER_SPECS[name], table);
  if (columns === undefined || saysWhatItTakesBack(columns)) return undefined;
  const { length, scale, invoice_id: invoices = blanks(length), customer_id: customers } = columns;
  const { id: ids, date: days } = idAndDate(columns);
  if (hasPairTwice(ids, invoices)) return undefined;
  const amounts = unitsOf(columns.amount, scale, reading);
  const collectors = 'collector_id' in columns ? columns.collector_id : undefined;
  const letGo = 'discount' in columns ? columns.discount : undefined;
  const discounts = letGo && unitsOf(filled(letGo, new Float64Array(length)), scale, reading);
  const content: CashEntries = {
    length,
    rowOf: (entry) => entry,
    ids,
    invoices,
    customers,
    days,
    amounts,
    currencies: codedOf(columns.currency),
    collectors: collectors && repsOf(collectors, length, reading.reps),
    discounts,
    takenBack: new Map(),
  };
  const { sum, size } = measured(amounts, reading.counting);
  const all = size + (discounts === undefined ? 0 : measured(discounts, reading.counting).size);
  return taken(ledger, reading, content, { amount: sum, total: 0n }, all);
}

/** Few credit memos say what they take back (R26.1): their rows are read one by one. */
function saysWhatItTakesBack(columns: object): boolean {
  return 'commissionable' in columns || 'cost' in columns || 'rep_id' in columns;
}

/** The id and the date, of one row or of all rows in columns: each of the ledgers has names of its own for them. */
export function idAndDate<Id, Date>(
  from:
    | { readonly payment_id: Id; readonly payment_date: Date }
    | { readonly write_off_id: Id; readonly write_off_date: Date }
    | { readonly credit_memo_id: Id; readonly credit_date: Date },
): { readonly id: Id; readonly date: Date } {
  if ('payment_id' in from) return { id: from.payment_id, date: from.payment_date };
  if ('write_off_id' in from) return { id: from.write_off_id, date: from.write_off_date };
  return { id: from.credit_memo_id, date: from.credit_date };
}

/** The splits of a table that gives shares; undefined where one of them is at fault, or gives an amount. */
export function takeSplits(
  ledger: Ledger<unknown>,
  invoices: Invoices,
  reading: Reading,
): LedgerRead<Splits> | undefined {
  const { table } = ledger;
  const columns = table && findColumns(LEDGER_SPECS.splits, table);
  if (columns?.share === undefined || !isFilled(columns.share)) return undefined;
  const { length, invoice_id: ids, rep_id: reps, share: written, amount } = columns;
  if (amount?.some((one) => !Number.isNaN(one)) === true) return undefined;
  const kinds = new Names();
  const known: Ratio[] = [];
  const repOf = new Int32Array(length);
  const shares: Ratio[] = [];
  for (let split = 0; split < length; split += 1) {
    repOf[split] = reading.reps.numberAmong(reps, split);
    const kind = kinds.numberAmong(written, split);
    const share = known[kind] ?? findPercent(kinds.nameOf(kind))?.value;
    if (share === undefined || share.n <= 0n || share.n > share.d) return undefined;
    known[kind] = share;
    shares.push(share);
  }
  if (hasNumberTwice(ids, repOf, reading.reps.length)) return undefined;
  const content: Splits = {
    length,
    rowOf: (split) => split,
    ids,
    invoices: invoices.sales.findAll(ids),
    reps: repOf,
    shares,
  };
  return taken(ledger, reading, content, { amount: 0n, total: 0n }, 0);
}

/** The items of a table, each with the number of its invoice (R13.1); undefined where one of them is at fault. */
export function takeItems(
  ledger: Ledger<unknown>,
  invoices: Invoices,
  reading: Reading,
): LedgerRead<Items> | undefined {
  const { table } = ledger;
  const columns = table && findColumns(LEDGER_SPECS.items, table);
  if (columns === undefined) return undefined;
  const { length, scale, invoice_id: invoiceIds, item_id: ids, category, amount, cost } = columns;
  if (ids.hasTwice() && hasPairOf(invoiceIds, ids)) return undefined;
  const amounts = unitsOf(amount, scale, reading);
  const isCosted = cost?.some((one) => !Number.isNaN(one)) === true;
  const costs = isCosted ? unitsOf(cost, scale, reading) : undefined;
  const content: Items = {
    length,
    rowOf: (item) => item,
    ids,
    invoiceIds,
    invoices: invoices.sales.findAll(invoiceIds),
    categories: codedOf(category) ?? { names: new Names(), codes: new Int32Array(length).fill(NO_NAME) },
    amounts,
    costs: costs && knownCosts(cost, costs),
  };
  const { sum, size } = measured(amounts, reading.counting);
  const all = size + (costs === undefined ? 0 : measured(costs, reading.counting).size);
  return taken(ledger, reading, content, { amount: sum, total: 0n }, all);
}

/** The costs that are not blank. */
function knownCosts(column: Float64Array | undefined, costs: Amounts): (Amount | undefined)[] {
  return Array.from(column ?? [], (cost, at) => (Number.isNaN(cost) ? undefined : amountAt(costs, at)));
}

function taken<Content>(
  ledger: Ledger<unknown>,
  reading: Reading,
  content: Content,
  sums: { readonly amount: bigint; readonly total: bigint },
  size: number,
): LedgerRead<Content> {
  return { content, count: countOf(ledger, sums, reading), decimals: 0, size };
}

/** The rep of each invoice, by number; {@link NO_NAME} where the cell is blank. */
function repsOf(column: Texts | undefined, length: number, reps: Names): Int32Array {
  const numbers = new Int32Array(length).fill(NO_NAME);
  if (column === undefined) return numbers;
  for (let at = 0; at < length; at += 1) {
    if (!column.isBlank(at)) numbers[at] = reps.numberAmong(column, at);
  }
  return numbers;
}

/** Whether an id comes twice with one other id. */
function hasPairOf(ids: Texts, others: Texts): boolean {
  const names = new Names();
  const numbers = new Int32Array(others.length);
  for (let at = 0; at < others.length; at += 1) numbers[at] = names.numberAmong(others, at);
  return hasNumberTwice(ids, numbers, names.length);
}

/** Whether an id comes twice with one number: mostly the rows of an id are neighbors, and few. */
function hasNumberTwice(ids: Texts, numbers: Int32Array, most: number): boolean {
  let start = 0;
  for (let at = 1; at < ids.length; at += 1) {
    const order = ids.compare(at - 1, ids, at);
    if (order < 0) start = at;
    if (order > 0 || at - start > MOST_NEIGHBORS) return hasKeyTwice(ids, numbers, most);
    for (let other = start; other < at; other += 1) if (numbers[other] === numbers[at]) return true;
  }
  return false;
}

const MOST_NEIGHBORS = 64;

function hasKeyTwice(ids: Texts, numbers: Int32Array, most: number): boolean {
  const keys = new Float64Array(ids.length);
  for (let at = 0; at < ids.length; at += 1) keys[at] = ids.rankOf(at) * most + (numbers[at] as number);
  keys.sort();
  for (let at = 1; at < keys.length; at += 1) if (keys[at - 1] === keys[at]) return true;
  return false;
}

/** Amounts at the scale of the run, which has no fewer decimals than any table; a blank one is 0 here. */
function unitsOf(column: Float64Array, scale: number, { scale: to, counting }: Reading): Amounts {
  const asItIs = scale === to && isNumbered(column) ? counting.findColumn(column) : undefined;
  if (asItIs !== undefined) return asItIs;
  const amounts: Amounts = counting.room(column.length);
  const factor = 10n ** BigInt(to - scale);
  column.forEach((amount, at) => {
    const units = Number.isNaN(amount) ? 0n : BigInt(amount);
    amounts[at] = counting.units(units * factor);
  });
  return amounts;
}

/** R2.2: what is owed is the amount where no total is written. */
function filled(totals: Float64Array, amounts: Float64Array): Float64Array {
  if (isNumbered(totals)) return totals;
  return totals.map((total, at) => (Number.isNaN(total) ? (amounts[at] as number) : total));
}

/** A column of a few texts; undefined where there is none. */
function codedOf(texts: Texts | undefined): Coded | undefined {
  if (texts === undefined) return undefined;
  const names = new Names();
  const codes = new Int32Array(texts.length).fill(NO_NAME);
  for (let at = 0; at < texts.length; at += 1) {
    if (!texts.isBlank(at)) codes[at] = names.numberAmong(texts, at);
  }
  return { names, codes };
}

/** The texts that are not blank, by number. */
function filledTexts(texts: Texts | undefined): Map<number, string> {
  const found = new Map<number, string>();
  if (texts === undefined) return found;
  for (let at = 0; at < texts.length; at += 1) if (!texts.isBlank(at)) found.set(at, texts.at(at));
  return found;
}

function blanks(length: number): Texts {
  return Texts.from(new Uint8Array(0), new Uint32Array(length + 1), length);
}

/** Whether an id comes twice on one invoice; most ids come once, and then there is nothing to compare. */
function hasPairTwice(ids: Texts, invoices: Texts): boolean {
  if (!ids.hasTwice()) return false;
  const pairs = new Set<string>();
  const counts = new Uint8Array(ids.length);
  for (let at = 0; at < ids.length; at += 1) {
    const rank = ids.rankOf(at);
    counts[rank] = Math.min(2, (counts[rank] as number) + 1);
  }
  for (let at = 0; at < ids.length; at += 1) {
    if (counts[ids.rankOf(at)] === 1) continue;
    const pair = `${ids.rankOf(at)} ${invoices.at(at)}`;
    if (pairs.has(pair)) return true;
    pairs.add(pair);
  }
  return false;
}
