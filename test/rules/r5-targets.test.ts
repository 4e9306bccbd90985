/** The rules of a line's targets: what it should have come to after each of its events (R5). */
import { describe, expect, test } from 'vitest';
import {
  creditMemo,
  exceptionCodes,
  type Given,
  history,
  invoice,
  payment,
  quota,
  quotasOf,
  type Row,
  sale,
  standing,
  table,
  writeOff,
} from '../support/build.js';

/** The history after the line was invoiced, which most tests are about. */
const since = (given: Given): string[] => history(given, { invoice_id: 'I1' }).slice(1);

describe('R5 the collected fraction', () => {
  const invoices = [invoice('I1')];

  test('R5 f is the cash received of what is owed', () => {
    expect(standing({ invoices, payments: [payment('P1', 'I1', '2025-02-10', '250.00')] })).toBe(
      'earned 100.00, released 25.00, held 75.00',
    );
  });

  test('R5 f is never above 1: an overpayment releases no more than all', () => {
    expect(standing({ invoices, payments: [payment('P1', 'I1', '2025-02-10', '1500.00')] })).toBe(
      'earned 100.00, released 100.00',
    );
  });

  test('R5 f is never below 0: refunds beyond payments hold no more than all', () => {
    const payments = [payment('P1', 'I1', '2025-02-10', '-500.00')];
    expect(standing({ invoices, payments })).toBe('earned 100.00, held 100.00');
  });

  test('R5 refunds beyond payments are still counted against cash that comes later', () => {
    // P = -500.00 + 700.00 = 200.00
    const payments = [
      payment('P1', 'I1', '2025-02-10', '-500.00'),
      payment('P2', 'I1', '2025-02-11', '700.00'),
    ];
    expect(standing({ invoices, payments })).toBe('earned 100.00, released 20.00, held 80.00');
  });

  test('R5 an overpayment is still counted when it is refunded', () => {
    // P = 1,500.00 - 500.00 = 1,000.00: still all.
    const payments = [
      payment('P1', 'I1', '2025-02-10', '1500.00'),
      payment('P2', 'I1', '2025-02-11', '-500.00'),
    ];
    expect(history({ invoices, payments }).slice(1)).toEqual([
      '2025-02-10 collected P1: released 100.00, held -100.00',
    ]);
  });

  test('R5 a remainder up to the tolerance counts as collected', () => {
    const given = { plan: { tolerance: '1.00' }, invoices };
    expect(standing({ ...given, payments: [payment('P1', 'I1', '2025-02-10', '999.00')] })).toBe(
      'earned 100.00, released 100.00',
    );
    expect(standing({ ...given, payments: [payment('P1', 'I1', '2025-02-10', '998.99')] })).toBe(
      'earned 100.00, released 99.90, held 0.10',
    );
  });

  test('R5 without cash the tolerance counts nothing as collected', () => {
    const given = { plan: { tolerance: '1.00' }, invoices: [invoice('I1', { amount: '0.50' })] };
    expect(standing(given)).toBe('earned 0.05, held 0.05');
    expect(standing({ ...given, payments: [payment('P1', 'I1', '2025-02-10', '0.01')] })).toBe(
      'earned 0.05, released 0.05',
    );
  });

  test('R5 the tolerance is 0 unless said', () => {
    const payments = [payment('P1', 'I1', '2025-02-10', '999.90')];
    expect(standing({ invoices, payments })).toBe('earned 100.00, released 99.99, held 0.01');
  });

  test('R5 the tolerance is on what is left after credit memos', () => {
    // T = 800.00; 799.50 is within 1.00 of it.
    const given = {
      plan: { tolerance: '1.00' },
      invoices,
      creditMemos: [creditMemo('CM1', 'I1', '2025-02-01', '200.00')],
      payments: [payment('P1', 'I1', '2025-02-10', '799.50')],
    };
    expect(standing(given)).toBe('earned 80.00, released 80.00');
  });

  test('R5 g adds what is written off, and is never above 1', () => {
    const writeOffs = [writeOff('W1', 'I1', '2025-02-11', '900.00')];
    const payments = [payment('P1', 'I1', '2025-02-10', '250.00')];
    expect(standing({ invoices, payments, writeOffs })).toBe(
      'earned 100.00, released 25.00, forfeited 75.00',
    );
  });

  test('R5 write-offs net of reversals count, and nothing below 0', () => {
    const writeOffs = [
      writeOff('W1', 'I1', '2025-02-11', '-300.00'),
      writeOff('W2', 'I1', '2025-02-12', '300.00'),
      writeOff('W3', 'I1', '2025-02-13', '200.00'),
    ];
    // W = -300, then 0, then 200.00
    expect(history({ invoices, writeOffs }).slice(1)).toEqual([
      '2025-02-13 written-off W3: held -20.00, forfeited 20.00',
    ]);
  });
});

describe('R5.1 credit memos, and invoices without anything to collect', () => {
  test('R5.1 an invoice below 0 awaits no cash: its commission is released at once', () => {
    expect(history({ invoices: [invoice('I1', { amount: '-1000.00' })] })).toEqual([
      '2025-01-15 invoiced I1: earned -100.00, released -100.00',
    ]);
  });

  test('R5.1 an invoice with a total of 0 awaits no cash', () => {
    expect(history({ invoices: [invoice('I1', { total: '0.00' })] })).toEqual([
      '2025-01-15 invoiced I1: earned 100.00, released 100.00',
    ]);
  });

  test('R5.1 an invoice with a total of a cent awaits that cent', () => {
    const given = {
      invoices: [invoice('I1', { total: '0.01' })],
      payments: [payment('P1', 'I1', '2025-02-10', '0.01')],
    };
    expect(history(given)).toEqual([
      '2025-01-15 invoiced I1: earned 100.00, held 100.00',
      '2025-02-10 collected P1: released 100.00, held -100.00',
    ]);
  });

  test('R5.1 credited but for a cent, an invoice awaits that cent', () => {
    // C = 1,000,000.00 x 0.01/1,000.00
    const given = {
      invoices: [invoice('I1', { amount: '10000000.00', total: '1000.00' })],
      creditMemos: [creditMemo('CM1', 'I1', '2025-02-10', '999.99')],
    };
    expect(standing(given)).toBe('earned 10.00, held 10.00');
  });

  test('R5.1 an invoice below 0 is earned at once at level 4 too', () => {
    expect(history({ plan: { level: 4 }, invoices: [invoice('I1', { amount: '-1000.00' })] })).toEqual([
      '2025-01-15 invoiced I1: earned -100.00, released -100.00',
    ]);
  });

  test('R5.1 cash, refunds and write-offs on an invoice below 0 change nothing', () => {
    const given = {
      plan: { level: 2, clawback: { pastDueDays: 0 } },
      invoices: [invoice('I1', { amount: '-1000.00', due_date: '2025-02-01' })],
      payments: [payment('P1', 'I1', '2025-02-10', '-1000.00'), payment('P2', 'I1', '2025-02-11', '400.00')],
      writeOffs: [writeOff('W1', 'I1', '2025-02-12', '100.00')],
    };
    expect(history(given)).toEqual([
      '2025-01-15 invoiced I1: earned -100.00, advanced -50.00, released -50.00',
    ]);
  });

  test('R5.1 credit memos on an invoice without anything to collect are set aside', () => {
    const given = {
      invoices: [invoice('I1', { amount: '-1000.00' }), invoice('I2', { total: '0.00' })],
      creditMemos: [
        creditMemo('CM1', 'I1', '2025-02-10', '100.00'),
        creditMemo('CM1', 'I2', '2025-02-10', '100.00'),
      ],
    };
    expect(standing(given, { invoice_id: 'I1' })).toBe('earned -100.00, released -100.00');
    expect(standing(given, { invoice_id: 'I2' })).toBe('earned 100.00, released 100.00');
    expect(exceptionCodes(given)).toEqual(['over-credited', 'over-credited', 'zero-total']);
  });

  test('R5.1 a credit memo lowers the commission in proportion', () => {
    const given = {
      invoices: [invoice('I1')],
      creditMemos: [creditMemo('CM1', 'I1', '2025-02-10', '250.00')],
    };
    expect(history(given)).toEqual([
      '2025-01-15 invoiced I1: earned 100.00, held 100.00',
      '2025-02-10 credited CM1: earned -25.00, held -25.00',
    ]);
  });

  test('R5.1 a credit memo lowers what is owed, so that cash received is a greater part of it', () => {
    // f was 400/1,000; it is 400/500 of C = 50.00: released 40.00, as before.
    const given = {
      invoices: [invoice('I1')],
      payments: [payment('P1', 'I1', '2025-02-01', '400.00')],
      creditMemos: [creditMemo('CM1', 'I1', '2025-02-10', '500.00')],
    };
    expect(since(given)).toEqual([
      '2025-02-01 collected P1: released 40.00, held -40.00',
      '2025-02-10 credited CM1: earned -50.00, held -50.00',
    ]);
  });

  test('R5.1 credited is never above the original total', () => {
    const given = {
      invoices: [invoice('I1')],
      creditMemos: [
        creditMemo('CM1', 'I1', '2025-02-10', '600.00'),
        creditMemo('CM2', 'I1', '2025-02-11', '600.00'),
      ],
    };
    expect(since(given)).toEqual([
      '2025-02-10 credited CM1: earned -60.00, held -60.00',
      '2025-02-11 credited CM2: earned -40.00, held -40.00',
    ]);
  });

  test('R5.1 all memos are summed before the sum is clamped', () => {
    // 600 + 600 - 300 = 900: 10.00 of commission is left, not 1,000 - 300 = 700 credited and 30.00 left.
    const given = {
      invoices: [invoice('I1')],
      creditMemos: [
        creditMemo('CM1', 'I1', '2025-02-10', '600.00'),
        creditMemo('CM2', 'I1', '2025-02-11', '600.00'),
        creditMemo('CM3', 'I1', '2025-02-12', '-300.00'),
      ],
    };
    expect(standing(given)).toBe('earned 10.00, held 10.00');
  });

  test('R5.1 credited is never below 0', () => {
    // -300 counts as 0; -300 + 500 = 200 is credited.
    const given = {
      invoices: [invoice('I1')],
      creditMemos: [
        creditMemo('CM1', 'I1', '2025-02-10', '-300.00'),
        creditMemo('CM2', 'I1', '2025-02-11', '500.00'),
      ],
    };
    expect(since(given)).toEqual(['2025-02-11 credited CM2: earned -20.00, held -20.00']);
  });

  test('R5.1 credited in full, nothing is earned and nothing is awaited', () => {
    const given = {
      invoices: [invoice('I1')],
      payments: [payment('P1', 'I1', '2025-02-01', '400.00')],
      creditMemos: [creditMemo('CM1', 'I1', '2025-02-10', '1000.00')],
    };
    expect(since(given)).toEqual([
      '2025-02-01 collected P1: released 40.00, held -40.00',
      '2025-02-10 credited CM1: earned -100.00, released -40.00, held -60.00',
    ]);
  });

  test('R5.1 credited in full, a forfeiture is undone', () => {
    const given = {
      invoices: [invoice('I1')],
      writeOffs: [writeOff('W1', 'I1', '2025-02-01', '1000.00')],
      creditMemos: [creditMemo('CM1', 'I1', '2025-02-10', '1000.00')],
    };
    expect(since(given)).toEqual([
      '2025-02-01 written-off W1: held -100.00, forfeited 100.00',
      '2025-02-10 credited CM1: earned -100.00, forfeited -100.00',
    ]);
  });

  test('R5.1 credited in full before it is past due, a line has nothing to claw back', () => {
    const given = {
      plan: { level: 1, clawback: { pastDueDays: 30 } },
      invoices: [invoice('I1', { due_date: '2025-02-14' })],
      creditMemos: [creditMemo('CM1', 'I1', '2025-03-16', '1000.00')],
    };
    expect(since(given)).toEqual(['2025-03-16 credited CM1: earned -100.00, advanced -100.00']);
  });

  test('R5.1 credited in full by the last day, a line is not past due; it becomes so when the memo is reversed', () => {
    // On 2025-03-16 f = 1. The reversal makes f < 1 again, so that the line is past due at the end of that day.
    const given = {
      plan: { level: 1, clawback: { pastDueDays: 30 } },
      invoices: [invoice('I1', { due_date: '2025-02-14' })],
      creditMemos: [
        creditMemo('CM1', 'I1', '2025-03-01', '1000.00'),
        creditMemo('CM2', 'I1', '2025-04-01', '-1000.00'),
      ],
    };
    expect(since(given)).toEqual([
      '2025-03-01 credited CM1: earned -100.00, advanced -100.00',
      '2025-04-01 credited CM2: earned 100.00, advanced 100.00',
      '2025-04-01 past-due I1: clawed back 100.00',
    ]);
  });
});

