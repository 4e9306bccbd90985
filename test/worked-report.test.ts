/** Every section of the close report on a workspace worked out by hand: figures, signs, titles and sentences. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { comp } from './support/comp.js';
import {
  allOf,
  attributeOf,
  byId,
  cellsOf,
  type Element,
  pageOf,
  rawOf,
  textOf,
  wordsOf,
} from './support/page.js';
import { workedFolder } from './support/worked.js';

async function reportIn(dir: string, ...flags: readonly string[]): Promise<Element> {
  const args = ['report', '--config', join(dir, 'comp.yaml'), '--out', join(dir, 'report.html')];
  const { exit, stderr } = await comp([...args, '--as-of', '2025-06-30', ...flags]);
  expect(exit, stderr).toBe(0);
  return pageOf(readFileSync(join(dir, 'report.html'), 'utf8'));
}

let dir: string;
let page: Element;

beforeAll(async () => {
  dir = workedFolder();
  page = await reportIn(dir);
});

const section = (id: string) => byId(page, id);
const lead = (id: string) => allOf(section(id), '.lead').map(wordsOf);
const tablesIn = (element: Element) => allOf(element, 'table');
const headings = (table: Element) => allOf(allOf(table, 'thead')[0] as Element, 'th').map(wordsOf);
const whole = (table: Element) => [headings(table), ...cellsOf(table), ...cellsOf(table, 'tfoot')];
/** Zero in a table is a dash that is read out as zero. */
const ZERO = '0.00';

