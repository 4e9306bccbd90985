/** Reads a workspace and calculates it as of a day, on top of its closes; or finds every fault that prevents a result. */
import { dirname, join } from 'node:path';
import { findDay } from '../day.js';
import { calculateStreaming } from '../engine/calculate.js';
import type { Calculation, Refusal, Result } from '../engine/result.js';
import type { Keep } from '../engine/working.js';
import { LEDGER_TITLES } from '../ledger-specs/ledgers.js';
import type { LevelNumber } from '../plans/levels.js';
import type { TermsInput } from '../plans/schema.js';
import { atLevel } from '../plans/terms.js';
import type { Fault } from '../problems/problem.js';
import { type AsOfOptions, asOfDate, withUnknownPeriod } from './as-of.js';
import { UnusableClose } from './closes/damaged-close.js';
import { closesFolder, hasCloses } from './closes/folder.js';
import type { StoredClose } from './closes/read-closes.js';
import { withoutConsequences } from './consequences.js';
import { differencesTo, type Expectation } from './expect.js';
import { type LedgerFiles, loadWorkspace, type Workspace } from './load.js';
import { OWNER } from './owner-file.js';
import { presetNotices } from './preset-notices.js';

/** Which workspace to calculate, and how. */
export interface WorkspaceOptions extends AsOfOptions {
  /** The path of comp.yaml. */
  readonly config: string;
  /** Recompute every plan at this level. */
  readonly level?: LevelNumber;
  /** Control totals from the command line, in addition to those of comp.yaml. */
  readonly expect?: readonly Expectation[];
  /** Ledger files that replace those of comp.yaml. */
  readonly files?: LedgerFiles;
}

/** What a command needs of a calculation besides its options. */
export interface Needs<Kept extends Keep> {
  /** The parts of the working that the calculation keeps. */
  readonly keep: { readonly [Part in Kept]: true };
  /** The text of comp.yaml, if it is not on disk yet. */
  readonly config?: string;
  /** Calculates a closed period as of the first open day, so that its frozen figures can be shown. */
  readonly showsClosed?: boolean;
  /** What counts as closed, if not the closes beside comp.yaml. */
  readonly closes?: readonly StoredClose[];
}

/** The day it is, and where a run reports what it does. */
export interface Surroundings {
  /** Today as `YYYY-MM-DD`. */
  readonly today: () => string;
  /** The step that starts now. */
  readonly stage: (what: string) => void;
  readonly notice: (text: string) => void;
}

/** A workspace with its calculation and the closes below it. */
export interface CalculatedWorkspace<Kept extends Keep = never> {
  readonly kind: 'calculated';
  readonly workspace: Workspace;
  readonly closes: readonly StoredClose[];
  readonly calculation: Calculation<Kept>;
}

/** A workspace with the faults that prevent a result. */
export interface RefusedWorkspace extends Refusal {
  readonly workspace: Workspace;
}

/** Reads the workspace and calculates it. */
export async function calculateWorkspace<Kept extends Keep>(
  options: WorkspaceOptions,
  { keep, config, showsClosed = false, closes: given }: Needs<Kept>,
  { today, stage, notice }: Surroundings,
): Promise<CalculatedWorkspace<Kept> | RefusedWorkspace> {
  const workspace = await loadWorkspace(options.config, options.files, {
    config,
    onLedger: (ledger) => stage(`Reading ${LEDGER_TITLES[ledger]}`),
  });
  const refused = (faults: readonly Fault[]) => ({ kind: 'refused', workspace, faults }) as const;
  // Without comp.yaml there is nothing else to check.
  if (workspace.inputs.length === 0) return refused(workspace.faults);
  stage('Calculating');
  for (const text of presetNotices(workspace)) notice(text);
  const terms = termsAtLevel(workspace.terms, options.level, notice);
  const asOf = asOfDate(options, workspace, terms, today());
  const isClockRight = asOf.kind !== 'today' || findDay(asOf.asOf) !== undefined;
  if (asOf.kind === 'today' && isClockRight) {
    notice(`As of today, ${asOf.asOf}. For another date, use --period or --as-of.`);
  }
  try {
    const closes = given ?? (await closesOf(options, notice));
    const inputs = { terms, ledgers: workspace.ledgers, closes, keep };
    let outcome = calculateStreaming({ ...inputs, asOf: asOf.asOf });
    const openDay = showsClosed && options.asOf === undefined ? findOpenDay(outcome) : undefined;
    if (openDay !== undefined) outcome = calculateStreaming({ ...inputs, asOf: openDay });
    const found = withUnknownPeriod(faultsOf(workspace, outcome), asOf);
    const faults = isClockRight ? found : found.map(ofTheClock);
    if (outcome.kind === 'refused' || faults.length > 0) return refused(faults);
    const differences = differencesTo([...workspace.expected, ...(options.expect ?? [])], outcome.result);
    if (differences.length > 0) return refused(differences);
    const named = closes.length === 0 ? closes : await asNamedIn(outcome.result, closes);
    return { kind: 'calculated', workspace, closes: named, calculation: outcome };
  } catch (error) {
    if (error instanceof UnusableClose) return refused(error.faults);
    throw error;
  }
}

/** What is closed. At another level, nothing is: the figures show what would have been, not what is due. */
async function closesOf(
  { config, level }: WorkspaceOptions,
  notice: Surroundings['notice'],
): Promise<readonly StoredClose[]> {
  const folder = closesFolder(config);
  // Most workspaces have no closes, and do not load the code that reads them.
  if (!hasCloses(folder) && !hasCloses(join(dirname(config), OWNER))) return [];
  if (level === undefined) {
    const [{ readCloses }, { checkCloses }] = await Promise.all([
      import('./closes/read-closes.js'),
      import('./closes/check-closes.js'),
    ]);
    const { faults } = checkCloses(folder);
    if (faults.length > 0) throw new UnusableClose(faults, `${folder} is damaged`);
    return readCloses(config);
  }
  notice('With --level, closes are ignored: the figures show what would have been paid, not what is due.');
  return [];
}

/** The closes with the ids that reps have now; few workspaces have aliases, and others do not load the code. */
async function asNamedIn(result: Result, closes: readonly StoredClose[]): Promise<readonly StoredClose[]> {
  if (result.newNames.size === 0) return closes;
  return (await import('./closes/renamed-stored.js')).renamedStored(closes, result);
}

/** The first open day, if the only fault is that the as-of date is closed. */
function findOpenDay(outcome: Calculation | Refusal): string | undefined {
  const [fault, ...more] = outcome.kind === 'refused' ? outcome.faults : [];
  return fault?.code === 'closed-as-of' && more.length === 0 ? fault.from : undefined;
}

/** `--level N`: every plan at that level, keeping its rate. */
function termsAtLevel(
  terms: TermsInput,
  level: LevelNumber | undefined,
  notice: Surroundings['notice'],
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

/** Nobody gave the day, so it is the clock that is wrong. */
function ofTheClock(fault: Fault): Fault {
  return fault.code === 'malformed-as-of' ? { ...fault, code: 'clock-out-of-range' } : fault;
}

/** Everything that stops the run: the faults of the files and of their contents. */
function faultsOf({ faults, unread }: Workspace, outcome: Calculation | Refusal): Fault[] {
  const contents = outcome.kind === 'refused' ? outcome.faults : [];
  return [...faults, ...withoutConsequences(contents, faults, unread)];
}
