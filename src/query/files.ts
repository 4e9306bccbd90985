/** The files that a query names, as paths: what DuckDB is allowed to open, and what the run says it has read. */
import { readdirSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { findNearest } from '../problems/nearest.js';
import type { Mention } from './parse.js';
import type { QueryProblem } from './query.js';

export interface NamedFiles {
  /** The query with absolute paths in place of the names, so that the current folder is never looked in. */
  readonly sql: string;
  /** Each once, in the order of first mention. */
  readonly files: readonly string[];
  /** The files, and the patterns as the query now has them. */
  readonly allowed: readonly string[];
  /** The name as the query has it, by the path that took its place. */
  readonly written: ReadonlyMap<string, string>;
}

/** Finds the files; a problem where there are none of a name. */
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
    for (const file of found) files.add(file);
    if (!written.has(path)) written.set(path, name);
    absolute += sql.slice(done, start) + (isBare ? tableOf(name, path) : quoted(path));
    done = end;
  }
  const allowed = [...new Set([...files, ...written.keys()])];
  return { sql: absolute + sql.slice(done), files: [...files], allowed, written };
}

/**
 * How a file that stands by itself is read. DuckDB guesses the types of CSV columns: amounts become binary fractions,
 * ids may lose their zeros, 01/02 is a day first. So here every column of a CSV file is text, cut at commas (or tabs),
 * and what does not fit that is an error; who wants DuckDB to guess calls read_csv.
 */
function tableOf(name: string, path: string): string {
  const [, kind] = /\.(csv|txt|tsv)(?:\.gz)?$/i.exec(name) ?? [];
  if (kind === undefined) return quoted(path);
  const delimiter = kind.toLowerCase() === 'tsv' ? '\\t' : ',';
  return `read_csv(${quoted(path)}, header = true, delim = '${delimiter}', quote = '"', escape = '"', skip = 0, all_varchar = true)`;
}

interface Resolved {
  /** An absolute path, or an absolute pattern. */
  readonly path: string;
  readonly found: readonly string[];
}

async function resolveName(name: string, root: string, connection: DuckDBConnection): Promise<Resolved> {
  const path = resolve(root, name);
  if (isFile(path)) return { path: literally(path), found: [path] };
  if (!isPattern(name)) return { path, found: [] };
  const pattern = resolve(literally(root), name);
  const reader = await connection.runAndReadAll('select file from glob($1::varchar)', [pattern]);
  const found = reader.getRows().map(([file]) => resolve(String(file)));
  return { path: pattern, found: found.filter(isFile) };
}

/** A path as a pattern of nothing but itself: in a pattern `[*]` is a star. */
function literally(path: string): string {
  return path.replace(/[*?[]/g, '[$&]');
}

function noSuchFile(name: string, root: string): string {
  if (/^\w{2,}:\/\//.test(name)) return `A query reads files on this computer only, not "${name}".`;
  if (isPattern(name)) return `There is no file with a name like "${name}" beside comp.yaml.`;
  const nearest = findNearest(name, filesBeside(resolve(root, name), root));
  return `There is no file "${name}" beside comp.yaml.${nearest === undefined ? '' : ` Did you mean "${nearest}"?`}`;
}

/** The files in the folder of one, by names relative to the root. */
function filesBeside(path: string, root: string): string[] {
  try {
    const paths = readdirSync(dirname(path)).map((name) => join(dirname(path), name));
    return paths.filter(isFile).map((file) => relative(root, file));
  } catch {
    return [];
  }
}

/** Whether a name stands for all files of names like it. */
function isPattern(name: string): boolean {
  return /[*?[]/.test(name);
}

/** Whether there is a file that can be read again: no folder, pipe or device. */
function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** A text as SQL writes it. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
