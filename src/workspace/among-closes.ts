/** Whether a folder belongs to the closes of any workspace: only closing and reopening write there. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { RECORD } from './closes/folder.js';
import { HEAD } from './closes/head.js';
import { realPath } from './inside.js';

/** Whether the folder, or one around it, has a head file or the record of a close. Links are followed. */
export function isAmongCloses(dir: string): boolean {
  for (let at = realPath(dir); ; at = dirname(at)) {
    if (existsSync(join(at, HEAD)) || existsSync(join(at, RECORD))) return true;
    if (dirname(at) === at) return false;
  }
}
