/** A rep's statement as data: figures that add up to the rep's row, and what each of them is made of, line by line. */
import { payrollRows } from '../closing/payroll.js';
import { type Day, findDay, isoOf } from '../day.js';
import { findNamed } from '../engine/r2-ledgers/calendar.js';
import type { Posting } from '../engine/r6-postings/posting-table.js';
import type { PayRow } from '../engine/r7-pay/pay.js';
import type { QuarterRow } from '../engine/r8-results/results.js';
import type { NamedPeriod } from '../engine/r11-closes/close.js';
import type { Explainable, PostedResult, RepPerson, Result } from '../engine/result.js';
import { explainAllLines, type LineExplanation } from '../explain/lines.js';
import { type OpenLine, openLines } from '../explain/open-lines.js';
import { explainAllPay, type PayExplanation } from '../explain/reps.js';
import type { Minor } from '../money.js';
import { byCodeUnit } from '../order.js';
import type { Company, Plan } from '../plans/plan.js';
import { type LineFacts, Writer } from './facts.js';
import { outlookOf } from './outlook.js';
import { reasonsOf } from './reasons.js';
import { type Sections, sectionsOf } from './sections.js';
import type { Sentence } from './sentence.js';

/** What statements are made from. */
export interface StatementInputs {
  /** With postings; where the period is closed, of a later day with the closes. */
  readonly result: PostedResult;
  /** As of the last day that statements cover, with lines: the same calculation unless that is of a later day. */
  readonly state: Explainable;
  /** A fiscal quarter, or a month where pay is by the month. */
  readonly period: NamedPeriod;
  /** Those who are asked for; all who have a row in the period without. */
  readonly reps?: ReadonlySet<string> | undefined;
}

/** From what became payable to what is paid: payable − taken back + given back + corrections − owed before + owed after. */
export interface PaidFigures {
  readonly payable: Minor;
  readonly takenBack: Minor;
  readonly givenBack: Minor;
  /** Corrections of closed periods, net. */
  readonly corrections: Minor;
  readonly owedBefore: Minor;
  readonly owedAfter: Minor;
  readonly paid: Minor;
}

/** A pay period of the statement: what is paid for it, by when. */
export interface PaidPart {
  readonly period: string;
  readonly paid: Minor;
  readonly payBy: string;
}

/** What a rep is told about a period. */
export interface Statement {
  readonly repId: string;
  /** Undefined where the ledger of reps does not name the rep. */
  readonly person: RepPerson | undefined;
  readonly company: Company;
  readonly currency: Result['currency'];
  readonly scale: number;
  readonly period: NamedPeriod;
  /** The last day that is told: the period's, or the as-of date before it. */
  readonly until: string;
  readonly isClosed: boolean;
  /** The row that all of it adds up to. */
  readonly row: PayRow;
  /** Bookings, quota and attainment, of a quarter. */
  readonly quarter: QuarterRow | undefined;
  /** The plans that anything here is paid by. */
  readonly plans: readonly Plan[];
  /** One for each pay period. */
  readonly parts: readonly PaidPart[];
  readonly figures: PaidFigures;
  /** Why so much is paid, and why not more. */
  readonly reasons: Sentence;
  /** What can still change it. */
  readonly outlook: readonly Sentence[];
  readonly sections: Sections;
}

/** The first and the last day of a fiscal quarter or a month; undefined where the result has none of that name. */
export function findPeriod({ working }: Explainable, name: string): NamedPeriod | undefined {
  const found = findNamed(working.lines.run.calendar, name);
  return found && { name, from: isoOf(found.from), to: isoOf(found.to) };
}

