/** What counts in the pay of the period beside invoices: entries, caps, guarantees and draws, rep by rep (R21, R22, R24). */

import { payRowsOf, type RepPay } from '../closing/pay-history.js';
import { counted, verb } from '../counted.js';
import { addedUp, type PayFigure } from '../engine/r1-words/pay-figures.js';
import type { PayEntryRow } from '../engine/r7-pay/entries.js';
import type { Result } from '../engine/result.js';
import type { Minor } from '../money.js';
import { byCodeUnit } from '../order.js';
import { amountText, type Figures, figuresOf, signedText } from '../pages/figures.js';
import { html, type Interpolated, isolated } from '../pages/html.js';
import { tableHtml } from '../pages/table.js';
import { entryTitle } from '../statement/beside-invoices.js';
import { type Section, shown } from './section.js';
import { namedAndRest } from './words.js';

/** How many lines are named; the rest are one row. */
const MOST_NAMED = 20;

interface BesideLine {
  readonly repId: string;
  readonly what: Interpolated;
  /** The reason of an entry, or what the figure means. */
  readonly why: Interpolated;
  readonly amount: Minor;
}

/** The figures of a row that have a line, how each counts in pay, and in which words. */
const OF_ROWS: readonly (readonly [figure: PayFigure, sign: 1 | -1, what: string, why: string])[] = [
  ['capped', -1, 'Cap', 'above it, so not paid'],
  ['guaranteed', 1, 'Guarantee', 'added to reach it'],
  ['drawn', 1, 'Draw', 'paid in advance, owed from then on'],
];

/** The lines of the last pay period; undefined where pay is what invoices come to. */
export function findBesideSection(result: Result): Section | undefined {
  const { payPeriod } = result;
  const rows = payRowsOf(result).filter(({ period }) => period === payPeriod);
  const entries = result.entries.filter(({ period }) => period === payPeriod);
  const lines = [...entries.map(lineOfEntry), ...rows.flatMap(linesOfRow)].sort((a, b) =>
    byCodeUnit(a.repId, b.repId),
  );
  if (lines.length === 0) return undefined;
  const figures = figuresOf(result);
  const [named, rest] = namedAndRest(lines, MOST_NAMED);
  const sum = (list: readonly BesideLine[]) => list.reduce((all, { amount }) => all + amount, 0n);
  const columns = [
    { title: 'rep' },
    { title: 'what' },
    { title: 'why', isLong: true },
    { title: 'in pay', isNumber: true },
  ];
  const cells = named.map(({ repId, what, why, amount }) => [
    isolated(repId),
    what,
    why,
    signedText(amount, figures),
  ]);
  const more =
    rest.length === 0 ? [] : [[counted(rest.length, 'more line'), '', '', signedText(sum(rest), figures)]];
  const caption = `What counts in pay besides invoices in ${payPeriod}, ${result.currency.code}`;
  const total = ['total', '', '', signedText(sum(lines), figures)];
  return shown(
    'beside',
    `Besides invoices in ${payPeriod}`,
    html`<p class="lead">${leadOf(entries, rows, figures)}</p>\n${tableHtml({ caption, columns, rows: [...cells, ...more], total }, caption)}`,
  );
}

function lineOfEntry(entry: PayEntryRow): BesideLine {
  const { repId, entryId, eventDate, reason, adjusts, amount } = entry;
  const corrects = adjusts === '' ? undefined : html` (corrects ${adjusts})`;
  return {
    repId,
    what: html`${entryTitle(entry)} <span class="beside">${isolated(entryId)}</span>`,
    why: html`<span class="nowrap">${eventDate}</span> ${isolated(reason)}${corrects}`,
    amount,
  };
}

function linesOfRow(row: RepPay): BesideLine[] {
  return OF_ROWS.flatMap(([figure, sign, what, why]) => {
    const amount = BigInt(sign) * row[figure];
    return amount === 0n ? [] : [{ repId: row.repId, what, why, amount }];
  });
}

/** In words: what it comes to, what is recovered of debts, and what is still owed. */
function leadOf(entries: readonly PayEntryRow[], rows: readonly RepPay[], figures: Figures): string {
  const { capped, guaranteed, drawn, recovered, owed, adjusted, waived, repaid } = addedUp(rows);
  const money = (amount: Minor) => amountText(amount, figures);
  const count = entries.length;
  const sentences = [
    ...(count === 0
      ? []
      : [
          `${counted(count, 'entry', 'entries')} ${verb(count, 'comes', 'come')} to ${money(adjusted + waived + repaid)}.`,
        ]),
    ...(capped > 0n ? [`${money(capped)} is above caps and is not paid.`] : []),
    ...(capped < 0n ? [`${money(-capped)} of what was clawed back was above caps and is not charged.`] : []),
    ...(guaranteed > 0n ? [`${money(guaranteed)} is added to reach guarantees.`] : []),
    ...(drawn > 0n ? [`${money(drawn)} is drawn: paid in advance, and owed from then on.`] : []),
    ...(recovered > 0n ? [`${money(recovered)} of what was owed is recovered from pay.`] : []),
    ...(owed > 0n ? [`${money(owed)} is still owed.`] : []),
  ];
  return sentences.join(' ');
}
