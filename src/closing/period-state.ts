/** Whether the figures of a period are final: closed, or a draft that counts up to a day. */
import { listOf } from '../counted.js';
import { displayed } from '../displayed.js';
import type { NamedPeriod } from '../engine/r11-closes/close.js';
import type { Result } from '../engine/result.js';

/** A close, as far as it makes figures final: when it was made, and the record that says so. */
export interface ClosedUnder {
  readonly period: NamedPeriod;
  /** The day of the close, `YYYY-MM-DD`. */
  readonly closedOn: string;
  /** Where its record is: `closes/2025-Q1/close.json`. */
  readonly record: string;
  /** Who has approved it; `later` in what is made together with the close; undefined if it is not known. */
  readonly approvedBy?: readonly string[] | 'later';
}

/** The state of a period: a fiscal quarter, or a month if pay is monthly. */
export type PeriodState =
  /** Its figures can still change. */
  | {
      readonly kind: 'draft';
      readonly period: NamedPeriod;
      /** The last day that counts. */
      readonly until: string;
      /** The pay periods within it that are closed: months of a quarter. */
      readonly closed: readonly ClosedUnder[];
      /** All that is closed, in order. */
      readonly closes: readonly ClosedUnder[];
    }
  /** It is frozen; a quarter that is paid by the month is, once its last month is. */
  | { readonly kind: 'closed'; readonly period: NamedPeriod; readonly under: ClosedUnder };

/**
 * The state of a period.
 *
 * @param until - the last day that its figures count
 * @param closes - all closes, in order
 * @example
 * periodStateOf(q3, '2025-08-31', []) // { kind: 'draft', period: q3, until: '2025-08-31', closed: [], closes: [] }
 */
export function periodStateOf(
  period: NamedPeriod,
  until: string,
  closes: readonly ClosedUnder[],
): PeriodState {
  const within = closes.filter((one) => one.period.from >= period.from && one.period.to <= period.to);
  const last = within.at(-1);
  return last?.period.to === period.to
    ? { kind: 'closed', period, under: last }
    : { kind: 'draft', period, until: until < period.to ? until : period.to, closed: within, closes };
}

/** The state of the pay period that a result is as of. */
export function stateOfResult(
  { payPeriods, asOf }: Pick<Result, 'payPeriods' | 'asOf'>,
  closes: readonly ClosedUnder[],
): PeriodState {
  const { name, from, to } = payPeriods.at(-1) as NamedPeriod;
  return periodStateOf({ name, from, to }, asOf, closes);
}

/** Whether the period was closed before it was over: on its last day or earlier. */
export function isEarly({ closedOn, period }: Pick<ClosedUnder, 'closedOn' | 'period'>): boolean {
  return closedOn <= period.to;
}

/** A state in words: the mark to show first, and sentences about it. */
export interface StateText {
  readonly mark: 'DRAFT' | 'CLOSED';
  readonly sentences: readonly string[];
}

/**
 * The state in words.
 *
 * @param dayText - how days are written; `YYYY-MM-DD` by default
 * @example
 * stateText(state).sentences // ['2025-Q3 is not over: it ends on 2025-09-30.', 'Its figures count until 2025-08-31.']
 */
export function stateText(state: PeriodState, dayText: (iso: string) => string = (iso) => iso): StateText {
  const { name, to } = state.period;
  if (state.kind === 'closed') {
    const { under } = state;
    const day = dayText(under.closedOn);
    const closed = isEarly(under) ? `closed early, on ${day}: it ends on ${dayText(to)}` : `closed on ${day}`;
    return {
      mark: 'CLOSED',
      sentences: [`${name} was ${closed}.`, `Record: ${under.record}.`, ...approvalTexts(under)],
    };
  }
  const { until, closes } = state;
  return {
    mark: 'DRAFT',
    sentences: [
      until < to ? `${name} is not over: it ends on ${dayText(to)}.` : `${name} is not closed.`,
      ...throughTexts(closes),
      `Its figures count until ${dayText(until)}.`,
    ],
  };
}

/** Who has approved a close, as a sentence. */
function approvalTexts(under: ClosedUnder): readonly string[] {
  if (under.approvedBy === 'later') return ['Not yet approved when this was made.'];
  const text = approvalText(under).slice(', '.length);
  return text === '' ? [] : [`${text[0]?.toUpperCase()}${text.slice(1)}.`];
}

/** Who has approved a close, after what it is. */
function approvalText({ approvedBy }: ClosedUnder): string {
  if (approvedBy === undefined || approvedBy === 'later') return '';
  return approvedBy.length === 0 ? ', not approved' : `, approved by ${listOf(approvedBy.map(displayed))}`;
}

/** No more closes than this are named as not approved. */
const MOST_NAMED = 3;

/**
 * What is closed, and what of it is not approved; nothing if nothing is closed.
 *
 * @example throughTexts(closes) // ['Closed through 2025-Q2, approved by M. Reyes.']
 */
export function throughTexts(closes: readonly ClosedUnder[]): readonly string[] {
  const last = closes.at(-1);
  if (last === undefined) return [];
  const others = closes.slice(0, -1).filter(isUnapproved);
  const named = others.slice(0, MOST_NAMED).map(({ period }) => period.name);
  const more = others.length - named.length;
  const all = more === 0 ? named : [...named, `${more} more`];
  const isNone = isUnapproved(last) && others.length === closes.length - 1;
  return [
    `Closed through ${last.period.name}${approvalText(last)}.`,
    ...(isNone || others.length === 0
      ? []
      : [`${isUnapproved(last) ? 'Not approved either' : 'Not approved'}: ${listOf(all)}.`]),
  ];
}

function isUnapproved({ approvedBy }: ClosedUnder): boolean {
  return approvedBy?.length === 0;
}

/** The state as plain data, for `--json`. */
export function stateRecord(state: PeriodState): Record<string, unknown> {
  const { kind, period } = state;
  const { name, from, to } = period;
  const common = { status: kind, period: name, from, to };
  if (state.kind === 'closed') {
    const { under } = state;
    const { closedOn, record } = under;
    return { ...common, closedOn, closedEarly: isEarly(under), record, ...approvalRecord(under) };
  }
  return {
    ...common,
    countsUntil: state.until,
    isOver: state.until === to,
    closed: state.closed.map((one) => one.period.name),
    ...throughRecord(state.closes),
  };
}

/** The same as plain data. */
export function throughRecord(closes: readonly ClosedUnder[]): Record<string, unknown> {
  const last = closes.at(-1);
  if (last === undefined) return {};
  const notApproved = closes.filter(isUnapproved).map(({ period }) => period.name);
  return { closedThrough: { period: last.period.name, ...approvalRecord(last) }, notApproved };
}

function approvalRecord({ approvedBy }: ClosedUnder): Record<string, unknown> {
  return approvedBy === undefined ? {} : { approvedBy: approvedBy === 'later' ? [] : approvedBy };
}
