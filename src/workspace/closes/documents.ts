/** The documents of a close as files: `payroll.csv`, `payroll-lines.csv`, `journal.csv`, and what differs from what payroll has. */
import { type Documents, journalLinesOf, payrollLinesOf, payrollRowsOf } from '../../closing/documents.js';
import { type Payroll, payrollDelta, renamedPayroll } from '../../closing/payroll-delta.js';
import {
  journalTable,
  payrollDeltaLinesTable,
  payrollDeltaTable,
  payrollLinesTable,
  payrollTable,
  type Table,
} from '../../ledgers/tables.js';

/** `payroll.csv`, `payroll-lines.csv` and `journal.csv`; with something that payroll has already, what differs from it. */
export function documentTables(documents: Documents): readonly Table[] {
  const { before, currency } = documents;
  const payroll = { rows: payrollRowsOf(documents), lines: payrollLinesOf(documents) };
  return [
    payrollTable(payroll.rows, currency),
    payrollLinesTable(payroll.lines, currency),
    ...(before === undefined ? [] : deltaTables(documents, before, payroll)),
    journalTableOf(documents),
  ];
}

/** `payroll-delta.csv` and `payroll-delta-lines.csv`. */
export function payrollDeltaOf(documents: Documents): readonly Table[] {
  const { before } = documents;
  const payroll = { rows: payrollRowsOf(documents), lines: payrollLinesOf(documents) };
  return before === undefined ? [] : deltaTables(documents, before, payroll);
}

function deltaTables({ settings, currency }: Documents, before: Payroll, now: Payroll): readonly Table[] {
  const newNames = new Map(Object.entries(settings.newNames ?? {}));
  const { rows, lines } = payrollDelta(renamedPayroll(before, newNames), now);
  return [payrollDeltaTable(rows, currency), payrollDeltaLinesTable(lines, currency)];
}

/** `payroll.csv`. */
export function payrollTableOf(documents: Documents): Table {
  return payrollTable(payrollRowsOf(documents), documents.currency);
}

/** `payroll-lines.csv`. */
export function payrollLinesTableOf(documents: Documents): Table {
  return payrollLinesTable(payrollLinesOf(documents), documents.currency);
}

/** `journal.csv`. */
export function journalTableOf(documents: Documents): Table {
  return journalTable(journalLinesOf(documents), documents.currency);
}
