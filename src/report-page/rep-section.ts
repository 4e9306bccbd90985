/** The table of reps: the first rows as they are read without a script, and the data for all of them. */

import type { QuarterRow } from '../engine/r8-results/results.js';
import type { Explainable, Result } from '../engine/result.js';
import { groupThousands, type Minor } from '../money.js';
import { byCodeUnit } from '../order.js';
import { amountText, figureOf, signedText } from '../pages/figures.js';
import { Html, html, isolated } from '../pages/html.js';
import { descending } from './open.js';
import { embedded, type PageData, planFinderOf } from './page-data.js';
import { scrolling } from './table.js';
import { counted, figuresOf } from './words.js';

/** So many rows are in the page as it is loaded, and come with each "more". */
export const ROWS_AT_FIRST = 200;

/** A column of the table: what it is called in the data, its heading, and whether a phone has room for it. */
interface RepColumn {
  readonly key: string;
  readonly title: string;
  readonly isNumber: boolean;
  readonly isOnPhone?: boolean;
}

/** From payable to paid each row is the sum of R7.4. */
const COLUMNS: readonly RepColumn[] = [
  { key: 'rep', title: 'rep', isNumber: false, isOnPhone: true },
  { key: 'plan', title: 'plan', isNumber: false },
  { key: 'bookings', title: 'bookings', isNumber: true },
  { key: 'quota', title: 'quota', isNumber: true },
  { key: 'attainment', title: 'attained', isNumber: true },
  { key: 'payable', title: 'payable', isNumber: true },
  { key: 'takenBack', title: '− taken back, net', isNumber: true },
  { key: 'owedOpening', title: '− owed before', isNumber: true },
  { key: 'owed', title: '+ owed after', isNumber: true },
  { key: 'paid', title: '= paid', isNumber: true, isOnPhone: true },
  { key: 'held', title: 'held', isNumber: true, isOnPhone: true },
];

export function repSection(calculation: Explainable, data: PageData): Html {
  const { result } = calculation;
  const newest = data.quarters[0]?.name ?? '';
  const rows = result.quarters
    .filter(({ quarter }) => quarter === newest)
    .sort((a, b) => descending(a.paid, b.paid) || byCodeUnit(a.repId, b.repId));
  const planOf = planFinderOf(calculation);
  const older = new Set(result.quarters.map(({ quarter }) => quarter)).size - data.quarters.length;
  const hidden = rows.length - ROWS_AT_FIRST;
  return html`<section id="reps" aria-labelledby="reps-heading">
<h2 id="reps-heading">Reps</h2>
<div class="controls">
<label>Quarter <select id="quarter">${data.quarters.map(({ name }) => html`<option value="${name}">${name}</option>`)}</select></label>
<label>Rep, customer or invoice <input id="filter" type="search" autocomplete="off" spellcheck="false"></label>
<button type="button" id="clear" hidden="">Clear the filter</button>
</div>
<p id="found" role="status">${counted(rows.length, 'rep')} in ${newest}, by paid, largest first.</p>
<p class="quiet">payable − taken back, net − owed before + owed after = paid${result.terms.payPeriod === 'month' ? ', all months of the quarter together' : ''}.${older > 0 ? ` ${counted(older, 'older quarter')} ${older === 1 ? 'is' : 'are'} in quarters.csv.` : ''}</p>
${scrolling(
  html`<table id="rep-table"><caption class="unseen">Reps in <span id="caption-quarter">${newest}</span>, ${result.currency.code}</caption>
<thead><tr>${COLUMNS.map(headingHtml)}</tr></thead>
<tbody>${rows.slice(0, ROWS_AT_FIRST).map((row) => rowHtml(result, row, planOf))}</tbody>
<tfoot>${totalHtml(result, data, rows)}</tfoot></table>`,
  'Table of reps',
)}
<p class="more"><button type="button" id="more"${hidden > 0 ? undefined : html` hidden=""`}>${`${Math.min(ROWS_AT_FIRST, Math.max(hidden, 0))}`} more</button> <button type="button" id="all"${hidden > 0 ? undefined : html` hidden=""`}>All ${groupThousands(`${rows.length}`)}</button></p>
<noscript><p>${hidden > 0 ? `The ${ROWS_AT_FIRST} who are paid most are shown; all are in quarters.csv.` : ''} Sorting, filtering and postings need JavaScript in this browser.</p></noscript>
</section>\n`;
}

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

function rowHtml(result: Result, row: QuarterRow, planOf: ReturnType<typeof planFinderOf>): Html {
  const figures = figuresOf(result);
  const takenBack = row.clawedBack - row.reinstated;
  const person = result.people.get(row.repId);
  const number = (content: Html | string, isWide = true) =>
    isWide ? html`<td class="number wide">${content}</td>` : html`<td class="number">${content}</td>`;
  return html`<tr><th scope="row"><button type="button" class="open" aria-expanded="false">${isolated(row.repId)}</button>${person === undefined ? undefined : html`<span class="person">${isolated(person.name)}</span>`}</th><td class="wide">${isolated(planOf(row.repId, row.quarter) ?? '')}</td>${number(figureOf(row.bookings, figures))}${number(row.quota === undefined ? html`<span class="quiet">no quota</span>` : figureOf(row.quota, figures))}${number(attainmentText(row.attainment))}${number(figureOf(row.payable, figures))}${number(takenBack === 0n ? figureOf(0n, figures) : amountText(takenBack, figures))}${number(figureOf(row.owedOpening, figures))}${number(figureOf(row.owed, figures))}<td class="number paid">${figureOf(row.paid, figures)}</td>${number(figureOf(row.held, figures), false)}</tr>\n`;
}

function totalHtml(result: Result, { hasOneMeasure }: PageData, rows: readonly QuarterRow[]): Html {
  const figures = figuresOf(result);
  const sum = (of: (row: QuarterRow) => Minor) =>
    amountText(
      rows.reduce((all, row) => all + of(row), 0n),
      figures,
    );
  return html`<tr><th scope="row">Total</th><td class="wide"></td><td class="number wide">${hasOneMeasure ? sum((row) => row.bookings) : ''}</td><td class="number wide">${hasOneMeasure && rows.some(({ quota }) => quota !== undefined) ? sum((row) => row.quota ?? 0n) : ''}</td><td class="wide"></td><td class="number wide">${sum((row) => row.payable)}</td><td class="number wide">${sum((row) => row.clawedBack - row.reinstated)}</td><td class="number wide">${sum((row) => row.owedOpening)}</td><td class="number wide">${sum((row) => row.owed)}</td><td class="number paid">${sum((row) => row.paid)}</td><td class="number">${sum((row) => row.held)}</td></tr>`;
}

/** `0.8512` as `85.12%`. */
function attainmentText(fraction: string | undefined): string {
  if (fraction === undefined) return '';
  return `${signedText(BigInt(fraction.replace('.', '')), { digits: 2 }).replace('+', '')}%`;
}
