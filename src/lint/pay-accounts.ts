/** Questions on what happened in pay accounts: caps that were reached early, draws that were never recovered, and write-offs without a reason. */
import { amountAt, exactly } from '../amount.js';
import { payRowsOf } from '../closing/pay-history.js';
import { counted, listOf, verb } from '../counted.js';
import { groupedBy } from '../grouped.js';
import { max, type Units } from '../money.js';
import { byCodeUnit } from '../order.js';
import { type Facts, plansOf } from './facts.js';
import { countFigure } from './figures.js';
import type { CapWindow, PlanSums } from './line-sums.js';
import type { Asked } from './question.js';

/** The questions on pay accounts. */
export function askOnPayAccounts(facts: Facts): readonly Asked[] {
  return [...askOnCaps(facts), ...askOnDraws(facts), ...askOnWriteOffs(facts)];
}

/** R22.1: caps of a quarter or a year that were reached within its first month. */
function askOnCaps(facts: Facts): readonly Asked[] {
  const { sums, written, lines } = facts;
  const { reps } = lines.setting.books;
  return plansOf(facts).flatMap(({ plan, path }) => {
    const { cap } = plan;
    // R31.2: the cap counts what all versions pay together.
    if (cap === undefined || plan.from !== undefined) return [];
    const versions = facts.result.terms.plans.filter(({ id }) => id === plan.id);
    return [...windowsTogether(versions.map((one) => sums.of(one).capWindows))].flatMap(
      ([rep, windows]): Asked[] => {
        const reached = [...windows]
          .filter(([, { inFirstMonth }]) => inFirstMonth >= cap.amount)
          .sort(([a], [b]) => a - b)
          .map(([, window]) => window);
        const last = reached.at(-1);
        if (last === undefined) return [];
        const name = reps.nameOf(rep);
        const beyond = max(last.all - cap.amount, 0n);
        const others =
          reached.length === 1 ? '' : `, as in ${counted(reached.length - 1, `other ${cap.per}`)}`;
        return [
          {
            code: 'cap-in-first-month',
            size: beyond,
            about: { plan: plan.id, rep: name },
            path: [...path, 'cap', 'amount'],
            figures: [
              written.minorFigure('cap', cap.amount),
              written.minorFigure('in_the_first_month', last.inFirstMonth),
              written.minorFigure('beyond_the_cap', beyond),
              countFigure('windows', reached.length),
            ],
            sentence: `${name} reached the cap of ${written.minor(cap.amount)} of plan ${plan.id} in the first month of ${last.name}${others}: ${written.minor(last.inFirstMonth)} came in by then, and ${written.minor(beyond)} beyond the cap is never paid.`,
            advice:
              'Check whether the cap is meant for this rep, and whether anything still pays for the rest of the window.',
          },
        ];
      },
    );
  });
}

/** Windows of the same reps added up. */
function windowsTogether(
  all: readonly PlanSums['capWindows'][],
): ReadonlyMap<number, ReadonlyMap<number, CapWindow>> {
  const sums = new Map<number, Map<number, CapWindow>>();
  for (const [rep, windows] of all.flatMap((one) => [...one])) {
    const own = sums.get(rep) ?? new Map<number, CapWindow>();
    sums.set(rep, own);
    for (const [key, { name, inFirstMonth, all: whole }] of windows) {
      const before = own.get(key);
      own.set(key, {
        name,
        inFirstMonth: inFirstMonth + (before?.inFirstMonth ?? 0n),
        all: whole + (before?.all ?? 0n),
      });
    }
  }
  return sums;
}

/** The fewest pay periods after a draw from which it is said that nothing was recovered. */
const LEAST_PERIODS = 3;

/** R24.2: what was drawn and never came back, in whatever way. */
function askOnDraws({ result, written }: Facts): readonly Asked[] {
  const { payPeriod } = result.terms;
  return [...groupedBy(payRowsOf(result), ({ repId }) => repId)].flatMap(([rep, rows]): Asked[] => {
    const first = rows.findIndex(({ drawn }) => drawn > 0n);
    const later = rows.slice(first + 1);
    if (first < 0 || later.length < LEAST_PERIODS) return [];
    const back = later.reduce((sum, row) => sum + row.recovered + row.waived + row.repaid, 0n);
    const owed = rows.at(-1)?.owed ?? 0n;
    if (back > 0n || owed === 0n) return [];
    const drawn = rows.reduce((sum, row) => sum + row.drawn, 0n);
    return [
      {
        code: 'draw-never-recovered',
        size: owed,
        about: { rep },
        figures: [
          written.minorFigure('drawn', drawn),
          written.minorFigure('recovered', back),
          written.minorFigure('owed', owed),
          countFigure('periods', later.length),
        ],
        sentence: `${rep} has drawn ${written.minor(drawn)} since ${rows[first]?.period}, and in the ${later.length} ${payPeriod}s after that nothing of it was recovered, repaid or waived. ${rep} owes ${written.minor(owed)}.`,
        advice:
          'If it will not be recovered, say so: a guarantee in place of the draw, a waiver, or the end of the draw.',
      },
    ];
  });
}

/** Write-offs that say nothing about why: of those that count. */
function askOnWriteOffs(facts: Facts): readonly Asked[] {
  const { lines, written } = facts;
  const { books, asOf } = lines.setting;
  const { writeOffs } = books;
  const hasReason = reasonFinder(facts);
  const without: { readonly id: string; readonly amount: Units }[] = [];
  let all = 0;
  for (let entry = 0; entry < writeOffs.length; entry += 1) {
    const amount = amountAt(writeOffs.amounts, entry);
    if (amount <= 0 || (writeOffs.days[entry] as number) > asOf) continue;
    all += 1;
    if (!hasReason(writeOffs.rowOf(entry)))
      without.push({ id: writeOffs.ids.at(entry), amount: exactly(amount) });
  }
  if (without.length === 0) return [];
  const amount = without.reduce((sum, one) => sum + one.amount, 0n);
  const ids = without.map(({ id }) => id).sort(byCodeUnit);
  const shown = ids.length > 4 ? [...ids.slice(0, 3), `${ids.length - 3} more`] : ids;
  // Amounts in several currencies do not add up.
  const isOne = writeOffs.currencies === undefined && books.invoices.currencies === undefined;
  return [
    {
      code: 'write-off-without-reason',
      about: {},
      figures: [
        countFigure('write_offs', all),
        countFigure('without_reason', without.length),
        ...(isOne ? [written.unitsFigure('amount', amount)] : []),
      ],
      sentence: `${without.length} of ${counted(all, 'write-off')}${isOne ? `, over ${written.units(amount)},` : ''} ${verb(without.length, 'has', 'have')} no reason: ${listOf(shown)}.`,
      advice: 'Fill the column reason of the write-offs, or map it from the export.',
    },
  ];
}

/** Finds whether a row of the write-offs has a reason. */
function reasonFinder({ given }: Facts): (row: number) => boolean {
  const ledger = given.ledgers.writeOffs;
  const column = ledger?.table?.texts['reason'];
  if (ledger?.table !== undefined) return (row) => column !== undefined && !column.isBlank(row);
  const rows = new Set<number>();
  ledger?.rows.forEach(({ reason }, index) => {
    if (reason !== undefined && reason.trim() !== '') rows.add(index);
  });
  return (row) => rows.has(row);
}
