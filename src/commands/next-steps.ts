/** The commands that a report suggests, as they can be typed where it is read. */
import type { Console } from './console.js';

/**
 * How this program is called: by its name, or through npx, where the name alone may not be found. npm sets the variable.
 *
 * @example calledAs({ npm_lifecycle_event: 'npx' }) // 'npx --no comp'
 */
export function calledAs(environment: Console['environment']): string {
  return environment['npm_lifecycle_event'] === 'npx' ? 'npx --no comp' : 'comp';
}

/** The commands below each other, whole: a broken line cannot be pasted. */
export function nextText(commands: readonly string[]): string {
  return commands.map((line, index) => `${index === 0 ? 'Next' : '    '}     ${line}\n`).join('');
}
