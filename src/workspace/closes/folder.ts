/** Where the closes of a workspace are, and what is in that folder. */
import { lstatSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { reasonOf } from '../reason.js';
import { DamagedClose } from './damaged-close.js';

/** The folder of a workspace that contains its closes. */
export const CLOSES = 'closes';

/**
 * The folder of closes beside comp.yaml.
 *
 * @param config - the path of comp.yaml
 */
export function closesFolder(config: string): string {
  return join(dirname(config), CLOSES);
}

/** The record of a close: the last of its files to be written. */
export const RECORD = 'close.json';

/** The folder of undone closes. */
export const REOPENED = 'reopened';

/** Whether the workspace has a folder of closes, or anything else with that name: even a link that leads nowhere. */
export function hasCloses(dir: string): boolean {
  return lstatSync(dir, { throwIfNoEntry: false }) !== undefined;
}

/**
 * The names in a folder among the closes, in order; none if there is no such folder.
 *
 * @param name - of the folder as faults show it: `closes/reopened`
 * @throws DamagedClose if it cannot be listed: then nobody knows what is closed
 */
export function namesIn(dir: string, name = CLOSES): readonly string[] {
  try {
    return hasCloses(dir) ? readdirSync(dir).sort() : [];
  } catch (error) {
    throw new DamagedClose(name, `it cannot be read: ${whyUnlisted(error)}`, 'reach');
  }
}

/**
 * The names of the folders that are closes.
 *
 * @throws DamagedClose if the folder cannot be listed
 */
export function periodsIn(dir: string): string[] {
  return namesIn(dir).filter((name) => /^\d{4}-(Q[1-4]|\d{2})$/.test(name));
}

/** The folders of undone closes, in the order of their numbers. */
export function reopenedIn(dir: string): string[] {
  const names = namesIn(join(dir, REOPENED), `${CLOSES}/${REOPENED}`);
  return names
    .filter((name) => /^\d+-\d{4}-(Q[1-4]|\d{2})$/.test(name))
    .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
}

function whyUnlisted(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'it is a link to a folder that does not exist';
  return code === 'ENOTDIR' ? 'it is not a folder' : reasonOf(error);
}
