/** Why DuckDB refused a query: its own message where it is about the SQL, ours where it is about files. */
import { sep } from 'node:path';
import type { NamedFiles } from './files.js';

/**
 * A message of DuckDB as comp shows it.
 *
 * @example wordsFor('Binder Error: There is no column "x"\n\nLINE 2: …', root, named) // There is no column "x" (line 2)
 */
export function wordsFor(message: string, root: string, named: NamedFiles | undefined): string {
  const refused = /Cannot access (?:file|directory) "(.*?)" - /s.exec(message)?.[1];
  if (refused !== undefined) {
    return `The query does not name "${refused}" as text. Write each file name whole and in single quotes: 'export.csv'.`;
  }
  const unknown = named?.written.get(/Table with name (.*) does not exist!/.exec(message)?.[1] ?? '');
  if (unknown !== undefined) {
    return `The type of "${unknown}" is not clear from its name. If it is CSV, write read_csv('${unknown}').`;
  }
  if (message.startsWith('Out of Memory'))
    return 'The query needs more than 2 GB of memory, which is the limit.';
  // After a blank line come advice on settings and an excerpt of the query.
  const [first = ''] = message.split(/\n\s*\n/, 1);
  const bare = first.replace(/^(?:Failed to extract statements: )?[A-Z][\w ]*? Error: /, '');
  const parts = bare.split('\n').map((line) => line.trim());
  const line = /^LINE (\d+):/m.exec(message)?.[1];
  const file = /^\s*file = (.+)$/m.exec(message)?.[1];
  const where = [file, line === undefined ? undefined : `line ${line}`].filter((part) => part !== undefined);
  if (where.length > 0) parts.push(`(${where.join(', ')})`);
  if (/(?:No function matches|candidate function).*VARCHAR/.test(parts[0] ?? '')) parts.push(TEXT_HINT);
  return withoutPaths(parts.join(' '), root, named);
}

/** For a sum over a column of a CSV file, which is text. */
const TEXT_HINT = 'Columns of a CSV file are text; convert them first: cast(amount as decimal(18,2)).';

/** A text with the file names of the query in place of paths, which differ from computer to computer. */
export function withoutPaths(text: string, root: string, named: NamedFiles | undefined): string {
  let plain = text;
  const longestFirst = [...(named?.written ?? [])].toSorted(([a], [b]) => b.length - a.length);
  for (const [path, name] of longestFirst) plain = plain.replaceAll(path, () => name);
  return plain.replaceAll(root.endsWith(sep) ? root : root + sep, '');
}
