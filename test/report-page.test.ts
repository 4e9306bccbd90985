/** The close report without a browser: its sums add up to the results, and nothing of the data becomes markup. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Inputs } from '../src/engine/calculate.js';
import type { Result } from '../src/engine/result.js';
import { ageingOf } from '../src/explain/ageing.js';
import { closeOrThrow } from '../src/library/or-throw.js';
import { embedded, type PageData, pageData } from '../src/report-page/page-data.js';
import { reportPage } from '../src/report-page/report-page.js';
import { lateHistories, periodEndsOf } from '../src/testing/late.js';
import { loadWorkspace } from '../src/workspace/load.js';
import { isDeep } from './support/depth.js';
import { FIXTURES } from './support/folder.js';
import {
  allOf,
  attributeOf,
  byId,
  cellsOf,
  type Element,
  minorOf,
  pageOf,
  rawOf,
  wordsOf,
} from './support/page.js';
import { forAll } from './support/property.js';
import { explainedOf, type FullCalculation, inputsOf } from './support/run.js';
import { someScenariosIn } from './support/scenario.js';

type Rest = Partial<Parameters<typeof reportPage>[0]>;

function reportOf(calculation: FullCalculation, rest: Rest = {}): string {
  const source = {
    calculation,
    version: '0',
    level: undefined,
    inputs: [],
    closes: [],
    locate: (place: never) => place,
  };
  return `${reportPage({ ...source, ...rest } as Parameters<typeof reportPage>[0])}`;
}

function explained(inputs: Inputs): FullCalculation {
  return explainedOf(inputs);
}

const tableIn = (section: Element, at = 0) => allOf(section, 'table')[at] as Element;

type Six = [bigint, bigint, bigint, bigint, bigint, bigint];

/** What the table of pay heads its columns with, in the words of R21.3 and R29.1, and with which sign it shows them. */
const FIGURES = {
  payable: ['payable', 1n],
  'clawed back': ['clawedBack', -1n],
  reinstated: ['reinstated', 1n],
  adjusted: ['adjusted', 1n],
  capped: ['capped', -1n],
  waived: ['waived', 1n],
  repaid: ['repaid', 1n],
  guaranteed: ['guaranteed', 1n],
  'owed before': ['owedOpening', -1n],
  'carried before': ['carriedOpening', 1n],
  'owed after': ['owed', 1n],
  'carried after': ['carried', -1n],
  '= paid': ['paid', 1n],
} as const satisfies Record<string, readonly [keyof Result['quarters'][number], bigint]>;

/** The columns of the table of reps that add up to what is paid: one that lowers it is below 0. */
const REP_STEPS = [
  'payable',
  'takenBack',
  'adjusted',
  'less-capped',
  'waived',
  'repaid',
  'guaranteed',
  'less-owedOpening',
  'carriedOpening',
  'owed',
  'less-carried',
];

