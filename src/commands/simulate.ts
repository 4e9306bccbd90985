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
    const faults = await writeAll(options, simulation, costs, workspace, run);
    if (faults.length > 0) return { kind: 'refused', faults };
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

/** Nobody and nothing has the id that is to be explained. */
function findUnknown({ explain }: SimulateOptions, { variants }: Simulation): Fault | undefined {
  if (explain === undefined || variants.some(({ differences }) => differences !== undefined))
    return undefined;
  if (variants.length === 0) return undefined;
  const expected = 'the id of a rep or an invoice of the ledgers';
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

/** Writes the folder of CSV files, the workbook and the page that were asked for. */
async function writeAll(
  options: SimulateOptions,
  simulation: Simulation,
  costs: SimulationCosts,
  workspace: Workspace,
  run: Surroundings,
): Promise<readonly Fault[]> {
  const { config, csv, xlsx, page } = options;
  const { paths: inputs } = workspace;
  const write = async (
    dir: string,
    files: readonly OutputFile[],
    path: string,
  ): Promise<Fault | undefined> => {
    const outcome = await writeOutput(
      { dir, files, stale: [], path },
      { inputs, closes: closesFolder(config) },
    );
    if (outcome.finished.length > 0) run.notice(finishedNotice(outcome.finished, 'results', dir));
    if (outcome.fault === undefined)
      run.notice(
        files.length === 1
          ? `Wrote ${path}`
          : wroteNotice(
              files.map(({ name }) => name),
              dir,
            ),
      );
    return outcome.fault;
  };
  const faults: (Fault | undefined)[] = [];
  if (csv !== undefined) {
    run.stage('Writing CSV files');
    const files = simulationTables(simulation, costs).map((table) => ({
      name: table.file,
      pieces: csvOf(table),
    }));
    faults.push(await write(csv, files, csv));
  }
  if (xlsx !== undefined) {
    run.stage('Writing the workbook');
    const { simulationWorkbook } = await import('../workbook/simulation.js');
    faults.push(
      await write(dirname(xlsx), [await simulationWorkbook(simulation, costs, basename(xlsx))], xlsx),
    );
  }
  if (page !== undefined) {
    run.stage('Writing the page');
    const { simulationPage } = await import('../simulation-page/simulation-page.js');
    const html = simulationPage(simulation, headOf(options, simulation, costs, workspace));
    faults.push(await write(dirname(page), [{ name: basename(page), pieces: [`${html}`] }], page));
  }
  return faults.filter((fault) => fault !== undefined);
}
