/** Takes over a ledger that is in columns already, where nothing in it needs a word (R2.1–R2.5). */
import { type Amount, type Amounts, exactly, sizeOf } from '../../amount.js';
import { findPercent } from '../../money.js';
import { Names, NO_NAME } from '../../names.js';
import type { Ratio } from '../../ratio.js';
import { Texts } from '../../texts.js';
import type { CashEntries, Invoices, Splits } from './books.js';
import { type Columns, salesAmong } from './in-columns.js';
import { type LedgerTable, NO_DAY } from './ledger-table.js';

/** A ledger that was taken over, and the sums of what was read. */
export interface Taken<Ledger> {
  readonly ledger: Ledger;
  readonly amount: bigint;
  readonly total: bigint;
}

/** The invoices of a table; undefined where one of them is at fault, so that its rows are read one by one. */
export function takeInvoices(
  table: LedgerTable,
  scale: number,
  columns: Columns,
): Taken<Invoices> | undefined {
  const { length } = table;
  const [ids, customers] = [table.texts['invoice_id'], table.texts['customer_id']];
  const invoiced = table.days['invoice_date'];
  const [written, owed] = [table.amounts['amount'], table.amounts['total']];
  if (ids === undefined || customers === undefined || invoiced === undefined || written === undefined)
    return undefined;
  const amounts = inUnits(written, table.scale, scale, columns);
  const totals = owed === undefined ? amounts : inUnits(filled(owed, written), table.scale, scale, columns);
  const reverses = filledTexts(table.texts['reverses']);
  const isSound =
    isFilled(ids) &&
    isFilled(customers) &&
    !invoiced.includes(NO_DAY) &&
    isNumbered(written) &&
    !ids.hasTwice() &&
    areOfOneSign(amounts, totals) &&
    // Few workspaces have them, and only for a while.
    table.amounts['commission'] === undefined;
  if (!isSound) return undefined;
  for (const invoice of reverses.keys()) if ((amounts[invoice] as Amount) >= 0) return undefined;
  const reps = new Int32Array(length).fill(NO_NAME);
  const names = table.texts['rep_id'];
  if (names !== undefined) {
    for (let invoice = 0; invoice < length; invoice += 1) {
      if (!names.isBlank(invoice)) reps[invoice] = columns.reps.numberAmong(names, invoice);
    }
  }
  const booked = table.days['booking_date'];
  const ledger: Invoices = {
    length,
    rowOf: (invoice) => invoice,
    ids,
    sales: salesAmong(ids, reverses),
    customers,
    reps,
    bookings:
      booked === undefined
        ? invoiced
        : booked.map((day, invoice) => (day === NO_DAY ? (invoiced[invoice] as number) : day)),
    invoiced,
    due: table.days['due_date'] ?? new Int32Array(length).fill(NO_DAY),
    amounts,
    totals,
    costs: costsOf(table, scale, columns),
    currencies: filledTexts(table.texts['currency']),
    commissions: new Map(),
    reverses,
  };
  const total = sumOf(totals, columns);
  return { ledger, amount: totals === amounts ? total : sumOf(amounts, columns), total };
}

/** Payments, write-offs or credit memos of a table; undefined where one of them is at fault. */
export function takeEntries(
  table: LedgerTable,
  names: { readonly id: string; readonly date: string },
  scale: number,
  columns: Columns,
): Taken<CashEntries> | undefined {
  const { length } = table;
  const [ids, customers] = [table.texts[names.id], table.texts['customer_id']];
  const invoices = table.texts['invoice_id'] ?? blanks(length);
  const days = table.days[names.date];
  const written = table.amounts['amount'];
  if (ids === undefined || days === undefined || written === undefined) return undefined;
  const amounts = inUnits(written, table.scale, scale, columns);
  const isSound =
    isFilled(ids) && !days.includes(NO_DAY) && isNumbered(written) && !hasPairTwice(ids, invoices);
  if (!isSound) return undefined;
  for (let entry = 0; entry < length; entry += 1) {
    // R2.1: an entry may name its customer in place of an invoice.
    if (invoices.isBlank(entry) && customers?.isBlank(entry) !== false) return undefined;
  }
  const ledger = { length, rowOf: (entry: number) => entry, ids, invoices, customers, days, amounts };
  return { ledger, amount: sumOf(amounts, columns), total: 0n };
}

