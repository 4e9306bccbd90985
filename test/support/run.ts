/** Runs the engine on plain rows and gives its results as the text of the result files. */
import { calculate, type Inputs } from '../../src/engine/calculate.js';
import type { Posting } from '../../src/engine/r6-postings/posting-table.js';
import type { Calculation, PostedResult } from '../../src/engine/result.js';
import { recordsOf } from '../../src/ledgers/records.js';
import {
  appliedTable,
  attainmentTable,
  entriesTable,
  monthsTable,
  postingsTable,
  quartersTable,
} from '../../src/ledgers/tables.js';
import type { Rows } from './scenario.js';

/** A workspace as plain data: terms as in comp.yaml, ledgers as records of text. */
export interface Workspace {
  readonly terms: unknown;
  readonly ledgers: Readonly<Record<string, readonly Readonly<Record<string, string | undefined>>[]>>;
  readonly asOf: string;
}

/** The inputs of the library for a workspace. */
export function inputsOf({ terms, ledgers, asOf }: Workspace): Inputs {
  const given = Object.fromEntries(Object.entries(ledgers).map(([name, rows]) => [name, { rows }]));
  return { terms, ledgers: given, asOf } as unknown as Inputs;
}

/** What a calculation is given besides a workspace. */
type More = Pick<Inputs, 'closes'>;

/** A result with its postings in an array. */
export type TestResult = PostedResult<readonly Posting[]>;

/** A calculation that keeps all that there is to keep. */
export type FullCalculation = Calculation<'postings' | 'lines', readonly Posting[]>;

/** The result of a workspace; nothing where it is refused. */
export function calculatedOf(workspace: Workspace, more: More = {}): TestResult | undefined {
  return findExplained(workspace, more)?.result;
}

/** The calculation of a workspace with everything kept; nothing where it is refused. */
export function findExplained(workspace: Workspace, more: More = {}): FullCalculation | undefined {
  const outcome = calculate({ ...inputsOf(workspace), ...more, keep: { postings: true, lines: true } });
  return outcome.kind === 'refused' ? undefined : outcome;
}

/** The result of a workspace that must have no fault. */
export function resultOf(workspace: Workspace, more: More = {}): TestResult {
  return explainedOf(inputsOf(workspace), more).result;
}

/** The calculation of inputs that must have no fault, with everything kept. */
export function explainedOf(inputs: Inputs, more: More = {}): FullCalculation {
  const outcome = calculate({ ...inputs, ...more, keep: { postings: true, lines: true } });
  if (outcome.kind === 'refused') throw new Error(`refused: ${JSON.stringify(outcome.faults, null, 1)}`);
  return outcome;
}

/** The result files as records of text, by name. */
export function filesOf(result: PostedResult): Record<string, Rows> {
  const tables = [
    quartersTable(result),
    attainmentTable(result),
    postingsTable(result),
    entriesTable(result),
  ];
  if (result.terms.payPeriod === 'month') tables.push(monthsTable(result));
  if (result.terms.applyCash !== 'none') tables.push(appliedTable(result));
  return Object.fromEntries(tables.map((table) => [table.file, recordsOf(table)]));
}
