/** A simulation as tables of text: for CSV files and for the sheets of a workbook. */
import { PAY_FIGURES, type PayRow, WRITTEN_FIGURES } from '../engine/r1-words/pay-figures.js';
import { formatMinor, round } from '../money.js';
import type { Ratio } from '../ratio.js';
import { type BeforeAndAfter, WORTH_MEASURES } from '../simulate/collections/worth.js';
import { type Figure, MEASURES, type Measured, plainFigure } from '../simulate/measure-list.js';
import type { Measures } from '../simulate/measures.js';
import type { Simulation } from '../simulate/simulate.js';
import type { Table, TableColumn } from './tables.js';

/** What the figures depend on besides the simulation. */
export interface SimulationCosts {
  /** A yearly rate; undefined where financing is not asked about. */
  readonly carryingCost: Ratio | undefined;
  /** What a collection call costs, in minor units; undefined where that is not asked. */
  readonly callCost: bigint | undefined;
}

/** A simulation as tables: those that it has nothing for are left out. Every row of a forecast says so. */
export function simulationTables(simulation: Simulation, costs: SimulationCosts): readonly Table[] {
  const tables = tablesOf(simulation, costs);
  const from = simulation.forecast?.from;
  if (from === undefined) return tables;
  return tables.map(({ file, columns, rows }) => ({
    file,
    columns: [...columns, date('forecast_from')],
    rows: [...rows].map((row) => [...row, from]),
  }));
}

function tablesOf(simulation: Simulation, costs: SimulationCosts): readonly Table[] {
  return [
    measuresTable(simulation, costs),
    quartersTable(simulation),
    repsTable(simulation),
    ...(simulation.collections === undefined ? [] : [collectionsTable(simulation, costs)]),
    ...(simulation.forecast === undefined ? [] : [customersTable(simulation)]),
    ...(simulation.variants.some(({ differences }) => differences !== undefined)
      ? [differencesTable(simulation)]
      : []),
  ];
}

/** The name of the terms of today in a column of variants. */
const TODAY = 'today';

/** Today and every variant by name. */
function named({ today, variants }: Simulation): readonly { readonly name: string; readonly of: Measures }[] {
  return [{ name: TODAY, of: today }, ...variants.map((variant) => ({ name: variant.name, of: variant }))];
}

/** A row for each measure of each variant. */
function measuresTable({ today, variants, currency }: Simulation, { carryingCost }: SimulationCosts): Table {
  const all: readonly (Measured & { readonly name: string })[] = [
    { name: TODAY, measures: today, people: undefined, carryingCost },
    ...variants.map((variant) => ({
      name: variant.name,
      measures: variant,
      people: variant.people,
      carryingCost,
    })),
  ];
  return {
    file: 'measures.csv',
    columns: FIGURES,
    rows: all.flatMap((measured) =>
      MEASURES.flatMap(({ id, group, title, of }) => {
        const figure = of(measured);
        return figure === undefined
          ? []
          : [[measured.name, group, id, title, ...figureCells(figure, currency.digits)]];
      }),
    ),
  };
}

const text = (name: string): TableColumn => ({ name, kind: 'text' });
const date = (name: string): TableColumn => ({ name, kind: 'date' });
const amount = (name: string): TableColumn => ({ name, kind: 'amount' });

/** A figure has the column of its unit. Amounts of different measures do not add up. */
const UNIT_COLUMNS: readonly TableColumn[] = [
  { name: 'amount', kind: 'balance' },
  { name: 'days', kind: 'number' },
  { name: 'share', kind: 'share' },
  { name: 'count', kind: 'count' },
];
const FIGURES: readonly TableColumn[] = [
  text('variant'),
  text('group'),
  text('measure'),
  text('title'),
  ...UNIT_COLUMNS,
];

function figureCells(figure: Figure, digits: number): readonly string[] {
  const plain = plainFigure(figure, digits);
  switch (figure.unit) {
    case 'money':
      return [plain, '', '', ''];
    case 'days':
      return ['', plain, '', ''];
    case 'percent':
      return ['', '', sixDecimals(figure.share), ''];
    case 'number':
      return ['', '', plain, ''];
    case 'count':
      return ['', '', '', plain];
  }
}

