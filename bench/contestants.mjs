// Who is measured: comp on the simple form and on another plan, and the peers, each as arguments to Node.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PLANS, SIMPLE } from './plans.mjs';

const PEERS = fileURLToPath(new URL('peers', import.meta.url));

/** A peer is measured up to as many invoices; csv-parse and csv-stringify hold whole files as one text. */
const PEER_LIMITS = { duckdb: Number.POSITIVE_INFINITY, naive: 1_000_000 };

export const PEER_NAMES = Object.keys(PEER_LIMITS);

/** What a peer needs of Node: csv-stringify makes one text of a million invoices' postings. */
const PEER_FLAGS = { duckdb: [], naive: ['--max-old-space-size=8192'] };

/** Whether the peers' own packages are there. */
export function arePeersInstalled() {
  return existsSync(join(PEERS, 'node_modules'));
}

/**
 * The contestants for ledgers of a size: comp's simple form first, which the others are compared with.
 *
 * @returns {{ name: string, rivals: boolean, ledgers: string[], args: (job: object) => string[] }[]} where
 *   `rivals` says whether it must come to the results of comp's simple form, and `ledgers` what it reads
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
