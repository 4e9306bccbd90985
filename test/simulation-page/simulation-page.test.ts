/** The page of a simulation: every figure on it is one of the simulation, by hand on one sale and by its own reader on real ledgers. */

import { beforeAll, describe, expect, test } from 'vitest';
import type { Inputs } from '../../src/engine/calculate.js';
import type { LevelNumber } from '../../src/plans/levels.js';
import type { TermsInput } from '../../src/plans/schema.js';
import { atLevel } from '../../src/plans/terms.js';
import { type CollectionRule, readRule } from '../../src/simulate/collections/rule.js';
import type { SimulatedToday, Simulation } from '../../src/simulate/simulate.js';
import { simulateTexts } from '../../src/simulate/simulate.js';
import type { Suppositions, Variant } from '../../src/simulate/variant.js';
import type { PageHead } from '../../src/simulation-page/columns.js';
import { simulationPage } from '../../src/simulation-page/simulation-page.js';
import { loadWorkspace } from '../../src/workspace/load.js';
import { workspace } from '../support/build.js';
import { ONE_SALE } from '../support/one-sale.js';
import {
  allOf,
  attributeOf,
  byId,
  cellsOf,
  type Element,
  minorOf,
  pageOf,
  shapeOf,
  textOf,
  wordsOf,
} from '../support/page.js';
import { inputsOf } from '../support/run.js';

const HEAD: PageHead = { title: 'Level by level', config: 'comp.yaml' };

function simulated(inputs: Inputs, levels: readonly number[], suppose: Suppositions = {}): Simulation {
  const variants = levels.map((level): Variant => {
    const { terms } = atLevel(inputs.terms as TermsInput, level as LevelNumber);
    return { name: `level ${level}`, terms };
  });
  const outcome = simulateTexts(inputs, variants, suppose);
  if (outcome.kind === 'refused') throw new Error(JSON.stringify(outcome.faults));
  return outcome.simulation;
}

function shown(simulation: Simulation, head: Partial<PageHead> = {}): Element {
  return pageOf(simulationPage(simulation, { ...HEAD, ...head }).toString());
}

/** The rows of the first table of a section, by the words of their first cell. */
function rowsOf(page: Element, id: string, at = 0): ReadonlyMap<string, readonly string[]> {
  const table = allOf(byId(page, id), 'table')[at] as Element;
  const rows = [...cellsOf(table), ...cellsOf(table, 'tfoot')];
  return new Map(
    rows.map(([title = '', ...cells]) => [title.replace(/\s+/g, ' '), cells.map((cell) => cell.trim())]),
  );
}

function headlinesOf(page: Element): readonly string[] {
  const [list] = allOf(page, '.headlines');
  return allOf(list as Element, 'li').map(wordsOf);
}

function rulesOf(...texts: readonly string[]): readonly CollectionRule[] {
  return texts.map((text) => readRule(text).rule as CollectionRule);
}

