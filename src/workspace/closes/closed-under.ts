/** When a close was made, and under which record: what outputs of a closed period state. */
import type { ClosedUnder } from '../../closing/period-state.js';
import { approvalsIn } from './events.js';
import { CLOSES, RECORD } from './folder.js';
import type { StoredClose } from './read-closes.js';

/** When a close was made, under which record, and by whom it was approved. */
export function closedUnder({
  period,
  record,
  events,
}: Pick<StoredClose, 'period' | 'record' | 'events'>): ClosedUnder {
  const approvedBy = approvalsIn(events).map(({ signed }) => signed.by);
  return { period, closedOn: record.closedOn, record: recordPath(period.name), approvedBy };
}

/** Where the record of a close is, from the folder of comp.yaml. */
export function recordPath(period: string): string {
  return `${CLOSES}/${period}/${RECORD}`;
}
