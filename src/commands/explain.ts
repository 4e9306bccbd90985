/** `comp explain <invoice or rep>`: why, with every event, its rule and its arithmetic. */
import { findNamed } from '../engine/r2-ledgers/calendar.js';
import type { Explainable, PostedResult } from '../engine/result.js';
import { explainAllLines, explainLines } from '../explain/lines.js';
import { explainPay } from '../explain/reps.js';
import { findNearest } from '../problems/nearest.js';
import type { Fault } from '../problems/problem.js';
import { lineText } from '../reports/explain-line.js';
import { payText } from '../reports/explain-pay.js';
import { lineRecord, payRecord } from '../reports/explain-record.js';
import { inStyle, type Style, widthOf } from '../reports/style.js';
import { type CalculationOptions, calculateWorkspace, refuse } from './calculation.js';
import { type Console, EXIT, type ExitCode } from './console.js';
import { Progress } from './progress.js';

export interface ExplainOptions extends CalculationOptions {
  /** An invoice or a rep. */
  readonly what: string;
  readonly rep?: string;
  readonly quarter?: string;
}

/** Writes the explanation. */
export async function explain(options: ExplainOptions, console: Console): Promise<ExitCode> {
  const { what, rep, quarter } = options;
  const progress = new Progress(console, options.quiet === true);
  const { workspace, calculation, faults } = await calculateWorkspace(options, console, {
    keep: { postings: true, lines: true },
    progress,
  });
  progress.done();
  if (calculation === undefined) return refuse(faults, workspace, options, console);
  const { result } = calculation;
  const lines = quarter === undefined ? explainLines(calculation, what, rep) : [];
  const period = quarter ?? result.payPeriod;
  const pay = lines.length === 0 ? explainPay(result, what, period) : [];
  if (lines.length === 0 && pay.length === 0) {
    return refuse([whyNothing(calculation, options)], workspace, options, console);
  }
  const { out, environment } = console;
  const exit = options.strict === true && result.exceptions.length > 0 ? EXIT.exceptions : EXIT.done;
  if (options.json === true) {
    const records = [
      ...lines.map((line) => lineRecord(line, result)),
      ...pay.map((one) => payRecord(one, result)),
    ];
    out.write(`${JSON.stringify({ asOf: result.asOf, explanations: records }, null, 2)}\n`);
    return exit;
  }
  const write = (style: Style) => {
    const surroundings = { result, style, width: widthOf(out) };
    const texts = [
      ...lines.map((line) => lineText(line, surroundings)),
      ...pay.map((one) => payText(one, result, surroundings)),
    ];
    return texts.map((text) => `${text.join('\n')}\n`).join('\n');
  };
  out.write(await inStyle(out, environment, write));
  return exit;
}

/** What is missing: the period, a row of the rep, a line of the invoice, or anything with that name. */
function whyNothing(calculation: Explainable<PostedResult>, { what, rep, quarter }: ExplainOptions): Fault {
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
