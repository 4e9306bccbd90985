/** Amounts of one result in words, for the explanations of lines and of cash. */
import type { Result } from '../engine/result.js';
import { formatMinor, formatUnits, groupThousands, type Minor, powerOfTen, type Units } from '../money.js';
import type { Ratio } from '../ratio.js';
import { exactText } from './exact.js';
import type { TextOptions } from './style.js';

/** What the text of a line needs in addition to its facts. */
export interface Surroundings extends TextOptions {
  readonly result: Result;
}

/** Made for one result. */
export class Words {
  readonly #scale: number;
  readonly #digits: number;
  readonly #periods: Result['payPeriods'];
  readonly currency: string;

  constructor({ scale, currency, payPeriods }: Result) {
    this.#scale = scale;
    this.#digits = currency.digits;
    this.#periods = payPeriods;
    this.currency = currency.code;
  }

  /** ` in 2025-Q3`; blank if nothing of the quarter is calculated. */
  inQuarter(date: string): string {
    const period = this.#periods.find(({ from, to }) => from <= date && date <= to);
    return period === undefined ? '' : ` in ${period.quarter}`;
  }

  /** A whole amount of the currency, in units. */
  whole(amount: bigint): Units {
    return amount * powerOfTen(this.#scale);
  }

  money(amount: Minor): string {
    return groupThousands(formatMinor(amount, this.#digits));
  }

  signed(amount: Minor): string {
    return amount > 0n ? `+${this.money(amount)}` : this.money(amount);
  }

  units(amount: Units): string {
    return groupThousands(formatUnits(amount, this.#scale, this.#digits));
  }

  exact(amount: Ratio): string {
    return exactText(amount, this.#scale, this.#digits);
  }

  /** Minor units as the exact text of a fraction of them. */
  exactMinor(amount: Ratio): string {
    return exactText(amount, this.#digits, this.#digits);
  }
}
