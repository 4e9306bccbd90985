/** `close.json`: what was closed, from which inputs, and hashes that show any change (R11.5). */

import type { DocumentSettings } from '../../closing/documents.js';
import type { Signature } from '../../closing/signature.js';
import { findDay } from '../../day.js';
import type { NamedPeriod } from '../../engine/r11-closes/close.js';
import { ACCOUNT_ROLES } from '../../plans/plan.js';
import type { InputFile } from '../input-file.js';
import { findFields, findSealed, sealedText } from './sealed.js';
import { isSignature } from './signed.js';

/** A compressed copy of an input: its name, its SHA-256, and the path of the original from comp.yaml. */
export interface ArchivedCopy {
  readonly name: string;
  readonly sha256: string;
  readonly path: string;
}

/** An input of a close, and its copy in the close, if there is one. */
export interface ClosedInput extends InputFile {
  readonly archived?: ArchivedCopy;
}

/** A close that was undone, and why. */
export interface ReopenedClose {
  /** Its folder under `closes/reopened`. */
  readonly folder: string;
  readonly period: string;
  readonly reopenedOn: string;
  readonly reason: string;
  /** Who reopened it, and when. Older versions did not record it. */
  readonly signed?: Signature;
  /** Of its `close.json`. */
  readonly sha256: string;
}

export interface CloseRecord {
  readonly program: 'comp';
  readonly version: string;
  /** Whose close it is: the name of the configuration beside which it was made, and the number of the workspace. Older closes lack them. */
  readonly workspace?: { readonly config: string; readonly id?: string };
  readonly period: NamedPeriod;
  readonly payPeriod: 'quarter' | 'month';
  readonly currency: string;
  /** The decimals of the currency. */
  readonly digits: number;
  /** What comp.yaml had for payroll and the journal. Older closes lack it. */
  readonly settings?: DocumentSettings;
  readonly closedOn: string;
  /** Who closed it, and when. Older versions did not record it. */
  readonly signed?: Signature;
  /** Of the first close after an opening: the day of the opening, up to which `opened.csv` counts as posted. */
  readonly opening: { readonly date: string } | null;
  /** The close before, by the SHA-256 of its `close.json`: a chain. */
  readonly previous: { readonly period: string; readonly sha256: string } | null;
  /** Those undone since the close before. */
  readonly reopened: readonly ReopenedClose[];
  /** The undone close of the same period whose file payroll has: `payroll-delta.csv` is the difference from it. */
  readonly handedOver?: { readonly folder: string; readonly sha256: string };
  readonly inputs: readonly ClosedInput[];
  readonly controls: unknown;
  readonly exceptions: unknown;
  readonly checks: readonly string[];
  /** The report, the workbook and the statements, for people: a re-run does not make them. */
  readonly pages?: readonly { readonly name: string; readonly sha256: string }[];
  /** Every other file of the close but pages and copies of inputs. */
  readonly files: readonly { readonly name: string; readonly sha256: string }[];
}

/** `reopen.json`, in the folder of a close that was undone. */
export interface ReopenRecord {
  readonly program: 'comp';
  readonly version: string;
  readonly period: string;
  readonly reopenedOn: string;
  readonly reason: string;
  /** Who reopened it, and when. Older versions did not record it. */
  readonly signed?: Signature;
  /** Who had approved it: their approvals no longer count. */
  readonly withdrawn?: readonly string[];
  /** Of its `close.json`. */
  readonly sha256: string;
}

/** How many exceptions a close has. */
export function exceptionsIn({ exceptions }: CloseRecord): number {
  const counts = typeof exceptions === 'object' && exceptions !== null ? Object.values(exceptions) : [];
  return counts.reduce((sum: number, count: unknown) => sum + Number(count), 0);
}

/** The record as text. It ends with the hash of everything before, so that a change of the text itself is found. */
export function sealed(record: CloseRecord | ReopenRecord): string {
  return sealedText(record);
}

/** Reads a sealed `close.json`; undefined if any byte of it has changed. */
export function findCloseRecord(bytes: Uint8Array): CloseRecord | undefined {
  const record = findSealed(bytes);
  return isCloseRecord(record) ? record : undefined;
}

/** The facts of a `close.json` that has changed since, to see which other files have; undefined if it has none. */
export function findChangedRecord(bytes: Uint8Array): CloseRecord | undefined {
  const { seal: _, ...record } = findFields(bytes) ?? {};
  return isCloseRecord(record) ? record : undefined;
}

/** Reads a sealed `reopen.json`; undefined if any byte of it has changed. */
export function findReopenRecord(bytes: Uint8Array): ReopenRecord | undefined {
  const record = findSealed(bytes);
  return isReopenRecord(record) ? record : undefined;
}

