import { defineConfig } from 'vitest/config';

// The tests that need a browser; npm test has none of them.
export default defineConfig({
  test: {
    include: ['test-browser/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    globalSetup: ['test/support/around-all.ts'],
    fileParallelism: false,
  },
});
