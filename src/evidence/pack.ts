/** Packs the evidence of a close: the page, the same as data, and a workspace in which it can be calculated again. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { stateRecord } from '../closing/period-state.js';
import { recordsOf } from '../ledgers/records.js';
import { payrollTable } from '../ledgers/tables.js';
import { formatMinor } from '../money.js';
import { historyRecords } from '../reports/history.js';
import { type ZipPart, zipped } from '../workbook/zip.js';
import type { InputCopy } from '../workspace/closes/archive.js';
import { closedUnder } from '../workspace/closes/closed-under.js';
import { CLOSES } from '../workspace/closes/folder.js';
import { bytesAt } from '../workspace/closes/kept-bytes.js';
import { isOwn } from '../workspace/scratch.js';
import { stepsOf } from './commands.js';
import type { Evidence } from './evidence.js';
import { evidencePage } from './page.js';

/** What goes into the workspace of the pack. */
export interface Contents {
  /** The folder of the closes. */
  readonly dir: string;
  /** The number of the workspace, as in the file beside comp.yaml; undefined without one. */
  readonly owner: InputCopy | undefined;
  /** The inputs; their paths are from comp.yaml. */
  readonly inputs: readonly InputCopy[];
}

/** The folder in the pack in which comp.yaml is: as deep as the paths of inputs lead up from it. */
export function packFolder(inputs: readonly Pick<InputCopy, 'path'>[]): string {
  const depths = inputs.map(({ path }) => path.split('/').filter((part) => part === '..').length);
  return ['workspace', ...Array.from({ length: Math.max(0, ...depths) }, () => 'in')].join('/');
}

/** Where a path from comp.yaml is in the pack. */
export function pathInPack(folder: string, path: string): string {
  return join(folder, path).replaceAll('\\', '/');
}

/** The bytes of the archive, in pieces. Files are in order and without times: the same evidence gives the same bytes. */
export function packed(evidence: Evidence, contents: Contents): Iterable<Uint8Array> {
  return zipped(partsOf(evidence, contents));
}

function* partsOf(evidence: Evidence, { dir, owner, inputs }: Contents): Iterable<ZipPart> {
  yield { path: 'index.html', pieces: [Buffer.from(`${evidencePage(evidence)}`)] };
  yield { path: 'evidence.json', pieces: [Buffer.from(`${JSON.stringify(recordOf(evidence), null, 2)}\n`)] };
  const { folder } = evidence;
  // A file may be the input of several ledgers.
  const beside = new Map(
    [...inputs, ...(owner === undefined ? [] : [owner])].map(({ path, bytes }) => [
      pathInPack(folder, path),
      bytes,
    ]),
  );
  for (const [path, bytes] of beside) yield { path, pieces: [bytes] };
  for (const name of filesWithin(dir)) {
    yield { path: `${folder}/${CLOSES}/${name}`, pieces: [bytesAt(join(dir, name), `${CLOSES}/${name}`)] };
  }
}

/** Every file among the closes but for what exists only while comp writes, by name. */
function filesWithin(dir: string): readonly string[] {
  const entries = readdirSync(dir, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries
    .filter(({ name }) => !isOwn(name))
    .flatMap((entry) =>
      entry.isDirectory()
        ? filesWithin(join(dir, entry.name)).map((name) => `${entry.name}/${name}`)
        : [entry.name],
    );
}

/** The evidence as data. */
export function recordOf(evidence: Evidence): Record<string, unknown> {
  const { close, version, fingerprint, history, inputs, performed, payroll, later, through } = evidence;
  const { record, period, sha256 } = close;
  const { currency: code, digits } = record;
  return {
    program: 'comp',
    version,
    state: stateRecord({ kind: 'closed', period, under: closedUnder(close) }),
    record: { path: `${CLOSES}/${period.name}/close.json`, sha256, version: record.version },
    fingerprint,
    history: historyRecords(history),
    inputs: inputs.map(({ path, ...input }) => ({ ...input, path: path ?? null })),
    performedAgain: performed,
    controls: record.controls,
    exceptions: record.exceptions,
    payroll: recordsOf(payrollTable(payroll, { code, digits })),
    adjustedSince: {
      through,
      postings: later.map(({ earned, net, ...one }) => ({
        ...one,
        earned: formatMinor(earned, digits),
        net: formatMinor(net, digits),
      })),
    },
    commands: stepsOf(evidence).map(({ command }) => command),
  };
}
