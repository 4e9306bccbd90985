/** `comp calc`: the month close, from a workspace to result files and a summary. */
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { type Day, findDay } from '../day.js';
import type { Explainable, PostedResult, Result, Writable } from '../engine/result.js';
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
import { manifestOf } from '../workspace/manifest.js';
import { findInputAmong, type OutputFile, publish } from '../workspace/publish.js';
import {
  type CalculationOptions,
  calculateWorkspace,
  closesFolder,
  lineOf,
  noticeOf,
  refuse,
  type WorkspaceRun,
} from './calculation.js';
import { type Console, EXIT, type ExitCode } from './console.js';
import { finishedText } from './finished.js';
import { Progress } from './progress.js';
import { showResult } from './show-result.js';

export interface CalcOptions extends CalculationOptions {
  readonly out: string;
  readonly only?: 'quarters';
  /** A workbook beside the other results. */
  readonly xlsx?: boolean;
}

/** Calculates, writes the results and shows the summary. */
export async function calc(options: CalcOptions, console: Console): Promise<ExitCode> {
  const progress = new Progress(console, options.quiet === true);
  const run = await runFor(options, console, progress);
  const { workspace, closes, calculation } = run;
  if (calculation === undefined) {
    progress.done();
    return refuse(run.faults, workspace, options, console);
  }
  const { result } = calculation;
  progress.stage('Writing results');
  const written = await write(run, result, options, console);
  progress.done();
  const { names, finished, fault } = written;
  const notice = noticeOf(options, console);
  if (finished.length > 0) notice(finishedText(finished, 'results', options.out));
  if (fault !== undefined) return refuse([fault], workspace, options, console);
  await showResult(result, closes, options, folderOf(options), console);
  notice(`Wrote ${names.join(', ')} to ${folderOf(options)}/`);
  return options.strict === true && result.exceptions.length > 0 ? EXIT.exceptions : EXIT.done;
}

/** The outcome of writing the results. */
interface Written {
  readonly names: readonly string[];
  /** Files of an earlier, interrupted run that are in place now. */
  readonly finished: readonly string[];
  /** Why the files could not be written. */
  readonly fault?: Fault;
}

/** A run, with what it kept. */
interface Run extends WorkspaceRun {
  readonly calculation?: { readonly result: Result };
  readonly posted?: Writable | undefined;
  readonly explained?: Explainable<PostedResult> | undefined;
}

/** Keeps as little as the results need: without postings a long history takes the least memory. */
async function runFor(options: CalcOptions, console: Console, progress: Progress): Promise<Run> {
  if (options.xlsx === true) {
    const run = await calculateWorkspace(options, console, {
      keep: { postings: true, lines: true },
      progress,
    });
    return { ...run, posted: run.calculation, explained: run.calculation };
  }
  // What has changed since a close is in the summary.
  if (options.only === 'quarters' && !existsSync(closesFolder(options.config))) {
    return calculateWorkspace(options, console, { keep: {}, progress });
  }
  const run = await calculateWorkspace(options, console, { keep: { postings: true }, progress });
  return { ...run, posted: run.calculation };
}

/** Writes the results. */
async function write(
  { workspace, closes, posted, explained }: Run,
  result: Result,
  options: CalcOptions,
  console: Console,
): Promise<Written> {
  const files: OutputFile[] = [
    csvFile(quartersTable(result)),
    ...(result.terms.payPeriod === 'month' ? [csvFile(monthsTable(result))] : []),
    ...(posted === undefined || options.only === 'quarters' ? [] : [postingsFile(posted, closes)]),
    ...(result.terms.applyCash === 'none' ? [] : [csvFile(appliedTable(result))]),
    csvFile(exceptionsTable(result.exceptions, (exception) => lineOf(workspace, exception))),
  ];
  const { version } = console;
  if (explained !== undefined) {
    const { workbookOf } = await import('../workbook/workbook.js');
    const facts = { version, inputs: workspace.inputs, level: options.level };
    const { file, notices } = await workbookOf(explained, {
      ...facts,
      lineOf: (one) => lineOf(workspace, one),
    });
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
    ? { finished: [], reason: 'that folder is for closes only' }
    : await publish(options.out, files, stale);
  if (reason === undefined) return { names, finished };
  return { names, finished, fault: { code: 'unwritable-output', place, path: options.out, reason } };
}

/** From this many postings, writing them from their columns pays off. */
const MANY = 10_000;

function postingsFile(calculation: Writable, closes: readonly StoredClose[]): OutputFile {
  const { result, working } = calculation;
  const table = working.postings;
  if (table.length < MANY) return csvFile(postingsTable(result));
  const pieces = result.closedThrough === undefined ? postingsCsv(table) : postingsSince(calculation, closes);
  return { name: 'postings.csv', pieces };
}

/** The postings of closed periods exactly as in their files, then those of open periods. */
function* postingsSince(
  { result, working }: Writable,
  closes: readonly StoredClose[],
): Iterable<string | Uint8Array> {
  const { currency, adjustments } = result;
  const isClosed = closes.length > 0;
  yield `${(isClosed ? CLOSED_POSTING_HEADER : POSTING_HEADER).join(',')}\n`;
  for (const close of closes) {
    const rows = close.findRows();
    if (rows === undefined) yield* csvRowsOf(closedPostingsTable(close.postings, currency));
    else yield rows;
  }
  if (adjustments.length > 0) {
    yield* csvRowsOf(closedPostingsTable(result.openPostings, currency));
    return;
  }
  const table = working.postings;
  const from = table.placeAfter(findDay(result.closedThrough as string) as Day);
  yield* postingRows(table, { from, to: table.length, isClosed });
}

function csvFile(table: Table): OutputFile {
  return { name: table.file, pieces: csvOf(table) };
}

/** The results folder as typed. */
function folderOf({ out }: CalcOptions): string {
  return out.replace(/(.)\/+$/, '$1');
}
