/** The pages that a close keeps for people: its report, its workbook, and a statement for each rep. */
import type { MakePages } from '../workspace/closes/close-period.js';
import { lineOf } from '../workspace/line-of.js';
import type { OutputFile } from '../workspace/publish.js';

/** The report of a close. */
export const REPORT = 'report.html';

/** The folder of a close that contains its statements. */
export const STATEMENTS = 'statements';

/**
 * Makes the pages of a close.
 *
 * @param version - of the program
 * @param notice - shows what the workbook cannot contain
 */
export function pagesFor(version: string, notice: (text: string) => void): MakePages {
  return async ({ calculation, workspace, closes, closed, state }) => {
    const [{ reportPage }, { workbookOf }, { statementFiles }, { statementsOf }] = await Promise.all([
      import('../report-page/report-page.js'),
      import('../workbook/workbook.js'),
      import('../statement/files.js'),
      import('../statement/statement.js'),
    ]);
    const { result } = calculation;
    const { inputs, locate } = workspace;
    const report = reportPage({ calculation, version, level: undefined, inputs, closes, state, locate });
    const workbook = await workbookOf(calculation, {
      ...{ version, inputs, level: undefined, state },
      lineOf: (exception) => lineOf(workspace, exception),
    });
    for (const text of workbook.notices) notice(text);
    const { period } = state;
    const statements = statementsOf({ result, state: calculation, period, closed });
    const pages =
      statements.length === 0 ? [] : statementFiles(statements, { quarter: period.name, reps: [] }, false);
    return [
      { name: REPORT, pieces: [`${report}`] },
      workbook.file,
      ...pages.map(({ name, pieces }): OutputFile => ({ name: `${STATEMENTS}/${name}`, pieces })),
    ];
  };
}
