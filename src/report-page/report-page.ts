/** The close report: one page of HTML that needs no other file, from a calculation to its text. */
import type { Result } from '../engine/result.js';
import { longDayText } from '../pages/figures.js';
import { Html, html, isolated } from '../pages/html.js';
import { policyOf, SHARED_STYLES } from '../pages/style.js';
import { ageSection } from './age-section.js';
import { attentionSection } from './attention-section.js';
import { HATCH } from './charts.js';
import { largestSection, upcomingSection } from './clawback-section.js';
import { lateSection, shortPaySection } from './customer-section.js';
import { levelHtml, stripHtml, tieOutHtml } from './first-screen.js';
import { paySection, waitingSection } from './flow-section.js';
import { quarterFlows } from './flows.js';
import { movementsOf } from './movements.js';
import { openOf } from './open.js';
import { pageData } from './page-data.js';
import { dataHtml, repSection } from './rep-section.js';
import { PAGE_SCRIPT } from './script.js';
import type { ReportSource } from './source.js';
import { sourceSection } from './source-section.js';
import { REPORT_STYLES } from './style.js';
import { counted } from './words.js';

const STYLES = SHARED_STYLES + REPORT_STYLES;

/** The page, in pieces that are written one after another. The same inputs give the same bytes. */
export function* reportPage(source: ReportSource): Iterable<string> {
  const { result } = source;
  if (result.quarters.length === 0) {
    yield `${shell(source, emptyHtml(source), undefined)}`;
    return;
  }
  const [open, movements, flows] = [openOf(result), movementsOf(result), quarterFlows(result)];
  const data = pageData(result, source.room);
  const body = html`${levelHtml(source.level)}${tieOutHtml(result)}${stripHtml(result, open, movements)}${HATCH}
${waitingSection(result, flows)}${paySection(result, flows)}${ageSection(result, open)}${upcomingSection(result, open)}${largestSection(result, movements)}${lateSection(result, open)}${shortPaySection(result, open)}${attentionSection(source, movements)}${repSection(result, data)}${sourceSection(source)}`;
  yield `${shell(source, body, dataHtml(data))}`;
}

function shell({ result }: ReportSource, body: Html, data: Html | undefined): Html {
  const { payPeriod, asOf, currency } = result;
  const script = data === undefined ? [] : [PAGE_SCRIPT];
  const title = `Close report ${payPeriod}, as of ${asOf}`;
  const scripts =
    data === undefined ? undefined : html`${data}<script type="module">${Html.of(PAGE_SCRIPT)}</script>\n`;
  return html`${Html.of('<!doctype html>')}
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyOf([STYLES], script)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${Html.of(STYLES)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the figures</a>
<header><h1>Close report <span class="nowrap">${payPeriod}</span></h1><p>${ofCompany(result)}As of <span class="nowrap">${longDayText(asOf)}</span> · ${currency.code} · ${summaryText(result)}</p></header>
<main id="main">
${body}</main>
${scripts}</body>
</html>
`;
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
  const { result } = source;
  return html`${tieOutHtml(result)}<p class="lead">No events up to ${result.asOf}: no invoice with a plan is booked by then.</p>${sourceSection(source)}`;
}
