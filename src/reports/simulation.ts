/** A simulation for the terminal: measures by variant, pay by quarter, who gains and loses, and why. */
import { counted, listOf, verb } from '../counted.js';
import { displayed } from '../displayed.js';
import type { Result } from '../engine/result.js';
import { groupedBy } from '../grouped.js';
import { formatPercent, type Minor, max } from '../money.js';
import { unreachable } from '../problems/problem.js';
import type { Ratio } from '../ratio.js';
import {
  figureText,
  MEASURE_GROUPS,
  type Measured,
  type MeasureGroup,
  shownMeasures,
} from '../simulate/measure-list.js';
import type { SimulatedVariant, Simulation } from '../simulate/simulate.js';
import type { LevelNote } from '../simulate/terms/levels.js';
import type { LineDifference } from '../simulate/why.js';
import { changeCell, minorCell } from './amounts.js';
import { collectionLines } from './simulation-collections.js';
import {
  columnsOf,
  columnTables,
  LONGEST_NAME,
  type SimulationColumn,
  type SimulationView,
} from './simulation-columns.js';
import type { TextOptions } from './style.js';
import { fittingTable, shortened, type TableRow } from './table.js';

/** How many reps and lines are listed; `--wide` and `--csv` list all. */
const MOST_REPS = 10;
const MOST_LINES = 5;

/** The whole text. */
export function simulationText(simulation: Simulation, view: SimulationView, screen: TextOptions): string {
  const { style } = screen;
  const columns = columnsOf(simulation);
  const lines = [
    style.strong(headlineOf(simulation)),
    ...(view.from === undefined
      ? []
      : [
          `Variants price what is booked from ${view.from} on; what was booked before stays under the terms of today.`,
        ]),
    ...measureLines(simulation, columns, view, screen),
    ...footnotes(simulation, columns),
    ...quarterLines(simulation, columns, screen),
    ...peopleLines(simulation, columns, screen),
    ...collectionLines(simulation, columns, view, screen),
    ...forecastLines(simulation),
    ...whyLines(simulation, view, screen),
  ];
  return `${lines.join('\n')}\n`;
}

function headlineOf({ asOf, currency, variants, forecast }: Simulation): string {
  const kind = forecast === undefined ? 'Simulation' : 'Forecast';
  return `${kind} as of ${asOf}, ${currency.code}: ${counted(variants.length, 'variant')} on the same ledgers`;
}

function measureLines(
  { currency }: Simulation,
  columns: readonly SimulationColumn[],
  { carryingCost }: SimulationView,
  screen: TextOptions,
): string[] {
  const all: readonly Measured[] = columns.map(({ measures, people }) => ({
    measures,
    people,
    carryingCost,
  }));
  const shown = shownMeasures(all);
  const rows = (Object.keys(MEASURE_GROUPS) as readonly MeasureGroup[]).flatMap((group) => {
    const own = shown.filter((measure) => measure.group === group);
    if (own.length === 0) return [];
    return [
      { line: screen.style.strong(MEASURE_GROUPS[group]) },
      ...own.map(({ title, short = title, of }) => {
        const cells = all.map((measured) => {
          const figure = of(measured);
          return figure === undefined ? '–' : figureText(figure, currency.digits);
        });
        return [` ${short}`, ...cells] as [string, ...string[]];
      }),
    ];
  });
  return columnTables(columns, rows, screen);
}

/** What the marks above columns stand for. */
function footnotes({ variants }: Simulation, columns: readonly SimulationColumn[]): string[] {
  const same = variants.filter(({ isAsToday }) => isAsToday).length;
  const long = columns.filter(({ title }) => title.length > LONGEST_NAME);
  return [
    ...(same > 0 ? ['', '* These are the terms of today.'] : []),
    ...(long.length > 0 ? ['', ...long.map(({ title }) => `${shortName(title)}: ${displayed(title)}`)] : []),
  ];
}

function shortName(title: string): string {
  return `${displayed(title).slice(0, LONGEST_NAME - 1)}…`;
}

