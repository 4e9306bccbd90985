/**
 * Every fast way comes to the bytes of the plain one: files read into columns and row by row, money counted in numbers and
 * in bigints, postings written from columns and as tables.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calculate } from '../src/engine/calculate.js';
import type { Writable } from '../src/engine/result.js';
import {
  appliedTable,
  attainmentTable,
  entriesTable,
  exceptionsTable,
  monthsTable,
  postingsTable,
  quartersTable,
} from '../src/ledgers/tables.js';
import { csvOf } from '../src/ledgers/write.js';
import { postingsCsv } from '../src/ledgers/write-postings.js';
import { dressedIn, GROUPS } from '../src/testing/features.js';
import { histories } from '../src/testing/histories.js';
import { type Workspace as Loaded, loadWorkspace } from '../src/workspace/load.js';
import { someOf } from './support/depth.js';
import { FIXTURES, folderWith } from './support/folder.js';
import { type Mutation, mutated, mutation } from './support/mutations.js';
import { forAllAsync, type Meet } from './support/property.js';
import type { Workspace } from './support/run.js';
import { someScenariosIn } from './support/scenario.js';

type Outcome = Readonly<Record<string, string>>;

const FAST = { tableFrom: 0, counting: undefined, isPlain: false } as const;
const PLAIN = { tableFrom: Number.POSITIVE_INFINITY, counting: 'bigints', isPlain: true } as const;

/** The result files by name, or the faults, of a workspace on disk. */
async function outcomeOf(dir: string, asOf: string, way: typeof FAST | typeof PLAIN): Promise<Outcome> {
  const workspace = await loadWorkspace(join(dir, 'comp.yaml'), {}, { tableFrom: way.tableFrom });
  const { terms, ledgers, faults } = workspace;
  const counting = way.counting === undefined ? {} : { counting: way.counting };
  const outcome = calculate({ terms, ledgers, asOf, ...counting });
  if (outcome.kind === 'refused' || faults.length > 0) {
    const all = [...faults, ...(outcome.kind === 'refused' ? outcome.faults : [])];
    return {
      faults: JSON.stringify(all.map((fault) => ({ ...fault, place: workspace.locate(fault.place) }))),
    };
  }
  return filesOf(outcome, workspace, way.isPlain);
}

function filesOf({ result, working }: Writable, { locate }: Loaded, isPlain: boolean): Outcome {
  const exceptions = exceptionsTable(result.exceptions, ({ ledger, row }) => {
    const place = row === undefined ? undefined : locate({ kind: 'row', ledger, row });
    return place?.kind === 'file' ? place.line : undefined;
  });
  const tables = [
    quartersTable(result),
    monthsTable(result),
    attainmentTable(result),
    entriesTable(result),
    appliedTable(result),
    exceptions,
  ];
  const totals = [...result.controls].map(([name, total]) => [name, ...Object.entries(total)]);
  return {
    ...Object.fromEntries(tables.map((table) => [table.file, [...csvOf(table)].join('')])),
    'postings.csv': isPlain
      ? [...csvOf(postingsTable(result))].join('')
      : Buffer.concat(Array.from(postingsCsv(working.postings), (piece) => Buffer.from(piece))).toString(),
    controls: JSON.stringify(totals, (_, value) => (typeof value === 'bigint' ? `${value}` : value)),
  };
}

async function expectOneOutcome(dir: string, asOf: string): Promise<Outcome> {
  const fast = await outcomeOf(dir, asOf, FAST);
  expect(fast).toEqual(await outcomeOf(dir, asOf, PLAIN));
  return fast;
}

describe.each(['scenarios', 'random'])('%s', (folder) => {
  test.each(someScenariosIn(folder).map(({ name, asOf }) => [name, asOf]))('%s', async (name, asOf) => {
    const outcome = await expectOneOutcome(join(FIXTURES, folder, name), asOf);
    expect(outcome['faults']).toBeUndefined();
  });
});

