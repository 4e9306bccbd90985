/** Tests on the cells of an export: patterns for rows that are not records, and the conditions of `where`. */
import type { Condition } from './mapping.js';

/** How many values a fault can list. */
const MOST_SEEN = 12;

/** A value for comparison, trimmed and in lower case. */
export function plainValue(text: string): string {
  return text.trim().toLowerCase();
}

/** A pattern for a whole cell as a test: `*` is any text, `\*` a star. Cells are trimmed, and case does not matter. */
export function patternTest(pattern: string): (cell: string) => boolean {
  const [first = '', ...rest] = plainValue(pattern)
    .split(/(?<!\\)\*/)
    .map((part) => part.replaceAll('\\*', '*'));
  return (cell) => {
    const text = plainValue(cell);
    if (rest.length === 0) return text === first;
    if (!text.startsWith(first)) return false;
    let at = first.length;
    for (const part of rest.slice(0, -1)) {
      const found = text.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    const last = rest.at(-1) as string;
    return text.length - last.length >= at && text.endsWith(last);
  };
}

/** A condition on one column, which remembers the values it has seen. */
export class ColumnCondition {
  readonly #condition: Condition;
  readonly #in: ReadonlySet<string> | undefined;
  readonly #not: ReadonlySet<string>;
  readonly #contains: readonly string[];
  readonly #others: ReadonlySet<string> | undefined;
  /** The values of the condition that no row has had yet. */
  readonly #unseen: Map<string, string>;
  readonly #seen = new Set<string>();
  #isUsed = false;

  /** @param nulls - texts that mean an empty cell, in the condition too */
  constructor(condition: Condition, nulls: ReadonlySet<string> = new Set()) {
    const asPlain = (value: string) => (nulls.has(plainValue(value)) ? '' : plainValue(value));
    this.#condition = condition;
    this.#in = condition.in && new Set(condition.in.map(asPlain));
    this.#not = new Set((condition.not ?? []).map(asPlain));
    this.#contains = (condition.contains ?? []).map(plainValue);
    this.#others = condition.others && new Set(condition.others.map(asPlain));
    const whole = [...(condition.in ?? []), ...(condition.not ?? [])];
    this.#unseen = new Map([
      ...whole.map((value): [string, string] => [asPlain(value), value]),
      ...(condition.contains ?? []).map((value): [string, string] => [plainValue(value), value]),
    ]);
  }

  holds(cell: string): boolean {
    const value = plainValue(cell);
    this.#isUsed = true;
    this.#see(value, cell);
    const { empty } = this.#condition;
    return (
      (empty === undefined || empty === (value === '')) &&
      (this.#in === undefined || this.#in.has(value)) &&
      !this.#not.has(value) &&
      this.#others?.has(value) !== true &&
      (this.#contains.length === 0 || this.#contains.some((part) => value.includes(part)))
    );
  }

  /** Whether `others` makes the lists complete, and none of them has this value. */
  isUnlisted(cell: string): boolean {
    if (this.#others === undefined) return false;
    const value = plainValue(cell);
    const isListed = [this.#in, this.#not, this.#others].some((list) => list?.has(value) === true);
    return !isListed && !this.#contains.some((part) => value.includes(part));
  }

  /** The values that no row has although one should: a misspelled status must not empty a ledger. */
  get unseen(): readonly string[] {
    return this.#condition.optional || !this.#isUsed ? [] : [...this.#unseen.values()];
  }

  /** Some of the values in the rows. */
  get seen(): readonly string[] {
    return [...this.#seen];
  }

  #see(value: string, cell: string): void {
    if (this.#seen.size < MOST_SEEN && value !== '') this.#seen.add(cell.trim());
    if (this.#unseen.size === 0) return;
    this.#unseen.delete(value);
    for (const part of this.#contains) if (value.includes(part)) this.#unseen.delete(part);
  }
}
