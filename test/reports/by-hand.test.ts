/** Reports on the terminal, line by line: small workspaces whose figures are worked out by hand. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { explainAllLines } from '../../src/explain/lines.js';
import { explainPay } from '../../src/explain/reps.js';
import { lineText } from '../../src/reports/explain-line.js';
import { payText } from '../../src/reports/explain-pay.js';
import { inStyle } from '../../src/reports/style.js';
import {
  type Given,
  invoice,
  item,
  payment,
  quota,
  sale,
  split,
  table,
  team,
  workspace,
} from '../support/build.js';
import { type Around, comp, compIn, newFolder } from '../support/comp.js';
import { edit, FIXTURES, folderWith } from '../support/folder.js';
import { explainedOf, inputsOf } from '../support/run.js';

const PLAIN = { columns: undefined, isTerminal: false };

/** What `comp explain` shows of the line of an invoice. */
async function lineOf(given: Given, repId = 'R1', width = 120): Promise<string[]> {
  const calculation = explainedOf(inputsOf(workspace(given)));
  const { result } = calculation;
  const line = [...explainAllLines(calculation)].find((one) => one.repId === repId);
  if (line === undefined) throw new Error(`no line of ${repId}`);
  const text = await inStyle(PLAIN, {}, (style) =>
    lineText(line, { result, style, width, wide: false }).join('\n'),
  );
  return text.split('\n').map((one) => one.trim().replace(/ {2,}/g, '  '));
}

async function linesOf(dir: string, args: readonly string[], around?: Around): Promise<string[]> {
  const { exit, stdout, stderr } = await compIn(dir, args, around);
  expect(exit, stderr).toBe(0);
  return stdout.split('\n');
}

const plain = (columns: number) => ({ environment: { COLUMNS: `${columns}`, NO_COLOR: '1' } });

