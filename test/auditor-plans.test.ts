/** The engine agrees with the auditor, cell by cell, on random workspaces that mix the features of plans.md. */
import { describe, expect, test } from 'vitest';
import { dressedIn, featuresOf, type Group } from '../src/testing/features.js';
import { type AuditInput, audit } from './auditor/audit.js';
import { forAll } from './support/property.js';
import { filesOf, resultOf, type Workspace } from './support/run.js';

/** The engine's other exceptions are notices (R9.2), or seen in amounts: a memo of a rep who is not credited shares the fate of its invoice. */
const SET_ASIDE: ReadonlySet<string> = new Set(['unknown-invoice', 'no-plan', 'unapplied']);

/** Each group by itself, then all of them at once. */
const MIXES: readonly (readonly Group[])[] = [
  ['credits'],
  ['targets'],
  ['pay'],
  ['credits', 'targets', 'pay'],
];

describe.each(MIXES.map((groups) => [groups.join(', '), groups] as const))('%s', (_, groups) => {
  test('the engine agrees with the auditor', () => {
    const features = featuresOf(groups);
    const least = Object.fromEntries(features.map((feature) => [feature, 0.2]));
    forAll(
      dressedIn(features),
      ({ history: workspace, features: worn }, meet) => {
        expect(calculated(workspace)).toEqual(audited(workspace));
        for (const feature of worn) meet(feature);
      },
      least,
    );
  });
});

function calculated(workspace: Workspace) {
  const result = resultOf(workspace);
  const setAside = result.exceptions.filter(({ code }) => SET_ASIDE.has(code));
  return { ...filesOf(result), setAside: inOrder(setAside) };
}

function audited(workspace: Workspace) {
  const { postings, quarters, months, attainment, entries, applied, exceptions } = audit(
    workspace as unknown as AuditInput,
  );
  return {
    'quarters.csv': quarters,
    'attainment.csv': attainment,
    'postings.csv': postings,
    'entries.csv': entries,
    ...(months === undefined ? {} : { 'months.csv': months }),
    ...(applied === undefined ? {} : { 'applied.csv': applied }),
    setAside: inOrder(exceptions.filter(({ code }) => SET_ASIDE.has(code))),
  };
}

function inOrder(exceptions: readonly { readonly code: string; readonly id: string }[]): readonly string[] {
  return exceptions.map(({ code, id }) => `${code} ${id}`).sort();
}
