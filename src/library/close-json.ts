/** Closes as JSON, to be stored with the payroll and read back: versioned, sealed, amounts as decimal text (R11.5). */
import { findDay } from '../day.js';
import type { Close, NamedPeriod } from '../engine/r11-closes/close.js';
import type { Refusal } from '../engine/result.js';
import {
  attainmentOf,
  entryOf,
  type FrozenRow,
  monthOf,
  postingOf,
  quarterOf,
  UnknownInClose,
} from '../ledgers/frozen-rows.js';
import { recordsOf } from '../ledgers/records.js';
import {
  attainmentTable,
  closedEntriesTable,
  closedPostingsTable,
  monthsTable,
  quartersTable,
} from '../ledgers/tables.js';
import { decimalsOf, findPlain, minorOf } from '../money.js';
import { findCurrency } from '../plans/currencies.js';
import { closeFault } from './close-faults.js';
import { type Json, sealOf } from './sealed-json.js';

/** A row by the columns of the result files, each cell as text. */
export type JsonRow = Readonly<Record<string, string>>;

/** A close as JSON: the tables of a close's files, and a seal that shows any change. */
export interface CloseJson {
  readonly format: 'clawback-close';
  readonly version: 1;
  readonly period: NamedPeriod;
  readonly currency: string;
  readonly quarters: readonly JsonRow[];
  readonly attainments?: readonly JsonRow[];
  readonly months: readonly JsonRow[];
  readonly postings: readonly JsonRow[];
  readonly entries?: readonly JsonRow[];
  readonly reps?: readonly string[];
  readonly opened?: { readonly date: string; readonly postings: readonly JsonRow[] };
  /** Of everything else, as SHA-256; the order of keys does not count. */
  readonly seal: string;
}

/** A close that was read back. */
export interface CloseRead {
  readonly kind: 'read';
  readonly close: Close;
}

/**
 * A close as plain data, for a database or a file.
 *
 * @param close - as {@link closeOf} made it
 * @returns plain data for `JSON.stringify`: amounts are decimal text (`"12.50"`)
 * @example await store('2025-Q1', JSON.stringify(closeToJson(close)));
 */
export function closeToJson(close: Close): CloseJson {
  const { period, quarters, attainments, months, postings, entries, reps, opened } = close;
  const currency = { code: close.currency, digits: digitsOf(close.currency) };
  const body: Omit<CloseJson, 'seal'> = {
    format: 'clawback-close',
    version: 1,
    period: { ...period },
    currency: currency.code,
    quarters: recordsOf(quartersTable({ quarters, currency })),
    ...(attainments === undefined
      ? {}
      : { attainments: recordsOf(attainmentTable({ attainments, currency })) }),
    months: recordsOf(monthsTable({ months, currency })),
    postings: recordsOf(closedPostingsTable(postings, currency)),
    ...(entries === undefined ? {} : { entries: recordsOf(closedEntriesTable(entries, currency)) }),
    ...(reps === undefined ? {} : { reps: [...reps] }),
    ...(opened === undefined
      ? {}
      : {
          opened: { date: opened.date, postings: recordsOf(closedPostingsTable(opened.postings, currency)) },
        }),
  };
  return { ...body, seal: sealOf(asJson(body)) };
}

/**
 * Reads a close back.
 *
 * @param stored - what {@link closeToJson} made, or its text; keys may have been put in another order
 * @returns the very close, or a fault where anything in it is missing, added or changed: no altered close pays anybody
 * @example
 * const read = closeFromJson(await load('2025-Q1'));
 * if (read.kind === 'read') calculate({ terms, ledgers, asOf: '2025-06-30', closes: [read.close] });
 */
export function closeFromJson(stored: unknown): CloseRead | Refusal {
  const record = asRecord(typeof stored === 'string' ? parsed(stored) : stored);
  const period = asRecord(record?.['period']);
  const name = typeof period?.['name'] === 'string' ? period['name'] : '';
  const refused = (detail: string): Refusal => {
    return {
      kind: 'refused',
      faults: [{ code: 'not-a-close', place: { kind: 'run' }, period: name, detail }],
    };
  };
  if (record === undefined) return refused('it is no JSON object');
  if (record['format'] !== 'clawback-close') return refused('its format is not clawback-close');
  if (record['version'] !== 1)
    return refused(
      `it has version ${String(record['version'])} of the format, and only version 1 can be read`,
    );
  if (record['seal'] !== sealOf(record))
    return refused('its seal does not match: something in it has changed');
  try {
    const close = closeIn(record as unknown as CloseJson);
    const fault = closeFault(close, []);
    return fault === undefined ? { kind: 'read', close } : { kind: 'refused', faults: [fault] };
  } catch (error) {
    if (error instanceof UnknownInClose) return refused(error.message);
    throw error;
  }
}

function closeIn(stored: CloseJson): Close {
  const { period, currency, quarters, attainments, months, postings, entries, reps, opened } = stored;
  if (!isPeriod(period)) throw new UnknownInClose('its period has no name, or no first and last day');
  if (findCurrency(currency) === undefined) throw new UnknownInClose(`the currency ${currency} is unknown`);
  const digits = digitsOf(currency);
  const rows = <Row>(name: string, given: unknown, rowOf: (row: FrozenRow) => Row) =>
    Array.from(listOf(name, given), (row, at) => rowOf(frozenRow(row, `${name}[${at}]`, digits)));
  return {
    period: { name: period.name, from: period.from, to: period.to },
    currency,
    quarters: rows('quarters', quarters, quarterOf),
    ...(attainments === undefined ? {} : { attainments: rows('attainments', attainments, attainmentOf) }),
    months: rows('months', months, monthOf),
    postings: rows('postings', postings, postingOf),
    ...(entries === undefined ? {} : { entries: rows('entries', entries, entryOf) }),
    ...(reps === undefined ? {} : { reps }),
    ...(opened === undefined
      ? {}
      : { opened: { date: opened.date, postings: rows('opened.postings', opened.postings, postingOf) } }),
  };
}

/** Anybody can compute a seal, so every cell is checked as well. */
function frozenRow(given: unknown, where: string, digits: number): FrozenRow {
  const row = asRecord(given);
  if (row === undefined) throw new UnknownInClose(`${where} is no row`);
  const findText = (column: string) => {
    const cell = row[column];
    return typeof cell === 'string' ? cell : undefined;
  };
  const text = (column: string) => {
    const cell = findText(column);
    if (cell === undefined) throw new UnknownInClose(`${where} has no ${column}`);
    return cell;
  };
  const amount = (column: string) => {
    const cell = text(column);
    if (findPlain(cell) === undefined || decimalsOf(cell) !== digits)
      throw new UnknownInClose(`${where} has no amount with ${digits} decimals in ${column}`);
    return minorOf(cell, digits);
  };
  return { where: () => where, text, findText, amount };
}

function listOf(name: string, given: unknown): readonly unknown[] {
  if (!Array.isArray(given)) throw new UnknownInClose(`it has no ${name}`);
  return given;
}

function isPeriod(period: unknown): period is NamedPeriod {
  const { name, from, to } = asRecord(period) ?? {};
  return typeof name === 'string' && [from, to].every((day) => typeof day === 'string' && findDay(day));
}

/** A close of a currency that there is none of has amounts without decimals. */
function digitsOf(currency: string): number {
  return findCurrency(currency)?.digits ?? 0;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

type JsonRecord = { readonly [key: string]: Json | undefined };

function asJson(body: object): JsonRecord {
  return body as JsonRecord;
}

function asRecord(value: unknown): JsonRecord | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonRecord)
    : undefined;
}
