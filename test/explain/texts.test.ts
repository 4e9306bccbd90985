/** Explanations as text: every sum that they show is right, and every balance is the event's. */
import { describe, expect, test } from 'vitest';
import { explainAllLines, type LineExplanation } from '../../src/explain/lines.js';
import { explainPay, type PayExplanation } from '../../src/explain/reps.js';
import { lineText } from '../../src/reports/explain-line.js';
import { payText } from '../../src/reports/explain-pay.js';
import { inStyle, type Style } from '../../src/reports/style.js';
import { histories } from '../../src/testing/histories.js';
import { forAll, type Meet } from '../support/property.js';
import { explainedOf, inputsOf, type TestResult } from '../support/run.js';

const NUMBER = /[-−+]?\d[\d,]*(?:\.\d+)?/g;

describe('the text of a line', () => {
  test('shows balances of events, and sums that come to what they say', async () => {
    const style = await plainStyle();
    forAll(
      histories(),
      (workspace, meet) => {
        const calculation = explainedOf(inputsOf(workspace));
        const { result } = calculation;
        for (const line of explainAllLines(calculation)) {
          const text = lineText(line, { result, style, width: 120, wide: false });
          expectBalances(text, line, result);
          for (const one of text) expectSum(one, result, meet);
        }
      },
      { sum: 0.4, product: 0.2, less: 0.05, slices: 0.05 },
    );
  });
});

describe('the text of a pay period', () => {
  test('adds up from invoices to what is paid and owed', async () => {
    const style = await plainStyle();
    forAll(
      histories(),
      (workspace, meet) => {
        const { result } = explainedOf(inputsOf(workspace));
        for (const repId of new Set(result.quarters.map((row) => row.repId))) {
          for (const pay of explainPay(result, repId)) {
            expectPay(payText(pay, result, { style, width: 120, wide: false }), pay, result);
            if (pay.row.recovered > 0n) meet('recovered');
            if (pay.row.cancelled > 0n) meet('cancelled');
          }
        }
      },
      { recovered: 0.05, cancelled: 0.01 },
    );
  });
});

/** The row of every event has the balances after it; those that are left out are always 0. */
function expectBalances(
  text: readonly string[],
  { events }: LineExplanation,
  { currency, scale }: TestResult,
): void {
  const held = text.find((one) => one.startsWith('Held: '));
  const last = events.at(-1);
  if (held !== undefined && last !== undefined) {
    const [amount = '', open = ''] = held.match(/\d[\d,]*(?:\.\d+)?/g) ?? [];
    expect(minorOf(amount, currency.digits)).toBe(last.after.held);
    expect(numberOf(open)).toBeCloseTo(Number(last.due - last.closed) / 10 ** scale, 6);
  }
  const at = text.findIndex((one) => one.startsWith('EVENTS'));
  const titles = (text[at] ?? '').replace('EVENTS', '').trim().split(/ {2,}/);
  const names = {
    earned: 'earned',
    advanced: 'advanced',
    released: 'released',
    held: 'held',
    forfeited: 'forfeited',
    'clawed back': 'clawedBack',
  } as const;
  const rows = text.slice(at + 1).filter((one) => /^\d{4}-\d\d-\d\d/.test(one));
  rows.slice(0, events.length).forEach((row, place) => {
    const cells = row.trimEnd().split(/ {2,}/).slice(-titles.length);
    const { after } = events[place] as LineExplanation['events'][number];
    for (const [title, name] of Object.entries(names)) {
      const shown = titles.indexOf(title);
      expect(shown < 0 ? 0n : minorOf(cells[shown] as string, currency.digits)).toBe(after[name]);
    }
  });
}

/** `400.00 × 4,000.00 ÷ 8,000.00 = 200.00, less 50.00 before = +150.00 released`: both sums are right. */
function expectSum(text: string, { currency }: TestResult, meet: Meet): void {
  const [left = '', right] = text.split(' = ');
  if (right === undefined || /commission on|% of |Each further|quota of/.test(text)) return;
  const slack = 1.01 / 10 ** currency.digits;
  if (left.trim().startsWith('Earned') || /^Held/.test(left)) {
    const parts = [...right.matchAll(NUMBER)].map(([one]) => numberOf(one));
    expect(numberOf(left.replace('Earned', '').trim())).toBeCloseTo(
      parts.reduce((all, one) => all + one, 0),
      6,
    );
    meet('sum');
    return;
  }
  const terms = left.replace(/ (that waits for cash|released)\b/g, '').trim();
  const result = numberOf((right.match(NUMBER) ?? ['0'])[0]);
  if (/^[\d,.]+( [×÷−] [\d,.]+)+$/.test(terms)) {
    expect(Math.abs(computed(terms) - result), text).toBeLessThanOrEqual(slack);
    meet('product');
  }
  const slice = /([-\d,.]+) +× ([-\d.]+)% = +([-\d,.]+)/.exec(text);
  if (slice !== null) {
    const [, base = '', rate = '', amount = ''] = slice;
    const product = (numberOf(base) * numberOf(rate)) / 100;
    expect(Math.abs(product - numberOf(amount)), text).toBeLessThanOrEqual(slack + Math.abs(product) * 1e-6);
    meet('slices');
  }
  const less = /([\d,.-]+), less ([\d,.-]+) before = ([-+\d,.]+) /.exec(text);
  if (less !== null) {
    const [, whole = '', before = '', change = ''] = less;
    expect(numberOf(whole) - numberOf(before), text).toBeCloseTo(numberOf(change), 6);
    meet('less');
  }
}

