/** docs/simulation.md lists every measure as the program explains it, and every file that it writes. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { WORTH_MEASURES } from '../../src/simulate/collections/worth.js';
import { ENOUGH_PAYMENTS, GIVEN_UP_AFTER } from '../../src/simulate/forecast/behavior.js';
import { MEASURES } from '../../src/simulate/measure-list.js';

const PAGE = readFileSync('docs/simulation.md', 'utf8');

test.each([...MEASURES, ...WORTH_MEASURES.filter(({ title }) => !title.startsWith(' '))])('$id', ({
  title,
  explain,
}) => {
  expect(PAGE).toContain(`| ${title} | ${explain} |`);
});

test('the bounds of a forecast are those of the program', () => {
  expect(PAGE).toContain(`fewer than ${ENOUGH_PAYMENTS} payments`);
  expect(PAGE).toContain(`more than ${GIVEN_UP_AFTER} days past due`);
});
