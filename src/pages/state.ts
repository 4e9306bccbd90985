/** The state of a period on a page: DRAFT or CLOSED, and a sentence about it. */
import { type PeriodState, stateText } from '../closing/period-state.js';
import { dayText } from './figures.js';
import { type Html, html } from './html.js';

/** The line for the head of a page; what marks a draft also works on paper and without color. */
export function stateHtml(state: PeriodState): Html {
  const { mark, sentences } = stateText(state, dayText);
  return html`<p class="state ${state.kind}"><strong>${mark}</strong> <span>${sentences.join(' ')}</span></p>`;
}

export const STATE_STYLES = `
.state strong { display: inline-block; border: 1px solid var(--edge); border-radius: 3px; padding: 0 6px; margin-right: 4px; font-size: 12px; letter-spacing: 0.04em; }
.state.draft strong { border-style: dashed; border-color: var(--down); color: var(--down); }
.state { font-size: 14px; }
`;
