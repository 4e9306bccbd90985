/** The styles of a statement, on top of those that all pages share. */
import { cssText } from '../pages/html.js';
import { STATE_STYLES } from '../pages/state.js';
import { SHARED_STYLES } from '../pages/style.js';

const STATEMENT = `
main { max-width: 50rem; margin: 0 auto; padding: 32px 24px 64px; }
h1 { font-size: 20px; line-height: 1.3; }
h2 { font-size: 16px; line-height: 1.3; }
.head { display: grid; grid-template-columns: 1fr auto; gap: 4px 24px; border-bottom: 1px solid var(--hairline); padding-bottom: 16px; }
.head .end { text-align: right; }
.paid { margin: 24px 0; }
.paid .line { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 16px; }
.paid h2 { font-size: 20px; display: flex; align-items: baseline; gap: 16px; }
.paid .amount { font-size: 40px; line-height: 1.2; }
.paid .reasons { margin-top: 8px; max-width: 42rem; }
.first { display: grid; grid-template-columns: 1fr 1fr; gap: 24px; align-items: start; }
.panel { background: var(--panel); padding: 16px; border-radius: 4px; }
.panel table { margin-top: 8px; }
.panel th { font-weight: 400; }
.panel tfoot th, .panel tfoot td { font-weight: 600; }
.panel h2 + p, .panel ul { margin-top: 8px; }
.panel ul { padding-left: 18px; }
.panel li + li { margin-top: 8px; }
.stack { display: grid; gap: 24px; }
.part { margin-top: 40px; }
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
.index td:first-child { color: inherit; }
.index tbody th, .index tbody td:not(.number) { min-width: 96px; }
.part td.what { min-width: 15rem; width: 50%; }
.scroll td:first-child, .scroll thead th:first-child { color: var(--quiet); width: 2rem; }
.part tbody th[scope="rowgroup"] { padding-top: 12px; }
.invoice { display: block; }
.date, .due { white-space: nowrap; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 24px; margin-top: 12px; align-items: start; }
dl { display: grid; grid-template-columns: minmax(9rem, auto) 1fr; gap: 4px 16px; margin-top: 8px; font-size: 14px; }
dt { font-weight: 600; }
dd { margin: 0; }
@media (max-width: 40rem) {
  main { padding: 16px; }
  .head, .first, .pair, dl { grid-template-columns: 1fr; }
  .head .end { text-align: left; }
  .paid .amount { font-size: 28px; }
  dt { margin-top: 8px; }
}
@media print {
  main { max-width: none; padding: 0; }
  h1 { font-size: 15pt; }
  h2, .paid h2 { font-size: 11.5pt; }
  .paid .amount { font-size: 24pt; }
  .paid { margin: 12pt 0; }
  .first { gap: 16pt; grid-template-columns: 1fr 1fr; }
  .head { grid-template-columns: 1fr auto; }
  .head .end { text-align: right; }
  .panel { border: 0.5pt solid var(--edge); padding: 8pt 10pt; break-inside: avoid; }
  .part { margin-top: 20pt; }
  .short, .account, .words, .help, .pair > table { break-inside: avoid; }
  .scroll { overflow: visible; }
  dl { font-size: 9.5pt; break-inside: avoid; }
  .pair { grid-template-columns: 1fr 1fr; }
}
`;

/** The styles of one statement: the margins of its printed pages name the rep and the period. */
export function statementStyles(margin: string): string {
  const text = 'font: 8.5pt system-ui, sans-serif; color: #55606E;';
  return `${SHARED_STYLES}${STATE_STYLES}${STATEMENT}
@page {
  @bottom-left { content: ${cssText(margin)}; ${text} }
  @bottom-right { content: "page " counter(page) " of " counter(pages); ${text} }
}
`;
}

/** The styles of the page that lists statements. */
export const INDEX_STYLES = `${SHARED_STYLES}${STATE_STYLES}${STATEMENT}`;
