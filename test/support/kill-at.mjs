// Calls a function of the built program, and kills its own process when the file system is about to be asked to change
// something for the nth time. Said as JSON: the number, the module in dist/src/workspace, the function, its arguments,
// and the folder whose lock is held meanwhile, if any is.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const DIST = join(import.meta.dirname, '..', '..', 'dist', 'src', 'workspace');
const CHANGES = ['linkSync', 'mkdirSync', 'openSync', 'renameSync', 'rmSync', 'rmdirSync', 'unlinkSync'];

const { step, module, name, args, locked } = JSON.parse(process.argv[2]);
const built = (file) => import(pathToFileURL(join(DIST, file)).href);

let left = step;
for (const change of [...CHANGES, 'writeFileSync', 'writeSync']) {
  const real = fs[change];
  fs[change] = (...all) => {
    if (left === 0) process.kill(process.pid, 'SIGKILL');
    left -= 1;
    return real(...all);
  };
}
syncBuiltinESMExports();

const { acquireLock } = await built('lock.js');
const lock = locked === undefined ? undefined : acquireLock(locked);
const { [name]: act } = await built(module);
const told = await act(...args);
lock?.release();
process.stdout.write(JSON.stringify({ told, steps: step - left }));