/** Every table of the page against the result. */
function expectSums(result: Result, page: ReturnType<typeof pageOf>): void {
  const names = [...new Set(result.quarters.map(({ quarter }) => quarter))].sort().reverse();
  const sum = (name: string, field: keyof Result['quarters'][number]) =>
    result.quarters
      .filter(({ quarter }) => quarter === name)
      .reduce((all, row) => all + (row[field] as bigint), 0n);

  const hasWaited = result.quarters.some(
    (row) => row.heldOpening !== 0n || row.held !== 0n || row.forfeited !== 0n,
  );
  const waiting = hasWaited ? cellsOf(tableIn(byId(page, 'waiting'))) : [];
  expect(waiting.map(([name]) => name)).toEqual(hasWaited ? names : []);
  if (!hasWaited) expect(wordsOf(byId(page, 'waiting'))).toMatch(/^Nothing waits for cash: /);
  for (const [name, ...cells] of waiting) {
    const [opening, earned, advanced, released, forfeited, closing] = cells.map(minorOf) as Six;
    expect([opening, earned, -advanced, -released, -forfeited, closing]).toEqual(
      (['heldOpening', 'earned', 'advanced', 'released', 'forfeited', 'held'] as const).map((field) =>
        sum(name as string, field),
      ),
    );
    expect(opening + earned + advanced + released + forfeited).toBe(closing);
  }

  const [, ...steps] = headingsOf(tableIn(byId(page, 'pay')));
  const figures = steps.map((heading) => FIGURES[heading as keyof typeof FIGURES]);
  expect(figures.slice(0, 3)).toEqual([
    ['payable', 1n],
    ['clawedBack', -1n],
    ['reinstated', 1n],
  ]);
  expect(figures.at(-1)).toEqual(['paid', 1n]);
  const pay = cellsOf(tableIn(byId(page, 'pay')));
  expect(pay.map(([name]) => name)).toEqual(names);
  for (const [name, ...cells] of pay) {
    const amounts = cells.map(minorOf);
    expect(amounts).toEqual(figures.map(([figure, sign]) => sign * sum(name as string, figure)));
    expect(amounts.slice(0, -1).reduce((all, one) => all + one, 0n)).toBe(amounts.at(-1));
  }

  const newest = result.fiscalQuarter.name;
  const [ages] = allOf(byId(page, 'age'), 'table');
  const at = ages === undefined ? -1 : headingsOf(ages).indexOf('held');
  // Without a column, nothing is held.
  const held = (part: 'tbody' | 'tfoot') =>
    at < 0 ? [0n] : cellsOf(ages as Element, part).map((row) => minorOf(row[at] as string));
  expect(held('tbody').reduce((all, one) => all + one, 0n)).toBe(sum(newest, 'held'));
  expect(held('tfoot')).toEqual([sum(newest, 'held')]);

  for (const id of ['upcoming', 'clawbacks']) {
    const [table] = allOf(byId(page, id), 'table');
    if (table === undefined) continue;
    const last = (row: readonly string[]) => minorOf(row.at(-1) as string);
    const total = cellsOf(table).reduce((all, row) => all + last(row), 0n);
    expect(cellsOf(table, 'tfoot').map(last)).toEqual([total]);
    if (id === 'clawbacks') expect(total).toBe(sum(newest, 'clawedBack'));
  }

  const [total] = repsIn(page, 'tfoot') as [Record<string, string>];
  if (new Set(result.terms.plans.map(({ measure }) => measure)).size > 1) expect(total['bookings']).toBe('');
  else expect(minorOf(total['bookings'] as string)).toBe(sum(newest, 'bookings'));
  expect([minorOf(total['paid'] ?? ''), minorOf(total['held'] ?? '0')]).toEqual([
    sum(newest, 'paid'),
    sum(newest, 'held'),
  ]);
  for (const row of [...repsIn(page, 'tbody'), total]) {
    const own = REP_STEPS.map((key) => minorOf(row[key] || '0'));
    expect(own.reduce((all, one) => all + one, 0n)).toBe(minorOf(row['paid'] as string));
  }
}

/** The rows of the table of reps by the names of its columns; a step that is 0 everywhere has none. */
function repsIn(page: Element, part: 'tbody' | 'tfoot'): Record<string, string>[] {
  const table = byId(page, 'rep-table');
  const keys = allOf(table, 'thead').flatMap((head) =>
    allOf(head, 'th').map((cell) => attributeOf(cell, 'data-key') as string),
  );
  return cellsOf(table, part).map((row) => Object.fromEntries(row.map((cell, at) => [keys[at], cell])));
}

function headingsOf(table: Element): string[] {
  return allOf(allOf(table, 'thead')[0] as Element, 'th').map((cell) => wordsOf(cell));
}

test('attainment stands beside the bookings and the quota of its window', async () => {
  const { terms, ledgers } = await loadWorkspace(
    join(FIXTURES, 'scenarios', 'booking-quarter-rate', 'comp.yaml'),
  );
  const page = pageOf(reportOf(explained({ terms, ledgers, asOf: '2025-09-30' })));
  // Year to date: 130,000.00 + 200,000.00 of 3 x 100,000.00.
  const [row] = cellsOf(tableIn(byId(page, 'reps')));
  expect(row).toContain('110.00%330,000.00 of 300,000.00');
});

