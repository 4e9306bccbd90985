/** Packs the package, installs the tarball in empty projects, and runs there the README, the program and the examples. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const folder = mkdtempSync(join(tmpdir(), 'comp-package-'));
const tarball = join(folder, `clawback-${version}.tgz`);

function run(project, command, args) {
  return execFileSync(command, args, {
    cwd: project,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** An empty project, or a copy of an example, with the package installed from the tarball. */
function installed(name, example) {
  const project = join(folder, name);
  if (example === undefined) {
    mkdirSync(project);
    writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }\n');
  } else {
    cpSync(join(root, 'examples', example), project, { recursive: true });
  }
  run(project, 'npm', ['install', '--silent', '--prefer-offline', '--no-audit', '--no-fund', tarball]);
  return project;
}

/** The first example of the README prints what its comment says. */
function checkReadme(project) {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const example = /```ts\n([^`]*from 'clawback'[^`]*)```/.exec(readme)?.[1];
  const promised = /console\.log.*\/\/ (.*)/.exec(example ?? '')?.[1];
  if (example === undefined || promised === undefined)
    throw new Error('README.md has no example of the library');
  writeFileSync(join(project, 'example.mjs'), example);
  const printed = run(project, process.execPath, ['example.mjs']).trim();
  if (printed !== promised) throw new Error(`the installed library prints "${printed}"`);
}

/** The program runs, and calculates a workspace. */
function checkProgram(project) {
  const comp = join('node_modules', 'clawback', 'dist', 'bin', 'comp.js');
  const help = run(project, process.execPath, [comp, 'calc', '--help']);
  if (!help.includes('--period')) throw new Error('the installed program does not run');
  const config = join(root, 'fixtures', 'scenarios', 'level-1', 'comp.yaml');
  const close = ['calc', '--config', config, '--as-of', '2025-12-31', '--json', '--quiet'];
  const { quarters } = JSON.parse(run(project, process.execPath, [comp, ...close]));
  if (quarters.length === 0) throw new Error('the installed program calculates nothing');
}

/** `require` of the package has what `import` has, where this Node loads modules so (20.19, 22.12 and newer). */
function checkRequire(project) {
  if (!process.features.require_module) return;
  const script = `
    const doors = ['clawback', 'clawback/explain', 'clawback/payroll', 'clawback/csv'];
    Promise.all(doors.map((door) => import(door))).then((imported) =>
      console.log(doors.every((door, at) => Object.entries(imported[at]).every(([name, one]) => require(door)[name] === one))));`;
  writeFileSync(join(project, 'require.cjs'), script);
  const printed = run(project, process.execPath, ['require.cjs']).trim();
  if (printed !== 'true') throw new Error('require() of the package is not what import is');
}

/** The test of a plan change passes, and its types are right. */
function checkPlanChange() {
  const project = installed('plan-change', 'plan-change');
  run(project, 'npm', ['test', '--silent']);
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const options = ['--noEmit', '--strict', '--skipLibCheck', '--target', 'ES2023', '--module', 'NodeNext'];
  run(project, process.execPath, [tsc, ...options, 'plan-change.test.ts']);
}

/** Three closes, each in a process of its own, pay and book what the example says. */
function checkPayroll() {
  const project = installed('payroll', 'payroll');
  const printed = ['2025-03-31', '2025-06-30', '2025-09-30']
    .map((day) => run(project, process.execPath, ['payroll.mjs', day]))
    .join('');
  const expected = readFileSync(join(project, 'expected.txt'), 'utf8');
  if (printed !== expected) throw new Error(`examples/payroll prints:\n${printed}`);
}

try {
  run(root, 'npm', ['pack', '--silent', '--pack-destination', folder]);
  const project = installed('empty');
  checkReadme(project);
  checkProgram(project);
  checkRequire(project);
  checkPlanChange();
  checkPayroll();
  console.log('The tarball installs, imports and runs, and so do the examples.');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
