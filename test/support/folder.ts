/** Makes workspaces on disk for tests of the command line. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newFolder } from './comp.js';

export const FIXTURES = join(import.meta.dirname, '..', '..', 'fixtures');

/** A folder with these files. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const dir = newFolder();
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(dir, name, '..'), { recursive: true });
    writeFileSync(join(dir, name), content);
  }
  return dir;
}

/** A copy of a fixture folder. */
export function copyOf(fixture: string): string {
  const dir = newFolder();
  cpSync(join(FIXTURES, fixture), dir, { recursive: true });
  return dir;
}

/** Rewrites a file of a folder. */
export function edit(dir: string, name: string, change: (text: string) => string): void {
  const file = join(dir, name);
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}

/** The files of a folder by name, in order, but for what comp has in it while it writes; none where it is not there. */
export function visibleIn(dir: string): Record<string, string> {
  const names = namesIn(dir).filter((name) => !name.startsWith('.comp-'));
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(dir, name), 'utf8')]));
}

/** What comp has in a folder while it writes. */
export function leftIn(dir: string): string[] {
  return namesIn(dir).filter((name) => name.startsWith('.comp-'));
}

function namesIn(dir: string): string[] {
  return existsSync(dir) ? readdirSync(dir).sort() : [];
}

/** Every file under a folder, by its path in it, a letter for each byte; empty where there is no such folder. */
export function treeOf(dir: string): Record<string, string> {
  if (!existsSync(dir)) return {};
  const entries = readdirSync(dir, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return Object.fromEntries(
    entries.flatMap((entry) => {
      const path = join(dir, entry.name);
      if (!entry.isDirectory()) return [[entry.name, readFileSync(path, 'latin1')]];
      return Object.entries(treeOf(path)).map(([name, bytes]) => [`${entry.name}/${name}`, bytes]);
    }),
  );
}
