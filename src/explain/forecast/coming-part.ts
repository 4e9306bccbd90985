/** What a coming clawback goes by: the open part of the invoice that becomes late, by name where there are instalments. */
import type { Units } from '../../money.js';
import type { ComingPart, OpenLine } from './open-lines.js';

/** What is open of what becomes late, and since when the first of it is past due. */
export interface LatePartOpen {
  readonly open: Units;
  readonly due: string | undefined;
  readonly daysPastDue: number | undefined;
}

/** A line with one of its coming clawbacks. */
export type ComingLine = Pick<OpenLine, 'open' | 'due' | 'daysPastDue' | 'instalments'> &
  Pick<ComingPart, 'late'>;

/** How many instalments an invoice has, and which of them something is about, by their places from 1. */
interface NumberedInstalments {
  readonly instalments: number;
  readonly late: readonly { readonly number: number }[];
}

/** The instalments that become late, added up; the whole invoice where it has no schedule (R16.4). */
export function comingPartOf({ open, due, daysPastDue, instalments, late }: ComingLine): LatePartOpen {
  const [first] = late;
  if (instalments === 1 || first === undefined) return { open, due, daysPastDue };
  return { ...first, open: late.reduce((sum, part) => sum + part.open, 0n) };
}

/** `instalment 1 of 4`, or `instalments 1 and 2 of 4`; blank where the invoice has no schedule. */
export function instalmentText({ instalments, late }: NumberedInstalments): string {
  if (instalments === 1 || late.length === 0) return '';
  const [last, ...before] = late.map(({ number }) => `${number}`).reverse() as [string, ...string[]];
  if (before.length === 0) return `instalment ${last} of ${instalments}`;
  return `instalments ${before.reverse().join(', ')} and ${last} of ${instalments}`;
}
