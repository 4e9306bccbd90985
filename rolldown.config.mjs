// Bundles the program, so that a run loads a few files and not the hundreds that its packages have.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'rolldown';
import { inlineText } from './scripts/inline-text.mjs';
import { licenses } from './scripts/licenses.mjs';

// What yaml has for browsers are the same sources as modules; of those for Node nothing can be left out.
const yaml = fileURLToPath(new URL('browser/index.js', import.meta.resolve('yaml/package.json')));
// What fflate has for Node differs in its threads, of which nothing is used.
const fflate = fileURLToPath(import.meta.resolve('fflate/browser'));

const options = {
  platform: 'node',
  external: ['@duckdb/node-api'],
  resolve: { alias: { yaml, fflate } },
};

const output = {
  dir: 'dist/bin',
  chunkFileNames: '[name].js',
  // Names and lines stay as they are, for stack traces; comments are only longer to load.
  comments: false,
  // A file with one letter beyond Latin takes twice the memory and longer to load.
  charset: 'ascii',
};

export default defineConfig([
  // A file of dist/bin; what it loads later, and what that shares, become files of their own.
  {
    ...options,
    input: 'bin/comp.ts',
    plugins: [inlineText(), licenses()],
    output: { ...output, cleanDir: true },
  },
  // What the second thread runs is a file by itself: to share with it would cut the program's files smaller.
  { ...options, input: 'src/workspace/read-thread.ts', output: { ...output, codeSplitting: false } },
]);
