/** Reads the only file of a ledger straight into columns, if it is a plain one. */
import { findLines, readRecords, topRecords } from '../ledgers/read.js';
import type { RowFormat } from '../ledgers/scan-table.js';
import { LedgerMapper, type MappingContext } from '../mapping/map-ledger.js';
import type { FileReader } from './file-reader.js';
import { readFile } from './files.js';
import { sha256 } from './input-file.js';
import { findOnlyFile, type NamedSource, type OnlyFile } from './ledger-source.js';
import { textOf } from './source-text.js';
import { readTableFile, type TableFile } from './table-file.js';
import type { Taken } from './taken.js';

/** Reads the only file of a ledger straight into columns; undefined if its records must be read one by one. */
export async function takeTable(
  named: NamedSource,
  { file, path }: OnlyFile,
  context: MappingContext,
  files: FileReader,
): Promise<Taken | undefined> {
  const { ledger, source } = named;
  const read = (await files.findAhead(named)) ?? findTableFile(named, context);
  if (read === undefined) return undefined;
  // The file is read again only if its rows or lines are needed.
  const contentOf = () => {
    const { content, bytes } = textOf(named, file, readFile(path));
    if (content === undefined || bytes === undefined || sha256(bytes) !== read.sha256)
      throw new Error(`${file} has changed while it was read. Run comp again.`);
    return content;
  };
  const top = layOutTop(named, file, context, read.top, contentOf);
  if (top === undefined) return undefined;
  const { mapper, from } = top;
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
  const only = findOnlyFile(named);
  if (only === undefined) return undefined;
  const { encoding } = named.source;
  return readTableFile(only.path, { encoding, layOut: (top) => layOutTop(named, only.file, context, top) });
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
  file: string,
  context: MappingContext,
  top: Uint8Array,
  contentOf: () => Uint8Array = () => top,
): Top | undefined {
  const { delimiter, mapping } = source;
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