describe('comp explain of an invoice', () => {
  test('R18.1 what waits for cash, and what waits for the invoice', async () => {
    const plan = { level: 2, earnOn: 'booking', hold: '20%', untilInvoice: '30%' };
    const invoices = [invoice('I1', { booking_date: '2025-01-10', invoice_date: '2025-03-05' })];
    const lines = await lineOf({ plan, invoices });
    const at = lines.findIndex((line) => line.startsWith('EVENTS'));
    expect(lines.slice(at, at + 7)).toEqual([
      'EVENTS  earned  advanced  held',
      '2025-01-10  booked  100.00  50.00  50.00',
      '100.00 − 20.00 that waits for cash − 30.00 that waits for the invoice = 50.00 advanced (R5.3 R18.1)',
      '20.00 waits for cash (R5.4)',
      '30.00 waits for the invoice (R18.1)',
      '2025-03-05  invoiced  100.00  80.00  20.00',
      '100.00 − 20.00 that waits for cash = 80.00, less 50.00 before = +30.00 advanced (R5.3)',
    ]);
    const noHold = await lineOf({ plan: { ...plan, hold: '0%' }, invoices });
    expect(noHold).toContain('30.00 waits for the invoice (R18.1)');
    expect(noHold.join('\n')).not.toContain('waits for cash');
  });

  test('R17.2 the sum of early and late cash, each with its sign', async () => {
    const timing = {
      from: 'invoice',
      table: [{ days: 0, factor: '110%' }, { days: 30, factor: '100%' }, { factor: '50%' }],
    };
    const lines = await lineOf({
      plan: { timing },
      invoices: [invoice('I1')],
      payments: [payment('P1', 'I1', '2025-01-10', '400.00'), payment('P2', 'I1', '2025-03-17', '600.00')],
    });
    expect(lines).toEqual(
      expect.arrayContaining([
        '100.00 × (10% × 400.00 (5 days early)) ÷ 1,000.00 = 4.00 (R17.2)',
        '100.00 × (10% × 400.00 (5 days early) − 50% × 600.00 (61 days late)) ÷ 1,000.00 = -26.00, less 4.00 before = -30.00 (R17.2)',
      ]),
    );
    const late = await lineOf({
      plan: { timing },
      invoices: [invoice('I1')],
      payments: [payment('P1', 'I1', '2025-03-17', '600.00'), payment('P2', 'I1', '2025-03-18', '400.00')],
    });
    expect(late).toContain('100.00 × (−50% × 600.00 (61 days late)) ÷ 1,000.00 = -30.00 (R17.2)');
  });

  test('R4.2 a rate for the whole quarter has the share of the quota that is booked', async () => {
    const lines = await lineOf({
      plan: { level: 0, rate: table('quarter', 'retroactive') },
      quotas: [quota('2025-Q1', '3000.00')],
      invoices: [sale('I1', '2025-01-15', '1000.00'), sale('I2', '2025-02-15', '1300.00')],
    });
    expect(lines).toContain('2025-01-15  1,000.00 booked (I1): 5% of 1,000.00 = 50.00  33.33% of quota');
  });

  test('R4.5 slices leave out columns that do not fit, and name them', async () => {
    const given = {
      plan: { level: 0, rate: table('quarter') },
      quotas: [quota('2025-Q1', '1000.00')],
      invoices: [sale('I1', '2025-01-15', '1500.00')],
    };
    const slices = async (width: number) => {
      const lines = await lineOf(given, 'R1', width);
      const at = lines.findIndex((line) => line.startsWith('quota of'));
      return lines.slice(at + 1, lines.indexOf('', at));
    };
    expect(await slices(80)).toEqual([
      'bookings from  to  base  rate  amount',
      '0.00  1,000.00  1,000.00  × 5% =  50.00  0% to 100% of quota',
      '1,000.00  1,500.00  500.00  × 8% =  40.00  100% to 150% of quota',
      expect.stringMatching(/^─+$/),
      '1,500.00  90.00  rounded once',
    ]);
    expect(await slices(60)).toEqual([
      'bookings from  to  base  rate  amount',
      '0.00  1,000.00  1,000.00  × 5% =  50.00',
      '1,000.00  1,500.00  500.00  × 8% =  40.00',
      expect.stringMatching(/^─+$/),
      '1,500.00  90.00',
      'share of the quota not shown; --wide shows each',
    ]);
    expect(await slices(40)).toEqual([
      'bookings to  base  rate  amount',
      '1,000.00  1,000.00  × 5% =  50.00',
      '1,500.00  500.00  × 8% =  40.00',
      expect.stringMatching(/^─+$/),
      '1,500.00  90.00',
      'bookings from, share of the quota not shown; --wide shows each',
    ]);
    expect(await slices(30)).toEqual([
      'base  rate  amount',
      '1,000.00  × 5% =  50.00',
      '500.00  × 8% =  40.00',
      expect.stringMatching(/^─+$/),
      '1,500.00  90.00',
      'bookings from, to, share of the quota not shown; --wide shows each',
    ]);
  });

  test('what is released and held shares a column where there is no room for two', async () => {
    const lines = await lineOf(
      {
        invoices: [sale('I1', '2025-01-15', '1000.00')],
        payments: [payment('P1', 'I1', '2025-02-10', '400.00')],
      },
      'R1',
      20,
    );
    expect(lines).toContain('EVENTS  earned  other');
    expect(lines).toContain('other = released + held; --wide shows each');
  });

  test('R17.2 where commission is released in full, cash that was early counts once all is paid', async () => {
    const plan = {
      release: 'paid-in-full',
      timing: { from: 'invoice', table: [{ days: 0, factor: '110%' }, { factor: '100%' }] },
    };
    const payments = [
      payment('P1', 'I1', '2025-01-10', '400.00'),
      payment('P2', 'I1', '2025-01-20', '600.00'),
    ];
    const lines = await lineOf({ plan, invoices: [invoice('I1')], payments });
    expect(lines.slice(lines.findIndex((line) => line.startsWith('2025-01-20')))).toEqual([
      '2025-01-20  collected 600.00 (P2)  100.00  100.00  –',
      '100.00 × 1,000.00 ÷ 1,000.00 = 100.00 released (R5.4)',
      '2025-01-20  timing (P2)  104.00  104.00  –',
      '100.00 × (10% × 400.00 (5 days early)) ÷ 1,000.00 = 4.00 (R17.2)',
      'advanced, forfeited, clawed back: always 0.00',
      '',
      'Earned 104.00 = released 104.00.',
    ]);
  });

  test('R13.3 items leave out columns that do not fit', async () => {
    const given = {
      plan: {
        level: 0,
        rate: undefined,
        rates: [
          { category: 'hw', rate: '5%' },
          { category: 'sw', rate: '8%' },
        ],
      },
      invoices: [sale('I1', '2025-01-15', '1500.00')],
      items: [item('I1', 'A', 'hw', '1000.00'), item('I1', 'B', 'sw', '500.00')],
    };
    const items = async (width: number) => {
      const lines = await lineOf(given, 'R1', width);
      const at = lines.findIndex((line) => line.startsWith('COMMISSION'));
      return lines.slice(at + 1, lines.indexOf('', at));
    };
    expect(await items(80)).toEqual([
      'item  category  base  rate  amount',
      'A  hw  1,000.00  × 5% =  50.00',
      'B  sw  500.00  × 8% =  40.00',
      '90.00',
    ]);
    expect(await items(40)).toEqual([
      'item  base  rate  amount',
      'A  1,000.00  × 5% =  50.00',
      'B  500.00  × 8% =  40.00',
      '90.00',
    ]);
    expect(await items(30)).toEqual([
      'base  rate  amount',
      '1,000.00  × 5% =  50.00',
      '500.00  × 8% =  40.00',
      '90.00',
    ]);
  });

  test('R5.7 a plan that gives nothing back says so', async () => {
    const lines = await lineOf({
      plan: { level: 1, clawback: { pastDueDays: 30, reinstate: false } },
      invoices: [invoice('I1', { due_date: '2025-02-15' })],
    });
    expect(lines).toContain(
      'Still clawed back: 100.00. Under plan ae, commission that was taken back is not given back.',
    );
  });

  test('R12.3 a team credit names the share of the rep and that of the team', async () => {
    const given: Given = {
      plans: [{}, { id: 'lead', credit: 'team', level: 0 }],
      assignments: ['ae', 'lead'].map((plan, at) => ({
        rep_id: ['R1', 'M'][at],
        plan_id: plan,
        from: '2025-01-01',
      })),
      teams: [team('R1', 'M', { share: '40%' })],
      splits: [split('I1', 'R1', '50%'), split('I1', 'R2', '50%')],
      invoices: [invoice('I1')],
    };
    expect(await lineOf(given, 'M')).toContain('Team credit from R1 50% × 40% (R12.3)');
    const all = { ...given, teams: [team('R1', 'M')], splits: [] };
    expect(await lineOf(all, 'M')).toContain('Team credit from R1 100% (R12.3)');
  });
});

