/** `comp report`: the close as one HTML page, for people who do not read its files. */
import { basename, dirname } from 'node:path';
import { stateOfResult } from '../closing/period-state.js';
import { reportPage } from '../report-page/report-page.js';
import { closesFolder } from '../workspace/closes/folder.js';
import { closedUnder } from '../workspace/closes/read-closes.js';
import { writeOutput } from '../workspace/output.js';
import type { Console, ExitCode } from './console.js';
import { type CalculationOptions, onWorkspace } from './run-command.js';
import { finishedNotice } from './wrote.js';

export interface ReportOptions extends CalculationOptions {
  readonly out: string;
}

/** Writes the page. */
export async function report(options: ReportOptions, console: Console): Promise<ExitCode> {
  const { config, level, out } = options;
  const { version } = console;
  const keep = { postings: true, lines: true } as const;
  return onWorkspace(options, console, { keep }, async ({ workspace, closes, calculation }, run) => {
    run.stage('Writing the report');
    const { inputs, locate, paths } = workspace;
    const state = stateOfResult(calculation.result, closes.map(closedUnder));
    const page = reportPage({ calculation, version, level, inputs, closes, state, locate });
    const [dir, name] = [dirname(out), basename(out)];
    const { finished, fault } = await writeOutput(
      { dir, files: [{ name, pieces: [`${page}`] }], stale: [], path: out },
      { inputs: paths, closes: closesFolder(config) },
    );
    if (finished.length > 0) run.notice(finishedNotice(finished, 'results', dir));
    if (fault !== undefined) return { kind: 'refused', faults: [fault] };
    const data = () => ({ asOf: calculation.result.asOf, report: out });
    return { kind: 'done', report: { data }, notices: [`Wrote ${out}`] };
  });
}
