/** Writes `docs/columns.md` from the descriptions of ledgers and results; run it after a build. */
import { writeFileSync } from 'node:fs';
import { columnsPage } from '../dist/src/reference/columns-page.js';

writeFileSync(new URL('../docs/columns.md', import.meta.url), columnsPage());
