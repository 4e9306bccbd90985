// Takes locks in a thread that stands for a process, and asks the scheduler before every step that it makes on the disk.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';

const { cells, index, takers, folders, STATES, FAILED, FIRST_PID } = workerData;
// By taker: the state, whether it has the lock, whether it lives; then the round, and how often the lock is taken.
const shared = new Int32Array(cells);
const [STATE, HAS, LIVES] = [0, 1, 2].map((which) => index * 3 + which);
const [ROUND, TURNS] = [takers * 3, takers * 3 + 1];

function waitWhile(cell, value) {
  while (Atomics.load(shared, cell) === value) Atomics.wait(shared, cell, value);
}

function gate() {
  if (shared[STATE] !== STATES.dying) {
    Atomics.store(shared, STATE, STATES.waiting);
    Atomics.notify(shared, STATE);
    waitWhile(STATE, STATES.waiting);
  }
  if (shared[STATE] === STATES.dying) throw new Error('dead');
}

for (const step of [
  'linkSync',
  'openSync',
  'readFileSync',
  'readdirSync',
  'renameSync',
  'rmSync',
  'unlinkSync',
]) {
  const real = fs[step];
  fs[step] = (path, ...more) => {
    if (String(path).startsWith(folders)) gate();
    return real(path, ...more);
  };
}
const write = fs.writeFileSync;
fs.writeFileSync = (path, ...more) => {
  gate();
  return write(path, ...more);
};
syncBuiltinESMExports();

// Processes of the test are those that the scheduler lets live, and their numbers are none of the system's.
process.kill = (pid) => {
  const taker = pid - FIRST_PID - shared[ROUND] * 8;
  if (taker >= 0 && taker < takers && shared[taker * 3 + 2] === 1) return true;
  throw Object.assign(new Error('no such process'), { code: 'ESRCH' });
};

const load = (file) =>
  import(pathToFileURL(join(import.meta.dirname, '..', '..', 'dist', 'src', 'workspace', file)).href);
const { acquireLock } = await load('lock.js');
const { sweep } = await load('scratch.js');

function play(dir) {
  const turns = shared[TURNS];
  for (let turn = 0; turn < Math.max(turns, 1); turn += 1) {
    const lock = acquireLock(dir);
    if (lock.kind === 'held') continue;
    shared[HAS] = 1;
    if (turns === 0) return;
    sweep(dir);
    gate();
    shared[HAS] = 0;
    lock.release();
  }
}

parentPort.postMessage('here');
for (let round = 1; ; round += 1) {
  waitWhile(ROUND, round - 1);
  Object.defineProperty(process, 'pid', { value: FIRST_PID + round * 8 + index, configurable: true });
  try {
    play(join(folders, String(round)));
  } catch {
    // What the dead do not do says nothing; the living must not fail.
    if (shared[LIVES] === 1) shared[HAS] = FAILED;
  }
  Atomics.store(shared, STATE, STATES.idle);
  Atomics.notify(shared, STATE);
}
