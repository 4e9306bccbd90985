/** The usual names of our columns in exports, in English, German, French and Spanish; the surest come first. */
import type { LedgerName, SpecOf } from '../../ledger-specs/ledgers.js';

const INVOICE = [
  ...['invoice id', 'invoice number', 'inv number', 'invoice', 'inv id', 'billing document'],
  ...['Rechnungsnummer', 'Rechnung Nummer', 'Rechnungs ID', 'Rechnung'],
  ...['numéro de facture', 'numéro facture', 'facture numéro', 'facture'],
  ...['número de factura', 'número factura', 'factura número', 'id factura', 'factura'],
];
const APPLIED = ['applied to invoice', 'applied invoice number', 'applied to transaction', 'applied to'];
const DOCUMENT = ['document number', 'doc number', 'transaction number', 'Belegnummer', 'number', 'id'];
const CUSTOMER = [
  ...['customer id', 'customer number', 'customer code', 'customer account', 'customer', 'customer name'],
  ...['client id', 'client number', 'client code', 'client', 'client name', 'client full name'],
  ...[
    'account number',
    'account id',
    'account name',
    'bill to customer',
    'bill to',
    'sold to party',
    'sold to',
  ],
  ...['company', 'company name', 'contact name', 'debtor', 'debtor number'],
  ...['Kundennummer', 'Kunden ID', 'Kunde', 'Kundenname', 'Debitorennummer', 'Debitor'],
  ...['numéro client', 'code client', 'nom du client', 'client nom'],
  ...['código de cliente', 'id cliente', 'número cliente', 'cliente', 'nombre del cliente', 'nombre cliente'],
];
const REP = [
  ...['rep id', 'rep', 'sales rep id', 'sales rep', 'sales rep name', 'rep name', 'salesperson id'],
  ...['salesperson code', 'salesperson', 'salesperson name', 'sales representative', 'account executive'],
  ...['account manager', 'account owner', 'opportunity owner', 'seller', 'sales agent', 'payee id', 'payee'],
  ...['Verkäufer', 'Verkaeufer', 'Vertriebsmitarbeiter', 'Vertreter', 'Außendienstmitarbeiter'],
  ...['commercial', 'vendeur', 'représentant', 'vendedor', 'comercial', 'representante'],
];
const DATE = [
  'document date',
  'doc date',
  'transaction date',
  'posting date',
  'date',
  'Belegdatum',
  'Datum',
  'fecha',
];
const CURRENCY = [
  ...['currency', 'currency code', 'invoice currency', 'document currency', 'curr', 'ccy'],
  ...['Währung', 'Waehrung', 'Währungscode', 'devise', 'code devise', 'moneda', 'divisa'],
];
const AMOUNT = ['amount', 'Betrag', 'montant', 'importe', 'monto'];

type ColumnOf<Name extends LedgerName> = keyof SpecOf<Name>['columns'];