test('R21.2 a rep who is only paid a bonus: what the period brought', async () => {
  const { result } = explainedOf(
    inputsOf(
      workspace({
        invoices: [sale('I1', '2025-04-15', '1000.00')],
        entries: [
          {
            entry_id: 'E1',
            rep_id: 'R1',
            date: '2025-02-10',
            kind: 'bonus',
            amount: '70.00',
            reason: 'Contest',
          },
        ],
      }),
    ),
  );
  const [first, second] = explainPay(result, 'R1');
  const step = async (pay: typeof first) => {
    const text = await inStyle(PLAIN, {}, (style) =>
      pay === undefined ? '' : payText(pay, result, { style, width: 60, wide: false }).join('\n'),
    );
    const lines = text.split('\n').map((line) => line.trim().replace(/ {2,}/g, '  '));
    return lines.slice(1, lines.indexOf('2 WHAT WAS OWED  R7.2'));
  };
  expect(await step(first)).toEqual([
    '1 WHAT EACH INVOICE CAME TO  R7.2',
    'nothing became payable, and nothing was taken back',
    'besides invoices  R21.2',
    '2025-02-10 bonus E1: Contest  70.00',
    'gains 70.00 · charged 0.00 · of it adjusted 70.00  R7.2',
  ]);
  expect(await step(second)).toEqual([
    '1 WHAT EACH INVOICE CAME TO  R7.2',
    'nothing became payable, and nothing was taken back',
  ]);
});

