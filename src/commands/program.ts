/** The command line: commands, flags and how a run ends. */
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { foldedName } from '../closing/signature.js';
import { displayedLines } from '../displayed.js';
import { LEDGER_NAMES, LEDGER_TITLES, type LedgerName } from '../ledger-specs/ledgers.js';
import { findPercent } from '../money.js';
import { findLevel, type LevelNumber } from '../plans/levels.js';
import type { LedgerFiles } from '../workspace/load.js';
import type { AgeingOptions } from './ageing.js';
import type { ApproveOptions } from './approve.js';
import type { CalcOptions } from './calc.js';
import type { ChangesOptions } from './changes.js';
import type { CloseOptions } from './close.js';
import { type Console, EXIT, type ExitCode } from './console.js';
import type { EvidenceOptions } from './evidence.js';
import type { ExplainOptions } from './explain.js';
import type { HandedOverOptions } from './handed-over.js';
import type { HistoryOptions } from './history.js';
import type { InitOptions } from './init.js';
import type { LintOptions } from './lint.js';
import type { ReopenOptions } from './reopen.js';
import type { ReportOptions } from './report.js';
import type { CalculationOptions } from './run-command.js';
import type { SimulateOptions } from './simulate.js';
import type { StatementOptions } from './statement.js';
import type { VerifyOptions } from './verify.js';

/**
 * Runs `comp` with the arguments after its name.
 *
 * @returns the exit code: 0 done, 1 an error in the program, 2 bad input or usage, 3 exceptions under `--strict`
 */
export async function run(args: readonly string[], console: Console): Promise<ExitCode> {
  let exit: ExitCode = EXIT.done;
  const program = new Command('comp')
    .description('Sales commission linked to cash: payable, held, clawed back, paid and owed, to the cent.')
    .version(console.version)
    .exitOverride()
    .configureOutput({
      writeOut: console.out.write,
      // What was typed is in some of these messages.
      writeErr: (text) => console.err.write(displayedLines(text)),
    })
    .showHelpAfterError('(comp --help lists commands and flags)');
  const ends =
    <Options>(command: (options: Options, console: Console) => Promise<ExitCode>) =>
    async (options: Options): Promise<void> => {
      exit = await command(options, console);
    };
  // A command is set up and loaded on demand: a short run spends most of its time loading.
  const commands: Readonly<Record<string, () => Command>> = {
    init: () => initCommand(ends(async (...run) => (await import('./init.js')).init(...run))),
    calc: () => calcCommand(ends(async (...run) => (await import('./calc.js')).calc(...run))),
    check: () => checkCommand(ends(async (...run) => (await import('./check.js')).check(...run))),
    explain: () => explainCommand(ends(async (...run) => (await import('./explain.js')).explain(...run))),
    ageing: () => ageingCommand(ends(async (...run) => (await import('./ageing.js')).ageing(...run))),
    lint: () => lintCommand(ends(async (...run) => (await import('./lint.js')).lint(...run))),
    report: () => reportCommand(ends(async (...run) => (await import('./report.js')).report(...run))),
    simulate: () => simulateCommand(ends(async (...run) => (await import('./simulate.js')).simulate(...run))),
    close: () => closeCommand(ends(async (...run) => (await import('./close.js')).close(...run))),
    statement: () =>
      statementCommand(ends(async (...run) => (await import('./statement.js')).statement(...run))),
    approve: () => approveCommand(ends(async (...run) => (await import('./approve.js')).approve(...run))),
    'handed-over': () =>
      handedOverCommand(ends(async (...run) => (await import('./handed-over.js')).handedOver(...run))),
    reopen: () => reopenCommand(ends(async (...run) => (await import('./reopen.js')).reopen(...run))),
    evidence: () => evidenceCommand(ends(async (...run) => (await import('./evidence.js')).evidence(...run))),
    changes: () => changesCommand(ends(async (...run) => (await import('./changes.js')).changes(...run))),
    history: () => historyCommand(ends(async (...run) => (await import('./history.js')).history(...run))),
    verify: () => verifyCommand(ends(async (...run) => (await import('./verify.js')).verify(...run))),
  };
  for (const make of namedIn(args, commands)) {
    program.addCommand(make().copyInheritedSettings(program));
  }
  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? EXIT.done : EXIT.refused;
  }
  return exit;
}

/** The command that the first argument names; all commands for help, an alias or an unknown name. */
function namedIn<Make>(
  [name = '']: readonly string[],
  commands: Readonly<Record<string, Make>>,
): readonly Make[] {
  const named = Object.hasOwn(commands, name) ? commands[name] : undefined;
  return named === undefined ? Object.values(commands) : [named];
}