/** By ledger and our column name; a ledger that is not here is known by the names of its columns alone. */
const USUAL_NAMES: {
  readonly [Name in LedgerName]?: Readonly<Partial<Record<ColumnOf<Name>, readonly string[]>>>;
} = {
  invoices: {
    invoice_id: [...INVOICE, ...DOCUMENT],
    customer_id: [...CUSTOMER, 'name'],
    rep_id: REP,
    booking_date: [
      ...['booking date', 'booked date', 'date booked', 'booked on', 'booked', 'order date', 'close date'],
      ...['Auftragsdatum', 'Bestelldatum', 'date de commande', 'fecha de pedido'],
    ],
    invoice_date: [
      ...[
        'invoice date',
        'date of invoice',
        'inv date',
        'date issued',
        'issue date',
        'issued on',
        'invoiced on',
      ],
      ...[
        'billing date',
        'bill date',
        'Rechnungsdatum',
        'date de facture',
        'date facture',
        'date de facturation',
      ],
      ...['fecha de factura', 'fecha factura', 'fecha de emisión', ...DATE],
    ],
    due_date: [
      ...['due date', 'date due', 'due on', 'due', 'payment due date', 'net due date'],
      ...['Fälligkeitsdatum', 'Faelligkeitsdatum', 'Fälligkeit', 'Fällig am', "date d'échéance", 'échéance'],
      ...['fecha de vencimiento', 'vencimiento'],
    ],
    amount: [
      ...['net amount', 'amount net', 'untaxed amount', 'subtotal', 'net total', 'net value', 'net'],
      ...['amount excl tax', 'amount excluding tax', 'amount excl vat', 'line subtotal', 'line amount'],
      ...['Nettobetrag', 'Betrag netto', 'Netto', 'montant ht', 'total ht', 'base imponible', 'importe neto'],
      ...['amount', 'invoice amount', 'invoice value', 'sales amount', 'Rechnungsbetrag', 'montant facture'],
      ...['importe factura', ...AMOUNT],
    ],
    total: [
      ...[
        'gross amount',
        'amount gross',
        'gross total',
        'gross',
        'grand total',
        'invoice total',
        'total amount',
      ],
      ...['total incl tax', 'amount incl tax', 'amount incl vat', 'total', 'Bruttobetrag', 'Betrag brutto'],
      ...[
        'Brutto',
        'Gesamtbetrag',
        'montant ttc',
        'total ttc',
        'importe bruto',
        'importe total',
        'total factura',
      ],
    ],
    cost: [
      'cost',
      'total cost',
      'cost of goods sold',
      'cost of goods',
      'cogs',
      'Wareneinsatz',
      'coût',
      'coste',
    ],
    currency: CURRENCY,
    reverses: ['reverses', 'reversed invoice'],
  },
  payments: {
    payment_id: [
      ...['payment id', 'payment number', 'payment reference', 'payment ref', 'receipt number', 'receipt id'],
      ...['receipt', 'transaction id', 'Zahlungsnummer', 'numéro de paiement', 'número de pago', 'id pago'],
      ...DOCUMENT,
    ],
    invoice_id: [...APPLIED, ...INVOICE],
    payment_date: [
      ...[
        'payment date',
        'date paid',
        'paid date',
        'paid on',
        'date of payment',
        'receipt date',
        'date received',
      ],
      ...[
        'received on',
        'collection date',
        'settled date',
        'date settled',
        'settlement date',
        'cleared date',
      ],
      ...[
        'Zahlungsdatum',
        'Zahldatum',
        'bezahlt am',
        'date de paiement',
        'date paiement',
        'date de règlement',
      ],
      ...['fecha de pago', 'fecha pago', 'fecha de cobro', ...DATE],
    ],
    amount: [
      ...['amount applied to invoice', 'amount applied', 'applied amount', 'payment amount', 'paid amount'],
      ...[
        'amount paid',
        'amount received',
        'received amount',
        'receipt amount',
        'Zahlungsbetrag',
        'Zahlbetrag',
      ],
      ...['montant payé', 'montant réglé', 'importe pagado', 'importe cobrado', ...AMOUNT],
    ],
    customer_id: CUSTOMER,
  },
  writeOffs: {
    write_off_id: ['write off id', 'write off number', 'adjustment number', ...DOCUMENT],
    invoice_id: [...APPLIED, 'original invoice', ...INVOICE],
    write_off_date: ['write off date', 'date written off', 'written off on', 'adjustment date', ...DATE],
    amount: ['write off amount', 'amount written off', 'written off', ...AMOUNT],
    reason: ['reason', 'write off reason', 'reason code', 'Grund', 'motif', 'motivo'],
    customer_id: CUSTOMER,
  },
  creditMemos: {
    credit_memo_id: [
      ...['credit memo id', 'credit memo number', 'credit memo', 'credit note id', 'credit note number'],
      ...['credit note', 'credit number', 'Gutschriftsnummer', 'Gutschriftnummer', 'Gutschrift'],
      ...["numéro d'avoir", 'avoir', 'número de abono', 'nota de crédito', ...DOCUMENT],
    ],
    invoice_id: [...APPLIED, 'original invoice', ...INVOICE],
    credit_date: [
      ...['credit memo date', 'credit note date', 'credit date', 'Gutschriftsdatum', "date d'avoir"],
      ...['fecha de abono', ...DATE],
    ],
    amount: ['credit amount', 'credit memo amount', 'amount credited', ...AMOUNT],
    customer_id: CUSTOMER,
  },
  splits: {
    invoice_id: INVOICE,
    rep_id: REP,
    share: [
      'share',
      'split',
      'split percent',
      'split percentage',
      'percent',
      'percentage',
      'Anteil',
      'porcentaje',
    ],
    amount: ['split amount', ...AMOUNT],
  },
  assignments: {
    rep_id: [...REP, 'employee id', 'employee', 'name'],
    plan_id: [
      'plan id',
      'plan',
      'plan name',
      'commission plan',
      'comp plan',
      'Provisionsplan',
      'plan de comisión',
    ],
    from: [
      ...['from', 'from date', 'start', 'start date', 'effective date', 'effective from', 'valid from'],
      ...['gültig ab', 'gültig von', 'von', 'ab', 'date de début', 'début', 'desde', 'fecha de inicio'],
    ],
    to: [
      ...['to', 'to date', 'end', 'end date', 'effective to', 'valid to', 'through', 'until'],
      ...['gültig bis', 'bis', 'date de fin', 'fin', 'hasta', 'fecha de fin'],
    ],
  },
  openings: {
    rep_id: REP,
    date: ['opening date', 'as of', 'balance date'],
    owed: ['owed', 'balance owed', 'recoverable'],
    booked: ['booked', 'bookings to date', 'booked to date'],
    booked_gross_profit: ['booked gross profit', 'gross profit to date'],
  },
  reps: {
    rep_id: [...REP.filter((name) => !name.endsWith('name')), 'employee id', 'employee number', 'id'],
    name: [
      ...['name', 'full name', 'display name', 'rep name', 'sales rep name', 'salesperson name'],
      ...['employee name', 'employee', 'nom', 'nom complet', 'nombre', 'nombre completo'],
    ],
    email: [
      ...['email', 'e mail', 'email address', 'work email', 'mail'],
      ...['adresse e mail', 'courriel', 'correo electrónico', 'correo'],
    ],
    manager_id: ['manager id', 'manager', 'reports to', 'supervisor id', 'supervisor', 'Vorgesetzter'],
    left: [
      ...['left', 'left on', 'leaving date', 'termination date', 'terminated on', 'end date', 'last day'],
      ...['Austrittsdatum', 'Austritt', 'date de sortie', 'date de départ', 'fecha de baja'],
    ],
  },
  quotas: {
    rep_id: [...REP, 'employee id', 'employee', 'name'],
    quarter: ['quarter', 'fiscal quarter', 'period', 'fiscal period', 'Quartal', 'trimestre'],
    quota: [
      'quota',
      'quota amount',
      'sales quota',
      'target',
      'sales target',
      'Zielvorgabe',
      'objectif',
      'cuota',
      'objetivo',
    ],
  },
  calendar: {
    quarter: ['quarter', 'fiscal quarter', 'Quartal', 'trimestre'],
    from: ['from', 'from date', 'start', 'start date', 'von', 'début', 'desde'],
    to: ['to', 'to date', 'end', 'end date', 'bis', 'fin', 'hasta'],
    month: ['month', 'fiscal month', 'period', 'Monat', 'mois', 'mes'],
  },
};

