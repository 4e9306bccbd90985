/** Resolves the file names in a query to paths: what DuckDB may open, and what the run lists as its inputs. */
import { readdirSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { findNearest } from '../problems/nearest.js';
import type { Mention } from './parse.js';
import type { QueryProblem } from './result.js';

export interface NamedFiles {
  /** The query with absolute paths in place of names, so that DuckDB never searches the current folder. */
  readonly sql: string;
  /** Each once, in the order of first mention. */
  readonly files: readonly string[];
  /** The files, and the patterns as they now are in the query. */
  readonly allowed: readonly string[];
  /** The name in the original query, by the path that replaces it. */
  readonly written: ReadonlyMap<string, string>;
}

/** Finds the files; a problem where a name has none. */
export async function findFiles(
  sql: string,
  mentions: readonly Mention[],
  root: string,
  connection: DuckDBConnection,
): Promise<NamedFiles | QueryProblem> {
  const files = new Set<string>();
  const written = new Map<string, string>();
  let [absolute, done] = ['', 0];
  for (const { name, start, end, isBare } of mentions) {
    const { path, found } = await resolveName(name, root, connection);
    if (found.length === 0) return { kind: 'failed', detail: noSuchFile(name, root) };
    if (!(isBare && isCsv(path)) && found.some((file) => dirname(file).includes('='))) {
      return { kind: 'failed', detail: partitioned(name) };
    }
    for (const file of found) files.add(file);
    if (!written.has(path)) written.set(path, name);
    absolute += sql.slice(done, start) + (isBare ? tableOf(name, path) : quoted(path));
    done = end;
  }
  const allowed = [...new Set([...files, ...written.keys()])];
  return { sql: absolute + sql.slice(done), files: [...files], allowed, written };
}

/**
 * How a file that follows FROM directly is read. DuckDB guesses the types of CSV columns: amounts become binary
 * fractions, ids can lose leading zeros, 01/02 reads as 1 February. So here every column of a CSV file is text, the
 * delimiter is a comma (or a tab), and anything else is an error; read_csv in the query turns the guessing on.
 */
function tableOf(name: string, path: string): string {
  const [, kind] = CSV.exec(name) ?? [];
  if (kind === undefined) return quoted(path);
  const delimiter = kind.toLowerCase() === 'tsv' ? '\\t' : ',';
  return `read_csv(${quoted(path)}, header = true, delim = '${delimiter}', quote = '"', escape = '"', skip = 0, all_varchar = true, hive_partitioning = false)`;
}

const CSV = /\.(csv|txt|tsv)(?:\.gz)?$/i;

function isCsv(path: string): boolean {
  return CSV.test(path);
}

/** From `region=EU/sales.parquet`, DuckDB reads a column `region`: on another computer, the path may be another. */
function partitioned(name: string): string {
  return `A folder in the path of "${name}" has an = in its name, and DuckDB would read a column from it. Rename the folder, or read a CSV file without a call: from 'export.csv'.`;
}

interface Resolved {
  /** An absolute path, or an absolute pattern. */
  readonly path: string;
  readonly found: readonly string[];
}

async function resolveName(name: string, root: string, connection: DuckDBConnection): Promise<Resolved> {
  const path = resolve(root, name);
  if (isFile(path)) return { path: escaped(path), found: [path] };
  if (!isPattern(name)) return { path, found: [] };
  const pattern = resolve(escaped(root), name);
  const reader = await connection.runAndReadAll('select file from glob($1::varchar)', [pattern]);
  const found = reader.getRows().map(([file]) => resolve(String(file)));
  return { path: pattern, found: found.filter(isFile) };
}

/** A path as a pattern that matches only itself: in a pattern, `[*]` is a star. */
function escaped(path: string): string {
  return path.replace(/[*?[]/g, '[$&]');
}

function noSuchFile(name: string, root: string): string {
  if (/^\w{2,}:\/\//.test(name)) return `A query can only read files on this computer, not "${name}".`;
  if (isPattern(name)) return `No file next to comp.yaml matches "${name}".`;
  const nearest = findNearest(name, filesNextTo(resolve(root, name), root));
  return `There is no file "${name}" next to comp.yaml.${nearest === undefined ? '' : ` Did you mean "${nearest}"?`}`;
}

/** The files in the same folder as a path, by names relative to the root. */
function filesNextTo(path: string, root: string): string[] {
  try {
    const paths = readdirSync(dirname(path)).map((name) => join(dirname(path), name));
    return paths.filter(isFile).map((file) => relative(root, file));
  } catch {
    return [];
  }
}

/** Whether a name is a pattern for several files. */
function isPattern(name: string): boolean {
  return /[*?[]/.test(name);
}

/** Whether the path is a regular file, which can be read again: no folder, pipe or device. */
function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** A text as a SQL literal. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
