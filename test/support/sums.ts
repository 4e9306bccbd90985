/** What postings come to, whenever they were posted. */
import type { Posting } from '../../src/engine/r6-postings/posting-table.js';

const AMOUNTS = ['earned', 'advanced', 'released', 'held', 'forfeited', 'clawedBack'] as const;

/** R11.2: postings per (rep, invoice, cause, source id, day of the event), without those that come to nothing. */
export function sums(postings: Iterable<Posting>): Record<string, readonly bigint[]> {
  const found = new Map<string, bigint[]>();
  for (const posting of postings) {
    const { repId, invoiceId, cause, sourceId, eventDate } = posting;
    const key = JSON.stringify([repId, invoiceId, cause, sourceId, eventDate]);
    const own = found.get(key) ?? AMOUNTS.map(() => 0n);
    found.set(
      key,
      own.map((sum, index) => sum + posting[AMOUNTS[index] as (typeof AMOUNTS)[number]]),
    );
  }
  const entries = [...found].filter(([, amounts]) => amounts.some((amount) => amount !== 0n));
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
