/** Ledgers from a query: what DuckDB can open and do, and that every value comes out exactly. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import ts from 'typescript';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { QueryBounds } from '../src/query/apart.js';
import { runQuery, streamQuery } from '../src/query/query.js';
import type { QueryProblem, QueryRows } from '../src/query/result.js';
import { wordsFor } from '../src/query/words.js';
import { newFolder } from './support/comp.js';
import { isDeep, isQuick, someOf } from './support/depth.js';
import { folderWith } from './support/folder.js';
import { BUILT_APART } from './support/program.js';

const EXPORT = 'id,amount\n001,1.50\n002,2.25\n';

/** The rows of a query; what is wrong with it fails the test. */
async function ask(dir: string, sql: string): Promise<QueryRows> {
  const answer = await runQuery(sql, dir);
  if ('kind' in answer) throw new Error(`${sql}: ${JSON.stringify(answer)}`);
  return answer;
}

async function records(dir: string, sql: string) {
  return (await ask(dir, sql)).records;
}

/** The types of the columns by their names. */
async function types(dir: string, sql: string): Promise<Record<string, string>> {
  return Object.fromEntries((await ask(dir, sql)).columns.map(({ name, type }) => [name, type]));
}

/** The files a query reads, relative to the folder. */
async function filesOf(dir: string, sql: string) {
  return (await ask(dir, sql)).files.map((file) => relative(dir, file));
}

/** What is wrong with a query that must not run. */
async function problem(dir: string, sql: string): Promise<QueryProblem> {
  const answer = await runQuery(sql, dir);
  if ('kind' in answer) return answer;
  throw new Error(`${sql} ran: ${JSON.stringify(answer)}`);
}

async function detail(dir: string, sql: string): Promise<string> {
  const found = await problem(dir, sql);
  return found.kind === 'failed' ? found.detail : JSON.stringify(found);
}

/** Runs SQL with nothing in its way. */
async function unrestricted(sql: string): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  await connection.run(sql);
  connection.closeSync();
  instance.closeSync();
}

