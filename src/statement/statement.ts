/** A rep's statement as data: figures that add up to the rep's row, and what each of them is made of, line by line. */
import { payrollRows } from '../closing/payroll.js';
import { type ClosedUnder, type PeriodState, periodStateOf } from '../closing/period-state.js';
import { addDays, type Day, findDay, isoOf } from '../day.js';
import { noAmounts } from '../engine/r1-words/line-accounts.js';
import type { PayRow } from '../engine/r1-words/pay-figures.js';
import { findNamed } from '../engine/r2-ledgers/calendar.js';
import type { Posting } from '../engine/r6-postings/posting-table.js';
import type { QuarterRow } from '../engine/r8-results/results.js';
import type { NamedPeriod } from '../engine/r11-closes/close.js';
import type { Explainable, PostedResult, RepPerson, Result } from '../engine/result.js';
import { type Attained, attainmentFinder } from '../explain/attainment.js';
import { type OpenLine, openLines } from '../explain/forecast/open-lines.js';
import { type LineHistories, type LineHistory, lineHistories } from '../explain/line-history/line-history.js';
import { lineNameOf, type NamedLine } from '../explain/line-history/line-name.js';
import { explainAllLines, type LineExplanation } from '../explain/lines.js';
import { explainAllPay, type PayExplanation } from '../explain/reps.js';
import { CREDIT_KINDS } from '../ledger-specs/credit-kinds.js';
import type { Minor } from '../money.js';
import { byCodeUnit } from '../order.js';
import type { Company, Plan, Terms } from '../plans/plan.js';
import { LineEvents, type LineFacts, Writer } from './facts.js';
import { outlookOf } from './outlook.js';
import { reasonsOf } from './reasons.js';
import { type Sections, sectionsOf } from './sections.js';
import type { Sentence } from './sentence.js';
import { type PaidStep, paidSteps } from './steps.js';

/** What statements are made from. */
export interface StatementInputs {
  /** With postings; if the period is closed, as of a later day and with the closes. */
  readonly result: PostedResult;
  /** As of the last day that statements cover, with lines: the same calculation unless that one is as of a later day. */
  readonly state: Explainable;
  /** A fiscal quarter, or a month if pay is monthly. */
  readonly period: NamedPeriod;
  /** What is closed, in order; nothing by default. */
  readonly closed?: readonly ClosedUnder[];
  /** The reps to write to; all who have a row in the period without. */
  readonly reps?: ReadonlySet<string> | undefined;
}

/** A pay period of the statement: what is paid for it, by when. */
export interface PaidPart {
  readonly period: string;
  readonly paid: Minor;
  /** The day by which it is to be paid, counted from the first receipt: it may lie within the period. */
  readonly payBy: string;
  readonly payday: Payday;
}

/** When a rep is paid: on a day that comp.yaml says; else by a day; or, where that is over, once the period is. */
export interface Payday {
  readonly kind: 'on' | 'by' | 'after';
  readonly date: string;
}

/** A rep's statement of a period. */
export interface Statement {
  readonly repId: string;
  /** Undefined if the ledger of reps does not name the rep. */
  readonly person: RepPerson | undefined;
  readonly company: Company;
  readonly currency: Result['currency'];
  readonly scale: number;
  readonly period: NamedPeriod;
  /** The last day that is covered: the period's, or an as-of date before it. */
  readonly until: string;
  /** Whether its figures are final. */
  readonly state: PeriodState;
  /** The row that all of it adds up to. */
  readonly row: PayRow;
  /** Bookings, quota and attainment; undefined in a month's statement. */
  readonly quarter: QuarterRow | undefined;
  /** What attainment comes from; undefined in a month's statement, without a plan, or if it is no longer known. */
  readonly attained: Attained | undefined;
  /** The plans that anything here is paid by. */
  readonly plans: readonly Plan[];
  /** One for each pay period. */
  readonly parts: readonly PaidPart[];
  /** From what became payable to what is paid: they add up to `row.paid`. */
  readonly steps: readonly PaidStep[];
  /** Why so much is paid, and why not more. */
  readonly reasons: Sentence;
  /** What can still change it. */
  readonly outlook: readonly Sentence[];
  /** What the debt of the period is made of. */
  readonly debt: DebtSources;
  /** R29: less than this is kept for the next pay. */
  readonly leastPaid: Minor;
  readonly sections: Sections;
}

