/** Customers to talk to: those who are late, and those who habitually pay short. */

import { counted, verb } from '../counted.js';
import type { Result } from '../engine/result.js';
import type { ShortPayer } from '../explain/short-pay.js';
import { groupThousands } from '../money.js';
import { alignedWith, figureOf, figuresOf, rateText, unitsText } from '../pages/figures.js';
import { type Html, html, isolated } from '../pages/html.js';
import { tableHtml } from '../pages/table.js';
import { disputedMark } from './invoice-cell.js';
import { type LateCustomer, type Open, together } from './open.js';
import { commissionColumns } from './open-columns.js';
import { empty, type Section, shown, unbroken } from './section.js';
import { namedAndRest } from './words.js';

/** How many of the largest are named; the rest are one row. */
const MOST_NAMED = 10;

/** Who is late, and the commission that depends on it. */
export function lateSection(result: Result, { bands, late, disputed }: Open): Section {
  const undated = bands.find(({ band }) => band.kind === 'no-due-date')?.invoices ?? 0;
  const finding =
    late.length === 0
      ? undated === 0
        ? `No invoice is past due as of ${result.asOf}.`
        : `No invoice with a due date is past due as of ${result.asOf}; ${counted(undated, 'open invoice')} ${verb(undated, 'has', 'have')} none.`
      : `${counted(late.length, 'customer')} ${verb(late.length, 'owes', 'owe')} ${unitsText(together(late).open, figuresOf(result))} that is past due.`;
  const title = 'Late customers';
  if (late.length === 0) return empty('late', title, finding);
  return shown(
    'late',
    title,
    html`<p class="lead">${unbroken(finding)}${disputedText(result, disputed)}</p>\n${lateTable(result, late)}`,
  );
}

/** R16.5: what is disputed, and what that means. */
function disputedText(result: Result, { open, invoiceIds }: Open['disputed']): Html | undefined {
  if (invoiceIds.length === 0) return undefined;
  const named = invoiceIds.slice(0, MOST_DISPUTED).flatMap((id, at) => [at === 0 ? '' : ', ', isolated(id)]);
  const more = invoiceIds.length - MOST_DISPUTED;
  const rest = more > 0 ? ` and ${more} more` : '';
  return html` ${unitsText(open, figuresOf(result))} is disputed, on ${named}${rest}: until a dispute ends its days do not count, and nothing is clawed back for them.`;
}

/** How many disputed invoices are named. */
const MOST_DISPUTED = 5;

function lateTable(result: Result, late: readonly LateCustomer[]): Html {
  const figures = figuresOf(result);
  const [named, rest] = namedAndRest(late, MOST_NAMED);
  const ofOpen = alignedWith(late, ({ open }) => open, figures);
  const dependent = commissionColumns(late);
  const columns = [
    { title: 'customer' },
    { title: 'invoices', isNumber: true, isWide: true },
    { title: 'oldest', isNumber: true, isWide: dependent.length > 0 },
    { title: 'open', isNumber: true },
    ...dependent,
  ];
  const cells = (list: readonly LateCustomer[], oldest: string) => {
    const sums = together(list);
    return [
      groupThousands(`${sums.invoices}`),
      oldest,
      unitsText(sums.open, ofOpen),
      ...dependent.map(({ of }) => figureOf(of(sums), figures)),
    ];
  };
  const rows = named.map((one) => [
    one.disputed.length === 0 ? isolated(one.customerId) : html`${isolated(one.customerId)}${disputedMark()}`,
    ...cells([one], counted(one.mostDays, 'day')),
  ]);
  const more = rest.length === 0 ? [] : [[counted(rest.length, 'more customer'), ...cells(rest, '')]];
  const total = ['total', ...cells(late, '')];
  const caption = `Customers with invoices past due as of ${result.asOf}, ${result.currency.code}`;
  return tableHtml({ caption, columns, rows: [...rows, ...more], total }, caption);
}

/** Who habitually pays short: small remainders on many invoices, which nobody collects. */
export function shortPaySection(result: Result, { shortPayers }: Open): Section {
  const { share, invoices } = result.terms.ageing.shortPay;
  const rule = `less than ${rateText(share)} of the invoice left open past due, on ${groupThousands(`${invoices}`)} or more invoices`;
  const finding =
    shortPayers.length === 0
      ? `No customer habitually pays short (${rule}).`
      : `${counted(shortPayers.length, 'customer')} habitually ${verb(shortPayers.length, 'pays', 'pay')} short (${rule}).`;
  const title = 'Customers who pay short';
  if (shortPayers.length === 0) return empty('short-pay', title, finding);
  return shown(
    'short-pay',
    title,
    html`<p class="lead">${unbroken(finding)}</p>\n${shortPayTable(result, shortPayers)}`,
  );
}

function shortPayTable(result: Result, shortPayers: readonly ShortPayer[]): Html {
  const figures = figuresOf(result);
  const [named, rest] = namedAndRest(shortPayers, MOST_NAMED);
  const ofTotal = alignedWith(shortPayers, ({ total }) => total, figures);
  const ofOpen = alignedWith(shortPayers, ({ open }) => open, figures);
  const columns = [
    { title: 'customer' },
    { title: 'invoices', isNumber: true, isWide: true },
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