describe('the sums of the report', () => {
  test('are those of quarters.csv for AdventureWorks', async () => {
    const { terms, ledgers } = await loadWorkspace(join(FIXTURES, 'adventureworks', 'comp.yaml'));
    for (const asOf of isDeep ? ['2014-08-31', '2013-09-30'] : ['2012-06-30']) {
      const calculation = explained({ terms, ledgers, asOf });
      expectSums(calculation.result, pageOf(reportOf(calculation)));
    }
  });

  for (const folder of ['scenarios', 'random']) {
    test.each(
      someScenariosIn(folder).map((scenario) => [scenario.name, scenario] as const),
    )(`are those of quarters.csv: ${folder} %s`, (_, scenario) => {
      const calculation = explained(inputsOf(scenario));
      const text = reportOf(calculation);
      if (folder === 'scenarios') expect(reportOf(explained(inputsOf(scenario)))).toBe(text);
      expectSums(calculation.result, pageOf(text));
    });
  }

  test('are those of quarters.csv where closed periods are adjusted (R11)', () => {
    forAll(
      lateHistories,
      (history, meet) => {
        for (const { calculation, result } of periodEndsOf(history)) {
          if (result.adjustments.length === 0) continue;
          expectSums(result, pageOf(reportOf(calculation)));
          meet('adjustments');
        }
      },
      { adjustments: 0.2 },
      { isSlow: true },
    );
  });
});

/** A workspace of two reps with these names. */
function twoReps(name: (of: string) => string): Inputs {
  const invoice = (id: string, rep: string, date: string, due: string) => ({
    invoice_id: name(id),
    customer_id: name(`customer of ${id}`),
    rep_id: name(rep),
    invoice_date: date,
    due_date: due,
    amount: '1000.00',
  });
  return {
    terms: {
      currency: 'USD',
      plans: [{ id: name('plan'), level: 2, rate: '5%', clawback: { pastDueDays: 60 } }],
    },
    ledgers: {
      invoices: {
        rows: [
          invoice('I1', 'R1', '2025-01-10', '2025-02-10'),
          invoice('I2', 'R2', '2025-02-10', '2025-03-10'),
          invoice('I3', 'R1', '2025-04-10', '2025-05-10'),
        ],
      },
      payments: {
        rows: [
          { payment_id: name('P1'), invoice_id: name('I2'), payment_date: '2025-04-20', amount: '400.00' },
          { payment_id: name('P2'), invoice_id: name('I9'), payment_date: '2025-04-20', amount: '7.00' },
        ],
      },
    },
    asOf: '2025-06-15',
  } as unknown as Inputs;
}

const SPITE = '</script><img src=x onerror="alert(1)" class=\'y\'><!--<script>&amp;\u2028\u0000\u202E`$1';

describe('names', () => {
  /** Each element with its attributes, without their values. */
  const shapeOf = (text: string) =>
    allOf(pageOf(text))
      .map(({ tagName, attrs }) => `${tagName} ${attrs.map((one) => one.name).join(' ')}`)
      .sort();

  test('are never markup', () => {
    const spiteful = reportOf(explained(twoReps((of) => `${of}${SPITE}`)));
    expect(shapeOf(spiteful)).toEqual(shapeOf(reportOf(explained(twoReps((of) => of)))));
    const texts = cellsOf(byId(pageOf(spiteful), 'rep-table')).map(([name]) => name);
    expect(texts).toContain(`R1${SPITE}`.replace('\u0000', '\uFFFD').replace('\u202E', '\uFFFD'));
  });

  test('are in the data, turn nothing around, and end neither it nor a line', () => {
    const result = explained(twoReps((of) => `${of}${SPITE}`));
    const text = embedded(pageData(result));
    const { fields, quarters } = pageData(result);
    expect(fields.slice(-2)).toEqual(['windowBookings', 'windowQuota']);
    for (const { rows } of quarters) for (const row of rows) expect(row).toHaveLength(fields.length);
    expect(text).not.toMatch(/[<>&\u2028\u2029\u202A-\u202E\u2066-\u2069]/);
    const data = JSON.parse(text) as PageData;
    // Two names that look alike are two names still.
    expect(data.reps).toEqual([`R1${SPITE}`, `R2${SPITE}`]);
  });
});

