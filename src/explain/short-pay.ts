/** Customers who habitually pay short: they pay invoices but for a small remainder that stays open. */
import type { Units } from '../money.js';
import { byCodeUnit } from '../order.js';
import type { AgeingTerms } from '../plans/plan.js';
import type { InvoiceCash } from './invoice-cash.js';

/** A customer with the invoices that it paid short; amounts in units. */
export interface ShortPayer {
  readonly customerId: string;
  /** By id. */
  readonly invoiceIds: readonly string[];
  /** What these invoices came to, less what was credited, and what of it is open. */
  readonly total: Units;
  readonly open: Units;
}

/**
 * The customers who habitually pay short, by the amount that is open, the largest first. An invoice is paid short if it is
 * past due, something of it is neither collected nor written off, and less than the share of its total is not collected.
 * No plan's tolerance counts here: what a plan counts as collected may be exactly such a remainder.
 */
export function shortPayers(
  invoices: Iterable<InvoiceCash>,
  { share, invoices: least }: AgeingTerms['shortPay'],
): readonly ShortPayer[] {
  const byCustomer = new Map<string, InvoiceCash[]>();
  for (const invoice of invoices) {
    const { customerId, total, collected, open, daysPastDue } = invoice;
    const isShort = open > 0n && (total - collected) * share.d < total * share.n;
    if (!isShort || daysPastDue === undefined || daysPastDue <= 0) continue;
    const own = byCustomer.get(customerId);
    if (own === undefined) byCustomer.set(customerId, [invoice]);
    else own.push(invoice);
  }
  return [...byCustomer]
    .filter(([, own]) => own.length >= least)
    .map(
      ([customerId, own]): ShortPayer => ({
        customerId,
        invoiceIds: own.map(({ invoiceId }) => invoiceId).sort(byCodeUnit),
        total: own.reduce((sum, { total }) => sum + total, 0n),
        open: own.reduce((sum, { open }) => sum + open, 0n),
      }),
    )
    .sort(
      (a, b) => Number(b.open > a.open) - Number(b.open < a.open) || byCodeUnit(a.customerId, b.customerId),
    );
}
