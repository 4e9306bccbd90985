/** postings.csv as bytes from the table of postings against the plain way: each posting an object, each cell a text. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { IN_BIGINTS, IN_NUMBERS } from '../src/amount.js';
import { calculate } from '../src/engine/calculate.js';
import type { Writable } from '../src/engine/result.js';
import { Pen } from '../src/ledgers/pen.js';
import { phrasesOfIds } from '../src/ledgers/phrases.js';
import { postingsTable } from '../src/ledgers/tables.js';
import { cellOf, csvOf } from '../src/ledgers/write.js';
import { postingsCsv } from '../src/ledgers/write-postings.js';
import { formatMinor } from '../src/money.js';
import { histories } from '../src/testing/histories.js';
import { Texts } from '../src/texts.js';
import { anyText } from './support/any-text.js';
import { forAll } from './support/property.js';
import { inputsOf, type Workspace } from './support/run.js';

/** What an id can begin with and be odd; \ud800 and \udc00 are halves of characters, \ud7ff is next to them and whole. */
const starts = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .array(
        fc.constantFrom(
          ...['q', '.', '-', 'ß', '€', '𝄞', '👍🏽', '\ud7ff', '\ue000', '\ud800', '\udc00'],
          ...[',', '"', '\n', '\r', '\t', '=', '+', '@', "'", ';', ' ', '\u007f', '\u2028'],
        ),
        { maxLength: 4 },
      )
      .map((parts) => parts.join('')),
  },
  { weight: 1, arbitrary: fc.constantFrom('-5.', '=1+', '\u007f𝄞', 'q'.repeat(300), '𝄞'.repeat(40)) },
);

const COLUMNS = [
  ...['invoice_id', 'customer_id', 'rep_id', 'plan_id', 'payment_id', 'write_off_id', 'credit_memo_id'],
] as const;

/** By column, what ids begin with; an id says itself with which of them. Most stay as they are. */
const renamings = fc.tuple(
  ...COLUMNS.map(() =>
    fc.oneof(fc.constant(['']), fc.array(fc.oneof(fc.constant(''), starts), { minLength: 1, maxLength: 3 })),
  ),
);

interface Case {
  readonly workspace: Workspace;
  readonly renaming: readonly (readonly string[])[];
  /** By how many powers of ten amounts are larger. */
  readonly larger: number;
  /** Whether cash of a year comes on one day. */
  readonly yearly: boolean;
  readonly counting: 'bigints' | undefined;
  readonly room: number | undefined;
}

const cases: fc.Arbitrary<Case> = fc.record({
  workspace: histories(),
  renaming: renamings,
  larger: fc.constantFrom(0, 0, 5, 8, 11),
  yearly: fc.boolean(),
  counting: fc.constantFrom(undefined, undefined, 'bigints' as const),
  // One row at a time, some, or as many as there are.
  room: fc.constantFrom(1, 2_000, 5_000, undefined),
});

