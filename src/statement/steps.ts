/** From what became payable to what is paid: the steps of a statement, which add up to the rep's row. */
import {
  PAID_SUM,
  PAY_FIGURES,
  type PayFigure,
  type PayRow,
  shownTerms,
} from '../engine/r1-words/pay-figures.js';
import type { Minor } from '../money.js';
import type { Sections } from './sections.js';

/** The section of the statement that shows what a step is made of. */
export type StepSection = 'payable' | 'entries' | 'cap' | 'draw' | 'moved' | 'corrections' | 'account';

/** A step with the amount that it adds to what is paid. */
export interface PaidStep {
  readonly title: string;
  readonly amount: Minor;
  /** Where the statement shows what it is made of. */
  readonly section: StepSection;
  /** The figure of the row, if the step is one. */
  readonly figure?: PayFigure;
}

const TITLES: Readonly<Partial<Record<PayFigure, string>>> = {
  owedOpening: 'To be repaid from earlier',
  owed: 'Carried forward',
  adjusted: 'Bonuses and deductions',
  capped: 'Above the cap of your plan',
  waived: 'Waived by the company',
  repaid: 'Paid back by you',
  guaranteed: 'Added to reach your guarantee',
  drawn: 'Paid in advance (draw)',
  carriedOpening: 'Not paid out before',
  carried: 'Too little to be paid out yet',
};

const SECTIONS: Readonly<Partial<Record<PayFigure, StepSection>>> = {
  adjusted: 'entries',
  waived: 'entries',
  repaid: 'entries',
  capped: 'cap',
  guaranteed: 'draw',
  drawn: 'draw',
};

/**
 * R7.4: what postings come to, as the sections show it, split into own postings and corrections; then every other figure
 * that counts in what is paid.
 */
export function paidSteps({ payable, takenBack, givenBack, corrections }: Sections, row: PayRow): PaidStep[] {
  return [
    { title: 'Commission now payable', amount: payable.total, section: 'payable' },
    { title: 'Taken back', amount: -takenBack, section: 'moved' },
    { title: 'Given back', amount: givenBack, section: 'moved' },
    { title: 'Corrections of earlier periods', amount: corrections.total, section: 'corrections' },
    ...shownTerms(PAID_SUM, [row])
      .filter(({ figure }) => !PAY_FIGURES[figure].isPosted)
      .flatMap(({ figure, sign }): PaidStep[] => {
        const amount = BigInt(sign) * row[figure];
        if (figure !== 'owed' || row.drawn === 0n) return [stepOf(figure, amount)];
        // R24.2: what is drawn is owed from now on.
        const rest = stepOf(figure, amount - row.drawn);
        const title = rest.amount < 0n ? 'Repaid from commission' : rest.title;
        return [stepOf('drawn', row.drawn), { ...rest, title }];
      }),
  ];
}

function stepOf(figure: PayFigure, amount: Minor): PaidStep {
  return { title: titleOf(figure, TITLES), amount, section: SECTIONS[figure] ?? 'account', figure };
}

/** What a statement calls a figure: the title given here, or else the figure's own. */
export function titleOf(figure: PayFigure, titles: Readonly<Partial<Record<PayFigure, string>>>): string {
  const { title } = PAY_FIGURES[figure];
  return titles[figure] ?? `${title.slice(0, 1).toUpperCase()}${title.slice(1)}`;
}
