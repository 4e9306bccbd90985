/** `comp report`: the close as one HTML page, for people who do not read its files. */
import { basename, dirname } from 'node:path';
import { stateOfResult } from '../closing/period-state.js';
import { reportPage } from '../report-page/report-page.js';
import type { Surroundings } from '../workspace/calculate-workspace.js';
import { closedUnder } from '../workspace/closes/closed-under.js';
import { closesFolder } from '../workspace/closes/folder.js';
import { findClose, pagesAgain } from '../workspace/closes/pages-again.js';
import { writeOutput } from '../workspace/output.js';
import type { OutputFile } from '../workspace/publish.js';
import { pagesFor, REPORT } from './close-pages.js';
import type { Console, ExitCode } from './console.js';
import { type CalculationOptions, type Ending, endingOn, runCommand } from './run-command.js';
import { finishedNotice } from './wrote.js';

export interface ReportOptions extends CalculationOptions {
  readonly out: string;
}

/** Writes the page: for a closed period, the one that its close keeps. */
export async function report(options: ReportOptions, console: Console): Promise<ExitCode> {
  const { version } = console;
  return runCommand(options, console, async (run) => {
    const closed = await reportOfClose(options, version, run);
    if (closed !== undefined) return write(closed.file, closed.asOf, options, [], run);
    const keep = { postings: true, lines: true } as const;
    return endingOn(options, { keep }, run, async ({ workspace, closes, calculation }) => {
      run.stage('Writing the report');
      const { inputs, locate, paths } = workspace;
      const { result } = calculation;
      const state = stateOfResult(result, closes.map(closedUnder));
      const { level } = options;
      const page = reportPage({ calculation, version, level, inputs, closes, state, locate });
      return write({ name: REPORT, pieces: [`${page}`] }, result.asOf, options, paths, run);
    });
  });
}

/** The report of a closed period, with its last day; undefined if the period is open, or its report is gone for good. */
async function reportOfClose(
  { config, period, asOf, level }: ReportOptions,
  version: string,
  run: Surroundings,
): Promise<{ readonly file: OutputFile; readonly asOf: string } | undefined> {
  if (period === undefined || asOf !== undefined || level !== undefined) return undefined;
  const close = findClose(config, period);
  const pages = close && (await pagesAgain(config, close, pagesFor(version, run.notice), run));
  const file = pages?.find(({ name }) => name === REPORT);
  return close && file && { file, asOf: close.period.to };
}

async function write(
  { pieces }: OutputFile,
  asOf: string,
  { config, out }: ReportOptions,
  inputs: readonly string[],
  run: Surroundings,
): Promise<Ending> {
  const [dir, name] = [dirname(out), basename(out)];
  const { finished, fault } = await writeOutput(
    { dir, files: [{ name, pieces }], stale: [], path: out },
    { inputs, closes: closesFolder(config) },
  );
  if (finished.length > 0) run.notice(finishedNotice(finished, 'results', dir));
  if (fault !== undefined) return { kind: 'refused', faults: [fault] };
  return { kind: 'done', report: { data: () => ({ asOf, report: out }) }, notices: [`Wrote ${out}`] };
}
