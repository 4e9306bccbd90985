/** What `comp check` shows finance: what became of every row, and every exception with its place. */
import { counted } from '../counted.js';
import { displayed } from '../displayed.js';
import type { Result } from '../engine/result.js';
import type { Remark } from '../explain/remarks.js';
import type { Exception } from '../problems/exception.js';
import { nameOf } from '../problems/place.js';
import type { UnusedColumns } from '../workspace/load.js';
import { controlsTable } from './controls.js';
import type { Locator } from './faults.js';
import { findPayPeriodNote } from './pay-period-note.js';
import type { TextOptions } from './style.js';
import { spread } from './table.js';

/** How many exceptions of a kind are listed; `--json` lists all. */
const MOST_OF_A_KIND = 20;

/** What a check has beside the result. */
export interface Checked {
  readonly remarks: readonly Remark[];
  readonly unused: readonly UnusedColumns[];
  readonly locate: Locator;
}

/** The control totals, the unused columns, the exceptions, the remarks and the verdict as text. */
export function checkText(
  result: Result,
  { remarks, unused, locate }: Checked,
  options: TextOptions,
): string {
  const count = result.exceptions.length;
  const note = findPayPeriodNote(result.terms);
  const noted = remarks.length === 0 ? '' : `, ${counted(remarks.length, 'remark')}`;
  const lines = [
    `As of ${result.asOf} · ${result.currency.code}`,
    ...controlsTable(result, options),
    ...unused.map((one) => unusedLine(one, options)),
    ...exceptionLines(result.exceptions, locate, options),
    ...(note === undefined ? [] : [note]),
    ...remarkLines(remarks, locate, options),
    `No faults, ${count === 0 ? 'no exceptions' : counted(count, 'exception')}${noted}. comp calc would run.`,
  ];
  return `${lines.join('\n')}\n`;
}

/** The columns of a file that nothing is read from, as many as fit the line. */
function unusedLine({ file, columns }: UnusedColumns, { style, width, wide }: TextOptions): string {
  const start = `Not used in ${displayed(file)}: `;
  const all = columns.map(displayed);
  const endOf = (shown: number) => (shown < all.length ? ` and ${all.length - shown} more (--wide)` : '');
  const lineOf = (shown: number) => `${start}${all.slice(0, shown).join(', ')}${endOf(shown)}`;
  let shown = all.length;
  while (!wide && shown > 1 && style.columnsOf(lineOf(shown)) > width) shown -= 1;
  return lineOf(shown);
}

/** Nothing is wrong, but it may not be what was meant. */
function remarkLines(remarks: readonly Remark[], locate: Locator, { style, width }: TextOptions): string[] {
  return remarks.flatMap(({ code, about, message, row }) => {
    const place = row === undefined ? [] : [nameOf(locate({ kind: 'row', ...row }))];
    return [
      style.notice(spread(displayed([...place, about].join('  ')), code, width, style)),
      `    ${displayed(message)}`,
    ];
  });
}

function exceptionLines(
  exceptions: readonly Exception[],
  locate: Locator,
  { style, width }: TextOptions,
): string[] {
  const byCode = new Map<string, number>();
  const lines: string[] = [];
  for (const { code, ledger, row, id, message } of exceptions) {
    const count = (byCode.get(code) ?? 0) + 1;
    byCode.set(code, count);
    if (count > MOST_OF_A_KIND) continue;
    const place = row === undefined ? '' : nameOf(locate({ kind: 'row', ledger, row }));
    const head = displayed([place, id].filter((part) => part !== '').join('  '));
    lines.push(style.notice(spread(head, `${code} R9.2`, width, style)), `    ${displayed(message)}`);
  }
  for (const [code, count] of byCode) {
    if (count > MOST_OF_A_KIND) lines.push(`… and ${count - MOST_OF_A_KIND} more ${code}: --json lists all.`);
  }
  return lines;
}
