/** The usual names of our columns in exports, in English, German, French and Spanish; the surest come first. */
import type { LedgerName, SpecOf } from '../../ledger-specs/ledgers.js';

const INVOICE = [
  ...['invoice id', 'invoice number', 'inv number', 'invoice', 'inv id'],
  ...['billing document', 'billing doc', 'bill doc', 'invoice document'],
  ...['Rechnungsnummer', 'Rechnung Nummer', 'Rechnungs ID', 'Rechnung'],
  ...['numéro de facture', 'numéro facture', 'facture numéro', 'facture'],
  ...['número de factura', 'número factura', 'factura número', 'id factura', 'factura'],
];
const APPLIED = ['applied to invoice', 'applied invoice number', 'applied to transaction', 'applied to'];
const DOCUMENT = [
  ...['document number', 'doc number', 'transaction number', 'Belegnummer', 'number', 'id'],
  ...['trans number', 'trans id', 'tran number', 'txn number', 'txn id', 'transaction id'],
];
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
/** Whom a document is about. */
const PARTY = [...CUSTOMER, 'name'];
const REP = [
  ...['rep id', 'rep', 'sales rep id', 'sales rep', 'sales rep name', 'rep name', 'salesperson id'],
  ...['salesperson code', 'salesperson', 'salesperson name', 'sales representative', 'account executive'],
  ...['account manager', 'account owner', 'opportunity owner', 'seller', 'sales agent', 'payee id', 'payee'],
  ...['sales employee', 'sales employee number', 'sales employee name', 'salesman', 'account rep'],
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
const CATEGORY = [
  ...['category', 'product category', 'item category', 'product line', 'product family', 'product group'],
  ...['line of business', 'revenue category', 'revenue type', 'item class', 'class', 'material group'],
  ...[
    'matl group',
    'Warengruppe',
    'Produktgruppe',
    'Kategorie',
    'catégorie',
    'gamme',
    'categoría',
    'familia',
  ],
];
/** What a line of an invoice sells. */
export const PRODUCT = [
  ...['item', 'item name', 'product', 'product name', 'product or service', 'product service', 'service'],
  ...['sku', 'item code', 'product code', 'item number', 'material', 'material number', 'description'],
  ...['Artikel', 'Artikelnummer', 'article', 'artículo', 'producto'],
];
const EMPLOYEE = ['employee id', 'employee number', 'employee', 'employee name', 'name'];
const FROM = [
  ...[
    'from',
    'from date',
    'start',
    'start date',
    'effective date',
    'effective from',
    'effective',
    'valid from',
  ],
  ...['since', 'begin', 'begin date', 'beginning'],
  ...['gültig ab', 'gültig von', 'von', 'ab', 'date de début', 'début', 'desde', 'fecha de inicio'],
];
const TO = [
  ...['to', 'to date', 'end', 'end date', 'effective to', 'valid to', 'through', 'until'],
  ...['gültig bis', 'bis', 'date de fin', 'fin', 'hasta', 'fecha de fin'],
];
const MANAGER = [
  ...['manager id', 'manager', 'manager name', 'sales manager', 'reports to', 'team lead', 'team leader'],
  ...['supervisor id', 'supervisor', 'Vorgesetzter', 'responsable', 'supérieur', 'jefe'],
];
const SHARE = [
  ...['share', 'split', 'split percent', 'split percentage', 'percent', 'percentage', 'Anteil', 'porcentaje'],
];
const DUE = [
  ...['due date', 'date due', 'due on', 'due', 'payment due date', 'net due date', 'net due'],
  ...['Fälligkeitsdatum', 'Faelligkeitsdatum', 'Fälligkeit', 'Fällig am', "date d'échéance", 'échéance'],
  ...['fecha de vencimiento', 'vencimiento'],
];
const REASON = [
  'reason',
  'description',
  'memo',
  'note',
  'notes',
  'comment',
  'comments',
  'Grund',
  'motif',
  'motivo',
];
const COST = [
  ...['cost', 'total cost', 'extended cost', 'est extended cost', 'line cost', 'item cost'],
  ...['cost of goods sold', 'cost of goods', 'cogs', 'Wareneinsatz', 'coût', 'coste'],
];
/** What is tax alone. */
export const TAX = [
  ...[
    'tax',
    'sales tax',
    'tax amount',
    'tax amt',
    'tax total',
    'total tax',
    'vat',
    'vat amount',
    'gst',
    'hst',
  ],
  ...['MwSt', 'MwSt Betrag', 'Mehrwertsteuer', 'USt', 'Umsatzsteuer', 'Steuer', 'Steuerbetrag'],
  ...['tva', 'montant tva', 'iva', 'importe iva', 'impuesto', 'impuestos'],
];
/** What does not include tax. */
export const NET = [
  ...['net amount', 'amount net', 'untaxed amount', 'subtotal', 'net total', 'net value', 'net'],
  ...['amount excl tax', 'amount excluding tax', 'amount excl vat', 'line subtotal', 'line amount'],
  ...['Nettobetrag', 'Betrag netto', 'Netto', 'montant ht', 'total ht', 'base imponible', 'importe neto'],
];
/** What includes tax. */
export const GROSS = [
  ...['gross amount', 'amount gross', 'gross total', 'gross', 'gross value', 'grand total'],
  ...['invoice total', 'total amount', 'total incl tax', 'amount incl tax', 'amount incl vat', 'total'],
  ...['Bruttobetrag', 'Betrag brutto', 'Brutto', 'Gesamtbetrag', 'montant ttc', 'total ttc'],
  ...['importe bruto', 'importe total', 'total factura'],
];
const AMOUNT = ['amount', 'Betrag', 'montant', 'importe', 'monto'];
/** Cash and credits count against what is owed; what includes tax comes first. */
const OWED = [...AMOUNT, ...GROSS, ...NET];

type ColumnOf<Name extends LedgerName> = keyof SpecOf<Name>['columns'];

/** By ledger and our column name; a ledger that is not here is known by the names of its columns alone. */
export const USUAL_NAMES: {
  readonly [Name in LedgerName]?: Readonly<Partial<Record<ColumnOf<Name>, readonly string[]>>>;
} = {
  invoices: {
    invoice_id: [...INVOICE, ...DOCUMENT],
    customer_id: PARTY,
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
    due_date: DUE,
    amount: [
      ...['commissionable amount', 'commissionable', 'commissionable revenue', 'commission base'],
      ...NET,
      ...['amount', 'invoice amount', 'invoice value', 'sales amount', 'Rechnungsbetrag', 'montant facture'],
      ...['importe factura', ...AMOUNT],
    ],
    total: GROSS,
    cost: COST,
    currency: CURRENCY,
    category: CATEGORY,
    reverses: ['reverses', 'reversed invoice'],
  },
  payments: {
    payment_id: [
      ...['payment id', 'payment number', 'payment reference', 'payment ref', 'receipt number', 'receipt id'],
      ...['clearing document', 'clearing doc', 'clrng doc'],
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
        'clearing date',
        'clearing',
        'clrng date',
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
      ...['amount in doc curr', 'amount in dc', 'amount in document currency'],
      ...['montant payé', 'montant réglé', 'importe pagado', 'importe cobrado', ...OWED],
    ],
    customer_id: PARTY,
    discount: [
      ...[
        'discount',
        'disc',
        'disc taken',
        'disc amount',
        'discount taken',
        'discount amount',
        'cash discount',
        'payment discount',
      ],
      ...[
        'early payment discount',
        'discount allowed',
        'discount given',
        'terms discount',
        'cash discount amount',
      ],
      ...['Skonto', 'Skontobetrag', 'escompte', 'descuento', 'descuento pronto pago'],
    ],
    currency: CURRENCY,
    collector_id: [
      ...[
        'collector',
        'collector id',
        'collector name',
        'collected by',
        'collection agent',
        'collections agent',
      ],
      ...['collection rep', 'collections rep', 'Inkasso', 'recouvreur', 'cobrador'],
    ],
  },
  writeOffs: {
    write_off_id: ['write off id', 'write off number', 'adjustment number', ...DOCUMENT],
    invoice_id: [...APPLIED, 'original invoice', ...INVOICE],
    write_off_date: ['write off date', 'date written off', 'written off on', 'adjustment date', ...DATE],
    amount: ['write off amount', 'amount written off', 'written off', ...OWED],
    reason: ['reason', 'write off reason', 'reason code', 'Grund', 'motif', 'motivo'],
    customer_id: PARTY,
    currency: CURRENCY,
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
    amount: ['credit amount', 'credit memo amount', 'amount credited', ...OWED],
    customer_id: PARTY,
    currency: CURRENCY,
    commissionable: ['commissionable', 'commissionable amount', 'commissionable revenue', 'commission base'],
  },
  splits: {
    invoice_id: INVOICE,
    rep_id: REP,
    share: SHARE,
    amount: ['split amount', ...AMOUNT],
  },
  assignments: {
    rep_id: [...REP, ...EMPLOYEE],
    plan_id: [
      'plan id',
      'plan',
      'plan name',
      'commission plan',
      'comp plan',
      'Provisionsplan',
      'plan de comisión',
    ],
    from: FROM,
    to: TO,
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
    manager_id: MANAGER,
    left: [
      ...['left', 'left on', 'leaving date', 'termination date', 'terminated on', 'end date', 'last day'],
      ...['Austrittsdatum', 'Austritt', 'date de sortie', 'date de départ', 'fecha de baja'],
    ],
  },
  quotas: {
    rep_id: [...REP, ...EMPLOYEE],
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
  items: {
    invoice_id: [...INVOICE, ...DOCUMENT.filter((name) => name !== 'id')],
    item_id: [
      ...[
        'item id',
        'line',
        'line id',
        'line number',
        'line item',
        'line item id',
        'line item number',
        'position',
      ],
      ...['pos', 'line sequence', 'line sequence number', 'Positionsnummer', 'ligne', 'línea'],
    ],
    category: [...CATEGORY, ...PRODUCT],
    amount: ['item amount', 'line amount', ...NET, ...AMOUNT],
    cost: COST,
  },
  teams: {
    rep_id: [...REP, ...EMPLOYEE],
    manager_id: MANAGER,
    from: FROM,
    to: TO,
    share: [...SHARE, 'override', 'override share', 'credit'],
  },
  fx: {
    currency: ['currency', 'from currency', 'foreign currency', 'base currency', ...CURRENCY],
    date: ['date', 'rate date', 'valid from', 'effective date', 'valid on', 'from', 'gültig ab', ...DATE],
    rate: [
      ...['rate', 'exchange rate', 'fx rate', 'currency rate', 'conversion rate', 'direct quot', 'Kurs'],
      ...['Wechselkurs', 'taux', 'taux de change', 'tipo de cambio', 'tasa de cambio'],
    ],
  },
  accounts: {
    customer_id: [...CUSTOMER, 'account', 'name'],
    rep_id: REP,
    from: FROM,
    to: TO,
    share: SHARE,
  },
  schedules: {
    invoice_id: [...INVOICE, ...DOCUMENT.filter((name) => name !== 'id')],
    due_date: [
      ...[
        'instalment due date',
        'installment due date',
        'instalment date',
        'installment date',
        'scheduled date',
      ],
      ...['schedule date', 'payment due', ...DUE],
    ],
    amount: [
      ...['instalment amount', 'installment amount', 'amount due', 'due amount', 'scheduled amount'],
      ...['schedule amount', 'payment amount', ...AMOUNT],
    ],
  },
  disputes: {
    invoice_id: [...INVOICE, ...DOCUMENT.filter((name) => name !== 'id')],
    from: ['dispute date', 'disputed on', 'date disputed', 'opened', 'opened on', 'date opened', ...FROM],
    to: ['resolved', 'resolved on', 'date resolved', 'resolution date', 'closed', 'date closed', ...TO],
    reason: ['dispute reason', 'reason code', ...REASON],
  },
  entries: {
    entry_id: ['entry id', 'entry number', 'entry', 'reference', 'ref', 'request id', 'approval number'],
    rep_id: [...REP, ...EMPLOYEE],
    date: ['pay date', 'award date', 'date awarded', 'date earned', 'effective date', ...DATE],
    kind: ['kind', 'type', 'entry type', 'adjustment type', 'pay type', 'Art', 'tipo'],
    amount: [
      ...['spif amount', 'spiff amount', 'bonus amount', 'adjustment amount', 'award amount', 'entry amount'],
      ...['spif', 'spiff', 'bonus', 'adjustment', 'award', 'payout', 'prime', ...AMOUNT],
    ],
    invoice_id: INVOICE,
    reason: ['program', 'contest', 'campaign', ...REASON],
  },
  draws: {
    rep_id: [...REP, ...EMPLOYEE],
    from: FROM,
    to: TO,
    amount: [
      ...['draw amount', 'draw', 'monthly draw', 'quarterly draw', 'draw per month', 'draw per quarter'],
      ...['guarantee amount', 'guarantee', 'monthly guarantee', 'quarterly guarantee', ...AMOUNT],
    ],
    kind: ['kind', 'draw type', 'type', 'recoverable', 'is recoverable'],
  },
  calendar: {
    quarter: ['quarter', 'fiscal quarter', 'Quartal', 'trimestre'],
    from: ['from', 'from date', 'start', 'start date', 'von', 'début', 'desde'],
    to: ['to', 'to date', 'end', 'end date', 'bis', 'fin', 'hasta'],
    month: ['month', 'fiscal month', 'period', 'Monat', 'mois', 'mes'],
  },
};
