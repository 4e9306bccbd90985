/** What `comp verify` shows of closes in which every byte is as it was written. */
import { counted } from '../counted.js';
import type { CheckedCloses } from '../workspace/closes/check-closes.js';
import type { Style } from './style.js';
import { printable, tableText } from './table.js';

/** Whether a close could be re-run, and how that went. */
export type Performed = 'equal' | 'different' | 'no-archive';

const WORDS: Readonly<Record<Performed, string>> = {
  equal: 're-run from its archive: every byte matches',
  different: 're-run from its archive: it differs',
  'no-archive': 'no archive of its inputs (comp close --archive makes one)',
};

/** A line per close, then what was reopened, then the hash that covers them all. */
export function verifyText(
  { closes, reopened }: CheckedCloses,
  performed: ReadonlyMap<string, Performed>,
  style: Style,
): string {
  const last = closes.at(-1);
  const lines = [
    ...closes.map(({ record, files }) => [
      record.period.name,
      `closed ${record.closedOn}`,
      `${counted(files, 'file')} as written`,
      WORDS[performed.get(record.period.name) ?? 'no-archive'],
    ]),
  ];
  const columns = (['left', 'left', 'left', 'left'] as const).map((align) => ({ title: '', align }));
  const checked =
    lines.length === 0 ? ['Nothing is closed.'] : tableText(columns, lines, style).lines.slice(1);
  const undone = reopened.map(({ folder, record }) => {
    const { reason, reopenedOn } = record;
    const isMoved = folder.startsWith('reopened/');
    const rest = isMoved ? '' : ' (stopped halfway: the next comp close or comp reopen moves it away)';
    return `${folder}  reopened ${reopenedOn}: ${printable(reason)}${rest}`;
  });
  const head =
    last === undefined
      ? []
      : ['', `SHA-256 of the newest record, which covers the whole chain: ${last.sha256}`];
  return `${[...checked, ...undone, ...head].join('\n')}\n`;
}
