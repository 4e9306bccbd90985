/** The commands with which somebody who has unpacked the evidence checks it. */
import type { Evidence } from './evidence.js';

/** A command to type, and what it does. */
export interface Step {
  readonly command: string;
  readonly text: string;
}

/** The steps in order. */
export function stepsOf({ folder, config, fingerprint, close, performed }: Evidence): readonly Step[] {
  const { name } = close.period;
  const flag = config === 'comp.yaml' ? '' : ` --config ${quoted(config)}`;
  const inputs = performed.kind !== 'no-inputs' && performed.from === 'workspace' ? ' --inputs' : '';
  return [
    { command: `cd ${folder}`, text: 'In the folder into which this pack was unpacked.' },
    {
      command: `comp verify${inputs} --expect ${fingerprint}${flag}`,
      text: `Compares every file among the closes with its recorded hash, and all of them with the fingerprint${performed.kind === 'no-inputs' ? '' : `; calculates ${name} again from its inputs, and compares every byte`}.`,
    },
    { command: `comp history${flag}`, text: 'Lists who did what and when, from the sealed records.' },
    {
      command: `comp close ${name} --preview --out ../${name}${flag}`,
      text: 'Writes out the files that the close keeps: figures, payroll, journal, report, workbook and statements.',
    },
  ];
}

function quoted(name: string): string {
  return /^[\w./-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`;
}
