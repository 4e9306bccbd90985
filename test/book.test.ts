/** An incremental book agrees with the calculation of all its rows, after every edit of random histories. */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openTextBook, type TextBook } from '../src/book/book.js';
import { closeOf } from '../src/engine/close-of.js';
import { findPeriodEnd } from '../src/engine/period-end.js';
import type { Close } from '../src/engine/r11-closes/close.js';
import type { LedgerName } from '../src/ledger-specs/ledgers.js';
import { dressedIn, featuresOf } from '../src/testing/features.js';
import { histories } from '../src/testing/histories.js';
import { BookModel, figuresOf, KEY_COLUMNS, type Row } from './support/book-model.js';
import { isDeep } from './support/depth.js';
import { cutAfter } from './support/openings.js';
import { forAll, type Meet } from './support/property.js';
import { calculatedOf, inputsOf, type Workspace } from './support/run.js';

/** In CI, 1,000 histories in all: every edit of each is calculated again as a whole. */
const TRIAL = { isSlow: true, ...(isDeep ? { runs: 250 } : {}) };

const EDITS = 8;
const dice = fc.array(fc.nat(9999), { minLength: 61, maxLength: 61 });

interface EditOf {
  readonly ledger: string;
  readonly row: Row;
  readonly isRemoval: boolean;
}

function editsOf(model: BookModel, aside: readonly EditOf[], { pick, next }: Picker): EditOf {
  const rows = model.ledgers.flatMap((ledger) => model.rowsOf(ledger).map((row) => ({ ledger, row })));
  const cash = rows.filter(({ ledger }) => ledger === 'payments' || ledger === 'writeOffs');
  if (next(30) === 0) {
    // R11.11: a rep has another id now.
    const row = { rep_id: pick(['r2', 'R10', 'Ré', 'new']), was: pick(['old', 'R10', 'r2']) };
    return { ledger: 'aliases', row, isRemoval: false };
  }
  switch (next(8)) {
    case 0:
    case 1:
      if (aside.length > 0) return pick(aside);
      break;
    case 2:
      return { ...pick(rows), isRemoval: true };
    case 3:
      if (cash.length > 0) return { ...pick(cash), isRemoval: true };
      break;
    case 4: {
      const { ledger, row } = pick(rows);
      return { ledger, row: changed(ledger, row, { pick, next }), isRemoval: false };
    }
    default:
      break;
  }
  if (cash.length === 0) {
    const { ledger, row } = pick(rows);
    return { ledger, row: changed(ledger, row, { pick, next }), isRemoval: false };
  }
  const { ledger, row } = pick(cash);
  if (next(2) === 0) return { ledger, row: changed(ledger, row, { pick, next }), isRemoval: false };
  const id = ledger === 'payments' ? 'payment_id' : 'write_off_id';
  return {
    ledger,
    row: { ...changed(ledger, row, { pick, next }), [id]: `new ${next(5)}` },
    isRemoval: false,
  };
}

interface Picker {
  pick<Value>(values: readonly Value[]): Value;
  next(below: number): number;
}

/** Another amount, another day, or another cell of a row like it. */
function changed(ledger: string, row: Row, { pick, next }: Picker): Row {
  const keys = KEY_COLUMNS[ledger] ?? [];
  const columns = Object.keys(row).filter((column) => !keys.includes(column) && (row[column] ?? '') !== '');
  if (columns.length === 0) return row;
  const column = pick(columns);
  const cell = row[column] ?? '';
  if (/^-?\d+(\.\d+)?$/.test(cell))
    return { ...row, [column]: pick(['100', '250.5', cell, '0.01', `${cell.split('.')[0]}.5`]) };
  if (/^\d{4}-\d{2}-\d{2}$/.test(cell)) {
    const day = new Date(Date.parse(cell) + (next(120) - 60) * 86_400_000);
    return { ...row, [column]: day.toISOString().slice(0, 10) };
  }
  return row;
}

function pickerOf(numbers: readonly number[]): Picker {
  let at = 0;
  const next = (below: number) => {
    const number = numbers[at % numbers.length] ?? 0;
    at += 1;
    return (number + at * 31) % below;
  };
  return { next, pick: (values) => values[next(values.length)] as never };
}

/** Plays a history of edits on a book, and compares it with all rows calculated anew. */
function play(
  workspace: Workspace,
  numbers: readonly number[],
  meet: Meet,
  closes: readonly Close[] = [],
): void {
  const picker = pickerOf(numbers);
  const aside: EditOf[] = [];
  const kept = Object.fromEntries(
    Object.entries(workspace.ledgers).map(([ledger, rows]) => [
      ledger,
      rows.filter((row) => {
        if (ledger === 'calendar' || picker.next(6) > 0) return true;
        aside.push({ ledger, row, isRemoval: false });
        return false;
      }),
    ]),
  );
  let model = new BookModel({ ...workspace, ledgers: kept }, closes);
  const ways = { largestPart: picker.next(2) === 0 ? 2 : 0.5, onWay: meet };
  let opened = openTextBook(model.inputs(), ways);
  if (opened.kind === 'refused') {
    expect(model.answer()).toEqual(opened);
    model = new BookModel(workspace, closes);
    opened = openTextBook(model.inputs(), ways);
  }
  if (opened.kind === 'refused') return;
  let { book } = opened;
  let current = model.answer();
  agree(book, current);
  for (let edit = 0; edit < EDITS; edit += 1) {
    const { ledger, row, isRemoval } = editsOf(model, aside, picker);
    const other = isRemoval ? model.without(ledger, row) : model.with(ledger, row);
    const expected = other.answer();
    const fork = picker.next(3) === 0 ? book.fork() : undefined;
    const outcome = isRemoval
      ? book.remove(ledger as LedgerName, keyOf(ledger, row))
      : book.put(ledger as LedgerName, row);
    if (outcome.kind === 'refused') {
      meet('refused');
      expect(expected).toEqual(outcome);
    } else {
      meet(isRemoval ? 'removed' : 'put');
      if (fork !== undefined) {
        agree(fork, current);
        meet('forked');
        if (picker.next(2) === 0) {
          agree(book, expected);
          book = fork;
          continue;
        }
      }
      model = other;
      current = expected;
    }
    agree(book, current);
  }
}

