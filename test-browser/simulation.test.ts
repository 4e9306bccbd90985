/** The page of a simulation in a browser: self-contained, readable by all, on a phone, in the dark and on paper. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LevelNumber } from '../src/plans/levels.js';
import type { TermsInput } from '../src/plans/schema.js';
import { atLevel } from '../src/plans/terms.js';
import { type CollectionRule, readRule } from '../src/simulate/collections/rule.js';
import { simulateTexts } from '../src/simulate/simulate.js';
import type { Suppositions } from '../src/simulate/variant.js';
import type { PageHead } from '../src/simulation-page/columns.js';
import { simulationPage } from '../src/simulation-page/simulation-page.js';
import { loadWorkspace } from '../src/workspace/load.js';
import { newFolder } from '../test/support/comp.js';
import { brokenWordsOf, hiddenAmountsOf, open, sheetsOf, startBrowser, violationsOf } from './browser.js';
import { HOSTILE, hostileWorkspace } from './workspaces.js';

const DESKTOP = { viewport: { width: 1280, height: 900 } };
const PHONE = { viewport: { width: 390, height: 844 } };

/** Everything that a page can have. */
const SUPPOSED: Suppositions = {
  until: '2014-08-31',
  explain: '276',
  collect: [readRule('past-due > 30: 15 days earlier').rule as CollectionRule],
};

let browser: Browser;
let levels: string;
let full: string;
let hostile: string;

/** Writes the page of a workspace at some levels; its address. */
async function pageOf(
  config: string,
  asOf: string,
  numbers: readonly LevelNumber[],
  suppose: Suppositions,
  head: Partial<PageHead> = {},
): Promise<string> {
  const { terms, ledgers } = await loadWorkspace(config);
  const variants = numbers.map((level) => ({
    name: `level ${level}`,
    terms: atLevel(terms as TermsInput, level).terms,
  }));
  const outcome = simulateTexts({ terms, ledgers, asOf }, variants, suppose);
  if (outcome.kind === 'refused') throw new Error(JSON.stringify(outcome.faults));
  const carryingCost = { n: 9n, d: 100n };
  const page = simulationPage(outcome.simulation, { title: 'Level by level', config, carryingCost, ...head });
  const path = join(newFolder(), 'simulation.html');
  writeFileSync(path, page.toString());
  return pathToFileURL(path).href;
}

beforeAll(async () => {
  browser = await startBrowser();
  const adventureWorks = 'fixtures/adventureworks/comp.yaml';
  levels = await pageOf(adventureWorks, '2014-06-30', [0, 1, 2, 3, 4], {});
  full = await pageOf(adventureWorks, '2014-03-31', [3], SUPPOSED, { callCost: 1500n, explain: '276' });
  const names = new Map(HOSTILE.map((name) => [name, `N-${name}`]));
  hostile = await pageOf(
    hostileWorkspace(),
    '2025-12-31',
    [0, 4],
    { explain: HOSTILE[0] as string },
    { names, company: HOSTILE[2] as string, title: HOSTILE[9] as string },
  );
});

afterAll(async () => {
  await browser.close();
});

/** Texts of pictures that run into each other, or out of their picture. */
async function collisionsOf(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const found: string[] = [];
    for (const svg of document.querySelectorAll('svg.chart')) {
      const frame = svg.getBoundingClientRect();
      const texts = [...svg.querySelectorAll('text')].map((text) => ({
        words: text.textContent ?? '',
        box: text.getBoundingClientRect(),
      }));
      for (const [at, { words, box }] of texts.entries()) {
        if (box.left < frame.left - 1 || box.right > frame.right + 1) found.push(`${words} is cut off`);
        for (const other of texts.slice(at + 1)) {
          const isBeside = box.right <= other.box.left || other.box.right <= box.left;
          // The box of a letter has room above and below it.
          const isAbove = box.bottom <= other.box.top + 3 || other.box.bottom <= box.top + 3;
          if (!isBeside && !isAbove) found.push(`${words} is over ${other.words}`);
        }
      }
    }
    return found;
  });
}

describe('the page of a simulation', () => {
  test.each([
    ['on a screen', { ...DESKTOP, colorScheme: 'light' }],
    ['in the dark', { ...DESKTOP, colorScheme: 'dark' }],
    ['on a phone', { ...PHONE, colorScheme: 'light' }],
    ['on a phone in the dark', { ...PHONE, colorScheme: 'dark' }],
  ] as const)('is readable by all %s, and nothing of it is beyond the edge', async (_, options) => {
    for (const url of [levels, full]) {
      const { page, complaints } = await open(browser, url, options);
      expect(await violationsOf(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
        options.viewport.width,
      );
      expect(await collisionsOf(page)).toEqual([]);
      // The check itself brings a script, which no policy stops.
      expect(complaints).toEqual([]);
    }
  });

  test('has no script, and shows names as they are', async () => {
    const { page, complaints } = await open(browser, hostile, DESKTOP);
    expect(await page.evaluate(() => document.scripts.length)).toBe(0);
    expect(await page.locator('#people').textContent()).toContain(HOSTILE[0]);
    expect(await page.locator('h1').textContent()).toBe(HOSTILE[9]);
    expect(complaints).toEqual([]);
  });

  test('every picture has a name and a description, and the figures are in a table that the keyboard opens', async () => {
    const { page } = await open(browser, levels, DESKTOP);
    for (const picture of await page.getByRole('img').all()) {
      expect((await picture.getAttribute('aria-labelledby'))?.split(' ')).toHaveLength(2);
    }
    expect(await page.getByRole('img').count()).toBe(5 + 5 + 3);
    await page.locator('#quarters summary').focus();
    await page.keyboard.press('Enter');
    expect(await page.getByRole('table', { name: 'Earned and paid by quarter, USD' }).isVisible()).toBe(true);
  });

  test('fits on paper, light even where the screen is dark', async () => {
    for (const [url, most] of [
      [levels, 7],
      [full, 10],
    ] as const) {
      const { page } = await open(browser, url, {
        viewport: { width: 1032, height: 703 },
        colorScheme: 'dark',
      });
      await page.emulateMedia({ media: 'print' });
      expect(await hiddenAmountsOf(page, 'td.number')).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1032);
      expect(await brokenWordsOf(page)).toEqual([]);
      expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(
        'rgb(255, 255, 255)',
      );
      expect(await sheetsOf(page, 'A4')).toBeLessThanOrEqual(most);
    }
  });
});
