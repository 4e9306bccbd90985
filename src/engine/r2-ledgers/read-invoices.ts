/** Reads invoices, and the payments, write-offs and credit memos on them (R2.1–R2.5). */
import { NO_NAME } from '../../names.js';
import type { CashEntries, CashEntry, Invoice, Invoices, Splits } from './books.js';
import { type Desk, readRows, takeTotals } from './cells.js';
import { entriesInColumns, invoicesInColumns } from './in-columns.js';
import type { Ledger } from './ledger.js';
import { hasFaults, keyChecker } from './row-faults.js';
import { takeEntries, takeInvoices } from './take-table.js';

/** The invoices: taken over where they are in columns and none is at fault, else read row by row. */
export function readInvoices(ledger: Ledger<unknown>, desk: Desk): Invoices {
  const taken = ledger.table && takeInvoices(ledger.table, desk.scale, desk.columns);
  if (taken === undefined) return invoicesInColumns(invoiceRows(ledger, desk), desk.columns);
  takeTotals('invoices', ledger, taken, desk);
  return taken.ledger;
}

function invoiceRows(ledger: Ledger<unknown>, desk: Desk): Invoice[] {
  const { faults } = desk;
  const keys = keyChecker(faults);
  return readRows('invoices', ledger, desk, (cells): Invoice | undefined => {
    const id = cells.needed('invoice_id');
    const customer = cells.needed('customer_id');
    const rep = cells.text('rep_id');
    const invoiced = cells.day('invoice_date');
    const booking = cells.day('booking_date') ?? invoiced;
    const due = cells.day('due_date');
    const amount = cells.units('amount');
    const total = cells.owed(amount);
    const cost = cells.units('cost');
    const currency = cells.text('currency') || undefined;
    const reverses = cells.text('reverses') || undefined;
    const commission = desk.hasOpenings ? cells.units('commission') : undefined;
    keys.check(cells, id);
    if (invoiced === undefined || booking === undefined || amount === undefined || total === undefined) {
      return undefined;
    }
    if (amount * total < 0n) {
      const [written, owed] = [cells.text('amount'), cells.text('total')];
      faults.push({ code: 'sign-mismatch', place: cells.place('total'), amount: written, total: owed });
    }
    if (reverses !== undefined && amount >= 0n) {
      const place = cells.place('reverses');
      faults.push({
        code: 'reverses-needs-negative',
        place,
        invoice: reverses,
        amount: cells.text('amount'),
      });
    }
    return {
      row: cells.row,
      id,
      customer,
      rep,
      booking,
      invoiced,
      due,
      amount,
      total,
      cost,
      currency,
      reverses,
      commission,
    };
  });
}

/** R2.5: an invoice may leave its rep blank where splits name the reps, and a reversing one (R2.4) has none. */
export function checkReps({ reps, reverses, rowOf }: Invoices, splits: Splits, { faults }: Desk): void {
  // A split at fault may be the one that names the rep.
  if (!reps.includes(NO_NAME) || hasFaults(faults, 'splits')) return;
  const isSplit = new Uint8Array(reps.length);
  for (const invoice of splits.invoices) if (invoice >= 0) isSplit[invoice] = 1;
  for (let invoice = 0; invoice < reps.length; invoice += 1) {
    if (reps[invoice] !== NO_NAME || isSplit[invoice] === 1 || reverses.has(invoice)) continue;
    const place = { kind: 'row', ledger: 'invoices', row: rowOf(invoice), column: 'rep_id' } as const;
    faults.push({ code: 'blank-cell', place, column: 'rep_id' });
  }
}

const CASH_COLUMNS = {
  payments: { id: 'payment_id', date: 'payment_date' },
  writeOffs: { id: 'write_off_id', date: 'write_off_date' },
  creditMemos: { id: 'credit_memo_id', date: 'credit_date' },
} as const;

/** Payments, write-offs or credit memos: taken over where they are in columns and none is at fault. */
export function readCash(
  name: keyof typeof CASH_COLUMNS,
  ledger: Ledger<unknown> | undefined,
  desk: Desk,
): CashEntries {
  if (ledger === undefined) return entriesInColumns([], desk.columns);
  const taken = ledger.table && takeEntries(ledger.table, CASH_COLUMNS[name], desk.scale, desk.columns);
  if (taken === undefined) return entriesInColumns(cashRows(name, ledger, desk), desk.columns);
  takeTotals(name, ledger, taken, desk);
  return taken.ledger;
}

function cashRows(name: keyof typeof CASH_COLUMNS, ledger: Ledger<unknown>, desk: Desk): CashEntry[] {
  const columns = CASH_COLUMNS[name];
  const keys = keyChecker(desk.faults);
  const isSnapshot = ledger.snapshot === true;
  return readRows(name, ledger, desk, (cells): CashEntry | undefined => {
    const id = isSnapshot ? cells.text(columns.id) || cells.text('invoice_id') : cells.needed(columns.id);
    // R2.1: cash that names its customer but no invoice is unapplied, not malformed.
    const customer = cells.text('customer_id');
    const invoice = customer === '' ? cells.needed('invoice_id') : cells.text('invoice_id');
    const isUndated = isSnapshot && cells.text(columns.date) === '';
    const [day, amount] = [isUndated ? undefined : cells.day(columns.date), cells.units('amount')];
    keys.check(cells, id, invoice);
    if (isUndated && amount !== undefined) desk.undated.push({ row: cells.row, id, amount });
    if (day === undefined || amount === undefined) return undefined;
    return { row: cells.row, id, invoice, customer, day, amount };
  });
}

/** R2.4: a reversing invoice is a credit memo, so a credit memo on the same invoice may not have its id. */
export function checkReversals(
  { ids, reverses, rowOf }: Invoices,
  memos: CashEntries,
  { faults }: Desk,
): void {
  if (reverses.size === 0) return;
  const reversing = new Map<string, number>();
  for (const invoice of reverses.keys()) reversing.set(ids.at(invoice), invoice);
  for (let memo = 0; memo < memos.length; memo += 1) {
    const id = memos.ids.at(memo);
    const invoice = reversing.get(id);
    const reversed = memos.invoices.at(memo);
    if (invoice === undefined || reverses.get(invoice) !== reversed) continue;
    faults.push({
      code: 'credit-memo-clash',
      place: { kind: 'row', ledger: 'creditMemos', row: memos.rowOf(memo), column: 'credit_memo_id' },
      id,
      invoice: reversed,
      first: { kind: 'row', ledger: 'invoices', row: rowOf(invoice) },
    });
  }
}
