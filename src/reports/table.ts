/** Tables of text: aligned columns, no boxes, one thin rule above a total. */
import stringWidth from 'string-width';

export interface TableColumn {
  readonly title: string;
  readonly align: 'left' | 'right';
  /** Dresses a cell that is already padded. */
  readonly style?: (text: string) => string;
}

export interface TableText {
  readonly lines: readonly string[];
  readonly width: number;
}

/** A row of cells, or a rule across the columns from the given one on. */
export type TableRow = readonly string[] | { readonly ruleFrom: number };

const GAP = '  ';

/** Lays out rows under their titles. */
export function tableText(columns: readonly TableColumn[], rows: readonly TableRow[]): TableText {
  const cells = rows.filter((row): row is readonly string[] => Array.isArray(row));
  const widths = columns.map(({ title }, index) =>
    Math.max(stringWidth(title), ...cells.map((row) => stringWidth(row[index] ?? ''))),
  );
  const width = widths.reduce((sum, one) => sum + one, 0) + GAP.length * (columns.length - 1);
  const line = (row: readonly string[], dressed: boolean) =>
    columns
      .map(({ align, style }, index) => {
        const padded = pad(row[index] ?? '', widths[index] as number, align);
        return dressed && style !== undefined ? style(padded) : padded;
      })
      .join(GAP)
      .trimEnd();
  const lines = rows.map((row) => {
    if (!('ruleFrom' in row)) return line(row, true);
    const before = widths.slice(0, row.ruleFrom).reduce((sum, one) => sum + one + GAP.length, 0);
    return ' '.repeat(before) + '─'.repeat(width - before);
  });
  return {
    lines: [
      line(
        columns.map(({ title }) => title),
        false,
      ),
      ...lines,
    ],
    width,
  };
}

/** Left text and right text on one line of that width; on two where they do not fit. */
export function spread(left: string, right: string, width: number): string {
  const room = width - stringWidth(left) - stringWidth(right);
  return room >= 2 ? left + ' '.repeat(room) + right : `${left}  ${right}`;
}

/** Text from a file, fit for a terminal: control characters would move the cursor or do worse. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, '�');
}

/** A label cut to a width that leaves room for figures. */
export function shortened(text: string, most = 40): string {
  if (stringWidth(text) <= most) return text;
  let short = '';
  for (const letter of text) {
    if (stringWidth(short + letter) >= most) break;
    short += letter;
  }
  return `${short}…`;
}

function pad(text: string, width: number, align: 'left' | 'right'): string {
  const room = ' '.repeat(Math.max(0, width - stringWidth(text)));
  return align === 'left' ? text + room : room + text;
}
