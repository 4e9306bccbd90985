/** Exports with a type column: one ledger per type, and no commission on a row whose type only the user knows. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { mapRecords } from '../../src/mapping/map-records.js';
import { calcIn, comp, compIn } from '../support/comp.js';
import { edit, folderWith } from '../support/folder.js';
import { answerPlans, besidesPlans } from '../support/proposal.js';
import { readRows } from '../support/scenario.js';

const INVOICES = [
  'Document Number,Date,Customer,Sales Rep,Amount,Currency',
  'INV1,2/14/2026,Harbor,Ann,1000.00,USD',
  'INV2,2/18/2026,Ostra,Ben,500.00,USD',
].join('\n');

/** A payment of 600, a credit memo of 100, and a journal of 400 that writes off the rest of INV1; 200 of INV2 is paid. */
const APPLIED = [
  'Type,Document Number,Date,Applied To Transaction,Amount',
  'Credit Memo,CM1,3/2/2026,Invoice #INV1,-100.00',
  'Payment,P1,2/27/2026,Invoice #INV1,-600.00',
  'Payment,P2,3/5/2026,Invoice #INV2,-200.00',
  'Journal,JE1,3/31/2026,Invoice #INV1,-300.00',
].join('\n');

async function proposed(applied: string, ...flags: string[]) {
  const dir = folderWith({ 'i.csv': INVOICES, 'a.csv': applied });
  const typed = ['--from', join(dir, 'i.csv'), ...flags.flatMap((flag) => [`--${flag}`, join(dir, 'a.csv')])];
  const { stdout } = await comp(['init', join(dir, 'ws'), '--json', ...typed]);
  const ws = join(dir, 'ws');
  answerPlans(ws);
  return {
    ws,
    found: besidesPlans(JSON.parse(stdout)),
    check: async () => JSON.parse((await compIn(ws, ['check', '--json'])).stdout),
  };
}

/** What the reps are paid in 2026-Q1, at the proposal's own 5%. */
async function paidIn(ws: string): Promise<Record<string, string | undefined>> {
  const { exit } = await calcIn(ws, '2026-03-31', '--quiet');
  expect(exit).toBe(0);
  const rows = readRows(join(ws, 'out', 'quarters.csv'));
  return Object.fromEntries(rows.map(({ rep_id = '', paid }) => [rep_id, paid]));
}

