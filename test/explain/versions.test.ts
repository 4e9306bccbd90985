/** Explanations name the version of a plan that a rate is from (R31.1). */

import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { comp } from '../support/comp.js';
import { copyOf, folderWith } from '../support/folder.js';

const explain = async (dir: string, ...args: readonly string[]) => {
  const ran = await comp(['explain', ...args, '--config', join(dir, 'comp.yaml')]);
  expect(ran).toMatchObject({ exit: 0, stderr: '' });
  return ran.stdout;
};

describe('R31.1 an explanation', () => {
  const dir = copyOf('plans/new-rate-in-july');

  test('names the version at a flat rate', async () => {
    const [before, after] = [
      await explain(dir, 'V-1', '--as-of', '2026-03-31'),
      await explain(dir, 'V-2', '--as-of', '2026-03-31'),
    ];
    expect(before).toContain('plan ae, level 2');
    expect(before).toContain("at the plan's rate of 6% ");
    expect(after).toContain('plan ae from 2025-07-01, level 2');
    expect(after).toContain("at the plan's rate of 8% from 2025-07-01");
  });

  test('has the version in its record', async () => {
    const records = async (invoice: string) =>
      JSON.parse(await explain(dir, invoice, '--as-of', '2026-03-31', '--json'));
    expect(JSON.stringify(await records('V-1'))).not.toContain('plan_from');
    expect(JSON.stringify(await records('V-3'))).toContain('"plan_id":"ae","plan_from":"2026-01-01"');
  });

  test('names the version at a table, and at a rate for cash', async () => {
    const other = folderWith({
      'comp.yaml': `currency: USD
ledgers: {invoices: invoices.csv, payments: payments.csv}
plans:
  - id: ae
    level: 0
    rate: 5%
    versions:
      - {from: 2025-02-01, rate: {table: [{fromAmount: 0, rate: 6%}, {fromAmount: 500, rate: 8%}]}}
  - id: cash
    credit: cash
    rate: 1%
    versions: [{from: 2025-03-01, rate: 2%}]
`,
      'invoices.csv': 'invoice_id,customer_id,rep_id,invoice_date,amount\nI1,Acme,R1,2025-02-10,1000.00\n',
      'payments.csv':
        'payment_id,invoice_id,payment_date,amount\nP1,I1,2025-02-20,500.00\nP2,I1,2025-03-20,500.00\n',
    });
    const text = await explain(other, 'I1', '--as-of', '2025-03-31');
    expect(text).toContain('at the rates from 2025-02-01 (R31.1)');
    expect(text).toContain('500.00 of the sale × 1% = 5.00');
    expect(text).toContain('500.00 of the sale × 2% (rate from 2025-03-01) = 10.00');
  });

  test('of a run names what changes when', async () => {
    const ran = await comp([
      ...['calc', '--config', join(dir, 'comp.yaml'), '--as-of', '2026-03-31', '--out', join(dir, 'out')],
    ]);
    expect(ran.exit).toBe(0);
    expect(ran.stdout.replaceAll(/\s+/g, ' ')).toContain(
      'ae (level 2, partial-hold; changed from 2025-07-01; level 3, pay-on-collection, from 2026-01-01)',
    );
  });
});
