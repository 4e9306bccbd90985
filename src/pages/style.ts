/** The style that pages share: colors in light and dark, type, tables, print; and the policy that seals a page. */
import { createHash } from 'node:crypto';

/** Colors by role, both themes checked for contrast and for the three kinds of color blindness. */
const COLORS = `
:root {
  color-scheme: light dark;
  --page: #FFFFFF; --panel: #F5F7FA; --text: #1B2430; --quiet: #55606E; --total: #4A5563;
  --up: #0B63B0; --down: #B84A00; --edge: #7B8794; --hairline: #C9D1DB;
  --age-1: #FBE7D6; --age-2: #F3C29B; --age-3: #E2935A; --age-4: #B84A00; --age-5: #7A2E00;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #12161C; --panel: #1B212A; --text: #E8ECF1; --quiet: #A9B4C2; --total: #B3BDC9;
    --up: #6CB4F5; --down: #F59A5A; --edge: #6F7C8B; --hairline: #3A4552;
    --age-1: #3A2616; --age-2: #6B3E1C; --age-3: #A85F28; --age-4: #F59A5A; --age-5: #FFD3B0;
  }
}
@media print {
  :root {
    color-scheme: light;
    --page: #FFFFFF; --panel: #FFFFFF; --text: #1B2430; --quiet: #55606E; --total: #4A5563;
    --up: #0B63B0; --down: #B84A00; --edge: #7B8794; --hairline: #C9D1DB;
    --age-1: #FBE7D6; --age-2: #F3C29B; --age-3: #E2935A; --age-4: #B84A00; --age-5: #7A2E00;
  }
}
`;

const BASE = `
*, ::before, ::after { box-sizing: border-box; }
html { font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: var(--page); color: var(--text); font-variant-numeric: tabular-nums lining-nums; }
h1, h2, h3, p, dl, dd, ul, ol, table { margin: 0; padding: 0; }
h1, h2, h3, th, strong { font-weight: 600; }
a { color: var(--up); }
:focus-visible { outline: 2px solid var(--up); outline-offset: 2px; }
bdi { overflow-wrap: break-word; }
.id { white-space: nowrap; }
.quiet { color: var(--quiet); }
.unseen { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
table { border-collapse: collapse; width: 100%; font-size: 14px; line-height: 1.3; }
caption { text-align: left; }
th, td { padding: 6px 0 6px 16px; text-align: left; vertical-align: top; }
th:first-child, td:first-child { padding-left: 0; }
thead th { color: var(--quiet); font-weight: 400; vertical-align: bottom; border-bottom: 1px solid var(--edge); }
tbody tr + tr > * { border-top: 1px solid var(--hairline); }
tfoot > tr:first-child > * { border-top: 1px solid var(--total); }
tfoot th, tfoot td { font-weight: 600; }
.number { text-align: right; white-space: nowrap; }
`;

const PRINT = `
@page { size: auto; margin: 18mm 15mm; }
@media print {
  html { font-size: 10.5pt; }
  table { font-size: 9.5pt; }
  thead { display: table-header-group; }
  tfoot { display: table-row-group; }
  tr, li { break-inside: avoid; }
  h1, h2, h3, caption { break-after: avoid; }
  a { color: inherit; text-decoration: none; }
}
`;

/** The styles that every page starts with; a page adds its own. */
export const SHARED_STYLES = COLORS + BASE + PRINT;

/**
 * The content security policy of a page that loads nothing: it allows these styles and scripts, each by the hash of the
 * bytes between its tags.
 */
export function policyOf(styles: readonly string[], scripts: readonly string[] = []): string {
  const sources = (texts: readonly string[]) => texts.map(sourceOf).join(' ') || "'none'";
  return [
    "default-src 'none'",
    `style-src ${sources(styles)}`,
    `script-src ${sources(scripts)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

function sourceOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;
}
