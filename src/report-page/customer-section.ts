/** Customers to talk to: those who are late, and those who habitually pay short. */
import { counted, verb } from '../counted.js';
import type { Result } from '../engine/result.js';
import type { ShortPayer } from '../explain/short-pay.js';
import { groupThousands } from '../money.js';
import { alignedWith, figureOf, figuresOf, rateText, unitsText } from '../pages/figures.js';
import { type Html, html, isolated } from '../pages/html.js';
import { type LateCustomer, type Open, together } from './open.js';
import { tableHtml } from './table.js';
import { namedAndRest } from './words.js';

/** How many of the largest are named; the rest are one row. */
const MOST_NAMED = 10;

/** Who is late, and the commission that depends on it. */
export function lateSection(result: Result, { bands, late }: Open): Html {
  const undated = bands.find(({ band }) => band.kind === 'no-due-date')?.invoices ?? 0;
  const finding =
    late.length === 0
      ? undated === 0
        ? `No invoice is past due as of ${result.asOf}.`
        : `No invoice with a due date is past due as of ${result.asOf}; ${counted(undated, 'open invoice')} ${verb(undated, 'has', 'have')} none.`
      : `${counted(late.length, 'customer')} ${verb(late.length, 'owes', 'owe')} ${unitsText(together(late).open, figuresOf(result))} that is past due.`;
  return html`<section id="late" aria-labelledby="late-heading">
<h2 id="late-heading">Late customers</h2>
<p class="lead">${finding}</p>
${late.length === 0 ? undefined : lateTable(result, late)}
</section>\n`;
}

function lateTable(result: Result, late: readonly LateCustomer[]): Html {
  const figures = figuresOf(result);
  const [named, rest] = namedAndRest(late, MOST_NAMED);
  const ofOpen = alignedWith(late, ({ open }) => open, figures);
  const columns = [
    { title: 'customer' },
    { title: 'invoices', isNumber: true },
    { title: 'oldest', isNumber: true },
    { title: 'open', isNumber: true },
    { title: 'held', isNumber: true },
    { title: 'at risk', isNumber: true },
  ];
  const cells = (list: readonly LateCustomer[], oldest: string) => {
    const { invoices, open, held, atRisk } = together(list);
    return [
      groupThousands(`${invoices}`),
      oldest,
      unitsText(open, ofOpen),
      figureOf(held, figures),
      figureOf(atRisk, figures),
    ];
  };
  const rows = named.map((one) => [isolated(one.customerId), ...cells([one], counted(one.mostDays, 'day'))]);
  const more = rest.length === 0 ? [] : [[counted(rest.length, 'more customer'), ...cells(rest, '')]];
  const total = ['total', ...cells(late, '')];
  const caption = `Customers with invoices past due as of ${result.asOf}, ${result.currency.code}`;
  return tableHtml({ caption, columns, rows: [...rows, ...more], total }, caption);
}

/** Who habitually pays short: small remainders on many invoices, which nobody collects. */
export function shortPaySection(result: Result, { shortPayers }: Open): Html {
  const { share, invoices } = result.terms.ageing.shortPay;
  const rule = `less than ${rateText(share)} of the invoice left open past due, on ${groupThousands(`${invoices}`)} or more invoices`;
  const finding =
    shortPayers.length === 0
      ? `No customer habitually pays short (${rule}).`
      : `${counted(shortPayers.length, 'customer')} habitually ${verb(shortPayers.length, 'pays', 'pay')} short (${rule}).`;
  return html`<section id="short-pay" aria-labelledby="short-pay-heading">
<h2 id="short-pay-heading">Customers who pay short</h2>
<p class="lead">${finding}</p>
${shortPayers.length === 0 ? undefined : shortPayTable(result, shortPayers)}
</section>\n`;
}

function shortPayTable(result: Result, shortPayers: readonly ShortPayer[]): Html {
  const figures = figuresOf(result);
  const [named, rest] = namedAndRest(shortPayers, MOST_NAMED);
  const ofTotal = alignedWith(shortPayers, ({ total }) => total, figures);
  const ofOpen = alignedWith(shortPayers, ({ open }) => open, figures);
  const columns = [
    { title: 'customer' },
    { title: 'invoices', isNumber: true },
    { title: 'invoiced', isNumber: true },
    { title: 'open', isNumber: true },
  ];
  const cells = (list: readonly ShortPayer[]) => [
    groupThousands(`${list.reduce((sum, { invoiceIds }) => sum + invoiceIds.length, 0)}`),
    unitsText(
      list.reduce((sum, { total }) => sum + total, 0n),
      ofTotal,
    ),
    unitsText(
      list.reduce((sum, { open }) => sum + open, 0n),
      ofOpen,
    ),
  ];
  const rows = named.map((one) => [isolated(one.customerId), ...cells([one])]);
  const more = rest.length === 0 ? [] : [[counted(rest.length, 'more customer'), ...cells(rest)]];
  const total = ['total', ...cells(shortPayers)];
  const caption = `Customers who habitually pay short as of ${result.asOf}, ${result.currency.code}`;
  return tableHtml({ caption, columns, rows: [...rows, ...more], total }, caption);
}
