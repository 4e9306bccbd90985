/** What the ledgers of plans need is proposed from the exports and sheets that companies have, or is a question. */
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { propose } from '../../src/mapping/proposal/propose.js';
import type { ProposalContext } from '../../src/mapping/proposal/proposed.js';
import { comp, compIn, newFolder } from '../support/comp.js';
import { edit, FIXTURES, folderWith } from '../support/folder.js';
import { answerPlans, besidesPlans } from '../support/proposal.js';

/** The keys of a proposal that are set, by name, and those that are open. */
function keysOf(rows: readonly (readonly string[])[], context: Partial<ProposalContext>) {
  const { columns, keys } = propose(rows, { ledger: 'invoices', presets: [], hasSplits: false, ...context });
  const all = [...columns, ...keys];
  return {
    set: Object.fromEntries(all.filter(({ state }) => state === 'set').map(({ key, value }) => [key, value])),
    open: all.filter(({ state }) => state === 'question').map(({ key }) => key),
    notes: all.flatMap(({ note = [] }) => note).join(' '),
  };
}

async function proposedIn(dir: string, flags: Readonly<Record<string, string>>) {
  const typed = Object.entries(flags).flatMap(([flag, name]) => [`--${flag}`, join(dir, name)]);
  const { exit, stdout } = await comp(['init', dir, '--json', ...typed]);
  expect(exit).toBe(0);
  return besidesPlans(JSON.parse(stdout));
}

