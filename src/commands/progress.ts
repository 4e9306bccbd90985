/** Tells on a terminal what is being done, once a run takes longer than a second; a pipe is told nothing. */
import type { Console } from './console.js';

const PATIENCE = 1000;
const CLEAR = '\r\u001b[K';

export class Progress {
  readonly #console: Console;
  readonly #isWanted: boolean;
  readonly #start: number;
  #isShown = false;

  constructor(console: Console, quiet: boolean) {
    this.#console = console;
    this.#isWanted = console.err.isTerminal && !quiet;
    this.#start = console.clock();
  }

  /** What is done from now on. */
  stage(what: string): void {
    if (!this.#isWanted || this.#console.clock() - this.#start < PATIENCE) return;
    this.#console.err.write(`${CLEAR}${what} …`);
    this.#isShown = true;
  }

  /** Leaves the line as if nothing had been told. */
  done(): void {
    if (this.#isShown) this.#console.err.write(CLEAR);
    this.#isShown = false;
  }
}
