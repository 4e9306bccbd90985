/** What holds for every table of a report, and what few workspaces have in one: read from the page. */
import { describe, expect, test } from 'vitest';
import { closeOrThrow } from '../../src/library/or-throw.js';
import { reportPage } from '../../src/report-page/report-page.js';
import {
  creditMemo,
  type Given,
  invoice,
  payment,
  quotasOf,
  sale,
  table,
  workspace,
  writeOff,
} from '../support/build.js';
import { allOf, attributeOf, byId, cellsOf, type Element, pageOf, textOf, wordsOf } from '../support/page.js';
import { explainedOf, type FullCalculation, inputsOf } from '../support/run.js';

function pageIn(calculation: FullCalculation): Element {
  const source = { calculation, version: '0', level: undefined, inputs: [], closes: [] };
  return pageOf(`${reportPage({ ...source, locate: (place) => place } as Parameters<typeof reportPage>[0])}`);
}

function explained(given: Given): FullCalculation {
  return explainedOf(inputsOf(workspace(given)));
}

const level1 = { level: 1, clawback: { pastDueDays: 60 } };
const due = (date: string) => ({ due_date: date });

/** 25 invoices that will be clawed back within 30 days, and one that comes later. */
const MANY: Given = {
  plan: level1,
  asOf: '2025-03-31',
  invoices: [
    ...Array.from({ length: 25 }, (_, at) => invoice(`I${10 + at}`, due('2025-02-10'))),
    invoice('J1', { rep_id: 'R2', ...due('2025-04-30') }),
  ],
};

/** The first quarter is closed; then an invoice of it turns up that was past due in it as well. */
function adjusted(): FullCalculation {
  const given: Given = {
    plan: level1,
    invoices: [invoice('I1', due('2025-01-20')), sale('I2', '2025-04-10', '500.00', due('2025-04-15'))],
    payments: [payment('P1', 'I2', '2025-04-20', '200.00')],
  };
  const first = explained({ ...given, asOf: '2025-03-31' });
  const creditMemos = [creditMemo('M1', 'I2', '2025-04-25', '100.00')];
  const late = sale('I0', '2025-01-01', '700.00', due('2025-01-02'));
  const invoices = [...(given.invoices ?? []), late];
  const inputs = inputsOf(workspace({ ...given, invoices, creditMemos, asOf: '2025-06-30' }));
  return explainedOf({ ...inputs, closes: [closeOrThrow(first.result)] });
}

const REPORTS: Readonly<Record<string, () => FullCalculation>> = {
  'many at risk': () => explained(MANY),
  'a closed quarter': adjusted,
  'cash and quotas': () =>
    explained({
      plan: { level: 2, rate: table('year') },
      quotas: quotasOf(2025, '1000.00'),
      invoices: [sale('I1', '2025-01-15', '900.00', due('2025-02-15')), sale('I2', '2025-04-15', '8000.00')],
      payments: [payment('P1', 'I1', '2025-02-20', '850.00'), payment('P2', 'I9', '2025-02-20', '5.00')],
      asOf: '2025-06-30',
    }),
};

/** What is read as a number: amounts, shares and counts, with a sign. */
const NUMBER = /^[−+]?\d[\d,]*(?:\.\d+)?%?$/;

