/** Prints once, before any test runs, what makes the run repeatable. */
import { SETTINGS } from './depth.js';

export function setup(): void {
  console.info(`tests: ${SETTINGS}`);
}
