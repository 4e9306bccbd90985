/** Closes a pay period of a workspace: checks that it is the next one, calculates it and freezes it on disk (R11.1). */
import { existsSync } from 'node:fs';
import { firstOpenIn } from '../../engine/close-of.js';
import type { PostedResult, Refusal, Result } from '../../engine/result.js';
import type { Place } from '../../problems/place.js';
import type { Fault } from '../../problems/problem.js';
import { calculateWorkspace, type Surroundings } from '../calculate-workspace.js';
import { publishFolder } from '../folders.js';
import { lineOf } from '../line-of.js';
import { archiveOf } from './archive.js';
import { changeCloses } from './change-closes.js';
import { closesFolder } from './folder.js';
import { makeClose } from './make-close.js';
import { readCloses, type StoredClose } from './read-closes.js';
import { unnamedReopened } from './reopened.js';

/** What to close, and how. */
export interface ClosingOptions {
  /** The path of comp.yaml. */
  readonly config: string;
  /** The pay period. */
  readonly period: string;
  /** Store a copy of every input in the close. */
  readonly archive?: boolean;
}

/** A close that was made just now. */
export interface Closed {
  readonly kind: 'closed';
  readonly result: PostedResult;
  /** The closes before it. */
  readonly closes: readonly StoredClose[];
  readonly folder: string;
  /** The files of the close. */
  readonly names: readonly string[];
}

/** The faults that prevent a close, and where they are. */
export interface RefusedClose extends Refusal {
  /** Finds the file and line of a place; undefined if the faults name files themselves. */
  readonly locate?: (place: Place) => Place;
}

/**
 * Closes the period, unless it is closed already: then nothing is changed.
 *
 * @param version - of the program
 * @throws DamagedClose if an earlier close cannot be read
 */
export async function closePeriod(
  options: ClosingOptions,
  version: string,
  run: Surroundings,
): Promise<Closed | { readonly kind: 'already-closed' } | RefusedClose> {
  const { config, period } = options;
  if (!existsSync(config)) {
    const place = { kind: 'run' } as const;
    return { kind: 'refused', faults: [{ code: 'config-not-found', place, path: config }] };
  }
  const dir = closesFolder(config);
  return changeCloses(dir, run.notice, async () => {
    const closes = readCloses(dir);
    if (closes.some((one) => one.period.name === period)) return { kind: 'already-closed' } as const;
    const outcome = await calculateWorkspace({ config, period }, { keep: { postings: true }, closes }, run);
    const { workspace } = outcome;
    const refused = (faults: readonly Fault[]): RefusedClose => {
      return { kind: 'refused', faults, locate: workspace.locate };
    };
    if (outcome.kind === 'refused') {
      return refused(outcome.faults.map((fault) => aboutPeriod(fault, period, closes)));
    }
    const { result } = outcome.calculation;
    const fault = findOutOfOrder(result, period);
    if (fault !== undefined) return refused([fault]);
    const archive =
      options.archive === true
        ? archiveOf(workspace.inputs, workspace.paths)
        : { inputs: workspace.inputs, files: [], faults: [] };
    if (archive.faults.length > 0) return refused(archive.faults);
    const last = closes.at(-1);
    const made = makeClose(result, closes, {
      version,
      closedOn: run.today(),
      previous: last === undefined ? null : { period: last.period.name, sha256: last.sha256 },
      reopened: unnamedReopened(dir, closes),
      inputs: archive.inputs,
      lineOf: (exception) => lineOf(workspace, exception),
    });
    // The record comes last.
    const files = [...made.slice(0, -1), ...archive.files, ...made.slice(-1)];
    const folder = `${dir}/${period}`;
    const reason = await publishFolder(dir, period, files);
    if (reason !== undefined) {
      return refused([{ code: 'unwritable-close', place: { kind: 'run' }, path: folder, reason }]);
    }
    return { kind: 'closed', result, closes, folder, names: files.map(({ name }) => name) } as const;
  });
}

/** R11.1: only a pay period can be closed, and only if no earlier one is open. */
function findOutOfOrder(result: Result, period: string): Fault | undefined {
  const place = { kind: 'run' } as const;
  const { payPeriod } = result.terms;
  if (result.payPeriod !== period) return { code: 'no-pay-period', place, found: period, payPeriod };
  const open = firstOpenIn(result).name;
  return open === period ? undefined : { code: 'close-out-of-order', place, period, open };
}

/** A close has no as-of date of its own: a fault about the date becomes one about the period. */
function aboutPeriod(fault: Fault, period: string, closes: readonly StoredClose[]): Fault {
  const last = closes.at(-1);
  if (fault.code !== 'closed-as-of' || last === undefined) return fault;
  const { place } = fault;
  const { payPeriod } = last.record;
  const isPayPeriod = period.includes('Q') === (payPeriod === 'quarter');
  if (!isPayPeriod) return { code: 'no-pay-period', place, found: period, payPeriod };
  return { code: 'close-out-of-order', place, period, closed: last.period.name };
}
