/** Questions on people: who sells without a plan, gaps between plans, shares that add up to too much, and managers outside the team tree. */
import { amountAt, exactly } from '../amount.js';
import { counted, verb } from '../counted.js';
import { addDays, type Day, dayAt, isoOf } from '../day.js';
import type { SharedCredit } from '../engine/r2-ledgers/books.js';
import { teamRowsOf } from '../engine/r3-sales/teams.js';
import { remarksOn } from '../explain/remarks.js';
import { groupedBy } from '../grouped.js';
import { CREDIT_KINDS } from '../ledger-specs/credit-kinds.js';
import { round, type Units } from '../money.js';
import { NO_NAME } from '../names.js';
import { EVERYONE, inOrder } from '../plans/assignments.js';
import { compare, ONE, plus, type Ratio, times, ZERO } from '../ratio.js';
import type { Facts } from './facts.js';
import { countFigure, dateFigure, daysFigure, percentFigure, percentText } from './figures.js';
import type { Asked } from './question.js';

/** The questions on people. */
export function askOnPeople(facts: Facts): readonly Asked[] {
  const unpaid = unpaidSales(facts);
  return [
    ...askOnUnpaid(facts, unpaid),
    ...askOnGaps(facts, unpaid),
    ...askOnOverlaps(facts),
    ...askOnManagers(facts),
  ];
}

/** A sale whose rep has no plan on the booking date (R9.2): the rep's share, in the workspace's currency. */
interface UnpaidSale {
  readonly rep: string;
  readonly day: Day;
  readonly amount: Units;
}

/** The sales that are set aside because their rep has no plan. */
function unpaidSales({ result, lines }: Facts): readonly UnpaidSale[] {
  const { setting, credits } = lines;
  const { invoices, reps } = setting.books;
  const ids = new Set(result.exceptions.filter(({ code }) => code === 'no-plan').map(({ id }) => id));
  return [...ids].flatMap((id) => {
    const invoice = invoices.sales.findText(id);
    if (invoice < 0) return [];
    const day = dayAt(invoices.bookings, invoice);
    return credits.sharesOf(invoice).flatMap(({ rep, share }): UnpaidSale[] => {
      const name = rep === NO_NAME ? '' : reps.nameOf(rep);
      if (CREDIT_KINDS.some((credit) => credits.planOf(name, day, credit) !== undefined)) return [];
      const { n, d } = times(share, credits.currencies.find(invoice)?.rate ?? ONE);
      const amount = exactly(amountAt(invoices.amounts, invoice));
      return [{ rep: name, day, amount: round(amount * n, d, result.terms.rounding) }];
    });
  });
}

function askOnUnpaid({ written }: Facts, sales: readonly UnpaidSale[]): readonly Asked[] {
  return [...groupedBy(sales, ({ rep }) => rep)].map(([rep, own]): Asked => {
    const amount = own.reduce((sum, sale) => sum + sale.amount, 0n);
    const days = own.map(({ day }) => day).sort((a, b) => a - b);
    const [first, last] = [days[0] as Day, days.at(-1) as Day];
    const when = first === last ? `on ${isoOf(first)}` : `from ${isoOf(first)} to ${isoOf(last)}`;
    return {
      code: 'rep-without-plan',
      size: amount,
      about: { rep },
      figures: [
        countFigure('sales', own.length),
        written.unitsFigure('amount', amount),
        dateFigure('first', first),
        dateFigure('last', last),
      ],
      sentence: `${rep === '' ? 'Nobody' : rep} sold ${written.units(amount)} (${counted(own.length, 'sale')}, booked ${when}) without a plan: it earns nothing and counts toward no quota.`,
      advice: 'Add an assignment that covers these days, or give the sales to the rep who has a plan.',
    };
  });
}

/** R2.6: days between two plans of one credit. */
function askOnGaps({ lines, written }: Facts, sales: readonly UnpaidSale[]): readonly Asked[] {
  const { books, terms } = lines.setting;
  const { planOf } = lines.credits;
  const credits = new Map(terms.plans.map(({ id, credit }) => [id, credit]));
  const byHolder = groupedBy(
    inOrder(books.assignments ?? []),
    ({ rep, plan }) => `${credits.get(plan)} ${rep}`,
  );
  const salesOf = groupedBy(sales, ({ rep }) => rep);
  return [...byHolder.values()].flatMap((own) =>
    own.flatMap((next, at): Asked[] => {
      const before = own[at - 1];
      if (before?.to === undefined || next.from <= addDays(before.to, 1)) return [];
      const [from, to] = [addDays(before.to, 1), addDays(next.from, -1)];
      // R2.6: a plan of everyone may cover the gap.
      if ([from, to].every((day) => planOf(next.rep, day, credits.get(next.plan)) !== undefined)) return [];
      const inGap = (salesOf.get(next.rep) ?? []).filter(({ day }) => day >= from && day <= to);
      const amount = inGap.reduce((sum, sale) => sum + sale.amount, 0n);
      return [
        {
          code: 'assignment-gap',
          about: { plan: next.plan, rep: next.rep },
          figures: [
            dateFigure('from', from),
            dateFigure('to', to),
            daysFigure('days', to - from + 1),
            countFigure('sales', inGap.length),
            written.unitsFigure('amount', amount),
          ],
          sentence: `${next.rep === EVERYONE ? 'Everyone without an assignment of their own' : next.rep} has no plan from ${isoOf(from)} to ${isoOf(to)}, between ${before.plan} and ${next.plan}: ${inGap.length === 0 ? 'nothing was sold in these days' : `${counted(inGap.length, 'sale')} over ${written.units(amount)} in these days ${verb(inGap.length, 'earns', 'earn')} nothing`}.`,
          advice:
            'If the gap is not meant, let the earlier assignment end on the day before the later one begins.',
        },
      ];
    }),
  );
}

