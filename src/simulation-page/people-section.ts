/** What each variant means for reps: who gains, who loses, as a picture and as a table. */
import { type Slope, slopesSvg } from '../charts/slopes.js';
import { counted, listOf, verb } from '../counted.js';
import { groupThousands, type Minor, max } from '../money.js';
import { byCodeUnit } from '../order.js';
import { amountText, figureOf, signedText } from '../pages/figures.js';
import { type Html, html, type Interpolated, isolated } from '../pages/html.js';
import { scrolling } from '../pages/table.js';
import type { RepChange } from '../simulate/people.js';
import { type Column, capitalized, changesOf, hasRoomBeside, repName, type Source } from './columns.js';
import { changeHtml } from './figures.js';
import { peopleText } from './headline.js';

/** A picture names this many reps, and has thin lines for some more. */
const MOST_NAMED = 20;
const MOST_DRAWN = 200;
/** A table with more reps shows those whose pay changes most, and all of them on request. */
const MOST_SHOWN = 40;
const FIRST_SHOWN = 20;

export function peopleSection(source: Source): Html | undefined {
  const { variants } = source;
  if (variants.length === 0) return undefined;
  const sentences = variants.map((column) => html`<li>${sentenceHtml(source, column)}</li>\n`);
  const pictures = alikeIn(variants).map((alike) => pictureHtml(source, alike));
  return html`<ul class="sentences">
${sentences}</ul>
<p class="legend"><span class="key gain"></span> paid more than today <span class="key loss"></span> paid less</p>
<div class="panels">
${pictures}</div>
${repTables(source)}`;
}

function sentenceHtml({ digits }: Source, { name, side, variant }: Column): Interpolated {
  if (variant === undefined) return undefined;
  const { people } = variant;
  const { gaining, losing, moving } = people;
  const sums = [
    ...(gaining.reps === 0 ? [] : [`${amountText(gaining.amount, { digits })} more`]),
    ...(losing.reps === 0 ? [] : [`${amountText(-losing.amount, { digits })} less`]),
  ];
  const inAll = sums.length === 0 ? '' : ` In all: ${sums.join(', ')}.`;
  const moves =
    moving === 0
      ? 'No quarterly pay moves by more than 10%.'
      : `${counted(moving, 'rep')} ${verb(moving, 'has', 'have')} a quarter whose pay moves by more than 10%.`;
  const { withoutPay } = side.steadiness;
  const dry =
    withoutPay === 0
      ? 'No rep has a quarter without pay.'
      : `${counted(withoutPay, 'rep')} ${verb(withoutPay, 'has', 'have')} a quarter without pay.`;
  return html`<strong>${isolated(capitalized(name))}</strong>: ${peopleText(people)}${inAll} ${moves} ${dry}`;
}

function sizeOf({ change }: RepChange): Minor {
  return max(change, -change);
}

/** First those whose pay changes most. */
function bySize(changes: readonly RepChange[]): readonly RepChange[] {
  return [...changes].sort((a, b) => descending(sizeOf(a), sizeOf(b)) || byCodeUnit(a.repId, b.repId));
}

function descending(a: Minor, b: Minor): number {
  return a < b ? 1 : a > b ? -1 : 0;
}

/** The variants, together where they pay every rep the same. */
function alikeIn(variants: readonly Column[]): readonly (readonly [Column, ...Column[]])[] {
  const alike = new Map<string, [Column, ...Column[]]>();
  for (const column of variants) {
    const pays = changesOf(column).map(({ repId, paid }) => [repId, String(paid)]);
    const key = JSON.stringify(pays);
    const others = alike.get(key);
    if (others === undefined) alike.set(key, [column]);
    else others.push(column);
  }
  return [...alike.values()];
}

function pictureHtml(source: Source, alike: readonly [Column, ...Column[]]): Html | undefined {
  const { digits, simulation, today } = source;
  const [column] = alike;
  const changes = bySize(changesOf(column));
  if (changes.every(({ change }) => change === 0n)) return undefined;
  const named = changes.slice(0, MOST_NAMED);
  const others = changes.slice(MOST_NAMED, MOST_DRAWN);
  const name = capitalized(listOf(alike.map(({ name: own }) => own)));
  const slopes = named.map(
    (rep): Slope => ({
      name: repName(source.head, rep.repId),
      from: rep.paidToday,
      to: rep.paid,
      fromText: amountText(rep.paidToday, { digits }),
      changeText: rep.change === 0n ? 'same' : signedText(rep.change, { digits }),
    }),
  );
  const svg = slopesSvg({
    id: `slopes-${column.id}`,
    title: `${name}: pay of each rep today and under the variant, ${simulation.currency.code}${simulation.forecast === undefined ? '' : ', forecast'}`,
    description: `${slopes.map(({ name: who, fromText, changeText }) => `${who} ${fromText}, ${changeText}`).join('; ')}.`,
    ends: [capitalized(today.name), capitalized(column.name)],
    slopes,
    others: others.map(({ paidToday, paid }) => ({ from: paidToday, to: paid })),
  });
  const who =
    changes.length > named.length
      ? `the ${named.length} whose pay changes most, of ${counted(changes.length, 'rep')}`
      : counted(changes.length, 'rep');
  return html`<figure><figcaption><strong>${isolated(name)}</strong> <span class="quiet">${who}</span></figcaption>${svg}</figure>\n`;
}

