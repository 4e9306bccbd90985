/** The table of open invoices: per rep and customer by days past due, with a total that adds up by eye. */
import { counted } from '../counted.js';
import type { Result } from '../engine/result.js';
import { type AgeBand, type Ageing, type AgeingFigures, added, bandTitle } from '../explain/ageing.js';
import { groupedBy } from '../grouped.js';
import { decimalsOf, formatUnits, groupThousands, type Units } from '../money.js';
import { byCodeUnit } from '../order.js';
import { minorCell } from './amounts.js';
import type { ReportOptions, Style } from './style.js';
import { printable, shortened, type TableColumn, type TableRow, type TableText, tableText } from './table.js';

/** Beyond this many rows the table has a row per rep, and beyond as many reps those with the most open. */
const MOST_ROWS = 40;
const MOST_REPS = 10;

/** Who asks customers to pay, by the place of the band. */
const WHO_ASKS: ReadonlyMap<number, string> = new Map([
  [1, 'the rep'],
  [2, 'collections'],
]);

/** The options of a report without a folder of results. */
export type AgeingOptions = Omit<ReportOptions, 'out'>;

type Figure = 'open' | 'held' | 'atRisk';

/** What a terminal has room for: all bands, or one for everything past due; and the figures beside them. */
interface Shape {
  readonly bands: 'each' | 'together' | 'none';
  readonly figures: readonly Figure[];
}

/** From the widest to the narrowest. */
const SHAPES: readonly Shape[] = [
  { bands: 'each', figures: ['open', 'held', 'atRisk'] },
  { bands: 'together', figures: ['open', 'held', 'atRisk'] },
  { bands: 'together', figures: ['open', 'atRisk'] },
  { bands: 'together', figures: ['open'] },
  { bands: 'none', figures: ['open'] },
];

const TITLES: Readonly<Record<Figure, string>> = { open: 'open', held: 'held', atRisk: 'at risk' };

/** What the table shows, before it is known which columns fit. */
interface Body {
  readonly titles: readonly [string, string];
  readonly rows: readonly { readonly labels: readonly [string, string]; readonly figures: AgeingFigures }[];
}

/** The table in the columns that fit, and what it leaves out. */
export function ageingTable(ageing: Ageing, result: Result, options: AgeingOptions): string[] {
  const { style, width, wide } = options;
  const body = bodyOf(ageing, style);
  let [shape, text] = [SHAPES[0] as Shape, layOut(ageing, body, SHAPES[0] as Shape, result, style)];
  for (const narrower of SHAPES.slice(1)) {
    if (wide || text.width <= width) break;
    [shape, text] = [narrower, layOut(ageing, body, narrower, result, style)];
  }
  const lines = [...text.lines];
  if (ageing.shared.open !== 0n && body.rows.length > 1) {
    lines.push(
      'less shared: an invoice shared by several reps is in the rows of each, but counts once in the total',
    );
  }
  const hidden = hiddenIn(shape);
  if (hidden !== '') lines.push(`${hidden}; --wide shows all`);
  return lines;
}

function bodyOf({ rows, bands }: Ageing, style: Style): Body {
  const label = (id: string) => shortened(printable(id), style, 24);
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

function layOut(ageing: Ageing, body: Body, shape: Shape, result: Result, style: Style): TableText {
  const { total, shared } = ageing;
  const { currency, scale } = result;
  const columns = columnsOf(ageing, shape);
  const all = [...body.rows.map(({ figures }) => figures), total, shared];
  const digits = Math.max(
    ...all.flatMap(({ bands, open }) =>
      [...bands, open].map((amount) => decimalsOf(formatUnits(amount, scale, currency.digits))),
    ),
  );
  const units = (amount: Units) => (amount === 0n ? '–' : groupThousands(formatUnits(amount, scale, digits)));
  const cells = (labels: readonly string[], figures: AgeingFigures) => [
    ...labels,
    ...columns.map(({ unitsOf }) => units(unitsOf(figures))),
    ...shape.figures.map((figure) =>
      figure === 'open' ? units(figures.open) : minorCell(figures[figure], currency),
    ),
  ];
  const rows: TableRow[] = body.rows.map(({ labels, figures }) => cells(labels, figures));
  if (rows.length > 1) {
    if (shared.open !== 0n) rows.push(cells(['', 'less shared'], negated(shared)));
    rows.push({ ruleFrom: 1 }, cells(['', 'total'], total));
  }
  if (columns.some(({ asks, unitsOf }) => asks !== undefined && unitsOf(total) !== 0n)) {
    rows.push(['', '', ...columns.map(({ asks }, index) => (index === 0 ? 'follow-up:' : (asks ?? '')))]);
  }
  const titled: TableColumn[] = [
    ...body.titles.map((title) => ({ title, align: 'left' }) as const),
    ...columns.map(({ title }) => ({ title, align: 'right' }) as const),
    ...shape.figures.map(
      (figure): TableColumn => ({
        title: TITLES[figure],
        align: 'right',
        ...(figure === 'atRisk' ? { style: (text) => (/\d/.test(text) ? style.notice(text) : text) } : {}),
      }),
    ),
  ];
  return tableText(titled, rows, style);
}

/** A column of bands. */
interface BandColumn {
  readonly title: string;
  readonly unitsOf: (figures: AgeingFigures) => Units;
  readonly asks?: string | undefined;
}

function columnsOf({ bands, total }: Ageing, { bands: shown }: Shape): readonly BandColumn[] {
  if (shown === 'none') return [];
  const columns = bands.map((band, place): BandColumn & { readonly kind: AgeBand['kind'] } => ({
    kind: band.kind,
    title: bandTitle(band),
    unitsOf: (figures) => figures.bands[place] ?? 0n,
    asks: WHO_ASKS.get(place),
  }));
  const pastDue = columns.filter(({ kind }) => kind === 'past-due');
  const together: BandColumn = {
    title: 'past due',
    unitsOf: (figures) => pastDue.reduce((sum, { unitsOf }) => sum + unitsOf(figures), 0n),
  };
  return [
    ...columns.filter(({ kind }) => kind === 'current'),
    ...(shown === 'each' ? pastDue : [together]),
    // Invoices without a due date are rare.
    ...columns.filter(({ kind, unitsOf }) => kind === 'no-due-date' && unitsOf(total) !== 0n),
  ];
}

function hiddenIn({ bands: shown, figures }: Shape): string {
  const [widest] = SHAPES as readonly [Shape];
  const left = widest.figures.filter((figure) => !figures.includes(figure)).map((figure) => TITLES[figure]);
  const hidden = shown === 'none' ? ['days past due', ...left] : left;
  const parts = [
    ...(shown === 'together' ? ['past due in one column'] : []),
    ...(hidden.length === 0 ? [] : [`${hidden.join(', ')} hidden`]),
  ];
  return parts.join('; ');
}

/** What is subtracted from a sum, as the table shows it. */
function negated({ bands, open, held, atRisk }: AgeingFigures): AgeingFigures {
  return { bands: bands.map((amount) => -amount), open: -open, held: -held, atRisk: -atRisk };
}
