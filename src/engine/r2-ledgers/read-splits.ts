/** Reads splits, by share or by amount (R2.5). */
import { formatUnits, type Units } from '../../money.js';
import { compare, ONE, type Ratio, ratio } from '../../ratio.js';
import type { Invoice, Split } from './books.js';
import { type Desk, type RowReader, readRows } from './cells.js';
import type { Ledger } from './columns.js';
import { keyChecker } from './row-faults.js';

export function readSplits(
  ledger: Ledger<unknown> | undefined,
  invoices: readonly Invoice[],
  desk: Desk,
): Split[] {
  if (ledger === undefined) return [];
  const { faults } = desk;
  const sales = salesById(invoices);
  const keys = keyChecker(faults);
  return readRows('splits', ledger, desk, (cells): Split => {
    const [invoice, rep] = [cells.needed('invoice_id'), cells.needed('rep_id')];
    keys.check(cells, invoice, rep);
    const [share, amount] = [cells.text('share'), cells.text('amount')];
    if ((share === '') === (amount === '')) {
      faults.push({ code: 'share-or-amount', place: cells.place('share'), share, amount });
    }
    const part = cells.units('amount');
    if (part === undefined) return { row: cells.row, invoice, rep, share: cells.share('share') };
    const whole = sales.get(invoice);
    const exact = whole && shareOf(part, whole, cells, desk);
    return { row: cells.row, invoice, rep, share: exact };
  });
}

/** R2.4: a reversing invoice is a credit memo; whatever names it names an unknown invoice. */
function salesById(invoices: readonly Invoice[]): ReadonlyMap<string, Invoice> {
  const sales = invoices.filter(({ reverses }) => reverses === undefined);
  return new Map(sales.map((invoice) => [invoice.id, invoice]));
}

/** R2.5: the exact share that an amount is of the invoice's amount. */
function shareOf(
  part: Units,
  invoice: Invoice,
  cells: RowReader,
  { scale, digits, faults }: Desk,
): Ratio | undefined {
  const place = cells.place('amount');
  if (invoice.amount === 0n) {
    faults.push({ code: 'split-of-nothing', place, invoice: invoice.id, amount: cells.text('amount') });
    return undefined;
  }
  const share = ratio(part, invoice.amount);
  if (share.n > 0n && compare(share, ONE) <= 0) return share;
  const found = `${cells.text('amount')} of ${formatUnits(invoice.amount, scale, digits)}`;
  faults.push({ code: 'share-out-of-range', place, column: 'amount', found });
  return undefined;
}
