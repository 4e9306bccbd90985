/** The keys for the formats of cells: dates, numbers, empty cells, currencies. */
import { LEDGER_COLUMNS } from '../../ledger-specs/columns.js';
import type { LedgerName } from '../../ledger-specs/ledgers.js';
import type { DateFinding } from './dates.js';
import type { NumberFinding } from './numbers.js';
import {
  type FormatProof,
  hintKey,
  type ProposalContext,
  type Proposed,
  questionKey,
  setKey,
  type Values,
} from './proposed.js';
import * as say from './wording.js';

const NULLS = [
  'null',
  '(null)',
  'n/a',
  '#n/a',
  'na',
  'none',
  'nil',
  '00/00/0000',
  '0000-00-00',
  '00.00.0000',
];

/** The texts that the file writes for an empty date or amount. */
export function nullsIn(ledger: LedgerName, values: Values): readonly string[] {
  const kinds: readonly string[] = ['date', 'amount'];
  const columns = LEDGER_COLUMNS[ledger].columns.filter(({ kind }) => kinds.includes(kind));
  const all = new Set(columns.flatMap(({ name }) => values.get(name) ?? []));
  return [...all].filter((value) => NULLS.includes(value.toLowerCase()));
}

/** Currency codes in lower case, mapped to upper case. */
export function constantsOf({ ledger }: ProposalContext, values: Values): Proposed[] {
  const codes = ledger === 'invoices' ? new Set(values.get('currency')) : new Set<string>();
  const lower = [...codes].filter((code) => /^[a-zA-Z]{3}$/.test(code) && code !== code.toUpperCase());
  if (lower.length === 0) return [];
  const meanings = [...codes].filter((code) => code !== '').map((code) => [code, code.toUpperCase()]);
  return [setKey('values', { currency: Object.fromEntries(meanings) }, undefined)];
}

export function dateKeys(
  finding: DateFinding,
  isUtc: boolean,
  proofs: readonly FormatProof[] = [],
): Proposed[] {
  switch (finding.kind) {
    case 'no-values':
      return [];
    case 'unknown':
      return [questionKey('dateFormat', '', say.unknownDates(finding.misfits))];
    case 'ambiguous': {
      // No choice is offered: one that only needs its "#" removed would be taken without a look.
      const which = say.whichDates(finding.choices, finding.example);
      const keys = [questionKey('dateFormat', '', [which, ...say.provenFormats(proofs)].join(' '))];
      const isShort = finding.choices.flat().some((format) => !format.includes('YYYY'));
      // Without a date format, a century would be an unused key.
      return isShort ? [...keys, questionKey('century', 2000, say.centuryToo)] : keys;
    }
    case 'found': {
      const { formats, misfits } = finding;
      if (formats.length === 0) {
        return misfits.length === 0 ? [] : [hintKey('dateFormat', 'YYYY-MM-DD', say.odd('dates', misfits))];
      }
      const notes = [
        misfits.length === 0 ? '' : say.odd('dates', misfits),
        formats.some((format) => format.includes('[Z]') || (isUtc && /[Hh]/.test(format)))
          ? say.timezone
          : '',
      ].filter((note) => note !== '');
      const keys = [
        setKey('dateFormat', oneOrAll(formats), notes.length === 0 ? undefined : notes.join(' ')),
      ];
      return formats.some((format) => !format.includes('YYYY'))
        ? [...keys, setKey('century', 2000, say.century)]
        : keys;
    }
  }
}

export function numberKeys(finding: NumberFinding, proofs: readonly FormatProof[] = []): Proposed[] {
  switch (finding.kind) {
    case 'no-values':
      return [];
    case 'unknown':
      return [questionKey('numberFormat', '', say.unknownNumbers(finding.misfits))];
    case 'ambiguous': {
      const { choices, example, isPlain } = finding;
      const which = [say.whichNumbers(choices, example), ...say.provenFormats(proofs)].join(' ');
      const key = questionKey('numberFormat', isPlain ? '?' : '', which);
      // Without a format they would pass, rightly or wrongly.
      return [{ ...key, isBlocking: isPlain }];
    }
    case 'found': {
      const { format, misfits } = finding;
      const note = misfits.length === 0 ? undefined : say.odd('numbers', misfits);
      if (format !== undefined) return [setKey('numberFormat', format, note)];
      return note === undefined ? [] : [hintKey('numberFormat', '1,234.56', note)];
    }
  }
}

export function nullKeys(blanks: readonly string[]): Proposed[] {
  return blanks.length === 0 ? [] : [setKey('nullValues', blanks, say.nulls)];
}

function oneOrAll(formats: readonly string[]): unknown {
  return formats.length === 1 ? formats[0] : formats;
}
