/** The currencies of ISO 4217, each with its number of decimals. */
import { code as currencyOf } from 'currency-codes';

export interface Currency {
  /** Three capital letters. */
  readonly code: string;
  /** How many decimals its minor unit has: 2 for USD, 0 for JPY. */
  readonly digits: number;
}

/** The currency with that code; undefined where ISO 4217 has none, or none with a minor unit. */
export function findCurrency(code: string): Currency | undefined {
  const known = currencyOf(code);
  if (known === undefined || !Number.isInteger(known.digits) || known.code !== code) return undefined;
  return { code: known.code, digits: known.digits };
}
