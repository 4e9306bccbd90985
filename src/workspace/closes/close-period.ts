/** Closes a pay period of a workspace: checks that it is the next one, calculates it and freezes it on disk (R11.1). */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { settingsOf } from '../../closing/documents.js';
import { type ClosedUnder, type PeriodState, stateOfResult } from '../../closing/period-state.js';
import type { Signing } from '../../closing/signature.js';
import { findDay } from '../../day.js';
import { firstOpenIn } from '../../engine/close-of.js';
import type { Explainable, PostedResult, Refusal, Result } from '../../engine/result.js';
import type { Place } from '../../problems/place.js';
import type { Fault } from '../../problems/problem.js';
import { calculateWorkspace, type RefusedWorkspace, type Surroundings } from '../calculate-workspace.js';
import { publishFolder } from '../folders.js';
import { lineOf } from '../line-of.js';
import type { Workspace } from '../load.js';
import type { OutputFile } from '../publish.js';
import { type Archived, addArchive, hasArchive } from './add-archive.js';
import { archiveOf } from './archive.js';
import { changeCloses } from './change-closes.js';
import { closedUnder, recordPath } from './closed-under.js';
import { renewHead } from './current-head.js';
import { closesFolder } from './folder.js';
import { findHandedOver, type HandedOver } from './handed-over.js';
import { makeClose } from './make-close.js';
import { announceOwner, findWorkspaceId, workspaceId, writeOwner } from './owner.js';
import { keptRowsIn, readCloses, type StoredClose } from './read-closes.js';
import { unnamedReopened } from './reopened.js';

/** What to close, and how. */
export interface ClosingOptions {
  /** The path of comp.yaml. */
  readonly config: string;
  /** The pay period. */
  readonly period: string;
  /** Store a copy of every input in the close. */
  readonly archive?: boolean;
  /** Close the period even if it is not over; it must have begun. */
  readonly early?: boolean;
  /** Close nothing if there are exceptions. */
  readonly strict?: boolean;
  /** Who closes it; the user of the system by default. */
  readonly by?: string;
}

/** What the pages of a close are made from. */
export interface PageInputs {
  readonly calculation: Explainable<PostedResult>;
  readonly workspace: Workspace;
  /** The closes before it. */
  readonly closes: readonly StoredClose[];
  /** What is closed once this close is made. */
  readonly closed: readonly ClosedUnder[];
  readonly state: PeriodState;
}

/** Makes the pages that a close keeps for people: its report, its workbook, its statements. */
export type MakePages = (inputs: PageInputs) => Promise<readonly OutputFile[]>;

/** A close that was made just now, or that would be made. */
export interface Closed {
  readonly kind: 'closed';
  readonly result: PostedResult;
  readonly state: PeriodState;
  readonly workspace: Workspace;
  /** The closes before it. */
  readonly closes: readonly StoredClose[];
  readonly folder: string;
  /** The files of the close. */
  readonly names: readonly string[];
  /** Of all that is closed. */
  readonly fingerprint: string;
  /** What payroll has of the period already. */
  readonly before: HandedOver | undefined;
}

/** What a close would be: its files but for the record, which only a close has. */
export interface Previewed extends Omit<Closed, 'kind' | 'folder' | 'names' | 'fingerprint' | 'before'> {
  readonly kind: 'previewed';
  readonly files: readonly OutputFile[];
}

/** The period is closed already. */
export interface AlreadyClosed {
  readonly kind: 'already-closed';
  readonly close: StoredClose;
  /** The archive that was added to it just now. */
  readonly archived?: Archived;
}

/** The faults that prevent a close, and where they are. */
export interface RefusedClose extends Refusal {
  /** Finds the file and line of a place; undefined if the faults name files themselves. */
  readonly locate?: (place: Place) => Place;
}

/**
 * Closes the period, unless it is closed already: then nothing of the close is changed, but an archive can be added.
 *
 * @param makePages - makes the pages that the close keeps; undefined to keep none
 * @param signing - the version of the program, and who closes
 * @throws DamagedClose if an earlier close cannot be read
 */
