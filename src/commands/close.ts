/** `comp close <period>`: freezes a pay period, which is never restated (R11), or previews what that would write. */
import { join } from 'node:path';
import type { Fault } from '../problems/problem.js';
import { payrollDeltaText } from '../reports/payroll-delta.js';
import { staleStatements } from '../statement/files.js';
import type { Surroundings } from '../workspace/calculate-workspace.js';
import {
  type AlreadyClosed,
  type ClosingOptions,
  closePeriod,
  previewClose,
} from '../workspace/closes/close-period.js';
import { closesFolder } from '../workspace/closes/folder.js';
import { keptFigures, pagesAgain } from '../workspace/closes/pages-again.js';
import type { StoredClose } from '../workspace/closes/read-closes.js';
import { exceptionsIn } from '../workspace/closes/record.js';
import { writeOutput } from '../workspace/output.js';
import type { OutputFile } from '../workspace/publish.js';
import { pagesFor, STATEMENTS } from './close-pages.js';
import type { Console, ExitCode } from './console.js';
import { resultReport } from './result-report.js';
import { type Ending, type OutputOptions, runCommand } from './run-command.js';
import { signingOf } from './signing.js';
import { finishedNotice, plainFolder, wroteNotice } from './wrote.js';

export interface CloseOptions extends ClosingOptions, OutputOptions {
  /** Write what a close would write, and close nothing. */
  readonly preview?: boolean;
  /** The folder for the preview. */
  readonly out?: string;
  /** Whether the close keeps its report, its workbook and its statements. */
  readonly pages: boolean;
}

/** Closes a pay period, or previews its close, and shows the result. */
export async function close(options: CloseOptions, console: Console): Promise<ExitCode> {
  return runCommand(options, console, async (run) => {
    return options.preview === true ? preview(options, console, run) : closeNow(options, console, run);
  });
}

async function closeNow(options: CloseOptions, console: Console, run: Surroundings): Promise<Ending> {
  const { version } = console;
  const { period, pages } = options;
  const makePages = pages ? pagesFor(version, run.notice) : undefined;
  const outcome = await closePeriod(options, makePages, signingOf(console), run);
  if (outcome.kind === 'refused') return outcome;
  if (outcome.kind === 'already-closed') {
    const { close, archived } = outcome;
    const added = archived && { archived: archived.path, fingerprint: archived.fingerprint };
    const data = () => ({ close: { period, isNew: false, ...added } });
    const notices = alreadyClosed(period, options.archive === true, archived);
    return { kind: 'done', report: { data }, notices, exceptions: exceptionsIn(close.record) };
  }
  const { result, state, workspace, closes, folder, names, fingerprint, before } = outcome;
  const more = { close: { period, isNew: true, files: names, fingerprint } };
  const notices = [`Closed ${period}. ${wroteNotice(listed(names), folder)}`, fingerprintText(fingerprint)];
  if (before !== undefined) notices.push(payrollDeltaText(period, before, result));
  // The period of a close ends on its as-of date.
  if (result.asOf >= run.today()) {
    notices.push(
      `${period} ends on ${result.asOf}, and today is ${run.today()}. Anything that still happens in it becomes an adjustment in the next period.`,
    );
  }
  const report = await resultReport(result, closes, { folder, state, ledgers: workspace.ledgers, more });
  return { kind: 'done', report, notices, exceptions: result.exceptions.length };
}

/** @param withArchive - whether copies of the inputs are requested */
function alreadyClosed(
  period: string,
  withArchive: boolean,
  archived: AlreadyClosed['archived'],
): readonly string[] {
  if (archived === undefined) {
    const rest = withArchive ? ', with an archive of its inputs' : '';
    return [`${period} is already closed${rest}. Nothing was changed.`];
  }
  return [
    `${period} is already closed, and its close stays as it is. Re-run from its inputs, every byte matches: copies of them were added. Record: ${archived.path}.`,
    fingerprintText(archived.fingerprint),
  ];
}

