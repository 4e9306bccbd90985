/** `comp explain <invoice or rep>`: why, with every event, its rule and its arithmetic. */
import type { Result } from '../engine/result.js';
import { explainLines } from '../explain/lines.js';
import { explainPay } from '../explain/reps.js';
import { findNearest } from '../problems/nearest.js';
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

/** Explains and tells how it ended. */
export async function explain(options: ExplainOptions, console: Console): Promise<ExitCode> {
  const { what, rep, quarter } = options;
  const progress = new Progress(console, options.quiet === true);
  const wanted = { postings: true, explain: true, progress };
  const { workspace, result, faults } = await calculateWorkspace(options, console, wanted);
  progress.done();
  if (result === undefined) return refuse(faults, workspace, options, console);
  const lines = quarter === undefined ? explainLines(result, what, rep) : [];
  const period = quarter ?? result.payPeriod;
  const pay = lines.length === 0 ? explainPay(result, what, period) : [];
  if (lines.length === 0 && pay.length === 0) {
    const nearest = findNearest(what, namesIn(result));
    const place = { kind: 'run' } as const;
    const invoice = result.postings.find(({ sourceId }) => sourceId === what)?.invoiceId;
    const facts = { found: what, invoice, asOf: result.asOf, nearest };
    return refuse([{ code: 'nothing-to-explain', place, ...facts }], workspace, options, console);
  }
  const { out, environment } = console;
  if (options.json === true) {
    const records = [
      ...lines.map((line) => lineRecord(line, result)),
      ...pay.map((one) => payRecord(one, result)),
    ];
    out.write(`${JSON.stringify({ asOf: result.asOf, explanations: records }, null, 2)}\n`);
    return EXIT.done;
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
  return EXIT.done;
}

/** What could have been meant. */
function namesIn({ postings, quarters }: Result): string[] {
  const names = new Set(quarters.map(({ repId }) => repId));
  for (const { invoiceId } of postings) names.add(invoiceId);
  return [...names];
}
