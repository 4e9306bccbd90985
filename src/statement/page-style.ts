/** The styles of a statement, on top of those that all pages share. */
import { cssText } from '../pages/html.js';
import { STATE_STYLES } from '../pages/state.js';
import { SHARED_STYLES } from '../pages/style.js';

const STATEMENT = `
main { max-width: 54rem; margin: 0 auto; padding: 32px 24px 64px; }
h1 { font-size: 20px; line-height: 1.3; }
h2 { font-size: 16px; line-height: 1.3; }
.head { display: grid; grid-template-columns: 1fr auto; gap: 4px 24px; border-bottom: 1px solid var(--hairline); padding-bottom: 16px; }
.head .end { text-align: right; }
.head .state { grid-column: 1 / -1; }
.paid { margin: 24px 0; }
.paid .line { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 16px; }
.paid h2 { font-size: 20px; display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 16px; }
.paid .amount { font-size: 40px; line-height: 1.2; }
.paid .reasons { margin-top: 8px; max-width: 42rem; }
.first { display: grid; grid-template-columns: 1fr 1fr; gap: 16px; align-items: stretch; }
.panel { background: var(--panel); padding: 16px; border-radius: 4px; }
.panel table { margin-top: 8px; }
.panel th { font-weight: 400; }
.panel tfoot th, .panel tfoot td { font-weight: 600; }
.panel h2 + p, .panel ul { margin-top: 8px; }
.panel p, .panel ul { font-size: 14px; }
.panel ul { padding-left: 18px; }
.panel li + li { margin-top: 4px; }
.outlook { margin-top: 16px; }
.stack { display: flex; flex-direction: column; gap: 16px; }
.stack > :last-child { flex: 1; }
.first > .stack:only-child { grid-column: 1 / -1; display: grid; grid-template-columns: repeat(auto-fit, minmax(16rem, 1fr)); }
.quota-bar { display: block; width: 100%; max-width: 420px; height: auto; margin-top: 12px; font-size: 12px; }
.quota-bar .track { fill: var(--page); stroke: var(--edge); }
.quota-bar .reached { fill: var(--up); }
.quota-bar .mark { stroke: var(--text); }
.quota-bar text { fill: var(--quiet); }
.part { margin-top: 32px; }
.part > h2 { display: flex; justify-content: space-between; gap: 16px; border-bottom: 2px solid var(--total); padding-bottom: 6px; }
.part > p { margin-top: 8px; }
.scroll { position: relative; overflow-x: auto; }
.part caption { color: var(--quiet); padding: 8px 0 2px; }
.where { white-space: nowrap; }
table.rates { width: auto; margin-top: 8px; }
.pair th, .months th, .index tbody th { font-weight: 400; }
.pair tfoot th, .months tfoot th { font-weight: 600; }
.months { max-width: 24rem; margin-top: 16px; }
.part > p:not(.quiet) { font-size: 14px; }
.part > .note { color: var(--quiet); }
.lines .no, .lines thead th:first-child { color: var(--quiet); width: 2rem; }
.lines td.who { min-width: 9rem; width: 22%; }
.lines td.what { min-width: 14rem; width: 44%; }
.lines td.amount { font-weight: 600; }
.lines tbody th[scope="rowgroup"] { padding-top: 12px; }
.invoice, .instalment { color: var(--quiet); }
.instalment { white-space: nowrap; }
.mark { display: inline-block; border: 1px solid var(--edge); border-radius: 3px; padding: 0 5px; font-size: 12px; line-height: 1.4; color: var(--text); }
.date, .due { white-space: nowrap; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 24px; margin-top: 12px; align-items: start; }
.quota p { font-size: 14px; }
.quota p + p, .rates + p { margin-top: 12px; }
.last { margin-top: 0; grid-template-columns: 3fr 2fr; gap: 0 24px; }
dl { display: grid; grid-template-columns: minmax(9rem, auto) 1fr; gap: 4px 16px; margin-top: 8px; font-size: 14px; }
dl > div { display: contents; }
dt { font-weight: 600; }
dd { margin: 0; }
.signatures { display: none; }
@media (max-width: 40rem) {
  main { padding: 16px; }
  .head, .first, .pair, .last { grid-template-columns: minmax(0, 1fr); }
  .head .end { text-align: left; }
  .paid .amount { font-size: 28px; }
  .part > h2 { flex-wrap: wrap; gap: 0 16px; }
  .part > h2 .number { margin-left: auto; }
  dl { display: block; }
  dl > div { display: block; margin-top: 8px; }
}
@media screen and (max-width: 40rem) {
  .lines, .lines tbody, .lines tfoot { display: block; }
  .lines thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .lines caption { display: block; }
  .lines tr { display: grid; grid-template-columns: 1.75rem minmax(0, 1fr) auto; gap: 2px 8px; padding: 8px 0; }
  .lines tbody tr + tr, .lines tbody + tbody { border-top: 1px solid var(--hairline); }
  .lines tr > td, .lines tr > th, .lines tfoot > tr:first-child > *, .lines tbody tr + tr > * { padding: 0; border: 0; min-width: 0; width: auto; }
  .lines .no { grid-column: 1; }
  .lines .who { grid-column: 2; }
  .lines .amount { grid-column: 3; grid-row: 1; }
  .lines .date { grid-column: 2; color: var(--quiet); }
  .lines .rate { grid-column: 3; grid-row: 2; color: var(--quiet); max-width: 9rem; white-space: normal; }
  .lines td.what { grid-column: 2 / -1; width: auto; }
  .lines td.fact { grid-column: 2 / -1; display: flex; justify-content: space-between; gap: 16px; color: var(--quiet); }
  .lines td.fact:empty { display: none; }
  .lines td.fact::before { content: attr(data-heading); }
  .lines tfoot tr { border-top: 1px solid var(--total); }
  .lines tbody th[scope="rowgroup"] { grid-column: 1 / -1; }
}
@media print {
  .screen { display: none; }
  @page { margin: 8mm 13mm 10mm; }
  html { font-size: 8.5pt; line-height: 1.25; }
  table, dl, .state, .panel p, .panel ul, .part > p, .part > p:not(.quiet) { font-size: 7.5pt; }
  th, td { padding-top: 1pt; padding-bottom: 1pt; padding-left: 7pt; line-height: 1.2; }
  main { max-width: none; padding: 0; }
  h1 { font-size: 13pt; }
  h2, .paid h2 { font-size: 9pt; }
  .head { grid-template-columns: 1fr auto; gap: 0 24pt; padding-bottom: 3pt; }
  .head .end, .head .state { text-align: right; }
  .head .state { grid-column: auto; }
  .paid { margin: 2pt 0 4pt; }
  .paid .amount { font-size: 17pt; line-height: 1.1; }
  .paid .reasons { margin-top: 1pt; max-width: none; }
  .first { gap: 5pt; grid-template-columns: 1fr 1fr; }
  .stack { gap: 5pt; }
  main:has(.account) .rest { display: none; }
  .panel { border: 0.5pt solid var(--edge); padding: 3pt 7pt; break-inside: avoid; }
  .panel table, .panel h2 + p, .panel ul { margin-top: 1pt; }
  .panel ul { line-height: 1.15; font-size: 7.25pt; }
  .panel li + li { margin-top: 0; }
  .outlook { margin-top: 5pt; }
  .quota-bar { margin-top: 3pt; max-width: 240px; }
  .part { margin-top: 4pt; }
  .part.quiet { font-size: 7.5pt; }
  .part > h2 { border-bottom-width: 1pt; padding-bottom: 1pt; }
  .part > p, dl, .pair { margin-top: 2pt; }
  .part caption { padding: 1pt 0 0; }
  .lines .no, .lines thead th:first-child { width: 12pt; }
  .lines td.who { width: 31%; }
  .lines tr:has(.what) td.who { width: auto; min-width: 0; }
  .lines td.what { width: auto; min-width: 0; }
  .short .lines tfoot { display: none; }
  section:has(> h2#risk) ~ section:has(> h2#risk-later) caption { display: none; }
  .short, .account, .words, .help, .pair > table { break-inside: avoid; }
  .scroll { overflow: visible; }
  .mark { border-width: 0.5pt; font-size: 6.5pt; padding: 0 2pt; line-height: 1.1; }
  .months { margin-top: 3pt; }
  table.rates, .rates tbody, .rates td { display: inline; padding: 0; border: 0; }
  .rates thead { display: none; }
  .rates tr { display: inline-block; margin-right: 12pt; }
  .rates td:first-child::before { content: "from "; }
  .rates td + td::before { content: ": "; }
  .account { display: flex; gap: 0 12pt; align-items: baseline; }
  .account > h2 { border: 0; white-space: nowrap; }
  .account > .pair { display: block; margin: 0; }
  .account table, .account caption, .account tbody, .account tfoot { display: inline; padding: 0; }
  .account table { display: block; }
  .account caption::after { content: ":"; }
  .account tr { display: inline-block; margin-left: 9pt; }
  .account table tbody > tr > *, .account table tfoot > tr:first-child > * { display: inline; padding: 0; border: 0; }
  .account td::before { content: " "; }
  .words dl { display: block; font-size: 7.5pt; margin: 0; }
  .words dl > div { display: inline; }
  .words dl > div + div::before { content: " · "; }
  .words dt, .words dd { display: inline; }
  .pair { grid-template-columns: 1fr 1fr; gap: 16pt; }
  .last { display: block; margin-top: 4pt; }
  .last > .part { margin-top: 2pt; font-size: 7.5pt; }
  .last h2, .last dl, .last p { display: inline; }
  .last h2 { font-size: 7.5pt; border: 0; padding: 0 6pt 0 0; }
  .last h2::after { content: ":"; }
  .quota p { font-size: 7.5pt; }
  .quota dl { gap: 0 12pt; }
  .quota dl:has(dt:nth-of-type(5)) :is(dt, dd):nth-of-type(-n + 3) { display: none; }
  .signatures { display: grid; grid-template-columns: repeat(3, 1fr); gap: 20pt; margin-top: 11pt; list-style: none; break-inside: avoid; }
  .signatures li { border-top: 0.5pt solid var(--text); padding-top: 1pt; font-size: 7.5pt; color: var(--quiet); }
}
`;

