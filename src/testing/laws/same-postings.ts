/** Whether two lists of postings are the same, line by line; the first line that differs is the breach. */
import { LINE_ACCOUNT_NAMES, type LineAccountName } from '../../engine/r1-words/line-accounts.js';
import type { Posting } from '../../engine/r6-postings/posting-table.js';
import { type Breach, LawBroken } from './law-broken.js';

type Sums = Record<LineAccountName, bigint>;

interface Line {
  readonly rep: string;
  readonly invoice: string;
  readonly credit: string;
  readonly when: string;
  readonly sums: Sums;
}

/**
 * Throws where, on some day, a line's postings do not come to the same.
 *
 * @param expected - those that the law asks for
 */
export function expectSamePostings(
  expected: readonly Posting[],
  found: readonly Posting[],
  { law, because }: Pick<Breach, 'law' | 'because'>,
  digits: number,
): void {
  const [first, second] = [linesOf(expected), linesOf(found)];
  for (const key of [...new Set([...first.keys(), ...second.keys()])].sort()) {
    const [own, other] = [first.get(key), second.get(key)];
    const figures = LINE_ACCOUNT_NAMES.flatMap((name): [string, Breach['figures'][string]][] => {
      const [was, is] = [own?.sums[name] ?? 0n, other?.sums[name] ?? 0n];
      return was === is ? [] : [[name, { expected: was, found: is }]];
    });
    const line = own ?? other;
    if (figures.length === 0 || line === undefined) continue;
    const { rep, invoice, when } = line;
    throw new LawBroken({ law, because, rep, invoice, when, figures: Object.fromEntries(figures) }, digits);
  }
}

/** By day and line, in order of the day. */
function linesOf(postings: readonly Posting[]): ReadonlyMap<string, Line> {
  const lines = new Map<string, Line>();
  for (const posting of postings) {
    const { date, invoiceId, repId, credit } = posting;
    const key = JSON.stringify([date, invoiceId, repId, credit]);
    const line = lines.get(key) ?? {
      rep: repId,
      invoice: invoiceId,
      credit,
      when: date,
      sums: Object.fromEntries(LINE_ACCOUNT_NAMES.map((name) => [name, 0n])) as Sums,
    };
    for (const name of LINE_ACCOUNT_NAMES) line.sums[name] += posting[name];
    lines.set(key, line);
  }
  return lines;
}
