/** The rep's account of a statement: what waits and what is to be repaid, from brought forward to carried forward. */
import { HELD_SUM, type PayFigure, shownTerms, stepTerms } from '../engine/r1-words/pay-figures.js';
import type { Minor } from '../money.js';
import { amountText, figureOf } from '../pages/figures.js';
import { type Html, html } from '../pages/html.js';
import type { DebtSources, Statement } from './statement.js';
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
  waived: 'Waived by the company',
  settled: 'Paid back by you',
  drawn: 'Paid in advance (draw)',
  cancelled: 'Offset by commission given back',
  recovered: 'Repaid from commission',
};

type Entry = readonly [title: string, amount: Minor];

/** The rep's row, figure by figure (R6.3, R7.2): of each balance that anything was brought or is carried forward in. */
export function accountOf(statement: Statement): Html | undefined {
  const { row, period, currency, debt, leastPaid } = statement;
  const waiting = HELD_SUM.map(
    ({ figure, sign }): Entry => [titleOf(figure, WAITING), BigInt(sign) * row[figure]],
  );
  const owed = shownTerms(stepTerms('owed'), [row]).map(
    ({ figure, sign }): Entry => [titleOf(figure, TO_REPAY), BigInt(sign) * row[figure]],
  );
  const hasWaited = row.heldOpening !== 0n || row.held !== 0n;
  const isMoved = owed.some(([, amount]) => amount !== 0n);
  const isOwed = row.owedOpening !== 0n || row.owed !== 0n || isMoved;
  const isCarried = row.carriedOpening !== 0n || row.carried !== 0n;
  if (!hasWaited && !isOwed && !isCarried) return undefined;
  const table = (caption: string, rows: readonly Entry[], last: string, sum: Minor): Html =>
    html`<table><caption>${caption}</caption><tbody>${rows
      .filter(([, amount], at) => at === 0 || amount !== 0n)
      .map(
        ([title, amount]) =>
          html`<tr><th scope="row">${title}</th><td class="number">${figureOf(amount, currency)}</td></tr>`,
      )}</tbody><tfoot><tr><th scope="row">${last}</th><td class="number">${amountText(sum, currency)}</td></tr></tfoot></table>`;
  const from = debtText(debt);
  const kept: readonly Entry[] = [
    ['Brought forward', row.carriedOpening],
    [`Pay of ${period.name}`, row.paid + row.carried - row.carriedOpening],
    ['Paid to you', -row.paid],
  ];
  const debts: readonly Entry[] = [['Brought forward', row.owedOpening], ...owed];
  return html`<section class="part account" aria-labelledby="account"><h2 id="account">Your account in ${period.name}</h2>
<div class="pair">${hasWaited ? table("Waiting for customers' payments", waiting, 'Waiting now', row.held) : undefined}${
    isOwed ? table(`To be repaid${from}`, debts, 'Still to be repaid', row.owed) : undefined
  }${
    isCarried
      ? table(
          `Paid out from ${amountText(leastPaid, currency)} on`,
          kept,
          'Kept for your next pay',
          row.carried,
        )
      : undefined
  }</div></section>`;
}

/** What a debt is made of, where not all of it was taken back. */
function debtText({ isCharged, isDrawn }: DebtSources): string {
  if (!isDrawn) return '';
  return isCharged ? ': taken back, and paid in advance' : ': what was paid in advance';
}
