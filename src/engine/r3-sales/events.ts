/** From payments, write-offs and credit memos to the events of sales (R2.4, R7.5, R9.2). */
import type { Amount } from '../../amount.js';
import { amountAt, negative, plus } from '../../amount.js';
import { dayAt } from '../../day.js';
import { type ExceptionCode, type ExceptionFacts, exception } from '../../problems/exception.js';
import type { Findings } from '../findings.js';
import { type Cause, numberOf } from '../r1-words/causes.js';
import { type Fate, Fates } from '../r1-words/fates.js';
import type { CashEntries, CashLedger } from '../r2-ledgers/books.js';
import { inWords, type Setting } from '../setting.js';
import { type AppliedCash, applyCash, ledgerOfDiscount } from './apply-cash.js';
import { type Credits, isCredited } from './credits.js';
import { checkCashCurrency, checkReversalCurrency } from './currency.js';
import type { Dues } from './dues.js';
import { type AccountFates, accountFatesOf } from './on-account.js';
import { EventGatherer, type SaleEvents } from './sale-events.js';

/** What happened to the sales up to the as-of date, and what became of the rows that report it. */
export interface Events {
  readonly events: SaleEvents;
  readonly applied: AppliedCash;
  /** Of the rows of each ledger. A row on an invoice shares the fate of the invoice. */
  readonly fates: Readonly<Record<CashLedger, Fates>>;
  /** Of the invoices that reverse others, by their numbers (R2.4). */
  readonly reversalFates: Fates;
  /** Of the rows that name a customer but no invoice, where the terms apply them. */
  readonly onAccount: AccountFates;
}

/** What an entry does, and what one below 0 does (R2.4): by the numbers of the causes. */
const CAUSES: Readonly<Record<CashLedger, readonly [number, number]>> = {
  payments: numbered('collected', 'refunded'),
  writeOffs: numbered('written-off', 'write-off-reversed'),
  creditMemos: numbered('credited', 'credited'),
};
const [CREDITED] = CAUSES.creditMemos;

function numbered(cause: Cause, reversal: Cause): readonly [number, number] {
  return [numberOf(cause), numberOf(reversal)];
}

/** What happened to the invoices: cash, write-offs, credit memos, and the invoices that reverse others. */
export function eventsOf(setting: Setting, dues: Dues, credits: Credits, findings: Findings): Events {
  const { books, counting, sources } = setting;
  const { payments, writeOffs, creditMemos, invoices } = books;
  const applied = applyCash(setting, dues, credits.sharesOf);
  const entries = payments.length + writeOffs.length + creditMemos.length + invoices.reverses.size;
  const discounts = payments.discounts === undefined ? 0 : payments.length;
  const gatherer = new EventGatherer(entries + discounts + applied.allocations.length, counting);
  const gathering: Gathering = {
    setting,
    fates: credits.fates,
    findings,
    gatherer,
    sharesOf: credits.sharesOf,
  };
  const fates = {
    payments: addLedger(gathering, 'payments'),
    writeOffs: addLedger(gathering, 'writeOffs'),
    creditMemos: addLedger(gathering, 'creditMemos'),
  } satisfies Record<CashLedger, Fates>;
  reportUndated(gathering);
  const reversalFates = addReversals(gathering);
  const onAccount = accountFatesOf(setting, credits.fates, applied, findings);
  for (const { from, day, amount, to } of applied.allocations) {
    // A part shares the fate of its invoice, as a row does that names it.
    if (to === undefined || !credits.fates.isUsed(to.invoice.number)) continue;
    const cause = CAUSES[from.ledger][amount < 0n ? 1 : 0];
    gatherer.add(to.invoice.number, day, cause, from.source, counting.units(amount));
  }
  return { events: gatherer.arranged(invoices.length, sources), applied, fates, reversalFates, onAccount };
}

/** What events are gathered with. */
interface Gathering {
  readonly setting: Setting;
  /** Of the invoices. */
  readonly fates: Fates;
  readonly findings: Findings;
  readonly gatherer: EventGatherer;
  /** Who has own credit on an invoice. */
  readonly sharesOf: Credits['sharesOf'];
}

/** Adds the rows of a ledger that name an invoice; those on account have a fate elsewhere. */
function addLedger(gathering: Gathering, ledger: CashLedger): Fates {
  const { setting } = gathering;
  const { asOf, books, sources, terms } = setting;
  const { length, invoices, days, amounts } = books[ledger];
  const named = books.invoices.sales.findAll(invoices);
  const waits = terms.applyCash !== 'none';
  const [cause, reversal] = CAUSES[ledger];
  const first = sources.firstOf(ledger);
  const isPlain = isPlainLedger(books[ledger]);
  const fates = new Fates(length);
  for (let entry = 0; entry < length; entry += 1) {
    const day = dayAt(days, entry);
    const amount = amountAt(amounts, entry);
    const source = first + entry;
    if (day > asOf) {
      fates.set(entry, 'later');
    } else if (!invoices.isBlank(entry)) {
      const invoice = named[entry] as number;
      const own = amount < 0 ? reversal : cause;
      fates.set(
        entry,
        invoice < 0
          ? reportUnknown(gathering, source, invoices.at(entry), amount)
          : isPlain
            ? addTo(gathering, invoice, day, own, source, amount)
            : addEntry(gathering, { ledger, entry, invoice }, day, own, source, amount),
      );
    } else if (!waits) {
      fates.set(entry, setAside(gathering, 'unapplied', source, { amount: inWords(setting, amount) }));
    }
  }
  return fates;
}

