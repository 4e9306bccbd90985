/** The close report without a browser: its sums add up to the results, and nothing of the data becomes markup. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { calculate, type Inputs } from '../../src/engine/calculate.js';
import { closeOf } from '../../src/engine/close-of.js';
import type { Result } from '../../src/engine/result.js';
import { embedded, type PageData, pageData } from '../../src/report-page/page-data.js';
import { reportPage } from '../../src/report-page/report-page.js';
import { loadWorkspace } from '../../src/workspace/load.js';
import { FIXTURES } from '../support/folder.js';
import {
  attributeOf,
  byId,
  cellsOf,
  type Element,
  elementsIn,
  minorIn,
  named,
  parsePage,
  textOf,
} from '../support/report-page.js';
import { inputsOf } from '../support/run.js';
import { scenariosIn } from '../support/scenario.js';

type Rest = Partial<Parameters<typeof reportPage>[0]>;

function pageOf(result: Result, rest: Rest = {}): string {
  const source = {
    result,
    version: '0',
    level: undefined,
    inputs: [],
    closes: [],
    locate: (place: never) => place,
  };
  return [...reportPage({ ...source, ...rest } as Parameters<typeof reportPage>[0])].join('');
}

function explained(inputs: Inputs): Result {
  const outcome = calculate({ ...inputs, explain: true });
  if (outcome.kind === 'refused') throw new Error(JSON.stringify(outcome.faults));
  return outcome;
}

const tableIn = (section: Element, at = 0) => named(section, 'table')[at] as Element;

type Five = [bigint, bigint, bigint, bigint, bigint];
type Six = [...Five, bigint];

/** Every table of the page against the result. */
function expectSums(result: Result, page: ReturnType<typeof parsePage>): void {
  const names = [...new Set(result.quarters.map(({ quarter }) => quarter))].sort().reverse();
  const sum = (name: string, field: keyof Result['quarters'][number]) =>
    result.quarters
      .filter(({ quarter }) => quarter === name)
      .reduce((all, row) => all + (row[field] as bigint), 0n);

  const waiting = cellsOf(tableIn(byId(page, 'waiting')));
  expect(waiting.map(([name]) => name)).toEqual(names);
  for (const [name, ...cells] of waiting) {
    const [opening, earned, advanced, released, forfeited, closing] = cells.map(minorIn) as Six;
    expect([opening, earned, advanced, released, forfeited, closing]).toEqual(
      (['heldOpening', 'earned', 'advanced', 'released', 'forfeited', 'held'] as const).map((field) =>
        sum(name as string, field),
      ),
    );
    expect(opening + earned - advanced - released - forfeited).toBe(closing);
  }

  const pay = cellsOf(tableIn(byId(page, 'pay')));
  expect(pay.map(([name]) => name)).toEqual(names);
  for (const [name, ...cells] of pay) {
    const [payable, clawedBack, reinstated, before, after, paid] = cells.map(minorIn) as Six;
    expect([payable, clawedBack, reinstated, before, after, paid]).toEqual(
      (['payable', 'clawedBack', 'reinstated', 'owedOpening', 'owed', 'paid'] as const).map((field) =>
        sum(name as string, field),
      ),
    );
    expect(payable - clawedBack + reinstated - before + after).toBe(paid);
  }

  const newest = result.fiscalQuarter.name;
  const ages = tableIn(byId(page, 'age'));
  const held = (rows: readonly (readonly string[])[]) => rows.map((row) => minorIn(row[3] as string));
  expect(held(cellsOf(ages)).reduce((all, one) => all + one, 0n)).toBe(sum(newest, 'held'));
  expect(held(cellsOf(ages, 'tfoot'))).toEqual([sum(newest, 'held')]);

  for (const id of ['upcoming', 'clawbacks']) {
    const [table] = named(byId(page, id), 'table');
    if (table === undefined) continue;
    const last = (row: readonly string[]) => minorIn(row.at(-1) as string);
    const total = cellsOf(table).reduce((all, row) => all + last(row), 0n);
    expect(cellsOf(table, 'tfoot').map(last)).toEqual([total]);
    if (id === 'clawbacks') expect(total).toBe(sum(newest, 'clawedBack'));
  }

  const [total] = cellsOf(byId(page, 'rep-table'), 'tfoot') as [string[]];
  expect(minorIn(total[2] as string)).toBe(sum(newest, 'bookings'));
  const [payable, takenBack, before, after, paid, last] = total.slice(5).map(minorIn) as Six;
  expect(payable - takenBack - before + after).toBe(paid);
  expect([paid, last]).toEqual([sum(newest, 'paid'), sum(newest, 'held')]);
  for (const row of cellsOf(byId(page, 'rep-table'))) {
    const [payable, takenBack, before, after, paid] = row.slice(5, 10).map(minorIn) as Five;
    expect(payable - takenBack - before + after).toBe(paid);
  }
}

