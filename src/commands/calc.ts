/** `comp calc`: the month close, from a workspace to result files and a summary. */
import { basename } from 'node:path';
import { type Day, findDay } from '../day.js';
import { eachOpenPosting, postingTableOf } from '../engine/posted.js';
import type { Result } from '../engine/result.js';
import {
  appliedTable,
  CLOSED_POSTING_HEADER,
  closedPostingsTable,
  exceptionsTable,
  monthsTable,
  POSTING_HEADER,
  postingsTable,
  quartersTable,
  type Table,
} from '../ledgers/tables.js';
import { csvOf, csvRowsOf } from '../ledgers/write.js';
import { postingRows, postingsCsv } from '../ledgers/write-postings.js';
import type { Fault } from '../problems/problem.js';
import type { StoredClose } from '../workspace/closes/read-closes.js';
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
import { finishedText } from './finished.js';
import { Progress } from './progress.js';
import { tellResult } from './tell-result.js';

export interface CalcOptions extends CalculationOptions {
  readonly out: string;
  readonly only?: 'quarters';
  /** A workbook beside the other results. */
  readonly xlsx?: boolean;
}

/** Runs the close and tells how it ended. */
export async function calc(options: CalcOptions, console: Console): Promise<ExitCode> {
  const progress = new Progress(console, options.quiet === true);
  const { workspace, closes, result, faults } = await calculateWorkspace(options, console, {
    postings: options.only !== 'quarters',
    explain: options.xlsx === true,
    progress,
  });
  if (result !== undefined) progress.stage('Writing results');
  const written = result && (await write(result, closes, workspace, options, console));
  progress.done();
  if (result === undefined || written === undefined) return refuse(faults, workspace, options, console);
  const { names, finished, fault } = written;
  const notice = noticeOf(options, console);
  if (finished.length > 0) notice(finishedText(finished, 'results', options.out));
  if (fault !== undefined) return refuse([fault], workspace, options, console);
  await tellResult(result, closes, options, folderOf(options), console);
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
  closes: readonly StoredClose[],
  workspace: Workspace,
  options: CalcOptions,
  console: Console,
): Promise<Written> {
  const files: OutputFile[] = [
    csvFile(quartersTable(result)),
    ...(result.terms.payPeriod === 'month' ? [csvFile(monthsTable(result))] : []),
    ...(options.only === 'quarters' ? [] : [postingsFile(result, closes)]),
    ...(result.terms.applyCash === 'none' ? [] : [csvFile(appliedTable(result))]),
    csvFile(exceptionsTable(result.exceptions, (exception) => lineOf(workspace, exception))),
  ];
  const { version } = console;
  if (options.xlsx === true) {
    const { workbookOf } = await import('../workbook/workbook.js');
    const facts = { version, inputs: workspace.inputs, level: options.level };
    const { file, notices } = await workbookOf(result, { ...facts, lineOf: (one) => lineOf(workspace, one) });
    files.push(file);
    for (const text of notices) noticeOf(options, console)(text);
  }
  const outputs = files.map(({ name }) => name);
  const manifest = manifestOf(result, {
    version,
    inputs: workspace.inputs,
    level: options.level,
    closes,
    outputs,
  });
  files.push({ name: 'manifest.json', pieces: [manifest] });
  const names = files.map(({ name }) => name);
  const stale = ['months.csv', 'postings.csv', 'applied.csv', 'close.xlsx'].filter(
    (name) => !names.includes(name),
  );
  const file = findInputAmong([...names, ...stale], options.out, workspace.paths);
  const place = { kind: 'run' } as const;
  if (file !== undefined) {
    const fault = { code: 'output-is-input', place, path: options.out, file: basename(file) } as const;
    return { names, finished: [], fault };
  }
  const { finished, reason } = isInside(options.out, closesFolder(options.config))
    ? { finished: [], reason: 'closes are kept there, and nothing else' }
    : await publish(options.out, files, stale);
  if (reason === undefined) return { names, finished };
  return { names, finished, fault: { code: 'unwritable-output', place, path: options.out, reason } };
}

/** From so many postings on it pays to write them from their columns. */
const MANY = 10_000;

function postingsFile(result: Result, closes: readonly StoredClose[]): OutputFile {
  const table = postingTableOf(result);
  if (table.length < MANY) return csvFile(postingsTable(result));
  const pieces = result.closedThrough === undefined ? postingsCsv(table) : postingsSince(result, closes);
  return { name: 'postings.csv', pieces };
}

/** The postings of closed periods as their files have them, then those of open ones. */
function* postingsSince(result: Result, closes: readonly StoredClose[]): Iterable<string | Uint8Array> {
  const { currency, adjustments } = result;
  const isClosed = closes.length > 0;
  yield `${(isClosed ? CLOSED_POSTING_HEADER : POSTING_HEADER).join(',')}\n`;
  for (const close of closes) {
    const rows = close.findRows();
    if (rows === undefined) yield* csvRowsOf(closedPostingsTable(close.postings, currency));
    else yield rows;
  }
  if (adjustments.length > 0) {
    yield* csvRowsOf(closedPostingsTable(eachOpenPosting(result), currency));
    return;
  }
  const table = postingTableOf(result);
  const from = table.placeAfter(findDay(result.closedThrough as string) as Day);
  yield* postingRows(table, { from, to: table.length, isClosed });
}

function csvFile(table: Table): OutputFile {
  return { name: table.file, pieces: csvOf(table) };
}

/** The results folder as it was typed. */
function folderOf({ out }: CalcOptions): string {
  return out.replace(/(.)\/+$/, '$1');
}