function fingerprintText(fingerprint: string): string {
  return `Fingerprint of all that is closed: ${fingerprint}. Write it down elsewhere: comp verify --expect compares it.`;
}

/** Writes what a close would write, or what the close of a closed period keeps. */
async function preview(options: CloseOptions, { version }: Console, run: Surroundings): Promise<Ending> {
  const { period, pages, out = `out/preview-${period}` } = options;
  const makePages = pagesFor(version, run.notice);
  const outcome = await previewClose(options, pages ? makePages : undefined, version, run);
  if (outcome.kind === 'refused') return outcome;
  if (outcome.kind === 'already-closed') return again(outcome.close, options, out, makePages, run);
  const { result, state, workspace, closes, files } = outcome;
  const written = await writeAll(files, out, options, workspace.paths, run);
  if (written !== undefined) return { kind: 'refused', faults: [written] };
  const names = files.map(({ name }) => name);
  const notices = [`Nothing was closed. ${wroteNotice(listed(names), out)}`];
  if (result.asOf >= run.today()) {
    notices.push(`${period} ends on ${result.asOf}, and today is ${run.today()}: its close needs --early.`);
  }
  const more = { preview: { period, folder: plainFolder(out), files: names } };
  const report = await resultReport(result, closes, {
    folder: plainFolder(out),
    state,
    ledgers: workspace.ledgers,
    more,
  });
  return { kind: 'done', report, notices, exceptions: result.exceptions.length };
}

/** Writes what the close of a closed period keeps. */
async function again(
  close: StoredClose,
  options: CloseOptions,
  out: string,
  makePages: ReturnType<typeof pagesFor>,
  run: Surroundings,
): Promise<Ending> {
  const { config, period } = options;
  const pages = options.pages ? await pagesAgain(config, close, makePages, run) : [];
  const files = [...keptFigures(close), ...(pages ?? [])];
  const written = await writeAll(files, out, options, [], run);
  if (written !== undefined) return { kind: 'refused', faults: [written] };
  const names = files.map(({ name }) => name);
  const without =
    pages === undefined
      ? ' The close was made without a report, a workbook and statements. They cannot be made now, because the ledgers have changed since.'
      : '';
  const data = () => ({ preview: { period, folder: plainFolder(out), files: names } });
  return {
    kind: 'done',
    report: { data },
    notices: [`${period} is already closed. ${wroteNotice(listed(names), out)}${without}`],
  };
}

/** Writes the files, statements in a folder of their own. */
async function writeAll(
  files: readonly OutputFile[],
  out: string,
  { config, period }: CloseOptions,
  inputs: readonly string[],
  run: Surroundings,
): Promise<Fault | undefined> {
  run.stage('Writing the preview');
  const prefix = `${STATEMENTS}/`;
  const statements = files
    .filter(({ name }) => name.startsWith(prefix))
    .map(({ name, pieces }) => ({ name: name.slice(prefix.length), pieces }));
  const others = files.filter(({ name }) => !name.startsWith(prefix));
  const dir = join(out, STATEMENTS);
  const request = { quarter: period, reps: [] };
  const outputs = [
    ...(statements.length === 0
      ? []
      : [{ dir, files: statements, stale: staleStatements(dir, statements, request), path: dir }]),
    { dir: out, files: others, stale: [], path: out },
  ];
  for (const output of outputs) {
    const { finished, fault } = await writeOutput(output, { inputs, closes: closesFolder(config) });
    if (fault !== undefined) return fault;
    if (finished.length > 0) run.notice(finishedNotice(finished, 'preview', output.dir));
  }
  return undefined;
}

/** The names of files, statements as a number: there may be thousands. */
function listed(names: readonly string[]): string[] {
  const pages = names.filter((name) => name.startsWith(`${STATEMENTS}/`) && !name.endsWith('/index.html'));
  const others = names.filter((name) => !name.startsWith(`${STATEMENTS}/`));
  if (pages.length === 0) return others;
  return [...others, pages.length === 1 ? '1 statement' : `${pages.length} statements`];
}
