/** Results and closes that travel as JSON: what comes back is what went, and nothing altered pays anybody (R11.1, R11.5). */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { payRowsOf } from '../../src/closing/pay-history.js';
import {
  type Close,
  type CloseJson,
  calculate,
  calculateOrThrow,
  closeFromJson,
  closeOrThrow,
  closeToJson,
  formatFaults,
  type Inputs,
  resultToJson,
} from '../../src/index.js';
import { lateHistories, periodEndsOf } from '../../src/testing/late.js';
import { forAll } from '../support/property.js';

const INPUTS: Inputs = {
  terms: { currency: 'USD', plans: [{ id: 'ae', level: 1, rate: '10%', clawback: { pastDueDays: 30 } }] },
  ledgers: {
    invoices: {
      rows: [
        {
          invoice_id: 'I1',
          customer_id: 'C1',
          rep_id: 'R1',
          invoice_date: '2025-01-10',
          due_date: '2025-01-10',
          amount: '1000.00',
        },
        {
          invoice_id: 'I2',
          customer_id: 'C1',
          rep_id: 'R2',
          invoice_date: '2025-02-10',
          due_date: '2025-12-31',
          amount: '500.00',
        },
      ],
    },
  },
  asOf: '2025-03-31',
};
/** R1: 100.00 advanced and taken back; R2: 50.00 paid. */
const CLOSE = closeOrThrow(calculateOrThrow(INPUTS).result);
const later = (closes: readonly Close[]) => calculate({ ...INPUTS, asOf: '2025-06-30', closes });

/** What JSON does to a value. */
function sent<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value));
}

/** A close that a test changes, in memory or as JSON. */
interface Changeable extends Record<string, unknown> {
  readonly period: object;
  readonly quarters: object[];
  readonly postings: object[];
}

/** A change of the JSON, and what is then read. */
function tampered(change: (stored: Changeable) => void): string {
  const stored = sent(closeToJson(CLOSE)) as unknown as Changeable;
  change(stored);
  const read = closeFromJson(stored);
  return read.kind === 'refused' ? formatFaults(read.faults) : 'read';
}

describe('a close as JSON', () => {
  test('R11.1 comes back as it was, from text, from data, and with its keys in another order', () => {
    const stored = closeToJson(CLOSE);
    expect(stored).toMatchObject({
      format: 'clawback-close',
      version: 1,
      period: { name: '2025-Q1' },
      quarters: [
        { rep_id: 'R1', earned: '100.00', paid: '0.00' },
        { rep_id: 'R2', paid: '50.00' },
      ],
    });
    const turned = Object.fromEntries(Object.entries(sent(stored)).reverse());
    for (const given of [stored, sent(stored), JSON.stringify(stored), turned]) {
      expect(closeFromJson(given)).toEqual({ kind: 'read', close: CLOSE });
    }
  });

  test('R11.2 what is read back closes its period: nobody is paid twice', () => {
    const read = closeFromJson(JSON.stringify(closeToJson(CLOSE)));
    if (read.kind === 'refused') throw new Error('refused');
    const [now, then] = [later([read.close]), later([CLOSE])];
    if (now.kind === 'refused' || then.kind === 'refused') throw new Error('refused');
    expect(structuredClone(now.result)).toEqual(structuredClone(then.result));
    expect(now.result.quarters[1]).toMatchObject({ repId: 'R1', quarter: '2025-Q2', paid: 0n });
  });

  const CHANGED = 'close of 2025-Q1: This is not a close as closeOf made it: its seal does not match';
  test.each<[string, (stored: Changeable) => void]>([
    ['a figure', ({ quarters }) => Object.assign(quarters[1] ?? {}, { paid: '60.00' })],
    ['a row more', ({ postings }) => postings.push({ ...postings[0] })],
    ['a row less', ({ postings }) => postings.pop()],
    ['an order', ({ postings }) => postings.reverse()],
    ['a name', ({ period }) => Object.assign(period, { to: '2025-03-30' })],
    ['a missing list', (stored) => delete stored['entries']],
    ['an added key', (stored) => Object.assign(stored, { note: 'x' })],
    ['the currency', (stored) => Object.assign(stored, { currency: 'EUR' })],
    ['no seal', (stored) => delete stored['seal']],
  ])('R11.5 with %s changed is refused in words', (_, change) => {
    expect(tampered(change)).toContain(CHANGED);
  });

  test.each<[unknown, string]>([
    ['{"format":', 'it is no JSON object'],
    [null, 'it is no JSON object'],
    [[], 'it is no JSON object'],
    [{}, 'its format is not clawback-close'],
    [
      { format: 'clawback-close', version: 2 },
      'it has version 2 of the format, and only version 1 can be read',
    ],
  ])('R9.1 %j is no close', (stored, detail) => {
    const read = closeFromJson(stored);
    expect(read.kind === 'refused' && formatFaults(read.faults)).toContain(detail);
  });
});

