/** What is open: held by age, what will be clawed back, what was, and whose money is late. */
import { type Day, findDay } from '../day.js';
import type { Result } from '../engine/result.js';
import type { Minor } from '../money.js';
import { amountText, figureOf, unitsText } from '../pages/figures.js';
import { type Html, html, isolated } from '../pages/html.js';
import { type Bars, barsSvg, type Fill, scaleOf } from './charts.js';
import { soonIn } from './first-screen.js';
import type { Movements } from './movements.js';
import type { AgeBand, Open } from './open.js';
import { tableHtml } from './table.js';
import { counted, figuresOf, nothingWaits } from './words.js';

/** Of the largest so many are named; the rest are one row. */
const MOST_NAMED = 10;
const MOST_SOON = 20;

/** Held commission by how long the customer's payment is overdue. */
export function ageSection(result: Result, { bands }: Open): Html {
  const figures = figuresOf(result);
  const sum = (of: (band: AgeBand) => bigint) => bands.reduce((all, band) => all + of(band), 0n);
  const shown = bands.filter(({ invoices }, index) => index < 5 || invoices > 0);
  const held = sum((band) => band.held);
  const pastDue = bands.slice(1, 5).reduce((all, band) => all + band.held, 0n);
  const finding =
    held === 0n
      ? nothingWaits(result.terms)
      : `${amountText(held, figures)} waits for cash, ${pastDue === held ? 'all' : amountText(pastDue, figures)} of it on invoices past due.`;
  const chart: Bars = {
    id: 'age',
    title: finding,
    description: shown.map((band) => `${band.name} ${amountText(band.held, figures)}`).join(', '),
    bars: shown.map((band, index) => ({
      label: band.name,
      text: amountText(band.held, figures),
      from: 0n,
      to: band.held,
      fill: index < 5 ? (`age-${index + 1}` as Fill) : 'waiting',
    })),
    scale: scaleOf(shown.map((band) => band.held)),
    isConnected: false,
  };
  const columns = [
    { title: 'past due' },
    { title: 'invoices', isNumber: true },
    { title: 'open', isNumber: true },
    { title: 'held', isNumber: true },
    { title: 'at risk', isNumber: true },
  ];
  const rows = shown.map((band) => [
    band.name,
    `${band.invoices}`,
    unitsText(band.open, figures),
    figureOf(band.held, figures),
    figureOf(band.atRisk, figures),
  ]);
  const total = [
    'all',
    `${bands.reduce((all, { invoices }) => all + invoices, 0)}`,
    unitsText(
      sum((band) => band.open),
      figures,
    ),
    amountText(held, figures),
    amountText(
      sum((band) => band.atRisk),
      figures,
    ),
  ];
  const caption = `Open invoices by days past due as of ${result.asOf}, ${result.currency.code}`;
  const drawing = held === 0n ? undefined : html`<figure>${barsSvg(chart)}</figure>`;
  return html`<section id="age" aria-labelledby="age-heading">
<h2 id="age-heading">Held by age</h2>
<p class="lead">${finding}</p>
${drawing}
${tableHtml({ caption, columns, rows, total }, caption)}
</section>\n`;
}

/** What will be clawed back within the next days unless it is paid, soonest first. */
export function upcomingSection(result: Result, { upcoming }: Open): Html {
  const figures = figuresOf(result);
  const soon = upcoming.filter(({ clawbackOn }) => clawbackOn <= soonIn(result));
  const later = upcoming.slice(soon.length);
  const atRisk = (lines: typeof upcoming): Minor => lines.reduce((sum, line) => sum + line.atRisk, 0n);
  const laterText =
    later.length === 0
      ? ''
      : ` After that, ${amountText(atRisk(later), figures)} on ${counted(later.length, 'more line')}, the last on ${later.at(-1)?.clawbackOn ?? ''}.`;
  const named = soon.slice(0, soon.length > MOST_SOON + 1 ? MOST_SOON : MOST_SOON + 1);
  const rest = soon.slice(named.length);
  const today = findDay(result.asOf) as Day;
  const columns = [
    { title: 'end of' },
    { title: 'in days', isNumber: true },
    { title: 'rep' },
    { title: 'customer' },
    { title: 'invoice' },
    { title: 'past due', isNumber: true },
    { title: 'open', isNumber: true },
    { title: 'clawed back', isNumber: true },
  ];
  const rows = named.map((line) => [
    line.clawbackOn,
    `${(findDay(line.clawbackOn) as Day) - today}`,
    isolated(line.repId),
    isolated(line.customerId),
    isolated(line.invoiceId),
    (line.daysPastDue ?? 0) > 0 ? counted(line.daysPastDue as number, 'day') : 'not yet',
    unitsText(line.open, figures),
    figureOf(line.atRisk, figures),
  ]);
  const more =
    rest.length === 0
      ? []
      : [[counted(rest.length, 'more line'), '', '', '', '', '', '', figureOf(atRisk(rest), figures)]];
  const caption = `Clawed back by ${soonIn(result)} unless the customer pays, ${result.currency.code}`;
  const total = ['total', '', '', '', '', '', '', amountText(atRisk(soon), figures)];
  return html`<section id="upcoming" aria-labelledby="upcoming-heading">
<h2 id="upcoming-heading">About to be clawed back</h2>
<p class="lead">${
    soon.length === 0
      ? `Nothing will be clawed back by ${soonIn(result)}.`
      : `${amountText(atRisk(soon), figures)} will be clawed back by ${soonIn(result)} unless customers pay. Paying part keeps part.`
  }${laterText}</p>
${soon.length === 0 ? undefined : tableHtml({ caption, columns, rows: [...rows, ...more], total }, caption)}
</section>\n`;
}

