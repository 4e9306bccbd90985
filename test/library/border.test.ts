/** What a program gives to the library may be anything: faults are values with words, never a TypeError, never silence (R9.1). */
import { Decimal } from 'decimal.js';
import { describe, expect, test } from 'vitest';
import {
  atLevel,
  calculate,
  calculateOrThrow,
  closeOf,
  closeOrThrow,
  type Fault,
  formatFaults,
  type Inputs,
  isoDay,
  ledgerOf,
  mapRecords,
  Refused,
} from '../../src/index.js';

const terms = { currency: 'USD', plans: [{ id: 'ae', level: 3, rate: '5%' }] } as const;
const INVOICE = {
  invoice_id: 'I1',
  customer_id: 'C1',
  rep_id: 'R1',
  invoice_date: '2025-01-15',
  amount: '1000.00',
};
const PAYMENT = { payment_id: 'P1', invoice_id: 'I1', payment_date: '2025-02-10', amount: '400.00' };
const INPUTS: Inputs = {
  terms,
  ledgers: { invoices: { rows: [INVOICE] }, payments: { rows: [PAYMENT] } },
  asOf: '2025-03-31',
};

/** Inputs without types: a program in JavaScript gives what it has. */
const untyped = (changes: Readonly<Record<string, unknown>>) =>
  ({ ...INPUTS, ...changes }) as unknown as Inputs;
const withPayments = (...rows: readonly unknown[]) =>
  untyped({ ledgers: { ...INPUTS.ledgers, payments: { rows } } });
const withInvoices = (...rows: readonly unknown[]) =>
  untyped({ ledgers: { ...INPUTS.ledgers, invoices: { rows } } });

function faultsOf(inputs: Inputs): readonly Fault[] {
  const outcome = calculate(inputs);
  if (outcome.kind !== 'refused') throw new Error('expected faults');
  return outcome.faults;
}

const linesOf = (inputs: Inputs) => formatFaults(faultsOf(inputs)).split('\n');
const firstRow = (inputs: Inputs) => calculateOrThrow(inputs).result.quarters[0];

describe('blank cells', () => {
  test('R9.1 null and undefined are blank: no rep is called "null"', () => {
    const lines = linesOf(withInvoices({ ...INVOICE, rep_id: null }));
    expect(lines).toEqual(linesOf(withInvoices({ ...INVOICE, rep_id: '' })));
    expect(lines).toEqual(linesOf(withInvoices({ ...INVOICE, rep_id: undefined })));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('ledgers.invoices.rows[0] rep_id');
  });

  test('R2.1 an optional cell may be null', () => {
    expect(
      firstRow(withInvoices({ ...INVOICE, due_date: null, category: null, reverses: null })),
    ).toMatchObject({
      paid: 2000n,
    });
    const calendar = { rows: [{ quarter: '2025-Q1', month: null, from: '2025-01-01', to: '2025-03-31' }] };
    const monthly = untyped({
      terms: { ...terms, payPeriod: 'month' },
      ledgers: { ...INPUTS.ledgers, calendar },
    });
    expect(faultsOf(monthly)).toMatchObject([{ code: 'month-needed' }]);
  });
});

