/** Reads a statement's page as a rep does, and computes what it must show from the result alone. */
import { expect } from 'vitest';
import { addDays, findDay, isoOf } from '../../src/day.js';
import type { NamedPeriod } from '../../src/engine/r11-closes/close.js';
import { ageingOf } from '../../src/explain/ageing.js';
import { explainLines } from '../../src/explain/lines.js';
import { allOf, byId, cellsOf, type Element, minorOf, sectionOf, textOf } from './page.js';
import type { FullCalculation, TestResult } from './run.js';

type Posting = TestResult['postings'][number];
type Row = TestResult['quarters'][number] | TestResult['months'][number];

/** What a statement is about. */
interface Subject {
  readonly repId: string;
  readonly period: NamedPeriod;
  readonly until: string;
  readonly result: TestResult;
  /** As of the statement's day. */
  readonly state: FullCalculation;
}

/** Holds every figure, date and sentence of a page against the result. */
export function expectShown(page: Element, subject: Subject): void {
  const { repId, period, until, result } = subject;
  const periods = result.payPeriods.filter(
    ({ name, quarter, from }) => (name === period.name || quarter === period.name) && from <= until,
  );
  const rows = payRows(result).filter(
    (one) => one.repId === repId && periods.some(({ name }) => name === one.name),
  );
  const row = rowOf(result, repId, period.name);
  const names = new Set(rows.map(({ name }) => name));
  const before = postingsBefore(result, repId, until);
  const own = result.postings.filter(
    (one) => one.repId === repId && names.has(one.period) && one.date <= until,
  );
  expectSteps(page, own, row);
  expectBalances(page, row);
  expectEvents(page, own, result);
  expectCorrections(page, own);
  expectWaiting(page, before, subject);
  expectRisk(page, before, subject);
  expectNumbers(page);
  expectQuota(page, subject);
  expectDays(
    page,
    rows.map(({ name, paid }) => {
      const to = result.payPeriods.find((one) => one.name === name)?.to as string;
      return { name, paid, to, by: payBy(result, own, name) };
    }),
    until,
  );
}

/** The label and the amount of each row of a table. */
function entriesOf(table: Element): Entry[] {
  return allOf(table, 'tr').map((row) => [
    textOf(allOf(row, 'th')[0] as Element).trim(),
    minorOf(textOf(allOf(row, '.number')[0] as Element)),
  ]);
}

function tableIn(page: Element, id: string): Element | undefined {
  const section = sectionOf(page, id);
  return section && allOf(section, 'table')[0];
}

function sum(postings: readonly Posting[], of: (posting: Posting) => bigint): bigint {
  return postings.reduce((all, one) => all + of(one), 0n);
}

const isOfTheSale = ({ cause }: Posting) => cause === 'credited' || cause === 're-rated';
const isOwn = ({ adjusts }: Posting) => adjusts === '';
const netOf = ({ advanced, released, clawedBack }: Posting) => advanced + released - clawedBack;
const payableOf = (one: Posting) => one.advanced + one.released - (isOfTheSale(one) ? one.clawedBack : 0n);

/** From what became payable to what is paid. */
function expectSteps(page: Element, own: readonly Posting[], row: Row): void {
  const plain = own.filter(isOwn);
  const moved = plain.filter((one) => !isOfTheSale(one));
  const corrections = own.filter((one) => !isOwn(one));
  const steps: Entry[] = [
    ['Taken back', -sum(moved, ({ clawedBack }) => (clawedBack > 0n ? clawedBack : 0n))],
    ['Given back', sum(moved, ({ clawedBack }) => (clawedBack < 0n ? -clawedBack : 0n))],
    ['Corrections of earlier periods', sum(corrections, netOf)],
    [row.owed === 0n ? 'Repaid from earlier' : 'To be repaid from earlier', -row.owedOpening],
    ['Carried forward', row.owed],
  ];
  expect(entriesOf(tableIn(page, 'steps') as Element)).toEqual([
    ['Commission now payable', sum(plain, payableOf)],
    ...steps.filter(moves),
    ['Paid to you', row.paid],
  ]);
}

type Entry = [label: string, amount: bigint];

