/** The worked examples and the random workspaces come out as expected, cell by cell and row by row (R8). */
import { describe, expect, test } from 'vitest';
import { filesOf, resultOf } from './support/run.js';
import { scenariosIn } from './support/scenario.js';

for (const folder of ['scenarios', 'random']) {
  describe(folder, () => {
    test.each(
      scenariosIn(folder).map((scenario) => [scenario.name, scenario] as const),
    )('%s', (_, scenario) => {
      expect(filesOf(resultOf(scenario))).toEqual(scenario.expected);
    });
  });
}
