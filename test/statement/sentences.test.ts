/** Sentences of statements that few workspaces need, by hand: re-rated sales, cash without a due date, guarantees, corrected entries. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compIn } from '../support/comp.js';
import { edit, folderWith } from '../support/folder.js';
import { expectTablesToAddUp, pageOf, wordsOf } from '../support/page.js';

const INVOICES = 'invoice_id,customer_id,rep_id,invoice_date,due_date,amount\n';
const SALE = `${INVOICES}I1,Acme,R1,2025-01-10,2025-02-09,1000.00\n`;

/** A workspace of one plan, with its ledgers as files; `more` goes before the plans. */
function workspaceOf(plan: string, ledgers: Readonly<Record<string, string>>, more = ''): string {
  const names = Object.keys(ledgers).map((name) => `${name}: ${name}.csv`);
  return folderWith({
    'comp.yaml': `currency: USD\n${more}ledgers: {${names.join(', ')}}\nplans:\n  - {id: ae, ${plan}}\n`,
    ...Object.fromEntries(Object.entries(ledgers).map(([name, rows]) => [`${name}.csv`, rows])),
  });
}

/** The words of R1's statement of a period, as of its last day or another. */
async function wordsIn(dir: string, period: string, ...more: string[]): Promise<string> {
  const out = join(dir, 'out');
  const ran = await compIn(dir, ['statement', 'R1', '--quarter', period, '--out', out, ...more]);
  expect(ran.exit, ran.stderr).toBe(0);
  const page = pageOf(readFileSync(join(out, `statement-${period}-R1.html`), 'utf8'));
  expectTablesToAddUp(page);
  return wordsOf(page);
}

test('R4.4 a sale that was re-rated', async () => {
  const rate =
    'rate: {attainment: quarter, tiers: retroactive, table: [{from: 0%, rate: 5%}, {from: 100%, rate: 8%}]}';
  const dir = workspaceOf(`level: 0, ${rate}`, {
    invoices: `${SALE}I2,Bolt,R1,2025-02-10,2025-03-12,500.00\n`,
    quotas: 'rep_id,quarter,quota\nR1,2025-Q1,1200.00\n',
  });
  // 1,000.00 of 1,200.00 is below the quota; 1,500.00 is above it.
  expect(await wordsIn(dir, '2025-Q1')).toContain(
    'Your rate for this sale became 8% on 10 Feb 2025. Commission on it goes from 50.00 to 80.00. 8% 30.00',
  );
});

test('gross profit', async () => {
  const dir = workspaceOf('level: 0, rate: 5%, basis: gross-profit', {
    invoices: 'invoice_id,customer_id,rep_id,invoice_date,amount,cost\nI1,Acme,R1,2025-01-10,10000,6000\n',
  });
  expect(await wordsIn(dir, '2025-Q1')).toContain(
    'Invoiced on 10 Jan 2025: profit of 4,000.00 × 5%. 5% 200.00',
  );
});

test('R5.5 cash to come without a due date, and beside a write-off', async () => {
  const dir = workspaceOf('level: 4, rate: 5%', {
    invoices: 'invoice_id,customer_id,rep_id,invoice_date,amount\nI1,Acme,R1,2025-01-10,1000.00\n',
    payments: 'payment_id,invoice_id,payment_date,amount\nP1,I1,2025-02-01,300.00\n',
    writeOffs: 'write_off_id,invoice_id,write_off_date,amount\nW1,I1,2025-04-10,200.00\n',
  });
  expect(await wordsIn(dir, '2025-Q1')).toContain(
    'Acme has 700.00 open on invoice I1. You earn commission with each payment: 35.00 of it is still to come.',
  );
  // With a write-off it is not certain to the cent.
  expect(await wordsIn(dir, '2025-Q2')).toContain(
    'Acme has 500.00 open on invoice I1. You earn commission with each payment. 1 Sales',
  );
});

test('R24 a guarantee', async () => {
  const dir = workspaceOf(
    'level: 0, rate: 5%',
    {
      invoices: SALE,
      draws: 'rep_id,from,to,amount,kind\nR1,2025-01-01,2025-01-31,80.00,guarantee\n',
    },
    'payPeriod: month\n',
  );
  expect(await wordsIn(dir, '2025-01')).toContain(
    'Guarantee 2025-01 Your guarantee is 80.00. Without it your pay is 50.00, so this much is added. You keep it. 30.00 Total 30.00',
  );
});

