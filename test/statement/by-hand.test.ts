/** A statement computed by hand: every table of the page, the list of statements and the day of payment. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, test } from 'vitest';
import { comp } from '../support/comp.js';
import { folderWith } from '../support/folder.js';
import { allOf, cellsOf, type Element, pageOf, sectionOf, textOf, wordsOf } from '../support/page.js';

const FILES = {
  'comp.yaml': `currency: USD
company: {name: Widgets Inc, contact: pay@widgets.example}
ledgers: {invoices: i.csv, payments: p.csv, writeOffs: w.csv, quotas: q.csv, reps: r.csv}
plans:
  - id: ae
    level: 2
    clawback: {pastDueDays: 60}
    rate: {attainment: year-to-date, tiers: marginal, table: [{from: 0%, rate: 5%}, {from: 100%, rate: 8%}]}
`,
  'i.csv': `invoice_id,customer_id,rep_id,invoice_date,due_date,amount
I1,Acme,R1,2025-02-10,2025-03-12,8000.00
I2,Bolt,R1,2025-05-05,2025-06-04,15000.00
I3,Core,R2,2025-06-01,2025-07-01,2000.00
`,
  'p.csv': 'payment_id,invoice_id,payment_date,amount\nP1,I1,2025-04-20,4000.00\n',
  'w.csv': 'write_off_id,invoice_id,write_off_date,amount\n',
  'q.csv': `rep_id,quarter,quota
R1,2025-Q1,10000.00
R1,2025-Q2,10000.00
R1,2025-Q3,10000.00
R2,2025-Q2,1000.00
R2,2025-Q3,1000.00
`,
  'r.csv': 'rep_id,name,left\nR1,Ann,\nR2,Bob,2025-06-15\n',
};

let dir: string;

beforeAll(async () => {
  dir = folderWith(FILES);
  await statement('2025-Q2', '2025-06-30');
});

async function statement(period: string, asOf?: string): Promise<void> {
  const ran = await comp([
    ...[
      'statement',
      '--quarter',
      period,
      '--csv',
      '--config',
      join(dir, 'comp.yaml'),
      '--out',
      join(dir, 'out'),
    ],
    ...(asOf === undefined ? [] : ['--as-of', asOf]),
  ]);
  expect(ran.exit, ran.stderr).toBe(0);
}

const pageAt = (name: string) => pageOf(readFileSync(join(dir, 'out', name), 'utf8'));

function recordsAt(name: string, columns: readonly string[]): string[][] {
  const records: Record<string, string>[] = parse(readFileSync(join(dir, 'out', name)), { columns: true });
  return records.map((record) => columns.map((column) => record[column] ?? '?'));
}

const page = () => pageAt('statement-2025-Q2-R1.html');

/** The rows of a section's table, cell by cell, and its heading. */
function tableOf(from: Element, id: string) {
  const section = sectionOf(from, id) as Element;
  const [heading] = allOf(section, 'h2') as [Element];
  const [table] = allOf(section, 'table') as [Element];
  return { heading: textOf(heading).trim(), rows: cellsOf(table), total: cellsOf(table, 'tfoot')[0]?.at(-1) };
}

