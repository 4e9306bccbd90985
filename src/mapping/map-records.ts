/** Mapping for users of the library: from the records of an export to a ledger, with the keys of comp.yaml. */
import { z } from 'zod';
import type { Ledgers } from '../engine/r2-ledgers/ledger.js';
import { LEDGER_NAMES, type LedgerName } from '../ledger-specs/ledgers.js';
import { findNearest } from '../problems/nearest.js';
import type { Place } from '../problems/place.js';
import type { Fault } from '../problems/problem.js';
import { readBySchema } from '../problems/schema-issues.js';
import { LedgerMapper, type MappingContext } from './map-ledger.js';
import { checkColumns, checkDates, mappingShape } from './schema.js';

/** A mapping as in comp.yaml: `{ columns, dateFormat, numberFormat, where, lines, … }`. */
export type MappingInput = z.input<z.ZodObject<ReturnType<typeof mappingShape>>>;

/**
 * Makes a ledger of an export's records.
 *
 * @param name - the ledger to make of the export
 * @param records - the cells of the export's rows as text, header included
 * @param mapping - how to get the columns of R2.1 from the export; empty where it has them itself
 * @returns the ledger, for {@link calculate}, and the faults of the mapping and the records; with faults the ledger is incomplete
 * @example
 * const { ledger, faults } = mapRecords(
 *   'payments',
 *   [['Ref', 'Invoice', 'Date', 'Amount'], ['P1', 'I1', '31.12.2025', '1.234,50']],
 *   {
 *     columns: { payment_id: 'Ref', invoice_id: 'Invoice', payment_date: 'Date', amount: 'Amount' },
 *     dateFormat: 'DD.MM.YYYY',
 *     numberFormat: '1.234,56',
 *   },
 * );
 * // ledger.rows[0]: { payment_id: 'P1', invoice_id: 'I1', payment_date: '2025-12-31', amount: '1234.50' }; faults: []
 */
export function mapRecords<Name extends LedgerName>(
  name: Name,
  records: Iterable<readonly string[]>,
  mapping: MappingInput = {},
  context: MappingContext = {},
): { readonly ledger: NonNullable<Ledgers[Name]>; readonly faults: readonly Fault[] } {
  // A caller may have no types.
  const wrong = shapeFaults(name, records);
  if (wrong.length > 0) return { ledger: NO_ROWS as NonNullable<Ledgers[Name]>, faults: wrong };
  const schema = z.strictObject(mappingShape(name)).superRefine((keys, context) => {
    checkDates(keys, context);
    checkColumns(name, keys, context);
  });
  const { value, faults } = readBySchema(schema, mapping, ['ledgers', name]);
  if (value === undefined) return { ledger: NO_ROWS as NonNullable<Ledgers[Name]>, faults };
  const mapper = new LedgerMapper(name, value, context);
  mapper.open(name);
  let number = 0;
  for (const record of records) {
    if (!isRecord(record)) {
      const place = { kind: 'record', ledger: name, record: number } as const;
      return { ledger: NO_ROWS as NonNullable<Ledgers[Name]>, faults: [notText(place, record)] };
    }
    mapper.take(record);
    number += 1;
  }
  mapper.close();
  const mapped = mapper.finish();
  return { ledger: mapped.ledger as unknown as NonNullable<Ledgers[Name]>, faults: mapped.faults };
}

const NO_ROWS: unknown = { rows: [] };

function shapeFaults(name: LedgerName, records: unknown): Fault[] {
  const path = ['ledgers', String(name)];
  if (!LEDGER_NAMES.includes(name)) {
    const nearest = findNearest(String(name), LEDGER_NAMES);
    return [{ code: 'unknown-key', place: { kind: 'terms', path }, key: String(name), nearest }];
  }
  const isGiven = typeof records === 'object' && records !== null && Symbol.iterator in records;
  if (isGiven) return [];
  return [notText({ kind: 'terms', path }, records)];
}

function isRecord(record: unknown): record is readonly string[] {
  return Array.isArray(record) && record.every((cell) => typeof cell === 'string');
}

function notText(place: Place, given: unknown): Fault {
  const found = Array.isArray(given) ? `a record with ${nonText(given)}` : String(typeof given);
  return { code: 'wrong-value', place, found, expected: 'records: arrays with the text of each cell' };
}

function nonText(record: readonly unknown[]): string {
  const cell = record.find((one) => typeof one !== 'string');
  return cell === null ? 'null' : `a ${typeof cell}`;
}
