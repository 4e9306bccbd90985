/** `comp simulate`: what other levels, plans or collections would have come to on the same ledgers. */
import { basename, dirname } from 'node:path';
import { type SimulationCosts, simulationTables } from '../ledgers/simulation-tables.js';
import { csvOf } from '../ledgers/write.js';
import { findDecimal, findPercent, powerOfTen, round } from '../money.js';
import type { LevelNumber } from '../plans/levels.js';
import type { Fault } from '../problems/problem.js';
import { levelNotices, simulationText } from '../reports/simulation.js';
import { simulationRecord } from '../reports/simulation-record.js';
import type { Simulation } from '../simulate/simulate.js';
import type { Surroundings } from '../workspace/calculate-workspace.js';
import { closesFolder } from '../workspace/closes/folder.js';
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
    const faults = await writeAll(options, simulation, costs, workspace.paths, console.version, run);
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

/** Writes the folder of CSV files, the workbook and the page that were asked for. */
async function writeAll(
  { config, csv, xlsx, page }: SimulateOptions,
  simulation: Simulation,
  costs: SimulationCosts,
  inputs: readonly string[],
  version: string,
  run: Surroundings,
): Promise<readonly Fault[]> {
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
  void page;
  void version;
  return faults.filter((fault) => fault !== undefined);
}
