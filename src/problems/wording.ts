/** The text of every fault: what was found, what was expected and what to do, so that a controller can fix the file. */
import { counted, listOf, verb } from '../counted.js';
import { FIRST_YEAR, ISO, LAST_YEAR } from '../day.js';
import { LEDGER_COLUMNS } from '../ledger-specs/columns.js';
import { groupThousands } from '../money.js';
import { CENTS_HINT, dateText, delimiterHint, numberHint } from './hints.js';
import type { Place } from './place.js';
import { type FaultCode, type FaultFacts, type FaultOf, WHOLE_CENTS } from './problem.js';

/** The text of a fault. */
export interface Wording {
  /** What it is about, with the value as written: `due_date "2025-02-30"`; empty if the place is enough. */
  readonly subject: string;
  /** What is wrong and what to do, in full sentences. */
  readonly text: string;
}

/** What a text needs to know about places. */
export interface Surroundings {
  /** A place as a person finds it: `invoices.csv:14`. */
  readonly nameOf: (place: Place) => string;
  /** Whether the inputs come from a program, which has no comp.yaml and no flags. */
  readonly isLibrary?: boolean;
}

/**
 * The text of a fault.
 *
 * @param surroundings - names the place of another row that the text mentions; the caller shows the fault's own place
 * @example wordingOf(fault, { nameOf: (place) => (place.kind === 'row' ? `${place.ledger}, row ${place.row + 1}` : '') })
 * // { subject: 'amount "1e3"', text: 'Expected a number such as 1234.56.' }
 */
export function wordingOf<C extends FaultCode>(fault: FaultOf<C>, surroundings: Surroundings): Wording {
  return WORDS[fault.code](fault, surroundings);
}

/** The codes of all faults. */
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
  'unknown-kind': 'R21.1',
  'overlapping-draws': 'R24.1',
  'which-plan': 'R2.6',
  'calendar-gap': 'R2.7',
  'calendar-overlap': 'R2.7',
  'calendar-order': 'R2.7',
  'month-needed': 'R2.10',
  'outside-calendar': 'R2.7',
  'missing-due-date': 'R2.3',
  'team-cycle': 'R12.3',
  'overlapping-rows': 'R12.3',
  'items-differ': 'R13.1',
  'items-without-cost': 'R13.1',
  'unrated-category': 'R13.2',
  'category-needed': 'R13.2',
  'duplicate-category': 'R13.2',
  'no-fx-rate': 'R15.1',
  'other-currency': 'R15.1',
  'cash-currency': 'R15.3',
  'control-total-currencies': 'R15.3',
  'commissionable-sign': 'R26.3',
  'missing-cost': 'R2.3',
  'reverses-needs-negative': 'R2.4',
  'credit-memo-clash': 'R2.4',
  'share-or-amount': 'R2.5',
  'split-of-nothing': 'R2.5',
  'schedule-differs': 'R16.2',
  'closed-as-of': 'R11.1',
  'close-misfits': 'R11.1',
  'close-out-of-order': 'R11.1',
  'rep-renamed': 'R11.11',
  'alias-cycle': 'R11.11',
  'rows-not-kept': 'R11.12',
  'period-not-over': 'R11.1',
  'exceptions-in-close': 'R11.1',
  'fingerprint-differs': 'R11.7',
  'no-pay-period': 'R11.1',
  'no-statement': 'R8.1',
  'close-damaged': 'R11.7',
  'preparer-approves': 'R11.8',
  'preparer-unknown': 'R11.8',
  'handed-over-misfits': 'R11.9',
  'not-closed': 'R11.6',
  'not-newest-close': 'R11.6',
  'closed-without-archive': 'R11.7',
  'closes-locked': 'R11.5',
  'unwritable-close': 'R11.5',
  'unarchivable-input': 'R11.7',
};

/** R31.2: whether a version has a key that only its plan may have. */
function isOfWholePlan(place: Place): boolean {
  if (place.kind !== 'terms') return false;
  const { path } = place;
  return path.at(-3) === 'versions' && ['id', 'credit', 'cap'].includes(String(path.at(-1)));
}

type Words = {
  readonly [C in FaultCode]: (fault: FaultOf<C>, surroundings: Surroundings) => Wording;
};

