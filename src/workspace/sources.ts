/** Reads the sources of one ledger, files or a query, into its rows, and knows the place of each row. */
import { relative, resolve } from 'node:path';
import { LEDGER_COLUMNS } from '../ledger-specs/columns.js';
import type { LedgerName } from '../ledger-specs/ledgers.js';
import { decode } from '../ledgers/decode.js';
import { findLines, isPlainText, readRecords, topRecords } from '../ledgers/read.js';
import type { RowFormat } from '../ledgers/scan-table.js';
import { findHeader } from '../mapping/header-names.js';
import { LedgerMapper, type MappedLedger, type MappingContext } from '../mapping/map-ledger.js';
import type { Place } from '../problems/place.js';
import type { Fault } from '../problems/problem.js';
import type { QueryProblem } from '../query/result.js';
import type { FileReader } from './file-reader.js';
import { type FileContent, readFile } from './files.js';
import { type InputFile, sha256 } from './input-file.js';
import { findOnlyPath, type LedgerSource, type NamedSource, sizeOf } from './ledger-source.js';
import { readTableFile, type TableFile } from './table-file.js';

/** A ledger as read from its sources. */
export interface LedgerText extends MappedLedger {
  /** The place of a record: file and line, or the row of a query. */
  readonly placeOf: (record: number) => Place;
  /** The place of a file's header, by the file's number. */
  readonly headerOf: (file: number) => Place;
  readonly inputs: readonly InputFile[];
  /** The paths of the files, from the current folder. */
  readonly paths: readonly string[];
}

/** A stretch of records from one file or from a query. */
interface Stretch {
  readonly name: string;
  readonly first: number;
  readonly lineOf: (record: number) => number;
}

interface NamedText {
  readonly file: string;
  readonly content: Uint8Array;
}

/** The rows of a ledger, with the faults of its sources. */
interface Taken {
  readonly mapped: MappedLedger;
  readonly stretches: readonly Stretch[];
  readonly faults: readonly Fault[];
  readonly inputs: readonly InputFile[];
  readonly paths: readonly string[];
}

/** @param tableFrom - the size in bytes from which a file is read straight into columns, if possible */
export async function readSources(
  named: NamedSource,
  context: MappingContext,
  files: FileReader,
  tableFrom: number,
): Promise<LedgerText> {
  const { ledger, source } = named;
  const path = findOnlyPath(named);
  const isLarge = path !== undefined && sizeOf(path) >= tableFrom;
  const table = isLarge ? await takeTable(named, path, context, files) : undefined;
  const { mapped, stretches, faults, inputs, paths } = table ?? (await takeRecords(named, context, files));
  const placeOf = (record: number): Place => {
    const stretch = stretches.findLast(({ first }) => first <= record);
    if (stretch === undefined) return { kind: 'terms', path: ['ledgers', ledger] };
    return { kind: 'file', file: stretch.name, line: stretch.lineOf(record - stretch.first) };
  };
  return {
    ...mapped,
    faults: [...faults, ...(stretches.length === 0 ? [] : mapped.faults)],
    placeOf,
    headerOf: (file) => {
      const record = mapped.headers[file];
      if (record !== undefined && source.mapping.header === undefined) return placeOf(record);
      return { kind: 'file', file: stretches[file]?.name ?? ledger };
    },
    inputs,
    paths,
  };
}

/** Takes the records of a ledger's sources one by one. */
async function takeRecords(named: NamedSource, context: MappingContext, files: FileReader): Promise<Taken> {
  const { ledger, source, root } = named;
  const stretches: Stretch[] = [];
  const faults: Fault[] = [];
  const inputs: InputFile[] = [];
  const paths: string[] = [];
  const contents: NamedText[] = [];
  for (const file of source.files) {
    const path = resolve(root, file);
    const { content, bytes, fault } = textOf(named, file, files.read(path));
    if (bytes !== undefined) {
      inputs.push({ role: ledger, file, sha256: sha256(bytes) });
      paths.push(path);
    }
    if (fault !== undefined) faults.push(fault);
    if (content !== undefined) contents.push({ file, content });
  }
  const replay = (take: (record: readonly string[]) => void) => {
    for (const { file, content } of contents) readRecords(file, content, source.delimiter, take);
  };
  // Text that needs a parser is not read twice.
  const isCheap = source.query === undefined && contents.every(({ content }) => isPlainText(content));
  const mapper = new LedgerMapper(ledger, source.mapping, { ...context, ...(isCheap ? { replay } : {}) });
  let taken = 0;
  const counted = (record: readonly string[]) => {
    taken += 1;
    mapper.take(record);
  };
  for (const { file, content } of contents) {
    mapper.open(file);
    const first = taken;
    const text = readRecords(file, content, source.delimiter, counted);
    for (const fault of text.faults) faults.push(fault);
    // A file cut short by a fault is not empty.
    if (taken > first || text.faults.length === 0) mapper.close();
    stretches.push({ name: file, first, lineOf: text.lineOf });
  }
  if (source.query !== undefined) {
    // Few workspaces have a query.
    const { runQuery } = await import('../query/query.js');
    const result = await runQuery(source.query, root);
    if ('kind' in result) {
      faults.push(queryFault(ledger, result));
    } else {
      const name = `the query of ${ledger}`;
      for (const path of result.files) {
        const { bytes } = files.read(path);
        if (bytes !== undefined)
          inputs.push({ role: ledger, file: relative(root, path), sha256: sha256(bytes) });
        paths.push(path);
      }
      faults.push(...inexactColumns(ledger, source, result.columns));
      mapper.open(name);
      mapper.take(result.columns.map((column) => column.name));
      const write = asTheFileWrites(source, result.columns);
      for (const record of result.records) mapper.take(write(record));
      mapper.close();
      stretches.push({ name, first: 0, lineOf: (record) => record });
    }
  }
  return { mapped: mapper.finish(), stretches, faults, inputs, paths };
}

