/** Held commission by how long the invoices are past due. */

import { scaleOf } from '../charts/axis.js';
import { type Bar, type Bars, barsSvg, type Fill } from '../charts/bars.js';
import type { Result } from '../engine/result.js';
import { bandTitle } from '../explain/ageing.js';
import { groupThousands } from '../money.js';
import { alignedWith, amountText, figureOf, figuresOf, unitsFigureOf, unitsText } from '../pages/figures.js';
import { html } from '../pages/html.js';
import { tableHtml } from '../pages/table.js';
import type { Open, OpenBand } from './open.js';
import { commissionColumns } from './open-columns.js';
import { empty, type Section, shown, unbroken } from './section.js';

/** By age: what is held, and what is at risk where commission is paid before cash; empty without either. */
export function ageSection(result: Result, { bands, total }: Open): Section {
  const figures = figuresOf(result);
  const title = total.held === 0n ? 'Commission at risk by age' : 'Held commission by age';
  if (total.held === 0n && total.atRisk === 0n) {
    return empty('age', title, 'No commission on open invoices is held or at risk.');
  }
  const ofOpen = alignedWith([...bands, total], ({ open }) => open, figures);
  const listed = bands.filter(({ band, invoices, held }) => isAge(band) || invoices > 0 || held !== 0n);
  const finding = findingOf(result, bands, total.held);
  const dependent = commissionColumns(bands);
  const columns = [
    { title: 'days past due' },
    { title: 'invoices', isNumber: true, isWide: true },
    { title: 'open', isNumber: true },
    ...dependent,
  ];
  const rows = listed.map(({ band, ...sums }) => [
    bandTitle(band),
    groupThousands(`${sums.invoices}`),
    unitsFigureOf(sums.open, ofOpen),
    ...dependent.map(({ of }) => figureOf(of(sums), figures)),
  ]);
  const all = [
    'all',
    groupThousands(`${total.invoices}`),
    unitsText(total.open, ofOpen),
    ...dependent.map(({ of }) => amountText(of(total), figures)),
  ];
  const caption = `Open invoices by days past due as of ${result.asOf}, ${result.currency.code}`;
  const table = tableHtml({ caption, columns, rows, total: all }, caption);
  const isDrawn = bands.filter(({ held }) => held !== 0n).length > 1;
  const body = isDrawn
    ? html`<figure>${barsSvg(chartOf(result, listed, finding), false)}</figure>
<details class="as-table"><summary>Show as table</summary>${table}</details>`
    : table;
  return shown('age', title, html`<p class="lead">${unbroken(finding)}</p>\n${body}`);
}

function findingOf(result: Result, bands: Open['bands'], held: bigint): string {
  const figures = figuresOf(result);
  if (held === 0n) {
    const atRisk = bands.reduce((sum, band) => sum + band.atRisk, 0n);
    return `${amountText(atRisk, figures)} was paid before cash came, and is clawed back if it does not.`;
  }
  const heldIn = (kind: OpenBand['band']['kind']) =>
    bands.filter(({ band }) => band.kind === kind).reduce((sum, band) => sum + band.held, 0n);
  const [pastDue, undated] = [heldIn('past-due'), heldIn('no-due-date')];
  const partText = (amount: bigint) => {
    return amount === held ? 'all' : amount === 0n ? 'none' : amountText(amount, figures);
  };
  const parts = [
    ...(undated === held ? [] : [`${partText(pastDue)} of it on invoices past due`]),
    ...(undated === 0n ? [] : [`${partText(undated)} of it on invoices without a due date`]),
  ];
  return `${amountText(held, figures)} waits for cash, ${parts.join(', ')}.`;
}

function chartOf(result: Result, listed: readonly OpenBand[], title: string): Bars {
  const figures = figuresOf(result);
  const ages = listed.filter(({ band }) => isAge(band)).length;
  const bars = listed.map(
    ({ band, held }, at): Bar => ({
      label: bandTitle(band),
      text: amountText(held, figures),
      from: 0n,
      to: held,
      fill: isAge(band) ? fillOf(at, ages) : 'waiting',
    }),
  );
  return {
    id: 'age',
    title,
    description: bars.map(({ label, text }) => `${label} ${text}`).join(', '),
    bars,
    scale: scaleOf(listed.map(({ held }) => held)),
    isConnected: false,
  };
}

/** Whether a band is an age: it has its row in the table even where it is empty. */
function isAge({ kind }: OpenBand['band']): boolean {
  return kind !== 'no-due-date';
}

/** The older, the darker: from the lightest for what is not yet due to the darkest for the oldest. */
function fillOf(at: number, ages: number): Fill {
  return FILLS[Math.round((at * (FILLS.length - 1)) / (ages - 1))] as Fill;
}

const FILLS = ['age-1', 'age-2', 'age-3', 'age-4', 'age-5'] as const;