describe('the shapes that exports have', () => {
  test('columns are named as the query names them', async () => {
    const dir = folderWith({ 'export.csv': EXPORT });
    expect(
      await ask(dir, "select id as invoice_id, amount::decimal(18, 2) as amount from 'export.csv'"),
    ).toEqual({
      columns: [
        { name: 'invoice_id', type: 'VARCHAR' },
        { name: 'amount', type: 'DECIMAL(18,2)' },
      ],
      records: [
        ['001', '1.50'],
        ['002', '2.25'],
      ],
      files: [join(dir, 'export.csv')],
    });
  });

  test('headers and lines in two files', async () => {
    const dir = folderWith({
      'headers.csv': 'no,customer,date\nI1,C1,2025-01-05\nI2,C2,2025-01-06\n',
      'lines.csv': 'no,amount\nI1,10.50\nI1,0.25\nI2,7.00\n',
    });
    const sql = `
      select h.no, h.customer, strftime(h.date::date, '%Y-%m-%d'), sum(l.amount::decimal(18,2))
      from 'headers.csv' h join 'lines.csv' l using (no)
      group by all order by h.no;
    `;
    expect(await ask(dir, sql)).toMatchObject({
      records: [
        ['I1', 'C1', '2025-01-05', '10.75'],
        ['I2', 'C2', '2025-01-06', '7.00'],
      ],
      files: [join(dir, 'headers.csv'), join(dir, 'lines.csv')],
    });
  });

  test('headers and lines in one file, distinguished by a column', async () => {
    const dir = folderWith({ 'e.csv': 'type,no,customer,amount\nH,I1,C1,\nL,I1,,10.50\nL,I1,,0.25\n' });
    const sql = `
      with e as (from read_csv('e.csv', all_varchar = true))
      select h.no, h.customer, l.amount
      from e l join e h on h.type = 'H' and h.no = l.no
      where l.type = 'L'`;
    expect(await records(dir, sql)).toEqual([
      ['I1', 'C1', '10.50'],
      ['I1', 'C1', '0.25'],
    ]);
  });

  test('headings of groups are filled down', async () => {
    const dir = folderWith({
      'e.csv': 'Customer,Invoice,Amount\nAcme,,\n,I1,1.10\n,I2,2.20\nBolt,,\n,I3,3.30\nTotal,,6.60\n',
    });
    const sql = `
      with numbered as (select *, row_number() over () as line from read_csv('e.csv', all_varchar = true)),
        filled as (select *, last_value(Customer ignore nulls) over (order by line) as customer_id from numbered)
      select Invoice, customer_id, Amount from filled where Invoice is not null order by line`;
    expect(await records(dir, sql)).toEqual([
      ['I1', 'Acme', '1.10'],
      ['I2', 'Acme', '2.20'],
      ['I3', 'Bolt', '3.30'],
    ]);
  });

  test('a column for each quarter', async () => {
    const dir = folderWith({ 'quotas.csv': 'rep,2025-Q1,2025-Q2\nR1,100.00,200.00\nR2,,300.00\n' });
    const sql = `unpivot (from read_csv('quotas.csv', all_varchar = true)) on columns(* exclude rep)
      into name quarter value quota`;
    expect(await ask(dir, sql)).toMatchObject({
      columns: [{ name: 'rep' }, { name: 'quarter' }, { name: 'quota' }],
      records: [
        ['R1', '2025-Q1', '100.00'],
        ['R1', '2025-Q2', '200.00'],
        ['R2', '2025-Q2', '300.00'],
      ],
    });
  });

  test('a row for each value, turned into columns', async () => {
    const dir = folderWith({ 'e.csv': 'no,field,value\nI1,customer,C1\nI1,amount,1.50\n' });
    const sql = "pivot 'e.csv' on field in ('customer', 'amount') using first(value) group by no";
    expect(await records(dir, sql)).toEqual([['I1', 'C1', '1.50']]);
  });

  test('an id in the middle of a text, and a look-up', async () => {
    const dir = folderWith({
      'bank.csv': 'text,amount\nRef INV-0042 thanks,1.00\nno reference,2.00\n',
      'reps.csv': 'invoice,rep\nINV-0042,R7\n',
    });
    const sql = `
      select regexp_extract(b.text, 'INV-[0-9]*') as invoice, coalesce(r.rep, 'house')
      from 'bank.csv' b left join 'reps.csv' r on r.invoice = regexp_extract(b.text, 'INV-[0-9]*')`;
    expect(await records(dir, sql)).toEqual([
      ['INV-0042', 'R7'],
      ['', 'house'],
    ]);
  });

  test('JSON, Parquet and compressed CSV', async () => {
    const dir = folderWith({
      'a.json': '[{"id": "I1", "lines": [{"amount": "1.50"}, {"amount": "2.00"}]}]',
      'a.csv.gz': gzipSync(EXPORT),
    });
    await unrestricted(
      `copy (select '007' as id, 1.50::decimal(18,2) as amount) to '${dir}/a.parquet' (format parquet)`,
    );
    const json = "select id, line.amount from (select id, unnest(lines) as line from 'a.json')";
    expect(await records(dir, json)).toEqual([
      ['I1', '1.50'],
      ['I1', '2.00'],
    ]);
    expect(await records(dir, "from 'a.parquet'")).toEqual([['007', '1.50']]);
    expect(await records(dir, "select id from 'a.csv.gz'")).toEqual([['001'], ['002']]);
  });

  test('more rows than come at once keep their order', async () => {
    const lines = Array.from({ length: 10_000 }, (_, index) => `I${index},${index}.10`);
    const dir = folderWith({ 'e.csv': `id,amount\n${lines.join('\n')}\n` });
    const found = await records(dir, "from read_csv('e.csv', all_varchar = true)");
    expect(found.map((record) => record.join(','))).toEqual(lines);
    expect(await records(dir, "from 'e.csv' where id is null")).toEqual([]);
  });
});

