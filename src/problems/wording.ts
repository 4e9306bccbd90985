/** The words for every fault: what it is about, and what to do about it, so that a controller can mend the file. */
import { ISO } from '../day.js';
import { groupThousands } from '../money.js';
import { CENTS_HINT, dateText, delimiterHint, numberHint } from './hints.js';
import type { Place } from './place.js';
import { type Fault, type FaultCode, type FaultFacts, WHOLE_CENTS } from './problem.js';

/** A fault in words. */
export interface Wording {
  /** What it is about, with the value as written: `due_date "2025-02-30"`; empty where the place says it all. */
  readonly subject: string;
  /** What it is and what to do, in whole sentences. */
  readonly text: string;
}

/** What the words need to know about where things are. */
export interface Surroundings {
  /** A place as a person finds it: `invoices.csv:14`. */
  readonly nameOf: (place: Place) => string;
}

/**
 * The words for a fault.
 *
 * @param surroundings - names the place of another row that a fault speaks of; the fault's own place is the caller's
 * @example wordingOf(fault, { nameOf: (place) => (place.kind === 'row' ? `${place.ledger}, row ${place.row + 1}` : '') })
 * // { subject: 'amount "1e3"', text: 'Expected a number such as 1234.56.' }
 */
export function wordingOf(fault: Fault, surroundings: Surroundings): Wording {
  const word = WORDS[fault.code] as (facts: Fault, surroundings: Surroundings) => Wording;
  return word(fault, surroundings);
}

/** Every fault there is. */
export function faultCodes(): readonly FaultCode[] {
  return Object.keys(WORDS) as FaultCode[];
}

/** The rule that a fault comes from. */
export function ruleOf(code: FaultCode): string {
  return RULES[code] ?? 'R9.1';
}

const RULES: Partial<Record<FaultCode, string>> = {
  'mixed-thresholds': 'R4.1',
  'thresholds-not-rising': 'R4.1',
  'first-band-not-zero': 'R4.1',
  'no-quota': 'R4.2',
  'overlapping-assignments': 'R2.6',
  'which-plan': 'R2.6',
  'calendar-gap': 'R2.7',
  'calendar-overlap': 'R2.7',
  'calendar-order': 'R2.7',
  'month-needed': 'R2.10',
  'outside-calendar': 'R2.7',
  'missing-due-date': 'R2.3',
  'missing-cost': 'R2.3',
  'reverses-needs-negative': 'R2.4',
  'credit-memo-clash': 'R2.4',
  'share-or-amount': 'R2.5',
  'split-of-nothing': 'R2.5',
  'closed-as-of': 'R11.1',
  'close-misfits': 'R11.1',
  'close-out-of-order': 'R11.1',
  'no-pay-period': 'R11.1',
  'no-statement': 'R8.1',
  'close-damaged': 'R11.7',
  'not-closed': 'R11.6',
  'not-newest-close': 'R11.6',
  'closes-locked': 'R11.5',
  'unwritable-close': 'R11.5',
  'unarchivable-input': 'R11.7',
};

type Words = {
  readonly [C in FaultCode]: (
    facts: FaultFacts[C] & { readonly place: Place },
    surroundings: Surroundings,
  ) => Wording;
};

