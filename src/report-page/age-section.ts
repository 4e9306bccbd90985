/** Held commission by how long the invoices are past due. */
import type { Result } from '../engine/result.js';
import { bandTitle } from '../explain/ageing.js';
import { groupThousands } from '../money.js';
import { alignedWith, amountText, figureOf, figuresOf, unitsFigureOf, unitsText } from '../pages/figures.js';
import { type Html, html } from '../pages/html.js';
import { type Bar, type Bars, barsSvg, type Fill, scaleOf } from './charts.js';
import type { Open, OpenBand } from './open.js';
import { tableHtml } from './table.js';
import { nothingWaits } from './words.js';

export function ageSection(result: Result, { bands, total }: Open): Html {
  const figures = figuresOf(result);
  const ofOpen = alignedWith([...bands, total], ({ open }) => open, figures);
  const shown = bands.filter(({ band, invoices, held }) => isAge(band) || invoices > 0 || held !== 0n);
  const finding = findingOf(result, bands, total.held);
  const columns = [
    { title: 'days past due' },
    { title: 'invoices', isNumber: true },
    { title: 'open', isNumber: true },
    { title: 'held', isNumber: true },
    { title: 'at risk', isNumber: true },
  ];
  const rows = shown.map(({ band, invoices, open, held, atRisk }) => [
    bandTitle(band),
    groupThousands(`${invoices}`),
    unitsFigureOf(open, ofOpen),
    figureOf(held, figures),
    figureOf(atRisk, figures),
  ]);
  const all = [
    'all',
    groupThousands(`${total.invoices}`),
    unitsText(total.open, ofOpen),
    amountText(total.held, figures),
    amountText(total.atRisk, figures),
  ];
  const caption = `Open invoices by days past due as of ${result.asOf}, ${result.currency.code}`;
  const drawing =
    total.held === 0n ? undefined : html`<figure>${barsSvg(chartOf(result, shown, finding))}</figure>\n`;
  return html`<section id="age" aria-labelledby="age-heading">
<h2 id="age-heading">Held commission by age</h2>
<p class="lead">${finding}</p>
${drawing}${tableHtml({ caption, columns, rows, total: all }, caption)}
</section>\n`;
}

function findingOf(result: Result, bands: Open['bands'], held: bigint): string {
  if (held === 0n) return nothingWaits(result.terms);
  const figures = figuresOf(result);
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

function chartOf(result: Result, shown: readonly OpenBand[], title: string): Bars {
  const figures = figuresOf(result);
  const ages = shown.filter(({ band }) => isAge(band)).length;
  const bars = shown.map(
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
    scale: scaleOf(shown.map(({ held }) => held)),
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
