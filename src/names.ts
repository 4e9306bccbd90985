/** A few names that come again and again, such as those of reps: each is known by its number. */
import { Texts } from './texts.js';

/** No name: the cell is blank. */
export const NO_NAME = -1;

/** What each former name is now, however often it changed (R11.11). */
export type NewNames = ReadonlyMap<string, string>;

export class Names {
  readonly #numbers = new Map<string, number>();
  readonly #newNames: NewNames;
  readonly #names: string[] = [];
  readonly #texts = new Texts();
  /** The numbers of names, each counted from 1, at the place that their bytes say or behind it. */
  #slots = new Int32Array(64);

  /** @param newNames - what each former name is now: both have one number */
  constructor(newNames: NewNames = new Map()) {
    this.#newNames = newNames;
  }

  get length(): number {
    return this.#names.length;
  }

  nameOf(number: number): string {
    return this.#names[number] as string;
  }

  /** The number of a name, which is given one where it has none; {@link NO_NAME} where it is blank. */
  numberOf(name: string): number {
    if (name === '') return NO_NAME;
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const now = this.#newNames.get(name);
    if (now !== undefined) {
      const number = this.numberOf(now);
      this.#numbers.set(name, number);
      return number;
    }
    this.#numbers.set(name, this.#names.length);
    this.#names.push(name);
    this.#texts.add(name);
    if (this.#names.length * 2 > this.#slots.length) {
      this.#slots = new Int32Array(this.#slots.length * 4);
      for (let number = 0; number < this.#names.length; number += 1) this.#place(number);
    } else {
      this.#place(this.#names.length - 1);
    }
    return this.#names.length - 1;
  }

  /** The number of a name that is one of a list of texts. */
  numberAmong(texts: Texts, index: number): number {
    const known = (this.#slots[this.#slotOf(texts, index)] as number) - 1;
    return known >= 0 ? known : this.numberOf(texts.at(index));
  }

  /** The numbers of all names in the order of the names. */
  inOrder(): number[] {
    const texts = this.#texts;
    return this.#names.map((_, number) => number).sort((a, b) => texts.rankOf(a) - texts.rankOf(b));
  }

  #place(number: number): void {
    this.#slots[this.#slotOf(this.#texts, number)] = number + 1;
  }

  #slotOf(texts: Texts, index: number): number {
    const mask = this.#slots.length - 1;
    let slot = texts.hashOf(index) & mask;
    for (;;) {
      const known = this.#slots[slot] as number;
      if (known === 0 || this.#texts.compare(known - 1, texts, index) === 0) return slot;
      slot = (slot + 1) & mask;
    }
  }
}
