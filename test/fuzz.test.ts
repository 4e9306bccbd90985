/**
 * Spoilt workspaces (R9.1): whatever the files hold, a run ends with results or with faults, and its folder has all of the
 * new results or all of the old ones.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { comp, filesIn, newFolder } from './support/comp.js';
import { isDeep, RUNS } from './support/depth.js';
import { FIXTURES } from './support/folder.js';
import { type Mutation, mutated, mutation } from './support/mutations.js';
import { program } from './support/program.js';
import { forAllAsync } from './support/property.js';

const PLAIN = [
  'scenarios/level-1',
  'scenarios/gross-profit-monthly',
  'scenarios/splits-and-credits',
  'random/12',
  'random/7',
];

/** A workspace that says much about how its exports are written. */
const MAPPED: Readonly<Record<string, string>> = {
  'comp.yaml': `currency: EUR
payPeriod: month
applyCash: oldest-due-first
expect: {invoices: {rows: 2}}
ledgers:
  invoices:
    file: [all.csv]
    delimiter: ";"
    columns: {invoice_id: [Nr, No], customer_id: Kunde, rep_id: {from: Rep, before: " "}, invoice_date: Datum, due_date: Due, amount: Netto, total: {from: Netto, plus: Steuer}}
    dateFormat: [DD.MM.YYYY, D.M.YY]
    century: 2000
    numberFormat: "1.234,56"
    where: {Art: {in: [Rechnung]}, Status: {not: [Storno], optional: true}}
    lines: {amount: sum, total: sum}
    notRecords: ["Summe *"]
    totalRow: GESAMT
    nullValues: [n/a]
    values: {rep_id: {Ann: R1}}
  payments:
    file: all.csv
    delimiter: ";"
    columns: {payment_id: {join: [Datum, Netto], numbered: true}, customer_id: Kunde, payment_date: Datum, amount: Netto}
    dateFormat: [DD.MM.YYYY]
    numberFormat: "1.234,56"
    notRecords: ["Summe *", GESAMT]
    where: {Art: Zahlung}
    sign: {by: Art, flip: [Zahlung]}
plans:
  - {id: p, level: 2, rate: 10%}
`,
  'all.csv': `Bericht;;;;;;;;
Nr;Kunde;Rep;Datum;Due;Netto;Steuer;Art;Status
1;Müller;Ann Berg;15.01.2025;14.02.2025;1.000,00 €;190,00;Rechnung;offen
1;Müller;Ann Berg;15.01.2025;14.02.2025;(500,00);-95,00;Rechnung;offen
2;Krüger;Bob;16.01.2025;;2.000,50;380,10;Rechnung;offen
;Müller;;01.03.2025;;-400,00;n/a;Zahlung;
Summe Januar;;;;;1,00;;;
GESAMT;;;;;2.100,50;475,10;;
`,
};

type Files = Readonly<Record<string, Uint8Array>>;

/**
 * As processes: 250 in CI. A process takes up to half a second there, and 500 would take more than two minutes; what they
 * show beyond the runs in this process is the start and the end of the program, which is the same in each.
 */
const PROCESSES = Math.ceil(isDeep ? RUNS / 4 : RUNS / 10);

const BASES: readonly Files[] = [
  ...PLAIN.map((name) => {
    const dir = join(FIXTURES, name);
    const names = readdirSync(dir).filter((file) => /\.(csv|yaml)$/.test(file));
    return Object.fromEntries(names.map((file) => [file, readFileSync(join(dir, file))]));
  }),
  Object.fromEntries(Object.entries(MAPPED).map(([name, text]) => [name, Buffer.from(text)])),
];

interface Spoilt {
  readonly base: number;
  readonly command: 'calc' | 'check';
  readonly mutations: readonly Mutation[];
}

const spoilt: fc.Arbitrary<Spoilt> = fc.record({
  base: fc.nat(BASES.length - 1),
  command: fc.constantFrom('calc', 'calc', 'calc', 'check'),
  mutations: fc.array(mutation, { minLength: 1, maxLength: 4 }),
});

/** Writes the workspace into a folder, beside the results of an earlier run. */
function write({ base, mutations }: Spoilt, dir: string): void {
  const files: Record<string, Uint8Array> = { ...(BASES[base] as Files) };
  const names = Object.keys(files).sort();
  for (const one of mutations) {
    const name = names[one.file % names.length] as string;
    files[name] = mutated(files[name] as Uint8Array, one);
  }
  mkdirSync(join(dir, 'out'), { recursive: true });
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(dir, name), bytes);
  for (const name of readdirSync(join(dir, 'out')))
    if (name !== 'quarters.csv') writeFileSync(join(dir, 'out', name), 'old\n');
  writeFileSync(join(dir, 'out', 'quarters.csv'), 'old\n');
}

/** What must hold of any run. */
function judge(
  spoiltRun: Spoilt,
  dir: string,
  before: readonly string[],
  exit: number,
  stderr: string,
): void {
  expect([0, 2], stderr).toContain(exit);
  expect(readdirSync(dir)).toEqual(before);
  const out = filesIn(join(dir, 'out'));
  if (exit === 2 || spoiltRun.command === 'check') {
    expect(Object.values(out).every((text) => text === 'old\n')).toBe(true);
    if (exit === 2) expect(stderr).toMatch(/fault|Expected|error/);
    return;
  }
  const manifest = JSON.parse(out['manifest.json'] ?? '');
  expect(Object.keys(out).sort()).toEqual([...manifest.outputs, 'manifest.json'].sort());
  expect(Object.values(out)).not.toContain('old\n');
  for (const totals of Object.values(manifest.controls as Record<string, Totals>)) addUp(totals);
}

type Totals = Readonly<Record<string, { readonly rows: number }>>;

/** R8.4: rows read are used, later, set aside, left out or no records. */
function addUp({ read, documents: _, ...fates }: Totals): void {
  expect(Object.values(fates).reduce((sum, { rows }) => sum + rows, 0)).toBe(read?.rows);
}

function argsOf({ command }: Spoilt, dir: string): string[] {
  const out = command === 'calc' ? ['--out', join(dir, 'out')] : [];
  return [command, '--config', join(dir, 'comp.yaml'), '--as-of', '2025-12-31', ...out];
}

describe('spoilt workspaces', () => {
  test('in this process: results or faults, never in between', async () => {
    await forAllAsync(
      spoilt,
      async (one, meet) => {
        const dir = newFolder();
        write(one, dir);
        const before = readdirSync(dir);
        const { exit, stderr } = await comp(argsOf(one, dir));
        judge(one, dir, before, exit, stderr);
        meet(exit === 0 ? 'calculated' : 'refused');
      },
      // A property of refusals only would show little about results, and the other way round.
      { calculated: 0.02, refused: 0.02 },
      { runs: isDeep ? RUNS * 10 : RUNS },
    );
  });

  test('as processes of their own', async () => {
    await forAllAsync(
      spoilt,
      async (one) => {
        const dir = newFolder();
        write(one, dir);
        const before = readdirSync(dir);
        const { exit, stderr } = await program(argsOf(one, dir));
        judge(one, dir, before, exit, stderr);
      },
      {},
      { runs: PROCESSES },
    );
  });
});