const moves = ([, amount]: Entry) => amount !== 0n;

/** What is not paid yet, and the account: of each balance that was brought or is carried forward, and of each debt that was repaid. */
function expectBalances(page: Element, row: Row): void {
  const rest = tableIn(page, 'rest');
  if (row.held === 0n && row.owed === 0n) {
    expect(rest).toBeUndefined();
    expect(textOf(page)).toContain('Nothing is to be repaid.');
  } else {
    expect(entriesOf(rest as Element)).toEqual([
      ["Waiting for customers' payments", row.held],
      ['Still to be repaid', row.owed],
    ]);
  }
  const waiting: Entry[] = [
    ['New commission', row.earned],
    ['Payable at once', -row.advanced],
    ['Payable because customers paid', -row.released],
    ['Will not be paid', -row.forfeited],
  ];
  const owed: Entry[] = [
    ['Taken back, net by invoice', row.charged],
    ['Offset by commission given back', -row.cancelled],
    ['Repaid from commission', -row.recovered],
  ];
  const section = sectionOf(page, 'account');
  expect(section === undefined ? [] : allOf(section, 'table').map(entriesOf)).toEqual([
    ...(row.heldOpening === 0n && row.held === 0n
      ? []
      : [[['Brought forward', row.heldOpening], ...waiting.filter(moves), ['Waiting now', row.held]]]),
    ...(row.owedOpening === 0n && row.owed === 0n && !owed.some(moves)
      ? []
      : [[['Brought forward', row.owedOpening], ...owed.filter(moves), ['Still to be repaid', row.owed]]]),
  ]);
}

interface EventRow {
  readonly who: string;
  readonly date: string;
  readonly what: string;
  readonly amount: bigint;
}

/** The rows of a section of events; none without the section. */
function eventsIn(page: Element, id: string): EventRow[] {
  const table = tableIn(page, id);
  if (table === undefined) return [];
  return cellsOf(table)
    .filter((cells) => cells.length > 1)
    .map(([, who = '', date = '', what = '', , amount = '']) => ({ who, date, what, amount: shown(amount) }));
}

/** What is shown in a cell: a dash is read out as zero. */
function shown(cell: string): bigint {
  return minorOf(cell);
}

function rowFor(posting: Posting, amount: bigint): Omit<EventRow, 'what'> {
  const { customerId, invoiceId, eventDate } = posting;
  return { who: `${customerId} ${invoiceId}`, date: dayText(eventDate), amount };
}

function expectEvents(page: Element, own: readonly Posting[], result: TestResult): void {
  const plain = own.filter(isOwn);
  const payable = plain
    .filter(
      (one) => one.advanced !== 0n || one.released !== 0n || (one.clawedBack !== 0n && isOfTheSale(one)),
    )
    .sort((a, b) => byText(a.invoiceId, b.invoiceId));
  expectSame(eventsIn(page, 'payable'), payable, payableOf, result);
  const moved = plain
    .filter((one) => one.clawedBack !== 0n && !isOfTheSale(one))
    .sort((a, b) => byText(a.eventDate, b.eventDate));
  const shownMoved = eventsIn(page, 'moved');
  // Cash that came too late gives nothing back: it has a row, and no posting.
  for (const { what, amount } of shownMoved) {
    if (amount === 0n)
      expect(what).toMatch(/ commission that was taken back \([\d.,]+\) is not given back\.$/);
  }
  expectSame(
    shownMoved.filter(({ amount }) => amount !== 0n),
    moved,
    ({ clawedBack }) => -clawedBack,
    result,
  );
  for (const [at, { what }] of shownMoved.filter(({ amount }) => amount !== 0n).entries()) {
    const { clawedBack } = moved[at] as Posting;
    const text = money(clawedBack < 0n ? -clawedBack : clawedBack, result);
    // The amount and the day of what was taken back are beside the reason.
    if (clawedBack > 0n)
      expect(what).toMatch(/^(None|[\d,.]+|Money|Not|Written) ([^.]|\.\d)*(paid|written off|off|back)/);
    else expect(what.startsWith(`${text} was given back because `)).toBe(true);
  }
  const forfeited = plain.filter((one) => one.forfeited !== 0n);
  expectSame(eventsIn(page, 'forfeited'), forfeited, (one) => one.forfeited, result);
}

