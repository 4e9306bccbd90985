import { defineConfig } from 'vitest/config';
import { DEPTH, RUNS, SEED } from './test/support/depth.js';

const ALL = ['test/**/*.test.ts'];

/** Tests that change what other tests share: the module `node:fs`, the current folder, listeners of the process. */
const ALONE = ['test/workspace/**/*.test.ts', 'test/{query,widths}.test.ts'];

/** What runs while working: the rules, the laws, the tables and the goldens, all in the test's own process. */
const QUICK = [
  'test/{rules,engine,closing,explain,pages,charts,statement}/**/*.test.ts',
  'test/{auditor,closes,explain,faults-first,golden,laws,people,posting-order,recipes,regressions}.test.ts',
  'test/{decode,library,mapping-cells,paths,problems,schema,statement,summary-openings}.test.ts',
  'test/worked-*.test.ts',
];

/** Files share what they load: it takes longer to load the program than to run most of its tests. */
const shared = { isolate: false } as const;

export default defineConfig({
  test: {
    testTimeout: 600_000,
    hookTimeout: 600_000,
    // As many files at once as there are processors; the default leaves one of them idle.
    maxWorkers: '100%',
    globalSetup: ['test/support/around-all.ts'],
    // What has been transformed once is read from there by later runs.
    experimental: { fsModuleCache: true },
    // Every file of a run has the seed that is printed at its start.
    env: { COMP_DEPTH: DEPTH, COMP_RUNS: String(RUNS), COMP_SEED: String(SEED) },
    projects: [
      { extends: true, test: { ...shared, name: 'quick', include: QUICK } },
      { extends: true, test: { ...shared, name: 'rest', include: ALL, exclude: [...QUICK, ...ALONE] } },
      { extends: true, test: { name: 'alone', include: ALONE } },
    ],
    coverage: {
      provider: 'v8',
      reportOnFailure: true,
      include: ['src/**/*.ts', 'bin/**/*.ts'],
      reporter: ['text-summary', 'text', 'json-summary'],
      thresholds: {
        // Switches over closed unions end in a branch that nothing reaches.
        'src/engine/**': { lines: 99, branches: 96.5 },
        'src/plans/**': { lines: 99, branches: 99 },
      },
    },
  },
});
