/** Workspaces that pages are tried on: names that mean mischief, and many reps. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newFolder } from '../test/support/comp.js';
import { randomFrom } from '../test/support/random.js';

/** Names that would be something else than text, were they not escaped. */
export const HOSTILE = [
  '<script>alert(1)</script>',
  '../../etc/x',
  '</script><img src=x onerror=alert(1)>',
  'a\u2028b',
  '"><svg onload=alert(1)>',
  '__proto__',
  'constructor',
  '<!--<script>',
  '\u202Etxt.exe',
  "' onmouseover='alert(1)",
];

/** The name as it is displayed: letters that turn text around are replaced. */
export function shownName(name: string): string {
  return name.replace(/\u202E/g, '\uFFFD');
}

/** A workspace of a company, reps, customers and invoices with such names; the path of its comp.yaml. */
export function hostileWorkspace(): string {
  const rows = HOSTILE.flatMap((name, index) => [
    [`I-${index}-${name}`, `C-${name}`, name, '2025-01-15', '2025-02-14', `${1000 + index}.00`],
    [`J-${index}`, `C-${name}`, name, '2025-04-15', '2025-05-15', '500.00'],
  ]);
  const paid = HOSTILE.map((name, index) => [`P-${name}`, `J-${index}`, '2025-05-20', '200.00']);
  const people = HOSTILE.map((name) => [name, `N-${name}`]);
  return workspace(
    'currency: USD\ncompany: {name: "<i>Acme</i>"}\nledgers: {invoices: invoices.csv, payments: payments.csv, reps: reps.csv}\nplans:\n  - {id: "<b>ae</b>", level: 2, rate: 5%, clawback: {pastDueDays: 60}}\n',
    {
      'invoices.csv': csv(INVOICES, rows),
      'payments.csv': csv(PAYMENTS, paid),
      'reps.csv': csv(['rep_id', 'name'], people),
    },
  );
}

/** A workspace of so many reps over a year; the path of its comp.yaml. */
export function largeWorkspace(reps: number): string {
  const draw = randomFrom(7);
  const rows: string[][] = [];
  const paid: string[][] = [];
  for (let rep = 0; rep < reps; rep += 1) {
    for (let index = 0; index < 3; index += 1) {
      const invoice = `INV-${rep}-${index}`;
      const month = `${1 + draw(9)}`.padStart(2, '0');
      const amount = `${100 + draw(90_000)}.${10 + draw(90)}`;
      const name = `Rep ${`${rep}`.padStart(5, '0')}`;
      rows.push([invoice, `Customer ${draw(4000)}`, name, `2025-${month}-05`, `2025-${month}-28`, amount]);
      if (draw(3) > 0) paid.push([`P-${rep}-${index}`, invoice, `2025-${month}-${10 + draw(18)}`, amount]);
    }
  }
  return workspace(
    'currency: USD\nledgers: {invoices: invoices.csv, payments: payments.csv}\nplans:\n  - {id: ae, level: 2, rate: 5%, clawback: {pastDueDays: 60}}\n',
    { 'invoices.csv': csv(INVOICES, rows), 'payments.csv': csv(PAYMENTS, paid) },
  );
}

/** A workspace of one rep, long of name, who is charged and pays it back in one quarter; the path of its comp.yaml. */
export function indebtedWorkspace(): string {
  const rep = 'R1-of-the-northern-and-the-southern-territories-together';
  const rows = [
    ['I-1', 'Acme', rep, '2025-01-10', '2025-02-20', '10000.00'],
    ['I-2', 'Bolt', rep, '2025-04-10', '2025-05-09', '20000.00'],
  ];
  return workspace(
    'currency: USD\nledgers: {invoices: invoices.csv, payments: payments.csv, reps: reps.csv}\nplans:\n  - {id: ae, level: 1, rate: 5%, clawback: {pastDueDays: 60}}\n',
    {
      'invoices.csv': csv(INVOICES, rows),
      'payments.csv': csv(PAYMENTS, [['P-2', 'I-2', '2025-05-01', '20000.00']]),
      'reps.csv': csv(
        ['rep_id', 'name'],
        [[rep, 'Maximiliana Alexandrina Konstantinopolska-Wetterstein zu Hohenlohe']],
      ),
    },
  );
}

