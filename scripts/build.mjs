/** Builds dist: at once the program's bundles and every module of src by itself, checked; then the library, which is some of them. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundle.mjs';
import { copyLibrary } from './library.mjs';

const tsc = fileURLToPath(new URL('lib/tsc.js', import.meta.resolve('typescript/package.json')));
const compiler = spawn(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
const [[code]] = await Promise.all([once(compiler, 'close'), bundle()]);
if (code === 0) copyLibrary();
else process.exitCode = 1;