/** Every commented key as a live one. */
function uncommented(yaml: string): string {
  return yaml.replace(/^( *)# ?((?: *)(?:- )?[\w]+:(?: .*)?)$/gm, '$1$2');
}

const codes = (faults: readonly { readonly code: string }[]) => faults.map(({ code }) => code);

describe('a file with payments, credit memos and a journal', () => {
  test('each known type is a ledger of its own, and comp check stops at the other', async () => {
    const { found, check } = await proposed(APPLIED, 'payments');
    expect(Object.keys(found.ledgers)).toEqual(['invoices', 'payments', 'creditMemos']);
    const whereOf = (ledger: string) =>
      found.ledgers[ledger].keys.find(({ key }: { key: string }) => key === 'where');
    expect(whereOf('payments')).toMatchObject({
      value: { Type: { in: ['Payment'], others: ['Credit Memo'] } },
      state: 'question',
    });
    expect(whereOf('creditMemos')).toMatchObject({ value: { Type: 'Credit Memo' }, state: 'set' });
    expect(found.questions).toMatchObject([{ key: 'ledgers.payments.where' }]);
    const { faults } = await check();
    expect(faults).toMatchObject([
      { code: 'unlisted-value', file: '../a.csv', line: 5, subject: 'Type "Journal"' },
    ]);
  });

  test('with every question uncommented, no commission is released on the journal', async () => {
    for (const flags of [
      ['payments'],
      ['payments', 'credit-memos'],
      ['payments', 'write-offs'],
      ['credit-memos'],
    ]) {
      const { ws, check } = await proposed(APPLIED, ...flags);
      edit(ws, 'comp.yaml', uncommented);
      const { faults } = await check();
      expect(codes(faults)).toContain('unlisted-value');
      expect((await compIn(ws, ['calc', '--as-of', '2026-03-31'])).exit).toBe(2);
    }
  });

  test('listed as a write-off, it releases nothing', async () => {
    const { ws, check } = await proposed(APPLIED, 'payments');
    edit(ws, 'comp.yaml', (yaml) =>
      yaml
        .replace('others: [Credit Memo]', 'others: [Credit Memo, Journal]')
        .replace(/( {2}# writeOffs:\n(?: {2}#.*\n)+)/, (lines) => lines.replaceAll(/^ {2}# /gm, '  ')),
    );
    expect((await check()).faults).toEqual([]);
    // INV1: 900.00 is owed after the credit memo, and 600.00 of it is paid: 45.00 × 600 ÷ 900. INV2: 25.00 × 200 ÷ 500.
    expect(await paidIn(ws)).toEqual({ Ann: '30.00', Ben: '10.00' });
  });

  test('types that are all known need no answer, and one that comes later stops comp check', async () => {
    const known = APPLIED.replace('Journal', 'Bad Debt');
    const { ws, found, check } = await proposed(known, 'payments');
    expect(Object.keys(found.ledgers)).toEqual(['invoices', 'payments', 'writeOffs', 'creditMemos']);
    expect(found).toMatchObject({ questions: [], stops: [] });
    expect(await paidIn(ws)).toEqual({ Ann: '30.00', Ben: '10.00' });
    edit(join(ws, '..'), 'a.csv', (csv) => `${csv}\nDeposit,D1,3/31/2026,Invoice #INV2,-300.00`);
    expect((await check()).faults).toMatchObject([{ code: 'unlisted-value', subject: 'Type "Deposit"' }]);
  });

  test('a file in which no type is known is a question, never cash', async () => {
    const { found, check } = await proposed(
      APPLIED.replace(/^(Payment|Credit Memo)/gm, 'Journal'),
      'payments',
    );
    expect(found.questions).toMatchObject([{ key: 'ledgers.payments.where' }]);
    expect(codes((await check()).faults)).toEqual(['value-not-seen', 'unlisted-value']);
  });
});

test('one file of invoices and what was applied to them is every ledger', async () => {
  const all = [
    'Type,Number,Date,Customer,Rep,Applied To,Amount,Currency',
    'Invoice,INV1,2026-01-14,Harbor,Ann,,1000.00,USD',
    'Payment,P1,2026-02-27,Harbor,,INV1,600.00,USD',
    'Credit Memo,CM1,2026-03-02,Harbor,,INV1,100.00,USD',
    'Write-off,WO1,2026-03-31,Harbor,,INV1,300.00,USD',
  ].join('\n');
  const dir = folderWith({ 'all.csv': all });
  const { stdout } = await comp(['init', join(dir, 'ws'), '--json', '--from', join(dir, 'all.csv')]);
  expect(besidesPlans(JSON.parse(stdout))).toMatchObject({ questions: [], stops: [] });
  answerPlans(join(dir, 'ws'));
  // 5% of 900.00, of which 600.00 is paid.
  expect(await paidIn(join(dir, 'ws'))).toEqual({ Ann: '30.00' });
});

describe('others', () => {
  const records = (...types: string[]) => [
    ['payment_id', 'invoice_id', 'payment_date', 'amount', 'Kind'],
    ...types.map((type, index) => [`P${index}`, 'I', '2025-01-05', '1.00', type]),
  ];

  test('leaves out what it lists, and a blank cell is a value too', () => {
    const where = { Kind: { in: 'payment', others: ['Journal', ''] } };
    const { ledger, faults } = mapRecords('payments', records('Payment', 'JOURNAL', ''), { where });
    expect(faults).toEqual([]);
    expect(ledger.rows).toMatchObject([{ payment_id: 'P0' }]);
    const strict = mapRecords('payments', records('Payment', '', ''), {
      where: { Kind: { in: 'payment', others: [] } },
    });
    expect(strict.faults).toMatchObject([{ code: 'unlisted-value', value: '', rows: 2 }]);
    const alone = mapRecords('payments', records('Payment', 'Journal'), {
      where: { Kind: { others: 'Journal', contains: 'pay' } },
    });
    expect(alone).toMatchObject({ faults: [], ledger: { rows: [{ payment_id: 'P0' }] } });
  });
});
