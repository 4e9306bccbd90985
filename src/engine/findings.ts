/** What the stages of a calculation find: faults that stop it (R9.1), and odd rows, which do not (R9.2). */
import { addAll } from '../largest.js';
import type { Exception } from '../problems/exception.js';
import type { Fault } from '../problems/problem.js';

export class Findings {
  readonly #faults: Fault[] = [];
  readonly #exceptions: Exception[] = [];
  readonly #seen = new Set<string>();

  get faults(): readonly Fault[] {
    return this.#faults;
  }

  get exceptions(): readonly Exception[] {
    return this.#exceptions;
  }

  /** Adds faults of meaning; the run stops once every stage has looked. */
  addFault(...faults: readonly Fault[]): void {
    addAll(this.#faults, faults);
  }

  /** Adds what is odd about a row. */
  addException(exception: Exception): void {
    this.#exceptions.push(exception);
  }

  /** Whether this is the first time that the key comes up: one cause is reported once. */
  isFirst(...key: readonly string[]): boolean {
    const text = key.join('\u0000');
    if (this.#seen.has(text)) return false;
    this.#seen.add(text);
    return true;
  }
}
