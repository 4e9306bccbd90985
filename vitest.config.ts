import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 300_000,
    // As many files at once as there are processors; the default leaves one of them idle.
    maxWorkers: '100%',
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts', 'bin/**/*.ts'],
      reporter: ['text-summary', 'text', 'json-summary'],
      thresholds: {
        'src/engine/**': { lines: 99, branches: 99 },
        'src/plans/**': { lines: 99, branches: 99 },
      },
    },
  },
});
