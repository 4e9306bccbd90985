/** A ledger made of rows that come one by one: from a database's cursor, a stream, pages of an API. */
import type { Refusal } from '../engine/result.js';
import { LEDGER_NAMES, type LedgerName, type SpecOf } from '../ledger-specs/ledgers.js';
import { findNearest } from '../problems/nearest.js';
import type { Fault } from '../problems/problem.js';
import { RowGatherer } from './collected-columns.js';
import type { LedgerInput } from './given-inputs.js';
import { type RowInput, type TextRow, textRows } from './given-rows.js';

/** A ledger that was collected. */
export interface Collected<Name extends LedgerName> {
  readonly kind: 'collected';
  readonly ledger: LedgerInput<Name>;
}

/** Rows that come one by one, or in time. */
export type RowSource<Name extends LedgerName> =
  | AsyncIterable<RowInput<SpecOf<Name>>>
  | Iterable<RowInput<SpecOf<Name>>>;

/** So many rows are held as objects at a time: few, so that they are gone before the garbage collector moves them. */
const CHUNK = 128;

/**
 * Collects the rows of a ledger into columns. No row is held as an object, so a million of them take about the memory of a
 * file of them.
 *
 * @param name - the ledger that the rows are of
 * @param source - the rows, in any order; gone through once
 * @param options - `currency`: of amounts in minor units whose rows name none (ISO 4217)
 * @returns the ledger, for {@link calculate} and {@link openBook}; or the faults of the rows' shape: unknown columns, cells
 *   that may have lost something. What cells say is checked by the calculation (R9.1)
 * @throws what the source throws
 * @example
 * const payments = await collect('payments', cursor); // cursor: AsyncIterable of { payment_id, invoice_id, payment_date, amount }
 * if (payments.kind === 'collected') calculate({ terms, ledgers: { invoices, payments: payments.ledger }, asOf: '2025-03-31' });
 */
export async function collect<Name extends LedgerName>(
  name: Name,
  source: RowSource<Name>,
  { currency = '' }: { readonly currency?: string } = {},
): Promise<Collected<Name> | Refusal> {
  if (!LEDGER_NAMES.includes(name)) {
    const place = { kind: 'terms', path: ['ledgers', name] } as const;
    const fault = {
      code: 'unknown-key',
      place,
      key: name,
      nearest: findNearest(name, LEDGER_NAMES),
    } as const;
    return { kind: 'refused', faults: [fault] };
  }
  const gatherer = new RowGatherer(name);
  const faults = new Map<string, Fault>();
  const currencyOf = (row: Readonly<Record<string, unknown>>) => String(row['currency'] || currency);
  let chunk: unknown[] = [];
  let first = 0;
  const take = () => {
    const { rows, faults: found } = textRows(name, chunk, currencyOf);
    rows.forEach((row: TextRow) => {
      gatherer.add(row);
    });
    for (const fault of found) noteFault(faults, fault, first);
    first += chunk.length;
    chunk = [];
  };
  for await (const row of source) {
    chunk.push(row);
    if (chunk.length === CHUNK) take();
  }
  take();
  if (faults.size > 0) return { kind: 'refused', faults: [...faults.values()] };
  // The cells are text now, which is a form of every cell.
  return { kind: 'collected', ledger: gatherer.gathered() as unknown as LedgerInput<Name> };
}

/** A column that is unknown is so in every row: it is reported once. */
function noteFault(faults: Map<string, Fault>, fault: Fault, first: number): void {
  const { place } = fault;
  if (place.kind !== 'row') return;
  const moved = { ...fault, place: { ...place, row: place.row + first } };
  const key = fault.code === 'unknown-column' ? `column ${place.column}` : `${faults.size}`;
  if (!faults.has(key)) faults.set(key, moved);
}
