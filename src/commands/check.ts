/** `comp check`: reports everything that `comp calc` would reject or set aside, and writes nothing. */
import { controlRecords } from '../ledgers/records.js';
import { checkText } from '../reports/check.js';
import { inStyle, type Style, widthOf } from '../reports/style.js';
import { type CalculationOptions, calculateWorkspace, noticeOf, refuse } from './calculation.js';
import { type Console, EXIT, type ExitCode } from './console.js';
import { Progress } from './progress.js';

/** Checks the workspace and reports what it finds. */
export async function check(options: CalculationOptions, console: Console): Promise<ExitCode> {
  const progress = new Progress(console, options.quiet === true);
  const { workspace, calculation, faults } = await calculateWorkspace(options, console, {
    keep: {},
    progress,
  });
  progress.done();
  if (calculation === undefined) return refuse(faults, workspace, options, console);
  const { result } = calculation;
  // What a preset cannot know is shown by check, not by every close.
  for (const preset of new Set(workspace.presets.values())) {
    for (const note of preset.notes) noticeOf(options, console)(`  ${preset.name}: ${note}`);
  }
  const { out, environment } = console;
  const { locate } = workspace;
  if (options.json === true) {
    const exceptions = result.exceptions.map(({ code, ledger, row, id, message }) => {
      const place = row === undefined ? undefined : locate({ kind: 'row', ledger, row });
      const { file, line } = place?.kind === 'file' ? place : {};
      return { code, ledger, file, line, id, message };
    });
    const record = { asOf: result.asOf, faults: [], exceptions, controls: controlRecords(result) };
    out.write(`${JSON.stringify(record, null, 2)}\n`);
  } else if (options.quiet !== true) {
    const write = (style: Style) => checkText(result, locate, style, widthOf(out));
    out.write(await inStyle(out, environment, write));
  }
  return options.strict === true && result.exceptions.length > 0 ? EXIT.exceptions : EXIT.done;
}
