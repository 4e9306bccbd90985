/** Credits under closes and openings: the credit is part of what is compared, and of what is booked (R11.2, R12.2, R12.7, R25.3). */
import { describe, expect, test } from 'vitest';
import type { Posting } from '../../src/engine/r6-postings/posting-table.js';
import type { Close } from '../../src/engine/r11-closes/close.js';
import { readPostings } from '../../src/ledgers/frozen.js';
import { closeOrThrow } from '../../src/library/or-throw.js';
import { lateHistories, periodEndsOf } from '../../src/testing/late.js';
import {
  attainmentOf,
  type Given,
  invoice,
  payment,
  quota,
  type Row,
  sale,
  split,
  table,
  team,
  workspace,
  writeOff,
} from '../support/build.js';
import { forAll } from '../support/property.js';
import { resultOf, type TestResult, type Workspace } from '../support/run.js';

const AE = { id: 'ae', level: 1, clawback: { pastDueDays: 30 } };
const LEAD = { ...AE, id: 'lead', credit: 'team' };
const CASH = { id: 'cash', credit: 'cash', level: undefined, rate: '1%' };

/** The result of what is known by now, with these periods closed. */
const known = (given: Given, asOf: string, ...closes: readonly Close[]): TestResult =>
  resultOf(workspace({ ...given, asOf }), { closes });

/** `2025-04-01 M team collected P1: 10.00 (2025-01-20, 2025-Q1)`: what is earned less what is clawed back. */
const written = (postings: readonly Posting[]): string[] =>
  postings.map(({ date, repId, credit, cause, sourceId, earned, clawedBack, eventDate, adjusts }) => {
    const of = adjusts === '' ? '' : ` (${eventDate}, ${adjusts})`;
    return `${date} ${repId} ${credit} ${cause} ${sourceId}: ${earned - clawedBack}${of}`;
  });

describe('R12.7 closes', () => {
  const plans = [AE, { ...LEAD, rate: '2%' }, CASH];
  /** M sells with R1, leads R1, and looks after the cash of the own share. */
  const given: Given = {
    plans,
    teams: [team('R1', 'M')],
    invoices: [invoice('I1', { rep_id: undefined, due_date: '2025-02-28' })],
    splits: [split('I1', 'R1', '60%'), split('I1', 'M', '40%')],
  };

  test('R12.7 what is known too late adjusts each credit of a rep on an invoice by itself', () => {
    const q1 = closeOrThrow(known(given, '2025-03-31'));
    const late = { ...given, payments: [payment('P1', 'I1', '2025-03-10', '500.00')] };
    const result = known(late, '2025-06-30', q1);
    // Past due on 30 March: half of it is not taken back after all.
    expect(written(result.postings.filter(({ repId }) => repId === 'M'))).toEqual([
      '2025-01-15 M own invoiced I1: 4000',
      '2025-01-15 M team invoiced I1: 1200',
      '2025-03-30 M own past-due I1: -4000',
      '2025-03-30 M team past-due I1: -1200',
      '2025-04-01 M cash collected P1: 200 (2025-03-10, 2025-Q1)',
      '2025-04-01 M own past-due I1: 2000 (2025-03-30, 2025-Q1)',
      '2025-04-01 M team past-due I1: 600 (2025-03-30, 2025-Q1)',
    ]);
  });

  test('R12.7 a manager who is named too late has all of the quarter in the next', () => {
    const { teams, ...before } = given;
    const q1 = closeOrThrow(known(before, '2025-03-31'));
    const result = known(given, '2025-06-30', q1);
    expect(written(result.postings.filter(({ adjusts }) => adjusts !== ''))).toEqual([
      '2025-04-01 M team invoiced I1: 1200 (2025-01-15, 2025-Q1)',
      '2025-04-01 M team past-due I1: -1200 (2025-03-30, 2025-Q1)',
    ]);
  });

  test('R12.7 the same events without a change post nothing', () => {
    const q1 = closeOrThrow(known(given, '2025-03-31'));
    expect(known(given, '2025-06-30', q1).postings.filter(({ adjusts }) => adjusts !== '')).toEqual([]);
  });

  test('R12.7 in a close that was written before there were credits, it is own', () => {
    const header = 'date,period,rep_id,invoice_id,customer_id,plan_id,level,cause,source_id';
    const amounts = 'earned,advanced,released,held,forfeited,clawed_back';
    const file = (credit: string, cell: string) =>
      Buffer.from(
        `${header},${amounts}${credit},event_date,adjusts\n2025-01-15,2025-Q1,M,I1,C1,lead,3,invoiced,I1,1.00,0.00,0.00,1.00,0.00,0.00${cell},2025-01-15,\n`,
      );
    const credits = (content: Uint8Array) => Array.from(readPostings(content, 2), ({ credit }) => credit);
    expect(credits(file('', ''))).toEqual(['own']);
    expect(credits(file(',credit', ',team'))).toEqual(['team']);
    expect(() => credits(file(',credit', ',sideways'))).toThrow('line 2 has the unknown credit "sideways"');
  });
});