describe('R5.2 the earn date', () => {
  test('R5.2 nothing is posted before the invoice date of a booking made earlier', () => {
    const given = { invoices: [invoice('I1', { booking_date: '2025-01-10', invoice_date: '2025-02-20' })] };
    expect(history(given)).toEqual(['2025-02-20 invoiced I1: earned 100.00, held 100.00']);
    expect(history({ ...given, asOf: '2025-02-19' })).toEqual([]);
  });

  test('R5.2 nothing is posted before the booking date of an invoice sent earlier', () => {
    const given = { invoices: [invoice('I1', { booking_date: '2025-02-20', invoice_date: '2025-01-10' })] };
    expect(history(given)).toEqual(['2025-02-20 invoiced I1: earned 100.00, held 100.00']);
  });

  test('R5.2 `earnOn: booking` posts from the booking date', () => {
    const given = {
      plan: { earnOn: 'booking' },
      invoices: [invoice('I1', { booking_date: '2025-01-10', invoice_date: '2025-02-20' })],
    };
    expect(history(given)).toEqual(['2025-01-10 booked I1: earned 100.00, held 100.00']);
  });

  test('R5.2 `earnOn: booking` posts from the booking date where the invoice was sent earlier', () => {
    const given = {
      plan: { earnOn: 'booking' },
      invoices: [invoice('I1', { booking_date: '2025-02-20', invoice_date: '2025-01-10' })],
    };
    expect(history(given)).toEqual(['2025-02-20 booked I1: earned 100.00, held 100.00']);
  });

  test('R5.2 cash received before counts from then on, in the one posting', () => {
    const given = {
      invoices: [invoice('I1', { booking_date: '2025-01-10', invoice_date: '2025-02-20' })],
      payments: [payment('P1', 'I1', '2025-01-12', '300.00'), payment('P2', 'I1', '2025-02-20', '200.00')],
    };
    expect(history(given)).toEqual([
      '2025-02-20 invoiced I1: earned 100.00, released 30.00, held 70.00',
      '2025-02-20 collected P2: released 20.00, held -20.00',
    ]);
  });

  test('R5.2 so do credit memos and write-offs', () => {
    // C = 80.00 of T = 800.00; 200.00 written off is a quarter.
    const given = {
      invoices: [invoice('I1', { booking_date: '2025-01-10', invoice_date: '2025-02-20' })],
      creditMemos: [creditMemo('CM1', 'I1', '2025-01-12', '200.00')],
      writeOffs: [writeOff('W1', 'I1', '2025-01-13', '200.00')],
    };
    expect(history(given)).toEqual(['2025-02-20 invoiced I1: earned 80.00, held 60.00, forfeited 20.00']);
  });

  test('R5.2 at level 4 cash received before is earned on the earn date', () => {
    const given = {
      plan: { level: 4 },
      invoices: [invoice('I1', { booking_date: '2025-01-10', invoice_date: '2025-02-20' })],
      payments: [payment('P1', 'I1', '2025-01-05', '300.00')],
    };
    expect(history(given)).toEqual(['2025-02-20 invoiced I1: earned 30.00, released 30.00']);
  });

  test('R5.2 credited in full before the earn date, nothing is ever posted', () => {
    const given = {
      invoices: [invoice('I1', { booking_date: '2025-01-10', invoice_date: '2025-02-20' })],
      creditMemos: [creditMemo('CM1', 'I1', '2025-01-12', '1000.00')],
    };
    expect(history(given)).toEqual([]);
  });
});

describe('R5.3 held part and advance', () => {
  const splitOf = (level: number, keys: object = {}, cells: Row = {}) =>
    standing({ plan: { level, ...keys }, invoices: [invoice('I1', cells)] });

  test('R5.3 level 0 holds nothing', () => {
    expect(splitOf(0)).toBe('earned 100.00, advanced 100.00');
  });

  test('R5.3 level 1 holds nothing', () => {
    expect(splitOf(1, { clawback: {} })).toBe('earned 100.00, advanced 100.00');
  });

  test('R5.3 level 2 holds 50% unless the plan says otherwise', () => {
    expect(splitOf(2)).toBe('earned 100.00, advanced 50.00, held 50.00');
  });

  test("R5.3 level 2 holds the plan's `hold`", () => {
    expect(splitOf(2, { hold: '30%' })).toBe('earned 100.00, advanced 70.00, held 30.00');
  });

  test.each([
    ['0%', 'earned 100.00, advanced 100.00'],
    ['100%', 'earned 100.00, held 100.00'],
  ])('R5.3 level 2 may hold %s', (hold, expected) => {
    expect(splitOf(2, { hold })).toBe(expected);
  });

  test('R5.3 level 3 holds everything', () => {
    expect(splitOf(3)).toBe('earned 100.00, held 100.00');
  });

  test('R5.3 the held part is rounded, the advance is the rest', () => {
    // Half of 0.05 is 0.025: held 0.03, advanced 0.02.
    expect(splitOf(2, {}, { amount: '0.50' })).toBe('earned 0.05, advanced 0.02, held 0.03');
  });

  test('R5.3 the held part is rounded as the workspace rounds', () => {
    const given = {
      terms: { rounding: 'half-even' },
      plan: { level: 2 },
      invoices: [invoice('I1', { amount: '0.50' })],
    };
    expect(standing(given)).toBe('earned 0.05, advanced 0.03, held 0.02');
  });

  test('R5.3 the held part is that of the exact hold, however many decimals it has', () => {
    // Of 0.01: 0.00499999999999999999 is less than half a cent, and 0.005 is half of one.
    const cells = { amount: '0.10' };
    expect(splitOf(2, { hold: '49.9999999999999999%' }, cells)).toBe('earned 0.01, advanced 0.01');
    expect(splitOf(2, { hold: '50.0000000000000000%' }, cells)).toBe('earned 0.01, held 0.01');
  });

  test('R5.3 of a negative commission too', () => {
    // H = round(-0.025) = -0.03, released at once.
    expect(splitOf(2, {}, { amount: '-0.50' })).toBe('earned -0.05, advanced -0.02, released -0.03');
  });

  test('R5.3 credit memos lower advance and held part alike', () => {
    const given = {
      plan: { level: 2 },
      invoices: [invoice('I1')],
      creditMemos: [creditMemo('CM1', 'I1', '2025-02-10', '400.00')],
    };
    expect(since(given)).toEqual(['2025-02-10 credited CM1: earned -40.00, advanced -20.00, held -20.00']);
  });
});

