/** Writes cells as bytes into a room, eight bytes at a time. */
import type { MinorAmount } from '../amount.js';
import { formatMinor } from '../money.js';
import { type Phrases, phrasesOf, viewOf } from './phrases.js';

const [MINUS, POINT, ZERO] = [45, 46, 48];

/** So many digits fit a 32-bit number, in which dividing is cheap. */
const [PART_DIGITS, PART] = [9, 1e9];
const POWERS = Float64Array.from({ length: 17 }, (_, power) => 10 ** power);

/**
 * Bytes are moved as doubles, which keep all bytes but those of a NaN, and no eight bytes of UTF-8 are one: the last of
 * them would be 0xFF, or 0x7F right behind the first byte of a character of four.
 */
export class Pen {
  /** Where the next byte goes. */
  at = 0;
  readonly #room: DataView;
  readonly #digits: number;
  readonly #zero: Phrases;

  /** @param room - up to eight bytes behind the last one written are overwritten as well */
  constructor(room: Uint8Array, digits: number) {
    this.#room = viewOf(room);
    this.#digits = digits;
    this.#zero = phrasesOf([formatMinor(0n, digits)]);
  }

  write({ view, starts }: Phrases, index: number): void {
    const from = starts[index] as number;
    this.copy(view, from, (starts[index + 1] as number) - from);
  }

  copy(view: DataView, from: number, length: number): void {
    const room = this.#room;
    const to = this.at;
    for (let done = 0; done < length; done += 8) {
      room.setFloat64(to + done, view.getFloat64(from + done, true), true);
    }
    this.at = to + length;
  }

  writeByte(byte: number): void {
    this.#room.setUint8(this.at, byte);
    this.at += 1;
  }

  /** Writes an amount in the currency's minor unit as `formatMinor` does. */
  writeAmount(amount: MinorAmount): void {
    if (amount === 0) {
      this.write(this.#zero, 0);
      return;
    }
    if (typeof amount === 'bigint') {
      for (const character of formatMinor(BigInt(amount), this.#digits)) {
        this.writeByte(character.charCodeAt(0));
      }
      return;
    }
    if (amount < 0) this.writeByte(MINUS);
    this.#writeSize(amount < 0 ? -amount : amount);
  }

  /** From its last digit to its first. */
  #writeSize(size: number): void {
    const digits = this.#digits;
    let length = digits + 1;
    while (size >= (POWERS[length] as number)) length += 1;
    const start = this.at;
    let at = start + length + (digits === 0 ? 0 : 1);
    this.at = at;
    const high = size < PART ? 0 : Math.floor(size / PART);
    let rest = (size - high * PART) | 0;
    for (let count = 0; count < digits; count += 1) {
      at -= 1;
      rest = this.#writeDigit(at, rest);
    }
    if (digits > 0) {
      at -= 1;
      this.#room.setUint8(at, POINT);
    }
    if (high > 0) {
      for (let count = digits; count < PART_DIGITS; count += 1) {
        at -= 1;
        rest = this.#writeDigit(at, rest);
      }
      rest = high | 0;
    }
    while (at > start) {
      at -= 1;
      rest = this.#writeDigit(at, rest);
    }
  }

  /** Writes the last digit and gives the number without it. */
  #writeDigit(at: number, rest: number): number {
    const next = (rest / 10) | 0;
    this.#room.setUint8(at, ZERO + rest - next * 10);
    return next;
  }
}