/** The rows are the postings; a sale's sum comes to its amount, and every other sentence names its day or its source. */
function expectSame(
  rows: readonly EventRow[],
  postings: readonly Posting[],
  amountOf: (posting: Posting) => bigint,
  result: TestResult,
): void {
  expect(rows.map(({ what: _, ...row }) => row)).toEqual(
    postings.map((posting) => rowFor(posting, amountOf(posting))),
  );
  rows.forEach(({ what, amount }, at) => {
    const { cause } = postings[at] as Posting;
    if ((cause === 'invoiced' || cause === 'booked') && what.includes(' × ')) {
      expectProduct(what, amount, result);
    }
  });
}

/** `1,000.00 × 5% + 500.00 × 8% = 90.00`: what it comes to, or the amount beside it. */
function expectProduct(what: string, amount: bigint, { currency }: TestResult): void {
  if (what.includes(' credited before')) {
    expect(what).toMatch(/, less [\d,.]+ credited before = −?[\d,.]*\d[.,;]/);
    return;
  }
  const products = [...what.matchAll(/(−?[\d,.]+) × (−?[\d.]+)%/g)];
  const total = products.reduce(
    (all, [, part = '', rate = '']) => all + (numberOf(part) * numberOf(rate)) / 100,
    0,
  );
  const [, stated] = /% = (−?[\d,.]*\d)/.exec(what) ?? [];
  const expected = stated === undefined ? Number(amount) / 10 ** currency.digits : numberOf(stated);
  // Parts and rates are rounded to be read.
  const slack = products.reduce((all, [, part = '']) => all + Math.abs(numberOf(part)) * 1e-8, 0);
  expect(Math.abs(total - expected)).toBeLessThanOrEqual(
    (1 + products.length) / 10 ** currency.digits + slack,
  );
}

/** Under the closed period that each corrects, with the day on which they are posted. */
function expectCorrections(page: Element, own: readonly Posting[]): void {
  const late = own.filter((one) => !isOwn(one)).sort((a, b) => byText(a.adjusts, b.adjusts));
  const table = tableIn(page, 'corrections');
  if (table === undefined) {
    expect(late).toEqual([]);
    return;
  }
  const groups = allOf(table, 'tbody').map((body) => {
    const [head, ...rows] = allOf(body, 'tr') as [Element, ...Element[]];
    return {
      head: textOf(head).trim(),
      rows: rows.map((row) => {
        const cells = allOf(row, 'td').map((cell) => textOf(cell).trim());
        return { who: cells[1], date: cells[2], amount: shown(cells.at(-1) as string) };
      }),
    };
  });
  const closed = [...new Set(late.map(({ adjusts }) => adjusts))];
  expect(groups).toEqual(
    closed.map((adjusts) => {
      const posted = late.filter((one) => one.adjusts === adjusts);
      return {
        head: `${adjusts}, corrected on ${dayText((posted[0] as Posting).date)}`,
        rows: posted.map((posting) => rowFor(posting, netOf(posting))),
      };
    }),
  );
}

/** What is held of each invoice; where the invoice is as it was posted, what is open on it and since when. */
function expectWaiting(
  page: Element,
  before: readonly Posting[],
  { repId, state, until, result }: Subject,
): void {
  const held = new Map<string, { customerId: string; amount: bigint }>();
  for (const { invoiceId, customerId, held: change } of before) {
    const known = held.get(invoiceId) ?? { customerId, amount: 0n };
    held.set(invoiceId, { ...known, amount: known.amount + change });
  }
  const waiting = [...held].filter(([, { amount }]) => amount !== 0n).sort(([a], [b]) => byText(a, b));
  const table = tableIn(page, 'waiting');
  const rows = table === undefined ? [] : cellsOf(table);
  expect(rows.map(([, who, , , , amount = '']) => [who, shown(amount)])).toEqual(
    waiting.map(([invoiceId, { customerId, amount }]) => [`${customerId} ${invoiceId}`, amount]),
  );
  waiting.forEach(([invoiceId, { amount }], at) => {
    const [, , open, due, days] = rows[at] as string[];
    const [line] = explainLines(state, invoiceId, repId);
    const last = line?.events.at(-1);
    expect(due).toBe(line?.due === undefined ? '' : dayText(line.due));
    if (line === undefined || last === undefined || last.after.held !== amount) {
      expect(open).toBe('');
      return;
    }
    expect(numberOf(open ?? '')).toBeCloseTo(Number(last.due - last.closed) / 10 ** state.result.scale, 6);
    const late = line.due === undefined ? 0 : daysBetween(line.due, until);
    expect(days).toBe(late > 0 ? `${late}` : '');
  });
  expect(result.asOf >= until).toBe(true);
}

