/** What every command on a workspace begins with: read it, calculate as of a day, and tell what stops the run. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { calculateStreaming } from '../engine/calculate.js';
import { findPeriodEnd } from '../engine/period-end.js';
import type { Calculation, Refusal } from '../engine/result.js';
import type { Keep } from '../engine/working.js';
import { LEDGER_TITLES } from '../ledger-specs/ledgers.js';
import type { LevelNumber } from '../plans/levels.js';
import type { TermsInput } from '../plans/schema.js';
import { atLevel } from '../plans/terms.js';
import type { Exception } from '../problems/exception.js';
import type { Fault } from '../problems/problem.js';
import { inStyle, type Style, widthOf } from '../reports/style.js';
import type { StoredClose } from '../workspace/closes/read-closes.js';
import { withoutConsequences } from '../workspace/consequences.js';
import { differencesTo, type Expectation } from '../workspace/expect.js';
import { type LedgerFiles, loadWorkspace, type Workspace } from '../workspace/load.js';
import { type Console, EXIT, type ExitCode } from './console.js';
import type { Progress } from './progress.js';

/** For those who read flags: what is loaded for a calculation has it, so that it is no file of its own. */
export { findExpectation } from '../workspace/expect.js';

export interface CalculationOptions {
  readonly config: string;
  readonly asOf?: string;
  readonly period?: string;
  readonly strict?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly wide?: boolean;
  readonly level?: LevelNumber;
  /** Control totals that were typed, beside those of comp.yaml. */
  readonly expect: readonly Expectation[];
  /** Ledger files that take the place of comp.yaml's. */
  readonly files: LedgerFiles;
}

/** A workspace with its calculation, or with everything that keeps it from having one. */
export interface WorkspaceCalculation<Kept extends Keep> extends WorkspaceRun {
  /** Undefined where there are faults. */
  readonly calculation?: Calculation<Kept>;
}

/** A workspace, what was closed in it, and everything that keeps it from having a result. */
export interface WorkspaceRun {
  readonly workspace: Workspace;
  /** What is closed already. */
  readonly closes: readonly StoredClose[];
  readonly faults: readonly Fault[];
}

/** What a command asks of a calculation besides its options. */
interface Wanted<Kept extends Keep> {
  /** What comp.yaml says, where it is not written yet. */
  readonly config?: string;
  /** What is kept beside the figures. */
  readonly keep: { readonly [Part in Kept]: true };
  /** A closed period that is named is told as it was frozen: as of the first open day, which a later look would not change. */
  readonly evenIfClosed?: boolean;
  readonly progress?: Progress;
  /** What counts as closed, where that is not what lies beside comp.yaml. */
  readonly closes?: readonly StoredClose[];
}

/** Reads the workspace and calculates it. */
export async function calculateWorkspace<Kept extends Keep>(
  options: CalculationOptions,
  console: Console,
  { config, keep, evenIfClosed, progress, closes: given }: Wanted<Kept>,
): Promise<WorkspaceCalculation<Kept>> {
  const notice = noticeOf(options, console);
  const workspace = await loadWorkspace(options.config, options.files, {
    config,
    onLedger: (ledger) => progress?.stage(`Reading ${LEDGER_TITLES[ledger]}`),
  });
  progress?.stage('Calculating');
  for (const text of presetTexts(workspace)) notice(text);
  const terms = termsAtLevel(workspace.terms, options.level, notice);
  const { asOf, faults: unknownPeriod } = asOfDate(options, workspace, terms, console, notice);
  let closes: readonly StoredClose[] = [];
  let outcome: Calculation<Kept> | Refusal;
  try {
    closes = given ?? (await closesOf(options, notice));
    const inputs = { terms, ledgers: workspace.ledgers, closes, keep };
    outcome = calculateStreaming({ ...inputs, asOf });
    const open = evenIfClosed === true && options.asOf === undefined ? findOpenDay(outcome) : undefined;
    if (open !== undefined) outcome = calculateStreaming({ ...inputs, asOf: open });
  } catch (error) {
    const fault = findDamage(error);
    if (fault === undefined) throw error;
    return { workspace, closes, faults: [fault] };
  }
  const faults = withPeriodFault(faultsOf(workspace, outcome), unknownPeriod);
  if (outcome.kind === 'refused' || faults.length > 0) return { workspace, closes, faults };
  const differing = differencesTo([...workspace.expected, ...options.expect], outcome.result);
  if (differing.length > 0) return { workspace, closes, faults: differing };
  return { workspace, closes, calculation: outcome, faults };
}

/** Where the closes of a workspace are. */
export function closesFolder(config: string): string {
  return join(dirname(config), 'closes');
}

/** What is closed. At another level everything is calculated as if nothing were: what would have been, not what is due. */
async function closesOf(
  { config, level }: CalculationOptions,
  notice: (text: string) => void,
): Promise<readonly StoredClose[]> {
  const folder = closesFolder(config);
  // Most workspaces have none: who has some loads what reads them.
  if (!existsSync(folder)) return [];
  const { readCloses } = await import('../workspace/closes/read-closes.js');
  if (level === undefined) return readCloses(folder);
  notice('With --level, no period counts as closed: the figures show what would have been, not what is due.');
  return [];
}

