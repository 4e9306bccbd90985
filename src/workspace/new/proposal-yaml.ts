/** Writes a proposed workspace as comp.yaml: keys for what was found, comments for what is still open and why. */
import { LEDGER_TITLES } from '../../ledger-specs/ledgers.js';
import { hintKey, type Proposed, questionKey, setKey } from '../../mapping/proposal/proposed.js';
import type { ProposedLedger, ProposedWorkspace } from './propose-workspace.js';
import { SCHEMA_LINE } from './starter.js';
import { yamlOf } from './yaml-text.js';

/** A key that only the user can fill in. */
export interface Question {
  /** `ledgers.invoices.columns.rep_id` */
  readonly key: string;
  readonly question: string;
}

/** What comp check reports on a proposal. */
export interface CheckFindings {
  /** The faults it stops at, a line each. */
  readonly stops: readonly string[];
  /** How many exceptions there are once the plans are given, by code; undefined where other faults hide them. */
  readonly exceptions: Readonly<Record<string, number>> | undefined;
}

/** What comp check reports once the plans are given, in a sentence; none where other faults hide it. */
export function verdicts({ exceptions }: CheckFindings): readonly string[] {
  if (exceptions === undefined) return [];
  const counts = Object.entries(exceptions).map(([code, count]) => `${count} ${code}`);
  const odd = counts.length === 0 ? '' : `, and these exceptions: ${counts.join(', ')}`;
  return [`With the plans filled in, it finds no faults${odd}.`];
}

/** What only the company knows of a plan; a default would be a promise that nobody made. */
const PLAN_QUESTIONS: readonly Proposed[] = [
  questionKey(
    'level',
    '',
    'Which? How pay depends on cash: 0 no-linkage, 1 clawback, 2 partial-hold, 3 pay-on-collection, 4 earn-on-collection.',
  ),
  questionKey(
    'rate',
    '',
    'Which? A rate such as 5%, or a table of bands; rates by category are rates: in its place.',
  ),
];

/** The answers that only find what else comp check reports: no result is shown of them. */
const ASSUMED: readonly Proposed[] = [setKey('level', 3), setKey('rate', '0%')];

/** The keys that are left to the user. */
export function questionsIn({ currency, ledgers, plans }: ProposedWorkspace): Question[] {
  const open = (path: string, keys: readonly Proposed[]) =>
    keys
      .filter(({ state }) => state === 'question')
      .map(({ key, note = '' }) => ({ key: `${path}.${key}`, question: note }));
  return [
    ...(currency.code === undefined ? [{ key: 'currency', question: currency.note }] : []),
    ...ledgers.flatMap(({ ledger, proposal }) => [
      ...open(`ledgers.${ledger}.columns`, proposal.columns),
      ...open(`ledgers.${ledger}`, proposal.keys),
    ]),
    ...plans.flatMap((_, index) =>
      PLAN_QUESTIONS.map(({ key, note = '' }) => ({ key: `plans[${index}].${key}`, question: note })),
    ),
  ];
}

/**
 * The proposal as the text of comp.yaml.
 *
 * @param hasPlans - with plans that nobody decided, to find what comp check reports besides them
 */
export function proposalYaml(
  workspace: ProposedWorkspace,
  findings: CheckFindings,
  hasPlans = false,
): string {
  const { currency, ledgers } = workspace;
  const { code } = currency;
  const lines = [
    SCHEMA_LINE,
    '#',
    ...introduction(workspace, findings),
    '',
    ...keyLines('', {
      key: 'currency',
      value: code ?? '',
      state: code === undefined ? 'question' : 'set',
      note: currency.note,
    }),
    ...(ledgers.some(({ ledger }) => ledger === 'calendar')
      ? []
      : keyLines('', setKey('fiscalYearStart', 1, 'the first month of your fiscal year'))),
    ...keyLines('', setKey('payPeriod', workspace.payPeriod.value, workspace.payPeriod.note)),
    ...onAccountLines(ledgers),
    '',
    'ledgers:',
    ...ledgers.flatMap((ledger, index) => [...ledgerLines(ledger, ledgers.slice(0, index)), '']),
    ...writeOffLines(workspace),
    ...planLines(workspace, hasPlans ? ASSUMED : PLAN_QUESTIONS),
  ];
  return `${lines.join('\n')}\n`;
}