describe('ledgers and columns', () => {
  test('R9.1 an unknown ledger is a fault, with the name that was meant', () => {
    const ledgers = { ...INPUTS.ledgers, writeoffs: { rows: [] } };
    expect(linesOf(untyped({ ledgers }))).toEqual([
      'ledgers.writeoffs: Unknown key. Did you mean writeOffs?',
    ]);
  });

  test('R9.1 an unknown column is a fault once, however many rows have it', () => {
    const rows = [
      { ...PAYMENT, paid_on: '1' },
      { ...PAYMENT, payment_id: 'P2', paid_on: '2' },
    ];
    expect(linesOf(withPayments(...rows))).toEqual([
      'ledgers.payments.rows[0] paid_on: This ledger has no such column. It has payment_id, invoice_id, payment_date, amount, customer_id, discount, currency, collector_id. To make a ledger of objects of your own, use ledgerOf.',
    ]);
    expect(faultsOf(withPayments({ ...PAYMENT, Amount: '1' }))).toMatchObject([
      { code: 'unknown-column', column: 'Amount', nearest: 'amount' },
    ]);
  });

  test.each([
    [{ ledgers: undefined }, 'ledgers "nothing"'],
    [{ ledgers: [] }, 'ledgers "an array"'],
    [{ ledgers: {} }, 'ledgers.invoices: This key is missing or empty.'],
    [{ ledgers: { invoices: [INVOICE] } }, 'ledgers.invoices "an array"'],
    [{ ledgers: { invoices: { rows: 'I1' } } }, 'ledgers.invoices "an object"'],
    [{ ledgers: { invoices: { rows: new Set([INVOICE]) } } }, 'ledgers.invoices'],
    [{ ledgers: { invoices: { rows: [INVOICE], row: [] } } }, 'ledgers.invoices.row: Unknown key.'],
    [{ ledgers: { invoices: { rows: [null] } } }, 'ledgers.invoices.rows[0] "null": Expected a row'],
    [{ ledgers: { invoices: { rows: [['I1']] } } }, 'ledgers.invoices.rows[0] "an array"'],
    [{ terms: null }, 'terms "null"'],
    [{ asOf: new Date('2025-03-31') }, 'asOf "2025-03-31T00:00:00.000Z": Expected a day as text'],
    [{ asOf: undefined }, 'asOf "nothing"'],
    [{ asof: '2025-03-31' }, 'asof: Unknown key. Did you mean asOf?'],
    [{ keep: ['postings'] }, 'keep "an array"'],
    [{ keep: { posting: true } }, 'keep.posting: Unknown key. Did you mean postings?'],
    [{ keep: { lines: 'yes' } }, 'keep.lines "yes"'],
    [{ counting: 'numbers' }, 'counting "numbers"'],
    [{ closes: {} }, 'closes "an object"'],
    [{ closes: [null] }, 'closes[0] close: This is not a close as closeOf made it: it is no object.'],
    [{ closes: [{}] }, 'closes[0] close: This is not a close as closeOf made it: its period'],
  ])('R9.1 a wrong shape is a fault: %j', (changes, expected) => {
    expect(linesOf(untyped(changes))[0]).toContain(expected);
  });

  test.each([undefined, null, 1, 'x', []])('R9.1 inputs that are %j', (inputs) => {
    expect(faultsOf(inputs as unknown as Inputs)).toMatchObject([{ code: 'wrong-value' }]);
  });

  test('R8.4 a hole in an array is a fault, not a row that is lost', () => {
    const rows: unknown[] = [PAYMENT];
    rows[2] = { ...PAYMENT, payment_id: 'P3' };
    expect(linesOf(withPayments(...rows))[0]).toContain('ledgers.payments.rows[1] "nothing": Expected a row');
    const sparse = new Array<unknown>(2);
    sparse[1] = PAYMENT;
    expect(faultsOf(untyped({ ledgers: { ...INPUTS.ledgers, payments: { rows: sparse } } }))).toMatchObject([
      { code: 'wrong-value', place: { row: 0 } },
    ]);
  });
});

