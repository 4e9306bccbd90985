/** `comp explain` of pay names the rows and keys that its amounts come from, file and line (R21, R22, R24). */
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { comp } from '../support/comp.js';
import { copyOf } from '../support/folder.js';
import { payAccountWorkspace } from '../support/pay-account.js';

let dir: string;

beforeAll(() => {
  dir = payAccountWorkspace();
});

async function explained(folder: string, rep: string, period: string, ...flags: string[]): Promise<string> {
  const config = join(folder, 'comp.yaml');
  const ran = await comp(['explain', rep, '--config', config, '--period', period, ...flags]);
  expect(ran.exit, ran.stderr).toBe(0);
  return ran.stdout;
}

const linesOf = (text: string) => text.split('\n').map((line) => line.trim().replace(/ {2,}/g, '  '));

/** The lines from one on. */
function linesFrom(lines: readonly string[], first: string, count: number): readonly string[] {
  const at = lines.findIndex((line) => line.startsWith(first));
  return at < 0 ? [] : lines.slice(at, at + count);
}

describe('comp explain', () => {
  test('cites the row of an entry, and the key of a cap', async () => {
    const lines = linesOf(await explained(dir, 'R1', '2025-03'));
    // The SPIF is the first row below the header; the cap is the last key of comp.yaml.
    expect(linesFrom(lines, '2025-03-31 bonus SPIF-3', 2)).toEqual([
      '2025-03-31 bonus SPIF-3: SPIF March: first order of the new line  530.00',
      'entries.csv:2',
    ]);
    expect(linesFrom(lines, 'ae pays at most 3,000.00 per pay period', 2)).toEqual([
      'ae pays at most 3,000.00 per pay period: 3,800.00 so far in 2025-03  R22.1',
      'comp.yaml:18:5',
    ]);
  });

  test('cites the row of a draw, with what it gives and when', async () => {
    expect(linesFrom(linesOf(await explained(dir, 'R1', '2025-02')), '+ drawn (up', 2)).toEqual([
      '+ drawn (up to 2,000.00)  2,000.00',
      'draws.csv:2: 2,000.00 a period from 2025-01-01 to 2025-02-28',
    ]);
  });

  test('cites the row of a guarantee', async () => {
    const lines = linesOf(await explained(copyOf('plans/ramp-guarantee'), 'Oto', '2025-01'));
    const [step, source] = linesFrom(lines, '+ guaranteed', 2);
    expect(step).toBe('+ guaranteed (up to 4,000.00)  2,500.00');
    expect(source).toMatch(/^draws\.csv:2: 4,000\.00 a period from /);
  });

  test('cites them as data too', async () => {
    const { explanations } = JSON.parse(await explained(dir, 'R1', '2025-03', '--json')) as {
      explanations: readonly unknown[];
    };
    expect(explanations[0]).toMatchObject({
      entries: [{ entry_id: 'SPIF-3', source: 'entries.csv:2' }],
      caps: [{ plan_id: 'ae', source: 'comp.yaml:18:5' }],
    });
    const february = JSON.parse(await explained(dir, 'R1', '2025-02', '--json')) as typeof explanations;
    expect(february).toMatchObject({
      explanations: [
        {
          draws: [
            {
              kind: 'recoverable',
              from: '2025-01-01',
              to: '2025-02-28',
              amount: '2000.00',
              source: 'draws.csv:2',
            },
          ],
        },
      ],
    });
  });
});