/** Where a debt comes from: at any time since the rep last owed nothing. */
export interface DebtSources {
  /** Commission taken back, deductions, and what was owed at an opening. */
  readonly isCharged: boolean;
  /** Paid in advance, as a draw. */
  readonly isDrawn: boolean;
}

/** A fiscal quarter or a month with its days; undefined if the calendar has none of that name. */
export function findPeriod({ working }: Explainable, name: string): NamedPeriod | undefined {
  const found = findNamed(working.lines.setting.calendar, name);
  return found && { name, from: isoOf(found.from), to: isoOf(found.to) };
}

/** Makes the statements, by rep id. */
export function statementsOf({ result, state, period, closed = [], reps }: StatementInputs): Statement[] {
  const until = result.asOf < period.to ? result.asOf : period.to;
  const pay = explainAllPay(result, until, reps);
  const isRequested = (repId: string) => reps === undefined || reps.has(repId);
  const histories = lineHistories(result, { until, isRequested });
  const postingsByRep = postingsUntil(result, until, isRequested);
  const open = openByRep(state, reps);
  const isOwn = ({ name, quarter }: PayExplanation['period']) =>
    name === period.name || quarter === period.name;
  const requested: RepPeriod[] = [];
  for (const [repId, pays] of pay) {
    const own = pays.filter((one) => isOwn(one.period));
    if (own.length === 0) continue;
    const names = new Set(own.map((one) => one.period.name));
    const postings = (postingsByRep.get(repId) ?? []).filter((posting) => names.has(posting.period));
    requested.push({
      repId,
      own,
      before: pays.slice(0, pays.indexOf(own[0] as PayExplanation)),
      names,
      postings,
    });
  }
  const lines = explainedLines(state, requested, histories, open);
  const payBys = payBysOf(result, requested);
  const findAttained = attainmentFinder(result, state.result);
  return requested
    .sort((a, b) => byCodeUnit(a.repId, b.repId))
    .map((one) => {
      const { repId, own } = one;
      const quarter = result.quarters.find((row) => row.repId === repId && row.quarter === period.name);
      const row = own.length === 1 ? (own[0] as PayExplanation).row : (quarter as PayRow);
      const figures = { digits: result.currency.digits, scale: state.result.scale };
      const writer = new Writer(figures, one.names, result.terms.rounding);
      const history = histories.get(repId) ?? new Map<string, LineHistory>();
      const known = new Map<string, LineFacts>();
      const factsOf = (named: NamedLine): LineFacts => {
        const name = lineNameOf(named);
        const before = known.get(name);
        if (before !== undefined) return before;
        const line = lines.get(repId)?.get(name);
        // An invoice that nothing was posted for yet, since its commission is earned as customers pay.
        const nothing = { customerId: line?.customerId ?? '', firstPaid: undefined, amounts: noAmounts() };
        const { invoiceId, credit } = named;
        const events = new LineEvents(line);
        const facts = { ...nothing, ...history.get(name), invoiceId, credit, line, events };
        known.set(name, facts);
        return facts;
      };
      const inputs = {
        postings: one.postings,
        lines: [...history].sort(([a], [b]) => byCodeUnit(a, b)).map(([, line]) => line),
        factsOf,
        open: open.get(repId) ?? new Map<string, OpenLine>(),
        pays: own,
        period,
        closedPeriods: result.closedPeriods,
        until,
        writer,
      };
      const sections = sectionsOf(inputs);
      return {
        repId,
        person: result.people.get(repId),
        company: result.terms.company,
        currency: result.currency,
        scale: state.result.scale,
        period,
        until,
        state: periodStateOf(period, until, closed),
        row,
        quarter,
        attained: quarter && findAttained(quarter),
        plans: plansOf(state, repId, until, lines.get(repId)),
        parts: own.map(({ period: { name, to }, row: { paid } }) => {
          const payBy = payBys.get(name)?.get(repId) as string;
          return { period: name, paid, payBy, payday: paydayOf(to, payBy, result.terms) };
        }),
        steps: paidSteps(sections, row),
        reasons: reasonsOf({
          ...inputs,
          sections,
          row,
          before: one.before,
        }),
        outlook: outlookOf({ ...inputs, sections }),
        debt: debtOf(one),
        leastPaid: result.terms.payout.least,
        sections,
      };
    });
}

/** A rep with a row in the period. */
interface RepPeriod {
  readonly repId: string;
  /** The pay periods of the statement, and those before them. */
  readonly own: readonly PayExplanation[];
  readonly before: readonly PayExplanation[];
  readonly names: ReadonlySet<string>;
  readonly postings: readonly Posting[];
}

