// The peers' job: where the ledgers are, where results go, the as-of day, and whether to write postings.
import { parseArgs } from 'node:util';

/** The peers' arguments: `--dir DIR --out DIR [--as-of DATE] [--only quarters] [--ordered]`. */
export function readJob() {
  const { values } = parseArgs({
    options: {
      dir: { type: 'string' },
      out: { type: 'string' },
      'as-of': { type: 'string', default: '2025-12-31' },
      only: { type: 'string' },
      ordered: { type: 'boolean', default: false },
    },
  });
  const { dir, out, only, ordered, 'as-of': asOf } = values;
  if (dir === undefined || out === undefined) refuse(['--dir and --out are required']);
  if (only !== undefined && only !== 'quarters') refuse(['--only takes "quarters"']);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(asOf)) refuse([`--as-of ${asOf}: expected YYYY-MM-DD`]);
  return { dir, out, asOf, withPostings: only === undefined, ordered };
}

/** Prints what is wrong and ends the process before anything is written. */
export function refuse(messages) {
  console.error(messages.join('\n'));
  process.exit(2);
}
