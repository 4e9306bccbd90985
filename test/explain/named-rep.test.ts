/** A rep may be named by name where the ledger of reps has one of that name. */
import { expect, test } from 'vitest';
import { compIn } from '../support/comp.js';
import { edit, folderWith } from '../support/folder.js';

const workspace = () =>
  folderWith({
    'comp.yaml':
      'currency: USD\nledgers: {invoices: invoices.csv, reps: reps.csv}\nplans: [{id: ae, level: 0, rate: 10%}]\n',
    'invoices.csv':
      'invoice_id,customer_id,rep_id,invoice_date,amount\nI1,C,1047,2025-01-10,100.00\nI2,C,1048,2025-01-11,200.00\n',
    'reps.csv': 'rep_id,name\n1047,Ana Ruiz\n1048,Ben Ode\n',
  });
const AS_OF = ['--as-of', '2025-03-31'];

test('comp explain and comp statement know a rep by name', async () => {
  const dir = workspace();
  const byId = await compIn(dir, ['explain', '1047', ...AS_OF]);
  expect(byId.exit).toBe(0);
  expect(await compIn(dir, ['explain', 'ana  ruiz', ...AS_OF])).toEqual(byId);
  const of = await compIn(dir, ['explain', 'I1', '--rep', 'Ana Ruiz', ...AS_OF]);
  expect(of).toEqual(await compIn(dir, ['explain', 'I1', '--rep', '1047', ...AS_OF]));
  expect(of.exit).toBe(0);
  const { exit, stdout } = await compIn(dir, [
    ...['statement', 'Ben Ode', '--quarter', '2025-Q1', '--json', '--out', `${dir}/statements`],
    ...AS_OF,
  ]);
  expect(exit).toBe(0);
  expect(JSON.stringify(JSON.parse(stdout))).toContain('"rep_id":"1048"');
});

test('a name that two reps have names neither', async () => {
  const dir = workspace();
  edit(dir, 'reps.csv', (csv) => csv.replace('Ben Ode', 'Ana Ruiz'));
  const { exit, stderr } = await compIn(dir, ['explain', 'Ana Ruiz', ...AS_OF]);
  expect(exit).toBe(2);
  expect(stderr).toContain('nothing-to-explain');
});
