// Bundles the program, so that a run loads a few files and not the hundreds that its packages have.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'rolldown';
import { licenses } from './scripts/licenses.mjs';

// What yaml has for browsers are the same sources as modules; of those for Node nothing can be left out.
const yaml = fileURLToPath(new URL('browser/index.js', import.meta.resolve('yaml/package.json')));

export default defineConfig({
  // A file of dist/bin each; modules that several share become files of their own.
  input: { comp: 'bin/comp.ts', 'read-thread': 'src/workspace/read-thread.ts' },
  platform: 'node',
  external: ['@duckdb/node-api'],
  resolve: { alias: { yaml } },
  plugins: [licenses()],
  output: {
    dir: 'dist/bin',
    cleanDir: true,
    chunkFileNames: '[name].js',
    // Names and lines stay as they are, for stack traces; comments are only longer to load.
    comments: false,
    // A file with one letter beyond Latin takes twice the memory and longer to load.
    charset: 'ascii',
  },
});