test('R21.7 an entry that corrects a closed period', async () => {
  const dir = workspaceOf('level: 0, rate: 5%', {
    invoices: SALE,
    entries: 'entry_id,rep_id,date,kind,amount,invoice_id,reason\nE1,R1,2025-03-01,bonus,20.00,,\n',
  });
  expect((await compIn(dir, ['close', '2025-Q1', '--quiet'])).exit).toBe(0);
  edit(dir, 'entries.csv', (text) => `${text}E2,R1,2025-03-05,bonus,30.00,,Was forgotten\n`);
  expect(await wordsIn(dir, '2025-Q2')).toContain(
    'Bonus E2 5 Mar 2025 Was forgotten. Corrects 2025-Q1, on 1 Apr 2025. 30.00',
  );
});

test('R19.1 cash after a rep left', async () => {
  const dir = workspaceOf(
    'level: 3, rate: 5%',
    {
      invoices: SALE,
      payments:
        'payment_id,invoice_id,payment_date,amount\nP1,I1,2025-02-01,300.00\nP2,I1,2025-05-01,300.00\n',
      reps: 'rep_id,name,left\nR1,Ada Reyes,2025-02-28\n',
    },
    'leavers: {tailDays: 30}\n',
  );
  // 30 days after 28 February; 5% of the 700.00 that are open then.
  expect(await wordsIn(dir, '2025-Q1')).toContain(
    'What Acme pays on invoice I1 after 30 Mar 2025 does not count for you, so the rest is not paid. 5% 35.00',
  );
});

test('R17 cash on the day from which it counts, before it and after it', async () => {
  const timing = 'timing: {from: due, table: [{days: 0, factor: 110%}, {factor: 80%}]}';
  const dir = workspaceOf(`level: 3, rate: 5%, ${timing}`, {
    invoices: SALE,
    payments:
      'payment_id,invoice_id,payment_date,amount\nP1,I1,2025-02-08,200.00\nP2,I1,2025-02-09,200.00\nP3,I1,2025-02-14,200.00\n',
  });
  const words = await wordsIn(dir, '2025-Q1');
  // 5% of 200.00 is 10.00: 1.00 more, or 2.00 less.
  expect(words).toContain('Acme paid 1 day early (P1), so 110% of the commission on it counts. 5% 1.00');
  expect(words).toContain('Acme paid on time (P2), so 110% of the commission on it counts. 5% 1.00');
  expect(words).toContain('Acme paid 5 days late (P3), so 80% of the commission on it counts. 5% −2.00');
});

test('words are explained where one line needs them', async () => {
  const dir = workspaceOf('level: 1, rate: 5%, clawback: {pastDueDays: 60}', {
    invoices: SALE,
    payments: 'payment_id,invoice_id,payment_date,amount\nP1,I1,2025-07-01,1000.00\n',
  });
  const takenBack = 'Taken back Commission that was paid on a sale, then taken back because';
  const givenBack =
    'Given back Commission that had been taken back, returned because the money came after all.';
  const has = async (period: string) => {
    const words = await wordsIn(dir, period);
    return [words.includes(takenBack), words.includes(givenBack)];
  };
  // At risk in the first quarter, taken back in the second, given back in the third.
  expect(await has('2025-Q1')).toEqual([true, false]);
  expect(await has('2025-Q2')).toEqual([true, false]);
  expect(await has('2025-Q3')).toEqual([true, true]);
  // At risk only after more than 30 days.
  edit(dir, 'invoices.csv', (text) => text.replace('2025-02-09', '2025-03-20'));
  expect(await has('2025-Q1')).toEqual([true, false]);
});

test('the list has names where one rep has a name', async () => {
  const dir = workspaceOf('level: 0, rate: 5%', {
    invoices: `${SALE}I2,Bolt,R2,2025-01-10,2025-02-09,500.00\n`,
    reps: 'rep_id,name\nR2,Ada Reyes\n',
  });
  const out = join(dir, 'out');
  expect((await compIn(dir, ['statement', '--quarter', '2025-Q1', '--out', out])).exit).toBe(0);
  expect(wordsOf(pageOf(readFileSync(join(out, 'index.html'), 'utf8')))).toContain('Ada Reyes');
});

test('a month is named in full', async () => {
  const dir = workspaceOf(
    'level: 0, rate: 5%',
    { invoices: SALE.replaceAll('2025-01', '2025-09') },
    'payPeriod: month\n',
  );
  expect(await wordsIn(dir, '2025-09')).toContain('Commission statement R1 2025-09, September 2025 Figures');
});

