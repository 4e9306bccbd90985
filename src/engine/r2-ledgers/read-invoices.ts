/** Reads invoices, and the payments, write-offs and credit memos on them (R2.1–R2.5). */
import type { CashEntry, Invoice, Split } from './books.js';
import { type Desk, readRows } from './cells.js';
import type { Ledger } from './columns.js';
import { hasFaults, keyChecker } from './row-faults.js';

export function readInvoices(ledger: Ledger<unknown>, desk: Desk): Invoice[] {
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
    };
  });
}

/** R2.5: an invoice may leave its rep blank where splits name the reps, and a reversing one (R2.4) has none. */
export function checkReps(invoices: readonly Invoice[], splits: readonly Split[], { faults }: Desk): void {
  // A split at fault may be the one that names the rep.
  if (hasFaults(faults, 'splits')) return;
  const split = new Set(splits.map(({ invoice }) => invoice));
  for (const { row, id, rep, reverses } of invoices) {
    if (rep !== '' || reverses !== undefined || split.has(id)) continue;
    const place = { kind: 'row', ledger: 'invoices', row, column: 'rep_id' } as const;
    faults.push({ code: 'blank-cell', place, column: 'rep_id' });
  }
}

const CASH_COLUMNS = {
  payments: { id: 'payment_id', date: 'payment_date' },
  writeOffs: { id: 'write_off_id', date: 'write_off_date' },
  creditMemos: { id: 'credit_memo_id', date: 'credit_date' },
} as const;

export function readCash(
  name: keyof typeof CASH_COLUMNS,
  ledger: Ledger<unknown> | undefined,
  desk: Desk,
): CashEntry[] {
  if (ledger === undefined) return [];
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
  invoices: readonly Invoice[],
  memos: readonly CashEntry[],
  { faults }: Desk,
): void {
  const reversing = new Map<string, Invoice>();
  for (const invoice of invoices) {
    if (invoice.reverses !== undefined) reversing.set(invoice.id, invoice);
  }
  for (const memo of memos) {
    const invoice = reversing.get(memo.id);
    if (invoice?.reverses !== memo.invoice) continue;
    faults.push({
      code: 'credit-memo-clash',
      place: { kind: 'row', ledger: 'creditMemos', row: memo.row, column: 'credit_memo_id' },
      id: memo.id,
      invoice: memo.invoice,
      first: { kind: 'row', ledger: 'invoices', row: invoice.row },
    });
  }
}
