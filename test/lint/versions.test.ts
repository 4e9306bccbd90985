/** Questions on versions of plans (R31.1): each names the version, and what a version takes over is asked once. */
import { expect, test } from 'vitest';
import { compIn } from '../support/comp.js';
import { folderWith } from '../support/folder.js';

test('R31.1 a question names the version and its key', async () => {
  const table = (rate: string) =>
    `{tiers: retroactive, table: [{fromAmount: 0, rate: 5%}, {fromAmount: 1000, rate: ${rate}}]}`;
  const dir = folderWith({
    'comp.yaml': `currency: USD
ledgers: {invoices: invoices.csv}
plans:
  - id: ae
    level: 2
    hold: 0%
    rate: ${table('6%')}
    versions:
      - {from: 2025-02-01, rate: ${table('7%')}}
      - {from: 2025-03-01, hold: 100%}
  - id: other
    level: 0
    rate: 1%
    credit: team
    versions: [{from: 2025-02-01, level: 2, hold: 0%}]
`,
    'invoices.csv': 'invoice_id,customer_id,rep_id,invoice_date,amount\nI1,Acme,R1,2025-01-10,500.00\n',
  });
  const ran = await compIn(dir, ['lint', '--as-of', '2025-03-31', '--json', '--quiet']);
  const { questions } = JSON.parse(ran.stdout) as {
    readonly questions: readonly { code: string; key: string; sentence: string }[];
  };
  const asked = questions.map(({ code, key, sentence }) => [code, key, sentence.slice(0, 24)]);
  expect(asked.filter(([code]) => code === 'tier-jumps' || code === 'hold-all-or-nothing')).toEqual([
    ['tier-jumps', 'plans[0].rate.table[1]', 'Plan ae: from 1,000.00, '],
    ['tier-jumps', 'plans[0].versions[0].rate.table[1]', 'Plan ae from 2025-02-01:'],
    ['hold-all-or-nothing', 'plans[0].hold', 'Plan ae, at level 2, hol'],
    ['hold-all-or-nothing', 'plans[0].versions[1].hold', 'Plan ae from 2025-03-01,'],
    ['hold-all-or-nothing', 'plans[1].versions[0].hold', 'Plan other from 2025-02-'],
  ]);
});
