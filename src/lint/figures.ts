/** Figures of questions, and the same amounts in their sentences. */
import type { Day } from '../day.js';
import { isoOf } from '../day.js';
import type { Result } from '../engine/result.js';
import {
  formatMinor,
  formatPercent,
  formatUnits,
  groupThousands,
  type Minor,
  powerOfTen,
  round,
  type Units,
} from '../money.js';
import type { Ratio } from '../ratio.js';
import type { Figure } from './question.js';

/** How amounts of a result are written. */
export class Written {
  readonly #digits: number;
  readonly #scale: number;

  constructor({ currency, scale }: Pick<Result, 'currency' | 'scale'>) {
    this.#digits = currency.digits;
    this.#scale = scale;
  }

  /** In a sentence: `1,234.56`. */
  minor(amount: Minor): string {
    return groupThousands(this.plain(amount));
  }

  /** In a sentence, where ledgers may have more decimals than the currency: rounded. */
  units(amount: Units): string {
    return this.minor(round(amount, powerOfTen(this.#scale - this.#digits), 'half-up'));
  }

  /** Without signs between thousands. */
  plain(amount: Minor): string {
    return formatMinor(amount, this.#digits);
  }

  minorFigure(name: string, amount: Minor): Figure {
    return { name, kind: 'money', value: this.plain(amount) };
  }

  unitsFigure(name: string, amount: Units): Figure {
    return { name, kind: 'money', value: formatUnits(amount, this.#scale, this.#digits) };
  }
}

/** A share or a rate in a sentence. */
export function percentText(value: Ratio): string {
  return formatPercent(value, 2);
}

export function percentFigure(name: string, value: Ratio): Figure {
  return { name, kind: 'percent', value: formatPercent(value) };
}

export function countFigure(name: string, value: number): Figure {
  return { name, kind: 'count', value: `${value}` };
}

export function daysFigure(name: string, value: number): Figure {
  return { name, kind: 'days', value: `${value}` };
}

export function dateFigure(name: string, day: Day): Figure {
  return { name, kind: 'date', value: isoOf(day) };
}