describe('a close that was altered in memory', () => {
  const altered = (change: (close: Changeable) => void) => {
    const close = structuredClone(CLOSE);
    change(close as unknown as Changeable);
    const outcome = later([close]);
    return outcome.kind === 'refused' ? formatFaults(outcome.faults) : 'calculated';
  };

  test('R11.1 as it was made, it is taken', () => {
    expect(altered(() => undefined)).toBe('calculated');
  });

  test.each<[(close: Changeable) => void, string]>([
    [(close) => close.postings.pop(), 'its postings come to another'],
    [(close) => Object.assign(close, { postings: [] }), 'its postings come to another earned for R1'],
    [(close) => Object.assign(close, { postings: undefined }), 'it has no postings'],
    [(close) => Object.assign(close, { quarters: undefined }), 'it has no quarters'],
    [
      (close) => Object.assign(close.quarters[1] ?? {}, { paid: 1n }),
      'quarters[1] of R2 does not add up to what is paid',
    ],
    [
      (close) => Object.assign(close.quarters[1] ?? {}, { held: 1n }),
      'quarters[1] of R2 does not add up to what is held',
    ],
    [
      (close) => Object.assign(close.quarters[0] ?? {}, { earned: 100 }),
      'quarters[0] has no whole amount earned',
    ],
    [(close) => close.quarters.shift(), 'it has postings of R1, but no row'],
    [
      (close) => Object.assign(close.postings[0] ?? {}, { earned: '10.00' }),
      'postings[0] has no whole amount earned',
    ],
    [
      (close) => Object.assign(close.postings[0] ?? {}, { earned: 1n }),
      'postings[0] does not add up to what is earned',
    ],
    [(close) => Object.assign(close.postings[0] ?? {}, { repId: undefined }), 'postings[0] is no posting'],
    [(close) => Object.assign(close.period, { from: 'January' }), 'the days of its period are no days'],
    [(close) => Object.assign(close, { entries: [{}] }), 'entries[0] is no entry of the pay account'],
    [(close) => Object.assign(close, { attainments: [{}] }), 'attainments[0] has no repId'],
    [(close) => Object.assign(close, { opened: {} }), 'opened has no date'],
    [(close) => Object.assign(close, { currency: undefined }), 'it has no currency'],
  ])('R11.1 is refused in words: %#', (change, detail) => {
    expect(altered(change)).toContain(detail);
  });
});

describe('on random histories', () => {
  test('R11.1 every close and every result survives JSON, and every change of a close is found', () => {
    forAll(
      fc.tuple(lateHistories, fc.nat(), fc.nat(), fc.nat(3)),
      ([history, place, column, kind], meet) => {
        for (const { closes, result } of periodEndsOf(history)) {
          expect(sent(resultToJson(result, { postings: true }))).toEqual(
            resultToJson(structuredClone(result), { postings: true }),
          );
          for (const close of closes) {
            const whole = { ...close, postings: [...close.postings] };
            const stored = sent(closeToJson(close));
            expect(closeFromJson(JSON.stringify(stored))).toEqual({ kind: 'read', close: whole });
            const change = changedAt(stored, place, column, kind);
            if (change === undefined) continue;
            meet('changed');
            expect(closeFromJson(change).kind).toBe('refused');
          }
          if (closes.length > 0) meet('closes');
          if (payRowsOf(result).length > 0) meet('rows');
        }
      },
      { closes: 0.5, changed: 0.4, rows: 0.5 },
      { isSlow: true },
    );
  });
});

/** The close with one cell, one row or the order of two rows changed; undefined where that changes nothing. */
function changedAt(stored: CloseJson, place: number, column: number, kind: number): unknown {
  const changed = structuredClone(stored) as unknown as Record<string, Record<string, string>[]>;
  const lists = ['quarters', 'months', 'postings', 'entries', 'attainments'].filter(
    (name) => (changed[name] ?? []).length > 0,
  );
  const list = changed[lists[place % Math.max(lists.length, 1)] ?? ''];
  if (list === undefined) return undefined;
  const at = place % list.length;
  const row = list[at] as Record<string, string>;
  const name = Object.keys(row)[column % Object.keys(row).length] as string;
  if (kind === 0) row[name] = `${row[name]}0`;
  else if (kind === 1) list.splice(at, 1);
  else if (kind === 2) list.splice(at, 0, { ...row });
  else if (list.length > 1) list.push(...list.splice(0, 1));
  return JSON.stringify(changed) === JSON.stringify(stored) ? undefined : changed;
}