type LedgerFlags = Partial<Record<LedgerName, string>>;

/** Options as typed. */
type CalculationFlags<Options> = Omit<Options, 'expect' | 'files'> &
  LedgerFlags & { readonly expect: readonly string[] };

function initCommand(act: (options: InitOptions) => Promise<void>): Command {
  const command = new Command('init')
    .description(
      'create a workspace: a working example with data, or (with --from) a proposed comp.yaml for your exports',
    )
    .argument(
      '[dir]',
      'the folder; it is created if missing, and no file in it is overwritten',
      folderName,
      '.',
    )
    .option('--from <file>', 'an export of invoices: propose how to read it, and write only comp.yaml')
    .option('--json', 'print what was found and written, or faults, as JSON on standard output');
  for (const ledger of LEDGER_NAMES.filter((name) => name !== 'invoices')) {
    command.option(`--${kebab(ledger)} <file>`, `with --from: ${LEDGER_TITLES[ledger]} export`);
  }
  return command.action((dir: string, { from, json, ...flags }: InitFlags & LedgerFlags) => {
    const files = filesOf({ ...flags, ...(from === undefined ? {} : { invoices: from }) });
    const [withoutFrom] = from === undefined ? Object.keys(files) : [];
    if (withoutFrom !== undefined) {
      command.error(`error: --${kebab(withoutFrom)} needs --from, the export of invoices`);
    }
    return act({ dir, files, ...(json === undefined ? {} : { json }) });
  });
}

interface InitFlags {
  readonly from?: string;
  readonly json?: boolean;
}

function calcCommand(act: (options: CalcOptions) => Promise<void>): Command {
  const command = new Command('calc')
    .description('calculate commission, write the results to --out and show a summary')
    .option('--out <dir>', 'folder for the results', folderName, 'out')
    .addOption(new Option('--only <what>', 'write the result rows, without postings').choices(['quarters']))
    .addOption(
      new Option('--xlsx', 'also write close.xlsx, a workbook with filters, totals and checks').conflicts(
        'only',
      ),
    );
  return withCalculationOptions(command).action(async (flags: CalculationFlags<CalcOptions>) =>
    act({ ...flags, ...(await readFlags(flags, command)) }),
  );
}

function checkCommand(act: (options: CalculationOptions) => Promise<void>): Command {
  const command = new Command('check').description(
    'report everything that calc would reject or set aside; write nothing',
  );
  return withCalculationOptions(command).action(async (flags: CalculationFlags<CalculationOptions>) =>
    act({ ...flags, ...(await readFlags(flags, command)) }),
  );
}

function explainCommand(act: (options: ExplainOptions) => Promise<void>): Command {
  const command = new Command('explain')
    .description('show why: an invoice event by event, or what a rep is paid step by step')
    .argument('<what>', 'an invoice or a rep')
    .option('--rep <rep>', "for an invoice with splits: show only this rep's line")
    .option(
      '--quarter <period>',
      'for a rep: the period, such as 2025-Q3 or 2025-07 (default: the last pay period)',
    );
  return withCalculationOptions(command).action(
    async (what: string, flags: CalculationFlags<Omit<ExplainOptions, 'what'>>) =>
      act({ ...flags, ...(await readFlags(flags, command)), what }),
  );
}

function ageingCommand(act: (options: AgeingOptions) => Promise<void>): Command {
  const command = new Command('ageing')
    .alias('aging')
    .description('list open invoices by days past due, the commission on them, and what will be clawed back')
    .addOption(repeatable('--rep <id>', 'this rep only (repeatable)').default([], 'all'))
    .option('--within <days>', 'list only the clawbacks of the next <days> days', days);
  return withCalculationOptions(command).action(async (flags: CalculationFlags<AgeingOptions>) =>
    act({ ...flags, ...(await readFlags(flags, command)) }),
  );
}

function lintCommand(act: (options: LintOptions) => Promise<void>): Command {
  const command = new Command('lint')
    .description(
      'list what a careful plan designer, a lawyer or a rep would question in the plans and the ledgers; write nothing',
    )
    .addOption(
      new Option('--only <code>', 'this question only (repeatable)')
        .argParser((text: string, before: readonly string[]) => [...before, text])
        .default([], 'all'),
    )
    .option('--csv', 'print all questions as CSV');
  return withCalculationOptions(command, { strict: 'exit with 3 if there are questions' }).action(
    async (flags: CalculationFlags<LintOptions>) => act({ ...flags, ...(await readFlags(flags, command)) }),
  );
}

