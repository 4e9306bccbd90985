/** What a forecast expects: how customers have paid, and therefore how they are taken to pay. */
import { counted, verb } from '../counted.js';
import { groupThousands } from '../money.js';
import { longDayText, shareText, withMinus } from '../pages/figures.js';
import { type Html, html, type Interpolated, isolated } from '../pages/html.js';
import { tableHtml } from '../pages/table.js';
import type { CustomerOutlook } from '../simulate/forecast/forecast.js';
import type { Source } from './columns.js';

/** Customers that are listed at once. */
const FIRST_SHOWN = 20;

/** The line of the head that marks a forecast. */
export function forecastMark({ simulation: { forecast } }: Source): Html | undefined {
  if (forecast === undefined) return undefined;
  return html`<p class="state draft"><strong>FORECAST</strong> <span>What is later than ${longDayText(forecast.from)} is expected, not known: open invoices are paid as customers have paid.</span></p>`;
}

export function forecastSection({ simulation: { forecast } }: Source): Html | undefined {
  if (forecast === undefined) return undefined;
  const { from, until, payments, neverPaid, customers, all } = forecast;
  const lost =
    neverPaid === 0
      ? 'No open part of an invoice is expected to stay unpaid.'
      : `${counted(neverPaid, 'open part', 'open parts')} of invoices ${verb(neverPaid, 'is', 'are')} expected never to be paid.`;
  const lead = html`<p>Known up to ${longDayText(from)}. Up to ${longDayText(until)}, ${counted(payments, 'payment is', 'payments are')} expected. ${lost} Nothing new is sold. A customer with few payments of their own is taken to pay as all do.</p>`;
  const rows = [...customers].sort((a, b) => b.payments - a.payments);
  const first = tableOf(rows.slice(0, FIRST_SHOWN), all, 'How customers pay who owe most payments');
  if (rows.length <= FIRST_SHOWN)
    return html`${lead}\n${tableOf(rows, all, 'How customers pay who still owe something')}`;
  const count = groupThousands(String(rows.length));
  return html`${lead}
<p class="note quiet">The ${`${FIRST_SHOWN}`} customers with most payments, of ${count} who still owe something and have paid often enough.</p>
${first}
<details><summary>Show all ${count} customers</summary>
${tableOf(rows, all, 'How all customers pay who still owe something')}</details>`;
}

function tableOf(
  customers: readonly CustomerOutlook[],
  all: CustomerOutlook | undefined,
  caption: string,
): Html {
  const columns = [
    { title: 'customer' },
    { title: 'payments so far', isNumber: true },
    { title: 'days after due date', isNumber: true },
    { title: 'never paid', isNumber: true },
  ];
  const rows = customers.map((outlook) => rowOf(isolated(outlook.customerId), outlook));
  const total = all === undefined ? {} : { total: rowOf('all customers', all) };
  return tableHtml({ caption, columns, rows, ...total }, caption);
}

function rowOf(
  name: Interpolated,
  { payments, daysLate, shareNeverPaid }: CustomerOutlook,
): readonly Interpolated[] {
  return [name, groupThousands(String(payments)), withMinus(String(daysLate)), shareText(shareNeverPaid)];
}
