/** Control totals (R8.4): every row read is used, later than the as-of date, set aside, left out or no record. */
import { type Amount, type Amounts, amountAt, type Counting, exactly, plus } from '../../amount.js';
import type { LedgerName } from '../../ledger-specs/ledgers.js';
import { byCodeUnit } from '../../order.js';
import { invariant } from '../../problems/problem.js';
import { FATES, type Fate } from '../r1-words/fates.js';
import { CASH_LEDGERS, type CashLedger, type Items } from '../r2-ledgers/books.js';
import { type LedgerCount, NO_ROWS, type RowTotal } from '../r2-ledgers/reading.js';
import type { Credits } from '../r3-sales/credits.js';
import { currencyOf, findCurrency } from '../r3-sales/currency.js';
import type { Events } from '../r3-sales/events.js';
import type { Setting } from '../setting.js';

/** The control totals of one ledger: rows, and their amounts in units where the ledger has some. */
export interface ControlTotals {
  readonly read: RowTotal;
  readonly used: RowTotal;
  readonly later: RowTotal;
  readonly setAside: RowTotal;
  /** Rows that the mapping leaves out. */
  readonly leftOut: RowTotal;
  /** Rows that are no records, such as subtotals; they have no amount of their own. */
  readonly notRecords: RowTotal;
  /** How many documents the rows make, where a mapping sums lines into documents. */
  readonly documents?: number;
  /** How many of the documents are used. */
  readonly usedDocuments?: number;
  /**
   * R15.3: the same by currency, in order of the currency, where rows are in another one than the workspace's. Of the rows that
   * were taken from the ledger: those that a mapping leaves out have no currency.
   */
  readonly byCurrency?: ReadonlyMap<string, ControlTotals>;
}

/** Control totals by ledger, of the ledgers that were given. */
export type Controls = ReadonlyMap<LedgerName, ControlTotals>;

/** Counts the rows of one ledger by what became of them. */
export class LedgerCounter {
  readonly #linesOf: ((row: number) => number) | undefined;
  // By fate, one after another.
  readonly #rows = new Float64Array(FATES.length);
  readonly #amounts: Amounts;
  readonly #totals: Amounts;
  /** The rows that are used, however many lines they sum up. */
  #used = 0;
  readonly #counting: Counting;
  readonly #byCurrency = new Map<string, LedgerCounter>();

  constructor(counting: Counting, linesOf: ((row: number) => number) | undefined) {
    this.#counting = counting;
    this.#linesOf = linesOf;
    this.#amounts = counting.room(FATES.length);
    this.#totals = counting.room(FATES.length);
  }

  /** By currency, of the rows that were counted with theirs. */
  get byCurrency(): ReadonlyMap<string, LedgerCounter> {
    return this.#byCurrency;
  }

  /**
   * Counts a row, or the lines that it sums up.
   *
   * @param currency - undefined where every row is in the workspace's
   */
  row(row: number, fate: Fate, amount: Amount, total: Amount, currency?: string): void {
    if (currency !== undefined) this.#in(currency).row(row, fate, amount, total);
    const at = FATES.indexOf(fate);
    this.#rows[at] = (this.#rows[at] as number) + (this.#linesOf === undefined ? 1 : this.#linesOf(row));
    if (fate === 'used') this.#used += 1;
    this.#add(at, amount, total);
  }

  /** Counts a part of the amount of a row that is counted already. */
  amount(fate: Fate, amount: Amount, total: Amount, currency?: string): void {
    if (currency !== undefined) this.#in(currency).amount(fate, amount, total);
    this.#add(FATES.indexOf(fate), amount, total);
  }

  #in(currency: string): LedgerCounter {
    let own = this.#byCurrency.get(currency);
    if (own === undefined) {
      own = new LedgerCounter(this.#counting, this.#linesOf);
      this.#byCurrency.set(currency, own);
    }
    return own;
  }