export async function closePeriod(
  options: ClosingOptions,
  makePages: MakePages | undefined,
  signing: Signing,
  run: Surroundings,
): Promise<Closed | AlreadyClosed | RefusedClose> {
  const { config, period } = options;
  const { version, sign } = signing;
  if (!existsSync(config)) return noWorkspace(config);
  const dir = closesFolder(config);
  return changeCloses(config, run.notice, async () => {
    const closing = await calculateClosing(options, makePages !== undefined, run);
    if (closing.kind === 'already-closed') return withArchive(closing, options, signing, run);
    if (closing.kind === 'refused') return closing;
    const { result, workspace, closes, refused } = closing;
    const place = { kind: 'run' } as const;
    const today = run.today();
    // The record of a close names the day.
    if (findDay(today) === undefined) return refused([{ code: 'clock-out-of-range', place, found: today }]);
    const now = {
      period: result.payPeriods.at(-1) as ClosedUnder['period'],
      closedOn: today,
      approvedBy: 'later',
    } as const;
    const hasBegun = now.period.from <= today;
    if (!hasBegun || (options.early !== true && result.asOf >= today)) {
      return refused([{ code: 'period-not-over', place, period, to: result.asOf, today, hasBegun }]);
    }
    const exceptions = result.exceptions.length;
    if (options.strict === true && exceptions > 0) {
      return refused([{ code: 'exceptions-in-close', place, period, exceptions }]);
    }
    const archive =
      options.archive === true
        ? archiveOf(workspace.inputs, workspace.paths)
        : { inputs: workspace.inputs, files: [], faults: [] };
    if (archive.faults.length > 0) return refused(archive.faults);
    const closed = [...closes.map(closedUnder), { ...now, record: recordPath(period) }];
    const state = stateOfResult(result, closed);
    const pages = await pagesOf(closing, makePages, closed, state);
    const before = handedOverOf(dir, result);
    if (before !== undefined && 'code' in before) return refused([before]);
    const last = closes.at(-1);
    const id = findWorkspaceId(config) ?? workspaceId(workspace.inputs);
    const made = makeClose(result, closes, {
      version,
      workspace: { config: basename(config), id },
      settings: settingsOf(result),
      closedOn: now.closedOn,
      signed: sign(options.by),
      previous: last === undefined ? null : { period: last.period.name, sha256: last.sha256 },
      reopened: unnamedReopened(dir, closes),
      before,
      rows: { ledgers: workspace.ledgers, before: keptRowsIn(closes) },
      inputs: archive.inputs,
      pages: () => pages.map(({ name, sha256 }) => ({ name, sha256: sha256() })),
      lineOf: (exception) => lineOf(workspace, exception),
    });
    // The record comes last, when the hashes of the pages are known.
    const files = [...made.slice(0, -1), ...pages, ...archive.files, ...made.slice(-1)];
    const folder = `${dir}/${period}`;
    const takeBack = await announceOwner(config, id);
    const reason = await publishFolder(dir, period, files);
    if (reason !== undefined) {
      takeBack();
      return refused([{ code: 'unwritable-close', place, path: folder, reason }]);
    }
    const names = files.map(({ name }) => name);
    const fingerprint = await renewHead(dir);
    await writeOwner(config, id);
    return { kind: 'closed', result, state, workspace, closes, folder, names, fingerprint, before } as const;
  });
}

/** A closed period, with the archive that is requested. */
async function withArchive(
  already: AlreadyClosed,
  options: ClosingOptions,
  signing: Signing,
  { stage, today }: Surroundings,
): Promise<AlreadyClosed | RefusedClose> {
  if (options.archive !== true || hasArchive(already.close)) return already;
  stage(`Re-running ${options.period}`);
  const closes = readCloses(options.config);
  const close = closes.find(({ period }) => period.name === options.period) ?? already.close;
  const archived = await addArchive(options, close, closes, signing, today);
  return archived.kind === 'refused' ? archived : { ...already, archived };
}

/**
 * What closing the period would write; nothing is closed. The period need not be over.
 *
 * @param makePages - makes the pages that the close would keep
 * @param version - of the program
 * @throws DamagedClose if an earlier close cannot be read
 */
