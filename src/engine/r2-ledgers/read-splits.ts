/** Reads splits, by share or by amount (R2.5). */
import { amountAt, exactly } from '../../amount.js';
import { formatUnits, type Units } from '../../money.js';
import { compare, ONE, type Ratio, ratio } from '../../ratio.js';
import type { Invoices, Split, Splits } from './books.js';
import type { RowCells } from './cells.js';
import { splitsInColumns } from './in-columns.js';
import { readRows, type Source } from './read-rows.js';
import type { LedgerRead } from './reading.js';
import { takeSplits } from './take-table.js';

/** The splits: taken over where they are in columns and none is at fault, else read row by row. */
export function readSplits(source: Source<'splits'>, invoices: Invoices): LedgerRead<Splits> {
  const { ledger, reading, faults } = source;
  const taken = ledger && takeSplits(ledger, invoices, reading);
  if (taken !== undefined) return taken;
  const read = readRows(source, (split, cells): Split => {
    const { row, invoice_id: invoice, rep_id: rep, amount } = split;
    const [written, part] = [cells.text('share'), cells.text('amount')];
    if ((written === '') === (part === '')) {
      faults.push({ code: 'share-or-amount', place: cells.place('share'), share: written, amount: part });
    }
    const share =
      amount === undefined ? split.share : findShare(amount, invoices, split.invoice_id, cells, source);
    return { row, invoice, rep, share };
  });
  return { ...read, content: splitsInColumns(read.content, invoices, reading) };
}

/** R2.5: the exact share that an amount is of the invoice's amount; undefined where there is none. */
function findShare(
  part: Units,
  { sales, ids, amounts }: Invoices,
  id: string,
  cells: RowCells,
  { reading, faults }: Source<'splits'>,
): Ratio | undefined {
  const invoice = sales.findText(id);
  if (invoice < 0) return undefined;
  const place = cells.place('amount');
  const whole = exactly(amountAt(amounts, invoice));
  if (whole === 0n) {
    const amount = cells.text('amount');
    faults.push({ code: 'split-of-nothing', place, invoice: ids.at(invoice), amount });
    return undefined;
  }
  const share = ratio(part, whole);
  if (share.n > 0n && compare(share, ONE) <= 0) return share;
  const found = `${cells.text('amount')} of ${formatUnits(whole, reading.scale, reading.digits)}`;
  faults.push({ code: 'share-out-of-range', place, column: 'amount', found });
  return undefined;
}
