/** The close report in a browser: it opens from a file, sorts, filters, opens rows, prints, and is readable by all. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newFolder } from '../test/support/comp.js';
import { payAccountWorkspace } from '../test/support/pay-account.js';
import { salesTeam } from '../test/support/sales-team.js';
import { brokenWordsOf, open, reportOf, startBrowser, violationsOf } from './browser.js';
import {
  HOSTILE,
  hostileWorkspace,
  indebtedWorkspace,
  largeWorkspace,
  richWorkspace,
  shownName,
} from './workspaces.js';

const FIXTURES = join(import.meta.dirname, '..', 'fixtures');
const ADVENTUREWORKS = join(FIXTURES, 'adventureworks', 'comp.yaml');
const PHONE = { viewport: { width: 390, height: 844 } };

let browser: Browser;
let real: string;

beforeAll(async () => {
  browser = await startBrowser();
  real = await reportOf(ADVENTUREWORKS, '--as-of', '2014-03-31', '--level', '2');
});

afterAll(async () => {
  await browser.close();
});

const firstColumn = (page: Page) =>
  page.locator('#rep-table > tbody > tr:not(.detail) > th > .open').allTextContents();
const found = (page: Page) => page.locator('#found').textContent();
const total = (page: Page, key: string) =>
  page.evaluate((name) => {
    const at = [...document.querySelectorAll<HTMLElement>('#rep-table thead th')].findIndex(
      (th) => th.dataset['key'] === name,
    );
    return document.querySelectorAll('#rep-table > tfoot > tr > *')[at]?.textContent;
  }, key);

/** The texts of a chart that run into each other or out of it. */
const collisionsOf = (page: Page) =>
  page.evaluate(() => {
    const charts = [...document.querySelectorAll('.chart')].filter((chart) => chart.checkVisibility());
    return charts.flatMap((chart) => {
      const frame = chart.getBoundingClientRect();
      const texts = [...chart.querySelectorAll('text')].map((text) => {
        return { words: text.textContent ?? '', box: text.getBoundingClientRect() };
      });
      return texts.flatMap(({ words, box }, at) => [
        ...(box.left < frame.left - 1 || box.right > frame.right + 1 ? [`${words} runs out`] : []),
        ...texts
          .slice(at + 1)
          .filter(
            (other) =>
              box.left < other.box.right &&
              other.box.left < box.right &&
              box.top < other.box.bottom &&
              other.box.top < box.bottom,
          )
          .map((other) => `${words} meets ${other.words}`),
      ]);
    });
  });