/** Makes the statements, by rep id. */
export function statementsOf({ result, state, period, reps }: StatementInputs): Statement[] {
  const until = result.asOf < period.to ? result.asOf : period.to;
  const pay = explainAllPay(result, until, reps);
  const lives = new Lives(result, until, reps);
  const open = openByRep(state, reps);
  const isOwn = ({ name, quarter }: PayExplanation['period']) =>
    name === period.name || quarter === period.name;
  const asked: Asked[] = [];
  for (const [repId, pays] of pay) {
    const own = pays.filter((one) => isOwn(one.period));
    if (own.length === 0) continue;
    const names = new Set(own.map((one) => one.period.name));
    const postings = lives.postingsOf(repId).filter((posting) => names.has(posting.period));
    asked.push({
      repId,
      own,
      before: pays.slice(0, pays.indexOf(own[0] as PayExplanation)),
      names,
      postings,
    });
  }
  const lines = explainedLines(state, asked, lives, open);
  const payBys = payBysOf(result, asked);
  return asked
    .sort((a, b) => byCodeUnit(a.repId, b.repId))
    .map((one) => {
      const { repId, own } = one;
      const quarter = result.quarters.find((row) => row.repId === repId && row.quarter === period.name);
      const row = own.length === 1 ? (own[0] as PayExplanation).row : (quarter as PayRow);
      const writer = new Writer({ digits: result.currency.digits, scale: state.result.scale }, one.names);
      const factsOf = (invoiceId: string): LineFacts => ({
        invoiceId,
        customerId: lives.find(repId, invoiceId)?.customerId ?? '',
        line: lines.get(repId)?.get(invoiceId),
        firstPaid: lives.find(repId, invoiceId)?.firstPaid,
        held: lives.find(repId, invoiceId)?.held ?? 0n,
        advanced: lives.find(repId, invoiceId)?.advanced ?? 0n,
        clawedBack: lives.find(repId, invoiceId)?.clawedBack ?? 0n,
      });
      const known = {
        postings: one.postings,
        invoices: [...lives.invoicesOf(repId)].sort(byCodeUnit),
        factsOf,
        open: open.get(repId) ?? new Map<string, OpenLine>(),
        period,
        until,
        writer,
      };
      const sections = sectionsOf(known);
      const figures: PaidFigures = {
        payable: sections.payable.total,
        takenBack: sections.takenBack,
        givenBack: sections.givenBack,
        corrections: sections.corrections.total,
        owedBefore: row.owedOpening,
        owedAfter: row.owed,
        paid: row.paid,
      };
      return {
        repId,
        person: result.people.get(repId),
        company: result.terms.company,
        currency: result.currency,
        scale: state.result.scale,
        period,
        until,
        isClosed: period.to <= (result.closedThrough ?? '') && result.closedPeriods.length > 0,
        row,
        quarter,
        plans: plansOf(state, repId, until, lines.get(repId)),
        parts: own.map(({ period: { name }, paid }) => ({
          period: name,
          paid,
          payBy: payBys.get(name)?.get(repId) as string,
        })),
        figures,
        reasons: reasonsOf({ ...known, sections, figures, row, before: one.before }),
        outlook: outlookOf({ ...known, sections }),
        sections,
      };
    });
}

/** A rep with a row in the period. */
interface Asked {
  readonly repId: string;
  /** The pay periods of the statement, and those before them. */
  readonly own: readonly PayExplanation[];
  readonly before: readonly PayExplanation[];
  readonly names: ReadonlySet<string>;
  readonly postings: readonly Posting[];
}

interface Life {
  readonly customerId: string;
  held: Minor;
  advanced: Minor;
  clawedBack: Minor;
  firstPaid: string | undefined;
}

/** What every line of every rep has come to by the statement's day, from what was posted. */
class Lives {
  readonly #byRep = new Map<string, Map<string, Life>>();
  readonly #postings = new Map<string, Posting[]>();

  constructor(result: PostedResult, until: string, reps: ReadonlySet<string> | undefined) {
    for (const posting of result.opened?.postings ?? []) this.#add(posting, reps);
    for (const posting of result.postings) {
      if (posting.date > until || reps?.has(posting.repId) === false) continue;
      this.#add(posting, reps);
      const own = this.#postings.get(posting.repId);
      if (own === undefined) this.#postings.set(posting.repId, [posting]);
      else own.push(posting);
    }
  }

  find(repId: string, invoiceId: string): Readonly<Life> | undefined {
    return this.#byRep.get(repId)?.get(invoiceId);
  }

