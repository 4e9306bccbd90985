/** A line's history by its postings: what it has come to, when it was first paid, each clawback and what was given back. */
import {
  addAmounts,
  type LineAmounts,
  type LineSums,
  noAmounts,
  payableOf,
} from '../../engine/r1-words/line-accounts.js';
import type { Posting } from '../../engine/r6-postings/posting-table.js';
import type { PostedResult } from '../../engine/result.js';
import { type Minor, min } from '../../money.js';
import { lineNameOf, type NamedLine } from './line-name.js';

/** When something of a line first became payable: in a pay period, or before the workspace begins. */
export type FirstPaid =
  | { readonly kind: 'period'; readonly period: string }
  /** Whatever is posted up to the opening counts as paid by its day, `YYYY-MM-DD`. */
  | { readonly kind: 'opening'; readonly date: string };

/** One time that commission of a line was taken back; amounts in the currency's minor unit. */
export interface Clawback {
  readonly posting: Posting;
  /** Whether it was posted up to the opening, before the workspace begins. */
  readonly isOpened: boolean;
  /** Undefined if nothing of the line had become payable yet. */
  readonly firstPaid: FirstPaid | undefined;
  readonly amount: Minor;
  /** What of it has been given back since, and of that, what was given back after the opening. */
  readonly reinstated: Minor;
  readonly reinstatedHere: Minor;
}

/** What a rep's line on an invoice has come to. */
export interface LineHistory extends NamedLine {
  /** As the first posting has it. */
  readonly customerId: string;
  readonly amounts: LineAmounts;
  readonly firstPaid: FirstPaid | undefined;
  /** Oldest first. */
  readonly clawbacks: readonly Clawback[];
}

/** The histories of lines by rep id, then by the name of the line. */
export type LineHistories = ReadonlyMap<string, ReadonlyMap<string, LineHistory>>;

/** Which postings count. */
export interface HistoryRange {
  /** The last posting date, `YYYY-MM-DD`; all without. What is posted up to the opening always counts. */
  readonly until?: string;
  /** The lines to follow; all without. */
  readonly isRequested?: (repId: string, invoiceId: string) => boolean;
}

/**
 * Follows lines through what is posted up to the opening and since. What is given back (R5.7) comes off the oldest clawback
 * of the line first.
 *
 * @param result - with postings
 * @example lineHistories(result).get('R1')?.get(lineNameOf({ invoiceId: 'INV-2', credit: 'own' }))?.clawbacks[0]?.amount // 25000n
 */
export function lineHistories(result: PostedResult, range: HistoryRange = {}): LineHistories {
  const { until, isRequested = () => true } = range;
  const { opened } = result;
  const byRep = new Map<string, Map<string, Line>>();
  const add = (posting: Posting, opening: string | undefined): void => {
    if (isRequested(posting.repId, posting.invoiceId)) addTo(lineOf(byRep, posting), posting, opening);
  };
  for (const posting of opened?.postings ?? []) add(posting, opened?.date);
  for (const posting of result.postings) {
    if (until === undefined || posting.date <= until) add(posting, undefined);
  }
  return byRep;
}

interface Line extends LineHistory {
  readonly amounts: LineSums;
  firstPaid: FirstPaid | undefined;
  readonly clawbacks: OpenClawback[];
  /** How many of them have been given back in full: the oldest. */
  settled: number;
  /** Given back before it was taken: adjustments of one day are in the order of their causes, not of what they correct. */
  ahead: Minor;
}

interface OpenClawback extends Clawback {
  reinstated: Minor;
  reinstatedHere: Minor;
}

function lineOf(
  byRep: Map<string, Map<string, Line>>,
  { repId, invoiceId, customerId, credit }: Posting,
): Line {
  let own = byRep.get(repId);
  if (own === undefined) {
    own = new Map();
    byRep.set(repId, own);
  }
  const name = lineNameOf({ invoiceId, credit });
  let line = own.get(name);
  if (line === undefined) {
    line = {
      invoiceId,
      credit,
      customerId,
      amounts: noAmounts(),
      firstPaid: undefined,
      clawbacks: [],
      settled: 0,
      ahead: 0n,
    };
    own.set(name, line);
  }
  return line;
}

/** @param opening - the day of the opening, if the posting counts as paid by then */
function addTo(line: Line, posting: Posting, opening: string | undefined): void {
  const { clawedBack, period } = posting;
  addAmounts(line.amounts, posting);
  if (payableOf(posting) > 0n) {
    line.firstPaid ??=
      opening === undefined ? { kind: 'period', period } : { kind: 'opening', date: opening };
  }
  if (clawedBack === 0n) return;
  const isOpened = opening !== undefined;
  if (clawedBack > 0n) {
    const { firstPaid } = line;
    line.clawbacks.push({
      posting,
      isOpened,
      firstPaid,
      amount: clawedBack,
      reinstated: 0n,
      reinstatedHere: 0n,
    });
  }
  giveBack(line, clawedBack < 0n ? -clawedBack : 0n, isOpened);
}

/** Gives back what was taken first. */
function giveBack(line: Line, amount: Minor, isOpened: boolean): void {
  let back = line.ahead + amount;
  while (back > 0n && line.settled < line.clawbacks.length) {
    const clawback = line.clawbacks[line.settled] as OpenClawback;
    const part = min(back, clawback.amount - clawback.reinstated);
    clawback.reinstated += part;
    if (!isOpened) clawback.reinstatedHere += part;
    back -= part;
    if (clawback.reinstated === clawback.amount) line.settled += 1;
  }
  line.ahead = back;
}
