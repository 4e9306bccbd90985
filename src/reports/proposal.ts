/** What `comp init --from` tells: how each export was read, and what is left for the user. */

import { LEDGER_TITLES } from '../problems/place.js';
import { type Question, questionsIn } from '../workspace/proposal-yaml.js';
import type { ProposedLedger, ProposedWorkspace } from '../workspace/propose-workspace.js';
import { counted } from './figures.js';
import type { Style } from './style.js';
import { printable, shortened } from './table.js';

/** @param stops - what comp check stops at in it as it stands, a line each */
export function proposalText(workspace: ProposedWorkspace, stops: readonly string[], style: Style): string {
  const questions = questionsIn(workspace);
  const lines = [
    ...workspace.ledgers.flatMap((ledger) => [...ledgerLines(ledger), '']),
    questions.length === 0
      ? 'Nothing is left for you to say.'
      : `Left for you in comp.yaml: ${counted(questions.length, 'key')}`,
    ...questions.flatMap(({ key, question }) => [style.notice(`    ${key}`), `        ${question}`]),
    stops.length === 0 ? 'comp check finds no fault in it.' : 'As it stands, comp check stops at:',
    ...stops.map((stop) => `    ${stop}`),
  ];
  return `${lines.map(printable).join('\n')}\n`;
}

function ledgerLines({ ledger, path, text, proposal }: ProposedLedger): string[] {
  const { preset, columns, keys, remarks, records, headerAt } = proposal;
  const read = [
    counted(records, 'row'),
    `header on line ${text.lineOf(headerAt)}`,
    `delimiter ${text.delimiter}`,
    ...(text.encoding === undefined ? [] : [text.encoding]),
  ];
  const pairs = [
    ...columns.map(({ key, value, state }) => [key, state === 'asked' ? '?' : valueText(value)] as const),
    ...keys
      .filter(({ key, state }) => state !== 'hint' && key !== 'preset')
      .map(({ key, value, state }) => [key, state === 'asked' ? '?' : valueText(value)] as const),
  ];
  const width = Math.max(0, ...pairs.map(([key]) => key.length));
  return [
    `${LEDGER_TITLES[ledger]}  ${path}: ${read.join(', ')}`,
    ...(preset === undefined
      ? []
      : [`    preset ${preset.name}: ${preset.title}; its columns are ${preset.grade} (${preset.source})`]),
    ...pairs.map(([key, value]) => `    ${key.padEnd(width)}  ${value}`),
    ...remarks.map((remark) => `    ${remark}`),
  ];
}

function valueText(value: unknown): string {
  return shortened(typeof value === 'string' ? value : JSON.stringify(value), 60);
}

/** A proposal as plain data. */
export function proposalRecord(workspace: ProposedWorkspace): {
  readonly currency: string | null;
  readonly plans: readonly string[];
  readonly ledgers: Readonly<Record<string, unknown>>;
  readonly questions: readonly Question[];
} {
  const ledgers = workspace.ledgers.map(({ ledger, path, file, text, proposal }) => {
    const { preset, header, headerAt, records, columns, keys, remarks } = proposal;
    const record = {
      path,
      file,
      delimiter: text.delimiter,
      encoding: text.encoding ?? null,
      headerLine: text.lineOf(headerAt),
      header,
      rows: records,
      preset: preset === undefined ? null : { name: preset.name, grade: preset.grade, source: preset.source },
      columns,
      keys,
      remarks,
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
