/** What a mapping is: how a ledger is read from the columns, formats and rows of an export. */

/** A column of an export: by its name in the header, or by its position, counted from 1. */
export type Header = string | number;

/** Where the cells of one of our columns come from. */
export interface ColumnSource {
  /** The first of these that the header has; or, with `join`, all of them, joined by a space. */
  readonly from: readonly Header[];
  readonly join: boolean;
  /** With `join`: equal ids get ` #2`, ` #3`, so that an export without ids has some. */
  readonly numbered: boolean;
  /** Columns that are added to the amount, and subtracted from it. */
  readonly plus: readonly Header[];
  readonly minus: readonly Header[];
  /** Only the part of the cell after, or before, this text. */
  readonly after?: string | undefined;
  readonly before?: string | undefined;
}

/** What a cell must be for its row to be a record of the ledger; all parts must hold. */
export interface Condition {
  /** The column, where the key is only a name for it: the first of these that the header has. */
  readonly from?: readonly Header[] | undefined;
  readonly in?: readonly string[] | undefined;
  readonly not?: readonly string[] | undefined;
  readonly contains?: readonly string[] | undefined;
  readonly empty?: boolean | undefined;
  /** The values of the rows that are left out; with it, a row with a value that no part lists is a fault. */
  readonly others?: readonly string[] | undefined;
  /** The values need not be in the file. */
  readonly optional: boolean;
}

export type Sign = 'keep' | 'flip' | 'positive' | 'negative';

/** The sign of amounts: one for all rows, or by the value of a column. */
export type SignRule = Sign | SignByType;

export interface SignByType {
  readonly by: Header;
  /** Kinds whose amounts are right as written; a kind without a rule is reported. */
  readonly keep: readonly string[];
  readonly flip: readonly string[];
  readonly positive: readonly string[];
  readonly negative: readonly string[];
}

/** How the lines of one document become one row, per column: their sum, the value they share, or the first line's. */
export type LineRule = 'sum' | 'same' | 'first';

/** How an export becomes a ledger. An empty mapping is for an export with our own columns, written as in R2.1. */
export interface Mapping {
  /** The names of the columns, where the file itself has no header row. */
  readonly header?: readonly string[] | undefined;
  /** By our column names. */
  readonly columns?: Readonly<Record<string, ColumnSource | undefined>> | undefined;
  /** Values that are the same in every row, by our column names. */
  readonly constants?: Readonly<Record<string, string | undefined>> | undefined;
  /** dayjs formats; ISO dates where none is given. */
  readonly dateFormat?: readonly string[] | undefined;
  /** The century of two-digit years: 2000. */
  readonly century?: number | undefined;
  /** The company's time zone, where the export has times in UTC. */
  readonly timezone?: string | undefined;
  /** `1,234.56`, `1.234,56`; plain decimals where none is given. */
  readonly numberFormat?: string | undefined;
  /** Amounts are whole cents. */
  readonly cents?: boolean | undefined;
  readonly sign?: SignRule | undefined;
  /** Texts that mean an empty cell. */
  readonly nullValues?: readonly string[] | undefined;
  /** By our column names: the values in the file, and our values for them. */
  readonly values?: Readonly<Record<string, Readonly<Record<string, string>> | undefined>> | undefined;
  /** By the names in the header. */
  readonly where?: Readonly<Record<string, Condition>> | undefined;
  /** By our column names; columns without a rule are the same on each line. */
  readonly lines?: Readonly<Record<string, LineRule | undefined>> | undefined;
  /** Patterns for the first filled cell of rows that are not records; `*` is any text, `\*` a star. */
  readonly notRecords?: readonly string[] | undefined;
  /** The pattern of the row with the report's own total, which must equal the sum of the rows. */
  readonly totalRow?: string | undefined;
  /** Payments are the amounts paid to date on each invoice. */
  readonly snapshot?: boolean | undefined;
  /** Leave out, and count, rows whose date or amount is empty. */
  readonly skipEmpty?: boolean | undefined;
}

/** A column without a mapping: it has our own name in the file. */
export function ownSource(name: string): ColumnSource {
  return { from: [name], join: false, numbered: false, plus: [], minus: [] };
}
