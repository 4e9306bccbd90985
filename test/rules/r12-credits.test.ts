/** The rules of credits: own, team and cash, quotas by credit and by month, and attainment of each (R12.1–R12.3, R12.5–R12.7). */
import { describe, expect, test } from 'vitest';
import {
  assignment,
  attainmentOf,
  attainmentRows,
  creditMemo,
  exceptionCodes,
  exceptionsOf,
  faultCodes,
  faultsOf,
  type Given,
  history,
  invoice,
  payment,
  postingRows,
  quarterRow,
  quota,
  type Row,
  sale,
  split,
  table,
  team,
  writeOff,
} from '../support/build.js';

/** Plans that pay at once, so that what is earned shows who is credited with what. */
const OWN = { id: 'ae', level: 0 };
const TEAM = { id: 'lead', credit: 'team', level: 0, rate: '2%' };
const CASH = { id: 'cash', credit: 'cash', level: undefined, rate: '1%' };

/** What each posting earns, in order: `2025-01-15 M team I1 20.00`. */
const credited = (given: Given): string[] =>
  postingRows(given).map((row) =>
    [row['date'], row['rep_id'], row['credit'], row['invoice_id'], row['earned']].join(' '),
  );

/** What managers and collectors earn, by rep and invoice: `M I1 20.00`. */
const earnedIn = (credit: string, given: Given): string[] =>
  postingRows(given, { credit }).map((row) => [row['rep_id'], row['invoice_id'], row['earned']].join(' '));

const quotaOf = (credit: string, quarter: string, amount: string, rep = 'R1'): Row => ({
  ...quota(quarter, amount, rep),
  credit,
});

/** A row of the reps ledger. */
const named = (rep: string, manager?: string): Row => ({ rep_id: rep, name: rep, manager_id: manager });

