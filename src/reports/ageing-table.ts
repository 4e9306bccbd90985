/** The table of open invoices: per rep and customer by days past due, with a total that adds up by eye. */
import { counted } from '../counted.js';
import { displayed } from '../displayed.js';
import type { Result } from '../engine/result.js';
import { type Ageing, type AgeingFigures, added, bandTitle } from '../explain/ageing.js';
import { groupedBy } from '../grouped.js';
import { addAll } from '../largest.js';
import { decimalsOf, formatUnits, groupThousands, type Units } from '../money.js';
import { byCodeUnit } from '../order.js';
import { minorCell } from './amounts.js';
import type { Style, TextOptions } from './style.js';
import { fittingTable, shortened, type Table, type TableColumn, type TableRow } from './table.js';

/** Beyond this many rows the table has a row per rep, and beyond as many reps those with the most open. */
const MOST_ROWS = 40;
const MOST_REPS = 10;

/** Who asks customers to pay, by the place of the band. */
const WHO_ASKS: ReadonlyMap<number, string> = new Map([
  [1, 'the rep'],
  [2, 'collections'],
]);

type Figure = 'open' | 'held' | 'atRisk';

/**
 * What a terminal has room for. Bands always have a place: a column each, or where there is no room for that a row each.
 * What is held is always there too; what is at risk is listed below the table by date.
 */
interface Shape {
  readonly bands: 'columns' | 'rows';
  readonly figures: readonly Figure[];
  /** The least columns for a name. */
  readonly name: number;
}

/** From the widest to the narrowest. */
const SHAPES: readonly [Shape, ...Shape[]] = [
  { bands: 'columns', figures: ['open', 'held', 'atRisk'], name: 12 },
  { bands: 'columns', figures: ['open', 'held'], name: 12 },
  { bands: 'rows', figures: ['open', 'held', 'atRisk'], name: 8 },
  { bands: 'rows', figures: ['open', 'held'], name: 8 },
];

const TITLES: Readonly<Record<Figure, string>> = { open: 'open', held: 'held', atRisk: 'at risk' };

/** What the table shows, before it is known which columns fit. */
interface Body {
  readonly titles: readonly [string, string];
  readonly rows: readonly { readonly labels: readonly [string, string]; readonly figures: AgeingFigures }[];
}

/** The table in the columns that fit, and what it leaves out. */
export function ageingTable(ageing: Ageing, result: Result, options: TextOptions): string[] {
  const body = bodyOf(ageing, options.style);
  const { shape, text } = fittingTable(
    SHAPES,
    (one) => tableOf(ageing, body, one, result, options.style),
    options,
  );
  const lines = [...text.lines];
  if (ageing.shared.open !== 0n && body.rows.length > 1) {
    lines.push(
      'less shared: an invoice shared by several reps is in the rows of each, but counts once in the total',
    );
  }
  const [widest] = SHAPES;
  const dropped = widest.figures
    .filter((figure) => !shape.figures.includes(figure))
    .map((figure) => TITLES[figure]);
  const parts = [
    ...(shape.bands === 'rows' ? ['a row for each age'] : []),
    ...(dropped.length === 0 ? [] : [`${dropped.join(', ')} not shown`]),
  ];
  if (parts.length > 0) lines.push(`${parts.join('; ')}; --wide shows all in columns`);
  return lines;
}

function bodyOf({ rows, bands }: Ageing, style: Style): Body {
  const label = (id: string) => shortened(displayed(id), style, 24);
  if (rows.length <= MOST_ROWS) {
    return {
      titles: ['rep', 'customer'],
      rows: rows.map((row, index) => {
        const isFirst = rows[index - 1]?.repId !== row.repId;
        return { labels: [isFirst ? label(row.repId) : '', label(row.customerId)], figures: row };
      }),
    };
  }
  const reps = [...groupedBy(rows, ({ repId }) => repId)].map(([repId, own]) => ({
    repId,
    customers: own.length,
    figures: added(own, bands.length),
  }));
  const largest = [...reps].sort(
    (a, b) =>
      Number(b.figures.open > a.figures.open) - Number(b.figures.open < a.figures.open) ||
      byCodeUnit(a.repId, b.repId),
  );
  const shown = reps.length <= MOST_ROWS ? reps : largest.slice(0, MOST_REPS);
  const rest = reps.length <= MOST_ROWS ? [] : largest.slice(MOST_REPS);
  const named = shown.map(({ repId, customers, figures }) => ({
    labels: [label(repId), counted(customers, 'customer')] as const,
    figures,
  }));
  const restFigures = added(
    rest.map(({ figures }) => figures),
    bands.length,
  );
  const more = { labels: [`… ${counted(rest.length, 'more rep')}`, ''] as const, figures: restFigures };
  return { titles: ['rep', 'customers'], rows: rest.length === 0 ? named : [...named, more] };
}

/** Amounts of a table in words. */
interface Words {
  readonly units: (amount: Units) => string;
  readonly figure: (figures: AgeingFigures, figure: Figure) => string;
}

