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
  /** The sign of the figure in the sum that comes to what is paid (R21.3, R29.1). */
  readonly inPaid: Sign;
  /** The sign of the figure in gains − charged (R21.2); 0 where it is left out. */
  readonly inGains?: Sign;
  /** Whether postings make all of it, so that whatever lists postings shows it. */
  readonly isPosted: boolean;
  /** Whether it depends on a feature that many workspaces do not use: where it is 0 throughout, it is not shown. */
  readonly isOptional?: true;
  /** Whether no file has it, because it follows from the figures that files have: see {@link withDerived}. */
  readonly isDerived?: true;
  /** What the journal makes of it, beside what it makes of postings. */
  readonly moves: readonly Move[];
}

/** R7.2: what becomes payable and is not paid settles what the rep owes. */
const SETTLED = { entry: 'settled', debit: 'payable', credit: 'recoverable' } as const;
const PAID = { entry: 'settled', debit: 'recoverable', credit: 'payable' } as const;

/** What is added to pay beside postings is an expense, and payable until it is settled. */
const expensed = <const Entry extends string>(entry: Entry) =>
  [{ entry, debit: 'expense', credit: 'payable' }, SETTLED] as const;

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
    inGains: 1,
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
    inGains: -1,
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
    inGains: 1,
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
  /** R21.2: bonuses, net of deductions. */
  adjusted: {
    column: 'adjusted',
    title: 'adjusted',
    kind: 'flow',
    inHeld: 0,
    inPaid: 1,
    inGains: 1,
    isPosted: false,
    isOptional: true,
    moves: expensed('adjusted'),
  },
  /** R22.1: what goes beyond caps; below 0 where less does than before. */
  capped: {
    column: 'capped',
    title: 'capped',
    kind: 'flow',
    inHeld: 0,
    inPaid: -1,
    inGains: -1,
    isPosted: false,
    isOptional: true,
    moves: [{ entry: 'capped', debit: 'payable', credit: 'expense' }, PAID],
  },
  /** R21.2: debt that the company lets go. */
  waived: {
    column: 'waived',
    title: 'waived',
    kind: 'flow',
    inHeld: 0,
    inPaid: 1,
    isPosted: false,
    isOptional: true,
    moves: [{ entry: 'waived', debit: 'expense', credit: 'recoverable' }],
  },
  /** R21.2: what the rep pays back in cash. */
  repaid: {
    column: 'repaid',
    title: 'repaid',
    kind: 'flow',
    inHeld: 0,
    inPaid: 1,
    inGains: 1,
    isPosted: false,
    isOptional: true,
    moves: [{ entry: 'repaid', debit: 'cash', credit: 'recoverable' }],
  },
  /** R21.2: of what is repaid, what settles debt; the rest is a gain. */
  settled: {
    column: 'settled',
    title: 'settled by repayments',
    kind: 'flow',
    inHeld: 0,
    inPaid: 0,
    inGains: -1,
    isPosted: false,
    isOptional: true,
    isDerived: true,
    moves: [],
  },
  /** R24.2: what is added up to the guarantee. */
  guaranteed: {
    column: 'guaranteed',
    title: 'guaranteed',
    kind: 'flow',
    inHeld: 0,
    inPaid: 1,
    isPosted: false,
    isOptional: true,
    moves: expensed('guaranteed'),
  },
  /** R24.2: what is advanced up to the draw, and is owed from then on. */
  drawn: {
    column: 'drawn',
    title: 'drawn',
    kind: 'flow',
    inHeld: 0,
    inPaid: 0,
    isPosted: false,
    isOptional: true,
    moves: [{ entry: 'drawn', debit: 'recoverable', credit: 'payable' }, SETTLED],
  },
  /** R29.1: too little to be paid out, at the start of the period. */
  carriedOpening: {
    column: 'carried_opening',
    title: 'carried before',
    kind: 'opening',
    inHeld: 0,
    inPaid: 1,
    isPosted: false,
    isOptional: true,
    isDerived: true,
    moves: [{ entry: 'carried', debit: 'carried', credit: 'payable' }, SETTLED],
  },
  /** R29.1: too little to be paid out, at the end of the period. */
  carried: {
    column: 'carried',
    title: 'carried after',
    kind: 'closing',
    inHeld: 0,
    inPaid: -1,
    isPosted: false,
    isOptional: true,
    moves: [{ entry: 'carried', debit: 'payable', credit: 'carried' }, PAID],
  },
} as const satisfies Readonly<Record<string, PayFigureFacts>>;

export type PayFigure = keyof typeof PAY_FIGURES;

/** A rep's period from opening to closing balances; amounts in the currency's minor unit (R8.1). */
export type PayRow = { readonly [Figure in PayFigure]: Minor };

