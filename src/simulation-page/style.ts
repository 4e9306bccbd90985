/** The style of the page of a simulation, besides what pages share. */

export const SIMULATION_STYLES = `
body > header { padding: 28px max(24px, calc((100% - 1200px) / 2)) 0; }
main { max-width: 1248px; margin: 0 auto; padding: 8px 24px 48px; }
h1 { font-size: 28px; line-height: 1.25; }
h2 { font-size: 20px; line-height: 1.4; }
h3 { font-size: 14px; margin: 20px 0 4px; }
header p { color: var(--quiet); font-size: 14px; margin-top: 4px; }
header .state { color: var(--text); }
section { margin-top: 40px; }
.nowrap { white-space: nowrap; }
.skip { position: absolute; left: -9999px; }
.skip:focus { left: 8px; top: 8px; z-index: 3; padding: 8px 16px; background: var(--page); }
.headlines { list-style: none; margin-top: 16px; border-top: 1px solid var(--hairline); }
.headlines li { padding: 12px 0; border-bottom: 1px solid var(--hairline); font-size: 18px; line-height: 1.45; text-wrap: pretty; }
.headlines .variant { font-weight: 600; }
.headlines .more { display: block; font-size: 14px; }
.sentences { margin: 4px 0 12px; padding-left: 18px; font-size: 14px; max-width: 100ch; }
.sentences li { margin: 4px 0; }
.note, .legend { font-size: 14px; margin: 2px 0 8px; }
section > p, dl, .rules { font-size: 14px; max-width: 100ch; }
.rules { margin: 8px 0 12px; padding-left: 24px; }
code { font: 13px/1.4 ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace; }
.scroll { position: relative; overflow-x: auto; margin: 4px 0; }
.scroll td:last-child, .scroll th:last-child { padding-right: 2px; }
tbody th { font-weight: 400; }
.measures, .people, .before-after, #forecast table { width: auto; }
.measures thead th.number, .people thead th.number { min-width: 148px; color: var(--text); font-weight: 600; white-space: normal; overflow-wrap: anywhere; }
.measures th:first-child, .people th:first-child { min-width: 260px; }
#forecast th { min-width: 140px; }
.measures .group th { padding-top: 18px; font-weight: 600; border-bottom: 1px solid var(--hairline); border-top: 0; }
.measures .group + tr > * { border-top: 0; }
.strong th, .strong td { font-weight: 600; }
.strong .change { font-weight: 400; }
.change { display: block; font-size: 12px; color: var(--quiet); }
.change.gain { color: var(--up); }
.change.loss { color: var(--down); }
.beside { font-size: 12px; color: var(--quiet); font-weight: 400; }
.mark { display: inline-block; border: 1px dashed var(--down); border-radius: 3px; padding: 0 4px; font-size: 11px; line-height: 1.5; font-weight: 400; color: var(--down); white-space: nowrap; vertical-align: middle; }
.panels { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(340px, 100%), 1fr)); gap: 24px 32px; margin: 12px 0; }
figure { margin: 0; min-width: 0; break-inside: avoid; }
figcaption { font-size: 14px; line-height: 1.4; margin-bottom: 4px; }
.chart { display: block; width: 100%; height: auto; max-width: 480px; font-size: 12px; }
.chart text { paint-order: stroke; stroke-linejoin: round; }
.hatch { position: absolute; }
.hatch path { stroke: var(--total); stroke-width: 1.5; }
.key { display: inline-block; width: 14px; height: 10px; margin: 0 4px 0 0; }
.key:not(:first-child) { margin-left: 16px; }
.key.paid, .key.gain { background: var(--up); }
.key.expected { background: repeating-linear-gradient(135deg, var(--total) 0 1.5px, transparent 1.5px 4px); border: 1px solid var(--total); }
.key.earned { height: 0; border-top: 2px solid var(--text); vertical-align: middle; }
.key.loss { background: var(--down); }
.key.ahead { background: color-mix(in srgb, var(--down) 22%, transparent); border-top: 1.5px solid var(--down); }
.key.dashed { height: 0; border-top: 1.5px dashed var(--quiet); vertical-align: middle; }
.key { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
summary { cursor: pointer; color: var(--up); width: fit-content; font-size: 14px; padding: 4px 0; }
.before-after td { min-width: 120px; }
.why .line > * { border-top: 1px solid var(--edge); font-weight: 600; }
.why td.number, .why th.number { min-width: 92px; }
.why tbody { border-top: 1px solid var(--edge); }
.definitions { columns: 2; column-gap: 40px; margin-top: 8px; }
.definitions h3 { break-after: avoid; }
.definitions h3:first-child { margin-top: 0; }
dl > div { break-inside: avoid; margin: 2px 0 6px; }
dt { font-weight: 600; }
dd { margin: 0; }
@media (max-width: 760px) {
  body > header { padding: 16px 16px 0; }
  main { padding: 8px 16px 48px; }
  h1 { font-size: 24px; }
  section { margin-top: 32px; }
  .headlines li { font-size: 16px; }
  .wide { display: none; }
  .measures thead th.number, .people thead th.number { min-width: 108px; }
  .before-after td { min-width: 0; }
  #forecast th { min-width: 0; }
  .definitions { columns: 1; }
  .measures th:first-child, .people th:first-child { position: sticky; left: 0; background: var(--page); min-width: 116px; max-width: 132px; }
  .people .beside { display: block; }
}
@media (forced-colors: active) {
  .chart path, .chart polyline { stroke: CanvasText; }
  .chart text { fill: CanvasText; }
}
@page { size: landscape; margin: 12mm; }
@media print {
  body > header, main { padding-left: 0; padding-right: 0; max-width: none; }
  body > header { padding-top: 0; }
  .skip, summary { display: none; }
  .scroll { overflow: visible; }
  .as-table::details-content { content-visibility: visible; display: block; height: auto; }
  h1 { font-size: 18pt; }
  h2 { font-size: 13pt; }
  section { margin-top: 16pt; }
  .headlines li { font-size: 11.5pt; padding: 6pt 0; break-inside: avoid; }
  .headlines .more, .note, .legend, .sentences, section > p, figcaption, dl { font-size: 9pt; }
  .panels { grid-template-columns: repeat(3, 1fr); gap: 10pt 16pt; margin: 6pt 0; }
  table { font-size: 8.5pt; }
  th, td { padding-top: 1.5pt; padding-bottom: 1.5pt; }
  .panel { max-width: 280px; }
  .slopes { max-width: 290px; }
  .measures thead th.number, .people thead th.number, .why td.number, .why th.number { min-width: 0; }
  .change, .beside { font-size: 7.5pt; }
  .measures, .people { width: 100%; }
  .roomy .change { display: inline-block; min-width: 58pt; }
  .measures.roomy thead th.number { min-width: 66pt; }
  .people th:first-child { min-width: 120px; }
  .measures tbody, .why tbody, #quarters .panels, #ahead .panels { break-inside: avoid; }
  .legend, .note, .sentences { break-after: avoid; }
  .people tfoot, .people tfoot tr { break-before: avoid; }
  .sentences, section > p, dl { max-width: none; }
  .definitions { columns: 3; column-gap: 20pt; }
  .definitions dt, .definitions dd { display: inline; }
  .definitions dt::after { content: ": "; }
  .measures .group th { padding-top: 8pt; }
  .wide { display: table-cell; }
  #ahead .as-table, .all-reps { display: none; }
}
`;
