/** What payroll has of a period that was undone after it was handed over: the next close gives it the difference (R11.9). */
import { join } from 'node:path';
import type { Payroll } from '../../closing/payroll-delta.js';
import type { NamedPeriod } from '../../engine/r11-closes/close.js';
import { readPayroll, readPayrollLines } from '../../ledgers/frozen.js';
import type { Fault } from '../../problems/problem.js';
import { sha256 } from '../input-file.js';
import { DamagedClose } from './damaged-close.js';
import { findHandOver, readEvents } from './events.js';
import { CLOSES, RECORD, REOPENED, reopenedIn } from './folder.js';
import { bytesAt } from './kept-bytes.js';
import { type CloseRecord, findCloseRecord } from './record.js';

/** The payroll files that were handed over with an undone close, and which close that is. */
export interface HandedOver extends Payroll {
  readonly folder: string;
  /** Of its `close.json`. */
  readonly sha256: string;
}

/**
 * What payroll has of a period: the whole of the last undone close of it that was handed over.
 *
 * @param dir - the folder of the closes
 * @returns undefined if payroll has nothing of it; a fault if payroll has something for the same days under another name
 * @throws DamagedClose if an undone close is not what comp wrote
 */
export function findHandedOver(dir: string, of: OwnPeriod): HandedOver | Fault | undefined {
  const found = findHandedOverClose(dir, of);
  return found === undefined || 'code' in found ? found : handedOverIn(dir, found);
}

/** A period as a close pays it. */
interface OwnPeriod {
  readonly period: NamedPeriod;
  readonly currency: string;
}

/**
 * The last undone close of a period that was handed over.
 *
 * @param dir - the folder of the closes
 * @returns undefined if payroll has nothing of it; a fault if payroll has something for the same days under another name
 * @throws DamagedClose if the record of an undone close is not what comp wrote
 */
export function findHandedOverClose(
  dir: string,
  { period, currency }: OwnPeriod,
): NonNullable<CloseRecord['handedOver']> | Fault | undefined {
  for (const folder of reopenedIn(dir).reverse()) {
    const { record, sha256 } = undoneAt(dir, folder);
    const { period: before } = record;
    if (before.from > period.to || before.to < period.from) continue;
    if (findHandOver(readEvents(join(dir, REOPENED, folder), nameOf(folder), sha256)) === undefined) continue;
    const isSame = (['name', 'from', 'to'] as const).every((fact) => before[fact] === period[fact]);
    if (!isSame || record.currency !== currency) {
      const found = `${before.name} (${before.from} to ${before.to}) in ${record.currency}`;
      return { code: 'handed-over-misfits', place: { kind: 'run' }, period: period.name, found };
    }
    return { folder, sha256 };
  }
  return undefined;
}

/**
 * The payroll files of an undone close.
 *
 * @throws DamagedClose if one is not what comp wrote
 */
export function handedOverIn(dir: string, named: NonNullable<CloseRecord['handedOver']>): HandedOver {
  const { folder } = named;
  const { record, sha256: hash } = undoneAt(dir, folder);
  if (hash !== named.sha256)
    throw new DamagedClose(`${nameOf(folder)}/${RECORD}`, 'it is not what comp wrote');
  const read = (name: string) => {
    const bytes = bytesAt(join(dir, REOPENED, folder, name), `${nameOf(folder)}/${name}`);
    if (record.files.some((file) => file.name === name && file.sha256 === sha256(bytes))) return bytes;
    throw new DamagedClose(`${nameOf(folder)}/${name}`, 'it is not what comp wrote');
  };
  return {
    ...named,
    rows: readPayroll(read('payroll.csv'), record.digits),
    lines: readPayrollLines(read('payroll-lines.csv'), record.digits),
  };
}

function undoneAt(dir: string, folder: string): { readonly record: CloseRecord; readonly sha256: string } {
  const bytes = bytesAt(join(dir, REOPENED, folder, RECORD), `${nameOf(folder)}/${RECORD}`);
  const record = findCloseRecord(bytes);
  if (record === undefined)
    throw new DamagedClose(`${nameOf(folder)}/${RECORD}`, 'its text has changed since');
  return { record, sha256: sha256(bytes) };
}

function nameOf(folder: string): string {
  return `${CLOSES}/${REOPENED}/${folder}`;
}
