/** The table of reps: the first rows as they are read without a script, and the data for all of them. */

import { counted, verb } from '../counted.js';
import { PAY_FIGURES } from '../engine/r1-words/pay-figures.js';
import type { QuarterRow } from '../engine/r8-results/results.js';
import type { Explainable, Result } from '../engine/result.js';
import { groupThousands, type Minor } from '../money.js';
import { byCodeUnit } from '../order.js';
import {
  amountText,
  attainmentText,
  type Figures,
  figureOf,
  figuresOf,
  signedFigureOf,
  signedText,
} from '../pages/figures.js';
import { Html, html, type Interpolated, isolated } from '../pages/html.js';
import { scrolling } from '../pages/table.js';
import { firstVersions } from '../plans/plan.js';
import { descending } from './open.js';
import { type Basis, basisFinderOf, embedded, type PageData, planFinderOf } from './page-data.js';
import { amountIn, type SumColumn, sumColumns } from './rep-columns.js';

/** This many rows are in the page as it is loaded, and come with each "more". */
export const ROWS_AT_FIRST = 200;

/** A column of the table. */
interface RepColumn {
  /** The name in the page's data. */
  readonly key: string;
  readonly title: string;
  readonly isNumber: boolean;
  readonly isOnPhone?: boolean;
  readonly cell: (row: QuarterRow) => Interpolated;
  readonly total: Interpolated;
}

/** What is sold, then the sum from payable to paid, then what is held. */
function columnsOf(
  calculation: Explainable,
  { hasOneMeasure }: PageData,
  rows: readonly QuarterRow[],
): readonly RepColumn[] {
  const { result } = calculation;
  const figures = figuresOf(result);
  const planOf = planFinderOf(calculation);
  const sum = (of: (row: QuarterRow) => Minor) => rows.reduce((all, row) => all + of(row), 0n);
  const amount = (key: string, title: string, of: (row: QuarterRow) => Minor): RepColumn => {
    const total = amountText(sum(of), figures);
    return { key, title, isNumber: true, cell: (row) => figureOf(of(row), figures), total };
  };
  const step = (column: SumColumn): RepColumn => {
    const { key, title } = column;
    const total = signedText(
      sum((row) => amountIn(column, row)),
      figures,
    );
    const cell = (row: QuarterRow) => signedFigureOf(amountIn(column, row), figures);
    return { key, title, isNumber: true, cell, total };
  };
  const [payable, ...steps] = sumColumns(result.quarters) as readonly [SumColumn, ...SumColumn[]];
  const all = result.quarters;
  const basisOf = basisFinderOf(result);
  const hasQuotas = hasOneMeasure && rows.some(({ quota }) => quota !== undefined);
  return [
    {
      key: 'rep',
      title: 'rep',
      isNumber: false,
      isOnPhone: true,
      cell: (row) => repHtml(result, row),
      total: 'Total',
    },
    ...(firstVersions(result.terms.plans).length === 1
      ? []
      : [
          {
            key: 'plan',
            title: 'plan',
            isNumber: false,
            cell: ({ repId, quarter }: QuarterRow) => isolated(planOf(repId, quarter) ?? ''),
            total: '',
          },
        ]),
    {
      ...amount('bookings', 'bookings', ({ bookings }) => bookings),
      ...(hasOneMeasure ? {} : { total: '' }),
    },
    ...(all.every(({ quota }) => quota === undefined)
      ? []
      : [
          {
            ...amount('quota', 'quota', ({ quota }) => quota ?? 0n),
            cell: ({ quota }: QuarterRow) => quotaHtml(quota, figures),
            ...(hasQuotas ? {} : { total: '' }),
          },
          {
            key: 'attainment',
            title: 'attained',
            isNumber: true,
            cell: (row: QuarterRow) => attainedHtml(row, basisOf(row), figures),
            total: '',
          },
        ]),
    amount(payable.key, payable.title, (row) => amountIn(payable, row)),
    // A step that is 0 for every rep in every quarter is left out.
    ...steps.filter((column) => all.some((row) => amountIn(column, row) !== 0n)).map(step),
    { ...amount('paid', `= ${PAY_FIGURES.paid.title}`, ({ paid }) => paid), isOnPhone: true },
    ...(all.every(({ held }) => held === 0n)
      ? []
      : [{ ...amount('held', 'held', ({ held }) => held), isOnPhone: true }]),
  ];
}

