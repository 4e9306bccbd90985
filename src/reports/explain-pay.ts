/** A rep's pay of a period as text, in three steps: each ends where the next starts (R7). */
import type { Result } from '../engine/result.js';
import type { InvoiceNet, PayExplanation } from '../explain/reps.js';
import { formatMinor, formatPercent, groupThousands, type Minor } from '../money.js';
import { compare, ONE } from '../ratio.js';
import type { Style } from './style.js';
import { printable, shortened, spread, type TableColumn, tableText } from './table.js';

/** One pay period of a rep as lines of text. */
export function payText(
  pay: PayExplanation,
  { currency }: Result,
  { style, width }: { readonly style: Style; readonly width: number },
): string[] {
  const money = (amount: Minor) => groupThousands(formatMinor(amount, currency.digits));
  const { repId, period, isClosed, paid } = pay;
  const head = `${printable(repId)} · ${period.name} · ${period.from} to ${period.to} · ${currency.code}${isClosed ? ' · closed' : ''}`;
  return [
    style.strong(spread(head, `paid ${money(paid)}`, width, style)),
    ...invoicesText(pay, money, style, width),
    ...debtText(pay, money, style, width),
    ...paidText(pay, money, style, width),
    ...checkText(pay, money, style, width),
  ];
}

type Money = (amount: Minor) => string;

/** Step 1: what each invoice came to (R7.2). */
function invoicesText(pay: PayExplanation, money: Money, style: Style, width: number): string[] {
  const { invoices, gains, charged } = pay;
  const title = '1 WHAT EACH INVOICE CAME TO';
  if (invoices.length === 0) {
    return [spread(title, 'R7.2', width, style), '  nothing became payable, and nothing was taken back'];
  }
  const dash = (amount: Minor) => (amount === 0n ? '–' : money(amount));
  const columns: TableColumn[] = [
    { title, align: 'left' },
    { title: '', align: 'left' },
    { title: 'advanced', align: 'right' },
    { title: 'released', align: 'right' },
    { title: 'clawed back', align: 'right' },
    { title: 'net', align: 'right' },
  ];
  const rows = invoices.flatMap((net) => [
    [
      `  ${shortened(printable(net.invoiceId), style)} ${shortened(printable(net.customerId), style)}`,
      '',
      dash(net.advanced),
      dash(net.released),
      dash(net.clawedBack),
      money(net.net),
    ],
    ...postingsOf(net, dash),
  ]);
  const sum = (of: (net: InvoiceNet) => Minor) => invoices.reduce((all, net) => all + of(net), 0n);
  const total = [
    '  total',
    '',
    dash(sum(({ advanced }) => advanced)),
    dash(sum(({ released }) => released)),
    dash(sum(({ clawedBack }) => clawedBack)),
    money(sum(({ net }) => net)),
  ];
  return [
    ...tableText(columns, [...rows, { ruleFrom: 2 }, total], style).lines,
    spread(`  gains ${money(gains)} · charged ${money(charged)}`, 'R7.2', width, style),
  ];
}

/** The postings behind an invoice, where there is more than one, or one that adjusts a closed period. */
function postingsOf({ postings }: InvoiceNet, dash: Money): string[][] {
  const payable = postings.filter(
    ({ advanced, released, clawedBack }) => advanced !== 0n || released !== 0n || clawedBack !== 0n,
  );
  if (payable.length === 1 && payable[0]?.adjusts === '') {
    const [{ date, cause, sourceId, invoiceId }] = payable as [(typeof payable)[number]];
    const source = sourceId === invoiceId ? '' : ` (${printable(sourceId)})`;
    return [[`    ${date} ${cause}${source}`, '', '', '', '', '']];
  }
  return payable.map(({ date, eventDate, adjusts, cause, sourceId, invoiceId, ...amounts }) => [
    `    ${adjusts === '' ? date : eventDate} ${cause}${sourceId === invoiceId ? '' : ` (${printable(sourceId)})`}`,
    adjusts === '' ? '' : `adjusts ${adjusts}`,
    dash(amounts.advanced),
    dash(amounts.released),
    dash(amounts.clawedBack),
    '',
  ]);
}

/** Step 2: what was owed. */
function debtText(pay: PayExplanation, money: Money, style: Style, width: number): string[] {
  const { owedBefore, charged, cancelled } = pay;
  const debt = owedBefore + charged - cancelled;
  const rows = [
    ['  brought forward', money(owedBefore)],
    ['  + charged', money(charged)],
    ['  − cancelled by reinstatements', money(cancelled)],
    { ruleFrom: 1 },
    ['  = to recover', money(debt)],
  ];
  return stepText('2 WHAT WAS OWED', rows, 'R7.2', style, width);
}

/** Step 3: what is paid. */
function paidText(pay: PayExplanation, money: Money, style: Style, width: number): string[] {
  const { gains, cancelled, recovered, recoveryLimit, paid, owedAfter } = pay;
  const limit =
    compare(recoveryLimit, ONE) === 0
      ? ''
      : ` (at most ${formatPercent(recoveryLimit)} of ${money(gains - cancelled)})`;
  const rows = [
    ['  gains', money(gains)],
    ['  − cancelled', money(cancelled)],
    [`  − recovered${limit}`, money(recovered)],
    { ruleFrom: 1 },
    ['  = paid', money(paid)],
    ['  carried forward as owed', money(owedAfter)],
  ];
  return stepText('3 WHAT IS PAID', rows, 'R7.3', style, width);
}

function stepText(
  title: string,
  rows: readonly (readonly string[] | { readonly ruleFrom: number })[],
  rule: string,
  style: Style,
  width: number,
): string[] {
  const columns: TableColumn[] = [
    { title: '', align: 'left' },
    { title: '', align: 'right' },
  ];
  return [spread(title, rule, width, style), ...tableText(columns, rows, style).lines.slice(1)];
}

/** The same once more from the close's row. */
function checkText({ row }: PayExplanation, money: Money, style: Style, width: number): string[] {
  const { payable, clawedBack, reinstated, owedOpening, owed, paid } = row;
  const sum = `${money(payable)} − ${money(clawedBack)} + ${money(reinstated)} − ${money(owedOpening)} + ${money(owed)} = ${money(paid)}`;
  return [
    spread(`CHECK ${sum}`, 'R7.4', width, style),
    '      payable − clawed back + reinstated − owed before + owed after = paid',
  ];
}
