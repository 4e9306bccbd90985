/** Odd sales that are used all the same (R9.2): each judged once, on its state as of the date. */
import { isoOf } from '../../day.js';
import { clamp, formatPercent, max, type Units } from '../../money.js';
import {
  type Exception,
  type ExceptionCode,
  type ExceptionFacts,
  exception,
} from '../../problems/exception.js';
import { compare, ONE, plus, type Ratio, ZERO } from '../../ratio.js';
import type { Split } from '../r2-ledgers/books.js';
import type { Sale } from '../r3-sales/line.js';
import { inWords, type Run } from '../run.js';

/** Adds the notices about every sale to the run's exceptions. */
export function noteOddSales(run: Run, sales: readonly Sale[]): void {
  const shares = sharesByInvoice(run.books.splits);
  for (const sale of sales) {
    const { invoice } = sale;
    const where = { ledger: 'invoices', row: invoice.row, id: invoice.id } as const;
    const note = <C extends ExceptionCode>(code: C, facts: ExceptionFacts[C]): Exception =>
      exception(code, where, facts);
    if (invoice.total > 0n) run.exceptions.push(...cashNotices(run, sale, note), ...dateNotices(sale, note));
    if (invoice.total === 0n && invoice.amount !== 0n) {
      run.exceptions.push(note('zero-total', { amount: inWords(run, invoice.amount) }));
    }
    const share = shares.get(invoice.id);
    if (share !== undefined && compare(share, ONE) < 0) {
      run.exceptions.push(note('split-under-100', { shares: formatPercent(share) }));
    }
  }
}

type Note = <C extends ExceptionCode>(code: C, facts: ExceptionFacts[C]) => Exception;

/** More or less than what can be: cash, write-offs and credit memos against what is owed. */
function cashNotices(run: Run, { invoice, events }: Sale, note: Note): Exception[] {
  let [cash, writtenOff, memos] = [0n, 0n, 0n];
  for (const { cause, amount } of events) {
    if (cause === 'credited') memos += amount;
    else if (cause === 'collected' || cause === 'refunded') cash += amount;
    else writtenOff += amount;
  }
  const words = (amount: Units) => inWords(run, amount);
  const owed = invoice.total - clamp(memos, 0n, invoice.total);
  const notices: Exception[] = [];
  if (memos > invoice.total) {
    notices.push(note('over-credited', { credited: words(memos), total: words(invoice.total) }));
  }
  if (memos < 0n) notices.push(note('credit-reversal-exceeds-credits', { net: words(memos) }));
  if (max(cash, 0n) > owed) {
    const facts = { received: words(cash), owed: words(owed), excess: words(cash - owed) };
    notices.push(note('overpaid', facts));
  }
  if (cash < 0n) notices.push(note('refund-exceeds-payments', { net: words(cash) }));
  if (max(writtenOff, 0n) > owed) {
    notices.push(note('over-written-off', { writtenOff: words(writtenOff), owed: words(owed) }));
  }
  if (writtenOff < 0n)
    notices.push(note('write-off-reversal-exceeds-write-offs', { net: words(writtenOff) }));
  return notices;
}

function dateNotices({ invoice, events }: Sale, note: Note): Exception[] {
  const { booking, invoiced, due } = invoice;
  const notices: Exception[] = [];
  if (booking > invoiced) {
    notices.push(note('booked-after-invoiced', { booked: isoOf(booking), invoiced: isoOf(invoiced) }));
  }
  const cash = events.find(({ cause }) => cause === 'collected');
  if (cash !== undefined && cash.day < booking) {
    notices.push(note('cash-before-booking', { paid: isoOf(cash.day), booked: isoOf(booking) }));
  }
  if (due !== undefined && due < invoiced) {
    notices.push(note('due-before-invoiced', { due: isoOf(due), invoiced: isoOf(invoiced) }));
  }
  return notices;
}

function sharesByInvoice(splits: readonly Split[]): ReadonlyMap<string, Ratio> {
  const shares = new Map<string, Ratio>();
  for (const { invoice, share } of splits) {
    if (share !== undefined) shares.set(invoice, plus(shares.get(invoice) ?? ZERO, share));
  }
  return shares;
}
