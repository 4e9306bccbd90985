/** Terms as written, before a schema has read them. */

/** Keys with their values. */
export type Written = Readonly<Record<string, unknown>>;

/** A value with keys; undefined where it is anything else. */
export function asRecord(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

/** Whether a key has a value: nothing written is not one. */
export function isWritten(value: unknown): boolean {
  return value !== undefined && value !== null;
}
