/** Odd sales that are used all the same (R9.2): each judged once, on its state as of the date. */
import { type Amount, most, within } from '../../amount.js';
import { type Day, isoOf } from '../../day.js';
import { formatPercent } from '../../money.js';
import { type ExceptionCode, type ExceptionFacts, exception } from '../../problems/exception.js';
import { compare, ONE, plus, type Ratio } from '../../ratio.js';
import { CAUSES } from '../r1-words/causes.js';
import { NO_DAY } from '../r2-ledgers/ledger-table.js';
import type { SaleEvents } from '../r3-sales/sale-events.js';
import type { Sales } from '../r3-sales/sales.js';
import { inWords, type Run } from '../run.js';

/** Adds the notices about every sale to the run's exceptions. */
export function noteOddSales(run: Run, sales: Sales): void {
  const { fates, events } = sales;
  const { length, totals, amounts } = run.books.invoices;
  const { zero } = run.counting;
  const shares = sharesBelowOne(run);
  for (let invoice = 0; invoice < length; invoice += 1) {
    if (fates[invoice] !== 'used') continue;
    const total = totals[invoice] as Amount;
    if (total > 0) {
      noteCash(run, events, invoice);
      noteDates(run, events, invoice);
    } else if (total === zero && amounts[invoice] !== zero) {
      note(run, invoice, 'zero-total', { amount: inWords(run, amounts[invoice] as Amount) });
    }
    const share = shares.size === 0 ? undefined : shares.get(invoice);
    if (share !== undefined) note(run, invoice, 'split-under-100', { shares: formatPercent(share) });
  }
}

function note<C extends ExceptionCode>(
  { books, exceptions }: Run,
  invoice: number,
  code: C,
  facts: ExceptionFacts[C],
): void {
  const { rowOf, ids } = books.invoices;
  const where = { ledger: 'invoices', row: rowOf(invoice), id: ids.at(invoice) } as const;
  exceptions.push(exception(code, where, facts));
}

/** More or less than what can be: cash, write-offs and credit memos against what is owed. */
function noteCash(run: Run, { starts, amounts, causes }: SaleEvents, invoice: number): void {
  const { zero } = run.counting;
  let cash = zero;
  let writtenOff = zero;
  let memos = zero;
  for (let at = starts[invoice] as number; at < (starts[invoice + 1] as number); at += 1) {
    const amount = amounts[at] as Amount;
    const cause = CAUSES[causes[at] as number];
    if (cause === 'credited') memos += amount;
    else if (cause === 'collected' || cause === 'refunded') cash += amount;
    else writtenOff += amount;
  }
  const words = (amount: Amount) => inWords(run, amount);
  const total = run.books.invoices.totals[invoice] as Amount;
  const owed = total - within(memos, zero, total);
  if (memos > total) note(run, invoice, 'over-credited', { credited: words(memos), total: words(total) });
  if (memos < 0) note(run, invoice, 'credit-reversal-exceeds-credits', { net: words(memos) });
  if (most(cash, zero) > owed) {
    const facts = { received: words(cash), owed: words(owed), excess: words(cash - owed) };
    note(run, invoice, 'overpaid', facts);
  }
  if (cash < 0) note(run, invoice, 'refund-exceeds-payments', { net: words(cash) });
  if (most(writtenOff, zero) > owed) {
    note(run, invoice, 'over-written-off', { writtenOff: words(writtenOff), owed: words(owed) });
  }
  if (writtenOff < 0) {
    note(run, invoice, 'write-off-reversal-exceeds-write-offs', { net: words(writtenOff) });
  }
}

function noteDates(run: Run, { starts, days, causes }: SaleEvents, invoice: number): void {
  const { invoices } = run.books;
  const booking = invoices.bookings[invoice] as Day;
  const invoiced = invoices.invoiced[invoice] as Day;
  const due = invoices.due[invoice] as Day;
  if (booking > invoiced) {
    const facts = { booked: isoOf(booking), invoiced: isoOf(invoiced) };
    note(run, invoice, 'booked-after-invoiced', facts);
  }
  for (let at = starts[invoice] as number; at < (starts[invoice + 1] as number); at += 1) {
    const day = days[at] as Day;
    if (day >= booking) break;
    if (CAUSES[causes[at] as number] !== 'collected') continue;
    note(run, invoice, 'cash-before-booking', { paid: isoOf(day), booked: isoOf(booking) });
    break;
  }
  if (due !== NO_DAY && due < invoiced) {
    note(run, invoice, 'due-before-invoiced', { due: isoOf(due), invoiced: isoOf(invoiced) });
  }
}

/** The shares of the invoices whose splits do not add up to all of them, by the invoice's number. */
function sharesBelowOne({ books }: Run): ReadonlyMap<number, Ratio> {
  const { splits } = books;
  const sums = new Map<number, Ratio>();
  for (let split = 0; split < splits.length; split += 1) {
    const [invoice, share] = [splits.invoices[split] as number, splits.shares[split]];
    if (share === undefined) continue;
    const sum = sums.get(invoice);
    sums.set(invoice, sum === undefined ? share : plus(sum, share));
  }
  return new Map([...sums].filter(([, sum]) => compare(sum, ONE) < 0));
}
