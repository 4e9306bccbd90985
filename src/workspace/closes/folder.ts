/** Where the closes of a workspace are. */
import { dirname, join } from 'node:path';

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
