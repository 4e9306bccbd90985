/** Why there is nothing to explain: the fault that names what is missing, and what may have been meant. */
import { findNamed } from '../engine/r2-ledgers/calendar.js';
import type { Explainable, PostedResult } from '../engine/result.js';
import { findNearest } from '../problems/nearest.js';
import type { Fault } from '../problems/problem.js';
import { explainAllLines, explainLines } from './lines.js';

/** What is to be explained. */
export interface Question {
  /** An invoice or a rep. */
  readonly what: string;
  /** Of an invoice, the line of this rep only. */
  readonly rep?: string;
  /** Of a rep, this fiscal quarter or month. */
  readonly quarter?: string;
}

/** What is missing: the period, a row of the rep, a line of the invoice, or anything with that name. */
export function whyNothing(calculation: Explainable<PostedResult>, { what, rep, quarter }: Question): Fault {
  const place = { kind: 'run' } as const;
  const { result, working } = calculation;
  const { asOf, quarters } = result;
  const { payPeriod } = result.terms;
  if (quarter !== undefined && findNamed(working.lines.setting.calendar, quarter) === undefined) {
    return { code: 'unknown-period', place, found: quarter };
  }
  const facts = {
    code: 'nothing-to-explain',
    place,
    found: what,
    asOf,
    invoice: undefined,
    nearest: undefined,
  } as const;
  const reps = explainLines(calculation, what).map(({ repId }) => repId);
  if (reps.length > 0) {
    const flag = quarter === undefined && rep !== undefined ? '--rep' : '--quarter';
    return { ...facts, known: { kind: 'invoice', reps, flag } };
  }
  const own = quarters.filter(({ repId }) => repId === what).map((row) => row.quarter);
  const [from, to] = [own[0], own.at(-1)];
  if (quarter !== undefined && from !== undefined && to !== undefined) {
    return payPeriod === 'quarter' && !quarter.includes('Q')
      ? { code: 'no-pay-period', place, found: quarter, payPeriod }
      : { ...facts, known: { kind: 'rep', period: quarter, from, to } };
  }
  return { ...facts, invoice: findInvoiceOf(calculation, what), nearest: findNearest(what, namesIn(result)) };
}

/** The invoice of a payment, credit memo or write-off, whether or not it changed anything. */
function findInvoiceOf(calculation: Explainable<PostedResult>, source: string): string | undefined {
  for (const { invoiceId, events } of explainAllLines(calculation)) {
    if (events.some(({ sourceId }) => sourceId === source)) return invoiceId;
  }
  // A closed period may contain a row that has since been removed.
  for (const { sourceId, invoiceId } of calculation.result.postings) {
    if (sourceId === source) return invoiceId;
  }
  return undefined;
}

/** The names that a misspelled one may mean. */
function namesIn({ postings, quarters }: PostedResult): string[] {
  const names = new Set(quarters.map(({ repId }) => repId));
  for (const { invoiceId } of postings) names.add(invoiceId);
  return [...names];
}