const WORDS: Words = {
  'config-not-found': ({ path }) => ({
    subject: path,
    text: 'There is no such file. comp.yaml says which ledgers and plans there are; name it with --config, or go to its folder.',
  }),
  'malformed-yaml': ({ detail }) => ({ subject: 'YAML', text: sentence(detail) }),
  'unknown-key': ({ key, nearest, place }) => ({
    // A key of the terms is named by its place.
    subject: place.kind === 'terms' ? '' : key,
    text: `This key is not known.${nearest === undefined ? '' : ` Did you mean ${nearest}?`}`,
  }),
  'unused-key': ({ reason }) => ({ subject: '', text: `${reason} Remove it.` }),
  'missing-key': ({ expected }) => ({
    subject: '',
    text: `This key is missing or has no value. Expected ${expected}.`,
  }),
  'wrong-value': ({ found, expected }) => ({ subject: quoted(found), text: `Expected ${expected}.` }),
  'percent-needed': ({ found, threshold }) => ({
    subject: quoted(found),
    text: threshold
      ? 'A threshold is a share of quota and bears its percent sign: 100% is the whole quota.'
      : `Is this ${found}%? Write it with its percent sign.`,
  }),
  'percent-out-of-range': ({ found, expected }) => ({
    subject: quoted(found),
    text: `Expected ${expected}.`,
  }),
  'thresholds-not-rising': ({ found, before }) => ({
    subject: quoted(found),
    text: `The band before starts at ${before}. Thresholds rise from band to band.`,
  }),
  'first-band-not-zero': ({ found }) => ({
    subject: quoted(found),
    text: 'The first band starts at 0, so that every booking has a rate.',
  }),
  'mixed-thresholds': ({ found, expected }) => ({
    subject: found,
    text: `The table's first band says ${expected}, so every band says ${expected} and no other threshold.`,
  }),
  'duplicate-plan': ({ plan }) => ({
    subject: quoted(plan),
    text: 'Another plan has this id already. Give each plan its own.',
  }),
  'duplicate-account': ({ account, other }) => ({
    subject: quoted(account),
    text: `This is the account for ${other} already. Give each its own, so that its balance is one thing.`,
  }),
  'unknown-currency': ({ found }) => ({
    subject: quoted(found),
    text: 'ISO 4217 knows no such currency. Write its three capital letters, such as USD, EUR or JPY.',
  }),

  'file-not-found': ({ path, relativeTo }) => ({
    subject: path,
    text: `There is no such file. Its path is relative to ${relativeTo}.`,
  }),
  'unreadable-file': ({ path, reason }) => ({ subject: path, text: `The file cannot be read: ${reason}.` }),
  'not-utf8': () => ({
    subject: '',
    text: 'The file is not UTF-8 text. Export it again as "CSV UTF-8", or say what it is: encoding: windows-1252 (Excel\'s "CSV") or utf-16le.',
  }),
  'wrong-encoding': ({ encoding }) => ({
    subject: '',
    text: `The file is not ${encoding} text. Say how it is written: encoding: utf-8, utf-16le, utf-16be or windows-1252.`,
  }),
  'not-csv': ({ kind, advice }) => ({
    subject: '',
    text: `This is ${kind}, not CSV text. ${advice}`,
  }),
  'not-text': () => ({
    subject: '',
    text: 'The file has a NUL byte, which no text has. If it is UTF-16, say encoding: utf-16le or utf-16be; else export it again.',
  }),
  'line-too-long': () => ({
    subject: '',
    text: 'A row goes on for more than 1 MiB. Is this a CSV file, with a line for each row and every quote closed?',
  }),
  'damaged-gzip': () => ({
    subject: '',
    text: 'The file begins as gzip does but cannot be unpacked to its end. Copy or export it again.',
  }),
  'unpacks-too-large': () => ({
    subject: '',
    text: 'The file unpacks to more than a hundred times its size, as no ledger does. Unpack it yourself if that is right.',
  }),
  'malformed-csv': ({ detail }) => ({ subject: 'CSV', text: sentence(detail) }),
  'empty-file': () => ({
    subject: '',
    text: 'The file is empty. Expected a header row with the names of the columns.',
  }),
  'wrong-cell-count': ({ found, expected }) => ({
    subject: `${found} cells`,
    text: `The header has ${expected} columns. Is there a comma in a cell that needs quotes, such as "1,234.56"?`,
  }),
  'duplicate-column': ({ column }) => ({
    subject: column,
    text: 'The header has this column twice. Say which by its position, counted from 1, under columns; or rename one of them.',
  }),
  'missing-column': ({ column, mapped, file, header, nearest, place }) => ({
    subject: column,
    text: [
      mapped === undefined ? '' : `comp.yaml maps it to ${quoted(mapped)}, which is not there. `,
      `The header has ${listed(header)}.`,
      delimiterHint(header) ??
        ` Map it: ${ledgerOf(place)}: {file: ${asYaml(file)}, columns: {${column}: ${asYaml(nearest ?? 'its name in the header')}}}.`,
    ].join(''),
  }),
  'missing-header': ({ header, names, nearest }) => ({
    subject: quoted(header),
    text: [
      `comp.yaml names this column, and the file does not have it. The header has ${listed(names)}.`,
      delimiterHint(names) ?? (nearest === undefined ? '' : ` Did you mean ${quoted(nearest)}?`),
    ].join(''),
  }),
  'record-above-header': ({ names }) => ({
    subject: '',
    text: `This row reads as a record, and stands above the header that the mapping finds: ${listed(names)}. Is the file two tables, or a column mapped by a name of the second?`,
  }),
  'value-not-seen': ({ header, value, seen, nearest }) => ({
    subject: quoted(value),
    text: [
      seen.length === 0
        ? `The column ${quoted(header)} is empty in every row.`
        : `No row has this in ${quoted(header)}; there are ${listed(seen)}.`,
      nearest === undefined ? '' : ` Did you mean ${quoted(nearest)}?`,
      ' If it need not occur, add optional: true.',
    ].join(''),
  }),
  'no-rows-left': ({ rows }) => ({
    subject: '',
    text: `The mapping leaves out every row of the file (${rows}). Check where, skipEmpty and snapshot; a ledger that is empty for now can be left out.`,
  }),
  'total-row-missing': ({ pattern }) => ({
    subject: quoted(pattern),
    text: 'No row of the file begins with this. Is the export cut off, or the total called otherwise?',
  }),
  'total-differs': ({ column, found, expected, difference }) => ({
    subject: `${column} ${quoted(expected)}`,
    text: `The report's own total is ${groupThousands(expected)}, and its rows add up to ${groupThousands(found)}: a difference of ${groupThousands(difference)}. Is a row missing, or counted twice?`,
  }),
  'lines-differ': ({ column, isAmount, found, other, document, first }, { nameOf }) => ({
    subject: `${column} ${quoted(found)}`,
    text: `${document} has ${quoted(other)} on ${nameOf(first)}. Lines of one document have the same here; say lines: ${isAmount ? `{${column}: sum} to add them up, or first to take the first` : `{${column}: first} to take the first`}.`,
  }),

  'duckdb-missing': () => ({
    subject: '',
    text: 'A query runs in DuckDB, which is not installed. Install it beside comp: npm install @duckdb/node-api',
  }),
  'query-not-select': ({ found }) => ({
    subject: found,
    text: 'A query is one SELECT that yields our columns; it changes nothing and writes nothing.',
  }),
  'query-failed': ({ detail }) => ({ subject: '', text: sentence(detail) }),
  'inexact-column': ({ column, type }) => ({
    subject: `${column} ${type}`,
    text: `Binary fractions are not exact to the cent. Cast where the value is still text or decimal: cast(${column} as decimal(18,2)), from read_csv(…, all_varchar = true).`,
  }),

  'blank-cell': ({ column }) => ({
    subject: column,
    text: 'The cell is blank. Every row needs a value here.',
  }),
  'malformed-date': ({ column, found, expected }) => ({
    subject: `${column} ${quoted(found)}`,
    text: dateText(found, expected),
  }),
  'ambiguous-date': ({ column, found, formats }) => ({
    subject: `${column} ${quoted(found)}`,
    text: `This is one day as ${formats.join(' and another as ')}. Keep the format that the file is written in.`,
  }),
  'malformed-number': ({ column, found, expected }) => ({
    subject: `${column} ${quoted(found)}`,
    text: `Expected a number such as ${expected}.${expected === WHOLE_CENTS ? CENTS_HINT : numberHint(found)}`,
  }),
  'malformed-quarter': ({ column, found, expected }) => ({
    subject: `${column} ${quoted(found)}`,
    text: `Expected a quarter such as 2025-Q1${expected === '' ? '' : `, or a date in it as ${expected}`}.`,
  }),
  'malformed-month': ({ column, found }) => ({
    subject: `${column} ${quoted(found)}`,
    text: 'Expected a month such as 2025-03.',
  }),
  'share-out-of-range': ({ column, found }) => ({
    subject: `${column} ${quoted(found)}`,
    text: 'A share is above 0 and at most 100% of the invoice.',
  }),

  'duplicate-key': ({ key, first }, { nameOf }) => ({
    subject: key,
    text: `Already on ${nameOf(first)}. If both are real, give one another id; if not, delete one.`,
  }),
  'sign-mismatch': ({ amount, total }) => ({
    subject: `total ${quoted(total)}`,
    text: `The amount is ${amount}. The total is the amount with tax, so both are above 0 or both below.`,
  }),
  'share-or-amount': ({ share, amount }) => ({
    subject: share === '' && amount === '' ? 'share' : `share ${quoted(share)} and amount ${quoted(amount)}`,
    text: 'Expected either a share (60%) or an amount of the invoice, not both and not neither.',
  }),
  'split-of-nothing': ({ invoice, amount }) => ({
    subject: `amount ${quoted(amount)}`,
    text: `The amount of ${invoice} is 0, so no amount is a share of it. Split it by share.`,
  }),
  'reverses-needs-negative': ({ invoice, amount }) => ({
    subject: `reverses ${quoted(invoice)}`,
    text: `The amount is ${amount}. An invoice that reverses another has an amount below 0; clear reverses if this is a sale.`,
  }),
  'credit-memo-clash': ({ id, invoice, first }, { nameOf }) => ({
    subject: `credit_memo_id ${quoted(id)}`,
    text: `${nameOf(first)} reverses ${invoice} under the same id, so the credit would count twice. Delete one, or give it another id.`,
  }),
  'negative-quota': ({ found }) => ({ subject: `quota ${quoted(found)}`, text: 'A quota is 0 or more.' }),
  'to-before-from': ({ from, to }) => ({
    subject: `to ${quoted(to)}`,
    text: `This is before from, ${from}. Expected the last day, which may be the same day.`,
  }),
  'overlapping-assignments': ({ rep, plan, from, otherPlan, otherFrom, otherTo, first }, { nameOf }) => ({
    subject: `${rep} on plan ${plan} from ${from}`,
    text: `${rep} is on ${otherPlan} from ${otherFrom} ${otherTo === undefined ? 'on, without an end' : `to ${otherTo}`} (${nameOf(first)}). A rep has one plan at a time: end that one before ${from}${otherTo === undefined ? '' : `, or start this one after ${otherTo}`}.`,
  }),
  'calendar-gap': ({ from, before }) => ({
    subject: `from ${quoted(from)}`,
    text: `The row before ends on ${before}, so days between belong to no quarter. Start on the day after ${before}.`,
  }),
  'calendar-overlap': ({ from, before }) => ({
    subject: `from ${quoted(from)}`,
    text: `The row before ends on ${before}, so days belong to two quarters. Start on the day after ${before}.`,
  }),
  'calendar-order': ({ name, before }) => ({
    subject: quoted(name),
    text: `It comes after ${before} in time. Quarters and months are named in order, and a month lies in one quarter.`,
  }),
  'month-needed': ({ quarter }) => ({
    subject: 'month',
    text: `Pay is by month, so every row of the calendar names its month (2025-03). This row of ${quarter} names none.`,
  }),

  'unknown-plan': ({ plan, plans, nearest }) => ({
    subject: `plan_id ${quoted(plan)}`,
    text: `comp.yaml has no plan of this id; it has ${plans.join(', ')}.${nearest === undefined ? '' : ` Did you mean ${nearest}?`}`,
  }),
  'which-plan': ({ plans }) => ({
    subject: plans.join(', '),
    text: 'There are several plans but no assignments ledger, so nobody knows who is on which. Add ledgers: {assignments: assignments.csv}.',
  }),
  'no-quota': ({ rep, window, invoice, plan }) => ({
    subject: `${rep}, ${window}`,
    text: `${invoice} is paid by attainment (plan ${plan}), and ${rep} has no quota in ${window}. Add a row for ${rep}, or use fromAmount bands.`,
  }),
  'missing-due-date': ({ invoice, plan }) => ({
    subject: 'due_date',
    text: `Plan ${plan} takes commission back when ${invoice} is past due, so it needs a due date.`,
  }),
  'missing-cost': ({ invoice, rep, plan }) => ({
    subject: 'cost',
    text: `Plan ${plan} of ${rep} is based on gross profit, so ${invoice} needs its cost.`,
  }),
  'other-currency': ({ found, expected }) => ({
    subject: `currency ${quoted(found)}`,
    text: `The workspace is in ${expected}. Keep invoices of another currency in a workspace of their own.`,
  }),
  'outside-calendar': ({ date, from, to }) => ({
    subject: date,
    text:
      from === ''
        ? 'The calendar has no rows.'
        : `The calendar runs from ${from} to ${to}. Add the quarter that this day lies in.`,
  }),
  'malformed-as-of': ({ found }) => ({ subject: quoted(found), text: `Expected the as-of date as ${ISO}.` }),
  'no-statement': ({ rep, period, nearest }) => ({
    subject: rep === undefined ? period : `${rep}, ${period}`,
    text:
      rep === undefined
        ? `Nothing is booked or posted up to ${period}, so there is nobody to write a statement for.`
        : `This rep has no row in ${period}: nothing is booked or posted for them up to then.${nearest === undefined ? '' : ` Did you mean ${nearest}?`}`,
  }),
  'unknown-period': ({ found }) => ({
    subject: `period ${quoted(found)}`,
    text: 'This is no period of the workspace. Expected a fiscal quarter such as 2025-Q1, or a month such as 2025-03.',
  }),

  'negative-opening': ({ found }) => ({
    subject: `owed ${quoted(found)}`,
    text: 'What a rep still owes is 0 or more. What the company owes a rep is paid out before the opening.',
  }),
  'opening-dates-differ': ({ found, other }) => ({
    subject: `date ${quoted(found)}`,
    text: `The first row says ${other}, and a workspace begins on one day. Every row has the same date: the last day before the workspace begins.`,
  }),
  'opening-inside-quarter': ({ found, quarter, end }) => ({
    subject: `date ${quoted(found)}`,
    text: `This day lies inside ${quarter}. A workspace begins with a fiscal quarter: name the last day of one, such as ${end}.`,
  }),
  'before-opening': ({ asOf, opening }) => ({
    subject: `as of ${asOf}`,
    text: `The workspace begins after ${opening}, the date of its openings. Name a later day.`,
  }),
  'missing-commission': ({ invoice, plan, opening }) => ({
    subject: invoice,
    text: `It was booked on or before ${opening}, the date of the openings, and plan ${plan} pays by attainment, which is not known for that time. Say in the column commission what its reps earn on it.`,
  }),
  'commission-not-opened': ({ invoice, opening }) => ({
    subject: invoice,
    text: `${opening === undefined ? 'There are no openings' : `It was booked after the opening on ${opening}`}, so its commission follows from its plan. Leave the cell blank.`,
  }),
  'commission-of-nothing': ({ invoice, found }) => ({
    subject: `${invoice}, commission ${quoted(found)}`,
    text: 'What the plan pays on is 0 here, so nothing can be earned on it. Write 0, or correct the amount or the cost.',
  }),
  'closed-as-of': ({ period, asOf, from }) => ({
    subject: `as of ${asOf}`,
    text: `Periods up to ${period} are closed, and what was paid for them is not calculated again: it is kept in closes/. Name ${from} or a later day.`,
  }),
  'close-misfits': ({ period, what, found, expected }) => ({
    subject: found === '' || found === period ? `close of ${period}` : `close of ${period}, ${found}`,
    text: MISFITS[what](expected, found),
  }),

  'close-damaged': ({ detail, remedy }) => ({ subject: detail, text: REMEDIES[remedy] }),
  'no-pay-period': ({ found, payPeriod }) => ({
    subject: found,
    text: `Pay is by the ${payPeriod} here (payPeriod in comp.yaml). Expected ${payPeriod === 'quarter' ? 'a fiscal quarter such as 2025-Q1' : 'a month such as 2025-03'}.`,
  }),
  'close-out-of-order': ({ period, open, closed }) => ({
    subject: period,
    text:
      open === undefined
        ? `Periods close in order, and ${closed}, which comes after it, is closed.`
        : `Periods close in order, and ${open} is still open. Close ${open} first.`,
  }),
  'not-closed': ({ period, last }) => ({
    subject: period,
    text: `This period is not closed.${last === undefined ? ' No period is.' : ` The newest close is ${last}.`}`,
  }),
  'not-newest-close': ({ period, last }) => ({
    subject: period,
    text: `Later closes rest on it. Only the newest close can be undone, and that is ${last}: reopen it first.`,
  }),
  'closes-locked': ({ path, holder }) => ({
    subject: path,
    text: `Closes change one at a time: ${holder}. Nothing was changed. Wait until it is done, then run this again.`,
  }),
  'unwritable-close': ({ path, reason }) => ({
    subject: path,
    text: `No close can be written or moved there: ${reason}. Nothing was changed.`,
  }),
  'unarchivable-input': ({ file, why }) => ({
    subject: file,
    text: UNARCHIVABLE[why],
  }),

  'nothing-to-explain': ({ found, invoice, asOf, nearest, known }) => ({
    subject: found,
    text:
      known?.kind === 'rep'
        ? `As of ${asOf}, this rep has rows from ${known.from} to ${known.to}, and none in ${known.period}.`
        : known?.kind === 'invoice'
          ? `This is an invoice that ${known.reps.join(', ')} ${known.reps.length === 1 ? 'is' : 'are'} credited on. ${known.flag === '--rep' ? 'Name one of them, or leave out --rep.' : '--quarter goes with a rep: name one of them, or leave it out.'}`
          : invoice !== undefined
            ? `This is a row on invoice ${invoice}: comp explain ${invoice} tells what it did.`
            : `No invoice or rep of this name has anything booked up to ${asOf}.${nearest === undefined ? '' : ` Did you mean ${nearest}?`}`,
  }),

  'control-total-differs': ({ figure, found, expected, difference, place }) => ({
    subject: place.kind === 'terms' ? quoted(expected) : `--expect ${figure}=${expected}`,
    text: `The ledger comes to ${found}: a difference of ${difference}. Is the export complete, and of the same day as the figure?`,
  }),

  'workspace-exists': ({ path }) => ({
    subject: path,
    text: 'There is a workspace already. Name another folder, or move this file away.',
  }),
  'unwritable-folder': ({ path, reason }) => ({
    subject: path,
    text: `A workspace cannot be written there: ${reason}. Name another folder.`,
  }),
  'unwritable-output': ({ path, reason }) => ({
    subject: `--out ${path}`,
    text: `Results cannot be written there: ${reason}. Earlier results are as they were.`,
  }),
  'output-is-input': ({ path, file }) => ({
    subject: `--out ${path}`,
    text: `Results would take the place of ${file}, which is an input. Name another place.`,
  }),
};