describe('R5.4 levels 0 to 3', () => {
  const invoices = [invoice('I1')];
  const payments = [
    payment('P1', 'I1', '2025-02-10', '333.33'),
    payment('P2', 'I1', '2025-02-11', '333.33'),
    payment('P3', 'I1', '2025-02-12', '333.34'),
  ];

  test('R5.4 level 0: cash and write-offs change nothing', () => {
    const given = {
      plan: { level: 0 },
      invoices,
      payments,
      writeOffs: [writeOff('W1', 'I1', '2025-02-01', '1000.00')],
    };
    expect(history(given)).toEqual(['2025-01-15 invoiced I1: earned 100.00, advanced 100.00']);
  });

  test('R5.4 level 0: a credit memo still lowers the sale itself', () => {
    const given = {
      plan: { level: 0 },
      invoices,
      creditMemos: [creditMemo('CM1', 'I1', '2025-02-10', '250.00')],
    };
    expect(since(given)).toEqual(['2025-02-10 credited CM1: earned -25.00, advanced -25.00']);
  });

  test('R5.4 level 3: each payment releases its part, in cumulative amounts that add up', () => {
    // 33.333, 66.666 and 100 rounded: 33.33, 66.67, 100.00.
    expect(since({ invoices, payments })).toEqual([
      '2025-02-10 collected P1: released 33.33, held -33.33',
      '2025-02-11 collected P2: released 33.34, held -33.34',
      '2025-02-12 collected P3: released 33.33, held -33.33',
    ]);
  });

  test('R5.4 level 2: each payment releases its part of what is held', () => {
    const given = { plan: { level: 2 }, invoices, payments: [payment('P1', 'I1', '2025-02-10', '300.00')] };
    expect(since(given)).toEqual(['2025-02-10 collected P1: released 15.00, held -15.00']);
  });

  test('R5.4 level 3: a write-off forfeits what is held on the part written off', () => {
    const given = {
      invoices,
      payments: [payment('P1', 'I1', '2025-02-10', '300.00')],
      writeOffs: [writeOff('W1', 'I1', '2025-03-10', '500.00')],
    };
    expect(since(given)).toEqual([
      '2025-02-10 collected P1: released 30.00, held -30.00',
      '2025-03-10 written-off W1: held -50.00, forfeited 50.00',
    ]);
  });

  test('R5.4 level 2: a write-off forfeits of the held part only; the advance stays', () => {
    const given = {
      plan: { level: 2 },
      invoices,
      writeOffs: [writeOff('W1', 'I1', '2025-03-10', '1000.00')],
    };
    expect(standing(given)).toBe('earned 100.00, advanced 50.00, forfeited 50.00');
  });

  test('R5.4 what is settled is rounded as a whole: forfeited is the rest of it', () => {
    // H = 0.05. f = 1/2: round(0.025) = 0.03 released. g = 1: 0.05 settled, so 0.02 forfeited.
    const given = {
      invoices: [invoice('I1', { amount: '0.50' })],
      payments: [payment('P1', 'I1', '2025-02-10', '0.25')],
      writeOffs: [writeOff('W1', 'I1', '2025-03-10', '0.25')],
    };
    expect(standing(given)).toBe('earned 0.05, released 0.03, forfeited 0.02');
  });

  const whole = { release: 'paid-in-full' };

  test('R5.4 `release: paid-in-full` releases nothing until all is paid', () => {
    expect(since({ plan: whole, invoices, payments })).toEqual([
      '2025-02-12 collected P3: released 100.00, held -100.00',
    ]);
  });

  test('R5.4 `release: paid-in-full` at level 2 holds its part until all is paid', () => {
    expect(since({ plan: { level: 2, ...whole }, invoices, payments })).toEqual([
      '2025-02-12 collected P3: released 50.00, held -50.00',
    ]);
  });

  test('R5.4 `release: paid-in-full` counts a remainder within the tolerance as paid', () => {
    const given = {
      plan: { ...whole, tolerance: '0.50' },
      invoices,
      payments: [payment('P1', 'I1', '2025-02-10', '999.50')],
    };
    expect(standing(given)).toBe('earned 100.00, released 100.00');
  });

  test('R5.4 `release: paid-in-full`: paid and written off in full, the paid part is released and the rest forfeited', () => {
    const given = {
      plan: whole,
      invoices,
      payments: [payment('P1', 'I1', '2025-02-10', '400.00')],
      writeOffs: [writeOff('W1', 'I1', '2025-03-10', '500.00'), writeOff('W2', 'I1', '2025-03-11', '100.00')],
    };
    expect(since(given)).toEqual([
      '2025-03-11 written-off W2: released 40.00, held -100.00, forfeited 60.00',
    ]);
  });

  test('R5.4 `release: paid-in-full`: a refund holds everything again', () => {
    const given = {
      plan: whole,
      invoices,
      payments: [payment('P1', 'I1', '2025-02-10', '1000.00'), payment('P2', 'I1', '2025-02-11', '-0.01')],
    };
    expect(since(given)).toEqual([
      '2025-02-10 collected P1: released 100.00, held -100.00',
      '2025-02-11 refunded P2: released -100.00, held 100.00',
    ]);
  });

  test('R5.4 `release: paid-in-full`: a credit memo for what is open releases what is left', () => {
    // T = 400.00, all paid; C = 40.00.
    const given = {
      plan: whole,
      invoices,
      payments: [payment('P1', 'I1', '2025-02-10', '400.00')],
      creditMemos: [creditMemo('CM1', 'I1', '2025-03-10', '600.00')],
    };
    expect(since(given)).toEqual(['2025-03-10 credited CM1: earned -60.00, released 40.00, held -100.00']);
  });
});

describe('R5.5 level 4', () => {
  const invoices = [invoice('I1')];
  const plan = { level: 4 };

  test('R5.5 nothing is earned before cash', () => {
    expect(history({ plan, invoices })).toEqual([]);
  });

  test('R5.5 cash is earned and released at once, and nothing else is posted', () => {
    const given = { plan, invoices, payments: [payment('P1', 'I1', '2025-02-10', '400.00')] };
    expect(history(given)).toEqual(['2025-02-10 collected P1: earned 40.00, released 40.00']);
  });

  test('R5.5 a write-off forfeits nothing, for nothing was earned', () => {
    const given = { plan, invoices, writeOffs: [writeOff('W1', 'I1', '2025-02-10', '1000.00')] };
    expect(history(given)).toEqual([]);
  });

  test('R5.5 a refund takes back what was earned', () => {
    const given = {
      plan,
      invoices,
      payments: [payment('P1', 'I1', '2025-02-10', '400.00'), payment('P2', 'I1', '2025-02-11', '-150.00')],
    };
    expect(history(given).slice(1)).toEqual(['2025-02-11 refunded P2: earned -15.00, released -15.00']);
  });

  test('R5.5 a credit memo after all was paid takes back its part', () => {
    const given = {
      plan,
      invoices,
      payments: [payment('P1', 'I1', '2025-02-10', '1000.00')],
      creditMemos: [creditMemo('CM1', 'I1', '2025-03-10', '200.00')],
    };
    expect(history(given).slice(1)).toEqual(['2025-03-10 credited CM1: earned -20.00, released -20.00']);
  });

  test('R5.5 the tolerance counts', () => {
    const given = {
      plan: { ...plan, tolerance: '1' },
      invoices,
      payments: [payment('P1', 'I1', '2025-02-10', '999.00')],
    };
    expect(standing(given)).toBe('earned 100.00, released 100.00');
  });
});

// C = A = 100.00 on 1,000.00, due on 2025-02-14: 30 days later is 2025-03-16.
const due = [invoice('I1', { due_date: '2025-02-14' })];
const clawback = (keys: object = {}, plan: object = {}) => ({
  level: 1,
  clawback: { pastDueDays: 30, ...keys },
  ...plan,
});

