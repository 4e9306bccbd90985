/** The page that lists the statements of a period: what each rep is paid, waits for and still has to repay. */
import { counted } from '../counted.js';
import { amountText, dayText, figureOf, stretchText } from '../pages/figures.js';
import { type Html, html, isolated } from '../pages/html.js';
import { pageOf } from '../pages/page.js';
import { stateHtml } from '../pages/state.js';
import { fileNameOf } from './file-names.js';
import { INDEX_SCRIPT } from './index-script.js';
import { INDEX_STYLES } from './page-style.js';
import type { Statement } from './statement.js';

/** Reps who are alike to payroll: its name, and who is in it. */
interface Group {
  readonly id: string;
  readonly name: string;
  readonly statements: readonly Statement[];
}

/** @param statements - of one period and workspace; at least one */
export function indexPage(statements: readonly Statement[]): Html {
  const [{ company, period, currency, until, state }] = statements as [Statement];
  const hasNames = statements.some(({ person }) => person !== undefined);
  const groups = groupsOf(statements);
  const sum = (of: (statement: Statement) => bigint) =>
    amountText(
      statements.reduce((all, one) => all + of(one), 0n),
      currency,
    );
  const heads = ['Paid', 'Waiting', 'To be repaid'].map(
    (head) => html`<th role="columnheader" scope="col" class="number">${head}</th>`,
  );
  const body = html`<main>
<header class="head"><h1>Commission statements</h1><p class="end">${period.name}, ${stretchText(period.from, period.to)}</p>
<p>${company.name === undefined ? undefined : isolated(company.name)}</p><p class="end quiet">Figures in ${currency.code} as of ${dayText(until)}</p>${stateHtml(state)}</header>
<section class="part index" aria-labelledby="list"><h2 id="list"><span>${counted(statements.length, 'statement')}</span></h2>
<div class="controls"><label>Rep or name <input id="filter" type="search" autocomplete="off" spellcheck="false"></label><p id="found" role="status"></p>${groupLinks(groups)}</div>
<div class="scroll" role="region" tabindex="0" aria-labelledby="figures"><table role="table"><caption id="figures">What each rep is paid, waits for and still has to repay</caption>
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Rep</th>${hasNames ? html`<th role="columnheader" scope="col">Name</th>` : undefined}${heads}</tr></thead>
${groups.map((group) => groupHtml(group, groups.length > 1, hasNames))}
<tfoot role="rowgroup"><tr role="row"><th role="rowheader" scope="row" id="total">Total</th>${hasNames ? html`<td role="cell"></td>` : undefined}<td role="cell" class="number due">${sum(({ row }) => row.paid)}</td><td role="cell" class="number waiting">${sum(({ row }) => row.held)}</td><td role="cell" class="number owed">${sum(({ row }) => row.owed)}</td></tr></tfoot></table></div></section>
</main>`;
  const title = `Commission statements ${period.name}`;
  return pageOf({ title, styles: INDEX_STYLES, body, script: INDEX_SCRIPT });
}

/** Who is paid, who still has to repay something, and for whom nothing is paid; those that have anyone. */
function groupsOf(statements: readonly Statement[]): Group[] {
  const owing = statements.filter(({ row }) => row.owed !== 0n);
  const paid = statements.filter(({ row }) => row.owed === 0n && row.paid !== 0n);
  const rest = statements.filter(({ row }) => row.owed === 0n && row.paid === 0n);
  return [
    { id: 'paid', name: 'Paid', statements: paid },
    { id: 'owing', name: 'Something is still to be repaid', statements: owing },
    { id: 'unpaid', name: 'Nothing is paid', statements: rest },
  ].filter((group) => group.statements.length > 0);
}

function groupLinks(groups: readonly Group[]): Html | undefined {
  if (groups.length < 2) return undefined;
  return html`<ul class="groups">${groups.map(
    (group) => html`<li><a href="#${group.id}">${group.name}: ${`${group.statements.length}`}</a></li>`,
  )}</ul>`;
}

function groupHtml({ id, name, statements }: Group, isNamed: boolean, hasNames: boolean): Html {
  const heading = html`<tr role="row" class="group"><th role="rowheader" scope="rowgroup" id="${id}" colspan="${hasNames ? '5' : '4'}">${name}</th></tr>\n`;
  return html`<tbody role="rowgroup">${isNamed ? heading : undefined}${statements.map((one) => rowHtml(one, hasNames))}</tbody>`;
}

function rowHtml({ repId, person, period, row, currency }: Statement, hasNames: boolean): Html {
  const left =
    person?.left === undefined ? undefined : html` <span class="quiet">left ${dayText(person.left)}</span>`;
  const name = person === undefined ? undefined : isolated(person.name);
  const cell = (kind: string, amount: bigint) =>
    html`<td role="cell" class="number ${kind}">${figureOf(amount, currency)}</td>`;
  return html`<tr role="row"><th role="rowheader" scope="row"><a href="${fileNameOf(period.name, repId)}.html">${isolated(repId)}</a></th>${hasNames ? html`<td role="cell">${name}${left}</td>` : undefined}${cell('due', row.paid)}${cell('waiting', row.held)}${cell('owed', row.owed)}</tr>\n`;
}
