/** The currency of invoices (R9.1). */
import type { Findings } from '../findings.js';
import type { Setting } from '../setting.js';

/** Of an invoice that counts as of the date, a currency other than the workspace's is a fault. */
export function checkCurrency(
  { terms, doubtful, books }: Setting,
  findings: Findings,
  invoice: number,
): void {
  const { currencies, rowOf } = books.invoices;
  if (currencies.size === 0) return;
  const currency = currencies.get(invoice);
  const expected = terms.currency.code;
  if (currency === undefined || currency === expected || doubtful.currency) return;
  const place = { kind: 'row', ledger: 'invoices', row: rowOf(invoice), column: 'currency' } as const;
  findings.addFault({ code: 'other-currency', place, found: currency, expected });
}
