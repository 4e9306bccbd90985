/** Ledgers that are paths and nothing else, as most are, read without the schema of all that a ledger may say (zod). */
import * as z from 'zod/mini';
import { LEDGER_NAMES, type LedgerName } from '../ledger-specs/ledgers.js';
import type { LedgerSource } from './schema.js';

const path = z.string().check(z.trim(), z.minLength(1));

const paths = z.union([path, z.array(path).check(z.minLength(1))]);

const ledgersOfPaths: z.ZodMiniType<Partial<Record<LedgerName, z.output<typeof paths>>>> = z.strictObject(
  Object.fromEntries(LEDGER_NAMES.map((name) => [name, name === 'invoices' ? paths : z.optional(paths)])),
);

/** Where each ledger is; undefined where one says more than its paths, or anything is at fault. */
export function findPathSources(
  written: Readonly<Record<string, unknown>>,
): Partial<Record<LedgerName, LedgerSource>> | undefined {
  const { data } = ledgersOfPaths.safeParse(written, { jitless: true });
  if (data === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(data).flatMap(([name, said]) => (said === undefined ? [] : [[name, sourceAt(said)]])),
  );
}

/** Files that have our own columns, written as we write them. */
export function sourceAt(said: string | readonly string[]): LedgerSource {
  return { files: asList(said), delimiter: ',', mapping: {} };
}

export function asList(said: string | readonly string[]): readonly string[] {
  return typeof said === 'string' ? [said] : said;
}