/** What will be taken back, on which day, and what is open: of the lines that are as they were posted. */
function expectRisk(page: Element, before: readonly Posting[], { repId, state, until }: Subject): void {
  const coming = ageingOf(state, [repId])
    .clawbacks.filter(({ clawbackOn, invoiceId }) => {
      const own = before.filter((one) => one.invoiceId === invoiceId);
      const after = explainLines(state, invoiceId, repId)[0]?.events.at(-1)?.after;
      return (
        clawbackOn > until &&
        after?.advanced === sum(own, ({ advanced }) => advanced) &&
        after.clawedBack === sum(own, ({ clawedBack }) => clawedBack)
      );
    })
    .sort((a, b) => byText(a.clawbackOn, b.clawbackOn) || byText(a.invoiceId, b.invoiceId));
  const rowsIn = (id: string) => {
    const table = tableIn(page, id);
    return table === undefined ? [] : cellsOf(table);
  };
  const [soon, later] = [rowsIn('risk'), rowsIn('risk-later')];
  const rows = [...soon, ...later];
  // Within 30 days, by calendar arithmetic of another kind.
  const last = new Date(Date.parse(`${until}T00:00:00Z`) + 30 * 86_400_000).toISOString().slice(0, 10);
  expect(soon.length).toBe(coming.filter(({ clawbackOn }) => clawbackOn <= last).length);
  expect(
    rows.map(([, who, on, open = '', days, amount = '']) => [who, on, numberOf(open), days, shown(amount)]),
  ).toEqual(
    coming.map(({ customerId, invoiceId, clawbackOn, open, due, atRisk }) => {
      const late = due === undefined ? 0 : daysBetween(due, until);
      return [
        `${customerId} ${invoiceId}`,
        dayText(clawbackOn),
        Number(open) / 10 ** state.result.scale,
        late > 0 ? `${late}` : '',
        atRisk,
      ];
    }),
  );
}

/** The list of statements: everyone with a row in the period, what they are paid, wait for and owe, and the sums. */
export function expectIndex(page: Element, period: string, result: TestResult): void {
  const reps = new Set(
    [...result.quarters, ...result.months]
      .filter((row) => ('month' in row ? row.month : row.quarter) === period)
      .map(({ repId }) => repId),
  );
  const rows = [...reps].sort(byText).map((repId) => ({ repId, row: rowOf(result, repId, period) }));
  const [table] = allOf(page, 'table') as [Element];
  const listed = cellsOf(table)
    .filter((cells) => cells.length > 1)
    .sort(([a = ''], [b = '']) => byText(a, b));
  expect(listed.map(([repId, ...amounts]) => [repId, ...amounts.map(shown)])).toEqual(
    rows.map(({ repId, row }) => [repId, row.paid, row.held, row.owed]),
  );
  const total = (of: (row: Row) => bigint) => rows.reduce((all, { row }) => all + of(row), 0n);
  const [foot = []] = cellsOf(table, 'tfoot');
  expect(foot.slice(1).map(shown)).toEqual([
    total(({ paid }) => paid),
    total(({ held }) => held),
    total(({ owed }) => owed),
  ]);
}

