/** HTML from templates in which every interpolated text is escaped; the only file that turns text into markup. */
import { TURNING } from '../displayed.js';

/** Markup, which is interpolated unchanged. Only {@link html} makes it. */
export class Html {
  readonly #markup: string;

  private constructor(markup: string) {
    this.#markup = markup;
  }

  /** From text that is markup already, such as our own style sheet or script; never from data. */
  static of(markup: string): Html {
    return new Html(markup);
  }

  toString(): string {
    return this.#markup;
  }
}

/** What a template takes: text, markup, several of either, or nothing. Numbers are written out before. */
export type Interpolated = string | Html | undefined | readonly Interpolated[];

/**
 * A template in which text is escaped, for content and for attributes in quotation marks alike.
 *
 * @example html`<td title="${name}">${name}</td>`
 */
export function html(parts: TemplateStringsArray, ...values: readonly Interpolated[]): Html {
  let markup = parts[0] as string;
  for (const [index, value] of values.entries()) markup += markupOf(value) + (parts[index + 1] as string);
  return Html.of(markup);
}

/** Text as content or attribute: what means something in HTML is escaped, what HTML does not allow is replaced. */
export function escapeHtml(text: string): string {
  return text.replace(UNFIT, '\uFFFD').replace(/[&<>"'`]/g, (sign) => ENTITIES[sign] as string);
}

/** Text as a string of CSS, in its quotation marks: every letter that could mean something is written as its code. */
export function cssText(text: string): string {
  const written = text
    .replace(UNFIT, '\uFFFD')
    .replace(/[^A-Za-z0-9 -]/gu, (letter) => `\\${(letter.codePointAt(0) as number).toString(16)} `);
  return `"${written}"`;
}

/** A text from data in a sentence of ours: isolated, whichever way its letters run. A short id stays on one line. */
export function isolated(text: string): Html {
  return isShortId(text) ? html`<bdi class="id">${text}</bdi>` : html`<bdi>${text}</bdi>`;
}

/** Whether a line could break within an id that is short enough to be kept whole: `SI-2025-104036`. */
function isShortId(text: string): boolean {
  return text.length <= 24 && /^[\w./-]*[-/][\w./-]*$/.test(text);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/** What HTML does not allow (control characters, lone surrogates, code points that are no characters), and what leaves a `<bdi>`. */
const UNFIT = new RegExp(`(?![\\t\\n\\r])[\\p{Cc}\\p{Cs}\\p{Noncharacter_Code_Point}${TURNING}]`, 'gu');

function markupOf(value: Interpolated): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return escapeHtml(value);
  return value instanceof Html ? value.toString() : value.map(markupOf).join('');
}