describe('R12.1 a plan of each credit', () => {
  test('R12.1 a plan credits the own sales of a rep unless it says otherwise', () => {
    expect(credited({ plan: OWN, invoices: [invoice('I1')] })).toEqual(['2025-01-15 R1 own I1 100.00']);
  });

  test('R12.1 a rep may have one plan of each credit at a time', () => {
    const given = {
      plans: [OWN, TEAM, CASH],
      assignments: ['ae', 'lead', 'cash'].map((plan) => assignment('R1', plan, '2025-01-01')),
      teams: [team('R2', 'R1')],
      invoices: [invoice('I1'), invoice('I2', { rep_id: 'R2' })],
      payments: [payment('P1', 'I1', '2025-02-10', '1000.00')],
    };
    // R2 has no plan at all, and is credited with nothing; R1 has the sale of R2 as a manager.
    expect(credited(given)).toEqual([
      '2025-01-15 R1 own I1 100.00',
      '2025-01-15 R1 team I2 20.00',
      '2025-02-10 R1 cash I1 10.00',
    ]);
  });

  test.each([
    ['own', OWN],
    ['team', TEAM],
    ['cash', CASH],
  ])('R12.1 two plans of credit %s at once are a fault', (_, plan) => {
    const given = {
      plans: [plan, { ...plan, id: 'other' }],
      assignments: [assignment('R1', plan.id, '2025-01-01'), assignment('R1', 'other', '2025-06-01')],
      invoices: [invoice('I1')],
    };
    expect(faultCodes(given)).toEqual(['overlapping-assignments']);
  });

  test('R12.1 one plan after another of the same credit is none', () => {
    const given = {
      plans: [OWN, { ...OWN, id: 'later', rate: '20%' }],
      assignments: [
        assignment('R1', 'ae', '2025-01-01', '2025-01-31'),
        assignment('R1', 'later', '2025-02-01'),
      ],
      invoices: [sale('I1', '2025-01-31', '1000.00'), sale('I2', '2025-02-01', '1000.00')],
    };
    expect(credited(given)).toEqual(['2025-01-31 R1 own I1 100.00', '2025-02-01 R1 own I2 200.00']);
  });

  test('R12.1 without assignments everyone has the plan of each credit', () => {
    const given = {
      plans: [OWN, TEAM, CASH],
      teams: [team('R1', 'M')],
      invoices: [invoice('I1'), invoice('I2', { rep_id: 'M' })],
      payments: [payment('P1', 'I1', '2025-02-10', '1000.00')],
    };
    expect(credited(given)).toEqual([
      '2025-01-15 M team I1 20.00',
      '2025-01-15 R1 own I1 100.00',
      '2025-01-15 M own I2 100.00',
      '2025-02-10 R1 cash I1 10.00',
    ]);
  });

  test('R12.1 without assignments two plans of one credit are a fault', () => {
    const given = { plans: [OWN, TEAM, { ...TEAM, id: 'director' }], invoices: [invoice('I1')] };
    expect(faultsOf(given)).toMatchObject([
      { code: 'which-plan', credit: 'team', plans: ['lead', 'director'] },
    ]);
  });

  test('R12.1 no-plan is for an own credit of a rep without a plan of any credit on the booking date', () => {
    const given = {
      plans: [OWN, TEAM, CASH],
      assignments: [
        assignment('R1', 'lead', '2025-01-01'),
        assignment('R2', 'cash', '2025-01-01'),
        assignment('R4', 'lead', '2025-01-01', '2025-01-14'),
        assignment('R5', 'ae', '2025-01-16'),
      ],
      invoices: ['R1', 'R2', 'R3', 'R4', 'R5'].map((rep, at) => invoice(`I${at + 1}`, { rep_id: rep })),
    };
    expect(exceptionsOf(given)).toEqual(
      [2, 3, 4].map((row) => ({ code: 'no-plan', ledger: 'invoices', row, id: `I${row + 1}` })),
    );
  });

  test('R12.1 a rep has a line of each credit on one invoice, and own comes before team and cash', () => {
    const given = {
      plans: [{ ...OWN, level: 3 }, { ...TEAM, level: 3 }, CASH],
      teams: [team('R2', 'R1')],
      invoices: [invoice('I1', { rep_id: undefined })],
      splits: [split('I1', 'R2', '50%'), split('I1', 'R1', '50%')],
      payments: [payment('P1', 'I1', '2025-02-10', '1000.00')],
    };
    // R1: half of the sale, the half of R2 as a manager, and the cash of the own half.
    expect(history(given, { cause: 'collected', rep_id: 'R1' })).toEqual([
      '2025-02-10 collected P1: released 50.00, held -50.00',
      '2025-02-10 collected P1: released 10.00, held -10.00',
      '2025-02-10 collected P1: earned 5.00, advanced 5.00',
    ]);
    expect(postingRows(given).map((row) => [row['cause'], row['rep_id'], row['credit']].join(' '))).toEqual([
      'invoiced R1 own',
      'invoiced R1 team',
      'invoiced R2 own',
      'collected R1 own',
      'collected R1 team',
      'collected R1 cash',
      'collected R2 own',
      'collected R2 cash',
    ]);
  });
});

