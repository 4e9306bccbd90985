// The programs to measure: comp on the simple form and on another plan, and the peers, each as arguments to Node.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PLANS, SIMPLE } from './plans.mjs';

const PEERS = fileURLToPath(new URL('peers', import.meta.url));

/** The most invoices that each peer is measured with; csv-parse and csv-stringify hold whole files as one string. */
const PEER_LIMITS = { duckdb: Number.POSITIVE_INFINITY, naive: 1_000_000 };

export const PEER_NAMES = Object.keys(PEER_LIMITS);

/** Node flags of each peer: csv-stringify makes one string of a million invoices' postings. */
const PEER_FLAGS = { duckdb: [], naive: ['--max-old-space-size=8192'] };

/** Whether the peers' own packages are installed. */
export function arePeersInstalled() {
  return existsSync(join(PEERS, 'node_modules'));
}

/**
 * The contestants for ledgers of a size: first comp's simple form, with which the others are compared.
 *
 * @returns {{ name: string, rivals: boolean, ledgers: string[], args: (job: object) => string[] }[]} where
 *   `rivals` is whether its results must equal those of comp's simple form, and `ledgers` is what it reads
 */
export function contestantsFor(size, { program, plan, peers, ordered }) {
  const simple = Object.keys(PLANS[SIMPLE].ledgers);
  return [
    { name: 'comp', rivals: false, ledgers: simple, args: compWith(program, SIMPLE) },
    ...(plan === SIMPLE
      ? []
      : [
          {
            name: plan,
            rivals: false,
            ledgers: Object.keys(PLANS[plan].ledgers),
            args: compWith(program, plan),
          },
        ]),
    ...peers
      .filter((name) => size <= PEER_LIMITS[name])
      .map((name) => ({ name, rivals: true, ledgers: simple, args: peer(name, ordered) })),
  ];
}

function compWith(program, plan) {
  return ({ dir, out, asOf, only }) => [
    ...[program, 'calc', '--config', join(dir, `${plan}.yaml`), '--out', out, '--as-of', asOf, '--quiet'],
    ...only,
  ];
}

function peer(name, ordered) {
  return ({ dir, out, asOf, only }) => [
    ...[...PEER_FLAGS[name], join(PEERS, `${name}.mjs`), '--dir', dir, '--out', out, '--as-of', asOf],
    ...only,
    ...(ordered ? ['--ordered'] : []),
  ];
}