describe('R5.6 past due', () => {
  const plan = clawback();

  test('R5.6 unpaid at the end of the last day, all is taken back with that date', () => {
    expect(since({ plan, invoices: due })).toEqual(['2025-03-16 past-due I1: clawed back 100.00']);
  });

  test('R5.6 as of the day before, nothing has happened yet', () => {
    expect(since({ plan, invoices: due, asOf: '2025-03-15' })).toEqual([]);
  });

  test('R5.6 as of the last day, its end has come', () => {
    expect(since({ plan, invoices: due, asOf: '2025-03-16' })).toEqual([
      '2025-03-16 past-due I1: clawed back 100.00',
    ]);
  });

  test('R5.6 paid in part, the unpaid part is taken back', () => {
    const given = { plan, invoices: due, payments: [payment('P1', 'I1', '2025-02-10', '400.00')] };
    expect(since(given)).toEqual(['2025-03-16 past-due I1: clawed back 60.00']);
  });

  test('R5.6 what is kept is rounded, the rest is taken back', () => {
    // A = 0.05, half of it kept: round(0.025) = 0.03, so 0.02 is taken back.
    const given = {
      plan,
      invoices: [invoice('I1', { amount: '0.50', due_date: '2025-02-14' })],
      payments: [payment('P1', 'I1', '2025-02-10', '0.25')],
    };
    expect(since(given)).toEqual(['2025-03-16 past-due I1: clawed back 0.02']);
  });

  test('R5.6 cash on the last day is still in time', () => {
    const given = { plan, invoices: due, payments: [payment('P1', 'I1', '2025-03-16', '1000.00')] };
    expect(since(given)).toEqual([]);
  });

  test('R5.6 cash on the day after is not', () => {
    const given = { plan, invoices: due, payments: [payment('P1', 'I1', '2025-03-17', '1000.00')] };
    expect(since(given)).toEqual([
      '2025-03-16 past-due I1: clawed back 100.00',
      '2025-03-17 collected P1: clawed back -100.00',
    ]);
  });

  test('R5.6 `pastDueDays: 0` is the end of the due date itself', () => {
    expect(since({ plan: clawback({ pastDueDays: 0 }), invoices: due })).toEqual([
      '2025-02-14 past-due I1: clawed back 100.00',
    ]);
  });

  test('R5.6 without `pastDueDays` no line is ever past due', () => {
    expect(since({ plan: { level: 1, clawback: {} }, invoices: due })).toEqual([]);
  });

  test('R5.6 a line earned after its last day is past due at the end of its earn date', () => {
    const given = { plan, invoices: [invoice('I1', { invoice_date: '2025-05-01', due_date: '2025-02-14' })] };
    expect(history(given)).toEqual([
      '2025-05-01 invoiced I1: earned 100.00, advanced 100.00',
      '2025-05-01 past-due I1: clawed back 100.00',
    ]);
  });

  test('R5.6 a line paid before it is earned is not past due', () => {
    const given = {
      plan,
      invoices: [
        invoice('I1', { booking_date: '2025-01-15', invoice_date: '2025-05-01', due_date: '2025-02-14' }),
      ],
      payments: [payment('P1', 'I1', '2025-04-01', '1000.00')],
    };
    expect(since(given)).toEqual([]);
  });

  test('R5.6 a remainder within the tolerance is not past due', () => {
    const given = {
      plan: clawback({}, { tolerance: '1.00' }),
      invoices: due,
      payments: [payment('P1', 'I1', '2025-02-10', '999.00')],
    };
    expect(since(given)).toEqual([]);
  });

  test('R5.6 what is credited need not be paid', () => {
    const given = {
      plan,
      invoices: due,
      payments: [payment('P1', 'I1', '2025-02-10', '600.00')],
      creditMemos: [creditMemo('CM1', 'I1', '2025-02-11', '400.00')],
    };
    expect(since(given)).toEqual(['2025-02-11 credited CM1: earned -40.00, advanced -40.00']);
  });

  test('R5.6 credited in part, the unpaid part of the rest is taken back', () => {
    // A = 60.00, f = 300/600: 30.00 kept.
    const given = {
      plan,
      invoices: due,
      payments: [payment('P1', 'I1', '2025-02-10', '300.00')],
      creditMemos: [creditMemo('CM1', 'I1', '2025-02-11', '400.00')],
    };
    expect(since(given)).toEqual([
      '2025-02-11 credited CM1: earned -40.00, advanced -40.00',
      '2025-03-16 past-due I1: clawed back 30.00',
    ]);
  });

  test('R5.6 a credit memo after the clawback lowers advance and clawback', () => {
    // A = 30.00, all of it clawed back.
    const given = { plan, invoices: due, creditMemos: [creditMemo('CM1', 'I1', '2025-05-01', '700.00')] };
    expect(since(given)).toEqual([
      '2025-03-16 past-due I1: clawed back 100.00',
      '2025-05-01 credited CM1: earned -70.00, advanced -70.00, clawed back -70.00',
    ]);
  });

  test('R5.6 refunded after the last day, a paid line is past due at the end of the refund day', () => {
    const given = {
      plan,
      invoices: due,
      payments: [payment('P1', 'I1', '2025-02-10', '1000.00'), payment('P2', 'I1', '2025-06-01', '-250.00')],
    };
    expect(since(given)).toEqual(['2025-06-01 past-due I1: clawed back 25.00']);
  });

  test('R5.6 refunded and paid again on one day, a line is not past due at its end', () => {
    const given = {
      plan,
      invoices: due,
      payments: [
        payment('P1', 'I1', '2025-02-10', '1000.00'),
        payment('P2', 'I1', '2025-06-01', '-250.00'),
        payment('P3', 'I1', '2025-06-01', '250.00'),
      ],
    };
    expect(since(given)).toEqual([]);
  });

  test('R5.6 refunded before the last day and paid again by then, a line is not past due', () => {
    const given = {
      plan,
      invoices: due,
      payments: [
        payment('P1', 'I1', '2025-02-10', '1000.00'),
        payment('P2', 'I1', '2025-02-20', '-1000.00'),
        payment('P3', 'I1', '2025-03-16', '1000.00'),
      ],
    };
    expect(since(given)).toEqual([]);
  });

  test('R5.6 past due is for good: a refund after the line was paid claws back at once', () => {
    const given = {
      plan,
      invoices: due,
      payments: [payment('P1', 'I1', '2025-04-01', '1000.00'), payment('P2', 'I1', '2025-06-01', '-250.00')],
    };
    expect(since(given)).toEqual([
      '2025-03-16 past-due I1: clawed back 100.00',
      '2025-04-01 collected P1: clawed back -100.00',
      '2025-06-01 refunded P2: clawed back 25.00',
    ]);
  });

  test('R5.6 past due is for good: so is it when the credit memo that closed the line is reversed', () => {
    const given = {
      plan,
      invoices: due,
      creditMemos: [
        creditMemo('CM1', 'I1', '2025-05-01', '1000.00'),
        creditMemo('CM2', 'I1', '2025-06-01', '-400.00'),
      ],
    };
    expect(since(given)).toEqual([
      '2025-03-16 past-due I1: clawed back 100.00',
      '2025-05-01 credited CM1: earned -100.00, advanced -100.00, clawed back -100.00',
      '2025-06-01 credited CM2: earned 40.00, advanced 40.00, clawed back 40.00',
    ]);
  });

  test('R5.6 a negative sale is never past due', () => {
    const invoices = [invoice('I1', { amount: '-1000.00', due_date: '2025-02-14' })];
    expect(history({ plan, invoices })).toEqual(['2025-01-15 invoiced I1: earned -100.00, advanced -100.00']);
  });

  test('R5.6 at level 2 the advance is taken back, and what is held stays held', () => {
    // A = H = 50.00, f = 0.4: 20.00 released, 50 - 20 = 30.00 taken back.
    const given = {
      plan: clawback({}, { level: 2 }),
      invoices: due,
      payments: [payment('P1', 'I1', '2025-02-10', '400.00')],
    };
    expect(history(given)).toEqual([
      '2025-01-15 invoiced I1: earned 100.00, advanced 50.00, held 50.00',
      '2025-02-10 collected P1: released 20.00, held -20.00',
      '2025-03-16 past-due I1: clawed back 30.00',
    ]);
  });

  test('R5.6 at level 2 without a clawback block nothing is taken back', () => {
    const given = {
      plan: { level: 2 },
      invoices: due,
      writeOffs: [writeOff('W1', 'I1', '2025-02-20', '1000.00')],
    };
    expect(standing(given)).toBe('earned 100.00, advanced 50.00, forfeited 50.00');
  });

  test('R5.6 at level 2 with everything held there is no advance to take back', () => {
    const given = { plan: clawback({}, { level: 2, hold: '100%' }), invoices: due };
    expect(standing(given)).toBe('earned 100.00, held 100.00');
  });

  test('R5.6 at level 2 `release: paid-in-full` does not change what is taken back', () => {
    const given = {
      plan: clawback({}, { level: 2, release: 'paid-in-full' }),
      invoices: due,
      payments: [payment('P1', 'I1', '2025-02-10', '400.00')],
    };
    expect(since(given)).toEqual(['2025-03-16 past-due I1: clawed back 30.00']);
  });
});

