/** Whose pay moved since the last close: a table that adds up from one pay to the other, and the same as data. */
import { MOVERS, type Mover, type RepVariance, type Variance } from '../closing/variance.js';
import { counted } from '../counted.js';
import { displayed } from '../displayed.js';
import { formatMinor, formatPercent, formatUnits, groupThousands, type Minor, powerOfTen } from '../money.js';
import type { VarianceTerms } from '../plans/plan.js';
import { changeCell, minorCell } from './amounts.js';
import type { ReportOptions, Style } from './style.js';
import { shortened, spread, type TableColumn, type TableText, tableText } from './table.js';

/** Beyond this many reps the table shows how many more there are. */
const MOST_REPS = 10;
/** How many decimals more than the currency's a limit is shown with, if it has them. */
const MORE_DECIMALS = 8;

type Currency = { readonly code: string; readonly digits: number };

/** A column between the two pays: one mover, or several that there is no room for. */
interface PartColumn {
  readonly title: string;
  readonly movers: readonly Mover[];
}

/**
 * The section of the summary: the reps whose pay moved most, each from what was paid before, part by part, to what is paid
 * now. Where there is no room for all parts, the smallest are summed up as `other`.
 */
export function varianceText(
  variance: Variance,
  terms: VarianceTerms,
  currency: Currency,
  options: ReportOptions,
): string[] {
  const { before, period, compared, reps } = variance;
  const limit = limitOf(terms, currency);
  if (reps.length === 0) {
    return [
      `Paid for ${period} compared with ${before}: no rep's pay moved by ${limit} (${counted(compared, 'rep')})`,
    ];
  }
  const shown = reps.slice(0, MOST_REPS);
  const lines = [
    `Paid for ${period} compared with ${before}: moved by ${limit} for ${groupThousands(`${reps.length}`)} of ${counted(compared, 'rep')}`,
    ...tableLines(variance, shown, currency, options),
  ];
  const more = reps.length - shown.length;
  if (more > 0) lines.push(`… ${counted(more, 'more rep')} moved less; --json lists all`);
  return lines;
}

/** The same for `--json`, with every rep whose pay moved; amounts as text. */
export function varianceRecord(
  { before, period, compared, reps }: Variance,
  { digits }: Currency,
): Record<string, unknown> {
  const money = (amount: Minor) => formatMinor(amount, digits);
  return {
    before,
    period,
    compared,
    reps: reps.map(({ repId, paidBefore, paid, change, parts }) => ({
      rep_id: repId,
      paid_before: money(paidBefore),
      paid: money(paid),
      change: money(change),
      parts: Object.fromEntries([...parts].map(([mover, amount]) => [mover, money(amount)])),
    })),
  };
}

/** `more than 25% and 100.00`. */
export function limitOf({ share, amount }: VarianceTerms, { digits }: Currency): string {
  if (amount.n === 0n) return `more than ${formatPercent(share)}`;
  const scale = digits + MORE_DECIMALS;
  const shown = formatUnits((amount.n * powerOfTen(scale)) / amount.d, scale, digits);
  return `more than ${formatPercent(share)} and ${groupThousands(shown)}`;
}

/** The table with as many parts of their own as fit, and the sum that its columns make. */
function tableLines(
  variance: Variance,
  shown: readonly RepVariance[],
  currency: Currency,
  { style, width, wide }: ReportOptions,
): string[] {
  const sizes = sizesOf(shown);
  let columns = columnsFor(sizes, 0);
  let text = layOut(variance, shown, columns, currency, style);
  for (let folded = 2; !wide && text.width > width && folded <= sizes.size; folded += 1) {
    columns = columnsFor(sizes, folded);
    text = layOut(variance, shown, columns, currency, style);
  }
  const sum = [variance.before, ...columns.map(({ title }) => title)].join(' + ');
  const lines = [...text.lines, spread(`${variance.period} = ${sum}`, 'R7.2', text.width, style)];
  const other = columns.find(({ movers }) => movers.length > 1);
  if (other !== undefined) lines.push(`other: ${other.movers.join(', ')}; --wide shows each`);
  return lines;
}

function layOut(
  { before, period }: Variance,
  shown: readonly RepVariance[],
  parts: readonly PartColumn[],
  currency: Currency,
  style: Style,
): TableText {
  const money = (amount: Minor) => minorCell(amount, currency);
  const columns: TableColumn[] = [
    { title: 'rep', align: 'left' },
    { title: before, align: 'right' },
    ...parts.map(({ title }) => ({ title, align: 'right' }) as const),
    { title: period, align: 'right', style: style.strong },
  ];
  const rows = shown.map((rep) => [
    shortened(displayed(rep.repId), style),
    money(rep.paidBefore),
    ...parts.map(({ movers }) =>
      changeCell(
        movers.reduce((sum, mover) => sum + (rep.parts.get(mover) ?? 0n), 0n),
        currency,
      ),
    ),
    money(rep.paid),
  ]);
  return tableText(columns, rows, style);
}

/** How much each mover moved the pay of these reps, up and down alike; those that moved none are left out. */
function sizesOf(shown: readonly RepVariance[]): ReadonlyMap<Mover, Minor> {
  const sizes = new Map<Mover, Minor>();
  for (const { parts } of shown) {
    for (const [mover, amount] of parts) {
      sizes.set(mover, (sizes.get(mover) ?? 0n) + (amount < 0n ? -amount : amount));
    }
  }
  return sizes;
}

/** A column for each mover, in their order; the smallest of them, as many as are folded, share the last. */
function columnsFor(sizes: ReadonlyMap<Mover, Minor>, folded: number): PartColumn[] {
  const smallest = [...sizes].sort(([, a], [, b]) => (a < b ? -1 : a > b ? 1 : 0)).slice(0, folded);
  const others = MOVERS.filter((mover) => smallest.some(([one]) => one === mover));
  const own = MOVERS.filter((mover) => sizes.has(mover) && !others.includes(mover));
  const columns = own.map((mover): PartColumn => ({ title: mover, movers: [mover] }));
  return others.length === 0 ? columns : [...columns, { title: 'other', movers: others }];
}
