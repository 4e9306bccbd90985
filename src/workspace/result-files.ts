/** The result files of `comp calc`: figures, postings, applied cash and exceptions as CSV, and the manifest. */
import { type Day, findDay } from '../day.js';
import type { Result, Writable } from '../engine/result.js';
import {
  appliedTable,
  attainmentTable,
  CLOSED_POSTING_HEADER,
  closedPostingsTable,
  entriesTable,
  exceptionsTable,
  monthsTable,
  POSTING_HEADER,
  postingsTable,
  quartersTable,
  type Table,
} from '../ledgers/tables.js';
import { csvOf, csvRowsOf } from '../ledgers/write.js';
import { postingRows, postingsCsv } from '../ledgers/write-postings.js';
import type { StoredClose } from './closes/read-closes.js';
import { lineOf } from './line-of.js';
import type { Workspace } from './load.js';
import { type ManifestFacts, manifestOf } from './manifest.js';
import type { OutputFile } from './publish.js';

/** Files that not every run writes. */
const OPTIONAL = ['months.csv', 'postings.csv', 'entries.csv', 'applied.csv', 'close.xlsx'];

/** What result files are made of. */
export interface Results {
  readonly workspace: Workspace;
  readonly closes: readonly StoredClose[];
  readonly result: Result;
  /** The calculation whose postings are written; undefined to write none. */
  readonly posted: Writable | undefined;
  /** The workbook, if requested. */
  readonly workbook: OutputFile | undefined;
}

/**
 * The files, the manifest last, and those of an earlier run that have no counterpart now.
 *
 * @param facts - what the manifest records besides the results
 */
export function resultFiles(
  { workspace, closes, result, posted, workbook }: Results,
  facts: Pick<ManifestFacts, 'version' | 'state' | 'level'>,
): { readonly files: readonly OutputFile[]; readonly stale: readonly string[] } {
  const files: OutputFile[] = [
    csvFile(quartersTable(result)),
    ...(result.terms.payPeriod === 'month' ? [csvFile(monthsTable(result))] : []),
    csvFile(attainmentTable(result)),
    ...(posted === undefined ? [] : [postingsFile(posted, closes), csvFile(entriesTable(result))]),
    ...(result.terms.applyCash === 'none' ? [] : [csvFile(appliedTable(result))]),
    csvFile(exceptionsTable(result.exceptions, (exception) => lineOf(workspace, exception))),
    ...(workbook === undefined ? [] : [workbook]),
  ];
  const outputs = files.map(({ name }) => name);
  const manifest = manifestOf(result, { ...facts, inputs: workspace.inputs, closes, outputs });
  return {
    files: [...files, { name: 'manifest.json', pieces: [manifest] }],
    stale: OPTIONAL.filter((name) => !outputs.includes(name)),
  };
}

/** From this many postings, writing them from their columns pays off. */
const MANY = 10_000;

function postingsFile(calculation: Writable, closes: readonly StoredClose[]): OutputFile {
  const { result, working } = calculation;
  const table = working.postings;
  if (table.length < MANY) return csvFile(postingsTable(result));
  const { closedThrough } = result;
  const pieces =
    closedThrough === undefined ? postingsCsv(table) : postingsSince(calculation, closes, closedThrough);
  return { name: 'postings.csv', pieces };
}

/** The postings of closed periods exactly as in their files, then those of open periods. */
function* postingsSince(
  { result, working }: Writable,
  closes: readonly StoredClose[],
  closedThrough: string,
): Iterable<string | Uint8Array> {
  const { currency, adjustments } = result;
  const isClosed = closes.length > 0;
  yield `${(isClosed ? CLOSED_POSTING_HEADER : POSTING_HEADER).join(',')}\n`;
  for (const close of closes) {
    const rows = close.findRows();
    if (rows === undefined) yield* csvRowsOf(closedPostingsTable(close.postings, currency));
    else yield rows;
  }
  if (adjustments.length > 0) {
    yield* csvRowsOf(closedPostingsTable(result.openPostings, currency));
    return;
  }
  const table = working.postings;
  const from = table.placeAfter(findDay(closedThrough) as Day);
  yield* postingRows(table, { from, to: table.length, isClosed });
}

function csvFile(table: Table): OutputFile {
  return { name: table.file, pieces: csvOf(table) };
}
