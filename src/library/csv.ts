/** CSV in and out without files: ledgers from the text of an export, results as the text of the program's files. */

import type { Ledgers } from '../engine/r2-ledgers/ledger.js';
import type { PostedResult, Result } from '../engine/result.js';
import type { LedgerName } from '../ledger-specs/ledgers.js';
import { readRecords } from '../ledgers/read.js';
import {
  appliedTable,
  attainmentTable,
  entriesTable,
  exceptionsTable,
  monthsTable,
  postingsTable,
  quartersTable,
  type Table,
} from '../ledgers/tables.js';
import { csvOf } from '../ledgers/write.js';
import type { MappingContext } from '../mapping/map-ledger.js';
import { type MappingInput, mapRecords } from '../mapping/map-records.js';
import type { Fault } from '../problems/problem.js';

/** How CSV text is read. */
export interface CsvOptions extends Pick<MappingContext, 'currency' | 'hasSplits' | 'hasOpenings'> {
  /** `,` by default. */
  readonly delimiter?: ',' | ';' | '|' | '\t';
  /** How to get our columns from an export, with the keys of comp.yaml; none where it has them itself. */
  readonly mapping?: MappingInput;
}

/**
 * A ledger from CSV text.
 *
 * @param name - the ledger to make of it
 * @param text - with a header; a byte order mark is skipped
 * @returns the ledger, for {@link calculate}, and every fault of the text, the mapping and the cells
 * @example
 * const { ledger, faults } = ledgerFromCsv('payments', 'payment_id,invoice_id,payment_date,amount\nP1,I1,2025-02-10,400.00\n');
 */
export function ledgerFromCsv<Name extends LedgerName>(
  name: Name,
  text: string,
  { delimiter = ',', mapping = {}, ...context }: CsvOptions = {},
): { readonly ledger: NonNullable<Ledgers[Name]>; readonly faults: readonly Fault[] } {
  const records: (readonly string[])[] = [];
  const bytes = new TextEncoder().encode(text.replace(/^\uFEFF/, ''));
  const { faults } = readRecords(`${name}.csv`, bytes, delimiter, (record) => {
    records.push(record);
  });
  const mapped = mapRecords(name, records, mapping, context);
  return { ledger: mapped.ledger, faults: [...faults, ...mapped.faults] };
}

/** A file's name and its text. */
export interface CsvFile {
  readonly name: string;
  readonly text: string;
}

/**
 * The files of a result as `comp calc` writes them, to the byte: quarters.csv, attainment.csv, exceptions.csv, and months.csv,
 * postings.csv, entries.csv and applied.csv where the result has them.
 *
 * @param result - with postings, or without
 * @returns in the order in which the program writes them; of exceptions.csv, `row` is blank: the result knows no files
 * @example csvFiles(result).find(({ name }) => name === 'quarters.csv')?.text
 */
export function csvFiles(result: Result | PostedResult): readonly CsvFile[] {
  const tables: Table[] = [
    quartersTable(result),
    ...(result.terms.payPeriod === 'month' ? [monthsTable(result)] : []),
    attainmentTable(result),
    ...('postings' in result ? [postingsTable(result), entriesTable(result)] : []),
    ...(result.terms.applyCash === 'none' ? [] : [appliedTable(result)]),
    exceptionsTable(result.exceptions, () => undefined),
  ];
  return tables.map((table) => ({ name: table.file, text: [...csvOf(table)].join('') }));
}
