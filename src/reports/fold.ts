/** Breaks lines that are wider than the screen between words, so that the terminal never breaks one inside a word. */

/** The least columns for text below the first line: where a cell leaves fewer, the text starts further left. */
const LEAST_ROOM = 30;

/** What colors text; it takes no columns. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escapes of a terminal are control characters
const COLORS = /\u001b\[\d+m/g;

type ColumnsOf = (text: string) => number;

/**
 * Every line no wider than `width`, unless a single word is: ids, paths and hashes stay whole. Parts between ` · ` stay
 * together where they fit.
 *
 * @param columnsOf - the columns of a terminal that text without colors takes
 */
export function folded(text: string, width: number, columnsOf: ColumnsOf): string {
  if (!Number.isFinite(width)) return text;
  const columns = (part: string) => columnsOf(part.replace(COLORS, ''));
  return text
    .split('\n')
    .flatMap((line) => (columns(line) <= width ? [line] : foldedLine(line, width, columns)))
    .join('\n');
}

function foldedLine(line: string, width: number, columns: ColumnsOf): string[] {
  const start = line.search(/\S/);
  const below = ' '.repeat(hangingOf(line, start, width, columns));
  const lines: string[] = [];
  let current = line.slice(0, start);
  let isFresh = true;
  const add = (part: string, joint: string) => {
    if (isFresh || columns(current + joint + part) <= width) {
      current += isFresh ? part : joint + part;
    } else {
      lines.push(current);
      current = below + part;
    }
    isFresh = false;
  };
  for (const [index, part] of line.slice(start).split(' · ').entries()) {
    const joint = index === 0 ? '' : ' · ';
    if (columns(below + part) <= width) {
      add(part, joint);
      continue;
    }
    // The gaps inside a line of cells stay as wide as they are.
    for (const [, gap = '', word = ''] of part.matchAll(/( *)(\S+)/g)) add(word, gap === '' ? joint : gap);
  }
  return [...lines, current];
}

/** Where text goes on: below the last cell of a line of cells, or a little further right than prose starts. */
function hangingOf(line: string, start: number, width: number, columns: ColumnsOf): number {
  const cells = /^.*\S {2,}(?=\S)/.exec(line)?.[0];
  const lastCell = cells === undefined ? 0 : columns(cells);
  return lastCell > 0 && lastCell <= width - LEAST_ROOM
    ? lastCell
    : Math.min(start + 2, Math.floor(width / 2));
}
