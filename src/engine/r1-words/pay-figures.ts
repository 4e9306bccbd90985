/** What a rep's pay period comes to (R7, R8.1): one table from which types, sums, columns, laws, waterfalls and journal follow. */
import type { Minor } from '../../money.js';
import { invariant } from '../../problems/problem.js';
import type { Move } from './line-accounts.js';

type Sign = -1 | 0 | 1;

interface PayFigureFacts {
  /** The column of `quarters.csv` and `months.csv` (R8.1). */
  readonly column: string;
  /** What reports call it. */
  readonly title: string;
  /** A flow adds up over periods; an opening is the closing of the period before. */
  readonly kind: 'flow' | 'opening' | 'closing';
  /** The sign of the figure in the sum that comes to what is held (R6.3). */
  readonly inHeld: Sign;
  /** The sign of the figure in the sum that comes to what is paid (R7.4). */
  readonly inPaid: Sign;
  /** Whether postings make all of it, so that whatever lists postings shows it. */
  readonly isPosted: boolean;
  /** What the journal makes of it, beside what it makes of postings. */
  readonly moves: readonly Move[];
}

/** R7.2: what becomes payable and is not paid settles what the rep owes. */
const SETTLED = { entry: 'settled', debit: 'payable', credit: 'recoverable' } as const;
const PAID = { entry: 'settled', debit: 'recoverable', credit: 'payable' } as const;

/** The figures in the order of the columns of `quarters.csv`. */
export const PAY_FIGURES = {
  /** Commission that the rep has a right to. */
  earned: {
    column: 'earned',
    title: 'earned',
    kind: 'flow',
    inHeld: 1,
    inPaid: 0,
    isPosted: true,
    moves: [],
  },
  /** Of it, what is payable without waiting for cash. */
  advanced: {
    column: 'advanced',
    title: 'advanced',
    kind: 'flow',
    inHeld: -1,
    inPaid: 0,
    isPosted: true,
    moves: [],
  },
  /** Held commission that cash has made payable. */
  released: {
    column: 'released',
    title: 'released',
    kind: 'flow',
    inHeld: -1,
    inPaid: 0,
    isPosted: true,
    moves: [],
  },
  /** Held commission that will never be paid. */
  forfeited: {
    column: 'forfeited',
    title: 'forfeited',
    kind: 'flow',
    inHeld: -1,
    inPaid: 0,
    isPosted: true,
    moves: [],
  },
  /** Held at the start of the period. */
  heldOpening: {
    column: 'held_opening',
    title: 'held before',
    kind: 'opening',
    inHeld: 1,
    inPaid: 0,
    isPosted: false,
    moves: [],
  },
  /** Held at the end of the period. */
  held: {
    column: 'held',
    title: 'held after',
    kind: 'closing',
    inHeld: 0,
    inPaid: 0,
    isPosted: false,
    moves: [],
  },
  /** Advanced + released, before clawbacks. */
  payable: {
    column: 'payable',
    title: 'payable',
    kind: 'flow',
    inHeld: 0,
    inPaid: 1,
    isPosted: true,
    moves: [SETTLED],
  },
  /** Advanced commission that is taken back. */
  clawedBack: {
    column: 'clawed_back',
    title: 'clawed back',
    kind: 'flow',
    inHeld: 0,
    inPaid: -1,
    isPosted: true,
    moves: [],
  },
  /** Clawed-back commission that is given back. */
  reinstated: {
    column: 'reinstated',
    title: 'reinstated',
    kind: 'flow',
    inHeld: 0,
    inPaid: 1,
    isPosted: true,
    moves: [],
  },
  /** Owed at the start of the period. */
  owedOpening: {
    column: 'owed_opening',
    title: 'owed before',
    kind: 'opening',
    inHeld: 0,
    inPaid: -1,
    isPosted: false,
    moves: [],
  },
  /** R7.2: Σ of the line nets below 0, as an amount above 0. */
  charged: {
    column: 'charged',
    title: 'charged',
    kind: 'flow',
    inHeld: 0,
    inPaid: 0,
    isPosted: false,
    moves: [],
  },
  /** R7.2: debt that reinstatements cancel. */
  cancelled: {
    column: 'cancelled',
    title: 'cancelled',
    kind: 'flow',
    inHeld: 0,
    inPaid: 0,
    isPosted: false,
    moves: [],
  },
  /** R7.2: debt that is withheld from the period's gains. */
  recovered: {
    column: 'recovered',
    title: 'recovered',
    kind: 'flow',
    inHeld: 0,
    inPaid: 0,
    isPosted: false,
    moves: [],
  },
  /** What payroll pays. */
  paid: { column: 'paid', title: 'paid', kind: 'flow', inHeld: 0, inPaid: 0, isPosted: false, moves: [PAID] },
  /** Owed at the end of the period, and carried forward. */
  owed: {
    column: 'owed',
    title: 'owed after',
    kind: 'closing',
    inHeld: 0,
    inPaid: 1,
    isPosted: false,
    moves: [],
  },
} as const satisfies Readonly<Record<string, PayFigureFacts>>;

export type PayFigure = keyof typeof PAY_FIGURES;

/** A rep's period from opening to closing balances; amounts in the currency's minor unit (R8.1). */
export type PayRow = { readonly [Figure in PayFigure]: Minor };

/** The same, while it is being summed up. */
export type PaySums = { -readonly [Figure in PayFigure]: Minor };

/** The balances, each with the figure that it opens with. */
export const BALANCES = { held: 'heldOpening', owed: 'owedOpening' } as const satisfies Partial<
  Record<PayFigure, PayFigure>
