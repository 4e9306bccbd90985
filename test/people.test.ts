/** Who reps are and who pays them: told with the result, and moving no figure. */
import { describe, expect, test } from 'vitest';
import { calculate } from '../src/engine/calculate.js';
import { faultsOf, invoice, type Row, workspace } from './support/build.js';
import { inputsOf, resultOf } from './support/run.js';

const invoices = [invoice('I1'), invoice('I2', { rep_id: 'R2' })];
const people: readonly Row[] = [
  { rep_id: 'R2', name: 'Björn Ek', email: ' bjorn@example.com ', manager_id: 'M7', left: '2025-02-28' },
  { rep_id: 'R9', name: 'Nobody Yet' },
];

describe('the ledger of reps', () => {
  test('is told by rep id, with what it leaves blank', () => {
    const { people: told } = resultOf(workspace({ invoices, reps: people }));
    expect([...told]).toEqual([
      ['R2', { name: 'Björn Ek', email: 'bjorn@example.com', managerId: 'M7', left: '2025-02-28' }],
      ['R9', { name: 'Nobody Yet', email: '', managerId: '', left: undefined }],
    ]);
  });

  test('changes no figure: who is named, who left and who sells nothing', () => {
    const [without, named] = [undefined, people].map((reps) => {
      const { postings, quarters, exceptions } = resultOf(
        workspace(reps === undefined ? { invoices } : { invoices, reps }),
      );
      return { postings, quarters, exceptions };
    });
    expect(named).toEqual(without);
  });

  test('is among the control totals, by rows', () => {
    const { controls } = resultOf(workspace({ invoices, reps: people }));
    expect(controls.get('reps')).toMatchObject({
      read: { rows: 2 },
      used: { rows: 2 },
      setAside: { rows: 0 },
    });
  });

  test('has each rep once', () => {
    expect(faultsOf({ invoices, reps: [...people, ...people.slice(0, 1)] })).toMatchObject([
      { code: 'duplicate-key', place: { ledger: 'reps', row: 2 } },
    ]);
  });
});

describe('the company', () => {
  const said = (company: unknown) => {
    const { terms, ...rest } = workspace({ invoices });
    return calculate(inputsOf({ ...rest, terms: { ...(terms as object), company } }));
  };

  test.each<[unknown, unknown]>([
    [undefined, { name: undefined, contact: undefined }],
    [
      { name: ' Harbour & Sons ', contact: 5550100 },
      { name: 'Harbour & Sons', contact: '5550100' },
    ],
  ])('is as comp.yaml says it, and may be left unsaid: %j', (company, told) => {
    expect(said(company)).toMatchObject({ kind: 'calculated', result: { terms: { company: told } } });
  });

  test.each([{ name: '' }, { names: 'x' }, { contact: ['a'] }, 'Harbour'])('is at fault as %j', (company) => {
    expect(said(company)).toMatchObject({ kind: 'refused', faults: [{ place: { kind: 'terms' } }] });
  });
});
