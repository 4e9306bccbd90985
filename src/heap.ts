/** A heap: a collection that knows its first item, and takes an item in or gives the first up in O(log n). */
export class Heap<Item> {
  readonly #compare: (a: Item, b: Item) => number;
  readonly #items: Item[] = [];

  constructor(compare: (a: Item, b: Item) => number) {
    this.#compare = compare;
  }

  /** The first item by the order of the heap, which keeps it; undefined where it is empty. */
  findFirst(): Item | undefined {
    return this.#items[0];
  }

  add(item: Item): void {
    const items = this.#items;
    let at = items.length;
    items.push(item);
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (this.#compare(items[above] as Item, item) <= 0) break;
      items[at] = items[above] as Item;
      at = above;
    }
    items[at] = item;
  }

  removeFirst(): void {
    const items = this.#items;
    const last = items.pop();
    if (last === undefined || items.length === 0) return;
    let at = 0;
    for (let below = 1; below < items.length; below = 2 * at + 1) {
      const right = below + 1;
      if (right < items.length && this.#compare(items[right] as Item, items[below] as Item) < 0)
        below = right;
      if (this.#compare(items[below] as Item, last) >= 0) break;
      items[at] = items[below] as Item;
      at = below;
    }
    items[at] = last;
  }
}