/** The rows of a statement's table are those of its page, section by section. */
export function expectTable(records: readonly Readonly<Record<string, string>>[], page: Element): void {
  const sections = {
    payable: 'payable',
    waiting: 'waiting',
    'taken-back': 'moved',
    'not-paid': 'forfeited',
    'at-risk': 'risk',
    'at-risk-later': 'risk-later',
    corrections: 'corrections',
  } as const;
  for (const [section, id] of Object.entries(sections)) {
    const table = tableIn(page, id);
    const rows = table === undefined ? [] : cellsOf(table).filter((cells) => cells.length > 1);
    const own = records.filter((record) => record['section'] === section);
    expect(
      own.map((one) => [
        one['line'],
        `${one['customer_id']} ${one['invoice_id']}`,
        shown(one['amount'] ?? ''),
      ]),
    ).toEqual(rows.map(([line, who, , , , amount = '']) => [line, who, shown(amount)]));
    own.forEach((one, at) => {
      const cells = rows[at] as string[];
      if (id === 'waiting')
        expect(cells[3]).toBe(one['due_date'] === '' ? '' : dayText(one['due_date'] ?? ''));
      else expect(cells[2]).toBe(dayText(one['date'] ?? ''));
      if (id === 'waiting' || id.startsWith('risk')) return;
      expect([cells[3], cells[4]]).toEqual([one['text'], one['rate']]);
    });
  }
  const steps = new Map(entriesOf(tableIn(page, 'steps') as Element));
  const balances = tableIn(page, 'rest');
  const rest = new Map(balances === undefined ? [] : entriesOf(balances));
  for (const { text = '', amount = '' } of records.filter((one) => one['section'] === 'summary')) {
    const label = text === 'To be repaid from earlier' && !steps.has(text) ? 'Repaid from earlier' : text;
    expect(shown(amount), text).toBe(steps.get(label) ?? rest.get(label) ?? 0n);
  }
}

/** Lines are numbered through the page, sections too, and links lead to the section that they name. */
function expectNumbers(page: Element): void {
  const ids = ['payable', 'waiting', 'moved', 'forfeited', 'risk', 'risk-later', 'corrections'];
  const numbers = ids.flatMap((id) => {
    const table = tableIn(page, id);
    return table === undefined
      ? []
      : allOf(table, 'tbody').flatMap((body) =>
          allOf(body, 'tr').flatMap((row) => {
            const [first] = allOf(row, 'td');
            return first === undefined ? [] : [textOf(first).trim()];
          }),
        );
  });
  expect(numbers).toEqual(numbers.map((_, at) => `${at + 1}`));
  const titles = allOf(page, 'h2')
    .map((head) => textOf(head).trim())
    .filter((text) => /^\d/.test(text));
  expect(titles.map((title) => Number.parseInt(title, 10))).toEqual(titles.map((_, at) => at + 1));
  for (const link of allOf(sectionOf(page, 'steps') as Element, 'a')) {
    const id = (link.attrs.find(({ name }) => name === 'href')?.value ?? '').slice(1);
    const [, number] = /^section (\d+)$/.exec(textOf(link)) ?? [];
    expect(
      textOf(byId(page, id))
        .trim()
        .startsWith(number ?? 'Your account'),
    ).toBe(true);
  }
}

/** Bookings, quota and attainment beside one another; a month's statement refers to the quarter's. */
function expectQuota(page: Element, { repId, period, result }: Subject): void {
  const section = sectionOf(page, 'quota') as Element;
  const quarter = result.quarters.find((one) => one.repId === repId && one.quarter === period.name);
  const facts = allOf(section, 'dd').map((one) => textOf(one).trim());
  if (quarter === undefined) {
    expect(facts).toEqual([]);
    return;
  }
  const { bookings, quota, attainment } = quarter;
  const own = [money(bookings, result), quota === undefined ? 'No quota' : money(quota, result)];
  // Where the window is longer than the quarter, its figures come first, and the quarter's last.
  const isLonger = facts.length > 3;
  expect(isLonger ? facts.slice(-2) : facts.slice(0, 2)).toEqual(own);
  const reached = facts.length === 2 || (isLonger && facts.length === 4) ? undefined : facts[2];
  const total = textOf(allOf(allOf(section, 'h2')[0] as Element, '.number')[0] as Element).trim();
  if (attainment === undefined) {
    expect([reached, total]).toEqual([undefined, 'No quota']);
    return;
  }
  expect(total).toBe(reached);
  if (isLonger) {
    const [sales, of] = facts.map((text) => numberOf(text)) as [number, number];
    // A quota may be finer than the currency: what is shown is within half of its smallest unit.
    const half = 0.5 / 10 ** result.currency.digits;
    const within = 0.0005 + (half * (1 + Math.abs(Number(attainment)))) / of;
    expect(Math.abs(sales / of - Number(attainment))).toBeLessThan(within);
  }
  expect(numberOf((reached ?? '').replace('%', ''))).toBeCloseTo(Number(attainment) * 100, 1);
}

