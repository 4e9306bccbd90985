/** The rules of credit memos that say what they credit (R26). */
import { describe, expect, test } from 'vitest';
import {
  assignment,
  attainmentOf,
  creditMemo,
  exceptionCodes,
  exceptionsOf,
  faultCodes,
  faultsOf,
  type Given,
  history,
  invoice,
  item,
  payment,
  quotasOf,
  type Row,
  sale,
  split,
  standing,
  table,
  team,
} from '../support/build.js';

/** A credit memo of 10 February that says what it takes back. */
const memo = (id: string, amount: string, says: Row, invoiceId = 'I1'): Row => ({
  ...creditMemo(id, invoiceId, '2025-02-10', amount),
  ...says,
});
/** A row of 10 February that reverses I1. */
const reversal = (amount: string, cells: Row = {}): Row =>
  sale('K1', '2025-02-10', amount, { reverses: 'I1', ...cells });
const AT_ONCE = { level: 0 };
/** What the events of 10 February earn, by rep in order. */
const creditedOf = (given: Given) => history(given, { cause: 'credited' }).map((line) => line.split(': ')[1]);

describe('R26.1 what a memo says', () => {
  test('R26.1 its amount lowers what is owed; what of the sale it takes back is commissionable', () => {
    const given = {
      invoices: [invoice('I1', { total: '1200.00' })],
      creditMemos: [memo('CM1', '200.00', { commissionable: '0.00' })],
      payments: [payment('P1', 'I1', '2025-03-10', '500.00')],
    };
    // The commission stays 100.00; of the 1,000.00 that are owed now, half is paid.
    expect(history(given)).toEqual([
      '2025-01-15 invoiced I1: earned 100.00, held 100.00',
      '2025-03-10 collected P1: released 50.00, held -50.00',
    ]);
  });

  test('R26.1 a memo that says nothing takes back in proportion to the total', () => {
    const given = {
      plan: AT_ONCE,
      invoices: [invoice('I1', { total: '1200.00' })],
      creditMemos: [creditMemo('CM1', 'I1', '2025-02-10', '300.00')],
    };
    expect(creditedOf(given)).toEqual(['earned -25.00, advanced -25.00']);
  });

  test('R26.1 an invoice that reverses another takes back its own amount', () => {
    const given = {
      plan: AT_ONCE,
      invoices: [invoice('I1', { total: '1200.00' }), reversal('-250.00', { total: '-600.00' })],
    };
    // 250 ÷ 1,000, not 600 ÷ 1,200
    expect(creditedOf(given)).toEqual(['earned -25.00, advanced -25.00']);
  });

  test('R26.1 and its own cost', () => {
    const given = {
      plan: { level: 0, basis: 'gross-profit' },
      invoices: [invoice('I1', { cost: '600.00' }), reversal('-500.00', { cost: '-400.00' })],
    };
    // 40.00; 100 of the 400 of profit
    expect(creditedOf(given)).toEqual(['earned -10.00, advanced -10.00']);
  });

  test('R26.1 of an amount of 0 it lowers what is owed, and no commission', () => {
    const given = {
      invoices: [
        invoice('I1', { total: '1200.00' }),
        reversal('0.00', { total: '-200.00', rep_id: undefined, customer_id: 'C1' }),
      ],
      payments: [payment('P1', 'I1', '2025-03-10', '500.00')],
    };
    expect(standing(given)).toBe('earned 100.00, released 50.00, held 50.00');
  });

  test('R26.1 its rep says nothing', () => {
    const given = {
      plan: AT_ONCE,
      invoices: [invoice('I1'), reversal('-250.00', { rep_id: 'R2' })],
      splits: [split('I1', 'R1', '60%'), split('I1', 'R2', '40%')],
    };
    expect(creditedOf(given)).toEqual(['earned -15.00, advanced -15.00', 'earned -10.00, advanced -10.00']);
  });
});