function wordsFor({ total, shared }: Ageing, { rows }: Body, { currency, scale }: Result): Words {
  const all = [...rows.map(({ figures }) => figures), total, shared];
  // One number of decimals for all, so that the points are below each other.
  const digits = Math.max(
    ...all.flatMap(({ bands, open }) =>
      [...bands, open].map((amount) => decimalsOf(formatUnits(amount, scale, currency.digits))),
    ),
  );
  const units = (amount: Units) => (amount === 0n ? '–' : groupThousands(formatUnits(amount, scale, digits)));
  return {
    units,
    figure: (figures, figure) =>
      figure === 'open' ? units(figures.open) : minorCell(figures[figure], currency),
  };
}

function tableOf(ageing: Ageing, body: Body, shape: Shape, result: Result, style: Style): Table {
  const words = wordsFor(ageing, body, result);
  const bands = bandsShown(ageing);
  const labels = body.titles.map((title) => ({ title, align: 'left', least: shape.name }) as const);
  const figures = shape.figures.map(
    (figure): TableColumn => ({
      title: TITLES[figure],
      align: 'right',
      ...(figure === 'atRisk' ? { style: (text) => (/\d/.test(text) ? style.notice(text) : text) } : {}),
    }),
  );
  if (shape.bands === 'columns') {
    return {
      columns: [...labels, ...bands.map(({ title }) => ({ title, align: 'right' }) as const), ...figures],
      rows: rowsOfColumns(ageing, body, shape, words),
    };
  }
  return {
    columns: [...labels, { title: 'age', align: 'left' }, ...figures],
    rows: rowsOfBands(ageing, body, shape, words),
  };
}

/** A row for each customer, with a column for each band. */
function rowsOfColumns(ageing: Ageing, body: Body, shape: Shape, { units, figure }: Words): TableRow[] {
  const { total, shared } = ageing;
  const bands = bandsShown(ageing);
  const cells = (labels: readonly string[], figures: AgeingFigures) => [
    ...labels,
    ...bands.map(({ place }) => units(figures.bands[place] ?? 0n)),
    ...shape.figures.map((one) => figure(figures, one)),
  ];
  const rows: TableRow[] = body.rows.map(({ labels, figures }) => cells(labels, figures));
  if (rows.length > 1) {
    if (shared.open !== 0n) rows.push(cells(['', 'less shared'], negated(shared)));
    rows.push({ ruleFrom: 1 }, cells(['', 'total'], total));
  }
  if (bands.some(({ place, asks }) => asks !== '' && total.bands[place] !== 0n)) {
    rows.push(['', '', ...bands.map(({ asks }, index) => (index === 0 ? 'follow-up:' : asks))]);
  }
  return rows;
}

/**
 * A row for each band in which a customer owes something, and the commission below what they come to. The total has all
 * bands.
 */
function rowsOfBands(ageing: Ageing, body: Body, shape: Shape, { units, figure }: Words): TableRow[] {
  const { total, shared } = ageing;
  const bands = bandsShown(ageing);
  const [, ...commission] = shape.figures;
  const block = (
    labels: readonly string[],
    figures: AgeingFigures,
    shown: readonly ShownBand[],
  ): TableRow[] => {
    const open = shown.map(({ title, place }) => [title, units(figures.bands[place] ?? 0n)]);
    const [only] = open;
    const beside = commission.map((one) => figure(figures, one));
    if (open.length === 1 && only !== undefined) return [[...labels, ...only, ...beside]];
    return [
      ...open.map((cells, index) => [...(index === 0 ? labels : ['', '']), ...cells]),
      { ruleFrom: 2 },
      ['', '', 'all', units(figures.open), ...beside],
    ];
  };
  const owing = (figures: AgeingFigures) => bands.filter(({ place }) => figures.bands[place] !== 0n);
  const [only] = body.rows;
  if (body.rows.length === 1 && only !== undefined) return block(only.labels, only.figures, bands);
  const rows = body.rows.flatMap(({ labels, figures }) => block(labels, figures, owing(figures)));
  if (shared.open !== 0n) addAll(rows, block(['', 'less shared'], negated(shared), owing(shared)));
  return [...rows, { ruleFrom: 0 }, ...block(['', 'total'], total, bands)];
}

/** A band that the table has a place for. */
interface ShownBand {
  readonly title: string;
  readonly place: number;
  /** Who asks the customers in it to pay; empty where nobody does yet. */
  readonly asks: string;
}

/** Every band; the one without a due date only where something is in it, since such invoices are rare. */
function bandsShown({ bands, total }: Ageing): readonly ShownBand[] {
  return bands.flatMap((band, place): ShownBand[] => {
    if (band.kind === 'no-due-date' && total.bands[place] === 0n) return [];
    return [{ title: bandTitle(band), place, asks: WHO_ASKS.get(place) ?? '' }];
  });
}

/** What is subtracted from a sum, as the table shows it. */
function negated({ bands, open, held, atRisk }: AgeingFigures): AgeingFigures {
  return { bands: bands.map((amount) => -amount), open: -open, held: -held, atRisk: -atRisk };
}