/** What is paid by which day: payroll's. */
function expectDays(
  page: Element,
  parts: readonly {
    readonly name: string;
    readonly paid: bigint;
    readonly by: string;
    readonly to: string;
  }[],
  until: string,
): void {
  const section = sectionOf(page, 'paid') as Element;
  const [table] = allOf(section, 'table');
  const [only] = parts;
  const line = textOf(allOf(section, '.line')[0] as Element);
  // Payroll cannot pay a period before it is over.
  const whenOf = ({ by, to }: { readonly by: string; readonly to: string }) =>
    by > to ? `by ${dayText(by)}` : `after ${dayText(to)}`;
  if (parts.length === 1 && only !== undefined) expect(line.trim().endsWith(` ${whenOf(only)}`)).toBe(true);
  expect(table === undefined).toBe(parts.length <= 1);
  if (table !== undefined) {
    expect(cellsOf(table).map(([name, by, paid = '']) => [name, by, shown(paid)])).toEqual(
      parts.map((part) => [part.name, whenOf(part), part.paid]),
    );
  }
  const last = parts
    .map(({ by }) => by)
    .sort()
    .at(-1) as string;
  const help = textOf(sectionOf(page, 'help') as Element);
  expect(/Before (\d+ \w+ \d+), write to /.exec(help)?.[1]).toBe(last > until ? dayText(last) : undefined);
}

/** `payWithin` days after the first receipt that made something payable, or after the period's last day. */
function payBy({ payPeriods, terms }: TestResult, own: readonly Posting[], name: string): string {
  const receipts = own
    .filter((one) => one.period === name && one.cause === 'collected' && netOf(one) > 0n)
    .map(({ eventDate }) => eventDate)
    .sort();
  const from = receipts[0] ?? payPeriods.find((one) => one.name === name)?.to ?? '';
  return isoOf(addDays(dayOf(from), terms.payWithin));
}

function payRows({ terms, months, quarters }: TestResult): (Row & { readonly name: string })[] {
  return terms.payPeriod === 'month'
    ? months.map((row) => ({ ...row, name: row.month }))
    : quarters.map((row) => ({ ...row, name: row.quarter }));
}

function rowOf({ months, quarters }: TestResult, repId: string, name: string): Row {
  const row =
    quarters.find((one) => one.repId === repId && one.quarter === name) ??
    months.find((one) => one.repId === repId && one.month === name);
  if (row === undefined) throw new Error(`${repId} has no row in ${name}`);
  return row;
}

function postingsBefore({ opened, postings }: TestResult, repId: string, until: string): Posting[] {
  return [...(opened?.postings ?? []), ...postings.filter(({ date }) => date <= until)].filter(
    (one) => one.repId === repId,
  );
}

/** An amount as a statement writes it. */
function money(amount: bigint, { currency: { digits } }: TestResult): string {
  const text = `${amount < 0n ? -amount : amount}`.padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${amount < 0n ? '−' : ''}${whole}${digits === 0 ? '' : `.${text.slice(-digits)}`}`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function dayText(iso: string): string {
  const [year, month, day] = iso.split('-').map(Number) as [number, number, number];
  return `${day} ${MONTHS[month - 1]} ${year}`;
}

function numberOf(text: string): number {
  return Number(text.replaceAll(',', '').replace('−', '-'));
}

function daysBetween(from: string, to: string): number {
  return dayOf(to) - dayOf(from);
}

function dayOf(iso: string) {
  const day = findDay(iso);
  if (day === undefined) throw new Error(`${iso} is no day`);
  return day;
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
