/** A statement as a single self-contained HTML page: the first screen answers, the sections below it prove the answer. */
import { soonAfter } from '../explain/forecast/soon.js';
import { amountText, dayText, figureOf, stretchText, unitsText } from '../pages/figures.js';
import { type Html, html, type Interpolated, isolated } from '../pages/html.js';
import { pageOf } from '../pages/page.js';
import { stateHtml } from '../pages/state.js';
import { accountOf } from './account.js';
import type { BesideLine } from './beside-invoices.js';
import { statementStyles } from './page-style.js';
import { quotaPanel, quotaSection } from './quota.js';
import type { EventLine, Line, RiskLine, Section, WaitingLine } from './sections.js';
import { type Sentence, sentenceHtml } from './sentence.js';
import type { Payday, Statement } from './statement.js';

/** A section that is shown. */
interface Part {
  readonly id: string;
  readonly title: string;
  readonly total: string;
  readonly body: Html;
  /** How many lines it has, if it is a table of lines. */
  readonly lines?: number;
}

/** Sections of up to this many lines stay on one page of paper; longer ones would leave half a page blank. */
const SHORT = 3;

/** The page of a statement. */
export function statementPage(statement: Statement): Html {
  const { repId, person, period } = statement;
  const who = person === undefined ? repId : `${person.name} (${repId})`;
  const styles = statementStyles(`${who}, ${period.name}`);
  const { parts, empty } = partsOf(statement);
  const body = html`<main>
${headOf(statement)}
${paidOf(statement)}
<div class="first">
<div class="stack">
${stepsOf(statement, parts)}
${restOf(statement)}
</div>
${quotaPanel(statement)}
</div>
${outlookOf(statement)}
${parts.map(partHtml)}
${empty.length === 0 ? undefined : html`<p class="part quiet">${empty.join(' ')}</p>`}
${accountOf(statement)}
<div class="pair last">
${wordsOf(statement)}
${helpOf(statement)}
</div>
${signaturesOf()}
</main>`;
  return pageOf({ title: `Commission statement ${period.name}, ${who}`, styles, body });
}

function headOf({ repId, person, company, currency, period, until, state }: Statement): Html {
  const stretch = stretchText(period.from, period.to);
  const who = person === undefined ? isolated(repId) : html`${isolated(person.name)} (${isolated(repId)})`;
  return html`<header class="head">
<h1>Commission statement</h1><p class="end">${who}</p>
<p>${company.name === undefined ? undefined : isolated(company.name)}</p><p class="end">${period.name}, ${stretch}</p>
<p class="quiet">Figures in ${currency.code} as of ${dayText(until)}</p>
${stateHtml(state)}
</header>`;
}

function paidOf(statement: Statement): Html {
  const { row, parts, reasons, currency } = statement;
  const [only] = parts;
  const by =
    only === undefined || parts.length > 1
      ? undefined
      : html`<p class="quiet">${paydayText(only.payday)}</p>`;
  return html`<section class="paid" aria-labelledby="paid">
<div class="line"><h2 id="paid">You are paid <span class="amount">${amountText(row.paid, currency)}</span></h2>${by}</div>
<p class="reasons">${sentenceHtml(reasons)}</p>
${parts.length > 1 ? monthsOf(statement) : undefined}
</section>`;
}

/** `on 15 Jul 2025`, `by 30 Jul 2025` or `after 30 Jun 2025`. */
function paydayText({ kind, date }: Payday): string {
  return `${kind} ${dayText(date)}`;
}

/** What is paid month by month, in a quarter's statement. */
function monthsOf({ parts, currency, row }: Statement): Html {
  const rows = parts.map(
    ({ period, paid, payday }) =>
      html`<tr><th scope="row">${period}</th><td>${paydayText(payday)}</td><td class="number">${figureOf(paid, currency)}</td></tr>`,
  );
  return html`<table class="months"><caption class="quiet">Paid month by month</caption>
<thead><tr><th scope="col">Month</th><th scope="col">When</th><th scope="col" class="number">Paid</th></tr></thead>
<tbody>${rows}</tbody>
<tfoot><tr><th scope="row">Together</th><td></td><td class="number">${amountText(row.paid, currency)}</td></tr></tfoot></table>`;
}

