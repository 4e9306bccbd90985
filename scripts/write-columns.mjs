/** Writes `docs/columns.md` from the descriptions of ledgers and results, and `docs/lint.md` from the catalog of questions; run it after a build. */
import { writeFileSync } from 'node:fs';
import { columnsPage } from '../dist/src/reference/columns-page.js';
import { questionsPage } from '../dist/src/reference/questions-page.js';

writeFileSync(new URL('../docs/columns.md', import.meta.url), columnsPage());
writeFileSync(new URL('../docs/lint.md', import.meta.url), questionsPage());
