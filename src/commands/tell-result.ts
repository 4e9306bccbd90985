/** Tells the result of a calculation on standard output: a summary for people, or data for programs. */
import type { Result } from '../engine/calculate.js';
import type { Close } from '../engine/r11-closes/close.js';
import { resultRecord } from '../reports/json.js';
import { inStyle, type Style, widthOf } from '../reports/style.js';
import { summaryText } from '../reports/summary.js';
import type { CalculationOptions } from './calculation.js';
import type { Console } from './console.js';

/**
 * @param closes - those that the result rests on: what has changed since is told as well
 * @param folder - where the results are written, as people know it
 * @param also - what programs are told besides
 */
export async function tellResult(
  result: Result,
  closes: readonly Close[],
  { json, quiet, wide }: Pick<CalculationOptions, 'json' | 'quiet' | 'wide'>,
  folder: string,
  { out, environment }: Console,
  also: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const last = closes.at(-1);
  if (json === true) {
    const since = last === undefined ? {} : await recordSince(result, last);
    out.write(`${JSON.stringify({ ...resultRecord(result), ...since, ...also }, null, 2)}\n`);
  } else if (quiet !== true) {
    const optionsIn = (style: Style) => ({ style, width: widthOf(out), wide: wide === true, out: folder });
    const sinceText = last === undefined ? () => [] : await textSince(result, last);
    const text = (style: Style) => summaryText(result, optionsIn(style), sinceText(optionsIn(style)));
    out.write(await inStyle(out, environment, text));
  }
}

// Workspaces without closes do without what tells of them.

async function recordSince(result: Result, last: Close): Promise<Record<string, unknown>> {
  const { sinceCloseRecord } = await import('../reports/since-close.js');
  return sinceCloseRecord(result, last);
}

async function textSince(result: Result, last: Close) {
  const { sinceCloseText } = await import('../reports/since-close.js');
  return (options: Parameters<typeof sinceCloseText>[2]) => sinceCloseText(result, last, options);
}
