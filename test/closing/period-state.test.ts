/** The state of a period: a draft until it is closed, and what each is called. */
import { describe, expect, test } from 'vitest';
import { isEarly, periodStateOf, stateRecord, stateText } from '../../src/closing/period-state.js';

const Q3 = { name: '2025-Q3', from: '2025-07-01', to: '2025-09-30' };
const MONTHS = ['2025-07', '2025-08', '2025-09'].map((name, at) => ({
  period: { name, from: `${name}-01`, to: `${name}-${[31, 31, 30][at]}` },
  closedOn: `2025-${['08', '09', '10'][at]}-04`,
  record: `closes/${name}/close.json`,
}));

describe('a period', () => {
  test('is a draft that counts until its as-of date', () => {
    const state = periodStateOf(Q3, '2025-08-15', []);
    expect(stateText(state)).toEqual({
      mark: 'DRAFT',
      sentences: ['2025-Q3 is not over: it ends on 2025-09-30.', 'Its figures count until 2025-08-15.'],
    });
    expect(stateRecord(state)).toEqual({
      ...{ status: 'draft', period: '2025-Q3', from: '2025-07-01', to: '2025-09-30' },
      ...{ countsUntil: '2025-08-15', isOver: false, closed: [] },
    });
  });

  test('that is over and not closed is a draft that counts all of it', () => {
    for (const until of ['2025-09-30', '2025-12-31']) {
      expect(stateText(periodStateOf(Q3, until, [])).sentences).toEqual([
        '2025-Q3 is not closed.',
        'Its figures count until 2025-09-30.',
      ]);
    }
  });

  test('is closed on a day, under a record', () => {
    const under = { period: Q3, closedOn: '2025-10-02', record: 'closes/2025-Q3/close.json' };
    const state = periodStateOf(Q3, '2025-09-30', [under]);
    expect(stateText(state, (day) => `<${day}>`)).toEqual({
      mark: 'CLOSED',
      sentences: ['2025-Q3 was closed on <2025-10-02>.', 'Record: closes/2025-Q3/close.json.'],
    });
    expect(stateRecord(state)).toMatchObject({
      status: 'closed',
      closedOn: '2025-10-02',
      closedEarly: false,
    });
  });

  test('that was closed before its last day was over was closed early', () => {
    const under = { period: Q3, closedOn: '2025-09-30', record: 'closes/2025-Q3/close.json' };
    expect(isEarly(under)).toBe(true);
    expect(isEarly({ ...under, closedOn: '2025-10-01' })).toBe(false);
    expect(stateText(periodStateOf(Q3, '2025-09-30', [under])).sentences[0]).toBe(
      '2025-Q3 was closed early, on 2025-09-30: it ends on 2025-09-30.',
    );
  });

  test('a quarter of closed months is closed with the last of them', () => {
    const two = periodStateOf(Q3, '2025-09-10', MONTHS.slice(0, 2));
    expect(stateText(two).sentences).toEqual([
      '2025-Q3 is not over: it ends on 2025-09-30.',
      'Closed through 2025-08.',
      'Its figures count until 2025-09-10.',
    ]);
    expect(stateRecord(two)).toMatchObject({ closed: ['2025-07', '2025-08'] });
    expect(stateText(periodStateOf(Q3, '2025-09-30', MONTHS)).sentences).toEqual([
      '2025-Q3 was closed on 2025-10-04.',
      'Record: closes/2025-09/close.json.',
    ]);
  });

  test('by whom it was approved; a draft names what is closed before it', () => {
    const [first, second, third] = MONTHS.map((one, at) => ({
      ...one,
      approvedBy: [['Ana'], [], ['Bo', 'Kim']][at] ?? [],
    }));
    const sentences = (closes: Parameters<typeof periodStateOf>[2]) =>
      stateText(
        periodStateOf({ name: '2025-10', from: '2025-10-01', to: '2025-10-31' }, '2025-10-09', closes),
      ).sentences;
    expect(sentences([first, second, third].flatMap((one) => one ?? []))).toEqual([
      '2025-10 is not over: it ends on 2025-10-31.',
      'Closed through 2025-09, approved by Bo and Kim.',
      'Not approved: 2025-08.',
      'Its figures count until 2025-10-09.',
    ]);
    expect(sentences([first, second].flatMap((one) => one ?? []))[1]).toBe(
      'Closed through 2025-08, not approved.',
    );
    const state = (under: (typeof MONTHS)[number] & { approvedBy?: readonly string[] | 'later' }) =>
      stateText(periodStateOf(under.period, under.period.to, [under])).sentences.at(-1);
    const [august] = MONTHS as [(typeof MONTHS)[number]];
    expect(state({ ...august, approvedBy: ['M. Reyes'] })).toBe('Approved by M. Reyes.');
    expect(state({ ...august, approvedBy: [] })).toBe('Not approved.');
    expect(state({ ...august, approvedBy: 'later' })).toBe('Not yet approved when this was made.');
    expect(
      stateRecord(
        periodStateOf(
          Q3,
          '2025-09-30',
          [first, second].flatMap((one) => one ?? []),
        ),
      ),
    ).toMatchObject({
      closedThrough: { period: '2025-08', approvedBy: [] },
      notApproved: ['2025-08'],
    });
  });
});