const WORDS: Words = {
  'config-not-found': ({ path }) => ({
    subject: path,
    text: 'There is no such file. comp.yaml lists the ledgers and plans: give its path with --config, or change to its folder.',
  }),
  'malformed-yaml': ({ detail }) => ({ subject: 'YAML', text: sentence(detail) }),
  'unknown-key': ({ key, nearest, place }) => ({
    // A key of the terms is named by its place.
    subject: place.kind === 'terms' ? '' : key,
    text: isOfWholePlan(place)
      ? `A version cannot change ${key}, which is of the plan as a whole. Write another plan, and assign it from that day on.`
      : `Unknown key. ${nearest === undefined ? 'Correct or remove it.' : `Did you mean ${nearest}?`}`,
  }),
  'unused-key': ({ reason }) => ({ subject: '', text: `${reason} Remove it.` }),
  'missing-key': ({ expected }) => ({
    subject: '',
    text: `This key is missing or empty. Expected ${expected}.`,
  }),
  'wrong-value': ({ found, expected }) => ({
    subject: quoted(found),
    text: `Expected ${sentence(expected)}`,
  }),
  'percent-needed': ({ found, threshold }) => ({
    subject: quoted(found),
    text: threshold
      ? 'Thresholds are percentages of quota: add the % sign. 100% is the full quota.'
      : `Is this ${found}%? Add the % sign.`,
  }),
  'percent-out-of-range': ({ found, expected }) => ({
    subject: quoted(found),
    text: `Expected ${expected}.`,
  }),
  'thresholds-not-rising': ({ found, before }) => ({
    subject: quoted(found),
    text: `The previous band starts at ${before}. Each threshold must be higher than the one before it.`,
  }),
  'first-band-not-zero': ({ found }) => ({
    subject: quoted(found),
    text: 'The first band must start at 0, so that every booking has a rate.',
  }),
  'mixed-thresholds': ({ found, expected }) => ({
    subject: found,
    text: `The first band of this table has the key ${expected}, so every band must have ${expected} and no other threshold.`,
  }),
  'duplicate-plan': ({ plan }) => ({
    subject: quoted(plan),
    text: 'Another plan already has this id. Give each plan a different id.',
  }),
  'category-needed': () => ({
    subject: '',
    text: 'Only the last entry of rates may leave out category: it applies to every category that no other entry names. Add a category, or move this entry to the end.',
  }),
  'duplicate-category': ({ category }) => ({
    subject: quoted(category),
    text: 'Another entry of rates already names this category. Name each category once.',
  }),
  'duplicate-account': ({ account, other }) => ({
    subject: quoted(account),
    text: `This is already the account for ${other}. Use a different account for each.`,
  }),
  'unknown-currency': ({ found }) => ({
    subject: quoted(found),
    text: 'This is not an ISO 4217 currency code. Use three capital letters, such as USD, EUR or JPY.',
  }),

  'file-not-found': ({ path, relativeTo }) => ({
    subject: path,
    text: `There is no such file. Check the path, which is relative to ${relativeTo}.`,
  }),
  'unreadable-file': ({ path, reason }) => ({
    subject: path,
    text: `The file cannot be read: ${reason}. Correct the cause, or name another file.`,
  }),
  'not-utf8': () => ({
    subject: '',
    text: 'The file is not UTF-8 text. Export it again as "CSV UTF-8", or set encoding: windows-1252 (for Excel\'s "CSV") or utf-16le.',
  }),
  'wrong-encoding': ({ encoding }) => ({
    subject: '',
    text: `The file is not ${encoding} text. Set the right encoding: utf-8, utf-16le, utf-16be or windows-1252.`,
  }),
  'not-csv': ({ kind, advice }) => ({
    subject: '',
    text: `This is ${kind}, not CSV text. ${advice}`,
  }),
  'not-text': () => ({
    subject: '',
    text: 'The file contains a NUL byte, so it is not plain text. If it is UTF-16, set encoding: utf-16le or utf-16be; otherwise export it again.',
  }),
  'line-too-long': () => ({
    subject: '',
    text: 'A row is longer than 1 MiB. Is this a CSV file with one line per row, and is every quote closed?',
  }),
  'damaged-gzip': () => ({
    subject: '',
    text: 'The file starts like gzip but cannot be unpacked completely. Copy or export it again.',
  }),
  'unpacks-too-large': () => ({
    subject: '',
    text: 'The file unpacks to more than a hundred times its size, which is not normal for a ledger. If it is correct, unpack it yourself.',
  }),
  'malformed-csv': ({ detail }) => ({ subject: 'CSV', text: sentence(detail) }),
  'empty-file': () => ({
    subject: '',
    text: 'The file is empty. Expected a header row with the column names.',
  }),
  'wrong-cell-count': ({ found, expected }) => ({
    subject: `${found} cells`,
    text: `The header has ${expected} columns. ${found < expected ? 'Is a delimiter missing, or is the row cut off?' : 'Does a cell contain a comma and need quotes, such as "1,234.56"?'}`,
  }),
  'duplicate-column': ({ column }) => ({
    subject: column,
    text: 'The header has this column twice. Rename one of them, or give the position of the right one (counted from 1) under columns.',
  }),
  'missing-column': ({ column, mapped, file, header, nearest, place }) => ({
    subject: column,
    text: [
      mapped === undefined ? '' : `comp.yaml maps it to ${quoted(mapped)}, which the file does not have. `,
      `The header has ${listed(header)}.`,
      delimiterHint(header) ??
        ` Map it: ${ledgerOf(place)}: {file: ${asYaml(file)}, columns: {${column}: ${asYaml(nearest ?? 'its name in the header')}}}.`,
    ].join(''),
  }),
  'missing-header': ({ header, names, nearest }) => ({
    subject: quoted(header),
    text: [
      `comp.yaml names this column, but the file does not have it. The header has ${listed(names)}.`,
      delimiterHint(names) ?? (nearest === undefined ? '' : ` Did you mean ${quoted(nearest)}?`),
    ].join(''),
  }),
  'record-above-header': ({ names }) => ({
    subject: '',
    text: `This row looks like a record, but it is above the header that the mapping finds: ${listed(names)}. Does the file contain two tables, or does the mapping use a column name of the second one?`,
  }),
  'value-not-seen': ({ header, value, seen, nearest }) => ({
    subject: quoted(value),
    text: [
      seen.length === 0
        ? `The column ${quoted(header)} is empty in every row.`
        : `No row has this value in ${quoted(header)}, only ${listed(seen)}.`,
      nearest === undefined ? '' : ` Did you mean ${quoted(nearest)}?`,
      ' If the value can be absent, add optional: true.',
    ].join(''),
  }),
  'unlisted-value': ({ header, value, rows, place }) => ({
    subject: `${header} ${quoted(value)}`,
    text: `${rows === 1 ? 'This row has' : `${rows} rows have`} a value that is not listed under where. If ${rows === 1 ? 'it belongs' : 'they belong'} in ${ledgerOf(place)}, add the value to the list in. If not, add it to the list others. If ${rows === 1 ? 'it belongs' : 'they belong'} in another ledger, as a bad debt does in writeOffs, add that ledger too.`,
  }),
  'no-rows-left': ({ rows }) => ({
    subject: '',
    text: `The mapping leaves out every row of the file (${rows} in all). Check the keys where, skipEmpty and snapshot. If the ledger is empty for now, remove it from comp.yaml.`,
  }),
  'total-row-missing': ({ pattern }) => ({
    subject: quoted(pattern),
    text: 'No row of the file starts with this. Is the export cut off, or does the total row have another name?',
  }),
  'total-differs': ({ column, found, expected, difference }) => ({
    subject: `${column} ${quoted(expected)}`,
    text: `The report's own total is ${groupThousands(expected)}, but its rows add up to ${groupThousands(found)}: a difference of ${groupThousands(difference)}. Is a row missing or counted twice?`,
  }),
  'lines-differ': ({ column, isAmount, found, other, document, first }, { nameOf }) => ({
    subject: `${column} ${quoted(found)}`,
    text: `${document} has ${quoted(other)} on ${nameOf(first)}. Lines of one document must have the same value here. Set lines: ${isAmount ? `{${column}: sum} to add them up, or first to take the first` : `{${column}: first} to take the first`}.`,
  }),

  'duckdb-missing': () => ({
    subject: '',
    text: 'Queries need DuckDB, which is not installed. Install it next to comp: npm install @duckdb/node-api',
  }),
  'query-not-select': ({ found }) => ({
    subject: found,
    text: 'A query must be a single SELECT. It cannot change or write anything.',
  }),
  'query-failed': ({ detail }) => ({ subject: '', text: sentence(detail) }),
  'inexact-column': ({ column, type }) => ({
    subject: `${column} ${type}`,
    text: `This type stores binary fractions, which are not exact to the cent. Cast the value while it is still text or decimal: cast(${column} as decimal(18,2)), from read_csv(…, all_varchar = true).`,
  }),

  'blank-cell': ({ column }) => ({
    subject: column,
    text: 'The cell is blank. Every row needs a value here.',
  }),
  'malformed-date': ({ column, found, expected }, { isLibrary }) => ({
    subject: `${column} ${quoted(found)}`,
    text: isLibrary === true ? `Expected a day such as 2025-03-31.` : dateText(found, expected),
  }),
  'ambiguous-date': ({ column, found, formats }) => ({
    subject: `${column} ${quoted(found)}`,
    text: `This is a different day in ${formats.join(' than in ')}. Keep only the format that the file uses.`,
  }),
  'malformed-number': ({ column, found, expected }, { isLibrary }) => ({
    subject: `${column} ${quoted(found)}`,
    text: `Expected a number such as ${expected}.${isLibrary === true ? '' : expected === WHOLE_CENTS ? CENTS_HINT : numberHint(found)}`,
  }),
  'malformed-quarter': ({ column, found, expected }) => ({
    subject: `${column} ${quoted(found)}`,
    text: `${noFifth(found)}Expected a quarter such as 2025-Q1${expected === '' ? '' : `, or a date in the quarter as ${expected}`}.`,
  }),
  'malformed-month': ({ column, found }) => ({
    subject: `${column} ${quoted(found)}`,
    text: 'Expected a month such as 2025-03.',
  }),
  'unknown-choice': ({ column, found, words }) => ({
    subject: `${column} ${quoted(found)}`,
    text: `Expected ${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}.`,
  }),
  'share-out-of-range': ({ column, found }) => ({
    subject: `${column} ${quoted(found)}`,
    text: 'A share must be above 0 and at most 100% of the invoice.',
  }),

  'duplicate-key': ({ key, first, place }, { nameOf, isLibrary }) => ({
    subject: key,
    text: `Already on ${nameOf(first)}. If both rows are real, change the id of one; if not, delete one.${isLibrary === true ? '' : ownIdText(place)}`,
  }),
  'not-above-zero': ({ column, found }) => ({
    subject: `${column} ${quoted(found)}`,
    text: `Expected ${column === 'rate' ? 'a rate' : 'an amount'} above 0.`,
  }),
  'schedule-differs': ({ invoice, found, expected }) => ({
    subject: invoice,
    text: `Its instalments add up to ${found}, but its total is ${expected}. Correct the amounts, or add the missing instalment.`,
  }),
  'share-or-amount': ({ share, amount }) => ({
    subject: share === '' && amount === '' ? 'share' : `share ${quoted(share)} and amount ${quoted(amount)}`,
    text: 'Expected either a share (60%) or an amount of the invoice. Fill in exactly one.',
  }),
  'split-of-nothing': ({ invoice, amount }) => ({
    subject: `amount ${quoted(amount)}`,
    text: `The amount of ${invoice} is 0, so it cannot be split by amount. Split it by share.`,
  }),
  'reverses-needs-negative': ({ invoice, amount, total }) => ({
    subject: `reverses ${quoted(invoice)}`,
    text: `The amount is ${amount}${total === '' ? '' : ` and the total ${total}`}. An invoice that reverses another must have a total below 0, and an amount of 0 or less. If this is a sale, leave reverses blank.`,
  }),
  'commissionable-sign': ({ found, amount }) => ({
    subject: `commissionable ${quoted(found)}`,
    text: `The amount of the credit memo is ${amount}. Its amount and commissionable must have the same sign. Correct the wrong one.`,
  }),
  'items-differ': ({ invoice, what, items, of }) => ({
    subject: `${what} of ${invoice}`,
    text: `The items of this invoice add up to ${items}, but the invoice has ${of}. Correct the items or the invoice: they must agree exactly.`,
  }),
  'items-without-cost': ({ invoice, items, without }) => ({
    subject: `cost of ${invoice}`,
    text: `${without} of its ${items} items ${without === 1 ? 'has' : 'have'} no cost. Give every item of the invoice a cost, or none.`,
  }),
  'overlapping-rows': ({ key, from, otherFrom, otherTo, first }, { nameOf }) => ({
    subject: `${key} from ${from}`,
    text: `Another row has ${key} from ${otherFrom} ${otherTo === undefined ? 'with no end date' : `to ${otherTo}`} (${nameOf(first)}). Rows of the same pair must not overlap: end that one before ${from}${otherTo === undefined ? '' : `, or start this one after ${otherTo}`}.`,
  }),
  'credit-memo-clash': ({ id, invoice, first }, { nameOf }) => ({
    subject: `credit_memo_id ${quoted(id)}`,
    text: `${nameOf(first)} reverses ${invoice} with the same id, so the credit would count twice. Delete one, or change its id.`,
  }),
  'unknown-kind': ({ kind, kinds, nearest }) => ({
    subject: `kind ${quoted(kind)}`,
    text: `Expected ${kinds.slice(0, -1).join(', ')} or ${kinds.at(-1)}.${nearest === undefined ? '' : ` Did you mean ${nearest}?`}`,
  }),
  'overlapping-draws': ({ rep, kind, from, otherFrom, otherTo, first }, { nameOf }) => ({
    subject: `${kind} of ${rep} from ${from}`,
    text: `${rep} has another row of this kind from ${otherFrom} ${otherTo === undefined ? 'with no end date' : `to ${otherTo}`} (${nameOf(first)}). Rows of the same rep and kind must not overlap: end that one before ${from}${otherTo === undefined ? '' : `, or start this one after ${otherTo}`}.`,
  }),
  'negative-quota': ({ found }) => ({
    subject: `quota ${quoted(found)}`,
    text: 'A quota must be 0 or more.',
  }),
  'to-before-from': ({ from, to }) => ({
    subject: `to ${quoted(to)}`,
    text: `This is before the first day (from), ${from}. Expected the last day, which can be the same day.`,
  }),
  'overlapping-assignments': ({ rep, plan, from, otherPlan, otherFrom, otherTo, first }, { nameOf }) => ({
    subject: `${rep} on plan ${plan} from ${from}`,
    text: `${rep} is on ${otherPlan} from ${otherFrom} ${otherTo === undefined ? 'with no end date' : `to ${otherTo}`} (${nameOf(first)}). A rep can have only one plan at a time: end that one before ${from}${otherTo === undefined ? '' : `, or start this one after ${otherTo}`}.`,
  }),
  'calendar-gap': ({ from, before }) => ({
    subject: `from ${quoted(from)}`,
    text: `The previous row ends on ${before}, so the days between are not in any quarter. Start this row on the day after ${before}.`,
  }),
  'calendar-overlap': ({ from, before }) => ({
    subject: `from ${quoted(from)}`,
    text: `The previous row ends on ${before}, so some days are in two quarters. Start this row on the day after ${before}.`,
  }),
  'calendar-order': ({ name, before }) => ({
    subject: quoted(name),
    text: `Its dates come after those of ${before}. Quarters and months must be in order of their names, and each month must be in one quarter.`,
  }),
  'month-needed': ({ quarter }) => ({
    subject: 'month',
    text: `Pay is monthly, so every calendar row needs a month, such as 2025-03. This row of ${quarter} has none.`,
  }),

  'unknown-column': ({ columns, nearest }) => ({
    subject: '',
    text: `This ledger has no such column. ${nearest === undefined ? `It has ${listed(columns)}.` : `Did you mean ${nearest}?`} To make a ledger of objects of your own, use ledgerOf.`,
  }),
  'inexact-cell': ({ found, kind }) => ({
    subject: found,
    text: `A JavaScript number is not exact to the cent. Give the ${kind} as text (${kind === 'amount' ? '"1234.56"), as whole minor units ({ minor: 123456n }' : kind === 'share' ? '"60%"' : '"1.0925"'}) or as a Decimal.`,
  }),
  'moment-not-day': ({ found }) => ({
    subject: found,
    text: 'A Date is a moment, and which day that is depends on the time zone. Use isoDay(date, timeZone), or give the day as text such as "2025-03-31".',
  }),
  'unreadable-cell': ({ found, kind }) => ({
    subject: found,
    text: `Expected ${kind === 'id' ? 'an id' : `a value of kind ${kind}`} as text, or an object whose toString gives it.`,
  }),
  'not-a-close': ({ period, detail }) => ({
    subject: period === '' ? 'close' : `close of ${period}`,
    text: `This is not a close as closeOf made it: ${detail}. Read it again from where it was stored, or find out what changed it.`,
  }),
  'not-one-row': ({ key, rows }) => ({
    subject: key,
    text:
      rows === 0
        ? 'No row has this key, so nothing was removed.'
        : `${rows} rows have this key, so nothing was removed. Give the cells of all key columns.`,
  }),
  'rows-of-mapping': () => ({
    subject: '',
    text: 'A book takes rows as they are, and these come with what a mapping counted and left out. Pass their rows alone: { rows: ledger.rows }.',
  }),
  'nothing-to-close': () => ({
    subject: '',
    text: 'The result was made without postings, and a close freezes them. Calculate with keep: { postings: true }.',
  }),
  'not-period-end': ({ period, to, asOf }) => ({
    subject: `as of ${asOf}`,
    text: `${period} ends on ${to}, and only a result as of that day can close it. Calculate as of ${to}.`,
  }),

  'unknown-plan': ({ plan, plans, nearest }, { isLibrary }) => ({
    subject: `plan_id ${quoted(plan)}`,
    text: `${isLibrary === true ? 'The terms have' : 'comp.yaml has'} no plan with this id. ${isLibrary === true ? 'They have' : 'It has'} ${plans.join(', ')}.${nearest === undefined ? '' : ` Did you mean ${nearest}?`}`,
  }),
  'which-plan': ({ plans, credit }, { isLibrary }) => ({
    subject: plans.join(', '),
    text: `There are several plans${credit === 'own' ? '' : ` of credit: ${credit}`} but no assignments ledger, so it is not known which rep is on which plan. Add ${isLibrary === true ? 'the ledger assignments' : 'ledgers: {assignments: assignments.csv}'}.`,
  }),
  'team-cycle': ({ reps, date }) => ({
    subject: reps.join(' → '),
    text: `On ${date}, these reps manage each other in a circle, so a sale would be credited without end. Correct manager_id, or end one of the rows before this day.`,
  }),
  'unrated-category': ({ category, invoice, plan, categories }) => ({
    subject: category === '' ? `an item of ${invoice}` : quoted(category),
    text: `${category === '' ? 'It has no category' : `It is sold with ${invoice}`}, but plan ${plan} has rates only for ${categories.join(', ')}. Add an entry for it under rates, or a last entry without category, which applies to everything else.`,
  }),
  'no-fx-rate': ({ currency, invoice, booked, from }) => ({
    subject: quoted(currency),
    text: `${invoice} was booked on ${booked}, but ${from === undefined ? `there is no rate for ${currency}` : `the first rate for ${currency} is dated ${from}`}. Add a row with a date on or before ${booked} to the fx ledger.`,
  }),
  'cash-currency': ({ found, invoice, expected }) => ({
    subject: `currency ${quoted(found)}`,
    text: `${invoice} is in ${expected}, so everything on it must be in ${expected} too. Convert the amount, and correct the currency.`,
  }),
  'no-quota': ({ rep, window, invoice, plan }) => ({
    subject: `${rep}, ${window}`,
    text: `Plan ${plan} pays ${invoice} by attainment, but ${rep} has no quota in ${window}. Add a quota row for ${rep}, or use fromAmount bands.`,
  }),
  'missing-due-date': ({ invoice, plan, isTimed }) => ({
    subject: 'due_date',
    text: `Plan ${plan} ${isTimed === true ? 'pays by how early or late cash comes in' : 'takes commission back on past-due invoices'}, so ${invoice} needs a due date.`,
  }),
  'missing-cost': ({ invoice, rep, plan }) => ({
    subject: 'cost',
    text: `Plan ${plan} of ${rep} is based on gross profit, so ${invoice} needs a cost.`,
  }),
  'other-currency': ({ found, expected }) => ({
    subject: `currency ${quoted(found)}`,
    text: `The workspace is in ${expected}. Add an fx ledger with a rate for ${found}, or keep these invoices in a separate workspace.`,
  }),
  'outside-calendar': ({ date, from, to }) => ({
    subject: date,
    text:
      from === ''
        ? 'The calendar has no rows. Add the quarter that contains this day.'
        : `The calendar runs from ${from} to ${to}. Add the quarter that contains this day.`,
  }),
  'malformed-as-of': ({ found }) => ({
    subject: quoted(found),
    text: `Expected the as-of date in the format ${ISO}.`,
  }),
  'clock-out-of-range': ({ found }) => ({
    subject: `today, ${found}`,
    text: `The clock of this computer is wrong: dates are from ${FIRST_YEAR} to ${LAST_YEAR}. Set it, or, to calculate, give the day with --as-of or --period.`,
  }),
  'no-statement': ({ rep, period, nearest }) => ({
    subject: rep === undefined ? period : `${rep}, ${period}`,
    text:
      rep === undefined
        ? `Nothing is booked or posted up to ${period}, so there are no statements to write.`
        : `This rep has no row in ${period}: there are no bookings or postings up to then.${nearest === undefined ? '' : ` Did you mean ${nearest}?`}`,
  }),
  'unknown-period': ({ found }) => ({
    subject: `period ${quoted(found)}`,
    text: `This is not a period of the workspace. ${noFifth(found) || 'Expected a fiscal quarter such as 2025-Q1, or a month such as 2025-03.'}`.trim(),
  }),

  'negative-opening': ({ found }) => ({
    subject: `owed ${quoted(found)}`,
    text: 'What a rep owes must be 0 or more. If the company owes the rep instead, pay that out before the opening.',
  }),
  'opening-dates-differ': ({ found, other }) => ({
    subject: `date ${quoted(found)}`,
    text: `The first row has ${other}. All rows must have the same date: the last day before the workspace begins.`,
  }),
  'opening-inside-quarter': ({ found, quarter, end }) => ({
    subject: `date ${quoted(found)}`,
    text: `This day is inside ${quarter}. A workspace begins on the first day of a fiscal quarter: use the last day of the quarter before, such as ${end}.`,
  }),
  'before-opening': ({ asOf, opening }) => ({
    subject: `as of ${asOf}`,
    text: `The workspace begins after ${opening}, the date of its openings. Use a later date.`,
  }),
  'missing-commission': ({ invoice, plan, opening, column }) => ({
    subject: invoice,
    text: `It was booked on or before ${opening}, the date of the openings, and plan ${plan} pays by attainment, which is not known for that time. Enter what its ${column === 'commission' ? 'reps' : 'managers'} earn on it in the ${column} column.`,
  }),
  'commission-not-opened': ({ invoice, opening }) => ({
    subject: invoice,
    text: `${opening === undefined ? 'There are no openings' : `It was booked after the opening on ${opening}`}, so its plan determines the commission. Leave the cell blank.`,
  }),
  'commission-of-nothing': ({ invoice, found }) => ({
    subject: `${invoice}, commission ${quoted(found)}`,
    text: 'The plan pays on an amount that is 0 here, so nothing can be earned on it. Enter 0, or correct the amount or the cost.',
  }),
  'closed-as-of': ({ period, asOf, from }, { isLibrary }) => ({
    subject: `as of ${asOf}`,
    text: `Periods up to ${period} are closed and are not recalculated${isLibrary === true ? '' : '; their figures, reports and statements are in closes/'}. Use ${from} or a later date.`,
  }),
  'close-misfits': ({ period, what, found, expected }, { isLibrary }) => ({
    subject: found === '' || found === period ? `close of ${period}` : `close of ${period}, ${found}`,
    text: MISFITS[what](expected, found).replaceAll(
      'comp.yaml',
      isLibrary === true ? 'the terms' : 'comp.yaml',
    ),
  }),

  'rep-renamed': ({ rep, was, shared, of, example }) => ({
    subject: `${was}, now ${rep}`,
    text: `No ledger credits ${was} any more, and ${rep}, who is in no close, now has ${shared === of ? `what ${was} was credited with` : `${shared} of ${of} lines of ${was}`} in closed periods, such as ${example}. If this is one person with a new id, add a ledger of aliases with the columns rep_id and was, and the row ${rep},${was}: closed figures of ${was} then count as those of ${rep}, and nothing is paid twice. If they are two people, list both in the reps ledger: ${was} then owes what was paid, and ${rep} is paid for it.`,
  }),
  'alias-cycle': ({ rep }) => ({
    subject: rep,
    text: `Following the aliases from ${rep} leads back to ${rep}. Each row gives the new id in rep_id and the former one in was: remove the row that leads back.`,
  }),
  'rows-not-kept': ({ period }) => ({
    subject: period,
    text: `An earlier version of comp closed it, which did not keep the rows of the ledgers, so they cannot be compared. Use --since with a later close.`,
  }),
  'close-damaged': ({ detail, remedy }) => ({ subject: detail, text: REMEDIES[remedy] }),
  'no-pay-period': ({ found, payPeriod }) => ({
    subject: found,
    text: `Pay is ${payPeriod}ly here (payPeriod in comp.yaml). Expected ${payPeriod === 'quarter' ? 'a fiscal quarter such as 2025-Q1' : 'a month such as 2025-03'}.`,
  }),
  'close-out-of-order': ({ period, open, closed }) => ({
    subject: period,
    text:
      open === undefined
        ? `Periods close in order, and ${closed}, a later period, is already closed.`
        : `Periods close in order, and ${open} is still open. Close ${open} first.`,
  }),
  'period-not-over': ({ period, to, today, hasBegun }) => ({
    subject: period,
    text: hasBegun
      ? `This period ends on ${to}, and today is ${today}. What still happens in it would become an adjustment in the next period. Use --preview to see what a close would be, or --early to close it anyway.`
      : `This period has not begun: it ends on ${to}, and today is ${today}. Is the year right? Use --preview to see what a close would be.`,
  }),
  'exceptions-in-close': ({ period, exceptions }) => ({
    subject: period,
    text: `There ${verb(exceptions, 'is', 'are')} ${counted(exceptions, 'exception')}, and with --strict a close accepts none. comp check --period ${period} lists them; without --strict, the close keeps them in exceptions.csv.`,
  }),
  'fingerprint-differs': ({ found, expected }) => ({
    subject: found === '' ? 'no fingerprint' : found,
    text: `The fingerprint that was written down is ${expected}. Something was closed, undone or rewritten since: compare with the copy of closes/ from that day.`,
  }),
  'preparer-approves': ({ period, name, preparer }) => ({
    subject: `${period} by ${name}`,
    text: `${preparer} closed this period, and whoever closes it cannot approve it: ask somebody else to run comp approve ${period} --by with their own name. With approvals: { fourEyes: false } in comp.yaml the preparer can, and the approval states it.`,
  }),
  'preparer-unknown': ({ period }) => ({
    subject: period,
    text: 'An older version of comp closed this period and did not record by whom, so nobody can be shown to be somebody else. To approve it anyway, write approvals: { fourEyes: false } in comp.yaml: the approval states it.',
  }),
  'handed-over-misfits': ({ period, found }) => ({
    subject: period,
    text: `Payroll has the file of ${found}, which was undone: what to pay on top of it cannot be computed for other days or another currency. Change payPeriod, the calendar or the currency back, and close that period first.`,
  }),
  'not-closed': ({ period, last }) => ({
    subject: period,
    text: `This period is not closed.${last === undefined ? ' No period is closed yet.' : ` The newest close is ${last}.`}`,
  }),
  'closed-without-archive': ({ period, differing, isNewest }) => ({
    subject: period,
    text: [
      'This period was closed without --archive, and copies of its inputs are added only if they give every byte of the close again.',
      differing.length > 0
        ? `${listOf(differing)} ${verb(differing.length, 'is', 'are')} not what ${verb(differing.length, 'it was', 'they were')} then. Put back ${verb(differing.length, 'the file', 'the files')} that it was closed from, and run the command again.`
        : 'The files are the same, but the close that they give now differs.',
      ...(isNewest ? [`Or reopen ${period}, and close it again with --archive.`] : []),
    ].join(' '),
  }),
  'not-newest-close': ({ period, last }) => ({
    subject: period,
    text: `Later closes build on it. Only the newest close can be undone, which is ${last}: reopen ${last} first.`,
  }),
  'closes-locked': ({ path, holder }) => ({
    subject: path,
    text: `Only one command at a time can change closes: ${holder}. Nothing was changed. Wait until it is done, then try again.`,
  }),
  'system-refused': ({ path, reason, isTemporary }) => ({
    subject: path,
    text: isTemporary
      ? `Temporary files cannot be written there: ${reason}. Nothing was checked with them. Choose another folder with TMPDIR.`
      : `The system refused what comp needs there: ${reason}. No file is half-written. Correct the cause, and run the command again.`,
  }),
  'unwritable-close': ({ path, reason }) => ({
    subject: path,
    text: `A close cannot be written or moved there: ${reason}. Nothing was changed. Correct the cause, and run the command again.`,
  }),
  'unarchivable-input': ({ file, why }) => ({
    subject: file,
    text: UNARCHIVABLE[why],
  }),

  'nothing-to-explain': ({ found, invoice, asOf, nearest, known }) => ({
    subject: found,
    text:
      known?.kind === 'rep'
        ? `As of ${asOf}, this rep has rows from ${known.from} to ${known.to}, but none in ${known.period}.`
        : known?.kind === 'invoice'
          ? `This is an invoice, credited to ${known.reps.join(', ')}. ${known.flag === '--rep' ? 'Use one of these reps, or leave out --rep.' : '--quarter needs a rep: use one of these, or leave out --quarter.'}`
          : invoice !== undefined
            ? `This is a row on invoice ${invoice}: comp explain ${invoice} shows what it changed.`
            : `No invoice or rep with this name has a booking up to ${asOf}.${nearest === undefined ? '' : ` Did you mean ${nearest}?`}`,
  }),

  'control-total-currencies': ({ figure, found, currencies, place }) => ({
    subject: place.kind === 'terms' ? quoted(found) : `--expect ${figure}=${found}`,
    text: `The rows are in several currencies (${listed(currencies)}), which cannot be added up. Enter a total for each: ${
      place.kind === 'terms'
        ? `{${currencies.map((currency) => `${currency}: …`).join(', ')}}`
        : currencies.map((currency) => `--expect ${figure}.${currency}=…`).join(' ')
    }.`,
  }),
  'control-total-differs': ({ figure, found, expected, difference, currency, place }) => ({
    subject:
      place.kind === 'terms'
        ? [currency ?? [], quoted(expected)].flat().join(' ')
        : `--expect ${[figure, currency ?? []].flat().join('.')}=${expected}`,
    text: `The ledger comes to ${found}${currency === undefined ? '' : ` in ${currency}`}: a difference of ${difference}. Is the export complete, and from the same day as the figure?`,
  }),

  'workspace-exists': ({ path }) => ({
    subject: path,
    text: 'There is already a workspace here. Choose another folder, or move this file away.',
  }),
  'unwritable-folder': ({ path, reason }) => ({
    subject: path,
    text: `A workspace cannot be written there: ${reason}. Choose another folder.`,
  }),
  'unwritable-output': ({ path, reason }) => ({
    subject: `--out ${path}`,
    text: `Results cannot be written there: ${reason}. Earlier results are unchanged. Correct the cause, or choose another path.`,
  }),
  'output-is-input': ({ path, file }) => ({
    subject: `--out ${path}`,
    text: `Results would overwrite ${file}, which is an input. Choose another path.`,
  }),
};

