/** A rolldown plugin: a file of text that a module reads beside itself becomes a text in the module. */
import { readFileSync } from 'node:fs';

export function inlineText() {
  return {
    name: 'inline-text',
    transform(code, id) {
      if (!code.includes('readFileSync')) return null;
      return code.replace(READ, (_, _quote, name) => {
        const file = `${id.slice(0, id.lastIndexOf('/') + 1)}${name}`;
        this.addWatchFile(file);
        return JSON.stringify(readFileSync(file, 'utf8'));
      });
    },
  };
}

/** `readFileSync(new URL('./name', import.meta.url), 'utf8')`. */
const READ = /readFileSync\(\s*new URL\((['"])\.\/([\w.-]+)\1,\s*import\.meta\.url\),\s*['"]utf8['"]\s*\)/g;
