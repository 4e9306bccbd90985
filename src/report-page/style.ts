/** The style of the report, besides what pages share. */

export const REPORT_STYLES = `
html { scroll-padding-top: 64px; }
body > header { position: sticky; top: 0; z-index: 2; display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 16px; padding: 10px max(24px, calc((100% - 1200px) / 2)); background: var(--page); border-bottom: 1px solid var(--hairline); }
main { max-width: 1248px; margin: 0 auto; padding: 24px 24px 64px; }
h1 { font-size: 20px; line-height: 1.4; }
h2 { font-size: 20px; line-height: 1.4; margin-bottom: 4px; }
h3 { font-size: 16px; margin: 24px 0 4px; }
header p { color: var(--quiet); font-size: 14px; }
section { margin-top: 56px; }
.nowrap { white-space: nowrap; }
.skip { position: absolute; left: -9999px; }
.skip:focus { left: 8px; top: 8px; z-index: 3; padding: 8px 16px; background: var(--page); }
.lead { margin-bottom: 8px; max-width: 72ch; }
.ties-out { max-width: 96ch; }
.tick { color: var(--up); font-weight: 600; }
.strip { list-style: none; display: grid; grid-template-columns: repeat(5, 1fr); gap: 1px; margin-top: 20px; border: 1px solid var(--hairline); border-radius: 6px; overflow: hidden; background: var(--hairline); }
.strip li { position: relative; display: flex; flex-direction: column; padding: 16px; background: var(--panel); font-size: 14px; line-height: 1.4; }
.strip a { text-decoration: none; }
.strip a::after { content: ""; position: absolute; inset: 0; }
.strip li:hover a { text-decoration: underline; }
.strip .figure { margin: 4px 0; font-size: 20px; line-height: 1.3; }
.strip li:first-child .figure { font-size: 28px; line-height: 1.1; }
.quarters { display: grid; grid-template-columns: 1fr 1fr; gap: 32px; margin-top: 16px; }
figure { display: flex; flex-direction: column; justify-content: space-between; margin: 0; min-width: 0; }
figure[hidden] { display: none; }
figcaption { min-height: 2.8em; font-size: 14px; line-height: 1.4; }
.chart { display: block; width: 100%; height: auto; max-width: 640px; font-size: 12px; }
.chart.horizontal { display: none; }
.chart.horizontal.always { display: block; max-width: 480px; }
.hatch { position: absolute; }
.hatch path { stroke: var(--total); stroke-width: 1.5; }
#age .chart { max-width: 560px; }
.as-table { margin-top: 12px; }
summary { cursor: pointer; color: var(--up); width: fit-content; font-size: 14px; padding: 4px 0; }
.scroll { position: relative; overflow-x: auto; margin: 8px 0; }
.long { min-width: 240px; }
.group { text-align: center; }
.scroll td:last-child, .scroll th:last-child { padding-right: 2px; }
tbody th { font-weight: 400; }
tbody th bdi, td bdi { overflow-wrap: normal; }
.plain { list-style: none; }
code { font: 12px/1.4 ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.controls { display: flex; flex-wrap: wrap; gap: 8px 24px; align-items: end; margin: 8px 0; }
.controls label { display: flex; flex-direction: column; font-size: 14px; color: var(--quiet); }
button, select, input { font: inherit; font-size: 14px; color: var(--text); background: var(--page); border: 1px solid var(--edge); border-radius: 4px; padding: 6px 10px; }
input { min-width: 0; width: 260px; max-width: 100%; }
.controls select, .controls input, .controls button { box-sizing: border-box; height: 36px; }
button { cursor: pointer; }
button[hidden] { display: none; }
#rep-table th button { border: 0; padding: 4px 0; background: none; text-align: inherit; line-height: 1.3; }
#rep-table thead th { vertical-align: bottom; }
#rep-table thead th[aria-sort] { color: var(--text); font-weight: 600; }
#rep-table thead th[aria-sort] button { font-weight: 600; }
#rep-table thead th[aria-sort] button::after { content: " ↓"; content: " ↓" / ""; }
#rep-table thead th[aria-sort="ascending"] button::after { content: " ↑"; content: " ↑" / ""; }
#rep-table thead button { color: inherit; }
#rep-table button:focus-visible { outline-offset: -2px; }
#rep-table tbody .open { color: var(--up); text-align: left; }
#rep-table .person { display: block; padding-left: 15.4px; font-size: 12px; color: var(--quiet); }
#rep-table > tbody > tr > th { min-width: 112px; max-width: 280px; white-space: normal; }
#rep-table > tbody > tr > th bdi { overflow-wrap: anywhere; }
#rep-table .open::before { content: "▸"; content: "▸" / ""; display: inline-block; width: 1.1em; }
#rep-table .open[aria-expanded="true"]::before { content: "▾"; content: "▾" / ""; }
#rep-table td, #rep-table tfoot th { padding-top: 10px; padding-bottom: 6px; }
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
@media (scripting: none) { .controls, .more, #found { display: none; } }
@media (max-width: 1000px) { .strip { grid-template-columns: 1fr 1fr; } .strip li:first-child { grid-column: 1 / -1; } }
@media (max-width: 760px) {
  html { scroll-padding-top: 88px; }
  body > header { padding: 8px 16px; }
  main { padding: 16px 16px 48px; }
  section { margin-top: 40px; }
  .strip { grid-template-columns: 1fr; }
  .quarters { grid-template-columns: 1fr; gap: 24px; }
  .chart.vertical { display: none; }
  .chart.horizontal { display: block; max-width: 480px; }
  figcaption { min-height: 0; margin-bottom: 8px; }
  .controls label, .controls input { width: 100%; }
  #rep-table > thead .wide, #rep-table > tbody > tr > .wide, #rep-table > tfoot .wide { display: none; }
  .of-phone { display: block; }
  .scroll td:not(.long), .scroll th { white-space: nowrap; }
  #rep-table tbody .open { white-space: normal; }
  .long code { display: block; width: 32ch; }
}
@media (forced-colors: active) {
  .chart path { stroke: CanvasText; }
  .chart text { fill: CanvasText; }
}
@media print {
  body > header { position: static; }
  .skip, .controls, .more, summary, .strip a::after { display: none; }
  .scroll { overflow: visible; }
  section { margin-top: 24px; }
  .strip { grid-template-columns: repeat(5, 1fr); }
  .strip li { padding: 8px; background: none; }
  .strip li:first-child { grid-column: auto; }
  .strip .figure, .strip li:first-child .figure { font-size: 12pt; }
  figure, .strip { break-inside: avoid; }
  table { font-size: 8pt; }
  th, td { padding-left: 8px; }
  .lead { break-after: avoid; }
  #rep-table button { font-size: 8pt; color: inherit; outline: none; }
  #rep-table tbody .open { color: inherit; padding: 0; }
  #rep-table td { padding: 6px 0 6px 8px; }
  #rep-table .open::before, #rep-table thead th button::after { content: none; }
}
`;
