/** Statements in a browser: they open from a file, without a script, print, and are readable by all. */
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { payAccountWorkspace } from '../test/support/pay-account.js';
import { salesTeam } from '../test/support/sales-team.js';
import {
  brokenWordsOf,
  hiddenAmountsOf,
  open,
  sheetsOf,
  startBrowser,
  statementsOf,
  violationsOf,
} from './browser.js';
import { clawedBackWorkspace, HOSTILE, hostileWorkspace, shownName } from './workspaces.js';

const FIXTURES = join(import.meta.dirname, '..', 'fixtures');
const DESKTOP = { viewport: { width: 1280, height: 900 } };
const PHONE = { viewport: { width: 390, height: 844 } };

let browser: Browser;
let list: string;
/** Of a rep from whom commission was taken back, to whom it was given back, and who owes some. */
let statement: string;

beforeAll(async () => {
  browser = await startBrowser();
  const config = join(FIXTURES, 'adventureworks', 'comp.yaml');
  list = await statementsOf(config, '--quarter', '2014-Q3');
  statement = list.replace('index.html', 'statement-2014-Q3-279.html');
});

afterAll(async () => {
  await browser.close();
});

describe('statements', () => {
  test('are found in the list, and ask for nothing', async () => {
    const { page, complaints } = await open(browser, list);
    expect(await page.locator('tbody tr:not(.group)').count()).toBe(17);
    await page.getByRole('link', { name: '279', exact: true }).click();
    expect(page.url()).toBe(statement);
    expect(await page.title()).toBe('Commission statement 2014-Q3, 279');
    expect(await page.locator('h2').first().textContent()).toMatch(/^You are paid [\d,]+\.\d\d$/);
    expect(await page.evaluate(() => document.scripts.length)).toBe(0);
    expect(complaints).toEqual([]);
  });

  test('lead from each sum to the section that proves it', async () => {
    const { page } = await open(browser, statement);
    const links = page.locator('main a[href^="#"]');
    expect(await links.count()).toBeGreaterThan(2);
    for (const link of await links.all()) {
      const target = (await link.getAttribute('href')) ?? '';
      await link.click();
      expect(new URL(page.url()).hash).toBe(target);
      expect(await page.locator(`[id="${target.slice(1)}"]`).isVisible()).toBe(true);
    }
  });

  test('print on two sheets of paper at most, A4 or Letter', async () => {
    const url = await statementsOf(
      join(FIXTURES, 'scenarios', 'level-1', 'comp.yaml'),
      '--quarter',
      '2025-Q3',
    );
    const { page, complaints } = await open(browser, url.replace('index.html', 'statement-2025-Q3-R1.html'));
    for (const format of ['A4', 'Letter'] as const) {
      expect(await sheetsOf(page, format)).toBeLessThanOrEqual(2);
      expect(await sheetsOf(page, format)).toBeGreaterThan(0);
    }
    expect(complaints).toEqual([]);
  });

  test.each(['light', 'dark'] as const)('have no fault that axe finds, in %s', async (colorScheme) => {
    for (const options of [DESKTOP, PHONE]) {
      for (const url of [list, statement]) {
        const { page } = await open(browser, url, { ...options, colorScheme });
        expect(await violationsOf(page)).toEqual([]);
      }
    }
  });

  test('fit a phone: nothing scrolls sideways but tables in their regions', async () => {
    for (const url of [list, statement]) {
      for (const width of [320, 390, 760]) {
        const { page } = await open(browser, url, { viewport: { width, height: 800 } });
        const across = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(across, `${width}`).toBeLessThanOrEqual(width);
      }
    }
  });

  test('of reps whose names mean mischief are text, and stay in their folder', async () => {
    const url = await statementsOf(hostileWorkspace(), '--quarter', '2025-Q2');
    const { page, complaints } = await open(browser, url);
    const folder = url.replace('index.html', '');
    for (const name of HOSTILE) {
      const shown = shownName(name);
      await page.goto(url);
      await page.locator('tbody a', { has: page.getByText(shown, { exact: true }) }).click();
      expect(page.url().slice(folder.length)).toMatch(/^statement-2025-Q2-[\w.%-]+\.html$/);
      expect(await page.locator('header bdi').allTextContents()).toEqual([
        `N-${shown}`,
        shown,
        '<i>Acme</i>',
      ]);
      const elements = await page.evaluate(() => [
        document.querySelectorAll('img, b, i, svg, iframe, object, script').length,
        document.querySelectorAll('[onload], [onerror], [onmouseover], [style]').length,
      ]);
      expect(elements).toEqual([0, 0]);
    }
    expect(complaints).toEqual([]);
  });
});

