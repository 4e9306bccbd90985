/** Bundles the program without a word, unless something is wrong: a warning stops the build. */
import { rolldown } from 'rolldown';
import configs from '../rolldown.config.mjs';

/** Writes the bundles to dist/bin. */
export async function bundle() {
  for (const { output, ...input } of configs) {
    const made = await rolldown({
      ...input,
      onLog: (level, { message }) => {
        if (level === 'warn') throw new Error(message);
      },
    });
    await made.write(output);
    await made.close();
  }
}