function reportCommand(act: (options: ReportOptions) => Promise<void>): Command {
  const command = new Command('report')
    .description(
      'write the close as one HTML page: figures, waterfalls, reps and their postings; works offline',
    )
    .option('--out <file>', 'file for the page', fileName, 'out/report.html');
  return withCalculationOptions(command).action(async (flags: CalculationFlags<ReportOptions>) =>
    act({ ...flags, ...(await readFlags(flags, command)) }),
  );
}

function simulateCommand(act: (options: SimulateOptions) => Promise<void>): Command {
  const command = new Command('simulate')
    .description('compare: the same ledgers at other levels, under other plans, or with other collections')
    .addOption(
      new Option('--levels <list>', 'every plan at each of these levels, such as 0,1,3')
        .argParser((text: string) => text.split(',').map((one) => levelNumber(one.trim())))
        .default([], 'all five, if you name no variant'),
    )
    .addOption(repeatable('--with <file>', 'the terms of another comp.yaml (repeatable)'))
    .addOption(
      repeatable('--set <key=value>', 'set a key in one variant, such as plans.ae.hold=30% (repeatable)'),
    )
    .option(
      '--from <date>',
      'variants price what is booked from this day on, YYYY-MM-DD (default: everything)',
    )
    .option('--clawback-days <days>', 'days past due after which levels 1 and 2 claw back', days)
    .option('--hold <share>', 'level 2 holds this share, such as 30%', percentText)
    .addOption(
      repeatable('--collect <rule>', "move customers' cash: 'past-due > 30: 15 days earlier' (repeatable)"),
    )
    .option('--call-cost <amount>', 'what a collection call costs, such as 25', amountText)
    .option('--carrying-cost <rate>', 'what financing costs in a year, such as 9%', percentText)
    .option(
      '--until <period>',
      'forecast: open invoices are paid as customers have paid, until this period ends',
    )
    .option('--explain <id>', 'show event by event why a rep or an invoice differs from today')
    .option('--csv <dir>', 'also write the figures as CSV files into this folder', folderName)
    .option('--xlsx <file>', 'also write them as a workbook', fileName)
    .option('--page <file>', 'also write one page with charts, for a meeting; works offline', fileName);
  const all = withCalculationOptions(command, { isWhatIf: true });
  return all.action(async (flags: Omit<SimulateOptions, 'files'> & LedgerFlags) => {
    const isPlain = flags.levels.length + flags.with.length + flags.set.length === 0;
    const hasOther = flags.collect.length > 0 || flags.until !== undefined;
    const levels = isPlain && !hasOther ? ALL_LEVELS : flags.levels;
    return act({ ...flags, levels, files: filesOf(flags) });
  });
}

const ALL_LEVELS: readonly LevelNumber[] = [0, 1, 2, 3, 4];

/** An option whose values are listed in the order in which they are given. */
function repeatable(flags: string, description: string): Option {
  return new Option(flags, description)
    .argParser((text: string, before: readonly string[]) => [...before, text])
    .default([], 'none');
}

function closeCommand(act: (options: CloseOptions) => Promise<void>): Command {
  const command = new Command('close');
  command
    .description('freeze a pay period: it is never restated, and later changes become adjustments')
    .argument('<period>', 'the pay period, which must be the first one still open: 2025-Q1 or 2025-03')
    .option('--config <file>', 'the workspace file', 'comp.yaml')
    .option(
      '--archive',
      'store a compressed copy of every input, so that comp verify can re-run the close; also adds it to a period that is closed',
    )
    .option(...BY)
    .option('--early', 'close the period even though it is not over; it must have begun')
    .option('--preview', 'write what a close would write to --out, and close nothing')
    .option('--out <dir>', 'with --preview: the folder (default: "out/preview-<period>")', folderName)
    .option('--no-pages', 'leave the report, the workbook and the statements out of the close')
    .option('--strict', 'close nothing if there are exceptions')
    .option('--json', 'print results, or faults, as JSON on standard output')
    .option('--quiet', 'print no summary and no notices')
    .option(...WIDE)
    .action((period: string, flags: Omit<CloseOptions, 'period'>) => {
      if (flags.out !== undefined && flags.preview !== true) {
        command.error('error: --out needs --preview: a close is always written to closes/');
      }
      return act({ ...flags, period });
    });
  return command;
}

