/** Odd sales that are used all the same (R9.2): each judged once, on its state as of the date. */
import { type Amount, most, within } from '../../amount.js';
import { type Day, isoOf } from '../../day.js';
import { formatPercent } from '../../money.js';
import { type ExceptionCode, type ExceptionFacts, exception } from '../../problems/exception.js';
import { compare, ONE, plus, type Ratio } from '../../ratio.js';
import { NO_DAY } from '../r2-ledgers/ledger-table.js';
import type { Sales } from '../r3-sales/sales.js';
import { CAUSES } from '../r6-postings/order-of-day.js';
import { inWords, type Run } from '../run.js';

/** Adds the notices about every sale to the run's exceptions. */
export function noteOddSales(run: Run, sales: Sales): void {
  const { invoices } = run.books;
  const shares = sharesByInvoice(run);
  for (let invoice = 0; invoice < invoices.length; invoice += 1) {
    if (sales.fates[invoice] !== 'used') continue;
    const total = invoices.totals[invoice] as Amount;
    const note: Note = (code, facts) => {
      const where = {
        ledger: 'invoices',
        row: invoices.rowOf(invoice),
        id: invoices.ids.at(invoice),
      } as const;
      run.exceptions.push(exception(code, where, facts));
    };
    if (total > 0) {
      noteCash(run, sales, invoice, note);
      noteDates(run, sales, invoice, note);
    }
    const amount = invoices.amounts[invoice] as Amount;
    const { zero } = run.counting;
    if (total === zero && amount !== zero) note('zero-total', { amount: inWords(run, amount) });
    const share = shares.get(invoice);
    if (share !== undefined && compare(share, ONE) < 0)
      note('split-under-100', { shares: formatPercent(share) });
  }
}

type Note = <C extends ExceptionCode>(code: C, facts: ExceptionFacts[C]) => void;

/** More or less than what can be: cash, write-offs and credit memos against what is owed. */
function noteCash(run: Run, { events }: Sales, invoice: number, note: Note): void {
  const { zero } = run.counting;
  let [cash, writtenOff, memos] = [zero, zero, zero];
  for (let at = events.starts[invoice] as number; at < (events.starts[invoice + 1] as number); at += 1) {
    const amount = events.amounts[at] as Amount;
    const cause = CAUSES[events.causes[at] as number];
    if (cause === 'credited') memos += amount;
    else if (cause === 'collected' || cause === 'refunded') cash += amount;
    else writtenOff += amount;
  }
  const words = (amount: Amount) => inWords(run, amount);
  const total = run.books.invoices.totals[invoice] as Amount;
  const owed = total - within(memos, zero, total);
  if (memos > total) note('over-credited', { credited: words(memos), total: words(total) });
  if (memos < 0) note('credit-reversal-exceeds-credits', { net: words(memos) });
  if (most(cash, zero) > owed) {
    note('overpaid', { received: words(cash), owed: words(owed), excess: words(cash - owed) });
  }
  if (cash < 0) note('refund-exceeds-payments', { net: words(cash) });
  if (most(writtenOff, zero) > owed) {
    note('over-written-off', { writtenOff: words(writtenOff), owed: words(owed) });
  }
  if (writtenOff < 0) note('write-off-reversal-exceeds-write-offs', { net: words(writtenOff) });
}

function noteDates(run: Run, { events }: Sales, invoice: number, note: Note): void {
  const { bookings, invoiced: invoiceDays, due: dueDays } = run.books.invoices;
  const [booking, invoiced, due] = [bookings[invoice], invoiceDays[invoice], dueDays[invoice]] as [
    Day,
    Day,
    Day,
  ];
  if (booking > invoiced) {
    note('booked-after-invoiced', { booked: isoOf(booking), invoiced: isoOf(invoiced) });
  }
  for (let at = events.starts[invoice] as number; at < (events.starts[invoice + 1] as number); at += 1) {
    const day = events.days[at] as Day;
    if (day >= booking) break;
    if (CAUSES[events.causes[at] as number] !== 'collected') continue;
    note('cash-before-booking', { paid: isoOf(day), booked: isoOf(booking) });
    break;
  }
  if (due !== NO_DAY && due < invoiced) {
    note('due-before-invoiced', { due: isoOf(due), invoiced: isoOf(invoiced) });
  }
}

function sharesByInvoice({ books }: Run): ReadonlyMap<number, Ratio> {
  const { splits } = books;
  const sums = new Map<number, Ratio>();
  for (let split = 0; split < splits.length; split += 1) {
    const [invoice, share] = [splits.invoices[split] as number, splits.shares[split]];
    if (share === undefined) continue;
    const sum = sums.get(invoice);
    sums.set(invoice, sum === undefined ? share : plus(sum, share));
  }
  return sums;
}
