/** What a command can use of the outside world; the program passes it in, and tests pass in their own. */
import type { Screen } from '../reports/style.js';

export interface Console {
  readonly out: Screen & { readonly write: (text: string) => void };
  readonly err: Screen & { readonly write: (text: string) => void };
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Today in the company's own time zone, as `YYYY-MM-DD`. */
  readonly today: () => string;
  /** Milliseconds since a fixed moment. */
  readonly clock: () => number;
  /** Now in the company's own time zone, with its offset: `2026-01-07T09:30:00+01:00`. */
  readonly now: () => string;
  /** The name of the user on the system. */
  readonly user: () => string;
  /** The name of the computer. */
  readonly host: () => string;
  readonly version: string;
}

/** How a run ended. */
export const EXIT = {
  done: 0,
  /** An error in the program. */
  bug: 1,
  /** Bad input or usage; nothing was written. */
  refused: 2,
  /** Done, with exceptions, under `--strict`. */
  exceptions: 3,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