describe('the page', () => {
  const result = explained(twoReps((of) => of));
  const page = pageOf(reportOf(result));

  test('lets in its own styles and script only', () => {
    const policy = allOf(page, 'meta')
      .map((meta) => attributeOf(meta, 'content') ?? '')
      .find((content) => content.startsWith('default-src')) as string;
    const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    const [style] = allOf(page, 'style');
    const [, script] = allOf(page, 'script');
    expect(policy).toBe(
      `default-src 'none'; style-src ${hash(rawOf(style as Element))}; script-src ${hash(rawOf(script as Element))}; base-uri 'none'; form-action 'none'`,
    );
    expect(allOf(page).some((one) => attributeOf(one, 'style') !== undefined || one.tagName === 'link')).toBe(
      false,
    );
  });

  test('has one of each id, and every reference leads somewhere', () => {
    const elements = allOf(page);
    const ids = elements.flatMap((one) => attributeOf(one, 'id') ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    for (const element of elements) {
      const href = attributeOf(element, 'href');
      if (href !== undefined) expect(ids).toContain(href.slice(1));
      for (const id of attributeOf(element, 'aria-labelledby')?.split(' ') ?? []) expect(ids).toContain(id);
    }
  });

  test('tells what is set aside, what is at risk and what was taken back', () => {
    const main = wordsOf(byId(page, 'main'));
    expect(main).toContain('Set aside: 1 row of payments (7.00); see why.');
    expect(wordsOf(byId(page, 'upcoming'))).toContain(
      'will be clawed back by 2025-07-15 unless customers pay',
    );
    expect(wordsOf(byId(page, 'clawbacks'))).toContain('was clawed back in 2025-Q2, in 2 postings.');
    expect(wordsOf(byId(page, 'exceptions'))).toContain('There is no invoice I9.');
  });

  test.each([
    [
      [30, 60, 90],
      ['current 0 0.00', '1–30 0 0.00', '31–60 1 1,000.00', '61–90 0 0.00', 'over 90 2 1,600.00'],
    ],
    [[97], ['current 0 0.00', '1–97 2 1,600.00', 'over 97 1 1,000.00']],
    [
      [1, 2, 3, 40],
      ['current 0 0.00', '1 0 0.00', '2 0 0.00', '3 0 0.00', '4–40 1 1,000.00', 'over 40 2 1,600.00'],
    ],
  ])('tells of age in the bands %j, an invoice of two reps once', (bounds, expected) => {
    const { terms, ledgers, asOf } = twoReps((of) => of);
    const splits = ['R1', 'R2'].map((rep) => ({ invoice_id: 'I3', rep_id: rep, share: '50%' }));
    const inputs = {
      terms: { ...(terms as object), ageing: { bounds } },
      ledgers: { ...ledgers, splits: { rows: splits } },
      asOf,
    } as unknown as Inputs;
    const table = tableIn(byId(pageOf(reportOf(explained(inputs))), 'age'));
    const first = (rows: string[][]) => rows.map((row) => row.slice(0, 3).join(' '));
    expect(first(cellsOf(table))).toEqual(expected);
    expect(first(cellsOf(table, 'tfoot'))).toEqual(['all 3 2,600.00']);
  });

  test('draws what is older darker, whatever the bands', () => {
    const { ledgers, asOf } = twoReps((of) => of);
    const fillsOf = (bounds: readonly number[]) => {
      const terms = { currency: 'USD', ageing: { bounds }, plans: [{ id: 'p', level: 3, rate: '5%' }] };
      const page = pageOf(reportOf(explained({ terms, ledgers, asOf } as unknown as Inputs)));
      const [chart] = allOf(byId(page, 'age'), '.chart');
      return allOf(chart as Element, 'path').flatMap((path) => {
        const fill = attributeOf(path, 'fill') ?? '';
        return fill.startsWith('var(--age') ? [fill] : [];
      });
    };
    // I1 is 125 days past due, I2 97 and I3 36; a band that holds nothing is a line.
    expect(fillsOf([30, 60, 90])).toEqual(['var(--age-3)', 'var(--age-5)']);
    expect(fillsOf([97])).toEqual(['var(--age-3)', 'var(--age-5)']);
    expect(fillsOf([40, 100])).toEqual(['var(--age-2)', 'var(--age-4)', 'var(--age-5)']);
  });

  test('says of commission that is clawed back on the day of the sale why', () => {
    // Written off before it was invoiced: 50.00 is advanced and taken back at once (R5.6).
    const invoice = {
      invoice_id: 'I1',
      customer_id: 'C1',
      rep_id: 'R1',
      booking_date: '2025-01-10',
      invoice_date: '2025-02-10',
      due_date: '2025-03-10',
      amount: '1000.00',
    };
    const writeOff = {
      write_off_id: 'W1',
      invoice_id: 'I1',
      write_off_date: '2025-02-01',
      amount: '1000.00',
    };
    const result = explained({
      terms: {
        currency: 'USD',
        plans: [{ id: 'p', level: 1, rate: '5%', clawback: { pastDueDays: 90 } }],
      },
      ledgers: { invoices: { rows: [invoice] }, writeOffs: { rows: [writeOff] } },
      asOf: '2025-02-28',
    } as unknown as Inputs);
    const table = tableIn(byId(pageOf(reportOf(result)), 'clawbacks'));
    expect(cellsOf(table)).toEqual([['R1', 'C1 I1', '2025-02-10 written off before', '50.00']]);
  });

  test('names customers who are late, and those who habitually pay short', () => {
    const rows = [1, 2, 3, 4].map((at) => ({
      invoice_id: `S${at}`,
      customer_id: at < 4 ? 'C1' : 'C2',
      rep_id: 'R1',
      invoice_date: '2025-01-10',
      due_date: '2025-02-10',
      amount: '100.00',
    }));
    // 91 to 93 of 100: 9, 8 and 7 stay open, each less than 10%. C2 does so once only.
    const payments = rows.map(({ invoice_id }, at) => ({
      payment_id: `P${at}`,
      invoice_id,
      payment_date: '2025-02-01',
      amount: `${91 + (at % 3)}.00`,
    }));
    const ledgers = { invoices: { rows }, payments: { rows: payments } };
    const result = explained({ ...twoReps((of) => of), ledgers } as unknown as Inputs);
    const page = pageOf(reportOf(result));
    expect(wordsOf(byId(page, 'late'))).toContain('2 customers owe 33.00 that is past due.');
    expect(cellsOf(tableIn(byId(page, 'late'))).map((row) => row.slice(0, 4))).toEqual([
      ['C1', '3', '125 days', '24.00'],
      ['C2', '1', '125 days', '9.00'],
    ]);
    expect(wordsOf(byId(page, 'short-pay'))).toContain(
      '1 customer habitually pays short (less than 10% of the invoice left open past due, on 3 or more invoices).',
    );
    expect(headingsOf(tableIn(byId(page, 'short-pay')))).toEqual([
      'customer',
      'invoices',
      'invoiced',
      'open',
    ]);
    expect(cellsOf(tableIn(byId(page, 'short-pay')))).toEqual([['C1', '3', '300.00', '24.00']]);
  });

  test('adds up bookings only of what is measured in the same, and quotas only where there are some', () => {
    const inputs = twoReps((of) => of);
    const total = (text: string) => {
      const [row = {}] = repsIn(pageOf(text), 'tfoot');
      return [row['bookings'], row['quota']];
    };
    // No rep has a quota: there is no column.
    expect(total(reportOf(explained(inputs)))).toEqual(['1,000.00', undefined]);
    const { plans, ...terms } = inputs.terms as { plans: readonly object[] };
    const profit = { id: 'profit', level: 0, basis: 'gross-profit', rate: '5%' };
    const assignments = {
      rows: [
        { rep_id: 'R1', plan_id: 'plan', from: '2025-01-01' },
        { rep_id: 'R2', plan_id: 'profit', from: '2025-01-01' },
      ],
    };
    const { rows } = inputs.ledgers.invoices as unknown as { rows: object[] };
    const mixed = explained({
      ...inputs,
      terms: { ...terms, plans: [...plans, profit] },
      ledgers: { invoices: { rows: rows.map((row) => ({ ...row, cost: '400.00' })) }, assignments },
    } as unknown as Inputs);
    expect(total(reportOf(mixed))).toEqual(['', undefined]);
    expect(pageData(mixed).hasOneMeasure).toBe(false);
  });

  test('says where lateness is unknown', () => {
    const inputs = twoReps((of) => of);
    const { rows } = inputs.ledgers.invoices as unknown as { rows: object[] };
    const undated = rows.map((row) => ({ ...row, due_date: '' }));
    const plan = { id: 'p', level: 3, rate: '5%' };
    const result = explained({
      terms: { currency: 'USD', plans: [plan] },
      ledgers: { invoices: { rows: undated } },
      asOf: inputs.asOf,
    } as unknown as Inputs);
    const page = pageOf(reportOf(result));
    expect(wordsOf(byId(page, 'late'))).toContain(
      'No invoice with a due date is past due as of 2025-06-15; 3 open invoices have none.',
    );
    expect(wordsOf(byId(page, 'age'))).toContain(
      '150.00 waits for cash, all of it on invoices without a due date.',
    );
  });

  test('calls reps by their names, and says whose close it is', () => {
    const { terms, ledgers, asOf } = twoReps((of) => of);
    const reps = { rows: [{ rep_id: 'R1', name: 'Ann Lee' }] };
    const inputs = {
      terms: { ...(terms as object), company: { name: 'Acme <& Co>' } },
      ledgers: { ...ledgers, reps },
      asOf,
    } as unknown as Inputs;
    const page = pageOf(reportOf(explained(inputs)));
    expect(cellsOf(byId(page, 'rep-table')).map(([name]) => name)).toEqual(['R1 Ann Lee', 'R2']);
    expect(wordsOf(allOf(page, 'header')[0] as Element)).toContain('Acme <& Co> · As of 15 June 2025');
    expect(pageData(explained(inputs)).names).toEqual(['Ann Lee', '']);
    expect(pageData(result).names).toEqual([]);
  });

  test('has no room for everything: then the newest quarter stays, and postings are in their file', () => {
    const data = pageData(result, 0);
    expect(data.quarters.map(({ name, postings }) => [name, postings])).toEqual([['2025-Q2', null]]);
    expect(wordsOf(byId(pageOf(reportOf(result, { room: 0 })), 'reps'))).toContain(
      '1 older quarter is in quarters.csv',
    );
  });

  test('shows 200 rows and has the others', () => {
    const invoices = Array.from({ length: 250 }, (_, index) => ({
      invoice_id: `I${index}`,
      customer_id: 'C',
      rep_id: `R${index}`,
      invoice_date: '2025-01-10',
      due_date: '2025-02-10',
      amount: `${index + 1}.00`,
    }));
    const many = explained({
      ...twoReps((of) => of),
      ledgers: { invoices: { rows: invoices } },
    } as unknown as Inputs);
    const reps = byId(pageOf(reportOf(many)), 'reps');
    expect(cellsOf(byId(reps, 'rep-table'))).toHaveLength(200);
    expect(wordsOf(byId(reps, 'found'))).toBe('250 reps in 2025-Q2, by paid, largest first.');
    expect(wordsOf(byId(reps, 'more'))).toBe('50 more');
    expect(pageData(many).quarters[0]?.rows).toHaveLength(250);
  });

  test('has the months that a month is paid from, and leads there', () => {
    const inputs = twoReps((of) => of);
    const monthly = explained({
      ...inputs,
      terms: { ...(inputs.terms as object), payPeriod: 'month' },
    } as Inputs);
    const page = pageOf(reportOf(monthly));
    expectSums(monthly.result, page);
    const rows = cellsOf(tableIn(byId(page, 'pay'), 1));
    expect(rows.map(([month]) => month)).toEqual(
      [...new Set(monthly.result.months.map(({ month }) => month))].sort().reverse(),
    );
    const [[month, ...cells]] = rows as [string[]];
    const [payable, clawedBack, reinstated, before, after, paid] = cells.map(minorOf) as Six;
    expect(payable + clawedBack + reinstated + before + after).toBe(paid);
    const own = monthly.result.months.filter((row) => row.month === month);
    expect(paid).toBe(own.reduce((all, row) => all + row.paid, 0n));
    const [first] = allOf(byId(page, 'main'), 'a').filter((a) => wordsOf(a).startsWith('To pay for'));
    expect(attributeOf(first as Element, 'href')).toBe('#pay');
    expect(wordsOf(byId(page, 'reps'))).toContain(
      'Each row adds up from payable to paid, all months of the quarter together.',
    );
  });

  test('says when the next clawback comes that is not within the days of the first screen', () => {
    const inputs = twoReps((of) => of);
    const row = {
      invoice_id: 'I1',
      customer_id: 'C',
      rep_id: 'R1',
      invoice_date: '2025-06-01',
      due_date: '2025-07-01',
      amount: '100.00',
    };
    const far = explained({ ...inputs, ledgers: { invoices: { rows: [row] } } } as unknown as Inputs);
    const main = wordsOf(byId(pageOf(reportOf(far)), 'main'));
    const [coming] = ageingOf(far).clawbacks;
    expect(coming).toBeDefined();
    expect(main).toContain('nothing will be clawed back by then');
    expect(main).toContain(`more at the end of ${coming?.clawbackOn}`);
  });

  test('says of what was held and credited that it was', () => {
    const row = {
      invoice_id: 'I1',
      customer_id: 'C',
      rep_id: 'R1',
      invoice_date: '2025-01-10',
      amount: '100.00',
    };
    const memo = { credit_memo_id: 'M1', invoice_id: 'I1', credit_date: '2025-02-01', amount: '100.00' };
    const credited = explained({
      terms: { currency: 'USD', plans: [{ id: 'ae', level: 3, rate: '5%' }] },
      ledgers: { invoices: { rows: [row] }, creditMemos: { rows: [memo] } },
      asOf: '2025-03-31',
    } as unknown as Inputs);
    expect(wordsOf(byId(pageOf(reportOf(credited)), 'waiting'))).toBe(
      'Nothing waits for cash: all held commission has been released, forfeited or credited.',
    );
  });

  test('says so where there is nothing', () => {
    const none = pageOf(reportOf(explained({ ...twoReps((of) => of), asOf: '2024-12-31' } as Inputs)));
    expect(wordsOf(byId(none, 'main'))).toContain('No events up to 2024-12-31');
    expect(allOf(none, 'script')).toEqual([]);
  });

  test('names the closed period that an adjustment belongs to', () => {
    const inputs = twoReps((of) => of);
    const close = closeOrThrow(explained({ ...inputs, asOf: '2025-03-31' } as Inputs).result);
    const late = { payment_id: 'P3', invoice_id: 'I1', payment_date: '2025-03-02', amount: '100.00' };
    const { payments } = inputs.ledgers as unknown as { payments: { rows: object[] } };
    const ledgers = {
      ...inputs.ledgers,
      payments: { rows: [...payments.rows, late] },
    } as unknown as Inputs['ledgers'];
    const adjusted = explained({ ...inputs, ledgers, closes: [close] });
    const text = reportOf(adjusted, { closes: [{ period: close.period, sha256: 'ab' }] });
    const page = pageOf(text);
    expectSums(adjusted.result, page);
    const tables = allOf(byId(page, 'adjustments'), 'table');
    const table = tables.find((one) =>
      wordsOf(allOf(one, 'caption')[0] as Element).startsWith('Adjustments'),
    ) as Element;
    expect(cellsOf(table)).toEqual([['R1', '2025-Q1', '1', '+2.50', '\u22122.50']]);
    const own = pageData(adjusted).quarters[0]?.postings?.['0']?.find(([, , , , source]) => source === 'P3');
    expect(own?.slice(0, 6)).toEqual(['2025-03-02', 'I1', 'customer of I1', 4, 'P3', '2025-Q1']);
  });

  test('keeps amounts beyond what a number holds', () => {
    const inputs = twoReps((of) => of);
    const { invoices } = inputs.ledgers as unknown as { invoices: { rows: Record<string, string>[] } };
    const rows = invoices.rows.map((row) => ({ ...row, amount: '9999999999999999999.00' }));
    const large = explained({ ...inputs, ledgers: { invoices: { rows } } } as unknown as Inputs);
    const text = reportOf(large);
    expectSums(large.result, pageOf(text));
    expect(text).toContain('"999999999999999999900"');
  });
});