describe('R12.2 attainment by credit', () => {
  const plans = [
    { ...OWN, rate: table('quarter') },
    { ...TEAM, rate: table('quarter') },
  ];
  const invoices = [
    sale('I1', '2025-01-15', '1500.00', { rep_id: 'M' }),
    sale('I2', '2025-01-20', '1500.00'),
  ];
  const teams = [team('R1', 'M')];

  test('R12.2 own sales and those of the team reach quotas of their own', () => {
    const given = {
      plans,
      invoices,
      teams,
      quotas: [
        quota('2025-Q1', '1000.00', 'M'),
        quotaOf('team', '2025-Q1', '2000.00', 'M'),
        quota('2025-Q1', '3000.00'),
      ],
    };
    // Own: 1,000 x 5% + 500 x 8%. Team: 1,500 of 2,000, all at 5%.
    expect(credited(given)).toEqual([
      '2025-01-15 M own I1 90.00',
      '2025-01-20 M team I2 75.00',
      '2025-01-20 R1 own I2 75.00',
    ]);
    expect(attainmentOf(given, '2025-Q1', 'M')).toBe(
      'ae: 1500.00 of 1000.00, quarter 1500.00 ÷ 1000.00 = 1.5000',
    );
    expect(attainmentOf(given, '2025-Q1', 'M', 'team')).toBe(
      'lead: 1500.00 of 2000.00, quarter 1500.00 ÷ 2000.00 = 0.7500',
    );
  });

  test('R12.2 the quota of another credit is none', () => {
    const given = {
      plans,
      invoices,
      teams,
      quotas: [quota('2025-Q1', '1000.00', 'M'), quota('2025-Q1', '1')],
    };
    expect(faultsOf(given)).toMatchObject([{ code: 'no-quota', rep: 'M', plan: 'lead', invoice: 'I2' }]);
  });

  test('R12.2 a blank credit means own: two quotas of one rep, quarter and credit are a fault', () => {
    const twice = [quota('2025-Q1', '1000.00'), quotaOf('own', '2025-Q1', '2000.00')];
    expect(faultCodes({ invoices, quotas: twice })).toEqual(['duplicate-key']);
    const apart = [quota('2025-Q1', '1000.00'), quotaOf('team', '2025-Q1', '2000.00')];
    expect(exceptionCodes({ invoices, quotas: apart })).toEqual([]);
  });

  test('R12.2 each credit is re-rated by its own bookings, and by the last of these', () => {
    const given = {
      plans: [OWN, { ...TEAM, rate: table('quarter', 'retroactive') }],
      teams,
      quotas: [quotaOf('team', '2025-Q1', '1000.00', 'M')],
      invoices: [
        sale('I1', '2025-01-15', '600.00'),
        sale('I2', '2025-02-15', '600.00'),
        // An own sale of the manager on that day is no booking of the team.
        sale('I3', '2025-02-15', '600.00', { rep_id: 'M' }),
      ],
    };
    // 1,200 of 1,000: both at 8%.
    expect(history(given, { credit: 'team' })).toEqual([
      '2025-01-15 invoiced I1: earned 30.00, advanced 30.00',
      '2025-02-15 re-rated I2: earned 18.00, advanced 18.00',
      '2025-02-15 invoiced I2: earned 48.00, advanced 48.00',
    ]);
  });

  test('R12.2 a credit memo comes off the quota of each credit', () => {
    const given = {
      plans,
      invoices,
      teams,
      quotas: [
        quota('2025-Q1', '1000.00', 'M'),
        quotaOf('team', '2025-Q1', '1000.00', 'M'),
        quota('2025-Q1', '3000.00'),
      ],
      creditMemos: [creditMemo('CM1', 'I2', '2025-03-10', '600.00')],
    };
    expect(attainmentOf(given, '2025-Q1', 'M', 'team')).toBe(
      'lead: 900.00 of 1000.00, quarter 900.00 ÷ 1000.00 = 0.9000',
    );
    expect(attainmentOf(given, '2025-Q1', 'M')).toBe(
      'ae: 1500.00 of 1000.00, quarter 1500.00 ÷ 1000.00 = 1.5000',
    );
  });
});

