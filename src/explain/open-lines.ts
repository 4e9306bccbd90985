/** What is still open as of the date: what customers owe, and the commission that rides on it. */
import { exactly } from '../amount.js';
import { addDays, type Day, isoOf } from '../day.js';
import { NO_DAY } from '../engine/r2-ledgers/ledger-table.js';
import { partsOf, type TargetTerms, targetTerms } from '../engine/r5-targets/targets.js';
import { Poster } from '../engine/r6-postings/poster.js';
import type { Explainable } from '../engine/result.js';
import type { LineWorking } from '../engine/working.js';
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
  /** What is not collected of the whole invoice, written off or not; in units. */
  readonly uncollected: Units;
  readonly due: string | undefined;
  /** As of the date: 0 or below where it is not due yet; undefined without a due date. */
  readonly daysPastDue: number | undefined;
  /** Commission that waits for cash, in minor units. */
  readonly held: Minor;
  /** What is clawed back if nothing more is paid, at the end of which day; 0 and undefined where nothing will be. */
  readonly atRisk: Minor;
  readonly clawbackOn: string | undefined;
  /** Days from the as-of date to that day. */
  readonly clawbackIn: number | undefined;
  /** What paying a part keeps; undefined where nothing is at risk, or too little for parts. */
  readonly keep: Keep | undefined;
}

/** What a payment before the clawback keeps of the commission at risk. */
export interface Keep {
  /** In units: a part of what is not collected. */
  readonly payment: Units;
  /** What the next payment of so much keeps, in minor units. */
  readonly kept: Minor;
  /**
   * Whether each further payment of so much keeps as much: exactly, but for a minor unit, or not (where more was refunded
   * than paid, the first cash keeps nothing). Or nothing but payment in full keeps anything.
   */
  readonly pace: 'even' | 'nearly-even' | 'uneven' | 'in-full-only';
}

/** No plan waits longer than this before it claws back: a day beyond every due date. */
const EVER = 100_000;

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
  const { run, sales } = working;
  const { invoices, reps } = run.books;
  const { lines } = sales;
  const future = new Future(working);
  for (let line = 0; line < lines.length; line += 1) {
    const { open, uncollected, held, atRisk, clawbackOn } = future.of(line);
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
      uncollected,
      due: due === NO_DAY ? undefined : isoOf(due as Day),
      daysPastDue: due === NO_DAY ? undefined : run.asOf - due,
      held,
      atRisk,
      clawbackOn: clawbackOn === undefined ? undefined : isoOf(clawbackOn),
      clawbackIn: clawbackOn === undefined ? undefined : clawbackOn - run.asOf,
      keep: atRisk === 0n ? undefined : future.keep(line, uncollected, atRisk),
    };
  }
}

/** How a line stands as of the date, and what becomes of it if nothing more happens. */
interface Outlook {
  open: Units;
  uncollected: Units;
  held: Minor;
  atRisk: Minor;
  clawbackOn: Day | undefined;
}

/** Takes lines past the as-of date, one after the other. */
class Future {
  readonly #working: LineWorking;
  readonly #poster: Poster;
  readonly #targets: ReadonlyMap<unknown, TargetTerms>;
  readonly #until: Day;
  #outlook!: Outlook;
  #line = 0;

  constructor(working: LineWorking) {
    const { run, sales } = working;
    const { terms, books, counting, asOf } = run;
    const unit = powerOfTen(books.scale);
    this.#working = working;
    this.#until = addDays(asOf, EVER);
    this.#targets = new Map(
      terms.plans.map((plan) => [plan, targetTerms(plan, terms.rounding, unit, counting)]),
    );
    this.#poster = new Poster(
      run,
      sales,
      (_line, day, _cause, _source, { clawedBack }) => {
        if (day <= asOf) return;
        this.#outlook.atRisk += exactly(clawedBack);
        this.#outlook.clawbackOn = day;
      },
      (day, _cause, _source, _amount, { state, posted }) => {
        if (day > asOf) return;
        const plan = sales.lines.planOf(this.#line);
        const { due, collected, closed } = partsOf(state, this.#targets.get(plan) as TargetTerms);
        this.#outlook.open = exactly(due) - exactly(closed);
        this.#outlook.uncollected = exactly(due) - exactly(collected);
        this.#outlook.held = exactly(posted.held);
      },
    );
  }

  /** @param further - so much cash comes on the day after the as-of date, in units */
  of(line: number, further: Units = 0n): Outlook {
    const { counting } = this.#working.run;
    this.#line = line;
    this.#outlook = { open: 0n, uncollected: 0n, held: 0n, atRisk: 0n, clawbackOn: undefined };
    this.#poster.post(line, this.#until, counting.of(further));
    return this.#outlook;
  }

  /** What a part of what is not collected would keep of what is at risk, against what all of it would. */
  keep(line: number, uncollected: Units, atRisk: Minor): Keep | undefined {
    const unit = powerOfTen(this.#working.run.books.scale);
    const payment = PARTS.map((part) => part * unit).find((part) => part < uncollected);
    if (payment === undefined) return undefined;
    const keptBy = (paid: Units): Minor => atRisk - this.of(line, paid).atRisk;
    const kept = keptBy(payment);
    if (kept === 0n)
      return keptBy(uncollected / 2n) > 0n ? undefined : { payment, kept, pace: 'in-full-only' };
    const off = kept * uncollected - keptBy(uncollected) * payment;
    const isNear = (off < 0n ? -off : off) <= uncollected;
    return { payment, kept, pace: off === 0n ? 'even' : isNear ? 'nearly-even' : 'uneven' };
  }
}