type Fields = Readonly<Record<string, unknown>>;

/** Anyone can compute a seal, so everything that is calculated with or opened is checked, too. */
function isCloseRecord(record: unknown): record is CloseRecord {
  if (!hasTexts(record, 'version', 'payPeriod', 'currency', 'closedOn')) return false;
  const { period, payPeriod, currency, digits, closedOn, opening, previous, reopened } = record;
  const { inputs, files, pages, workspace, settings, signed, handedOver } = record;
  return (
    hasTexts(period, 'name', 'from', 'to') &&
    PERIOD.test(period['name'] as string) &&
    [period['from'], period['to'], closedOn].every(isDay) &&
    (payPeriod === 'quarter' || payPeriod === 'month') &&
    /^[A-Z]{3}$/.test(currency as string) &&
    (digits === 0 || digits === 2 || digits === 3 || digits === 4) &&
    (workspace === undefined || isOwner(workspace)) &&
    (settings === undefined || isSettings(settings)) &&
    (signed === undefined || isSignature(signed)) &&
    (handedOver === undefined ||
      (hasTexts(handedOver, 'folder', 'sha256') && isFolder(handedOver['folder']))) &&
    (opening === null || (hasTexts(opening, 'date') && isDay(opening['date']))) &&
    (previous === null || hasTexts(previous, 'period', 'sha256')) &&
    areAll(reopened, isReopened) &&
    areAll(inputs, isInput) &&
    areAll(files, isFile) &&
    (pages === undefined || areAll(pages, isFile))
  );
}

function isOwner(workspace: unknown): boolean {
  if (!hasTexts(workspace, 'config')) return false;
  const { id = '0'.repeat(16) } = workspace;
  return typeof id === 'string' && /^[0-9a-f]{16}$/.test(id);
}

function isSettings(settings: unknown): boolean {
  if (typeof settings !== 'object' || settings === null) return false;
  const { payWithin, journal, newNames = {} } = settings as Fields;
  if (!areTexts(newNames)) return false;
  if (!Number.isSafeInteger(payWithin) || !hasTexts(journal, 'by')) return false;
  const { by, accounts } = journal;
  return (by === 'rep' || by === 'total') && hasTexts(accounts, ...ACCOUNT_ROLES);
}

function areTexts(record: unknown): boolean {
  if (typeof record !== 'object' || record === null) return false;
  return Object.values(record).every((value) => typeof value === 'string');
}

const PERIOD = /^\d{4}-(Q[1-4]|\d{2})$/;

function isDay(text: unknown): boolean {
  return typeof text === 'string' && findDay(text) !== undefined;
}

function isInput(input: unknown): boolean {
  if (!hasTexts(input, 'role', 'file', 'sha256')) return false;
  const { archived } = input;
  return archived === undefined || isCopy(archived);
}

/** Whether a value of a record is a copy of an input. */
export function isCopy(copy: unknown): copy is ArchivedCopy {
  return isFile(copy) && hasTexts(copy, 'path') && isPath(copy['path'] as string);
}

/** A file of the close: no name leads out of its folder. */
function isFile(file: unknown): boolean {
  if (!hasTexts(file, 'name', 'sha256')) return false;
  const { name } = file;
  return isPath(name as string) && !(name as string).split(/[\\/]/).includes('..');
}

/** A path as comp writes it, from a folder on. */
function isPath(path: string): boolean {
  return path !== '' && !path.includes('\0') && !path.startsWith('/');
}

function isReopenRecord(record: unknown): record is ReopenRecord {
  if (!hasTexts(record, 'version', 'period', 'reopenedOn', 'reason', 'sha256')) return false;
  const { signed, withdrawn } = record;
  const areNames = withdrawn === undefined || areAll(withdrawn, (name) => typeof name === 'string');
  return areNames && (signed === undefined || isSignature(signed));
}

function isReopened(one: unknown): boolean {
  if (!hasTexts(one, 'folder', 'period', 'reopenedOn', 'reason', 'sha256')) return false;
  return one['signed'] === undefined || isSignature(one['signed']);
}

/** The name of the folder of an undone close. */
function isFolder(name: unknown): boolean {
  return typeof name === 'string' && /^\d+-\d{4}-(Q[1-4]|\d{2})$/.test(name);
}

function areAll(items: unknown, isOne: (item: unknown) => boolean): boolean {
  return Array.isArray(items) && items.every(isOne);
}

function hasTexts(value: unknown, ...names: readonly string[]): value is Fields {
  if (typeof value !== 'object' || value === null) return false;
  return names.every((name) => typeof (value as Fields)[name] === 'string');
}
