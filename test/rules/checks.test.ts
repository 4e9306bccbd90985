/** The laws that every result is held against: a broken one stops the program and names itself a bug (R10.1). */
import { describe, expect, test, vi } from 'vitest';
import { IN_BIGINTS, IN_NUMBERS } from '../../src/amount.js';
import { calculate } from '../../src/engine/calculate.js';
import { lineAmounts } from '../../src/engine/r1-words/line-accounts.js';
import type { PayRow } from '../../src/engine/r1-words/pay-figures.js';
import { NO_ROWS } from '../../src/engine/r2-ledgers/reading.js';
import type { Posting } from '../../src/engine/r6-postings/posting-table.js';
import { checkRows, LineChecker, reportBroken } from '../../src/engine/r8-results/checks.js';
import { LedgerCounter, tiedOut } from '../../src/engine/r8-results/controls.js';
import { payment, sale, workspace } from '../support/build.js';
import { resultOf } from '../support/run.js';

// Level 2 at 10%: 50.00 advanced, 20.00 of 50.00 released; 30.00 taken back in the second quarter.
const { postings, quarters } = resultOf(
  workspace({
    plan: { level: 2, clawback: { pastDueDays: 0 } },
    invoices: [sale('I1', '2025-01-15', '1000.00', { due_date: '2025-04-15' })],
    payments: [payment('P1', 'I1', '2025-02-10', '400.00')],
    asOf: '2025-06-30',
  }),
);
const bug = (what: string) => `This is a bug in comp, not in your data: ${what}`;

/** Checks the postings of one line, counted in numbers and in bigints. */
function checkLine(line: readonly Posting[]): void {
  for (const counting of [IN_BIGINTS, IN_NUMBERS]) {
    const checker = new LineChecker(counting);
    for (const posting of line) {
      const { invoiceId, repId, date } = posting;
      const broken = checker.findBroken(lineAmounts((account) => counting.minor(posting[account])));
      if (broken !== undefined) reportBroken(broken, `${invoiceId} for ${repId} on ${date}`);
    }
  }
}

describe('R6.3 the check of a line', () => {
  /** The line's postings with one of them changed. */
  const spoilt = (at: number, change: Partial<Posting>) =>
    postings.map((posting, index) => (index === at ? { ...posting, ...change } : posting));

  test('R6.3 a good line passes, and so does one without postings', () => {
    expect(() => checkLine(postings)).not.toThrow();
    expect(() => checkLine([])).not.toThrow();
  });

  test('R6.3 a posting whose parts do not make what is earned is a bug', () => {
    expect(() => checkLine(spoilt(1, { released: 2001n }))).toThrow(
      bug('a posting of I1 for R1 on 2025-02-10 does not add up (R6.3)'),
    );
  });

  test('R6.3 more taken back than was advanced is a bug', () => {
    expect(() => checkLine(spoilt(2, { clawedBack: 5001n }))).toThrow(
      bug('I1 for R1 on 2025-04-15 holds or takes back more than there is (R6.3)'),
    );
  });

  test('R6.3 less than nothing taken back is a bug', () => {
    expect(() => checkLine(spoilt(2, { clawedBack: -1n }))).toThrow('holds or takes back more than there is');
  });

  test('R6.3 more held than was earned, or less than nothing, is a bug', () => {
    expect(() => checkLine(spoilt(0, { held: 10_001n, advanced: -1n }))).toThrow('holds or takes back more');
    expect(() => checkLine(spoilt(1, { held: -5001n, released: 5001n }))).toThrow('holds or takes back more');
  });

  test('R6.3 of a negative commission the bounds are below 0', () => {
    const negative = postings.map((posting) => ({
      ...posting,
      earned: -posting.earned,
      advanced: -posting.advanced,
      released: -posting.released,
      held: -posting.held,
      clawedBack: -posting.clawedBack,
    }));
    expect(() => checkLine(negative)).not.toThrow();
    expect(() =>
      checkLine(postings.map((posting, at) => (at === 2 ? posting : (negative[at] ?? posting)))),
    ).toThrow('holds or takes back more than there is');
  });

  test('R6.3 every posting of a calculation is checked, and a broken one stops it', () => {
    const check = vi.spyOn(LineChecker.prototype, 'findBroken').mockReturnValueOnce(undefined);
    check.mockReturnValueOnce('parts');
    const given = workspace({
      invoices: [sale('I1', '2025-01-15', '1000.00')],
      payments: [payment('P1', 'I1', '2025-02-10', '400.00')],
    });
    expect(() => resultOf(given)).toThrow(bug('a posting of I1 for R1 on 2025-02-10 does not add up (R6.3)'));
    check.mockRestore();
  });
});

