/** The state of a period as lines for the terminal. */
import { type PeriodState, stateText } from '../closing/period-state.js';
import type { TextOptions } from './style.js';

/** Whether the figures are a draft or closed: on one line if it fits, else a sentence a line. */
export function stateLines(state: PeriodState, { style, width, wide }: TextOptions): string[] {
  const { mark, sentences } = stateText(state);
  const one = `${mark} · ${sentences.join(' ')}`;
  const lines = wide || one.length <= width ? [one] : [`${mark} · ${sentences[0]}`, ...sentences.slice(1)];
  return lines.map((line) => (state.kind === 'draft' ? style.notice(line) : line));
}