/** Whether rows of a ledger say nothing but what happened to which invoice: most of it do. */
function isPlainLedger({ currencies, takenBack, discounts }: CashEntries): boolean {
  return currencies === undefined && takenBack.size === 0 && discounts === undefined;
}

/** Adds a row that names its invoice, if it is in the currency of it (R15.3) and of a rep who is credited (R26.3). */
function addEntry(
  gathering: Gathering,
  named: { readonly ledger: CashLedger; readonly entry: number; readonly invoice: number },
  day: number,
  cause: number,
  source: number,
  amount: Amount,
): Fate {
  const { setting, findings, fates, sharesOf } = gathering;
  const { books } = setting;
  const { ledger, entry, invoice } = named;
  checkCashCurrency(setting, findings, named);
  const rep = books[ledger].takenBack.get(entry)?.rep ?? '';
  if (rep !== '' && fates.isUsed(invoice)) {
    if (!isCredited(sharesOf(invoice), books.reps.numberOf(rep))) {
      return setAside(gathering, 'unknown-rep', source, { rep, invoice: books.invoices.ids.at(invoice) });
    }
  }
  const discount = books[ledger].discounts?.[entry];
  return discount === undefined
    ? addTo(gathering, invoice, day, cause, source, amount)
    : addDiscounted(gathering, invoice, day, source, amount, discount);
}

/** R30.2: a payment and what was let go with it, which is cash too, or a credit memo. */
function addDiscounted(
  gathering: Gathering,
  invoice: number,
  day: number,
  source: number,
  amount: Amount,
  discount: Amount,
): Fate {
  const [collected, refunded] = CAUSES.payments;
  const isCash = ledgerOfDiscount(gathering.setting) === 'payments';
  const cash = isCash ? plus(amount, discount) : amount;
  const fate = addTo(gathering, invoice, day, cash < 0 ? refunded : collected, source, cash);
  if (!isCash && discount !== gathering.setting.counting.zero) {
    addTo(gathering, invoice, day, CREDITED, source, discount);
  }
  return fate;
}

/** R2.4: a reversing invoice is a credit memo of −total, on its invoice date, with its id. */
function addReversals(gathering: Gathering): Fates {
  const { setting, findings } = gathering;
  const { reverses, invoiced, amounts, totals, sales, length } = setting.books.invoices;
  const fates = new Fates(length);
  for (const [reversing, id] of reverses) {
    const day = dayAt(invoiced, reversing);
    if (day > setting.asOf) {
      fates.set(reversing, 'later');
      continue;
    }
    const invoice = sales.findText(id);
    if (invoice >= 0) checkReversalCurrency(setting, findings, reversing, invoice);
    const credited = negative(amountAt(totals, reversing));
    const fate =
      invoice < 0
        ? reportUnknown(gathering, reversing, id, amountAt(amounts, reversing))
        : addTo(gathering, invoice, day, CREDITED, reversing, credited);
    fates.set(reversing, fate);
  }
  return fates;
}

/** Adds what happened to a sale, and returns what became of the entry: it shares the fate of its invoice. */
function addTo(
  gathering: Gathering,
  invoice: number,
  day: number,
  cause: number,
  source: number,
  amount: Amount,
): Fate {
  const { setting, fates, gatherer } = gathering;
  // Every invoice that is a sale has one.
  const fate = fates.find(invoice) as Fate;
  if (fate !== 'used') return fate;
  const total = amountAt(setting.books.invoices.totals, invoice);
  if (cause === CREDITED && total <= 0) {
    const facts = { credited: inWords(setting, amount), total: inWords(setting, total) };
    return setAside(gathering, 'over-credited', source, facts);
  }
  gatherer.add(invoice, day, cause, source, amount);
  return 'used';
}

/** An amount that was paid on an unknown day is set aside: it is never dated today. */
function reportUndated({ setting, findings }: Gathering): void {
  const { books } = setting;
  for (const { row, id, amount } of books.undated) {
    const where = { ledger: 'payments', row, id } as const;
    findings.addException(exception('undated-payment', where, { amount: inWords(setting, amount) }));
  }
}

function reportUnknown(gathering: Gathering, source: number, invoice: string, amount: Amount): Fate {
  return setAside(gathering, 'unknown-invoice', source, {
    invoice,
    amount: inWords(gathering.setting, amount),
  });
}

function setAside<C extends ExceptionCode>(
  { setting, findings }: Gathering,
  code: C,
  source: number,
  facts: ExceptionFacts[C],
): Fate {
  const { sources, books } = setting;
  const ledger = sources.ledgerOf(source);
  const row = books[ledger].rowOf(source - sources.firstOf(ledger));
  findings.addException(exception(code, { ledger, row, id: sources.idOf(source) }, facts));
  return 'setAside';
}
