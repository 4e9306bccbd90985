/** `manifest.json`: which program made the results, from which inputs, and control totals that add up (R8.4). */
import type { Result } from '../engine/calculate.js';
import { CHECKED_RULES } from '../engine/checks.js';
import { LEDGER_COLUMNS } from '../engine/columns.js';
import type { ControlTotals } from '../engine/controls.js';
import { formatUnits } from '../money.js';
import type { LedgerName } from '../problems/place.js';
import type { InputFile } from './load.js';

export interface ManifestFacts {
  readonly version: string;
  readonly inputs: readonly InputFile[];
  /** The level that every plan was recomputed at; undefined where each kept its own. */
  readonly level: number | undefined;
  /** The files written beside the manifest. */
  readonly outputs: readonly string[];
}

/** The manifest as JSON text. It holds no time and no path, so that the same inputs give the same bytes (R8.5). */
export function manifestOf(result: Result, { version, inputs, level, outputs }: ManifestFacts): string {
  const manifest = {
    program: 'comp',
    version,
    asOf: result.asOf,
    payPeriod: result.payPeriod,
    currency: result.currency.code,
    ...(level === undefined ? {} : { level }),
    inputs,
    controls: Object.fromEntries(
      [...result.controls].map(([name, totals]) => [name, controlRecord(result, name, totals)]),
    ),
    exceptions: countsByCode(result),
    checks: CHECKED_RULES,
    outputs,
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** Control totals of a ledger as plain data: rows, and amounts as text where the ledger has one. */
export function controlRecord(
  { scale, currency }: Result,
  name: LedgerName,
  { read, used, later, setAside, leftOut }: ControlTotals,
): Record<string, { readonly rows: number; readonly amount?: string }> {
  const hasAmount = LEDGER_COLUMNS[name].amount !== undefined;
  return Object.fromEntries(
    Object.entries({ read, used, later, setAside, leftOut }).map(([fate, { rows, amount }]) => [
      fate,
      hasAmount ? { rows, amount: formatUnits(amount, scale, currency.digits) } : { rows },
    ]),
  );
}

/** How many exceptions there are of each code. */
export function countsByCode({ exceptions }: Result): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { code } of exceptions) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}
