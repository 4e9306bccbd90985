/** Shows the result of a calculation on standard output: a summary for people, or data for programs. */

import type { Close } from '../engine/r11-closes/close.js';
import type { PostedResult, Result } from '../engine/result.js';
import { resultRecord } from '../reports/json.js';
import { inStyle, type ReportOptions, type Style, widthOf } from '../reports/style.js';
import { summaryText } from '../reports/summary.js';
import type { CalculationOptions } from './calculation.js';
import type { Console } from './console.js';

/**
 * @param result - with postings if there are closes
 * @param closes - those that the result builds on: what has changed since is shown as well
 * @param folder - where the results are written, as shown to people
 * @param also - more data for programs
 */
export async function showResult(
  result: Result | PostedResult,
  closes: readonly Close[],
  { json, quiet, wide }: Pick<CalculationOptions, 'json' | 'quiet' | 'wide'>,
  folder: string,
  { out, environment }: Console,
  also: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  if (json !== true && quiet === true) return;
  const last = closes.at(-1);
  // Only workspaces with closes load the code that reports on them.
  const since = last && 'openPostings' in result ? await sinceClose(result, last) : undefined;
  if (json === true) {
    const record = { ...resultRecord(result), ...since?.record(), ...also };
    out.write(`${JSON.stringify(record, null, 2)}\n`);
    return;
  }
  const text = (style: Style) => {
    const options = { style, width: widthOf(out), wide: wide === true, out: folder };
    return summaryText(result, options, since?.text(options));
  };
  out.write(await inStyle(out, environment, text));
}

async function sinceClose(result: PostedResult, last: Close) {
  const { sinceCloseRecord, sinceCloseText } = await import('../reports/since-close.js');
  return {
    record: () => sinceCloseRecord(result, last),
    text: (options: ReportOptions) => sinceCloseText(result, last, options),
  };
}
