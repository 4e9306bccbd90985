/** `comp calc`: the month close, from a workspace to result files and a summary. */
import { basename } from 'node:path';
import { postingTableOf, type Result } from '../engine/calculate.js';
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
import type { LedgerName } from '../problems/place.js';
import type { Fault } from '../problems/problem.js';
import { resultRecord } from '../reports/json.js';
import { inStyle, widthOf } from '../reports/style.js';
import { summaryText } from '../reports/summary.js';
import type { Workspace } from '../workspace/load.js';
import { manifestOf } from '../workspace/manifest.js';
import { findInputAmong, type OutputFile, publish } from '../workspace/publish.js';
import { type CloseOptions, close, noticeOf, refuse } from './close.js';
import { type Console, EXIT, type ExitCode } from './console.js';
import { finishedText } from './finished.js';
import { Progress } from './progress.js';

export interface CalcOptions extends CloseOptions {
  readonly out: string;
  readonly only?: 'quarters';
}

/** Runs the close and tells how it ended. */
export async function calc(options: CalcOptions, console: Console): Promise<ExitCode> {
  const progress = new Progress(console, options.quiet === true);
  const { workspace, result, faults } = await close(options, console, {
    postings: options.only !== 'quarters',
    progress,
  });
  if (result !== undefined) progress.stage('Writing results');
  const written = result && (await write(result, workspace, options, console.version));
  progress.done();
  if (result === undefined || written === undefined) return refuse(faults, workspace, options, console);
  const { names, finished, fault } = written;
  const notice = noticeOf(options, console);
  if (finished.length > 0) notice(finishedText(finished, 'results', options.out));
  if (fault !== undefined) return refuse([fault], workspace, options, console);
  if (options.json === true) console.out.write(`${JSON.stringify(resultRecord(result), null, 2)}\n`);
  else if (options.quiet !== true) console.out.write(await summary(result, options, console));
  notice(`Wrote ${names.join(', ')} to ${folderOf(options)}/`);
  return options.strict === true && result.exceptions.length > 0 ? EXIT.exceptions : EXIT.done;
}

/** What came of writing the results. */
interface Written {
  readonly names: readonly string[];
  /** Files of an earlier run that was stopped over placing them. */
  readonly finished: readonly string[];
  /** What kept the files from being written. */
  readonly fault?: Fault;
}

/** Writes the results. */
async function write(
  result: Result,
  workspace: Workspace,
  options: CalcOptions,
  version: string,
): Promise<Written> {
  const files: OutputFile[] = [
    csvFile(quartersTable(result)),
    ...(result.terms.payPeriod === 'month' ? [csvFile(monthsTable(result))] : []),
    ...(options.only === 'quarters' ? [] : [postingsFile(result)]),
    ...(result.terms.applyCash === 'none' ? [] : [csvFile(appliedTable(result))]),
    csvFile(exceptionsTable(result.exceptions, ({ ledger, row }) => lineOf(workspace, ledger, row))),
  ];
  const outputs = files.map(({ name }) => name);
  const manifest = manifestOf(result, { version, inputs: workspace.inputs, level: options.level, outputs });
  files.push({ name: 'manifest.json', pieces: [manifest] });
  const names = files.map(({ name }) => name);
  const stale = ['months.csv', 'postings.csv', 'applied.csv'].filter((name) => !names.includes(name));
  const file = findInputAmong([...names, ...stale], options.out, workspace.paths);
  const place = { kind: 'run' } as const;
  if (file !== undefined) {
    const fault = { code: 'output-is-input', place, path: options.out, file: basename(file) } as const;
    return { names, finished: [], fault };
  }
  const { finished, reason } = await publish(options.out, files, stale);
  if (reason === undefined) return { names, finished };
  return { names, finished, fault: { code: 'unwritable-output', place, path: options.out, reason } };
}

/** From so many postings on it pays to write them from their columns. */
const MANY = 10_000;

function postingsFile(result: Result): OutputFile {
  const isLarge = postingTableOf(result).length >= MANY;
  return isLarge ? { name: 'postings.csv', pieces: postingsCsv(result) } : csvFile(postingsTable(result));
}

function csvFile(table: Table): OutputFile {
  return { name: table.file, pieces: csvOf(table) };
}

function lineOf({ locate }: Workspace, ledger: LedgerName, row: number | undefined): number | undefined {
  if (row === undefined) return undefined;
  const place = locate({ kind: 'row', ledger, row });
  return place.kind === 'file' ? place.line : undefined;
}

function summary(result: Result, options: CalcOptions, { out, environment }: Console): Promise<string> {
  const [width, wide] = [widthOf(out), options.wide === true];
  return inStyle(out, environment, (style) =>
    summaryText(result, { style, width, wide, out: folderOf(options) }),
  );
}

/** The results folder as it was typed. */
function folderOf({ out }: CalcOptions): string {
  return out.replace(/(.)\/+$/, '$1');
}
