/** A simulation as a workbook: a sheet for each of its tables. */
import { type SimulationCosts, simulationTables } from '../ledgers/simulation-tables.js';
import type { Simulation } from '../simulate/simulate.js';
import type { OutputFile } from '../workspace/publish.js';
import { MOST_ROWS, measured } from './measure.js';
import { onPaper } from './on-paper.js';
import { type LaidOut, packed } from './package.js';
import { rowSheet } from './row-sheet.js';
import { type RowSheet, sheetOf } from './sheet.js';

/** What each table is called on its tab, and what its rows are. */
const SHEETS: Readonly<Record<string, { readonly name: string; readonly title: string }>> = {
  'measures.csv': {
    name: 'Measures',
    title: 'What each variant costs, when it pays, what it risks, and whom it pays more or less.',
  },
  'quarters.csv': { name: 'Quarters', title: 'What each quarter comes to under each variant, for all reps.' },
  'reps.csv': { name: 'Reps', title: 'What each rep is paid today and under each variant.' },
  'collections.csv': {
    name: 'Collections',
    title: 'What it is worth that cash moves by the rules of collection.',
  },
  'customers.csv': { name: 'Customers', title: 'How customers are expected to pay, as they have paid.' },
  'differences.csv': { name: 'Differences', title: 'Every event of the lines that differ from today.' },
};

/** Makes the workbook. */
export async function simulationWorkbook(
  simulation: Simulation,
  costs: SimulationCosts,
  name: string,
): Promise<OutputFile> {
  const { digits } = simulation.currency;
  const kind = simulation.forecast === undefined ? 'Simulation' : 'Forecast';
  const sheets = simulationTables(simulation, costs).flatMap((table): LaidOut[] => {
    const of = SHEETS[table.file];
    if (of === undefined) return [];
    const prefix = simulation.forecast === undefined ? '' : `Forecast from ${simulation.forecast.from}. `;
    const sheet = withoutTotals(sheetOf({ name: of.name, title: prefix + of.title }, () => table));
    return measured(sheet, MOST_ROWS).map((part) => ({
      sheet: onPaper(rowSheet(sheet, part, digits), { currency: simulation.currency.code }),
      content: { of: sheet, part },
    }));
  });
  return { name, pieces: await packed(sheets, `${kind} as of ${simulation.asOf}`) };
}

/** Variants do not add up. */
function withoutTotals(sheet: RowSheet): RowSheet {
  return { ...sheet, columns: sheet.columns.map(({ total: _, ...column }) => column) };
}