describe('R12.3 team', () => {
  const plans = [OWN, TEAM];

  test("R12.3 a manager is credited with all of a rep's sale", () => {
    expect(earnedIn('team', { plans, teams: [team('R1', 'M')], invoices: [invoice('I1')] })).toEqual([
      'M I1 20.00',
    ]);
  });

  test('R12.3 or with the share of the row, of the share that the rep has', () => {
    const given = {
      plans,
      teams: [team('R1', 'M', { share: '50%' })],
      invoices: [invoice('I1')],
      splits: [split('I1', 'R1', '60%'), split('I1', 'R2', '40%')],
    };
    // 1,000 x 60% x 50% x 2%
    expect(earnedIn('team', given)).toEqual(['M I1 6.00']);
  });

  test.each(['0%', '101%'])('R12.3 a share of %s is a fault', (share) => {
    const given = { plans, teams: [team('R1', 'M', { share })], invoices: [invoice('I1')] };
    expect(faultCodes(given)).toEqual(['share-out-of-range']);
  });

  test('R12.3 a rep may have several managers at once', () => {
    const given = {
      plans,
      teams: [team('R1', 'N', { share: '0.25' }), team('R1', 'M')],
      invoices: [invoice('I1')],
    };
    expect(earnedIn('team', given)).toEqual(['M I1 20.00', 'N I1 5.00']);
  });

  test('R12.3 rows of one rep and manager that overlap are a fault', () => {
    const rows = [team('R1', 'M', { to: '2025-03-31' }), team('R1', 'M', { from: '2025-03-31' })];
    expect(faultCodes({ plans, teams: rows, invoices: [invoice('I1')] })).toEqual(['overlapping-rows']);
    const one = [team('R1', 'M', { to: '2025-03-31' }), team('R1', 'M', { from: '2025-04-01' })];
    expect(exceptionCodes({ plans, teams: one, invoices: [invoice('I1')] })).toEqual([]);
  });

  test('R12.3 the managers of the booking date count, the first and the last day of a row included', () => {
    const teams = [
      team('R1', 'M', { from: '2025-01-10', to: '2025-01-15' }),
      team('R1', 'N', { from: '2025-01-16' }),
    ];
    const on = (id: string, booked: string) =>
      invoice(id, { booking_date: booked, invoice_date: '2025-02-01' });
    const invoices = [
      on('I1', '2025-01-09'),
      on('I2', '2025-01-10'),
      on('I3', '2025-01-15'),
      on('I4', '2025-01-16'),
    ];
    expect(earnedIn('team', { plans, teams, invoices })).toEqual(['M I2 20.00', 'M I3 20.00', 'N I4 20.00']);
  });

  test('R12.3 a sale of a rep without a plan is credited to the manager all the same', () => {
    const given = {
      plans,
      assignments: [assignment('M', 'lead', '2025-01-01')],
      teams: [team('R1', 'M')],
      invoices: [invoice('I1')],
    };
    expect(credited(given)).toEqual(['2025-01-15 M team I1 20.00']);
    expect(exceptionsOf(given)).toEqual([{ code: 'no-plan', ledger: 'invoices', row: 0, id: 'I1' }]);
  });

  test('R12.3 credit goes up the whole tree, through managers without a team plan', () => {
    const given = {
      plans,
      assignments: [
        assignment('R1', 'ae', '2025-01-01'),
        assignment('M', 'ae', '2025-01-01'),
        assignment('V', 'lead', '2025-01-01'),
      ],
      teams: [team('R1', 'M'), team('M', 'D'), team('D', 'V')],
      invoices: [invoice('I1')],
    };
    expect(credited(given)).toEqual(['2025-01-15 R1 own I1 100.00', '2025-01-15 V team I1 20.00']);
    expect(exceptionsOf(given)).toEqual([]);
  });

  test('R12.3 shares multiply on the way up', () => {
    const given = {
      plans,
      teams: [team('R1', 'M', { share: '50%' }), team('M', 'V', { share: '50%' })],
      invoices: [invoice('I1')],
    };
    // 500 x 2%, and 250 x 2%
    expect(earnedIn('team', given)).toEqual(['M I1 10.00', 'V I1 5.00']);
  });

  test('R12.3 what a manager sells is credited to the managers above, not to the manager as a team', () => {
    const given = {
      plans,
      teams: [team('R1', 'M'), team('M', 'V')],
      invoices: [invoice('I1', { rep_id: 'M' })],
    };
    expect(credited(given)).toEqual(['2025-01-15 M own I1 100.00', '2025-01-15 V team I1 20.00']);
  });

  test('R12.3 credits that come by several paths add up to one share of one line', () => {
    const given = {
      plans,
      teams: [team('R1', 'M'), team('M', 'V')],
      invoices: [invoice('I1')],
      splits: [split('I1', 'R1', '60%'), split('I1', 'M', '40%')],
    };
    // V: the 40% that M sold, and the 60% that M is credited with.
    expect(earnedIn('team', given)).toEqual(['M I1 12.00', 'V I1 20.00']);
    expect(exceptionsOf(given)).toEqual([]);
  });

  test('R12.3 the line of several paths is rounded once', () => {
    // Each third of 0.75 x 2% is half a cent, and would round up to 0.01: 0.03 instead of 0.02.
    const given = {
      plans,
      teams: ['A', 'B', 'C'].map((rep) => team(rep, 'M')),
      invoices: [invoice('I1', { amount: '0.75', rep_id: undefined })],
      splits: ['A', 'B', 'C'].map((rep) => ({ invoice_id: 'I1', rep_id: rep, amount: '0.25' })),
    };
    expect(earnedIn('team', given)).toEqual(['M I1 0.02']);
  });

  test('R12.3 a share above 100% is noticed, once for each manager', () => {
    const splits = ['I1', 'I2', 'I3'].flatMap((id) => [split(id, 'R1', '100%'), split(id, 'R2', '50%')]);
    const given = {
      plans,
      teams: [team('R1', 'M'), team('R2', 'M'), team('R1', 'N')],
      invoices: ['I3', 'I2', 'I1'].map((id) => invoice(id)),
      splits,
    };
    expect(earnedIn('team', given)).toEqual([
      'M I1 30.00',
      'N I1 20.00',
      'M I2 30.00',
      'N I2 20.00',
      'M I3 30.00',
      'N I3 20.00',
    ]);
    expect(exceptionsOf(given)).toEqual([
      { code: 'team-share-over-100', ledger: 'invoices', row: 2, id: 'I1' },
    ]);
    const both = { ...given, teams: [...given.teams, team('R2', 'N')] };
    expect(exceptionCodes(both)).toEqual(['team-share-over-100', 'team-share-over-100']);
  });

  test('R12.3 a team line needs a team plan on the booking date; without one there is no exception', () => {
    const given = {
      plans,
      assignments: [
        assignment('R1', 'ae', '2025-01-01'),
        assignment('M', 'lead', '2025-02-01', '2025-02-28'),
      ],
      teams: [team('R1', 'M')],
      invoices: [
        sale('I1', '2025-01-31', '1000.00'),
        sale('I2', '2025-02-01', '1000.00'),
        sale('I3', '2025-03-01', '1000.00'),
      ],
    };
    expect(earnedIn('team', given)).toEqual(['M I2 20.00']);
    expect(exceptionsOf(given)).toEqual([]);
  });

  test('R12.3 a team line has its own basis and hold', () => {
    const given = {
      plans: [OWN, { ...TEAM, level: 3, basis: 'gross-profit', rate: '10%' }],
      teams: [team('R1', 'M')],
      invoices: [invoice('I1', { cost: '600.00' })],
      payments: [payment('P1', 'I1', '2025-02-10', '500.00')],
    };
    // 400 x 10%, half of it released
    expect(history(given, { credit: 'team' })).toEqual([
      '2025-01-15 invoiced I1: earned 40.00, held 40.00',
      '2025-02-10 collected P1: released 20.00, held -20.00',
    ]);
  });

  test('R12.3 a team line is clawed back by its own plan, and charged to the manager', () => {
    const given = {
      plans: [OWN, { ...TEAM, level: 1, clawback: { pastDueDays: 30 } }],
      teams: [team('R1', 'M')],
      invoices: [invoice('I1', { due_date: '2025-03-02' }), invoice('I2', { due_date: '2025-12-31' })],
      payments: [payment('P1', 'I1', '2025-02-10', '250.00')],
      writeOffs: [writeOff('W1', 'I2', '2025-05-10', '100.00')],
    };
    expect(history(given, { credit: 'team' })).toEqual([
      '2025-01-15 invoiced I1: earned 20.00, advanced 20.00',
      '2025-01-15 invoiced I2: earned 20.00, advanced 20.00',
      '2025-04-01 past-due I1: clawed back 15.00',
      '2025-05-10 written-off W1: clawed back 2.00',
    ]);
    expect(quarterRow(given, '2025-Q2', 'M')).toMatchObject({
      charged: '17.00',
      owed: '17.00',
      paid: '0.00',
    });
    expect(quarterRow(given, '2025-Q2')).toMatchObject({ charged: '0.00', owed: '0.00' });
  });

  test('R12.3 without a teams ledger, the managers of the reps ledger hold for all time', () => {
    const reps = [named('R1', 'M'), named('M', 'V'), named('V')];
    const given = { plans, reps, invoices: [sale('I1', '2001-01-15', '1000.00'), invoice('I2')] };
    expect(earnedIn('team', given)).toEqual(['M I1 20.00', 'V I1 20.00', 'M I2 20.00', 'V I2 20.00']);
    expect(earnedIn('team', { ...given, teams: [team('R1', 'N')] })).toEqual(['N I2 20.00']);
    expect(earnedIn('team', { ...given, teams: [] })).toEqual([]);
  });

  describe('R12.3 a cycle', () => {
    const cycle = [
      team('R1', 'M', { to: '2025-02-28' }),
      team('M', 'V', { from: '2025-02-01' }),
      team('V', 'R1', { to: '2025-02-15' }),
    ];

    test('R12.3 on a day with a sale is a fault that names the reps in it', () => {
      const [fault, ...more] = faultsOf({
        plans,
        teams: cycle,
        invoices: [sale('I1', '2025-02-10', '1.00')],
      });
      expect(more).toEqual([]);
      expect(fault).toMatchObject({ code: 'team-cycle', date: '2025-02-10' });
      expect(new Set((fault as unknown as { reps: string[] }).reps)).toEqual(new Set(['R1', 'M', 'V']));
    });

    test('R12.3 names nobody who is only below it', () => {
      const teams = [...cycle, team('R0', 'R1')];
      const [fault] = faultsOf({
        plans,
        teams,
        invoices: [sale('I1', '2025-02-10', '1.00', { rep_id: 'R0' })],
      });
      expect(new Set((fault as unknown as { reps: string[] }).reps)).toEqual(new Set(['R1', 'M', 'V']));
    });

    test('R12.3 does not matter on days without a sale of those in it or below', () => {
      const invoices = [
        sale('I1', '2025-01-31', '1000.00'),
        sale('I2', '2025-02-10', '1000.00', { rep_id: 'R2' }),
        sale('I3', '2025-02-16', '1000.00'),
      ];
      const given = { plans, teams: cycle, invoices };
      // V reports to R1 up to 15 February, but M to V from February on: no circle in January.
      expect(earnedIn('team', given)).toEqual(['M I1 20.00', 'M I3 20.00', 'V I3 20.00']);
    });

    test('R12.3 may be a rep who manages the same rep', () => {
      const [fault] = faultsOf({ plans, teams: [team('R1', 'R1')], invoices: [invoice('I1')] });
      expect(fault).toMatchObject({ code: 'team-cycle', date: '2025-01-15' });
      expect(new Set((fault as unknown as { reps: string[] }).reps)).toEqual(new Set(['R1']));
    });

    test('R12.3 may be one of the reps ledger', () => {
      const reps = [named('R1', 'M'), named('M', 'R1')];
      expect(faultCodes({ plans, reps, invoices: [invoice('I1')] })).toEqual(['team-cycle']);
    });
  });
});