/** The splits of a table that gives shares; undefined where one of them is at fault, or gives an amount. */
export function takeSplits(
  table: LedgerTable,
  invoices: Invoices,
  { reps: names }: Columns,
): Splits | undefined {
  const { length, texts, amounts } = table;
  const [ids, reps, written] = [texts['invoice_id'], texts['rep_id'], texts['share']];
  if (ids === undefined || reps === undefined || written === undefined) return undefined;
  const isSound = isFilled(ids) && isFilled(reps) && isFilled(written);
  if (!isSound || amounts['amount']?.some((amount) => !Number.isNaN(amount)) === true) return undefined;
  const kinds = new Names();
  const known: Ratio[] = [];
  const repOf = new Int32Array(length);
  const shares: Ratio[] = [];
  for (let split = 0; split < length; split += 1) {
    repOf[split] = names.numberAmong(reps, split);
    const kind = kinds.numberAmong(written, split);
    const share = known[kind] ?? findPercent(kinds.nameOf(kind))?.value;
    if (share === undefined || share.n <= 0n || share.n > share.d) return undefined;
    known[kind] = share;
    shares.push(share);
  }
  if (hasNumberTwice(ids, repOf, names.length)) return undefined;
  return { length, rowOf: (split) => split, ids, invoices: invoices.sales.findAll(ids), reps: repOf, shares };
}

/** Whether an id stands twice with one number: mostly the rows of an id are neighbours, and few. */
function hasNumberTwice(ids: Texts, numbers: Int32Array, most: number): boolean {
  let start = 0;
  for (let at = 1; at < ids.length; at += 1) {
    const order = ids.compare(at - 1, ids, at);
    if (order < 0) start = at;
    if (order > 0 || at - start > MOST_NEIGHBOURS) return hasKeyTwice(ids, numbers, most);
    for (let other = start; other < at; other += 1) if (numbers[other] === numbers[at]) return true;
  }
  return false;
}

const MOST_NEIGHBOURS = 64;

function hasKeyTwice(ids: Texts, numbers: Int32Array, most: number): boolean {
  const keys = new Float64Array(ids.length);
  for (let at = 0; at < ids.length; at += 1) keys[at] = ids.rankOf(at) * most + (numbers[at] as number);
  keys.sort();
  for (let at = 1; at < keys.length; at += 1) if (keys[at - 1] === keys[at]) return true;
  return false;
}

function costsOf(table: LedgerTable, scale: number, columns: Columns): Invoices['costs'] {
  const written = table.amounts['cost'];
  if (written === undefined) return undefined;
  const costs = inUnits(written, table.scale, scale, columns);
  sumOf(costs, columns);
  return Array.from(written, (cost, invoice) => (Number.isNaN(cost) ? undefined : costs[invoice]));
}

/** Amounts at the scale of the run, which has no fewer decimals than any table; a blank one is 0 here. */
function inUnits(column: Float64Array, from: number, to: number, { counting }: Columns): Amounts {
  const isAsItIs = from === to && counting.zero === 0 && isNumbered(column);
  if (isAsItIs) return column;
  const amounts = counting.room(column.length);
  const factor = 10n ** BigInt(to - from);
  column.forEach((amount, at) => {
    const units = Number.isNaN(amount) ? 0n : BigInt(amount);
    amounts[at] = counting.of(units * factor);
  });
  return amounts;
}

/** R2.2: what is owed is the amount where no total is said. */
function filled(totals: Float64Array, amounts: Float64Array): Float64Array {
  if (isNumbered(totals)) return totals;
  return totals.map((total, at) => (Number.isNaN(total) ? (amounts[at] as number) : total));
}

function isNumbered(column: Float64Array): boolean {
  for (let at = 0; at < column.length; at += 1) if (Number.isNaN(column[at])) return false;
  return true;
}

function isFilled(texts: Texts): boolean {
  for (let at = 0; at < texts.length; at += 1) if (texts.isBlank(at)) return false;
  return true;
}

function areOfOneSign(amounts: Amounts, totals: Amounts): boolean {
  if (amounts === totals) return true;
  for (let at = 0; at < amounts.length; at += 1) {
    const amount = amounts[at] as Amount;
    const total = totals[at] as Amount;
    if ((amount < 0 && total > 0) || (amount > 0 && total < 0)) return false;
  }
  return true;
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

/** Whether an id stands twice on one invoice; most ids stand once, and then there is nothing to compare. */
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

/** The exact sum of a column; its sizes are added to the bound on all amounts. */
function sumOf(amounts: Amounts, columns: Columns): bigint {
  let sum = columns.counting.zero;
  let sizes = 0;
  for (let at = 0; at < amounts.length; at += 1) {
    sum += amounts[at] as Amount;
    sizes += sizeOf(amounts[at] as Amount);
  }
  columns.sizes += sizes;
  columns.counting.mustFit(columns.sizes);
  return exactly(sum);
}