describe('one sale, by hand', () => {
  const page = shown(simulated(ONE_SALE, [0, 3], { explain: 'R1' }), {
    carryingCost: { n: 9n, d: 100n },
    names: new Map([['R1', 'Ana Lima']]),
    explain: 'R1',
  });

  test('one sentence for each variant that differs', () => {
    // 60.00 is paid on 03-31, and comes on 05-20.
    expect(headlinesOf(page)).toEqual([
      'Level 0 pays the same as today and is ahead of cash by USD 60.00 at most (today: 0.00). Every rep is paid as today.',
    ]);
  });

  test('the measures side by side, with what they change', () => {
    const rows = rowsOf(page, 'comparison');
    expect(Object.fromEntries(rows)).toMatchObject({
      earned: ['100.00', '100.00'],
      paid: ['100.00', '100.00'],
      'paid ÷ sales': ['10.00%', '10.00%'],
      // 40.00 after 75 days and 60.00 after 166; all after 75.
      'days from booking to pay': ['129.6', '75, change −54.6'],
      'days from booking to pay, median': ['166', '75, change −91'],
      // 40.00 after 49 days and 60.00 after 41; 60.00 is paid 50 days before its cash.
      'days from cash to pay': ['44.2', '−10.4, change −54.6'],
      'days from cash to pay, median': ['41', '−50, change −91'],
      // 60.00 for 50 of 141 days; at 9% a year.
      'paid ahead of cash, average': ['0.00', '21.28, change +21.28'],
      'paid ahead of cash, peak': ['0.00', '60.00, change +60.00'],
      'cost of financing what is paid ahead': ['0.00', '0.74, change +0.74'],
      'held, at most': ['60.00', '0.00, change −60.00'],
      'reps who gain': ['', '0'],
      'reps with a quarter whose pay moves over 10%': ['', '1'],
      'reps with a quarter without pay': ['0', '1, change +1'],
      // 40.00 and 60.00; 100.00 and nothing.
      'variation of pay': ['0.20', '1.00, change +0.80'],
    });
  });

  test('quarters, months and events', () => {
    expect(Object.fromEntries(rowsOf(page, 'quarters'))).toEqual({
      '2025-Q1': ['100.00', '40.00', '100.00', '100.00'],
      '2025-Q2': ['0.00', '60.00', '0.00', '0.00'],
      total: ['100.00', '100.00', '100.00', '100.00'],
    });
    expect([...rowsOf(page, 'ahead')]).toEqual([
      ['2025-03-31', ['0.00', '60.00']],
      ['2025-04-30', ['0.00', '60.00']],
      ['2025-05-31', ['0.00', '0.00']],
      ['2025-06-30', ['0.00', '0.00']],
    ]);
    const [table] = allOf(byId(page, 'why'), 'table');
    expect(cellsOf(table as Element).map((row) => row.map((cell) => cell.replace(/\s+/g, ' ')))).toEqual([
      ['I1 C1, rep R1', '100.00', '100.00', '0.00', '', ''],
      ['2025-01-15', 'invoiced I1', '0.00', '+100.00', '+100.00', '+100.00', '0.00'],
      ['2025-02-10', 'paid by the customer P1', '+40.00', '0.00', '−40.00', '−40.00', '0.00'],
      ['2025-05-20', 'paid by the customer P2', '+60.00', '0.00', '−60.00', '−60.00', '0.00'],
    ]);
  });

  test('nobody is drawn where nobody gains or loses, and who is listed has a name', () => {
    expect(allOf(byId(page, 'people'), 'svg')).toEqual([]);
    expect([...rowsOf(page, 'people')]).toEqual([
      ['R1 Ana Lima', ['100.00', '100.00']],
      ['total', ['100.00', '100.00']],
    ]);
    expect(wordsOf(byId(page, 'people'))).toContain(
      '1 rep has a quarter whose pay moves by more than 10%. 1 rep has a quarter without pay.',
    );
  });

  test('a variant that is as today shares its column; alone it leaves nothing to compare', () => {
    const same = shown(simulated(ONE_SALE, [3]));
    expect(headlinesOf(same)).toEqual(['Nothing differs: level 3 is what is paid today.']);
    expect(allOf(same, 'section').map((section) => attributeOf(section, 'id'))).toEqual([
      'comparison',
      'quarters',
      'ahead',
      'method',
    ]);
  });
});