describe('what has changed since a close', () => {
  /** Closed with 100.00 a rep, half of whose 10% is held; each invoice is then corrected to 200.00. */
  async function corrected(reps: number): Promise<string> {
    const rows = Array.from({ length: reps }, (_, at) => `I${at + 10},C,R${at + 10},2025-01-10,100.00`);
    const dir = folderWith({
      'comp.yaml':
        'currency: USD\nledgers: {invoices: invoices.csv}\nplans: [{id: ae, level: 2, rate: 10%}]\n',
      'invoices.csv': `invoice_id,customer_id,rep_id,invoice_date,amount\n${rows.join('\n')}\n`,
    });
    await linesOf(dir, ['close', '2025-Q1', '--archive', '--no-pages']);
    edit(dir, 'invoices.csv', (text) => text.replaceAll('100.00', '200.00'));
    return dir;
  }

  test('R11.2 ten rows of adjustments are listed with their total, of eleven the last is counted', async () => {
    const section = async (reps: number) => {
      const dir = await corrected(reps);
      const lines = await linesOf(dir, ['calc', '--period', '2025-Q2', '--out', join(dir, 'out')]);
      const at = lines.findIndex((line) => line.startsWith('Adjustments'));
      return lines.slice(at, lines.indexOf('', at)).map((line) => line.replaceAll(dir, ''));
    };
    const rows = Array.from({ length: 10 }, (_, at) => `R${at + 10}  2025-Q1         1     5.00  5.00`);
    const head = [
      'Adjustments to closed periods, posted on 2025-04-01 in 2025-Q2:',
      'rep  adjusts  invoices  payable  held',
    ];
    expect(await section(11)).toEqual([
      ...head,
      ...rows,
      '… 1 more row in /out/postings.csv, in the column adjusts',
    ]);
    const ten = await section(10);
    expect(ten.slice(2, -2).map((line) => line.replace(/ +$/, '').split(/ {2,}/).slice(-2))).toEqual(
      rows.map(() => ['5.00', '5.00']),
    );
    expect(ten.at(-1)).toMatch(/^total +50\.00 +50\.00$/);
  });

  test('R11.2 the adjustments of a line have the columns that changed', async () => {
    const lines = await linesOf(await corrected(1), ['explain', 'I10', '--as-of', '2025-06-30']);
    expect(lines.slice(lines.findIndex((line) => line.startsWith('ADJUSTS')))).toEqual([
      'ADJUSTS  posted      for                         earned  advanced   held',
      '2025-Q1  2025-04-01  2025-01-10  invoiced (I10)  +10.00     +5.00  +5.00',
      '',
    ]);
  });

  test('R11.2 on a narrow terminal they have a line for what happened, and one for the amounts', async () => {
    const lines = await linesOf(await corrected(1), ['explain', 'I10', '--as-of', '2025-06-30'], plain(60));
    const at = lines.findIndex((line) => line.startsWith('ADJUSTS'));
    expect(lines.slice(at, at + 3)).toEqual([
      'ADJUSTS  earned  advanced   held',
      '2025-Q1  posted 2025-04-01 for 2025-01-10  invoiced (I10)',
      '         +10.00     +5.00  +5.00',
    ]);
  });

  test('R11.12 what no row explains has a row of its own, in the total', async () => {
    const dir = await corrected(1);
    edit(dir, 'invoices.csv', (text) => text.replaceAll('200.00', '100.00'));
    edit(dir, 'comp.yaml', (text) => text.replace('10%', '30%'));
    // 30.00 in place of 10.00, half of it held.
    expect(await linesOf(dir, ['changes', '--as-of', '2025-06-30'])).toEqual([
      'No row of the ledgers has changed since 2025-Q1 was closed.',
      '',
      'change  ledger  row                     adjusts  to pay   held',
      'other           rates, plans, settings  2025-Q1   10.00  10.00',
      expect.stringMatching(/^ +─+$/),
      'total                                             10.00  10.00',
      '',
    ]);
  });
});

test('control totals on a narrow terminal: rows above amounts, and what is left out in words', async () => {
  const dir = folderWith({
    'comp.yaml': 'currency: USD\nledgers: {invoices: invoices.csv}\nplans: [{id: ae, level: 0, rate: 10%}]\n',
    'invoices.csv':
      'invoice_id,customer_id,rep_id,invoice_date,amount\nI1,C,R,2025-01-10,1500.00\nI2,C,R,2025-02-10,700.00\n',
  });
  const lines = await linesOf(dir, ['check', '--as-of', '2025-06-30'], plain(40));
  expect(lines.slice(1, 6)).toEqual([
    'ledger                read      used',
    'invoices  rows           2         2',
    '          amount  2,200.00  2,200.00',
    'every row ties out; after 2025-06-30,',
    '  set aside: none; --wide shows each',
  ]);
});

describe('an export with a row for each line of an invoice', () => {
  const dir = join(FIXTURES, 'exports', 'line-items');

  test('has the invoices that its rows make, beside them and below', async () => {
    const rows = async (columns: number) =>
      (await linesOf(dir, ['check', '--as-of', '2026-03-31'], plain(columns))).map((line) =>
        line.trim().replace(/ {2,}/g, '  '),
      );
    expect((await rows(160)).slice(2, 5)).toEqual([
      'invoices (2 documents)  5  1,285.50  4  1,285.50  –  –  –  –  1  0.00  ties out',
      'with tax  1,500.50  1,500.50  –  –  0.00  ties out',
      'payments (1 document)  2  600.00  2  600.00  –  –  –  –  –  –  ties out',
    ]);
    expect((await rows(60)).slice(2, 9)).toEqual([
      'invoices  rows  5  4  1',
      '2 documents',
      'amount  1,285.50  1,285.50  0.00',
      'with tax  1,500.50  1,500.50  0.00',
      'payments  rows  2  2  –',
      '1 document',
      'amount  600.00  600.00  –',
    ]);
  });

  test('counts them as invoices', async () => {
    const [first] = await linesOf(dir, ['calc', '--as-of', '2026-03-31', '--out', join(newFolder(), 'out')]);
    expect(first).toContain(' · 2 reps, 2 invoices · ');
  });
});

