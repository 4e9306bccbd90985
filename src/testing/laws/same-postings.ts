/** Whether two lists of postings are the same; the first line that differs is the breach. */
import { LINE_ACCOUNT_NAMES, type LineAccountName } from '../../engine/r1-words/line-accounts.js';
import type { Posting } from '../../engine/r6-postings/posting-table.js';
import { type Breach, type Figures, LawBroken } from './law-broken.js';

/** What a breach says whatever it finds. */
export type Law = Pick<Breach, 'law' | 'because'>;

type Sums = Record<LineAccountName, bigint>;

interface Line {
  readonly rep: string;
  readonly invoice: string;
  readonly when: string;
  readonly sums: Sums;
}

/**
 * Throws where, on some day, a line's postings do not come to the same, whatever they are called.
 *
 * @param expected - those that the law asks for
 */
export function expectSameDays(
  expected: readonly Posting[],
  found: readonly Posting[],
  { law, because }: Law,
  digits: number,
): void {
  const [first, second] = [linesOf(expected), linesOf(found)];
  for (const key of [...new Set([...first.keys(), ...second.keys()])].sort()) {
    const [own, other] = [first.get(key), second.get(key)];
    const line = own ?? other;
    const figures = differencesOf(own?.sums ?? NOTHING, other?.sums ?? NOTHING);
    if (Object.keys(figures).length === 0 || line === undefined) continue;
    const { rep, invoice, when } = line;
    throw new LawBroken({ law, because, rep, invoice, when, figures }, digits);
  }
}

/**
 * Throws where the postings are not the same one by one: amounts, causes, sources, plans and order.
 *
 * @param expected - those that the law asks for
 */
export function expectSamePostings(
  expected: readonly Posting[],
  found: readonly Posting[],
  law: Law,
  digits: number,
): void {
  const at = expected.findIndex((posting, index) => !isSame(posting, found[index]));
  if (at < 0 && expected.length === found.length) return;
  // By day first: a person sees an amount that differs at once.
  expectSameDays(expected, found, law, digits);
  const index = at < 0 ? expected.length : at;
  const [own, other] = [expected[index], found[index]];
  const { repId: rep, invoiceId: invoice, date: when } = (own ?? other) as Posting;
  const because = `${law.because}: ${nameOf(own)} is expected, and ${nameOf(other)} is found`;
  const figures = differencesOf(own ?? NOTHING, other ?? NOTHING);
  throw new LawBroken({ law: law.law, because, rep, invoice, when, figures }, digits);
}

function isSame(posting: Posting, other: Posting | undefined): boolean {
  if (other === undefined) return false;
  return (Object.keys(posting) as (keyof Posting)[]).every((key) => posting[key] === other[key]);
}

function nameOf(posting: Posting | undefined): string {
  if (posting === undefined) return 'no posting';
  const { date, cause, sourceId, planId, credit, eventDate } = posting;
  return `${date} ${cause} ${sourceId} (${credit}, plan ${planId}, event of ${eventDate})`;
}

const NOTHING = Object.fromEntries(LINE_ACCOUNT_NAMES.map((name) => [name, 0n])) as Sums;

function differencesOf(expected: Readonly<Sums>, found: Readonly<Sums>): Figures {
  return Object.fromEntries(
    LINE_ACCOUNT_NAMES.filter((name) => expected[name] !== found[name]).map((name) => [
      name,
      { expected: expected[name], found: found[name] },
    ]),
  );
}

/** By day and line, in order of the day. */
function linesOf(postings: readonly Posting[]): ReadonlyMap<string, Line> {
  const lines = new Map<string, Line>();
  for (const posting of postings) {
    const { date, invoiceId, repId, credit } = posting;
    const key = JSON.stringify([date, invoiceId, repId, credit]);
    const line = lines.get(key) ?? { rep: repId, invoice: invoiceId, when: date, sums: { ...NOTHING } };
    for (const name of LINE_ACCOUNT_NAMES) line.sums[name] += posting[name];
    lines.set(key, line);
  }
  return lines;
}