describe('every value as exact text', () => {
  const values = [
    ['\'  as is, "quoted" \'', '  as is, "quoted" '],
    ['null', ''],
    ["''", ''],
    ['true', 'true'],
    ['127::tinyint', '127'],
    ["'-9223372036854775808'::bigint", '-9223372036854775808'],
    ['18446744073709551615::ubigint', '18446744073709551615'],
    ["'-170141183460469231731687303715884105727'::hugeint", '-170141183460469231731687303715884105727'],
    ["'340282366920938463463374607431768211455'::uhugeint", '340282366920938463463374607431768211455'],
    ['-0.50::decimal(18,2)', '-0.50'],
    ['0::decimal(5,2)', '0.00'],
    ["'0.000000001'::decimal(38,9)", '0.000000001'],
    ["'99999999999999999999999999999999999999'::decimal(38,0)", '99999999999999999999999999999999999999'],
    ['1.5::double', '1.5'],
    ['1e21::double', '1e+21'],
    ["'nan'::double", 'NaN'],
    ["date '2025-01-31'", '2025-01-31'],
    ["date '12345-01-31'", '12345-01-31'],
    ["date '0044-03-15 (BC)'", '0044-03-15 (BC)'],
    ["'infinity'::date", 'infinity'],
    ["'-infinity'::date", '-infinity'],
    ["timestamp '2025-01-31 10:00:00'", '2025-01-31 10:00:00'],
    ["timestamp '1969-12-31 23:59:59.999999'", '1969-12-31 23:59:59.999999'],
    ["timestamp '2025-01-31 10:00:00.5'", '2025-01-31 10:00:00.5'],
    ["'infinity'::timestamp", 'infinity'],
    ["timestamptz '2025-01-31 01:30:00+02'", '2025-01-30 23:30:00'],
    ["'-infinity'::timestamptz", '-infinity'],
    ["timestamp_s '2025-01-31 10:00:00'", '2025-01-31 10:00:00'],
    ["timestamp_ms '2025-01-31 10:00:00.120'", '2025-01-31 10:00:00.12'],
    ["timestamp_ns '2025-01-31 10:00:00.123456789'", '2025-01-31 10:00:00.123456789'],
    ["'b'::enum('a', 'b')", 'b'],
    ["uuid '00000000-0000-0000-0000-000000000001'", '00000000-0000-0000-0000-000000000001'],
    ["time '10:00:00'", '10:00:00'],
    ['interval 3 months', '3 months'],
    ["['a', null]", '[a, NULL]'],
    [
      "{ 'a': 1.50, 'b': timestamptz '2025-01-31 01:30:00+02' }",
      "{'a': 1.50, 'b': '2025-01-30 23:30:00+00'}",
    ],
    ["map { 'a': 1 }", '{a=1}'],
    ["'\\xFF'::blob", '\\xFF'],
  ] as const;
  let texts: readonly string[] = [];

  beforeAll(async () => {
    [texts = []] = await records(newFolder(), `select ${values.map(([sql]) => sql).join(', ')}`);
  });

  test.each(values.map(([sql, text], at) => [sql, text, at] as const))('%s', (_, text, at) => {
    expect(texts[at]).toBe(text);
  });

  test('lists do not change the other columns, the order or the names', async () => {
    const sql =
      "select [i] as list, i::decimal(5,2) as i, 'x' as i from range(3) t(i) order by t.i desc; -- end";
    expect(await ask(newFolder(), sql)).toEqual({
      columns: [
        { name: 'list', type: 'BIGINT[]' },
        { name: 'i', type: 'DECIMAL(5,2)' },
        { name: 'i', type: 'VARCHAR' },
      ],
      records: [
        ['[2]', '2.00', 'x'],
        ['[1]', '1.00', 'x'],
        ['[0]', '0.00', 'x'],
      ],
      files: [],
    });
  });

  test('a column without a name is called the same in every folder', async () => {
    const dir = folderWith({ 'a.csv': EXPORT });
    const { columns } = await ask(dir, "select (select count(*) from read_csv('a.csv')) + 1");
    expect(columns[0]?.name).toBe("((SELECT count_star() FROM read_csv('a.csv')) + 1)");
  });

  test('a type that is not exact is reported', async () => {
    const dir = folderWith({ 'a.csv': EXPORT });
    expect(await types(dir, "select amount, amount::float as f from read_csv('a.csv')")).toEqual({
      amount: 'DOUBLE',
      f: 'FLOAT',
    });
  });
});

describe('what is made of a CSV file', () => {
  test('a file directly after FROM is text in every column: nothing is guessed', async () => {
    const rows = Array.from({ length: 30_000 }, (_, index) => `${index + 1000}`);
    const dir = folderWith({ 'a.csv': `id\n${rows.join('\n')}\n00456\n` });
    const last = (from: string) => records(dir, `select last(id) from ${from}`);
    expect(await last("'a.csv'")).toEqual([['00456']]);
    // DuckDB guesses the types of columns from the first 20,480 rows.
    expect(await last("read_csv('a.csv')")).toEqual([['456']]);
  });

  test('amounts are binary fractions only where DuckDB is asked to guess', async () => {
    const dir = folderWith({ 'a.csv': EXPORT });
    expect(await types(dir, "from 'a.csv'")).toEqual({ id: 'VARCHAR', amount: 'VARCHAR' });
    expect(await types(dir, "from read_csv('a.csv')")).toEqual({ id: 'VARCHAR', amount: 'DOUBLE' });
    expect(await records(dir, "select sum(amount::decimal(18, 2)) from 'a.csv'")).toEqual([['3.75']]);
  });

  test('the message of a sum over text shows the cast to write', async () => {
    const dir = folderWith({ 'a.csv': EXPORT });
    expect(await problem(dir, "select sum(amount) from 'a.csv'")).toMatchObject({
      kind: 'failed',
      detail: expect.stringContaining('cast(amount as decimal(18,2))'),
    });
  });

  test.each([
    ['semicolons', 'id;amount\n1;2\n'],
    ['a row that is too short', 'id,amount\n1,2\n2\n3,4\n'],
    ['a row that is too long', 'id,amount\n1,2\n2,3,4\n'],
    ['a title above', 'Report of March\nid,amount\n1,2\n'],
  ])('what does not fit is an error: %s', async (_, text) => {
    const dir = folderWith({ 'a.csv': text });
    expect(await problem(dir, "select id, amount from 'a.csv'")).toMatchObject({ kind: 'failed' });
  });

  test('tabs, gzip and other names', async () => {
    const dir = folderWith({ 'a.tsv': 'id\tamount\n01\t2\n', 'b.csv.gz': gzipSync('id,amount\n01,2\n') });
    expect(await records(dir, "from 'a.tsv'")).toEqual([['01', '2']]);
    expect(await records(dir, "from 'b.csv.gz'")).toEqual([['01', '2']]);
  });
});

