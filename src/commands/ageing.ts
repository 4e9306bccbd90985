/** `comp ageing`: open invoices by days past due, with the commission that depends on them. */
import type { Result } from '../engine/result.js';
import { ageingOf } from '../explain/ageing.js';
import { formerNames, repNamed } from '../explain/named-rep.js';
import { findNearest } from '../problems/nearest.js';
import type { Fault } from '../problems/problem.js';
import { type AgeingScope, ageingText } from '../reports/ageing.js';
import { ageingRecord } from '../reports/ageing-record.js';
import type { Console, ExitCode } from './console.js';
import { type CalculationOptions, onWorkspace, type Report } from './run-command.js';

export interface AgeingOptions extends CalculationOptions {
  /** These reps only; all reps if empty. */
  readonly rep: readonly string[];
  /** Only the clawbacks of the next this many days. */
  readonly within?: number;
}

/** Shows what is open, for how long, and what it costs reps. */
export async function ageing(options: AgeingOptions, console: Console): Promise<ExitCode> {
  const { rep: typed, within } = options;
  return onWorkspace(options, console, { keep: { lines: true } }, ({ calculation }, { stage, notice }) => {
    const { result } = calculation;
    const scope: AgeingScope = { reps: [...new Set(typed.map((rep) => repNamed(rep, result)))], within };
    const faults = unknownReps(scope.reps, result);
    if (faults.length > 0) return { kind: 'refused', faults };
    for (const text of formerNames(typed, result)) notice(text);
    stage('Ageing');
    const facts = ageingOf(calculation, scope.reps);
    const report: Report = {
      data: () => ageingRecord(facts, result, scope),
      text: (screen) => ageingText(facts, result, scope, screen),
    };
    return { kind: 'done', report };
  });
}

/** Reps without any credit: most likely misspelled. */
function unknownReps(requested: readonly string[], { quarters, asOf }: Result): Fault[] {
  const known = [...new Set(quarters.map(({ repId }) => repId))];
  return requested
    .filter((repId) => !known.includes(repId))
    .map((repId) => {
      const nearest = findNearest(repId, known);
      const example = nearest === undefined ? '' : `, such as ${nearest}`;
      const expected = `a rep with an invoice booked up to ${asOf}${example}`;
      return { code: 'wrong-value', place: { kind: 'run' }, found: `--rep ${repId}`, expected };
    });
}
