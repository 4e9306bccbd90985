import { defineConfig } from 'vitest/config';

// The tests that need a browser; npm test has none of them.
export default defineConfig({
  test: {
    include: ['test-browser/**/*.test.ts'],
    testTimeout: 900_000,
    hookTimeout: 900_000,
    globalSetup: ['test/support/around-all.ts'],
    fileParallelism: false,
  },
});
