/** Reads payments, write-offs and credit memos (R2.1), and what an export states as paid on each invoice to date. */
import { LEDGER_COLUMNS, type LedgerColumns } from '../../ledger-specs/columns.js';
import type { SpecOf } from '../../ledger-specs/ledgers.js';
import type { PartialEntryOf } from '../../ledger-specs/spec.js';
import type { Fault } from '../../problems/problem.js';
import type { CashEntries, CashEntry, CashLedger, TakenBack, UndatedPayment } from './books.js';
import type { RowCells } from './cells.js';
import { entriesInColumns } from './in-columns.js';
import { readEachRow, type Source } from './read-rows.js';
import type { LedgerRead } from './reading.js';
import { keyChecker } from './row-faults.js';
import { idAndDate, takeEntries } from './take-table.js';

/** Payments, write-offs or credit memos: taken over where they are in columns and none is at fault. */
export function readCash(source: Source<CashLedger>): LedgerRead<CashEntries> {
  const { name, ledger, reading } = source;
  const taken = ledger && takeEntries(name, ledger, reading);
  if (taken !== undefined) return taken;
  const read = readEachRow(source, (row, cells): CashEntry | undefined => {
    const { id, date: day } = idAndDate(row);
    const { invoice_id: invoice, customer_id: customer, amount, currency } = row;
    const takesBack = 'commissionable' in row ? takenBackOf(row, cells, source.faults) : undefined;
    if (day === undefined || amount === undefined) return undefined;
    const collector = 'collector_id' in row ? row.collector_id : '';
    const discount = 'discount' in row ? row.discount : undefined;
    return { row: row.row, id, invoice, customer, day, amount, currency, collector, discount, takesBack };
  });
  return inColumns(read, source);
}

/** R26.1: what a credit memo takes back of the sale; undefined where it says nothing. */
function takenBackOf(
  { commissionable, cost, rep_id: rep, amount }: PartialEntryOf<SpecOf<'creditMemos'>>,
  cells: RowCells,
  faults: Fault[],
): TakenBack | undefined {
  if (commissionable === undefined && cost === undefined && rep === '') return undefined;
  if (commissionable !== undefined && amount !== undefined && commissionable * amount < 0n) {
    const place = cells.place('commissionable');
    const [found, other] = [cells.text('commissionable'), cells.text('amount')];
    faults.push({ code: 'commissionable-sign', place, found, amount: other });
  }
  return { commissionable, cost, rep };
}

/** The columns of payments as they are needed in a snapshot: it has no ids, and perhaps no dates. */
const SNAPSHOT: LedgerColumns = {
  ...LEDGER_COLUMNS.payments,
  isKeyUnique: false,
  columns: LEDGER_COLUMNS.payments.columns.map((column) =>
    column.name === 'payment_id' || column.name === 'payment_date' ? { ...column, needed: false } : column,
  ),
};

/** The payments, and those of a snapshot that have no date. */
export function readPayments(
  source: Source<'payments'>,
): LedgerRead<CashEntries> & { readonly undated: readonly UndatedPayment[] } {
  const { ledger, faults } = source;
  if (ledger?.snapshot !== true) return { ...readCash(source), undated: [] };
  const undated: UndatedPayment[] = [];
  const keys = keyChecker(faults);
  const read = readEachRow(
    source,
    (payment, cells): CashEntry | undefined => {
      const { row, invoice_id: invoice, customer_id: customer, payment_date: day, amount } = payment;
      const id = payment.payment_id === '' ? invoice : payment.payment_id;
      keys.check(cells, id, invoice);
      if (amount === undefined) return undefined;
      const { currency, collector_id: collector, discount } = payment;
      const takesBack = undefined;
      if (day !== undefined)
        return { row, id, invoice, customer, day, amount, currency, collector, discount, takesBack };
      if (cells.text('payment_date') === '') undated.push({ row, id, invoice, amount, currency });
      return undefined;
    },
    SNAPSHOT,
  );
  return { ...inColumns(read, source), undated };
}

function inColumns(
  read: LedgerRead<readonly CashEntry[]>,
  { reading }: Source<CashLedger>,
): LedgerRead<CashEntries> {
  return { ...read, ...entriesInColumns(read.content, reading) };
}
