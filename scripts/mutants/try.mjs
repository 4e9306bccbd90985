// Runs the tests of a room again and again in one Vitest, with one mutant at a time.
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { createVitest } from 'vitest/node';
import { withSwitches } from './switches.mjs';

const ROOT = join(import.meta.dirname, '..', '..');
const NOTES = join(tmpdir(), `comp-mutants-${process.pid}.json`);

/** How many times the processor time that the tests need without a mutant; and milliseconds on top. */
const [TIMES, MORE] = [8, 10_000];

/** The files in the order in which they are given. */
class AsGiven {
  shard(files) {
    return files;
  }
  sort(files) {
    return files;
  }
}

/**
 * Starts Vitest with every mutant of the sample behind its switch.
 *
 * @param tests - parts of the paths of the test files
 * @param mutants - each with an `id`
 */
export async function startTrials(tests, mutants) {
  // Property tests do with few cases; tests of the built program cannot run.
  process.env.COMP_DEPTH = 'quick';
  process.env.COMP_RUNS ??= '12';
  const byFile = grouped(mutants);
  const switches = {
    name: 'switches',
    enforce: 'pre',
    transform(code, id) {
      const own = byFile.get(relative(ROOT, id.split('?')[0]));
      return own === undefined ? undefined : { code: withSwitches(code, own), map: null };
    },
  };
  const vitest = await createVitest(
    'test',
    {
      root: ROOT,
      config: false,
      watch: false,
      include: ['test/**/*.test.ts'],
      globalSetup: ['test/support/around-all.ts'],
      setupFiles: [join(import.meta.dirname, 'worker.mjs')],
      reporters: [{}],
      silent: true,
      pool: 'forks',
      isolate: false,
      maxWorkers: 1,
      bail: 1,
      testTimeout: 3_600_000,
      hookTimeout: 3_600_000,
      sequence: { sequencer: AsGiven },
    },
    { plugins: [switches], logLevel: 'silent' },
  );
  const specs = await vitest.globTestSpecifications(tests);
  if (specs.length === 0) throw new Error(`no tests in ${tests.join(', ')}`);

  /** Runs test files in a new process; whether all of them pass. */
  let [reason, killer] = ['', undefined];
  const pass = async (files, environment) => {
    Object.assign(process.env, { COMP_MUTANT: 'none', ...environment });
    const { testModules, unhandledErrors } = await vitest.runTestSpecifications(files, false);
    // Vitest returns what it knows of every file, also of those that ran before.
    const ran = testModules.filter(({ moduleId }) => files.some((one) => one.moduleId === moduleId));
    const errors = ran.flatMap((one) => [
      ...one.errors(),
      ...[...one.children.allTests('failed')].flatMap((test) => test.result().errors ?? []),
    ]);
    [reason = ''] = [...unhandledErrors, ...errors].map(({ message }) => String(message).split('\n', 1)[0]);
    killer = ran.find((one) => one.state() === 'failed')?.moduleId;
    vitest.state.clearErrors();
    return unhandledErrors.length === 0 && ran.every((one) => ['passed', 'skipped'].includes(one.state()));
  };

  const baselines = [];
  for (const spec of specs) {
    if (!(await pass([spec], { COMP_MUTANT_NOTES: NOTES }))) {
      console.warn(`  ${relative(ROOT, spec.moduleId)} fails without any mutant and is left out: ${reason}`);
      continue;
    }
    const { met, cpu } = JSON.parse(readFileSync(NOTES, 'utf8'));
    baselines.push({ spec, met: new Set(met), cpu, kills: 0 });
  }
  delete process.env.COMP_MUTANT_NOTES;
  // Otherwise every mutant would be killed.
  const sound = baselines.map(({ spec }) => spec);
  if (!(await pass(sound, {})))
    throw new Error(`${tests.join(', ')}: together they fail without any mutant: ${reason}`);

  return {
    /** Processor seconds that all tests take without a mutant. */
    cpu: sumOf(baselines) / 1000,
    /** Whether a test fails with this mutant; `uncovered` where none meets it. */
    async isKilled({ id }) {
      const covering = baselines.filter(({ met }) => met.has(id));
      if (covering.length === 0) return 'uncovered';
      // First what has killed most for its time.
      covering.sort((a, b) => (b.kills + 1) / b.cpu - (a.kills + 1) / a.cpu);
      for (const batch of [covering.slice(0, 2), covering.slice(2)]) {
        if (batch.length === 0) continue;
        const limit = String(Math.ceil(sumOf(batch) * TIMES + MORE));
        const files = batch.map(({ spec }) => spec);
        if (await pass(files, { COMP_MUTANT: String(id), COMP_MUTANT_CPU: limit })) continue;
        const own = batch.find(({ spec }) => spec.moduleId === killer) ?? batch[0];
        own.kills += 1;
        return 'killed';
      }
      return 'survived';
    },
    async end() {
      await vitest.close();
      process.exitCode = 0;
    },
  };
}

function sumOf(baselines) {
  return baselines.reduce((sum, { cpu }) => sum + cpu, 0);
}

function grouped(mutants) {
  const byFile = new Map();
  for (const mutant of mutants) byFile.set(mutant.file, [...(byFile.get(mutant.file) ?? []), mutant]);
  return byFile;
}
