/** The script of the list of statements as text: read from its file, and put in its place where the program is bundled. */
import { readFileSync } from 'node:fs';

export const INDEX_SCRIPT: string = readFileSync(new URL('./index.js', import.meta.url), 'utf8');
