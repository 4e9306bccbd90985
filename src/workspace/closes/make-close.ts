/** Makes the files of a close from a result: the same result and facts always give the same bytes (R11.5, R11.7). */

import { documentsOf } from '../../closing/documents.js';
import { closeOf } from '../../engine/close-of.js';
import type { Ledgers } from '../../engine/r2-ledgers/ledger.js';
import { CHECKED_RULES } from '../../engine/r8-results/checks.js';
import type { Close } from '../../engine/r11-closes/close.js';
import { renamedClose } from '../../engine/r11-closes/renamed-close.js';
import type { PostedResult, Result } from '../../engine/result.js';
import { frozenCsvOf } from '../../ledgers/frozen.js';
import { controlRecords, exceptionCounts } from '../../ledgers/records.js';
import {
  appliedTable,
  attainmentTable,
  closedEntriesTable,
  closedPostingsTable,
  exceptionsTable,
  monthsTable,
  quartersTable,
  repsTable,
  type Table,
} from '../../ledgers/tables.js';
import type { Exception } from '../../problems/exception.js';
import { invariant } from '../../problems/problem.js';
import { sha256 } from '../input-file.js';
import type { OutputFile } from '../publish.js';
import { documentTables } from './documents.js';
import { RECORD } from './folder.js';
import type { HandedOver } from './handed-over.js';
import { differenceSince, LEDGER_ROWS, ledgerRowsFile } from './kept-rows.js';
import { type CloseRecord, sealed } from './record.js';

/** What a close records besides its result. */
export interface CloseFacts
  extends Pick<
    CloseRecord,
    'version' | 'workspace' | 'settings' | 'closedOn' | 'signed' | 'previous' | 'reopened' | 'inputs'
  > {
  /** Its pages with their hashes, which are known once they are written; none if it keeps none. */
  readonly pages: () => readonly { readonly name: string; readonly sha256: string }[];
  /** What payroll has of the period already, from a close of it that was undone. */
  readonly before?: HandedOver | undefined;
  /** The ledgers, and the files of the closes before that say which rows they had; without, the close keeps no rows. */
  readonly rows?: { readonly ledgers: Ledgers; readonly before: readonly Uint8Array[] };
  /** The files that the close has, where it was made before; by default all that this version makes. */
  readonly only?: ReadonlySet<string>;
  /** The line of the file that an exception is about. */
  readonly lineOf: (exception: Exception) => number | undefined;
}

/**
 * Closes the pay period of a result, which must be as of its last day.
 *
 * @param closes - those that the result builds on, in order
 * @returns the files in the order in which they are written: the record last
 */
export function makeClose(result: PostedResult, closes: readonly Close[], facts: CloseFacts): OutputFile[] {
  const closing = closeOf(result);
  invariant(closing.kind === 'closed', () => 'a period cannot be closed that was found to be the next');
  const { close } = closing;
  const earlier = closes.map((one) => renamedClose(one, result.newNames));
  const tables = [
    ...frozenTables(result, close),
    ...documentTables({ ...documentsOf(result, close, earlier), before: facts.before }),
    exceptionsTable(result.exceptions, facts.lineOf),
  ];
  const texts = tables.map((table) => ({ name: table.file, pieces: frozenCsvOf(table) }));
  if (facts.rows !== undefined) {
    const { before, ledgers } = facts.rows;
    texts.push({ name: LEDGER_ROWS, pieces: ledgerRowsFile(differenceSince(before, ledgers)) });
  }
  const files = texts
    .filter(({ name }) => facts.only?.has(name) ?? true)
    .map(({ name, pieces }) => {
      const bytes = Buffer.concat(Array.from(pieces, (piece) => Buffer.from(piece)));
      return { name, pieces: [bytes], sha256: sha256(bytes) };
    });
  const recordNow = (): CloseRecord => ({
    program: 'comp',
    version: facts.version,
    ...(facts.workspace === undefined ? {} : { workspace: facts.workspace }),
    period: close.period,
    payPeriod: result.terms.payPeriod,
    currency: result.currency.code,
    digits: result.currency.digits,
    ...(facts.settings === undefined ? {} : { settings: facts.settings }),
    closedOn: facts.closedOn,
    ...(facts.signed === undefined ? {} : { signed: facts.signed }),
    opening: close.opened === undefined ? null : { date: close.opened.date },
    previous: facts.previous,
    reopened: facts.reopened,
    ...(facts.before === undefined
      ? {}
      : { handedOver: { folder: facts.before.folder, sha256: facts.before.sha256 } }),
    inputs: facts.inputs,
    controls: controlRecords(result),
    exceptions: exceptionCounts(result),
    checks: CHECKED_RULES,
    ...pagesIn(facts.pages()),
    files: files.map(({ name, sha256 }) => ({ name, sha256 })),
  });
  const pieces = {
    *[Symbol.iterator]() {
      yield sealed(recordNow());
    },
  };
  return [...files, { name: RECORD, pieces }];
}

function pagesIn(pages: NonNullable<CloseRecord['pages']>): Pick<CloseRecord, 'pages'> {
  return pages.length === 0 ? {} : { pages };
}

/** The frozen tables, which later calculations read. */
function frozenTables(
  result: Result,
  { postings, quarters, attainments = [], months, entries = [], reps = [], opened }: Close,
): Table[] {
  const { currency, terms } = result;
  const isMonthly = terms.payPeriod === 'month';
  return [
    closedPostingsTable(postings, currency),
    ...(quarters.length > 0 || !isMonthly
      ? [quartersTable({ quarters, currency }), attainmentTable({ attainments, currency })]
      : []),
    ...(isMonthly ? [monthsTable({ months, currency })] : []),
    closedEntriesTable(entries, currency),
    ...(terms.applyCash === 'none' ? [] : [appliedTable(result)]),
    repsTable(reps),
    ...(opened === undefined
      ? []
      : [{ ...closedPostingsTable(opened.postings, currency), file: 'opened.csv' }]),
  ];
}
