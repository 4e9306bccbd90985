/** What every command has in common: progress and notices, faults or a report, and how the run ends. */
import { displayedLines } from '../displayed.js';
import type { Keep } from '../engine/working.js';
import type { Place } from '../problems/place.js';
import type { Fault } from '../problems/problem.js';
import { writeJson } from '../reports/json-text.js';
import { inStyle, noticeText, type TextOptions, widthOf } from '../reports/style.js';
import {
  type CalculatedWorkspace,
  calculateWorkspace,
  type Needs,
  type Surroundings,
  type WorkspaceOptions,
} from '../workspace/calculate-workspace.js';
import { UnusableClose } from '../workspace/closes/damaged-close.js';
import { isOfTheSystem, reasonOf } from '../workspace/reason.js';
import { type Console, EXIT, type ExitCode } from './console.js';
import { nextText } from './next-steps.js';
import { Progress } from './progress.js';

/** What a run shows, and how it ends. */
export interface OutputOptions {
  readonly json?: boolean;
  readonly quiet?: boolean;
  /** Tables with all columns, however wide. */
  readonly wide?: boolean;
  /** Whether exceptions have an exit code of their own. */
  readonly strict?: boolean;
}

/** The options of a command that calculates a workspace. */
export interface CalculationOptions extends WorkspaceOptions, OutputOptions {}

/** What a command shows on standard output. */
export interface Report {
  /** For `--json`. */
  readonly data: () => unknown;
  /** For people; without it, there is nothing to show but notices. */
  readonly text?: (options: TextOptions) => string;
  /** Commands to go on with, shown below the text. */
  readonly next?: readonly string[];
  /** Whether the text is the answer itself, which `--quiet` does not suppress. */
  readonly isAnswer?: boolean;
}

/** How a command ends: with faults, or with a report and notices after it. */
export type Ending =
  | {
      readonly kind: 'refused';
      readonly faults: readonly Fault[];
      /** Finds the file and line of a place; needed only if a fault has a place in a ledger or in comp.yaml. */
      readonly locate?: ((place: Place) => Place) | undefined;
      /** What was written before one of several outputs could not be, as typed. */
      readonly written?: readonly string[];
    }
  | {
      readonly kind: 'done';
      readonly report?: Report;
      readonly notices?: readonly string[];
      /** How many exceptions there are, for `--strict`; those of the result where it is a workspace's, unless given. */
      readonly exceptions?: number;
    };

/** Runs a command to its exit code. */
export async function runCommand(
  options: OutputOptions,
  console: Console,
  act: (run: Surroundings) => Promise<Ending>,
): Promise<ExitCode> {
  const progress = new Progress(console, options.quiet === true);
  const notice = (text: string) => {
    progress.clear();
    if (options.quiet !== true)
      console.err.write(`${noticeText(displayedLines(text), console.err, console.environment)}\n`);
  };
  const stage = (what: string) => progress.stage(what);
  const ending = await endingOf(() => act({ today: console.today, stage, notice }));
  progress.clear();
  if (ending.kind === 'refused') {
    await showFaults(ending, options, console);
    return EXIT.refused;
  }
  if (ending.report !== undefined) await show(ending.report, options, console);
  for (const text of ending.notices ?? []) notice(text);
  return options.strict === true && (ending.exceptions ?? 0) > 0 ? EXIT.exceptions : EXIT.done;
}

/** Runs a command on the calculation of a workspace; if there is none, it shows why. */
export async function onWorkspace<Kept extends Keep>(
  options: CalculationOptions,
  console: Console,
  needs: Needs<Kept>,
  act: (calculated: CalculatedWorkspace<Kept>, run: Surroundings) => Ending | Promise<Ending>,
): Promise<ExitCode> {
  return runCommand(options, console, (run) => endingOn(options, needs, run, act));
}

/** The same within a run. */
export async function endingOn<Kept extends Keep>(
  options: CalculationOptions,
  needs: Needs<Kept>,
  run: Surroundings,
  act: (calculated: CalculatedWorkspace<Kept>, run: Surroundings) => Ending | Promise<Ending>,
): Promise<Ending> {
  const outcome = await calculateWorkspace(options, needs, run);
  const { locate } = outcome.workspace;
  if (outcome.kind === 'refused') return { ...outcome, locate };
  const ending = await act(outcome, run);
  if (ending.kind === 'refused') return { ...ending, locate };
  return { exceptions: outcome.calculation.result.exceptions.length, ...ending };
}

/** A damaged close may come to light late, since its postings are read on demand; the system may refuse anything at any time. */
async function endingOf(act: () => Promise<Ending>): Promise<Ending> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof UnusableClose) return { kind: 'refused', faults: error.faults };
    if (!isOfTheSystem(error)) throw error;
    const fault = { path: error.path ?? error.syscall ?? '', reason: reasonOf(error), isTemporary: false };
    return { kind: 'refused', faults: [{ code: 'system-refused', place: { kind: 'run' }, ...fault }] };
  }
}

async function show(
  { data, text, next = [], isAnswer }: Report,
  { json, quiet, wide = false }: OutputOptions,
  { out, environment }: Console,
): Promise<void> {
  if (json === true) {
    writeJson(data(), out.write);
  } else if (text !== undefined && (quiet !== true || isAnswer === true)) {
    const width = widthOf(out, environment);
    out.write(await inStyle(out, environment, (style) => text({ style, width, wide }), wide));
    out.write(nextText(next));
  }
}

async function showFaults(
  { faults, locate = (place) => place, written = [] }: Extract<Ending, { kind: 'refused' }>,
  { json }: OutputOptions,
  { out, err, environment }: Console,
): Promise<void> {
  // Most runs have no faults, and do not load their texts.
  const { faultRecords, faultsText } = await import('../reports/faults.js');
  if (json === true) {
    writeJson({ faults: faultRecords(faults, locate), ...(written.length > 0 && { written }) }, out.write);
  } else {
    const width = widthOf(err, environment);
    err.write(await inStyle(err, environment, (style) => faultsText(faults, locate, style, width, written)));
  }
}
