/** What every command on a workspace begins with: read it, calculate as of a day, and report what stops the run. */
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

/** Re-exported so that the bundle needs no separate file for it. */
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
  /** Control totals from the command line, in addition to those of comp.yaml. */
  readonly expect: readonly Expectation[];
  /** Ledger files that replace those of comp.yaml. */
  readonly files: LedgerFiles;
}

/** A workspace with its calculation, or with the faults that prevent one. */
export interface WorkspaceCalculation<Kept extends Keep> extends WorkspaceRun {
  /** Undefined if there are faults. */
  readonly calculation?: Calculation<Kept>;
}

/** A workspace, its closes, and the faults that prevent a result. */
export interface WorkspaceRun {
  readonly workspace: Workspace;
  /** What is already closed. */
  readonly closes: readonly StoredClose[];
  readonly faults: readonly Fault[];
}

/** What a command needs of a calculation besides its options. */
interface Needs<Kept extends Keep> {
  /** The text of comp.yaml, if it is not on disk yet. */
  readonly config?: string;
  /** What is kept beside the figures. */
  readonly keep: { readonly [Part in Kept]: true };
  /** Calculates a closed period as of the first open day, so that its frozen figures can be shown. */
  readonly evenIfClosed?: boolean;
  readonly progress?: Progress;
  /** What counts as closed, if not the closes beside comp.yaml. */
  readonly closes?: readonly StoredClose[];
}

/** Reads the workspace and calculates it. */
export async function calculateWorkspace<Kept extends Keep>(
  options: CalculationOptions,
  console: Console,
  { config, keep, evenIfClosed, progress, closes: given }: Needs<Kept>,
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

/** What is closed. At another level, nothing is: the figures show what would have been, not what is due. */
async function closesOf(
  { config, level }: CalculationOptions,
  notice: (text: string) => void,
): Promise<readonly StoredClose[]> {
  const folder = closesFolder(config);
  // Most workspaces have no closes, and do not load the code that reads them.
  if (!existsSync(folder)) return [];
  const { readCloses } = await import('../workspace/closes/read-closes.js');
  if (level === undefined) return readCloses(folder);
  notice('With --level, no period counts as closed: the figures show what would have been, not what is due.');
  return [];
}

/** The first open day, if the only fault is that the as-of date is closed. */
function findOpenDay(outcome: Calculation | Refusal): string | undefined {
  const [fault, ...more] = outcome.kind === 'refused' ? outcome.faults : [];
  return fault?.code === 'closed-as-of' && more.length === 0 ? fault.from : undefined;
}

/** The fault of a damaged close. Its postings are read on demand, possibly after the calculation. */
export function findDamage(error: unknown): Fault | undefined {
  return error instanceof Error && 'fault' in error ? (error.fault as Fault) : undefined;
}

/** Reports the faults: as text for people, or as data for programs. */
export async function refuse(
  faults: readonly Fault[],
  { locate }: Pick<Workspace, 'locate'>,
  { json }: Pick<CalculationOptions, 'json'>,
  { out, err, environment }: Console,
): Promise<ExitCode> {
  // Most runs have no faults, and do not load their texts.
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

/** Writes notices to standard error, unless `--quiet`. */
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

/** The as-of date: the one given, the last day of the given period, or today. */
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
  // The run still checks everything else, as of any valid day.
  let from = today;
  ledgers.calendar?.rows.forEach((row, index) => {
    if (index === 0 && row.from !== undefined) from = row.from;
  });
  const faults: Fault[] = [{ code: 'unknown-period', place: { kind: 'run' }, found: period }];
  return { asOf: from, faults: inputs.length === 0 ? [] : faults };
}

/** A period is unknown only if the calendar has no faults; the stand-in day causes none of its own. */
function withPeriodFault(faults: readonly Fault[], unknownPeriod: readonly Fault[]): readonly Fault[] {
  if (unknownPeriod.length === 0) return faults;
  const others = faults.filter(({ place }) => place.kind !== 'run');
  const calendarAtFault = others.some(({ place }) => {
    if (place.kind === 'terms') return place.path[0] === 'fiscalYearStart' || place.path[1] === 'calendar';
    return (place.kind === 'row' || place.kind === 'ledger') && place.ledger === 'calendar';
  });
  return calendarAtFault ? others : [...others, ...unknownPeriod];
}

/** Everything that stops the run: the faults of the files and of their contents. */
function faultsOf({ faults, inputs, unread }: Workspace, outcome: Calculation | Refusal): Fault[] {
  const contents = outcome.kind === 'refused' && inputs.length > 0 ? outcome.faults : [];
  return [...faults, ...withoutConsequences(contents, faults, unread)];
}

/** The line of the file that an exception is about; undefined if there is none. */
export function lineOf({ locate }: Workspace, { ledger, row }: Exception): number | undefined {
  if (row === undefined) return undefined;
  const place = locate({ kind: 'row', ledger, row });
  return place.kind === 'file' ? place.line : undefined;
}