function sixDecimals({ n, d }: Ratio): string {
  return formatMinor(round(n * 1_000_000n, d, 'half-up'), 6);
}

/** A row for each quarter of each variant, with the columns of quarters.csv. */
function quartersTable(simulation: Simulation): Table {
  const { digits } = simulation.currency;
  return {
    file: 'quarters.csv',
    columns: [text('variant'), text('quarter'), ...payColumns()],
    rows: named(simulation).flatMap(({ name, of }) =>
      of.quarters.map((row) => [name, row.quarter, ...payCells(row, digits)]),
    ),
  };
}

function payColumns(): readonly TableColumn[] {
  return WRITTEN_FIGURES.map((figure) => {
    const { column, kind } = PAY_FIGURES[figure];
    return { name: column, kind: kind === 'flow' ? 'amount' : 'balance' };
  });
}

function payCells(row: PayRow, digits: number): readonly string[] {
  return WRITTEN_FIGURES.map((figure) => formatMinor(row[figure], digits));
}

/** A row for each rep of each variant: what is paid today and then, and in every quarter. */
function repsTable({ variants, currency: { digits } }: Simulation): Table {
  const money = (value: bigint) => formatMinor(value, digits);
  return {
    file: 'reps.csv',
    columns: [text('variant'), text('rep_id'), amount('paid_today'), amount('paid'), amount('change')],
    rows: variants.flatMap(({ name, people }) =>
      people.reps.map(({ repId, paidToday, paid, change }) => [
        name,
        repId,
        money(paidToday),
        money(paid),
        money(change),
      ]),
    ),
  };
}

/** A row for each measure of what the rules of collection are worth. */
function collectionsTable(simulation: Simulation, { carryingCost, callCost }: SimulationCosts): Table {
  const { today, variants, collections, currency } = simulation;
  const calls = callCost === undefined ? undefined : callCost * BigInt(collections?.invoices ?? 0);
  const all = [{ name: TODAY, ...today }, ...variants];
  return {
    file: 'collections.csv',
    columns: [text('variant'), text('measure'), text('title'), ...UNIT_COLUMNS],
    rows: all.flatMap(({ name, collected, ...before }) => {
      if (collected === undefined) return [];
      const sides: BeforeAndAfter = { before, after: collected, carryingCost, calls };
      return WORTH_MEASURES.flatMap(({ id, title, of }) => {
        const figure = of(sides);
        return figure === undefined
          ? []
          : [[name, id, title.trim(), ...figureCells(figure, currency.digits)]];
      });
    }),
  };
}

/** How customers are expected to pay. */
function customersTable({ forecast }: Simulation): Table {
  const { customers = [], all } = forecast ?? {};
  return {
    file: 'customers.csv',
    columns: [
      text('customer_id'),
      { name: 'payments', kind: 'count' },
      { name: 'median_days_late', kind: 'count' },
      { name: 'never_paid', kind: 'share' },
    ],
    rows: [...customers, ...(all === undefined ? [] : [{ ...all, customerId: 'all' }])].map(
      ({ customerId, payments, daysLate, shareNeverPaid }) => [
        customerId,
        `${payments}`,
        `${daysLate}`,
        sixDecimals(shareNeverPaid),
      ],
    ),
  };
}

/** A row for each event of a line that differs from today. */
function differencesTable({ variants, currency: { digits } }: Simulation): Table {
  const money = (value: bigint) => formatMinor(value, digits);
  return {
    file: 'differences.csv',
    columns: [
      ...['variant', 'rep_id', 'invoice_id', 'customer_id', 'credit', 'plan_today', 'plan'].map(text),
      date('date'),
      ...['cause', 'source_id'].map(text),
      ...['today', 'then', 'change', 'held_today', 'held_then'].map(amount),
    ],
    rows: variants.flatMap(({ name, differences = [] }) =>
      differences.flatMap(({ repId, invoiceId, customerId, credit, planToday = '', plan = '', moves }) =>
        moves.map((move) => [
          ...[
            name,
            repId,
            invoiceId,
            customerId,
            credit,
            planToday,
            plan,
            move.date,
            move.cause,
            move.sourceId,
          ],
          ...[move.today, move.variant, move.variant - move.today, move.heldToday, move.held].map(money),
        ]),
      ),
    ),
  };
}