describe('R7.4, R8.1 the check of rows', () => {
  const spoilt = (at: number, change: Partial<PayRow>): PayRow[] =>
    quarters.map((row, index) => (index === at ? { ...row, ...change } : row));

  test('R7.4 good rows pass', () => {
    expect(() => checkRows('R1', quarters)).not.toThrow();
  });

  test('R7.4 pay that does not add up to the postings is a bug', () => {
    expect(() => checkRows('R1', spoilt(0, { paid: 7001n }))).toThrow(
      bug('the pay of R1 does not add up (R7.4)'),
    );
  });

  test('R7.3 pay or debt below 0 is a bug', () => {
    expect(() => checkRows('R1', spoilt(1, { paid: -3000n, owed: 0n }))).toThrow(
      bug('the pay of R1 is below 0 (R7.3)'),
    );
    expect(() => checkRows('R1', spoilt(0, { paid: 6999n, owed: -1n }))).toThrow('is below 0 (R7.3)');
  });

  test('R6.3 held commission that does not add up is a bug', () => {
    expect(() => checkRows('R1', spoilt(0, { held: 3001n }))).toThrow(
      bug('what R1 has held does not add up (R6.3)'),
    );
  });

  test('R8.1 a balance that does not open where it closed is a bug', () => {
    expect(() => checkRows('R1', spoilt(1, { heldOpening: 0n, held: 0n }))).toThrow(
      bug('balances of R1 do not roll forward (R8.1)'),
    );
    expect(() => checkRows('R1', spoilt(1, { owedOpening: 1n, owed: 3001n }))).toThrow('do not roll forward');
  });
});

describe('R8.4 the check of control totals', () => {
  // Two invoices of 10.00 and 5.00 were read.
  const count = {
    rows: 2,
    read: { rows: 2, amount: 1500n, total: 1500n },
    leftOut: NO_ROWS,
    origin: undefined,
    standing: [],
  };
  const totalsOf = (...amounts: bigint[]) => {
    const counter = new LedgerCounter(IN_BIGINTS, undefined);
    for (const [row, amount] of amounts.entries()) {
      const units = IN_BIGINTS.units(amount);
      counter.row(row, 'used', units, units);
    }
    return tiedOut('invoices', count, counter);
  };

  test('R8.4 totals that come to the rows and amounts read are given', () => {
    expect(totalsOf(1000n, 500n)).toMatchObject({
      read: { rows: 2, amount: 1500n },
      used: { rows: 2, amount: 1500n },
    });
  });

  test('R8.4 rows that nobody accounted for are a bug', () => {
    expect(() => totalsOf(1500n)).toThrow(
      bug('of invoices 1 of 2 rows are accounted for, or other amounts (R8.4)'),
    );
  });

  test('R8.4 so are amounts', () => {
    expect(() => totalsOf(1000n, 501n)).toThrow('or other amounts (R8.4)');
  });

  test('R8.4 sums that a mapping took line by line hold the rows it made to account', () => {
    const row = {
      invoice_id: 'I1',
      customer_id: 'C1',
      rep_id: 'R1',
      invoice_date: '2025-01-15',
      amount: '10.00',
    };
    const run = (sums: { amount: string; total: string }) =>
      calculate({
        terms: { currency: 'USD', plans: [{ id: 'ae', level: 0, rate: '5%' }] },
        ledgers: {
          invoices: {
            rows: [row],
            source: {
              rows: 2,
              sums,
              leftOut: { rows: 1, amount: '2.00', total: '2.50' },
              notRecords: 0,
              exceptions: [],
            },
          },
        },
        asOf: '2025-03-31',
      });
    // 10.00 is used and 2.00 left out; the total of the one is its amount.
    expect(run({ amount: '12.00', total: '12.50' }).kind).toBe('calculated');
    expect(() => run({ amount: '12.01', total: '12.50' })).toThrow('or other amounts (R8.4)');
    expect(() => run({ amount: '12.00', total: '12.00' })).toThrow('or other amounts (R8.4)');
  });
});
