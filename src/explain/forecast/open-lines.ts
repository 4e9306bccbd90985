/** What is still open as of the date: what customers owe, and the commission that depends on it. */
import { exactly } from '../../amount.js';
import { type Day, isoOf } from '../../day.js';
import { findDispute } from '../../engine/r3-sales/disputes.js';
import type { DueTerms } from '../../engine/r3-sales/dues.js';
import { lastDaysOf } from '../../engine/r3-sales/leavers.js';
import type { Explainable } from '../../engine/result.js';
import type { LineWorking } from '../../engine/working.js';
import { type Minor, max, min, powerOfTen, round, type Units } from '../../money.js';
import type { LevelNumber } from '../../plans/levels.js';
import type { NamedLine } from '../line-history/line-name.js';
import { Forecaster, type Outlook } from './outlook.js';

/** A rep's line on an invoice that is not collected in full, or that commission still waits on. */
export interface OpenLine extends NamedLine {
  readonly repId: string;
  readonly customerId: string;
  readonly planId: string;
  readonly level: LevelNumber;
  /**
   * What the customer still owes on the whole invoice: neither collected nor written off; in units of the workspace's
   * currency, at the rate of the booking where the invoice is in another one (R15.1).
   */
  readonly open: Units;
  /** The same in the invoice's own currency; undefined where it is the workspace's. */
  readonly abroad: { readonly currency: string; readonly open: Units } | undefined;
  /** What is not collected of the whole invoice, written off or not; in units, like `open`. */
  readonly uncollected: Units;
  /** The due date of the first instalment that is open; of the invoice, where it has no schedule. */
  readonly due: string | undefined;
  /** As of the date: 0 or below if it is not due yet; undefined without a due date. */
  readonly daysPastDue: number | undefined;
  /** What is open by due date (R16.6): one part where the invoice has no schedule; they add up to `open`. */
  readonly parts: readonly OpenPart[];
  /** The dispute that is open on the as-of date: its days do not count (R16.5). */
  readonly dispute: OpenDispute | undefined;
  /** R19.1: the last day on which cash counts for a rep who leaves; undefined where cash of any day does. */
  readonly lastDay: string | undefined;
  /** How many instalments the invoice is due in; 1 where it has no schedule (R16.2). */
  readonly instalments: number;
  /** Commission that waits for cash, in minor units. */
  readonly held: Minor;
  /** What is clawed back if nothing more is paid, and at the end of which day first; 0 and undefined if nothing will be. */
  readonly atRisk: Minor;
  readonly clawbackOn: string | undefined;
  /** Days from the as-of date to that day. */
  readonly clawbackIn: number | undefined;
  /** What is clawed back at the end of each day; they add up to `atRisk`. Instalments become late one after another. */
  readonly coming: readonly ComingPart[];
  /** What paying a part keeps; undefined if nothing is at risk, or too little for parts. */
  readonly keep: KeepingCommission | undefined;
}

/** A dispute on a day that it covers. */
export interface OpenDispute {
  /** The first of its days, with those of disputes that it follows on. */
  readonly since: string;
  /** As the ledger states it; blank where it states none. */
  readonly reason: string;
}

/** What is open of one instalment. */
export interface OpenPart {
  /** Its place among the instalments, from 1. */
  readonly number: number;
  readonly open: Units;
  readonly due: string | undefined;
  readonly daysPastDue: number | undefined;
}

/** What is clawed back at the end of a day if nothing more is paid. */
export interface ComingPart {
  readonly atRisk: Minor;
  readonly clawbackOn: string;
  readonly clawbackIn: number;
  /** What is open of the instalments that become late then; none where nothing of them is open. */
  readonly late: readonly OpenPart[];
}

/** What a payment before the clawback keeps of the commission at risk. */
export interface KeepingCommission {
  /** In units: a part of what is not collected. */
  readonly payment: Units;
  /** What the next payment of that size keeps, in minor units. */
  readonly kept: Minor;
  /**
   * Whether each further payment of that size keeps the same: exactly, but for a minor unit, or not (if more was refunded
   * than paid, the first cash keeps nothing). Or only payment in full keeps anything.
   */
  readonly pace: 'even' | 'nearly-even' | 'uneven' | 'in-full-only';
}

/** The parts that are tried, in the currency: the first that is less than what is not collected. */
const PARTS = [1000n, 100n, 10n, 1n];

/**
 * The open lines of a result, in order of invoice and rep id. What is at risk is what the calculation itself would post
 * later if nothing more happened, and what a payment keeps is by how much that is less with the payment.
 *
 * @param calculation - with `lines` kept
 */
