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
  named: { readonly ledger: CashLedger; readonly entry: number; readonly invoice: number },
): void {
  const { ledger, entry, invoice } = named;
  const { currencies, rowOf } = setting.books[ledger];
  checkSame(setting, findings, {
    ledger,
    row: rowOf(entry),
    currency: findCurrency(currencies, entry),
    invoice,
  });
}

/** R15.3: whether a reversing invoice is in the currency of the invoice that it credits. */
export function checkReversalCurrency(
  setting: Setting,
  findings: Findings,
  reversing: number,
  invoice: number,
): void {
  const { currencies, rowOf } = setting.books.invoices;
  const currency = findCurrency(currencies, reversing);
  checkSame(setting, findings, { ledger: 'invoices', row: rowOf(reversing), currency, invoice });
}

/** A row that names no currency is in the one of its invoice. */
function checkSame(
  setting: Setting,
  findings: Findings,
  row: {
    readonly ledger: CashLedger | 'invoices';
    readonly row: number;
    readonly currency: string | undefined;
    readonly invoice: number;
  },
): void {
  const { ledger, currency: found, invoice } = row;
  if (found === undefined || setting.doubtful.currency) return;
  const expected = currencyOf(setting, invoice);
  if (found === expected) return;
  const place = { kind: 'row', ledger, row: row.row, column: 'currency' } as const;
  const id = setting.books.invoices.ids.at(invoice);
  findings.addFault({ code: 'cash-currency', place, found, invoice: id, expected });
}

/** What one unit of an invoice's currency is worth in the workspace's, since which day. */
export interface InvoiceRate {
  readonly currency: string;
  readonly date: Day;
  readonly rate: Ratio;
}

/** R15.1: the currency rates of invoices, each fixed by the booking date. */
export class CurrencyRates {
  readonly #setting: Setting;
  /** By currency, in order of date. */
  readonly #rates = new Map<string, InvoiceRate[]>();

  constructor(setting: Setting) {
    this.#setting = setting;
    for (const { currency, date, rate } of setting.books.plain.fx) {
      const own = this.#rates.get(currency);
      if (own === undefined) this.#rates.set(currency, [{ currency, date, rate }]);
      else own.push({ currency, date, rate });
    }
    for (const own of this.#rates.values()) own.sort((a, b) => a.date - b.date);
  }

  /** The latest rate on or before the booking; undefined where the invoice is in the workspace's currency, or there is none. */
  find(invoice: number): InvoiceRate | undefined {
    const rates = this.#ratesOf(invoice);
    if (rates === undefined) return undefined;
    const booked = dayAt(this.#setting.books.invoices.bookings, invoice);
    let [low, high] = [0, rates.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((rates[middle] as InvoiceRate).date <= booked) low = middle + 1;
      else high = middle;
    }
    return rates[low - 1];
  }

  /** The factor from the invoice's currency to the workspace's: 1 where they are the same. */
  rateOf(invoice: number): Ratio {
    return this.find(invoice)?.rate ?? ONE;
  }

  /** Of an invoice that counts as of the date, a currency without a rate is a fault. */
  check(findings: Findings, invoice: number): void {
    const { terms, books, doubtful } = this.#setting;
    const rates = this.#ratesOf(invoice);
    if (rates === undefined || this.find(invoice) !== undefined || doubtful.fx) return;
    const { bookings, rowOf, ids } = books.invoices;
    const currency = currencyOf(this.#setting, invoice);
    const place = { kind: 'row', ledger: 'invoices', row: rowOf(invoice), column: 'currency' } as const;
    if (!books.counts.has('fx')) {
      findings.addFault({ code: 'other-currency', place, found: currency, expected: terms.currency.code });
      return;
    }
    const from = rates[0] && isoOf(rates[0].date);
    const facts = { currency, invoice: ids.at(invoice), booked: isoOf(dayAt(bookings, invoice)), from };
    findings.addFault({ code: 'no-fx-rate', place, ...facts });
  }

  /** The rates of the invoice's currency; undefined where that is the workspace's, or it is not known which that is. */
  #ratesOf(invoice: number): readonly InvoiceRate[] | undefined {
    const { terms, doubtful, books } = this.#setting;
    const currency = findCurrency(books.invoices.currencies, invoice);
    if (currency === undefined || currency === terms.currency.code || doubtful.currency) return undefined;
    return this.#rates.get(currency) ?? [];
  }
}
