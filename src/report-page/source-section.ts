/** Where the report comes from: control totals of the ledgers, inputs by hash, closes, plans, version and checks. */
import { isoOf } from '../day.js';
import type { ControlTotals } from '../engine/r8-results/controls.js';
import type { Result } from '../engine/result.js';
import { LEDGER_COLUMNS } from '../ledger-specs/columns.js';
import { LEDGER_TITLES } from '../ledger-specs/ledgers.js';
import { groupThousands } from '../money.js';
import { figuresOf, unitsText } from '../pages/figures.js';
import { type Html, html, isolated } from '../pages/html.js';
import { tableHtml } from '../pages/table.js';
import { CHECKS_IN_WORDS } from '../reports/checks-in-words.js';
import { type Fate, fatesIn, fateTitle, hasAmounts, inEachCurrency } from '../reports/fates.js';
import type { ReportSource } from './source.js';

export function sourceSection({ calculation, version, inputs, closes }: ReportSource): Html {
  const { result } = calculation;
  const caption = 'Input files and their SHA-256';
  const files = inputs.map(({ role, file, sha256 }) => [
    isolated(file),
    role === 'config' ? 'the workspace' : LEDGER_TITLES[role],
    html`<code>${sha256}</code>`,
  ]);
  const plans = result.terms.plans.map(
    ({ id, from, level }) =>
      html`<li>${isolated(id)}${from === undefined ? '' : ` from ${isoOf(from)}`}: level ${`${level.number}`}, ${level.name}</li>`,
  );
  return html`<section id="sources" aria-labelledby="sources-heading">
<h2 id="sources-heading">Sources and checks</h2>
<p class="quiet">Made by comp ${version}. ${CHECKS_IN_WORDS}. The same inputs produce this page again, byte for byte.</p>
<details class="sources"><summary>Control totals, plans, inputs and their hashes</summary>
<h3>Control totals</h3>
${controlsHtml(result)}
<h3>Plans</h3>
<ul class="plain">${plans}</ul>
<h3>Inputs</h3>
${tableHtml({ caption, columns: [{ title: 'file' }, { title: 'what it is' }, { title: 'SHA-256', isLong: true }], rows: files }, caption)}
${closesHtml(closes)}
</details>
</section>\n`;
}

function controlsHtml(result: Result): Html {
  const { controls, asOf } = result;
  const fates = fatesIn(controls);
  const columns = [
    { title: 'ledger' },
    ...fates.map((fate) => ({ title: fateTitle(fate, asOf), isNumber: true, span: 2 })),
  ];
  const rows = [...controls].flatMap(([name, all]) =>
    inEachCurrency(all).map(({ currency, totals }) => [
      currency === undefined ? LEDGER_TITLES[name] : `${LEDGER_TITLES[name]}, ${currency}`,
      ...fates.flatMap((fate) => [
        groupThousands(`${totals[fate].rows}`),
        hasAmounts(fate) && LEDGER_COLUMNS[name].amount !== undefined ? amountOf(result, totals, fate) : '',
      ]),
    ]),
  );
  const caption = `Rows and amounts of each ledger as read, and what became of them, ${result.currency.code}`;
  return tableHtml({ caption, columns, rows }, caption);
}

function amountOf(result: Result, totals: ControlTotals, fate: Fate): string {
  return unitsText(totals[fate].amount, figuresOf(result));
}

function closesHtml(closes: ReportSource['closes']): Html | undefined {
  if (closes.length === 0) return undefined;
  const caption = 'Closed periods and the SHA-256 of their records';
  const rows = closes.map(({ period, sha256 }) => [period.name, html`<code>${sha256}</code>`]);
  return html`<h3>Closed periods</h3>\n${tableHtml({ caption, columns: [{ title: 'period' }, { title: 'SHA-256 of its record', isLong: true }], rows }, caption)}`;
}
