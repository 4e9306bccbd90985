/** The page of an evidence pack: what was closed, by whom and when, from which inputs, and how to calculate it again. */
import { isEarly } from '../closing/period-state.js';
import { timeText } from '../closing/signature.js';
import { counted, listOf } from '../counted.js';
import { displayed } from '../displayed.js';
import { LEDGER_TITLES, type LedgerName } from '../ledger-specs/ledgers.js';
import { groupThousands } from '../money.js';
import { amountText, figureOf, signedFigureOf, stretchText } from '../pages/figures.js';
import { type Html, html, isolated } from '../pages/html.js';
import { pageOf } from '../pages/page.js';
import { stateHtml } from '../pages/state.js';
import { FATE_NAMES, type Fate as FateName, fateTitle } from '../reports/fates.js';
import { closedUnder } from '../workspace/closes/closed-under.js';
import type { HistoryEntry } from '../workspace/closes/history.js';
import type { StoredClose } from '../workspace/closes/read-closes.js';
import { exceptionsIn } from '../workspace/closes/record.js';
import { stepsOf } from './commands.js';
import type { Evidence } from './evidence.js';
import { EVIDENCE_STYLES } from './style.js';

/** The whole page. The same evidence gives the same bytes. */
export function evidencePage(evidence: Evidence): Html {
  const { close } = evidence;
  const { name, from, to } = close.period;
  const state = { kind: 'closed', period: close.period, under: closedUnder(close) } as const;
  const body = html`<main>
<header><h1>Evidence of the close of ${name}</h1><p>${stretchText(from, to)} (${from} to ${to}) · ${close.record.currency} · packed by comp ${evidence.version}</p>${stateHtml(state)}</header>
${factsHtml(evidence)}
${section('who', 'Who did what, and when', historyHtml(evidence))}
${section('inputs', 'From which inputs', inputsHtml(evidence))}
${section('controls', 'Control totals', controlsHtml(evidence))}
${section('payroll', 'What each rep is paid', payrollHtml(evidence))}
${section('since', 'Adjustments since', laterHtml(evidence))}
${section('again', 'How to calculate it again', stepsHtml(evidence))}
${section('files', 'Files of the close', filesHtml(evidence))}
</main>`;
  return pageOf({ title: `Evidence ${name}`, styles: EVIDENCE_STYLES, body });
}

