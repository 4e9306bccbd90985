/** `comp close <period>`: freezes a pay period, which is never restated (R11). */
import { existsSync } from 'node:fs';
import { firstOpenIn } from '../engine/close-of.js';
import type { NamedPeriod } from '../engine/r11-closes/close.js';
import type { PostedResult, Result } from '../engine/result.js';
import type { Fault } from '../problems/problem.js';
import { archiveOf } from '../workspace/closes/archive.js';
import { makeClose } from '../workspace/closes/make-close.js';
import { readCloses, type StoredClose } from '../workspace/closes/read-closes.js';
import { unnamedReopened } from '../workspace/closes/reopened.js';
import { publishFolder } from '../workspace/folders.js';
import type { Workspace } from '../workspace/load.js';
import {
  type CalculationOptions,
  calculateWorkspace,
  closesFolder,
  lineOf,
  noticeOf,
  refuse,
} from './calculation.js';
import { type Changed, changeCloses } from './closes.js';
import { type Console, EXIT, type ExitCode } from './console.js';
import { Progress } from './progress.js';
import { showResult } from './show-result.js';

export interface CloseOptions extends CalculationOptions {
  /** The pay period to close. */
  readonly period: string;
  /** Keep a copy of every input in the close. */
  readonly archive?: boolean;
}

/** A new close, or one that already exists. */
interface Closing {
  readonly result?: PostedResult;
  /** The closes before it. */
  readonly closes?: readonly StoredClose[];
  /** The files of the close. */
  readonly names: readonly string[];
}

/** Closes a pay period and shows the result. */
export async function close(options: CloseOptions, console: Console): Promise<ExitCode> {
  const { config, period } = options;
  const notice = noticeOf(options, console);
  // Faults are shown at their place in the workspace.
  let workspace: Pick<Workspace, 'locate'> = { locate: (place) => place };
  if (!existsSync(config)) {
    const place = { kind: 'run' } as const;
    return refuse([{ code: 'config-not-found', place, path: config }], workspace, options, console);
  }
  const dir = closesFolder(config);
  const changed = await changeCloses(dir, notice, async (): Promise<Changed<Closing>> => {
    const closes = readCloses(dir);
    if (closes.some((one) => one.period.name === period)) return { value: { names: [] } };
    const progress = new Progress(console, options.quiet === true);
    const run = await calculateWorkspace(options, console, { keep: { postings: true }, progress, closes });
    progress.done();
    workspace = run.workspace;
    if (run.calculation === undefined)
      return { faults: run.faults.map((fault) => asClosing(fault, period, closes)) };
    const { result } = run.calculation;
    const faults = outOfStep(result, period);
    if (faults.length > 0) return { faults };
    return write(result, run.workspace, closes, dir, options, console);
  });
  if ('faults' in changed) return refuse(changed.faults, workspace, options, console);
  const { result, closes = [], names } = changed.value;
  if (result === undefined) {
    notice(`${period} is already closed. Nothing was changed.`);
    const record = { close: { period, isNew: false } };
    if (options.json === true) console.out.write(`${JSON.stringify(record, null, 2)}\n`);
    return EXIT.done;
  }
  const record = { close: { period, isNew: true, files: names } };
  await showResult(result, closes, options, `${dir}/${period}`, console, record);
  notice(`Closed ${period}. Wrote ${names.join(', ')} to ${dir}/${period}/`);
  const { to } = result.payPeriods.at(-1) as NamedPeriod;
  if (to > console.today()) {
    notice(
      `${period} ends on ${to}, which is in the future. Whatever still happens in it becomes an adjustment in the next period.`,
    );
  }
  return options.strict === true && result.exceptions.length > 0 ? EXIT.exceptions : EXIT.done;
}

/** R11.1: only a pay period can be closed, and only if no earlier one is open. */
function outOfStep(result: Result, period: string): Fault[] {
  const place = { kind: 'run' } as const;
  const { payPeriod } = result.terms;
  if (result.payPeriod !== period) return [{ code: 'no-pay-period', place, found: period, payPeriod }];
  const next = firstOpenIn(result).name;
  return next === period ? [] : [{ code: 'close-out-of-order', place, period, open: next }];
}

/** A close has no as-of date of its own: a fault about the date becomes one about the period. */
function asClosing(fault: Fault, period: string, closes: readonly StoredClose[]): Fault {
  const last = closes.at(-1);
  if (fault.code !== 'closed-as-of' || last === undefined) return fault;
  const { place } = fault;
  const { payPeriod } = last.record;
  const isPayPeriod = period.includes('Q') === (payPeriod === 'quarter');
  if (!isPayPeriod) return { code: 'no-pay-period', place, found: period, payPeriod };
  return { code: 'close-out-of-order', place, period, closed: last.period.name };
}

async function write(
  result: PostedResult,
  workspace: Workspace,
  closes: readonly StoredClose[],
  dir: string,
  { period, archive: isArchived }: CloseOptions,
  console: Console,
): Promise<Changed<Closing>> {
  const last = closes.at(-1);
  const archive =
    isArchived === true
      ? archiveOf(workspace.inputs, workspace.paths)
      : { inputs: workspace.inputs, files: [], faults: [] };
  if (archive.faults.length > 0) return { faults: archive.faults };
  const made = makeClose(result, closes, {
    version: console.version,
    closedOn: console.today(),
    previous: last === undefined ? null : { period: last.period.name, sha256: last.sha256 },
    reopened: unnamedReopened(dir, closes),
    inputs: archive.inputs,
    lineOf: (exception) => lineOf(workspace, exception),
  });
  // The record comes last.
  const files = [...made.slice(0, -1), ...archive.files, ...made.slice(-1)];
  const reason = await publishFolder(dir, period, files);
  if (reason === undefined) return { value: { result, closes, names: files.map(({ name }) => name) } };
  const path = `${dir}/${period}`;
  return { faults: [{ code: 'unwritable-close', place: { kind: 'run' }, path, reason }] };
}