  #add(at: number, amount: Amount, total: Amount): void {
    this.#amounts[at] = plus(amountAt(this.#amounts, at), amount);
    this.#totals[at] = plus(amountAt(this.#totals, at), total);
  }

  get used(): number {
    return this.#used;
  }

  totalOf(fate: Fate): RowTotal {
    const at = FATES.indexOf(fate);
    const [amount, total] = [exactly(amountAt(this.#amounts, at)), exactly(amountAt(this.#totals, at))];
    return { rows: this.#rows[at] as number, amount, total };
  }
}

/** What is known of the rows of all ledgers. */
export interface Accounted {
  readonly credits: Pick<Credits, 'fates' | 'splitFates' | 'itemFates'>;
  readonly events: Pick<Events, 'fates' | 'reversalFates' | 'onAccount'>;
}

/** The totals: what became of the rows must add up to the rows and amounts as they were read (R8.4). */
export function controlsOf(setting: Setting, accounted: Accounted): Controls {
  const { books, counting } = setting;
  const controls = new Map<LedgerName, ControlTotals>();
  const currencies = currenciesIn(setting);
  for (const [name, count] of books.counts) {
    const counter = new LedgerCounter(counting, count.origin?.linesOf);
    countStanding(setting, count, counter);
    COUNTS[name]?.({ setting, accounted, currencies }, counter);
    controls.set(name, tiedOut(name, count, counter));
  }
  return controls;
}

/** Rows that are used whatever the invoices are. */
function countStanding({ counting, asOf }: Setting, { standing }: LedgerCount, counter: LedgerCounter): void {
  for (const { row, amount, from } of standing) {
    const fate = from !== undefined && from > asOf ? 'later' : 'used';
    counter.row(row, fate, counting.units(amount), counting.zero);
  }
}

/** What rows are counted with. */
interface Counted {
  readonly setting: Setting;
  readonly accounted: Accounted;
  /** Undefined where every row is in the workspace's currency. */
  readonly currencies: RowCurrencies | undefined;
}

/** The currency of rows (R15.3). */
interface RowCurrencies {
  /** The workspace's, where there is no such invoice. */
  ofInvoice(invoice: number): string;
  /** The entry's own, else its invoice's. */
  ofEntry(ledger: CashLedger, entry: number): string;
}

function currenciesIn(setting: Setting): RowCurrencies | undefined {
  const { books, terms } = setting;
  const coded = [books.invoices.currencies, ...CASH_LEDGERS.map((ledger) => books[ledger].currencies)];
  const isAbroad = coded.some((column) =>
    Array.from({ length: column?.names.length ?? 0 }, (_, code) => column?.names.nameOf(code)).some(
      (name) => name !== terms.currency.code,
    ),
  );
  if (!isAbroad) return undefined;
  const ofInvoice = (invoice: number) => (invoice < 0 ? terms.currency.code : currencyOf(setting, invoice));
  return {
    ofInvoice,
    ofEntry: (ledger, entry) =>
      findCurrency(books[ledger].currencies, entry) ??
      ofInvoice(books.invoices.sales.find(books[ledger].invoices, entry)),
  };
}

type Count = (counted: Counted, counter: LedgerCounter) => void;

/** How the rows are counted whose fate depends on an invoice; a row that nobody counts does not tie out. */
const COUNTS: { readonly [Name in LedgerName]?: Count } = {
  invoices: ({ setting: { books }, accounted: { credits, events }, currencies }, counter) => {
    const { length, rowOf, amounts, totals } = books.invoices;
    for (let invoice = 0; invoice < length; invoice += 1) {
      const fate = credits.fates.find(invoice) ?? events.reversalFates.find(invoice);
      if (fate !== undefined)
        counter.row(
          rowOf(invoice),
          fate,
          amountAt(amounts, invoice),
          amountAt(totals, invoice),
          currencies?.ofInvoice(invoice),
        );
    }
  },
  payments: (counted, counter) => {
    const { books, counting } = counted.setting;
    countCash('payments', counted, counter);
    for (const { row, amount, invoice, currency } of books.undated) {
      const ofInvoice = counted.currencies?.ofInvoice(books.invoices.sales.findText(invoice));
      counter.row(
        row,
        'setAside',
        counting.units(amount),
        counting.zero,
        ofInvoice && (currency === '' ? ofInvoice : currency),
      );
    }
  },
  items: ({ setting: { books, counting }, accounted: { credits }, currencies }, counter) => {
    const { items } = books;
    for (let item = 0; item < (items?.length ?? 0); item += 1) {
      const amount = amountAt((items as Items).amounts, item);
      const fate = credits.itemFates?.find(item) ?? 'setAside';
      const currency = currencies?.ofInvoice((items as Items).invoices[item] as number);
      counter.row((items as Items).rowOf(item), fate, amount, counting.zero, currency);
    }
  },
  writeOffs: (...given) => countCash('writeOffs', ...given),
  creditMemos: (...given) => countCash('creditMemos', ...given),
  splits: ({ setting: { books, counting }, accounted: { credits } }, counter) => {
    const { length, rowOf } = books.splits;
    for (let split = 0; split < length; split += 1)
      counter.row(rowOf(split), credits.splitFates.find(split) ?? 'setAside', counting.zero, counting.zero);
  },
  schedules: ({ setting, accounted: { credits }, currencies }, counter) => {
    const { books, counting } = setting;
    for (const { row, invoice_id: id, amount } of books.plain.schedules) {
      const currency = currencies?.ofInvoice(books.invoices.sales.findText(id));
      counter.row(row, fateOfInvoice(setting, credits, id), counting.units(amount), counting.zero, currency);
    }
  },
  disputes: ({ setting, accounted: { credits } }, counter) => {
    const { books, counting } = setting;
    for (const { row, invoice_id: id } of books.plain.disputes)
      counter.row(row, fateOfInvoice(setting, credits, id), counting.zero, counting.zero);
  },
};

/** A row shares the fate of the invoice that it names, and is set aside where there is none. */
function fateOfInvoice({ books }: Setting, { fates }: Accounted['credits'], id: string): Fate {
  return fates.find(books.invoices.sales.findText(id)) ?? 'setAside';
}

/** Rows of cash: those that name an invoice, then part by part those on account. */
function countCash(
  ledger: CashLedger,
  { setting: { books, counting, sources }, accounted: { events }, currencies }: Counted,
  counter: LedgerCounter,
): void {
  const { zero } = counting;
  const { length, rowOf, amounts } = books[ledger];
  const fates = events.fates[ledger];
  for (let entry = 0; entry < length; entry += 1) {
    const fate = fates.find(entry);
    if (fate === undefined) continue;
    counter.row(rowOf(entry), fate, amountAt(amounts, entry), zero, currencies?.ofEntry(ledger, entry));
  }
  for (const { entry, fate, parts } of events.onAccount) {
    if (entry.ledger !== ledger) continue;
    // R30.2, R30.3: discounts are no amount of the ledger, and what is paid beyond an invoice is a part of another row.
    if (entry.kind === 'discount') continue;
    const currency = currencies?.ofEntry(ledger, entry.source - sources.firstOf(ledger));
    if (entry.kind === 'row') counter.row(entry.entry.row, fate, zero, zero, currency);
    for (const part of parts) counter.amount(part.fate, counting.units(part.amount), zero, currency);
  }
}

/** The totals of a ledger, which must add up to what was read. */
export function tiedOut(
  name: LedgerName,
  { rows, read, leftOut, origin }: LedgerCount,
  counter: LedgerCounter,
): ControlTotals {
  const [used, later, setAside] = [
    counter.totalOf('used'),
    counter.totalOf('later'),
    counter.totalOf('setAside'),
  ];
  const notRecords: RowTotal = { ...NO_ROWS, rows: origin?.notRecords ?? 0 };
  const sum = [used, later, setAside, leftOut, notRecords].reduce(together, NO_ROWS);
  const tiesOut = sum.rows === read.rows && sum.amount === read.amount && sum.total === read.total;
  invariant(
    tiesOut,
    () => `of ${name} ${sum.rows} of ${read.rows} rows are accounted for, or other amounts (R8.4)`,
  );
  const documents = origin?.linesOf === undefined ? {} : { documents: rows, usedDocuments: counter.used };
  const byCurrency = [...counter.byCurrency].sort(([a], [b]) => byCodeUnit(a, b));
  return {
    ...{ read, used, later, setAside, leftOut, notRecords, ...documents },
    ...(byCurrency.length === 0
      ? {}
      : { byCurrency: new Map(byCurrency.map(([currency, own]) => [currency, totalsOf(own)])) }),
  };
}

/** The totals of the rows in one currency: what was read is what became of it. */
function totalsOf(counter: LedgerCounter): ControlTotals {
  const [used, later, setAside] = [
    counter.totalOf('used'),
    counter.totalOf('later'),
    counter.totalOf('setAside'),
  ];
  const read = [used, later, setAside].reduce(together, NO_ROWS);
  return { read, used, later, setAside, leftOut: NO_ROWS, notRecords: NO_ROWS };
}

function together(a: RowTotal, b: RowTotal): RowTotal {
  return { rows: a.rows + b.rows, amount: a.amount + b.amount, total: a.total + b.total };
}