describe('R26.2 the part of a line that is taken back', () => {
  test('R26.2 commissionable ÷ the amount of the invoice', () => {
    const given = {
      plan: AT_ONCE,
      invoices: [invoice('I1', { total: '1200.00' })],
      creditMemos: [memo('CM1', '300.00', { commissionable: '200.00' })],
    };
    expect(creditedOf(given)).toEqual(['earned -20.00, advanced -20.00']);
  });

  test('R26.2 of gross profit, where both costs are known', () => {
    const given = (cost?: string): Given => ({
      plan: { level: 0, basis: 'gross-profit' },
      invoices: [invoice('I1', { cost: '600.00' })],
      creditMemos: [memo('CM1', '200.00', { commissionable: '200.00', cost })],
    });
    // (200 - 180) ÷ 400 of 40.00; without a cost 200 ÷ 1,000 of it
    expect(creditedOf(given('180.00'))).toEqual(['earned -2.00, advanced -2.00']);
    expect(creditedOf(given())).toEqual(['earned -8.00, advanced -8.00']);
  });

  test('R26.2 on revenue a cost changes nothing', () => {
    const given = {
      plan: AT_ONCE,
      invoices: [invoice('I1', { cost: '600.00' })],
      creditMemos: [memo('CM1', '200.00', { commissionable: '200.00', cost: '180.00' })],
    };
    expect(creditedOf(given)).toEqual(['earned -20.00, advanced -20.00']);
  });

  test('R26.2 attainment by the measure, commission by the basis', () => {
    const given = {
      plan: { level: 0, basis: 'gross-profit', quotaOn: 'revenue' },
      quotas: quotasOf(2025, '1000.00'),
      invoices: [invoice('I1', { cost: '600.00' })],
      creditMemos: [memo('CM1', '200.00', { commissionable: '200.00', cost: '180.00' })],
      asOf: '2025-03-31',
    };
    // (200 - 180) ÷ 400 of the commission, and 200 of the revenue.
    expect(creditedOf(given)).toEqual(['earned -2.00, advanced -2.00']);
    expect(attainmentOf(given, '2025-Q1')).toContain('ae: 800.00 of 1000.00');
    const byProfit = { ...given, plan: { level: 0, basis: 'gross-profit' } };
    expect(attainmentOf(byProfit, '2025-Q1')).toContain('ae: 380.00 of 1000.00');
  });

  test('R26.2 the sum over the memos is kept between 0 and 1', () => {
    const given = {
      plan: AT_ONCE,
      invoices: [invoice('I1', { total: '2000.00' })],
      creditMemos: [
        memo('CM1', '700.00', { commissionable: '700.00' }),
        memo('CM2', '700.00', { commissionable: '500.00' }),
        { ...memo('CM3', '-300.00', { commissionable: '-300.00' }), credit_date: '2025-03-10' },
        { ...memo('CM4', '-1000.00', { commissionable: '-1000.00' }), credit_date: '2025-03-20' },
      ],
    };
    // 0.7; 1.2 is 1; 0.9; -0.1 is 0
    expect(history(given, { cause: 'credited' })).toEqual([
      '2025-02-10 credited CM1: earned -70.00, advanced -70.00',
      '2025-02-10 credited CM2: earned -30.00, advanced -30.00',
      '2025-03-10 credited CM3: earned 10.00, advanced 10.00',
      '2025-03-20 credited CM4: earned 90.00, advanced 90.00',
    ]);
  });

  test('R26.2 more cost than revenue that comes back gives commission back only up to the whole', () => {
    const given = {
      plan: { level: 0, basis: 'gross-profit' },
      invoices: [invoice('I1', { cost: '600.00' })],
      creditMemos: [
        memo('CM1', '100.00', { commissionable: '100.00', cost: '160.00' }),
        { ...memo('CM2', '200.00', { commissionable: '200.00', cost: '100.00' }), credit_date: '2025-03-10' },
      ],
    };
    // -60 ÷ 400 is kept at 0; with the 100 of the second it is 40 ÷ 400.
    expect(creditedOf(given)).toEqual(['earned -4.00, advanced -4.00']);
  });

  test('R26.2 a divisor of 0 gives 0', () => {
    // Item by item there is a profit of 400, though the invoice as a whole has none.
    const given = {
      plan: { level: 0, basis: 'gross-profit' },
      invoices: [invoice('I1')],
      items: [
        item('I1', '1', '', '600.00', { cost: '200.00' }),
        item('I1', '2', '', '400.00', { cost: '800.00' }),
      ],
      creditMemos: [memo('CM1', '500.00', { commissionable: '500.00', cost: '300.00' })],
    };
    expect(history(given)).toEqual(['2025-01-15 invoiced I1: earned 40.00, advanced 40.00']);
  });

  test('R26.2 where nothing is owed any more, there is no commission, and nothing counts', () => {
    const given = {
      plan: AT_ONCE,
      invoices: [invoice('I1', { total: '1200.00' })],
      creditMemos: [memo('CM1', '1200.00', { commissionable: '300.00' })],
      asOf: '2025-03-31',
    };
    expect(creditedOf(given)).toEqual(['earned -100.00, advanced -100.00']);
    expect(attainmentOf(given, '2025-Q1')).toContain('ae: 0.00 of');
  });

  test('R26.2 a memo that takes nothing back comes off no quota, and re-rates nothing', () => {
    const given = {
      plan: { level: 0, rate: table('quarter', 'retroactive') },
      quotas: quotasOf(2025, '1000.00'),
      invoices: [invoice('I1', { total: '1200.00' })],
      creditMemos: [
        memo('CM1', '200.00', { commissionable: '0.00' }),
        { ...memo('CM2', '100.00', { commissionable: '100.00' }), credit_date: '2025-02-10' },
      ],
    };
    // 1,000 of 1,000: 80.00. CM2: 900 of 1,000: 5%, and a tenth off.
    expect(history(given)).toEqual([
      '2025-01-15 invoiced I1: earned 80.00, advanced 80.00',
      '2025-02-10 re-rated CM2: earned -30.00, advanced -30.00',
      '2025-02-10 credited CM2: earned -5.00, advanced -5.00',
    ]);
    const { creditMemos, ...rest } = given;
    expect(history({ ...rest, creditMemos: creditMemos.slice(0, 1) })).toHaveLength(1);
  });

  describe('R26.2 of one rep', () => {
    const shared = {
      plan: AT_ONCE,
      invoices: [invoice('I1', { rep_id: undefined })],
      splits: [split('I1', 'R1', '60%'), split('I1', 'R2', '40%')],
    };

    test("R26.2 it comes off the rep's own line, divided by its share, and off no other", () => {
      const given = { ...shared, creditMemos: [memo('CM1', '300.00', { rep_id: 'R1' })] };
      // 0.3 ÷ 0.6 of 60.00
      expect(creditedOf(given)).toEqual(['earned -30.00, advanced -30.00']);
      expect(attainmentOf({ ...given, asOf: '2025-03-31' }, '2025-Q1')).toContain('ae: 300.00 of');
      expect(attainmentOf({ ...given, asOf: '2025-03-31' }, '2025-Q1', 'R2')).toContain('ae: 400.00 of');
    });

    test('R26.2 with what it says is commissionable', () => {
      const given = {
        ...shared,
        creditMemos: [memo('CM1', '300.00', { rep_id: 'R2', commissionable: '100.00' })],
      };
      // 0.1 ÷ 0.4 of 40.00
      expect(creditedOf(given)).toEqual(['earned -10.00, advanced -10.00']);
    });

    test("R26.2 beyond the rep's part it takes no more, and a reversal starts from the sum", () => {
      const given = {
        ...shared,
        creditMemos: [
          memo('CM1', '700.00', { rep_id: 'R1' }),
          { ...memo('CM2', '-200.00', { rep_id: 'R1' }), credit_date: '2025-03-10' },
        ],
      };
      // 0.7 ÷ 0.6 is 1; 0.5 ÷ 0.6 of 60.00 is 50.00 off
      expect(creditedOf(given)).toEqual(['earned -60.00, advanced -60.00', 'earned 10.00, advanced 10.00']);
    });

    test('R26.2 team lines follow the own lines they come from', () => {
      const given: Given = {
        ...shared,
        plans: [AT_ONCE, { id: 'lead', credit: 'team', level: 0, rate: '10%' }],
        assignments: [assignment('M', 'lead', '2025-01-01'), assignment('N', 'lead', '2025-01-01')],
        teams: [team('R1', 'M', { share: '50%' }), team('R2', 'M'), team('R2', 'N')],
        creditMemos: [memo('CM1', '300.00', { rep_id: 'R1' })],
      };
      // M has 300 of R1 and 400 of R2, 70.00, and loses half of the 300. N has R2's 400 alone.
      expect(history(given)).toEqual([
        '2025-01-15 invoiced I1: earned 70.00, advanced 70.00',
        '2025-01-15 invoiced I1: earned 40.00, advanced 40.00',
        '2025-02-10 credited CM1: earned -15.00, advanced -15.00',
      ]);
      expect(attainmentOf({ ...given, asOf: '2025-03-31' }, '2025-Q1', 'M', 'team')).toContain('550.00 of');
    });

    test('R26.2 through every level of the tree', () => {
      const given: Given = {
        ...shared,
        plans: [AT_ONCE, { id: 'lead', credit: 'team', level: 0, rate: '10%' }],
        assignments: [assignment('V', 'lead', '2025-01-01')],
        // V has half of R1 through M, and R2.
        teams: [team('R1', 'M'), team('M', 'V', { share: '50%' }), team('R2', 'V')],
        creditMemos: [memo('CM1', '600.00', { rep_id: 'R1' })],
      };
      // 300 and 400: all of the 300 goes.
      expect(history(given)).toEqual([
        '2025-01-15 invoiced I1: earned 70.00, advanced 70.00',
        '2025-02-10 credited CM1: earned -30.00, advanced -30.00',
      ]);
    });

    test("R26.2 of a manager's own part, the manager's team line keeps what the others sold", () => {
      const given: Given = {
        ...shared,
        plans: [AT_ONCE, { id: 'lead', credit: 'team', level: 0, rate: '10%' }],
        teams: [team('R2', 'R1')],
        creditMemos: [memo('CM1', '600.00', { rep_id: 'R1' })],
      };
      expect(history(given, { cause: 'credited' })).toEqual([
        '2025-02-10 credited CM1: earned -60.00, advanced -60.00',
      ]);
    });
  });

  test('R26.2 without memos that say so, everything is as before', () => {
    const given = (says: Row) => ({
      plan: AT_ONCE,
      invoices: [invoice('I1')],
      creditMemos: [memo('CM1', '250.00', says)],
    });
    expect(history(given({ commissionable: '250.00' }))).toEqual(history(given({})));
  });
});