/** The usual names of a column of ours, as {@link plainName} writes them. */
export function usualNames(ledger: LedgerName, column: string): readonly string[] {
  const usual: Readonly<Record<string, readonly string[] | undefined>> = USUAL_NAMES[ledger] ?? {};
  return [...new Set([column, ...(usual[column] ?? [])].map(plainName))];
}

/** Words without meaning: `numéro de facture` is `numéro facture`. */
const FILLERS = new Set(['de', 'du', 'del', 'la', 'le', 'der', 'des', 'd', 'l', 'of', 'the']);
/** Words and abbreviations for number. */
const NUMBER = new Set(['number', 'num', 'nbr', 'nr', 'no', 'n', 'numero', 'nummer']);

/** A header for comparison, without case, accents, signs and fillers: `Invoice #`, `invoiceNo` and `INVOICE NUMBER` are equal. */
export function plainName(header: string): string {
  const words = header
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replace(/#|№/gu, ' number ')
    .replace(/(?<=\bn)[°º]/giu, ' ')
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu);
  return (words ?? [])
    .filter((word) => !FILLERS.has(word))
    .map((word) => (NUMBER.has(word) ? 'no' : word.replace(/(number|nummer|nr)$/, 'no')))
    .join('');
}

/** A header without a note in brackets at its end: `Amount (USD)` is `Amount`. */
export function withoutBrackets(header: string): string {
  return header.replace(/\s*[([][^)\]]*[)\]]\s*$/u, '');
}
