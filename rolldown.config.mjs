// Bundles the program, so that a run loads a few files and not the hundreds that its packages have.
import { chmodSync } from 'node:fs';
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
  preserveEntrySignatures: 'allow-extension',
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

const path = (name) => fileURLToPath(new URL(name, import.meta.url));

/** A module, and all that it waits for before it runs. */
function waitsOf(id, bundle, waits = new Set()) {
  if (waits.has(id)) return waits;
  waits.add(id);
  for (const from of bundle.getModuleInfo(id)?.importedIds ?? []) waitsOf(from, bundle, waits);
  return waits;
}

/** npx links the program once, and runs what it has linked: a program that is built again must be one that may run. */
const executable = {
  name: 'executable',
  writeBundle: ({ dir }) => chmodSync(`${dir}/comp.js`, 0o755),
};

let calculation;

/** What comp calc loads is one file, whoever shares parts of it: a dozen small ones take longer. */
function groupOf(id, bundle) {
  if (calculation === undefined) {
    calculation = waitsOf(path('src/commands/calc.ts'), bundle);
    for (const known of waitsOf(path('bin/comp.ts'), bundle)) calculation.delete(known);
  }
  return calculation.has(id) ? 'calculation' : null;
}

export default defineConfig([
  // A file of dist/bin; what it loads later, and what that shares, become files of their own.
  {
    ...options,
    input: 'bin/comp.ts',
    plugins: [inlineText(), licenses(), executable],
    output: {
      ...output,
      cleanDir: true,
      codeSplitting: {
        groups: [{ name: groupOf, debugName: 'calculation' }],
        includeDependenciesRecursively: false,
      },
    },
  },
  // What the second thread runs is a file by itself: to share with it would cut the program's files smaller.
  { ...options, input: 'src/workspace/read-thread.ts', output: { ...output, codeSplitting: false } },
  // So is what the process of a query runs.
  { ...options, input: 'src/query/query-process.ts', output: { ...output, codeSplitting: false } },
]);