describe('AdventureWorks at five levels', () => {
  let simulation: Simulation;
  let page: Element;

  beforeAll(async () => {
    const { terms, ledgers } = await loadWorkspace('fixtures/adventureworks/comp.yaml');
    simulation = simulated({ terms, ledgers, asOf: '2014-06-30' }, [0, 1, 2, 3, 4]);
    page = shown(simulation);
  });

  /** Today and the variants other than level 1, which is that of today. */
  function sides(): readonly SimulatedToday[] {
    return [simulation.today, ...simulation.variants.filter(({ isAsToday }) => !isAsToday)];
  }

  test('the amounts of the table are those of the simulation, and each change is their difference', () => {
    const rows = rowsOf(page, 'comparison');
    const amounts: Readonly<Record<string, (side: SimulatedToday) => bigint>> = {
      earned: ({ totals }) => totals.earned,
      forfeited: ({ totals }) => totals.forfeited,
      'clawed back': ({ totals }) => totals.clawedBack,
      reinstated: ({ totals }) => totals.reinstated,
      'lost to write-offs': ({ lostByWriteOff }) => lostByWriteOff,
      paid: ({ totals }) => totals.paid,
      'paid ahead of cash, peak': ({ ahead }) => ahead.peak,
      'held at the end': ({ totals }) => totals.held,
      'held, at most': ({ highestHeld }) => highestHeld.amount,
      'owed at the end': ({ totals }) => totals.owed,
      'paid, not collected': ({ paidUncollected }) => paidUncollected,
    };
    for (const [title, of] of Object.entries(amounts)) {
      const cells = (rows.get(title) ?? []).map((cell) => cell.split(', change ').map(minorOf));
      const before = of(simulation.today);
      expect([title, cells]).toEqual([
        title,
        sides().map((side) => (of(side) === before ? [of(side)] : [of(side), of(side) - before])),
      ]);
    }
  });

  test('each headline has the amount that is paid more or less', () => {
    for (const [index, side] of sides().slice(1).entries()) {
      const [, amount = '', word] =
        /pays USD ([\d,.]+) (more|less) than today/.exec(headlinesOf(page)[index] ?? '') ?? [];
      const change = side.totals.paid - simulation.today.totals.paid;
      expect(minorOf(amount) * (word === 'more' ? 1n : -1n)).toBe(change);
    }
  });

  test('quarters are those of the simulation, as a table and as what a screen reader says of the pictures', () => {
    const rows = rowsOf(page, 'quarters');
    for (const { quarter } of simulation.today.quarters) {
      const own = sides().flatMap(({ quarters }) => {
        const row = quarters.find((one) => one.quarter === quarter);
        return [row?.earned, row?.paid];
      });
      expect((rows.get(quarter) ?? []).map(minorOf)).toEqual(own);
    }
    const descriptions = allOf(byId(page, 'quarters'), 'desc').map(textOf);
    expect(descriptions).toHaveLength(5);
    for (const [index, side] of sides().entries()) {
      const pairs = [...(descriptions[index] ?? '').matchAll(/: paid ([\d,.]+), earned ([\d,.]+)/g)];
      expect(
        pairs.map(([, paid = '', earned = '']) => [minorOf(paid), minorOf(earned.replace(/\.$/, ''))]),
      ).toEqual(side.quarters.map(({ paid, earned }) => [paid, earned]));
    }
  });

  test('what is ahead of cash at the end of a month is the last step before', () => {
    for (const [date, cells] of rowsOf(page, 'ahead')) {
      expect([date, cells.map(minorOf)]).toEqual([
        date,
        sides().map(({ ahead }) => ahead.steps.findLast((step) => step.date <= date)?.ahead ?? 0n),
      ]);
    }
  });

  test('every rep is in the table and in the pictures, with what changes; the table adds up', () => {
    const rows = rowsOf(page, 'people');
    const people = simulation.variants.filter(({ isAsToday }) => !isAsToday).map((one) => one.people);
    expect(rows.size).toBe(18);
    for (const { repId, paidToday } of simulation.variants[0]?.people.reps ?? []) {
      const [today = '', ...others] = rows.get(repId) ?? [];
      expect(minorOf(today)).toBe(paidToday);
      expect(others.map((cell) => cell.split(', change ').map(minorOf))).toEqual(
        people.map(({ reps }) => {
          const rep = reps.find((one) => one.repId === repId);
          return [rep?.paid, rep?.change];
        }),
      );
    }
    const bodies = [...rows].filter(([title]) => title !== 'total');
    const sums = [0, 1, 2, 3, 4].map((at) =>
      bodies.reduce((sum, [, cells]) => sum + minorOf((cells[at] ?? '').split(', change ')[0] ?? ''), 0n),
    );
    expect((rows.get('total') ?? []).map((cell) => minorOf(cell.split(', change ')[0] ?? ''))).toEqual(sums);
    // Levels 3 and 4 pay everybody the same: one picture.
    const names = allOf(byId(page, 'people'), 'figcaption').map(wordsOf);
    expect(names).toEqual(['Level 0 17 reps', 'Level 2 17 reps', 'Level 3 and level 4 17 reps']);
    for (const svg of allOf(byId(page, 'people'), 'svg')) {
      const texts = allOf(svg, 'text').map((text) => textOf(text).trim());
      for (const { repId } of people[0]?.reps ?? []) expect(texts).toContain(repId);
    }
  });

  test('is self-contained: no script, no address, no style of its own beside the one that its policy allows', () => {
    const text = simulationPage(simulation, HEAD).toString();
    expect(text).toBe(simulationPage(simulation, HEAD).toString());
    expect(allOf(page, 'script')).toEqual([]);
    expect(text).not.toMatch(/https?:|\sstyle=|@import|src=/);
    expect(text.length).toBeLessThan(400_000);
    const ids = allOf(page).flatMap((element) => attributeOf(element, 'id') ?? []);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('what is supposed', () => {
  test('a forecast is marked in the title, the head, every section and on what is later', () => {
    // Half a year later: 600.00 are open, and a customer has paid at once.
    const inputs = { ...ONE_SALE, asOf: '2025-04-30' };
    const page = shown(simulated(inputs, [0], { until: '2025-12-31' }));
    expect(textOf(allOf(page, 'title')[0] as Element)).toContain('(forecast)');
    expect(wordsOf(allOf(page, 'header')[0] as Element)).toContain(
      'FORECAST What is later than 30 April 2025 is expected',
    );
    const unmarked = allOf(page, 'section').filter((section) => {
      const [heading] = allOf(section, 'h2');
      return !wordsOf(heading as Element).endsWith('forecast');
    });
    expect(unmarked.map((section) => attributeOf(section, 'id'))).toEqual(['method']);
    expect([...rowsOf(page, 'quarters').keys()]).toEqual(
      expect.arrayContaining(['2025-Q1', '2025-Q2 forecast']),
    );
    expect(allOf(byId(page, 'quarters'), 'title').map(textOf)).toEqual([
      expect.stringContaining('forecast'),
      expect.stringContaining('forecast'),
    ]);
  });

  test('rules of collection: days and cash before and after, the calls, and what they are worth, by hand', () => {
    const page = shown(simulated(ONE_SALE, [0], { collect: rulesOf('all: on the due date') }), {
      carryingCost: { n: 9n, d: 100n },
      callCost: 1500n,
    });
    const rows = rowsOf(page, 'collections');
    // 400.00 after 26 days and 600.00 after 125; all after 30.
    expect(rows.get('days sales outstanding (DSO)')).toEqual(['85.4', '30', '−55.4']);
    expect(rows.get('collected from customers')).toEqual(['1,000.00', '1,000.00', 'same']);
    const words = wordsOf(byId(page, 'collections')).replaceAll(' .', '.');
    expect(words).toContain(
      'The rules move the cash of 1 invoice: a call for each, at 15.00, costs USD 15.00.',
    );
    const worth = rowsOf(page, 'collections', 1);
    // 1,000.00 × 85.4 × 9% ÷ 365 = 21.06, and × 30 = 7.40; 60.00 ahead of cash for 50 days cost 0.74 under level 0.
    expect(worth.get('saved on receivables')).toEqual(['+13.66', '+13.66']);
    expect(worth.get('saved on commission')).toEqual(['0.00', '+0.74']);
    expect(worth.get('collection calls')).toEqual(['15.00', '15.00']);
    expect(worth.get('worth to the company')).toEqual(['−1.34', '−0.60']);
    // Level 3 pays on 03-31 what came on 02-14: 100.00, 45 days after the cash.
    expect(rowsOf(page, 'collections', 1).get('days from cash to pay')).toEqual([
      '45, change +0.8',
      '45, change +55.4',
    ]);
  });
});

describe('names and numbers of all kinds', () => {
  const HOSTILE = [
    '<script>alert(1)</script>',
    '"><svg onload=alert(1)>',
    ' style="x"',
    '\u202Etxt',
    "'{a|b}'",
  ];

  function manyReps(names: readonly string[]): Inputs {
    const invoices = names.map((rep, index) => ({
      invoice_id: `I${index}`,
      customer_id: `C${rep}`,
      rep_id: rep,
      invoice_date: '2025-01-15',
      amount: `${1000 + index}.00`,
    }));
    const payments = names.map((_, index) => ({
      payment_id: `P${index}`,
      invoice_id: `I${index}`,
      payment_date: '2025-05-20',
      amount: `${100 + index}.00`,
    }));
    return inputsOf(workspace({ plan: { level: 3 }, invoices, payments, asOf: '2025-06-30' }));
  }

  test('names add nothing to the page but text', () => {
    const plain = simulated(manyReps(['a', 'b', 'c', 'd', 'e']), [0], { explain: 'a' });
    const hostile = simulated(manyReps(HOSTILE), [0], { explain: HOSTILE[0] as string });
    expect(shapeOf(shown(hostile))).toEqual(shapeOf(shown(plain)));
    expect(wordsOf(byId(shown(hostile), 'people'))).toContain('<script>alert(1)</script>');
  });

  test('a thousand reps: those whose pay changes most, one line for the others, and all on request', () => {
    const names = Array.from({ length: 1000 }, (_, index) => `rep ${index}`);
    const simulation = simulated(manyReps(names), [0]);
    const page = shown(simulation);
    const rows = rowsOf(page, 'people');
    expect(rows.size).toBe(22);
    // Level 0 pays 10% of what is not collected: 900.00 for everybody, so the first by id.
    expect([...rows.keys()].slice(0, 2)).toEqual(['rep 0', 'rep 1']);
    expect([...rows.keys()].slice(-2)).toEqual(['980 other reps', 'total']);
    const amounts = [...rows.values()].map(([today = '']) => minorOf(today));
    expect(amounts.slice(0, -1).reduce((sum, amount) => sum + amount, 0n)).toBe(amounts.at(-1));
    expect(rowsOf(page, 'people', 1).size).toBe(1001);
    const [picture] = allOf(byId(page, 'people'), 'svg');
    expect(allOf(picture as Element, 'text').length).toBe(2 + 20 * 3);
    expect(simulationPage(simulation, HEAD).toString().length).toBeLessThan(600_000);
  });
});