describe('R5.6 write-offs', () => {
  const plan = clawback();
  const half = [payment('P1', 'I1', '2025-02-01', '400.00')];

  test('R5.6 a write-off takes back the part written off', () => {
    // f = 0.4, g = 0.7: k = 1 - 0.3
    const given = {
      plan: { level: 1, clawback: {} },
      invoices: due,
      payments: half,
      writeOffs: [writeOff('W1', 'I1', '2025-03-01', '300.00')],
    };
    expect(since(given)).toEqual(['2025-03-01 written-off W1: clawed back 30.00']);
  });

  test('R5.6 a write-off of more than is open takes back no more than what is open', () => {
    const given = {
      plan: { level: 1, clawback: {} },
      invoices: due,
      payments: half,
      writeOffs: [writeOff('W1', 'I1', '2025-03-01', '2000.00')],
    };
    expect(since(given)).toEqual(['2025-03-01 written-off W1: clawed back 60.00']);
  });

  test('R5.6 `onWriteOff: false` takes nothing back on a write-off', () => {
    const given = {
      plan: { level: 1, clawback: { onWriteOff: false } },
      invoices: due,
      writeOffs: [writeOff('W1', 'I1', '2025-03-01', '1000.00')],
    };
    expect(since(given)).toEqual([]);
  });

  test('R5.6 a write-off does not stop the clock', () => {
    // Written off 300 of 1,000: 30.00; past due: all that is unpaid.
    const given = {
      plan,
      invoices: due,
      payments: half,
      writeOffs: [writeOff('W1', 'I1', '2025-03-01', '300.00')],
    };
    expect(since(given)).toEqual([
      '2025-03-01 written-off W1: clawed back 30.00',
      '2025-03-16 past-due I1: clawed back 30.00',
    ]);
  });

  test('R5.6 `onWriteOff: false`: a write-off does not stop the clock either', () => {
    const given = {
      plan: clawback({ onWriteOff: false }),
      invoices: due,
      writeOffs: [writeOff('W1', 'I1', '2025-03-01', '1000.00')],
    };
    expect(since(given)).toEqual(['2025-03-16 past-due I1: clawed back 100.00']);
  });

  test('R5.6 written off in full before, past due takes back nothing more', () => {
    const given = {
      plan,
      invoices: due,
      payments: half,
      writeOffs: [writeOff('W1', 'I1', '2025-03-01', '600.00')],
    };
    expect(since(given)).toEqual(['2025-03-01 written-off W1: clawed back 60.00']);
  });

  test('R5.6 a write-off after the line is past due changes nothing: all unpaid is taken back', () => {
    const given = {
      plan,
      invoices: due,
      payments: half,
      writeOffs: [writeOff('W1', 'I1', '2025-05-01', '600.00')],
    };
    expect(since(given)).toEqual(['2025-03-16 past-due I1: clawed back 60.00']);
  });

  test('R5.6 past due, the reversal of a write-off gives nothing back', () => {
    const given = {
      plan,
      invoices: due,
      writeOffs: [
        writeOff('W1', 'I1', '2025-03-01', '1000.00'),
        writeOff('W2', 'I1', '2025-05-01', '-1000.00'),
      ],
    };
    expect(since(given)).toEqual(['2025-03-01 written-off W1: clawed back 100.00']);
  });

  test('R5.6 not past due, the reversal of a write-off gives it back', () => {
    const given = {
      plan: { level: 1, clawback: {} },
      invoices: due,
      writeOffs: [
        writeOff('W1', 'I1', '2025-03-01', '1000.00'),
        writeOff('W2', 'I1', '2025-05-01', '-600.00'),
      ],
    };
    expect(since(given)).toEqual([
      '2025-03-01 written-off W1: clawed back 100.00',
      '2025-05-01 write-off-reversed W2: clawed back -60.00',
    ]);
  });

  test('R5.6 an early write-off, before the earn date, is taken back as the line is earned', () => {
    const given = {
      plan: { level: 1, clawback: {} },
      invoices: [invoice('I1', { booking_date: '2025-01-15', invoice_date: '2025-03-01' })],
      writeOffs: [writeOff('W1', 'I1', '2025-02-01', '300.00')],
    };
    expect(history(given)).toEqual([
      '2025-03-01 invoiced I1: earned 100.00, advanced 100.00, clawed back 30.00',
    ]);
  });

  test('R5.6 at level 2 a write-off forfeits the held part and takes back the advance', () => {
    const given = {
      plan: { level: 2, clawback: {} },
      invoices: due,
      payments: half,
      writeOffs: [writeOff('W1', 'I1', '2025-03-01', '600.00')],
    };
    expect(since(given)).toEqual([
      '2025-02-01 collected P1: released 20.00, held -20.00',
      '2025-03-01 written-off W1: held -30.00, forfeited 30.00, clawed back 30.00',
    ]);
  });

  test('R5.6 at level 2 with `onWriteOff: false` the held part is forfeited all the same', () => {
    const given = {
      plan: { level: 2, clawback: { onWriteOff: false } },
      invoices: due,
      writeOffs: [writeOff('W1', 'I1', '2025-03-01', '600.00')],
    };
    expect(since(given)).toEqual(['2025-03-01 written-off W1: held -30.00, forfeited 30.00']);
  });

  test('R5.6 at level 1 a write-off within the tolerance of a paid line takes nothing back', () => {
    const given = {
      plan: clawback({}, { tolerance: '5.00' }),
      invoices: due,
      payments: [payment('P1', 'I1', '2025-02-01', '996.00')],
      writeOffs: [writeOff('W1', 'I1', '2025-02-02', '4.00')],
    };
    expect(since(given)).toEqual([]);
  });
});

describe('R5.6 scope: whole', () => {
  test('R5.6 past due with a part unpaid, the whole advance is taken back', () => {
    const given = {
      plan: clawback({ scope: 'whole' }),
      invoices: due,
      payments: [payment('P1', 'I1', '2025-02-01', '999.99')],
    };
    expect(since(given)).toEqual(['2025-03-16 past-due I1: clawed back 100.00']);
  });

  test('R5.6 a part written off, the whole advance is taken back', () => {
    const given = {
      plan: clawback({ scope: 'whole' }),
      invoices: due,
      writeOffs: [writeOff('W1', 'I1', '2025-02-20', '0.01')],
    };
    expect(since(given)).toEqual(['2025-02-20 written-off W1: clawed back 100.00']);
  });

  test('R5.6 it is given back only when all is paid', () => {
    const given = {
      plan: clawback({ scope: 'whole' }),
      invoices: due,
      payments: [payment('P1', 'I1', '2025-04-01', '999.99'), payment('P2', 'I1', '2025-04-02', '0.01')],
    };
    expect(since(given)).toEqual([
      '2025-03-16 past-due I1: clawed back 100.00',
      '2025-04-02 collected P2: clawed back -100.00',
    ]);
  });

  test('R5.6 a remainder within the tolerance counts as paid', () => {
    const given = {
      plan: clawback({ scope: 'whole' }, { tolerance: '1.00' }),
      invoices: due,
      payments: [payment('P1', 'I1', '2025-04-01', '999.00')],
    };
    expect(since(given)).toEqual([
      '2025-03-16 past-due I1: clawed back 100.00',
      '2025-04-01 collected P1: clawed back -100.00',
    ]);
  });

  test('R5.6 credited in full, nothing is left to take back', () => {
    const given = {
      plan: clawback({ scope: 'whole' }),
      invoices: due,
      creditMemos: [creditMemo('CM1', 'I1', '2025-04-01', '1000.00')],
    };
    expect(since(given)).toEqual([
      '2025-03-16 past-due I1: clawed back 100.00',
      '2025-04-01 credited CM1: earned -100.00, advanced -100.00, clawed back -100.00',
    ]);
  });
});

