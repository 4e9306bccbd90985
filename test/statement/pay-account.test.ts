/** Statements of a rep with a draw, a bonus, a cap, a disputed invoice and instalments, computed by hand (R16, R21–R24, R29). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, test } from 'vitest';
import { comp } from '../support/comp.js';
import {
  allOf,
  cellsOf,
  type Element,
  expectTablesToAddUp,
  minorOf,
  pageOf,
  sectionOf,
  textOf,
  wordsOf,
} from '../support/page.js';
import { payAccountWorkspace } from '../support/pay-account.js';

let dir: string;

async function written(period: string, asOf: string): Promise<void> {
  const ran = await comp([
    ...['statement', '--quarter', period, '--as-of', asOf, '--csv'],
    ...['--config', join(dir, 'comp.yaml'), '--out', join(dir, 'out')],
  ]);
  expect(ran.exit, ran.stderr).toBe(0);
}

beforeAll(async () => {
  dir = payAccountWorkspace();
  await written('2025-03', '2025-03-31');
  await written('2025-Q1', '2025-03-31');
  await written('2025-05', '2025-05-20');
  await written('2025-06', '2025-06-30');
});

function page(period: string): Element {
  return pageOf(readFileSync(join(dir, 'out', `statement-${period}-R1.html`), 'utf8'));
}

/** The rows of a section's table, and the number and title of its heading. */
function partOf(period: string, id: string) {
  const section = sectionOf(page(period), id) as Element;
  const [heading] = allOf(section, 'h2') as [Element];
  const [table] = allOf(section, 'table') as [Element];
  return { heading: textOf(heading).trim(), rows: cellsOf(table) };
}

function stepsOf(period: string): string[][] {
  const [table] = allOf(sectionOf(page(period), 'steps') as Element, 'table') as [Element];
  return cellsOf(table);
}

function accountOf(period: string): { caption: string; rows: string[][] }[] {
  return allOf(sectionOf(page(period), 'account') as Element, 'table').map((table) => ({
    caption: textOf(allOf(table, 'caption')[0] as Element).trim(),
    rows: [...cellsOf(table), ...cellsOf(table, 'tfoot')],
  }));
}

function rowsOf(period: string, section: string, ...columns: string[]): string[][] {
  const file = readFileSync(join(dir, 'out', `statement-${period}-R1.csv`));
  const records: Record<string, string>[] = parse(file, { columns: true });
  return records
    .filter((record) => record['section'] === section)
    .map((record) => columns.map((column) => record[column] ?? '?'));
}

describe('entries', () => {
  test('are a section: date, kind, reason and amount, and the steps lead to it', () => {
    expect(partOf('2025-03', 'entries')).toEqual({
      heading: '2 Bonus530.00',
      rows: [
        [
          '3',
          'Bonus SPIF-3',
          '31 Mar 2025',
          'SPIF March: first order of the new line. Invoice C-1.',
          '530.00',
        ],
      ],
    });
    expect(stepsOf('2025-03')).toContainEqual(['Bonuses and deductions', 'section 2', '530.00']);
  });

  test('of several kinds add up together', () => {
    expect(partOf('2025-06', 'entries')).toEqual({
      heading: '1 Waiver and repayment250.00',
      rows: [
        ['1', 'Waiver WAI-1', '10 Jun 2025', 'Agreed with the head of sales. Invoice A-1.', '100.00'],
        ['2', 'Repayment REP-1', '20 Jun 2025', 'Paid back by you.', '150.00'],
      ],
    });
    expect(stepsOf('2025-06')).toEqual(
      expect.arrayContaining([
        ['Waived by the company', 'section 1', '100.00'],
        ['Paid back by you', 'section 1', '150.00'],
      ]),
    );
  });

  test('are rows of the CSV file', () => {
    expect(
      rowsOf('2025-06', 'entries', 'line', 'date', 'invoice_id', 'cause', 'source_id', 'amount'),
    ).toEqual([
      ['1', '2025-06-10', 'A-1', 'waiver', 'WAI-1', '100.00'],
      ['2', '2025-06-20', '', 'repayment', 'REP-1', '150.00'],
    ]);
  });
});

describe('a cap', () => {
  const text =
    'Plan ae pays at most 3,000.00 per pay period; 2025-03 has come to 3,800.00. What is above the cap is not paid.';

  test('says what it is, what came, and what goes beyond', () => {
    expect(partOf('2025-03', 'cap')).toEqual({
      heading: '3 Above the cap of your plan−800.00',
      rows: [['4', 'Cap ae', '2025-03', text, '−800.00']],
    });
    expect(stepsOf('2025-03')).toContainEqual(['Above the cap of your plan', 'section 3', '−800.00']);
    expect(rowsOf('2025-03', 'cap', 'source_id', 'amount', 'text')).toEqual([['ae', '-800.00', text]]);
  });

  test('that is over gives back what was never paid', () => {
    // 750.00 of B-1 was taken back in May: of the 800.00 beyond the cap of March, 50.00 is left for C-1 in June.
    expect(partOf('2025-06', 'cap').rows).toEqual([
      ['3', 'Cap', '2025-06', 'This much of what is taken back was never paid: it was above a cap.', '50.00'],
    ]);
  });
});