const CAUSE_WORDS: Readonly<Record<string, string>> = {
  'past-due': 'past due, not paid',
  'written-off': 'written off',
  credited: 'credited',
  refunded: 'refunded',
  're-rated': 'rate changed',
};

/** What was clawed back in the quarter, the largest first; its total is the step of the waterfall. */
export function clawbackSection(result: Result, { clawbacks }: Movements): Html {
  const figures = figuresOf(result);
  const quarter = result.fiscalQuarter.name;
  const sum = (list: Movements['clawbacks']): Minor =>
    list.reduce((all, { clawedBack }) => all + clawedBack, 0n);
  const named = clawbacks.slice(0, clawbacks.length > MOST_NAMED + 1 ? MOST_NAMED : MOST_NAMED + 1);
  const rest = clawbacks.slice(named.length);
  const adjusts = result.closedPeriods.length > 0;
  const columns = [
    { title: 'rep' },
    { title: 'customer' },
    { title: 'invoice' },
    { title: 'on' },
    { title: 'because' },
    ...(adjusts ? [{ title: 'adjusts' }] : []),
    { title: 'clawed back', isNumber: true },
  ];
  const blank = adjusts ? [''] : [];
  const rows = named.map((posting) => [
    isolated(posting.repId),
    isolated(posting.customerId),
    isolated(posting.invoiceId),
    posting.eventDate,
    CAUSE_WORDS[posting.cause] ?? posting.cause,
    ...(adjusts ? [posting.adjusts] : []),
    figureOf(posting.clawedBack, figures),
  ]);
  const more =
    rest.length === 0
      ? []
      : [[counted(rest.length, 'more', 'more'), '', '', '', '', ...blank, figureOf(sum(rest), figures)]];
  const caption = `The largest clawbacks in ${quarter}, ${result.currency.code}`;
  const total = ['total', '', '', '', '', ...blank, amountText(sum(clawbacks), figures)];
  return html`<section id="clawbacks" aria-labelledby="clawbacks-heading">
<h2 id="clawbacks-heading">The largest clawbacks in ${quarter}</h2>
<p class="lead">${clawbacks.length === 0 ? `Nothing was taken back in ${quarter}.` : `${amountText(sum(clawbacks), figures)} was taken back in ${quarter}, ${counted(clawbacks.length, 'time')}.`}</p>
${clawbacks.length === 0 ? undefined : tableHtml({ caption, columns, rows: [...rows, ...more], total }, caption)}
</section>\n`;
}

/** Whose money is late, and the commission that rides on it. */
export function lateSection(result: Result, { late }: Open): Html {
  const figures = figuresOf(result);
  const named = late.slice(0, late.length > MOST_NAMED + 1 ? MOST_NAMED : MOST_NAMED + 1);
  const rest = late.slice(named.length);
  const sum = (list: Open['late'], of: (one: Open['late'][number]) => bigint) =>
    list.reduce((all, one) => all + of(one), 0n);
  const columns = [
    { title: 'customer' },
    { title: 'invoices', isNumber: true },
    { title: 'oldest', isNumber: true },
    { title: 'open', isNumber: true },
    { title: 'held', isNumber: true },
    { title: 'at risk', isNumber: true },
  ];
  const cells = (list: Open['late']) => [
    unitsText(
      sum(list, ({ open }) => open),
      figures,
    ),
    figureOf(
      sum(list, ({ held }) => held),
      figures,
    ),
    figureOf(
      sum(list, ({ atRisk }) => atRisk),
      figures,
    ),
  ];
  const invoices = (list: Open['late']) => `${list.reduce((all, one) => all + one.invoices, 0)}`;
  const rows = named.map((one) => [
    isolated(one.customerId),
    `${one.invoices}`,
    counted(one.mostDays, 'day'),
    ...cells([one]),
  ]);
  const more =
    rest.length === 0 ? [] : [[counted(rest.length, 'more customer'), invoices(rest), '', ...cells(rest)]];
  const caption = `Customers with invoices past due as of ${result.asOf}, ${result.currency.code}`;
  const total = ['total', invoices(late), '', ...cells(late)];
  return html`<section id="late" aria-labelledby="late-heading">
<h2 id="late-heading">Customers who are late</h2>
<p class="lead">${
    late.length === 0
      ? `No invoice is past due as of ${result.asOf}.`
      : `${counted(late.length, 'customer')} owe ${unitsText(
          sum(late, ({ open }) => open),
          figures,
        )} past due.`
  }</p>
${late.length === 0 ? undefined : tableHtml({ caption, columns, rows: [...rows, ...more], total }, caption)}
</section>\n`;
}