function section(id: string, title: string, content: Html): Html {
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>\n${content}</section>`;
}

/** The answers in short. */
function factsHtml({
  close,
  payroll,
  history,
  performed,
  inputs,
  fingerprint,
  later,
  through,
}: Evidence): Html {
  const { record, period } = close;
  const money = { digits: record.digits };
  const paid = payroll.reduce((sum, row) => sum + row.paid, 0n);
  const reps = payroll.filter((row) => row.paid !== 0n).length;
  const own = history.filter((entry) => entry.record.startsWith(`closes/${period.name}/`));
  const by = (what: HistoryEntry['what'], none: string) => {
    const some = own.filter((entry) => entry.what === what);
    return some.length === 0 ? none : listOf(some.map(signedText));
  };
  const undone = history.filter(({ what }) => what === 'reopened').length;
  const places = new Set(later.map((one) => one.period));
  const facts: readonly (readonly [string, Html | string])[] = [
    ['Paid', `${amountText(paid, money)} ${record.currency} to ${counted(reps, 'rep')}`],
    [
      'Closed',
      `${by('closed', '')}${isEarly({ period, closedOn: record.closedOn }) ? ', before the period was over' : ''}`,
    ],
    ['Approved', by('approved', 'Not approved')],
    ['Handed over to payroll', by('handed over', notHandedOver(record))],
    ['Undone before', undone === 0 ? 'Never' : `${counted(undone, 'time')}: see below`],
    ['Made from', `${counted(inputs.length, 'input file')}, by comp ${record.version}`],
    ['Calculated again', performedHtml(performed)],
    ['Exceptions', exceptionsIn(record) === 0 ? 'None' : `${exceptionsIn(record)}, in exceptions.csv`],
    [
      'Adjusted since',
      later.length === 0
        ? through === period.name
          ? 'Nothing is closed after it'
          : `Not through ${through}`
        : `In ${listOf([...places])}: see below`,
    ],
    ['Fingerprint of all that is closed', html`<code>${fingerprint}</code>`],
  ];
  return html`<dl class="facts">${facts.map(([term, fact]) => html`<dt>${term}</dt><dd>${fact}</dd>\n`)}</dl>`;
}

/** What payroll has, if not the files of this close. */
function notHandedOver({ handedOver }: StoredClose['record']): string {
  return handedOver === undefined
    ? 'Not recorded'
    : `Not recorded; payroll has the files of closes/reopened/${handedOver.folder}, and payroll-delta.csv is what to pay on top of them`;
}

function signedText({ signed, at, fourEyes }: HistoryEntry): string {
  const who = signed === undefined ? 'by somebody who was not recorded' : `by ${displayed(signed.by)}`;
  return `${who}, ${timeText(at)}${fourEyes === false ? ' (four eyes were off)' : ''}`;
}

function performedHtml(performed: Evidence['performed']): Html {
  if (performed.kind === 'no-inputs') {
    const rest =
      performed.texts.length === 0
        ? 'Its rows and its payroll and accounting files were made from its postings again, where its record allows it: every byte matches.'
        : performed.texts.join(' ');
    return html`<span class="result differs"><strong>Not from its inputs</strong>: it has no archive, and the files of the workspace are no longer those it was made from. ${rest}</span>`;
  }
  const from =
    performed.from === 'archive'
      ? 'the copies of its inputs in the close'
      : 'the files of the workspace, which are still its inputs';
  return performed.kind === 'equal'
    ? html`<span class="result"><strong>Every byte matches</strong>, from ${from}</span>`
    : html`<span class="result differs"><strong>It differs</strong>, from ${from}. ${performed.texts.join(' ')}</span>`;
}

function historyHtml({ history }: Evidence): Html {
  const rows = history.map((entry) => {
    const { what, signed, version, withdrawn, record } = entry;
    const notes = [
      ...(entry.note === undefined ? [] : [html`${isolated(displayed(entry.note))}`]),
      ...(entry.files === undefined ? [] : [html`${entry.files.join(', ')}`]),
      ...(entry.fourEyes === false ? [html`four eyes were off: the preparer could approve`] : []),
      ...(withdrawn === undefined
        ? []
        : [html`withdrawn when the period was reopened, ${timeText(withdrawn)}`]),
      html`<code>${record}</code>`,
    ];
    const by = signed === undefined ? html`not recorded` : isolated(displayed(signed.by));
    const where =
      signed === undefined
        ? undefined
        : html`${isolated(displayed(signed.user))} on ${isolated(displayed(signed.host))}`;
    return html`<tr><td class="when">${timeText(entry.at)}</td><th scope="row">${what}${withdrawn === undefined ? '' : ', withdrawn'}</th><td>${by}</td><td>${where}</td><td>${version}</td><td>${notes.map((note) => html`<span class="note">${note}</span>`)}</td></tr>\n`;
  });
  return table(
    ['when', 'what', 'by', 'user and computer', 'comp', 'note and record'],
    rows,
    'History of the close',
  );
}

function inputsHtml({ inputs, performed }: Evidence): Html {
  const rows = inputs.map(
    ({ role, file, sha256, path }) =>
      html`<tr><th scope="row">${path === undefined ? isolated(displayed(file)) : html`<a href="${hrefOf(path)}">${isolated(displayed(file))}</a>`}</th><td>${role === 'config' ? 'the workspace' : (LEDGER_TITLES[role as LedgerName] ?? role)}</td><td class="hash"><code>${sha256}</code></td></tr>\n`,
  );
  const about =
    performed.kind === 'no-inputs'
      ? 'The close has no copies of its inputs, and the files of the workspace have changed, so only the hashes are in this pack.'
      : 'The files are in this pack as they were; their hashes are those in the record of the close.';
  return html`<p>${about}</p>${table(['file', 'what it is', 'SHA-256'], rows, 'Input files and their SHA-256')}`;
}

/** What the record says about each ledger. */
function controlsHtml({ close }: Evidence): Html {
  const { controls, currency, checks } = close.record;
  const ledgers = Object.entries((controls ?? {}) as Record<string, Record<string, Fate | undefined>>);
  const isUsed = (fate: string) =>
    fate === 'read' || ledgers.some(([, totals]) => (totals[fate]?.rows ?? 0) > 0);
  const fates = [...new Set(ledgers.flatMap(([, totals]) => Object.keys(totals)))].filter(
    (fate) => ![...NO_FATES].includes(fate) && isUsed(fate),
  );
  const rows = ledgers.map(([name, totals]) => {
    const cells = fates.map((fate) => {
      const { rows = 0, amount } = totals[fate] ?? {};
      const text = amount === undefined ? '' : groupThousands(amount).replace(/^-/, '\u2212');
      return html`<td class="number">${groupThousands(`${rows}`)}</td><td class="number">${text}</td>`;
    });
    return html`<tr><th scope="row">${LEDGER_TITLES[name as LedgerName] ?? name}</th>${cells}</tr>\n`;
  });
  const heads = [
    'ledger',
    ...fates.flatMap((fate) => [
      `${FATE_NAMES.includes(fate as FateName) ? fateTitle(fate as FateName, close.period.to) : fate}, rows`,
      'amount',
    ]),
  ];
  return html`<p>Rows and amounts of each ledger as read, and what became of them, in ${currency}. Checked when it was closed: ${checks.join(', ')}.</p>${table(heads, rows, 'Control totals by ledger', 1)}`;
}

interface Fate {
  readonly rows?: number;
  readonly amount?: string;
}

/** Keys of control totals that are no fates of rows. */
const NO_FATES = ['notRecords', 'documents', 'byCurrency'];

/** More reps than this are in payroll.csv only. */
const MOST_REPS = 200;

function payrollHtml({ payroll, close, folder }: Evidence): Html {
  const { digits } = close.record;
  const money = { digits };
  const path = `${folder}/closes/${close.period.name}/payroll.csv`;
  const shown = payroll.slice(0, MOST_REPS);
  const rows = shown.map(
    ({ repId, payBy, paid, recovered, owed }) =>
      html`<tr><th scope="row">${isolated(displayed(repId))}</th><td class="when">${payBy}</td><td class="number">${figureOf(paid, money)}</td><td class="number">${figureOf(recovered, money)}</td><td class="number">${figureOf(owed, money)}</td></tr>\n`,
  );
  const total = (of: (row: (typeof payroll)[number]) => bigint) =>
    amountText(
      payroll.reduce((sum, row) => sum + of(row), 0n),
      money,
    );
  const left = payroll.length - shown.length;
  const foot = html`<tfoot><tr><th scope="row">Total${left === 0 ? '' : `, with ${counted(left, 'more rep')}`}</th><td></td><td class="number">${total(({ paid }) => paid)}</td><td class="number">${total(({ recovered }) => recovered)}</td><td class="number">${total(({ owed }) => owed)}</td></tr></tfoot>`;
  return html`<p>From <a href="${hrefOf(path)}">payroll.csv</a>, in ${close.record.currency}.</p>${table(['rep', 'pay by', 'paid', 'recovered', 'owed after'], rows, 'Payroll by rep', 2, foot)}`;
}

function laterHtml({ later, through, close }: Evidence): Html {
  const { name } = close.period;
  const money = { digits: close.record.digits };
  if (later.length === 0) {
    const isLast = through === name;
    return html`<p>${isLast ? `${name} is the last period that is closed` : `No close through ${through} corrects ${name}`}. What has become known since is posted in the first open period: comp calc in the workspace of the company shows it.</p>`;
  }
  const rows = later.map(
    ({ period, repId, postings, earned, net }) =>
      html`<tr><th scope="row">${period}</th><td>${isolated(displayed(repId))}</td><td class="number">${`${postings}`}</td><td class="number">${signedFigureOf(earned, money)}</td><td class="number">${signedFigureOf(net, money)}</td></tr>\n`,
  );
  const total = (of: (one: (typeof later)[number]) => bigint) =>
    amountText(
      later.reduce((sum, one) => sum + of(one), 0n),
      money,
    );
  const foot = html`<tfoot><tr><th scope="row">Total</th><td></td><td class="number">${`${later.reduce((sum, one) => sum + one.postings, 0)}`}</td><td class="number">${total(({ earned }) => earned)}</td><td class="number">${total(({ net }) => net)}</td></tr></tfoot>`;
  return html`<p>${name} is never restated. Later closes, through ${through}, post what differs under their own period: what is earned, and what becomes payable (advanced + released − clawed back).</p>${table(['posted in', 'rep', 'postings', 'earned', 'payable'], rows, 'What later closes posted for the period', 2, foot)}`;
}

function stepsHtml(evidence: Evidence): Html {
  const { close, performed } = evidence;
  const steps = stepsOf(evidence).map(
    ({ command, text }) => html`<li><code>${command}</code> ${text}</li>\n`,
  );
  const which =
    close.record.version === evidence.version
      ? ''
      : ` It was closed with comp ${close.record.version}; another version may lay out or calculate something differently, which its changelog lists.`;
  const folder = html`<p>The folder <code>${evidence.folder}</code> is a workspace: everything under closes, byte for byte${performed.kind === 'no-inputs' ? '' : ', and the inputs of this close in their places'}. Run comp ${evidence.version} in it (Node 20 or later).${which}</p>`;
  return html`${folder}<ol>${steps}</ol>`;
}

function filesHtml({ close, folder }: Evidence): Html {
  const { files, pages = [] } = close.record;
  const rows = [...files, ...pages].map(
    ({ name, sha256 }) =>
      html`<tr><th scope="row"><a href="${hrefOf(`${folder}/closes/${close.period.name}/${name}`)}">${isolated(displayed(name))}</a></th><td class="hash"><code>${sha256}</code></td></tr>\n`,
  );
  return html`<p>With the record <a href="${hrefOf(`${folder}/closes/${close.period.name}/close.json`)}">close.json</a>, whose SHA-256 is <code>${close.sha256}</code>.</p>${table(['file', 'SHA-256'], rows, 'Files of the close and their SHA-256')}`;
}

/** @param numbersFrom - the first column of numbers */
function table(
  heads: readonly string[],
  rows: readonly Html[],
  caption: string,
  numbersFrom = heads.length,
  foot?: Html,
): Html {
  const cells = heads.map(
    (head, at) => html`<th scope="col"${at >= numbersFrom ? html` class="number"` : undefined}>${head}</th>`,
  );
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${caption}"><table><caption class="unseen">${caption}</caption><thead><tr>${cells}</tr></thead>
<tbody>${rows}</tbody>${foot}</table></div>`;
}

function hrefOf(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
