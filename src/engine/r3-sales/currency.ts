/** The currency of invoices, and of what happens to them (R9.1, R15). */
import { type Day, dayAt, isoOf } from '../../day.js';
import { NO_NAME } from '../../names.js';
import { ONE, type Ratio } from '../../ratio.js';
import type { Findings } from '../findings.js';
import type { CashLedger, Coded } from '../r2-ledgers/books.js';
import type { Setting } from '../setting.js';

/** The currency of a row; undefined where it names none. */
export function findCurrency(coded: Coded | undefined, at: number): string | undefined {
  const code = coded?.codes[at] ?? NO_NAME;
  return code === NO_NAME ? undefined : coded?.names.nameOf(code);
}

/** The currency of an invoice: its own, or the workspace's. */
export function currencyOf({ books, terms }: Setting, invoice: number): string {
  return findCurrency(books.invoices.currencies, invoice) ?? terms.currency.code;
}

/** R15.3: whether an entry is in the currency of its invoice; another one is a fault. */
export function checkCashCurrency(
  setting: Setting,
  findings: Findings,
  {
    ledger,
    entry,
    invoice,
  }: { readonly ledger: CashLedger; readonly entry: number; readonly invoice: number },
): void {
  const { books, doubtful } = setting;
  const found = findCurrency(books[ledger].currencies, entry);
  if (found === undefined || doubtful.currency) return;
  const expected = currencyOf(setting, invoice);
  if (found === expected) return;
  const place = { kind: 'row', ledger, row: books[ledger].rowOf(entry), column: 'currency' } as const;
  findings.addFault({
    code: 'cash-currency',
    place,
    found,
    invoice: books.invoices.ids.at(invoice),
    expected,
  });
}

/** R15.3: whether a reversing invoice is in the currency of the invoice that it credits. */
export function checkReversalCurrency(
  setting: Setting,
  findings: Findings,
  reversing: number,
  invoice: number,
): void {
  const { books, doubtful } = setting;
  const found = findCurrency(books.invoices.currencies, reversing);
  if (found === undefined || doubtful.currency) return;
  const expected = currencyOf(setting, invoice);
  if (found === expected) return;
  const { rowOf, ids } = books.invoices;
  const place = { kind: 'row', ledger: 'invoices', row: rowOf(reversing), column: 'currency' } as const;
  findings.addFault({ code: 'cash-currency', place, found, invoice: ids.at(invoice), expected });
}

/** The currency rate of an invoice, for an explanation; undefined where it is in the workspace's currency. */
export interface InvoiceRate {
  readonly currency: string;
  readonly date: Day;
  readonly rate: Ratio;
}

/** R15.1: the rate that holds for an invoice in another currency; undefined where it is in the workspace's own. */
export function findInvoiceRate(setting: Setting, invoice: number): InvoiceRate | undefined {
  const { books, terms } = setting;
  const currency = currencyOf(setting, invoice);
  if (currency === terms.currency.code) return undefined;
  const booked = dayAt(books.invoices.bookings, invoice);
  const [first, ...others] = books.plain.fx.filter((row) => row.currency === currency && row.date <= booked);
  return first && others.reduce((latest, row) => (row.date > latest.date ? row : latest), first);
}

/** R15.1: what one unit of an invoice's currency is worth in the workspace's, by the rate of its booking date. */
export class CurrencyRates {
  readonly #setting: Setting;
  readonly #findings: Findings;
  /** The rates of each currency in order of date. */
  readonly #rates = new Map<string, { readonly date: Day; readonly rate: Ratio }[]>();

  constructor(setting: Setting, findings: Findings) {
    this.#setting = setting;
    this.#findings = findings;
    for (const { currency, date, rate } of setting.books.plain.fx) {
      const own = this.#rates.get(currency);
      if (own === undefined) this.#rates.set(currency, [{ date, rate }]);
      else own.push({ date, rate });
    }
    for (const own of this.#rates.values()) own.sort((a, b) => a.date - b.date);
  }

  /** The rate of an invoice that counts as of the date; a fault where there is none. */
  rateOf(invoice: number): Ratio {
    const { terms, doubtful, books } = this.#setting;
    const { currencies, bookings, rowOf, ids } = books.invoices;
    const currency = findCurrency(currencies, invoice);
    if (currency === undefined || currency === terms.currency.code || doubtful.currency) return ONE;
    const booked = dayAt(bookings, invoice);
    const rates = this.#rates.get(currency) ?? [];
    const found = rates.findLast(({ date }) => date <= booked);
    if (found !== undefined) return found.rate;
    const place = { kind: 'row', ledger: 'invoices', row: rowOf(invoice), column: 'currency' } as const;
    if (!books.counts.has('fx')) {
      this.#findings.addFault({
        code: 'other-currency',
        place,
        found: currency,
        expected: terms.currency.code,
      });
      return ONE;
    }
    const from = rates[0] && isoOf(rates[0].date);
    const facts = { currency, invoice: ids.at(invoice), booked: isoOf(booked), from };
    this.#findings.addFault({ code: 'no-fx-rate', place, ...facts });
    return ONE;
  }
}
