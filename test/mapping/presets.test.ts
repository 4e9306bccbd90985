/** Presets beside keys of the ledger's own, and the headings that differ between editions of a report. */
import { describe, expect, test } from 'vitest';
import { compIn } from '../support/comp.js';
import { copyOf, edit } from '../support/folder.js';

const LIST = 'Invoice List by Date.csv';
const usedIn = async (dir: string) => {
  const { exit, stdout } = await compIn(dir, ['check', '--as-of', '2026-03-31', '--json']);
  expect(exit).toBe(0);
  return JSON.parse(stdout).controls.invoices.used.rows as number;
};

describe('QuickBooks Online', () => {
  test('voids are left out, whichever the heading of the memo', async () => {
    const dir = copyOf('exports/quickbooks-online');
    const rows = await usedIn(dir);
    edit(dir, LIST, (csv) => csv.replace(/,Memo,/, ',Memo/Description,'));
    expect(await usedIn(dir)).toBe(rows);
  });

  test("a condition of the ledger's own replaces that of the preset, by either heading", async () => {
    const dir = copyOf('exports/quickbooks-online');
    const rows = await usedIn(dir);
    for (const heading of ['Memo', 'Memo/Description']) {
      const own = copyOf('exports/quickbooks-online');
      edit(own, LIST, (csv) => csv.replace(/,Memo,/, `,${heading},`));
      edit(own, 'comp.yaml', (text) => {
        const changed = text.replace(
          /(invoices:\n( +)preset: quickbooks-online\n)/,
          `$1$2where: { ${heading}: { not: none, optional: true } }\n`,
        );
        expect(changed).not.toBe(text);
        return changed;
      });
      // The void is a record now, of 0.00.
      edit(own, 'comp.yaml', (text) => text.replace('rows: 3, total', 'rows: 4, total'));
      expect(await usedIn(own)).toBe(rows + 1);
    }
  });
});
