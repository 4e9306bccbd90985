/** `docs/columns.md`: every column of every ledger and of every result file, from their descriptions. */
import { calculate } from '../engine/calculate.js';
import { LINE_ACCOUNT_NAMES, LINE_ACCOUNTS } from '../engine/r1-words/line-accounts.js';
import { PAY_FIGURE_NAMES, PAY_FIGURES } from '../engine/r1-words/pay-figures.js';
import { type Column, LEDGER_COLUMNS, type LedgerColumns } from '../ledger-specs/columns.js';
import { LEDGER_NAMES, LEDGER_TITLES, type LedgerName } from '../ledger-specs/ledgers.js';
import type { ColumnKind } from '../ledger-specs/spec.js';
import * as tables from '../ledgers/tables.js';
import { invariant } from '../problems/problem.js';
import { STATEMENT_COLUMNS } from '../statement/csv.js';
import { ACCOUNT_WORDS, JOURNAL_WORDS, LEDGER_WORDS, PAY_WORDS, RESULT_WORDS } from './column-words.js';

const HEAD = `# Columns

Every column of every ledger that comp reads, and of every file that it writes. (\`npm run reference\` writes this page from the same
descriptions that the program uses.) Numbers such as R5.6 are [rules](rules.md).

Ledgers may be exports with other headings: a [mapping](exports.md) sets which heading is which column.`;

const KINDS: Readonly<Record<ColumnKind, string>> = {
  id: 'text',
  date: 'date',
  amount: 'amount',
  share: 'share',
  rate: 'number',
  quarter: 'quarter or date',
  'quarter-name': 'quarter',
  month: 'month',
  choice: 'one of several words',
};

const RESULT_KINDS: Readonly<Record<tables.ColumnKind, string>> = {
  text: 'text',
  date: 'date',
  count: 'number',
  number: 'number',
  share: 'share',
  amount: 'amount',
  balance: 'balance',
};

/** The page as Markdown. */
export function columnsPage(): string {
  const parts = [
    HEAD,
    '## Ledgers',
    ...LEDGER_NAMES.map(ledgerSection),
    '## Results',
    'An *amount* adds up over the rows of a file. A *balance* adds up over reps, but not over periods: each period opens with the balance that the one before closed with.',
    ...resultTables().map(resultSection),
  ];
  return `${parts.join('\n\n')}\n`;
}

function ledgerSection(name: LedgerName): string {
  const { key, isKeyUnique, columns }: LedgerColumns = LEDGER_COLUMNS[name];
  const words: Readonly<Record<string, string>> = LEDGER_WORDS[name];
  const title = LEDGER_TITLES[name];
  const names = key.map((one) => `\`${one}\``);
  const keyText = [names.slice(0, -1).join(', '), ...names.slice(-1)]
    .filter((part) => part !== '')
    .join(' and ');
  return [
    `### ${title[0]?.toUpperCase()}${title.slice(1)}`,
    '',
    `\`ledgers: ${name}\` in comp.yaml. ${isKeyUnique ? `No two rows have the same ${keyText}.` : `A row is identified by its ${keyText}, which need not be unique.`}`,
    '',
    ...markdownTable(
      ['column', 'required', 'type', 'contents'],
      columns.map((column) => [
        `\`${column.name}\``,
        neededText(column),
        KINDS[column.kind],
        wordsFor(words, column.name, title),
      ]),
    ),
  ].join('\n');
}

function neededText({ needed, unless, onlyWith }: Column): string {
  if (needed === 'column') return 'the column, may be blank';
  if (needed && unless !== undefined) return `yes, or \`${unless}\``;
  if (needed) return 'yes';
  return onlyWith === undefined ? '' : `with ${onlyWith}`;
}

/** Every result file, without rows. */
function resultTables(): readonly Pick<tables.Table, 'file' | 'columns'>[] {
  const outcome = calculate({
    terms: { currency: 'USD', plans: [{ id: 'any', level: 0, rate: '0%' }] },
    ledgers: { invoices: { rows: [] }, payments: { rows: [] } },
    asOf: '2025-12-31',
    keep: { postings: true },
  });
  invariant(outcome.kind === 'calculated', () => 'a workspace without rows is not calculated');
  const { result } = outcome;
  const { currency } = result;
  return [
    tables.quartersTable(result),
    tables.monthsTable(result),
    tables.attainmentTable(result),
    tables.closedPostingsTable([], currency),
    tables.entriesTable(result),
    tables.appliedTable(result),
    tables.exceptionsTable([], () => undefined),
    tables.payrollTable([], currency),
    tables.payrollLinesTable([], currency),
    tables.payrollDeltaTable([], currency),
    tables.payrollDeltaLinesTable([], currency),
    tables.journalTable([], currency),
    { file: 'statements/….csv', columns: STATEMENT_COLUMNS },
  ];
}

/** The words for the columns of all result files. */
const WORDS: Readonly<Record<string, string>> = {
  ...RESULT_WORDS,
  ...Object.fromEntries(PAY_FIGURE_NAMES.map((figure) => [PAY_FIGURES[figure].column, PAY_WORDS[figure]])),
};

/** The words for files in which a column means something else: the amounts of postings are changes. */
const OWN_WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'postings.csv': {
    ...WORDS,
    ...Object.fromEntries(
      LINE_ACCOUNT_NAMES.map((account) => [LINE_ACCOUNTS[account].column, ACCOUNT_WORDS[account]]),
    ),
  },
  'journal.csv': { ...WORDS, ...JOURNAL_WORDS },
};

function resultSection({ file, columns }: Pick<tables.Table, 'file' | 'columns'>): string {
  const words = OWN_WORDS[file] ?? WORDS;
  const rows = columns.map(({ name, kind }) => [
    `\`${name}\``,
    RESULT_KINDS[kind],
    wordsFor(words, name, file),
  ]);
  return [`### ${file}`, '', ...markdownTable(['column', 'type', 'contents'], rows)].join('\n');
}

function wordsFor(words: Readonly<Record<string, string>>, column: string, where: string): string {
  const found = words[column];
  invariant(
    found !== undefined,
    () => `src/reference/column-words.ts has no words for ${column} of ${where}`,
  );
  return found;
}

function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)];
}