describe('R12.5 quotas of months', () => {
  const monthly = { level: 0, rate: table('month') };
  const quotas = [quota('2025-01', '500.00'), quota('2025-02', '300.00'), quota('2025-03', '200.00')];

  test('R12.5 the quota of a quarter is the sum of its months', () => {
    const given = {
      plan: { level: 0, rate: table('quarter') },
      quotas,
      invoices: [invoice('I1', { amount: '1300.00' })],
    };
    // 1,000 x 5% + 300 x 8%
    expect(credited(given)).toEqual(['2025-01-15 R1 own I1 74.00']);
    expect(quarterRow(given, '2025-Q1')).toMatchObject({ quota: '1000.00', attainment: '1.3000' });
  });

  test('R12.5 months without a row count nothing in it', () => {
    const given = {
      plan: { level: 0, rate: table('quarter') },
      quotas: quotas.slice(1),
      invoices: [invoice('I1')],
    };
    // 500 x 5% + 500 x 8%
    expect(credited(given)).toEqual(['2025-01-15 R1 own I1 65.00']);
  });

  test.each([
    '2025-Q1',
    '2025-02-14',
  ])('R12.5 a month and its quarter, named as %s, are a fault', (quarter) => {
    const given = {
      plan: monthly,
      quotas: [...quotas, quota(quarter, '1000.00')],
      invoices: [invoice('I1')],
    };
    expect(faultCodes(given)).toEqual(['duplicate-key']);
  });

  test('R12.5 the month of one credit and the quarter of another are none', () => {
    const given = { quotas: [...quotas, quotaOf('team', '2025-Q1', '1000.00')], invoices: [invoice('I1')] };
    expect(exceptionCodes(given)).toEqual([]);
  });

  test("R12.5 attainment by the month is the month's bookings against the month's quota", () => {
    const invoices = [
      sale('I1', '2025-01-15', '700.00'),
      sale('I2', '2025-02-15', '200.00'),
      sale('I3', '2025-02-20', '200.00'),
      sale('I4', '2025-03-31', '250.00'),
    ];
    const given = { plan: monthly, quotas, invoices };
    // January: 500 x 5% + 200 x 8%. February: 200 x 5%, then 100 x 5% + 100 x 8%. March: 200 x 5% + 50 x 8%.
    expect(credited(given)).toEqual([
      '2025-01-15 R1 own I1 41.00',
      '2025-02-15 R1 own I2 10.00',
      '2025-02-20 R1 own I3 13.00',
      '2025-03-31 R1 own I4 14.00',
    ]);
    // Shown is the month of the quarter's end: 250 of 200.
    expect(attainmentOf(given, '2025-Q1')).toBe('ae: 1350.00 of 1000.00, month 250.00 ÷ 200.00 = 1.2500');
    expect(quarterRow(given, '2025-Q1')).toMatchObject({
      bookings: '1350.00',
      quota: '1000.00',
      attainment: '1.2500',
    });
    // Or that of the as-of date: 400 of 300.
    const early = { ...given, asOf: '2025-02-28' };
    expect(attainmentOf(early, '2025-Q1')).toBe('ae: 1100.00 of 1000.00, month 400.00 ÷ 300.00 = 1.3333');
  });

  test('R12.5 a month without a quota of its own is a fault where a table needs one', () => {
    const given = { plan: monthly, quotas: [quota('2025-Q1', '1000.00')], invoices: [invoice('I1')] };
    expect(faultsOf(given)).toMatchObject([{ code: 'no-quota', window: '2025-01', invoice: 'I1' }]);
  });

  test('R12.5 re-rating works within the month', () => {
    const given = {
      plan: { level: 0, rate: table('month', 'retroactive') },
      quotas,
      invoices: [
        sale('I1', '2025-01-15', '200.00'),
        sale('I2', '2025-02-10', '200.00'),
        sale('I3', '2025-02-20', '200.00'),
      ],
    };
    // January: 200 of 500. February: 200, then 400 of 300.
    expect(history(given)).toEqual([
      '2025-01-15 invoiced I1: earned 10.00, advanced 10.00',
      '2025-02-10 invoiced I2: earned 10.00, advanced 10.00',
      '2025-02-20 re-rated I3: earned 6.00, advanced 6.00',
      '2025-02-20 invoiced I3: earned 16.00, advanced 16.00',
    ]);
  });

  test('R12.5 a credit memo of a later month changes the rate of no line of the month before', () => {
    const given = {
      plan: { level: 0, rate: table('month', 'retroactive') },
      quotas,
      invoices: [sale('I1', '2025-01-15', '600.00')],
      creditMemos: [creditMemo('CM1', 'I1', '2025-02-10', '300.00')],
    };
    // 48.00, and half of it: still at 8%. In January the line would fall to 5%.
    expect(history(given)).toEqual([
      '2025-01-15 invoiced I1: earned 48.00, advanced 48.00',
      '2025-02-10 credited CM1: earned -24.00, advanced -24.00',
    ]);
  });
});

