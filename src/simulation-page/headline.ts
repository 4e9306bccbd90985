/** What each variant comes to in one sentence: what it pays beside today, whether ahead of cash, and whom it moves. */
import { counted, verb } from '../counted.js';
import type { Minor } from '../money.js';
import { amountText } from '../pages/figures.js';
import { type Html, html, type Interpolated, isolated } from '../pages/html.js';
import type { People } from '../simulate/people.js';
import { type Column, capitalized, type Source } from './columns.js';
import { moneyHtml } from './figures.js';

/** A list of sentences; one that says so where nothing differs. */
export function headlinesHtml(source: Source): Html {
  const { variants } = source;
  const sentences =
    variants.length === 0 ? [nothingHtml(source)] : variants.map((column) => headlineHtml(source, column));
  return html`<ul class="headlines">${sentences.map((sentence) => html`<li>${sentence}</li>\n`)}</ul>\n`;
}

/** Without a variant that differs. */
function nothingHtml(source: Source): Html {
  const { simulation, today } = source;
  if (simulation.variants.length > 0)
    return html`Nothing differs: ${listText(source)} is what is paid today.`;
  return html`Today's terms pay ${moneyHtml(today.side.totals.paid, simulation.currency)}.`;
}

function listText({ simulation }: Source): Html {
  const names = simulation.variants.map(
    ({ name }, index) => html`${index === 0 ? '' : ', '}${isolated(name)}`,
  );
  return html`${names}`;
}

function headlineHtml({ simulation: { currency }, today, digits }: Source, column: Column): Html {
  const { side, variant } = column;
  const name = html`<span class="variant">${isolated(capitalized(column.name))}</span>`;
  const change = side.totals.paid - today.side.totals.paid;
  const pays =
    change === 0n
      ? 'pays the same as today'
      : html`pays ${moneyHtml(change > 0n ? change : -change, currency)} ${change > 0n ? 'more' : 'less'} than today`;
  const people = variant === undefined ? '' : peopleText(variant.people);
  return html`${name} ${pays} and ${aheadHtml(side, today, currency)}. <span class="more quiet">${heldText(side.totals.held, digits)}${people}</span>`;
}

/** Whether and how much commission is paid before its cash has come. */
function aheadHtml(
  { ahead }: Column['side'],
  today: Column,
  currency: { readonly code: string; readonly digits: number },
): Interpolated {
  const before = today.side.ahead;
  if (ahead.peak === 0n) return 'never pays ahead of cash';
  if (ahead.peak === before.peak && ahead.moneyDays === before.moneyDays) return 'is ahead of cash as today';
  return html`is ahead of cash by ${moneyHtml(ahead.peak, currency)} at most (today: <span class="nowrap">${amountText(before.peak, currency)}</span>)`;
}

function heldText(held: Minor, digits: number): string {
  return held === 0n ? '' : `${amountText(held, { digits })} of what is earned still waits for cash. `;
}

/** `3 reps gain, 14 lose.` */
export function peopleText({ gaining, losing, unchanged }: People): string {
  if (gaining.reps === 0 && losing.reps === 0) return 'Every rep is paid as today.';
  const same =
    unchanged === 0 ? '' : ` ${counted(unchanged, 'rep')} ${verb(unchanged, 'is', 'are')} paid as today.`;
  if (gaining.reps === 0)
    return `${counted(losing.reps, 'rep')} ${verb(losing.reps, 'loses', 'lose')}, nobody gains.${same}`;
  if (losing.reps === 0)
    return `${counted(gaining.reps, 'rep')} ${verb(gaining.reps, 'gains', 'gain')}, nobody loses.${same}`;
  return `${counted(gaining.reps, 'rep')} ${verb(gaining.reps, 'gains', 'gain')}, ${losing.reps} ${verb(losing.reps, 'loses', 'lose')}.${same}`;
}
