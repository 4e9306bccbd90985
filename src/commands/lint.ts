/** `comp lint`: what a careful plan designer, a lawyer or a rep would question. */

import { answered, unknownAcceptances } from '../lint/accept.js';
import { QUESTION_CODES } from '../lint/catalog.js';
import { questionsOn } from '../lint/lint.js';
import { findNearest } from '../problems/nearest.js';
import { keyText, nameOf, type TermsPath } from '../problems/place.js';
import type { Fault } from '../problems/problem.js';
import { lintCsv, lintRecord, lintText } from '../reports/lint.js';
import type { Console, ExitCode } from './console.js';
import { type CalculationOptions, onWorkspace, type Report } from './run-command.js';

export interface LintOptions extends CalculationOptions {
  /** The codes of these questions only; all if empty. */
  readonly only: readonly string[];
  /** As CSV. */
  readonly csv?: boolean;
}

/** Asks every question and shows those that the workspace raises. */
export async function lint(options: LintOptions, console: Console): Promise<ExitCode> {
  const keep = { postings: true, sales: true } as const;
  return onWorkspace(options, console, { keep }, ({ workspace, calculation }, { stage }) => {
    const faults = [...unknownCodes(options.only), ...unknownAcceptances(workspace)];
    if (faults.length > 0) return { kind: 'refused', faults };
    stage('Asking questions');
    const { result } = calculation;
    const { terms } = workspace;
    const all = questionsOn(calculation, workspace);
    const asked = all.filter(({ code }) => options.only.length === 0 || options.only.includes(code));
    const { questions, accepted } = answered(asked, workspace);
    const placeOf = (path: TermsPath) =>
      isIn(terms, path) ? nameOf(workspace.locate({ kind: 'terms', path })) : '';
    const report: Report = {
      data: () => lintRecord({ questions, accepted }, result, placeOf),
      text: (screen) =>
        options.csv === true
          ? lintCsv(questions, placeOf)
          : lintText({ questions, accepted }, result, placeOf, screen),
      isAnswer: true,
    };
    const notices = answered(all, workspace).unused.map(
      (path) => `${[placeOf(path), keyText(path)].join('  ')} accepts a question that is not raised.`,
    );
    return { kind: 'done', report, notices, exceptions: questions.length };
  });
}

/** Whether comp.yaml has the key, or one around it; a key that it leaves out as a whole has no place. */
function isIn(terms: object, [first]: TermsPath): boolean {
  return first !== undefined && Object.hasOwn(terms, first);
}

function unknownCodes(requested: readonly string[]): Fault[] {
  const codes: readonly string[] = QUESTION_CODES;
  return requested
    .filter((code) => !codes.includes(code))
    .map((code) => {
      const nearest = findNearest(code, codes);
      const example = nearest === undefined ? '' : `, such as ${nearest}`;
      const expected = `the code of a question${example}`;
      return { code: 'wrong-value', place: { kind: 'run' }, found: `--only ${code}`, expected };
    });
}