/** R12.3, R28.1: shares of one rep or customer that come to more than 100% on a day. */
function askOnOverlaps({ lines }: Facts): readonly Asked[] {
  const { teams = [], accounts = [] } = lines.setting.books;
  const of = (rows: readonly SharedCredit[]) => [...groupedBy(rows, (row) => row.of)];
  return [
    ...of(teams).flatMap(([rep, own]) =>
      overlapIn(own).map(
        ({ day, share, names }): Asked => ({
          code: 'shares-overlap',
          about: { rep },
          figures: [
            dateFigure('on', day),
            percentFigure('shares', share),
            countFigure('managers', names.length),
          ],
          sentence: `On ${isoOf(day)}, ${rep} has ${names.length} managers at once, ${names.join(' and ')}, with ${percentText(share)} of the credit between them.`,
          advice: 'Let one row of teams end before the other begins, or give each a share.',
        }),
      ),
    ),
    ...of(accounts).flatMap(([customer, own]) =>
      overlapIn(own).map(
        ({ day, share, names }): Asked => ({
          code: 'shares-overlap',
          about: { customer },
          figures: [dateFigure('on', day), percentFigure('shares', share), countFigure('reps', names.length)],
          sentence: `On ${isoOf(day)}, ${names.join(' and ')} have the account of ${customer}, with ${percentText(share)} of its cash between them.`,
          advice: 'Let one row of accounts end before the other begins, or give each a share.',
        }),
      ),
    ),
  ];
}

/** The first day on which shares come to more than 100%. */
function overlapIn(
  rows: readonly SharedCredit[],
): readonly { readonly day: Day; readonly share: Ratio; readonly names: readonly string[] }[] {
  const days = [...new Set(rows.map(({ from }) => from))].sort((a, b) => a - b);
  for (const day of days) {
    const current = rows.filter(({ from, until }) => from <= day && (until === undefined || day <= until));
    const share = current.reduce((sum, row) => plus(sum, row.share), ZERO);
    if (compare(share, ONE) > 0) return [{ day, share, names: current.map(({ to }) => to).sort() }];
  }
  return [];
}

/** R12.3: managers who are not paid for their team, who are nobody's manager, or who have left. */
function askOnManagers({ lines, result }: Facts): readonly Asked[] {
  const { setting } = lines;
  const { books, terms, asOf } = setting;
  const teamPlans = new Set(terms.plans.filter(({ credit }) => credit === 'team').map(({ id }) => id));
  const rows = teamRowsOf(books).filter(({ from }) => from <= asOf);
  const ask = (rep: string, what: string, advice: string): Asked => ({
    code: 'manager-outside-tree',
    about: { rep },
    figures: [countFigure('team', new Set(rows.flatMap(({ of, to }) => (to === rep ? [of] : []))).size)],
    sentence: `${rep} ${what}`,
    advice,
  });
  const withoutPlan = remarksOn(setting)
    .filter(({ code }) => code === 'manager-without-team-plan')
    .map(({ about }) =>
      ask(
        about,
        'has a team, but no plan with credit: team while it lasts: what the team sells is credited to nobody above it.',
        'Assign a team plan, or take the manager out of the tree.',
      ),
    );
  if (teamPlans.size === 0) return withoutPlan;
  const managers = new Set(rows.map(({ to }) => to));
  const idle = new Set(
    (books.assignments ?? [])
      .filter(
        ({ plan, rep, from }) =>
          teamPlans.has(plan) && rep !== EVERYONE && from <= asOf && !managers.has(rep),
      )
      .map(({ rep }) => rep),
  );
  const gone = [...managers].filter((manager) => {
    const left = result.people.get(manager)?.left;
    return left !== undefined && rows.some(({ to, until }) => to === manager && lasts(until, left, asOf));
  });
  return [
    ...withoutPlan,
    ...[...idle].map((rep) =>
      ask(
        rep,
        'has a team plan, but nobody reports to them: the plan pays nothing.',
        'Add the team to the ledger of teams (or manager_id to reps), or end the assignment.',
      ),
    ),
    ...gone.map((rep) =>
      ask(
        rep,
        `left on ${result.people.get(rep)?.left}, but still has a team after that.`,
        'End the rows of the team on the last day, and name the successor.',
      ),
    ),
  ];
}

/** Whether a row of a team lasts beyond a day, up to the as-of date. */
function lasts(until: Day | undefined, left: string, asOf: Day): boolean {
  const end = until === undefined || until > asOf ? isoOf(asOf) : isoOf(until);
  return end > left;
}