/** From what became payable to what is paid: a column that adds up. A step that changes nothing has no row. */
function stepsOf({ steps, row, currency }: Statement, parts: readonly Part[]): Html {
  const rows = steps.flatMap(({ title, amount, section, figure }) => {
    const place = parts.findIndex(({ id }) => id === section);
    if (amount === 0n && section !== 'payable') return [];
    const label = figure === 'owedOpening' && row.owed === 0n ? 'Repaid from earlier' : title;
    return [
      html`<tr><th scope="row">${label}</th><td class="where">${amount === 0n ? undefined : linkTo(section, place)}</td><td class="number">${amountText(amount, currency)}</td></tr>`,
    ];
  });
  return html`<section class="panel" aria-labelledby="steps"><h2 id="steps">How we get there</h2>
<table><caption class="unseen">From commission payable to what is paid</caption>
<tbody>${rows}</tbody>
<tfoot><tr><th scope="row">Paid to you</th><td></td><td class="number">${amountText(row.paid, currency)}</td></tr></tfoot></table></section>`;
}

function linkTo(section: string, place: number): Html | undefined {
  if (section === 'account') return html`<a href="#account">account</a>`;
  return place < 0 ? undefined : html`<a href="#${section}">section ${`${place + 1}`}</a>`;
}

/** What is not paid yet; empty if nothing is: then the sentence about empty sections says so. */
function restOf({ row, until, currency }: Statement): Html | undefined {
  const rows = [
    ["Waiting for customers' payments", row.held],
    ['Still to be repaid', row.owed],
    ...(row.carried === 0n ? [] : [['Too little to be paid out yet', row.carried] as const]),
  ] as const;
  if (rows.every(([, amount]) => amount === 0n)) return undefined;
  return html`<section class="panel rest" aria-labelledby="rest"><h2 id="rest">Where the rest is, ${dayText(until)}</h2>
<table><caption class="unseen">What is not paid yet</caption><tbody>${rows.map(
    ([label, amount]) =>
      html`<tr><th scope="row">${label}</th><td class="number">${amountText(amount, currency)}</td></tr>`,
  )}</tbody></table></section>`;
}

function outlookOf({ outlook }: Statement): Html {
  const body =
    outlook.length === 0
      ? html`<p>Nothing that we know of today: no commission waits for a payment, and none is about to be taken back.</p>`
      : html`<ul>${outlook.map((sentence) => html`<li>${sentenceHtml(sentence)}</li>`)}</ul>`;
  return html`<section class="panel outlook" aria-labelledby="outlook"><h2 id="outlook">What can still change</h2>${body}</section>`;
}

