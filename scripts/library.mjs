/** What the package gives programs: of the modules in dist/src, those that its exports reach, as they are. */
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const [FROM, TO] = [join(ROOT, 'dist', 'src'), join(ROOT, 'dist', 'lib')];

/** A module of our own that code or types import. */
const IMPORT = /\b(?:from|import)[\s(]*['"](\.{1,2}\/[^'"]+\.js)['"]/g;

/** Copies the modules that the exports of package.json reach from dist/src to dist/lib, code and types. */
export function copyLibrary() {
  const { exports } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const doors = Object.values(exports).flatMap((target) => target.default ?? []);
  const modules = new Set(doors.map((file) => join(FROM, relative('dist/lib', file))));
  rmSync(TO, { recursive: true, force: true });
  // A set visits what is added to it on the way.
  for (const module of modules) {
    for (const file of [module, module.replace(/\.js$/, '.d.ts')]) {
      if (!existsSync(file)) throw new Error(`${relative(ROOT, file)} has not been built`);
      const copy = join(TO, relative(FROM, file));
      mkdirSync(dirname(copy), { recursive: true });
      copyFileSync(file, copy);
      for (const [, path] of readFileSync(file, 'utf8').matchAll(IMPORT))
        modules.add(join(dirname(file), path));
    }
  }
}
