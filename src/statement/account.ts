/** The rep's account of a statement: what waits and what is to be repaid, from brought forward to carried forward. */
import { HELD_SUM, type PayFigure, stepTerms } from '../engine/r1-words/pay-figures.js';
import type { Minor } from '../money.js';
import { amountText, figureOf } from '../pages/figures.js';
import { type Html, html } from '../pages/html.js';
import type { Statement } from './statement.js';
import { titleOf } from './steps.js';

type Titles = Readonly<Partial<Record<PayFigure, string>>>;

const WAITING: Titles = {
  heldOpening: 'Brought forward',
  earned: 'New commission',
  advanced: 'Payable at once',
  released: 'Payable because customers paid',
  forfeited: 'Will not be paid',
};

const TO_REPAY: Titles = {
  charged: 'Taken back, net by invoice',
  cancelled: 'Offset by commission given back',
  recovered: 'Repaid from commission',
};

type Entry = readonly [title: string, amount: Minor];

/** The rep's row, figure by figure (R6.3, R7.2). */
export function accountOf({ row, period, currency }: Statement): Html {
  const waiting = HELD_SUM.map(
    ({ figure, sign }): Entry => [titleOf(figure, WAITING), BigInt(sign) * row[figure]],
  );
  const owed = stepTerms('owed').map(
    ({ figure, sign }): Entry => [titleOf(figure, TO_REPAY), BigInt(sign) * row[figure]],
  );
  const table = (caption: string, rows: readonly Entry[], last: string, sum: Minor): Html =>
    html`<table><caption>${caption}</caption><tbody>${rows.map(
      ([title, amount]) =>
        html`<tr><th scope="row">${title}</th><td class="number">${figureOf(amount, currency)}</td></tr>`,
    )}</tbody><tfoot><tr><th scope="row">${last}</th><td class="number">${amountText(sum, currency)}</td></tr></tfoot></table>`;
  return html`<section class="part account" aria-labelledby="account"><h2 id="account">Your account in ${period.name}</h2>
<div class="pair">${table("Waiting for customers' payments", waiting, 'Waiting now', row.held)}${table(
    'To be repaid',
    [['Brought forward', row.owedOpening], ...owed],
    'Still to be repaid',
    row.owed,
  )}</div></section>`;
}
