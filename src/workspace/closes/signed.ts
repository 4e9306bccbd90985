/** Signatures as records have them. */
import type { Signature } from '../../closing/signature.js';

/** Whether a value of a record is a signature: anyone can compute a seal. */
export function isSignature(value: unknown): value is Signature {
  if (typeof value !== 'object' || value === null) return false;
  const fields = value as Readonly<Record<string, unknown>>;
  return ['by', 'user', 'host', 'at'].every((name) => typeof fields[name] === 'string');
}
