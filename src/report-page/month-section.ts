/** Where pay is by the month: what each rep is paid for each month of the quarter, from payable to paid. */

import { counted } from '../counted.js';
import { addedUp, PAY_FIGURES, type PayRow } from '../engine/r1-words/pay-figures.js';
import type { MonthRow } from '../engine/r8-results/results.js';
import type { Result } from '../engine/result.js';
import { byCodeUnit } from '../order.js';
import { amountText, figureOf, figuresOf, signedFigureOf, signedText } from '../pages/figures.js';
import { type Html, html, type Interpolated, isolated } from '../pages/html.js';
import { tableHtml } from '../pages/table.js';
import { descending } from './open.js';
import { amountIn, type SumColumn, sumColumns } from './rep-columns.js';
import { namedAndRest } from './words.js';

/** How many reps a month names; the rest are one row, and all are in months.csv. */
const MOST_REPS = 200;

/** The months of the newest quarter, the newest first and open; undefined where pay is by the quarter. */
export function findMonthSection(result: Result): Html | undefined {
  const { terms, payPeriods, fiscalQuarter } = result;
  if (terms.payPeriod !== 'month') return undefined;
  const months = payPeriods.filter(({ quarter }) => quarter === fiscalQuarter.name).toReversed();
  const tables = months.map(({ name }, at) => {
    const isOpen = at === 0 ? html` open=""` : undefined;
    return html`<details${isOpen}><summary>${name}</summary>
${monthTable(result, name)}</details>\n`;
  });
  return html`<section id="months" aria-labelledby="months-heading">
<h2 id="months-heading">Paid by the month, ${fiscalQuarter.name}</h2>
<p class="lead quiet">Each row adds up from payable to paid. Earlier months are in months.csv.</p>
${tables}</section>\n`;
}

function monthTable(result: Result, month: string): Html {
  const figures = figuresOf(result);
  const rows = result.months
    .filter((row) => row.month === month)
    .sort((a, b) => descending(a.paid, b.paid) || byCodeUnit(a.repId, b.repId));
  const [payable, ...all] = sumColumns(rows) as readonly [SumColumn, ...SumColumn[]];
  const steps = all.filter((column) => rows.some((row) => amountIn(column, row) !== 0n));
  const cells = (row: PayRow): Interpolated[] => [
    figureOf(amountIn(payable, row), figures),
    ...steps.map((column) => signedFigureOf(amountIn(column, row), figures)),
    figureOf(row.paid, figures),
    figureOf(row.held, figures),
  ];
  const [named, rest] = namedAndRest(rows, MOST_REPS);
  const sum = addedUp(rows);
  const total = [
    'total',
    amountText(amountIn(payable, sum), figures),
    ...steps.map((column) => signedText(amountIn(column, sum), figures)),
    amountText(sum.paid, figures),
    amountText(sum.held, figures),
  ];
  const caption = `Reps in ${month}, ${result.currency.code}`;
  const titles = [payable.title, ...steps.map(({ title }) => title), `= ${PAY_FIGURES.paid.title}`, 'held'];
  const more = rest.length === 0 ? [] : [[counted(rest.length, 'more rep'), ...cells(addedUp(rest))]];
  return tableHtml(
    {
      caption,
      columns: [
        { title: 'rep' },
        // On a phone a row has what is paid and held.
        ...titles.map((title, at) => ({ title, isNumber: true, isWide: at < titles.length - 2 })),
      ],
      rows: [...named.map((row: MonthRow) => [isolated(row.repId), ...cells(row)]), ...more],
      total,
    },
    caption,
  );
}
