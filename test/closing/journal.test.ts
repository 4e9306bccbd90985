/** The journal by hand: which entry is made in which accounts, and on which side. */
import { describe, expect, test } from 'vitest';
import { type JournalLine, journalLines, openingLines } from '../../src/closing/journal.js';
import type { Day } from '../../src/day.js';
import {
  LINE_ACCOUNT_NAMES,
  LINE_ACCOUNTS,
  lineAmounts,
  type Move,
} from '../../src/engine/r1-words/line-accounts.js';
import { PAY_FIGURE_NAMES, PAY_FIGURES, payRow } from '../../src/engine/r1-words/pay-figures.js';
import type { Posting } from '../../src/engine/r6-postings/posting-table.js';
import { recordsOf } from '../../src/ledgers/records.js';
import { journalTable } from '../../src/ledgers/tables.js';
import { formatMinor } from '../../src/money.js';
import { readTerms } from '../../src/plans/terms.js';
import { creditMemo, type Given, key, payment, sale, workspace, writeOff } from '../support/build.js';
import { closesOf } from '../support/closes.js';
import { inputsOf } from '../support/run.js';

const level1 = { level: 1, clawback: { pastDueDays: 30 } };
const level2 = { level: 2 };

/** A close's entries: `earned R1: Commission expense 100.00, Commission held -100.00`; credits are below 0. */
function journal(given: Given, name: string): string[] {
  const closes = closesOf(inputsOf(workspace(given)));
  const period = closes.periods.find((one) => one.name === name);
  if (period === undefined) throw new Error(`no period ${name}`);
  return entriesOf(journalLines({ ...closes, period, journal: closes.terms.journal }));
}

function entriesOf(lines: readonly JournalLine[]): string[] {
  const entries = new Map<string, string[]>();
  for (const { entry, adjusts, repId, account, debit, credit } of lines) {
    const name = [entry, repId, adjusts].filter((part) => part !== '').join(' ');
    const own = entries.get(name) ?? [];
    entries.set(name, [...own, `${account} ${formatMinor(debit - credit, 2)}`]);
  }
  return [...entries].map(([name, own]) => `${name}: ${own.join(', ')}`);
}

