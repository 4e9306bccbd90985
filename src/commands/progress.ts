/** Shows on a terminal what a run is doing, once it takes longer than a second; writes nothing to a pipe. */
import type { Console } from './console.js';

/** Milliseconds before progress is shown. */
const PATIENCE = 1000;
const CLEAR = '\r\u001b[K';

export class Progress {
  readonly #console: Console;
  readonly #isEnabled: boolean;
  readonly #start: number;
  #isShown = false;

  constructor(console: Console, quiet: boolean) {
    this.#console = console;
    this.#isEnabled = console.err.isTerminal && !quiet;
    this.#start = console.clock();
  }

  /** Names the step that starts now. */
  stage(what: string): void {
    if (!this.#isEnabled || this.#console.clock() - this.#start < PATIENCE) return;
    this.#console.err.write(`${CLEAR}${what} …`);
    this.#isShown = true;
  }

  /** Clears the line. */
  clear(): void {
    if (this.#isShown) this.#console.err.write(CLEAR);
    this.#isShown = false;
  }
}
