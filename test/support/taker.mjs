// A process that takes a lock when it is told to: at a moment, so that others do so at the same.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const file = join(import.meta.dirname, '..', '..', 'dist', 'src', 'workspace', 'lock.js');
const { acquireLock } = await import(pathToFileURL(file).href);

let held;

process.on('message', ({ take, at }) => {
  if (take === undefined) {
    if (held.kind === 'acquired') held.release();
    process.send('released');
    return;
  }
  while (Date.now() < at);
  held = acquireLock(take);
  process.send(held.kind);
});

process.send('here');