describe('the sheets of one company', () => {
  test('are proposed as its comp.yaml has them: one line-item export is invoices and items', async () => {
    const dir = join(newFolder(), 'plan-sheets');
    cpSync(join(FIXTURES, 'exports', 'plan-sheets'), dir, { recursive: true });
    const { ledgers } = parse(readFileSync(join(dir, 'comp.yaml'), 'utf8'));
    rmSync(join(dir, 'comp.yaml'));
    const found = await proposedIn(dir, {
      from: 'lines.csv',
      payments: 'applied.csv',
      schedules: 'instalments.csv',
      teams: 'org.csv',
      entries: 'spiffs.csv',
      draws: 'draws.csv',
      fx: 'rates.csv',
    });
    const proposed = parse(readFileSync(join(dir, 'comp.yaml'), 'utf8'));
    expect(proposed.ledgers).toEqual(ledgers);
    expect(proposed.payPeriod).toBe('month');
    // The only currency that has no rate.
    expect(found).toMatchObject({ currency: 'USD', questions: [], stops: [] });
    answerPlans(dir);
    expect((await compIn(dir, ['check', '--as-of', '2026-03-31'])).exit).toBe(0);
  });

  test('what nobody decided about a plan is a question, uncommented as well', async () => {
    const dir = folderWith({
      'i.csv': 'Invoice No,Date,Customer,Rep,Net,Currency\nA,2026-01-05,C,R,10.00,USD\n',
    });
    const typed = ['init', dir, '--json', '--from', join(dir, 'i.csv')];
    const found = JSON.parse((await comp(typed)).stdout);
    expect(found.questions.map(({ key }: { key: string }) => key)).toEqual([
      'plans[0].level',
      'plans[0].rate',
    ]);
    expect(found).toMatchObject({ stops: ['missing-key  plans[0].level  (and 1 more)'], exceptions: {} });
    expect((await compIn(dir, ['check'])).exit).toBe(2);
    edit(dir, 'comp.yaml', (text) => text.replace(/# (level|rate): ""/g, '$1: ""'));
    const { exit, stdout } = await compIn(dir, ['check', '--json']);
    expect(exit).toBe(2);
    expect(JSON.parse(stdout).faults).toMatchObject([
      { subject: expect.stringContaining('plans[0].level') },
      { subject: expect.stringContaining('plans[0].rate') },
    ]);
  });
});

describe('items', () => {
  const HEADER = ['Invoice No', 'Date', 'Customer', 'Rep', 'Line', 'Product Line', 'Net Amount'];
  const LINES = [
    ['A', '2026-01-05', 'C', 'R', '1', 'Hardware', '500.00'],
    ['A', '2026-01-05', 'C', 'R', '2', 'Services', '500.00'],
  ];

  test('are added up, also where all lines of an invoice have the same amount', () => {
    const { set } = keysOf([HEADER, ...LINES], {});
    expect(set).toMatchObject({ lines: { amount: 'sum' } });
    expect(set).not.toHaveProperty('category');
  });

  test('a category that is the same on all lines is that of the invoice', () => {
    const { set } = keysOf([HEADER, ...LINES.map((row) => row.with(5, 'Hardware'))], {});
    expect(set).toMatchObject({ category: 'Product Line' });
  });

  test('are known by the number of their line where it is unique', () => {
    const items = keysOf([HEADER, ...LINES], { ledger: 'items' });
    expect(items.set).toMatchObject({ item_id: 'Line', category: 'Product Line', amount: 'Net Amount' });
    const [first = [], second = []] = LINES;
    const twice = keysOf([HEADER, first, second.with(4, '1')], { ledger: 'items' });
    expect(twice.set).toMatchObject({ item_id: { join: ['Invoice No', 'Product Line'], numbered: true } });
  });

  test('of a file with a type column are those of invoices', async () => {
    const dir = folderWith({
      'all.csv': [
        'Type,Invoice No,Date,Customer,Rep,Product,Category,Net Amount,Currency',
        'Invoice,A,2026-01-05,C,R,Pump,Hardware,100.00,USD',
        'Invoice,A,2026-01-05,C,R,Setup,Services,50.00,USD',
        'Credit Memo,CM,2026-02-05,C,R,Setup,Services,-50.00,USD',
      ].join('\n'),
    });
    const found = await proposedIn(dir, { from: 'all.csv' });
    expect(Object.keys(found.ledgers)).toEqual(['invoices', 'creditMemos', 'items']);
    expect(found.stops).toEqual([]);
    const { ledgers } = parse(readFileSync(join(dir, 'comp.yaml'), 'utf8'));
    expect(ledgers.items.where).toEqual({ Type: 'Invoice' });
  });
});

describe('net and gross', () => {
  const rows = (...names: readonly string[]) => [
    ['Number', 'Date', 'Invoice', ...names],
    ['CM', '2026-02-05', 'A', '100.00', '110.00'],
  ];

  test('a credit memo counts in what invoices are owed in', () => {
    const gross = keysOf(rows('Net Amount', 'Gross Amount'), { ledger: 'creditMemos', owed: 'gross' });
    expect(gross.set).toMatchObject({ amount: 'Gross Amount', commissionable: 'Net Amount' });
    const net = keysOf(rows('Net Amount', 'Gross Amount'), { ledger: 'creditMemos', owed: 'net' });
    expect(net.set).toMatchObject({ amount: 'Net Amount' });
    expect(net.set).not.toHaveProperty('commissionable');
    const payment = keysOf(rows('Amount (Net)', 'Amount (Gross)'), { ledger: 'payments', owed: 'gross' });
    expect(payment.set).toMatchObject({ amount: 'Amount (Gross)' });
  });

  test('where invoices do not show it, it is a question', () => {
    for (const ledger of ['creditMemos', 'payments', 'writeOffs'] as const) {
      const { set, open } = keysOf(rows('Amount (Net)', 'Amount (Gross)'), { ledger });
      expect(set).not.toHaveProperty('amount');
      expect(open).toContain('amount');
    }
  });

  test('net alone is a question where invoices are taxed, and none where nothing is', () => {
    const alone = rows('Net Amount').map((row) => row.slice(0, 4));
    expect(keysOf(alone, { ledger: 'creditMemos', owed: 'gross' }).open).toEqual(['amount']);
    expect(keysOf(alone, { ledger: 'creditMemos', owed: 'alike' }).set).toMatchObject({
      amount: 'Net Amount',
    });
  });

  test('of invoices, the column without tax is the amount, whatever the others are called', () => {
    const { set } = keysOf(
      [
        [
          'Invoice No',
          'Date',
          'Customer',
          'Rep',
          'Amount (Foreign Currency)',
          'Amount (Net)',
          'Amount (Gross)',
        ],
        ['A', '2026-01-05', 'C', 'R', '9.00', '10.00', '11.00'],
      ],
      {},
    );
    expect(set).toMatchObject({ amount: 'Amount (Net)', total: 'Amount (Gross)' });
  });
});

describe('one amount and a column of tax', () => {
  const rows = (amount: string, tax = '2.00') => [
    ['Invoice No', 'Date', 'Customer', 'Rep', amount, 'Sales Tax'],
    ['A', '2026-01-05', 'C', 'R', '10.00', tax],
  ];

  test('make the other amount, where the name says which of them it is', () => {
    expect(keysOf(rows('Net Amount'), {}).set).toMatchObject({
      amount: 'Net Amount',
      total: { from: 'Net Amount', plus: 'Sales Tax' },
    });
    expect(keysOf(rows('Gross Amount'), {}).set).toMatchObject({
      amount: { from: 'Gross Amount', minus: 'Sales Tax' },
      total: 'Gross Amount',
    });
  });

  test('are a question where it does not, and nothing where nothing is taxed', () => {
    expect(keysOf(rows('Amount'), {}).open).toEqual(['total']);
    const { set, open } = keysOf(rows('Amount', '0.00'), {});
    expect(open).toEqual([]);
    expect(set).not.toHaveProperty('total');
  });

  test('of a file with credit memos are theirs as well, and items are without tax', async () => {
    const dir = folderWith({
      'all.csv': [
        'Type,Invoice No,Invoice,Date,Customer,Rep,Product,Category,Net Amount,Tax,Currency',
        'Invoice,A,,2026-01-05,C,R,Pump,Hardware,100.00,10.00,USD',
        'Invoice,A,,2026-01-05,C,R,Setup,Services,50.00,0.00,USD',
        'Credit Memo,CM,A,2026-02-05,C,R,Pump,Hardware,-20.00,-2.00,USD',
      ].join('\n'),
    });
    const found = await proposedIn(dir, { from: 'all.csv' });
    expect(found).toMatchObject({ stops: [], exceptions: {} });
    const { ledgers } = parse(readFileSync(join(dir, 'comp.yaml'), 'utf8'));
    const gross = { from: 'Net Amount', plus: 'Tax' };
    expect(ledgers.invoices.columns.total).toEqual(gross);
    expect(ledgers.creditMemos.columns).toMatchObject({ amount: gross, commissionable: 'Net Amount' });
    expect(ledgers.items.columns.amount).toBe('Net Amount');
    answerPlans(dir);
    const { controls } = JSON.parse((await compIn(dir, ['check', '--as-of', '2026-03-31', '--json'])).stdout);
    expect(controls.invoices.used).toMatchObject({ amount: '150.00', total: '160.00' });
    expect(controls.creditMemos.used).toMatchObject({ amount: '22.00' });
  });

  test('open for the invoices, they are open for their credit memos', async () => {
    const dir = folderWith({
      'all.csv': [
        'Type,Num,Date,Name,Rep,Amount,Sales Tax,Currency',
        'Invoice,A,2026-01-05,C,R,100.00,10.00,USD',
        'Credit Memo,CM,2026-02-05,C,R,-20.00,-2.00,USD',
      ].join('\n'),
    });
    const found = await proposedIn(dir, { from: 'all.csv' });
    expect(found.questions.map(({ key }: { key: string }) => key)).toEqual([
      'ledgers.invoices.columns.total',
      'ledgers.creditMemos.columns.amount',
    ]);
    expect(found.stops).toHaveLength(2);
  });
});

describe('ids', () => {
  test('are of a column that every row has, if there is one', () => {
    const rows = [
      ['Trans #', 'Num', 'Date', 'Invoice', 'Amount'],
      ['1', '', '2026-01-05', 'A', '10.00'],
      ['2', '88', '2026-01-05', 'B', '10.00'],
    ];
    expect(keysOf(rows, { ledger: 'payments' }).set).toMatchObject({ payment_id: 'Trans #' });
    const whole = rows.map((row) => row.map((cell) => (cell === '' ? '87' : cell)));
    expect(keysOf(whole, { ledger: 'payments' }).set).toMatchObject({ payment_id: 'Num' });
  });
});

describe('sheets', () => {
  test('an org sheet without dates holds for all time; the top has no manager', () => {
    const { set } = keysOf(
      [
        ['Employee', 'Reports To'],
        ['ann', 'mia'],
        ['mia', ''],
      ],
      { ledger: 'teams' },
    );
    expect(set).toEqual({
      rep_id: 'Employee',
      manager_id: 'Reports To',
      constants: { from: '1900-01-01' },
      where: { 'Reports To': { empty: false } },
    });
  });

  test('of an id and a name, the one that invoices have is the rep', () => {
    const sheet = [
      ['Employee ID', 'Employee', 'Manager', 'Start Date'],
      ['E1', 'Ann', 'Mia', '2026-01-01'],
    ];
    expect(keysOf(sheet, { ledger: 'teams', repIds: new Set(['Ann']) }).set).toMatchObject({
      rep_id: 'Employee',
    });
    const neither = keysOf(sheet, { ledger: 'teams', repIds: new Set(['R1']) });
    expect(neither.set).toMatchObject({ rep_id: 'Employee ID' });
    expect(neither.notes).toContain('None of these is a rep of an invoice.');
  });

  test('the kinds of a SPIF sheet and a draw sheet are put in our words; an unknown one is a question', () => {
    const entries = keysOf(
      [
        ['Ref', 'Employee', 'Date', 'Type', 'Amount'],
        ['1', 'ann', '2026-01-31', 'SPIF', '50.00'],
        ['2', 'ann', '2026-01-31', 'Forgiven', '50.00'],
      ],
      { ledger: 'entries' },
    );
    expect(entries.set).toMatchObject({
      entry_id: 'Ref',
      values: { kind: { SPIF: 'bonus', Forgiven: 'waiver' } },
    });
    const draw = (kind: string) => [
      ['Rep', 'From', 'Draw', 'Type'],
      ['ann', '2026-01-01', '50.00', kind],
    ];
    expect(keysOf(draw('Non-recoverable'), { ledger: 'draws' }).set).toMatchObject({
      values: { kind: { 'Non-recoverable': 'guarantee' } },
    });
    expect(keysOf(draw('recoverable'), { ledger: 'draws' }).set).not.toHaveProperty('values');
    // Yes is an answer only where the heading asks.
    expect(keysOf(draw('Yes'), { ledger: 'draws' }).open).toEqual(['values']);
  });

  test('a rate with a decimal comma is read as one', () => {
    const { set } = keysOf(
      [
        ['Currency', 'Valid From', 'Rate'],
        ['EUR', '2026-01-01', '1,0825'],
      ],
      { ledger: 'fx' },
    );
    expect(set).toMatchObject({ rate: 'Rate', numberFormat: '1.234,56' });
  });

  test('SAP headings are known', () => {
    const bill = keysOf(
      [
        [
          'Bill.Doc.',
          'Billing Date',
          'Net Due',
          'Sold-To',
          'Sales Employee',
          'Material Group',
          'Net Value',
          'Curr.',
        ],
        ['9', '2026-01-15', '2026-02-14', 'C', 'E1', 'PUMPS', '5.00', 'EUR'],
      ],
      {},
    );
    expect(bill.open).toEqual([]);
    const cash = keysOf(
      [
        ['Clrng doc.', 'Clearing', 'Billing Doc.', 'Customer', 'Amount in DC', 'Cash discount', 'Curr.'],
        ['1', '2026-02-10', '9', 'C', '4.90', '0.10', 'EUR'],
      ],
      { ledger: 'payments' },
    );
    expect(cash.set).toMatchObject({
      payment_id: 'Clrng doc.',
      payment_date: 'Clearing',
      discount: 'Cash discount',
      currency: 'Curr.',
    });
  });
});
