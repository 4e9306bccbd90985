/** A seal for JSON that is stored elsewhere: it holds whatever order a store returns keys in, and shows any other change. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** What JSON can hold. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json | undefined };

/** The seal of a record: of all its keys but `seal`. */
export function sealOf(record: { readonly [key: string]: Json | undefined }): string {
  const { seal: _, ...sealed } = record;
  const digest = sha256.create();
  for (const piece of canonical(sealed)) digest.update(utf8ToBytes(piece));
  return bytesToHex(digest.digest());
}

/** The one text of a value: keys in order, nothing between. Long arrays come piece by piece. */
function* canonical(value: Json | undefined): Iterable<string> {
  if (isList(value)) {
    yield '[';
    for (const [at, item] of value.entries()) {
      if (at > 0) yield ',';
      yield* canonical(item);
    }
    yield ']';
  } else if (typeof value === 'object' && value !== null) {
    yield '{';
    let between = '';
    for (const key of Object.keys(value).sort()) {
      if (value[key] === undefined) continue;
      yield `${between}${JSON.stringify(key)}:`;
      yield* canonical(value[key]);
      between = ',';
    }
    yield '}';
  } else {
    yield JSON.stringify(value ?? null);
  }
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}