/** Reads the only file of a ledger straight into columns; undefined if its records must be read one by one. */
async function takeTable(
  named: NamedSource,
  path: string,
  context: MappingContext,
  files: FileReader,
): Promise<Taken | undefined> {
  const { ledger, source } = named;
  const [file] = source.files as readonly [string];
  const read = (await files.findAhead(named)) ?? findTableFile(named, context);
  if (read === undefined) return undefined;
  // The file is read again only if its rows or lines are needed.
  const contentOf = () => {
    const { content, bytes } = textOf(named, file, readFile(path));
    if (content === undefined || bytes === undefined || sha256(bytes) !== read.sha256)
      throw new Error(`${file} has changed while it was read. Run comp again.`);
    return content;
  };
  const { mapper, from } = layOutTop(named, context, read.top, contentOf) as Top;
  mapper.takeTable(read.table, from);
  mapper.close();
  const lineOf = findLines(read.isLineEach, contentOf, source.delimiter);
  return {
    mapped: mapper.finish(),
    stretches: [{ name: file, first: 0, lineOf }],
    faults: [],
    inputs: [{ role: ledger, file, sha256: read.sha256 }],
    paths: [path],
  };
}

/** The only file of a ledger in columns; undefined if it has anything unusual. */
export function findTableFile(named: NamedSource, context: MappingContext): TableFile | undefined {
  const path = findOnlyPath(named);
  if (path === undefined) return undefined;
  const { encoding } = named.source;
  return readTableFile(path, { encoding, layOut: (top) => layOutTop(named, context, top) });
}

/** The top of a file that can be read straight into columns. */
interface Top {
  /** It has read the records of the top. */
  readonly mapper: LedgerMapper;
  /** The first record of the rows, and the byte where it starts. */
  readonly from: number;
  readonly start: number;
  readonly format: RowFormat;
}

/**
 * Finds the columns and the first row of a file by its top.
 *
 * @param contentOf - returns the content of the whole file, if all its rows are needed
 */
function layOutTop(
  { ledger, source }: NamedSource,
  context: MappingContext,
  top: Uint8Array,
  contentOf: () => Uint8Array = () => top,
): Top | undefined {
  const { delimiter, mapping, files } = source;
  const [file] = files as readonly [string];
  const replay = (take: (record: readonly string[]) => void) => {
    readRecords(file, contentOf(), delimiter, take);
  };
  const mapper = new LedgerMapper(ledger, mapping, { ...context, replay });
  mapper.open(file);
  /** Where each record ends, by the number of records before. */
  const ends = [0];
  for (const { record, end } of topRecords(top, delimiter)) {
    if (mapper.isLaidOut) break;
    mapper.take(record);
    ends.push(end);
  }
  const { layout, from = 0 } = mapper.findTableLayout() ?? {};
  if (layout === undefined) return undefined;
  const columns = layout.columns.map(({ column: { name, kind }, at }) => ({
    name,
    kind,
    at: at[0] as number,
  }));
  return {
    mapper,
    from,
    start: ends[from] as number,
    format: { delimiter, cells: layout.names.length, columns },
  };
}

/** The text of a file, or a fault of the whole file. */
function textOf(
  { ledger, source, isTyped }: NamedSource,
  file: string,
  { bytes, reason, isOneLine }: FileContent,
): { readonly content?: Uint8Array; readonly bytes?: Uint8Array; readonly fault?: Fault } {
  const place = { kind: 'terms', path: ['ledgers', ledger] } as const;
  if (isOneLine === true) {
    return { fault: { code: 'line-too-long', place: { kind: 'file', file }, path: file } };
  }
  if (reason !== undefined) return { fault: { code: 'unreadable-file', place, path: file, reason } };
  if (bytes === undefined) {
    const relativeTo = isTyped ? 'the current folder' : 'comp.yaml';
    return { fault: { code: 'file-not-found', place, path: file, relativeTo } };
  }
  const { text, fault } = decode(file, bytes, source.encoding);
  return {
    bytes,
    ...(text === undefined ? {} : { content: text }),
    ...(fault === undefined ? {} : { fault }),
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
