/** Postings: after each event of a line, the change of what it should have come to (R6). */
import { type Day, isoOf } from '../../day.js';
import { powerOfTen } from '../../money.js';
import { byCodeUnit } from '../../order.js';
import type { LevelNumber } from '../../plans/levels.js';
import type { Plan } from '../../plans/plan.js';
import type { Ratio } from '../../ratio.js';
import { findMonth, findQuarter, type Period } from '../r2-ledgers/calendar.js';
import { type Line, measured } from '../r3-sales/line.js';
import { LineFold } from '../r5-targets/line-fold.js';
import { type Targets, type TargetTerms, targetTerms } from '../r5-targets/targets.js';
import type { Run } from '../run.js';
import { eventsOf } from './line-events.js';
import { type Cause, kindOf } from './order-of-day.js';

/** A change of what a line has come to (R6.1); amounts in the currency's minor unit. */
export interface Posting extends Targets {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** The pay period by name: a quarter or a month (R7.1). */
  readonly period: string;
  readonly repId: string;
  readonly invoiceId: string;
  readonly customerId: string;
  readonly planId: string;
  readonly level: LevelNumber;
  readonly cause: Cause;
  /** The id of the ledger row behind the cause (R6.2). */
  readonly sourceId: string;
}

/** Makes the postings of one line after another. */
export class Poster {
  readonly #run: Run;
  readonly #terms: ReadonlyMap<Plan, TargetTerms>;
  /** How many units make one minor unit of the currency. */
  readonly #unitsPerMinor: bigint;
  #period: Period | undefined;

  constructor(run: Run) {
    const { books, terms } = run;
    const unit = powerOfTen(books.scale);
    this.#run = run;
    this.#terms = new Map(terms.plans.map((plan) => [plan, targetTerms(plan, terms.rounding, unit)]));
    this.#unitsPerMinor = powerOfTen(books.scale - terms.currency.digits);
  }

  /** The line's postings up to the as-of date, in order; none before its earn date (R5.2). */
  post(line: Line): Posting[] {
    const { asOf } = this.#run;
    if (line.earnDay > asOf) return [];
    const fold = new LineFold(line, this.#terms.get(line.plan) as TargetTerms, (rate) =>
      this.#commission(line, rate),
    );
    const postings: Posting[] = [];
    const post = (day: Day, cause: Cause, source: string) => {
      const difference = fold.takeDifference();
      if (difference !== undefined) postings.push(this.#posting(line, day, cause, source, difference));
    };
    const endDays = (from: Day, until: Day) => {
      const day = fold.becomesPastDue(from, until);
      if (day !== undefined) post(day, 'past-due', line.sale.invoice.id);
    };
    let today = line.earnDay;
    for (const event of eventsOf(line)) {
      if (event.day > today) {
        endDays(today, event.day);
        today = event.day;
      }
      fold.apply(event);
      post(event.day, event.cause, event.source);
    }
    endDays(today, (asOf + 1) as Day);
    return postings;
  }

  /** basis × rate, exactly, in minor units (R4.5, R4.6). */
  #commission(line: Line, rate: Ratio): Ratio {
    // A line without the cost that its basis needs is a fault, and the run does not come this far.
    const basis = measured(line, line.plan.basis) as Ratio;
    return { n: basis.n * rate.n, d: basis.d * rate.d * this.#unitsPerMinor };
  }

  #posting(line: Line, day: Day, cause: Cause, sourceId: string, difference: Targets): Posting {
    const { rep, plan, sale } = line;
    return {
      date: isoOf(day),
      period: this.#periodOf(day).name,
      repId: rep,
      invoiceId: sale.invoice.id,
      customerId: sale.invoice.customer,
      planId: plan.id,
      level: plan.level.number,
      cause,
      sourceId,
      ...difference,
    };
  }

  #periodOf(day: Day): Period {
    const last = this.#period;
    if (last !== undefined && last.from <= day && day <= last.to) return last;
    const { calendar, terms } = this.#run;
    const found = terms.payPeriod === 'month' ? findMonth(calendar, day) : findQuarter(calendar, day);
    this.#period = found as Period;
    return this.#period;
  }
}

/**
 * R6.4: by date, then as events apply, then by source id, invoice id and rep id. Dates and kinds are few, so postings are
 * laid out by them first, and only what is left is compared.
 */
export function inPostingOrder(postings: readonly Posting[]): Posting[] {
  const days = new Map<string, Posting[][]>();
  for (const posting of postings) {
    let kinds = days.get(posting.date);
    if (kinds === undefined) {
      kinds = [];
      days.set(posting.date, kinds);
    }
    const kind = kindOf(posting.cause);
    const own = kinds[kind];
    if (own === undefined) kinds[kind] = [posting];
    else own.push(posting);
  }
  const ordered: Posting[] = [];
  for (const [, kinds] of [...days].sort(([a], [b]) => byCodeUnit(a, b))) {
    for (const own of kinds) {
      // A kind that the day does not have.
      if (own === undefined) continue;
      for (const posting of own.sort(byIds)) ordered.push(posting);
    }
  }
  return ordered;
}

function byIds(a: Posting, b: Posting): number {
  return (
    byCodeUnit(a.sourceId, b.sourceId) || byCodeUnit(a.invoiceId, b.invoiceId) || byCodeUnit(a.repId, b.repId)
  );
}
