/** Reads the sources of one ledger, files or a query, into its rows, and knows the place of each row. */
import { resolve } from 'node:path';
import { addAll } from '../largest.js';
import { isPlainText, readRecords } from '../ledgers/read.js';
import { LedgerMapper, type MappedLedger, type MappingContext } from '../mapping/map-ledger.js';
import type { Place } from '../problems/place.js';
import type { Fault } from '../problems/problem.js';
import type { FileReader } from './file-reader.js';
import { type InputFile, sha256 } from './input-file.js';
import { findOnlyFile, type NamedSource, sizeOf } from './ledger-source.js';
import { textOf } from './source-text.js';
import { takeTable } from './table-source.js';
import type { Stretch, Taken } from './taken.js';

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

interface NamedText {
  readonly file: string;
  readonly content: Uint8Array;
}

/** @param tableFrom - the size in bytes from which a file is read straight into columns, if possible */
export async function readSources(
  named: NamedSource,
  context: MappingContext,
  files: FileReader,
  tableFrom: number,
): Promise<LedgerText> {
  const { ledger, source } = named;
  const only = findOnlyFile(named);
  const isLarge = only !== undefined && sizeOf(only.path) >= tableFrom;
  const table = isLarge ? await takeTable(named, only, context, files) : undefined;
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
    const { takeQuery } = await import('./query-source.js');
    const result = await takeQuery(named, source.query, mapper, files);
    addAll(faults, result.faults);
    addAll(inputs, result.inputs);
    addAll(paths, result.paths);
    addAll(stretches, result.stretches);
  }
  return { mapped: mapper.finish(), stretches, faults, inputs, paths };
}
