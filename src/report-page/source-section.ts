/** What the report rests on: control totals of the ledgers, the inputs by hash, closes, plans, version and checks. */

import { CHECKED_RULES } from '../engine/r8-results/checks.js';
import type { ControlTotals } from '../engine/r8-results/controls.js';
import type { Result } from '../engine/result.js';
import { LEDGER_COLUMNS } from '../ledger-specs/columns.js';
import { LEDGER_TITLES } from '../ledger-specs/ledgers.js';
import { groupThousands } from '../money.js';
import { unitsText } from '../pages/figures.js';
import { type Html, html, isolated } from '../pages/html.js';
import type { ReportSource } from './source.js';
import { tableHtml } from './table.js';
import { figuresOf } from './words.js';

type Fate = 'read' | 'used' | 'later' | 'setAside' | 'leftOut' | 'notRecords';

export function sourceSection({ calculation, version, inputs, closes }: ReportSource): Html {
  const { result } = calculation;
  const caption = 'Input files and their SHA-256';
  const files = inputs.map(({ role, file, sha256 }) => [
    isolated(file),
    role === 'config' ? 'the workspace' : LEDGER_TITLES[role],
    html`<code>${sha256}</code>`,
  ]);
  const plans = result.terms.plans.map(
    ({ id, level }) => html`<li>${isolated(id)}: level ${`${level.number}`}, ${level.name}</li>`,
  );
  return html`<section id="sources" aria-labelledby="sources-heading">
<h2 id="sources-heading">What this rests on</h2>
<h3>Control totals</h3>
${controlsHtml(result)}
<h3>Plans</h3>
<ul class="plain">${plans}</ul>
<h3>Inputs</h3>
${tableHtml({ caption, columns: [{ title: 'file' }, { title: 'what it is' }, { title: 'SHA-256', isLong: true }], rows: files }, caption)}
${closesHtml(closes)}
<p class="quiet">Made by comp ${version}. Checks ${CHECKED_RULES.join(', ')} passed. The same inputs make this page again, byte for byte.</p>
</section>\n`;
}

function controlsHtml(result: Result): Html {
  const { controls, asOf } = result;
  const isSeen = (fate: Fate) => [...controls.values()].some((totals) => totals[fate].rows > 0);
  const fates: readonly { readonly fate: Fate; readonly title: string }[] = [
    { fate: 'read' as const, title: 'read' },
    { fate: 'used' as const, title: 'used' },
    { fate: 'later' as const, title: `after ${asOf}` },
    { fate: 'setAside' as const, title: 'set aside' },
    ...(isSeen('leftOut') ? [{ fate: 'leftOut' as const, title: 'left out' }] : []),
    ...(isSeen('notRecords') ? [{ fate: 'notRecords' as const, title: 'no records' }] : []),
  ];
  const columns = [{ title: 'ledger' }, ...fates.map(({ title }) => ({ title, isNumber: true, span: 2 }))];
  const rows = [...controls].map(([name, totals]) => [
    LEDGER_TITLES[name],
    ...fates.flatMap(({ fate }) => [
      groupThousands(`${totals[fate].rows}`),
      fate === 'notRecords' || LEDGER_COLUMNS[name].amount === undefined
        ? ''
        : amountOf(result, totals, fate),
    ]),
  ]);
  const caption = `Rows and amounts of each ledger: what was read is used, later, or set aside, ${result.currency.code}`;
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
