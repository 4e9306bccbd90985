/** The engine agrees with the auditor, cell by cell, on random histories. */
import { expect, test } from 'vitest';
import { histories } from '../src/testing/histories.js';
import { type AuditInput, audit } from './auditor/audit.js';
import { forAll } from './support/property.js';
import { filesOf, resultOf, type Workspace } from './support/run.js';

/** The engine's other exceptions are notices, which change no amount (R9.2). */
const SET_ASIDE: ReadonlySet<string> = new Set(['unknown-invoice', 'no-plan', 'unapplied']);

/** The share of histories that must at least have a posting of the level or cause, or a row set aside. */
const LEAST = {
  'level 0': 0.1,
  'level 1': 0.1,
  'level 2': 0.1,
  'level 3': 0.1,
  'level 4': 0.1,
  invoiced: 0.3,
  booked: 0.3,
  're-rated': 0.03,
  credited: 0.25,
  collected: 0.25,
  refunded: 0.05,
  'written-off': 0.1,
  'write-off-reversed': 0.01,
  'past-due': 0.1,
  'paid by the month': 0.2,
  'unknown-invoice': 0.05,
  'no-plan': 0.15,
  unapplied: 0.1,
  'creditMemos applied at once': 0.01,
  'payments applied at once': 0.02,
  'writeOffs applied at once': 0.02,
  'creditMemos waited': 0.01,
  'payments waited': 0.01,
  'writeOffs waited': 0.01,
  'left on account': 0.05,
  'taken back': 0.02,
  reopened: 0.01,
};

test('the engine agrees with the auditor', () => {
  forAll(
    histories(),
    (workspace, meet) => {
      const { files, setAside } = calculated(workspace);
      const audited = audit(workspace as unknown as AuditInput);
      expect(files['postings.csv']).toEqual(inColumnsOf(files['postings.csv'], audited.postings));
      expect(files['quarters.csv']).toEqual(inColumnsOf(files['quarters.csv'], audited.quarters));
      expect(files['months.csv']).toEqual(inColumnsOf(files['months.csv'], audited.months));
      expect(files['applied.csv']).toEqual(audited.applied);
      expect(setAside).toEqual(inOrder(audited.exceptions));
      for (const { level, cause } of audited.postings) {
        meet(`level ${level}`);
        meet(`${cause}`);
      }
      for (const { code } of audited.exceptions) meet(code);
      if (audited.months !== undefined) meet('paid by the month');
      for (const row of audited.applied ?? []) meet(kindOf(row, workspace));
    },
    LEAST,
  );
});

function calculated(workspace: Workspace) {
  const result = resultOf(workspace);
  const setAside = result.exceptions.filter(({ code }) => SET_ASIDE.has(code));
  return { files: filesOf(result), setAside: inOrder(setAside) };
}

type Rows = readonly Readonly<Record<string, string | undefined>>[];

/** The columns of a table of the engine; the auditor may know of more. */
function inColumnsOf(rows: Rows | undefined, audited: Rows | undefined): Rows | undefined {
  const columns = Object.keys(rows?.[0] ?? audited?.[0] ?? {});
  return audited?.map((row) => Object.fromEntries(columns.map((column) => [column, row[column]])));
}

/** What a row of applied.csv tells. */
function kindOf(row: Readonly<Record<string, string>>, { ledgers }: Workspace): string {
  if (row['left'] !== '') return 'left on account';
  if (row['invoice_id'] === '') return 'taken back';
  if (row['applied_date'] === row['date']) return `${row['ledger']} applied at once`;
  const invoice = ledgers['invoices']?.find(({ invoice_id }) => invoice_id === row['invoice_id']);
  return row['applied_date'] === invoice?.['invoice_date'] ? `${row['ledger']} waited` : 'reopened';
}

function inOrder(exceptions: readonly { readonly code: string; readonly id: string }[]): readonly string[] {
  return exceptions.map(({ code, id }) => `${code} ${id}`).sort();
}
