/** Mapping for users of the library: from the records of an export to a ledger, with the keys of comp.yaml. */
import { z } from 'zod';
import type { Ledgers } from '../engine/r2-ledgers/ledger.js';
import type { LedgerName } from '../ledger-specs/ledgers.js';
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
  const schema = z.strictObject(mappingShape(name)).superRefine((keys, context) => {
    checkDates(keys, context);
    checkColumns(name, keys, context);
  });
  const { value, faults } = readBySchema(schema, mapping, ['ledgers', name]);
  if (value === undefined) return { ledger: { rows: [] } as unknown as NonNullable<Ledgers[Name]>, faults };
  const mapper = new LedgerMapper(name, value, context);
  mapper.open(name);
  for (const record of records) mapper.take(record);
  mapper.close();
  const mapped = mapper.finish();
  return { ledger: mapped.ledger as unknown as NonNullable<Ledgers[Name]>, faults: mapped.faults };
}
