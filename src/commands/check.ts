/** `comp check`: reports everything that `comp calc` would reject or set aside, and writes nothing. */
import { remarksOn } from '../explain/remarks.js';
import type { LedgerName } from '../ledger-specs/ledgers.js';
import { controlRecords } from '../ledgers/records.js';
import { checkText } from '../reports/check.js';
import { presetNotes } from '../workspace/preset-notices.js';
import type { Console, ExitCode } from './console.js';
import { type CalculationOptions, onWorkspace, type Report } from './run-command.js';

/** Checks the workspace and shows what was found. */
export async function check(options: CalculationOptions, console: Console): Promise<ExitCode> {
  const keep = { setting: true } as const;
  return onWorkspace(options, console, { keep }, ({ workspace, calculation }, { notice }) => {
    const { locate } = workspace;
    const { result, working } = calculation;
    const remarks = remarksOn(working.setting);
    // What a preset cannot know matters to people who check, not in every close.
    for (const note of presetNotes(workspace)) notice(note);
    const lineAt = (row: { readonly ledger: LedgerName; readonly row: number }) => {
      const place = locate({ kind: 'row', ...row });
      return place.kind === 'file' ? { file: place.file, line: place.line } : {};
    };
    const data = () => ({
      asOf: result.asOf,
      faults: [],
      exceptions: result.exceptions.map(({ code, ledger, row, id, message }) => ({
        code,
        ledger,
        ...(row === undefined ? {} : lineAt({ ledger, row })),
        id,
        message,
      })),
      remarks: remarks.map(({ code, about, message, row }) => ({
        code,
        about,
        message,
        ...(row === undefined ? {} : lineAt(row)),
      })),
      unused: workspace.unused,
      controls: controlRecords(result),
    });
    const text: Report['text'] = (screen) =>
      checkText(result, { remarks, unused: workspace.unused, locate }, screen);
    return { kind: 'done', report: { data, text } };
  });
}