/** The sections that have lines, and a sentence for each of the others. */
function partsOf(statement: Statement): {
  readonly parts: readonly Part[];
  readonly empty: readonly string[];
} {
  const { sections, period, currency, until, plans } = statement;
  const { payable, entries, cap, draw, waiting, moved, forfeited, risk, riskLater, corrections } = sections;
  const parts: Part[] = [];
  const empty: string[] = [];
  /** @param sentence - shown if there are no lines; none for sections that few plans have */
  const add = (
    id: string,
    title: string,
    of: Section<Line | BesideLine>,
    sentence: string | undefined,
    make: () => Html,
  ) => {
    if (of.lines.length > 0)
      parts.push({ id, title, total: amountText(of.total, currency), body: make(), lines: of.lines.length });
    else if (sentence !== undefined) empty.push(sentence);
  };
  add('payable', 'Payable, invoice by invoice', payable, `Nothing became payable in ${period.name}.`, () =>
    eventTable('payable', 'What made commission payable', statement, payable),
  );
  add('entries', entriesTitle(entries), entries, undefined, () => besideTable('entries', statement, entries));
  add('cap', 'Above the cap of your plan', cap, undefined, () => besideTable('cap', statement, cap));
  add('draw', drawTitle(draw), draw, undefined, () => besideTable('draw', statement, draw));
  add(
    'waiting',
    "Waiting for the customer's payment",
    waiting,
    plans.some(({ level }) => level.earned === 'with-cash')
      ? `Nothing is held on ${dayText(until)}: commission is earned as customers pay.`
      : `Nothing waits for a customer's payment on ${dayText(until)}.`,
    () => waitingTable(statement, waiting),
  );
  add(
    'moved',
    'Taken back and given back',
    moved,
    `Nothing was taken back or given back in ${period.name}.`,
    () =>
      eventTable(
        'moved',
        'Why commission was taken back, and what brought it back',
        statement,
        moved,
        sections.movedNote,
      ),
  );
  add('forfeited', 'Will not be paid', forfeited, undefined, () =>
    eventTable('forfeited', 'Commission that waited for money that never came', statement, forfeited),
  );
  const nothing =
    riskLater.lines.length === 0
      ? 'Nothing is about to be taken back.'
      : `Nothing is about to be taken back until ${dayText(soonAfter(until))}.`;
  add('risk', 'About to be taken back', risk, nothing, () => riskTable('risk', statement, risk));
  add('risk-later', 'At risk later, by date', riskLater, undefined, () =>
    riskTable('risk-later', statement, riskLater),
  );
  if (statement.row.held === 0n && statement.row.owed === 0n) empty.push('Nothing is to be repaid.');
  parts.push(quotaSection(statement));
  add('corrections', 'Corrections of earlier periods', corrections, undefined, () =>
    correctionTable(statement, corrections),
  );
  return { parts, empty };
}

function partHtml({ id, title, total, body, lines }: Part, index: number): Html {
  const size = (lines ?? 0) > SHORT ? 'part' : 'part short';
  return html`<section class="${size}" aria-labelledby="${id}"><h2 id="${id}"><span>${`${index + 1}`} ${title}</span><span class="number">${total}</span></h2>
${body}</section>`;
}

/** A table of a section. */
interface TableText {
  readonly id: string;
  readonly caption: string;
  /** Whether the caption adds to the heading above. */
  readonly isShown?: boolean;
  /** The heading of what a line is about, if that is not an invoice. */
  readonly first?: string;
  readonly heads: Html;
  readonly bodies: readonly Html[];
  readonly total: string;
}

/** A table of six columns. On a phone each row is a card, whose cells keep their roles in the table. */
function tableOf({
  id,
  caption,
  isShown,
  first = 'Customer, invoice',
  heads,
  bodies,
  total,
}: TableText): Html {
  const title =
    isShown === true
      ? html`<caption id="${id}-table">${caption}</caption>`
      : html`<caption><span class="unseen" id="${id}-table">${caption}</span></caption>`;
  return html`<div class="scroll" role="region" tabindex="0" aria-labelledby="${id} ${id}-table">
<table class="lines" role="table">${title}
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col"><span class="unseen">Line</span><span aria-hidden="true">#</span></th><th role="columnheader" scope="col">${first}</th>${heads}</tr></thead>
${bodies}
<tfoot role="rowgroup"><tr role="row"><td role="cell" class="no"></td><th role="rowheader" scope="row" colspan="4" class="who">Total</th><td role="cell" class="number amount">${total}</td></tr></tfoot></table></div>`;
}

function firstCells({ number, customerId, invoiceId, instalment, dispute }: Line): Html {
  const of = instalment === '' ? undefined : html` <span class="instalment">${instalment}</span>`;
  const mark = dispute === undefined ? undefined : html` <span class="mark">disputed</span>`;
  return html`<td role="cell" class="no">${`${number}`}</td><td role="cell" class="who">${isolated(customerId)} <span class="invoice">${isolated(invoiceId)}</span>${of}${mark}</td>`;
}

