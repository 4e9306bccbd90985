/** `comp calc`: the month close, from a workspace to result files and a summary. */
import { basename } from 'node:path';
import { findPostingTable, type Result } from '../engine/calculate.js';
import {
  appliedTable,
  exceptionsTable,
  monthsTable,
  postingsTable,
  quartersTable,
  type Table,
} from '../ledgers/tables.js';
import { csvOf } from '../ledgers/write.js';
import { postingsCsv } from '../ledgers/write-postings.js';
import type { Fault } from '../problems/problem.js';
import { isInside } from '../workspace/inside.js';
import type { Workspace } from '../workspace/load.js';
import { manifestOf } from '../workspace/manifest.js';
import { findInputAmong, type OutputFile, publish } from '../workspace/publish.js';
import {
  type CalculationOptions,
  calculateWorkspace,
  closesFolder,
  lineOf,
  noticeOf,
  refuse,
} from './calculation.js';
import { type Console, EXIT, type ExitCode } from './console.js';
import { Progress } from './progress.js';
import { tellResult } from './tell-result.js';

export interface CalcOptions extends CalculationOptions {
  readonly out: string;
  readonly only?: 'quarters';
}

/** Runs the close and tells how it ended. */
export async function calc(options: CalcOptions, console: Console): Promise<ExitCode> {
  const progress = new Progress(console, options.quiet === true);
  const { workspace, closes, result, faults } = await calculateWorkspace(options, console, {
    postings: options.only !== 'quarters',
    progress,
  });
  if (result !== undefined) progress.stage('Writing results');
  const written = result && (await write(result, workspace, options, console.version));
  progress.done();
  if (result === undefined || written === undefined) return refuse(faults, workspace, options, console);
  const { names, fault } = written;
  if (fault !== undefined) return refuse([fault], workspace, options, console);
  await tellResult(result, closes, options, folderOf(options), console);
  noticeOf(options, console)(`Wrote ${names.join(', ')} to ${folderOf(options)}/`);
  return options.strict === true && result.exceptions.length > 0 ? EXIT.exceptions : EXIT.done;
}

/** Writes the results: the names of the files, and what kept them from being written. */
async function write(
  result: Result,
  workspace: Workspace,
  options: CalcOptions,
  version: string,
): Promise<{ readonly names: readonly string[]; readonly fault?: Fault }> {
  const files: OutputFile[] = [
    csvFile(quartersTable(result)),
    ...(result.terms.payPeriod === 'month' ? [csvFile(monthsTable(result))] : []),
    ...(options.only === 'quarters' ? [] : [postingsFile(result)]),
    ...(result.terms.applyCash === 'none' ? [] : [csvFile(appliedTable(result))]),
    csvFile(exceptionsTable(result.exceptions, (exception) => lineOf(workspace, exception))),
  ];
  const outputs = files.map(({ name }) => name);
  const manifest = manifestOf(result, { version, inputs: workspace.inputs, level: options.level, outputs });
  files.push({ name: 'manifest.json', pieces: [manifest] });
  const names = files.map(({ name }) => name);
  const stale = ['months.csv', 'postings.csv', 'applied.csv'].filter((name) => !names.includes(name));
  const file = findInputAmong([...names, ...stale], options.out, workspace.paths);
  const place = { kind: 'run' } as const;
  if (file !== undefined)
    return { names, fault: { code: 'output-is-input', place, path: options.out, file: basename(file) } };
  const reason = isInside(options.out, closesFolder(options.config))
    ? 'closes are kept there, and nothing else'
    : await publish(options.out, files, stale);
  if (reason === undefined) return { names };
  return { names, fault: { code: 'unwritable-output', place, path: options.out, reason } };
}

/** From so many postings on it pays to write them from their columns. */
const MANY = 10_000;

function postingsFile(result: Result): OutputFile {
  const table = findPostingTable(result);
  const isLarge = table !== undefined && table.length >= MANY;
  return isLarge ? { name: 'postings.csv', pieces: postingsCsv(table) } : csvFile(postingsTable(result));
}

function csvFile(table: Table): OutputFile {
  return { name: table.file, pieces: csvOf(table) };
}

/** The results folder as it was typed. */
function folderOf({ out }: CalcOptions): string {
  return out.replace(/(.)\/+$/, '$1');
}
