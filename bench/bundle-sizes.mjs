// How large the library is in a bundle: `calculate` alone, and the doors that need no fast-check, minified and compressed.
import { gzipSync } from 'node:zlib';
import { rolldown } from 'rolldown';

const SRC = new URL('../src/', import.meta.url).pathname;
const ENTRIES = {
  'calculate alone': `export { calculate } from '${SRC}index.ts';`,
  'index, explain, lint, payroll': ['index', 'explain', 'lint', 'payroll']
    .map((door) => `export * as ${door} from '${SRC}${door}.ts';`)
    .join('\n'),
};

for (const [name, code] of Object.entries(ENTRIES)) {
  const entry = {
    name: 'entry',
    resolveId: (id) => (id === 'entry' ? id : undefined),
    load: (id) => (id === 'entry' ? code : undefined),
  };
  const bundle = await rolldown({
    input: 'entry',
    platform: 'browser',
    logLevel: 'silent',
    plugins: [entry],
  });
  const { output } = await bundle.generate({ format: 'esm', minify: true });
  const text = output.map((chunk) => chunk.code ?? '').join('');
  console.log(`${name}: ${text.length} bytes, ${gzipSync(text).length} compressed`);
}