/** What the rep owes in the period, or owed when it began, came from. */
function debtOf({ own, before }: RepPeriod): DebtSources {
  const rows = own.map(({ row }) => row);
  let isBrought = rows[0]?.owedOpening !== 0n;
  for (const { row } of before.toReversed()) {
    if (!isBrought) break;
    rows.push(row);
    isBrought = row.owedOpening !== 0n;
  }
  return {
    isCharged: isBrought || rows.some(({ charged }) => charged > 0n),
    isDrawn: rows.some(({ drawn }) => drawn > 0n),
  };
}

/** The postings up to the statement's day, by rep. */
function postingsUntil(
  result: PostedResult,
  until: string,
  isRequested: (repId: string) => boolean,
): ReadonlyMap<string, readonly Posting[]> {
  const byRep = new Map<string, Posting[]>();
  for (const posting of result.postings) {
    const { repId, date } = posting;
    if (date > until || !isRequested(repId)) continue;
    const own = byRep.get(repId);
    if (own === undefined) byRep.set(repId, [posting]);
    else own.push(posting);
  }
  return byRep;
}

function openByRep(
  state: Explainable,
  reps: ReadonlySet<string> | undefined,
): Map<string, Map<string, OpenLine>> {
  const byRep = new Map<string, Map<string, OpenLine>>();
  for (const line of openLines(state)) {
    if (reps?.has(line.repId) === false) continue;
    const own = byRep.get(line.repId);
    if (own === undefined) byRep.set(line.repId, new Map([[lineNameOf(line), line]]));
    else own.set(lineNameOf(line), line);
  }
  return byRep;
}

/** The lines that statements explain: those that moved, wait, are open, are taken back or are a debt. */
function explainedLines(
  state: Explainable,
  requested: readonly RepPeriod[],
  histories: LineHistories,
  open: ReadonlyMap<string, ReadonlyMap<string, OpenLine>>,
): Map<string, Map<string, LineExplanation>> {
  const invoicesByRep = new Map<string, Set<string>>();
  for (const { repId, postings, before } of requested) {
    const own = new Set(postings.map(({ invoiceId }) => invoiceId));
    for (const { invoiceId } of open.get(repId)?.values() ?? []) own.add(invoiceId);
    for (const { invoiceId, amounts } of histories.get(repId)?.values() ?? []) {
      if (amounts.clawedBack !== 0n || amounts.held !== 0n) own.add(invoiceId);
    }
    for (const { invoices } of before) {
      for (const { invoiceId, net } of invoices) if (net < 0n) own.add(invoiceId);
    }
    invoicesByRep.set(repId, own);
  }
  const lines = new Map<string, Map<string, LineExplanation>>();
  const isRequested = (repId: string, invoiceId: string) => invoicesByRep.get(repId)?.has(invoiceId) === true;
  for (const line of explainAllLines(state, isRequested)) {
    const own = lines.get(line.repId);
    if (own === undefined) lines.set(line.repId, new Map([[lineNameOf(line), line]]));
    else own.set(lineNameOf(line), line);
  }
  return lines;
}

/** Payroll cannot pay a period before it is over: then a pay-by date within it says nothing to the rep. */
function paydayOf(to: string, payBy: string, { payDay }: Terms): Payday {
  if (payDay !== undefined) return { kind: 'on', date: isoOf(addDays(findDay(to) as Day, payDay)) };
  return payBy > to ? { kind: 'by', date: payBy } : { kind: 'after', date: to };
}

/** The day by which each rep is paid, by pay period. */
function payBysOf(result: Result, requested: readonly RepPeriod[]): Map<string, Map<string, string>> {
  const periods = new Map(requested.flatMap(({ own }) => own.map(({ period }) => [period.name, period])));
  const postings = requested.flatMap((one) => one.postings);
  const rows = requested.flatMap(({ repId, own }) =>
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

/** The plan that the rep has on the day, and the plans of the lines that are explained. */
function plansOf(
  { result, working }: Explainable,
  repId: string,
  until: string,
  lines: ReadonlyMap<string, LineExplanation> | undefined,
): Plan[] {
  const day = findDay(until) as Day;
  const now = CREDIT_KINDS.map((credit) => working.lines.credits.planOf(repId, day, credit));
  const plans = new Set([...(lines?.values() ?? [])].map(({ plan }) => plan));
  return result.terms.plans.filter((plan) => now.includes(plan) || plans.has(plan));
}