/** Products before differences. */
function computed(terms: string): number {
  return terms
    .split(' − ')
    .map((product) =>
      product.split(/ (?=[×÷])/).reduce((all, part) => {
        const number = numberOf(part.replace(/^[×÷] /, ''));
        return part.startsWith('÷') ? all / number : part.startsWith('×') ? all * number : number;
      }, 0),
    )
    .reduce((all, one) => all - one);
}

/** Step by step: totals of columns, balances, what is paid, and the check at the end. */
function expectPay(
  text: readonly string[],
  { invoices, row, gains }: PayExplanation,
  { currency }: TestResult,
): void {
  const minor = (cell: string) => minorOf(cell, currency.digits);
  expect((text[0] ?? '').trimEnd().endsWith(`paid ${cellOf(row.paid, currency.digits)}`)).toBe(true);
  const [, most] = /\(at most [\d.]+% of ([\d,.]+)\)/.exec(text.join('\n')) ?? [];
  if (most !== undefined) expect(minor(most)).toBe(gains - row.cancelled);
  const starts = ['1 WHAT', '2 WHAT', '3 WHAT', 'CHECK'].map((head) =>
    text.findIndex((one) => one.startsWith(head)),
  );
  const [first, second, third, check] = starts as [number, number, number, number];
  if (invoices.length > 0) {
    const rows = text.slice(first + 1, second).filter((one) => !one.includes('─'));
    const cells = (one: string) => one.trimEnd().split(/ {2,}/).slice(-4).map(minor);
    const own = rows.filter((one) => /^ {2}\S/.test(one) && !/^ {2}(total|gains) /.test(one)).map(cells);
    const total = rows.filter((one) => one.startsWith('  total ')).map(cells)[0] as bigint[];
    expect(own).toHaveLength(invoices.length);
    for (const [advanced = 0n, released = 0n, clawedBack = 0n, net] of [...own, total])
      expect(advanced + released - clawedBack).toBe(net);
    expect(total).toEqual([0, 1, 2, 3].map((at) => own.reduce((all, one) => all + (one[at] as bigint), 0n)));
    expect(total.slice(2)).toEqual([row.clawedBack - row.reinstated, gains - row.charged]);
  }
  expect(balances(text.slice(second + 1, third), minor).at(-1)).toBe(row.owed);
  expect(balances(text.slice(third + 1, check), minor)).toEqual([row.paid]);
  const [sum = '', paid = ''] = (text[check] ?? '')
    .replace('CHECK ', '')
    .replace(/R7\.4$/, '')
    .split(' = ');
  const amounts = sum.split(/ (?=[−+] )/).map((one) => minor(one.replace('− ', '-').replace('+ ', '')));
  expect(amounts.reduce((all, one) => all + one, 0n)).toBe(minor(paid));
  expect(minor(paid)).toBe(row.paid);
}

/** What each `=` shows, which is what the rows above it come to. */
function balances(rows: readonly string[], minor: (cell: string) => bigint): bigint[] {
  const shown: bigint[] = [];
  let sum = 0n;
  for (const one of rows) {
    const cell = one.trimEnd().split(/ {2,}/).at(-1) ?? '';
    if (one.includes('─') || !/\d$/.test(cell)) continue;
    const amount = minor(cell);
    if (one.startsWith('  = ')) {
      expect(amount, one).toBe(sum);
      shown.push(amount);
    } else sum += one.startsWith('  − ') ? -amount : amount;
  }
  return shown;
}

function cellOf(amount: bigint, digits: number): string {
  const text = `${amount}`.padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits).replace(/\B(?=(\d{3})+$)/g, ',');
  return digits === 0 ? whole : `${whole}.${text.slice(-digits)}`;
}

function minorOf(cell: string, digits: number): bigint {
  const text = cell.trim();
  if (text === '–') return 0n;
  expect(text).toMatch(digits === 0 ? /^-?[\d,]+$/ : new RegExp(`^-?[\\d,]+\\.\\d{${digits}}$`));
  return BigInt(text.replace(/[,.]/g, ''));
}

function numberOf(text: string): number {
  return Number(text.replaceAll(',', '').replace('−', '-').trim());
}

/** The style of a file: no colors. */
async function plainStyle(): Promise<Style> {
  let found: Style | undefined;
  await inStyle({ columns: undefined, isTerminal: false }, {}, (style) => {
    found = style;
    return '';
  });
  if (found === undefined) throw new Error('no style');
  return found;
}
