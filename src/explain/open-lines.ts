/** What is still open as of the date: what customers owe, and the commission that rides on it. */
import { type Amount, exactly } from '../amount.js';
import { addDays, type Day, isoOf } from '../day.js';
import { findKept, type Result } from '../engine/calculate.js';
import { NO_DAY } from '../engine/r2-ledgers/ledger-table.js';
import type { LineFold } from '../engine/r5-targets/line-fold.js';
import { partsOf, targetTerms } from '../engine/r5-targets/targets.js';
import { Poster } from '../engine/r6-postings/poster.js';
import { type Minor, powerOfTen, type Units } from '../money.js';
import type { LevelNumber } from '../plans/levels.js';

/** A rep's line on an invoice that is not collected in full, or that commission still waits on. */
export interface OpenLine {
  readonly repId: string;
  readonly customerId: string;
  readonly invoiceId: string;
  readonly planId: string;
  readonly level: LevelNumber;
  /** What the customer still owes on the whole invoice: neither collected nor written off; in units. */
  readonly open: Units;
  readonly due: string | undefined;
  /** As of the date: 0 or below where it is not due yet; undefined without a due date. */
  readonly daysPastDue: number | undefined;
  /** Commission that waits for cash, in minor units. */
  readonly held: Minor;
  /** What is clawed back if nothing more is paid, at the end of which day; 0 and undefined where nothing will be. */
  readonly atRisk: Minor;
  readonly clawbackOn: string | undefined;
}

/** No plan waits longer than this before it claws back: a day beyond every due date. */
const EVER = 100_000;

/**
 * The open lines of a result, in order of invoice and rep id. What is at risk is what the calculation itself would post
 * later if nothing more happened.
 *
 * @param result - of a calculation with `explain: true`
 * @throws RangeError where the calculation was not asked to explain
 */
export function* openLines(result: Result): Iterable<OpenLine> {
  const kept = findKept(result);
  if (kept === undefined) throw new RangeError('calculate with explain: true to have open lines told');
  const { run, sales } = kept;
  const { books, terms, counting, asOf } = run;
  const { invoices, reps } = books;
  const { lines } = sales;
  const unit = powerOfTen(books.scale);
  const targets = new Map(
    terms.plans.map((plan) => [plan, targetTerms(plan, terms.rounding, unit, counting)]),
  );
  let [open, held, atRisk] = [0n, 0n, 0n];
  let clawbackOn: Day | undefined;
  let line = 0;
  const note = (day: Day, _cause: unknown, _source: number, _amount: Amount, { state, posted }: LineFold) => {
    if (day > asOf) return;
    const plan = lines.planOf(line);
    const { due, closed } = partsOf(state, targets.get(plan) as ReturnType<typeof targetTerms>);
    [open, held] = [exactly(due) - exactly(closed), exactly(posted.held)];
  };
  const poster = new Poster(
    run,
    sales,
    (_line, day, _cause, _source, { clawedBack }) => {
      if (day <= asOf) return;
      atRisk += exactly(clawedBack);
      clawbackOn = day;
    },
    note,
  );
  const until = addDays(asOf, EVER);
  for (line = 0; line < lines.length; line += 1) {
    [open, held, atRisk, clawbackOn] = [0n, 0n, 0n, undefined];
    poster.post(line, until);
    if (open === 0n && held === 0n && atRisk === 0n) continue;
    const invoice = lines.invoices[line] as number;
    const due = invoices.due[invoice] as number;
    const plan = lines.planOf(line);
    yield {
      repId: reps.nameOf(lines.reps[line] as number),
      customerId: invoices.customers.at(invoice),
      invoiceId: invoices.ids.at(invoice),
      planId: plan.id,
      level: plan.level.number,
      open,
      due: due === NO_DAY ? undefined : isoOf(due as Day),
      daysPastDue: due === NO_DAY ? undefined : asOf - due,
      held,
      atRisk,
      clawbackOn: clawbackOn && isoOf(clawbackOn),
    };
  }
}
