/** Bundles the program without a word, unless something is wrong: a warning stops the build. */
import { rolldown } from 'rolldown';
import configs from '../rolldown.config.mjs';

for (const { output, ...input } of configs) {
  const bundle = await rolldown({
    ...input,
    onLog: (level, { message }) => {
      if (level === 'warn') throw new Error(message);
    },
  });
  await bundle.write(output);
  await bundle.close();
}