describe('R5.6 reinstate: false', () => {
  const once = (keys: object = {}, plan: object = {}) => clawback({ reinstate: false, ...keys }, plan);
  // Only write-offs take back: moment (a) alone.
  const onlyWriteOffs = { level: 1, clawback: { reinstate: false } };
  const paid = (id: string, date: string, amount: string) => payment(id, 'I1', date, amount);
  const wrote = (id: string, date: string, amount: string) => writeOff(id, 'I1', date, amount);

  test('R5.6 (b) cash after the past-due day gives nothing back', () => {
    const given = {
      plan: once(),
      invoices: due,
      payments: [paid('P1', '2025-02-01', '400.00'), paid('P2', '2025-04-01', '600.00')],
    };
    expect(since(given)).toEqual(['2025-03-16 past-due I1: clawed back 60.00']);
  });

  test('R5.6 (b) cash on the past-due day still counts', () => {
    const given = {
      plan: once(),
      invoices: due,
      payments: [paid('P1', '2025-03-16', '400.00'), paid('P2', '2025-03-17', '600.00')],
    };
    expect(since(given)).toEqual(['2025-03-16 past-due I1: clawed back 60.00']);
  });

  test('R5.6 (b) a refund takes back more once cash falls below the cap, and cash gives back up to the cap', () => {
    // Cap 400. P = 400 + 300 = 700, refunded to 350 (k = 0.35), paid again to 950 (k = 0.40).
    const given = {
      plan: once(),
      invoices: due,
      payments: [
        paid('P1', '2025-02-01', '400.00'),
        paid('P2', '2025-04-01', '300.00'),
        paid('P3', '2025-05-01', '-350.00'),
        paid('P4', '2025-06-01', '600.00'),
      ],
    };
    expect(since(given)).toEqual([
      '2025-03-16 past-due I1: clawed back 60.00',
      '2025-05-01 refunded P3: clawed back 5.00',
      '2025-06-01 collected P4: clawed back -5.00',
    ]);
  });

  test('R5.6 (b) a cap of nothing received: nothing is ever given back', () => {
    const given = { plan: once(), invoices: due, payments: [paid('P1', '2025-04-01', '1000.00')] };
    expect(since(given)).toEqual(['2025-03-16 past-due I1: clawed back 100.00']);
  });

  test('R5.6 (b) the held part of level 2 is released all the same', () => {
    const given = {
      plan: once({}, { level: 2 }),
      invoices: due,
      payments: [paid('P1', '2025-04-01', '1000.00')],
    };
    expect(since(given)).toEqual([
      '2025-03-16 past-due I1: clawed back 50.00',
      '2025-04-01 collected P1: released 50.00, held -50.00',
    ]);
  });

  test('R5.6 (b) a credit memo makes the capped cash a greater part of what is owed', () => {
    // Cap 400. T = 500, A = 50: k = 400/500, 10.00 stays taken back.
    const given = {
      plan: once(),
      invoices: due,
      payments: [paid('P1', '2025-02-01', '400.00'), paid('P2', '2025-04-01', '100.00')],
      creditMemos: [creditMemo('CM1', 'I1', '2025-05-01', '500.00')],
    };
    expect(since(given)).toEqual([
      '2025-03-16 past-due I1: clawed back 60.00',
      '2025-05-01 credited CM1: earned -50.00, advanced -50.00, clawed back -50.00',
    ]);
  });

  test('R5.6 (b) k is computed with the tolerance: within it of the cap, all is given back', () => {
    // Cap 400. T = 400.50 after the memo: 0.50 is within the tolerance, so k = 1.
    const given = {
      plan: once({}, { tolerance: '1.00' }),
      invoices: due,
      payments: [paid('P1', '2025-02-01', '400.00')],
      creditMemos: [creditMemo('CM1', 'I1', '2025-05-01', '599.50')],
    };
    expect(since(given)).toEqual([
      '2025-03-16 past-due I1: clawed back 60.00',
      '2025-05-01 credited CM1: earned -59.95, advanced -59.95, clawed back -60.00',
    ]);
  });

  test('R5.6 (a) cash after a write-off gives nothing back', () => {
    // Cap 400: f = 0.4, g = 0.7, k = 0.7 whatever comes.
    const given = {
      plan: onlyWriteOffs,
      invoices: due,
      payments: [paid('P1', '2025-02-01', '400.00'), paid('P2', '2025-04-01', '600.00')],
      writeOffs: [wrote('W1', '2025-03-01', '300.00')],
    };
    expect(since(given)).toEqual(['2025-03-01 written-off W1: clawed back 30.00']);
  });

  test('R5.6 (a) cash and refunds of the day of the write-off are before it', () => {
    // P = 500 - 100 = 400 when W1 comes.
    const given = {
      plan: onlyWriteOffs,
      invoices: due,
      payments: [
        paid('P1', '2025-03-01', '500.00'),
        paid('P2', '2025-03-01', '-100.00'),
        paid('P3', '2025-03-02', '600.00'),
      ],
      writeOffs: [wrote('W1', '2025-03-01', '600.00')],
    };
    expect(since(given)).toEqual(['2025-03-01 written-off W1: clawed back 60.00']);
  });

  test('R5.6 (a) counts only while something is written off: its reversal gives back', () => {
    const given = {
      plan: onlyWriteOffs,
      invoices: due,
      payments: [paid('P1', '2025-02-01', '400.00'), paid('P2', '2025-04-01', '600.00')],
      writeOffs: [wrote('W1', '2025-03-01', '600.00'), wrote('W2', '2025-05-01', '-600.00')],
    };
    expect(since(given)).toEqual([
      '2025-03-01 written-off W1: clawed back 60.00',
      '2025-05-01 write-off-reversed W2: clawed back -60.00',
    ]);
  });

  test('R5.6 (a) is of the last time that write-offs went above 0', () => {
    // W1 caps at 100 and is reversed; W3 caps at 700: k = 1 - (1 - 0.7).
    const given = {
      plan: onlyWriteOffs,
      invoices: due,
      payments: [
        paid('P1', '2025-02-01', '100.00'),
        paid('P2', '2025-03-20', '600.00'),
        paid('P3', '2025-06-01', '300.00'),
      ],
      writeOffs: [
        wrote('W1', '2025-03-01', '900.00'),
        wrote('W2', '2025-04-01', '-900.00'),
        wrote('W3', '2025-05-01', '300.00'),
      ],
    };
    expect(since(given)).toEqual([
      '2025-03-01 written-off W1: clawed back 90.00',
      '2025-04-01 write-off-reversed W2: clawed back -90.00',
      '2025-05-01 written-off W3: clawed back 30.00',
    ]);
  });

  test('R5.6 (a) a further write-off while one stands does not move the moment', () => {
    // Cap 100 from W1 on: W2 makes W = 500, k = 1 - (0.6 - 0.1) = 0.5 although 700 has come.
    const given = {
      plan: onlyWriteOffs,
      invoices: due,
      payments: [paid('P1', '2025-02-01', '100.00'), paid('P2', '2025-04-01', '600.00')],
      writeOffs: [wrote('W1', '2025-03-01', '200.00'), wrote('W2', '2025-05-01', '300.00')],
    };
    expect(since(given)).toEqual([
      '2025-03-01 written-off W1: clawed back 20.00',
      '2025-05-01 written-off W2: clawed back 30.00',
    ]);
  });

  test('R5.6 (a) a write-off of a cent is one: its moment caps, and stands while more is written off', () => {
    // Of 1.00: cap 0.40. W1: k = 1 - 0.01. W2: k = 1 - 0.21, although 0.80 has come.
    const given = {
      plan: onlyWriteOffs,
      invoices: [invoice('I1', { total: '1.00' })],
      payments: [paid('P1', '2025-02-01', '0.40'), paid('P2', '2025-04-01', '0.40')],
      writeOffs: [wrote('W1', '2025-03-01', '0.01'), wrote('W2', '2025-05-01', '0.20')],
    };
    expect(since(given)).toEqual([
      '2025-03-01 written-off W1: clawed back 1.00',
      '2025-05-01 written-off W2: clawed back 20.00',
    ]);
    const paidUp = { ...given, payments: [...given.payments, paid('P3', '2025-06-01', '0.20')] };
    expect(standing(paidUp)).toBe('earned 100.00, advanced 100.00, clawed back 21.00');
  });

  test('R5.6 (a) reversed and written off anew on one day, the moment is the later one', () => {
    // W2 (-900) and W3 (+300) of 2025-05-01, in order of id: W crosses 0 again there, at P = 700.
    const given = {
      plan: onlyWriteOffs,
      invoices: due,
      payments: [paid('P1', '2025-02-01', '100.00'), paid('P2', '2025-04-01', '600.00')],
      writeOffs: [
        wrote('W1', '2025-03-01', '900.00'),
        wrote('W2', '2025-05-01', '-900.00'),
        wrote('W3', '2025-05-01', '300.00'),
      ],
    };
    expect(standing(given)).toBe('earned 100.00, advanced 100.00, clawed back 30.00');
  });

  test('R5.6 (a) a reversal that precedes its write-off moves the crossing to where W goes above 0', () => {
    // W = -200, then 100 with P = 500: f = 0.5, g = 0.6, k = 0.9, and cash after that gives nothing back.
    const given = {
      plan: onlyWriteOffs,
      invoices: due,
      payments: [
        paid('P1', '2025-02-01', '200.00'),
        paid('P2', '2025-03-10', '300.00'),
        paid('P3', '2025-05-01', '500.00'),
      ],
      writeOffs: [wrote('W1', '2025-03-01', '-200.00'), wrote('W2', '2025-04-01', '300.00')],
    };
    expect(since(given)).toEqual(['2025-04-01 written-off W2: clawed back 10.00']);
  });

  test('R5.6 (a) a write-off before the earn date has its moment on the earn date', () => {
    // W1 came when P = 0, but the line is earned when P = 400: cap 400, k = 1 - (0.7 - 0.4). P2 gives nothing back.
    const given = {
      plan: onlyWriteOffs,
      invoices: [invoice('I1', { booking_date: '2025-01-15', invoice_date: '2025-03-01' })],
      payments: [paid('P1', '2025-02-10', '400.00'), paid('P2', '2025-04-01', '600.00')],
      writeOffs: [wrote('W1', '2025-02-01', '300.00')],
    };
    expect(history(given)).toEqual([
      '2025-03-01 invoiced I1: earned 100.00, advanced 100.00, clawed back 30.00',
    ]);
  });

  test('R5.6 (a) a write-off and its reversal before the earn date leave no moment', () => {
    const given = {
      plan: onlyWriteOffs,
      invoices: [invoice('I1', { booking_date: '2025-01-15', invoice_date: '2025-03-01' })],
      payments: [paid('P1', '2025-04-01', '1000.00')],
      writeOffs: [wrote('W1', '2025-02-01', '300.00'), wrote('W2', '2025-02-10', '-300.00')],
    };
    expect(history(given)).toEqual(['2025-03-01 invoiced I1: earned 100.00, advanced 100.00']);
  });

  test('R5.6 (a) k is computed with the tolerance: a remainder within it written off takes nothing back', () => {
    const given = {
      plan: { ...onlyWriteOffs, tolerance: '1.00' },
      invoices: due,
      payments: [paid('P1', '2025-02-01', '999.50')],
      writeOffs: [wrote('W1', '2025-03-01', '0.50')],
    };
    expect(since(given)).toEqual([]);
    // Without it: 100.00 - round(99.95)
    expect(since({ ...given, plan: onlyWriteOffs })).toEqual(['2025-03-01 written-off W1: clawed back 0.05']);
  });

  test('R5.6 (a) does not count with `onWriteOff: false`: only (b) caps', () => {
    // W1 comes at P = 0, the past-due day at P = 400.
    const given = {
      plan: once({ onWriteOff: false }),
      invoices: due,
      payments: [paid('P1', '2025-03-10', '400.00'), paid('P2', '2025-04-01', '600.00')],
      writeOffs: [wrote('W1', '2025-03-01', '300.00')],
    };
    expect(since(given)).toEqual(['2025-03-16 past-due I1: clawed back 60.00']);
  });

  test('R5.6 (a) before (b): the earlier one caps', () => {
    // W1 at P = 100: cap 100, k = 1 - (0.2 - 0.1) = 0.9. P2 changes nothing. Past due: k = f = 0.1 of the capped cash.
    const given = {
      plan: once(),
      invoices: due,
      payments: [paid('P1', '2025-02-01', '100.00'), paid('P2', '2025-03-05', '300.00')],
      writeOffs: [wrote('W1', '2025-03-01', '100.00')],
    };
    expect(since(given)).toEqual([
      '2025-03-01 written-off W1: clawed back 10.00',
      '2025-03-16 past-due I1: clawed back 80.00',
    ]);
  });

  test('R5.6 (a) before (b), and (a) gone with its reversal: (b) caps', () => {
    // As above; once W1 is reversed the cap is the 400 of the past-due day: 60.00 stays taken back. P3 changes nothing.
    const given = {
      plan: once(),
      invoices: due,
      payments: [
        paid('P1', '2025-02-01', '100.00'),
        paid('P2', '2025-03-05', '300.00'),
        paid('P3', '2025-06-01', '600.00'),
      ],
      writeOffs: [wrote('W1', '2025-03-01', '100.00'), wrote('W2', '2025-05-01', '-100.00')],
    };
    expect(since(given)).toEqual([
      '2025-03-01 written-off W1: clawed back 10.00',
      '2025-03-16 past-due I1: clawed back 80.00',
      '2025-05-01 write-off-reversed W2: clawed back -30.00',
    ]);
  });

  test('R5.6 (b) before (a): the earlier one caps', () => {
    // Past due at P = 100; the write-off at P = 500 changes nothing.
    const given = {
      plan: once(),
      invoices: due,
      payments: [paid('P1', '2025-02-01', '100.00'), paid('P2', '2025-04-01', '400.00')],
      writeOffs: [wrote('W1', '2025-05-01', '500.00')],
    };
    expect(since(given)).toEqual(['2025-03-16 past-due I1: clawed back 90.00']);
  });

  test('R5.6 (a) on the past-due day itself: the check is the last of the day, both see the same cash', () => {
    // W1: k = 1 - (0.7 - 0.4); past due: k = 0.4.
    const given = {
      plan: once(),
      invoices: due,
      payments: [paid('P1', '2025-03-16', '400.00'), paid('P2', '2025-03-17', '600.00')],
      writeOffs: [wrote('W1', '2025-03-16', '300.00')],
    };
    expect(since(given)).toEqual([
      '2025-03-16 written-off W1: clawed back 30.00',
      '2025-03-16 past-due I1: clawed back 30.00',
    ]);
  });

  test('R5.6 with neither moment there is no cap', () => {
    const given = {
      plan: once(),
      invoices: due,
      payments: [paid('P1', '2025-02-01', '400.00'), paid('P2', '2025-03-16', '600.00')],
    };
    expect(since(given)).toEqual([]);
  });

  test('R5.6 whether a line is past due is judged on all cash, not on the capped', () => {
    // Cap 400 from W1 on, but all 1,000 is in by 2025-03-16: not past due, so that W1 goes on taking back 30.00 only.
    const given = {
      plan: once(),
      invoices: due,
      payments: [paid('P1', '2025-02-01', '400.00'), paid('P2', '2025-03-10', '600.00')],
      writeOffs: [wrote('W1', '2025-03-01', '300.00')],
    };
    expect(since(given)).toEqual(['2025-03-01 written-off W1: clawed back 30.00']);
  });

  test('R5.6 (b) the past-due day may be a refund day: the cap is what is left then', () => {
    // Paid in time, refunded to 700 on 2025-06-01: cap 700; P3 gives nothing back.
    const given = {
      plan: once(),
      invoices: due,
      payments: [
        paid('P1', '2025-02-01', '1000.00'),
        paid('P2', '2025-06-01', '-300.00'),
        paid('P3', '2025-07-01', '300.00'),
      ],
    };
    expect(since(given)).toEqual(['2025-06-01 past-due I1: clawed back 30.00']);
  });

  test('R5.6 `scope: whole`: once taken back, the whole stays taken back', () => {
    const given = {
      plan: once({ scope: 'whole' }),
      invoices: due,
      payments: [paid('P1', '2025-04-01', '1000.00')],
    };
    expect(since(given)).toEqual(['2025-03-16 past-due I1: clawed back 100.00']);
  });

  test('R5.6 `reinstate: true` says the default', () => {
    const given = {
      plan: clawback({ reinstate: true, onWriteOff: true, scope: 'unpaid' }),
      invoices: due,
      payments: [paid('P1', '2025-04-01', '1000.00')],
    };
    expect(standing(given)).toBe('earned 100.00, advanced 100.00');
  });

  test('R5.6 credited in full, even what was never to be given back is gone with the sale', () => {
    const given = {
      plan: once(),
      invoices: due,
      creditMemos: [creditMemo('CM1', 'I1', '2025-05-01', '1000.00')],
    };
    expect(since(given)).toEqual([
      '2025-03-16 past-due I1: clawed back 100.00',
      '2025-05-01 credited CM1: earned -100.00, advanced -100.00, clawed back -100.00',
    ]);
  });
});

