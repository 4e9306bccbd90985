/** Runs the SQL query of a ledger in DuckDB, which can open the files that the query names and nothing else. */
import { resolve } from 'node:path';
import type * as DuckDb from '@duckdb/node-api';
import { addAll } from '../largest.js';
import { findFiles, type NamedFiles, quoted } from './files.js';
import { parseQuery } from './parse.js';
import type { QueryProblem, QueryRows } from './result.js';
import { isPlain, textsOf } from './values.js';
import { withoutPaths, wordsFor } from './words.js';

/** The settings that DuckDB starts with; the others follow once the files of the query are known. */
const SETTINGS = {
  // With one thread, rows without an ORDER BY come in the same order every time.
  threads: '1',
  memory_limit: '2GB',
  // Nothing spills to disk.
  temp_directory: '',
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
  allow_community_extensions: 'false',
  allow_persistent_secrets: 'false',
};

/** How much a ledger from a query can be. */
const [MOST_ROWS, MOST_LETTERS] = [5_000_000, 1024 ** 3];
const TOO_LARGE =
  'The query gives more than 5,000,000 rows, or 1 GiB of text, which is the limit. Does a join repeat rows?';

/**
 * Runs a query and gives its rows as text.
 *
 * @param root - the folder of comp.yaml, from which file names are resolved
 */
export async function runQuery(sql: string, root: string): Promise<QueryRows | QueryProblem> {
  const records: (readonly string[])[] = [];
  const result = await streamQuery(sql, root, async (some) => addAll(records, some));
  return 'kind' in result ? result : { ...result, records };
}

/** Takes some rows of a result; the next ones are made once it is done. */
export type TakeRows = (records: readonly (readonly string[])[]) => Promise<void>;

/** The same row by row, as they come. */
export async function streamQuery(
  sql: string,
  root: string,
  take: TakeRows,
): Promise<Omit<QueryRows, 'records'> | QueryProblem> {
  const duckDb = await findDuckDb();
  if ('kind' in duckDb) return duckDb;
  const instance = await duckDb.DuckDBInstance.create(':memory:', SETTINGS);
  try {
    const connection = await instance.connect();
    try {
      return await runSealed(sql, resolve(root), take, connection, duckDb);
    } finally {
      connection.closeSync();
    }
  } finally {
    instance.closeSync();
  }
}

/** DuckDB is an optional package: only people who use queries install it. */
async function findDuckDb(): Promise<typeof DuckDb | QueryProblem> {
  try {
    return await import('@duckdb/node-api');
  } catch (error) {
    // MODULE_NOT_FOUND: DuckDB is installed without its binary for this kind of computer.
    const missing = ['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND'];
    if (missing.includes(String((error as NodeJS.ErrnoException).code))) return { kind: 'not-installed' };
    return { kind: 'failed', detail: `DuckDB cannot be loaded. ${firstLine(error)}` };
  }
}

async function runSealed(
  sql: string,
  root: string,
  take: TakeRows,
  connection: DuckDb.DuckDBConnection,
  duckDb: typeof DuckDb,
): Promise<Omit<QueryRows, 'records'> | QueryProblem> {
  let named: NamedFiles | undefined;
  try {
    const parsed = await parseQuery(sql, connection);
    if ('kind' in parsed) return parsed;
    const found = await findFiles(sql, parsed.mentions, root, connection);
    if ('kind' in found) return found;
    named = found;
    await lock(named.allowed, connection);
    return await select(named, root, take, connection, duckDb);
  } catch (error) {
    // Everything DuckDB throws here is about the query.
    return { kind: 'failed', detail: wordsFor(messageOf(error), root, named) };
  }
}

/** From here on DuckDB opens these paths only, and no query can change that. */
async function lock(paths: readonly string[], connection: DuckDb.DuckDBConnection): Promise<void> {
  // By default, times with a zone are shown in the zone of the computer.
  await connection.run("set TimeZone = 'UTC'");
  await connection.run(`set allowed_paths = [${paths.map(quoted).join(', ')}]`);
  await connection.run('set enable_external_access = false');
  await connection.run('set lock_configuration = true');
}

async function select(
  named: NamedFiles,
  root: string,
  take: TakeRows,
  connection: DuckDb.DuckDBConnection,
  duckDb: typeof DuckDb,
): Promise<Omit<QueryRows, 'records'> | QueryProblem> {
  const { sql, files } = named;
  const statements = await connection.extractStatements(sql);
  if (statements.count !== 1) return { kind: 'not-a-select', found: 'several statements' };
  const statement = await statements.prepare(0);
  const { SELECT } = duckDb.StatementType;
  if (statement.statementType !== SELECT) return { kind: 'not-a-select', found: 'something else' };
  if (statement.parameterCount > 0) {
    return { kind: 'failed', detail: 'The query has a placeholder, such as ? or $1, that nothing fills in.' };
  }
  const result = await statement.stream();
  const types = result.columnTypes();
  const names = result.columnNames();
  const plain = types.map((type) => isPlain(type, duckDb));
  const shown = plain.every(Boolean) ? result : await connection.stream(asText(sql, plain));
  let [count, letters] = [0, 0];
  for (let chunk = await shown.fetchChunk(); chunk !== null; chunk = await shown.fetchChunk()) {
    if (chunk.rowCount === 0) break;
    const records = Array.from({ length: chunk.rowCount }, (): string[] => []);
    for (let column = 0; column < types.length; column += 1) {
      const texts = textsOf(chunk.getColumnVector(column), duckDb);
      for (let row = 0; row < texts.length; row += 1) {
        records[row]?.push(texts[row] as string);
        letters += (texts[row] as string).length;
      }
    }
    count += chunk.rowCount;
    if (count > MOST_ROWS || letters > MOST_LETTERS) return { kind: 'failed', detail: TOO_LARGE };
    await take(records);
  }
  const columns = types.map((type, at) => ({
    // A column without an alias is named after its expression, paths included.
    name: withoutPaths(names[at] as string, root, named),
    type: String(type),
  }));
  return { columns, files };
}

/** The same query, with columns of other than plain values, such as lists, cast to text by DuckDB. */
function asText(sql: string, plain: readonly boolean[]): string {
  const names = plain.map((_, at) => `c${at}`);
  const values = names.map((name, at) => (plain[at] ? name : `${name}::varchar`));
  return `select ${values.join(', ')} from query(${quoted(sql)}) as q(${names.join(', ')})`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function firstLine(error: unknown): string {
  return messageOf(error).split('\n', 1)[0] as string;
}
