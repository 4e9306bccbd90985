/** `close.xlsx`: the results as a workbook that finance can work in, sheet by sheet. */
import { stateOfResult } from '../closing/period-state.js';
import type { Explainable, PostedResult } from '../engine/result.js';
import type { Exception } from '../problems/exception.js';
import type { OutputFile } from '../workspace/publish.js';
import { type Check, checksOf, checksSheet, type Written } from './checks.js';
import { clawbacksSheet } from './clawbacks.js';
import { controlSheet } from './controls.js';
import { findEntriesSheet } from './entries.js';
import { exceptionsSheet } from './exceptions.js';
import { heldSheet } from './held.js';
import { MOST_ROWS, measured } from './measure.js';
import { onPaper } from './on-paper.js';
import { type LaidOut, packed } from './package.js';
import { payrollSheet } from './payroll.js';
import { postingsSheet } from './postings.js';
import { readMeSheet, type SheetNote, tooLongText, type WorkbookFacts } from './read-me.js';
import { rowSheet } from './row-sheet.js';
import { monthsSheet, summarySheet } from './summary.js';

export interface Workbook {
  readonly file: OutputFile;
  /** Notices for the terminal. */
  readonly notices: readonly string[];
}

/** What a workbook is made from, besides the result. */
export interface WorkbookOptions extends WorkbookFacts {
  /** The line of the file that an exception is about; undefined where it is about no line. */
  readonly lineOf: (exception: Exception) => number | undefined;
  /** How many rows a sheet takes before they continue on another. */
  readonly mostRows?: number;
}

/** The sheets of a workbook, and their checks. */
export interface Layout {
  readonly sheets: readonly LaidOut[];
  readonly checks: readonly Check[];
  /** How many amounts are written as text because no spreadsheet counts that far. */
  readonly tooLong: number;
}

/**
 * Makes the workbook.
 *
 * @param calculation - with postings and lines
 */
export async function workbookOf(
  calculation: Explainable<PostedResult>,
  options: WorkbookOptions,
): Promise<Workbook> {
  const { result } = calculation;
  const { sheets, tooLong } = layOut(calculation, options);
  return {
    file: { name: 'close.xlsx', pieces: await packed(sheets, `Commission close as of ${result.asOf}`) },
    notices: tooLong === 0 ? [] : [`close.xlsx: ${tooLongText(tooLong)}`],
  };
}

/** Lays the sheets out, in the order of their tabs. */
export function layOut(calculation: Explainable<PostedResult>, options: WorkbookOptions): Layout {
  const { result } = calculation;
  const { mostRows = MOST_ROWS, lineOf, state = stateOfResult(result, []) } = options;
  const entries = findEntriesSheet(result);
  const written = [
    summarySheet(result, state),
    payrollSheet(result, state),
    ...(result.terms.payPeriod === 'month' ? [monthsSheet(result, state)] : []),
    ...(entries === undefined ? [] : [entries]),
    postingsSheet(result),
    heldSheet(calculation),
    clawbacksSheet(calculation),
    exceptionsSheet(result, lineOf),
  ].map((sheet): Written => ({ sheet, parts: measured(sheet, mostRows) }));
  const controls = controlSheet(result);
  const checks = [...checksOf(result, written), ...controls.checks];
  const filled = written.flatMap(({ sheet, parts }) =>
    parts.map((part): LaidOut => {
      return { sheet: rowSheet(sheet, part, result.currency.digits), content: { of: sheet, part } };
    }),
  );
  const notes: SheetNote[] = [
    ...written.flatMap(({ sheet, parts }) => parts.map(({ name }) => ({ name, title: sheet.title }))),
    {
      name: controls.sheet.name,
      title: 'What became of every row that was read, to compare with the ERP.',
    },
    { name: 'Checks', title: "Our totals, what the workbook's formulas come to, and the difference." },
  ];
  const tooLong = written
    .flatMap(({ parts }) => parts.flatMap(({ columns }) => columns))
    .reduce((all, column) => all + column.tooLong, controls.tooLong);
  const readMe = readMeSheet(result, options, notes, checks, tooLong);
  const sheets = [{ sheet: readMe }, ...filled, { sheet: controls.sheet }, { sheet: checksSheet(checks) }];
  return {
    sheets: sheets.map((one) => ({
      ...one,
      sheet: onPaper(one.sheet, { company: result.terms.company.name, currency: result.currency.code }),
    })),
    checks,
    tooLong,
  };
}