describe('the entries of a close', () => {
  const i1 = sale('I1', '2025-01-15', '1000.00', { due_date: '2025-04-15' });

  test('R5.3 what is earned is payable or held', () => {
    expect(journal({ plan: level2, invoices: [i1], asOf: '2025-03-31' }, '2025-Q1')).toEqual([
      'earned R1: Commission expense 100.00, Commission payable -50.00, Commission held -50.00',
    ]);
  });

  test('R5.4 what is released and forfeited leaves what is held', () => {
    const given = {
      plan: level2,
      invoices: [i1],
      payments: [payment('P1', 'I1', '2025-04-10', '600.00')],
      writeOffs: [writeOff('W1', 'I1', '2025-06-10', '400.00')],
      asOf: '2025-06-30',
    };
    expect(journal(given, '2025-Q2')).toEqual([
      'released R1: Commission held 30.00, Commission payable -30.00',
      'forfeited R1: Commission held 20.00, Commission expense -20.00',
    ]);
  });

  test('R5.6, R7.2 what is clawed back is recoverable until it is netted', () => {
    const given = {
      plan: level1,
      invoices: [i1, sale('I2', '2025-07-10', '600.00', { due_date: '2029-12-31' })],
      payments: [payment('P1', 'I1', '2025-10-20', '1000.00')],
      asOf: '2025-12-31',
    };
    expect(journal(given, '2025-Q2')).toEqual([
      'clawed-back R1: Recoverable from reps 100.00, Commission expense -100.00',
    ]);
    expect(journal(given, '2025-Q3')).toEqual([
      'earned R1: Commission expense 60.00, Commission payable -60.00',
      'settled R1: Commission payable 60.00, Recoverable from reps -60.00',
    ]);
    // 100.00 is given back; 40.00 of it is still owed, 60.00 is paid: payable is 60.00 short.
    expect(journal(given, '2025-Q4')).toEqual([
      'reinstated R1: Commission expense 100.00, Recoverable from reps -100.00',
      'settled R1: Commission payable -60.00, Recoverable from reps 60.00',
    ]);
  });

  test('what is below 0 changes sides', () => {
    const given = {
      plan: level2,
      invoices: [i1],
      creditMemos: [creditMemo('M1', 'I1', '2025-04-10', '400.00')],
      asOf: '2025-06-30',
    };
    expect(journal(given, '2025-Q2')).toEqual([
      'earned R1: Commission expense -40.00, Commission payable 20.00, Commission held 20.00',
      'settled R1: Commission payable -20.00, Recoverable from reps 20.00',
    ]);
  });

  test('are made for each rep, or for all of them, in accounts as they are named', () => {
    const invoices = [i1, { ...sale('I2', '2025-01-16', '500.00'), rep_id: 'R2' }];
    const given = { plan: { level: 0 }, invoices, asOf: '2025-03-31' };
    expect(journal(given, '2025-Q1')).toEqual([
      'earned R1: Commission expense 100.00, Commission payable -100.00',
      'earned R2: Commission expense 50.00, Commission payable -50.00',
    ]);
    const terms = { journal: { by: 'total', accounts: { expense: 6100, payable: ' 2100 AP ' } } };
    expect(journal({ ...given, terms }, '2025-Q1')).toEqual(['earned: 6100 150.00, 2100 AP -150.00']);
  });

  test('R11.2 what adjusts a closed period is an entry of its own', () => {
    const closes = closesOf(inputsOf(workspace({ plan: { level: 0 }, invoices: [i1], asOf: '2025-03-31' })));
    const period = {
      name: '2025-Q2',
      to: (closes.periods[0]?.to ?? 0) + 91,
    } as (typeof closes.periods)[number];
    const own = closes.postings.map((one) => ({ ...one, period: '2025-Q2' }));
    const postings = [...own.map((one) => ({ ...one, adjusts: '2025-Q1' })), ...own, ...closes.postings];
    const rows = closes.rows.map((row) => ({ ...row, period: '2025-Q2', payable: 20000n, paid: 20000n }));
    const lines = journalLines({
      period,
      rows: [...rows, ...closes.rows],
      postings,
      journal: closes.terms.journal,
    });
    expect(entriesOf(lines)).toEqual([
      'earned R1: Commission expense 100.00, Commission payable -100.00',
      'earned R1 2025-Q1: Commission expense 100.00, Commission payable -100.00',
    ]);
    expect(recordsOf(journalTable(lines, closes.terms.currency))[2]).toEqual({
      date: '2025-06-30',
      period: '2025-Q2',
      entry: 'earned',
      adjusts: '2025-Q1',
      rep_id: 'R1',
      account: 'Commission expense',
      debit: '100.00',
      credit: '0.00',
      currency: 'USD',
    });
  });
});