function statementCommand(act: (options: StatementOptions) => Promise<void>): Command {
  const command = new Command('statement');
  return command
    .description('write a page for each rep: what is paid, what waits for cash, what is taken back, and why')
    .argument('[rep...]', 'the reps (default: every rep with a row in the period)')
    .option('--quarter <period>', 'required: the fiscal quarter, or a month if pay is monthly')
    .option('--as-of <date>', 'the last day that counts, YYYY-MM-DD (default: the last day of the period)')
    .option('--out <dir>', 'folder for the statements', folderName, 'out/statements')
    .option('--csv', "also write each statement's lines as CSV")
    .option('--config <file>', 'the workspace file', 'comp.yaml')
    .option('--strict', 'exit with 3 if there are exceptions')
    .option('--json', 'print what was written, or faults, as JSON on standard output')
    .option('--quiet', 'print no notices')
    .action((reps: string[], flags: Omit<StatementOptions, 'reps'>) => {
      if (flags.quarter === undefined) {
        command.error(
          'error: statements need a period: add --quarter 2025-Q1, or --quarter 2025-03 if pay is monthly',
        );
      }
      return act({ ...flags, reps });
    });
}

function reopenCommand(act: (options: ReopenOptions) => Promise<void>): Command {
  const command = new Command('reopen');
  return command
    .description('undo the newest close; it is kept with your reason, and the next close refers to it')
    .argument('<period>', 'the newest closed period')
    .option('--reason <text>', 'required: why, for the record', reasonText)
    .option(...BY)
    .option('--config <file>', 'the workspace file', 'comp.yaml')
    .option('--json', 'print what was done, or faults, as JSON on standard output')
    .option('--quiet', 'print no notices')
    .action((period: string, flags: Omit<ReopenOptions, 'period'>) => {
      if (flags.reason === undefined) {
        command.error(
          `error: an undone close is kept with the reason: add --reason "the bank file of March was incomplete"`,
        );
      }
      return act({ ...flags, period });
    });
}

/** A command that signs a close: its record has a name and a note. */
function signing(name: string): Command {
  return new Command(name)
    .argument('<period>', 'a closed period')
    .option(...BY)
    .option('--note <text>', 'a note for the record', reasonText)
    .option('--config <file>', 'the workspace file', 'comp.yaml')
    .option('--json', 'print what was done, or faults, as JSON on standard output')
    .option('--quiet', 'print no notices');
}

function approveCommand(act: (options: ApproveOptions) => Promise<void>): Command {
  return signing('approve')
    .description(
      'approve a close: whoever closed it cannot, unless comp.yaml says approvals: { fourEyes: false }',
    )
    .action((period: string, flags: Omit<ApproveOptions, 'period'>) => act({ ...flags, period }));
}

function handedOverCommand(act: (options: HandedOverOptions) => Promise<void>): Command {
  return signing('handed-over')
    .description(
      'record that payroll has the file of a close: if it is undone later, the next close writes what differs',
    )
    .action((period: string, flags: Omit<HandedOverOptions, 'period'>) => act({ ...flags, period }));
}

function evidenceCommand(act: (options: EvidenceOptions) => Promise<void>): Command {
  return new Command('evidence')
    .description('pack a close for auditors: its records, files and inputs, and a page that explains them')
    .argument('<period>', 'a closed period')
    .option('--out <file>', 'the zip file to write', fileName, 'evidence.zip')
    .option('--config <file>', 'the workspace file', 'comp.yaml')
    .option('--json', 'print what is in it, or faults, as JSON on standard output')
    .option('--quiet', 'print no notices')
    .action((period: string, flags: Omit<EvidenceOptions, 'period'>) => act({ ...flags, period }));
}

function changesCommand(act: (options: ChangesOptions) => Promise<void>): Command {
  const command = new Command('changes')
    .description(
      'list the rows of the ledgers that were added, removed or changed since a close, and what each adjusts',
    )
    .option('--since <period>', 'the closed period (default: the last one)')
    .option('--csv', 'print all rows as CSV');
  return withCalculationOptions(command).action(async (flags: CalculationFlags<ChangesOptions>) =>
    act({ ...flags, ...(await readFlags(flags, command)) }),
  );
}

function historyCommand(act: (options: HistoryOptions) => Promise<void>): Command {
  return new Command('history')
    .description('list who closed, approved, handed over and reopened what, and when')
    .argument('[period]', 'only what was done with this period')
    .option('--csv', 'print the list as CSV')
    .option('--config <file>', 'the workspace file', 'comp.yaml')
    .option('--json', 'print the list, or faults, as JSON on standard output')
    .option('--quiet', 'print no notices')
    .action((period: string | undefined, flags: Omit<HistoryOptions, 'period'>) =>
      act({ ...flags, ...(period === undefined ? {} : { period }) }),
    );
}

