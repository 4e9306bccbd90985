/** The columns of a simulation: today and each variant, in as many tables as it takes to fit the terminal. */
import { displayed } from '../displayed.js';
import type { Minor } from '../money.js';
import type { Ratio } from '../ratio.js';
import type { Measures } from '../simulate/measures.js';
import type { People } from '../simulate/people.js';
import type { Simulation } from '../simulate/simulate.js';
import type { TextOptions } from './style.js';
import { shortened, type TableColumn, type TableRow, tableText } from './table.js';

/** What a simulation is shown with. */
export interface SimulationView {
  /** A yearly rate; undefined where financing is not asked about. */
  readonly carryingCost: Ratio | undefined;
  /** What a collection call costs, in minor units; undefined where that is not asked. */
  readonly callCost: Minor | undefined;
  /** The first booking date that variants price; undefined where it is all. */
  readonly from: string | undefined;
  /** The rep or the invoice that is explained. */
  readonly explain: string | undefined;
}

/** A column: today, or a variant. */
export interface SimulationColumn {
  readonly title: string;
  /** Whether these are the terms of today. */
  readonly isToday: boolean;
  readonly measures: Measures;
  readonly collected: Measures | undefined;
  readonly people: People | undefined;
}

/** How much of a name fits above a column. */
export const LONGEST_NAME = 18;

/** Today and the variants; a variant that is today's terms takes its place, and is marked. */
export function columnsOf({ today, variants }: Simulation): readonly SimulationColumn[] {
  const own = variants.map(({ name, isAsToday, people, collected, ...measures }) => ({
    title: isAsToday ? `${name}*` : name,
    isToday: isAsToday,
    measures,
    collected,
    people,
  }));
  const { collected, ...measures } = today;
  const isThere = variants.some(({ isAsToday }) => isAsToday);
  return isThere ? own : [{ title: 'today', isToday: true, measures, collected, people: undefined }, ...own];
}

/** Tables of as many columns as fit beside each other. */
function blocks<Column>(columns: readonly Column[], room: number, label: number, width: number): Column[][] {
  const each = Math.max(1, Math.floor((room - label) / (width + 2)));
  return Array.from({ length: Math.ceil(columns.length / each) }, (_, index) =>
    columns.slice(index * each, (index + 1) * each),
  );
}

/** Rows of labels and a cell for each column, in as many tables as it takes to fit. */
export function columnTables(
  columns: readonly SimulationColumn[],
  rows: readonly (readonly [label: string, ...cells: string[]] | { readonly line: string })[],
  { style, width, wide }: TextOptions,
): string[] {
  const titles = columns.map(({ title }) => shortened(displayed(title), style, LONGEST_NAME));
  const cells = rows.flatMap((row) => ('line' in row ? [] : [row]));
  const label = Math.max(0, ...cells.map(([first]) => style.columnsOf(first)));
  const widest = Math.max(
    ...titles.map(style.columnsOf),
    ...cells.flatMap(([, ...own]) => own.map(style.columnsOf)),
  );
  const numbers = columns.map((_, index) => index);
  const parts = wide ? [numbers] : blocks(numbers, width, label, widest);
  return parts.flatMap((part) => {
    const own: TableColumn[] = [
      { title: '', align: 'left' },
      ...part.map((index) => ({ title: titles[index] as string, align: 'right' }) as const),
    ];
    const body = rows.map(
      (row): TableRow => ('line' in row ? row : [row[0], ...part.map((index) => row[index + 1] as string)]),
    );
    return ['', ...tableText(own, body, style).lines];
  });
}
