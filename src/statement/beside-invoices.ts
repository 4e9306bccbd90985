/** What a statement shows beside invoices: entries, caps, draws and guarantees, line by line (R21, R22, R24). */
import type { PayEntryRow } from '../engine/r7-pay/entries.js';
import type { CapExplanation } from '../explain/caps.js';
import type { PayExplanation } from '../explain/reps.js';
import type { Minor } from '../money.js';
import { unreachable } from '../problems/problem.js';
import type { Writer } from './facts.js';
import { named, type Sentence, say, together } from './sentence.js';

/** A line that is no invoice's. */
export interface BesideLine {
  /** Unique in the statement, for the rep to quote. */
  readonly number: number;
  /** What it is: `Bonus`, `Cap`, `Draw`. */
  readonly title: string;
  /** The id to quote: of the entry, or of the plan; blank if it has none. */
  readonly id: string;
  /** The day of an entry, `YYYY-MM-DD`; blank otherwise. */
  readonly date: string;
  /** The pay period that it counts in. */
  readonly period: string;
  readonly text: Sentence;
  /** What it adds to pay. */
  readonly amount: Minor;
  /** The entry, if it is one. */
  readonly entry: PayEntryRow | undefined;
}

type Unnumbered = Omit<BesideLine, 'number'>;

/** R21: bonuses, deductions, waivers and repayments, by date; they add up to what is adjusted, waived and repaid. */
export function entryLines(own: readonly PayExplanation[], w: Writer): Unnumbered[] {
  return own.flatMap(({ entries, period }) =>
    entries.map((entry): Unnumbered => {
      const { entryId: id, eventDate: date, amount } = entry;
      return {
        title: entryTitle(entry),
        id,
        date,
        period: period.name,
        text: entryText(entry, w),
        amount,
        entry,
      };
    }),
  );
}

/** What a rep calls an entry. */
export function entryTitle({ kind, amount }: Pick<PayEntryRow, 'kind' | 'amount'>): string {
  switch (kind) {
    case 'bonus':
      return amount < 0n ? 'Deduction' : 'Bonus';
    case 'waiver':
      return amount < 0n ? 'Waiver withdrawn' : 'Waiver';
    case 'repayment':
      return amount < 0n ? 'Repayment corrected' : 'Repayment';
    default:
      return unreachable(kind);
  }
}

function entryText(entry: PayEntryRow, w: Writer): Sentence {
  const { reason, invoiceId, adjusts } = entry;
  return together([
    reason === '' ? meaningOf(entry) : say`${named(reason)}.`,
    ...(invoiceId === '' ? [] : [say`Invoice ${named(invoiceId)}.`]),
    ...(adjusts === '' ? [] : [say`Corrects ${adjusts}, on ${w.day(entry.date)}.`]),
  ]);
}

/** What an entry does, where the ledger gives no reason. */
function meaningOf({ kind, amount }: PayEntryRow): Sentence {
  switch (kind) {
    case 'bonus':
      return amount < 0n ? say`Taken off your pay.` : say`Added to your pay.`;
    case 'waiver':
      return amount < 0n ? say`Is to be repaid after all.` : say`Need not be repaid.`;
    case 'repayment':
      return amount < 0n ? say`Was not paid back after all.` : say`Paid back by you.`;
    default:
      return unreachable(kind);
  }
}

/** R22: what is beyond caps, by pay period and plan; the lines add up to what is capped. */
export function capLines(own: readonly PayExplanation[], w: Writer): Unnumbered[] {
  return own.flatMap(({ caps, row, period }) => {
    const line = (id: string, text: Sentence, amount: Minor): Unnumbered[] =>
      amount === 0n
        ? []
        : [{ title: 'Cap', id, date: '', period: period.name, text, amount, entry: undefined }];
    // Where no cap of the window is reached or left, what is capped comes from windows that are over.
    const changes =
      row.capped === 0n
        ? []
        : caps.map((cap) => ({ cap, change: beyond(cap, 'now') - beyond(cap, 'before') }));
    const rest = changes.reduce((sum, { change }) => sum - change, row.capped);
    return [
      ...changes.flatMap(({ cap, change }) => line(cap.planId, capText(cap, change, w), -change)),
      ...line('', say`This much of what is taken back was never paid: it was above a cap.`, -rest),
    ];
  });
}

function beyond({ cap, paidSoFar, paidBefore }: CapExplanation, when: 'now' | 'before'): Minor {
  const paid = when === 'now' ? paidSoFar : paidBefore;
  return paid > cap.amount ? paid - cap.amount : 0n;
}

function capText(one: CapExplanation, change: Minor, w: Writer): Sentence {
  const { planId, cap, window, paidSoFar } = one;
  const per = cap.per === 'pay-period' ? 'pay period' : cap.per;
  const most = say`Plan ${named(planId)} pays at most ${w.money(cap.amount)} per ${per}; ${window} has come to ${w.money(paidSoFar)}.`;
  if (change < 0n) {
    return together([most, say`This much less is above the cap than before, so it is not taken from you.`]);
  }
  const all = beyond(one, 'now');
  return together([
    most,
    change === all
      ? say`What is above the cap is not paid.`
      : say`What is above the cap is not paid: ${w.money(all)} so far, of which this is new.`,
  ]);
}

/** R24: what is added up to a guarantee, and paid in advance up to a draw. */
export function leastLines(own: readonly PayExplanation[], w: Writer): Unnumbered[] {
  return own.flatMap(({ gains, row, period }) => {
    const { guaranteed, drawn } = row;
    const pay = gains - row.cancelled - row.recovered;
    const common = { id: '', date: '', period: period.name, entry: undefined };
    const lines: Unnumbered[] = [];
    if (guaranteed !== 0n) {
      const text = say`Your guarantee is ${w.money(pay + guaranteed)}. Without it your pay is ${w.money(pay)}, so this much is added. You keep it.`;
      lines.push({ ...common, title: 'Guarantee', text, amount: guaranteed });
    }
    if (drawn !== 0n) {
      const own = pay + guaranteed;
      const text = say`Your draw is ${w.money(own + drawn)}. Without it your pay is ${w.money(own)}, so this much is paid in advance. It comes off your later commission.`;
      lines.push({ ...common, title: 'Draw', text, amount: drawn });
    }
    return lines;
  });
}
