/** `comp report`: the close as one HTML page, for people who do not read its files. */
import { basename, dirname } from 'node:path';
import { reportPage } from '../report-page/report-page.js';
import { isInside } from '../workspace/inside.js';
import { findInputAmong, publish } from '../workspace/publish.js';
import {
  type CalculationOptions,
  calculateWorkspace,
  closesFolder,
  findDamage,
  noticeOf,
  refuse,
} from './calculation.js';
import { type Console, EXIT, type ExitCode } from './console.js';
import { finishedText } from './finished.js';
import { Progress } from './progress.js';

export interface ReportOptions extends CalculationOptions {
  readonly out: string;
}

/** Writes the page. */
export async function report(options: ReportOptions, console: Console): Promise<ExitCode> {
  const progress = new Progress(console, options.quiet === true);
  const keep = { postings: true, lines: true } as const;
  const { workspace, closes, calculation, faults } = await calculateWorkspace(options, console, {
    keep,
    progress,
  });
  if (calculation === undefined) {
    progress.done();
    return refuse(faults, workspace, options, console);
  }
  progress.stage('Writing the report');
  const { inputs, locate, paths } = workspace;
  const { result } = calculation;
  const source = { calculation, version: console.version, level: options.level, inputs, closes, locate };
  const [dir, name] = [dirname(options.out), basename(options.out)];
  const place = { kind: 'run' } as const;
  const file = findInputAmong([name], dir, paths);
  if (file !== undefined) {
    progress.done();
    const fault = { code: 'output-is-input', place, path: options.out, file: basename(file) } as const;
    return refuse([fault], workspace, options, console);
  }
  let page: string;
  try {
    page = `${reportPage(source)}`;
  } catch (error) {
    const fault = findDamage(error);
    if (fault === undefined) throw error;
    progress.done();
    return refuse([fault], workspace, options, console);
  }
  const { finished, reason } = isInside(dir, closesFolder(options.config))
    ? { finished: [], reason: 'that folder is for closes only' }
    : await publish(dir, [{ name, pieces: [page] }], []);
  progress.done();
  const notice = noticeOf(options, console);
  if (finished.length > 0) notice(finishedText(finished, 'results', dir));
  if (reason !== undefined) {
    return refuse(
      [{ code: 'unwritable-output', place, path: options.out, reason }],
      workspace,
      options,
      console,
    );
  }
  if (options.json === true) {
    console.out.write(`${JSON.stringify({ asOf: result.asOf, report: options.out }, null, 2)}\n`);
  }
  notice(`Wrote ${options.out}`);
  return options.strict === true && result.exceptions.length > 0 ? EXIT.exceptions : EXIT.done;
}
