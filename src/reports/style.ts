/** How a report is written: its width, and color only where it means something and the terminal supports it. */
import pc from 'picocolors';
import { isOneColumnEach } from './letters.js';

/** What a run writes to. */
export interface Screen {
  /** Columns of the terminal; undefined in a pipe. */
  readonly columns: number | undefined;
  readonly isTerminal: boolean;
}

export interface Style {
  readonly fault: (text: string) => string;
  readonly notice: (text: string) => string;
  readonly strong: (text: string) => string;
  /** The columns of a terminal that a text takes. */
  readonly columnsOf: (text: string) => number;
}

/** The options of a report. */
export interface ReportOptions {
  readonly style: Style;
  readonly width: number;
  /** Show every column, however wide. */
  readonly wide: boolean;
  /** The results folder as a user would type it. */
  readonly out: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Writes a report for a screen. Text of unusual letters is measured by string-width, which takes longer to load than a
 * small close takes as a whole: it is loaded only for a report that has some, which is then written again.
 *
 * @param write - the report in the style that it is given
 */
export async function inStyle(
  screen: Screen,
  environment: Environment,
  write: (style: Style) => string,
): Promise<string> {
  const colors = colorsFor(screen, environment);
  let isUsual = true;
  const text = write({
    ...colors,
    columnsOf: (one) => {
      isUsual &&= isOneColumnEach(one);
      return one.length;
    },
  });
  if (isUsual) return text;
  const { default: columnsOf } = await import('string-width');
  return write({ ...colors, columnsOf });
}

/** Off for NO_COLOR, dumb terminals and pipes; on for FORCE_COLOR. */
function colorsFor(screen: Screen, environment: Environment): Omit<Style, 'columnsOf'> {
  const { NO_COLOR: no, FORCE_COLOR: force, TERM: term } = environment as Record<string, string | undefined>;
  const forced = force !== undefined && force !== '' && force !== '0';
  const isColored = no === undefined || no === '' ? forced || (screen.isTerminal && term !== 'dumb') : false;
  const colors = pc.createColors(isColored);
  return { fault: colors.red, notice: colors.yellow, strong: colors.bold };
}

/** The width to write for: the terminal's, or 100 in a pipe. */
export function widthOf({ columns, isTerminal }: Screen): number {
  return isTerminal && columns !== undefined && columns > 0 ? columns : 100;
}