describe('the close report, worked out by hand', () => {
  test('says what it is about', () => {
    expect(wordsOf(allOf(page, 'header')[0] as Element)).toBe(
      'Close report 2025-Q2 As of 30 June 2025 · USD · 2 reps, 7 invoices DRAFT 2025-Q2 is not closed. Its figures count until 30 Jun 2025.',
    );
    expect(allOf(page, 'h2').map(wordsOf)).toEqual([
      'Reps',
      'From payable to paid',
      'Waiting for cash',
      'Exceptions',
      'About to be clawed back',
      'At risk later, by date',
      'Largest clawbacks in 2025-Q2',
      'Held commission by age',
      'Late customers',
      'Sources and checks',
    ]);
  });

  test('ties out, and names what is set aside and what is later', () => {
    expect(wordsOf(allOf(page, '.ties-out')[0] as Element)).toBe(
      'The ledgers tie out. Every row read is accounted for: invoices 7, payments 6, assignments 2, quotas 1. ' +
        'Set aside: 1 row of payments (7.00); see why. 1 row is dated after 2025-06-30.',
    );
  });

  test('has five figures, each with its change and its section', () => {
    const figures = allOf(allOf(page, '.strip')[0] as Element, 'li').map((item) => [
      attributeOf(allOf(item, 'a')[0] as Element, 'href'),
      ...allOf(item)
        .filter(({ tagName }) => tagName === 'a' || tagName === 'strong' || tagName === 'span')
        .filter((one) => attributeOf(one, 'class') !== 'currency')
        .map((one) => wordsOf(one)),
    ]);
    expect(figures.map((words) => words.slice(0, 5))).toEqual([
      ['#reps', 'To pay for 2025-Q2', '390.00 USD', 'to 2 reps', '+90.00 vs. 2025-Q1'],
      ['#waiting', 'Held', '440.00 USD', 'waiting for cash, 1 rep', '+40.00 vs. 2025-Q1'],
      ['#pay', 'Owed by reps', '0.00 USD', 'nothing to recover', 'same as 2025-Q1'],
      [
        '#upcoming',
        'At risk within 30 days',
        '200.00 USD',
        'clawed back unless paid, 1 line',
        'the first at the end of 2025-07-30',
      ],
      ['#exceptions', 'Needs attention', '1', '1 exception', '0 reps whose pay moved'],
    ]);
  });

  test('waits for cash: the sum of each quarter as a table, as a picture and in words', () => {
    expect(whole(tablesIn(section('waiting'))[0] as Element)).toEqual([
      ['quarter', 'held before', 'earned', 'advanced', 'released', 'forfeited', '= held after'],
      ['2025-Q2', '400.00', '+490.00', '−350.00', '−100.00', ZERO, '440.00'],
      ['2025-Q1', ZERO, '+700.00', '−300.00', ZERO, ZERO, '400.00'],
    ]);
    expect(picturesIn('waiting')).toEqual([
      ['2025-Q1 0.00 released, 400.00 still waits.', 'earned +700.00, advanced −300.00, held after 400.00'],
      [
        '2025-Q2 100.00 released, 440.00 still waits.',
        'held before 400.00, earned +490.00, advanced −350.00, released −100.00, held after 440.00',
      ],
    ]);
  });

  test('from payable to paid likewise', () => {
    expect(whole(tablesIn(section('pay'))[0] as Element)).toEqual([
      ['quarter', 'payable', 'clawed back', 'reinstated', 'owed before', 'owed after', '= paid'],
      ['2025-Q2', '450.00', '−100.00', '+40.00', ZERO, ZERO, '390.00'],
      ['2025-Q1', '300.00', ZERO, ZERO, ZERO, ZERO, '300.00'],
    ]);
    expect(picturesIn('pay')).toEqual([
      // Two bars of the same height show nothing.
      ['2025-Q1 300.00 paid: all that became payable.', undefined],
      [
        '2025-Q2 390.00 paid: 450.00 payable, 100.00 clawed back, 40.00 reinstated.',
        'payable 450.00, clawed back −100.00, reinstated +40.00, paid 390.00',
      ],
    ]);
  });

  test('draws each step from where the one before ends, down or up, and none of 0.00', () => {
    const [, figure] = allOf(section('pay'), 'figure') as [Element, Element];
    // 450.00 is as high as the picture: 126 from top to bottom.
    const heightOf = (amount: number) => Math.round((amount * 1260) / 450) / 10;
    expect(barsIn(figure)).toEqual(
      [
        { fill: 'var(--total)', top: 26, height: heightOf(450) },
        { fill: 'var(--down)', top: 26, height: heightOf(100) },
        { fill: 'var(--up)', top: 26 + heightOf(60), height: heightOf(40) },
        { fill: 'var(--total)', top: 26 + heightOf(60), height: heightOf(390) },
      ].map(({ fill, top, height }) => ({ fill, top: close(top), height: close(height) })),
    );
    const [vertical] = allOf(figure, '.vertical');
    expect(allOf(vertical as Element, 'text').map((text) => rawOf(text))).toEqual([
      ...['450.00', 'payable', '−100.00', 'clawed back', '+40.00', 'reinstated'],
      ...['390.00', 'paid'],
    ]);
    const [waits] = allOf(allOf(section('waiting'), 'figure')[1] as Element, '.vertical');
    expect(allOf(waits as Element, 'path').map((path) => attributeOf(path, 'fill'))).toContain('url(#hatch)');
  });

  test('holds by age: 30 days are in the first band, 91 in the last', () => {
    expect(lead('age')).toEqual([
      '440.00 waits for cash, 300.00 of it on invoices past due, 60.00 of it on invoices without a due date.',
    ]);
    expect(whole(tablesIn(section('age'))[0] as Element)).toEqual([
      ['days past due', 'invoices', 'open', 'held', 'at risk'],
      ['current', '1', '800.00', '80.00', ZERO],
      ['1–30', '2', '2,500.00', ZERO, '250.00'],
      ['31–60', '0', ZERO, ZERO, ZERO],
      ['61–90', '0', ZERO, ZERO, ZERO],
      ['over 90', '2', '3,600.00', '300.00', ZERO],
      ['no due date', '1', '600.00', '60.00', ZERO],
      ['all', '6', '7,500.00', '440.00', '250.00'],
    ]);
  });

  test('names what is clawed back within 30 days, the last day included, and counts what is later', () => {
    expect(lead('upcoming')).toEqual([
      '200.00 will be clawed back by 2025-07-30 unless customers pay. Each partial payment saves its share. ' +
        'After that, 50.00 on 1 more line, the last on 2025-07-31.',
    ]);
    expect(whole(tablesIn(section('upcoming'))[0] as Element)).toEqual([
      ['at end of', 'rep', 'customer, invoice', 'past due', 'open', 'clawed back'],
      ['2025-07-30 in 30 days', 'A', 'C2 I3', '30 days', '2,000.00', '200.00'],
      ['total', '', '', '', '', '200.00'],
    ]);
  });

  test('names the largest clawbacks', () => {
    expect(lead('clawbacks')).toEqual(['100.00 was clawed back in 2025-Q2, in 1 posting.']);
    expect(whole(tablesIn(section('clawbacks'))[0] as Element)).toEqual([
      ['rep', 'customer, invoice', 'on, because', 'clawed back'],
      ['A', 'C1 I1', '2025-04-11 past due and unpaid', '100.00'],
      ['total', '', '', '100.00'],
    ]);
  });

  test('names customers who are late, the largest amount first', () => {
    expect(lead('late')).toEqual(['4 customers owe 6,100.00 that is past due.']);
    expect(whole(tablesIn(section('late'))[0] as Element)).toEqual([
      ['customer', 'invoices', 'oldest', 'open', 'held', 'at risk'],
      ['C4', '1', '91 days', '3,000.00', '300.00', ZERO],
      ['C2', '1', '30 days', '2,000.00', ZERO, '200.00'],
      ['C1', '1', '140 days', '600.00', ZERO, ZERO],
      ['C3', '1', '29 days', '500.00', ZERO, '50.00'],
      ['total', '4', '', '6,100.00', '300.00', '250.00'],
    ]);
    expect(wordsOf(section('short-pay'))).toBe(
      'No customer habitually pays short (less than 10% of the invoice left open past due, on 3 or more invoices).',
    );
  });

  test('needs attention: the exception with its place, and no adjustments where nothing is closed', () => {
    const [exceptions, ...others] = tablesIn(section('exceptions'));
    const [heads, ...rows] = whole(exceptions as Element);
    expect(heads).toEqual(['id', 'where', 'code', 'what was done']);
    expect(rows.map((row) => row.slice(0, 3))).toEqual([['P9', 'payments.csv:7', 'unknown-invoice']]);
    expect(others).toEqual([]);
    expect(lead('exceptions')).toEqual(['1 exception.']);
    expect(wordsOf(section('moved'))).toBe(
      'No rep’s pay moved by more than 25% and 100.00 from 2025-Q1 to 2025-Q2 (2 reps compared).',
    );
    expect(allOf(page).some((one) => attributeOf(one, 'id') === 'adjustments')).toBe(false);
  });

  test('names whose pay moved beyond the limit of comp.yaml', async () => {
    const moved = await reportIn(workedFolder({ variance: { share: '3%', amount: '5.00' } }));
    const [table] = tablesIn(byId(moved, 'moved'));
    expect(whole(table as Element)).toEqual([
      ['rep', '2025-Q1', 'moved by', '2025-Q2', 'of which'],
      ['B', ZERO, '+100.00', '100.00', expect.stringContaining('+100.00')],
      ['A', '300.00', '−10.00', '290.00', expect.any(String)],
    ]);
    expect(wordsOf(byId(moved, 'moved'))).toContain('The pay of 2 of 2 reps moved by more than 3% and 5.00.');
    for (const [, , change, , parts] of cellsOf(table as Element)) {
      const sum = ((parts as string).match(/[+−][\d,.]+\d/g) ?? []).reduce((all, one) => all + cents(one), 0);
      expect(sum).toBe(cents(change as string));
    }
  });

  test('lists reps by what they are paid', () => {
    expect(whole(byId(page, 'rep-table'))).toEqual([
      [
        ...['rep', 'plan', 'bookings', 'quota', 'attained'],
        ...['payable', 'taken or given back', '= paid', 'held'],
      ],
      ['A', 'claw', '3,500.00', '7,000.00', '50.00%', '350.00', '−60.00', '290.00', ZERO],
      ['B', 'hold', '1,400.00', 'no quota', '', '100.00', ZERO, '100.00', '440.00'],
      ['Total', '', '4,900.00', '7,000.00', '', '450.00', '−60.00', '390.00', '440.00'],
    ]);
    expect(wordsOf(section('reps'))).toContain('Each row adds up from payable to paid.');
    expect(wordsOf(byId(page, 'found'))).toBe('2 reps in 2025-Q2, by paid, largest first.');
  });

  test('shows where it comes from: rows, amounts and hashes', () => {
    const [controls, inputs, ...others] = tablesIn(section('sources')) as [Element, Element];
    expect(whole(controls)).toEqual([
      ['ledger', 'read', 'used', 'after 2025-06-30', 'set aside'],
      ['invoices', '7', '11,900.00', '7', '11,900.00', '0', ZERO, '0', ZERO],
      ['payments', '6', '4,417.00', '4', '4,400.00', '1', '10.00', '1', '7.00'],
      ['assignments', '2', '', '2', '', '0', '', '0', ''],
      ['quotas', '1', '7,000.00', '1', '7,000.00', '0', ZERO, '0', ZERO],
    ]);
    const hashOf = (file: string) =>
      createHash('sha256')
        .update(readFileSync(join(dir, file)))
        .digest('hex');
    const files = ['comp.yaml', 'invoices.csv', 'payments.csv', 'assignments.csv', 'quotas.csv'];
    expect(cellsOf(inputs).map(([file, , hash]) => [file, hash])).toEqual(
      files.map((file) => [file, hashOf(file)]),
    );
    expect(others).toEqual([]);
    expect(allOf(section('sources'), 'li').map(wordsOf)).toEqual([
      'claw: level 1, clawback',
      'hold: level 3, pay-on-collection',
    ]);
  });

  test('recomputed at another level, says so at once', async () => {
    expect(allOf(byId(page, 'main'), 'strong').map(wordsOf)).not.toContain(
      'Every plan is recomputed at level 0:',
    );
    const other = await reportIn(workedFolder(), '--level', '0');
    expect(wordsOf(allOf(other, '.lead')[0] as Element)).toBe(
      'Every plan is recomputed at level 0: this is what would have been, not what is due.',
    );
    expect(wordsOf(byId(other, 'waiting'))).toBe(
      'Nothing waits for cash: no plan holds commission (level 0).',
    );
    expect(wordsOf(byId(other, 'age'))).toBe('No commission on open invoices is held or at risk.');
    expect(wordsOf(byId(other, 'clawbacks'))).toContain('Nothing was clawed back in 2025-Q2.');
    expect(wordsOf(byId(other, 'upcoming'))).toContain('Nothing will be clawed back by 2025-07-30.');
    for (const id of ['clawbacks', 'upcoming']) expect(tablesIn(byId(other, id))).toEqual([]);
  });
});

/** The captions of the pictures of a section, each with the description that is read out for it. */
function picturesIn(id: string): (string | undefined)[][] {
  return allOf(section(id), 'figure').map((figure) => {
    const [description] = allOf(figure, 'desc');
    return [wordsOf(allOf(figure, 'figcaption')[0] as Element), description && textOf(description).trim()];
  });
}

/** The vertical bars of a picture: fill, top and height. */
function barsIn(figure: Element): { fill: string; top: number; height: number }[] {
  const [vertical] = allOf(figure, '.vertical');
  return allOf(vertical as Element, 'path').flatMap((path) => {
    const fill = attributeOf(path, 'fill') as string;
    const [, top, height] = /^M[\d.]+ ([\d.]+)l[\d.]+ 0l0 ([\d.]+)l/.exec(attributeOf(path, 'd') ?? '') ?? [];
    return fill === 'none' ? [] : [{ fill, top: Number(top), height: Number(height) }];
  });
}

/** Places are drawn to a tenth. */
function close(place: number): unknown {
  return expect.closeTo(place, 0);
}

function cents(text: string): number {
  return Math.round(Number(text.replace('−', '-').replace(',', '')) * 100);
}