  invoicesOf(repId: string): Iterable<string> {
    return this.#byRep.get(repId)?.keys() ?? [];
  }

  postingsOf(repId: string): readonly Posting[] {
    return this.#postings.get(repId) ?? [];
  }

  #add(posting: Posting, reps: ReadonlySet<string> | undefined): void {
    const { repId, invoiceId, customerId, period } = posting;
    if (reps?.has(repId) === false) return;
    let own = this.#byRep.get(repId);
    if (own === undefined) {
      own = new Map();
      this.#byRep.set(repId, own);
    }
    let life = own.get(invoiceId);
    if (life === undefined) {
      life = { customerId, held: 0n, advanced: 0n, clawedBack: 0n, firstPaid: undefined };
      own.set(invoiceId, life);
    }
    life.held += posting.held;
    life.advanced += posting.advanced;
    life.clawedBack += posting.clawedBack;
    if (posting.advanced + posting.released > 0n) life.firstPaid ??= period;
  }
}

function openByRep(
  state: Explainable,
  reps: ReadonlySet<string> | undefined,
): Map<string, Map<string, OpenLine>> {
  const byRep = new Map<string, Map<string, OpenLine>>();
  for (const line of openLines(state)) {
    if (reps?.has(line.repId) === false) continue;
    const own = byRep.get(line.repId);
    if (own === undefined) byRep.set(line.repId, new Map([[line.invoiceId, line]]));
    else own.set(line.invoiceId, line);
  }
  return byRep;
}

/** The lines that a statement has something to say about: what moved, what is open, what is taken back, what is a debt. */
function explainedLines(
  state: Explainable,
  asked: readonly Asked[],
  lives: Lives,
  open: ReadonlyMap<string, ReadonlyMap<string, OpenLine>>,
): Map<string, Map<string, LineExplanation>> {
  const wanted = new Map<string, Set<string>>();
  for (const { repId, postings, before } of asked) {
    const own = new Set(postings.map(({ invoiceId }) => invoiceId));
    for (const invoice of open.get(repId)?.keys() ?? []) own.add(invoice);
    for (const invoice of lives.invoicesOf(repId)) {
      if (lives.find(repId, invoice)?.clawedBack !== 0n) own.add(invoice);
    }
    for (const { invoices } of before) {
      for (const { invoiceId, net } of invoices) if (net < 0n) own.add(invoiceId);
    }
    wanted.set(repId, own);
  }
  const lines = new Map<string, Map<string, LineExplanation>>();
  const isAsked = (repId: string, invoiceId: string) => wanted.get(repId)?.has(invoiceId) === true;
  for (const line of explainAllLines(state, isAsked)) {
    const own = lines.get(line.repId);
    if (own === undefined) lines.set(line.repId, new Map([[line.invoiceId, line]]));
    else own.set(line.invoiceId, line);
  }
  return lines;
}

/** The day by which each rep is paid, by pay period. */
function payBysOf(result: Result, asked: readonly Asked[]): Map<string, Map<string, string>> {
  const periods = new Map(asked.flatMap(({ own }) => own.map(({ period }) => [period.name, period])));
  const postings = asked.flatMap((one) => one.postings);
  const rows = asked.flatMap(({ repId, own }) =>
    own.map(({ period, row }) => ({ ...row, repId, period: period.name })),
  );
  const { payWithin } = result.terms;
  return new Map(
    [...periods.values()].map(({ name, to }) => {
      const period = { name, to: findDay(to) as Day };
      const paid = payrollRows({ period, rows, postings, payWithin });
      return [name, new Map(paid.map(({ repId, payBy }) => [repId, payBy]))];
    }),
  );
}

/** The plan that the rep has on the day, and those of the lines that are told about. */
function plansOf(
  { result, working }: Explainable,
  repId: string,
  until: string,
  lines: ReadonlyMap<string, LineExplanation> | undefined,
): Plan[] {
  const now = working.lines.sales.planOf(repId, findDay(until) as Day);
  const plans = new Set([...(lines?.values() ?? [])].map(({ plan }) => plan));
  return result.terms.plans.filter((plan) => plan === now || plans.has(plan));
}
