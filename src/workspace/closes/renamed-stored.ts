/** Closes on disk with the new ids of their reps (R11.11). */
import { renamedClose } from '../../engine/r11-closes/renamed-close.js';
import type { Result } from '../../engine/result.js';
import type { StoredClose } from './read-closes.js';

/** The closes as a result builds on them. */
export function renamedStored(
  closes: readonly StoredClose[],
  { newNames }: Pick<Result, 'newNames'>,
): readonly StoredClose[] {
  if (newNames.size === 0) return closes;
  // Their bytes have the former ids.
  return closes.map((close) => ({ ...renamedClose(close, newNames), findRows: () => undefined }));
}
