/** Reads invoices (R2.1–R2.4), and checks them against splits and credit memos. */
import { addAll } from '../../largest.js';
import type { LedgerEntry } from '../../ledger-specs/ledgers.js';
import { NO_NAME } from '../../names.js';
import type { Fault } from '../../problems/problem.js';
import type { CashEntries, Invoices, Splits } from './books.js';
import type { RowCells } from './cells.js';
import { invoicesInColumns } from './in-columns.js';
import type { Ledger } from './ledger.js';
import { readRows } from './read-rows.js';
import type { LedgerRead, Reading } from './reading.js';
import { hasFaults } from './row-faults.js';
import { takeInvoices } from './take-table.js';

/** The invoices: taken over where they are in columns and none is at fault, else read row by row. */
export function readInvoices(
  ledger: Ledger<unknown>,
  reading: Reading,
  faults: Fault[],
): LedgerRead<Invoices> {
  const taken = takeInvoices(ledger, reading);
  if (taken !== undefined) return taken;
  const read = readRows({ name: 'invoices', ledger, reading, faults }, (invoice, cells) => {
    addAll(faults, reversalFaults(invoice, cells));
    return invoice;
  });
  return { ...read, ...invoicesInColumns(read.content, reading) };
}

/** R2.4, R26.1: a reversing row is below 0; its amount may be 0, as the credit of what bears no commission. */
function reversalFaults(invoice: LedgerEntry<'invoices'>, cells: RowCells): Fault[] {
  const { amount, total = amount, reverses } = invoice;
  if (reverses === '' || (amount <= 0n && total < 0n)) return [];
  const place = cells.place('reverses');
  const [found, owed] = [cells.text('amount'), cells.text('total')];
  return [{ code: 'reverses-needs-negative', place, invoice: reverses, amount: found, total: owed }];
}

/** R2.5: an invoice may leave its rep blank where splits name the reps, and a reversing one (R2.4) has none. */
export function checkReps({ reps, reverses, rowOf }: Invoices, splits: Splits, faults: Fault[]): void {
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

/** R2.4: a reversing invoice is a credit memo, so a credit memo on the same invoice may not have its id. */
export function checkReversals(
  { ids, reverses, rowOf }: Invoices,
  memos: CashEntries,
  faults: Fault[],
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