describe('the files a query reads', () => {
  const cwd = process.cwd();
  afterEach(() => process.chdir(cwd));

  test('are those it names, each once, in the order of first mention', async () => {
    const dir = folderWith({ 'a.csv': EXPORT, 'b.csv': EXPORT, 'sub/c.csv': EXPORT, 'd.csv': EXPORT });
    const sql = `
      -- not 'd.csv'
      with x as (select * from read_csv(['sub/c.csv', 'a.csv'])) /* nor "d.csv" */
      select id, 'd.csv', (select count(*) from "b.csv") from x join './a.csv' y using (id)
      where id <> 'd.csv' and id not like '*.csv'`;
    expect(await filesOf(dir, sql)).toEqual(['sub/c.csv', 'a.csv', 'b.csv']);
  });

  test('are all files that match a pattern', async () => {
    const dir = folderWith({
      '2025-01.csv': EXPORT,
      '2025-02.csv': EXPORT,
      '2026-01.csv': EXPORT,
      'sub/deep/x.csv': EXPORT,
    });
    expect(await filesOf(dir, "from '2025-*.csv'")).toEqual(['2025-01.csv', '2025-02.csv']);
    expect(await filesOf(dir, "from read_csv('202?-01.csv')")).toEqual(['2025-01.csv', '2026-01.csv']);
    expect(await filesOf(dir, "from '**/x.csv'")).toEqual(['sub/deep/x.csv']);
    expect(await records(dir, "select count(*) from '2025-*.csv'")).toEqual([['4']]);
  });

  test.each([
    ["it's, ä.csv", "'it''s, ä.csv'"],
    ["it's, ä.csv", '"it\'s, ä.csv"'],
    ["it's, ä.csv", "e'it\\'s, ä.csv'"],
    ["it's, ä.csv", "$$it's, ä.csv$$"],
    ["it's, ä.csv", "$q$it's, ä.csv$q$"],
    ['say "x".csv', '"say ""x"".csv"'],
    ['[2025] *.csv', "'[2025] *.csv'"],
  ])('may be called %s and be written as %s', async (name, written) => {
    const dir = folderWith({ [name]: EXPORT, '2 x.csv': 'id\nother\n' });
    const sql = `select 'ä', id /* ä */ from ${written} where id <> 'ä' limit 1`;
    expect(await ask(dir, sql)).toMatchObject({ records: [['ä', '001']], files: [join(dir, name)] });
  });

  test('may lie in a folder whose own name looks like a pattern or has a quote', async () => {
    const dir = join(
      folderWith({ "it's [x] *?/2025-01.csv": EXPORT, 'its x y/2025-02.csv': EXPORT }),
      "it's [x] *?",
    );
    expect(await filesOf(dir, "from '2025-*.csv'")).toEqual(['2025-01.csv']);
    expect(await filesOf(dir, "from '2025-01.csv'")).toEqual(['2025-01.csv']);
  });

  test('can be elsewhere if the query names them there', async () => {
    const dir = folderWith({ 'here/a.csv': 'id\n1\n', 'there/b.csv': 'id\n2\n' });
    symlinkSync(join(dir, 'there', 'b.csv'), join(dir, 'here', 'link.csv'));
    const here = join(dir, 'here');
    expect(await filesOf(here, "from '../there/b.csv'")).toEqual(['../there/b.csv']);
    expect(await filesOf(here, `from '${dir}/there/b.csv'`)).toEqual(['../there/b.csv']);
    expect(await records(here, "from 'link.csv'")).toEqual([['2']]);
  });

  test('are never those of the current folder', async () => {
    const dir = folderWith({ 'ws/a.csv': 'id\nws\n', 'cwd/a.csv': 'id\ncwd\n', 'cwd/b.csv': 'id\ncwd\n' });
    process.chdir(join(dir, 'cwd'));
    expect(await records(join(dir, 'ws'), "from 'a.csv'")).toEqual([['ws']]);
    expect(await records('../ws', "from 'a.csv'")).toEqual([['ws']]);
    expect(await problem(join(dir, 'ws'), "from 'b.csv'")).toMatchObject({ kind: 'failed' });
    expect(await detail(join(dir, 'ws'), `from 'a.csv', read_csv('${dir}/cwd/' || 'a.csv')`)).toContain(
      'as text. Write each file name whole',
    );
  });

  test('are not meant by the name of a part of the query', async () => {
    const dir = folderWith({ 'a.csv': EXPORT });
    const sql = 'with "a.csv" as (select 42 as x) from "a.csv"';
    expect(await ask(dir, sql)).toMatchObject({ records: [['42']], files: [] });
  });
});

