/** A simulation as plain data for `--json`: amounts and numbers as text. */

import { type SimulationCosts, simulationTables } from '../ledgers/simulation-tables.js';
import type { Table } from '../ledgers/tables.js';
import type { Simulation } from '../simulate/simulate.js';

/** The simulation as a record: its tables by name, each a list of rows. */
export function simulationRecord(simulation: Simulation, costs: SimulationCosts): Record<string, unknown> {
  const { asOf, currency, variants, forecast, collections } = simulation;
  return {
    as_of: asOf,
    currency: currency.code,
    ...(forecast === undefined
      ? {}
      : {
          forecast: {
            from: forecast.from,
            until: forecast.until,
            payments: forecast.payments,
            never_paid: forecast.neverPaid,
          },
        }),
    ...(collections === undefined
      ? {}
      : { rules: collections.rules, invoices_with_moved_cash: collections.invoices }),
    variants: variants.map(({ name, isAsToday }) => ({ name, is_as_today: isAsToday })),
    ...Object.fromEntries(
      simulationTables(simulation, costs).map((table) => [table.file.replace(/\.csv$/, ''), records(table)]),
    ),
  };
}

/** The rows of a table as objects; blank cells are left out. */
function records({ columns, rows }: Table): readonly Record<string, string>[] {
  return [...rows].map((row) =>
    Object.fromEntries(
      columns.flatMap(({ name }, at): [string, string][] =>
        row[at] === '' ? [] : [[name, row[at] as string]],
      ),
    ),
  );
}
