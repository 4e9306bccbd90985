/** Why DuckDB refused a query, in words: its own where they are about the SQL, ours where they are about files. */
import { sep } from 'node:path';
import type { NamedFiles } from './files.js';

/**
 * The words for a message of DuckDB.
 *
 * @example wordsFor('Binder Error: There is no column "x"\n\nLINE 2: …', root, named) // There is no column "x" (line 2)
 */
export function wordsFor(message: string, root: string, named: NamedFiles | undefined): string {
  const refused = /Cannot access (?:file|directory) "(.*?)" - /s.exec(message)?.[1];
  if (refused !== undefined) {
    return `"${refused}" is not named as text in the query. Write every file's name whole and in single quotes: 'export.csv'.`;
  }
  const unknown = named?.written.get(/Table with name (.*) does not exist!/.exec(message)?.[1] ?? '');
  if (unknown !== undefined) {
    return `The name of "${unknown}" does not tell what kind of file it is. If it is CSV, write read_csv('${unknown}').`;
  }
  if (message.startsWith('Out of Memory')) return 'The query needs more memory than the 2 GB it may use.';
  // What comes after a blank line is advice on settings and the place, which is an excerpt of the query.
  const [first = ''] = message.split(/\n\s*\n/, 1);
  const bare = first.replace(/^(?:Failed to extract statements: )?[A-Z][\w ]*? Error: /, '');
  const said = bare.split('\n').map((line) => line.trim());
  const line = /^LINE (\d+):/m.exec(message)?.[1];
  const file = /^\s*file = (.+)$/m.exec(message)?.[1];
  const where = [file, line === undefined ? undefined : `line ${line}`].filter((part) => part !== undefined);
  if (where.length > 0) said.push(`(${where.join(', ')})`);
  if (/(?:No function matches|candidate function).*VARCHAR/.test(said[0] ?? '')) said.push(TEXT_HINT);
  return withoutPaths(said.join(' '), root, named);
}

/** A sum over columns of a CSV file finds text. */
const TEXT_HINT =
  'The columns of a CSV file are text here, so that nothing is guessed: cast(amount as decimal(18,2)).';

/** A text with the names as the query has them: the folder they are in is another on another computer. */
export function withoutPaths(text: string, root: string, named: NamedFiles | undefined): string {
  let plain = text;
  const longestFirst = [...(named?.written ?? [])].toSorted(([a], [b]) => b.length - a.length);
  for (const [path, name] of longestFirst) plain = plain.replaceAll(path, () => name);
  return plain.replaceAll(root.endsWith(sep) ? root : root + sep, '');
}