describe('the sums of the report', () => {
  test('are those of quarters.csv for AdventureWorks', async () => {
    const { terms, ledgers } = await loadWorkspace(join(FIXTURES, 'adventureworks', 'comp.yaml'));
    for (const asOf of ['2014-08-31', '2013-09-30']) {
      const result = explained({ terms, ledgers, asOf });
      expectSums(result, parsePage(pageOf(result)));
    }
  });

  for (const folder of ['scenarios', 'random']) {
    test.each(
      scenariosIn(folder).map((scenario) => [scenario.name, scenario] as const),
    )(`are those of quarters.csv: ${folder} %s`, (_, scenario) => {
      const result = explained(inputsOf(scenario));
      const text = pageOf(result);
      if (folder === 'scenarios') expect(pageOf(explained(inputsOf(scenario)))).toBe(text);
      expectSums(result, parsePage(text));
    });
  }
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
    [...elementsIn(parsePage(text))]
      .map(({ tagName, attrs }) => `${tagName} ${attrs.map((one) => one.name).join(' ')}`)
      .sort();

  test('are never markup', () => {
    const spiteful = pageOf(explained(twoReps((of) => `${of}${SPITE}`)));
    expect(shapeOf(spiteful)).toEqual(shapeOf(pageOf(explained(twoReps((of) => of)))));
    const texts = cellsOf(byId(parsePage(spiteful), 'rep-table')).map(([name]) => name);
    expect(texts).toContain(`R1${SPITE}`.replace('\u0000', '\uFFFD'));
  });

  test('are in the data as they are, and end neither it nor a line', () => {
    const result = explained(twoReps((of) => `${of}${SPITE}`));
    const text = embedded(pageData(result));
    expect(text).not.toMatch(/[<>&\u2028\u2029]/);
    const data = JSON.parse(text) as PageData;
    expect(data.reps).toEqual([`R1${SPITE}`, `R2${SPITE}`]);
  });
});

describe('the page', () => {
  const result = explained(twoReps((of) => of));
  const page = parsePage(pageOf(result));

  test('lets in its own styles and script only', () => {
    const policy = named(page, 'meta')
      .map((meta) => attributeOf(meta, 'content') ?? '')
      .find((content) => content.startsWith('default-src')) as string;
    const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    const [style] = named(page, 'style');
    const [, script] = named(page, 'script');
    expect(policy).toBe(
      `default-src 'none'; style-src ${hash(textOf(style as Element))}; script-src ${hash(textOf(script as Element))}; base-uri 'none'; form-action 'none'`,
    );
    expect(
      [...elementsIn(page)].some((one) => attributeOf(one, 'style') !== undefined || one.tagName === 'link'),
    ).toBe(false);
  });

  test('has one of each id, and every reference leads somewhere', () => {
    const elements = [...elementsIn(page)];
    const ids = elements.flatMap((one) => attributeOf(one, 'id') ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    for (const element of elements) {
      const href = attributeOf(element, 'href');
      if (href !== undefined) expect(ids).toContain(href.slice(1));
      for (const id of attributeOf(element, 'aria-labelledby')?.split(' ') ?? []) expect(ids).toContain(id);
    }
  });

  test('tells what is set aside, what is at risk and what was taken back', () => {
    const main = textOf(byId(page, 'main'));
    expect(main).toContain('Set aside: 1 row of 7.00 of payments; see why.');
    expect(textOf(byId(page, 'upcoming'))).toContain(
      'will be clawed back by 2025-07-15 unless customers pay',
    );
    expect(textOf(byId(page, 'clawbacks'))).toContain('was taken back in 2025-Q2, 2 times.');
    expect(textOf(byId(page, 'needs-a-person'))).toContain('There is no invoice I9.');
  });

  test('has no room for everything: then the newest quarter stays, and postings are in their file', () => {
    const data = pageData(result, 0);
    expect(data.quarters.map(({ name, postings }) => [name, postings])).toEqual([['2025-Q2', null]]);
    expect(textOf(byId(parsePage(pageOf(result, { room: 0 })), 'reps'))).toContain(
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
    const reps = byId(parsePage(pageOf(many)), 'reps');
    expect(cellsOf(byId(reps, 'rep-table'))).toHaveLength(200);
    expect(textOf(byId(reps, 'found'))).toBe('250 reps in 2025-Q2, by paid, largest first.');
    expect(textOf(byId(reps, 'more'))).toBe('50 more');
    expect(pageData(many).quarters[0]?.rows).toHaveLength(250);
  });

  test('says so where there is nothing', () => {
    const none = parsePage(pageOf(explained({ ...twoReps((of) => of), asOf: '2024-12-31' } as Inputs)));
    expect(textOf(byId(none, 'main'))).toContain('No events up to 2024-12-31');
    expect(named(none, 'script')).toEqual([]);
  });

  test('names the closed period that an adjustment belongs to', () => {
    const inputs = twoReps((of) => of);
    const close = closeOf(explained({ ...inputs, asOf: '2025-03-31' } as Inputs));
    const late = { payment_id: 'P3', invoice_id: 'I1', payment_date: '2025-03-02', amount: '100.00' };
    const { payments } = inputs.ledgers as unknown as { payments: { rows: object[] } };
    const ledgers = {
      ...inputs.ledgers,
      payments: { rows: [...payments.rows, late] },
    } as unknown as Inputs['ledgers'];
    const adjusted = explained({ ...inputs, ledgers, closes: [close] });
    const text = pageOf(adjusted, { closes: [{ period: close.period, sha256: 'ab' }] });
    const page = parsePage(text);
    expectSums(adjusted, page);
    const tables = named(byId(page, 'needs-a-person'), 'table');
    const table = tables.find((one) =>
      textOf(named(one, 'caption')[0] as Element).startsWith('Adjustments'),
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
    const text = pageOf(large);
    expectSums(large, parsePage(text));
    expect(text).toContain('"999999999999999999900"');
  });
});
