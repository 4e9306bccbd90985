/** From payments, write-offs and credit memos to the events of sales (R2.4, R7.5, R9.2). */
import type { Amount } from '../../amount.js';
import type { Day } from '../../day.js';
import { type ExceptionCode, type ExceptionFacts, exception } from '../../problems/exception.js';
import type { Cause } from '../r1-words/causes.js';
import type { CashLedger } from '../r2-ledgers/books.js';
import type { Fate } from '../r8-results/controls.js';
import { inWords, type Run } from '../run.js';
import { checkCurrency } from './currency.js';
import type { Gathering } from './sales.js';

/** What an entry does, and what one below 0 does (R2.4). */
const CAUSES: Readonly<Record<CashLedger, readonly [Cause, Cause]>> = {
  payments: ['collected', 'refunded'],
  writeOffs: ['written-off', 'write-off-reversed'],
  creditMemos: ['credited', 'credited'],
};

/** What happened to the invoices: cash, write-offs, credit memos, and the invoices that reverse others. */
export function addEntries(gathering: Gathering): void {
  addLedger(gathering, 'payments');
  setUndatedAside(gathering);
  addLedger(gathering, 'writeOffs');
  addLedger(gathering, 'creditMemos');
  addReversals(gathering);
}

function addLedger(gathering: Gathering, ledger: CashLedger): void {
  const { run, counter } = gathering;
  const { asOf, books, sources, counting } = run;
  const { length, invoices, days, amounts, rowOf } = books[ledger];
  const named = books.invoices.sales.findAll(invoices);
  const waits = run.terms.applyCash !== 'none';
  const [cause, reversal] = CAUSES[ledger];
  const first = sources.firstOf(ledger);
  const rows = counter.of(ledger);
  for (let entry = 0; entry < length; entry += 1) {
    const day = days[entry] as Day;
    const amount = amounts[entry] as Amount;
    const source = first + entry;
    let fate: Fate = 'later';
    if (day <= asOf && invoices.isBlank(entry)) {
      // Where comp.yaml says how such cash is applied, it is counted with that.
      if (waits) continue;
      fate = setAside(run, 'unapplied', source, { amount: inWords(run, amount) });
    } else if (day <= asOf) {
      const invoice = named[entry] as number;
      fate =
        invoice < 0
          ? tellUnknown(run, source, invoices.at(entry), amount)
          : addTo(gathering, invoice, day, amount < 0 ? reversal : cause, source, amount);
    }
    rows.row(rowOf(entry), fate, amount, counting.zero);
  }
}

/** R2.4: a reversing invoice is a credit memo of −total, on its invoice date, with its id. */
function addReversals(gathering: Gathering): void {
  const { run, counter } = gathering;
  const { asOf, books } = run;
  const { reverses, invoiced, amounts, totals, rowOf, sales } = books.invoices;
  const rows = counter.of('invoices');
  for (const [reversing, id] of reverses) {
    const [day, amount, total] = [
      invoiced[reversing] as Day,
      amounts[reversing] as Amount,
      totals[reversing] as Amount,
    ];
    let fate: Fate = 'later';
    if (day <= asOf) {
      checkCurrency(run, reversing);
      const invoice = sales.findText(id);
      fate =
        invoice < 0
          ? tellUnknown(run, reversing, id, amount)
          : addTo(gathering, invoice, day, 'credited', reversing, -total);
    }
    rows.row(rowOf(reversing), fate, amount, total);
  }
}

/** Adds what happened to a sale, and tells what became of the entry: it shares the fate of its invoice. */
function addTo(
  { run, fates, events }: Gathering,
  invoice: number,
  day: Day,
  cause: Cause,
  source: number,
  amount: Amount,
): Fate {
  const fate = fates[invoice] as Fate;
  if (fate !== 'used') return fate;
  const total = run.books.invoices.totals[invoice] as Amount;
  if (cause === 'credited' && total <= 0) {
    const facts = { credited: inWords(run, amount), total: inWords(run, total) };
    return setAside(run, 'over-credited', source, facts);
  }
  events.add(invoice, day, cause, source, amount);
  return 'used';
}

/** An amount that was paid on a day nobody knows is never dated today. */
function setUndatedAside({ run, counter }: Gathering): void {
  const { books, counting, exceptions } = run;
  for (const { row, id, amount } of books.undated) {
    const units = counting.of(amount);
    counter.of('payments').row(row, 'setAside', units, counting.zero);
    const where = { ledger: 'payments', row, id } as const;
    exceptions.push(exception('undated-payment', where, { amount: inWords(run, units) }));
  }
}

function tellUnknown(run: Run, source: number, invoice: string, amount: Amount): Fate {
  return setAside(run, 'unknown-invoice', source, { invoice, amount: inWords(run, amount) });
}

function setAside<C extends ExceptionCode>(
  { exceptions, sources, books }: Run,
  code: C,
  source: number,
  facts: ExceptionFacts[C],
): Fate {
  const ledger = sources.ledgerOf(source);
  const row = books[ledger].rowOf(source - sources.firstOf(ledger));
  exceptions.push(exception(code, { ledger, row, id: sources.idOf(source) }, facts));
  return 'setAside';
}
