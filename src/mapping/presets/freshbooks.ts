/** FreshBooks: the Invoice Details report, one row per line, one file per currency. */
import type { Preset } from './preset.js';

const KNOWN_BY = [
  'Client Name',
  'Invoice #',
  'Date Issued',
  'Invoice Status',
  'Date Paid',
  'Line Subtotal',
  'Line Total',
];
const STATUS = { 'Invoice Status': { not: ['draft', 'deleted'], optional: true } };

export const FRESHBOOKS: Preset = {
  name: 'freshbooks',
  title: 'FreshBooks, Invoice Details as CSV',
  grade: 'measured',
  source: 'two public programs that read this report',
  notes: [
    'Set dateFormat: dates follow the settings of the account.',
    'There is no column for the rep. Map one, such as columns: {rep_id: Client Name} with values: {rep_id: …}, or set a constant.',
    'As payments, each invoice is paid in full on its Date Paid. Earlier part payments are not in the file.',
    'There is one file per currency: list them all, and add currency rates (fx) for those in another currency.',
    'Due dates, credits and write-offs are not mapped.',
  ],
  layouts: {
    invoices: {
      knownBy: KNOWN_BY,
      mapping: {
        columns: {
          invoice_id: 'Invoice #',
          customer_id: 'Client Name',
          invoice_date: 'Date Issued',
          amount: 'Line Subtotal',
          total: 'Line Total',
          currency: 'Currency',
        },
        where: STATUS,
        lines: { amount: 'sum', total: 'sum' },
      },
    },
    payments: {
      knownBy: KNOWN_BY,
      mapping: {
        columns: { invoice_id: 'Invoice #', payment_date: 'Date Paid', amount: 'Line Total' },
        where: { ...STATUS, 'Date Paid': { empty: false } },
        lines: { amount: 'sum' },
        snapshot: true,
      },
    },
  },
};
