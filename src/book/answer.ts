/** The answer of a book: the result of its first run with everything that has changed since, put together where it is read. */

import { isoOf } from '../day.js';
import { inArrays, inExceptionOrder, payPeriodsOf, type Run } from '../engine/calculate.js';
import { afterFrozen } from '../engine/post.js';
import { kindOfNumber } from '../engine/r1-words/causes.js';
import { byLedger } from '../engine/r3-sales/apply-cash.js';
import type { Posting } from '../engine/r6-postings/posting-table.js';
import { inEntryOrder } from '../engine/r7-pay/entries.js';
import type { AppliedRow, OnAccountRow } from '../engine/r8-results/applied.js';
import type { Controls } from '../engine/r8-results/controls.js';
import { withAdjustments } from '../engine/r11-closes/adjustments.js';
import { inPostingOrder } from '../engine/r11-closes/posting-order.js';
import type { PostedResult, RepPerson, Result } from '../engine/result.js';
import { byCodeUnit } from '../order.js';
import type { Exception } from '../problems/exception.js';
import { byPostingOrder, type OwnPosting, openedThroughIn } from './line-postings.js';
import type { RepState } from './rep-state.js';

/** What has changed since a run. */
export interface Since {
  /** By rep id. */
  readonly reps: ReadonlyMap<string, RepState>;
  readonly customers: ReadonlyMap<string, CustomerState>;
  readonly controls: Controls;
  readonly people: () => ReadonlyMap<string, RepPerson>;
  /** In no order. */
  readonly exceptions: () => readonly Exception[];
}

/** What became of what is on a customer's account. */
export interface CustomerState {
  readonly applied: readonly AppliedRow[];
  readonly onAccount: readonly OnAccountRow[];
}

/** The result as it is now. Its parts are made when they are first read. */
export function answerOf(
  { run, result: first }: { readonly run: Run; readonly result: Result },
  since: Since,
): PostedResult<readonly Posting[]> {
  const { reps } = since;
  const changed = [...reps.keys()].sort(byCodeUnit);
  const isOld = ({ repId }: { readonly repId: string }) => !reps.has(repId);
  /** R8.1: by rep, each rep's in its own order. */
  const byRep = <Row extends { readonly repId: string }>(
    rows: readonly Row[],
    own: (state: RepState) => readonly Row[],
  ): readonly Row[] => {
    const now = changed.flatMap((rep) => own(reps.get(rep) as RepState));
    if (changed.length === 0) return rows;
    return [...merged(rows.filter(isOld), now, (a, b) => byCodeUnit(a.repId, b.repId))];
  };
  const rows = once(() => ({
    quarters: byRep(first.quarters, ({ rows: { quarters } }) => quarters),
    months: byRep(first.months, ({ rows: { months } }) => months),
  }));
  const attainments = once(() => byRep(first.attainments, (state) => state.attainments));
  const entries = once(() => {
    const open = changed.flatMap((rep) => (reps.get(rep) as RepState).entries);
    return [...run.entries.frozen, ...[...run.entries.open.filter(isOld), ...open].sort(inEntryOrder)];
  });
  const adjustments = once(() => {
    const now = changed.flatMap((rep) => linesOf(reps, rep).flatMap((line) => line.adjustments));
    return [...run.posted.adjustments.filter((one) => !isReplaced(reps, one)), ...now].sort(inPostingOrder);
  });
  const periods = once(() => payPeriodsOf(run.setting, rows().quarters, rows().months));
  const applied = once(() => appliedNow(first, since));
  const exceptions = once(() => [...since.exceptions()].sort(inExceptionOrder));
  const people = once(since.people);
  const named = once(() => {
    if (changed.length === 0) return first.reps;
    const now = changed.filter((rep) => reps.get(rep)?.isNamed);
    return [...first.reps.filter((rep) => !reps.has(rep)), ...now].sort(byCodeUnit);
  });
  const lazily: Partial<Result> = {
    get quarters() {
      return rows().quarters;
    },
    get months() {
      return rows().months;
    },
    get attainments() {
      return attainments();
    },
    get entries() {
      return entries();
    },
    get adjustments() {
      return adjustments();
    },
    get payPeriods() {
      return periods();
    },
    get applied() {
      return applied().applied;
    },
    get onAccount() {
      return applied().onAccount;
    },
    get exceptions() {
      return exceptions();
    },
    get people() {
      return people();
    },
    get reps() {
      return named();
    },
  };
  const open = { [Symbol.iterator]: () => withAdjustments(openNow(run, reps), adjustments()) };
  const result = Object.defineProperties(
    { ...first, controls: since.controls, ...postingsOf(run, reps, open) },
    Object.getOwnPropertyDescriptors(lazily),
  ) as PostedResult;
  return lazyArrays(result);
}