describe('a query that reads a file that is not there', () => {
  const dir = folderWith({ 'export.csv': EXPORT, 'sub/x.csv': EXPORT, notes: EXPORT, 'e.xlsx': 'PK' });

  test.each([
    ["from 'expotr.csv'", 'There is no file "expotr.csv" next to comp.yaml. Did you mean "export.csv"?'],
    [
      "from read_csv('sub/y.csv')",
      'There is no file "sub/y.csv" next to comp.yaml. Did you mean "sub/x.csv"?',
    ],
    [
      "from 'no/such/quite-other.parquet'",
      'There is no file "no/such/quite-other.parquet" next to comp.yaml.',
    ],
    ["from read_csv(['export.csv', '2025-*.csv'])", 'No file next to comp.yaml matches "2025-*.csv".'],
    ["from read_csv('sub')", 'There is no file "sub" next to comp.yaml.'],
    [
      "from 'https://example.com/a.csv'",
      'A query can only read files on this computer, not "https://example.com/a.csv".',
    ],
    [
      "from 's3://bucket/a.parquet'",
      'A query can only read files on this computer, not "s3://bucket/a.parquet".',
    ],
    ['from export.csv', `There is no table "export.csv". Put file names in single quotes: 'export.csv'.`],
    ['from invoices', `There is no table "invoices". Put file names in single quotes: 'export.csv'.`],
    [
      "from 'notes'",
      `The type of "notes" is not clear from its name. If it is CSV, write read_csv('notes').`,
    ],
    [
      "from 'e.xlsx'",
      `The type of "e.xlsx" is not clear from its name. If it is CSV, write read_csv('e.xlsx').`,
    ],
    [
      "from read_csv('exp' || 'ort.csv')",
      `The query does not name "export.csv" as text. Write each file name whole and in single quotes: 'export.csv'.`,
    ],
    [
      'from read_csv("export.csv")',
      `The query does not name "export.csv" as text. Write each file name whole and in single quotes: 'export.csv'.`,
    ],
  ])('%s', async (sql, words) => {
    expect(await problem(dir, sql)).toEqual({ kind: 'failed', detail: words });
  });
});

describe('a statement that is not a SELECT', () => {
  test.each([
    ["copy (select 1) to 'x.csv'", 'COPY'],
    ["copy (select 1) to 'a.csv' (use_tmp_file false)", 'COPY'],
    ["/* a */ -- b\n attach 'x.db'", 'ATTACH'],
    ['install httpfs', 'INSTALL'],
    ['load httpfs', 'LOAD'],
    ["create table t as from 'a.csv'", 'CREATE'],
    ['create macro f(x) as x', 'CREATE'],
    ['pragma version', 'PRAGMA'],
    ['set threads = 2', 'SET'],
    ['reset threads', 'RESET'],
    ["export database 'x'", 'EXPORT'],
    ["import database 'x'", 'IMPORT'],
    ['call pragma_version()', 'CALL'],
    ["explain analyze from 'a.csv'", 'EXPLAIN'],
    ["insert into 'a.csv' values (1)", 'INSERT'],
    ['execute x', 'EXECUTE'],
    ['checkpoint', 'CHECKPOINT'],
    ['select 1; select 2', 'several statements'],
    ["select 1; copy (select 1) to 'x.csv'", 'several statements'],
    ["pivot 'a.csv' on id using sum(amount)", 'a PIVOT without IN (…)'],
    ['', 'nothing'],
    [' ; -- select 1', 'nothing'],
  ])('%s', async (sql, found) => {
    const dir = folderWith({ 'a.csv': EXPORT });
    expect(await problem(dir, sql)).toEqual({ kind: 'not-a-select', found });
    expect(readdirSync(dir)).toEqual(['a.csv']);
    expect(readFileSync(join(dir, 'a.csv'), 'utf8')).toBe(EXPORT);
  });

  test.each([
    'select 1;',
    'with x as (select 1) select * from x ; ;',
    'values (1)',
    '(select 1)',
    "from 'a.csv' limit 1",
    "describe select * from 'a.csv'",
  ])('but %s is one', async (sql) => {
    expect(await runQuery(sql, folderWith({ 'a.csv': EXPORT }))).toHaveProperty('records');
  });
});