describe('the layout of a statement', () => {
  const teams = {
    'level 1': [{ reps: 3, level: 1 }, '2025-Q3'],
    'level 2': [{ reps: 3, level: 2 }, '2025-Q3'],
    'level 4': [{ reps: 3, level: 4 }, '2025-Q3'],
    monthly: [{ reps: 3, level: 3, payPeriod: 'month' }, '2025-09'],
  } as const;

  test.each(Object.entries(teams))('%s: every word is whole and every amount is seen', async (_, team) => {
    const [options, period] = team;
    const index = await statementsOf(join(salesTeam(options), 'comp.yaml'), '--quarter', period);
    const url = index.replace('index.html', `statement-${period}-E1001.html`);
    for (const width of [390, 1280]) {
      for (const one of [url, index]) {
        const { page } = await open(browser, one, { viewport: { width, height: 900 } });
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
        expect(await brokenWordsOf(page), `${width}`).toEqual([]);
        expect(await hiddenAmountsOf(page, '.number, .amount'), `${width}`).toEqual([]);
      }
    }
    const { page } = await open(browser, url, { viewport: { width: 390, height: 900 }, colorScheme: 'dark' });
    expect(await violationsOf(page)).toEqual([]);
  });

  test('a dozen lines are one page of paper, with lines to sign on', async () => {
    const config = join(salesTeam({ reps: 3, level: 4, invoicesAMonth: 4 }), 'comp.yaml');
    const index = await statementsOf(config, '--quarter', '2025-Q3');
    const { page } = await open(browser, index.replace('index.html', 'statement-2025-Q3-E1002.html'));
    expect(await page.locator('.lines tbody tr').count()).toBeGreaterThanOrEqual(11);
    for (const format of ['A4', 'Letter'] as const) expect(await sheetsOf(page, format)).toBe(1);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.signatures li:visible').count()).toBe(3);
  });
});

describe('a statement with more in it', () => {
  const withMore = {
    'a dozen clawbacks': () => [clawedBackWorkspace(), '2025-Q2', '2025-06-30', 'E1'],
    'a draw, a bonus, a cap, a dispute and instalments': () => [
      join(payAccountWorkspace(), 'comp.yaml'),
      '2025-03',
      '2025-03-31',
      'R1',
    ],
  } as const;

  test.each(Object.entries(withMore))('%s: one page of paper, and whole on a phone', async (_, make) => {
    const [config, period, asOf, rep] = make() as [string, string, string, string];
    const index = await statementsOf(config, '--quarter', period, '--as-of', asOf);
    const url = index.replace('index.html', `statement-${period}-${rep}.html`);
    const { page } = await open(browser, url);
    for (const format of ['A4', 'Letter'] as const) expect(await sheetsOf(page, format), format).toBe(1);
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const width of [390, 1280]) {
        const shown = await open(browser, url, { viewport: { width, height: 900 }, colorScheme });
        const across = await shown.page.evaluate(() => document.documentElement.scrollWidth);
        expect(across).toBeLessThanOrEqual(width);
        expect(await brokenWordsOf(shown.page), `${width}`).toEqual([]);
        expect(await hiddenAmountsOf(shown.page, '.number, .amount'), `${width}`).toEqual([]);
        expect(await violationsOf(shown.page)).toEqual([]);
      }
    }
  });
});

describe('the list of a thousand statements', () => {
  test('is filtered, and its totals follow', async () => {
    const config = join(
      salesTeam({ reps: 1000, level: 2, invoicesAMonth: 1, hasQuotas: false }),
      'comp.yaml',
    );
    const { page, complaints } = await open(browser, await statementsOf(config, '--quarter', '2025-Q3'));
    const rows = page.locator('tbody tr:not(.group):visible');
    expect(await rows.count()).toBe(1000);
    const whole = await page.locator('tfoot .due').textContent();
    await page.getByRole('searchbox').fill('e1001');
    expect(await rows.count()).toBe(1);
    expect(await page.locator('#found').textContent()).toBe('1 of 1000');
    expect(await page.locator('tfoot .due').textContent()).toBe(await rows.locator('.due').textContent());
    await page.getByRole('searchbox').fill('');
    expect(await page.locator('tfoot .due').textContent()).toBe(whole);
    expect(complaints).toEqual([]);
  });
});
