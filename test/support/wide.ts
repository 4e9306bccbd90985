/**
 * A workspace whose reports are wide: long names, names in letters of two columns, amounts of ten digits, several ages, and
 * a figure of every kind in what is paid. As of 2025-12-31; plan `split` holds half until cash comes, and takes the other
 * half back 60 days past due.
 *
 * The first rep sells 40,000,000.00 (INV-1, due 2025-02-14), which is not paid by 2025-04-15: the advance of 1,000,000.00 is
 * clawed back in the second quarter and owed, recovered in the third, and reinstated when the customer pays in the fourth.
 */
import { folderWith } from './folder.js';

/** Two reps and two customers with names that are longer than a table has room for. */
export const LONG_REP = 'Bartholomäus Featherstonehaugh-Cholmondeley (Enterprise, North)';
export const WIDE_REP = '株式会社山田太郎東京営業本部';
const LONG_CUSTOMER = 'Worldwide Consolidated Holdings International (Ohio) Incorporated';
const WIDE_CUSTOMER = '大阪電気工業株式会社';

const INVOICES = [
  ['INV-1', LONG_CUSTOMER, LONG_REP, '2025-01-15', '2025-02-14', '40000000.00', '43200000.00'],
  ['INV-2', WIDE_CUSTOMER, LONG_REP, '2025-07-10', '2025-08-09', '60000000.00', '64800000.00'],
  ['INV-3', WIDE_CUSTOMER, WIDE_REP, '2025-10-01', '2025-10-31', '12345678.90', '13333333.21'],
  ['INV-4', LONG_CUSTOMER, WIDE_REP, '2025-11-20', '2025-12-20', '999999.99', '1079999.99'],
  ['INV-5', LONG_CUSTOMER, WIDE_REP, '2025-12-15', '2026-01-14', '2000000.00', '2160000.00'],
  ['INV-6', LONG_CUSTOMER, WIDE_REP, '2025-08-20', '2025-09-19', '300000.00', '324000.00'],
];
const PAYMENTS = [
  ['PAY-2', 'INV-2', '2025-08-05', '64800000.00'],
  ['PAY-1', 'INV-1', '2025-10-20', '21600000.00'],
  ['PAY-9-that-names-an-invoice-nobody-knows', 'INV-77', '2025-11-11', '1250000.00'],
  ['PAY-10', 'INV-3', '2026-01-10', '5000000.00'],
];

const CONFIG = `currency: USD
ledgers: {invoices: invoices.csv, payments: payments.csv, writeOffs: write_offs.csv}
plans: [{id: split, level: 2, rate: 5%, hold: 50%, clawback: {pastDueDays: 60}}]
`;

/** The workspace in a folder of its own. */
export function wideFolder(): string {
  const csv = (header: string, rows: readonly (readonly string[])[]) =>
    `${[header, ...rows.map((row) => row.map((cell) => `"${cell}"`).join(','))].join('\n')}\n`;
  return folderWith({
    'comp.yaml': CONFIG,
    'invoices.csv': csv('invoice_id,customer_id,rep_id,invoice_date,due_date,amount,total', INVOICES),
    'payments.csv': csv('payment_id,invoice_id,payment_date,amount', PAYMENTS),
    'write_offs.csv': csv('write_off_id,invoice_id,write_off_date,amount', [
      ['WO-1', 'INV-1', '2025-12-01', '10800000.00'],
    ]),
  });
}
