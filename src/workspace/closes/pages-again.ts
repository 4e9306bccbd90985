/** The files of a close again: those that it keeps, and pages made anew for a close that keeps none. */
import { stateOfResult } from '../../closing/period-state.js';
import { calculateWorkspace, type Surroundings } from '../calculate-workspace.js';
import { sha256 } from '../input-file.js';
import { lineOf } from '../line-of.js';
import type { OutputFile } from '../publish.js';
import type { MakePages } from './close-period.js';
import { closedUnder } from './closed-under.js';
import { closesFolder, hasCloses } from './folder.js';
import { makeClose } from './make-close.js';
import { keptFile, readCloses, type StoredClose } from './read-closes.js';

/** Finds the close of a period; undefined if it is open, or unknown. */
export function findClose(config: string, period: string): StoredClose | undefined {
  const folder = closesFolder(config);
  return hasCloses(folder) ? readCloses(config).find((close) => close.period.name === period) : undefined;
}

/**
 * The figures that a close keeps, byte for byte.
 *
 * @throws DamagedClose if a file is not what comp wrote
 */
export function keptFigures(close: StoredClose): OutputFile[] {
  return close.record.files.map(({ name }) => ({ name, pieces: [keptFile(close, name)] }));
}

/**
 * The report, the workbook and the statements of a closed period: those that its close keeps, byte for byte. For a close
 * without any, they are made anew.
 *
 * @returns undefined if the close keeps none and its inputs no longer come to its figures
 * @throws DamagedClose if a file is not what comp wrote
 */
export async function pagesAgain(
  config: string,
  close: StoredClose,
  makePages: MakePages,
  run: Surroundings,
): Promise<readonly OutputFile[] | undefined> {
  const { pages = [] } = close.record;
  if (pages.length > 0) return pages.map(({ name }) => ({ name, pieces: [keptFile(close, name)] }));
  const all = readCloses(config);
  const at = all.findIndex((one) => one.period.name === close.period.name);
  const closes = all.slice(0, at);
  const keep = { postings: true, lines: true } as const;
  const options = { config, period: close.period.name };
  const outcome = await calculateWorkspace(options, { keep, closes }, run);
  if (outcome.kind === 'refused') return undefined;
  const { workspace, calculation } = outcome;
  const { result } = calculation;
  const made = makeClose(result, closes, {
    ...close.record,
    pages: () => [],
    lineOf: (exception) => lineOf(workspace, exception),
  });
  if (!made.every((file) => isAsClosed(file, close))) return undefined;
  const closed = all.slice(0, at + 1).map(closedUnder);
  return makePages({ calculation, workspace, closes, closed, state: stateOfResult(result, closed) });
}

/** Whether a file of rows or postings is the one that was frozen; others may name inputs that have changed. */
function isAsClosed({ name, pieces }: OutputFile, { record }: StoredClose): boolean {
  if (!['quarters.csv', 'months.csv', 'postings.csv'].includes(name)) return true;
  const bytes = Buffer.concat(Array.from(pieces, (piece) => Buffer.from(piece)));
  return record.files.some((file) => file.name === name && file.sha256 === sha256(bytes));
}
