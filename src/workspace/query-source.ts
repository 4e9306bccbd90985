/** Reads the result of a ledger's query as its rows. */
import { relative } from 'node:path';
import { LEDGER_COLUMNS } from '../ledger-specs/columns.js';
import type { LedgerName } from '../ledger-specs/ledgers.js';
import { findHeader } from '../mapping/header-names.js';
import type { LedgerMapper } from '../mapping/map-ledger.js';
import type { Fault } from '../problems/problem.js';
import { runApart } from '../query/apart.js';
import type { QueryProblem } from '../query/result.js';
import type { FileReader } from './file-reader.js';
import { type InputFile, sha256 } from './input-file.js';
import type { LedgerSource, NamedSource } from './ledger-source.js';
import type { TakenSources } from './taken.js';

/** Runs the query and hands its rows to the mapper. */
export async function takeQuery(
  { ledger, source, root }: NamedSource,
  query: string,
  mapper: LedgerMapper,
  files: FileReader,
): Promise<TakenSources> {
  const result = await runApart(query, root);
  if ('kind' in result) return { stretches: [], faults: [queryFault(ledger, result)], inputs: [], paths: [] };
  const inputs = result.files.flatMap((path): InputFile[] => {
    const { bytes } = files.read(path);
    return bytes === undefined ? [] : [{ role: ledger, file: relative(root, path), sha256: sha256(bytes) }];
  });
  const name = `the query of ${ledger}`;
  mapper.open(name);
  mapper.take(result.columns.map((column) => column.name));
  const write = asTheFileWrites(source, result.columns);
  for (const record of result.records) mapper.take(write(record));
  mapper.close();
  return {
    stretches: [{ name, first: 0, lineOf: (record) => record }],
    faults: inexactColumns(ledger, source, result.columns),
    inputs,
    paths: result.files,
  };
}

function queryFault(ledger: LedgerName, problem: QueryProblem): Fault {
  const place = { kind: 'terms', path: ['ledgers', ledger, 'query'] } as const;
  switch (problem.kind) {
    case 'not-installed':
      return { code: 'duckdb-missing', place };
    case 'not-a-select':
      return { code: 'query-not-select', place, found: problem.found };
    case 'failed':
      return { code: 'query-failed', place, detail: problem.detail };
  }
}

/** DuckDB writes decimals with a point, whatever the files use: its 12.500 is not twelve thousand. */
function asTheFileWrites(
  { mapping: { numberFormat } }: LedgerSource,
  columns: readonly { readonly type: string }[],
): (record: readonly string[]) => readonly string[] {
  const decimals = columns.map(({ type }) => type.startsWith('DECIMAL'));
  if (numberFormat?.at(-3) !== ',' || !decimals.includes(true)) return (record) => record;
  return (record) => record.map((cell, at) => (decimals[at] === true ? cell.replace('.', ',') : cell));
}

/** Our columns with binary fractions, whose values differ from those in the file. */
function inexactColumns(
  ledger: LedgerName,
  { mapping }: LedgerSource,
  columns: readonly { readonly name: string; readonly type: string }[],
): Fault[] {
  const place = { kind: 'terms', path: ['ledgers', ledger, 'query'] } as const;
  const names = columns.map(({ name }) => name);
  const mapped = new Set(
    Object.values(mapping.columns ?? {})
      .flatMap((source) => [...(source?.from ?? []), ...(source?.plus ?? []), ...(source?.minus ?? [])])
      .map((header) => findHeader(header, names)),
  );
  return columns
    .filter(
      ({ name, type }, at) =>
        /^(DOUBLE|FLOAT|REAL)/.test(type) &&
        (LEDGER_COLUMNS[ledger].columns.some((column) => column.name === name) || mapped.has(at)),
    )
    .map(({ name, type }) => ({ code: 'inexact-column', place, column: name, type }));
}