describe('the report', () => {
  test('opens from a file, asks for nothing and complains of nothing', async () => {
    const { page, complaints } = await open(browser, real);
    expect(await page.title()).toBe('Close report 2014-Q4, as of 2014-03-31 (draft)');
    expect(await page.locator('.strip > li').count()).toBe(5);
    expect(complaints).toEqual([]);
  });

  test('is the same before its script runs as after it', async () => {
    const withScript = await open(browser, real);
    const without = await open(browser, real, { javaScriptEnabled: false });
    const text = (page: Page) => page.locator('#rep-table').innerText();
    expect(await text(withScript.page)).toBe(await text(without.page));
    expect(await withScript.page.locator('#found').innerText()).toBe(
      await without.page.locator('#found').textContent(),
    );
  });

  test('sorts by a column, up and down, and says so', async () => {
    const { page, complaints } = await open(browser, real);
    const paid = page.locator('th[data-key="paid"]');
    const rep = page.locator('th[data-key="rep"]');
    expect(await paid.getAttribute('aria-sort')).toBe('descending');
    await rep.getByRole('button').click();
    const names = await firstColumn(page);
    expect(names).toEqual([...names].sort());
    expect(await rep.getAttribute('aria-sort')).toBe('ascending');
    expect(await page.locator('th[aria-sort]').count()).toBe(1);
    expect(await found(page)).toBe('17 reps in 2014-Q4, by rep, a to z.');
    await rep.getByRole('button').click();
    expect(await firstColumn(page)).toEqual([...names].reverse());
    expect(complaints).toEqual([]);
  });

  test('filters by rep, by customer and by invoice; totals follow', async () => {
    const { page, complaints } = await open(browser, real);
    const filter = page.getByRole('searchbox');
    const whole = await total(page, 'paid');
    await filter.fill('276');
    expect(await firstColumn(page)).toContain('276');
    expect(await found(page)).toMatch(/^\d+ of 17 reps in 2014-Q4/);
    await page.getByRole('button', { name: '276', exact: true }).click();
    const invoice = await page.locator('tr.detail .scroll tbody th').first().textContent();
    await filter.fill(invoice?.toLowerCase() ?? '');
    expect(await firstColumn(page)).toEqual(['276']);
    expect(await total(page, 'rep')).toBe('Total of 1 rep');
    expect(await total(page, 'paid')).toBe(
      await page.locator('#rep-table > tbody > tr > td.paid').textContent(),
    );
    await filter.fill('Xy<b>');
    expect(await page.locator('#rep-table > tbody').textContent()).toBe(
      'No rep matches \u2018Xy<b>\u2019. Clear the filter.',
    );
    await page.getByRole('button', { name: 'Clear the filter' }).click();
    expect(await total(page, 'paid')).toBe(whole);
    expect(complaints).toEqual([]);
  });

  test('says where the postings are that it has no room for', async () => {
    const text = readFileSync(fileURLToPath(real), 'utf8');
    const without = text.replace(/<script type="application\/json" id="data">(.*?)<\/script>/s, (_, data) => {
      const { quarters, ...rest } = JSON.parse(data as string) as { quarters: object[] };
      const less = { ...rest, quarters: quarters.map((quarter) => ({ ...quarter, postings: null })) };
      return `<script type="application/json" id="data">${JSON.stringify(less)}</script>`;
    });
    const file = join(newFolder(), 'report.html');
    writeFileSync(file, without);
    const { page, complaints } = await open(browser, pathToFileURL(file).href);
    await page.getByRole('searchbox').fill('SO6');
    expect(await page.locator('#rep-table > tbody').textContent()).toBe(
      'No rep matches \u2018SO6\u2019. Clear the filter. Only reps are searched: the postings of this quarter are in postings.csv.',
    );
    await page.getByRole('searchbox').fill('');
    await page.getByRole('button', { name: '276', exact: true }).click();
    expect(await page.locator('tr.detail').textContent()).toContain(
      'This page has no room for the postings of this quarter: they are in postings.csv.',
    );
    expect(complaints).toEqual([]);
  });

  test('opens a row with its sums and postings, and its address leads back to it', async () => {
    const { page, complaints } = await open(browser, real);
    const button = page.getByRole('button', { name: '275', exact: true });
    await button.click();
    expect(await button.getAttribute('aria-expanded')).toBe('true');
    expect(new URL(page.url()).hash).toBe('#rep=275&q=2014-Q4');
    const detail = page.locator('tr.detail');
    const paid = await page
      .locator('#rep-table > tbody > tr', { has: button })
      .locator('td.paid')
      .textContent();
    expect(await detail.locator('.sums table').first().locator('tfoot td').textContent()).toBe(paid);
    expect(await detail.locator('.scroll tbody tr').count()).toBeGreaterThan(10);
    await button.click();
    expect(await detail.count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test('follows a link to a rep and a quarter', async () => {
    const { page, complaints } = await open(browser, `${real}#rep=282&q=2013-Q2`);
    expect(await page.locator('#quarter').inputValue()).toBe('2013-Q2');
    expect(await page.locator('tr.detail h3').textContent()).toBe('282 \u00B7 2013-Q2 \u00B7 plan reseller');
    const shown = await page
      .locator('figure[data-quarter]:not([hidden])')
      .evaluateAll((figures) => figures.map((one) => (one as HTMLElement).dataset['quarter']));
    expect(shown).toEqual(['2013-Q2', '2013-Q2']);
    await page.evaluate(() => {
      location.hash = '#rep=nobody&q=2014-Q4';
    });
    await page.waitForFunction(() =>
      document.getElementById('found')?.textContent?.startsWith('There is no rep'),
    );
    expect(complaints).toEqual([]);
  });

  test('is worked with the keyboard alone', async () => {
    const { page } = await open(browser, real);
    await page.locator('th[data-key="held"] button').focus();
    await page.keyboard.press('Enter');
    expect(await found(page)).toContain('by held, largest first');
    await page.locator('#rep-table .open').first().focus();
    await page.keyboard.press('Space');
    expect(await page.locator('tr.detail').count()).toBe(1);
  });

  test('prints', async () => {
    const { page, complaints } = await open(browser, real);
    for (const format of ['A4', 'Letter'] as const) {
      const pdf = await page.pdf({ format, preferCSSPageSize: false });
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
      expect(pdf.length).toBeGreaterThan(20_000);
    }
    expect(complaints).toEqual([]);
  });

  test.each([
    'light',
    'dark',
  ] as const)('has no fault that axe finds, on a desktop and a phone, in %s', async (colorScheme) => {
    for (const options of [{ viewport: { width: 1280, height: 900 } }, PHONE]) {
      const { page } = await open(browser, `${real}#rep=275&q=2014-Q4`, { ...options, colorScheme });
      await page.getByRole('button', { name: '276', exact: true }).click();
      await page
        .locator('details')
        .first()
        .evaluate((one) => one.setAttribute('open', ''));
      expect(await violationsOf(page)).toEqual([]);
    }
  });

  test('tells of debts without saying when they are paid back', async () => {
    const { page } = await open(browser, await reportOf(indebtedWorkspace(), '--period', '2025-Q2'));
    await page.locator('#rep-table .open').first().click();
    expect(await page.locator('.detail').innerText()).toContain(
      'Debts: 500.00 charged, net by invoice, 500.00 recovered from this pay.',
    );
  });

  test('shows what is paid and held beside long names, on a phone too', async () => {
    const { page } = await open(browser, await reportOf(indebtedWorkspace(), '--period', '2025-Q2'), PHONE);
    const right = await page
      .locator('#rep-table > thead th:visible')
      .last()
      .evaluate((cell) => cell.getBoundingClientRect().right);
    expect(right).toBeLessThanOrEqual(390);
  });

  test('keeps the amounts of a chart apart, however large they are', async () => {
    for (const digits of [5, 6, 7, 8, 11]) {
      const url = await reportOf(richWorkspace(digits), '--period', '2025-Q2');
      for (const width of [390, 1280]) {
        const { page } = await open(browser, url, { viewport: { width, height: 800 } });
        expect(await collisionsOf(page), `${digits} digits on ${width}`).toEqual([]);
      }
    }
  });

  test('fits a phone: nothing scrolls sideways but tables in their regions', async () => {
    for (const width of [320, 390, 760, 1000]) {
      const { page } = await open(browser, `${real}#rep=275&q=2014-Q4`, { viewport: { width, height: 800 } });
      expect(await page.evaluate(() => document.documentElement.scrollWidth), `${width}`).toBeLessThanOrEqual(
        width,
      );
    }
    const { page } = await open(browser, real, PHONE);
    expect(await page.locator('figure:not([hidden]) > .chart.vertical').first().isVisible()).toBe(false);
    expect(await page.locator('figure:not([hidden]) > .chart.horizontal').first().isVisible()).toBe(true);
    expect(await page.locator('#rep-table thead th:visible').allTextContents()).toEqual([
      'rep',
      '= paid',
      'held',
    ]);
  });
});

describe('the layout of the report', () => {
  test('a real close, with something in every section, is two screens', async () => {
    const { page } = await open(browser, real, { viewport: { width: 1280, height: 1000 } });
    expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThanOrEqual(2 * 1000);
    expect(await brokenWordsOf(page)).toEqual([]);
  });

  test('a close with draws, caps and instalments fits a phone and a desktop, in light and dark', async () => {
    const url = await reportOf(join(payAccountWorkspace(), 'comp.yaml'), '--as-of', '2025-03-31');
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const width of [390, 1280]) {
        const { page } = await open(browser, url, { viewport: { width, height: 900 }, colorScheme });
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
        expect(await brokenWordsOf(page)).toEqual([]);
        expect(await violationsOf(page)).toEqual([]);
      }
    }
    const { page } = await open(browser, url);
    await page.getByRole('button', { name: 'R1', exact: true }).click();
    expect(await page.locator('tr.detail tr:has(.mark) th').allTextContents()).toEqual(['A-1 disputed']);
  });

  test('a close of 200 reps is two screens, the reps first, and no word is broken', async () => {
    const url = await reportOf(join(salesTeam({ reps: 200, level: 2 }), 'comp.yaml'), '--period', '2025-Q4');
    const { page } = await open(browser, url, { viewport: { width: 1280, height: 1024 } });
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    expect(height).toBeLessThanOrEqual(2 * 1024);
    expect(await page.locator('main h2').first().textContent()).toBe('Reps');
    expect(await brokenWordsOf(page)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    expect(await brokenWordsOf(page)).toEqual([]);
  });

  test('prints on landscape pages without overrun', async () => {
    const url = await reportOf(join(salesTeam({ reps: 8, level: 1 }), 'comp.yaml'), '--period', '2025-Q3');
    // A4 and Letter in landscape, less the margins, in pixels of 1/96 inch.
    for (const width of [1031, 965]) {
      const { page } = await open(browser, url, { viewport: { width, height: 700 } });
      await page.emulateMedia({ media: 'print' });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
  });
});

describe('names that mean mischief', () => {
  test('are text, wherever they stand', async () => {
    const url = await reportOf(hostileWorkspace(), '--as-of', '2025-06-30');
    const { page, complaints } = await open(browser, url);
    const names = await firstColumn(page);
    for (const name of HOSTILE) {
      const shown = shownName(name);
      expect(names).toContain(shown);
      await page.getByRole('searchbox').fill(shown);
      expect(await firstColumn(page)).toContain(shown);
      await page.goto(`${url}#${new URLSearchParams({ rep: name, q: '2025-Q2' })}`);
      await page.reload();
      expect(await page.locator('tr.detail h3 bdi').allTextContents()).toEqual([
        shown,
        `N-${shown}`,
        '<b>ae</b>',
      ]);
      expect(await page.locator('tr:has(+ .detail) .person').textContent()).toBe(`N-${shown}`);
      expect(await page.locator('tr.detail').locator('.scroll tbody').textContent()).toContain(`C-${shown}`);
    }
    const elements = await page.evaluate(() => [
      document.querySelectorAll('img, b, i, iframe, object').length,
      document.scripts.length,
      document.querySelectorAll('[onload], [onerror], [onmouseover], [style]').length,
    ]);
    expect(elements).toEqual([0, 2, 0]);
    expect(await violationsOf(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

describe('ten thousand reps', () => {
  test('show 200 rows: to open, sort and filter draws no more', async () => {
    const url = await reportOf(largeWorkspace(10_000), '--as-of', '2025-12-31');
    const { page, complaints } = await open(browser, url);
    expect(await page.locator('#rep-table > tbody > tr').count()).toBe(200);
    expect(await found(page)).toBe('10,000 reps in 2025-Q4, by paid, largest first.');
    const drawn = await page.evaluate(() => {
      const body = document.querySelector('#rep-table > tbody') as HTMLElement;
      const observer = new MutationObserver(() => {});
      observer.observe(body, { childList: true });
      const rows = () => observer.takeRecords().reduce((sum, { addedNodes }) => sum + addedNodes.length, 0);
      document.querySelector<HTMLElement>('th[data-key="held"] button')?.click();
      const sorted = rows();
      const filter = document.getElementById('filter') as HTMLInputElement;
      filter.value = 'rep 00012';
      filter.dispatchEvent(new Event('input'));
      return { sorted, filtered: rows() };
    });
    expect(drawn).toEqual({ sorted: 200, filtered: 1 });
    expect(await page.locator('#rep-table > tbody > tr').count()).toBe(1);
    await page.getByRole('button', { name: 'Clear the filter' }).click();
    await page.getByRole('button', { name: 'All 10,000' }).click();
    expect(await page.locator('#rep-table > tbody > tr').count()).toBe(10_000);
    expect(complaints).toEqual([]);
  });
});