/** The amount of a line, at the right of the first row of its card. */
function amountCell({ amount }: Pick<Line, 'amount'>, currency: Statement['currency']): Html {
  return html`<td role="cell" class="number amount">${figureOf(amount, currency)}</td>`;
}

/** A fact about a line; on a card its heading is beside it. */
function factCell(
  heading: string,
  text: string | undefined,
  name: 'number' | 'date' | 'due' = 'number',
): Html {
  return html`<td role="cell" class="${name} fact" data-heading="${heading}">${text}</td>`;
}

function eventHeads(last: string): Html {
  return html`<th role="columnheader" scope="col">Date</th><th role="columnheader" scope="col">What happened</th><th role="columnheader" scope="col" class="number">Rate</th><th role="columnheader" scope="col" class="number">${last}</th>`;
}

function eventTable(
  id: string,
  caption: string,
  { currency }: Statement,
  { lines, total }: Section<EventLine>,
  note: Sentence = [],
): Html {
  const bodies = [html`<tbody role="rowgroup">${lines.map((line) => eventRow(line, currency))}</tbody>`];
  const table = tableOf({
    id,
    caption,
    heads: eventHeads('Amount'),
    bodies,
    total: amountText(total, currency),
  });
  return html`${note.length === 0 ? undefined : html`<p class="note">${sentenceHtml(note)}</p>`}${table}`;
}

function eventRow(line: EventLine, currency: Statement['currency']): Html {
  return html`<tr role="row">${firstCells(line)}<td role="cell" class="date">${dayText(line.date)}</td><td role="cell" class="what">${sentenceHtml(line.inTable)}</td><td role="cell" class="number rate">${line.rates}</td>${amountCell(line, currency)}</tr>`;
}

/** `Bonuses and waivers`: what a section of entries has, in the order of its lines. */
function entriesTitle({ lines }: Section<BesideLine>): string {
  const kinds = [...new Set(lines.map(({ title }) => title))];
  const names = kinds.map((kind) => {
    const own = lines.filter(({ title }) => title === kind);
    return own.length === 1 ? kind : (PLURALS[kind] ?? kind);
  });
  const [first = '', ...rest] = names;
  const last = rest.at(-1);
  if (last === undefined) return first;
  const before = [first, ...rest.slice(0, -1).map((name) => name.toLowerCase())].join(', ');
  return `${before} and ${last.toLowerCase()}`;
}

const PLURALS: Readonly<Record<string, string>> = {
  Bonus: 'Bonuses',
  Deduction: 'Deductions',
  Waiver: 'Waivers',
  Repayment: 'Repayments',
};

function drawTitle({ lines }: Section<BesideLine>): string {
  const isDraw = lines.some(({ title }) => title === 'Draw');
  const isGuarantee = lines.some(({ title }) => title === 'Guarantee');
  if (!isDraw) return 'Added to reach your guarantee';
  return isGuarantee ? 'Guarantee and draw' : 'Paid in advance (draw)';
}

/** Lines that are no invoice's: with the day of an entry, or the pay period. */
function besideTable(id: string, { currency }: Statement, { lines, total }: Section<BesideLine>): Html {
  const isDated = lines.some(({ date }) => date !== '');
  const rows = lines.map(
    (line) =>
      html`<tr role="row"><td role="cell" class="no">${`${line.number}`}</td><td role="cell" class="who">${line.title}${line.id === '' ? undefined : html` <span class="invoice">${isolated(line.id)}</span>`}</td><td role="cell" class="date">${line.date === '' ? line.period : dayText(line.date)}</td><td role="cell" class="what" colspan="2">${sentenceHtml(line.text)}</td>${amountCell(line, currency)}</tr>`,
  );
  return tableOf({
    id,
    caption: 'What counts besides invoices',
    first: 'What it is',
    heads: html`<th role="columnheader" scope="col">${isDated ? 'Date' : 'Period'}</th><th role="columnheader" scope="col" colspan="2">Reason</th><th role="columnheader" scope="col" class="number">Amount</th>`,
    bodies: [html`<tbody role="rowgroup">${rows}</tbody>`],
    total: amountText(total, currency),
  });
}

