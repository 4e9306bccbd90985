/** Which of a rep's postings are netted together: those of one line (R7.2), and for cash, those of one plan (R21.2). */
import type { Posting } from '../r6-postings/posting-table.js';

/**
 * A name for the line of a posting among those of its rep, which sorts as the invoice id does.
 *
 * @example netLineOf(a) === netLineOf(b) // both count in one net of R7.2
 */
export function netLineOf({
  invoiceId,
  credit,
  planId,
}: Pick<Posting, 'invoiceId' | 'credit' | 'planId'>): string {
  return `${invoiceId}\0${credit}${credit === 'cash' ? `\0${planId}` : ''}`;
}