export async function previewClose(
  options: ClosingOptions,
  makePages: MakePages | undefined,
  version: string,
  run: Surroundings,
): Promise<Previewed | AlreadyClosed | RefusedClose> {
  if (!existsSync(options.config)) return noWorkspace(options.config);
  const closing = await calculateClosing(options, makePages !== undefined, run);
  if (closing.kind !== 'calculated') return closing;
  const { result, workspace, closes } = closing;
  const closed = closes.map(closedUnder);
  const state = stateOfResult(result, closed);
  const pages = await pagesOf(closing, makePages, closed, state);
  const before = handedOverOf(closesFolder(options.config), result);
  if (before !== undefined && 'code' in before) return closing.refused([before]);
  const made = makeClose(result, closes, {
    version,
    before,
    rows: { ledgers: workspace.ledgers, before: keptRowsIn(closes) },
    ...{ closedOn: run.today(), previous: null, reopened: [], inputs: workspace.inputs, pages: () => [] },
    lineOf: (exception) => lineOf(workspace, exception),
  });
  return { kind: 'previewed', result, state, workspace, closes, files: [...made.slice(0, -1), ...pages] };
}

/** What payroll has of the period of a result already. */
function handedOverOf(dir: string, { payPeriods, currency }: Result): ReturnType<typeof findHandedOver> {
  const { name, from, to } = payPeriods.at(-1) as ClosedUnder['period'];
  return findHandedOver(dir, { period: { name, from, to }, currency: currency.code });
}

/** The calculation of a period that can be closed. */
interface Closing {
  readonly kind: 'calculated';
  readonly result: PostedResult;
  /** With lines, for pages; undefined if there are to be none. */
  readonly explainable: Explainable<PostedResult> | undefined;
  readonly workspace: Workspace;
  readonly closes: readonly StoredClose[];
  readonly refused: (faults: readonly Fault[]) => RefusedClose;
}

async function calculateClosing(
  { config, period }: ClosingOptions,
  withLines: boolean,
  run: Surroundings,
): Promise<Closing | AlreadyClosed | RefusedClose> {
  const closes = readCloses(config);
  const close = closes.find((one) => one.period.name === period);
  if (close !== undefined) return { kind: 'already-closed', close };
  const outcome = await calculated({ config, period }, withLines, closes, run);
  const { workspace } = outcome;
  const refused = (faults: readonly Fault[]): RefusedClose => {
    return { kind: 'refused', faults, locate: workspace.locate };
  };
  if (outcome.kind === 'refused') {
    return refused(outcome.faults.map((fault) => aboutPeriod(fault, period, closes)));
  }
  const fault = findOutOfOrder(outcome.result, period);
  return fault === undefined ? { ...outcome, refused } : refused([fault]);
}

/** Lines take memory: they are kept only if pages need them. */
async function calculated(
  options: Pick<ClosingOptions, 'config' | 'period'>,
  withLines: boolean,
  closes: readonly StoredClose[],
  run: Surroundings,
): Promise<Omit<Closing, 'refused'> | RefusedWorkspace> {
  if (withLines) {
    const keep = { postings: true, lines: true } as const;
    const outcome = await calculateWorkspace(options, { keep, closes }, run);
    if (outcome.kind === 'refused') return outcome;
    const { kind, workspace, closes: before, calculation } = outcome;
    return { kind, result: calculation.result, explainable: calculation, workspace, closes: before };
  }
  const outcome = await calculateWorkspace(options, { keep: { postings: true }, closes }, run);
  if (outcome.kind === 'refused') return outcome;
  const { kind, workspace, closes: before, calculation } = outcome;
  return { kind, result: calculation.result, explainable: undefined, workspace, closes: before };
}

/** A page with its hash, which is known once it is written. */
interface HashedFile extends OutputFile {
  readonly sha256: () => string;
}

async function pagesOf(
  { explainable, workspace, closes }: Closing,
  makePages: MakePages | undefined,
  closed: readonly ClosedUnder[],
  state: PeriodState,
): Promise<readonly HashedFile[]> {
  if (explainable === undefined || makePages === undefined) return [];
  const pages = await makePages({ calculation: explainable, workspace, closes, closed, state });
  return pages.map(hashed);
}

function hashed({ name, pieces }: OutputFile): HashedFile {
  let sha256 = '';
  return {
    name,
    pieces: {
      *[Symbol.iterator]() {
        const hash = createHash('sha256');
        for (const piece of pieces) {
          hash.update(piece);
          yield piece;
        }
        sha256 = hash.digest('hex');
      },
    },
    sha256: () => sha256,
  };
}

function noWorkspace(config: string): RefusedClose {
  const place = { kind: 'run' } as const;
  return { kind: 'refused', faults: [{ code: 'config-not-found', place, path: config }] };
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
