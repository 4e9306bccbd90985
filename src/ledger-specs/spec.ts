/** What a ledger is, as data (R2.1): its title, key and columns, and the types that follow from them. */
import type { Day } from '../day.js';
import type { Units } from '../money.js';
import type { Ratio } from '../ratio.js';

/**
 * What a cell holds: `quarter` is a quarter's name, a month (R12.5) or a date in a quarter (R2.9); `rate` is a number above
 * 0 that is no amount; `choice` is one of a few words. Text that is not an id is read as one.
 */
export type ColumnKind =
  | 'id'
  | 'date'
  | 'amount'
  | 'share'
  | 'rate'
  | 'quarter'
  | 'quarter-name'
  | 'month'
  | 'choice';

export interface ColumnSpec<Name extends string = string> {
  readonly kind: ColumnKind;
  /** `column` where a file must have the column, though its cells may be blank. */
  readonly needed: boolean | 'column';
  /** The column that may be filled instead of this one. */
  readonly unless?: Name;
  /** Of an amount: money that is owed or paid has no more decimals than the currency. */
  readonly decimals?: 'of-currency';
  /** Of a choice: the words that it may be. */
  readonly of?: readonly string[];
  /** The ledger that gives the column its meaning: without it, the column is not read. */
  readonly onlyWith?: 'openings';
}

/** What becomes of a row (R8.4): `invoice` is what becomes of its invoice; others are used as they are. */
export type CountedAs<Name extends string = string> =
  | 'invoice'
  | 'used'
  /** Not before the date in this column. */
  | { readonly from: Name };

/** Everything about a ledger but its columns. */
export interface LedgerFacts<Name extends string = string> {
  /** As people call it. */
  readonly title: string;
  /** The columns that tell one row from another. */
  readonly key: readonly Name[];
  /** Whether two rows of one key are a fault; where not, the ledger has a stricter rule of its own. */
  readonly isKeyUnique: boolean;
  readonly countedAs: CountedAs<Name>;
  /** The amount that the control totals add up. */
  readonly amount?: Name;
  /** What AR ties to: the amount where the cell is blank (R2.2). */
  readonly total?: Name;
  /** The date that a row must have to be one. */
  readonly date?: Name;
}

type ColumnSpecs = Readonly<Record<string, ColumnSpec>>;

export interface LedgerSpec extends LedgerFacts {
  readonly columns: ColumnSpecs;
}

/** A ledger's spec; the columns that it names must be its own. */
export function ledger<
  const Columns extends { readonly [Name in keyof Columns]: ColumnSpec<keyof Columns & string> },
  const Facts extends LedgerFacts<keyof Columns & string>,
>(columns: Columns, facts: Facts): Facts & { readonly columns: Columns } {
  return { ...facts, columns };
}

type Flat<Type> = { readonly [Name in keyof Type]: Type[Name] };

/** A row as a file or a caller gives it: cells as text by our column names; blank and absent are the same. */
export type RowOf<Spec extends LedgerSpec> = Flat<RowOfColumns<Spec['columns']>>;

type RowOfColumns<Columns extends ColumnSpecs> = {
  readonly [Name in keyof Columns as Columns[Name]['needed'] extends true ? Name : never]: string;
} & {
  readonly [Name in keyof Columns as Columns[Name]['needed'] extends true ? never : Name]?: string;
};

/** What each kind of cell is read as. */
interface Values {
  readonly id: string;
  readonly date: Day;
  readonly amount: Units;
  readonly share: Ratio;
  readonly quarter: string | Day;
  readonly 'quarter-name': string;
  readonly month: string;
  readonly rate: Ratio;
  readonly choice: string;
}

/** A choice is one of its own words. */
type ReadAs<Column extends ColumnSpec> = Column extends {
  readonly kind: 'choice';
  readonly of: readonly (infer Word)[];
}
  ? Word
  : Values[Column['kind']];

/** A row as it is read, with its place in the ledger: blank text is '', any other blank cell undefined. */
export type EntryOf<Spec extends LedgerSpec> = Spec extends LedgerSpec
  ? { readonly row: number } & {
      readonly [Name in keyof Spec['columns']]: ValueOf<Spec['columns'][Name]>;
    }
  : never;

type ValueOf<Column extends ColumnSpec> =
  | ReadAs<Column>
  | (Column['kind'] extends 'id' ? never : Column['needed'] extends true ? never : undefined);

/** A row of which any cell may be blank or at fault. */
export type PartialEntryOf<Spec extends LedgerSpec> = Spec extends LedgerSpec
  ? { readonly row: number } & {
      readonly [Name in keyof Spec['columns']]:
        | ReadAs<Spec['columns'][Name]>
        | (Spec['columns'][Name]['kind'] extends 'id' ? never : undefined);
    }
  : never;