const INDEX = `
.controls { display: flex; flex-wrap: wrap; gap: 4px 20px; align-items: center; margin-top: 12px; font-size: 14px; }
.controls label { display: flex; align-items: center; gap: 8px; color: var(--quiet); }
input { font: inherit; color: var(--text); background: var(--page); border: 1px solid var(--edge); border-radius: 4px; padding: 4px 8px; width: 220px; max-width: 100%; min-width: 0; }
.groups { display: flex; flex-wrap: wrap; gap: 4px 16px; list-style: none; margin-left: auto; }
.index .group th { font-weight: 600; padding-top: 16px; scroll-margin-top: 48px; }
.index .scroll { overflow: visible; }
.index th, .index td { padding-top: 4px; padding-bottom: 4px; }
.index thead th { position: sticky; top: 0; background: var(--page); border-bottom: 0; box-shadow: inset 0 -1px var(--edge); }
.index tfoot > tr > * { position: sticky; bottom: 0; background: var(--page); border-top: 0; box-shadow: inset 0 1px var(--total); padding-bottom: 10px; }
[hidden] { display: none; }
@media (scripting: none) { .controls label { display: none; } }
@media (max-width: 40rem) { .groups { margin-left: 0; } }
@media screen and (max-width: 40rem) {
  .index table, .index tbody, .index tfoot { display: block; }
  .index thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .index tbody[hidden], .index tr[hidden] { display: none; }
  .index tr { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 12px; padding: 6px 0; }
  .index tbody tr + tr, .index tbody + tbody { border-top: 1px solid var(--hairline); }
  .index tr > *, .index tfoot > tr > *, .index tbody tr + tr > * { position: static; padding: 0; border: 0; box-shadow: none; min-width: 0; }
  .index tfoot { position: sticky; bottom: 0; background: var(--page); border-top: 1px solid var(--total); }
  .index .due { grid-column: 2; grid-row: 1; font-weight: 600; }
  .index caption { display: block; }
  .index .waiting, .index .owed { grid-column: 2; color: var(--quiet); font-size: 12px; }
  .index .waiting { grid-row: 2; }
  .index .owed:has([aria-hidden]), .index .waiting:has([aria-hidden]) { display: none; }
  .index .waiting::before { content: "waiting "; }
  .index .owed::before { content: "to be repaid "; }
  .index tfoot td:not(.number) { display: none; }
  .index .group th { grid-column: 1 / -1; }
}
@media print {
  .controls { display: none; }
  .index thead th, .index tfoot > tr > * { position: static; box-shadow: none; }
  .index thead th { border-bottom: 0.5pt solid var(--edge); }
  .index tfoot > tr > * { border-top: 0.5pt solid var(--total); }
}
`;

/** The styles of one statement: the margins of its printed pages name the rep and the period. */
export function statementStyles(margin: string): string {
  const text = 'font: 8pt system-ui, sans-serif; color: #55606E;';
  return `${SHARED_STYLES}${STATE_STYLES}${STATEMENT}
@page {
  @bottom-left { content: ${cssText(margin)}; ${text} }
  @bottom-right { content: "page " counter(page) " of " counter(pages); ${text} }
}
`;
}

/** The styles of the page that lists statements. */
export const INDEX_STYLES = `${SHARED_STYLES}${STATE_STYLES}${STATEMENT}${INDEX}`;
