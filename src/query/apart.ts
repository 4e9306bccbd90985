/** Runs a query in a process of its own, within bounds of time and memory: whatever becomes of that process, this one goes on. */
import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runQuery } from './query.js';
import type { Answer, Task } from './query-process.js';
import type { QueryProblem, QueryRows } from './result.js';

/** What a query may use. */
export interface QueryBounds {
  /** Seconds. */
  readonly time: number;
  /** Bytes that the process may have in memory. DuckDB itself is bound to half of it. */
  readonly memory: number;
}

const BOUNDS: QueryBounds = { time: 300, memory: 4 * 1024 ** 3 };

/**
 * Runs a query and gives its rows as text.
 *
 * @param root - the folder of comp.yaml, from which file names are resolved
 * @example await runApart("select * from 'export.csv'", '.', { time: 60, memory: 4 * 1024 ** 3 })
 */
export async function runApart(
  sql: string,
  root: string,
  bounds: QueryBounds = BOUNDS,
): Promise<QueryRows | QueryProblem> {
  const program = fileURLToPath(new URL('./query-process.js', import.meta.url));
  // Not built: from source, a query runs in this process.
  if (!existsSync(program)) return runQuery(sql, root);
  const task: Task = { sql, root, memory: bounds.memory };
  return new Promise((settle) => {
    const child = fork(program, { serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    const records: (readonly string[])[] = [];
    let answer: QueryRows | QueryProblem | undefined;
    const failed = (detail: string) => {
      answer ??= { kind: 'failed', detail };
    };
    const timer = setTimeout(() => {
      failed(`The query takes longer than ${bounds.time} s, which is the limit.`);
      child.kill('SIGKILL');
    }, bounds.time * 1000);
    child.on('message', (message: Answer) => {
      if (message.kind === 'rows') for (const record of message.records) records.push(record);
      else if (message.kind === 'end') answer ??= { ...message.result, records };
      else answer ??= message;
    });
    child.on('error', (error) => failed(`The query cannot be run in a process of its own. ${error.message}`));
    // Once it has ended and all that it sent is here.
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      failed(
        `DuckDB broke down (${signal ?? code}) while it ran the query. Is one of its files damaged, or nested too deep?`,
      );
      settle(answer as QueryRows | QueryProblem);
    });
    child.send(task, (error) => {
      if (error) failed(`The query cannot be run in a process of its own. ${error.message}`);
    });
  });
}
