/** Undoes the newest close of a workspace, and keeps it with the reason (R11.6). */
import { existsSync } from 'node:fs';
import type { Signature } from '../../closing/signature.js';
import type { Refusal } from '../../engine/result.js';
import type { Fault } from '../../problems/problem.js';
import { changeCloses } from './change-closes.js';
import { renewHead } from './current-head.js';
import { approvalsIn, findHandOver } from './events.js';
import { closesFolder, hasCloses } from './folder.js';
import { readCloses } from './read-closes.js';
import { undoClose } from './reopened.js';

/** What to reopen, and why. */
export interface Reopening {
  /** The path of comp.yaml. */
  readonly config: string;
  readonly period: string;
  readonly reason: string;
}

/** A close that was undone. */
interface Reopened {
  readonly kind: 'reopened';
  /** The folder where it is kept. */
  readonly kept: string;
  /** Who had approved it. */
  readonly withdrawn: readonly string[];
  /** Whether payroll has its file. */
  readonly isHandedOver: boolean;
}

/**
 * Undoes the close of the period, which must be the newest.
 *
 * @param facts - the version of the program, and the day of the undoing as `YYYY-MM-DD`
 * @param notice - shows what an earlier run left unfinished
 * @throws DamagedClose if a close cannot be read
 */
export async function reopenPeriod(
  { config, period, reason }: Reopening,
  facts: { readonly version: string; readonly reopenedOn: string; readonly signed: Signature },
  notice: (text: string) => void,
): Promise<Reopened | Refusal> {
  const place = { kind: 'run' } as const;
  const refused = (fault: Fault) => ({ kind: 'refused', faults: [fault] }) as const;
  const dir = closesFolder(config);
  if (!hasCloses(dir)) {
    return existsSync(config)
      ? refused({ code: 'not-closed', place, period, last: undefined })
      : refused({ code: 'config-not-found', place, path: config });
  }
  return changeCloses(config, notice, async () => {
    const closes = readCloses(config);
    const last = closes.at(-1);
    if (last === undefined || !closes.some((close) => close.period.name === period)) {
      return refused({ code: 'not-closed', place, period, last: last?.period.name });
    }
    if (last.period.name !== period) {
      return refused({ code: 'not-newest-close', place, period, last: last.period.name });
    }
    const undone = await undoClose(dir, last, { ...facts, reason });
    if (undone.kind === 'failed') {
      return refused({ code: 'unwritable-close', place, path: `${dir}/${period}`, reason: undone.reason });
    }
    await renewHead(dir);
    const withdrawn = approvalsIn(last.events).map(({ signed }) => signed.by);
    const isHandedOver = findHandOver(last.events) !== undefined;
    return { kind: 'reopened', kept: `${dir}/${undone.kept}`, withdrawn, isHandedOver } as const;
  });
}
