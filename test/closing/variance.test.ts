/** Whose pay moved, by hand: the limits, the parts, and the report. */
import { describe, expect, test } from 'vitest';
import type { RepPay } from '../../src/closing/pay-history.js';
import { type Variance, varianceOf } from '../../src/closing/variance.js';
import { payRow } from '../../src/engine/r1-words/pay-figures.js';
import { formatMinor } from '../../src/money.js';
import type { Terms } from '../../src/plans/plan.js';
import { readTerms } from '../../src/plans/terms.js';
import { inStyle } from '../../src/reports/style.js';
import { varianceRecord, varianceText } from '../../src/reports/variance.js';
import { type Given, key, payment, sale, workspace } from '../support/build.js';
import { closesOf } from '../support/closes.js';
import { inputsOf } from '../support/run.js';

const CURRENCY = { code: 'USD', digits: 2 };
const level1 = { level: 1, clawback: { pastDueDays: 30 } };

function termsWith(variance?: unknown): Terms {
  const { terms, faults } = readTerms({
    ...(workspace({}).terms as object),
    ...(variance === undefined ? {} : { variance }),
  });
  if (terms === undefined || faults.length > 0) throw new Error(JSON.stringify(faults));
  return terms;
}

/** Pay rows of reps that were paid so much in Q1 and Q2, in cents. */
function paid(...reps: readonly (readonly [string, bigint, bigint])[]): RepPay[] {
  const row = (repId: string, period: string, amount: bigint): RepPay => ({
    repId,
    period,
    ...payRow(() => 0n),
    earned: amount,
    advanced: amount,
    payable: amount,
    paid: amount,
  });
  return reps.flatMap(([repId, before, now]) => [row(repId, '2025-Q1', before), row(repId, '2025-Q2', now)]);
}

/** The reps that moved. */
function moved(rows: readonly RepPay[], variance?: unknown): string[] {
  const inputs = { before: '2025-Q1', period: '2025-Q2', rows, postings: [], digits: 2 };
  return varianceOf({ ...inputs, variance: termsWith(variance).variance }).reps.map(({ repId }) => repId);
}

/** How the pay of a workspace moved from Q1 to Q2. */
function varianceIn(given: Given): Variance {
  const closes = closesOf(inputsOf(workspace({ ...given, asOf: '2025-06-30' })));
  const { variance } = closes.terms;
  return varianceOf({ ...closes, before: '2025-Q1', period: '2025-Q2', variance, digits: 2 });
}

function inWords({ reps }: Variance): string[] {
  return reps.map(({ repId, paidBefore, paid: now, parts }) => {
    const shown = [...parts].map(([mover, amount]) => `${mover} ${formatMinor(amount, 2)}`);
    return `${repId} ${formatMinor(paidBefore, 2)}: ${shown.join(', ')} = ${formatMinor(now, 2)}`;
  });
}

async function text(
  variance: Variance,
  width = 100,
  terms: unknown = undefined,
  wide = false,
): Promise<string[]> {
  const screen = { columns: undefined, isTerminal: false };
  const write = (style: Parameters<Parameters<typeof inStyle>[2]>[0]) =>
    varianceText(variance, termsWith(terms).variance, CURRENCY, { style, width, wide, out: 'out' }).join(
      '\n',
    );
  return (await inStyle(screen, {}, write)).split('\n');
}

describe('pay has moved', () => {
  test('by more than 25% of what was paid before, by default', () => {
    const rows = paid(
      ['A', 10000n, 12500n],
      ['B', 10000n, 12501n],
      ['C', 10000n, 7499n],
      ['D', 10000n, 7500n],
    );
    expect(moved(rows)).toEqual(['B', 'C']);
    expect(moved(rows, { share: '0%' })).toEqual(['B', 'C', 'A', 'D'].sort(byChange(rows)));
    expect(moved(rows, { share: '24.99%' })).toHaveLength(4);
  });

  test('and by more than the amount', () => {
    const rows = paid(['A', 10000n, 20000n], ['B', 10000n, 20001n]);
    expect(moved(rows, { amount: '100.00' })).toEqual(['B']);
    expect(moved(rows, { amount: '100.005' })).toEqual(['B']);
    expect(moved(rows, { amount: '99.999', share: '101%' })).toEqual([]);
  });

  test('for a rep who was paid nothing before, the amount alone decides', () => {
    const rows = paid(['A', 0n, 100n], ['B', 0n, 0n], ['C', 0n, 10001n]);
    expect(moved(rows)).toEqual(['C', 'A']);
    expect(moved(rows, { amount: 100 })).toEqual(['C']);
  });

  test('the largest move first, up or down; then by rep id', () => {
    const rows = paid(['A', 100n, 200n], ['B', 900n, 0n], ['D', 0n, 900n], ['C', 0n, 900n]);
    expect(moved(rows)).toEqual(['B', 'C', 'D', 'A']);
  });

  test('is set in comp.yaml by shares with a % sign and amounts of 0 or more', () => {
    const faultsOf = (variance: unknown) =>
      readTerms({ ...(workspace({}).terms as object), variance }).faults;
    expect(faultsOf({ share: 25 })).toMatchObject([
      { code: 'percent-needed', place: key('variance', 'share') },
    ]);
    expect(faultsOf({ amount: -1 })).toMatchObject([
      { code: 'wrong-value', place: key('variance', 'amount') },
    ]);
    expect(faultsOf({ amont: 1 })).toMatchObject([{ code: 'unknown-key', nearest: 'amount' }]);
  });
});

