/** What rules of collection would change: when cash comes, and what that is worth to the company and to reps. */
import { counted } from '../counted.js';
import type { Minor } from '../money.js';
import { amountText, signedFigureOf, withMinus } from '../pages/figures.js';
import { type Html, html, type Interpolated, isolated } from '../pages/html.js';
import { scrolling } from '../pages/table.js';
import { type BeforeAndAfter, WORTH_MEASURES } from '../simulate/collections/worth.js';
import { type Figure, figureText, MEASURES, type Measure } from '../simulate/measure-list.js';
import type { CollectionEffects } from '../simulate/simulate.js';
import { type Column, measuredOf, type Source } from './columns.js';
import { changedHtml, changeHtml, changeText, measureHtml, moneyHtml } from './figures.js';
import { type MeasureRow, measureTable } from './measure-table.js';

/** The measures of reps' pay that cash which comes earlier or later changes. */
const CHANGED: readonly string[] = ['clawed-back', 'paid', 'days-from-cash', 'ahead-average'];

export function collectionsSection(source: Source): Html | undefined {
  const { simulation, columns } = source;
  const { collections, currency } = simulation;
  if (collections === undefined) return undefined;
  const caption = `What the rules of collection change, ${currency.code}`;
  return html`${rulesHtml(collections)}
${salesHtml(source)}
${callsHtml(source, collections)}
<h3>For the company and for reps, under each variant</h3>
<p class="note quiet">Each figure is with the cash as the rules move it; below it is what they change.</p>
${measureTable(caption, currency.code, columns, [
  { title: 'With the rules of collection', rows: changedRows(source) },
  { title: 'What the rules are worth', rows: worthRows(source, collections) },
])}`;
}

function rulesHtml({ rules }: CollectionEffects): Html {
  const items = rules.map(({ text, moved, added }) => {
    const more = added === 0 ? '' : `, ${counted(added, 'payment comes', 'payments come')} that had not come`;
    return html`<li><code>${isolated(text)}</code> <span class="quiet">${counted(moved, 'payment moves', 'payments move')}${more}</span></li>\n`;
  });
  return html`<p>The first rule that fits a payment decides when it comes.</p>
<ol class="rules">
${items}</ol>`;
}

/** Days sales outstanding and cash, before and after: the same under every variant. */
function salesHtml({ simulation, today, digits }: Source): Html | undefined {
  const [before, after] = [today.side.sales, today.side.collected?.sales];
  if (after === undefined) return undefined;
  const { currency } = simulation;
  const rows: (readonly [string, Figure | undefined, Figure | undefined])[] = [
    ['days sales outstanding (DSO)', daysOf(before.daysOutstanding), daysOf(after.daysOutstanding)],
    ['days that invoices give (terms)', daysOf(before.daysOfTerms), daysOf(after.daysOfTerms)],
    ['collected from customers', moneyOf(before.collected), moneyOf(after.collected)],
    ['still open', moneyOf(before.open), moneyOf(after.open)],
    ['written off', moneyOf(before.writtenOff), moneyOf(after.writtenOff)],
  ];
  const body = rows.map(([title, was, is]) => {
    const cells: Interpolated[] =
      was === undefined || is === undefined
        ? ['', '', '']
        : [textOf(was, digits), textOf(is, digits), changeText(is, was, digits) || 'same'];
    return html`<tr><th scope="row">${title}</th>${cells.map((cell) => html`<td class="number">${cell}</td>`)}</tr>\n`;
  });
  const caption = `Sales and cash before and after the rules, ${currency.code}`;
  return scrolling(
    html`<table class="before-after"><caption class="unseen">${caption}</caption><thead><tr><th scope="col">${currency.code}</th><th scope="col" class="number">before</th><th scope="col" class="number">after</th><th scope="col" class="number">change</th></tr></thead>
<tbody>${body}</tbody></table>`,
    caption,
  );
}

function daysOf(days: Column['side']['sales']['daysOutstanding']): Figure | undefined {
  return days && { unit: 'days', days };
}

function moneyOf(amount: Minor): Figure {
  return { unit: 'money', amount };
}

function textOf(figure: Figure, digits: number): string {
  return withMinus(figureText(figure, digits));
}

/** What calling costs. */
function callsHtml({ simulation, head, digits }: Source, { invoices }: CollectionEffects): Html {
  const { currency } = simulation;
  const calls = `The rules move the cash of ${counted(invoices, 'invoice')}: a call for each`;
  const cost =
    head.callCost === undefined
      ? html`${calls}.`
      : html`${calls}, at ${amountText(head.callCost, { digits })}, costs ${moneyHtml(head.callCost * BigInt(invoices), currency)}.`;
  return html`<p>${cost}</p>`;
}

function changedRows(source: Source): readonly MeasureRow[] {
  return MEASURES.filter(({ id }) => CHANGED.includes(id)).flatMap((measure) => rowOf(source, measure) ?? []);
}

/** What reps and the company get from it: what is changed, with its sign. */
function worthRows(
  { columns, head, digits }: Source,
  { invoices }: CollectionEffects,
): readonly MeasureRow[] {
  const calls = head.callCost === undefined ? undefined : head.callCost * BigInt(invoices);
  const sides = columns.flatMap(({ side }): readonly BeforeAndAfter[] =>
    side.collected === undefined
      ? []
      : [{ before: side, after: side.collected, carryingCost: head.carryingCost, calls }],
  );
  return WORTH_MEASURES.filter(({ id, isChange }) => isChange || id === 'calls').flatMap(
    ({ id, title, isChange, of }) => {
      const figures = sides.map(of);
      if (figures.every((figure) => figure === undefined)) return [];
      const cells = figures.map((figure) => {
        const own =
          isChange && figure?.unit === 'money'
            ? signedFigureOf(figure.amount, { digits })
            : measureHtml(figure, digits);
        return html`${own}${changeHtml('')}`;
      });
      return [{ title, cells, isStrong: id === 'worth-to-company' }];
    },
  );
}

function rowOf(source: Source, { id, title, of }: Measure): MeasureRow | undefined {
  const { columns, digits } = source;
  const figures = columns.flatMap((column) => {
    const { side } = column;
    if (side.collected === undefined) return [];
    const [before, after] = [side, side.collected].map((measures) =>
      of(measuredOf(source, column, measures)),
    );
    return [{ before, after }];
  });
  if (figures.every(({ after }) => after === undefined)) return undefined;
  const name = id === 'paid' ? 'paid to reps' : title;
  return {
    title: name,
    cells: figures.map(({ before, after }) => changedHtml(after, before, digits)),
    isStrong: id === 'paid',
  };
}
