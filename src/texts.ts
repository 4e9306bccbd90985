/** Many short texts, such as the ids of a ledger, held as bytes: a million of them are no million strings. */

/**
 * A list of texts. Each UTF-16 code unit is written by itself, as UTF-8 writes one below U+10000: so every string comes
 * back as it was, and the order of the bytes is the order of the code units (R2.1).
 */
export class Texts {
  #bytes: Uint8Array;
  #starts: Uint32Array;
  #length = 0;
  #ranks: Int32Array | undefined;
  #areRanked = false;

  /** @param count - how many texts, and bytes, to make room for at first */
  constructor(count = 16, bytes = count * 12) {
    this.#bytes = new Uint8Array(Math.max(bytes, 16));
    this.#starts = new Uint32Array(count + 1);
  }

  static of(texts: Iterable<string>): Texts {
    const list = new Texts();
    for (const text of texts) list.add(text);
    return list;
  }

  /** Texts that were taken apart for another thread: text `i` is `bytes[starts[i]…starts[i + 1])`. */
  static from(bytes: Uint8Array, starts: Uint32Array, length: number): Texts {
    const texts = new Texts(0, 0);
    texts.#bytes = bytes;
    texts.#starts = starts;
    texts.#length = length;
    return texts;
  }

  get length(): number {
    return this.#length;
  }

  /** All texts one after another; a longer array takes its place while texts are added. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  /** Where each text starts among the bytes, and where the last one ends. */
  get starts(): Uint32Array {
    return this.#starts;
  }

