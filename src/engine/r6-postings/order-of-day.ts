/** The order of a day, as a table (R5.8), and what follows from it: the order of events and of postings (R6.4). */

/** Why a posting was made (R6.2). */
export type Cause =
  | 're-rated'
  | 'booked'
  | 'invoiced'
  | 'credited'
  | 'collected'
  | 'refunded'
  | 'written-off'
  | 'write-off-reversed'
  | 'past-due';

/** R5.8: lower goes first. Write-offs and their reversals are one kind. */
const KIND: Readonly<Record<Cause, number>> = {
  're-rated': 1,
  booked: 2,
  invoiced: 2,
  credited: 3,
  collected: 4,
  refunded: 5,
  'written-off': 6,
  'write-off-reversed': 6,
  'past-due': 7,
};

/** More than any kind. */
export const KINDS = 8;

/** The causes by their numbers, as columns hold them. */
export const CAUSES = Object.keys(KIND) as readonly Cause[];

const KINDS_BY_NUMBER = Uint8Array.from(CAUSES, (cause) => KIND[cause]);

const NUMBERS: ReadonlyMap<Cause, number> = new Map(CAUSES.map((cause, number) => [cause, number]));

/** Where the kind of a cause stands in the order of a day. */
export function kindOf(cause: Cause): number {
  return KIND[cause];
}

/** Where the kind of a cause stands, by the cause's number. */
export function kindOfNumber(cause: number): number {
  return KINDS_BY_NUMBER[cause] as number;
}

/** The number of a cause. */
export function numberOf(cause: Cause): number {
  return NUMBERS.get(cause) as number;
}
