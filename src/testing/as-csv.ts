/** Inputs as a person reads them: the terms as comp.yaml has them, and each ledger as CSV. */
import { LEDGER_COLUMNS } from '../ledger-specs/columns.js';
import { LEDGER_NAMES, type LedgerName } from '../ledger-specs/ledgers.js';
import type { Inputs } from '../library/given-inputs.js';
import { cellsOf } from './given-rows.js';

/**
 * The inputs as text: files of a workspace, one after another, without ledgers that have no rows and columns that have no
 * cells. It is how histories are shown where a property fails.
 *
 * @example console.log(asCsv(inputs))
 */
export function asCsv(inputs: Inputs): string {
  const { plans, ...terms } = inputs.terms;
  const closes = (inputs.closes ?? []).map(({ period }) => period.name);
  return [
    '# comp.yaml',
    ...Object.entries(terms).map(([key, value]) => `${key}: ${flow(value)}`),
    'plans:',
    ...plans.map((plan) => `  - ${flow(plan)}`),
    ...LEDGER_NAMES.flatMap((name) => ledgerLines(inputs, name)),
    ...(closes.length === 0 ? [] : [`# closed: ${closes.join(', ')}`]),
    `# as of ${inputs.asOf}`,
  ].join('\n');
}

function ledgerLines(inputs: Inputs, name: LedgerName): string[] {
  const rows = cellsOf(inputs, name);
  if (rows.length === 0) return [];
  const columns = LEDGER_COLUMNS[name].columns
    .map((column) => column.name)
    .filter((column) => rows.some((row) => (row[column] ?? '') !== ''));
  const lines = rows.map((row) => columns.map((column) => cell(row[column] ?? '')).join(','));
  const file = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return [`# ${file}.csv`, columns.join(','), ...lines];
}

function cell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** YAML in one line. */
function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, one]) => `${key}: ${flow(one)}`);
    return `{ ${entries.join(', ')} }`;
  }
  return typeof value === 'string' && !/^[\p{L}\d%][\p{L}\d%. -]*$/u.test(value)
    ? JSON.stringify(value)
    : String(value);
}