  /** Adds a text and gives its number. */
  add(text: string): number {
    const start = this.begin(text.length * 3);
    return this.end(writeText(text, this.#bytes, start));
  }

  /** Adds a text that is there as UTF-8, without any character beyond U+FFFF, and gives its number. */
  addBytes(source: Uint8Array, from: number, to: number): number {
    let at = this.begin(to - from);
    const bytes = this.#bytes;
    for (let index = from; index < to; index += 1) bytes[at++] = source[index] as number;
    return this.end(at);
  }

  /** Adds a text of another list and gives its number. */
  addFrom(other: Texts, index: number): number {
    return this.addBytes(other.#bytes, other.#starts[index] as number, other.#starts[index + 1] as number);
  }

  /** The text of that number. */
  at(index: number): string {
    const bytes = this.#bytes;
    const end = this.#starts[index + 1] as number;
    let text = '';
    for (let at = this.#starts[index] as number; at < end; ) {
      const byte = bytes[at] as number;
      if (byte < 0x80) {
        text += String.fromCharCode(byte);
        at += 1;
      } else if (byte < 0xe0) {
        text += String.fromCharCode(((byte & 0x1f) << 6) | ((bytes[at + 1] as number) & 0x3f));
        at += 2;
      } else {
        const low = (((bytes[at + 1] as number) & 0x3f) << 6) | ((bytes[at + 2] as number) & 0x3f);
        text += String.fromCharCode(((byte & 0x0f) << 12) | low);
        at += 3;
      }
    }
    return text;
  }

  isBlank(index: number): boolean {
    return this.#starts[index] === this.#starts[index + 1];
  }

  /** Negative, 0 or positive as a text sorts before, with or after one of another list. */
  compare(index: number, other: Texts, otherIndex: number): number {
    const a = this.#bytes;
    const b = other.#bytes;
    const start = this.#starts[index] as number;
    const otherStart = other.#starts[otherIndex] as number;
    const length = (this.#starts[index + 1] as number) - start;
    const otherLength = (other.#starts[otherIndex + 1] as number) - otherStart;
    const shorter = length < otherLength ? length : otherLength;
    for (let at = 0; at < shorter; at += 1) {
      const difference = (a[start + at] as number) - (b[otherStart + at] as number);
      if (difference !== 0) return difference;
    }
    return length - otherLength;
  }

  /** Whether a text is the same as one of another list. */
  equals(index: number, other: Texts, otherIndex: number): boolean {
    const start = this.#starts[index] as number;
    const otherStart = other.#starts[otherIndex] as number;
    const length = (this.#starts[index + 1] as number) - start;
    if ((other.#starts[otherIndex + 1] as number) - otherStart !== length) return false;
    const a = this.#bytes;
    const b = other.#bytes;
    for (let at = 0; at < length; at += 1) if (a[start + at] !== b[otherStart + at]) return false;
    return true;
  }

  /** A number that equal texts share, in any list. */
  hashOf(index: number): number {
    const bytes = this.#bytes;
    const end = this.#starts[index + 1] as number;
    // FNV-1a, with its upper bits mixed into the lower ones.
    let hash = 0x811c9dc5;
    for (let at = this.#starts[index] as number; at < end; at += 1) {
      hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
    }
    return hash ^ (hash >>> 15);
  }

  /** Whether two texts of the list are one. */
  hasTwice(): boolean {
    const ranks = this.#findRanks();
    if (ranks === undefined) return false;
    const seen = new Uint8Array(this.#length);
    return ranks.some((rank) => {
      const isSeen = seen[rank] === 1;
      seen[rank] = 1;
      return isSeen;
    });
  }

  /** The numbers of all texts in order. */
  inOrder(): Uint32Array {
    return this.#findRanks() === undefined ? countedTo(this.#length) : this.#sorted();
  }

  /** The rank of a text among all texts of the list, in order; equal texts have one rank. */
  rankOf(index: number): number {
    if (!this.#areRanked) this.#findRanks();
    return this.#ranks === undefined ? index : (this.#ranks[index] as number);
  }

  /** The ranks; undefined where each text is its own, as in a file in order of its ids. */
  #findRanks(): Int32Array | undefined {
    if (!this.#areRanked) {
      this.#areRanked = true;
      this.#ranks = this.#isRising() ? undefined : this.#ranksOf(this.#sorted());
    }
    return this.#ranks;
  }

  /** Whether each text sorts after the one before it, as `compare` says. */
  #isRising(): boolean {
    const bytes = this.#bytes;
    const starts = this.#starts;
    let before = 0;
    for (let index = 1; index < this.#length; index += 1) {
      const start = starts[index] as number;
      const end = starts[index + 1] as number;
      let at = start;
      let other = before;
      while (at < end && other < start && bytes[at] === bytes[other]) {
        at += 1;
        other += 1;
      }
      if (at === end || (other < start && (bytes[at] as number) < (bytes[other] as number))) return false;
      before = start;
    }
    return true;
  }

  #ranksOf(sorted: Uint32Array): Int32Array {
    const ranks = new Int32Array(this.#length);
    let rank = 0;
    for (let at = 1; at < sorted.length; at += 1) {
      const [before, index] = [sorted[at - 1] as number, sorted[at] as number];
      if (this.compare(before, this, index) !== 0) rank += 1;
      ranks[index] = rank;
    }
    return ranks;
  }

  /** The numbers of the texts in order: sorted byte by byte from the last to the first, or compared where they are long. */
  #sorted(): Uint32Array {
    const count = this.#length;
    let from = countedTo(count);
    const [bytes, starts] = [this.#bytes, this.#starts];
    let longest = 0;
    for (let index = 0; index < count; index += 1) {
      longest = Math.max(longest, (starts[index + 1] as number) - (starts[index] as number));
    }
    if (longest > LONG || count < FEW) return from.sort((a, b) => this.compare(a, this, b));
    let to: Uint32Array = new Uint32Array(count);
    const byteAt = (index: number, at: number): number => {
      const place = (starts[index] as number) + at;
      return place < (starts[index + 1] as number) ? (bytes[place] as number) + 1 : 0;
    };
    for (let at = longest - 1; at >= 0; at -= 1) {
      const ends = new Uint32Array(257);
      for (let index = 0; index < count; index += 1) {
        const byte = byteAt(index, at);
        ends[byte] = (ends[byte] as number) + 1;
      }
      if (ends.includes(count)) continue;
      for (let byte = 1; byte < 257; byte += 1)
        ends[byte] = (ends[byte] as number) + (ends[byte - 1] as number);
      for (let place = count - 1; place >= 0; place -= 1) {
        const index = from[place] as number;
        const byte = byteAt(index, at);
        const end = (ends[byte] as number) - 1;
        ends[byte] = end;
        to[end] = index;
      }
      [from, to] = [to, from];
    }
    return from;
  }

  /** Makes room for one more text of at most this many bytes, and returns the place of its first among `bytes`. */
  begin(most: number): number {
    const start = this.#starts[this.#length] as number;
    if (start + most > this.#bytes.length) {
      const longer = new Uint8Array(Math.max(start + most, this.#bytes.length * 2));
      longer.set(this.#bytes);
      this.#bytes = longer;
    }
    if (this.#length + 2 > this.#starts.length) {
      const longer = new Uint32Array((this.#length + 2) * 2);
      longer.set(this.#starts);
      this.#starts = longer;
    }
    return start;
  }

  /** Ends the text that was begun and written up to this place, and gives its number. */
  end(end: number): number {
    this.#length += 1;
    this.#starts[this.#length] = end;
    this.#areRanked = false;
    return this.#length - 1;
  }
}

/** The numbers from 0 on. */
function countedTo(count: number): Uint32Array {
  const numbers = new Uint32Array(count);
  for (let number = 0; number < count; number += 1) numbers[number] = number;
  return numbers;
}

/** Texts that are longer, or fewer, are compared. */
const [LONG, FEW] = [64, 256];

/** Finds texts of a list, which must not grow any more, by what they are. Of equal texts the last is found. */
export class TextIndex {
  readonly #texts: Texts;
  /**
   * At the place that its hash says, or behind it, the number of a text, counted from 1; in the bits above it what has
   * room of its hash, so that most texts that differ need not be compared.
   */
  readonly #slots: Int32Array;
  readonly #numbers: number;
  readonly #isIn: ((index: number) => boolean) | undefined;
  readonly #hashes = new Int32Array(BLOCK);
  readonly #firsts = new Int32Array(BLOCK);

  /** @param isIn - whether a text of the list can be found; all by default */
  constructor(texts: Texts, isIn?: (index: number) => boolean) {
    const { length } = texts;
    this.#texts = texts;
    this.#isIn = isIn;
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(Math.max(length, 4) * 1.5)));
    this.#numbers = 2 ** Math.ceil(Math.log2(length + 2)) - 1;
    const hashes = this.#hashes;
    for (let start = 0; start < length; start += BLOCK) {
      const count = Math.min(BLOCK, length - start);
      for (let at = 0; at < count; at += 1) hashes[at] = texts.hashOf(start + at);
      for (let at = 0; at < count; at += 1) {
        if (isIn === undefined || isIn(start + at)) this.#add(start + at, hashes[at] as number);
      }
    }
  }

  /** The number of the text that a text of another list is equal to; -1 where there is none. */
  find(other: Texts, index: number): number {
    const hash = other.hashOf(index);
    return this.#numberAt(this.#slotFrom(hash & (this.#slots.length - 1), hash, other, index));
  }

  findText(text: string): number {
    return this.find(Texts.of([text]), 0);
  }

  /**
   * What `find` finds, for every text of another list. Texts that come in the order of this list, as where one export
   * follows another, are found next to each other; of the rest the first slots are loaded at once, and none waits.
   */
  findAll(other: Texts): Int32Array {
    const found = new Int32Array(other.length);
    // Of equal texts the last is found, which need not be the near one.
    let isNear = !this.#texts.hasTwice();
    for (let start = 0; start < other.length; start += BLOCK) {
      const end = Math.min(start + BLOCK, other.length);
      const near = isNear ? this.#findNear(other, start, end, found) : 0;
      isNear = near * 2 > end - start;
      if (!isNear) this.#findFar(other, start, end, found);
    }
    return found;
  }

  /** Finds texts from where the one before was found on; gives how many were found so. */
  #findNear(other: Texts, start: number, end: number, found: Int32Array): number {
    let near = 0;
    let last = start === 0 ? 0 : Math.max(0, found[start - 1] as number);
    for (let index = start; index < end; index += 1) {
      if (this.#isNext(last, other, index)) near += 1;
      else if (this.#isNext(last + 1, other, index)) {
        last += 1;
        near += 1;
      } else {
        last = this.find(other, index);
      }
      found[index] = last;
      if (last < 0) last = 0;
    }
    return near;
  }

  #isNext(number: number, other: Texts, index: number): boolean {
    if (number >= this.#texts.length || !this.#texts.equals(number, other, index)) return false;
    return this.#isIn === undefined || this.#isIn(number);
  }

  #findFar(other: Texts, start: number, end: number, found: Int32Array): void {
    const slots = this.#slots;
    const mask = slots.length - 1;
    const [hashes, firsts] = [this.#hashes, this.#firsts];
    for (let at = 0; at < end - start; at += 1) hashes[at] = other.hashOf(start + at);
    for (let at = 0; at < end - start; at += 1) firsts[at] = slots[(hashes[at] as number) & mask] as number;
    for (let at = 0; at < end - start; at += 1) {
      const [index, hash, first] = [start + at, hashes[at] as number, firsts[at] as number];
      if (this.#isAt(first, hash, other, index)) found[index] = (first & this.#numbers) - 1;
      else if (first === 0) found[index] = -1;
      else found[index] = this.#numberAt(this.#slotFrom((hash + 1) & mask, hash, other, index));
    }
  }

  #add(index: number, hash: number): void {
    const from = hash & (this.#slots.length - 1);
    const isFree = this.#slots[from] === 0;
    const slot = isFree ? from : this.#slotFrom(from, hash, this.#texts, index);
    this.#slots[slot] = (hash & ~this.#numbers) | (index + 1);
  }

  #numberAt(slot: number): number {
    return ((this.#slots[slot] as number) & this.#numbers) - 1;
  }

  /** The slot of a text, or the first empty one, from a slot on. */
  #slotFrom(from: number, hash: number, other: Texts, index: number): number {
    const slots = this.#slots;
    let slot = from;
    while (slots[slot] !== 0 && !this.#isAt(slots[slot] as number, hash, other, index)) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }

  #isAt(known: number, hash: number, other: Texts, index: number): boolean {
    const number = known & this.#numbers;
    if (number === 0 || ((known ^ hash) & ~this.#numbers) !== 0) return false;
    return this.#texts.equals(number - 1, other, index);
  }
}

/** So many texts are looked for at once. */
const BLOCK = 1024;

/** Writes a text as {@link Texts} holds it, at a place with room for three bytes a letter, and gives where it ends. */
export function writeText(text: string, bytes: Uint8Array, from: number): number {
  let at = from;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) {
      bytes[at++] = unit;
    } else if (unit < 0x800) {
      bytes[at++] = 0xc0 | (unit >> 6);
      bytes[at++] = 0x80 | (unit & 0x3f);
    } else {
      bytes[at++] = 0xe0 | (unit >> 12);
      bytes[at++] = 0x80 | ((unit >> 6) & 0x3f);
      bytes[at++] = 0x80 | (unit & 0x3f);
    }
  }
  return at;
}