function verifyCommand(act: (options: VerifyOptions) => Promise<void>): Command {
  return new Command('verify')
    .description('check every file of every close against its recorded hash, and re-run archived closes')
    .option('--config <file>', 'the workspace file', 'comp.yaml')
    .option(
      '--inputs',
      'also re-run closes without an archive, if the files beside comp.yaml are those they were made from',
    )
    .option('--expect <fingerprint>', 'the fingerprint that was written down when it was closed')
    .option('--json', 'print what was found as JSON on standard output')
    .option('--quiet', 'print faults only')
    .action((flags: VerifyOptions) => act(flags));
}

/** For commands whose tables drop columns on a narrow terminal. */
const WIDE = [
  '--wide',
  'show all columns of every table, even if lines are wider than the terminal',
] as const;

/** For commands that sign what they write about a close. */
const BY = ['--by <name>', 'your name, for the record (default: your user name)', personName] as const;

/**
 * The flags of every command that reads a workspace.
 *
 * @param isWhatIf - for a command that compares: it has no level of its own, and nothing is closed or paid by it
 * @param strict - what `--strict` does
 */
function withCalculationOptions(
  command: Command,
  { isWhatIf = false, strict = 'exit with 3 if there are exceptions' } = {},
): Command {
  command
    .option('--config <file>', 'the workspace file', 'comp.yaml')
    .addOption(
      new Option(
        '--period <period>',
        'calculate as of the last day of this period: 2025-Q1 or 2025-03',
      ).conflicts('asOf'),
    )
    .option('--as-of <date>', 'the last day that counts, YYYY-MM-DD (default: today)');
  if (!isWhatIf) {
    command
      .option(
        '--level <level>',
        'recompute every plan at this level (0-4 or its name), keeping its rate',
        levelNumber,
      )
      .addOption(
        repeatable(
          '--expect <total>',
          'stop if a control total differs: invoices.total=1234.56 (repeatable)',
        ),
      )
      .option('--strict', strict);
  }
  command
    .option('--json', 'print results, or faults, as JSON on standard output')
    .option('--quiet', 'print no summary and no notices')
    .option(...WIDE);
  for (const ledger of LEDGER_NAMES) {
    command.option(
      `--${kebab(ledger)} <file>`,
      `${LEDGER_TITLES[ledger]} file, instead of the one in comp.yaml`,
    );
  }
  return command;
}

function filesOf(flags: LedgerFlags): LedgerFiles {
  const files: LedgerFiles = {};
  for (const ledger of LEDGER_NAMES) {
    const file = flags[ledger];
    if (file !== undefined) files[ledger] = file;
  }
  return files;
}

/** The flags that are more than text: ledger files, and expected control totals. */
async function readFlags(
  flags: LedgerFlags & { readonly expect: readonly string[] },
  command: Command,
): Promise<Required<Pick<CalculationOptions, 'files' | 'expect'>>> {
  if (flags.expect.length === 0) return { files: filesOf(flags), expect: [] };
  const { findExpectation } = await import('../workspace/expect.js');
  const expect = flags.expect.map((text) => {
    const found = findExpectation(text);
    if (found !== undefined) return found;
    const form =
      'Expected a ledger, rows, amount or total, and a number: invoices.total=1234.56, or for one currency invoices.total.EUR=1234.56.';
    return command.error(`error: option '--expect <total>' argument '${text}' is invalid. ${form}`);
  });
  return { files: filesOf(flags), expect };
}

function folderName(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('Expected the name of a folder.');
  return text;
}

function fileName(text: string): string {
  if (text.trim() === '' || text === '-' || /[\\/]$/.test(text))
    throw new InvalidArgumentError('Expected the name of a file.');
  return text;
}

function reasonText(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('Expected a reason in words.');
  return text.trim();
}

function personName(text: string): string {
  const name = text.trim();
  if (foldedName(name) === '' || /\p{Cc}/u.test(name)) throw new InvalidArgumentError('Expected a name.');
  return name;
}

function days(text: string): number {
  if (!/^\d{1,4}$/.test(text)) throw new InvalidArgumentError('Expected a number of days such as 30.');
  return Number(text);
}

function percentText(text: string): string {
  if (findPercent(text.trim()) === undefined)
    throw new InvalidArgumentError('Expected a percentage such as 9%.');
  return text.trim();
}

function amountText(text: string): string {
  if (!/^\d+(\.\d+)?$/.test(text.trim()))
    throw new InvalidArgumentError('Expected an amount such as 25 or 12.50.');
  return text.trim();
}

function levelNumber(text: string): LevelNumber {
  const level = findLevel(/^\d$/.test(text) ? Number(text) : text);
  if (level === undefined) {
    throw new InvalidArgumentError('Expected 0, 1, 2, 3 or 4, or the name of a level.');
  }
  return level.number;
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