/** Why a copy of an input would be useless. */
const UNARCHIVABLE: Readonly<Record<FaultFacts['unarchivable-input']['why'], string>> = {
  absolute:
    'comp.yaml has an absolute path for this file, so a copy could not replace it when the close is re-run. Use a path relative to comp.yaml.',
  changed:
    'The file changed while it was being read, so the figures do not match it. Close the period again.',
};

/** Why a close does not fit the workspace, by what differs. */
const MISFITS: Readonly<
  Record<FaultFacts['close-misfits']['what'], (expected: string, found: string) => string>
> = {
  'pay period': (expected) =>
    `Pay is ${expected}ly now, but it was not when this was closed. Change payPeriod in comp.yaml back.`,
  days: (expected) =>
    `These were its days when it was closed, but now ${expected === '' ? 'there is no such period' : `they are ${expected}`}. Restore the calendar or fiscalYearStart.`,
  configuration: (expected, found) =>
    `This was closed with ${found}, and this is ${expected}: the closes of one are never those of another. Give each a folder of its own with its ledgers, or change the name back.`,
  workspace: (expected, found) =>
    expected === ''
      ? `This was closed in the workspace ${found}, and nothing shows that this is it: closes.id is missing, and the ledgers have changed since. If closes/ was copied from another folder, move it away. If it belongs here, restore closes.id from git or a backup, or write ${found} into it.`
      : `This was closed in the workspace ${found}, and this is ${expected} (closes.id): the closes of one are never those of another. Restore this workspace's own closes/ from git or a backup.`,
  cause: (expected) => `A posting in this close has a cause that does not exist. Expected ${expected}.`,
  currency: (expected) =>
    `This was the currency when it was closed, but comp.yaml now has ${expected}. Change the currency back.`,
  opening: (expected, found) => {
    if (expected === '')
      return 'When it was closed, the workspace began after this day. Restore the openings.';
    if (found === '')
      return `When it was closed, there were no openings, but now there are some for ${expected}. Remove them.`;
    return `When it was closed, the workspace began after this day, but the openings now have ${expected}. Change the date back.`;
  },
  'owed at the opening': (expected) =>
    `This was owed at the opening when it was closed, but the openings now have ${expected}. Change the amount back.`,
  order: (expected) =>
    `Closes follow each other without gaps, so this one should begin on ${expected}. Restore the missing close.`,
};

