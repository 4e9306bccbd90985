/** `comp calc`: the month close, from a workspace to result files and a summary. */
import { stateOfResult } from '../closing/period-state.js';
import type { Explainable, PostedResult, Result, Writable } from '../engine/result.js';
import type { CalculatedWorkspace, Surroundings } from '../workspace/calculate-workspace.js';
import { closedUnder } from '../workspace/closes/closed-under.js';
import { closesFolder, hasCloses } from '../workspace/closes/folder.js';
import { lineOf } from '../workspace/line-of.js';
import { writeOutput } from '../workspace/output.js';
import type { OutputFile } from '../workspace/publish.js';
import { resultFiles } from '../workspace/result-files.js';
import type { Console, ExitCode } from './console.js';
import { resultReport } from './result-report.js';
import { type CalculationOptions, type Ending, onWorkspace } from './run-command.js';
import { finishedNotice, plainFolder, wroteNotice } from './wrote.js';

export interface CalcOptions extends CalculationOptions {
  readonly out: string;
  readonly only?: 'quarters';
  /** A workbook beside the other results. */
  readonly xlsx?: boolean;
}

/** Calculates, writes the results and shows the summary. Keeps only what they need: memory grows with every part. */
export async function calc(options: CalcOptions, console: Console): Promise<ExitCode> {
  const { version } = console;
  if (options.xlsx === true) {
    const keep = { postings: true, lines: true } as const;
    return onWorkspace(options, console, { keep }, async (calculated, run) => {
      const workbook = await workbookFor(calculated, calculated.calculation, options, version, run);
      return write(calculated, { posted: calculated.calculation, workbook }, options, version, run);
    });
  }
  const isShort = options.only === 'quarters';
  // The summary compares postings with the closes.
  if (isShort && !hasCloses(closesFolder(options.config))) {
    return onWorkspace(options, console, { keep: {} }, (calculated, run) =>
      write(calculated, {}, options, version, run),
    );
  }
  return onWorkspace(options, console, { keep: { postings: true } }, (calculated, run) =>
    write(calculated, isShort ? {} : { posted: calculated.calculation }, options, version, run),
  );
}

/** A calculated workspace, whatever was kept. */
interface Calculated extends Pick<CalculatedWorkspace, 'workspace' | 'closes'> {
  readonly calculation: { readonly result: Result };
}

/** The results that not every run writes. */
interface More {
  readonly posted?: Writable;
  readonly workbook?: OutputFile;
}

async function write(
  { workspace, closes, calculation: { result } }: Calculated,
  { posted, workbook }: More,
  { out, config, level }: CalcOptions,
  version: string,
  { stage, notice }: Surroundings,
): Promise<Ending> {
  stage('Writing results');
  const state = stateOfResult(result, closes.map(closedUnder));
  const facts = { version, state, level };
  const { files, stale } = resultFiles({ workspace, closes, result, posted, workbook }, facts);
  const { finished, fault } = await writeOutput(
    { dir: out, files, stale, path: out },
    { inputs: workspace.paths, closes: closesFolder(config) },
  );
  if (finished.length > 0) notice(finishedNotice(finished, 'results', out));
  if (fault !== undefined) return { kind: 'refused', faults: [fault] };
  const report = await resultReport(result, closes, { folder: plainFolder(out), ledgers: workspace.ledgers });
  const names = files.map(({ name }) => name);
  return { kind: 'done', report, notices: [wroteNotice(names, out)] };
}

async function workbookFor(
  { workspace, closes }: Calculated,
  calculation: Explainable<PostedResult>,
  { level }: CalcOptions,
  version: string,
  { stage, notice }: Surroundings,
): Promise<OutputFile> {
  stage('Writing the workbook');
  const { workbookOf } = await import('../workbook/workbook.js');
  const { file, notices } = await workbookOf(calculation, {
    version,
    inputs: workspace.inputs,
    level,
    state: stateOfResult(calculation.result, closes.map(closedUnder)),
    lineOf: (exception) => lineOf(workspace, exception),
  });
  for (const text of notices) notice(text);
  return file;
}
