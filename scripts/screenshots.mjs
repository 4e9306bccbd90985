/** Makes the pictures of the documents anew, from the fixtures and the built program, in the browser of the browser tests. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const path = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'comp-screenshots-'));

function comp(...args) {
  execFileSync(process.execPath, [path('dist/bin/comp.js'), ...args, '--quiet'], { stdio: 'inherit' });
}

/** The report of real ledgers, where half of the commission waits for cash. */
function report() {
  const page = join(folder, 'report.html');
  const config = path('fixtures/adventureworks/comp.yaml');
  comp('report', '--config', config, '--as-of', '2014-03-31', '--level', '2', '--out', page);
  return page;
}

/** The statement of a rep with a name, from whom commission was taken back the quarter before. */
function statement() {
  const workspace = join(folder, 'workspace');
  cpSync(path('fixtures/scenarios/level-1'), workspace, { recursive: true });
  const config = join(workspace, 'comp.yaml');
  const terms = JSON.parse(readFileSync(config, 'utf8'));
  const company = { name: 'Northwind Traders', contact: 'payroll@northwind.example' };
  const ledgers = { ...terms.ledgers, reps: 'reps.csv' };
  writeFileSync(config, JSON.stringify({ ...terms, company, ledgers }));
  writeFileSync(join(workspace, 'reps.csv'), 'rep_id,name\nR1,Ada Reyes\n');
  comp('statement', '--quarter', '2025-Q3', '--config', config, '--out', folder);
  return join(folder, 'statement-2025-Q3-R1.html');
}

const browser = await chromium.launch({
  executablePath: process.env.COMP_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});

async function picture(file, name, width, height) {
  const page = await browser.newPage({ viewport: { width, height } });
  await page.goto(pathToFileURL(file).href);
  await page.screenshot({ path: path(`docs/${name}.png`) });
  await page.close();
}

try {
  const [close, pay] = [report(), statement()];
  await picture(close, 'report', 1280, 1080);
  await picture(close, 'report-phone', 390, 1300);
  await picture(pay, 'statement', 800, 1080);
  await picture(pay, 'statement-phone', 390, 1300);
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
