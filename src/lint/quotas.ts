/** Questions on quotas and categories: a quota of 0, and what is sold but not rated. */
import { counted, listOf } from '../counted.js';
import type { Coded } from '../engine/r2-ledgers/books.js';
import { groupedBy } from '../grouped.js';
import { NO_NAME } from '../names.js';
import { byCodeUnit } from '../order.js';
import { findCategoryRate, type Plan, planName } from '../plans/plan.js';
import type { TermsPath } from '../problems/place.js';
import { type Facts, plansOf } from './facts.js';
import { countFigure, percentFigure, percentText } from './figures.js';
import type { Asked } from './question.js';

/** The questions on quotas and categories. */
export function askOnQuotas(facts: Facts): readonly Asked[] {
  return [...askOnZeroQuotas(facts), ...askOnCategories(facts)];
}

/** R4.3: with a quota of 0 the last band applies from 0 up. */
function askOnZeroQuotas(facts: Facts): readonly Asked[] {
  let written: TermsPath = [];
  return plansOf(facts).flatMap(({ plan, path, writes }) => {
    // R31.1: what a version takes over is written in an earlier one.
    if (writes('rate') || writes('rates')) written = [...path, plan.rates === undefined ? 'rate' : 'rates'];
    return askOnZeroQuotasOf(facts, plan, written);
  });
}

function askOnZeroQuotasOf({ attainments, written }: Facts, plan: Plan, path: TermsPath): readonly Asked[] {
  const { rate } = plan;
  if (rate.kind !== 'table' || rate.thresholds !== 'share-of-quota') return [];
  const [first, ...others] = rate.bands;
  const last = others.at(-1);
  if (first === undefined || last === undefined) return [];
  const rows = (attainments.get(plan) ?? []).filter(({ windowQuota }) => windowQuota === 0n);
  return [...groupedBy(rows, ({ repId }) => repId)].map(([rep, own]): Asked => {
    const booked = own.reduce((sum, { bookings }) => sum + bookings, 0n);
    const [quarter, ...more] = own.map((row) => row.quarter);
    const when = more.length === 0 ? quarter : `${quarter} and ${counted(more.length, 'more quarter')}`;
    return {
      code: 'zero-quota',
      about: { plan: plan.id, rep },
      path,
      figures: [
        countFigure('quarters', own.length),
        written.minorFigure('bookings', booked),
        percentFigure('rate_from_0', first.rate),
        percentFigure('rate_paid', last.rate),
      ],
      sentence: `${rep} has a quota of 0 in ${when}: every sale is above it and paid at ${percentText(last.rate)} in place of ${percentText(first.rate)}. ${written.minor(booked)} was booked.`,
      advice:
        'Set the quota, or a ramp quota. For a rep without quota, use a plan whose thresholds are amounts (fromAmount).',
    };
  });
}

/** R13.2: categories that are sold, and for which a plan has no rate. */
function askOnCategories(facts: Facts): readonly Asked[] {
  const sold = soldCategories(facts);
  return plansOf(facts).flatMap(({ plan, path, writes }): Asked[] => {
    if (plan.rates === undefined || !writes('rates')) return [];
    const missing = [...sold].filter(([category]) => findCategoryRate(plan, category) === undefined);
    if (missing.length === 0) return [];
    const names = missing.map(([category]) => category).sort(byCodeUnit);
    const sales = missing.reduce((sum, [, count]) => sum + count, 0);
    const shown = names.length > 5 ? [...names.slice(0, 4), `${names.length - 4} more`] : names;
    return [
      {
        code: 'category-without-rate',
        about: { plan: plan.id, category: names[0] ?? '' },
        path: [...path, 'rates'],
        figures: [countFigure('categories', names.length), countFigure('sales', sales)],
        sentence: `Plan ${planName(plan)} has no rate for ${listOf(shown)}, which others sold ${sales === 1 ? 'once' : `${sales} times`}: the run will stop as soon as a rep of this plan sells it.`,
        advice: 'Add an entry for it under rates, or a last entry without category.',
      },
    ];
  });
}

/** How often each category was sold, in items or in invoices without items. */
function soldCategories({ lines }: Facts): ReadonlyMap<string, number> {
  const { items, invoices } = lines.setting.books;
  const counts = new Map<string, number>();
  for (const coded of [items?.categories, invoices.categories]) addCategories(coded, counts);
  return counts;
}

function addCategories(coded: Coded | undefined, counts: Map<string, number>): void {
  if (coded === undefined) return;
  const byCode = new Map<number, number>();
  for (const code of coded.codes) byCode.set(code, (byCode.get(code) ?? 0) + 1);
  byCode.delete(NO_NAME);
  for (const [code, count] of byCode) {
    const name = coded.names.nameOf(code);
    counts.set(name, (counts.get(name) ?? 0) + count);
  }
}
