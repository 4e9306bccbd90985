/** Faults for people: each with its place, the value as written, what it is and what to do. */
import { counted, listOf, verb } from '../counted.js';
import { displayed } from '../displayed.js';
import { groupedBy } from '../grouped.js';
import { groupThousands } from '../money.js';
import { clipped } from '../problems/clipped.js';
import { keyText, nameOf, type Place } from '../problems/place.js';
import type { Fault, FaultCode } from '../problems/problem.js';
import { ruleOf, type Wording, wordingOf } from '../problems/wording.js';
import type { Style } from './style.js';
import { spread } from './table.js';

/** How many faults of a kind are listed on a terminal. */
const MOST_OF_A_KIND = 20;

/** Faults of the output: the calculation went well. */
const ABOUT_OUTPUT: readonly FaultCode[] = [
  'unwritable-output',
  'output-is-input',
  'unwritable-folder',
  'workspace-exists',
  'control-total-currencies',
  'control-total-differs',
  'nothing-to-explain',
  'close-damaged',
  'close-out-of-order',
  'period-not-over',
  'exceptions-in-close',
  'fingerprint-differs',
  'no-pay-period',
  'not-closed',
  'rows-not-kept',
  'not-newest-close',
  'closes-locked',
  'unwritable-close',
  'unarchivable-input',
  'system-refused',
];

export type Locator = (place: Place) => Place;

/** A fault as plain data, for `--json`. */
export interface FaultRecord {
  readonly code: string;
  readonly rule: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: string | number;
  readonly subject: string;
  /** The value as written. */
  readonly found?: string | number;
  readonly expected?: string | number;
  readonly message: string;
}

/** The faults in the order of their places, as text: one cause in many rows is listed once. */
export function faultsText(
  found: readonly Fault[],
  locate: Locator,
  style: Style,
  width: number,
  written: readonly string[] = [],
): string {
  const counts = new Map<string, number>();
  const lines: string[] = [];
  const faults = inPlaceOrder(found, locate);
  for (const group of byCause(faults, locate)) {
    const [fault] = group as [Fault];
    const count = (counts.get(fault.code) ?? 0) + 1;
    counts.set(fault.code, count);
    if (count > MOST_OF_A_KIND) continue;
    const { subject, text } = inWords(fault, locate);
    const place = nameOf(locate(fault.place));
    const head = displayed(
      [place, subject + othersText(group, locate)].filter((part) => part !== '').join('  '),
    );
    lines.push(
      style.fault(spread(head, `${fault.code} ${ruleOf(fault.code)}`, width, style)),
      `    ${displayed(text)}`,
    );
  }
  for (const [code, count] of counts) {
    if (count > MOST_OF_A_KIND) lines.push(`… and ${count - MOST_OF_A_KIND} more ${code}: --json lists all.`);
  }
  const files = new Set(
    faults.map((fault) => fileOf(locate(fault.place))).filter((file) => file !== undefined),
  );
  const where = files.size === 0 ? '' : ` in ${counted(files.size, 'file')}`;
  const isAboutOutput = faults.every(({ code }) => ABOUT_OUTPUT.includes(code));
  lines.push(`${counted(faults.length, 'fault')}${where}. ${undoneText(isAboutOutput, written)}`);
  return `${lines.join('\n')}\n`;
}

function undoneText(isAboutOutput: boolean, written: readonly string[]): string {
  if (written.length > 0)
    return `${listOf(written.map(displayed))} ${verb(written.length, 'was', 'were')} written, and nothing else.`;
  return isAboutOutput ? 'Nothing was written.' : 'Nothing was calculated and nothing was written.';
}

/** Faults of cells that one setting fixes in all rows. */
const OF_A_COLUMN: ReadonlySet<string> = new Set([
  'malformed-date',
  'ambiguous-date',
  'malformed-number',
  'malformed-quarter',
  'malformed-month',
  'blank-cell',
  'missing-due-date',
  'missing-cost',
  'other-currency',
]);

/** The faults by cause: those of one kind in one column of one file are one group if there are more than a few. */
function byCause(faults: readonly Fault[], locate: Locator): Fault[][] {
  const groups = groupedBy<string | Fault, Fault>(faults, (fault) => {
    const { code, place } = fault;
    const column = place.kind === 'row' ? place.column : undefined;
    const isShared = OF_A_COLUMN.has(code) && column !== undefined;
    return isShared ? [code, fileOf(locate(place)), column].join('\u0000') : fault;
  });
  return [...groups.values()].flatMap((group) =>
    group.length > FEW ? [group] : group.map((fault) => [fault]),
  );
}

/** How many faults of one cause are listed one by one. */
const FEW = 3;

/** ` (and 212 more rows: lines 15, 16, …)` */
function othersText([first, ...others]: readonly Fault[], locate: Locator): string {
  if (first === undefined || others.length === 0) return '';
  const lineOf = ({ place }: Fault) => {
    const located = locate(place);
    return located.kind === 'file' ? located.line : undefined;
  };
  // One file may be several ledgers, with the same fault in each.
  const lines = new Set(others.slice(0, FEW * 2).map(lineOf));
  lines.delete(lineOf(first));
  const shown = [...lines].slice(0, 2).join(', ');
  return ` (and ${groupThousands(`${others.length}`)} more: lines ${shown}, …)`;
}

/** Every fault as plain data. */
export function faultRecords(faults: readonly Fault[], locate: Locator): FaultRecord[] {
  return inPlaceOrder(faults, locate).map((fault) => {
    const { subject, text } = inWords(fault, locate);
    const place = locate(fault.place);
    const column =
      fault.place.kind === 'row' ? fault.place.column : place.kind === 'file' ? place.column : undefined;
    return {
      code: fault.code,
      rule: ruleOf(fault.code),
      ...(place.kind === 'file' ? { file: place.file } : {}),
      ...(place.kind === 'file' && place.line !== undefined ? { line: place.line } : {}),
      ...(column === undefined ? {} : { column }),
      subject,
      ...('found' in fault ? { found: clipped(fault.found) } : {}),
      ...('expected' in fault ? { expected: clipped(fault.expected) } : {}),
      message: text,
    };
  });
}

function distinct(faults: readonly Fault[], locate: Locator): Iterable<Fault> {
  const known = new Map<string, Fault>();
  for (const fault of faults) {
    const key = JSON.stringify([fault.code, locate(fault.place), inWords(fault, locate)]);
    if (!known.has(key)) known.set(key, fault);
  }
  return known.values();
}

/** The words for a fault; one in comp.yaml is about its key. */
function inWords(fault: Fault, locate: Locator): Wording {
  const { subject, text } = wordingOf(clipped(fault), { nameOf: (place) => nameOf(locate(place)) });
  const key = fault.place.kind === 'terms' ? keyText(fault.place.path) : '';
  return { subject: [key, subject].filter((part) => part !== '').join(' '), text };
}

function fileOf(place: Place): string | undefined {
  return place.kind === 'file' ? place.file : undefined;
}

/** By file in the order found, then by line; once each, where a file that serves as several ledgers is at fault. */
function inPlaceOrder(faults: readonly Fault[], locate: Locator): Fault[] {
  const files = new Map<string, number>();
  const keyed = [...distinct(faults, locate)].map((fault) => {
    const place = locate(fault.place);
    const file = fileOf(place) ?? '';
    if (!files.has(file)) files.set(file, files.size);
    return { fault, file: files.get(file) as number, line: place.kind === 'file' ? (place.line ?? 0) : 0 };
  });
  return keyed.sort((a, b) => a.file - b.file || a.line - b.line).map(({ fault }) => fault);
}
