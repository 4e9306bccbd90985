/** What DuckDB's own parser finds in a query: the files that it names, and whether it may run. */
import type { DuckDBConnection } from '@duckdb/node-api';
import { addAll } from '../largest.js';
import type { QueryProblem } from './result.js';

/** A file name, or a pattern such as `2025-*.csv`, that a query takes rows from. */
export interface Mention {
  readonly name: string;
  /** Where it starts and ends in the query, quotes included. */
  readonly start: number;
  readonly end: number;
  /** Whether it follows FROM or JOIN directly, outside a call such as read_csv. */
  readonly isBare: boolean;
}

export interface Parsed {
  /** In the order of the query. */
  readonly mentions: readonly Mention[];
}

/** Reads a query without running any of it or opening any file; a problem where it is not one SELECT that may run. */
export async function parseQuery(sql: string, connection: DuckDBConnection): Promise<Parsed | QueryProblem> {
  const reader = await connection.runAndReadAll(
    'select json_serialize_sql($1::varchar, skip_null := true, skip_empty := true)',
    [sql],
  );
  const tree = findTree(reader.getRows()[0]?.[0] as string);
  if (tree === undefined) {
    return { kind: 'failed', detail: 'The query cannot be parsed. A number in it may be too large.' };
  }
  if (tree.error && tree.error_type === 'parser') {
    return { kind: 'failed', detail: `${sentence(tree.error_message)} (line ${lineAt(sql, tree.position)})` };
  }
  if (tree.error) return { kind: 'not-a-select', found: kindOf(sql) };
  if (tree.statements.length === 0) return { kind: 'not-a-select', found: 'nothing' };
  if (tree.statements.length > 1) return { kind: 'not-a-select', found: 'several statements' };
  const { names, tables, calls, columns } = partsOf(tree.statements);
  const refused = await refusedFunctions(connection);
  for (const call of calls) {
    const detail = refusalOf(call, refused);
    if (detail !== undefined) return { kind: 'failed', detail };
  }
  for (const column of columns) {
    if (OF_THE_FILE.has(column)) return { kind: 'failed', detail: changing(`the column ${column}`) };
  }
  const mentions: Mention[] = [];
  const files = [
    ...names.map((part) => ({ ...part, isBare: false })),
    ...tables.map((part) => ({ ...part, isBare: true })),
  ];
  for (const { name, at, isBare } of files.toSorted((a, b) => a.at - b.at)) {
    const mention = findMention(sql, { name, at }, isBare);
    if (mention === undefined) return { kind: 'failed', detail: noTable(name) };
    // Some versions of DuckDB list the parts of a WITH twice.
    if (mentions.at(-1)?.start !== mention.start) mentions.push(mention);
  }
  return { mentions };
}

function noTable(name: string): string {
  return `There is no table "${name}". Put file names in single quotes: 'export.csv'.`;
}

/** The result of json_serialize_sql. */
type Tree =
  | { readonly error: false; readonly statements: readonly unknown[] }
  | {
      readonly error: true;
      readonly error_type: string;
      readonly error_message: string;
      /** The offset in the query in bytes, as text. */
      readonly position?: string;
    };

/** Undefined where the text is not JSON: DuckDB writes the number 1e999 as Infinity. */
function findTree(json: string): Tree | undefined {
  try {
    return JSON.parse(json) as Tree;
  } catch {
    return undefined;
  }
}

/** A text of the query, and its offset in bytes. */
interface Part {
  readonly name: string;
  readonly at: number;
}

interface Call {
  readonly name: string;
  readonly returnsRows: boolean;
}

interface Parts {
  /** The file arguments of functions such as read_csv. */
  readonly names: Part[];
  /** The tables after FROM and JOIN, but for calls and named parts of the query, `with x as (…)`. */
  readonly tables: Part[];
  readonly calls: Call[];
  /** The names of columns, without their tables. */
  readonly columns: string[];
}

type Node = Readonly<Record<string, unknown>>;

