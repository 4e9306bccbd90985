/** The page's own script as text: read from its file, and put in its place where the program is bundled. */
import { readFileSync } from 'node:fs';

export const PAGE_SCRIPT: string = readFileSync(new URL('./page.js', import.meta.url), 'utf8');
