/** `comp explain <invoice or rep>`: why, with every event, its rule and its arithmetic. */
import { type ClosedUnder, periodStateOf, throughRecord, throughTexts } from '../closing/period-state.js';
import { explainCash } from '../explain/cash.js';
import { explainLines } from '../explain/lines.js';
import { formerNames, repNamed } from '../explain/named-rep.js';
import { paySources } from '../explain/pay-sources.js';
import { explainPay, type PayExplanation } from '../explain/reps.js';
import { type Question, whyNothing } from '../explain/why-nothing.js';
import { nameOf, type Place } from '../problems/place.js';
import { cashText } from '../reports/explain-cash.js';
import { lineText } from '../reports/explain-line.js';
import { payText } from '../reports/explain-pay.js';
import { cashRecord, lineRecord, payRecord } from '../reports/explain-record.js';
import { closedUnder } from '../workspace/closes/closed-under.js';
import type { Console, ExitCode } from './console.js';
import { type CalculationOptions, onWorkspace, type Report } from './run-command.js';

export interface ExplainOptions extends CalculationOptions, Question {}

/** Writes the explanation. */
export async function explain(options: ExplainOptions, console: Console): Promise<ExitCode> {
  const keep = { postings: true, lines: true } as const;
  return onWorkspace(options, console, { keep }, ({ calculation, closes, workspace }, { notice }) => {
    const { result } = calculation;
    const { rep: typed, quarter } = options;
    const rep = typed === undefined ? undefined : repNamed(typed, result);
    // An invoice id comes before a rep's name.
    const isTyped = explainLines(calculation, options.what).length > 0;
    const what = isTyped ? options.what : repNamed(options.what, result);
    const lines = quarter === undefined ? explainLines(calculation, what, rep) : [];
    const cash = quarter === undefined ? explainCash(calculation, what, rep) : [];
    const isInvoice = lines.length + cash.length > 0;
    const pay = !isInvoice ? explainPay(result, what, quarter ?? result.payPeriod) : [];
    if (!isInvoice && pay.length === 0) {
      return { kind: 'refused', faults: [whyNothing(calculation, { ...options, what })] };
    }
    const texts = [...(isTyped ? [] : [options.what]), ...(typed === undefined ? [] : [typed])];
    for (const text of formerNames(texts, result)) notice(text);
    const sources = {
      ...paySources(calculation),
      nameOf: (place: Place) => nameOf(workspace.locate(place)),
    };
    const closed = closes.map(closedUnder);
    const contextOf = ({ period }: PayExplanation) => {
      const { name, from, to } = period;
      return { sources, state: periodStateOf({ name, from, to }, result.asOf, closed) };
    };
    const report: Report = {
      data: () => ({
        asOf: result.asOf,
        ...throughRecord(closed),
        explanations: [
          ...lines.map((line) => lineRecord(line, result)),
          ...cash.map((one) => cashRecord(one, result)),
          ...pay.map((one) => payRecord(one, result, contextOf(one))),
        ],
      }),
      text: (screen) => {
        const surroundings = { result, ...screen };
        const texts = [
          ...lines.map((line) => withCloses(lineText(line, surroundings), closed)),
          ...cash.map((one) => cashText(one, result)),
          ...pay.map((one) => payText(one, result, screen, contextOf(one))),
        ];
        return texts.map((text) => `${text.join('\n')}\n`).join('\n');
      },
      isAnswer: true,
    };
    return { kind: 'done', report };
  });
}

/** The text of a line, with what is closed below its heading. */
function withCloses([heading = '', ...rest]: readonly string[], closes: readonly ClosedUnder[]): string[] {
  const texts = throughTexts(closes);
  return [heading, ...(texts.length === 0 ? [] : [texts.join(' ')]), ...rest];
}