/** What is paid in each quarter; of a forecast, also what is clawed back in the coming ones, and held at their ends. */
function quarterLines(
  { currency, forecast }: Simulation,
  columns: readonly SimulationColumn[],
  screen: TextOptions,
): string[] {
  const names = [
    ...new Set(columns.flatMap(({ measures }) => measures.quarters.map(({ quarter }) => quarter))),
  ].sort();
  const isComing = (name: string) => forecast !== undefined && name >= forecast.firstQuarter;
  const tableOf = (
    title: string,
    figure: 'paid' | 'clawedBack' | 'held',
    shown: readonly string[],
  ): string[] => {
    const rows = shown.map((name): [string, ...string[]] => [
      isComing(name) ? `${name} forecast` : name,
      ...columns.map(({ measures }) => {
        const quarter = measures.quarters.find((row) => row.quarter === name);
        return quarter === undefined ? '–' : minorCell(quarter[figure], currency);
      }),
    ]);
    if (rows.length === 0) return [];
    return ['', screen.style.strong(title), ...columnTables(columns, rows, screen).slice(1)];
  };
  const coming = names.filter(isComing);
  return [
    ...tableOf('Paid by quarter', 'paid', names),
    ...tableOf('Clawed back by quarter', 'clawedBack', coming),
    ...tableOf('Held at the end of each quarter', 'held', coming),
  ];
}

/** The reps whose pay changes most, and by how much under each variant. */
function peopleLines(
  { variants, currency }: Simulation,
  columns: readonly SimulationColumn[],
  screen: TextOptions,
): string[] {
  const changes = new Map<string, Map<string, Minor>>();
  for (const { name, people } of variants) {
    for (const { repId, change } of people.reps) {
      const own = changes.get(repId) ?? new Map<string, Minor>();
      changes.set(repId, own.set(name, change));
    }
  }
  const most = (own: ReadonlyMap<string, Minor>) =>
    [...own.values()].reduce((largest, change) => max(largest, max(change, -change)), 0n);
  const bySize = [...changes]
    .filter(([, own]) => most(own) > 0n)
    .sort(([, a], [, b]) => compareAmounts(most(b), most(a)));
  if (bySize.length === 0) return [];
  const shown = screen.wide ? bySize : bySize.slice(0, MOST_REPS);
  const compared = columns.filter(({ isToday }) => !isToday);
  const rows = shown.map(([repId, own]): [string, ...string[]] => [
    displayed(repId),
    ...compared.map(({ title }) => changeCell(own.get(title) ?? 0n, currency)),
  ]);
  const more = bySize.length - shown.length;
  return [
    '',
    screen.style.strong('Paid more or less than today, by rep'),
    ...columnTables(compared, rows, screen).slice(1),
    ...(more > 0
      ? [`${counted(more, 'more rep')} ${verb(more, 'changes', 'change')}; --wide and --csv list all.`]
      : []),
  ];
}

function compareAmounts(a: Minor, b: Minor): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function forecastLines({ forecast }: Simulation): string[] {
  if (forecast === undefined) return [];
  const { from, until, payments, neverPaid, all, customers } = forecast;
  const usual =
    all === undefined
      ? 'No customer has paid anything yet, so nothing is expected.'
      : `All customers together pay ${daysText(all.daysLate)} and ${formatPercent(all.shareNeverPaid, 2)} never; ${counted(customers.length, 'customer')} who ${verb(customers.length, 'owes', 'owe')} something ${verb(customers.length, 'has', 'have')} paid often enough to be judged by their own payments.`;
  return [
    '',
    `Forecast from ${from} to ${until}: open invoices are paid as customers have paid before. ${counted(payments, 'payment')} expected by then; ${counted(neverPaid, 'part')} of invoices ${verb(neverPaid, 'is', 'are')} not expected at all. No new sales.`,
    usual,
  ];
}

function daysText(days: number): string {
  if (days === 0) return 'on the due date (median)';
  return days > 0
    ? `${counted(days, 'day')} after the due date (median)`
    : `${counted(-days, 'day')} before the due date (median)`;
}

/** The lines that differ, with their events. */
function whyLines(
  { variants, currency }: Simulation,
  { explain }: SimulationView,
  screen: TextOptions,
): string[] {
  if (explain === undefined) return [];
  return variants.flatMap((variant) => whyOf(variant, explain, currency, screen));
}

