/** The result of a calculation on standard output: a summary for people, or data for programs. */
import { type PeriodState, stateOfResult } from '../closing/period-state.js';
import type { Close } from '../engine/r11-closes/close.js';
import type { PostedResult, Result } from '../engine/result.js';
import { resultToJson } from '../library/result-json.js';
import type { ReportOptions } from '../reports/style.js';
import { summaryText } from '../reports/summary.js';
import { closedUnder } from '../workspace/closes/closed-under.js';
import type { StoredClose } from '../workspace/closes/read-closes.js';
import type { Report } from './run-command.js';

/** What a summary is shown with. */
interface SummaryOptions {
  /** Where the results are written, as shown to people. */
  readonly folder: string;
  /** Of the pay period; worked out from the closes by default. */
  readonly state?: PeriodState;
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
  { folder, state = stateOfResult(result, closes.map(closedUnder)), more = {} }: SummaryOptions,
): Promise<Report> {
  const last = closes.at(-1);
  // Only workspaces with closes load the code that reports on them.
  const since = last && 'openPostings' in result ? await sinceClose(result, last) : undefined;
  return {
    data: () => ({ ...resultToJson(result, { state }), ...since?.record(), ...more }),
    text: (screen) => {
      const options = { ...screen, out: folder };
      return summaryText(result, state, options, since?.text(options));
    },
  };
}

async function sinceClose(result: PostedResult, last: Close) {
  const { sinceCloseRecord, sinceCloseText } = await import('../reports/since-close.js');
  return {
    record: () => sinceCloseRecord(result, last),
    text: (options: ReportOptions) => sinceCloseText(result, last, options),
  };
}
