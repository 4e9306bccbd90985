/** Ledgers that are paths and nothing else, as most are, read without the schema of all that a ledger may say (zod). */
import { z } from 'zod';
import { LEDGER_NAMES, type LedgerName } from '../problems/place.js';
import type { LedgerSource } from './schema.js';

export const path = z.string().trim().min(1);

/** The path of a file, or of several. */
export const paths = z.union([path, z.array(path).min(1)]);

const ledgersOfPaths: z.ZodType<Partial<Record<LedgerName, z.output<typeof paths>>>> = z.strictObject(
  Object.fromEntries(LEDGER_NAMES.map((name) => [name, name === 'invoices' ? paths : paths.optional()])),
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
export function sourceAt(said: z.output<typeof paths>): LedgerSource {
  return { files: asList(said), delimiter: ',', mapping: {} };
}

export function asList(said: string | readonly string[]): readonly string[] {
  return typeof said === 'string' ? [said] : said;
}
