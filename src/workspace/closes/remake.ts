/** Makes the rows and documents of a close again from its postings, and names what does not follow: for closes without an archive. */
import { dirname } from 'node:path';
import type { Documents } from '../../closing/documents.js';
import { dayOf } from '../../closing/pay-history.js';
import { renamedClose } from '../../engine/r11-closes/renamed-close.js';
import { addAll } from '../../largest.js';
import { frozenCsvOf } from '../../ledgers/frozen.js';
import type { Table } from '../../ledgers/tables.js';
import type { Fault } from '../../problems/problem.js';
import { UnusableClose } from './damaged-close.js';
import { findDifference } from './difference.js';
import { journalTableOf, payrollDeltaOf, payrollLinesTableOf, payrollTableOf } from './documents.js';
import { CLOSES, RECORD, REOPENED } from './folder.js';
import { findHandedOverClose, handedOverIn } from './handed-over.js';
import { keptFile, type StoredClose } from './read-closes.js';
import type { CloseRecord } from './record.js';
import { findWrongQuarter, findWrongRow, payRowsIn } from './rows-again.js';

/**
 * Names the files of a close that do not follow from its postings.
 *
 * @param earlier - the closes before it, in order; undefined if not all of them can be read: what builds on them is left out
 * @throws UnusableClose if a file cannot be read
 */
export function remakeFaults(
  close: StoredClose,
  earlier: readonly StoredClose[] | undefined,
): readonly Fault[] {
  const newNames = new Map(Object.entries(close.record.settings?.newNames ?? {}));
  const before = earlier?.map((one) => renamedClose(one, newNames));
  const isMonthly = close.record.payPeriod === 'month';
  const rows = isMonthly ? 'months.csv' : 'quarters.csv';
  const wrongRow = findWrongRow(close, before === undefined ? undefined : (before.at(-1) ?? null));
  // Documents are made from the rows.
  if (wrongRow !== undefined) return [damaged(close, rows, wrongRow)];
  const faults: Fault[] = [];
  if (isMonthly && before !== undefined && hasFile(close, 'quarters.csv')) {
    const wrongQuarter = findWrongQuarter(close, monthsOf(close, before));
    if (wrongQuarter !== undefined) faults.push(damaged(close, 'quarters.csv', wrongQuarter));
  }
  const documents = findDocuments(close, before ?? []);
  if (documents === undefined) return faults;
  const single = (make: (documents: Documents) => Table) => (from: Documents) => [make(from)];
  const makers = [
    single(payrollTableOf),
    single(journalTableOf),
    ...(before === undefined ? [] : [single(payrollLinesTableOf), payrollDeltaOf]),
  ];
  for (const make of makers) addAll(faults, documentFaults(make, documents, close, rows));
  return faults;
}

/**
 * A record that does not name the undone close whose file payroll has; none if it names it, or there is none (R11.9).
 *
 * @throws DamagedClose if an undone close is not what comp wrote
 */
export function handedOverFaults(close: StoredClose): readonly Fault[] {
  const { currency, handedOver } = close.record;
  const payrollHas = findHandedOverClose(dirname(close.folder), { period: close.period, currency });
  if (payrollHas === undefined || 'code' in payrollHas || payrollHas.folder === handedOver?.folder) return [];
  const from = `${CLOSES}/${REOPENED}/${payrollHas.folder}`;
  const detail = `payroll has the file of ${from}, and it does not name that close`;
  return [damaged(close, RECORD, detail)];
}

function damaged({ period }: StoredClose, name: string, detail: string): Fault {
  const place = { kind: 'file', file: `${CLOSES}/${period.name}/${name}` } as const;
  return { code: 'close-damaged', place, detail, remedy: 'compare' };
}

function hasFile({ record }: StoredClose, name: string): boolean {
  return record.files.some((file) => file.name === name);
}

/** The pay rows of the months of the quarter that the close ends: those since the last quarter. */
function monthsOf(close: StoredClose, before: readonly StoredClose[]) {
  const last = before.findLastIndex((one) => hasFile(one, 'quarters.csv'));
  return [...before.slice(last + 1), close].flatMap(payRowsIn);
}

/** What the documents of a close were made from; undefined for a close that does not keep its settings. */
function findDocuments(close: StoredClose, before: readonly StoredClose[]): Documents | undefined {
  const { settings, currency: code, digits, handedOver } = close.record;
  if (settings === undefined) return undefined;
  const closes = [...before, close];
  return {
    closes,
    periods: closes.map(({ period: { name, to } }) => ({ name, to: dayOf(to) })),
    rows: closes.flatMap(payRowsIn),
    postings: {
      *[Symbol.iterator]() {
        for (const { postings } of closes) yield* postings;
      },
    },
    settings,
    currency: { code, digits },
    before: handedOver && findPayroll(close, handedOver),
  };
}

/** What payroll has; undefined if it is damaged, which checking the closes reports. */
function findPayroll({ folder }: StoredClose, handedOver: NonNullable<CloseRecord['handedOver']>) {
  try {
    return handedOverIn(dirname(folder), handedOver);
  } catch (error) {
    if (error instanceof UnusableClose) return undefined;
    throw error;
  }
}

/** @param rows - the file with the pay rows, in the close */
function documentFaults(
  make: (documents: Documents) => readonly Table[],
  documents: Documents,
  close: StoredClose,
  rows: string,
): readonly Fault[] {
  try {
    return make(documents).flatMap((table) => {
      // An older close may lack a file that this version writes.
      if (!hasFile(close, table.file)) return [];
      const line = findDifference(frozenCsvOf(table), keptFile(close, table.file));
      const detail = `made again from its postings and rows, it differs from line ${line} on`;
      return line === undefined ? [] : [damaged(close, table.file, detail)];
    });
  } catch (error) {
    if (error instanceof UnusableClose) throw error;
    return [damaged(close, rows, 'its figures are not what the postings come to')];
  }
}
