/** The sheet Clawbacks: a row for each time that commission was taken back, and how much of it was given back since. */
import { type Day, findDay } from '../day.js';
import type { Posting } from '../engine/r6-postings/posting-table.js';
import type { Explainable, PostedResult } from '../engine/result.js';
import { explainAllLines, type LineExplanation } from '../explain/lines.js';
import { formatMinor, formatPercent, type Minor, min } from '../money.js';
import type { Column, RowSheet } from './sheet.js';

const COLUMNS: readonly Column[] = [
  { name: 'date', heading: 'date', kind: 'date' },
  { name: 'rep', heading: 'rep', kind: 'text' },
  { name: 'customer', heading: 'customer', kind: 'text' },
  { name: 'invoice', heading: 'invoice', kind: 'text' },
  { name: 'cause', heading: 'cause', kind: 'text' },
  { name: 'firstPaidIn', heading: 'first paid in', kind: 'text' },
  { name: 'rate', heading: 'rate', kind: 'number-as-text' },
  { name: 'daysPastDue', heading: 'days past due', kind: 'count' },
  { name: 'clawedBack', heading: 'clawed back', kind: 'money', total: 'sum' },
  { name: 'reinstated', heading: 'reinstated', kind: 'money', total: 'sum' },
  { name: 'stillOut', heading: 'still out', kind: 'money', total: 'sum' },
];

/** One time that commission of a line was taken back. */
interface Clawback {
  readonly posting: Posting;
  /** Whether it lies before the workspace: then it is counted there. */
  readonly isOpened: boolean;
  /** The pay period in which the line was first paid for. */
  readonly firstPaidIn: string;
  readonly amount: Minor;
  reinstated: Minor;
  /** Of what was reinstated, that which is posted in the workspace. */
  reinstatedHere: Minor;
}

/** The clawbacks of a rep's line on an invoice, oldest first. */
interface LineClawbacks {
  firstPaidIn: string | undefined;
  /** Given back before it was taken: adjustments of one day are in the order of their causes, not of what they correct. */
  ahead: Minor;
  readonly clawbacks: Clawback[];
}

export function clawbacksSheet(calculation: Explainable<PostedResult>): RowSheet {
  const { result } = calculation;
  const { currency } = result;
  const lines = clawbacksOf(result);
  const explained = new Map<string, LineExplanation>();
  if (lines.size > 0) {
    const isAsked = (repId: string, invoiceId: string) => lines.has(keyOf(invoiceId, repId));
    for (const line of explainAllLines(calculation, isAsked)) {
      explained.set(keyOf(line.invoiceId, line.repId), line);
    }
  }
  const all = [...lines]
    .flatMap(([key, { clawbacks }]) => clawbacks.map((one) => ({ one, line: explained.get(key) })))
    .filter(({ one }) => !one.isOpened || one.reinstatedHere !== 0n)
    .sort((a, b) =>
      a.one.posting.eventDate < b.one.posting.eventDate
        ? -1
        : a.one.posting.eventDate > b.one.posting.eventDate
          ? 1
          : 0,
    );
  const title =
    all.length === 0
      ? 'Nothing was ever clawed back.'
      : `Each time that commission was taken back, and what was given back of it since, in ${currency.code}.`;
  const rows = () => all.map(({ one, line }) => cellsOf(one, line, currency.digits));
  return { name: 'Clawbacks', title, columns: COLUMNS, rows };
}

/** What was taken back and given back, by line; a reinstatement gives back what was taken first. */
function clawbacksOf(result: PostedResult): Map<string, LineClawbacks> {
  const lines = new Map<string, LineClawbacks>();
  const { opened } = result;
  // Most lines are never taken back: only of those that are is anything kept.
  for (const { invoiceId, repId, clawedBack } of postingsOf(result)) {
    if (clawedBack !== 0n)
      lines.set(keyOf(invoiceId, repId), { firstPaidIn: undefined, ahead: 0n, clawbacks: [] });
  }
  if (lines.size === 0) return lines;
  for (const posting of opened?.postings ?? []) take(lines, posting, `up to ${opened?.date}`, true);
  for (const posting of result.postings) take(lines, posting, posting.period, false);
  return lines;
}

function* postingsOf(result: PostedResult): Iterable<Posting> {
  yield* result.opened?.postings ?? [];
  yield* result.postings;
}

function take(lines: Map<string, LineClawbacks>, posting: Posting, period: string, isOpened: boolean): void {
  const line = lines.get(keyOf(posting.invoiceId, posting.repId));
  if (line === undefined) return;
  const { clawedBack } = posting;
  if (posting.advanced + posting.released > 0n) line.firstPaidIn ??= period;
  if (clawedBack > 0n) {
    const firstPaidIn = line.firstPaidIn ?? '';
    line.clawbacks.push({
      posting,
      isOpened,
      firstPaidIn,
      amount: clawedBack,
      reinstated: 0n,
      reinstatedHere: 0n,
    });
  }
  let back = line.ahead + (clawedBack < 0n ? -clawedBack : 0n);
  for (const clawback of line.clawbacks) {
    const part = min(back, clawback.amount - clawback.reinstated);
    clawback.reinstated += part;
    if (!isOpened) clawback.reinstatedHere += part;
    back -= part;
  }
  line.ahead = back;
}

function cellsOf(clawback: Clawback, line: LineExplanation | undefined, digits: number): string[] {
  const { posting, isOpened, firstPaidIn, amount, reinstated, reinstatedHere } = clawback;
  const { eventDate } = posting;
  return [
    eventDate,
    posting.repId,
    posting.customerId,
    posting.invoiceId,
    posting.cause,
    firstPaidIn,
    line === undefined ? '' : rateOf(line, eventDate),
    line?.due === undefined ? '' : `${Math.max(0, daysBetween(line.due, eventDate))}`,
    formatMinor(isOpened ? 0n : amount, digits),
    formatMinor(reinstatedHere, digits),
    formatMinor(amount - reinstated, digits),
  ];
}

/** The rate that the commission was worked out at, or the rates of its bands. */
function rateOf({ rate }: LineExplanation, date: string): string {
  if (rate.kind === 'flat' || rate.kind === 'said') return formatPercent(rate.rate);
  if (rate.kind === 'marginal')
    return [...new Set(rate.slices.map((slice) => formatPercent(slice.rate)))].join(', ');
  const step = rate.steps.findLast((one, place) => place === 0 || one.date <= date);
  return step === undefined ? '' : formatPercent(step.rate);
}

function daysBetween(from: string, to: string): number {
  return (findDay(to) as Day) - (findDay(from) as Day);
}

function keyOf(invoiceId: string, repId: string): string {
  return JSON.stringify([invoiceId, repId]);
}