function introduction(workspace: ProposedWorkspace, findings: CheckFindings): string[] {
  const { stops } = findings;
  const files = [...new Set(workspace.ledgers.map(({ path }) => path))];
  const questions = questionsIn(workspace);
  const left = questions.flatMap(({ key, question }) => comment('', `  ${key}: ${question}`));
  return [
    ...comment(
      '',
      `Proposed from ${files.join(', ')}. Please review: comments explain what was found, and what is still open and why. A key that needs your answer starts with "#": fill it in and remove the "#".`,
    ),
    '#',
    ...(left.length === 0 ? [] : ['# To be filled in:', ...left]),
    '# For now, comp check stops at:',
    ...stops.flatMap((stop) => comment('', `  ${stop}`)),
    ...verdicts(findings).flatMap((one) => comment('', one)),
  ];
}

/** @param before - the ledgers above, so that a file or a preset is described once */
function ledgerLines(
  { ledger, path, file, text, proposal }: ProposedLedger,
  before: readonly ProposedLedger[],
): string[] {
  const { header, headerAt, records, remarks, columns, keys, preset, unused } = proposal;
  const same = before.find((other) => other.path === path);
  const rows = `${path}: ${records} ${records === 1 ? 'row' : 'rows'} below the header on line ${text.lineOf(headerAt)}`;
  const isNew = before.every(({ proposal: other }) => other.preset !== preset);
  const about = [
    same === undefined ? `${rows}. Its columns: ${names(header)}` : `${rows}, as above`,
    ...(isNew ? (preset?.notes ?? []) : []),
    ...remarks,
    ...(unused.length === 0 ? [] : [`Not used: ${names(unused)}.`]),
  ];
  const first = keys.filter(({ key }) => key === 'preset');
  const body = [
    ...first.flatMap((key) => keyLines('    ', isNew ? key : setKey(key.key, key.value))),
    ...(text.delimiter === ',' ? [] : keyLines('    ', setKey('delimiter', text.delimiter))),
    ...encodingLines(text),
    ...columnLines(columns),
    ...keys.flatMap((key) => (first.includes(key) ? [] : keyLines('    ', key))),
  ];
  const comments = about.flatMap((one) => comment('  ', one));
  if (body.length === 0) return [...comments, `  ${ledger}: ${yamlOf(file)}`];
  return [...comments, `  ${ledger}:`, `    file: ${yamlOf(file)}`, ...body];
}

/** The key for cash and credits that name no invoice. */
function onAccountLines(ledgers: readonly ProposedLedger[]): string[] {
  const titles = ledgers
    .filter(({ proposal }) => proposal.isOnAccount)
    .map(({ ledger }) => LEDGER_TITLES[ledger]);
  if (titles.length === 0) return [];
  const note = `The files do not say which invoices the ${titles.join(' and ')} belong to. As it is, these are set aside; with this key, they go to the customer's oldest open invoices:`;
  return keyLines('', hintKey('applyCash', 'oldest-due-first', note));
}

/** The ledger of write-offs, for the user to take up. */
function writeOffLines({ writeOffs, ledgers }: ProposedWorkspace): string[] {
  if (writeOffs === undefined) return [];
  const types = writeOffs.proposal.types?.own ?? [];
  const lines = ledgerLines(writeOffs, ledgers).filter((line) => !line.startsWith('  #'));
  return [
    ...comment(
      '  ',
      `If ${types.map((type) => `"${type}"`).join(', ')} means bad debt that is written off: remove the "#" from these lines, and add the type to others above.`,
    ),
    ...lines.map((line) => `  # ${line.slice(2)}`),
    '',
  ];
}

function encodingLines({ encoding, sample }: ProposedLedger['text']): string[] {
  if (encoding === undefined) return [];
  const look = sample === undefined ? '' : `; check "${flat(sample)}"`;
  return keyLines('    ', setKey('encoding', encoding, `a guess, because the file is not UTF-8${look}`));
}

