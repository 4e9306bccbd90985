/** The page of an evidence pack in a browser: self-contained, readable by all, on a phone, in the dark and on paper. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { unzipSync } from 'fflate';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compIn, newFolder } from '../test/support/comp.js';
import { brokenWordsOf, hiddenAmountsOf, open, startBrowser, violationsOf } from './browser.js';
import { hostileWorkspace, shownName } from './workspaces.js';

const DESKTOP = { viewport: { width: 1280, height: 900 } };
const PHONE = { viewport: { width: 390, height: 844 } };

/** A name that would be something else than text, were it not escaped. */
const APPROVER = '<img src=x onerror=alert(1)>\u202Etxt';

let browser: Browser;
let url: string;

beforeAll(async () => {
  browser = await startBrowser();
  const dir = dirname(hostileWorkspace());
  const out = join(newFolder(), 'evidence.zip');
  for (const args of [
    ['close', '2025-Q1', '--no-pages', '--by', 'Ana'],
    ['approve', '2025-Q1', '--by', APPROVER, '--note', APPROVER],
    ['reopen', '2025-Q1', '--reason', `${APPROVER} again`],
    ['close', '2025-Q1', '--archive', '--by', 'Ana'],
    ['approve', '2025-Q1', '--by', APPROVER],
    ['evidence', '2025-Q1', '--out', out],
  ]) {
    const ran = await compIn(dir, args);
    if (ran.exit !== 0) throw new Error(ran.stderr);
  }
  const folder = newFolder();
  for (const [name, bytes] of Object.entries(unzipSync(readFileSync(out)))) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  url = pathToFileURL(join(folder, 'index.html')).href;
});

afterAll(async () => {
  await browser.close();
});

describe('the evidence of a close', () => {
  test('asks for nothing, runs nothing, and shows names as they are', async () => {
    const { page, complaints } = await open(browser, url, DESKTOP);
    expect(await page.title()).toBe('Evidence 2025-Q1');
    expect(await page.evaluate(() => document.scripts.length)).toBe(0);
    expect(await page.locator('.state').textContent()).toContain(`Approved by ${shownName(APPROVER)}.`);
    expect(await page.locator('dl').textContent()).toContain('Every byte matches');
    for (const link of await page.locator('a').all()) {
      const target = new URL((await link.getAttribute('href')) ?? '', url);
      expect(readFileSync(target).length).toBeGreaterThan(0);
    }
    expect(complaints).toEqual([]);
  });

  test.each([
    ['on a screen', { ...DESKTOP, colorScheme: 'light' }],
    ['in the dark', { ...DESKTOP, colorScheme: 'dark' }],
    ['on a phone', { ...PHONE, colorScheme: 'light' }],
    ['on a phone in the dark', { ...PHONE, colorScheme: 'dark' }],
  ] as const)('is readable by all %s, and nothing of it is beyond the edge', async (_, options) => {
    const { page } = await open(browser, url, options);
    expect(await violationsOf(page)).toEqual([]);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(options.viewport.width);
  });

  test('fits on paper', async () => {
    const { page } = await open(browser, url, { viewport: { width: 680, height: 960 } });
    await page.emulateMedia({ media: 'print' });
    expect(await hiddenAmountsOf(page, 'td.number')).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(680);
    expect((await brokenWordsOf(page)).filter((word) => !/^[0-9a-f]{64}$/.test(word))).toEqual([]);
  });
});
