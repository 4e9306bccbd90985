/** The result of a calculation on standard output: a summary for people, or data for programs. */
import { type PeriodState, stateOfResult } from '../closing/period-state.js';
import type { Ledgers } from '../engine/r2-ledgers/ledger.js';
import type { Close } from '../engine/r11-closes/close.js';
import type { PostedResult, Result } from '../engine/result.js';
import { resultToJson } from '../library/result-json.js';
import type { ReportOptions } from '../reports/style.js';
import { summaryText } from '../reports/summary.js';
import { closedUnder } from '../workspace/closes/closed-under.js';
import type { StoredClose } from '../workspace/closes/read-closes.js';
import type { RowCounts } from '../workspace/closes/row-changes.js';
import type { Report } from './run-command.js';

/** What a summary is shown with. */
interface SummaryOptions {
  /** Where the results are written, as shown to people. */
  readonly folder: string;
  /** Of the pay period; worked out from the closes by default. */
  readonly state?: PeriodState;
  /** The ledgers, to count the rows that have changed since the last close. */
  readonly ledgers?: Ledgers;
  /** More data for programs. */
  readonly more?: Readonly<Record<string, unknown>>;
}

/**
 * The report on a result, and on what has changed since the last close.
 *
 * @param result - with postings if there are closes
 * @param closes - those that the result builds on
 */
export async function resultReport(
  result: Result | PostedResult,
  closes: readonly StoredClose[],
  { folder, state = stateOfResult(result, closes.map(closedUnder)), ledgers, more = {} }: SummaryOptions,
): Promise<Report> {
  const last = closes.at(-1);
  // Only workspaces with closes load the code that reports on them.
  const since =
    last && 'openPostings' in result
      ? await sinceClose(result, last, await countsSince(closes, ledgers))
      : undefined;
  return {
    data: () => ({ ...resultToJson(result, { state }), ...since?.record(), ...more }),
    text: (screen) => {
      const options = { ...screen, out: folder };
      return summaryText(result, state, options, since?.text(options));
    },
  };
}

/** How many rows have changed since the last close; undefined if it kept none. */
async function countsSince(
  closes: readonly StoredClose[],
  ledgers: Ledgers | undefined,
): Promise<RowCounts | undefined> {
  if (ledgers === undefined || closes.at(-1)?.findLedgerRows() === undefined) return undefined;
  const [{ countRows }, { keptRowsIn }] = await Promise.all([
    import('../workspace/closes/row-changes.js'),
    import('../workspace/closes/read-closes.js'),
  ]);
  return countRows(keptRowsIn(closes), ledgers);
}

async function sinceClose(result: PostedResult, last: Close, counts: RowCounts | undefined) {
  const { sinceCloseRecord, sinceCloseText } = await import('../reports/since-close.js');
  return {
    record: () => sinceCloseRecord(result, last, counts),
    text: (options: ReportOptions) => sinceCloseText(result, last, counts, options),
  };
}