test('a fate that has rows and no amounts leaves the amounts blank', async () => {
  const dir = join(FIXTURES, 'exports', 'sap-list');
  const lines = await linesOf(dir, ['check', '--as-of', '2026-03-31'], plain(200));
  expect(lines[1]).toContain('not records');
  expect(lines.join('\n')).not.toContain('undefined');
});

test('faults of one kind in one column are one, with the lines of two others', async () => {
  const rows = [1, 2, 3, 4, 5].map((at) => `I${at},C,R,2025-02-30,1.00`);
  const dir = folderWith({
    'comp.yaml': 'currency: USD\nledgers: {invoices: invoices.csv}\nplans: [{id: ae, level: 0, rate: 10%}]\n',
    'invoices.csv': `invoice_id,customer_id,rep_id,invoice_date,amount\n${rows.join('\n')}\n`,
  });
  const { exit, stderr } = await compIn(dir, ['check', '--as-of', '2025-06-30']);
  expect(exit).toBe(2);
  expect(stderr.split('\n')[0]).toMatch(
    /^invoices\.csv:2 {2}invoice_date "2025-02-30" \(and 4 more: lines 3, 4, …\) +malformed-date R9\.1$/,
  );
});

test('of more than 40 reps who are paid by the month, the ten who are paid most', async () => {
  // 10.00 for the first, 20.00 for the second, … 410.00; in January and February in turn.
  const rows = Array.from(
    { length: 41 },
    (_, at) => `I${at + 10},C,R${at + 10},2025-0${1 + (at % 2)}-10,${100 * (at + 1)}.00`,
  );
  const dir = folderWith({
    'comp.yaml':
      'currency: USD\npayPeriod: month\nledgers: {invoices: invoices.csv}\nplans: [{id: ae, level: 0, rate: 10%}]\n',
    'invoices.csv': `invoice_id,customer_id,rep_id,invoice_date,amount\n${rows.join('\n')}\n`,
  });
  const text = await linesOf(dir, ['calc', '--period', '2025-02', '--out', join(dir, 'out')]);
  const lines = text.map((line) => line.trim().replace(/ {2,}/g, '  ').replaceAll(dir, ''));
  expect(lines).toContain('To pay for 2025-02  4,200.00  20 reps');
  const at = lines.indexOf('The largest by paid in 2025-02; every rep and month is in /out/months.csv:');
  expect(lines.slice(at + 1, at + 15)).toEqual([
    'rep  payable  paid',
    ...Array.from(
      { length: 10 },
      (_, rank) => `R${49 - 2 * rank}  ${400 - 20 * rank}.00  ${400 - 20 * rank}.00`,
    ),
    // 200.00 and below.
    '… 31 more reps  1,100.00  1,100.00',
    expect.stringMatching(/^─+$/),
    'total  4,200.00  4,200.00',
  ]);
});

test('R5.8 where one plan of two sets pastDueDays and nothing is open, nothing more can be clawed back', async () => {
  const dir = folderWith({
    'comp.yaml':
      'currency: USD\nledgers: {invoices: invoices.csv, payments: p.csv, assignments: a.csv}\nplans: [{id: ae, level: 0, rate: 10%}, {id: claw, level: 1, rate: 10%, clawback: {pastDueDays: 30}}]\n',
    'a.csv': 'rep_id,plan_id,from\nR,ae,2025-01-01\nS,claw,2025-01-01\n',
    'p.csv': 'payment_id,invoice_id,payment_date,amount\nP1,I1,2025-03-01,1.00\nP2,I2,2025-03-01,2.00\n',
    'invoices.csv':
      'invoice_id,customer_id,rep_id,invoice_date,due_date,amount\nI1,C,R,2025-02-20,2025-03-20,1.00\nI2,C,S,2025-02-20,2025-03-20,2.00\n',
  });
  const lines = await linesOf(dir, ['ageing', '--as-of', '2025-06-30', '--rep', 'R', '--rep', 'S']);
  expect(lines.slice(0, 3)).toEqual([
    'As of 2025-06-30 · USD · nothing open · only R, S',
    'Every invoice of R, S up to 2025-06-30 is collected, credited or written off.',
    'Nothing more can be clawed back on open invoices.',
  ]);
});

