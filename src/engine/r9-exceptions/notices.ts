/** Odd sales that are used anyway (R9.2): each is judged once, by its state as of the date. */
import { type Amount, amountAt, minus, most, within } from '../../amount.js';
import { type Day, dayAt, isoOf } from '../../day.js';
import { formatPercent } from '../../money.js';
import { type ExceptionCode, type ExceptionFacts, exception } from '../../problems/exception.js';
import * as exact from '../../ratio.js';
import { compare, ONE, type Ratio } from '../../ratio.js';
import type { Findings } from '../findings.js';
import { type Cause, causeOf } from '../r1-words/causes.js';
import { NO_DAY } from '../r2-ledgers/ledger-table.js';
import type { Credits } from '../r3-sales/credits.js';
import type { Events } from '../r3-sales/events.js';
import { type SaleItems, saleItemsOf } from '../r3-sales/items.js';
import type { SaleEvents } from '../r3-sales/sale-events.js';
import { addEvent, type SaleSums } from '../r5-targets/targets.js';
import { inWords, type Setting } from '../setting.js';

/** Notices about every sale that is used. */
export function noteOddSales(
  setting: Setting,
  { fates }: Credits,
  { events }: Events,
  findings: Findings,
): void {
  const { length, totals, amounts } = setting.books.invoices;
  const { zero } = setting.counting;
  const shares = sharesBelowOne(setting);
  const notes: Notes = { setting, findings };
  const costs = costsIn(setting);
  for (let invoice = 0; invoice < length; invoice += 1) {
    if (!fates.isUsed(invoice)) continue;
    const total = amountAt(totals, invoice);
    if (total > 0) {
      noteCash(notes, events, invoice);
      noteDates(notes, events, invoice);
    } else if (total === zero && amounts[invoice] !== zero) {
      note(notes, invoice, 'zero-total', { amount: inWords(setting, amountAt(amounts, invoice)) });
    }
    const amount = amountAt(amounts, invoice);
    if ((amount > 0 && total < 0) || (amount < 0 && total > 0)) {
      note(notes, invoice, 'sign-mismatch', {
        amount: inWords(setting, amount),
        total: inWords(setting, total),
      });
    }
    if (costs !== undefined) noteCost(notes, costs, invoice);
    const share = shares.size === 0 ? undefined : shares.get(invoice);
    if (share !== undefined) note(notes, invoice, 'split-under-100', { shares: formatPercent(share) });
  }
}

/** The costs that gross profit comes from. */
interface Costs {
  /** What was sold item by item; undefined without such a ledger. */
  readonly items: SaleItems | undefined;
  readonly costs: ArrayLike<Amount | undefined> | undefined;
}

/** Undefined where no plan pays or measures gross profit: then a cost changes nothing. */
function costsIn({ terms, books }: Setting): Costs | undefined {
  const isUsed = terms.plans.some(
    ({ basis, measure }) => basis === 'gross-profit' || measure === 'gross-profit',
  );
  return isUsed ? { items: saleItemsOf(books), costs: books.invoices.costs } : undefined;
}

/** R3.1: where the cost is more than the amount, gross profit is 0, for the whole sale or the first such item of it. */
function noteCost(notes: Notes, { items, costs }: Costs, invoice: number): void {
  const { setting } = notes;
  const check = (amount: Amount, cost: Amount | undefined): boolean => {
    const isAbove = cost !== undefined && ((amount > 0 && cost > amount) || (amount < 0 && cost < amount));
    if (!isAbove) return false;
    note(notes, invoice, 'cost-above-amount', {
      amount: inWords(setting, amount),
      cost: inWords(setting, cost),
    });
    return true;
  };
  if (items?.has(invoice) !== true) {
    check(amountAt(setting.books.invoices.amounts, invoice), costs?.[invoice]);
    return;
  }
  for (const item of items.of(invoice)) if (check(items.revenueOf(item), items.costOf(item))) return;
}

interface Notes {
  readonly setting: Setting;
  readonly findings: Findings;
}

function note<C extends ExceptionCode>(
  { setting, findings }: Notes,
  invoice: number,
  code: C,
  facts: ExceptionFacts[C],
): void {
  const { rowOf, ids } = setting.books.invoices;
  const where = { ledger: 'invoices', row: rowOf(invoice), id: ids.at(invoice) } as const;
  findings.addException(exception(code, where, facts));
}

