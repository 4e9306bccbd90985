/** Puts a workbook together: the library lays it out, and its rows are inserted one by one, so that a million take little memory. */
import { unzipSync } from 'fflate';
import { colToLetter, type WriteSheet, writeXlsx } from 'hucre/xlsx';
import { invariant } from '../problems/problem.js';
import { cellXml } from './cell.js';
import type { Part } from './measure.js';
import { FIRST_ROW, type RowSheet } from './sheet.js';
import { NO_TIME, PIECE, type ZipPart, zipped } from './zip.js';

/** A sheet as it is laid out, and the rows to insert. */
export interface LaidOut {
  readonly sheet: WriteSheet;
  readonly content?: { readonly of: RowSheet; readonly part: Part };
}

/** The bytes of the workbook, in pieces. The same sheets give the same bytes (R8.5). */
export async function packed(sheets: readonly LaidOut[], title: string): Promise<Iterable<Uint8Array>> {
  const layout = unzipSync(
    await writeXlsx({
      sheets: sheets.map(({ sheet }) => sheet),
      namedRanges: sheets.flatMap(({ sheet }) => headingsRepeat(sheet)),
      properties: { title, creator: 'comp', modified: NO_TIME },
    }),
  );
  return zipped(partsOf(layout, sheets));
}

/** Headings are printed on every page; where pages lie beside each other, so is the first column. */
function headingsRepeat({ name, freezePane, pageSetup }: WriteSheet) {
  const rows = freezePane?.rows;
  if (rows === undefined) return [];
  const columns = (pageSetup?.fitToWidth ?? 1) > 1 ? `'${name}'!$A:$A,` : '';
  return [{ name: '_xlnm.Print_Titles', range: `${columns}'${name}'!$${rows}:$${rows}`, scope: name }];
}

function* partsOf(
  layout: Readonly<Record<string, Uint8Array>>,
  sheets: readonly LaidOut[],
): Iterable<ZipPart> {
  const contents = new Map(sheets.map(({ content }, at) => [`xl/worksheets/sheet${at + 1}.xml`, content]));
  // Rows of a sheet that continues on others are read once, from the first sheet to the last.
  let sheet: RowSheet | undefined;
  let rows: Iterator<readonly string[]> | undefined;
  for (const [path, bytes] of Object.entries(layout)) {
    const content = contents.get(path);
    if (content === undefined) {
      yield { path, pieces: [path === 'docProps/core.xml' ? withoutTime(bytes) : bytes] };
      continue;
    }
    if (content.of !== sheet) {
      sheet = content.of;
      rows = sheet.rows()[Symbol.iterator]();
    }
    yield { path, pieces: filled(bytes, content.of, content.part, rows as Iterator<readonly string[]>) };
  }
}

/** A workbook depends on its inputs only, not on when it was made. */
function withoutTime(core: Uint8Array): Uint8Array {
  return encode(decode(core).replace(/<dcterms:modified.*?<\/dcterms:modified>/, ''));
}

const LAST_ROW = new RegExp(`<row r="${FIRST_ROW}">(.*?)</row>(?=</sheetData>)`);

/** The sheet with its rows, in the place of the one that shows their styles. */
function* filled(
  bytes: Uint8Array,
  { columns }: RowSheet,
  { from, to }: Part,
  rows: Iterator<readonly string[]>,
): Iterable<Uint8Array> {
  const xml = decode(bytes);
  const sample = LAST_ROW.exec(xml);
  invariant(
    sample !== null,
    () => 'a sheet of the workbook is laid out without the row that shows its styles',
  );
  const styles = [...(sample[1] as string).matchAll(/ s="(\d+)"/g)].map(([, style]) => Number(style));
  invariant(
    styles.length === columns.length,
    () => 'a row of the workbook is laid out with other columns than its sheet',
  );
  const letters = columns.map((_, at) => colToLetter(at));
  const end = `${letters.at(-1)}${FIRST_ROW + Math.max(1, to - from) - 1}`;
  let text = xml.slice(0, sample.index).replace(/<dimension ref="[^"]*"\/>/, `<dimension ref="A1:${end}"/>`);
  for (let row = FIRST_ROW; row < FIRST_ROW + to - from; row += 1) {
    const { value: cells } = rows.next();
    text += `<row r="${row}">`;
    for (let at = 0; at < columns.length; at += 1) {
      text += cellXml(
        `${letters[at]}${row}`,
        styles[at] as number,
        (columns[at] as RowSheet['columns'][number]).kind,
        cells[at],
      );
    }
    text += '</row>';
    if (text.length < PIECE) continue;
    yield encode(text);
    text = '';
  }
  yield encode(text + xml.slice(sample.index + sample[0].length));
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
