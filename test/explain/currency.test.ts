/** What `comp explain` says of an invoice in another currency (R15). */
import { describe, expect, test } from 'vitest';
import { compIn } from '../support/comp.js';
import { folderWith } from '../support/folder.js';

const FILES = {
  'comp.yaml':
    'currency: USD\nledgers: {invoices: i.csv, fx: fx.csv, splits: s.csv}\nplans: [{id: ae, level: 0, rate: 5%}]\n',
  'i.csv':
    'invoice_id,customer_id,rep_id,invoice_date,amount,currency\nI1,C,R1,2025-01-15,1000.00,EUR\nI2,C,,2025-01-15,1000.00,EUR\n',
  'fx.csv': 'currency,date,rate\nEUR,2025-01-01,1.10\n',
  's.csv': 'invoice_id,rep_id,share\nI2,R1,60%\nI2,R2,40%\n',
};

async function explained(invoice: string): Promise<string> {
  const flags = ['--as-of', '2025-03-31', '--rep', 'R1'];
  const { exit, stdout } = await compIn(folderWith(FILES), ['explain', invoice, ...flags]);
  expect(exit).toBe(0);
  return stdout;
}

describe('the commission of an invoice in another currency', () => {
  test('is paid on its amount at the rate, which is no share', async () => {
    const text = await explained('I1');
    expect(text).toContain('1 EUR = 1.1 USD, the rate of 2025-01-01');
    expect(text).toContain("COMMISSION 55.00, paid on revenue of 1,100.00 at the plan's rate of 5%");
  });

  test('names the currency of what the rep has a share of', async () => {
    const text = await explained('I2');
    // 60% of 1,000.00 EUR is 660.00 USD.
    expect(text).toContain('COMMISSION 33.00, paid on revenue of 660.00, the rep');
    expect(text).toContain('share of 1,000.00 EUR at the plan');
  });
});