/** The first open day, where the as-of date is closed and nothing else is at fault. */
function findOpenDay(outcome: Calculation | Refusal): string | undefined {
  const [fault, ...more] = outcome.kind === 'refused' ? outcome.faults : [];
  return fault?.code === 'closed-as-of' && more.length === 0 ? fault.from : undefined;
}

/** What a damaged close has to say. Its postings are read when they are asked for, which may be after the calculation. */
export function findDamage(error: unknown): Fault | undefined {
  return error instanceof Error && 'fault' in error ? (error.fault as Fault) : undefined;
}

/** Tells the faults: as text for people, or as data for programs. */
export async function refuse(
  faults: readonly Fault[],
  { locate }: Pick<Workspace, 'locate'>,
  { json }: Pick<CalculationOptions, 'json'>,
  { out, err, environment }: Console,
): Promise<ExitCode> {
  // Most runs have none: the words for faults are loaded by those that have some.
  const { faultRecords, faultsText } = await import('../reports/faults.js');
  if (json === true) {
    out.write(`${JSON.stringify({ faults: faultRecords(faults, locate) }, null, 2)}\n`);
  } else {
    const write = (style: Style) => faultsText(faults, locate, style, widthOf(err));
    err.write(await inStyle(err, environment, write));
  }
  return EXIT.refused;
}

/** Each preset with its grade and source, and the ledgers that use it. */
function presetTexts({ presets }: Workspace): string[] {
  return [...new Set(presets.values())].map((preset) => {
    const { name, title, grade, source } = preset;
    const ledgers = [...presets].filter(([, one]) => one === preset).map(([ledger]) => LEDGER_TITLES[ledger]);
    return `Preset ${name} for ${ledgers.join(', ')}: ${title}; its columns are ${grade} (${source}).`;
  });
}

/** Messages beside the results, unless they are not wanted. */
export function noticeOf(
  { quiet }: Pick<CalculationOptions, 'quiet'>,
  { err }: Console,
): (text: string) => void {
  return (text) => {
    if (quiet !== true) err.write(`${text}\n`);
  };
}

/** `--level N`: every plan at that level, keeping its rate. */
function termsAtLevel(
  terms: TermsInput,
  level: LevelNumber | undefined,
  notice: (text: string) => void,
): TermsInput {
  if (level === undefined || !Array.isArray(terms.plans)) return terms;
  const { terms: changed, withoutClawback } = atLevel(terms, level);
  for (const plan of withoutClawback) {
    notice(
      `Plan ${plan} has no clawback terms of its own: at level ${level}, only write-offs claw back commission.`,
    );
  }
  return changed;
}

/** The as-of date: as said, the last day of the period that is named, or today. */
function asOfDate(
  { asOf, period }: CalculationOptions,
  { ledgers, inputs }: Workspace,
  terms: TermsInput,
  console: Console,
  notice: (text: string) => void,
): { readonly asOf: string; readonly faults: readonly Fault[] } {
  if (asOf !== undefined) return { asOf, faults: [] };
  const today = console.today();
  if (period === undefined) {
    notice(`As of today, ${today}. To close a period, name it with --period or set --as-of.`);
    return { asOf: today, faults: [] };
  }
  const end = findPeriodEnd(terms, ledgers, period);
  if (end !== undefined) return { asOf: end, faults: [] };
  // The rest is looked at all the same, as of any day that will do.
  let from = today;
  ledgers.calendar?.rows.forEach((row, index) => {
    if (index === 0 && row.from !== undefined) from = row.from;
  });
  const faults: Fault[] = [{ code: 'unknown-period', place: { kind: 'run' }, found: period }];
  return { asOf: from, faults: inputs.length === 0 ? [] : faults };
}

/** An unknown period is one where the calendar is sound; the day that stood in for it is nobody's fault. */
function withPeriodFault(faults: readonly Fault[], unknownPeriod: readonly Fault[]): readonly Fault[] {
  if (unknownPeriod.length === 0) return faults;
  const others = faults.filter(({ place }) => place.kind !== 'run');
  const calendarAtFault = others.some(({ place }) => {
    if (place.kind === 'terms') return place.path[0] === 'fiscalYearStart' || place.path[1] === 'calendar';
    return (place.kind === 'row' || place.kind === 'ledger') && place.ledger === 'calendar';
  });
  return calendarAtFault ? others : [...others, ...unknownPeriod];
}

/** Everything that stops the run: the faults of the files, and those of their contents beside them. */
function faultsOf({ faults, inputs, unread }: Workspace, outcome: Calculation | Refusal): Fault[] {
  const contents = outcome.kind === 'refused' && inputs.length > 0 ? outcome.faults : [];
  return [...faults, ...withoutConsequences(contents, faults, unread)];
}

/** The line of the file that an exception is about; undefined where it is about no line. */
export function lineOf({ locate }: Workspace, { ledger, row }: Exception): number | undefined {
  if (row === undefined) return undefined;
  const place = locate({ kind: 'row', ledger, row });
  return place.kind === 'file' ? place.line : undefined;
}
