/** A single self-contained page: it loads nothing, wherever it is opened. */
import { Html, html } from './html.js';
import { policyOf } from './style.js';

export interface Page {
  readonly title: string;
  readonly styles: string;
  readonly body: Html;
  /** The page's script, which runs once the whole page is loaded. */
  readonly script?: string;
}

/** The whole page. Its policy allows these styles and this script, byte for byte, and nothing else. */
export function pageOf({ title, styles, body, script }: Page): Html {
  const scripts = script === undefined ? [] : [script];
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyOf([styles], scripts)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${Html.of(styles)}</style>
</head>
<body>
${body}
${scripts.map((text) => html`<script type="module">${Html.of(text)}</script>\n`)}</body>
</html>
`;
}