/** A rep in all variants. */
interface RepRow {
  readonly repId: string;
  readonly paidToday: Minor;
  readonly changes: readonly RepChange[];
}

function rowsOf({ variants }: Source): readonly RepRow[] {
  const rows = new Map<string, RepChange[]>();
  for (const column of variants) {
    for (const change of changesOf(column)) {
      const own = rows.get(change.repId);
      if (own === undefined) rows.set(change.repId, [change]);
      else own.push(change);
    }
  }
  const most = ({ changes }: RepRow): Minor =>
    changes.reduce((size, change) => max(size, sizeOf(change)), 0n);
  return [...rows]
    .map(([repId, changes]) => ({ repId, paidToday: changes[0]?.paidToday ?? 0n, changes }))
    .sort((a, b) => descending(most(a), most(b)) || byCodeUnit(a.repId, b.repId));
}

function repTables(source: Source): Html {
  const rows = rowsOf(source);
  if (rows.length <= MOST_SHOWN) return repTable(source, rows, [], 'Pay of every rep');
  const [shown, rest] = [rows.slice(0, FIRST_SHOWN), rows.slice(FIRST_SHOWN)];
  const count = groupThousands(String(rows.length));
  return html`${repTable(source, shown, rest, 'Pay of the reps whose pay changes most')}
<details class="all-reps"><summary>Show all ${count} reps</summary>
${repTable(source, rows, [], `Pay of all ${count} reps`)}</details>\n`;
}

function repTable(source: Source, rows: readonly RepRow[], rest: readonly RepRow[], what: string): Html {
  const { simulation, variants, digits } = source;
  const caption = `${what}, today and under each variant, ${simulation.currency.code}`;
  const headings = variants.map(
    ({ name }) => html`<th scope="col" class="number">${isolated(capitalized(name))}</th>`,
  );
  const sums = (all: readonly RepRow[]): Html => {
    const paid = variants.map((_, at) => sumOf(all, ({ changes }) => changes[at]?.paid ?? 0n));
    const before = sumOf(all, ({ paidToday }) => paidToday);
    return html`<td class="number">${amountText(before, { digits })}</td>${paid.map((amount) => paidCell(amount, amount - before, digits))}`;
  };
  const others =
    rest.length === 0
      ? undefined
      : html`<tr><th scope="row">${counted(rest.length, 'other rep')}</th>${sums(rest)}</tr>\n`;
  return scrolling(
    html`<table class="people${hasRoomBeside(source.columns)}"><caption class="unseen">${caption}</caption><thead><tr><th scope="col">rep</th><th scope="col" class="number">Today</th>${headings}</tr></thead>
<tbody>${rows.map((row) => rowHtml(source, row))}${others}</tbody><tfoot><tr><th scope="row">total</th>${sums([...rows, ...rest])}</tr></tfoot></table>`,
    caption,
  );
}

function sumOf(rows: readonly RepRow[], of: (row: RepRow) => Minor): Minor {
  return rows.reduce((sum, row) => sum + of(row), 0n);
}

function rowHtml({ head, digits }: Source, { repId, paidToday, changes }: RepRow): Html {
  const name = head.names?.get(repId);
  const person = name === undefined ? undefined : html` <span class="beside">${isolated(name)}</span>`;
  const cells = changes.map(({ paid, change }) => paidCell(paid, change, digits));
  return html`<tr><th scope="row">${isolated(repId)}${person}</th><td class="number">${figureOf(paidToday, { digits })}</td>${cells}</tr>\n`;
}

function paidCell(paid: Minor, change: Minor, digits: number): Html {
  const text = change === 0n ? '' : signedText(change, { digits });
  const side = change > 0n ? ' gain' : ' loss';
  return html`<td class="number">${figureOf(paid, { digits })}${changeHtml(text, side)}</td>`;
}