describe('a quarter in which an invoice is paid in part, clawed back in part, and another sold', () => {
  test('what became payable: half of the sale, and the held half of what was paid', () => {
    // 400.00 on I1, of which 200.00 is held: half of it is released. 8,000 of 20,000 were sold before: 12,000 × 5% + 3,000 × 8%.
    expect(tableOf(page(), 'payable')).toEqual({
      heading: '1 Payable, invoice by invoice520.00',
      rows: [
        [
          '1',
          'Acme I1',
          '20 Apr 2025',
          'Acme paid 4,000.00 on 20 Apr 2025 (P1). 4,000.00 of 8,000.00 paid: 400.00 at 5%, of which 200.00 + 200.00 × 4,000.00 ÷ 8,000.00 = 300.00; less 200.00 paid with the invoice.',
          '5%',
          '100.00',
        ],
        [
          ...['2', 'Bolt I2', '5 May 2025'],
          'Invoiced on 5 May 2025: 12,000.00 × 5% + 3,000.00 × 8% = 840.00, of which 420.00 is payable at once.',
          ...['5% and 8%', '420.00'],
        ],
      ],
      total: '520.00',
    });
  });

  test('what waits: what is open on the invoice, since when it is due, and the days since', () => {
    expect(tableOf(page(), 'waiting')).toEqual({
      heading: "2 Waiting for the customer's payment520.00",
      rows: [
        ['3', 'Acme I1', '4,000.00', '12 Mar 2025', '110', '100.00'],
        ['4', 'Bolt I2', '15,000.00', '4 Jun 2025', '26', '420.00'],
      ],
      total: '520.00',
    });
  });

  test('what was taken back, with the rate and the quarter that paid it', () => {
    expect(tableOf(page(), 'moved').rows).toEqual([
      [
        ...['5', 'Acme I1', '11 May 2025'],
        '4,000.00 of 8,000.00 was paid 60 days after it was due. Paid to you with 2025-Q1. You get it back as Acme pays the rest.',
        ...['5%', '−100.00'],
      ],
    ]);
  });

  test('what is at risk: on which day, what is open, and since how many days', () => {
    // 3 August is more than 30 days after 30 June.
    expect(sectionOf(page(), 'risk')).toBeUndefined();
    expect(wordsOf(page())).toContain('Nothing is about to be taken back until 30 Jul 2025.');
    expect(tableOf(page(), 'risk-later')).toMatchObject({
      heading: '4 At risk later, by date420.00',
      rows: [['6', 'Bolt I2', '3 Aug 2025', '15,000.00', '26', '420.00']],
    });
  });

  test('attainment is of its window, and says so beside the sales of the quarter', () => {
    // 8,000 + 15,000 of 10,000 + 10,000.
    expect(wordsOf(sectionOf(page(), 'quota') as Element)).toContain(
      'Sales that count in the year so far 23,000.00 Quota for the year so far 20,000.00 Attainment, the year so far 115.00% Sales that count this quarter 15,000.00 Quota for the quarter 10,000.00 Plan ae pays by sales of the year so far',
    );
  });

  test('what can still change: what is at risk before what waits, the largest first, then what may come back', () => {
    const items = allOf(sectionOf(page(), 'outlook') as Element, 'li').map((item) => textOf(item).trim());
    expect(items).toEqual([
      'Bolt has 15,000.00 open on invoice I2, 26 days past due. Unless it is paid, 420.00 is taken back at the end of 3 Aug 2025; a partial payment saves part of it.',
      "420.00 is waiting for Bolt's payment of 15,000.00 on invoice I2, due 4 Jun 2025. You get your share of each payment.",
      "100.00 is waiting for Acme's payment of 4,000.00 on invoice I1, due 12 Mar 2025. You get your share of each payment.",
      'Acme still owes 4,000.00 on invoice I1. If Acme still pays 4,000.00, 100.00 comes back; a partial payment brings back part of it.',
    ]);
  });

  test('after the period where the pay-by date is within it: the first receipt was 20 April, 30 days before 20 May', () => {
    const words = wordsOf(page());
    expect(words).toContain('You are paid 420.00 after 30 Jun 2025 2 invoices came to 520.00.');
    expect(words).toContain('Write to pay@widgets.example. Quote the invoice and line number.');
    const other = wordsOf(pageAt('statement-2025-Q2-R2.html'));
    expect(other).toContain('You are paid 65.00 by 30 Jul 2025');
    expect(other).toContain('Before 30 Jul 2025, write to pay@widgets.example.');
  });

  test('the table has the same lines with causes, sources and due dates', () => {
    const columns = ['section', 'line', 'date', 'customer_id', 'invoice_id', 'cause', 'source_id', 'adjusts'];
    expect(recordsAt('statement-2025-Q2-R1.csv', [...columns, 'due_date', 'rate', 'amount'])).toEqual([
      ['state', '', '', '', '', '', '', '', '', '', ''],
      ['payday', '', '2025-06-30', '', '', '', '', '', '', '', ''],
      ['summary', '', '', '', '', '', '', '', '', '', '520.00'],
      ['summary', '', '', '', '', '', '', '', '', '', '-100.00'],
      ['summary', '', '', '', '', '', '', '', '', '', '0.00'],
      ['summary', '', '', '', '', '', '', '', '', '', '0.00'],
      ['summary', '', '', '', '', '', '', '', '', '', '0.00'],
      ['summary', '', '', '', '', '', '', '', '', '', '0.00'],
      ['summary', '', '', '', '', '', '', '', '', '', '420.00'],
      ['summary', '', '', '', '', '', '', '', '', '', '520.00'],
      ['payable', '1', '2025-04-20', 'Acme', 'I1', 'collected', 'P1', '', '', '5%', '100.00'],
      ['payable', '2', '2025-05-05', 'Bolt', 'I2', 'invoiced', 'I2', '', '', '5% and 8%', '420.00'],
      ['waiting', '3', '', 'Acme', 'I1', '', '', '', '2025-03-12', '', '100.00'],
      ['waiting', '4', '', 'Bolt', 'I2', '', '', '', '2025-06-04', '', '420.00'],
      ['taken-back', '5', '2025-05-11', 'Acme', 'I1', 'past-due', 'I1', '', '', '5%', '-100.00'],
      ['at-risk-later', '6', '2025-08-03', 'Bolt', 'I2', '', '', '', '', '', '420.00'],
    ]);
  });

  test('the index lists every rep with name, what they are paid, wait for and owe', () => {
    const [table] = allOf(pageAt('index.html'), 'table') as [Element];
    expect(cellsOf(table)).toEqual([
      ['R1', 'Ann', '420.00', '520.00', '0.00'],
      ['R2', 'Bob left 15 Jun 2025', '65.00', '65.00', '0.00'],
    ]);
    expect(cellsOf(table, 'tfoot')).toEqual([['Total', '', '485.00', '585.00', '0.00']]);
    const links = allOf(table, 'a').map((link) => link.attrs.map(({ value }) => value));
    expect(links).toEqual([['statement-2025-Q2-R1.html'], ['statement-2025-Q2-R2.html']]);
  });
});

