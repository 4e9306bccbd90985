/** The command line: commands, flags and how a run ends. */
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { findLevel, type LevelNumber } from '../plans/levels.js';
import { LEDGER_NAMES, LEDGER_TITLES, type LedgerName } from '../problems/place.js';
import type { LedgerFiles } from '../workspace/load.js';
import type { CalcOptions } from './calc.js';
import type { CloseOptions } from './close.js';
import { type Console, EXIT, type ExitCode } from './console.js';
import type { InitOptions } from './init.js';

/**
 * Runs `comp` with the arguments after its name.
 *
 * @returns the exit code: 0 done, 1 a fault of the program, 2 bad input or usage, 3 exceptions under `--strict`
 */
export async function run(args: readonly string[], console: Console): Promise<ExitCode> {
  let exit: ExitCode = EXIT.done;
  const program = new Command('comp')
    .description(
      'Sales commission that is linked to cash: payable, held, clawed back, paid and owed, to the cent.',
    )
    .version(console.version)
    .exitOverride()
    .configureOutput({ writeOut: console.out.write, writeErr: console.err.write })
    .showHelpAfterError('(comp --help lists commands and flags)');
  // A command is loaded when it is asked for: most of the time that a short run takes is loading.
  const commands = [
    initCommand(async (options) => {
      const { init } = await import('./init.js');
      exit = await init(options, console);
    }),
    calcCommand(async (options) => {
      const { calc } = await import('./calc.js');
      exit = await calc(options, console);
    }),
    checkCommand(async (options) => {
      const { check } = await import('./check.js');
      exit = await check(options, console);
    }),
  ];
  for (const command of commands) program.addCommand(command.copyInheritedSettings(program));
  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? EXIT.done : EXIT.refused;
  }
  return exit;
}

type LedgerFlags = Partial<Record<LedgerName, string>>;

/** Options as they are typed. */
type CloseFlags<Options> = Omit<Options, 'expect' | 'files'> &
  LedgerFlags & { readonly expect: readonly string[] };

function initCommand(act: (options: InitOptions) => Promise<void>): Command {
  const command = new Command('init')
    .description('a workspace to start from: made up, with data; or proposed --from your exports')
    .argument(
      '[dir]',
      'the folder, made if it is not there; nothing in it is ever overwritten',
      folderName,
      '.',
    )
    .option('--from <file>', 'an export of invoices: propose how to read it, and write comp.yaml only')
    .option('--json', 'what was found and written, or faults, as JSON on standard output');
  for (const ledger of LEDGER_NAMES.filter((name) => name !== 'invoices')) {
    command.option(`--${kebab(ledger)} <file>`, `with --from: an export of ${LEDGER_TITLES[ledger]}`);
  }
  return command.action((dir: string, { from, json, ...flags }: InitFlags & LedgerFlags) => {
    const files = filesOf({ ...flags, ...(from === undefined ? {} : { invoices: from }) });
    const [lonely] = from === undefined ? Object.keys(files) : [];
    if (lonely !== undefined) {
      command.error(`error: --${kebab(lonely)} needs --from, the export of invoices`);
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
    .description('the month close: results into --out, a summary on the terminal')
    .option('--out <dir>', 'where results are written', folderName, 'out')
    .addOption(new Option('--only <what>', 'skip the postings').choices(['quarters']));
  return withCloseOptions(command).action(async (flags: CloseFlags<CalcOptions>) =>
    act({ ...flags, ...(await readFlags(flags, command)) }),
  );
}

function checkCommand(act: (options: CloseOptions) => Promise<void>): Command {
  const command = new Command('check').description(
    'everything that calc would refuse or set aside; nothing is written',
  );
  return withCloseOptions(command).action(async (flags: CloseFlags<CloseOptions>) =>
    act({ ...flags, ...(await readFlags(flags, command)) }),
  );
}

/** The flags of every command that reads a workspace. */
function withCloseOptions(command: Command): Command {
  command
    .option('--config <file>', 'the workspace', 'comp.yaml')
    .addOption(new Option('--period <period>', 'as of the last day of 2025-Q1 or 2025-03').conflicts('asOf'))
    .option('--as-of <date>', 'the last day that counts, YYYY-MM-DD (default: today)')
    .option(
      '--level <level>',
      'recompute every plan at this level (0-4 or its name), keeping its rate',
      levelNumber,
    )
    .addOption(
      new Option(
        '--expect <total>',
        'stop unless a ledger comes to this: invoices.total=1234.56 (repeatable)',
      )
        .argParser((text: string, before: readonly string[]) => [...before, text])
        .default([], 'none'),
    )
    .option('--strict', 'exit with 3 where there are exceptions')
    .option('--json', 'results, or faults, as JSON on standard output')
    .option('--quiet', 'no summary and no notices')
    .option('--wide', 'all columns, however narrow the terminal');
  for (const ledger of LEDGER_NAMES) {
    command.option(`--${kebab(ledger)} <file>`, `${LEDGER_TITLES[ledger]}, instead of the workspace's`);
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
): Promise<Pick<CloseOptions, 'files' | 'expect'>> {
  if (flags.expect.length === 0) return { files: filesOf(flags), expect: [] };
  const { findExpectation } = await import('./close.js');
  const expect = flags.expect.map((text) => {
    const found = findExpectation(text);
    if (found !== undefined) return found;
    const form = 'Expected a ledger, rows, amount or total, and a number: invoices.total=1234.56.';
    return command.error(`error: option '--expect <total>' argument '${text}' is invalid. ${form}`);
  });
  return { files: filesOf(flags), expect };
}

function folderName(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('Expected the name of a folder.');
  return text;
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
