/** Reads ledgers that are paths and nothing else, as most are, without loading the whole schema of a ledger (zod). */
import * as z from 'zod/mini';
import { LEDGER_NAMES, type LedgerName } from '../ledger-specs/ledgers.js';
import { type LedgerSource, sourceAt } from './ledger-source.js';

const path = z.string().check(z.trim(), z.minLength(1));

const paths = z.union([path, z.array(path).check(z.minLength(1))]);

const ledgersOfPaths: z.ZodMiniType<Partial<Record<LedgerName, z.output<typeof paths>>>> = z.strictObject(
  Object.fromEntries(LEDGER_NAMES.map((name) => [name, name === 'invoices' ? paths : z.optional(paths)])),
);

/** Where each ledger is; undefined if one has more keys than its paths, or anything is wrong. */
export function findPathSources(
  ledgers: Readonly<Record<string, unknown>>,
): Partial<Record<LedgerName, LedgerSource>> | undefined {
  const { data } = ledgersOfPaths.safeParse(ledgers, { jitless: true });
  if (data === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(data).flatMap(([name, written]) =>
      written === undefined ? [] : [[name, sourceAt(written)]],
    ),
  );
}
