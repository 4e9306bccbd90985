// Runs before each test file in the process that tests one mutant: has the switches, notes which of them are met, and ends the
// process when it takes far more processor time than the tests need without a mutant.
import { writeFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { afterAll, expect } from 'vitest';

const { COMP_MUTANT, COMP_MUTANT_CPU, COMP_MUTANT_NOTES } = process.env;
const tried = Number(COMP_MUTANT);

if (globalThis.__mutant === undefined) {
  const met = new Set();
  globalThis.__met = met;
  globalThis.__mutant =
    COMP_MUTANT_NOTES === undefined
      ? (id) => id === tried
      : (id) => {
          met.add(id);
          return false;
        };
  // A loop without end blocks this thread, so another one watches.
  if (COMP_MUTANT_CPU !== undefined) {
    const watch = `setInterval(() => {
      const { user, system } = process.cpuUsage();
      if (user + system > ${Number(COMP_MUTANT_CPU)} * 1e3) process.kill(process.pid, 'SIGKILL');
    }, 500)`;
    new Worker(watch, { eval: true }).unref();
  }
}

if (COMP_MUTANT_NOTES !== undefined) {
  afterAll(() => {
    const { user, system } = process.cpuUsage();
    const notes = {
      file: expect.getState().testPath,
      met: [...globalThis.__met],
      cpu: (user + system) / 1e3,
    };
    writeFileSync(COMP_MUTANT_NOTES, JSON.stringify(notes));
  });
}
