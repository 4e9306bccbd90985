/** Signs what a command writes about a close: the name given with `--by`, the user, the computer, the time, the version. */
import type { Signing } from '../closing/signature.js';
import type { Console } from './console.js';

/** Signs in the name given, or else in the name of the user on the system. */
export function signingOf({ version, user, host, now }: Console): Signing {
  return { version, sign: (by) => ({ by: by ?? user(), user: user(), host: host(), at: now() }) };
}
