/** The style of the report, besides what pages share. */

export const REPORT_STYLES = `
html { scroll-padding-top: 64px; }
body > header { position: sticky; top: 0; z-index: 2; display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 16px; padding: 10px max(24px, calc((100% - 1200px) / 2)); background: var(--page); border-bottom: 1px solid var(--hairline); }
main { max-width: 1248px; margin: 0 auto; padding: 12px 24px 24px; }
h1 { font-size: 20px; line-height: 1.4; }
h2 { font-size: 16px; line-height: 1.4; }
h3 { font-size: 14px; margin: 16px 0 4px; }
header p { color: var(--quiet); font-size: 14px; }
section { margin-top: 14px; }
.panes { columns: 2; column-gap: 16px; margin-top: 14px; }
.pane { display: inline-block; width: 100%; margin: 0 0 10px; padding: 8px 16px; border: 1px solid var(--hairline); border-radius: 6px; break-inside: avoid; vertical-align: top; }
.empty { margin-top: 4px; font-size: 14px; }
#sources p { font-size: 14px; }
.nowrap { white-space: nowrap; }
.skip { position: absolute; left: -9999px; }
.skip:focus { left: 8px; top: 8px; z-index: 3; padding: 8px 16px; background: var(--page); }
.lead { margin-bottom: 4px; max-width: 100ch; font-size: 14px; }
.ties-out { font-size: 14px; }
.tick { color: var(--up); font-weight: 600; }
.strip { list-style: none; display: grid; grid-template-columns: 1.2fr 1fr 0.9fr 1.15fr 0.85fr; gap: 1px; margin-top: 10px; border: 1px solid var(--hairline); border-radius: 6px; overflow: hidden; background: var(--hairline); }
.strip li { position: relative; display: flex; flex-direction: column; padding: 10px 16px; background: var(--panel); font-size: 13px; line-height: 1.35; }
.strip a { text-decoration: none; }
.strip a::after { content: ""; position: absolute; inset: 0; }
.strip li:hover a { text-decoration: underline; }
.strip .figure { margin: 2px 0; font-size: 20px; line-height: 1.3; white-space: nowrap; }
.currency { font-size: 12px; font-weight: 400; color: var(--quiet); }
.strip li:first-child .figure { font-size: 28px; line-height: 1.1; }
figure { display: flex; flex-direction: column; justify-content: space-between; margin: 0; min-width: 0; }
figure[hidden] { display: none; }
figcaption { font-size: 14px; line-height: 1.4; margin-bottom: 4px; }
.chart { display: block; width: 100%; height: auto; max-width: 450px; font-size: 12px; }
.chart.horizontal { display: none; }
.chart.horizontal.always { display: block; max-width: 440px; }
.hatch { position: absolute; }
.hatch path { stroke: var(--total); stroke-width: 1.5; }
#age .chart { max-width: 380px; }
.as-table { margin-top: 4px; }
summary { cursor: pointer; color: var(--up); width: fit-content; font-size: 14px; padding: 4px 0; }
.scroll { position: relative; overflow: auto; margin: 4px 0; }
.pane > .scroll { max-height: 150px; }
.pane > .scroll.few { max-height: none; }
#reps .scroll { max-height: 312px; }
#reps .scroll.few { max-height: none; }
#reps .scroll > table > thead th, .pane > .scroll thead th { position: sticky; top: 0; z-index: 1; background: var(--page); border-bottom: 0; box-shadow: inset 0 -1px var(--edge); }
#reps .scroll > table > tfoot > tr > *, .pane > .scroll tfoot > tr > * { position: sticky; bottom: 0; background: var(--page); border-top: 0; box-shadow: inset 0 1px var(--total); }
.pane table { font-size: 13px; }
.pane th, .pane td { padding: 4px 0 4px 12px; }
.pane th:first-child, .pane td:first-child { padding-left: 0; }
.below, .beside { font-size: 12px; color: var(--quiet); }
.below { display: block; }
.beside { display: inline-block; }
.mark { border: 1px solid var(--edge); border-radius: 3px; padding: 0 4px; font-size: 11px; color: var(--text); white-space: nowrap; }
.long { min-width: 240px; }
.group { text-align: center; }
.scroll td:last-child, .scroll th:last-child { padding-right: 2px; }
tbody th { font-weight: 400; }
.plain { list-style: none; }
code { font: 12px/1.4 ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.controls { display: flex; flex-wrap: wrap; gap: 8px 20px; align-items: center; margin: 8px 0 4px; }
.controls h2 { margin-right: auto; }
.controls label { display: flex; align-items: center; gap: 8px; font-size: 14px; color: var(--quiet); }
.about { font-size: 14px; }
button, select, input { font: inherit; font-size: 14px; color: var(--text); background: var(--page); border: 1px solid var(--edge); border-radius: 4px; padding: 6px 10px; }
input { min-width: 0; width: 260px; max-width: 100%; }
.controls select, .controls input, .controls button { box-sizing: border-box; height: 32px; padding: 2px 8px; }
button { cursor: pointer; }
button[hidden] { display: none; }
#rep-table th button { border: 0; padding: 2px 0; background: none; text-align: inherit; line-height: 1.3; }
#rep-table thead th { vertical-align: bottom; }
#rep-table thead th[aria-sort] { color: var(--text); font-weight: 600; }
#rep-table thead th[aria-sort] button { font-weight: 600; }
#rep-table thead th[aria-sort] button::after { content: " ↓"; content: " ↓" / ""; }
#rep-table thead th[aria-sort="ascending"] button::after { content: " ↑"; content: " ↑" / ""; }
#rep-table thead button { color: inherit; }
#rep-table button:focus-visible { outline-offset: -2px; }
#rep-table tbody .open { color: var(--up); text-align: left; }
#rep-table .person { font-size: 12px; color: var(--quiet); padding-left: 8px; }
#rep-table .basis { display: block; font-size: 12px; color: var(--quiet); }
#rep-table > tbody > tr > th { min-width: 112px; max-width: 300px; white-space: normal; overflow-wrap: anywhere; }
#rep-table .open::before { content: "▸"; content: "▸" / ""; display: inline-block; width: 1.1em; }
#rep-table .open[aria-expanded="true"]::before { content: "▾"; content: "▾" / ""; }
#rep-table th, #rep-table td { padding-top: 4px; padding-bottom: 4px; vertical-align: baseline; }
#rep-table .paid { font-weight: 600; }
#rep-table tbody .detail td { padding: 0 0 24px; }
.detail h3 { margin-top: 8px; }
.detail .sums { display: grid; grid-template-columns: repeat(auto-fit, minmax(240px, 340px)); gap: 8px 48px; }
.detail table { background: none; }
.detail .sums table { margin-top: 8px; }
.detail p, .detail .scroll { margin-top: 16px; }
#rep-table .detail table td, #rep-table .detail table th { padding: 4px 0 4px 16px; }
#rep-table .detail table th:first-child, #rep-table .detail table td:first-child { padding-left: 0; }
#rep-table tbody .detail > td { white-space: normal; }
.detail > td > div { contain: inline-size; padding: 8px 16px 16px; background: var(--panel); border-radius: 6px; }
.of-phone { display: none; }
.more { margin-top: 8px; }
@media (scripting: none) { .controls label, .controls button, .more, #found { display: none; } }
@media (max-width: 1000px) { .panes { columns: 1; } .strip { grid-template-columns: 1fr 1fr; } .strip li:first-child { grid-column: 1 / -1; } }
@media (max-width: 760px) {
  html { scroll-padding-top: 88px; }
  body > header { padding: 8px 16px; }
  main { padding: 16px 16px 48px; }
  section { margin-top: 24px; }
  .pane { padding: 12px; }
  .pane .wide, #months .wide { display: none; }
  .strip { grid-template-columns: 1fr; }
  .chart.vertical { display: none; }
  .chart.horizontal { display: block; max-width: 480px; }
  figcaption { margin-bottom: 8px; }
  .controls label { width: 100%; flex-direction: column; align-items: stretch; gap: 0; }
  .controls input { width: 100%; }
  #rep-table .person { display: block; padding-left: 15.4px; }
  #rep-table > thead .wide, #rep-table > tbody > tr > .wide, #rep-table > tfoot .wide { display: none; }
  .of-phone { display: block; }
  #rep-table td, #rep-table th, #sources td:not(.long), #sources th { white-space: nowrap; }
  .pane .long { min-width: 0; }
  .pane > .scroll { max-height: 320px; }
  .pane > .scroll.few { max-height: none; }
  #rep-table tbody .open { white-space: normal; }
  .long code { display: block; width: 32ch; }
}
@media (forced-colors: active) {
  .chart path { stroke: CanvasText; }
  .chart text { fill: CanvasText; }
}
@page { size: landscape; margin: 12mm; }
@media print {
  body > header { position: static; }
  .skip, .controls label, .controls button, .more, summary, .strip a::after { display: none; }
  .scroll, #reps .scroll, .pane > .scroll, .pane > .scroll.few { overflow: visible; max-height: none; }
  #reps .scroll > table > thead th, .pane > .scroll thead th, #reps .scroll > table > tfoot > tr > *, .pane > .scroll tfoot > tr > * { position: static; box-shadow: none; }
  #reps .scroll > table > thead th, .pane > .scroll thead th { border-bottom: 0.5pt solid var(--edge); }
  #reps .scroll > table > tfoot > tr > *, .pane > .scroll tfoot > tr > * { border-top: 0.5pt solid var(--total); }
  .sources::details-content { content-visibility: visible; display: block; height: auto; }
  section { margin-top: 12pt; }
  main, body > header { padding: 0; max-width: none; }
  .panes { columns: 2; column-gap: 8pt; margin-top: 8pt; }
  .pane { display: block; break-inside: auto; padding: 6pt 8pt; margin-bottom: 8pt; }
  .pane table { font-size: 7.5pt; }
  .below, .beside, .mark, #rep-table .basis { font-size: 7pt; }
  h1 { font-size: 14pt; }
  h2 { font-size: 10pt; }
  .lead, .ties-out, .empty, .about, figcaption { font-size: 8.5pt; }
  .chart { max-width: 400px; }
  .strip { grid-template-columns: repeat(5, 1fr); background: none; }
  .strip li { padding: 6px 8px; background: none; font-size: 8pt; }
  .strip li:first-child { grid-column: auto; }
  .strip .figure, .strip li:first-child .figure { font-size: 12pt; }
  figure, .strip { break-inside: avoid; }
  table { font-size: 8pt; }
  th, td { padding-left: 8px; }
  .lead { break-after: avoid; }
  #rep-table thead button { display: contents; }
  #rep-table button { font-size: 8pt; color: inherit; outline: none; }
  #rep-table tbody .open { color: inherit; padding: 0; }
  #rep-table th, #rep-table td { padding: 3px 0 3px 8px; }
  #rep-table .open::before, #rep-table thead th button::after { content: none; }
}
`;