function waitingTable({ currency, scale, until }: Statement, { lines, total }: Section<WaitingLine>): Html {
  const figures = { digits: currency.digits, scale };
  const rows = lines.map(
    (line) =>
      html`<tr role="row">${firstCells(line)}${factCell('Open on the invoice', line.open === undefined ? undefined : unitsText(line.open, figures))}${factCell('Due', line.due === undefined ? undefined : dayText(line.due), 'due')}${factCell('Days past due', line.daysPastDue === undefined ? undefined : `${line.daysPastDue}`)}${amountCell(line, currency)}</tr>`,
  );
  const unknown = lines.some(({ open }) => open === undefined)
    ? html`<p>If no open amount is shown, the invoice has changed since this period was closed; a later statement has the correction.</p>`
    : undefined;
  const table = tableOf({
    id: 'waiting',
    caption: `What waits on ${dayText(until)}`,
    heads: html`<th role="columnheader" scope="col" class="number">Open on the invoice</th><th role="columnheader" scope="col">Due</th><th role="columnheader" scope="col" class="number">Days past due</th><th role="columnheader" scope="col" class="number">Your commission</th>`,
    bodies: [html`<tbody role="rowgroup">${rows}</tbody>`],
    total: amountText(total, currency),
  });
  return html`${table}${unknown}`;
}

function riskTable(id: string, { currency, scale }: Statement, { lines, total }: Section<RiskLine>): Html {
  const figures = { digits: currency.digits, scale };
  const of = lines.some(({ instalment }) => instalment !== '') ? 'Open' : 'Open on the invoice';
  const rows = lines.map(
    (line) =>
      html`<tr role="row">${firstCells(line)}${factCell('Taken back on', dayText(line.on), 'date')}${factCell(of, unitsText(line.open, figures))}${factCell('Days past due', line.daysPastDue === undefined ? undefined : `${line.daysPastDue}`)}${amountCell(line, currency)}</tr>`,
  );
  return tableOf({
    id,
    caption:
      'Payment by the end of that day stops it; a partial payment saves part of it, unless your plan requires full payment.',
    isShown: true,
    heads: html`<th role="columnheader" scope="col">Taken back on</th><th role="columnheader" scope="col" class="number">${of}</th><th role="columnheader" scope="col" class="number">Days past due</th><th role="columnheader" scope="col" class="number">Your commission</th>`,
    bodies: [html`<tbody role="rowgroup">${rows}</tbody>`],
    total: amountText(total, currency),
  });
}

/** By the period that is corrected; all its corrections are posted on one day, the first that was still open. */
function correctionTable({ currency }: Statement, { lines, total }: Section<EventLine>): Html {
  const periods = [...new Set(lines.map(({ adjusts }) => adjusts))];
  const bodies = periods.map((period) => {
    const own = lines.filter(({ adjusts }) => adjusts === period);
    const on = dayText(own[0]?.posting.date ?? '');
    return html`<tbody role="rowgroup"><tr role="row"><th role="rowheader" scope="rowgroup" colspan="6">${period.replace(/^before/, 'Before')}, corrected on ${on}</th></tr>${own.map((line) => eventRow(line, currency))}</tbody>`;
  });
  return tableOf({
    id: 'corrections',
    caption: 'What became known after these periods were closed.',
    isShown: true,
    heads: eventHeads('Correction'),
    bodies,
    total: amountText(total, currency),
  });
}

/** A word, what it means, and whether the statement uses it. */
type Word = readonly [word: string, meaning: string, isUsed: boolean];

