/** The process that runs a query: it gets one task, sends the rows as they come, and ends. */
import { streamQuery } from './query.js';
import type { QueryProblem, QueryRows } from './result.js';

/** What the process is sent. */
export interface Task {
  readonly sql: string;
  readonly root: string;
  /** Bytes that this process may have in memory. */
  readonly memory: number;
}

/** What it sends: rows any number of times, then the rest of the result, or why there is none. */
export type Answer =
  | { readonly kind: 'rows'; readonly records: readonly (readonly string[])[] }
  | { readonly kind: 'end'; readonly result: Omit<QueryRows, 'records'> }
  | QueryProblem;

/** Milliseconds between two looks at the memory. */
const LOOK = 50;

/** Sends an answer; resolved once it is on its way. */
function send(answer: Answer): Promise<void> {
  return new Promise((settle, reject) => {
    process.send?.(answer, undefined, {}, (error) => (error === null ? settle() : reject(error)));
  });
}

async function run({ sql, root, memory }: Task): Promise<void> {
  setInterval(() => {
    if (process.memoryUsage.rss() < memory) return;
    const most = Math.round(memory / 1024 ** 2);
    const detail = `The query needs more than ${most} MiB of memory, which is the limit.`;
    send({ kind: 'failed', detail }).finally(() => process.exit());
  }, LOOK);
  const result = await streamQuery(sql, root, (records) => send({ kind: 'rows', records }));
  await send('kind' in result ? result : { kind: 'end', result });
}

// Whoever asked is gone.
process.on('disconnect', () => process.exit());
process.once('message', (task: Task) => {
  run(task).finally(() => process.exit());
});