describe('R11 openings', () => {
  const opening = (rep: string, cells: Row = {}): Row => ({
    rep_id: rep,
    date: '2025-03-31',
    owed: '0.00',
    ...cells,
  });
  /** Booked and invoiced before the opening. */
  const old = sale('O1', '2025-03-20', '1000.00', { due_date: '2025-05-31' });

  test('R11 a manager goes on with the team lines of what is open', () => {
    const given: Given = {
      plans: [AE, { ...LEAD, rate: '2%' }],
      teams: [team('R1', 'M')],
      openings: [opening('R1'), opening('M')],
      invoices: [old],
      writeOffs: [writeOff('W1', 'O1', '2025-04-10', '500.00')],
    };
    expect(written(known(given, '2025-06-30').postings)).toEqual([
      '2025-04-10 M team written-off W1: -1000',
      '2025-04-10 R1 own written-off W1: -5000',
      '2025-06-30 M team past-due O1: -1000',
      '2025-06-30 R1 own past-due O1: -5000',
    ]);
  });

  test('R12.4 cash from before the opening counts as paid for, and is taken back with a refund', () => {
    const given: Given = {
      plans: [CASH],
      openings: [opening('R1')],
      invoices: [old],
      payments: [
        payment('P1', 'O1', '2025-03-25', '400.00'),
        payment('P2', 'O1', '2025-04-10', '200.00'),
        payment('P3', 'O1', '2025-05-10', '-300.00'),
      ],
    };
    // P2 by itself, then 200 of P2 and 100 of P1 back.
    expect(written(known(given, '2025-06-30').postings)).toEqual([
      '2025-04-10 R1 cash collected P2: 200',
      '2025-05-10 R1 cash refunded P3: -300',
    ]);
  });

  test('R11 what is brought in as booked is own sales, and none of the team', () => {
    const rate = table('year-to-date');
    const given: Given = {
      plans: [
        { ...AE, level: 0, clawback: undefined, rate },
        { ...LEAD, level: 0, clawback: undefined, rate },
      ],
      teams: [team('R1', 'M')],
      openings: [opening('R1', { booked: '900.00' }), opening('M', { booked: '500.00' })],
      quotas: ['own', 'team'].flatMap((credit) =>
        ['R1', 'M'].flatMap((rep) =>
          ['2025-Q1', '2025-Q2'].map((quarter) => ({ ...quota(quarter, '1000.00', rep), credit })),
        ),
      ),
      invoices: [sale('I1', '2025-04-10', '1200.00')],
      asOf: '2025-06-30',
    };
    expect(attainmentOf(given, '2025-Q2')).toContain('year-to-date 2100.00 ÷ 2000.00');
    expect(attainmentOf(given, '2025-Q2', 'M')).toContain('year-to-date 500.00 ÷ 2000.00');
    expect(attainmentOf(given, '2025-Q2', 'M', 'team')).toContain('year-to-date 1200.00 ÷ 2000.00');
  });
});

describe('R25.3 a team of one', () => {
  test('R25.3 its manager has the postings and the pay of the rep, whatever is known late', () => {
    forAll(
      lateHistories.map((history) => ({ ...history, history: withManagers(history.history) })),
      (history, meet) => {
        for (const { result, closes } of periodEndsOf(history)) {
          expect(postingsIn(result, 'team')).toEqual(postingsIn(result, 'own'));
          expect(payIn(result, 'team')).toEqual(payIn(result, 'own'));
          if (result.postings.length > 0) meet('postings');
          if (closes.length > 0) meet('closes');
          if (result.postings.some(({ credit, adjusts }) => credit === 'team' && adjusts !== ''))
            meet('adjustments');
        }
      },
      { postings: 0.5, closes: 0.4, adjustments: 0.15 },
      { isSlow: true },
    );
  });
});

const BOSS = ' (boss)';

/** The workspace with a manager over each rep, who has the rep's plans and quotas for the rep's sales. */
function withManagers({ terms, ledgers, ...rest }: Workspace): Workspace {
  const { plans, ...others } = terms as { readonly plans: readonly Record<string, unknown>[] };
  const idOf = (row: Row) => (row['rep_id'] ?? '').trim();
  const rows = Object.values(ledgers).flat();
  const reps = new Set(rows.map(idOf).filter((rep) => rep !== ''));
  const twins = (name: string, cells: (row: Row) => Row) =>
    ledgers[name] === undefined
      ? {}
      : {
          [name]: [
            ...ledgers[name],
            ...ledgers[name].map((row) => ({ ...row, rep_id: `${idOf(row)}${BOSS}`, ...cells(row) })),
          ],
        };
  return {
    ...rest,
    terms: {
      ...others,
      plans: [...plans, ...plans.map((plan) => ({ ...plan, id: `${plan['id']}${BOSS}`, credit: 'team' }))],
    },
    ledgers: {
      ...ledgers,
      ...twins('assignments', ({ plan_id: plan }) => ({ plan_id: `${plan?.trim()}${BOSS}` })),
      ...twins('quotas', () => ({ credit: 'team' })),
      teams: [...reps].map((rep) => team(rep, `${rep}${BOSS}`, { from: '1900-01-01' })),
    },
  };
}

/** The postings of a credit, as if they were the rep's. */
function postingsIn({ postings }: TestResult, credit: 'own' | 'team') {
  return postings
    .filter((posting) => posting.credit === credit)
    .map(({ credit: _, repId, planId, ...posting }) => ({
      ...posting,
      repId: repId.replace(BOSS, ''),
      planId: planId.replace(BOSS, ''),
    }));
}

/** The pay of the reps, or of their managers. */
function payIn({ quarters, months }: TestResult, credit: 'own' | 'team') {
  return [...quarters, ...months]
    .filter(({ repId }) => repId.endsWith(BOSS) === (credit === 'team'))
    .map((row) => {
      // What is shown as booked is another credit (R12.6).
      const {
        bookings: _,
        quota: __,
        attainment: ___,
        ...pay
      } = { bookings: 0, quota: 0, attainment: 0, ...row };
      return { ...pay, repId: row.repId.replace(BOSS, '') };
    });
}