describe('after closes, a payment of the first quarter turns up', () => {
  beforeAll(async () => {
    const args = ['--config', join(dir, 'comp.yaml')];
    for (const period of ['2025-Q1', '2025-Q2']) {
      expect((await comp(['close', period, ...args])).exit).toBe(0);
    }
    writeFileSync(join(dir, 'p.csv'), `${FILES['p.csv']}P2,I1,2025-03-05,2000.00\n`);
    expect((await comp(['close', '2025-Q3', ...args])).exit).toBe(0);
    for (const period of ['2025-Q1', '2025-Q2', '2025-Q3']) await statement(period, '2025-10-31');
  });

  test('corrections stand under the quarter that they correct', () => {
    // 2,000 of 8,000 releases 50.00 of 200.00 held in 2025-Q1; with 6,000 paid, 50.00 less was to be taken back in 2025-Q2.
    expect(tableOf(pageAt('statement-2025-Q3-R1.html'), 'corrections')).toEqual({
      heading: '4 Corrections of earlier periods100.00',
      rows: [
        ['2025-Q1, corrected on 1 Jul 2025'],
        [
          ...['4', 'Acme I1', '5 Mar 2025'],
          'Acme paid 2,000.00 on 5 Mar 2025 (P2). 2,000.00 of 8,000.00 paid: 400.00 at 5%, of which 200.00 + 200.00 × 2,000.00 ÷ 8,000.00 = 250.00; less 200.00 paid with the invoice.',
          ...['5%', '50.00'],
        ],
        ['2025-Q2, corrected on 1 Jul 2025'],
        [
          ...['5', 'Acme I1', '11 May 2025'],
          "50.00 was given back because what was known about Acme's invoice I1 has changed.",
          ...['5%', '50.00'],
        ],
      ],
      total: '100.00',
    });
  });

  test('and name in the table the quarter that they adjust', () => {
    const rows = recordsAt('statement-2025-Q3-R1.csv', [
      'section',
      'cause',
      'source_id',
      'adjusts',
      'amount',
    ]);
    expect(rows.filter(([section]) => section === 'corrections')).toEqual([
      ['corrections', 'collected', 'P2', '2025-Q1', '50.00'],
      ['corrections', 'past-due', 'I1', '2025-Q2', '50.00'],
    ]);
  });

  test('and count as a step of their own on the way to what is paid', () => {
    const steps = tableOf(pageAt('statement-2025-Q3-R1.html'), 'steps');
    // 420.00 taken back, less the 100.00 that the corrections bring.
    expect(steps.rows).toEqual([
      ['Commission now payable', '', '0.00'],
      ['Taken back', 'section 2', '−420.00'],
      ['Corrections of earlier periods', 'section 4', '100.00'],
      ['Carried forward', 'account', '320.00'],
    ]);
    expect(steps.total).toBe('0.00');
  });

  test('each statement is paid by the day in payroll.csv, or after the period where that day is within it', () => {
    for (const period of ['2025-Q1', '2025-Q2', '2025-Q3']) {
      const rows = parse(readFileSync(join(dir, 'closes', period, 'payroll.csv')), {
        columns: true,
      }) as Record<string, string>[];
      for (const { rep_id: rep, paid = '', pay_by: by = '' } of rows) {
        const [head] = allOf(
          sectionOf(pageAt(`statement-${period}-${rep}.html`), 'paid') as Element,
          '.line',
        );
        const text = textOf(head as Element)
          .replace(/\s+/g, ' ')
          .trim();
        const end =
          { '2025-Q1': '2025-03-31', '2025-Q2': '2025-06-30', '2025-Q3': '2025-09-30' }[period] ?? '';
        expect(text).toBe(`You are paid ${paid} ${by > end ? `by ${inWords(by)}` : `after ${inWords(end)}`}`);
      }
    }
  });
});