test('R19.1 a sale that counts after the last day of a rep who left', async () => {
  const dir = workspaceOf(
    'level: 3, rate: 5%',
    {
      invoices: `${INVOICES}I1,Acme,R1,2025-04-05,2025-05-05,1000.00\n`,
      payments: 'payment_id,invoice_id,payment_date,amount\nP1,I1,2025-05-01,300.00\n',
      reps: 'rep_id,name,left\nR1,Ada Reyes,2025-02-28\n',
    },
    'leavers: {tailDays: 30}\n',
  );
  expect(await wordsIn(dir, '2025-Q2')).toContain(
    'Acme I1 5 Apr 2025 What Acme pays on invoice I1 after 30 Mar 2025 does not count for you, so the rest is not paid. 5% 50.00',
  );
});

test('a commission that the ledger states has no rate in its sum', async () => {
  const dir = workspaceOf('level: 3, rate: 5%', {
    invoices:
      'invoice_id,customer_id,rep_id,invoice_date,due_date,amount,commission\nI1,Acme,R1,2025-01-10,2025-02-09,1000.00,70.00\n',
    payments: 'payment_id,invoice_id,payment_date,amount\nP1,I1,2025-04-10,300.00\n',
    openings: 'rep_id,date,owed,booked\nR1,2025-03-31,0.00,1000.00\n',
  });
  expect(await wordsIn(dir, '2025-Q2')).toContain(
    '300.00 of 1,000.00 paid: 70.00 × 300.00 ÷ 1,000.00 = 21.00.',
  );
});

test('a month in a sentence is named in full', async () => {
  // 60 days after 10 July, 500.00 are taken back; with the credit memo it is only 300.00, and still taken back.
  const dir = workspaceOf('level: 1, rate: 5%, clawback: {pastDueDays: 60}', {
    invoices: `${INVOICES}I1,Acme,R1,2025-06-01,2025-07-10,10000.00\n`,
    creditMemos: 'credit_memo_id,invoice_id,credit_date,amount\nM1,I1,2025-10-05,4000.00\n',
  });
  expect(await wordsIn(dir, '2025-Q4')).toContain(
    'Commission on the sale falls from 500.00 to 300.00; the 200.00 difference had already been taken back in September, so this changes nothing.',
  );
});

test('R24.2 what a debt came from is what happened since nothing was owed', async () => {
  const dir = workspaceOf(
    'level: 0, rate: 5%',
    { invoices: SALE, draws: 'rep_id,from,to,amount,kind\nR1,2025-02-01,2025-02-28,80.00,recoverable\n' },
    'payPeriod: month\n',
  );
  // Nothing is owed in January, 80.00 is drawn in February.
  const words = await wordsIn(dir, '2025-03');
  expect(words).toContain('To be repaid: what was paid in advance Brought forward 80.00');
  expect(words).toContain('To be repaid What was paid in advance and has not been deducted yet.');
});

test('what waits without a due date has none in its sentence', async () => {
  const dir = workspaceOf('level: 3, rate: 5%', {
    invoices: 'invoice_id,customer_id,rep_id,invoice_date,amount\nI1,Acme,R1,2025-01-10,1000.00\n',
    payments: 'payment_id,invoice_id,payment_date,amount\nP1,I1,2025-02-01,300.00\n',
  });
  expect(await wordsIn(dir, '2025-Q1')).toContain(
    "35.00 is waiting for Acme's payment of 700.00 on invoice I1. You get your share of each payment.",
  );
});

test('R31.1 a rate is named with the day from which it applies', async () => {
  const dir = workspaceOf('level: 0, rate: 5%, versions: [{from: 2025-02-01, rate: 8%}]', {
    invoices: `${SALE}I2,Bolt,R1,2025-02-10,2025-03-12,500.00\n`,
  });
  const words = await wordsIn(dir, '2025-Q1');
  expect(words).toContain('Invoiced on 10 Jan 2025: 1,000.00 × 5%. 5% 50.00');
  expect(words).toContain('Invoiced on 10 Feb 2025: 500.00 × 8%, the rate from 1 Feb 2025. 8% 40.00');
  expect(words).toContain('Plan ae pays 5% of sales.');
  expect(words).toContain('Plan ae from 1 Feb 2025 pays 8% of sales.');
});
