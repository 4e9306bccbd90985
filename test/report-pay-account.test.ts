/** The close report of a rep with a draw, a bonus, a cap, a disputed invoice and instalments, computed by hand. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { comp } from './support/comp.js';
import {
  allOf,
  byId,
  cellsOf,
  type Element,
  expectTablesToAddUp,
  pageOf,
  rawOf,
  sectionOf,
  wordsOf,
} from './support/page.js';
import { payAccountWorkspace } from './support/pay-account.js';

let dir: string;
let march: Element;
let february: Element;

beforeAll(async () => {
  dir = payAccountWorkspace();
  march = await reportAsOf('2025-03-31');
  february = await reportAsOf('2025-02-28');
});

async function reportAsOf(day: string): Promise<Element> {
  const out = join(dir, `${day}.html`);
  const ran = await comp(['report', '--config', join(dir, 'comp.yaml'), '--as-of', day, '--out', out]);
  expect(ran.exit, ran.stderr).toBe(0);
  return pageOf(readFileSync(out, 'utf8'));
}

function partOf(page: Element, id: string) {
  const section = sectionOf(page, `${id}-heading`) as Element;
  const [table] = allOf(section, 'table') as [Element];
  const [lead] = allOf(section, '.lead') as [Element];
  return {
    title: wordsOf(allOf(section, 'h2')[0] as Element),
    lead: wordsOf(lead),
    rows: cellsOf(table).map((cells) => cells.map((cell) => cell.replace(/\s+/g, ' '))),
    total: cellsOf(table, 'tfoot')[0]?.at(-1),
  };
}

describe('what counts beside invoices', () => {
  test('is a bonus with its reason, and what goes beyond a cap', () => {
    expect(partOf(march, 'beside')).toEqual({
      title: 'Besides invoices in 2025-03',
      lead: '1 entry comes to 530.00. 800.00 is above caps and is not paid. 3,500.00 of what was owed is recovered from pay.',
      rows: [
        ['R1', 'Bonus SPIF-3', '2025-03-31 SPIF March: first order of the new line', '+530.00'],
        ['R1', 'Cap', 'above it, so not paid', '−800.00'],
      ],
      total: '−270.00',
    });
  });

  test('is a draw, what of it is recovered, and what is still owed', () => {
    // 2,000.00 was drawn in January; 500.00 of A-1 repays a part of it, and February draws 2,000.00 more.
    expect(partOf(february, 'beside')).toEqual({
      title: 'Besides invoices in 2025-02',
      lead: '2,000.00 is drawn: paid in advance, and owed from then on. 500.00 of what was owed is recovered from pay. 3,500.00 is still owed.',
      rows: [['R1', 'Draw', 'paid in advance, owed from then on', '+2,000.00']],
      total: '+2,000.00',
    });
  });

  test('leads to what is too little to be paid out', () => {
    const [strip] = allOf(march, '.strip') as [Element];
    expect(wordsOf(strip)).toContain('to 0 reps; 30.00 is too little to be paid out');
  });
});

test('an invoice in instalments is at risk instalment by instalment', () => {
  expect(partOf(march, 'later').rows.map(([on, , ...cells]) => [on, ...cells])).toEqual([
    ['2025-05-30 in 60 days', 'Bolt B-1 instalment 1 of 4', 'not yet', '7,500.00', '750.00'],
    ['2025-06-10 in 71 days', 'Core C-1', 'not yet', '5,000.00', '500.00'],
    ['2025-08-29 in 151 days', 'Bolt B-1 instalment 2 of 4', 'not yet', '7,500.00', '750.00'],
    ['2025-11-29 in 243 days', 'Bolt B-1 instalment 3 of 4', 'not yet', '7,500.00', '750.00'],
    ['2026-03-01 in 335 days', 'Bolt B-1 instalment 4 of 4', 'not yet', '7,500.00', '750.00'],
  ]);
});

test('a disputed invoice is marked among late customers and postings, and the words say what that means', () => {
  expect(partOf(march, 'late')).toMatchObject({
    lead: '1 customer owes 5,000.00 that is past due. 5,000.00 is disputed, on A-1: until a dispute ends its days do not count, and nothing is clawed back for them.',
    rows: [['Acme disputed', '1', '21 days', '5,000.00']],
  });
  expect(JSON.parse(rawOf(byId(march, 'data')))).toMatchObject({ disputed: ['A-1'] });
});

test('every table adds up', () => {
  for (const page of [march, february]) expect(expectTablesToAddUp(page)).toBeGreaterThan(3);
});
