/** Packs the package, installs the tarball in an empty project, and imports and runs it there. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const project = mkdtempSync(join(tmpdir(), 'comp-package-'));
const run = (command, args) =>
  execFileSync(command, args, { cwd: project, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });

/** A workspace that the installed program must close. */
const CONFIG = fileURLToPath(new URL('../fixtures/scenarios/level-1/comp.yaml', import.meta.url));

const EXAMPLE = `
import { calculate, formatMinor } from 'clawback';
const outcome = calculate({
  terms: { currency: 'USD', plans: [{ id: 'ae', level: 3, rate: '5%' }] },
  ledgers: {
    invoices: { rows: [{ invoice_id: 'I1', customer_id: 'C1', rep_id: 'R1', invoice_date: '2025-01-15', amount: '1000.00' }] },
    payments: { rows: [{ payment_id: 'P1', invoice_id: 'I1', payment_date: '2025-02-10', amount: '400.00' }] },
  },
  asOf: '2025-03-31',
});
if (outcome.kind !== 'calculated') throw new Error(JSON.stringify(outcome.faults));
for (const { repId, quarter, paid, held } of outcome.quarters) {
  console.log(repId, quarter, formatMinor(paid, 2), formatMinor(held, 2));
}
`;

try {
  execFileSync('npm', ['pack', '--silent', '--pack-destination', project], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }\n');
  run('npm', ['install', '--silent', '--no-audit', '--no-fund', join(project, `clawback-${version}.tgz`)]);
  writeFileSync(join(project, 'example.mjs'), EXAMPLE);
  const said = run(process.execPath, ['example.mjs']).trim();
  if (said !== 'R1 2025-Q1 20.00 30.00') throw new Error(`the installed library says "${said}"`);
  const comp = join('node_modules', 'clawback', 'dist', 'bin', 'comp.js');
  const help = run(process.execPath, [comp, 'calc', '--help']);
  if (!help.includes('--period')) throw new Error('the installed program does not run');
  const close = ['calc', '--config', CONFIG, '--as-of', '2025-12-31', '--json', '--quiet'];
  const { quarters } = JSON.parse(run(process.execPath, [comp, ...close]));
  if (quarters.length === 0) throw new Error('the installed program calculates nothing');
  console.log('The tarball installs, imports and runs.');
} finally {
  rmSync(project, { recursive: true, force: true });
}