export function repSection(calculation: Explainable, data: PageData): Html {
  const { result } = calculation;
  const newest = data.quarters[0]?.name ?? '';
  const rows = result.quarters
    .filter(({ quarter }) => quarter === newest)
    .sort((a, b) => descending(a.paid, b.paid) || byCodeUnit(a.repId, b.repId));
  const columns = columnsOf(calculation, data, rows);
  const older = new Set(result.quarters.map(({ quarter }) => quarter)).size - data.quarters.length;
  const olderText =
    older > 0 ? ` ${counted(older, 'older quarter')} ${verb(older, 'is', 'are')} in quarters.csv.` : '';
  const months = result.terms.payPeriod === 'month' ? ', all months of the quarter together' : '';
  const hidden = rows.length - ROWS_AT_FIRST;
  const next = `${Math.min(ROWS_AT_FIRST, Math.max(hidden, 0))}`;
  const isHidden = hidden > 0 ? undefined : html` hidden=""`;
  return html`<section id="reps" aria-labelledby="reps-heading">
<div class="controls">
<h2 id="reps-heading">Reps</h2>
<label>Quarter <select id="quarter">${data.quarters.map(({ name }) => html`<option value="${name}">${name}</option>`)}</select></label>
<label>Rep, customer or invoice <input id="filter" type="search" autocomplete="off" spellcheck="false"></label>
<button type="button" id="clear" hidden="">Clear the filter</button>
</div>
<p class="about"><span id="found" role="status">${counted(rows.length, 'rep')} in ${newest}, by paid, largest first.</span> <span class="quiet">Each row adds up from payable to paid${months}.${olderText}</span></p>
${scrolling(
  html`<table id="rep-table"><caption class="unseen">Reps in <span id="caption-quarter">${newest}</span>, ${result.currency.code}</caption>
<thead><tr>${columns.map(headingHtml)}</tr></thead>
<tbody>${rows.slice(0, ROWS_AT_FIRST).map((row) => rowHtml(columns, ({ cell }) => cell(row)))}</tbody>
<tfoot>${rowHtml(columns, ({ total }) => total)}</tfoot></table>`,
  'Table of reps',
  data.reps.length <= MOST_WHOLE,
)}
<p class="more"><button type="button" id="more"${isHidden}>${next} more</button> <button type="button" id="all"${isHidden}>All ${groupThousands(`${rows.length}`)}</button></p>
<noscript><p>${hidden > 0 ? `The ${ROWS_AT_FIRST} reps who are paid most are shown; all are in quarters.csv.` : ''} Sorting, filtering and postings need JavaScript in this browser.</p></noscript>
</section>\n`;
}

/** Up to this many reps are shown without scrolling. */
const MOST_WHOLE = 10;

/** The data, at the end of the page, so that what is read first is there first. */
export function dataHtml(data: PageData): Html {
  return html`<script type="application/json" id="data">${Html.of(embedded(data))}</script>\n`;
}

function headingHtml({ key, title, isNumber, isOnPhone }: RepColumn): Html {
  const classes = [isNumber ? 'number' : '', isOnPhone === true ? '' : 'wide']
    .filter((one) => one !== '')
    .join(' ');
  const sorted = key === 'paid' ? html` aria-sort="descending"` : undefined;
  return html`<th scope="col" class="${classes}" data-key="${key}"${sorted}><button type="button">${title}</button></th>`;
}

function rowHtml(columns: readonly RepColumn[], contentOf: (column: RepColumn) => Interpolated): Html {
  const [rep, ...others] = columns as readonly [RepColumn, ...RepColumn[]];
  const cells = others.map((column) => {
    const { key, isNumber, isOnPhone } = column;
    const classes = [
      ...(isNumber ? ['number'] : []),
      ...(isOnPhone === true ? [] : ['wide']),
      ...(key === 'paid' ? ['paid'] : []),
    ];
    return html`<td class="${classes.join(' ')}">${contentOf(column)}</td>`;
  });
  return html`<tr><th scope="row">${contentOf(rep)}</th>${cells}</tr>\n`;
}

function repHtml({ people }: Result, { repId }: QuarterRow): Html {
  const person = people.get(repId);
  const name = person && html`<span class="person">${isolated(person.name)}</span>`;
  return html`<button type="button" class="open" aria-expanded="false">${isolated(repId)}</button>${name}`;
}

/** Attainment, and what it comes from where that is not the quarter's bookings and quota. */
function attainedHtml({ attainment }: QuarterRow, basis: Basis | undefined, figures: Figures): Interpolated {
  const text = attainmentText(attainment);
  if (basis === undefined || text === '') return text;
  const sum = `${amountText(basis.bookings, figures)} of ${amountText(basis.quota, figures)}`;
  return html`${text}<span class="basis">${sum}</span>`;
}

function quotaHtml(quota: Minor | undefined, figures: Figures): Html {
  return quota === undefined ? html`<span class="quiet">no quota</span>` : figureOf(quota, figures);
}
