/**
 * What commands print at 80, 100 and 120 columns, on long names, names in wide letters and large amounts: the texts in
 * `fixtures/terminal`, no line wider than the screen, and every row of the summary still adds up.
 */
import { join } from 'node:path';
import stringWidth from 'string-width';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { comp } from './support/comp.js';
import { FIXTURES } from './support/folder.js';
import { LONG_REP, wideFolder } from './support/wide.js';

const WIDTHS = [80, 100, 120] as const;

const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  calc: ['calc'],
  check: ['check'],
  ageing: ['ageing'],
  'explain-invoice': ['explain', 'INV-1'],
  'explain-rep': ['explain', LONG_REP, '--quarter', '2025-Q3'],
};

const cwd = process.cwd();

beforeAll(() => {
  // The texts name `out`, which is in the current folder.
  process.chdir(wideFolder());
});

afterAll(() => process.chdir(cwd));

async function printed(args: readonly string[], columns: number): Promise<string> {
  const environment = { COLUMNS: `${columns}`, NO_COLOR: '1' };
  const { exit, stdout, stderr } = await comp([...args, '--as-of', '2025-12-31'], { environment });
  expect(exit, stderr).toBe(0);
  const wide = args.includes('--wide') ? Number.POSITIVE_INFINITY : columns;
  expect(
    [stdout, stderr]
      .join('')
      .split('\n')
      .filter((line) => stringWidth(line) > wide),
  ).toEqual([]);
  return stdout;
}

describe.each(WIDTHS)('at %i columns', (columns) => {
  test.each(Object.keys(COMMANDS))('comp %s fits, and prints what it printed', async (name) => {
    const text = await printed(COMMANDS[name] as readonly string[], columns);
    await expect(text).toMatchFileSnapshot(join(FIXTURES, 'terminal', `${name}-${columns}.txt`));
  });

  test('every row of the summary adds up to what is paid', async () => {
    const text = await printed(['calc'], columns);
    const rows = summaryRows(text);
    // Six quarters of two reps, and the total.
    expect(rows).toHaveLength(7);
    for (const { terms, paid } of rows) expect(terms).toBe(paid);
    // 1,000,000.00 + 2,000,000.00 + 1,000,000.00 and 7,500.00 + 67,500.00.
    expect(rows.at(-1)?.paid).toBe(407500000n);
  });

  test('the ages of what is open add up, and what is held is there', async () => {
    const text = await printed(['ageing'], columns);
    for (const age of ['current', '1–30', '31–60', '61–90', 'over 90', 'held']) expect(text).toContain(age);
  });
});

test('--wide has every column, however narrow the terminal', async () => {
  const text = await printed(['calc', '--wide'], 80);
  expect(text).toMatch(
    /^rep +quarter +payable +clawed back +reinstated +owed before +owed after +paid +held$/m,
  );
  expect(text).not.toContain('other');
  for (const { terms, paid } of summaryRows(text)) expect(terms).toBe(paid);
  expect(await printed(['check', '--wide'], 80)).toMatch(
    /^ledger +read +used +after 2025-12-31 +set aside$/m,
  );
  expect(await printed(['ageing', '--wide'], 80)).toMatch(/current +1–30 .* over 90 +open +held +at risk$/m);
  expect(await printed(['explain', 'INV-1', '--wide'], 80)).toMatch(
    /^EVENTS +earned +advanced +released +held +forfeited +clawed back$/m,
  );
});

/** The rows of the summary: what the terms of the printed sum come to, and what is paid. */
function summaryRows(text: string): { readonly terms: bigint; readonly paid: bigint }[] {
  const lines = text.split('\n');
  const titles = cells(lines.find((line) => line.startsWith('rep ')) ?? '').slice(2);
  const sum = /paid = (.*?) +R7\.4/.exec(text)?.[1] ?? '';
  const terms = [...sum.matchAll(/(^|[−+] )([a-z ]+?)(?= [−+]|$)/g)].map(([, sign = '', title = '']) => ({
    sign: sign.startsWith('−') ? -1n : 1n,
    title,
  }));
  return lines
    .filter((line) => /20\d\d-Q\d .*\d\d$|^ +total .*\d$/.test(line) && !line.includes('pay for'))
    .map((line) => cells(line).slice(-titles.length))
    .map((row) => {
      const amount = (title: string) => amountIn(row[titles.indexOf(title)]);
      return {
        terms: terms.reduce((all, { sign, title }) => all + sign * amount(title), 0n),
        paid: amount('paid'),
      };
    });
}

function cells(line: string): string[] {
  return line.trim().split(/ {2,}/);
}

/** In cents; a dash is 0. */
function amountIn(text = ''): bigint {
  return text === '–' ? 0n : BigInt(text.replace(/[,.+]/g, ''));
}