describe('postings.csv', () => {
  test('is what the plain way writes', () => {
    forAll(
      cases,
      ({ workspace, renaming, larger, yearly, counting, room }, meet) => {
        const given = yearly ? bunched(workspace) : workspace;
        const inputs = inputsOf(enlarged(renamed(given, renaming), larger));
        const calculation = calculate(counting === undefined ? inputs : { ...inputs, counting });
        if (calculation.kind === 'refused') throw new Error(JSON.stringify(calculation.faults));
        const { result, working } = calculation;
        const plain = [...csvOf(postingsTable(result))].join('');
        expect(written(calculation, room).toString()).toBe(Buffer.from(plain).toString());
        expect(written(calculation, room).equals(Buffer.from(plain))).toBe(true);

        const table = working.postings;
        const { sorted, starts: groups } = table.arrange();
        const counted = table.setting.counting === IN_BIGINTS ? 'bigints' : 'numbers';
        if (result.postings.length > 1) meet('several postings');
        if (groups.some((start, group) => (groups[group + 1] ?? start) - start > 1)) meet('one day and kind');
        if (sorted.includes(0)) meet('not made in order');
        if (room !== undefined && plain.length > room * 2) meet('several blocks');
        if (plain.includes('"')) meet('quotes');
        if (/(^|,)"?'[=+@\t-]/m.test(plain)) meet('formulas');
        if (/[\u{10000}-\u{10ffff}]/u.test(plain)) meet('characters of four bytes');
        if (/\p{Surrogate}/u.test(plain)) meet('halves of characters');
        if (/,-?\d{10,}(\.\d+)?,/.test(plain)) meet(`large ${counted}`);
        if (/,-\d/.test(plain)) meet('amounts below 0');
        meet(counted);
        meet(`${result.currency.digits} digits`);
      },
      {
        'several postings': 0.6,
        'one day and kind': 0.3,
        'not made in order': 0.02,
        'several blocks': 0.15,
        quotes: 0.12,
        formulas: 0.15,
        'characters of four bytes': 0.15,
        'halves of characters': 0.1,
        'large numbers': 0.05,
        'large bigints': 0.15,
        'amounts below 0': 0.5,
        bigints: 0.3,
        numbers: 0.3,
        '0 digits': 0.1,
        '2 digits': 0.4,
        '3 digits': 0.1,
      },
    );
  });
});

describe('an id', () => {
  test('is written as the plain way writes it', () => {
    const id = fc.oneof(starts, anyText(12), fc.constant('I1'));
    forAll(fc.tuple(fc.array(id, { maxLength: 4 }), fc.boolean()), ([ids, isTight]) => {
      const texts = Texts.of(ids);
      const { bytes, starts: begins, length } = texts;
      const end = begins[length] as number;
      const phrases = phrasesOfIds(isTight ? Texts.from(bytes.slice(0, end), begins, length) : texts);
      const room = Buffer.alloc(4000);
      const pen = new Pen(room, 2);
      for (let index = 0; index < ids.length; index += 1) pen.write(phrases, index);
      expect(room.toString('utf8', 0, pen.at)).toBe(
        ids.map((text) => Buffer.from(cellOf(text)).toString()).join(''),
      );
    });
  });
});

describe('an amount', () => {
  test('is written as formatMinor says it', () => {
    const size = fc.oneof(
      fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
      fc.integer({ min: 0, max: 2 ** 31 }),
      fc
        .tuple(fc.integer({ min: 0, max: 15 }), fc.constantFrom(-1, 0, 1))
        .map(([power, more]) => 10 ** power + more),
      fc.constantFrom(0, 2 ** 31 - 1, 2 ** 31, 2 ** 32, Number.MAX_SAFE_INTEGER),
    );
    const amounts = fc.tuple(size, fc.boolean(), fc.integer({ min: 0, max: 4 }));
    forAll(amounts, ([of, below, digits]) => {
      const amount = below ? -of : of;
      const room = Buffer.alloc(40);
      const pen = new Pen(room, digits);
      pen.writeAmount(IN_NUMBERS.minor(BigInt(amount)));
      expect(room.toString('latin1', 0, pen.at)).toBe(formatMinor(BigInt(amount), digits));
    });
  });
});

/** All pieces, each used only once the next one is made. */
function written({ working }: Writable, room: number | undefined): Buffer {
  const used: Buffer[] = [];
  let last: Uint8Array = Buffer.alloc(0);
  for (const piece of postingsCsv(working.postings, room)) {
    used.push(Buffer.from(last));
    last = piece;
  }
  return Buffer.concat([...used, last]);
}

/** The same workspace, its ids under other names. */
function renamed({ terms, ledgers, asOf }: Workspace, renaming: Case['renaming']): Workspace {
  const nameOf = (column: string, cell: string) => {
    const id = cell.trim();
    const beginnings = renaming[COLUMNS.indexOf(column as (typeof COLUMNS)[number])] ?? [''];
    const sum = [...id].reduce((total, character) => total + (character.codePointAt(0) ?? 0), 0);
    return id === '' ? cell : `${beginnings[sum % beginnings.length]}${id}`;
  };
  const of = { reverses: 'invoice_id' } as Readonly<Record<string, string>>;
  const { plans, ...others } = terms as { plans: readonly { id: string }[] };
  return {
    terms: { ...others, plans: plans.map((plan) => ({ ...plan, id: nameOf('plan_id', plan.id) })) },
    ledgers: mapCells(ledgers, (column, cell) => nameOf(of[column] ?? column, cell)),
    asOf,
  };
}

/** The same workspace, its amounts larger by some powers of ten. */
function enlarged({ terms, ledgers, asOf }: Workspace, powers: number): Workspace {
  const isAmount = (column: string) => ['amount', 'total', 'cost', 'quota'].includes(column);
  const larger = (cell: string) => {
    const [whole = '', decimals = ''] = cell.split('.');
    const digits = decimals.padEnd(powers, '0');
    return `${whole}${digits.slice(0, powers)}.${digits.slice(powers)}`.replace(/\.$/, '');
  };
  const cells = (column: string, cell: string) => (isAmount(column) && cell !== '' ? larger(cell) : cell);
  return { terms, ledgers: mapCells(ledgers, cells), asOf };
}

/** The same workspace, its cash, write-offs and credit memos all on one day of the year; a calendar may end before. */
function bunched({ terms, ledgers, asOf }: Workspace): Workspace {
  if (ledgers['calendar'] !== undefined) return { terms, ledgers, asOf };
  const isDay = (column: string) => ['payment_date', 'write_off_date', 'credit_date'].includes(column);
  const cells = (column: string, cell: string) => (isDay(column) ? `${cell.slice(0, 4)}-12-15` : cell);
  return { terms, ledgers: mapCells(ledgers, cells), asOf };
}

function mapCells(
  ledgers: Workspace['ledgers'],
  cellOf: (column: string, cell: string) => string,
): Workspace['ledgers'] {
  const mapRow = (row: Readonly<Record<string, string | undefined>>) =>
    Object.fromEntries(
      Object.entries(row).map(([column, cell]) => [column, cell === undefined ? cell : cellOf(column, cell)]),
    );
  return Object.fromEntries(Object.entries(ledgers).map(([name, rows]) => [name, rows.map(mapRow)]));
}
