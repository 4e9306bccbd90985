/** The output of `comp init --from`: how each export was read, and what is left to the user. */
import { counted } from '../counted.js';
import { displayed } from '../displayed.js';
import { largestOf } from '../largest.js';
import { LEDGER_TITLES } from '../ledger-specs/ledgers.js';
import type { Preset } from '../mapping/presets.js';
import { type CheckFindings, type Question, questionsIn, verdicts } from '../workspace/new/proposal-yaml.js';
import type { ProposedLedger, ProposedWorkspace } from '../workspace/new/propose-workspace.js';
import type { Style } from './style.js';
import { shortened } from './table.js';

/** The proposal as text. */
export function proposalText(workspace: ProposedWorkspace, findings: CheckFindings, style: Style): string {
  const questions = questionsIn(workspace);
  const lines = [
    ...workspace.ledgers.flatMap((ledger, index) => [
      ...ledgerLines(ledger, workspace.ledgers.slice(0, index), style),
      '',
    ]),
    `Fill in ${counted(questions.length, 'key')} in comp.yaml:`,
    ...questions.flatMap(({ key, question }) => [style.notice(`    ${key}`), `        ${question}`]),
    'For now, comp check stops at:',
    ...findings.stops.map((stop) => `    ${stop}`),
    ...verdicts(findings),
  ];
  return `${lines.map(displayed).join('\n')}\n`;
}

function ledgerLines(
  { ledger, path, text, proposal }: ProposedLedger,
  before: readonly ProposedLedger[],
  style: Style,
): string[] {
  const { preset, columns, keys, remarks, records, headerAt, unused } = proposal;
  const read = [
    counted(records, 'row'),
    `header on line ${text.lineOf(headerAt)}`,
    `delimiter ${text.delimiter}`,
    ...(text.encoding === undefined ? [] : [text.encoding]),
  ];
  const pairs = [
    ...columns
      .filter(({ state }) => state !== 'hint')
      .map(({ key, value, state }) => [key, state === 'question' ? '?' : valueText(value, style)] as const),
    ...keys
      .filter(({ key, state }) => state !== 'hint' && key !== 'preset')
      .map(({ key, value, state }) => [key, state === 'question' ? '?' : valueText(value, style)] as const),
  ];
  const width = largestOf(
    pairs.map(([key]) => key.length),
    0,
  );
  return [
    `${LEDGER_TITLES[ledger]}  ${path}: ${read.join(', ')}`,
    ...presetLines(preset, before),
    ...pairs.map(([key, value]) => `    ${key.padEnd(width)}  ${value}`),
    ...remarks.map((remark) => `    ${remark}`),
    ...(unused.length === 0 ? [] : [`    not used: ${unused.join(', ')}`]),
  ];
}

/** A preset is shown with its notes once, however many ledgers use it. */
function presetLines(preset: Preset | undefined, before: readonly ProposedLedger[]): string[] {
  if (preset === undefined) return [];
  const { name, title, grade, source, notes } = preset;
  if (before.some(({ proposal }) => proposal.preset === preset)) return [`    preset ${name}, as above`];
  return [
    `    preset ${name}: ${title}. Its columns are ${grade} (${source})`,
    ...notes.map((note) => `        ${note}`),
  ];
}

function valueText(value: unknown, style: Style): string {
  return shortened(typeof value === 'string' ? value : JSON.stringify(value), style, 60);
}

/** A proposal as plain data. */
export function proposalRecord(workspace: ProposedWorkspace): {
  readonly currency: string | null;
  readonly plans: readonly string[];
  readonly ledgers: Readonly<Record<string, unknown>>;
  readonly questions: readonly Question[];
} {
  const ledgers = workspace.ledgers.map(({ ledger, path, file, text, proposal }) => {
    const { preset, header, headerAt, records, columns, keys, remarks, unused } = proposal;
    const record = {
      path,
      file,
      delimiter: text.delimiter,
      encoding: text.encoding ?? null,
      headerLine: text.lineOf(headerAt),
      header,
      rows: records,
      preset: preset === undefined ? null : presetRecord(preset),
      columns,
      keys,
      remarks,
      unused,
    };
    return [ledger, record] as const;
  });
  return {
    currency: workspace.currency.code ?? null,
    plans: workspace.plans,
    ledgers: Object.fromEntries(ledgers),
    questions: questionsIn(workspace),
  };
}

function presetRecord({ name, title, grade, source, notes }: Preset): Readonly<Record<string, unknown>> {
  return { name, title, grade, source, notes };
}
