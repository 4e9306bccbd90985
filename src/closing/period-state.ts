/** Whether the figures of a period are final: closed, or a draft that counts up to a day. */
import type { NamedPeriod } from '../engine/r11-closes/close.js';
import type { Result } from '../engine/result.js';

/** A close, as far as it makes figures final: when it was made, and the record that says so. */
export interface ClosedUnder {
  readonly period: NamedPeriod;
  /** The day of the close, `YYYY-MM-DD`. */
  readonly closedOn: string;
  /** Where its record is: `closes/2025-Q1/close.json`. */
  readonly record: string;
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
    }
  /** It is frozen; a quarter that is paid by the month is, once its last month is. */
  | { readonly kind: 'closed'; readonly period: NamedPeriod; readonly under: ClosedUnder };

/**
 * The state of a period.
 *
 * @param until - the last day that its figures count
 * @param closes - all closes, in order
 * @example
 * periodStateOf(q3, '2025-08-31', []) // { kind: 'draft', period: q3, until: '2025-08-31', closed: [] }
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
    : { kind: 'draft', period, until: until < period.to ? until : period.to, closed: within };
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
    return { mark: 'CLOSED', sentences: [`${name} was ${closed}.`, `Record: ${under.record}.`] };
  }
  const { until, closed } = state;
  const last = closed.at(-1)?.period.name;
  return {
    mark: 'DRAFT',
    sentences: [
      until < to ? `${name} is not over: it ends on ${dayText(to)}.` : `${name} is not closed.`,
      ...(last === undefined ? [] : [`It is closed through ${last}.`]),
      `Its figures count until ${dayText(until)}.`,
    ],
  };
}

/** The state as plain data, for `--json`. */
export function stateRecord(state: PeriodState): Record<string, unknown> {
  const { kind, period } = state;
  const { name, from, to } = period;
  const common = { status: kind, period: name, from, to };
  if (state.kind === 'closed') {
    const { under } = state;
    return { ...common, closedOn: under.closedOn, closedEarly: isEarly(under), record: under.record };
  }
  return {
    ...common,
    countsUntil: state.until,
    isOver: state.until === to,
    closed: state.closed.map((one) => one.period.name),
  };
}
