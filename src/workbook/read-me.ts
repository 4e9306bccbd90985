/** The sheet Read me: what the workbook is, what it is made from, and whether it adds up. */
import type { WriteSheet } from 'hucre/xlsx';
import { type PeriodState, stateOfResult, stateText } from '../closing/period-state.js';
import { counted, verb } from '../counted.js';
import { isoOf } from '../day.js';
import type { Result } from '../engine/result.js';
import { largestOf } from '../largest.js';
import { LEDGER_TITLES } from '../ledger-specs/ledgers.js';
import type { InputFile } from '../workspace/input-file.js';
import { agreement, type Check } from './checks.js';
import { Grid, widthFor } from './grid.js';
import { APART, headingStyle, INPUT, strong, styleOf, TITLE } from './styles.js';

/** What a workbook is made from. */
export interface WorkbookFacts {
  readonly version: string;
  readonly inputs: readonly InputFile[];
  /** Of the pay period; a draft by default. */
  readonly state?: PeriodState;
  /** The level that every plan was recomputed at; undefined where each has its own. */
  readonly level: number | undefined;
}

/** A sheet, and what it shows. */
export interface SheetNote {
  readonly name: string;
  readonly title: string;
}

/** @param tooLong - how many amounts are written as text because no spreadsheet counts that far */
export function readMeSheet(
  result: Result,
  facts: WorkbookFacts,
  sheets: readonly SheetNote[],
  checks: readonly Check[],
  tooLong: number,
): WriteSheet {
  const grid = new Grid();
  const text = styleOf('text', 0);
  let row = 0;
  const line = (...cells: readonly string[]) => {
    row += 1;
    cells.forEach((cell, at) => {
      grid.text(row, at + 1, cell, at === 0 ? strong(text) : at === 3 ? APART : text);
    });
  };
  const heading = (...cells: readonly string[]) => {
    row += 2;
    cells.forEach((cell, at) => {
      grid.text(row, at + 1, cell, headingStyle(at === 2 ? 'count' : 'text'));
    });
  };
  const { asOf, currency, payPeriod, closedThrough, terms } = result;
  line(`Commission close as of ${asOf}`);
  row += 1;
  grid.words(row, 1, agreement(checks), TITLE);
  if (tooLong > 0) line(tooLongText(tooLong));
  row += 1;
  const { mark, sentences } = stateText(facts.state ?? stateOfResult(result, []));
  line('state', `${mark}: ${sentences.join(' ')}`);
  line('as of', asOf);
  line('pay period', payPeriod);
  line('currency', currency.code);
  if (terms.company.name !== undefined) line('company', terms.company.name);
  if (closedThrough !== undefined) line('closed through', closedThrough);
  if (facts.level !== undefined)
    line('recomputed', `every plan at level ${facts.level}: what would have been, not what is due`);
  line('made by', `comp ${facts.version}`);
  heading('plan', 'level');
  for (const { id, from, level } of terms.plans)
    line(id, `${level.number}, ${level.name}${from === undefined ? '' : `, from ${isoOf(from)}`}`);
  heading('sheet', 'what it shows');
  for (const { name, title } of sheets) line(name, title);
  heading('input', 'file', 'rows', 'SHA-256');
  inputLines(result, facts.inputs).forEach(({ title, file, rows, sha256 }) => {
    line(title, file, '', sha256);
    if (rows !== undefined) grid.number(row, 3, `${rows}`, { numFmt: '#,##0' });
  });
  heading('color', 'meaning');
  row += 1;
  grid.text(row, 1, 'heading', headingStyle('text'));
  grid.text(row, 2, 'Each heading has a filter for its column.', text);
  row += 1;
  grid.text(row, 1, 'to fill in', { ...text, ...INPUT });
  grid.text(
    row,
    2,
    "Yours to fill in: the ERP's figures, and who resolved an exception. Everything else is calculated.",
    text,
  );
  const file = largestOf(
    facts.inputs.map((input) => input.file.length),
    20,
  );
  const columns = [{ width: 18 }, { width: widthFor(file) }, { width: 12 }, { width: 68 }];
  return { name: 'Read me', cells: grid.cells, columns };
}

/** A notice, in the workbook and on the terminal. */
export function tooLongText(count: number): string {
  const amounts = `${counted(count, 'amount')} ${verb(count, 'has', 'have')}`;
  return `${amounts} more than the 15 digits that a spreadsheet calculates with: written as exact text, and in no formula.`;
}

interface InputLine {
  readonly title: string;
  readonly file: string;
  /** Of the whole ledger, at the first of its files. */
  readonly rows: number | undefined;
  readonly sha256: string;
}

function inputLines({ controls }: Result, inputs: readonly InputFile[]): InputLine[] {
  const seen = new Set<string>();
  return inputs.map(({ role, file, sha256 }) => {
    if (role === 'config') return { title: 'comp.yaml', file, rows: undefined, sha256 };
    const rows = seen.has(role) ? undefined : controls.get(role)?.read.rows;
    seen.add(role);
    return { title: LEDGER_TITLES[role], file, rows, sha256 };
  });
}