describe('R5.7 what needs no rule of its own', () => {
  test('R5.7 cash after a clawback reinstates', () => {
    const given = {
      plan: clawback(),
      invoices: due,
      payments: [payment('P1', 'I1', '2025-05-01', '250.00')],
    };
    expect(since(given)).toEqual([
      '2025-03-16 past-due I1: clawed back 100.00',
      '2025-05-01 collected P1: clawed back -25.00',
    ]);
  });

  test('R5.7 a recovery after a write-off un-forfeits', () => {
    const given = {
      invoices: [invoice('I1')],
      writeOffs: [writeOff('W1', 'I1', '2025-03-01', '1000.00')],
      payments: [payment('P1', 'I1', '2025-05-01', '250.00')],
    };
    expect(since(given)).toEqual([
      '2025-03-01 written-off W1: held -100.00, forfeited 100.00',
      '2025-05-01 collected P1: released 25.00, forfeited -25.00',
    ]);
  });

  test('R5.7 a refund re-holds', () => {
    const given = {
      plan: { level: 2 },
      invoices: [invoice('I1')],
      payments: [payment('P1', 'I1', '2025-03-01', '1000.00'), payment('P2', 'I1', '2025-05-01', '-1000.00')],
    };
    expect(since(given)).toEqual([
      '2025-03-01 collected P1: released 50.00, held -50.00',
      '2025-05-01 refunded P2: released -50.00, held 50.00',
    ]);
  });

  test('R5.7 a refund after a reinstatement claws back again', () => {
    const given = {
      plan: clawback(),
      invoices: due,
      payments: [payment('P1', 'I1', '2025-05-01', '1000.00'), payment('P2', 'I1', '2025-06-01', '-1000.00')],
    };
    expect(since(given)).toEqual([
      '2025-03-16 past-due I1: clawed back 100.00',
      '2025-05-01 collected P1: clawed back -100.00',
      '2025-06-01 refunded P2: clawed back 100.00',
    ]);
  });
});