describe('R12.6 what quarters.csv shows', () => {
  const plans = [OWN, { ...TEAM, rate: table('quarter') }, { ...CASH, rate: { ...table('quarter') } }];
  const given = (...had: string[]) => ({
    plans,
    assignments: had.map((plan) => assignment('M', plan, '2025-01-01')),
    teams: [team('R1', 'M')],
    invoices: [
      sale('I1', '2025-01-10', '100.00', { rep_id: 'M' }),
      sale('I2', '2025-01-15', '200.00'),
      sale('I3', '2025-01-20', '400.00', { rep_id: 'M' }),
    ],
    payments: [payment('P1', 'I3', '2025-02-10', '300.00')],
    quotas: [
      quota('2025-Q1', '1000.00', 'M'),
      quotaOf('team', '2025-Q1', '800.00', 'M'),
      quotaOf('cash', '2025-Q1', '600.00', 'M'),
    ],
    asOf: '2025-03-31',
  });
  const shown = (of: Given) => {
    const { bookings, quota: target, attainment } = quarterRow(of, '2025-Q1', 'M');
    return [bookings, target, attainment];
  };

  test('R12.6 own bookings, where the rep has an own plan at the end', () => {
    expect(shown(given('ae', 'lead', 'cash'))).toEqual(['500.00', '1000.00', '0.5000']);
  });

  test('R12.6 else those of the team, where the rep has a team plan', () => {
    expect(shown(given('lead', 'cash'))).toEqual(['200.00', '800.00', '0.2500']);
  });

  test('R12.6 else of cash, where the rep has a cash plan', () => {
    expect(shown(given('cash'))).toEqual(['300.00', '600.00', '0.5000']);
  });

  test('R12.6 with no plan at the end, own', () => {
    const left = ['ae', 'lead', 'cash'].map((plan) => assignment('M', plan, '2025-01-01', '2025-03-30'));
    expect(shown({ ...given(), assignments: left })).toEqual(['500.00', '1000.00', '']);
  });

  test('R12.6 the plan at the end counts, or as of', () => {
    const later = {
      ...given(),
      assignments: [
        assignment('M', 'lead', '2025-01-01', '2025-02-28'),
        assignment('M', 'cash', '2025-01-01'),
      ],
    };
    expect(shown(later)).toEqual(['300.00', '600.00', '0.5000']);
    expect(shown({ ...later, asOf: '2025-02-28' })).toEqual(['200.00', '800.00', '0.2500']);
  });
});