test.each(someOf(['2012-06-30', '2011-12-31', '2014-06-30']))('AdventureWorks as of %s', async (asOf) => {
  const outcome = await expectOneOutcome(join(FIXTURES, 'adventureworks'), asOf);
  expect(outcome['postings.csv']?.length).toBeGreaterThan(10_000);
});

/** A workspace as files: every column that a row has, in every file. */
function asFiles({ terms, ledgers }: Workspace): Record<string, string> {
  // An empty ledger has no columns, and would be refused.
  const given = Object.entries(ledgers).filter(([ledger, rows]) => ledger === 'invoices' || rows.length > 0);
  const named = Object.fromEntries(given.map(([ledger]) => [ledger, `${ledger}.csv`]));
  const csv = given.map(([ledger, rows]): [string, string] => {
    const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
    const text = stringify(rows.map((row) => columns.map((column) => row[column] ?? '')));
    return [`${ledger}.csv`, `${columns.join(',')}\n${text}`];
  });
  return {
    'comp.yaml': JSON.stringify({ ...(terms as object), ledgers: named }),
    ...Object.fromEntries(csv),
  };
}

test('random workspaces', async () => {
  await forAllAsync(
    histories(),
    async (workspace, meet) => {
      const outcome = await expectOneOutcome(folderWith(asFiles(workspace)), workspace.asOf);
      if (outcome['faults'] === undefined) meet('calculated');
    },
    { calculated: 0.6 },
  );
});

test('random workspaces with plans of every kind', async () => {
  await forAllAsync(
    dressedIn(Object.values(GROUPS).flat()),
    async ({ history: workspace, features }, meet) => {
      const outcome = await expectOneOutcome(folderWith(asFiles(workspace)), workspace.asOf);
      if (outcome['faults'] === undefined) for (const feature of features) meet(feature);
    },
    { items: 0.15, teams: 0.15, schedules: 0.15 },
  );
});

/** Texts of CSV files at their oddest. */
const ODDITIES = [
  '"',
  '""',
  ',',
  '\r\n',
  '\r',
  '\n\n',
  ' ',
  '\t',
  '\u00a0',
  'é',
  '😀',
  '-',
  '=',
  '.5',
  '1e3',
  '\ufeff',
  '0',
];

interface Spoilt {
  readonly base: string;
  readonly mutations: readonly (readonly [number, Mutation])[];
  readonly inserted: readonly (readonly [number, number, string])[];
}

const spoilt: fc.Arbitrary<Spoilt> = fc.record({
  base: fc.constantFrom('scenarios/level-1', 'scenarios/splits-and-credits', 'random/12', 'random/7'),
  mutations: fc.array(fc.tuple(fc.nat(), mutation), { maxLength: 2 }),
  inserted: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.constantFrom(...ODDITIES)), { maxLength: 3 }),
});

test('spoilt CSV files', async () => {
  const check = async ({ base, mutations, inserted }: Spoilt, meet: Meet) => {
    const dir = folderWith({});
    const from = join(FIXTURES, base);
    const names = readdirSync(from).filter((name) => /\.(csv|yaml)$/.test(name));
    const csv = names.filter((name) => name.endsWith('.csv'));
    mkdirSync(dir, { recursive: true });
    for (const name of names) writeFileSync(join(dir, name), readFileSync(join(from, name)));
    for (const [which, change] of mutations)
      spoil(join(dir, at(csv, which)), (bytes) => mutated(bytes, change));
    for (const [which, place, text] of inserted) {
      spoil(join(dir, at(csv, which)), (bytes) => {
        const cut = place % (bytes.length + 1);
        return Buffer.concat([bytes.subarray(0, cut), Buffer.from(text), bytes.subarray(cut)]);
      });
    }
    const outcome = await expectOneOutcome(dir, '2025-12-31');
    meet(outcome['faults'] === undefined ? 'calculated' : 'refused');
  };
  await forAllAsync(spoilt, check, { calculated: 0.05, refused: 0.05 });
});

function at<Item>(items: readonly Item[], which: number): Item {
  return items[which % items.length] as Item;
}

function spoil(file: string, change: (bytes: Buffer) => Uint8Array): void {
  writeFileSync(file, change(readFileSync(file)));
}
