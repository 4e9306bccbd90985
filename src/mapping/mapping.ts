/** What a mapping may say: how a ledger is read from the columns, formats and rows of an export. */

/** A column of an export: by its name in the header, or by its position, counted from 1. */
export type Header = string | number;

/** Where the cells of one of our columns come from. */
export interface ColumnSource {
  /** The first of these that the header has; or, with `join`, all of them, joined by a space. */
  readonly from: readonly Header[];
  readonly join: boolean;
  /** With `join`: equal ids get ` #2`, ` #3`, so that an export without ids has some. */
  readonly numbered: boolean;
  /** Columns that are added to the amount, and taken from it. */
  readonly plus: readonly Header[];
  readonly minus: readonly Header[];
  /** Only what stands behind, or before, this text in the cell. */
  readonly after?: string | undefined;
  readonly before?: string | undefined;
}

/** What a cell must be for its row to be a record of the ledger: everything that is said. */
export interface Condition {
  readonly in?: readonly string[] | undefined;
  readonly not?: readonly string[] | undefined;
  readonly contains?: readonly string[] | undefined;
  readonly empty?: boolean | undefined;
  /** The values need not occur in the file. */
  readonly optional: boolean;
}

export type Sign = 'keep' | 'flip' | 'positive' | 'negative';

/** The sign of amounts: one for all rows, or by the value of a column. */
export type SignRule = Sign | SignByType;

export interface SignByType {
  readonly by: Header;
  /** Kinds whose amounts are right as they are written; a kind that is named nowhere is told. */
  readonly keep: readonly string[];
  readonly flip: readonly string[];
  readonly positive: readonly string[];
  readonly negative: readonly string[];
}

/** How the lines of one document become one row, per column: added up, the same on each, or the first line's. */
export type LineRule = 'sum' | 'same' | 'first';

/** How an export becomes a ledger. With nothing said, the export has our own columns as R2.1 writes them. */
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
  /** What stands for an empty cell. */
  readonly nullValues?: readonly string[] | undefined;
  /** By our column names: what the file writes, and what it means. */
  readonly values?: Readonly<Record<string, Readonly<Record<string, string>> | undefined>> | undefined;
  /** By the names of the header. */
  readonly where?: Readonly<Record<string, Condition>> | undefined;
  /** By our column names; those that are not named are the same on each line. */
  readonly lines?: Readonly<Record<string, LineRule | undefined>> | undefined;
  /** Patterns for the first filled cell of rows that are no records; `*` stands for any text, `\*` for a star. */
  readonly notRecords?: readonly string[] | undefined;
  /** The pattern of the row that has the report's own total, which must agree. */
  readonly totalRow?: string | undefined;
  /** Payments that are what was paid on each invoice to date. */
  readonly snapshot?: boolean | undefined;
  /** Leave out, and count, rows whose date or amount is empty. */
  readonly skipEmpty?: boolean | undefined;
}