/** The names of the parts of a query that can be read at a place of it. */
type Scope = ReadonlySet<string>;

function partsOf(tree: unknown): Parts {
  const parts: Parts = { names: [], tables: [], calls: [], columns: [] };
  // A list of what is left to visit, not a recursion: a long chain of operators is a deep tree.
  const left: (readonly [value: unknown, scope: Scope])[] = [[tree, new Set()]];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const [value, scope] = next;
    if (typeof value !== 'object' || value === null) continue;
    if (Array.isArray(value)) {
      for (const item of value) left.push([item, scope]);
      continue;
    }
    const { cte_map: withs, ...rest } = value as Node;
    let within = scope;
    for (const { key, value: part } of asList(asNode(withs)['map'])) {
      const name = String(key).toLowerCase();
      const { node } = asNode(asNode(part)['query']);
      const isRecursive = asNode(node)['type'] === 'RECURSIVE_CTE_NODE';
      // A part knows the parts before it, and itself only if it is recursive.
      left.push([part, isRecursive ? new Set([...within, name]) : within]);
      within = new Set([...within, name]);
    }
    note(rest, within, parts);
    for (const child of Object.values(rest)) left.push([child, within]);
  }
  return parts;
}

function note(node: Node, scope: Scope, { names, tables, calls, columns }: Parts): void {
  const at = Number(node['query_location']);
  if (node['type'] === 'BASE_TABLE') {
    // DuckDB reads a file name without quotes, export.csv, as the table csv in the schema export.
    const path = [node['catalog_name'], node['schema_name'], node['table_name']];
    const name = path.filter((part) => part !== undefined).join('.');
    // A file may have the same name as a part of the query.
    if (!scope.has(name.toLowerCase())) tables.push({ name, at });
  } else if (node['type'] === 'TABLE_FUNCTION') {
    const called = asNode(node['function']);
    const name = String(called['function_name']).toLowerCase();
    calls.push({ name, returnsRows: true });
    if (READERS.has(name)) addAll(names, textsIn(asList(called['children'])[0]));
  } else if (node['class'] === 'FUNCTION') {
    const name = String(node['function_name']).toLowerCase();
    // With one date, age() counts up to today.
    const isToToday = name === 'age' && asList(node['children']).length === 1;
    calls.push({ name: isToToday ? 'current_date' : name, returnsRows: false });
  } else if ('sample_size' in node) {
    calls.push({ name: 'sample', returnsRows: false });
  } else if (node['class'] === 'COLUMN_REF' && Array.isArray(node['column_names'])) {
    columns.push(String(node['column_names'].at(-1)).toLowerCase());
    // CURRENT_DATE and the like have no parentheses, so the parser takes them for columns.
    const name = node['column_names'].join('.').toLowerCase();
    if (/^(?:current|local)_?(?:date|time|timestamp)$/.test(name)) calls.push({ name, returnsRows: false });
  }
}

/** The texts of a text or a list of texts: `'a.csv'`, `['a.csv', 'b.csv']`. */
function textsIn(node: Node | undefined): Part[] {
  if (node === undefined) return [];
  const isList = node['type'] === 'ARRAY_CONSTRUCTOR' || node['function_name'] === 'list_value';
  if (isList) return asList(node['children']).flatMap((child) => textsIn(child));
  const { value } = asNode(node['value']);
  if (node['class'] !== 'CONSTANT' || typeof value !== 'string') return [];
  return [{ name: value, at: Number(node['query_location']) }];
}

/** The functions that read files; their first argument is a file or a list of files. */
const READERS = new Set([
  'read_csv',
  'read_csv_auto',
  'read_json',
  'read_json_auto',
  'read_json_objects',
  'read_json_objects_auto',
  'read_ndjson',
  'read_ndjson_auto',
  'read_ndjson_objects',
  'read_parquet',
  'parquet_scan',
]);

