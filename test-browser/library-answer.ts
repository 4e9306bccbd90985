/** What the doors of the library answer: in a page, in a worker and in Node it must be the same. */
import type * as csv from '../src/csv.js';
import type * as explain from '../src/explain.js';
import type * as library from '../src/index.js';
import type * as payroll from '../src/payroll.js';

export interface Doors {
  readonly csv: typeof csv;
  readonly explain: typeof explain;
  readonly library: typeof library;
  readonly payroll: typeof payroll;
}

/** Quotes, letters beyond ASCII, a guarded cell and both line ends: what the parser and the plain way read. */
const INVOICES = [
  'invoice_id,customer_id,rep_id,invoice_date,due_date,amount',
  'INV-1,"Zoë ""Z"" Ltd, London",R1,2025-01-15,2025-02-14,1000.00',
  '="00002",Ångström,R1,2025-02-20,2025-03-22,2000.15',
  'INV-3,中文,Ré,2025-04-02,2025-05-02,333.33',
].join('\r\n');
const PAYMENTS = [
  'payment_id,invoice_id,payment_date,amount',
  'PAY-1,INV-1,2025-02-10,400.00',
  'PAY-2,INV-3,2025-05-01,333.33',
].join('\n');

const terms = {
  currency: 'USD',
  plans: [{ id: 'ae', level: 1, rate: '7.77%', clawback: { pastDueDays: 30 } }],
} as const;
const keep = { postings: true, lines: true } as const;

/** Everything as one text: closes, pay, explanations, statements, files and faults. */
export async function answerOf({ csv, explain, library, payroll }: Doors): Promise<string> {
  const invoices = csv.ledgerFromCsv('invoices', INVOICES).ledger;
  const payments = csv.ledgerFromCsv('payments', PAYMENTS).ledger;
  const first = library.calculateOrThrow({
    terms,
    ledgers: { invoices, payments },
    asOf: '2025-03-31',
    keep,
  });
  const firstEnd = payroll.closePeriod(first.result);
  if (firstEnd.kind === 'refused') return library.formatFaults(firstEnd.faults);
  const read = library.closeFromJson(JSON.stringify(library.closeToJson(firstEnd.close)));
  if (read.kind === 'refused') return library.formatFaults(read.faults);
  const closes = [read.close];
  const second = library.calculateOrThrow({
    terms,
    ledgers: { invoices, payments },
    asOf: '2025-06-30',
    closes,
    keep,
  });
  const period = payroll.findPeriod(second, '2025-Q2');
  const collected = await library.collect('invoices', [
    {
      invoice_id: 'I1',
      customer_id: 'C1',
      rep_id: 'R1',
      invoice_date: '2025-01-15',
      amount: { minor: 100_000n },
    },
  ]);
  const opened = library.openBook({
    terms,
    ledgers: { invoices: collected.kind === 'collected' ? collected.ledger : { rows: [] } },
    asOf: '2025-03-31',
  });
  return textOf({
    result: library.resultToJson(second.result),
    end: payroll.closePeriod(second.result, closes),
    moved: payroll.movedPay(second.result),
    statements:
      period &&
      payroll.statementsOf({
        result: second.result,
        state: second,
        period,
      }),
    pay: explain.explainAllPay(second.result, '2025-06-30'),
    lines: [...explain.explainAllLines(second)],
    ageing: explain.ageingOf(first),
    files: csv.csvFiles(second.result),
    book: opened.kind === 'open' ? opened.book.at() : opened,
    faults: library.formatFaults(
      csv.ledgerFromCsv('payments', 'payment_id,invoice_id,payment_date,amount\nP1,"I"1,2025-02-30,1\n')
        .faults,
    ),
  });
}

/** As JSON, with the amounts and the lists by name that JSON has no form for. */
function textOf(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) => {
    if (typeof one === 'bigint') return `${one}n`;
    return one instanceof Map || one instanceof Set ? [...one] : one;
  });
}
