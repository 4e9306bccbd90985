/** `comp simulate`: what other levels, plans or collections would have come to on the same ledgers. */
import { basename, dirname } from 'node:path';
import { type SimulationCosts, simulationTables } from '../ledgers/simulation-tables.js';
import { csvOf } from '../ledgers/write.js';
import { findDecimal, findPercent, powerOfTen, round } from '../money.js';
import type { LevelNumber } from '../plans/levels.js';
import type { TermsInput } from '../plans/schema.js';
import type { Fault } from '../problems/problem.js';
import { levelNotices, simulationText } from '../reports/simulation.js';
import { simulationRecord } from '../reports/simulation-record.js';
import type { Simulation } from '../simulate/simulate.js';
import type { PageHead } from '../simulation-page/columns.js';
import type { Surroundings } from '../workspace/calculate-workspace.js';
import { closesFolder } from '../workspace/closes/folder.js';
import type { Workspace } from '../workspace/load.js';
import { writeOutput } from '../workspace/output.js';
import type { OutputFile } from '../workspace/publish.js';
import { simulateWorkspace } from '../workspace/simulate-workspace.js';
import type { Console, ExitCode } from './console.js';
import { type CalculationOptions, type Ending, runCommand } from './run-command.js';
import { finishedNotice, wroteNotice } from './wrote.js';

export interface SimulateOptions extends Omit<CalculationOptions, 'level' | 'expect' | 'strict'> {
  readonly levels: readonly LevelNumber[];
  readonly with: readonly string[];
  readonly set: readonly string[];
  /** The first booking date that variants price. */
  readonly from?: string;
  readonly clawbackDays?: number;
  readonly hold?: string;
  readonly collect: readonly string[];
  /** What a call costs, as an amount. */
  readonly callCost?: string;
  /** A yearly rate, as a percentage. */
  readonly carryingCost?: string;
  readonly until?: string;
  readonly explain?: string;
  /** A folder for CSV files, and files for a workbook and a page. */
  readonly csv?: string;
  readonly xlsx?: string;
  readonly page?: string;
}

/** Compares, writes what was asked for, and shows the comparison. */
export async function simulate(options: SimulateOptions, console: Console): Promise<ExitCode> {
  return runCommand(options, console, async (run): Promise<Ending> => {
    const outcome = await simulateWorkspace(options, run);
    if (outcome.kind === 'refused') return outcome;
    const { simulation, workspace, notes } = outcome;
    const unknown = findUnknown(options, simulation);
    if (unknown !== undefined) return { kind: 'refused', faults: [unknown] };
    const costs = costsOf(options, simulation);
    for (const text of levelNotices(notes)) run.notice(text);
    const inputs = [...workspace.paths, ...options.with];
    const targets = targetsOf(options, simulation, costs, workspace);
    const refused = await writeTo(targets, { inputs, closes: closesFolder(options.config) }, run);
    if (refused !== undefined) return refused;
    const view = { ...costs, explain: options.explain, from: options.from };
    return {
      kind: 'done',
      report: {
        data: () => simulationRecord(simulation, costs),
        text: (screen) => simulationText(simulation, view, screen),
        isAnswer: true,
      },
    };
  });
}

/** The costs as amounts of the currency: their form was checked with the flags. */
function costsOf({ carryingCost, callCost }: SimulateOptions, { currency }: Simulation): SimulationCosts {
  const call = callCost === undefined ? undefined : findDecimal(callCost);
  return {
    carryingCost: carryingCost === undefined ? undefined : findPercent(carryingCost)?.value,
    callCost: call && round(call.n * powerOfTen(currency.digits), call.d, 'half-up'),
  };
}

/** Nobody and nothing has the id that is to be explained, or there is nothing that it could differ in. */
function findUnknown({ explain }: SimulateOptions, { variants }: Simulation): Fault | undefined {
  if (explain === undefined || variants.some(({ differences }) => differences !== undefined))
    return undefined;
  const expected =
    variants.length === 0
      ? 'a variant to compare with today: add --levels, --with or --set'
      : 'the id of a rep or an invoice of the ledgers';
  return { code: 'wrong-value', place: { kind: 'run' }, found: `--explain ${explain}`, expected };
}

/** What the page is called, and what it needs besides the figures. */
function headOf(
  { explain, from }: SimulateOptions,
  { forecast, names }: Simulation,
  costs: SimulationCosts,
  { terms, inputs }: Workspace,
): PageHead {
  const title = forecast === undefined ? 'Commission under other terms' : 'Commission, forecast';
  return {
    title,
    config: inputs[0]?.file ?? '',
    company: companyOf(terms),
    names,
    ...costs,
    explain,
    from,
  };
}

/** As comp.yaml writes it. */
function companyOf({ company }: TermsInput): string | undefined {
  return company?.name === undefined ? undefined : `${company.name}`;
}

/** What a simulation is written to: a folder, or a file. */
interface Target {
  readonly dir: string;
  /** As typed. */
  readonly path: string;
  readonly stage: string;
  readonly files: () => Promise<readonly OutputFile[]>;
}

/** The folder of CSV files, the workbook and the page that were asked for. */
function targetsOf(
  options: SimulateOptions,
  simulation: Simulation,
  costs: SimulationCosts,
  workspace: Workspace,
): readonly Target[] {
  const { csv, xlsx, page } = options;
  const targets: Target[] = [];
  if (csv !== undefined) {
    targets.push({
      dir: csv,
      path: csv,
      stage: 'Writing CSV files',
      files: async () =>
        simulationTables(simulation, costs).map((table) => ({ name: table.file, pieces: csvOf(table) })),
    });
  }
  if (xlsx !== undefined) {
    targets.push({
      dir: dirname(xlsx),
      path: xlsx,
      stage: 'Writing the workbook',
      files: async () => {
        const { simulationWorkbook } = await import('../workbook/simulation.js');
        return [await simulationWorkbook(simulation, costs, basename(xlsx))];
      },
    });
  }
  if (page !== undefined) {
    targets.push({
      dir: dirname(page),
      path: page,
      stage: 'Writing the page',
      files: async () => {
        const { simulationPage } = await import('../simulation-page/simulation-page.js');
        const html = simulationPage(simulation, headOf(options, simulation, costs, workspace));
        return [{ name: basename(page), pieces: [`${html}`] }];
      },
    });
  }
  return targets;
}

/** Writes one after another; the first that cannot be written ends it. */
async function writeTo(
  targets: readonly Target[],
  given: Parameters<typeof writeOutput>[1],
  run: Surroundings,
): Promise<Extract<Ending, { kind: 'refused' }> | undefined> {
  const written: string[] = [];
  for (const { dir, path, stage, files } of targets) {
    run.stage(stage);
    const output = await files();
    const { finished, fault } = await writeOutput({ dir, files: output, stale: [], path }, given);
    if (finished.length > 0) run.notice(finishedNotice(finished, 'results', dir));
    if (fault !== undefined) return { kind: 'refused', faults: [fault], written };
    written.push(path);
    const names = output.map(({ name }) => name);
    run.notice(dir === path ? wroteNotice(names, dir) : `Wrote ${path}`);
  }
  return undefined;
}