describe('the tables of amounts', () => {
  const closes = closesOf(inputsOf(workspace({ plan: { level: 0 }, asOf: '2025-03-31' })));
  const { accounts } = closes.terms.journal;
  const period = { name: '2025-Q1', to: 0 as Day };
  const inputs = { ...closes, period, journal: closes.terms.journal, rows: [], postings: [] };

  /** The entries that an amount of 5 makes by its moves. */
  const movedBy = (moves: readonly Move[]) =>
    moves.flatMap(({ entry, debit, credit }) => [
      { entry, account: accounts[debit], debit: 5n, credit: 0n },
      { entry, account: accounts[credit], debit: 0n, credit: 5n },
    ]);

  const inOrder = <Line extends { readonly entry: string; readonly credit: bigint }>(
    lines: readonly Line[],
  ) =>
    lines.toSorted((a, b) =>
      a.entry === b.entry ? Number(a.credit - b.credit) : a.entry < b.entry ? -1 : 1,
    );

  test.each(PAY_FIGURE_NAMES)('every move of %s is in the journal', (figure) => {
    const row = { ...payRow((one) => (one === figure ? 5n : 0n)), repId: 'R1', period: '2025-Q1' };
    expect(inOrder(journalLines({ ...inputs, rows: [row] }))).toMatchObject(
      inOrder(movedBy(PAY_FIGURES[figure].moves)),
    );
  });

  test.each(LINE_ACCOUNT_NAMES)('every move of %s is in the journal', (account) => {
    const posting: Posting = {
      ...{ repId: 'R1', invoiceId: 'I1', customerId: 'C1', planId: 'p', level: 1, sourceId: 'P1' },
      credit: 'own',
      ...{ cause: 'collected', date: '2025-01-01', eventDate: '2025-01-01', adjusts: '', period: '2025-Q1' },
      ...lineAmounts((one) => (one === account ? 5n : 0n)),
    };
    expect(inOrder(journalLines({ ...inputs, postings: [posting] }))).toMatchObject(
      inOrder(movedBy(LINE_ACCOUNTS[account].moves)),
    );
  });
});

describe('the opening entry', () => {
  const { terms } = readTerms(workspace({}).terms);
  const accounts = terms?.journal;
  const brought = [
    { repId: 'R2', held: 5000n, owed: 0n },
    { repId: 'R1', held: 1000n, owed: 3000n },
    { repId: 'R3', held: 0n, owed: 0n },
  ];

  test('brings what is owed and held, and its balance', () => {
    if (accounts === undefined) throw new Error('no terms');
    const lines = openingLines('2024-12-31', brought, accounts);
    expect(entriesOf(lines)).toEqual([
      'opening R1: Recoverable from reps 30.00, Commission held -10.00, Opening balances -20.00',
      'opening R2: Commission held -50.00, Opening balances 50.00',
    ]);
    expect(lines[0]).toMatchObject({ date: '2024-12-31', period: '', adjusts: '' });
  });

  test('is one for all reps if entries are', () => {
    if (accounts === undefined) throw new Error('no terms');
    expect(entriesOf(openingLines('2024-12-31', brought, { ...accounts, by: 'total' }))).toEqual([
      'opening: Recoverable from reps 30.00, Commission held -60.00, Opening balances 30.00',
    ]);
  });
});

describe('the accounts in comp.yaml', () => {
  const faultsOf = (accounts: unknown) =>
    readTerms({ ...(workspace({}).terms as object), journal: { accounts } }).faults;
  const duplicate = (role: string, account: string, other: string) => ({
    code: 'duplicate-account',
    place: key('journal', 'accounts', role),
    account,
    other,
  });

  test('differ from one another', () => {
    expect(faultsOf({ expense: 1, payable: '1', held: ' 1' })).toEqual([
      duplicate('payable', '1', 'expense'),
      duplicate('held', '1', 'expense'),
    ]);
  });

  test('may be the default of another role only if that role has another account', () => {
    expect(faultsOf({ expense: 'Commission held' })).toEqual([
      duplicate('expense', 'Commission held', 'held'),
    ]);
    expect(faultsOf({ expense: 'Commission held', held: 'Waiting' })).toEqual([]);
  });

  test('are known, and named', () => {
    const place = (role: string) => key('journal', 'accounts', role);
    expect(faultsOf({ bank: 1000 })).toEqual([
      { code: 'unknown-key', place: place('bank'), key: 'bank', nearest: undefined },
    ]);
    expect(faultsOf({ held: '  ' })).toMatchObject([{ code: 'wrong-value', place: place('held') }]);
    expect(faultsOf('6100')).toMatchObject([{ code: 'wrong-value', place: key('journal', 'accounts') }]);
  });
});