/** {@link inArrays} goes through all figures of a result; of this one only postings are to be read. */
function lazyArrays(result: PostedResult): PostedResult<readonly Posting[]> {
  const { postings, openPostings, opened } = result;
  const arrays = inArrays({ postings, openPostings, opened } as PostedResult);
  const getters = {
    get postings() {
      return arrays.postings;
    },
    get openPostings() {
      return arrays.openPostings;
    },
    get opened() {
      return arrays.opened;
    },
  };
  return Object.defineProperties(result, Object.getOwnPropertyDescriptors(getters)) as PostedResult<
    readonly Posting[]
  >;
}

function postingsOf(
  run: Run,
  reps: ReadonlyMap<string, RepState>,
  open: Iterable<Posting>,
): Pick<PostedResult, 'postings' | 'openPostings' | 'opened'> {
  const { closed } = run;
  return { postings: afterFrozen(closed, open), openPostings: open, opened: openedNow(run, reps) };
}

/** What counts as posted up to an opening: frozen, or as it is now. */
function openedNow(run: Run, reps: ReadonlyMap<string, RepState>): PostedResult['opened'] {
  const { closed } = run;
  if (closed?.opening === undefined) return undefined;
  const frozen = closed.closes[0]?.opened;
  if (frozen !== undefined) return frozen;
  const through = openedThroughIn(closed) as number;
  const postings = {
    [Symbol.iterator]: () =>
      postingsNow(
        run,
        reps,
        (day) => day <= through,
        ({ opened }) => opened,
      ),
  };
  return { date: isoOf(closed.opening.day), postings };
}

function openNow(run: Run, reps: ReadonlyMap<string, RepState>): Iterable<Posting> {
  const { closed } = run;
  return postingsNow(
    run,
    reps,
    (day) => closed === undefined || day > closed.through,
    ({ own }) => own,
  );
}

/** The postings of the first run that nothing has replaced, and those that have come since, in the order of R6.4. */
function* postingsNow(
  run: Run,
  reps: ReadonlyMap<string, RepState>,
  isIn: (day: number) => boolean,
  listOf: (line: ReturnType<typeof linesOf>[number]) => readonly OwnPosting[],
): Generator<Posting, undefined> {
  const { table } = run.posted;
  const now = [...reps.keys()].flatMap((rep) => linesOf(reps, rep).flatMap(listOf)).sort(byPostingOrder);
  const { reps: names } = run.setting.books;
  const isChanged = Array.from({ length: names.length }, (_, rep) => reps.has(names.nameOf(rep)));
  const first = function* (): Generator<OwnPosting, undefined> {
    for (const number of table.inOrder()) {
      if (!isIn(table.dayOf(number))) continue;
      const rep = table.lines.reps[table.lineOf(number)] as number;
      const posting = table.at(number);
      if (isChanged[rep] === true && isReplaced(reps, posting)) continue;
      yield { posting, kind: kindOfNumber(table.causeOf(number)) };
    }
  };
  for (const { posting } of merged(first(), now, byPostingOrder)) yield posting;
}

function linesOf(reps: ReadonlyMap<string, RepState>, rep: string) {
  return [...(reps.get(rep)?.lines.values() ?? [])];
}

/** Whether a posting of the first run is one of a line that has others now. */
function isReplaced(
  reps: ReadonlyMap<string, RepState>,
  { repId, invoiceId }: Pick<Posting, 'repId' | 'invoiceId'>,
): boolean {
  const state = reps.get(repId);
  return state !== undefined && (state.isOfPart || state.lines.has(invoiceId));
}

function appliedNow(first: Result, { customers }: Since): CustomerState {
  if (customers.size === 0) return { applied: first.applied, onAccount: first.onAccount };
  const isOld = ({ customerId }: { readonly customerId: string }) => !customers.has(customerId);
  const now = [...customers.values()];
  return {
    applied: [...first.applied.filter(isOld), ...now.flatMap(({ applied }) => applied)].sort(
      (a, b) =>
        byCodeUnit(a.appliedDate, b.appliedDate) ||
        byLedger(a.ledger, b.ledger) ||
        byCodeUnit(a.sourceId, b.sourceId) ||
        byCodeUnit(`${a.customerId} `, `${b.customerId} `),
    ),
    onAccount: [...first.onAccount.filter(isOld), ...now.flatMap(({ onAccount }) => onAccount)].sort(
      (a, b) =>
        byLedger(a.ledger, b.ledger) ||
        byCodeUnit(a.sourceId, b.sourceId) ||
        byCodeUnit(a.customerId, b.customerId),
    ),
  };
}

/** Two lists that are in order as one: what is equal comes from the first one first. */
function* merged<One>(
  first: Iterable<One>,
  second: Iterable<One>,
  compare: (a: One, b: One) => number,
): Generator<One, undefined> {
  const more = second[Symbol.iterator]();
  let next = more.next();
  for (const one of first) {
    for (; next.done !== true && compare(next.value, one) < 0; next = more.next()) yield next.value;
    yield one;
  }
  for (; next.done !== true; next = more.next()) yield next.value;
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