export function* openLines(calculation: Explainable): Iterable<OpenLine> {
  const working = calculation.working.lines;
  const { setting, lines, dues, credits } = working;
  const { books, asOf, terms } = setting;
  const { invoices, reps } = books;
  const unit = powerOfTen(books.scale);
  const forecaster = new Forecaster(working);
  const disputeOf = disputeFinder(working);
  const lastDays = lastDaysOf(setting);
  for (let line = 0; line < lines.length; line += 1) {
    const outlook = forecaster.outlookOf(line);
    const { open, uncollected, held, atRisk } = outlook;
    if (open === 0n && held === 0n && atRisk === 0n) continue;
    const invoice = lines.invoices[line] as number;
    const due = dues.of(invoice);
    const rate = credits.currencies.find(invoice);
    const inWorkspace = (units: Units) =>
      rate === undefined ? units : round(units * rate.rate.n, rate.rate.d, terms.rounding);
    const parts = converted(openParts(due, outlook, asOf), inWorkspace);
    const [first] = parts;
    const coming = outlook.coming.map(({ day, amount, late }): ComingPart => {
      const numbers = late?.map((part) => due.instalments.findIndex((one) => one.due === part.due) + 1);
      return {
        atRisk: amount,
        clawbackOn: isoOf(day),
        clawbackIn: day - asOf,
        late: parts.filter(({ number }) => numbers === undefined || numbers.includes(number)),
      };
    });
    const [next] = coming;
    const plan = lines.planOf(line);
    const lastDay = lastDays.find(lines.reps[line] as number);
    yield {
      repId: reps.nameOf(lines.reps[line] as number),
      customerId: invoices.customers.at(invoice),
      invoiceId: invoices.ids.at(invoice),
      credit: lines.creditOf(line),
      planId: plan.id,
      level: plan.level.number,
      open: inWorkspace(open),
      abroad: rate && { currency: rate.currency, open },
      uncollected: inWorkspace(uncollected),
      due: first?.due,
      daysPastDue: first?.daysPastDue,
      parts,
      dispute: disputeOf(invoice),
      lastDay: lastDay === undefined ? undefined : isoOf(lastDay),
      instalments: due.instalments.length,
      held,
      atRisk,
      clawbackOn: next?.clawbackOn,
      clawbackIn: next?.clawbackIn,
      coming,
      keep: atRisk === 0n ? undefined : keepOf(forecaster, line, outlook, unit),
    };
  }
}

/** R16.6: what is open of each instalment. Where nothing is open, the last one stands for the invoice. */
function openParts({ instalments }: DueTerms, { open, closed }: Outlook, asOf: Day): readonly OpenPart[] {
  const parts = instalments.flatMap(({ from, to, due }, at): OpenPart[] => {
    const [start, end] = [max(exactly(from), closed), min(exactly(to), closed + open)];
    return end > start ? [partOf(at + 1, end - start, due, asOf)] : [];
  });
  if (parts.length > 0) return parts;
  return [partOf(instalments.length, 0n, instalments.at(-1)?.due, asOf)];
}

/** The parts in another currency: rounded so that they add up to the rounded sum. */
function converted(parts: readonly OpenPart[], inWorkspace: (units: Units) => Units): readonly OpenPart[] {
  let [sum, before] = [0n, 0n];
  return parts.map((part) => {
    sum += part.open;
    const after = inWorkspace(sum);
    const open = after - before;
    before = after;
    return { ...part, open };
  });
}

function partOf(number: number, open: Units, due: Day | undefined, asOf: Day): OpenPart {
  return due === undefined
    ? { number, open, due: undefined, daysPastDue: undefined }
    : { number, open, due: isoOf(due), daysPastDue: asOf - due };
}

/** Finds the dispute of an invoice that covers the as-of date, and the latest reason that the ledger gives for it. */
function disputeFinder({ setting, dues }: LineWorking): (invoice: number) => OpenDispute | undefined {
  const { books, asOf } = setting;
  const reasons = new Map(
    [...books.plain.disputes]
      .filter((one) => findDispute([one], asOf) !== undefined && one.reason !== '')
      .sort((a, b) => a.from - b.from)
      .map(({ invoice_id: id, reason }) => [id, reason]),
  );
  return (invoice) => {
    const found = findDispute(dues.of(invoice).disputed, asOf);
    if (found === undefined) return undefined;
    return { since: isoOf(found.from), reason: reasons.get(books.invoices.ids.at(invoice)) ?? '' };
  };
}

/** What a part of what is not collected would keep of what is at risk, compared with what all of it would. */
function keepOf(
  forecaster: Forecaster,
  line: number,
  { uncollected, atRisk }: Outlook,
  unit: bigint,
): KeepingCommission | undefined {
  const payment = PARTS.map((part) => part * unit).find((part) => part < uncollected);
  if (payment === undefined) return undefined;
  const keptBy = (paid: Units): Minor => atRisk - forecaster.outlookOf(line, paid).atRisk;
  const kept = keptBy(payment);
  if (kept === 0n) return keptBy(uncollected / 2n) > 0n ? undefined : { payment, kept, pace: 'in-full-only' };
  const off = kept * uncollected - keptBy(uncollected) * payment;
  const isNear = (off < 0n ? -off : off) <= uncollected;
  return { payment, kept, pace: off === 0n ? 'even' : isNear ? 'nearly-even' : 'uneven' };
}