describe('cells', () => {
  const four = (): number => 4;
  const refuse = (): string => {
    throw new Error('no');
  };

  test.each([400, 400.1, Number.NaN, 400n])('R9.1 a number is no amount: %s', (amount) => {
    expect(faultsOf(withPayments({ ...PAYMENT, amount }))).toMatchObject([
      { code: 'inexact-cell', column: 'amount', place: { row: 0 } },
    ]);
    expect(linesOf(withPayments({ ...PAYMENT, amount }))[0]).toContain('not exact to the cent');
  });

  test.each([
    [{ payment_date: new Date('2025-02-10') }, 'moment-not-day'],
    [{ payment_date: 45_698 }, 'unreadable-cell'],
    [{ payment_date: {} }, 'unreadable-cell'],
    [{ payment_id: true }, 'unreadable-cell'],
    [{ payment_id: 1.5 }, 'unreadable-cell'],
    [{ payment_id: 2 ** 53 }, 'unreadable-cell'],
    [{ payment_id: Symbol('P1') }, 'unreadable-cell'],
    [{ payment_id: { minor: 1n } }, 'unreadable-cell'],
    [{ payment_id: ['P1'] }, 'unreadable-cell'],
    [{ amount: { minor: 40_000 } }, 'inexact-cell'],
    [{ amount: { toString: four } }, 'unreadable-cell'],
    [{ amount: { toString: refuse } }, 'unreadable-cell'],
  ])('R9.1 what has no exact text is a fault: %#', (cells, code) => {
    const faults = faultsOf(withPayments({ ...PAYMENT, ...cells }));
    expect(faults).toMatchObject([{ code }]);
    expect(formatFaults(faults)).toMatch(/^ledgers\.payments\.rows\[0\] \w+ .+: .+\.$/);
  });

  test.each([
    ['text', '400.00'],
    ['whole minor units', { minor: 40_000n }],
    ['a Decimal', new Decimal('400')],
    ['an object with a faithful toString', { toString: (): string => '400.00' }],
  ])('R2.8 an amount may be %s', (_, amount) => {
    expect(firstRow(withPayments({ ...PAYMENT, amount }))).toMatchObject({ paid: 2000n, held: 3000n });
  });

  test('R2.1 an id may be a whole number, and it is the same as its text', () => {
    const inputs = untyped({
      ledgers: {
        invoices: { rows: [{ ...INVOICE, invoice_id: 17 }] },
        payments: { rows: [{ ...PAYMENT, payment_id: 1n, invoice_id: '17' }] },
      },
    });
    expect(firstRow(inputs)).toMatchObject({ paid: 2000n });
  });

  test('R2.1 a day may be an object with a faithful toString, as Temporal.PlainDate has', () => {
    const day = { toString: () => '2025-02-10', toJSON: () => '2025-02-10' };
    expect(firstRow(withPayments({ ...PAYMENT, payment_date: day }))).toMatchObject({ paid: 2000n });
  });

  test('R15.3 minor units are of the currency of the row, or else of its invoice', () => {
    // 1,000 JPY at 0.01 are 10.00 USD; 5% of it is 0.50, and 400 of 1,000 is paid: 0.20.
    const inputs = untyped({
      ledgers: {
        invoices: { rows: [{ ...INVOICE, currency: 'JPY', amount: { minor: 1000n } }] },
        payments: { rows: [{ ...PAYMENT, amount: { minor: 400n } }] },
        fx: { rows: [{ date: '2025-01-01', currency: 'JPY', rate: '0.01' }] },
      },
    });
    expect(firstRow(inputs)).toMatchObject({ earned: 50n, paid: 20n });
  });

  test('R8.5 the inputs are left as they are', () => {
    const row = Object.freeze({ ...PAYMENT, amount: new Decimal('400') });
    expect(firstRow(withPayments(row))).toMatchObject({ paid: 2000n });
  });
});

describe('ledgerOf', () => {
  test('R2.1 makes a ledger of objects of any shape', () => {
    const records = [
      { id: 7, invoice: 'I1', at: new Date('2025-02-10T23:30:00Z'), cents: 40_000n, note: 'wire' },
    ];
    const payments = ledgerOf('payments', records, {
      payment_id: 'id',
      invoice_id: 'invoice',
      payment_date: ({ at }) => isoDay(at, 'Europe/Berlin'),
      amount: ({ cents }) => ({ minor: cents }),
    });
    const { result } = calculateOrThrow({ ...INPUTS, ledgers: { ...INPUTS.ledgers, payments } });
    expect(result.quarters[0]).toMatchObject({ paid: 2000n });
    expect(result.postings.at(-1)).toMatchObject({ sourceId: '7', date: '2025-02-11' });
  });

  test('the types name the columns that are needed, and the keys that fit them', () => {
    const records = [{ id: 'P1', paid: 12.5 }];
    // @ts-expect-error three needed columns are missing
    ledgerOf('payments', records, { payment_id: 'id' });
    const columns = { payment_id: 'id', invoice_id: 'id', payment_date: 'id' } as const;
    // @ts-expect-error a number is no amount
    ledgerOf('payments', records, { ...columns, amount: 'paid' });
  });
});

