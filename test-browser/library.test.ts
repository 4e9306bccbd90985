/** The library in a browser: bundled by itself, it answers in a page and in a worker what it answers in Node. */
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as csv from '../src/csv.js';
import * as explain from '../src/explain.js';
import * as library from '../src/index.js';
import * as payroll from '../src/payroll.js';
import { open, startBrowser } from './browser.js';
import { answerOf } from './library-answer.js';

const ANSWER = join(import.meta.dirname, 'library-answer.ts');

/** The package as a user imports it; what it answers is a global of the page or the worker. */
const ENTRY = `
import * as csv from 'clawback/csv';
import * as explain from 'clawback/explain';
import * as library from 'clawback';
import * as payroll from 'clawback/payroll';
import { answerOf } from ${JSON.stringify(ANSWER)};
globalThis.answer = answerOf({ csv, explain, library, payroll });
`;
const ENTRY_NAME = join(import.meta.dirname, 'library-entry.js');

/** One script, made of the built package for browsers; anything that only Node has stops it. */
async function bundled(): Promise<string> {
  const bundle = await rolldown({
    input: ENTRY_NAME,
    platform: 'browser',
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === ENTRY_NAME ? id : null),
        load: (id) => (id === ENTRY_NAME ? ENTRY : null),
      },
    ],
    onLog: (level, { message }) => {
      if (level === 'warn') throw new Error(message);
    },
  });
  const { output } = await bundle.generate({ format: 'iife' });
  await bundle.close();
  return output[0].code;
}

let browser: Browser;
let script: string;
let expected: string;

beforeAll(async () => {
  browser = await startBrowser();
  script = await bundled();
  expected = await answerOf({ csv, explain, library, payroll });
});

afterAll(async () => {
  await browser.close();
});

describe('the bundled library', () => {
  test('answers in a page what it answers in Node', async () => {
    const { page, complaints } = await open(browser, 'about:blank');
    await page.addScriptTag({ content: script });
    const answer = await page.evaluate(() => (globalThis as unknown as { answer: Promise<string> }).answer);
    expect(JSON.parse(answer)).toEqual(JSON.parse(expected));
    expect(complaints).toEqual([]);
  });

  test('answers in a worker what it answers in Node', async () => {
    const { page, complaints } = await open(browser, 'about:blank');
    const answer = await page.evaluate(async (code) => {
      const text = `${code}\nanswer.then((text) => postMessage(text), (error) => postMessage(String(error)));`;
      const worker = new Worker(URL.createObjectURL(new Blob([text], { type: 'text/javascript' })));
      return await new Promise<string>((resolve, reject) => {
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = ({ message }) => reject(new Error(message));
      });
    }, script);
    expect(JSON.parse(answer)).toEqual(JSON.parse(expected));
    // The worker's own script is all that is asked for.
    expect(complaints.filter((complaint) => !complaint.startsWith('request: blob:'))).toEqual([]);
  });
});