/**
 * The other functions that return rows and that a query may call. The rest change how DuckDB runs or print to the
 * terminal (enable_logging), run SQL that is hidden in a text (query), or show facts about the computer (duckdb_settings).
 */
const ROW_FUNCTIONS = new Set([
  'unnest',
  'range',
  'generate_series',
  'repeat',
  'repeat_row',
  'json_each',
  'json_tree',
]);

/** The functions that return something else on another day or computer, or in another run, where DuckDB does not say so. */
const VOLATILE = [
  'ago',
  'current_catalog',
  'current_localtime',
  'current_localtimestamp',
  'current_setting',
  'current_time',
  'current_timestamp',
  'getvariable',
  'localtime',
  'localtimestamp',
  'sample',
  'version',
];

/** Those of its catalog that give the same everywhere; `error` stops the query with words of its own. */
const STABLE = ['error', 'pg_size_pretty', 'pg_typeof'];

/** All of them: what DuckDB calls volatile, and what asks its catalog. */
async function refusedFunctions(connection: DuckDBConnection): Promise<ReadonlySet<string>> {
  const reader = await connection.runAndReadAll(
    "select distinct function_name from duckdb_functions() where stability <> 'CONSISTENT' or schema_name = 'pg_catalog'",
  );
  const names = new Set([...VOLATILE, ...reader.getRows().map(([name]) => String(name))]);
  for (const name of STABLE) names.delete(name);
  return names;
}

/** Columns that every reader has beside those of the file, or adds on request: from its path, and when it was written. */
const OF_THE_FILE: ReadonlySet<string> = new Set([
  'filename',
  'hive_partitioning',
  'hive_types',
  'hive_types_autocast',
  'last_modified',
]);

function refusalOf({ name, returnsRows }: Call, refused: ReadonlySet<string>): string | undefined {
  if (returnsRows && !READERS.has(name) && !ROW_FUNCTIONS.has(name)) {
    return `A query cannot call ${name}. It can read CSV, JSON and Parquet files: from 'export.csv', or read_csv('export.csv').`;
  }
  return refused.has(name) ? changing(name) : undefined;
}

function changing(what: string): string {
  return `A query cannot use ${what}: the same files must give the same rows on any day and any computer.`;
}

const QUOTED = /'(?:[^']|'')*'|"(?:[^"]|"")*"|[eE]'(?:[^'\\]|''|\\.)*'|\$(\w*)\$.*?\$\1\$/suy;

/** The quoted text at an offset of the query; undefined where the name is not quoted as a whole. */
function findMention(sql: string, { name, at }: Part, isBare: boolean): Mention | undefined {
  const start = indexOfByte(sql, at);
  QUOTED.lastIndex = start;
  if (!QUOTED.test(sql) || sql[QUOTED.lastIndex] === '.') return undefined;
  return { name, start, end: QUOTED.lastIndex, isBare };
}

function indexOfByte(sql: string, byte: number): number {
  return Buffer.from(sql).subarray(0, byte).toString().length;
}

function lineAt(sql: string, byte: string | undefined): number {
  return sql.slice(0, indexOfByte(sql, Number(byte ?? 0))).split('\n').length;
}

/** What a statement is that is not a SELECT, by its first word. */
function kindOf(sql: string): string {
  const [, word = ''] = /^(?:[\s;]|--[^\n]*|\/\*.*?\*\/)*(\w*)/su.exec(sql) ?? [];
  const kind = word.toUpperCase();
  if (kind !== '' && !['SELECT', 'FROM', 'WITH', 'VALUES', 'PIVOT'].includes(kind)) return kind;
  // DuckDB first runs a statement of its own for such a PIVOT, to find the values that become columns.
  return /\bpivot\b/i.test(sql) ? 'a PIVOT without IN (…)' : 'several statements';
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function asNode(value: unknown): Node {
  return typeof value === 'object' && value !== null ? (value as Node) : {};
}

function asList(value: unknown): readonly Node[] {
  return Array.isArray(value) ? value.map(asNode) : [];
}
