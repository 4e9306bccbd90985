/** Writes a random workspace to disk, as finance would keep it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { newFolder } from './comp.js';
import type { Workspace } from './run.js';

/** A folder with comp.yaml and a file for each ledger. */
export function onDisk({ terms, ledgers }: Workspace): string {
  const dir = newFolder();
  const names = Object.keys(ledgers).filter(
    (name) => (ledgers[name] ?? []).length > 0 || name === 'invoices',
  );
  const files = Object.fromEntries(names.map((name) => [name, `${name}.csv`]));
  writeFileSync(join(dir, 'comp.yaml'), JSON.stringify({ ...(terms as object), ledgers: files }, null, 1));
  for (const name of names) {
    const rows = ledgers[name] ?? [];
    const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
    writeFileSync(join(dir, `${name}.csv`), stringify([...rows], { header: true, columns }));
  }
  return dir;
}