/** A workspace of one rep, from whom a dozen customers' commission is taken back in 2025-Q2; the path of its comp.yaml. */
export function clawedBackWorkspace(): string {
  const customers = [
    'Acme',
    'Bolt',
    'Core',
    'Dune',
    'Echo',
    'Fern',
    'Gale',
    'Hive',
    'Iris',
    'Jade',
    'Kite',
    'Lime',
  ];
  const rows = customers.map((customer, at) => {
    const [month, day] = [Math.floor(at / 6), 10 + at];
    const dates = [`2025-0${1 + month}-${day}`, `2025-0${2 + month}-${day}`];
    return [`INV-${100 + at}`, `${customer} Industries`, 'E1', ...dates, `${(at + 3) * 1250}.00`];
  });
  const paid = [0, 3, 6, 9].map((at) => [`P-${at}`, `INV-${100 + at}`, '2025-03-01', `${(at + 3) * 500}.00`]);
  const sold = ['INV-200', 'Mono Works', 'E1', '2025-05-06', '2025-06-05', '90000.00'];
  const quotas = [1, 2].map((quarter) => ['E1', `2025-Q${quarter}`, '100000.00']);
  return workspace(
    `company: {name: Northwind Traders, contact: payroll@northwind.example}
currency: USD
ledgers: {invoices: invoices.csv, payments: payments.csv, quotas: quotas.csv, reps: reps.csv}
plans:
  - id: ae
    level: 1
    clawback: {pastDueDays: 60}
    rate: {attainment: year-to-date, tiers: marginal, table: [{from: 0%, rate: 5%}, {from: 100%, rate: 8%}]}
`,
    {
      'invoices.csv': csv(INVOICES, [...rows, sold]),
      'payments.csv': csv(PAYMENTS, paid),
      'quotas.csv': csv(['rep_id', 'quarter', 'quota'], quotas),
      'reps.csv': csv(['rep_id', 'name'], [['E1', 'Ada Reyes']]),
    },
  );
}

/** A workspace whose commission runs into so many digits before the point; the path of its comp.yaml. */
export function richWorkspace(digits: number): string {
  const amount = (share: number) => `${Math.floor(share * 20 * 10 ** (digits - 1))}.00`;
  const rows = [0.1, 0.3, 0.9].map((share, index) => {
    return [`I-${index}`, 'C', 'R', `2025-0${1 + index}-15`, `2025-0${1 + index}-25`, amount(share)];
  });
  const paid = [['P-1', 'I-0', '2025-04-20', amount(0.04)]];
  return workspace(
    'currency: USD\nledgers: {invoices: invoices.csv, payments: payments.csv}\nplans:\n  - {id: ae, level: 2, rate: 50%, clawback: {pastDueDays: 60}}\n',
    { 'invoices.csv': csv(INVOICES, rows), 'payments.csv': csv(PAYMENTS, paid) },
  );
}

const INVOICES = ['invoice_id', 'customer_id', 'rep_id', 'invoice_date', 'due_date', 'amount'];
const PAYMENTS = ['payment_id', 'invoice_id', 'payment_date', 'amount'];

function workspace(config: string, files: Readonly<Record<string, string>>): string {
  const dir = newFolder();
  for (const [name, content] of Object.entries(files)) writeFileSync(join(dir, name), content);
  const path = join(dir, 'comp.yaml');
  writeFileSync(path, config);
  return path;
}

function csv(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
  return [header, ...rows].map((row) => row.map(quoted).join(',')).join('\n');
}
