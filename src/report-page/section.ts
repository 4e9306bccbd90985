/** Sections of the report: those with something to show, and a line at the end for those without. */
import { type Html, html } from '../pages/html.js';

/** A section, or the sentence that takes its place; links to its id lead to either. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly content:
    | { readonly kind: 'shown'; readonly body: Html }
    | { readonly kind: 'empty'; readonly sentence: string };
}

export function shown(id: string, title: string, body: Html): Section {
  return { id, title, content: { kind: 'shown', body } };
}

export function empty(id: string, title: string, sentence: string): Section {
  return { id, title, content: { kind: 'empty', sentence } };
}

/** A sentence in which no date is broken at its hyphens. */
export function unbroken(sentence: string): Html {
  const parts = sentence.split(/(\d{4}-\d{2}-\d{2})/);
  return html`${parts.map((part, at) => (at % 2 === 0 ? part : html`<span class="nowrap">${part}</span>`))}`;
}

/** The sections that have something to show, in two columns where there is room. */
export function panesHtml(sections: readonly Section[]): Html {
  const panes = sections.flatMap(({ id, title, content }) => {
    if (content.kind === 'empty') return [];
    return [
      html`<section id="${id}" class="pane" aria-labelledby="${id}-heading">
<h2 id="${id}-heading">${title}</h2>
${content.body}</section>\n`,
    ];
  });
  return html`<div class="panes">
${panes}</div>\n`;
}

/** What has nothing to show, in one line. */
export function emptyLineHtml(sections: readonly Section[]): Html | undefined {
  const sentences = sections.flatMap(({ id, content }) =>
    content.kind === 'empty' ? [html`<span id="${id}">${unbroken(content.sentence)}</span> `] : [],
  );
  return sentences.length === 0 ? undefined : html`<p class="empty quiet">${sentences}</p>\n`;
}