test('a ledger without rows has none, and few reps who are paid by the month are listed one by one', async () => {
  const dir = folderWith({
    'comp.yaml':
      'currency: USD\npayPeriod: month\nledgers: {invoices: invoices.csv, splits: splits.csv}\nplans: [{id: ae, level: 0, rate: 10%}]\n',
    'invoices.csv': 'invoice_id,customer_id,rep_id,invoice_date,amount\nI1,C,R,2025-01-10,1500.00\n',
    'splits.csv': 'invoice_id,rep_id,share\n',
  });
  const lines = await linesOf(dir, ['calc', '--period', '2025-01', '--out', join(dir, 'out')]);
  expect(lines).toContain('Ledgers: invoices 1 row 1,500.00 · splits 0 rows');
  const at = lines.indexOf('2025-01, rep by rep:');
  expect(lines.slice(at + 1, at + 3).map((line) => line.trim().replace(/ {2,}/g, '  '))).toEqual([
    'rep  payable  paid',
    'R  150.00  150.00',
  ]);
});

test('clawbacks are in color, and dashes are not', async () => {
  const dir = folderWith({
    'comp.yaml':
      'currency: USD\nledgers: {invoices: invoices.csv}\nplans: [{id: ae, level: 1, rate: 10%, clawback: {pastDueDays: 30}}]\n',
    'invoices.csv':
      'invoice_id,customer_id,rep_id,invoice_date,due_date,amount\nI1,C,R1,2025-01-10,2025-02-10,1000.00\n',
  });
  const color = { columns: 100, environment: { FORCE_COLOR: '1', TERM: 'xterm' } };
  const lines = await linesOf(
    dir,
    ['calc', '--as-of', '2025-06-30', '--out', join(dir, 'out'), '--wide'],
    color,
  );
  const yellow = '\u001b[33m';
  const rows = lines.filter((line) => /^(R1| ) +2025-Q/.test(line));
  expect(rows.map((line) => line.includes(yellow))).toEqual([true, false]);
});

test('comp lint: each kind with its reason, where it is, and what to do', async () => {
  const dir = join(FIXTURES, 'lint', 'earned-not-paid', 'raises');
  expect(await linesOf(dir, ['lint', '--as-of', '2025-12-31'], plain(300))).toEqual([
    'As of 2025-12-31 · USD',
    '1 question: 1 high. None is a fault: comp calc pays by the terms as they are.',
    '',
    'HIGH',
    expect.stringMatching(/^Earned, but not paid until cash comes in +earned-not-paid$/),
    expect.stringMatching(/^ {4}\S/),
    '  comp.yaml:8:15  plans[0].level',
    expect.stringMatching(/^ {4}Plan ae earns commission at invoicing .* 60\.00 is earned and not paid/),
    expect.stringMatching(/^ {4}→ \S/),
    '',
  ]);
});

test('comp lint: a key that is not in comp.yaml has no place', async () => {
  const dir = join(FIXTURES, 'lint', 'clawback-without-advance', 'raises');
  const lines = await linesOf(dir, ['lint', '--as-of', '2025-12-31'], plain(300));
  expect(lines.filter((line) => /^ {2}\S/.test(line))).toEqual([
    '  recovery',
    '  comp.yaml:11:5  plans[0].clawback',
  ]);
});

test('comp init --from: a preset that reads two ledgers is explained once', async () => {
  const file = join(FIXTURES, 'exports', 'xero', 'sales-invoices.csv');
  const args = (...flags: readonly string[]) => [
    ...['init', join(newFolder(), 'new'), '--from', file, '--payments', file],
    ...flags,
  ];
  const { stdout } = await comp(args());
  const lines = stdout.split('\n').filter((line) => line.startsWith('    preset '));
  expect(lines).toEqual([
    expect.stringMatching(/^ {4}preset xero: Xero, Sales invoices exported as CSV\./),
    '    preset xero, as above',
  ]);
  const { ledgers } = JSON.parse((await comp(args('--json'))).stdout);
  expect([ledgers.invoices.preset.name, ledgers.payments.preset.name]).toEqual(['xero', 'xero']);
});
