/** A cell as a program gives it, and its text: money and days only in forms that cannot have lost anything. */

import type { ColumnKind } from '../ledger-specs/spec.js';
import { formatMinor } from '../money.js';
import { findCurrency } from '../plans/currencies.js';

/** An amount as a whole number of minor units: 12345n for 123.45 USD, or for 12345 JPY. */
export interface MinorAmount {
  /** Of the row's own currency: its `currency` cell, or that of its invoice, or the workspace's. */
  readonly minor: bigint;
}

/** An object with a faithful `toString`: a Decimal, a Temporal.PlainDate; a Date is none, since it is a moment. */
export interface Written {
  toString(): string;
  readonly getTimezoneOffset?: never;
}

/** A cell: text, or what has one exact text; blank where it is `null`, `undefined` or ''. */
export type Cell = string | (Written & object) | null | undefined;
/** An amount. A JavaScript number is none: 0.1 + 0.2 is not 0.3. */
export type AmountCell = Cell | MinorAmount;
/** An id: a database's whole number is one, too. */
export type IdCell = Cell | number | bigint;

/** Why a cell has no exact text. */
export type CellFault = 'inexact-cell' | 'moment-not-day' | 'unreadable-cell';

/** The text of a cell, or why there is none. */
export type CellText = { readonly text: string } | { readonly fault: CellFault };

/**
 * The text of a cell.
 *
 * @param currency - of the row, for an amount in minor units
 */
export function textOfCell(cell: unknown, kind: ColumnKind, currency: () => string): CellText {
  switch (typeof cell) {
    case 'string':
      return { text: cell };
    case 'undefined':
      return { text: '' };
    case 'number':
    case 'bigint':
      return textOfNumber(cell, kind);
    case 'object':
      return cell === null ? { text: '' } : textOfObject(cell, kind, currency);
    default:
      return { fault: 'unreadable-cell' };
  }
}

function textOfNumber(cell: number | bigint, kind: ColumnKind): CellText {
  if (kind === 'amount' || kind === 'share' || kind === 'rate') return { fault: 'inexact-cell' };
  if (kind !== 'id' || (typeof cell === 'number' && !Number.isSafeInteger(cell)))
    return { fault: 'unreadable-cell' };
  return { text: String(cell) };
}

function textOfObject(cell: object, kind: ColumnKind, currency: () => string): CellText {
  if ('minor' in cell) {
    if (kind !== 'amount') return { fault: 'unreadable-cell' };
    if (typeof cell.minor !== 'bigint') return { fault: 'inexact-cell' };
    const digits = findCurrency(currency())?.digits;
    return digits === undefined ? { fault: 'unreadable-cell' } : { text: formatMinor(cell.minor, digits) };
  }
  if (cell instanceof Date) return { fault: 'moment-not-day' };
  if (Array.isArray(cell) || cell.toString === Object.prototype.toString) return { fault: 'unreadable-cell' };
  return textOfWritten(cell);
}

/** What a user's own `toString` throws is a fault of the cell, and of nothing else. */
function textOfWritten(cell: object): CellText {
  try {
    const text: unknown = cell.toString();
    return typeof text === 'string' ? { text } : { fault: 'unreadable-cell' };
  } catch {
    return { fault: 'unreadable-cell' };
  }
}

/** A cell as a message shows it. */
export function shownCell(cell: unknown): string {
  if (cell === null) return 'null';
  if (Array.isArray(cell)) return 'an array';
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? 'an invalid Date' : cell.toISOString();
  switch (typeof cell) {
    case 'string':
      return cell;
    case 'object':
      return 'an object';
    case 'function':
      return 'a function';
    case 'symbol':
      return 'a symbol';
    case 'bigint':
      return `${cell}n`;
    default:
      return String(cell);
  }
}
