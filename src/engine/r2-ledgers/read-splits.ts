/** Reads splits, by share or by amount (R2.5). */
import { type Amount, exactly } from '../../amount.js';
import { formatUnits, type Units } from '../../money.js';
import { compare, ONE, type Ratio, ratio } from '../../ratio.js';
import type { Invoices, Split, Splits } from './books.js';
import { type Desk, type RowReader, readRows, takeTotals } from './cells.js';
import { splitsInColumns } from './in-columns.js';
import type { Ledger } from './ledger.js';
import { keyChecker } from './row-faults.js';
import { takeSplits } from './take-table.js';

/** The splits: taken over where they are in columns and none is at fault, else read row by row. */
export function readSplits(ledger: Ledger<unknown> | undefined, invoices: Invoices, desk: Desk): Splits {
  if (ledger === undefined) return splitsInColumns([], invoices, desk.columns);
  const taken = ledger.table && takeSplits(ledger.table, invoices, desk.columns);
  if (taken === undefined) return splitsInColumns(splitRows(ledger, invoices, desk), invoices, desk.columns);
  takeTotals('splits', ledger, { amount: 0n, total: 0n }, desk);
  return taken;
}

function splitRows(ledger: Ledger<unknown>, invoices: Invoices, desk: Desk): Split[] {
  const { faults } = desk;
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
    const whole = invoices.sales.findText(invoice);
    const exact = whole < 0 ? undefined : shareOf(part, invoices, whole, cells, desk);
    return { row: cells.row, invoice, rep, share: exact };
  });
}

/** R2.5: the exact share that an amount is of the invoice's amount. */
function shareOf(
  part: Units,
  { ids, amounts }: Invoices,
  invoice: number,
  cells: RowReader,
  { scale, digits, faults }: Desk,
): Ratio | undefined {
  const place = cells.place('amount');
  const whole = exactly(amounts[invoice] as Amount);
  if (whole === 0n) {
    const amount = cells.text('amount');
    faults.push({ code: 'split-of-nothing', place, invoice: ids.at(invoice), amount });
    return undefined;
  }
  const share = ratio(part, whole);
  if (share.n > 0n && compare(share, ONE) <= 0) return share;
  const found = `${cells.text('amount')} of ${formatUnits(whole, scale, digits)}`;
  faults.push({ code: 'share-out-of-range', place, column: 'amount', found });
  return undefined;
}
