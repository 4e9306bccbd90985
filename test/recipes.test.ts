/** The recipes of docs/plans.md: each is a workspace that comes to the figures that are worked out there by hand. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { layOut } from '../src/workbook/workbook.js';
import { explainedOf, filesOf, inputsOf } from './support/run.js';
import { type Rows, scenariosIn } from './support/scenario.js';

const PAGE = readFileSync(join(import.meta.dirname, '..', 'docs', 'plans.md'), 'utf8');
/** The recipe of each folder: the section that names it. */
const SECTIONS = PAGE.split(/\n(?=## )/).slice(1);
const sectionOf = (name: string) =>
  SECTIONS.filter((section) => section.includes(`\`fixtures/plans/${name}\``));

const RECIPES = scenariosIn('plans');

describe.each(RECIPES.map((recipe) => [recipe.name, recipe] as const))('%s', (name, recipe) => {
  const calculation = explainedOf(inputsOf(recipe));
  const { result } = calculation;
  const files = filesOf(result);

  test.each(Object.entries(recipe.expected))('%s', (file, expected) => {
    // The expected rows have the columns that the recipe is about.
    const columns = Object.keys(expected[0] ?? {});
    const found: Rows = (files[file] ?? []).map((row) =>
      Object.fromEntries(columns.map((column) => [column, row[column] ?? ''])),
    );
    expect(found).toEqual(expected);
  });

  test('has no exceptions but those that it is about', () => {
    // One of its sales is made below cost.
    const own = name === 'distributor-margin' ? ['cost-above-amount'] : [];
    expect(result.exceptions.map(({ code }) => code)).toEqual(own);
  });

  test('has a workbook whose checks agree', () => {
    const options = { version: '0', inputs: [], level: undefined, lineOf: () => undefined };
    const differing = layOut(calculation, options).checks.filter(({ ours, value }) => ours !== value);
    expect(differing.map((check) => check.name)).toEqual([]);
  });

  test('is shown as it is, with what everyone is paid', () => {
    const [section, ...more] = sectionOf(name);
    expect(more).toEqual([]);
    expect(section).toContain(`\`\`\`yaml\n${readFileSync(join(recipe.dir, 'comp.yaml'), 'utf8')}\`\`\``);
    for (const { paid } of Object.values(recipe.expected).flat()) {
      if (paid !== undefined && paid !== '0.00') expect(section).toContain(withThousands(paid));
    }
  });
});

test('every recipe has a workspace', () => {
  const named = [...PAGE.matchAll(/`fixtures\/plans\/([a-z-]+)`/g)].map(([, name]) => name);
  expect(named.sort()).toEqual(RECIPES.map(({ name }) => name).sort());
});

function withThousands(amount: string): string {
  return amount.replace(/\B(?=(\d{3})+\.)/g, ',');
}
