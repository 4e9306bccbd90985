// Calls a function of the built program in a process that is killed before its nth change to the file system. Given as JSON:
// the number, the module in dist/src/workspace, the function, its arguments, and the folder whose lock is held meanwhile, if any is.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { killedBefore } from '../../scripts/kill-before.mjs';

const DIST = join(import.meta.dirname, '..', '..', 'dist', 'src', 'workspace');

const { step, module, name, args, locked } = JSON.parse(process.argv[2]);
const built = (file) => import(pathToFileURL(join(DIST, file)).href);

// The built modules are imported after it, so that they call what it has put in place.
const { stepsTaken } = await import(killedBefore(step));

const { acquireLock } = await built('lock.js');
const lock = locked === undefined ? undefined : acquireLock(locked);
const { [name]: act } = await built(module);
const result = await act(...args);
lock?.release();
process.stdout.write(JSON.stringify({ result, steps: stepsTaken() }));
