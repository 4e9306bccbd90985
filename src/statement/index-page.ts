/** The page that lists the statements of a period: what each rep is paid, waits for and still has to repay. */
import { amountText, dayText, figureOf, stretchText } from '../pages/figures.js';
import { type Html, html, isolated } from '../pages/html.js';
import { pageOf } from '../pages/page.js';
import { stateHtml } from '../pages/state.js';
import { fileNameOf } from './file-names.js';
import { INDEX_STYLES } from './page-style.js';
import type { Statement } from './statement.js';

/** @param statements - of one period and workspace; at least one */
export function indexPage(statements: readonly Statement[]): Html {
  const [{ company, period, currency, until, state }] = statements as [Statement];
  const sum = (of: (statement: Statement) => bigint) => statements.reduce((all, one) => all + of(one), 0n);
  const hasNames = statements.some(({ person }) => person !== undefined);
  const rows = statements.map(({ repId, person, row }) => {
    const left =
      person?.left === undefined ? undefined : html` <span class="quiet">left ${dayText(person.left)}</span>`;
    return html`<tr><th scope="row"><a href="${fileNameOf(period.name, repId)}.html">${isolated(repId)}</a></th>${hasNames ? html`<td>${person === undefined ? undefined : isolated(person.name)}${left}</td>` : undefined}<td class="number">${figureOf(row.paid, currency)}</td><td class="number">${figureOf(row.held, currency)}</td><td class="number">${figureOf(row.owed, currency)}</td></tr>`;
  });
  const body = html`<main>
<header class="head"><h1>Commission statements</h1><p class="end">${period.name}, ${stretchText(period.from, period.to)}</p>
<p>${company.name === undefined ? undefined : isolated(company.name)}</p><p class="end quiet">Figures in ${currency.code} as of ${dayText(until)}</p>${stateHtml(state)}</header>
<section class="part index" aria-labelledby="list"><h2 id="list"><span>${`${statements.length}`} ${statements.length === 1 ? 'statement' : 'statements'}</span></h2>
<div class="scroll" role="region" tabindex="0" aria-labelledby="figures"><table><caption id="figures">What each rep is paid, waits for and still has to repay</caption>
<thead><tr><th scope="col">Rep</th>${hasNames ? html`<th scope="col">Name</th>` : undefined}<th scope="col" class="number">Paid</th><th scope="col" class="number">Waiting</th><th scope="col" class="number">To be repaid</th></tr></thead>
<tbody>${rows}</tbody>
<tfoot><tr><th scope="row">Total</th>${hasNames ? html`<td></td>` : undefined}<td class="number">${amountText(
    sum((one) => one.row.paid),
    currency,
  )}</td><td class="number">${amountText(
    sum((one) => one.row.held),
    currency,
  )}</td><td class="number">${amountText(
    sum((one) => one.row.owed),
    currency,
  )}</td></tr></tfoot></table></div></section>
</main>`;
  return pageOf({ title: `Commission statements ${period.name}`, styles: INDEX_STYLES, body });
}
