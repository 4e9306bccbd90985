/** The identity of an input: its role, the name by which people know it, and the hash of its bytes. */
import { createHash } from 'node:crypto';
import type { LedgerName } from '../ledger-specs/ledgers.js';

/** An input file as it was read. */
export interface InputFile {
  readonly role: LedgerName | 'config';
  /** As comp.yaml or the command line names it. */
  readonly file: string;
  readonly sha256: string;
}

/** The SHA-256 of bytes, in hexadecimal. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
