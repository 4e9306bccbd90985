/** A report's own total against the sum of its rows. */
import { DecimalSum, findPlain, negated, sumOf } from '../money.js';
import type { Cell } from './cells.js';
import type { Wanted } from './header.js';

/** The amounts of a report's rows, added up, and what its total says. */
export class ReportTotal {
  record: number | undefined;
  #said: ReadonlyMap<Wanted, Cell> = new Map();
  readonly #sums = new Map<Wanted, DecimalSum>();

  found(record: number, said: ReadonlyMap<Wanted, Cell>): void {
    this.record = record;
    this.#said = said;
  }

  add(amounts: ReadonlyMap<Wanted, Cell>): void {
    for (const [wanted, { text, problem }] of amounts) {
      if (problem !== undefined || findPlain(text) === undefined) continue;
      const sum = this.#sums.get(wanted) ?? new DecimalSum();
      this.#sums.set(wanted, sum.add(text));
    }
  }

  /** What the total cannot be read of; a report has totals of some of its columns, but not of none. */
  *unread(): Iterable<{ column: string; found: string }> {
    const said = [...this.#said].map(([{ column }, cell]) => ({ column: column.name, ...cell }));
    const [first] = said;
    if (first !== undefined && said.every(({ text }) => text === ''))
      yield { column: first.column, found: '' };
    for (const { column, text, problem } of said) {
      if (text !== '' && (problem !== undefined || findPlain(text) === undefined))
        yield { column, found: text };
    }
  }

  *differences(): Iterable<{ column: string; found: string; expected: string; difference: string }> {
    for (const [wanted, { text: expected, problem }] of this.#said) {
      if (problem !== undefined || findPlain(expected) === undefined) continue;
      const found = this.#sums.get(wanted)?.text() ?? '0';
      const difference = sumOf(found, negated(expected));
      if (/[1-9]/.test(difference)) yield { column: wanted.column.name, found, expected, difference };
    }
  }
}