>;

/** What a rep has held and owes. */
export type Balances = { readonly [Figure in keyof typeof BALANCES]: Minor };

export const NO_BALANCES: Balances = { held: 0n, owed: 0n };

/**
 * R7.2: the steps from what a period brings to what is paid and owed, and how each counts in both. A step other than
 * `gains` is a figure of the same name.
 */
export const PAY_STEPS = {
  /** Σ of the line nets above 0. */
  gains: { paid: 1, owed: 0 },
  charged: { paid: 0, owed: 1 },
  cancelled: { paid: -1, owed: -1 },
  recovered: { paid: -1, owed: -1 },
} as const satisfies {
  readonly [Step in 'gains' | PayFigure]?: { readonly paid: Sign; readonly owed: Sign };
};

export type PayStep = keyof typeof PAY_STEPS;

/** The figures in their order. */
export const PAY_FIGURE_NAMES = Object.keys(PAY_FIGURES) as readonly PayFigure[];

/** The steps in their order. */
export const PAY_STEP_NAMES = Object.keys(PAY_STEPS) as readonly PayStep[];

/** A figure in a sum, and whether it is added or taken off. */
export interface Term {
  readonly figure: PayFigure;
  readonly sign: 1 | -1;
}

/** R6.3: held before + earned − advanced − released − forfeited = held after. */
export const HELD_SUM = termsOf('inHeld', ['opening', 'flow', 'closing']);

/** R7.4: payable − clawed back + reinstated − owed before + owed after = paid. */
export const PAID_SUM = termsOf('inPaid', ['flow', 'opening', 'closing']);

/** The flows in what is paid that no posting makes: whatever lists postings has to show them beside. */
export const UNPOSTED = PAID_SUM.filter(
  ({ figure }) => PAY_FIGURES[figure].kind === 'flow' && !PAY_FIGURES[figure].isPosted,
);

/** R7.2: the gains of a row: what is paid, and what came off them. */
export function gainsOf(row: PayRow): Minor {
  return row.paid - sumOf(stepTerms('paid'), row);
}

/** R7.2: the figures among the steps that count in what is paid, or in what is owed, in their order. */
export function stepTerms(side: 'paid' | 'owed'): readonly Term[] {
  return PAY_STEP_NAMES.flatMap((step): Term[] => {
    const sign: Sign = PAY_STEPS[step][side];
    return step === 'gains' || sign === 0 ? [] : [{ figure: step, sign }];
  });
}

/** What a sum of figures comes to in a row. */
export function sumOf(terms: readonly Term[], row: PayRow): Minor {
  let sum = 0n;
  for (const { figure, sign } of terms) sum = signed(sum, sign, row[figure]);
  return sum;
}

/** Adds an amount, takes it off, or leaves it out. */
export function signed(sum: Minor, sign: Sign, amount: Minor): Minor {
  return sign === 0 ? sum : sign > 0 ? sum + amount : sum - amount;
}

/** The sum as it reads: `payable − clawed back + reinstated`. */
export function sumText(
  terms: readonly Term[],
  titleOf = (figure: PayFigure): string => PAY_FIGURES[figure].title,
): string {
  return terms
    .map(({ figure, sign }, index) =>
      index === 0 ? titleOf(figure) : `${sign === 1 ? '+' : '−'} ${titleOf(figure)}`,
    )
    .join(' ');
}

/** A row made figure by figure. */
export function payRow(figureOf: (figure: PayFigure) => Minor): PaySums {
  return {
    earned: figureOf('earned'),
    advanced: figureOf('advanced'),
    released: figureOf('released'),
    forfeited: figureOf('forfeited'),
    heldOpening: figureOf('heldOpening'),
    held: figureOf('held'),
    payable: figureOf('payable'),
    clawedBack: figureOf('clawedBack'),
    reinstated: figureOf('reinstated'),
    owedOpening: figureOf('owedOpening'),
    charged: figureOf('charged'),
    cancelled: figureOf('cancelled'),
    recovered: figureOf('recovered'),
    paid: figureOf('paid'),
    owed: figureOf('owed'),
  };
}

/** Consecutive periods of a rep as one (R8.2): it opens with the first, closes with the last, and its flows are their sums. */
export function together(rows: readonly PayRow[]): PayRow {
  const [first, last] = [rows[0], rows.at(-1)];
  invariant(first !== undefined && last !== undefined, () => 'no periods to put together');
  return payRow((figure) => {
    const { kind } = PAY_FIGURES[figure];
    if (kind === 'opening') return first[figure];
    if (kind === 'closing') return last[figure];
    return totalOf(rows, figure);
  });
}

/** Rows of different reps added up, figure by figure. */
export function addedUp(rows: readonly PayRow[]): PayRow {
  return payRow((figure) => totalOf(rows, figure));
}

/** One figure of many rows added up. */
export function totalOf(rows: readonly PayRow[], figure: PayFigure): Minor {
  let sum = 0n;
  for (const row of rows) sum += row[figure];
  return sum;
}

function termsOf(sign: 'inHeld' | 'inPaid', order: readonly PayFigureFacts['kind'][]): readonly Term[] {
  return order.flatMap((kind) =>
    PAY_FIGURE_NAMES.flatMap((figure) => {
      const facts: PayFigureFacts = PAY_FIGURES[figure];
      return facts.kind === kind && facts[sign] !== 0 ? [{ figure, sign: facts[sign] }] : [];
    }),
  );
}