function keyOf(ledger: string, row: Row): Row {
  return Object.fromEntries((KEY_COLUMNS[ledger] ?? []).map((column) => [column, row[column]]));
}

function agree(book: TextBook, expected: ReturnType<BookModel['answer']>): void {
  const answer = book.at();
  if (answer.kind === 'refused' || 'faults' in expected) {
    expect(answer).toEqual(expected);
    return;
  }
  const [own, all] = [figuresOf(answer.result), figuresOf(expected)];
  // The difference is shown where there is one.
  if (!isDeepStrictEqual(own, all)) expect(own).toEqual(all);
}

describe('a book agrees with the calculation of all its rows', () => {
  test('for histories with every feature', () => {
    forAll(
      fc.tuple(dressedIn(featuresOf(['credits', 'targets', 'pay'])), dice),
      ([{ history: workspace }, numbers], meet) => play(workspace, numbers, meet),
      { put: 0.5, removed: 0.3, forked: 0.3, refused: 0.05, invoice: 0.1, part: 0.3, all: 0.3 },
      TRIAL,
    );
  });
  test('for histories with few features, in which a payment posts only its invoice again', () => {
    forAll(
      fc.tuple(dressedIn(['teams', 'items', 'schedules', 'disputes', 'timing', 'entries', 'draws']), dice),
      ([{ history: workspace }, numbers], meet) => play(workspace, numbers, meet),
      { put: 0.5, removed: 0.3, forked: 0.3, invoice: 0.3, part: 0.3, all: 0.3 },
      TRIAL,
    );
  });
  test('with assignments of everyone without one', () => {
    forAll(
      fc.tuple(dressedIn(featuresOf(['credits', 'targets'])), dice),
      ([{ history: workspace }, numbers], meet) => {
        const { next, pick } = pickerOf(numbers);
        const rows = workspace.ledgers['assignments'] ?? [];
        const some = rows.filter(() => next(2) === 0);
        if (some.length < rows.length) meet('everyone');
        const [first, then] = [pick(rows), pick(rows)].map((row) => row?.['plan_id']);
        if (first === undefined || then === undefined) return;
        const everyone = [
          { rep_id: '*', plan_id: first, from: '2020-01-01', to: '2023-06-30' },
          { rep_id: '*', plan_id: then, from: '2023-07-01', to: '' },
        ];
        const ledgers = { ...workspace.ledgers, assignments: [...everyone, ...some] };
        play({ ...workspace, ledgers }, numbers, meet);
      },
      { everyone: 0.4, put: 0.3, removed: 0.2, part: 0.2, all: 0.2 },
      TRIAL,
    );
  });
  test('with closed periods, which edits change', () => {
    forAll(
      fc.tuple(dressedIn(featuresOf(['credits', 'targets', 'pay'])), dice, fc.integer({ min: 1, max: 4 })),
      ([{ history: workspace }, numbers, most], meet) => {
        const closes = closesOf(workspace, most);
        if (closes.length > 0) meet('closes');
        play(workspace, numbers, meet, closes);
      },
      { put: 0.5, closes: 0.4, part: 0.2, all: 0.3 },
      TRIAL,
    );
  });
  test('with an opening, and closed periods after it', () => {
    forAll(
      fc.tuple(histories(), dice, fc.nat(99), fc.nat(2)),
      ([workspace, numbers, at, most], meet) => {
        const whole = calculatedOf(workspace);
        const days =
          whole === undefined ? [] : [...new Set(whole.quarters.map(({ quarter }) => quarter))].slice(0, -1);
        const quarter = days[at % Math.max(days.length, 1)];
        if (whole === undefined || quarter === undefined) return;
        const { terms, ledgers } = inputsOf(workspace);
        const day = findPeriodEnd(terms, ledgers, quarter);
        const cut = day === undefined ? undefined : cutAfter(workspace, day, whole);
        if (cut === undefined) return;
        meet('opening');
        play(cut, numbers, meet, closesOf(cut, most));
      },
      { opening: 0.3, part: 0.1, all: 0.1 },
      TRIAL,
    );
  });
});

/** The closes of the first pay periods of a workspace. */
function closesOf(workspace: Workspace, most: number): readonly Close[] {
  const closes: Close[] = [];
  const whole = calculatedOf(workspace);
  for (const { to } of whole?.payPeriods.slice(0, -1).slice(0, most) ?? []) {
    const result = calculatedOf({ ...workspace, asOf: to }, { closes });
    if (result === undefined) break;
    const closing = closeOf(result);
    if (closing.kind === 'closed') closes.push(closing.close);
  }
  return closes;
}
