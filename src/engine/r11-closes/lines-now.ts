/** Which plan, level and customer the lines of earlier postings have now. */
import { NO_NAME } from '../../names.js';
import type { Posting, PostingTable } from '../r6-postings/posting-table.js';

/** What a posting has from its line. */
export type LineNow = Pick<Posting, 'planId' | 'level' | 'customerId'>;

/**
 * Looks up the lines of some postings.
 *
 * @param postings - those that are asked about later
 * @returns what a posting's line has now; undefined where there is no such line any more, or where cash has several plans
 */
export function linesNow(
  table: PostingTable,
  postings: Iterable<Posting>,
): (posting: Posting) => LineNow | undefined {
  const { lines } = table;
  const { invoices, reps } = table.setting.books;
  const wanted = new Set<number>();
  for (const { invoiceId } of postings) wanted.add(invoices.sales.findText(invoiceId));
  wanted.delete(NO_NAME);
  const found = new Map<string, LineNow | undefined>();
  for (let line = 0; wanted.size > 0 && line < lines.length; line += 1) {
    const invoice = lines.invoices[line] as number;
    if (!wanted.has(invoice)) continue;
    const [rep, credit] = [reps.nameOf(lines.reps[line] as number), lines.creditOf(line)];
    const key = keyOf({ repId: rep, invoiceId: invoices.ids.at(invoice), credit });
    const { id: planId, level } = lines.planOf(line);
    const now = { planId, level: level.number, customerId: invoices.customers.at(invoice) };
    found.set(key, found.has(key) && found.get(key)?.planId !== planId ? undefined : now);
  }
  return (posting) => found.get(keyOf(posting));
}

function keyOf({ repId, invoiceId, credit }: Pick<Posting, 'repId' | 'invoiceId' | 'credit'>): string {
  return JSON.stringify([repId, invoiceId, credit]);
}
