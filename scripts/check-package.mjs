/** Packs the package, installs the tarball in an empty project, and imports and runs it there. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const project = mkdtempSync(join(tmpdir(), 'comp-package-'));
const run = (command, args) =>
  execFileSync(command, args, { cwd: project, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });

/** A workspace that the installed program must close. */
const CONFIG = fileURLToPath(new URL('../fixtures/scenarios/level-1/comp.yaml', import.meta.url));

/** The example of the README, which must print what its comment says. */
const README = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const EXAMPLE = /```ts\n([^`]*from 'clawback'[^`]*)```/.exec(README)?.[1];
const PRINTED = /console\.log.*\/\/ (.*)/.exec(EXAMPLE ?? '')?.[1];
if (EXAMPLE === undefined || PRINTED === undefined)
  throw new Error('README.md has no example of the library');

/** The test of a plan change that the README shows. */
const PLAN_CHANGE = /```ts\n([^`]*from 'clawback\/testing'[^`]*)```/.exec(README)?.[1];
if (PLAN_CHANGE === undefined) throw new Error('README.md has no test of a plan change');

/** Runs the README's test in the project, with vitest and fast-check as this repository has them: nothing is downloaded. */
function checkPlanChange() {
  for (const name of ['vitest', 'fast-check']) {
    const own = fileURLToPath(new URL(`../node_modules/${name}`, import.meta.url));
    symlinkSync(own, join(project, 'node_modules', name), 'junction');
  }
  writeFileSync(join(project, 'plan-change.test.ts'), PLAN_CHANGE);
  run(process.execPath, [
    join('node_modules', 'vitest', 'vitest.mjs'),
    'run',
    '--root',
    '.',
    '--testTimeout',
    '600000',
  ]);
}

try {
  execFileSync('npm', ['pack', '--silent', '--pack-destination', project], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }\n');
  run('npm', ['install', '--silent', '--no-audit', '--no-fund', join(project, `clawback-${version}.tgz`)]);
  writeFileSync(join(project, 'example.mjs'), EXAMPLE);
  const printed = run(process.execPath, ['example.mjs']).trim();
  if (printed !== PRINTED) throw new Error(`the installed library prints "${printed}"`);
  const comp = join('node_modules', 'clawback', 'dist', 'bin', 'comp.js');
  const help = run(process.execPath, [comp, 'calc', '--help']);
  if (!help.includes('--period')) throw new Error('the installed program does not run');
  const close = ['calc', '--config', CONFIG, '--as-of', '2025-12-31', '--json', '--quiet'];
  const { quarters } = JSON.parse(run(process.execPath, [comp, ...close]));
  if (quarters.length === 0) throw new Error('the installed program calculates nothing');
  checkPlanChange();
  console.log('The tarball installs, imports and runs, and so does its test kit.');
} finally {
  rmSync(project, { recursive: true, force: true });
}