/** Why a copy of an input would be of no use. */
const UNARCHIVABLE: Readonly<Record<FaultFacts['unarchivable-input']['why'], string>> = {
  absolute:
    'comp.yaml names this file by an absolute path, so a copy could not take its place when the close is performed again. Name it by a path relative to comp.yaml.',
  changed:
    'The file changed while it was read, so what was calculated is not what is there now. Close again.',
};

/** How a close does not fit the workspace, by what differs. */
const MISFITS: Readonly<
  Record<FaultFacts['close-misfits']['what'], (expected: string, found: string) => string>
> = {
  'pay period': (expected) =>
    `Pay is by the ${expected} now, and was not when this was closed. Put payPeriod in comp.yaml back.`,
  days: (expected) =>
    `These were its days when it was closed, and now ${expected === '' ? 'there is no such period' : `they are ${expected}`}. Put the calendar, or fiscalYearStart, back.`,
  currency: (expected) =>
    `This was the currency when it was closed, and comp.yaml says ${expected} now. Put the currency back.`,
  opening: (expected, found) => {
    if (expected === '')
      return 'The workspace began after this day when it was closed. Put the openings back.';
    if (found === '')
      return `There were no openings when it was closed, and now they say ${expected}. Take them out.`;
    return `The workspace began after this day when it was closed, and the openings say ${expected} now. Put them back.`;
  },
  'owed at the opening': (expected) =>
    `This was owed at the opening when it was closed, and the openings say ${expected} now. Put them back.`,
  order: (expected) =>
    `Closes follow each other without gaps, so this one should begin on ${expected}. Put the missing close back.`,
};

/** What to do about a file among closes that is not what it was. */
const REMEDIES: Readonly<Record<FaultFacts['close-damaged']['remedy'], string>> = {
  restore:
    'A close is never changed. Put the file back from a backup; comp verify names every file that has changed.',
  remove: 'Only what comp writes is kept among closes. Move it away.',
  compare:
    'Either the close was changed by hand, or this version of comp calculates otherwise than the one that closed it: CHANGELOG.md tells what has changed.',
};

/** The most names that a message lists. */
const MOST_NAMES = 20;

function listed(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).join(', ');
  return names.length <= MOST_NAMES ? shown : `${shown} and ${names.length - MOST_NAMES} more`;
}

/** Text as it can be pasted into comp.yaml. */
function asYaml(text: string): string {
  return /^[A-Za-z][\w.-]*$/.test(text) ? text : JSON.stringify(text);
}

function ledgerOf(place: Place): string {
  return place.kind === 'ledger' ? place.ledger : '';
}

function quoted(text: string): string {
  return `"${text}"`;
}

function sentence(text: string): string {
  const trimmed = text.trim();
  return /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
