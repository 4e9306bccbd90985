/** What is still open as of the date: what customers owe, and the commission that depends on it. */

import { dayAt, isoOf } from '../../day.js';
import { NO_DAY } from '../../engine/r2-ledgers/ledger-table.js';
import type { Explainable } from '../../engine/result.js';
import { type Minor, powerOfTen, type Units } from '../../money.js';
import type { LevelNumber } from '../../plans/levels.js';
import type { NamedLine } from '../line-history/line-name.js';
import { Forecaster, type Outlook } from './outlook.js';

/** A rep's line on an invoice that is not collected in full, or that commission still waits on. */
export interface OpenLine extends NamedLine {
  readonly repId: string;
  readonly customerId: string;
  readonly planId: string;
  readonly level: LevelNumber;
  /** What the customer still owes on the whole invoice: neither collected nor written off; in units. */
  readonly open: Units;
  /** What is not collected of the whole invoice, written off or not; in units. */
  readonly uncollected: Units;
  readonly due: string | undefined;
  /** As of the date: 0 or below if it is not due yet; undefined without a due date. */
  readonly daysPastDue: number | undefined;
  /** Commission that waits for cash, in minor units. */
  readonly held: Minor;
  /** What is clawed back if nothing more is paid, and at the end of which day; 0 and undefined if nothing will be. */
  readonly atRisk: Minor;
  readonly clawbackOn: string | undefined;
  /** Days from the as-of date to that day. */
  readonly clawbackIn: number | undefined;
  /** What paying a part keeps; undefined if nothing is at risk, or too little for parts. */
  readonly keep: Keep | undefined;
}

/** What a payment before the clawback keeps of the commission at risk. */
export interface Keep {
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
  const { setting, lines } = working;
  const { books, asOf } = setting;
  const { invoices, reps } = books;
  const unit = powerOfTen(books.scale);
  const forecaster = new Forecaster(working);
  for (let line = 0; line < lines.length; line += 1) {
    const outlook = forecaster.outlookOf(line);
    const { open, uncollected, held, atRisk, clawbackOn } = outlook;
    if (open === 0n && held === 0n && atRisk === 0n) continue;
    const invoice = lines.invoices[line] as number;
    const due = dayAt(invoices.due, invoice);
    const plan = lines.planOf(line);
    yield {
      repId: reps.nameOf(lines.reps[line] as number),
      customerId: invoices.customers.at(invoice),
      invoiceId: invoices.ids.at(invoice),
      credit: lines.creditOf(line),
      planId: plan.id,
      level: plan.level.number,
      open,
      uncollected,
      due: due === NO_DAY ? undefined : isoOf(due),
      daysPastDue: due === NO_DAY ? undefined : asOf - due,
      held,
      atRisk,
      clawbackOn: clawbackOn === undefined ? undefined : isoOf(clawbackOn),
      clawbackIn: clawbackOn === undefined ? undefined : clawbackOn - asOf,
      keep: atRisk === 0n ? undefined : keepOf(forecaster, line, outlook, unit),
    };
  }
}

/** What a part of what is not collected would keep of what is at risk, compared with what all of it would. */
function keepOf(
  forecaster: Forecaster,
  line: number,
  { uncollected, atRisk }: Outlook,
  unit: bigint,
): Keep | undefined {
  const payment = PARTS.map((part) => part * unit).find((part) => part < uncollected);
  if (payment === undefined) return undefined;
  const keptBy = (paid: Units): Minor => atRisk - forecaster.outlookOf(line, paid).atRisk;
  const kept = keptBy(payment);
  if (kept === 0n) return keptBy(uncollected / 2n) > 0n ? undefined : { payment, kept, pace: 'in-full-only' };
  const off = kept * uncollected - keptBy(uncollected) * payment;
  const isNear = (off < 0n ? -off : off) <= uncollected;
  return { payment, kept, pace: off === 0n ? 'even' : isNear ? 'nearly-even' : 'uneven' };
}
