/** What rules of collection are worth: before and after, beside what calls cost. */
import { counted, verb } from '../counted.js';
import { displayed } from '../displayed.js';
import { type BeforeAndAfter, WORTH_MEASURES } from '../simulate/collections/worth.js';
import { figureText } from '../simulate/measure-list.js';
import type { Simulation } from '../simulate/simulate.js';
import { columnTables, type SimulationColumn, type SimulationView } from './simulation-columns.js';
import type { TextOptions } from './style.js';

/** The rules with what they move, and what that changes under each variant. */
export function collectionLines(
  { collections, currency }: Simulation,
  columns: readonly SimulationColumn[],
  { carryingCost, callCost }: SimulationView,
  screen: TextOptions,
): string[] {
  if (collections === undefined) return [];
  const calls = callCost && callCost * BigInt(collections.invoices);
  const sides = columns.flatMap(({ measures, collected }): BeforeAndAfter[] =>
    collected === undefined ? [] : [{ before: measures, after: collected, carryingCost, calls }],
  );
  const rows = WORTH_MEASURES.flatMap(({ title, isChange, of }): [string, ...string[]][] => {
    const figures = sides.map(of);
    if (figures.every((figure) => figure === undefined)) return [];
    const cells = figures.map((figure) => {
      if (figure === undefined) return '–';
      const text = figureText(figure, currency.digits);
      return isChange && figure.unit === 'money' && figure.amount > 0n ? `+${text}` : text;
    });
    return [[title, ...cells]];
  });
  return [
    '',
    screen.style.strong('If cash moves'),
    ...collections.rules.map(
      ({ text, moved, added }) =>
        `${displayed(text)}: ${counted(moved, 'payment')} ${verb(moved, 'moves', 'move')}${
          added === 0 ? '' : `, and ${counted(added, 'more', 'more')} ${verb(added, 'comes', 'come')} in`
        }.`,
    ),
    `In all, cash moves on ${counted(collections.invoices, 'invoice')}.`,
    ...columnTables(columns, rows, screen),
  ];
}