/** Columns with our own names need no key. */
function columnLines(columns: readonly Proposed[]): string[] {
  const found = columns.filter(({ state }) => state === 'set');
  if (columns.every(({ key, value, note }) => key === value && note === undefined)) return [];
  const lines = columns.flatMap((column) => keyLines('      ', column));
  // A key with only comments under it would be empty.
  return [found.length === 0 ? '    # columns:' : '    columns:', ...lines];
}

function planLines({ plans, ledgers }: ProposedWorkspace, keys: readonly Proposed[]): string[] {
  const hasQuotas = ledgers.some(({ ledger }) => ledger === 'quotas');
  const categories = categoriesIn(ledgers);
  const [first = 'X'] = categories;
  return [
    ...comment(
      '',
      `${plans.length === 1 ? 'Your plan' : 'Your plans'}. Level 1 needs clawback: {pastDueDays: 90} and due dates; level 2 can set hold: 50%. More in docs/plans.md.`,
    ),
    ...comment(
      '',
      `A rate that rises with attainment${hasQuotas ? '' : ' (needs a quotas ledger)'}: rate: {attainment: year-to-date, table: [{from: 0%, rate: …}, {from: 100%, rate: …}]}`,
    ),
    ...(categories.length === 0
      ? []
      : comment(
          '',
          `Rates by category, of which the files have ${names(categories)}: rates: [{category: ${yamlOf(first)}, rate: …}, {rate: …}]`,
        )),
    'plans:',
    ...plans.flatMap((id) => [`  - id: ${yamlOf(id)}`, ...keys.flatMap((key) => keyLines('    ', key))]),
  ];
}

/** The categories of what was sold, in the order of the files. */
function categoriesIn(ledgers: readonly ProposedLedger[]): readonly string[] {
  const sold = ledgers.filter(({ ledger }) => ledger === 'invoices' || ledger === 'items');
  const written = sold.flatMap(({ proposal }) => proposal.valuesOf('category'));
  return [...new Set(written)].filter((category) => category !== '');
}

/** How many columns are listed. */
const MOST_NAMES = 40;
const LONGEST_NAME = 40;
const WIDTH = 108;

function names(header: readonly string[]): string {
  const filled = header.filter((name) => name !== '');
  const shown = filled.slice(0, MOST_NAMES).map(nameText);
  const more = filled.length - shown.length;
  return shown.length === 0 ? 'no names' : shown.join(', ') + (more > 0 ? ` and ${more} more` : '');
}

function nameText(name: string): string {
  const [...letters] = name;
  const short = letters.length > LONGEST_NAME ? `${letters.slice(0, LONGEST_NAME - 1).join('')}…` : name;
  return short.includes(',') ? `"${short}"` : short;
}

/** A key with its note after it, or above it where the note is long. */
function keyLines(indent: string, { key, value, state, isBlocking, note }: Proposed): string[] {
  const isLive = state === 'set' || isBlocking === true;
  const line = `${indent}${isLive ? '' : '# '}${key}: ${yamlOf(value)}`;
  if (note === undefined) return [line];
  const whole = `${line}   # ${flat(note)}`;
  return whole.length <= WIDTH ? [whole] : [...comment(indent, note), line];
}

/** A comment, on several lines where it is long; the further lines of a list item, which starts with spaces, are indented. */
function comment(indent: string, text: string): string[] {
  const inner = /^ */.exec(text)?.[0] ?? '';
  const lines: string[] = [];
  let line = '';
  for (const word of flat(text).split(' ')) {
    const next = line === '' ? word : `${line} ${word}`;
    const isTooLong = indent.length + inner.length + next.length > WIDTH - 4;
    if (isTooLong && line !== '') lines.push(line);
    line = isTooLong ? word : next;
  }
  const further = inner === '' ? '' : `${inner}  `;
  return [...lines, line].map((one, index) => `${indent}# ${index === 0 ? inner : further}${one}`);
}

/** Text from a file on one line: a line break would end the comment. */
function flat(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\uFEFF\s]+/gu, ' ').trim();
}
