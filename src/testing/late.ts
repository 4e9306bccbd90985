/** Histories whose ledgers change after a close: what was known when each pay period was closed. */
import fc from 'fast-check';
import { firstOpenIn } from '../engine/close-of.js';
import type { Posting } from '../engine/r6-postings/posting-table.js';
import type { Close } from '../engine/r11-closes/close.js';
import type { Calculation, PostedResult } from '../engine/result.js';
import { calculate } from '../library/calculate.js';
import { closeOrThrow } from '../library/or-throw.js';
import type { LevelNumber } from '../plans/levels.js';
import type { TermsInput } from '../plans/schema.js';
import { atLevel } from '../plans/terms.js';
import { addDays, type Day } from './days.js';
import { histories } from './histories.js';
import { type History, inputsOf } from './history.js';

/** What finance did with a row, and before which close: it came late, was taken out, or was corrected then. */
interface Edit {
  readonly row: number;
  readonly kind: 'late' | 'removed' | 'moved' | 'amount';
  readonly step: number;
  readonly days: number;
}

/** A history, and what was known of it when. */
export interface LateHistory {
  /** The ledgers at last. */
  readonly history: History;
  readonly edits: readonly Edit[];
  /** Up to a step all plans were at this level, which was a mistake. */
  readonly plans: { readonly level: LevelNumber; readonly step: number } | undefined;
  /** As many periods are closed, of those that there are. */
  readonly closes: number;
}

/** Histories with edits between closes. */
export function lateHistoriesOf(histories: fc.Arbitrary<History>): fc.Arbitrary<LateHistory> {
  return fc.record({
    history: histories,
    edits: fc.array(
      fc.record({
        row: fc.nat(60),
        kind: fc.constantFrom('late', 'removed', 'moved', 'amount'),
        step: fc.integer({ min: 1, max: 5 }),
        days: fc.integer({ min: -200, max: 200 }),
      }),
      { maxLength: 6 },
    ),
    plans: fc.option(
      fc.record({
        level: fc.constantFrom<LevelNumber>(0, 1, 2, 3, 4),
        step: fc.integer({ min: 1, max: 3 }),
      }),
      { nil: undefined, freq: 4 },
    ),
    closes: fc.integer({ min: 1, max: 6 }),
  });
}

/** Histories of {@link histories} with edits between closes. */
export const lateHistories: fc.Arbitrary<LateHistory> = lateHistoriesOf(histories());

const DATES = {
  invoices: 'invoice_date',
  payments: 'payment_date',
  writeOffs: 'write_off_date',
  creditMemos: 'credit_date',
} as const;

const LEDGERS = Object.keys(DATES) as (keyof typeof DATES)[];

/** The history as it was before the close of so many periods, as of a day. */
function knownAt({ history, edits, plans }: LateHistory, step: number, asOf: Day): History {
  const ledgers: Record<string, Record<string, string | undefined>[]> = {};
  for (const [name, rows] of Object.entries(history.ledgers)) ledgers[name] = rows.map((row) => ({ ...row }));
  const all = LEDGERS.flatMap((name) => (ledgers[name] ?? []).map((row) => ({ name, row })));
  const gone = new Set<object>();
  for (const edit of edits) {
    const found = all[edit.row % Math.max(all.length, 1)];
    if (found === undefined) continue;
    const { name, row } = found;
    const isBefore = step < edit.step;
    if (edit.kind === 'late' && isBefore) gone.add(row);
    if (edit.kind === 'removed' && !isBefore) gone.add(row);
    const date = row[DATES[name]]?.trim();
    if (edit.kind === 'moved' && isBefore && date !== undefined) row[DATES[name]] = addDays(date, edit.days);
    if (edit.kind === 'amount' && isBefore && name !== 'invoices') {
      const amount = row['amount'] ?? '';
      row['amount'] = amount.startsWith('-') ? `-1${amount.slice(1)}` : `1${amount.trim()}`;
    }
  }
  for (const name of LEDGERS) {
    if (ledgers[name] !== undefined) ledgers[name] = ledgers[name].filter((row) => !gone.has(row));
  }
  const isMistaken = plans !== undefined && step < plans.step;
  const terms = isMistaken ? atLevel(history.terms as TermsInput, plans.level).terms : history.terms;
  return { terms, ledgers, asOf };
}

/** A calculation that keeps what explanations and closes are made from. */
type Kept = Calculation<'postings' | 'lines', readonly Posting[]>;

/** What finance sees at the end of a pay period. */
export interface PeriodEnd {
  readonly period: PostedResult['payPeriods'][number];
  readonly known: History;
  /** Those of earlier periods. */
  readonly closes: readonly Close[];
  readonly calculation: Kept;
  readonly result: PostedResult<readonly Posting[]>;
  /** Whether the period is closed after it was looked at. */
  readonly isClosed: boolean;
}

/**
 * One pay period after another, and closes in order, from the first period in which anything is booked: up to the last
 * that is closed, or until what is left after an edit lacks what the rules ask for.
 */
export function* periodEndsOf(late: LateHistory): Iterable<PeriodEnd> {
  const whole = findCalculation(late.history);
  if (whole === undefined) return;
  const closes: Close[] = [];
  for (const [step, period] of whole.result.payPeriods.entries()) {
    const known = knownAt(late, step, period.to);
    const calculation = findCalculation(known, closes);
    if (calculation === undefined) return;
    const { result } = calculation;
    const isClosed = closes.length < late.closes && firstOpenIn(result).name === period.name;
    yield { period, known, closes: [...closes], calculation, result, isClosed };
    if (!isClosed) return;
    closes.push(closeOrThrow(result));
  }
}

function findCalculation(history: History, closes?: readonly Close[]): Kept | undefined {
  const given = { ...inputsOf(history), keep: { postings: true, lines: true } } as const;
  const outcome = calculate(closes === undefined ? given : { ...given, closes });
  return outcome.kind === 'refused' ? undefined : outcome;
}