describe.each(Object.entries(REPORTS))('with %s', (_, make) => {
  const page = pageIn(make());
  const tables = allOf(page, 'table');

  test('each table has a caption of its own that says what it is about, and is read out as a region', () => {
    const captions = tables.map((one) => wordsOf(allOf(one, 'caption')[0] as Element));
    expect(captions.every((caption) => caption.length > 5)).toBe(true);
    expect(new Set(captions).size).toBe(captions.length);
    for (const region of allOf(page, '.scroll'))
      expect((attributeOf(region, 'aria-label') ?? '').length).toBeGreaterThan(3);
  });

  test('numbers are to the right, under headings to the right', () => {
    const kindOf = (cell: Element) => (attributeOf(cell, 'class') ?? '').split(' ')[0];
    for (const one of tables) {
      const heads = allOf(allOf(one, 'thead')[0] as Element, 'th');
      // Headings over several columns have cells of their own.
      if (heads.some((head) => attributeOf(head, 'colspan') !== undefined)) continue;
      for (const row of allOf(one, 'tbody').flatMap((body) => allOf(body, 'tr'))) {
        const cells = [...allOf(row, 'th'), ...allOf(row, 'td')];
        expect(cells).toHaveLength(heads.length);
        cells.slice(1).forEach((cell, at) => {
          const own = kindOf(cell);
          expect(['number', 'text', 'long']).toContain(own);
          expect(own).toBe(kindOf(heads[at + 1] as Element));
          if (NUMBER.test(textOf(cell).trim())) expect(own).toBe('number');
          if (own === 'number') expect(textOf(cell).trim()).not.toMatch(/[a-z]{6}/);
        });
      }
    }
  });

  test('nothing is marked that has no words', () => {
    const heads = allOf(page, 'thead').flatMap((head) => allOf(head, 'th'));
    const marked = ['.beside', '.mark', 'strong', '.lead', 'h2'].flatMap((name) => allOf(page, name));
    for (const element of [...heads, ...marked])
      expect(textOf(element).trim(), attributeOf(element, 'class')).not.toBe('');
  });
});

test('quotas are added up where there are some', () => {
  const rep = (id: string) => ({ rep_id: id, quarter: '2025-Q1', quota: '1000.00' });
  const given: Given = {
    plan: { level: 0, rate: table('quarter') },
    quotas: [rep('R1'), rep('R2')],
    invoices: [sale('I1', '2025-01-15', '900.00'), sale('I2', '2025-02-15', '500.00', { rep_id: 'R2' })],
    asOf: '2025-03-31',
  };
  const reps = byId(pageIn(explained(given)), 'rep-table');
  const heads = allOf(allOf(reps, 'thead')[0] as Element, 'th').map((head) => wordsOf(head));
  expect(cellsOf(reps, 'tfoot').map((row) => row[heads.indexOf('quota')])).toEqual(['2,000.00']);
});

describe('what is at risk', () => {
  const page = pageIn(explained(MANY));

  test('is named line by line up to 20, and added up from there', () => {
    const [upcoming] = allOf(byId(page, 'upcoming'), 'table') as [Element];
    const rows = cellsOf(upcoming);
    expect(rows).toHaveLength(21);
    // 60 days after 10 February, 49 days later; 100.00 of each.
    expect(rows[0]?.slice(1)).toEqual(['R1', 'C1 I10', '49 days', '1,000.00', '100.00']);
    expect(rows.at(-1)).toEqual(['5 more lines', '', '', '', '', '500.00']);
    expect(cellsOf(upcoming, 'tfoot')).toEqual([['total', '', '', '', '', '2,500.00']]);
  });

  test('is not late before it is due', () => {
    const [later] = allOf(byId(page, 'later'), 'table') as [Element];
    expect(cellsOf(later).map((row) => row.slice(1))).toEqual([
      ['R2', 'C1 J1', 'not yet', '1,000.00', '100.00'],
    ]);
    expect(wordsOf(byId(page, 'later'))).toContain('Each partial payment saves its share.');
  });

  test('is not saved by parts where one is too small for them', () => {
    const small = sale('K1', '2025-01-15', '1.00', due('2025-02-10'));
    const upcoming = byId(
      pageIn(explained({ ...MANY, invoices: [invoice('I1', due('2025-02-10')), small] })),
      'upcoming',
    );
    expect(wordsOf(upcoming)).toContain('100.10 will be clawed back by 2025-04-30 unless customers pay.');
    expect(wordsOf(upcoming)).not.toContain('saves its share');
  });
});