/** `2025-07-30` as `30 Jul 2025`. */
function inWords(iso: string): string {
  const [year, month, day] = iso.split('-').map(Number) as [number, number, number];
  return `${day} ${['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'][month - 1]} ${year}`;
}

describe('several clawbacks', () => {
  const INVOICES = `invoice_id,customer_id,rep_id,invoice_date,due_date,amount
I1,Acme,R1,2025-01-10,2025-02-09,4000.00
I2,Bolt,R1,2025-02-10,2025-03-12,6000.00
`;

  /** The note above the table, and what it says of each line. */
  async function movedIn(payments: string): Promise<{ note: string; texts: string[] }> {
    const other = folderWith({
      'comp.yaml':
        'currency: USD\nledgers: {invoices: i.csv, payments: p.csv}\nplans: [{id: ae, level: 1, rate: 5%, clawback: {pastDueDays: 60}}]\n',
      'i.csv': INVOICES,
      'p.csv': `payment_id,invoice_id,payment_date,amount\n${payments}`,
    });
    const ran = await comp([
      ...['statement', '--quarter', '2025-Q2', '--as-of', '2025-06-30', '--csv'],
      ...['--config', join(other, 'comp.yaml'), '--out', join(other, 'out')],
    ]);
    expect(ran.exit, ran.stderr).toBe(0);
    const shown = pageOf(readFileSync(join(other, 'out', 'statement-2025-Q2-R1.html'), 'utf8'));
    const section = sectionOf(shown, 'moved') as Element;
    const note = allOf(section, '.note').map((one) => textOf(one).trim());
    return { note: note.join(' '), texts: tableOf(shown, 'moved').rows.map(([, , , what = '']) => what) };
  }

  test('say once what holds for all of them', async () => {
    expect(await movedIn('')).toEqual({
      note: 'All that was taken back had been paid to you with 2025-Q1. What was taken back comes back to you as customers pay the rest.',
      texts: [
        'None of 4,000.00 was paid 60 days after it was due.',
        'None of 6,000.00 was paid 60 days after it was due.',
      ],
    });
  });

  test('keep with a line what holds for it alone', async () => {
    // I1 is paid in full in the end: nothing more of it comes back.
    expect(await movedIn('P1,I1,2025-06-01,4000.00\n')).toEqual({
      note: 'All that was taken back had been paid to you with 2025-Q1.',
      texts: [
        'None of 4,000.00 was paid 60 days after it was due.',
        'None of 6,000.00 was paid 60 days after it was due. You get it back as Bolt pays the rest.',
        '200.00 was given back because Acme paid 4,000.00 on 1 Jun 2025.',
      ],
    });
  });
});
