/** Microsoft Dynamics 365 Business Central: customer ledger entries, opened in Excel and saved as CSV. */
import type { Preset } from './preset.js';

export const BUSINESS_CENTRAL: Preset = {
  name: 'business-central',
  title: 'Business Central, Customer Ledger Entries, opened in Excel and saved as CSV',
  grade: 'documented',
  source: "Microsoft's documentation of the table Cust. Ledger Entry",
  notes: [
    'Set dateFormat and numberFormat: they depend on your region.',
    'Amount includes tax. Map the net amount: columns: {amount: Sales (LCY)}, if that column is filled as you expect.',
    'Payments are in Detailed Cust. Ledg. Entries, which refer to the entry they are applied to by its number: look it up with a query.',
    'Cash discounts, tolerances and roundings are entries of their own in Detailed Cust. Ledg. Entries: send them to creditMemos, or invoices stay open.',
    'Amount is in the currency of the entry, and Sales (LCY) in yours. With entries in other currencies, read all in yours: total: Amount (LCY) and constants: {currency: USD} for invoices, and amounts in LCY for payments. Otherwise currency rates (fx) would convert Sales (LCY) again.',
  ],
  layouts: {
    invoices: {
      knownBy: [
        'Entry No.',
        'Posting Date',
        'Document Type',
        'Document No.',
        'Customer No.',
        'Salesperson Code',
      ],
      mapping: {
        columns: {
          invoice_id: 'Document No.',
          customer_id: 'Customer No.',
          rep_id: 'Salesperson Code',
          invoice_date: 'Posting Date',
          due_date: 'Due Date',
          total: 'Amount',
          currency: 'Currency Code',
        },
        where: { 'Document Type': 'Invoice' },
      },
    },
  },
};