function whyOf(
  { name, differences }: SimulatedVariant,
  explain: string,
  currency: Result['currency'],
  screen: TextOptions,
): string[] {
  const { style, wide } = screen;
  const all = differences ?? [];
  const shown = wide ? all : all.slice(0, MOST_LINES);
  const title = `${displayed(name)}: why ${displayed(explain)} differs from today`;
  if (all.length === 0)
    return ['', `${displayed(name)}: nothing differs from today for ${displayed(explain)}.`];
  const more = all.length - shown.length;
  return [
    '',
    style.strong(title),
    ...shown.flatMap((line) => lineTable(line, currency, screen)),
    ...(more > 0
      ? ['', `${counted(more, 'more line')} ${verb(more, 'differs', 'differ')}; --wide and --csv list all.`]
      : []),
  ];
}

function lineTable(
  { invoiceId, repId, today, variant, moves }: LineDifference,
  currency: Result['currency'],
  screen: TextOptions,
): string[] {
  const money = (amount: Minor) => minorCell(amount, currency);
  const numbers = ['today', 'then', 'change'];
  const tableOf = (held: readonly string[]) => {
    const right = [...numbers, ...held].map((title) => ({ title, align: 'right' }) as const);
    const left = ['date', 'event', 'row'].map((title) => ({ title, align: 'left' }) as const);
    const rows: TableRow[] = moves.map((move) => [
      move.date,
      move.cause,
      shortened(displayed(move.sourceId), screen.style, 16),
      money(move.today),
      money(move.variant),
      changeCell(move.variant - move.today, currency),
      ...(held.length === 0 ? [] : [changeCell(move.heldToday, currency), changeCell(move.held, currency)]),
    ]);
    const sum = ['', '', '', money(today), money(variant), changeCell(variant - today, currency)];
    return {
      columns: [...left, ...right],
      rows: [...rows, { ruleFrom: 3 }, [...sum, ...held.map(() => '')]],
    };
  };
  const { text } = fittingTable([['held', 'held then'], []], tableOf, screen);
  return ['', `Invoice ${displayed(invoiceId)}, rep ${displayed(repId)}`, ...text.lines];
}

/** What changes of level left out or filled in, as notices: levels and plans that are alike are named together. */
export function levelNotices(notes: readonly LevelNote[]): readonly string[] {
  const ofPlans = groupedBy(notes, ({ level: _, ...note }) =>
    JSON.stringify({ ...note, hold: holdOf(note) }),
  );
  const alike = groupedBy([...ofPlans.values()], (own) => {
    const { plan: _, level: __, ...note } = own[0] as LevelNote;
    return JSON.stringify([
      own.map(({ level }) => level),
      note.kind,
      note.kind === 'left-out' ? note.keys : '',
    ]);
  });
  return [...alike.values()].map((groups) => {
    const [first] = groups as [LevelNote[]];
    const levels = [...new Set(first.map(({ level }) => level))].sort();
    const plans = groups.map(([note]) => (note as LevelNote).plan);
    return noticeOf(first[0] as LevelNote, levels, plans);
  });
}

/** How much is held, as text. */
function holdOf(note: Pick<LevelNote, 'kind'> & { readonly hold?: Ratio }): string {
  return note.hold === undefined ? '' : formatPercent(note.hold);
}

function noticeOf(note: LevelNote, levels: readonly number[], plans: readonly string[]): string {
  const ofPlans = `${verb(plans.length, 'plan', 'plans')} ${listOf(plans.map(displayed))}`;
  const named = `${verb(levels.length, 'Level', 'Levels')} ${listOf(levels.map(String))}`;
  switch (note.kind) {
    case 'left-out':
      return `${named} ${verb(levels.length, 'has', 'have')} no use for ${listOf(note.keys)} of ${ofPlans}, and ${verb(levels.length, 'leaves', 'leave')} ${verb(note.keys.length, 'it', 'them')} out.`;
    case 'no-clawback-days':
      return `${named}: ${ofPlans} ${verb(plans.length, 'does', 'do')} not say after how many days commission is clawed back, so only write-offs claw back. Add --clawback-days 90 to compare with that.`;
    case 'default-hold':
      return `${named} ${verb(levels.length, 'holds', 'hold')} ${holdOf(note)} of ${ofPlans}, the default. Add --hold 30% to compare with another share.`;
    default:
      return unreachable(note);
  }
}
