/** How a report is written: its width, and color only where it means something and the terminal supports it. */
import pc from 'picocolors';
import { folded } from './fold.js';
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

/** What the text of a report is written for. */
export interface TextOptions {
  readonly style: Style;
  /** The columns that there are. */
  readonly width: number;
  /** Show every column of a table, however wide. */
  readonly wide: boolean;
}

/** The same for a report on results that are in a folder. */
export interface ReportOptions extends TextOptions {
  /** The results folder as a user would type it. */
  readonly out: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Writes a report for a screen: a line that is too wide is broken between words. Text of unusual letters is measured by
 * string-width, which takes longer to load than a small close takes as a whole: it is loaded only for a report that has
 * some, which is then written again.
 *
 * @param write - the report in the style that it is given
 * @param wide - whether lines may be wider than the screen, and stay as they are
 */
export async function inStyle(
  screen: Screen,
  environment: Environment,
  write: (style: Style) => string,
  wide = false,
): Promise<string> {
  const colors = colorsFor(screen, environment);
  const width = wide ? undefined : findWidth(screen, environment);
  const writeWith = (columnsOf: Style['columnsOf']) =>
    folded(write({ ...colors, columnsOf }), width ?? Number.POSITIVE_INFINITY, columnsOf);
  let isUsual = true;
  const text = writeWith((one) => {
    isUsual &&= isOneColumnEach(one);
    return one.length;
  });
  if (isUsual) return text;
  const { default: columnsOf } = await import('string-width');
  return writeWith(columnsOf);
}

/** Off for NO_COLOR, dumb terminals and pipes; on for FORCE_COLOR. */
function colorsFor(screen: Screen, environment: Environment): Omit<Style, 'columnsOf'> {
  const { NO_COLOR: no, FORCE_COLOR: force, TERM: term } = environment as Record<string, string | undefined>;
  const forced = force !== undefined && force !== '' && force !== '0';
  const isColored = no === undefined || no === '' ? forced || (screen.isTerminal && term !== 'dumb') : false;
  const colors = pc.createColors(isColored);
  return { fault: colors.red, notice: colors.yellow, strong: colors.bold };
}

/** The width that tables are made for: the screen's, or 100 in a pipe. */
export function widthOf(screen: Screen, environment: Environment): number {
  return findWidth(screen, environment) ?? 100;
}

/** A notice for a screen: it is broken between words where it is too wide. */
export function noticeText(text: string, screen: Screen, environment: Environment): string {
  return folded(text, findWidth(screen, environment) ?? Number.POSITIVE_INFINITY, (one) => one.length);
}

/** The terminal's width, or in a pipe what COLUMNS says; without either, sentences stay on one line, where grep finds them. */
function findWidth({ columns, isTerminal }: Screen, environment: Environment): number | undefined {
  if (isTerminal && columns !== undefined && columns > 0) return columns;
  const stated = environment['COLUMNS'] ?? '';
  return /^[1-9]\d{1,3}$/.test(stated) ? Number(stated) : undefined;
}
