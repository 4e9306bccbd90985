/** Amounts of an export as plain decimals: number format, cents, sums of several columns, signs. */
import { findPlainAs, type NumberFormat } from '../formats/number-format.js';
import { decimalsOf, formatMinor, minorOf, negated, sumOf } from '../money.js';
import type { Cell } from './cell.js';
import type { Sign } from './mapping.js';

/** How a file writes its amounts. */
export interface AmountStyle {
  /** Undefined for plain decimals. */
  readonly format: NumberFormat | undefined;
  /** Amounts are whole cents. */
  readonly isCents: boolean;
}

/** One amount, or the sum of several minus others; an empty cell among several counts as 0. */
export function amountCell(
  plus: readonly string[],
  minus: readonly string[],
  style: AmountStyle,
  sign: Sign | undefined,
): Cell {
  const parts = minus.length === 0 ? plus : [...plus, ...minus];
  if (parts.every((part) => part === '')) return { text: '' };
  const plains: string[] = [];
  for (const [index, part] of parts.entries()) {
    const plain = part === '' ? '0' : findPlainAs(part, style.format);
    // Dividing an amount with decimals by 100 would make it a hundredth of itself.
    const isWhole = !style.isCents || plain === undefined || decimalsOf(plain) === 0;
    if (plain === undefined || !isWhole) return { text: part, problem: 'malformed-number' };
    plains.push(index < plus.length ? plain : negated(plain));
  }
  const [first] = plains as [string];
  const sum = plains.length === 1 ? first : sumOf(...plains);
  // Cents are whole, and so is a sum of them.
  return { text: withSign(style.isCents ? formatMinor(minorOf(sum, 0), 2) : sum, sign) };
}

function withSign(plain: string, sign: Sign | undefined): string {
  switch (sign) {
    case undefined:
    case 'keep':
      return plain;
    case 'flip':
      return negated(plain);
    case 'positive':
      return plain.startsWith('-') ? negated(plain) : plain;
    case 'negative':
      return plain.startsWith('-') ? plain : negated(plain);
  }
}