test('what moved pay may take several lines', () => {
  const [moved] = allOf(byId(pageIn(adjusted()), 'moved'), 'table') as [Element];
  const kinds = allOf(allOf(moved, 'thead')[0] as Element, 'th').map((head) => attributeOf(head, 'class'));
  expect(kinds).toEqual(['text', 'number wide', 'number', 'number', 'long']);
});

test('a clawback of a closed period names it', () => {
  const [clawbacks] = allOf(byId(pageIn(adjusted()), 'clawbacks'), 'table') as [Element];
  const heads = allOf(allOf(clawbacks, 'thead')[0] as Element, 'th').map((head) => wordsOf(head));
  const at = heads.indexOf('adjusts');
  expect(cellsOf(clawbacks).every((row) => row.length === heads.length)).toBe(true);
  // I0 was past due on 3 March, I2 is on 14 June.
  expect(cellsOf(clawbacks).map((row) => [row[1], row[at], row.at(-1)])).toEqual([
    ['C1 I0', '2025-Q1', '70.00'],
    ['C1 I2', '', '20.00'],
  ]);
});

test.each([
  [{ level: 0 }, 'plan ae (level 0) pays at invoicing'],
  [{ level: 0, earnOn: 'booking' }, 'plan ae (level 0) pays at booking'],
  [{ level: 4 }, 'plan ae (level 4) earns as cash comes in'],
])('%j: why nothing waits', (plan, words) => {
  const page = pageIn(explained({ plan, invoices: [invoice('I1')] }));
  expect(wordsOf(byId(page, 'waiting'))).toContain(`Nothing waits for cash: ${words}.`);
});

describe('what counts beside invoices', () => {
  // 80.00 is drawn in January and owed. In February 30.00 of it is waived, and 25.00 of it comes off 25 bonuses.
  const bonus = (at: number) => ({
    ...{ entry_id: `E${10 + at}`, rep_id: 'R1', date: '2025-02-10', kind: 'bonus', amount: '1.00' },
  });
  const waiver = { entry_id: 'W1', rep_id: 'R1', date: '2025-02-12', kind: 'waiver', amount: '30.00' };
  const given: Given = {
    plan: { level: 0 },
    terms: { payPeriod: 'month' },
    asOf: '2025-02-28',
    draws: [{ rep_id: 'R1', from: '2025-01-01', to: '2025-01-31', amount: '80.00', kind: 'recoverable' }],
    entries: [...Array.from({ length: 25 }, (_, at) => bonus(at)), waiver],
  };
  const section = byId(pageIn(explained(given)), 'beside');

  test('is summed up in words', () => {
    expect(wordsOf(allOf(section, '.lead')[0] as Element)).toBe(
      '26 entries come to 55.00. 25.00 of what was owed is recovered from pay. 25.00 is still owed.',
    );
  });

  test('is named line by line up to 20, and added up from there', () => {
    const [lines] = allOf(section, 'table') as [Element];
    const rows = cellsOf(lines);
    expect(rows).toHaveLength(21);
    expect(rows[19]).toEqual(['R1', 'Bonus E29', '2025-02-10', '+1.00']);
    expect(rows[20]).toEqual(['6 more lines', '', '', '+35.00']);
    expect(cellsOf(lines, 'tfoot')).toEqual([['total', '', '', '+55.00']]);
  });
});

test('the first screen lists what is set aside, ledger by ledger', () => {
  const page = pageIn(
    explained({
      invoices: [invoice('I1')],
      payments: [payment('P1', 'I8', '2025-02-20', '5.00'), payment('P2', 'I9', '2025-02-20', '2.00')],
      writeOffs: [writeOff('W1', 'I9', '2025-02-20', '6.00')],
    }),
  );
  expect(wordsOf(byId(page, 'main'))).toContain(
    'Set aside: 2 rows of payments (7.00), 1 row of write-offs (6.00); see why.',
  );
});