describe('what a query cannot do', () => {
  const dir = folderWith({ 'a.csv': EXPORT, 'secret.csv': EXPORT });

  test.each(
    someOf<string>([
      "from read_text('/etc/' || 'hostname')",
      "from read_blob(concat('secret', '.csv'))",
      "from 'a.csv', read_csv('sec' || 'ret.csv')",
      "from read_csv(['a.csv', 'sec' || 'ret.csv'])",
      "from read_csv(list_transform(['secret'], x -> x || '.csv'))",
      `from read_csv('${dir}/sub/../' || 'secret.csv')`,
      `from read_csv('file:' || '//${dir}/secret.csv')`,
      "from read_csv('sec*' || '.csv')",
      "select * from (values ('secret.csv')) t(x), read_csv(t.x)",
      "from glob('*')",
      "from sniff_csv('secret.csv')",
      "from read_duckdb('secret.csv')",
      "from read_xlsx('secret.csv')",
      "from query('copy (select 1) to ''x.csv''')",
      "from query('from ''secret.csv''')",
      "from query_table('secret.csv')",
      "from json_execute_serialized_sql(json_serialize_sql('select 1'))",
      "from sql_auto_complete('from ''sec')",
      "from enable_logging(storage = 'stdout')",
      "from enable_logging(storage = 'file', storage_path = 'log')",
      "from enable_profiling(format = 'json', save_location = 'p.json')",
      'from force_checkpoint()',
      'from duckdb_secrets()',
      'from duckdb_settings()',
      'from pg_settings',
      'from pg_catalog.pg_settings',
      'from main.duckdb_logs',
      "select getenv('HOME')",
      "select read_text('secret.csv')",
      "select current_setting('secret_directory')",
      'select * from postgres_scan($$$$, $$$$, $$$$)',
      'select nextval($$x$$)',
    ]),
  )('%s', async (sql) => {
    expect(await problem(dir, sql)).toMatchObject({ kind: 'failed' });
    expect(readdirSync(dir).sort()).toEqual(['a.csv', 'secret.csv']);
  });

  test.each(
    someOf<string>([
      'now()',
      'current_date',
      'CURRENT_TIMESTAMP',
      'random()',
      'uuid()',
      "age(date '2025-01-01')",
      'current_localtimestamp()',
      'current_localtime()',
      'pg_conf_load_time()',
      'pg_postmaster_start_time()',
      'txid_current()',
      'current_query_id()',
      'current_transaction_id()',
      'current_connection_id()',
      'version()',
      'current_database()',
      'current_schemas(true)',
    ]),
  )('give something else on another day: %s', async (sql) => {
    expect(await detail(dir, `select ${sql}`)).toMatch(/^A query cannot use \w+: the same files must give/);
  });

  test.each([
    "filename from read_csv('a.csv')",
    "t.FileName from 'a.csv' t",
    "* from read_csv('a.csv', filename = true)",
    "max(last_modified) from read_csv('a.csv')",
  ])('the path of a file, or its time: %s', async (sql) => {
    expect(await detail(dir, `select ${sql}`)).toMatch(/^A query cannot use the column \w+: the same files/);
  });

  test.each([
    "from read_text('a.csv')",
    "from read_blob('a.csv')",
  ])('what has the time of a file among its columns: %s', async (sql) => {
    expect(await detail(dir, sql)).toMatch(/^A query cannot call read_/);
  });

  test.each([
    'select * from sqlite_master, (with sqlite_master as (select 1) select 1)',
    'with sqlite_master as (select * from sqlite_master) select * from sqlite_master',
    'with a as (select * from duckdb_settings), duckdb_settings as (select 1) select * from a',
    'select (with duckdb_tables as (select 1) select 1), (select count(*) from duckdb_tables)',
  ])('a part of the query is known only where it can be read: %s', async (sql) => {
    expect(await detail(dir, sql)).toMatch(/^There is no table "/);
  });

  test('parts of the query within others', async () => {
    const sql = `
      with recursive a as (select 1 as x), b as (select x + 1 as x from a union all select x + 1 from b where x < 4)
      select (with c as (select max(x) as x from b) select x from c) as x, (select count(*) from "a.csv") as y
      from (with "a.csv" as (select 1) select * from "a.csv")`;
    expect(await records(dir, sql)).toEqual([['4', '2']]);
  });

  test('no column comes from the path of a file', async () => {
    const dir = join(newFolder(), 'env=prod');
    mkdirSync(join(dir, 'y=1'), { recursive: true });
    for (const name of ['a.csv', 'y=1/a.csv']) writeFileSync(join(dir, name), EXPORT);
    for (const from of ["'a.csv'", "'y=1/a.csv'", "'*/a.csv'"]) {
      expect(await types(dir, `select * from ${from}`)).toEqual({ id: 'VARCHAR', amount: 'VARCHAR' });
    }
    for (const from of ["read_csv('a.csv')", "read_csv(['y=1/a.csv'])", "read_json('*/a.csv')"]) {
      expect(await runQuery(`select * from ${from}`, dir)).toMatchObject({
        kind: 'failed',
        detail: expect.stringContaining('has an = in its name'),
      });
    }
    const plain = folderWith({ 'a.csv': EXPORT });
    for (const option of ['hive_partitioning = true', 'hive_types_autocast = true']) {
      expect(await runQuery(`select * from read_csv('a.csv', ${option})`, plain)).toMatchObject({
        kind: 'failed',
        detail: expect.stringContaining('the same files must give the same rows'),
      });
    }
  });

  test('a sample is another every time', async () => {
    expect(await detail(dir, "from 'a.csv' using sample 1")).toMatch(/^A query cannot use sample/);
  });

  test('columns with the names of such functions are only columns', async () => {
    const sql =
      'select uuid, today, t.current_date from (select 1 as uuid, 2 as today, 3 as "current_date") t';
    expect(await records(dir, sql)).toEqual([['1', '2', '3']]);
  });
});

describe('a query that fails: the reason, without the folder of this computer', () => {
  const dir = folderWith({
    'a.csv': EXPORT,
    'bad.json': '{"a": 1}\n{"a":',
    'latin1.csv': Buffer.from('id\nM\xfcller\n', 'latin1'),
  });

  test.each([
    ['selec 1', 'Syntax error at or near "selec" (line 1)'],
    ["select id\nfrom 'a.csv' a\nwhere 'ä' = ) 1", 'Syntax error at or near ")" (line 3)'],
    [
      "select id,\n  amuont\nfrom 'a.csv'",
      'Referenced column "amuont" not found in FROM clause! Candidate bindings: "amount" (line 2)',
    ],
    ["select 'x'::decimal(18,2)", `Could not convert string "x" to DECIMAL(18,2) (line 1)`],
    ["select error('no rep for I1')", 'no rep for I1'],
    ["select if(i = 5000, error('late'), i) from range(9999) t(i)", 'late'],
    ['select 9223372036854775807 + i from range(3) t(i)', /^Overflow in addition of INT64/],
    [`select 1${'+1'.repeat(5000)}`, /^Max expression depth limit of 1000 exceeded/],
    ['select $1', 'The query has a placeholder, such as ? or $1, that nothing fills in.'],
    ['select 1e999', 'The query cannot be parsed. A number in it may be too large.'],
    [
      "from read_csv('a.csv', types = { 'amount': 'date' })",
      `CSV Error on Line: 2 Original Line: 001,1.50 Error when converting column "amount". Could not convert string "1.50" to 'DATE' (a.csv)`,
    ],
    ["from 'bad.json'", /^Malformed JSON in file "bad\.json"/],
    ["from 'latin1.csv'", /not utf-8 encoded/],
  ])('%#', async (sql, words) => {
    const found = await detail(dir, sql);
    if (typeof words === 'string') expect(found).toBe(words);
    else expect(found).toMatch(words);
    expect(found).not.toContain(basename(dir));
  });

  test('out of memory: without advice on settings', () => {
    const message =
      'Out of Memory Error: failed to allocate data of size 16.0 MiB (1.8 GiB/1.8 GiB used)\nDatabase is launched in in-memory mode';
    expect(wordsFor(message, dir, undefined)).toBe(
      'The query needs more than 2 GB of memory, which is the limit.',
    );
  });

  test('dividing by zero does not fail: DuckDB makes it infinite, or nothing', async () => {
    expect(await records(dir, 'select 1 / 0, 1 // 0, 1 % 0')).toEqual([['Infinity', '', '']]);
  });
});

test.skipIf(isQuick)('a query that gives rows without end is given up', async () => {
  // 540 rows of 2 MB are more than 1 GiB.
  let rows = 0;
  const count = async (some: readonly unknown[]) => {
    rows += some.length;
  };
  expect(await streamQuery("select repeat('x', 2000000) from range(600)", newFolder(), count)).toEqual({
    kind: 'failed',
    detail: expect.stringContaining('more than 5,000,000 rows'),
  });
  expect(rows).toBeLessThan(540);
});

describe.skipIf(isQuick)('a query in a process of its own', () => {
  // As built: from source, there is no other process.
  const apart = async (files: Record<string, string>, sql: string, bounds?: QueryBounds) => {
    const { runApart } = (await import(
      pathToFileURL(BUILT_APART).href
    )) as typeof import('../src/query/apart.js');
    return runApart(sql, folderWith(files), bounds);
  };
  const MINUTE = { time: 60, memory: 4 * 1024 ** 3 };

  test('gives the same rows, in order', async () => {
    const sql = "select i as id, 'é' || i as name from range(10000) t(i)";
    expect(await apart({}, sql)).toEqual(await ask(newFolder(), sql));
    expect(await apart({}, 'selec 1')).toMatchObject({
      kind: 'failed',
      detail: expect.stringContaining('Syntax error'),
    });
  });

  test('that breaks down is a problem of the query', async () => {
    const deep = { 'd.json': '['.repeat(10_000) + ']'.repeat(10_000) };
    expect(await apart(deep, "from read_json('d.json')")).toEqual({
      kind: 'failed',
      detail: expect.stringMatching(/^DuckDB broke down \(SIG\w+\) while it ran the query\./),
    });
  });

  test('that never ends is given up', async () => {
    const sql = 'with recursive t(x) as (select 1 union all select 1 from t) select count(*) from t';
    const began = performance.now();
    expect(await apart({}, sql, { ...MINUTE, time: 1 })).toEqual({
      kind: 'failed',
      detail: 'The query takes longer than 1 s, which is the limit.',
    });
    expect(performance.now() - began).toBeLessThan(5000);
  });

  test('that takes memory without end is given up', async () => {
    const sql = "select len(list(repeat('x', 100000) || i)) from range(100000) t(i)";
    expect(await apart({}, sql, { ...MINUTE, memory: 300 * 1024 ** 2 })).toEqual({
      kind: 'failed',
      detail: 'The query needs more than 300 MiB of memory, which is the limit.',
    });
  });

  test('that gives rows one after another', async () => {
    const sql = 'with recursive t(x) as (select 1 union all select x + 1 from t) select x from t';
    const found = await apart({}, sql.replace('from t)', 'from t where x < 3)'));
    expect(found).toMatchObject({ records: [['1'], ['2'], ['3']] });
  });

  test.runIf(isDeep)('that gives rows without end is given up', async () => {
    expect(await apart({}, "select repeat('x', 2000000) from range(540)", MINUTE)).toEqual({
      kind: 'failed',
      detail: expect.stringContaining('more than 5,000,000 rows'),
    });
  });
});

test('DuckDB is not installed', () => {
  // The same source in a folder from which no package is found.
  const dir = folderWith({ 'package.json': '{"type":"module"}' });
  const source = join(import.meta.dirname, '..', 'src');
  for (const [room, names] of [
    ['query', readdirSync(join(source, 'query'))],
    ['problems', ['nearest.ts']],
    ['.', ['largest.ts']],
  ] as const) {
    mkdirSync(join(dir, room), { recursive: true });
    for (const name of names) {
      const { outputText } = ts.transpileModule(readFileSync(join(source, room, name), 'utf8'), {
        compilerOptions: {
          module: ts.ModuleKind.ESNext,
          target: ts.ScriptTarget.ES2023,
          verbatimModuleSyntax: true,
        },
      });
      const alone = outputText.replace(/import \{ distance \}.*/, 'const distance = () => 0;');
      writeFileSync(join(dir, room, name.replace('.ts', '.js')), alone);
    }
  }
  const url = pathToFileURL(join(dir, 'query', 'query.js')).href;
  const script = `import('${url}').then(({ runQuery }) => runQuery('select 1', '.')).then((x) => console.log(JSON.stringify(x)))`;
  const out = execFileSync(process.execPath, ['-e', script], { cwd: dir, encoding: 'utf8' });
  expect(JSON.parse(out)).toEqual({ kind: 'not-installed' });
});
