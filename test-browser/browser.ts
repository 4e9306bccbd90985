/** A browser for tests, and the pages that they look at. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AxeResults } from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { comp, newFolder } from '../test/support/comp.js';

/** Where the browser is; `COMP_CHROMIUM` names another. */
const CHROMIUM = process.env['COMP_CHROMIUM'] ?? '/usr/bin/chromium';

/** Starts the browser; it reaches for nothing outside. */
export async function startBrowser(): Promise<Browser> {
  if (!existsSync(CHROMIUM))
    throw new Error(`there is no ${CHROMIUM}: install chromium, or name one in COMP_CHROMIUM`);
  return await chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** The report of a workspace, as `comp report` writes it; its address. */
export async function reportOf(config: string, ...flags: readonly string[]): Promise<string> {
  return await written('report', 'report.html', config, flags);
}

/** The list of the statements of a workspace, as `comp statement` writes them; its address. */
export async function statementsOf(config: string, ...flags: readonly string[]): Promise<string> {
  const out = await written('statement', 'statements', config, flags);
  return `${out}/index.html`;
}

async function written(
  command: string,
  name: string,
  config: string,
  flags: readonly string[],
): Promise<string> {
  const out = join(newFolder(), name);
  const ran = await comp([command, '--config', config, '--out', out, ...flags]);
  if (ran.exit !== 0) throw new Error(ran.stderr);
  return pathToFileURL(out).href;
}

/** A page that is open, and everything that it complained of or asked of the network. */
export interface Opened {
  readonly page: Page;
  readonly complaints: string[];
}

/** Opens an address. */
export async function open(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Opened> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  // A busy machine takes long.
  page.setDefaultTimeout(600_000);
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!request.url().startsWith('file://')) complaints.push(`request: ${request.url()}`);
  });
  await page.goto(url);
  return { page, complaints };
}

/** The words of a page that are broken in the middle: parts of them are on different lines. */
export async function brokenWordsOf(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const broken: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const text = node.textContent ?? '';
      if (node.parentElement?.checkVisibility() !== true) continue;
      if (node.parentElement.closest('svg, script, style, .unseen') !== null) continue;
      for (const { 0: word, index } of text.matchAll(/[\p{L}\p{N}][\p{L}\p{N}.,]*[\p{L}\p{N}]/gu)) {
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        const tops = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
        if (tops.size > 1) broken.push(word);
      }
    }
    return broken;
  });
}

/** The amounts that a reader does not see without scrolling sideways. */
export async function hiddenAmountsOf(page: Page, selector: string): Promise<string[]> {
  return await page.evaluate((within) => {
    const amounts = [...document.querySelectorAll<HTMLElement>(within)];
    return amounts
      .filter((cell) => cell.checkVisibility() && cell.getBoundingClientRect().right > innerWidth)
      .map((cell) => cell.textContent ?? '');
  }, selector);
}

/** How many sheets of paper a page prints on. */
export async function sheetsOf(page: Page, format: 'A4' | 'Letter'): Promise<number> {
  const pdf = (await page.pdf({ format, preferCSSPageSize: true })).toString('latin1');
  return [...pdf.matchAll(/\/Type\s*\/Page\b/g)].length;
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds at fault, a line for each. */
export async function violationsOf(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const results = await page.evaluate(
    async () => await (globalThis as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run(),
  );
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}