describe('a draw', () => {
  test('says what is paid in advance, month by month', () => {
    const text = (pay: string) =>
      `Your draw is 2,000.00. Without it your pay is ${pay}, so this much is paid in advance. It comes off your later commission.`;
    expect(partOf('2025-Q1', 'draw')).toEqual({
      heading: '4 Paid in advance (draw)4,000.00',
      rows: [
        ['6', 'Draw', '2025-01', text('0.00'), '2,000.00'],
        // 500.00 of A-1 repays a part of January's draw.
        ['7', 'Draw', '2025-02', text('0.00'), '2,000.00'],
      ],
    });
    expect(rowsOf('2025-Q1', 'draw', 'period', 'cause', 'amount')).toEqual([
      ['2025-01', 'draw', '2000.00'],
      ['2025-02', 'draw', '2000.00'],
    ]);
  });

  test('that is repaid within a quarter says so, and what is still owed', () => {
    expect(stepsOf('2025-Q1')).toEqual([
      ['Commission now payable', 'section 1', '4,300.00'],
      ['Bonuses and deductions', 'section 2', '530.00'],
      ['Above the cap of your plan', 'section 3', '−800.00'],
      ['Paid in advance (draw)', 'section 4', '4,000.00'],
      ['Repaid from commission', 'account', '−4,000.00'],
      ['Too little to be paid out yet', 'account', '−30.00'],
    ]);
    expect(accountOf('2025-03')).toEqual([
      {
        caption: 'To be repaid: what was paid in advance',
        rows: [
          ['Brought forward', '3,500.00'],
          ['Repaid from commission', '−3,500.00'],
          ['Still to be repaid', '0.00'],
        ],
      },
      {
        caption: 'Paid out from 50.00 on',
        rows: [
          ['Brought forward', '0.00'],
          ['Pay of 2025-03', '30.00'],
          ['Kept for your next pay', '30.00'],
        ],
      },
    ]);
  });
});

describe('a disputed invoice', () => {
  test('is marked where it appears, and the words say what that means', () => {
    expect(partOf('2025-Q1', 'payable').rows.map(([, who]) => who)).toEqual([
      'Acme A-1 disputed',
      'Bolt B-1',
      'Core C-1',
    ]);
    expect(rowsOf('2025-Q1', 'payable', 'invoice_id', 'disputed_since')).toEqual([
      ['A-1', '2025-03-20'],
      ['B-1', ''],
      ['C-1', ''],
    ]);
    expect(wordsOf(sectionOf(page('2025-Q1'), 'words') as Element)).toContain(
      'Disputed The customer contests the invoice. Until that ends, its days do not count as late',
    );
  });

  test('is among what can still change, with its reason', () => {
    expect(wordsOf(sectionOf(page('2025-03'), 'outlook') as Element)).toBe(
      'What can still change 3,500.00 is at risk later, on 2 invoices: unless customers pay, the first is taken back at the end of 30 May 2025. ' +
        'Acme has disputed invoice A-1 since 20 Mar 2025 (Two of ten units arrived broken); 5,000.00 is open. ' +
        'Until the dispute ends its days do not count as late, and nothing is taken back for them.',
    );
  });
});

describe('instalments', () => {
  test('are named where they are at risk, each with what is open of it', () => {
    // 60 days after the end of each quarter but the first, whose end is the first due date.
    expect(partOf('2025-03', 'risk-later').rows).toEqual([
      ['5', 'Bolt B-1 instalment 1 of 4', '30 May 2025', '7,500.00', '', '750.00'],
      ['6', 'Core C-1', '10 Jun 2025', '5,000.00', '', '500.00'],
      ['7', 'Bolt B-1 instalment 2 of 4', '29 Aug 2025', '7,500.00', '', '750.00'],
      ['8', 'Bolt B-1 instalment 3 of 4', '29 Nov 2025', '7,500.00', '', '750.00'],
      ['9', 'Bolt B-1 instalment 4 of 4', '1 Mar 2026', '7,500.00', '', '750.00'],
    ]);
    expect(rowsOf('2025-03', 'at-risk-later', 'date', 'instalment')[0]).toEqual([
      '2025-05-30',
      'instalment 1 of 4',
    ]);
  });

  test('that are about to be taken back are past due by their own due date', () => {
    // On 20 May the first instalment is 50 days past due, and C-1 39.
    expect(partOf('2025-05', 'risk').rows.map(([, ...cells]) => cells)).toEqual([
      ['Bolt B-1 instalment 1 of 4', '30 May 2025', '7,500.00', '50', '750.00'],
      ['Core C-1', '10 Jun 2025', '5,000.00', '39', '500.00'],
    ]);
    expect(wordsOf(sectionOf(page('2025-05'), 'outlook') as Element)).toContain(
      'Bolt has 7,500.00 open on instalment 1 of 4 of invoice B-1, 50 days past due. Unless it is paid, 750.00 is taken back at the end of 30 May 2025',
    );
  });

  test('that were taken back are named', async () => {
    await written('2025-05', '2025-05-31');
    const [row = []] = partOf('2025-05', 'moved').rows;
    expect(row[1]).toBe('Bolt B-1 instalment 1 of 4');
    expect(row[3]).toContain('60 days after instalment 1 of 4 was due');
  });
});

test('every table adds up, and every section to its steps', () => {
  for (const period of ['2025-03', '2025-Q1', '2025-05', '2025-06']) {
    expect(expectTablesToAddUp(page(period))).toBeGreaterThan(3);
    const steps = stepsOf(period);
    const [foot = []] = cellsOf(
      allOf(sectionOf(page(period), 'steps') as Element, 'table')[0] as Element,
      'tfoot',
    );
    expect(steps.reduce((sum, [, , amount = '0']) => sum + minorOf(amount), 0n)).toBe(
      minorOf(foot.at(-1) ?? ''),
    );
  }
});
