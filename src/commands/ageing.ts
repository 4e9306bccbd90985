/** `comp ageing`: open invoices by days past due, with the commission that depends on them. */
import type { Result } from '../engine/result.js';
import { ageingOf } from '../explain/ageing.js';
import { findNearest } from '../problems/nearest.js';
import type { Fault } from '../problems/problem.js';
import { type AgeingScope, ageingText } from '../reports/ageing.js';
import { ageingRecord } from '../reports/ageing-record.js';
import { inStyle, type Style, widthOf } from '../reports/style.js';
import { type CalculationOptions, calculateWorkspace, refuse } from './calculation.js';
import { type Console, EXIT, type ExitCode } from './console.js';
import { Progress } from './progress.js';

export interface AgeingOptions extends CalculationOptions {
  /** These reps only; all reps if empty. */
  readonly rep: readonly string[];
  /** Only the clawbacks of the next this many days. */
  readonly within?: number;
}

/** Shows what is open, for how long, and what it costs reps. */
export async function ageing(options: AgeingOptions, console: Console): Promise<ExitCode> {
  const progress = new Progress(console, options.quiet === true);
  const { workspace, calculation, faults } = await calculateWorkspace(options, console, {
    keep: { lines: true },
    progress,
  });
  const scope: AgeingScope = { reps: [...new Set(options.rep)], within: options.within };
  const unknown = calculation === undefined ? [] : unknownReps(scope.reps, calculation.result);
  if (calculation === undefined || unknown.length > 0) {
    progress.done();
    return refuse([...faults, ...unknown], workspace, options, console);
  }
  progress.stage('Ageing');
  const { result } = calculation;
  const facts = ageingOf(calculation, scope.reps);
  progress.done();
  const { out, environment } = console;
  if (options.json === true) {
    out.write(`${JSON.stringify(ageingRecord(facts, result, scope), null, 2)}\n`);
  } else if (options.quiet !== true) {
    const write = (style: Style) =>
      ageingText(facts, result, scope, { style, width: widthOf(out), wide: options.wide === true });
    out.write(await inStyle(out, environment, write));
  }
  return options.strict === true && result.exceptions.length > 0 ? EXIT.exceptions : EXIT.done;
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
