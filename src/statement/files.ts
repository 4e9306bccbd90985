/** The files of statements: a page for each rep, its lines as CSV on request, and an index of all. */
import { readdirSync } from 'node:fs';
import { csvOf } from '../ledgers/write.js';
import type { OutputFile } from '../workspace/publish.js';
import { statementTable } from './csv.js';
import { fileNameOf, isStatementOf } from './file-names.js';
import { indexPage } from './index-page.js';
import { statementPage } from './page.js';
import type { StatementRequest } from './requested.js';
import type { Statement } from './statement.js';

/** The files of these statements; an index too if they are those of all reps. */
export function statementFiles(
  statements: readonly Statement[],
  { quarter, reps }: StatementRequest,
  withCsv: boolean,
): OutputFile[] {
  const files: OutputFile[] = statements.flatMap((one) => {
    const name = fileNameOf(quarter, one.repId);
    const page = { name: `${name}.html`, pieces: pieces(() => `${statementPage(one)}`) };
    return withCsv ? [page, { name: `${name}.csv`, pieces: csvOf(statementTable(name, one)) }] : [page];
  });
  if (reps.length === 0) files.push({ name: 'index.html', pieces: pieces(() => `${indexPage(statements)}`) });
  return files;
}

/** Statements in a folder that an earlier run wrote for the period, for reps who have none now. */
export function staleStatements(
  dir: string,
  files: readonly OutputFile[],
  { quarter, reps }: StatementRequest,
): string[] {
  // A run for some reps leaves the others' statements alone.
  if (reps.length > 0) return [];
  const current = new Set(files.map(({ name }) => name));
  return namesIn(dir).filter((name) => isStatementOf(quarter, name) && !current.has(name));
}

/** The names in a folder; none if it is missing or cannot be read, which writing reports. */
function namesIn(dir: string): string[] {
  try {
    return readdirSync(dir);
  } catch {
    return [];
  }
}

/** A file's text, made when it is written, so that ten thousand pages are not in memory at once. */
function* pieces(make: () => string): Iterable<string> {
  yield make();
}