function byChange(rows: readonly RepPay[]): (a: string, b: string) => number {
  const change = (repId: string) => {
    const [before, now] = rows.filter((row) => row.repId === repId).map((row) => row.paid) as [
      bigint,
      bigint,
    ];
    return Math.abs(Number(now - before));
  };
  return (a, b) => change(b) - change(a) || (a < b ? -1 : 1);
}

const clawedBack: Given = {
  plan: level1,
  invoices: [
    sale('I1', '2025-01-15', '1000.00', { due_date: '2025-04-15' }),
    sale('I2', '2025-05-10', '600.00', { due_date: '2029-12-31' }),
  ],
};

describe('what moved it', () => {
  test('R7.2 sales, what is taken back, what of it is charged to later pay, and what is recovered', () => {
    // Q1: 100.00 invoiced. Q2: 60.00 invoiced, 100.00 taken back, of which 60.00 from this pay.
    expect(inWords(varianceIn(clawedBack))).toEqual([
      'R1 100.00: invoiced -40.00, past-due -100.00, charged 100.00, recovered -60.00 = 0.00',
    ]);
  });

  test('R21.2 what is repaid beyond the debt', () => {
    const entry_id = 'E1';
    const repaid = { entry_id, rep_id: 'R1', date: '2025-06-20', kind: 'repayment', amount: '250.00' };
    // Of 250.00 repaid, 100.00 settles what is taken back. The other 150.00 is paid out with the 60.00 of I2.
    expect(inWords(varianceIn({ ...clawedBack, entries: [repaid] }))).toEqual([
      'R1 100.00: invoiced -40.00, past-due -100.00, repaid 150.00, charged 100.00 = 210.00',
    ]);
  });

  test('cash, if it pays', () => {
    const given = {
      invoices: [sale('I1', '2025-01-15', '1000.00')],
      payments: [payment('P1', 'I1', '2025-02-10', '200.00'), payment('P2', 'I1', '2025-05-10', '800.00')],
    };
    expect(inWords(varianceIn(given))).toEqual(['R1 20.00: collected 60.00 = 80.00']);
  });
});

describe('the section of the summary', () => {
  test('adds up from one pay to the other', async () => {
    const given = {
      ...clawedBack,
      invoices: [
        ...(clawedBack.invoices ?? []),
        { ...sale('I3', '2025-05-11', '12345.00'), rep_id: 'R2', due_date: '2029-12-31' },
      ],
    };
    expect(await text(varianceIn(given))).toEqual([
      'Paid for 2025-Q2 compared with 2025-Q1: moved by more than 25% for 2 of 2 reps',
      'rep  2025-Q1   invoiced  past-due  charged  recovered   2025-Q2',
      'R2         –  +1,234.50         –        –          –  1,234.50',
      'R1    100.00     -40.00   -100.00  +100.00     -60.00         –',
      '2025-Q2 = 2025-Q1 + invoiced + past-due + charged + recovered  R7.2',
    ]);
  });

  test('sums up the smallest parts if there is no room, and hides none', async () => {
    const variance = varianceIn(clawedBack);
    expect(await text(variance, 50)).toEqual([
      'Paid for 2025-Q2 compared with 2025-Q1: moved by more than 25% for 1 of 1 rep',
      'rep  2025-Q1  past-due  charged    other  2025-Q2',
      'R1    100.00   -100.00  +100.00  -100.00        –',
      '2025-Q2 = 2025-Q1 + past-due + charged + other  R7.2',
      'other: invoiced, recovered; --wide shows each',
    ]);
    expect((await text(variance, 10))[1]).toBe('rep  2025-Q1    other  2025-Q2');
    expect((await text(variance, 10, undefined, true))[1]).toMatch('invoiced  past-due  charged  recovered');
  });

  test('shows ten reps, and how many more there are', async () => {
    const shown = async (length: number) => {
      const reps = Array.from({ length }, (_, at) => [`R${at + 10}`, 0n, BigInt(1200 - at)] as const);
      const inputs = { before: '2025-Q1', period: '2025-Q2', rows: paid(...reps), postings: [], digits: 2 };
      return await text(varianceOf({ ...inputs, variance: termsWith().variance }));
    };
    const lines = await shown(12);
    expect(lines.filter((line) => /^R\d/.test(line))).toHaveLength(10);
    expect(lines.at(-1)).toBe('… 2 more reps moved less; --json lists all');
    expect((await shown(11)).at(-1)).toBe('… 1 more rep moved less; --json lists all');
    expect((await shown(10)).join('\n')).not.toContain('more rep');
  });

  test('says if nobody’s pay moved, and by which limits', async () => {
    const inputs = {
      before: '2025-Q1',
      period: '2025-Q2',
      rows: paid(['A', 100n, 100n]),
      postings: [],
      digits: 2,
    };
    const variance = varianceOf({ ...inputs, variance: termsWith().variance });
    expect(await text(variance, 100, { share: '12.5%', amount: '1000.005' })).toEqual([
      "Paid for 2025-Q2 compared with 2025-Q1: no rep's pay moved by more than 12.5% and 1,000.005 (1 rep)",
    ]);
  });

  test('is the same as data', () => {
    expect(varianceRecord(varianceIn(clawedBack), CURRENCY)).toEqual({
      before: '2025-Q1',
      period: '2025-Q2',
      compared: 1,
      reps: [
        {
          rep_id: 'R1',
          paid_before: '100.00',
          paid: '0.00',
          change: '-100.00',
          parts: { invoiced: '-40.00', 'past-due': '-100.00', recovered: '-60.00', charged: '100.00' },
        },
      ],
    });
  });
});
