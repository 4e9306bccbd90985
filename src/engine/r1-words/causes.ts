/** Why amounts change: the causes of postings (R6.2), what each of them moves, and the order of a day as a table (R5.8). */

/** The part of a line's state that an event moves (R5). */
export type Effect =
  | 'rate'
  | 'earning'
  | 'credited'
  | 'cash'
  | 'written-off'
  | 'past-due'
  | 'leaving'
  | 'timing';

interface CauseFacts {
  /** R5.8, R20.1: the lower comes first. Write-offs and their reversals are one kind. */
  readonly kind: number;
  readonly effect: Effect;
}

/** Every cause; what a file or a column holds is the name or its place in this table. */
const TABLE = {
  're-rated': { kind: 1, effect: 'rate' },
  booked: { kind: 2, effect: 'earning' },
  invoiced: { kind: 2, effect: 'earning' },
  credited: { kind: 3, effect: 'credited' },
  collected: { kind: 4, effect: 'cash' },
  refunded: { kind: 5, effect: 'cash' },
  'written-off': { kind: 6, effect: 'written-off' },
  'write-off-reversed': { kind: 6, effect: 'written-off' },
  'past-due': { kind: 7, effect: 'past-due' },
  left: { kind: 8, effect: 'leaving' },
  // R20.1: it follows its event, whose kind it has in columns; most of it follows a payment.
  timing: { kind: 4, effect: 'timing' },
} as const satisfies Readonly<Record<string, CauseFacts>>;

/** Why a posting was made (R6.2). */
export type Cause = keyof typeof TABLE;

/** The causes by their numbers. */
export const CAUSES = Object.keys(TABLE) as readonly Cause[];

/** The causes by their numbers as columns hold them: `timing` has one more number for each cause that it follows. */
export const COLUMN_CAUSES: readonly Cause[] = [...CAUSES, ...CAUSES.map((): Cause => 'timing')];

/** More than any kind. */
export const KINDS = 1 + Math.max(...CAUSES.map(kindOf));

const KINDS_BY_NUMBER = Uint8Array.from([...CAUSES, ...CAUSES], kindOf);

const NUMBERS: ReadonlyMap<string, number> = new Map(CAUSES.map((cause, number) => [cause, number]));

/** The cause of that name; undefined where there is none. */
export function findCause(name: string): Cause | undefined {
  return isCause(name) ? name : undefined;
}

/** What an event of this cause moves. */
export function effectOf(cause: Cause): Effect {
  return TABLE[cause].effect;
}

/** Where the kind of a cause comes in the order of a day. */
export function kindOf(cause: Cause): number {
  return TABLE[cause].kind;
}

/** Where the kind of a cause comes in the order of a day, by the cause's number. */
export function kindOfNumber(cause: number): number {
  return KINDS_BY_NUMBER[cause] as number;
}

/** The number of a cause. */
export function numberOf(cause: Cause): number {
  return NUMBERS.get(cause) as number;
}

/** The number of `timing` that follows an event whose cause has a number: the two are of one kind (R20.1). */
export function timingAfter(cause: number): number {
  return CAUSES.length + cause;
}

/** Whether a number that a column holds is one of `timing`. */
export function isTiming(number: number): boolean {
  return number >= CAUSES.length;
}

/** The cause of a number that a column holds. */
export function causeOf(number: number): Cause {
  return COLUMN_CAUSES[number] ?? noCause(number);
}

function noCause(number: number): never {
  throw new Error(`This is a bug in comp, not in your data: no cause has the number ${number}`);
}

function isCause(name: string): name is Cause {
  return NUMBERS.has(name);
}
