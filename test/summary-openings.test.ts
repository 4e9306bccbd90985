/** What `comp calc` says of a workspace that began with debts: its total adds up by eye, and nothing owed is forgotten. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { comp } from './support/comp.js';
import { folderWith } from './support/folder.js';

/** Commission of 750.00 in the first quarter, of which 250.00 is clawed back in the second; 100.00 is owed from before. */
const FILES = {
  'comp.yaml': JSON.stringify({
    currency: 'USD',
    ledgers: { invoices: 'invoices.csv', openings: 'openings.csv' },
    plans: [{ id: 'ae', level: 1, rate: '5%', clawback: { pastDueDays: 90 } }],
  }),
  'invoices.csv': [
    'invoice_id,customer_id,rep_id,invoice_date,due_date,amount',
    'I1,Acme,R1,2025-01-15,2025-12-31,10000.00',
    'I2,Bolt,R1,2025-02-20,2025-03-22,5000.00',
  ].join('\n'),
  'openings.csv': 'rep_id,date,owed\nR1,2024-12-31,100.00',
};

async function summaryAt(asOf: string): Promise<string> {
  const dir = folderWith(FILES);
  const args = ['--config', join(dir, 'comp.yaml'), '--out', join(dir, 'out'), '--as-of', asOf];
  return (await comp(['calc', ...args])).stdout.replace(/ {2,}/g, '  ');
}

test('R7.4 R11 the total opens with what was owed at the opening: 750 − 250 − 100 + 250 = 650', async () => {
  const text = await summaryAt('2025-06-30');
  expect(text).toContain('R1  2025-Q1  750.00  –  100.00  –  650.00');
  expect(text).toContain('2025-Q2  –  250.00  –  250.00  –');
  expect(text).toContain('total  750.00  250.00  100.00  250.00  650.00');
});

test('R11 what was owed at the opening and has been recovered was owed once', async () => {
  const text = await summaryAt('2025-03-31');
  expect(text).toContain('total  750.00  100.00  650.00');
  expect(text).toContain('Owed by reps  0.00  at most 100.00, at the opening; recovered since');
});
