/** How the headers of exports are compared with the usual names of our columns. */
import type { LedgerName } from '../../ledger-specs/ledgers.js';
import { USUAL_NAMES } from './column-names.js';

/** The usual names of a column of ours, as {@link plainName} writes them. */
export function usualNames(ledger: LedgerName, column: string): readonly string[] {
  const usual: Readonly<Record<string, readonly string[] | undefined>> = USUAL_NAMES[ledger] ?? {};
  return [...new Set([column, ...(usual[column] ?? [])].map(plainName))];
}

/** Words without meaning: `numéro de facture` is `numéro facture`. */
const FILLERS = new Set(['de', 'du', 'del', 'la', 'le', 'der', 'des', 'd', 'l', 'of', 'the']);
/** Words and abbreviations for number. */
const NUMBER = new Set(['number', 'num', 'nbr', 'nr', 'no', 'n', 'numero', 'nummer']);

/** A header for comparison, without case, accents, signs and fillers: `Invoice #`, `invoiceNo` and `INVOICE NUMBER` are equal. */
export function plainName(header: string): string {
  const words = header
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replace(/#|№/gu, ' number ')
    .replace(/(?<=\bn)[°º]/giu, ' ')
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu);
  return (words ?? [])
    .filter((word) => !FILLERS.has(word))
    .map((word) => (NUMBER.has(word) ? 'no' : word.replace(/(number|nummer|nr)$/, 'no')))
    .join('');
}

/** A header without a note in brackets at its end: `Amount (USD)` is `Amount`. */
export function withoutBrackets(header: string): string {
  return header.replace(/\s*[([][^)\]]*[)\]]\s*$/u, '');
}