describe('R26.3 faults and what is set aside', () => {
  test.each([
    ['100.00', '-1.00'],
    ['-100.00', '1.00'],
  ])('R26.3 a memo of %s with %s of the sale is a fault', (amount, commissionable) => {
    const given = { invoices: [invoice('I1')], creditMemos: [memo('CM1', amount, { commissionable })] };
    expect(faultsOf(given)).toMatchObject([{ code: 'commissionable-sign', amount, found: commissionable }]);
  });

  test('R26.3 nothing of the sale is none', () => {
    const given = {
      invoices: [invoice('I1')],
      creditMemos: [memo('CM1', '100.00', { commissionable: '0.00' })],
    };
    expect(exceptionCodes(given)).toEqual([]);
  });

  test('R26.3 a memo on a rep without own credit on the invoice is set aside', () => {
    const given = {
      invoices: [invoice('I1')],
      creditMemos: [memo('CM1', '250.00', { rep_id: 'R2' })],
      payments: [payment('P1', 'I1', '2025-03-10', '500.00')],
    };
    expect(exceptionsOf(given)).toEqual([{ code: 'unknown-rep', ledger: 'creditMemos', row: 0, id: 'CM1' }]);
    // It lowers nothing, what is owed included.
    expect(standing(given)).toBe('earned 100.00, released 50.00, held 50.00');
  });

  test('R26.3 a rep without a plan has own credit all the same', () => {
    const given = {
      plans: [AT_ONCE],
      assignments: [assignment('R1', 'ae', '2025-01-01')],
      invoices: [invoice('I1')],
      splits: [split('I1', 'R1', '60%'), split('I1', 'R2', '40%')],
      creditMemos: [memo('CM1', '250.00', { rep_id: 'R2' })],
    };
    expect(exceptionCodes(given)).toEqual(['no-plan']);
    expect(history(given)).toHaveLength(1);
  });

  test('R26.3 the rep of an invoice that splits replace has none', () => {
    const given = {
      invoices: [invoice('I1')],
      splits: [split('I1', 'R2', '100%')],
      creditMemos: [memo('CM1', '250.00', { rep_id: 'R1' })],
    };
    expect(exceptionCodes(given)).toEqual(['unknown-rep']);
  });

  test('R26.1 a reversing row of an amount above 0 is a fault', () => {
    expect(faultCodes({ invoices: [invoice('I1'), reversal('1.00', { total: '1.00' })] })).toEqual([
      'reverses-needs-negative',
    ]);
  });
});