/** What to do about a changed, missing or extra file among the closes. */
const REMEDIES: Readonly<Record<FaultFacts['close-damaged']['remedy'], string>> = {
  restore:
    'A close must never change. Restore the file from a backup; comp verify lists every file that has changed.',
  gone: 'What was paid is in this folder, and nothing is calculated without it. Restore it from git or a backup. To start again from nothing, remove closes.id as well.',
  reach:
    'What is closed is in this folder, and nothing is calculated without it. Make it readable: mount its disk, restore the folder, or ask for permission.',
  unread:
    'The file may be as it was: nothing is known of it as long as the system does not read it. Correct the cause, and run the command again. Only if the file is lost, restore it from a backup.',
  'line ends':
    'Nothing else in it has changed. Git changes line ends unless closes/.gitattributes has the line "* -text": add it, and check the folder out again.',
  remove: 'Only files that comp writes belong in closes. Move it away.',
  compare:
    'Either the close was changed by hand, or this version of comp calculates differently from the version that closed it: see CHANGELOG.md.',
};

/** Says which quarters a year has, of a text that names another; empty for any other text. */
function noFifth(found: string): string {
  const year = /^(\d{4})-?Q\d+$/i.exec(found.trim())?.[1];
  return year === undefined || /Q[1-4]$/i.test(found)
    ? ''
    : `${year} has the quarters ${year}-Q1 to ${year}-Q4. `;
}

/** How a row gets an id of its own, by ledger. */
function ownIdText(place: Place): string {
  const ledger = place.kind === 'row' ? place.ledger : undefined;
  if (ledger === undefined) return '';
  if (ledger === 'invoices') return ' If they are lines of one invoice, set lines: {amount: sum}.';
  const [id = ''] = LEDGER_COLUMNS[ledger].key;
  return id.endsWith('_id') && ['payments', 'writeOffs', 'creditMemos'].includes(ledger)
    ? ` If the export has no id for each row, make one of several columns: ${id}: {join: [Date, Number, Amount], numbered: true}.`
    : '';
}

/** The most names that a text lists. */
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
  return place.kind === 'ledger' || place.kind === 'record' ? place.ledger : '';
}

function quoted(text: string): string {
  return `"${text}"`;
}

function sentence(text: string): string {
  const trimmed = text.trim();
  return /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
