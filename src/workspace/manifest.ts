/** `manifest.json`: the program that made the results, their inputs, and control totals that add up (R8.4). */
import { type PeriodState, stateRecord } from '../closing/period-state.js';
import { CHECKED_RULES } from '../engine/r8-results/checks.js';
import type { Result } from '../engine/result.js';
import { controlRecords, exceptionCounts } from '../ledgers/records.js';
import { approvalsIn } from './closes/events.js';
import type { StoredClose } from './closes/read-closes.js';
import type { InputFile } from './input-file.js';

export interface ManifestFacts {
  /** Whether the figures of the last pay period are final. */
  readonly state: PeriodState;
  readonly version: string;
  readonly inputs: readonly InputFile[];
  /** The level at which every plan was recomputed; undefined if each kept its own. */
  readonly level: number | undefined;
  /** The closes that the results build on. */
  readonly closes: readonly StoredClose[];
  /** The files written beside the manifest. */
  readonly outputs: readonly string[];
}

function closeRecord({ period, sha256, events }: StoredClose) {
  return { period: period.name, sha256, approvedBy: approvalsIn(events).map(({ signed }) => signed.by) };
}

/** The manifest as JSON text. It has no time and no path in it, so that the same inputs give the same bytes (R8.5). */
export function manifestOf(
  result: Result,
  { version, state, inputs, level, closes, outputs }: ManifestFacts,
): string {
  const manifest = {
    program: 'comp',
    version,
    asOf: result.asOf,
    payPeriod: result.payPeriod,
    state: stateRecord(state),
    currency: result.currency.code,
    ...(level === undefined ? {} : { level }),
    inputs,
    ...(closes.length === 0 ? {} : { closes: closes.map(closeRecord) }),
    controls: controlRecords(result),
    exceptions: exceptionCounts(result),
    checks: CHECKED_RULES,
    outputs,
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
