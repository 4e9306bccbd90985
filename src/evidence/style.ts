/** The style of the evidence page, besides what pages share. */
import { STATE_STYLES } from '../pages/state.js';
import { SHARED_STYLES } from '../pages/style.js';

export const EVIDENCE_STYLES = `${SHARED_STYLES}${STATE_STYLES}
main { max-width: 960px; margin: 0 auto; padding: 24px; }
header { padding-bottom: 12px; border-bottom: 1px solid var(--hairline); }
h1 { font-size: 28px; line-height: 1.3; }
h2 { font-size: 20px; line-height: 1.4; margin-bottom: 4px; }
header p { color: var(--quiet); font-size: 14px; }
header .state { color: var(--text); margin-top: 4px; }
section { margin-top: 28px; }
section > p { max-width: 80ch; margin-bottom: 6px; font-size: 14px; }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: 6px 24px; margin-top: 16px; font-size: 14px; }
.facts dt { color: var(--quiet); }
.facts dd { min-width: 0; overflow-wrap: anywhere; }
.result strong { color: var(--up); }
.result.differs strong { color: var(--down); }
.scroll { position: relative; overflow-x: auto; }
tbody th { font-weight: 400; }
thead .number { white-space: normal; }
code { font: 12px/1.5 ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.hash { min-width: 200px; }
.note { display: block; color: var(--quiet); font-size: 13px; }
ol { padding-left: 24px; font-size: 14px; }
ol li { margin-bottom: 10px; }
ol code { display: block; width: fit-content; max-width: 100%; margin-bottom: 2px; padding: 4px 8px; background: var(--panel); border: 1px solid var(--hairline); border-radius: 4px; font-size: 13px; }
.when { white-space: nowrap; }
@media (max-width: 600px) {
  main { padding: 16px; }
  .facts { grid-template-columns: 1fr; gap: 0; }
  .facts dd { margin-bottom: 8px; }
}
@media print {
  main { max-width: none; padding: 0; }
  section { margin-top: 18px; }
  .scroll { overflow: visible; }
  .hash { min-width: 0; }
  th, td { padding-left: 8px; }
  th:first-child, td:first-child { padding-left: 0; }
}
`;
