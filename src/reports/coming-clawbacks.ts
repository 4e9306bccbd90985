/** What will be clawed back unless customers pay: by date, with what a payment saves. */
import { counted } from '../counted.js';
import { addDays, type Day, findDay, isoOf } from '../day.js';
import { displayed } from '../displayed.js';
import type { Result } from '../engine/result.js';
import type { ComingClawback } from '../explain/ageing.js';
import { comingPartOf, instalmentText } from '../explain/forecast/coming-part.js';
import { largestOf } from '../largest.js';
import type { Minor, Units } from '../money.js';
import { minorText, unitsText } from './amounts.js';
import type { Style, TextOptions } from './style.js';
import { shortened, spread, tableText } from './table.js';

/** Beyond this many the list shows how many more there are. */
const MOST_CLAWBACKS = 20;

/** How a clawback is laid out: what is open on the same line or on one below, and how long ids may be. */
interface Layout {
  readonly openBeside: boolean;
  /** Whether the lines below are aligned with the rep. */
  readonly isAligned: boolean;
  readonly longest: number;
}

/** From the widest to the narrowest. */
const LAYOUTS: readonly Layout[] = [
  { openBeside: true, isAligned: true, longest: 40 },
  { openBeside: false, isAligned: true, longest: 40 },
  { openBeside: false, isAligned: true, longest: 20 },
  { openBeside: false, isAligned: false, longest: 20 },
  { openBeside: false, isAligned: false, longest: 12 },
];

/**
 * The list, soonest first, or a sentence that there is none.
 *
 * @param clawbacks - all of them, soonest first
 * @param within - only those in so many days; all of them without
 */
export function comingClawbacksText(
  clawbacks: readonly ComingClawback[],
  within: number | undefined,
  result: Result,
  options: TextOptions,
): string[] {
  const near = clawbacksWithin(clawbacks, within);
  if (near.length === 0) return [nothing(clawbacks, within, result)];
  const shown = near.slice(0, MOST_CLAWBACKS);
  const more = near.length - shown.length;
  const sum = moneyOf(result).minor(near.reduce((all, { atRisk }) => all + atRisk, 0n));
  const when = within === undefined ? '' : ` within ${counted(within, 'day')}`;
  return [
    `Will be clawed back${when} unless paid, soonest first${near.length > 1 ? `, ${sum} in all` : ''}:`,
    ...linesOf(shown, result, options),
    ...(more > 0 ? [`… ${counted(more, 'more clawback')}; --json lists all`] : []),
  ];
}

/** Those of the next so many days; all of them where no number is given. */
export function clawbacksWithin(
  clawbacks: readonly ComingClawback[],
  within: number | undefined,
): readonly ComingClawback[] {
  return within === undefined ? clawbacks : clawbacks.filter(({ clawbackIn }) => clawbackIn <= within);
}

function nothing([next]: readonly ComingClawback[], within: number | undefined, result: Result): string {
  const { plans } = result.terms;
  if (plans.every(({ clawback }) => clawback?.pastDueDays === undefined)) {
    return 'Nothing will be clawed back for being past due: no plan sets pastDueDays.';
  }
  if (within === undefined) return 'Nothing more can be clawed back on open invoices.';
  const until = isoOf(addDays(findDay(result.asOf) as Day, within));
  const { minor } = moneyOf(result);
  const later = next && ` The next is ${minor(next.atRisk)} at the end of ${next.clawbackOn}.`;
  return `Nothing will be clawed back within ${counted(within, 'day')}, up to ${until}.${later ?? ''}`;
}

function linesOf(clawbacks: readonly ComingClawback[], result: Result, options: TextOptions): string[] {
  const { style, width, wide } = options;
  // Measured without color, which takes no columns.
  const fits = (layout: Layout) =>
    layOut(clawbacks, result, { ...style, notice: String }, layout).every(
      (line) => style.columnsOf(line) <= width,
    );
  const layout = wide ? LAYOUTS[0] : (LAYOUTS.find(fits) ?? LAYOUTS.at(-1));
  return layOut(clawbacks, result, style, layout as Layout);
}

function layOut(
  clawbacks: readonly ComingClawback[],
  result: Result,
  style: Style,
  { openBeside, isAligned, longest }: Layout,
): string[] {
  const { units, minor } = moneyOf(result);
  const label = (id: string) => shortened(displayed(id), style, longest);
  const dates = clawbacks.map((one) => `  end of ${one.clawbackOn}, in ${counted(one.clawbackIn, 'day')}`);
  const rows = clawbacks.map((one, index) => [
    dates[index] as string,
    label(one.repId),
    `${label(one.invoiceId)} ${label(one.customerId)}`,
    minor(one.atRisk),
    ...(openBeside ? [openText(one, units)] : []),
  ]);
  const columns = [
    { title: '', align: 'left' },
    { title: '', align: 'left' },
    { title: '', align: 'left' },
    { title: '', align: 'right', style: style.notice },
    { title: '', align: 'left' },
  ] as const;
  const text = tableText(columns.slice(0, openBeside ? 5 : 4), rows, style);
  const indent = ' '.repeat(isAligned ? largestOf(dates.map(style.columnsOf), 0) + 2 : 4);
  const below = clawbacks.map((one) =>
    [...(openBeside ? [] : [openText(one, units)]), savedText(one, units, minor)]
      .filter((detail) => detail !== '')
      .map((detail) => indent + detail),
  );
  const width = largestOf(below.flat().map(style.columnsOf), text.width);
  // The rule is cited once, below the first clawback with details.
  const cited = below.findIndex((details) => details.length > 0);
  return text.lines.slice(1).flatMap((line, index) => {
    const details = below[index] as string[];
    if (index !== cited) return [line, ...details];
    return [line, ...details.slice(0, -1), spread(details.at(-1) as string, 'R5.6', width, style)];
  });
}

/** `on 5,000.00 open, 70 days past due`; of an invoice in instalments, that which becomes late. */
function openText(line: ComingClawback, units: (amount: Units) => string): string {
  const { uncollected, dispute } = line;
  const { open, daysPastDue } = comingPartOf(line);
  const written = open === 0n ? `${units(uncollected)} written off` : `${units(open)} open`;
  const of = instalmentText(line);
  const amount = `${written}${of === '' ? '' : ` of ${of}`}${dispute === undefined ? '' : ', disputed'}`;
  if (daysPastDue === undefined) return `on ${amount}`;
  if (daysPastDue === 0) return `on ${amount}, due today`;
  const age =
    daysPastDue > 0 ? `${counted(daysPastDue, 'day')} past due` : `due in ${counted(-daysPastDue, 'day')}`;
  return `on ${amount}, ${age}`;
}

/** `each 1,000.00 paid saves 50.00`; empty where it is not known. */
function savedText(
  { keep }: ComingClawback,
  units: (amount: Units) => string,
  minor: (amount: Minor) => string,
): string {
  if (keep === undefined) return '';
  const [payment, saved] = [units(keep.payment), minor(keep.kept)];
  switch (keep.pace) {
    case 'even':
      return `each ${payment} paid saves ${saved}`;
    case 'nearly-even':
      return `each ${payment} paid saves about ${saved}`;
    case 'uneven':
      return `the next ${payment} paid saves ${saved}`;
    case 'in-full-only':
      return 'only payment in full saves it';
  }
}

function moneyOf(result: Result) {
  return {
    units: (amount: Units) => unitsText(amount, result),
    minor: (amount: Minor) => minorText(amount, result.currency),
  };
}
