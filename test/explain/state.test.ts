/** Whether the figures of a period are a draft or closed, in explanations of pay and in the manifest. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { comp, newFolder } from '../support/comp.js';
import { copyOf } from '../support/folder.js';

async function run(dir: string, command: string, ...flags: string[]): Promise<string> {
  const ran = await comp([command, ...flags, '--config', join(dir, 'comp.yaml')]);
  expect(ran.exit, ran.stderr).toBe(0);
  return ran.stdout;
}

const stateOf = (text: string) => text.split('\n')[1];

test('comp explain says of a rep’s pay whether it is a draft, and until when its figures count', async () => {
  const dir = copyOf('scenarios/level-1');
  expect(stateOf(await run(dir, 'explain', 'R1', '--as-of', '2025-03-20'))).toBe(
    'DRAFT · 2025-Q1 is not over: it ends on 2025-03-31. Its figures count until 2025-03-20.',
  );
  // A period before the last one counts up to its own end.
  expect(stateOf(await run(dir, 'explain', 'R1', '--quarter', '2025-Q1', '--as-of', '2025-06-30'))).toBe(
    'DRAFT · 2025-Q1 is not closed. Its figures count until 2025-03-31.',
  );
});

test('comp explain says that a period is closed, on which day and under which record', async () => {
  const dir = copyOf('scenarios/level-1');
  await run(dir, 'close', '2025-Q1');
  const flags = ['explain', 'R1', '--quarter', '2025-Q1', '--as-of', '2025-06-30'] as const;
  expect(stateOf(await run(dir, ...flags, '--wide'))).toMatch(
    /^CLOSED · 2025-Q1 was closed on \d{4}-\d\d-\d\d\. Record: closes\/2025-Q1\/close\.json\. Not approved\.$/,
  );
  const { explanations } = JSON.parse(await run(dir, ...flags, '--json')) as {
    explanations: readonly unknown[];
  };
  expect(explanations[0]).toMatchObject({ closed: true, state: { status: 'closed', period: '2025-Q1' } });
});

test('the manifest has the state of the last pay period', async () => {
  const out = newFolder();
  await run(copyOf('scenarios/level-1'), 'calc', '--as-of', '2025-03-20', '--out', out);
  expect(JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'))).toMatchObject({
    state: {
      status: 'draft',
      period: '2025-Q1',
      from: '2025-01-01',
      to: '2025-03-31',
      countsUntil: '2025-03-20',
      isOver: false,
    },
  });
});