describe('R5.8 the order of a day', () => {
  test('R5.8 invoiced, credit memos, payments, refunds, write-offs, past due', () => {
    // Level 2 at 10%, all on the day after which it is due. C = 100, A = H = 50.
    // CM1: T = 800, C = 80, A = H = 40. P2: f = 400/800. P1: f = 200/800. W1: g = 400/800, k = 1 - 0.25. Past due: k = f = 0.25.
    const given = {
      plan: clawback({ pastDueDays: 0 }, { level: 2 }),
      invoices: [invoice('I1', { due_date: '2025-01-15' })],
      creditMemos: [creditMemo('CM1', 'I1', '2025-01-15', '200.00')],
      payments: [payment('P1', 'I1', '2025-01-15', '-200.00'), payment('P2', 'I1', '2025-01-15', '400.00')],
      writeOffs: [writeOff('W1', 'I1', '2025-01-15', '200.00')],
    };
    expect(history(given)).toEqual([
      '2025-01-15 invoiced I1: earned 100.00, advanced 50.00, held 50.00',
      '2025-01-15 credited CM1: earned -20.00, advanced -10.00, held -10.00',
      '2025-01-15 collected P2: released 20.00, held -20.00',
      '2025-01-15 refunded P1: released -10.00, held 10.00',
      '2025-01-15 written-off W1: held -10.00, forfeited 10.00, clawed back 10.00',
      '2025-01-15 past-due I1: clawed back 20.00',
    ]);
  });

  test('R5.8 `booked` stands where `invoiced` does', () => {
    const given = {
      plan: { earnOn: 'booking' },
      invoices: [invoice('I1')],
      payments: [payment('A', 'I1', '2025-01-15', '1000.00')],
    };
    expect(history(given)).toEqual([
      '2025-01-15 booked I1: earned 100.00, held 100.00',
      '2025-01-15 collected A: released 100.00, held -100.00',
    ]);
  });

  test('R5.8 within a kind by source id, whatever the order of rows', () => {
    const given = {
      invoices: [invoice('I1', { amount: '1.00' })],
      payments: [payment('P2', 'I1', '2025-02-10', '0.50'), payment('P1', 'I1', '2025-02-10', '0.25')],
    };
    // Of 0.10: 0.025 rounds to 0.03 and 0.075 to 0.08. The other way round it would be 0.05, then 0.03.
    expect(since(given)).toEqual([
      '2025-02-10 collected P1: released 0.03, held -0.03',
      '2025-02-10 collected P2: released 0.05, held -0.05',
    ]);
  });

  test('R5.8 write-offs and their reversals are one kind: by id among each other', () => {
    const given = {
      invoices: [invoice('I1')],
      writeOffs: [
        writeOff('W3', 'I1', '2025-02-10', '100.00'),
        writeOff('W2', 'I1', '2025-02-10', '-300.00'),
        writeOff('W1', 'I1', '2025-02-10', '500.00'),
      ],
    };
    expect(since(given)).toEqual([
      '2025-02-10 written-off W1: held -50.00, forfeited 50.00',
      '2025-02-10 write-off-reversed W2: held 30.00, forfeited -30.00',
      '2025-02-10 written-off W3: held -10.00, forfeited 10.00',
    ]);
  });

  test('R5.8 memos and their reversals are one kind: by id among each other', () => {
    const given = {
      invoices: [invoice('I1')],
      creditMemos: [
        creditMemo('C2', 'I1', '2025-02-10', '-300.00'),
        creditMemo('C1', 'I1', '2025-02-10', '500.00'),
      ],
    };
    expect(since(given)).toEqual([
      '2025-02-10 credited C1: earned -50.00, held -50.00',
      '2025-02-10 credited C2: earned 30.00, held 30.00',
    ]);
  });

  test('R5.8 a retroactive line is re-rated before the other events of the day', () => {
    // Q1 reaches 1,200 of 1,000: C goes from 30 to 48 first, then half of it is released.
    const given = {
      plan: { level: 3, rate: table('quarter', 'retroactive') },
      quotas: [quota('2025-Q1', '1000.00')],
      invoices: [sale('I1', '2025-01-10', '600.00'), sale('I2', '2025-02-10', '600.00')],
      payments: [payment('A', 'I1', '2025-02-10', '300.00')],
    };
    expect(history(given, { invoice_id: 'I1' })).toEqual([
      '2025-01-10 invoiced I1: earned 30.00, held 30.00',
      '2025-02-10 re-rated I2: earned 18.00, held 18.00',
      '2025-02-10 collected A: released 24.00, held -24.00',
    ]);
  });

  test('R5.8 a line earned that day is posted once, at the rate after all bookings and credits of the day', () => {
    // 600 + 600 - 600 x 1/3 = 1,000: on the threshold, so 8%. I2: 48.00, then a third of it is credited.
    const given = {
      plan: { level: 0, rate: table('quarter', 'retroactive') },
      quotas: [quota('2025-Q1', '1000.00')],
      invoices: [sale('I1', '2025-01-10', '600.00'), sale('I2', '2025-02-10', '600.00')],
      creditMemos: [creditMemo('CM1', 'I2', '2025-02-10', '200.00')],
    };
    expect(history(given)).toEqual([
      '2025-01-10 invoiced I1: earned 30.00, advanced 30.00',
      '2025-02-10 re-rated CM1: earned 18.00, advanced 18.00',
      '2025-02-10 invoiced I2: earned 48.00, advanced 48.00',
      '2025-02-10 credited CM1: earned -16.00, advanced -16.00',
    ]);
  });

  test('R5.8 a credit memo of the day is counted before lines are re-rated: at most once a day', () => {
    // 600 + 600 - 300 = 900 at the end of the day: I1 is never re-rated.
    const given = {
      plan: { level: 0, rate: table('quarter', 'retroactive') },
      quotas: [quota('2025-Q1', '1000.00')],
      invoices: [sale('I1', '2025-01-10', '600.00'), sale('I2', '2025-02-10', '600.00')],
      creditMemos: [creditMemo('CM1', 'I2', '2025-02-10', '300.00')],
    };
    expect(history(given)).toEqual([
      '2025-01-10 invoiced I1: earned 30.00, advanced 30.00',
      '2025-02-10 invoiced I2: earned 30.00, advanced 30.00',
      '2025-02-10 credited CM1: earned -15.00, advanced -15.00',
    ]);
  });

  test('R5.8 an unearned line is re-rated without a posting, and earned at its last rate with what came before', () => {
    // I1 is booked at 5%, lifted to 8% by I2 and invoiced after both: 48.00, of which half is paid.
    const given = {
      plan: { level: 3, rate: table('quarter', 'retroactive') },
      quotas: [quota('2025-Q1', '1000.00')],
      invoices: [
        invoice('I1', { amount: '600.00', booking_date: '2025-01-10', invoice_date: '2025-03-10' }),
        sale('I2', '2025-02-10', '600.00'),
      ],
      payments: [payment('P1', 'I1', '2025-01-20', '300.00')],
    };
    expect(history(given, { invoice_id: 'I1' })).toEqual([
      '2025-03-10 invoiced I1: earned 48.00, released 24.00, held 24.00',
    ]);
  });

  test('R5.8 a clawed-back line that is re-rated is clawed back at its new rate', () => {
    // I1 is past due on 2025-02-01 (30.00); re-rated to 48.00, all of it stays taken back.
    const given = {
      plan: { level: 1, rate: table('quarter', 'retroactive'), clawback: { pastDueDays: 0 } },
      quotas: quotasOf(2025, '1000.00'),
      invoices: [
        sale('I1', '2025-01-10', '600.00', { due_date: '2025-02-01' }),
        sale('I2', '2025-02-10', '600.00', { due_date: '2026-02-01' }),
      ],
    };
    expect(history(given, { invoice_id: 'I1' })).toEqual([
      '2025-01-10 invoiced I1: earned 30.00, advanced 30.00',
      '2025-02-01 past-due I1: clawed back 30.00',
      '2025-02-10 re-rated I2: earned 18.00, advanced 18.00, clawed back 18.00',
    ]);
  });

  test('R5.8 a forfeited line that is re-rated is forfeited at its new rate', () => {
    const given = {
      plan: { level: 3, rate: table('quarter', 'retroactive') },
      quotas: quotasOf(2025, '1000.00'),
      invoices: [sale('I1', '2025-01-10', '600.00'), sale('I2', '2025-02-10', '600.00')],
      writeOffs: [writeOff('W1', 'I1', '2025-02-01', '300.00')],
    };
    expect(history(given, { invoice_id: 'I1' })).toEqual([
      '2025-01-10 invoiced I1: earned 30.00, held 30.00',
      '2025-02-01 written-off W1: held -15.00, forfeited 15.00',
      '2025-02-10 re-rated I2: earned 18.00, held 9.00, forfeited 9.00',
    ]);
  });
});
