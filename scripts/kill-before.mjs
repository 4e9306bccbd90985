// Kills its own process before the nth change that it makes to the file system, counted from 0: `kill-before.mjs?step=3`.
// Imported first, as in `node --import URL`; `killedBefore(3)` gives the URL.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/** What changes the disk, and whether a call with these arguments does. */
const CHANGES = {
  linkSync: () => true,
  mkdirSync: () => true,
  openSync: (_, flags) => typeof flags === 'string' && flags !== 'r',
  renameSync: () => true,
  rmSync: () => true,
  rmdirSync: () => true,
  unlinkSync: () => true,
  writeFileSync: () => true,
  writeSync: (file) => file > 2,
};

const step = new URL(import.meta.url).searchParams.get('step');
let taken = 0;

/** How many changes the process has made so far. */
export function stepsTaken() {
  return taken;
}

/** The URL of this module for a process that is to be killed before its nth change. */
export function killedBefore(nth) {
  return new URL(`kill-before.mjs?step=${nth}`, import.meta.url).href;
}

if (step !== null) {
  for (const [name, changes] of Object.entries(CHANGES)) {
    const real = fs[name];
    fs[name] = (...all) => {
      if (changes(...all)) {
        if (taken === Number(step)) process.kill(process.pid, 'SIGKILL');
        taken += 1;
      }
      return real(...all);
    };
  }
  syncBuiltinESMExports();
}
