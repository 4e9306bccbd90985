/** A statement as a table: its figures, then its numbered lines, so that anyone can add them up. */
import { stateText } from '../closing/period-state.js';
import type { Table, TableColumn } from '../ledgers/tables.js';
import { formatMinor } from '../money.js';
import type { BesideLine } from './beside-invoices.js';
import type { EventLine, Line, RiskLine, WaitingLine } from './sections.js';
import { sentenceText } from './sentence.js';
import type { Statement } from './statement.js';

const HEADER = [
  ...['rep_id', 'period', 'section', 'line', 'date', 'customer_id', 'invoice_id', 'cause', 'source_id'],
  ...['adjusts', 'due_date', 'rate', 'currency', 'amount', 'text'],
  ...['instalment', 'disputed_since'],
];

/** The columns of a statement as CSV. */
export const STATEMENT_COLUMNS = HEADER.map((name): TableColumn => {
  const kind = name === 'line' ? 'count' : name === 'amount' ? 'amount' : 'text';
  return { name, kind };
});

/** @param file - the name of the file */
export function statementTable(file: string, statement: Statement): Table {
  return { file, columns: STATEMENT_COLUMNS, rows: rowsOf(statement) };
}

function* rowsOf(statement: Statement): Iterable<readonly string[]> {
  const { repId, period, currency, steps, row, sections } = statement;
  const write = (
    section: string,
    amount: bigint | undefined,
    cells: Readonly<Record<string, string>>,
  ): string[] => {
    const own: Readonly<Record<string, string>> = {
      rep_id: repId,
      period: period.name,
      section,
      currency: currency.code,
      amount: amount === undefined ? '' : formatMinor(amount, currency.digits),
      ...cells,
    };
    return HEADER.map((column) => own[column] ?? '');
  };
  const summary = [
    ...steps.map(({ title, amount }) => [title, amount] as const),
    ['Paid to you', row.paid],
    ["Waiting for customers' payments", row.held],
  ] as const;
  const { mark, sentences } = stateText(statement.state);
  yield write('state', undefined, { text: `${mark}: ${sentences.join(' ')}` });
  for (const { period: name, payday } of statement.parts) {
    yield write('payday', undefined, { date: payday.date, text: `${name} is paid ${payday.kind} this date` });
  }
  for (const [text, amount] of summary) yield write('summary', amount, { text });
  const { payable, entries, cap, draw, waiting, moved, forfeited, risk, riskLater, corrections } = sections;
  const events = (section: string, lines: readonly EventLine[]) =>
    lines.map((line) => write(section, line.amount, { ...lineCells(line), ...eventCells(line) }));
  yield* events('payable', payable.lines);
  const beside = (section: string, lines: readonly BesideLine[]) =>
    lines.map((line) => write(section, line.amount, besideCells(line)));
  yield* beside('entries', entries.lines);
  yield* beside('cap', cap.lines);
  yield* beside('draw', draw.lines);
  yield* waiting.lines.map((line) =>
    write('waiting', line.amount, { ...lineCells(line), ...waitingCells(line) }),
  );
  yield* events('taken-back', moved.lines);
  if (sections.movedNote.length > 0)
    yield write('note', undefined, { text: sentenceText(sections.movedNote) });
  yield* events('not-paid', forfeited.lines);
  const risks = (section: string, lines: readonly RiskLine[]) =>
    lines.map((line) => write(section, line.amount, { ...lineCells(line), ...riskCells(line) }));
  yield* risks('at-risk', risk.lines);
  yield* risks('at-risk-later', riskLater.lines);
  yield* events('corrections', corrections.lines);
}

function lineCells({ number, customerId, invoiceId, instalment, dispute }: Line): Record<string, string> {
  return {
    line: `${number}`,
    customer_id: customerId,
    invoice_id: invoiceId,
    instalment,
    disputed_since: dispute?.since ?? '',
  };
}

/** An entry has the columns of the event that it is; what caps, draws and guarantees do is dated by its pay period. */
function besideCells({ number, title, id, date, period, text, entry }: BesideLine): Record<string, string> {
  return {
    line: `${number}`,
    period,
    date,
    invoice_id: entry?.invoiceId ?? '',
    cause: entry?.kind ?? title.toLowerCase(),
    source_id: id,
    adjusts: entry?.adjusts ?? '',
    text: sentenceText(text),
  };
}

function eventCells({ date, inTable: text, rates, posting }: EventLine): Record<string, string> {
  const { cause, sourceId, adjusts } = posting;
  return { date, cause, source_id: sourceId, adjusts, rate: rates, text: sentenceText(text) };
}

function waitingCells({ due }: WaitingLine): Record<string, string> {
  return { due_date: due ?? '' };
}

function riskCells({ on }: RiskLine): Record<string, string> {
  return { date: on };
}