describe('R12.7 attainment.csv', () => {
  const credits = (given: Given, rep: string) =>
    attainmentRows(given)
      .filter((row) => row['rep_id'] === rep)
      .map((row) => [row['quarter'], row['credit'], row['plan_id'], row['bookings'], row['quota']].join(' '));

  test('R12.7 a rep has a row for each credit with a plan at the end, a quota, a booking or a credit', () => {
    const given = {
      plans: [OWN, TEAM, CASH],
      assignments: [
        assignment('M', 'ae', '2025-01-01', '2025-03-30'),
        assignment('M', 'lead', '2025-04-01', '2025-06-30'),
      ],
      teams: [team('R1', 'M')],
      invoices: [sale('I1', '2025-01-10', '100.00', { rep_id: 'M' }), sale('I2', '2025-04-10', '200.00')],
      quotas: [quotaOf('cash', '2025-Q2', '600.00', 'M')],
      creditMemos: [creditMemo('CM1', 'I1', '2025-07-10', '50.00')],
    };
    expect(credits(given, 'M')).toEqual([
      // A booking of credit own, though the plan ends a day before the quarter.
      '2025-Q1 own  100.00 ',
      // A team plan at the end; a quota for cash.
      '2025-Q2 team lead 200.00 ',
      '2025-Q2 cash  0.00 600.00',
      // A quota-reducing credit.
      '2025-Q3 own  -50.00 ',
    ]);
  });

  test('R12.7 rows are in order of rep, quarter and credit', () => {
    const given = {
      plans: [OWN, TEAM, CASH],
      teams: [team('R1', 'M')],
      invoices: [invoice('I1')],
      asOf: '2025-04-10',
    };
    const keys = attainmentRows(given).map((row) => [row['rep_id'], row['quarter'], row['credit']].join(' '));
    expect(keys).toEqual(
      ['M', 'R1'].flatMap((rep) =>
        ['2025-Q1', '2025-Q2'].flatMap((quarter) =>
          ['own', 'team', 'cash'].map((credit) => `${rep} ${quarter} ${credit}`),
        ),
      ),
    );
  });

  test('R12.7 the window is that of the plan, with what is divided into what', () => {
    const given = {
      plan: { level: 0, rate: table('year-to-date') },
      quotas: [quota('2025-Q1', '1000.00'), quota('2025-Q2', '500.00')],
      invoices: [sale('I1', '2025-01-10', '900.00'), sale('I2', '2025-04-10', '300.00')],
      asOf: '2025-06-30',
    };
    expect(attainmentOf(given, '2025-Q1')).toBe(
      'ae: 900.00 of 1000.00, year-to-date 900.00 ÷ 1000.00 = 0.9000',
    );
    expect(attainmentOf(given, '2025-Q2')).toBe(
      'ae: 300.00 of 500.00, year-to-date 1200.00 ÷ 1500.00 = 0.8000',
    );
  });

  test('R12.7 the last column of postings.csv is the credit', () => {
    const given = { plans: [OWN, TEAM], teams: [team('R1', 'M')], invoices: [invoice('I1')] };
    expect(postingRows(given).map((row) => Object.keys(row).at(-1))).toEqual(['credit', 'credit']);
  });
});
