/** R11.5 With applyCash, a close keeps `applied.csv`: what was applied to which invoice up to its last day, and what was left. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compIn } from './support/comp.js';
import { edit, folderWith } from './support/folder.js';
import { forge } from './support/forged.js';

/** C1 owes 1,000.00 on A and 500.00 on B, and pays 600.00 in 2025-Q1 and 1,200.00 in 2025-Q2 without naming an invoice. */
async function closed(...flags: readonly string[]): Promise<string> {
  const dir = folderWith({
    'comp.yaml': `currency: USD
ledgers: { invoices: invoices.csv, payments: payments.csv }
applyCash: oldest-due-first
plans: [{ id: ae, level: 3, rate: 10% }]
`,
    'invoices.csv': `invoice_id,customer_id,rep_id,invoice_date,due_date,amount
A,C1,R1,2025-01-10,2025-02-10,1000.00
B,C1,R1,2025-01-20,2025-03-10,500.00
`,
    'payments.csv': `payment_id,invoice_id,customer_id,payment_date,amount
P1,,C1,2025-03-01,600.00
P2,,C1,2025-04-05,1200.00
`,
  });
  for (const period of ['2025-Q1', '2025-Q2']) await done(dir, 'close', period, '--no-pages', ...flags);
  return dir;
}

async function done(dir: string, ...args: readonly string[]) {
  const ran = await compIn(dir, args);
  expect({ args, ...ran }).toMatchObject({ exit: 0 });
  return ran;
}

const HEADER =
  'ledger,source_id,customer_id,date,amount,invoice_id,due_date,applied_date,open_before,applied,open_after,left\n';

const FIRST = 'payments,P1,C1,2025-03-01,600.00,A,2025-02-10,2025-03-01,1000.00,600.00,400.00,\n';

// 400.00 settle A and 500.00 B; 300.00 of the 1,200.00 are left.
const SECOND = `${FIRST}payments,P2,C1,2025-04-05,1200.00,A,2025-02-10,2025-04-05,400.00,400.00,0.00,
payments,P2,C1,2025-04-05,1200.00,B,2025-03-10,2025-04-05,500.00,500.00,0.00,
payments,P2,C1,2025-04-05,1200.00,,,,,,,300.00
`;

const keptIn = (dir: string, period: string) =>
  readFileSync(join(dir, 'closes', period, 'applied.csv'), 'utf8');

test('each close has what was applied up to its last day, and no more', async () => {
  const dir = await closed();
  expect(keptIn(dir, '2025-Q1')).toBe(HEADER + FIRST);
  expect(keptIn(dir, '2025-Q2')).toBe(HEADER + SECOND);
  const record = JSON.parse(readFileSync(join(dir, 'closes/2025-Q1/close.json'), 'utf8'));
  expect(record.files.map(({ name }: { readonly name: string }) => name)).toContain('applied.csv');
});

test('it stays as it was when cash turns up late, and the next close has all of it anew', async () => {
  const dir = await closed();
  // 400.00 more on 2 March settle A then; so P2 is needed for B only, and 700.00 of it are left.
  edit(dir, 'payments.csv', (text) => `${text}P0,,C1,2025-03-02,400.00\n`);
  await done(dir, 'close', '2025-Q3', '--no-pages');
  expect(keptIn(dir, '2025-Q1')).toBe(HEADER + FIRST);
  expect(keptIn(dir, '2025-Q3')).toContain(
    'payments,P0,C1,2025-03-02,400.00,A,2025-02-10,2025-03-02,400.00,400.00,0.00,\n',
  );
  expect(keptIn(dir, '2025-Q3')).toContain('payments,P2,C1,2025-04-05,1200.00,,,,,,,700.00\n');
  await done(dir, 'verify');
});

test('a changed one is named; sealed anew, it is found where there is an archive', async () => {
  const change = (text: string) => text.replace('600.00,400.00', '500.00,500.00');
  const plain = await closed();
  edit(plain, 'closes/2025-Q1/applied.csv', change);
  const archived = await closed('--archive');
  await forge(archived, '2025-Q2', 'applied.csv', change);
  for (const [dir, period] of [
    [plain, '2025-Q1'],
    [archived, '2025-Q2'],
  ] as const) {
    const { exit, stderr } = await compIn(dir, ['verify']);
    expect(exit).toBe(2);
    expect(stderr).toContain(`closes/${period}/applied.csv`);
  }
});

test('without applyCash there is none', async () => {
  const dir = await closed();
  edit(dir, 'comp.yaml', (text) => text.replace('applyCash: oldest-due-first\n', ''));
  edit(dir, 'payments.csv', (text) => text.replace('P1,,', 'P1,A,').replace('P2,,', 'P2,B,'));
  await done(dir, 'close', '2025-Q3', '--no-pages');
  expect(() => keptIn(dir, '2025-Q3')).toThrow('ENOENT');
});