/** More or less than what can be: cash, write-offs and credit memos beside what is owed. */
function noteCash(notes: Notes, events: SaleEvents, invoice: number): void {
  const { setting } = notes;
  const { zero } = setting.counting;
  const { cash, writtenOff, memos } = sumsOf(setting, events, invoice);
  const words = (amount: Amount) => inWords(setting, amount);
  const total = amountAt(setting.books.invoices.totals, invoice);
  const owed = minus(total, within<'units'>(memos, zero, total));
  if (memos > total) note(notes, invoice, 'over-credited', { credited: words(memos), total: words(total) });
  if (memos < 0) note(notes, invoice, 'credit-reversal-exceeds-credits', { net: words(memos) });
  if (most<'units'>(cash, zero) > owed) {
    const facts = { received: words(cash), owed: words(owed), excess: words(minus(cash, owed)) };
    note(notes, invoice, 'overpaid', facts);
  }
  if (cash < 0) note(notes, invoice, 'refund-exceeds-payments', { net: words(cash) });
  if (most<'units'>(writtenOff, zero) > owed) {
    note(notes, invoice, 'over-written-off', { writtenOff: words(writtenOff), owed: words(owed) });
  }
  if (writtenOff < 0) {
    note(notes, invoice, 'write-off-reversal-exceeds-write-offs', { net: words(writtenOff) });
  }
}

/** What has happened to an invoice by the as-of date. */
function sumsOf({ counting }: Setting, { starts, amounts, causes }: SaleEvents, invoice: number): SaleSums {
  const { zero } = counting;
  const sums: SaleSums = { memos: zero, cash: zero, writtenOff: zero };
  for (let at = starts[invoice] as number; at < (starts[invoice + 1] as number); at += 1) {
    addEvent(sums, causeOf(causes[at] as number), amountAt(amounts, at));
  }
  return sums;
}

function noteDates(notes: Notes, events: SaleEvents, invoice: number): void {
  const { invoices } = notes.setting.books;
  const booking = dayAt(invoices.bookings, invoice);
  const invoiced = dayAt(invoices.invoiced, invoice);
  const due = dayAt(invoices.due, invoice);
  if (booking > invoiced) {
    const facts = { booked: isoOf(booking), invoiced: isoOf(invoiced) };
    note(notes, invoice, 'booked-after-invoiced', facts);
  }
  const paid = findDayBefore(booking, 'collected', events, invoice);
  if (paid !== undefined) {
    note(notes, invoice, 'cash-before-booking', { paid: isoOf(paid), booked: isoOf(booking) });
  }
  if (due !== NO_DAY && due < invoiced) {
    note(notes, invoice, 'due-before-invoiced', { due: isoOf(due), invoiced: isoOf(invoiced) });
  }
  const writtenOff = findDayBefore(invoiced, 'written-off', events, invoice);
  if (writtenOff !== undefined) {
    const facts = { writtenOff: isoOf(writtenOff), invoiced: isoOf(invoiced) };
    note(notes, invoice, 'write-off-before-invoice', facts);
  }
  const credited = findDayBefore(invoiced, 'credited', events, invoice);
  if (credited !== undefined) {
    const facts = { credited: isoOf(credited), invoiced: isoOf(invoiced) };
    note(notes, invoice, 'credit-before-invoice', facts);
  }
}

/** The first day before another on which something happened to an invoice; an invoice's events are in order of days. */
function findDayBefore(
  end: Day,
  cause: Cause,
  { starts, days, causes }: SaleEvents,
  invoice: number,
): Day | undefined {
  for (let at = starts[invoice] as number; at < (starts[invoice + 1] as number); at += 1) {
    const day = dayAt(days, at);
    if (day >= end) return undefined;
    if (causeOf(causes[at] as number) === cause) return day;
  }
  return undefined;
}

/** The shares of the invoices whose splits do not add up to all of them, by the invoice's number. */
function sharesBelowOne({ books }: Setting): ReadonlyMap<number, Ratio> {
  const { splits } = books;
  const sums = new Map<number, Ratio>();
  for (let split = 0; split < splits.length; split += 1) {
    const [invoice, share] = [splits.invoices[split] as number, splits.shares[split]];
    if (share === undefined) continue;
    const sum = sums.get(invoice);
    sums.set(invoice, sum === undefined ? share : exact.plus(sum, share));
  }
  return new Map([...sums].filter(([, sum]) => compare(sum, ONE) < 0));
}
