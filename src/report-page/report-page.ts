/** The close report: a single self-contained page of HTML, from a calculation to its text. */
import { HATCH } from '../charts/drawing.js';
import { type PeriodState, stateOfResult } from '../closing/period-state.js';
import { counted } from '../counted.js';
import type { Result } from '../engine/result.js';
import { longDayText } from '../pages/figures.js';
import { type Html, html, isolated } from '../pages/html.js';
import { pageOf } from '../pages/page.js';
import { STATE_STYLES, stateHtml } from '../pages/state.js';
import { SHARED_STYLES } from '../pages/style.js';
import { ageSection } from './age-section.js';
import { exceptionSection, findAdjustmentSection, movedSection } from './attention-section.js';
import { findBesideSection } from './beside-section.js';
import { largestSection, laterSection, upcomingSection } from './clawback-section.js';
import { lateSection, shortPaySection } from './customer-section.js';
import { levelHtml, stripHtml, tieOutHtml } from './first-screen.js';
import { paySection, waitingSection } from './flow-section.js';
import { quarterFlows } from './flows.js';
import { findMonthSection } from './month-section.js';
import { movementsOf } from './movements.js';
import { openOf } from './open.js';
import { pageData } from './page-data.js';
import { dataHtml, repSection } from './rep-section.js';
import { PAGE_SCRIPT } from './script.js';
import { emptyLineHtml, panesHtml } from './section.js';
import type { ReportSource } from './source.js';
import { sourceSection } from './source-section.js';
import { REPORT_STYLES } from './style.js';

const STYLES = SHARED_STYLES + STATE_STYLES + REPORT_STYLES;

/** The page. The same inputs give the same bytes. */
export function reportPage(source: ReportSource): Html {
  const { calculation } = source;
  const { result } = calculation;
  const { state = stateOfResult(result, []) } = source;
  const { payPeriod, asOf } = result;
  const title = `Close report ${payPeriod}, as of ${asOf}${state.kind === 'draft' ? ' (draft)' : ''}`;
  if (result.quarters.length === 0) {
    return pageOf({ title, styles: STYLES, body: bodyOf(result, state, emptyHtml(source)) });
  }
  const [open, movements, flows] = [openOf(calculation), movementsOf(result), quarterFlows(result)];
  const data = pageData(calculation, source.room, open.disputed.invoiceIds);
  const adjustments = findAdjustmentSection(result);
  const later = laterSection(result, open);
  const beside = findBesideSection(result);
  const sections = [
    paySection(result, flows),
    ...(beside === undefined ? [] : [beside]),
    waitingSection(result, flows),
    exceptionSection(source),
    movedSection(result, movements),
    ...(adjustments === undefined ? [] : [adjustments]),
    upcomingSection(result, open),
    ...(later === undefined ? [] : [later]),
    largestSection(result, movements),
    ageSection(result, open),
    lateSection(result, open),
    shortPaySection(result, open),
  ];
  const main = html`${levelHtml(source.level)}${tieOutHtml(result)}${stripHtml(result, open, movements)}${HATCH}
${repSection(calculation, data)}${findMonthSection(result)}${panesHtml(sections)}${emptyLineHtml(sections)}${sourceSection(source)}`;
  const body = html`${bodyOf(result, state, main)}
${dataHtml(data)}`;
  return pageOf({ title, styles: STYLES, body, script: PAGE_SCRIPT });
}

function bodyOf(result: Result, state: PeriodState, main: Html): Html {
  const { payPeriod, asOf, currency } = result;
  return html`<a class="skip" href="#main">Skip to the figures</a>
<header><h1>Close report <span class="nowrap">${payPeriod}</span></h1><p>${ofCompany(result)}As of <span class="nowrap">${longDayText(asOf)}</span> · ${currency.code} · ${summaryText(result)}</p>${stateHtml(state)}</header>
<main id="main">
${main}</main>`;
}

function ofCompany({ terms }: Result): Html | undefined {
  const { name } = terms.company;
  return name === undefined ? undefined : html`${isolated(name)} · `;
}

function summaryText({ quarters, controls }: Result): string {
  const reps = new Set(quarters.map(({ repId }) => repId)).size;
  const invoices = controls.get('invoices');
  return `${counted(reps, 'rep')}, ${counted(invoices?.usedDocuments ?? invoices?.used.rows ?? 0, 'invoice')}`;
}

function emptyHtml(source: ReportSource): Html {
  const { result } = source.calculation;
  return html`${tieOutHtml(result)}<p class="lead">No events up to ${result.asOf}: no invoice with a plan is booked by then.</p>${sourceSection(source)}`;
}
