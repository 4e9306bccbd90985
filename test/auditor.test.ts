/** The engine agrees with the auditor, cell by cell, on random histories. */
import { expect, test } from 'vitest';
import { type AuditInput, audit } from './auditor/audit.js';
import { histories } from './support/histories.js';
import { forAll, RUNS, SEED } from './support/property.js';
import { filesOf, resultOf, type Workspace } from './support/run.js';

/** What only the two of them set aside; the engine's other exceptions are notices (R9.2). */
const SET_ASIDE = new Set(['unknown-invoice', 'no-plan']);

/** Every level, cause and code that random histories must keep meeting, and in how many of 100 at least. */
const LEAST = {
  'level 0': 0.1,
};

test(`engine and auditor agree (COMP_RUNS=${RUNS} COMP_SEED=${SEED})`, () => {
  forAll(
    histories(),
    (workspace, meet) => {
      const { files, exceptions } = calculated(workspace);
      const audited = audit(workspace as unknown as AuditInput);
      expect(files['postings.csv']).toEqual(audited.postings);
      expect(files['quarters.csv']).toEqual(audited.quarters);
      expect(files['months.csv']).toEqual(audited.months);
      expect(exceptions).toEqual(audited.exceptions.map(({ code, id }) => `${code} ${id}`).sort());
      for (const { level, cause } of audited.postings) {
        meet(`level ${level}`);
        meet(`${cause}`);
      }
    },
    LEAST,
  );
});

function calculated(workspace: Workspace) {
  const result = resultOf(workspace);
  const setAside = result.exceptions.filter(({ code }) => SET_ASIDE.has(code));
  return { files: filesOf(result), exceptions: setAside.map(({ code, id }) => `${code} ${id}`).sort() };
}
