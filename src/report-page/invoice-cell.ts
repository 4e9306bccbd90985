/** A customer and an invoice in the cell of a table. */
import { type Html, html, isolated } from '../pages/html.js';

/** What the cell of an invoice says: which instalments it is about, and whether it is disputed. */
export interface InvoiceMarks {
  readonly instalment?: string;
  readonly isDisputed?: boolean;
}

/** A customer and the invoice. */
export function customerCell(
  { customerId, invoiceId }: { readonly customerId: string; readonly invoiceId: string },
  { instalment = '', isDisputed = false }: InvoiceMarks = {},
): Html {
  const of = instalment === '' ? undefined : html` <span class="beside">${instalment}</span>`;
  return html`${isolated(customerId)} <span class="beside">${isolated(invoiceId)}</span>${of}${isDisputed ? disputedMark() : undefined}`;
}

/** Beside what is disputed. */
export function disputedMark(): Html {
  return html` <span class="mark">disputed</span>`;
}