function wordsIn({ sections, row, debt }: Statement): Word[] {
  const { payable, waiting, forfeited, moved, takenBack, givenBack, risk, riskLater, entries, draw } =
    sections;
  const isAtRisk = risk.lines.length > 0 || riskLater.lines.length > 0;
  const waits = waiting.lines.length > 0 || row.held !== 0n || row.heldOpening !== 0n;
  const isOwed = row.owed !== 0n || row.owedOpening !== 0n;
  const onInvoices: readonly Section<Line>[] = [payable, waiting, moved, risk, riskLater];
  const hasLine = (isSuch: (line: Line) => boolean) => onInvoices.some(({ lines }) => lines.some(isSuch));
  const isEntry = (word: string) => entries.lines.some(({ title }) => title === word);
  return [
    ['Payable', 'Commission that payroll pays, after anything that is to be repaid.', true],
    ['Bonus', 'An amount that is added to your pay and comes from no invoice.', isEntry('Bonus')],
    ['Deduction', 'An amount that is taken off your pay and comes from no invoice.', isEntry('Deduction')],
    ['Waiver', 'What you no longer have to repay.', isEntry('Waiver')],
    ['Repayment', 'What you paid back yourself.', isEntry('Repayment')],
    [
      'Cap',
      'The most that your plan pays in a period. What is above it is not paid, then or later.',
      row.capped !== 0n,
    ],
    [
      'Draw',
      'An advance that brings your pay up to an agreed amount. It comes off later commission.',
      row.drawn !== 0n || (isOwed && debt.isDrawn),
    ],
    [
      'Guarantee',
      'The least that you are paid. What is added to reach it is yours.',
      draw.lines.some(({ title }) => title === 'Guarantee'),
    ],
    ['Waiting', 'Commission on a sale that becomes payable when the customer pays.', waits],
    [
      'Will not be paid',
      'Commission that waited for money that never came.',
      forfeited.lines.length > 0 || row.forfeited !== 0n,
    ],
    [
      'Taken back',
      'Commission that was paid on a sale, then taken back because the customer did not pay or got the money back.',
      takenBack !== 0n || moved.lines.length > 0 || isAtRisk || (isOwed && debt.isCharged),
    ],
    [
      'Given back',
      'Commission that had been taken back, returned because the money came after all.',
      givenBack !== 0n || row.cancelled !== 0n,
    ],
    [
      'To be repaid',
      `What was ${debtWords(debt)} and has not been deducted yet. It comes off later commission.`,
      isOwed,
    ],
    ['Carried forward', 'What is still to be repaid, and comes off the next commission.', row.owed !== 0n],
    [
      'Disputed',
      'The customer contests the invoice. Until that ends, its days do not count as late, and nothing is taken back for them.',
      hasLine(({ dispute }) => dispute !== undefined),
    ],
    [
      'Instalment',
      'A part of an invoice with a due date of its own. Payments fill the first one first.',
      hasLine(({ instalment }) => instalment !== ''),
    ],
  ];
}

function debtWords({ isCharged, isDrawn }: Statement['debt']): string {
  if (!isDrawn) return 'taken back';
  return isCharged ? 'taken back or paid in advance' : 'paid in advance';
}

function wordsOf(statement: Statement): Html {
  const used = wordsIn(statement).filter(([, , isUsed]) => isUsed);
  return html`<section class="part words" aria-labelledby="words"><h2 id="words">The words used here</h2>
<dl>${used.map(([word, meaning]) => html`<div><dt>${word}</dt> <dd>${meaning}</dd></div>`)}</dl></section>`;
}

/** Lines to sign on, on paper. */
function signaturesOf(): Html {
  const lines = ['Prepared by, date', 'Approved by, date', 'Received by, date'];
  return html`<ul class="signatures">${lines.map((line) => html`<li>${line}</li>`)}</ul>`;
}

function helpOf({ company, parts, until }: Statement): Html {
  const last = parts.map(({ payBy }) => payBy).reduce((a, b) => (a > b ? a : b));
  const whom: Interpolated =
    company.contact === undefined ? 'the person who sent you this statement' : isolated(company.contact);
  return html`<section class="part help" aria-labelledby="help"><h2 id="help">If something looks wrong</h2>
<p>${last > until ? `Before ${dayText(last)}, write` : 'Write'} to ${whom}. Quote the invoice and line number.</p></section>`;
}