describe('isoDay', () => {
  test.each([
    ['2025-03-31T23:30:00Z', 'Europe/Berlin', '2025-04-01'],
    ['2025-03-31T23:30:00Z', 'UTC', '2025-03-31'],
    ['2025-04-01T03:30:00Z', 'America/New_York', '2025-03-31'],
    ['not a date', 'UTC', undefined],
    ['2025-03-31T23:30:00Z', 'Mars/Olympus', undefined],
  ])('%s in %s is %s', (moment, zone, day) => {
    expect(isoDay(new Date(moment), zone)).toBe(day);
  });
});

describe('other functions', () => {
  test('R9.1 atLevel of what are no terms leaves them for calculate to refuse', () => {
    for (const raw of [null, {}, { plans: 'ae' }, { plans: [null, 1] }]) {
      const { terms: kept } = atLevel(raw as never, 3);
      expect(calculate({ ...INPUTS, terms: kept }).kind).toBe('refused');
    }
    expect(atLevel(INPUTS.terms, 9 as never).terms).toBe(INPUTS.terms);
  });

  test.each([
    ['payment', [['a']], { code: 'unknown-key', nearest: 'payments' }],
    ['payments', null, { code: 'wrong-value' }],
    ['payments', [['payment_id'], null], { code: 'wrong-value', place: { kind: 'record', record: 1 } }],
    ['payments', [['payment_id', 7]], { code: 'wrong-value', found: 'a record with a number' }],
  ])('R9.1 mapRecords of %s, %j returns a fault', (name, records, fault) => {
    expect(mapRecords(name as 'payments', records as never).faults).toMatchObject([fault]);
  });

  test('R11.1 a result that cannot close its period says why', () => {
    const { result } = calculateOrThrow({ ...INPUTS, asOf: '2025-03-30' });
    const refused = closeOf(result);
    expect(refused).toMatchObject({
      kind: 'refused',
      faults: [{ code: 'not-period-end', to: '2025-03-31' }],
    });
    expect(() => closeOrThrow(result)).toThrow(Refused);
    expect(() => closeOrThrow(result)).toThrow(
      'as of 2025-03-30: 2025-Q1 ends on 2025-03-31, and only a result as of that day can close it.',
    );
    const later = closeOf(calculateOrThrow({ ...INPUTS, asOf: '2025-06-30' }).result);
    expect(later).toMatchObject({ faults: [{ code: 'close-out-of-order', open: '2025-Q1' }] });
  });

  test('R9.1 calculateOrThrow throws every fault in words', () => {
    expect(() =>
      calculateOrThrow(withPayments({ ...PAYMENT, amount: 'x' }, { ...PAYMENT, amount: '1' })),
    ).toThrow(
      'ledgers.payments.rows[0] amount "x": Expected a number such as 1234.56.\n' +
        'ledgers.payments.rows[1] P1 on I1: Already on ledgers.payments.rows[0]. If both rows are real, change the id of one; if not, delete one.',
    );
  });
});

describe('formatFaults', () => {
  test('names no key of comp.yaml that calculate has not, and no flag', () => {
    const two = { currency: 'USD', plans: [terms.plans[0], { id: 'bd', level: 0, rate: '1%' }] };
    const texts = [
      ...linesOf(withPayments({ ...PAYMENT, amount: '1.234,56', payment_date: '31.12.2025' })),
      ...linesOf(untyped({ terms: two })),
      ...linesOf(
        untyped({
          ledgers: {
            ...INPUTS.ledgers,
            assignments: { rows: [{ rep_id: 'R1', plan_id: 'xx', from: '2025-01-01' }] },
          },
        }),
      ),
      ...linesOf(withInvoices(INVOICE, INVOICE)),
    ];
    expect(texts.length).toBeGreaterThanOrEqual(5);
    expect(texts.join('\n')).not.toMatch(/comp\.yaml|--\w|numberFormat|dateFormat|\.csv|lines:/);
  });
});