/** The same, while it is being summed up. */
export type PaySums = { -readonly [Figure in PayFigure]: Minor };

/** The balances, each with the figure that it opens with. */
export const BALANCES = {
  held: 'heldOpening',
  owed: 'owedOpening',
  carried: 'carriedOpening',
} as const satisfies Partial<Record<PayFigure, PayFigure>>;

/** What a rep has held, owes, and has not been paid out yet. */
export type Balances = { readonly [Figure in keyof typeof BALANCES]: Minor };

export const NO_BALANCES: Balances = { held: 0n, owed: 0n, carried: 0n };

/**
 * R7.2, R21.2, R29.1: the steps from what a period brings to what is paid and owed, and how each counts in both. A step
 * other than `gains` is a figure of the same name.
 */
export const PAY_STEPS = {
  /** Σ of the line nets above 0, less what is capped, with bonuses, and with what is repaid beyond the debt. */
  gains: { paid: 1, owed: 0 },
  charged: { paid: 0, owed: 1 },
  cancelled: { paid: -1, owed: -1 },
  waived: { paid: 0, owed: -1 },
  settled: { paid: 0, owed: -1 },
  recovered: { paid: -1, owed: -1 },
  guaranteed: { paid: 1, owed: 0 },
  drawn: { paid: 1, owed: 1 },
  carriedOpening: { paid: 1, owed: 0 },
  carried: { paid: -1, owed: 0 },
} as const satisfies {
  readonly [Step in 'gains' | PayFigure]?: { readonly paid: Sign; readonly owed: Sign };
};

export type PayStep = keyof typeof PAY_STEPS;

/** What a row opens with. */
export function openingOf(row: PayRow): Balances {
  return { held: row.heldOpening, owed: row.owedOpening, carried: row.carriedOpening };
}

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

/** R7.4, R21.3, R29.1: payable − clawed back + reinstated + … − owed before + owed after = paid. */
export const PAID_SUM = termsOf('inPaid', ['flow', 'opening', 'closing']);

/** R21.2: payable − clawed back + reinstated + adjusted − capped + repaid − settled = gains − charged. */
const GAINS_SUM = termsOf('inGains', ['flow']);

/** The flows in gains − charged that no posting makes: whatever lists postings has to show them beside. */
export const UNPOSTED = GAINS_SUM.filter(({ figure }) => !PAY_FIGURES[figure].isPosted);

/** The figures that files have, in their order. */
export const WRITTEN_FIGURES = PAY_FIGURE_NAMES.filter((figure) => !factsOf(figure).isDerived);

/** The figures of features that many workspaces do not use: where all are 0, pay is what postings come to. */
export const OPTIONAL_FIGURES = PAY_FIGURE_NAMES.filter((figure) => factsOf(figure).isOptional === true);

/** A row of a file, and the figures that follow from those in it (R21.2, R29.1). */
export function withDerived(row: PayRow): PayRow {
  const derived = { ...row, settled: 0n, carriedOpening: 0n };
  const owed = derived.owedOpening + sumOf(stepTerms('owed'), derived);
  return {
    ...derived,
    settled: owed - row.owed,
    carriedOpening: row.paid - sumOf(PAID_SUM, derived),
  };
}

/** Whether a figure is shown for these rows: one of a feature that they do not use is not. */
export function isShown(figure: PayFigure, rows: Iterable<PayRow>): boolean {
  if (factsOf(figure).isOptional !== true) return true;
  for (const row of rows) if (row[figure] !== 0n) return true;
  return false;
}

/** The terms of a sum that are shown for these rows. */
export function shownTerms(terms: readonly Term[], rows: Iterable<PayRow>): readonly Term[] {
  const all = [...rows];
  return terms.filter(({ figure }) => isShown(figure, all));
}

/** R21.2: the gains of a row: what is paid, and what came off them or was added to them. */
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
    adjusted: figureOf('adjusted'),
    capped: figureOf('capped'),
    waived: figureOf('waived'),
    repaid: figureOf('repaid'),
    settled: figureOf('settled'),
    guaranteed: figureOf('guaranteed'),
    drawn: figureOf('drawn'),
    carriedOpening: figureOf('carriedOpening'),
    carried: figureOf('carried'),
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

function termsOf(
  sign: 'inHeld' | 'inPaid' | 'inGains',
  order: readonly PayFigureFacts['kind'][],
): readonly Term[] {
  return order.flatMap((kind) =>
    PAY_FIGURE_NAMES.flatMap((figure) => {
      const { kind: own, [sign]: counts = 0 } = factsOf(figure);
      return own === kind && counts !== 0 ? [{ figure, sign: counts }] : [];
    }),
  );
}

function factsOf(figure: PayFigure): PayFigureFacts {
  return PAY_FIGURES[figure];
}
