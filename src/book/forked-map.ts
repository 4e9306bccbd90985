/** A map that forks at no cost: both sides go on with the same entries, and the first to change them takes a copy. */

export class ForkedMap<Key, Value> {
  #entries: Map<Key, Value>;
  #isShared = false;

  constructor(entries: Map<Key, Value> = new Map()) {
    this.#entries = entries;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: Key): Value | undefined {
    return this.#entries.get(key);
  }

  has(key: Key): boolean {
    return this.#entries.has(key);
  }

  set(key: Key, value: Value): void {
    this.#own().set(key, value);
  }

  delete(key: Key): void {
    if (this.#entries.has(key)) this.#own().delete(key);
  }

  [Symbol.iterator](): IterableIterator<[Key, Value]> {
    return this.#entries[Symbol.iterator]();
  }

  keys(): IterableIterator<Key> {
    return this.#entries.keys();
  }

  /** Another map with the same entries; neither sees what is changed in the other from now on. */
  fork(): ForkedMap<Key, Value> {
    const other = new ForkedMap(this.#entries);
    this.#isShared = true;
    other.#isShared = true;
    return other;
  }

  #own(): Map<Key, Value> {
    if (this.#isShared) {
      this.#entries = new Map(this.#entries);
      this.#isShared = false;
    }
    return this.#entries;
  }
}
