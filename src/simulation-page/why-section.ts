/** Why a variant differs from today for one rep or one invoice: line by line, event by event. */
import { counted, verb } from '../counted.js';
import type { Cause } from '../engine/r1-words/causes.js';
import type { Minor } from '../money.js';
import { amountText, figureOf, signedFigureOf, signedText } from '../pages/figures.js';
import { type Html, html, isolated } from '../pages/html.js';
import { scrolling } from '../pages/table.js';
import type { LineDifference, LineMove } from '../simulate/why.js';
import { type Column, capitalized, type Source } from './columns.js';

/** Lines that are listed with their events; the others are one sum. */
const MOST_LISTED = 8;

const CAUSE_WORDS: Readonly<Record<Cause, string>> = {
  booked: 'booked',
  invoiced: 'invoiced',
  're-rated': 'rate changed',
  credited: 'credit memo',
  collected: 'paid by the customer',
  refunded: 'refunded',
  'written-off': 'written off',
  'write-off-reversed': 'write-off reversed',
  'past-due': 'past due',
  left: 'rep left',
  timing: 'paid early or late',
};

export function whySection(source: Source): Html | undefined {
  const asked = source.variants.filter(({ variant }) => variant?.differences !== undefined);
  if (asked.length === 0) return undefined;
  return html`${asked.map((column) => variantHtml(source, column))}`;
}

function variantHtml(source: Source, { name, variant }: Column): Html {
  const title = html`<h3>${isolated(capitalized(name))}</h3>`;
  const lines = variant?.differences ?? [];
  if (lines.length === 0) return html`${title}\n<p>Nothing differs from today.</p>\n`;
  const change = sumOf(lines, (line) => line.variant - line.today);
  const { digits } = source;
  const sum =
    change === 0n
      ? 'the sum is the same, the days are not'
      : `${amountText(change > 0n ? change : -change, { digits })} ${change > 0n ? 'more' : 'less'} in all`;
  return html`${title}
<p>${counted(lines.length, 'line')} ${verb(lines.length, 'differs', 'differ')} from today: ${sum}.</p>
${tableOf(source, name, lines)}`;
}

function tableOf(source: Source, name: string, lines: readonly LineDifference[]): Html {
  const { digits, simulation } = source;
  const [listed, rest] = [lines.slice(0, MOST_LISTED), lines.slice(MOST_LISTED)];
  const hasHeld = lines.some(({ moves }) =>
    moves.some(({ held, heldToday }) => held !== 0n || heldToday !== 0n),
  );
  const caption = `What ${name} changes, event by event, ${simulation.currency.code}`;
  const held = hasHeld
    ? html`<th scope="col" class="number wide">held today</th><th scope="col" class="number wide">held</th>`
    : undefined;
  const bodies = listed.map((line) => lineHtml(line, hasHeld, digits));
  const others =
    rest.length === 0
      ? undefined
      : html`<tbody><tr class="line"><th scope="row" colspan="2">${counted(rest.length, 'more line')}</th>${sumCells(rest, hasHeld, digits)}</tr></tbody>\n`;
  return scrolling(
    html`<table class="why"><caption class="unseen">${caption}</caption><thead><tr><th scope="col">date</th><th scope="col">event</th><th scope="col" class="number">payable today</th><th scope="col" class="number">payable</th><th scope="col" class="number">difference</th>${held}</tr></thead>
${bodies}${others}<tfoot><tr><th scope="row" colspan="2">total</th>${sumCells(lines, hasHeld, digits)}</tr></tfoot></table>`,
    caption,
  );
}

/** A line and its events. */
function lineHtml(line: LineDifference, hasHeld: boolean, digits: number): Html {
  const { invoiceId, customerId, repId, credit, planToday, plan, moves } = line;
  const plans =
    planToday === plan
      ? undefined
      : html` <span class="beside">plan ${isolated(planToday ?? 'none')} today, ${isolated(plan ?? 'none')} under the variant</span>`;
  const kind = credit === 'own' ? '' : `, ${credit}`;
  return html`<tbody><tr class="line"><th scope="rowgroup" colspan="2">${isolated(invoiceId)} <span class="beside">${isolated(customerId)}, rep ${isolated(repId)}${kind}</span>${plans}</th>${sumCells([line], hasHeld, digits)}</tr>
${moves.map((move) => moveHtml(move, hasHeld, digits))}</tbody>\n`;
}

function moveHtml(
  { date, cause, sourceId, today, variant, held, heldToday }: LineMove,
  hasHeld: boolean,
  digits: number,
): Html {
  const cell = (amount: Minor, more = ''): Html =>
    html`<td class="number${more}">${signedFigureOf(amount, { digits })}</td>`;
  return html`<tr><th scope="row" class="nowrap">${date}</th><td>${CAUSE_WORDS[cause]} <span class="beside">${isolated(sourceId)}</span></td>${cell(today)}${cell(variant)}${cell(variant - today)}${hasHeld ? [cell(heldToday, ' wide'), cell(held, ' wide')] : undefined}</tr>\n`;
}

function sumCells(lines: readonly LineDifference[], hasHeld: boolean, digits: number): Html {
  const [today, variant] = [sumOf(lines, (line) => line.today), sumOf(lines, (line) => line.variant)];
  const holding = hasHeld ? html`<td class="wide"></td><td class="wide"></td>` : undefined;
  return html`<td class="number">${figureOf(today, { digits })}</td><td class="number">${figureOf(variant, { digits })}</td><td class="number">${signedText(variant - today, { digits })}</td>${holding}`;
}

function sumOf(lines: readonly LineDifference[], of: (line: LineDifference) => Minor): Minor {
  return lines.reduce((sum, line) => sum + of(line), 0n);
}
