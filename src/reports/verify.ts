/** The report of `comp verify` when every file of every close is unchanged. */
import { isEarly } from '../closing/period-state.js';
import { counted } from '../counted.js';
import { displayed } from '../displayed.js';
import type { CheckedCloses } from '../workspace/closes/check-closes.js';
import { CLOSES } from '../workspace/closes/folder.js';
import { HEAD, type HeadState } from '../workspace/closes/head.js';
import type { Style } from './style.js';
import { tableText } from './table.js';

/**
 * A line for each close, then the reopened ones, then the hash that covers the whole chain.
 *
 * @param rerun - the periods that were re-run with the same bytes, from their archives and from the files of the workspace
 */
export function verifyText(
  { closes, reopened, head }: CheckedCloses,
  rerun: { readonly same: ReadonlySet<string>; readonly fromHere: ReadonlySet<string> },
  style: Style,
): string {
  const last = closes.at(-1);
  const lines = [
    ...closes.map(({ record, files }) => [
      record.period.name,
      `closed ${record.closedOn}${isEarly(record) ? ' early' : ''}`,
      `${counted(files, 'file')} unchanged`,
      againText(record.period.name, rerun) ?? 'no archive of its inputs: comp verify --inputs re-runs it',
    ]),
  ];
  const columns = (['left', 'left', 'left', 'left'] as const).map((align) => ({ title: '', align }));
  const checked =
    lines.length === 0 ? ['Nothing is closed.'] : tableText(columns, lines, style).lines.slice(1);
  const undone = reopened.map(({ folder, record }) => {
    const { reason, reopenedOn } = record;
    const isMoved = folder.startsWith('reopened/');
    const rest = isMoved ? '' : ' (stopped halfway: the next comp close or comp reopen moves it away)';
    return `${folder}  reopened ${reopenedOn}: ${displayed(reason)}${rest}`;
  });
  const sums =
    last === undefined
      ? []
      : ['', `SHA-256 of the newest record, which covers the whole chain: ${last.sha256}`];
  return `${[...checked, ...undone, ...sums, ...headText(head)].join('\n')}\n`;
}

function againText(
  period: string,
  { same, fromHere }: { readonly same: ReadonlySet<string>; readonly fromHere: ReadonlySet<string> },
): string | undefined {
  if (same.has(period)) return 're-run from its archive: every byte matches';
  return fromHere.has(period) ? 're-run from the inputs that are here: every byte matches' : undefined;
}

function headText(head: HeadState): readonly string[] {
  switch (head.kind) {
    case 'same':
      return [`Fingerprint of all that is closed: ${head.fingerprint}`];
    case 'behind':
      return [`${CLOSES}/${HEAD} is one step behind: the next comp close or comp reopen completes it.`];
    case 'none':
    case 'differs':
      return [];
  }
}
