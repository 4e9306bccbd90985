/** When a close was made, and under which record: what outputs of a closed period state. */
import type { ClosedUnder } from '../../closing/period-state.js';
import { CLOSES, RECORD } from './folder.js';
import type { StoredClose } from './read-closes.js';

/** When a close was made, and under which record. */
export function closedUnder({ period, record }: Pick<StoredClose, 'period' | 'record'>): ClosedUnder {
  return { period, closedOn: record.closedOn, record: recordPath(period.name) };
}

/** Where the record of a close is, from the folder of comp.yaml. */
export function recordPath(period: string): string {
  return `${CLOSES}/${period}/${RECORD}`;
}
