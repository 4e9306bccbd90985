/** How the page writes figures of measures, and what they change. */
import { formatMinor, groupThousands, type Minor, minorOf } from '../money.js';
import { amountText, figureOf, withMinus } from '../pages/figures.js';
import { type Html, html, type Interpolated } from '../pages/html.js';
import { type Figure, figureText, plainFigure } from '../simulate/measure-list.js';

/** The figure in a cell. */
export function measureHtml(figure: Figure | undefined, digits: number): Interpolated {
  if (figure === undefined) return '';
  if (figure.unit === 'money') return figureOf(figure.amount, { digits });
  return withMinus(figureText(figure, digits));
}

/** The difference of two figures as they are written, with its sign, so that what is read adds up; nothing where there is none. */
export function changeText(figure: Figure, before: Figure, digits: number): string {
  const places = Math.max(decimalsIn(figure, digits), decimalsIn(before, digits));
  const change = minorIn(figure, digits, places) - minorIn(before, digits, places);
  if (change === 0n) return '';
  const text = withMinus(groupThousands(formatMinor(change, places)));
  return `${change > 0n ? '+' : ''}${text}${figure.unit === 'percent' ? ' points' : ''}`;
}

function minorIn(figure: Figure, digits: number, places: number): Minor {
  return minorOf(plainFigure(figure, digits).replace('%', ''), places);
}

function decimalsIn(figure: Figure, digits: number): number {
  return plainFigure(figure, digits).replace('%', '').split('.')[1]?.length ?? 0;
}

/** A figure, and below it what it changes, or beside it on paper: there is room for it where nothing changes, too. */
export function changedHtml(
  figure: Figure | undefined,
  before: Figure | undefined,
  digits: number,
): Interpolated {
  const own = measureHtml(figure, digits);
  if (figure === undefined || before === undefined) return html`${own}<span class="change"></span>`;
  return html`${own}${changeHtml(changeText(figure, before, digits))}`;
}

/** What a figure changes, as it is written below it. */
export function changeHtml(text: string, more = ''): Html {
  if (text === '') return html`<span class="change"></span>`;
  return html`<span class="unseen">, change </span><span class="change${more}">${text}</span>`;
}

/** An amount of a sentence, with its currency, that no line breaks. */
export function moneyHtml(
  amount: Minor,
  { code, digits }: { readonly code: string; readonly digits: number },
): Html {
  return html`<strong class="nowrap">${code} ${amountText(amount, { digits })}</strong>`;
}
