/** Workspaces of a sales team as a company has them: long names and ids, some customers late, some who never pay. */
import { folderWith } from './folder.js';
import { randomFrom } from './random.js';

/** What a workspace of {@link salesTeam} is like. */
export interface SalesTeam {
  readonly reps: number;
  readonly level: 0 | 1 | 2 | 3 | 4;
  readonly payPeriod?: 'quarter' | 'month';
  /** How many invoices each rep sells in a month. */
  readonly invoicesAMonth?: number;
  /** Without quotas, every sale pays 5%. */
  readonly hasQuotas?: boolean;
}

const FIRST = ['Ada', 'Bruno', 'Carmen', 'Dmitri', 'Eleanor', 'Farid', 'Grace', 'Henrik', 'Imani', 'Jorge'];
const LAST = ['Reyes', 'Okonkwo', 'van der Berg', 'Nakamura', 'Whitcombe-Hayes', 'Lindqvist', 'Abara'];
const TRADES = ['Industrial Supplies', 'Logistics', 'Pharma', 'Foods', 'Instruments', 'Marine Services'];
const TOWNS = ['Northwind', 'Harrogate', 'Dayton', 'Cuyahoga', 'Ravensworth', 'Lakeside', 'Pennine'];

/** The folder of the workspace: a year of sales in 2025, and the payments that came for them. */
export function salesTeam(team: SalesTeam): string {
  const { reps, level, payPeriod = 'quarter', invoicesAMonth = 2, hasQuotas = true } = team;
  const draw = randomFrom(reps * 31 + level);
  const one = (list: readonly string[]) => list[draw(list.length)] as string;
  const invoices: string[][] = [];
  const payments: string[][] = [];
  const writeOffs: string[][] = [];
  const quotas: string[][] = [];
  const people = Array.from({ length: reps }, (_, rep) => [
    idOf(rep),
    `${FIRST[rep % FIRST.length]} ${LAST[(rep * 3) % LAST.length]}`,
  ]);
  for (let rep = 0; rep < reps; rep += 1) {
    for (let quarter = 1; quarter <= 4; quarter += 1) {
      quotas.push([idOf(rep), `2025-Q${quarter}`, `${40 + draw(40)}000.00`]);
    }
    for (let month = 0; month < 12; month += 1) {
      for (let at = 0; at < invoicesAMonth; at += 1) {
        const invoice = `SI-2025-${`${104_000 + invoices.length}`}`;
        const customer = `${one(TOWNS)} ${one(TRADES)}`;
        const [day, amount] = [draw(27), 2000 + draw(18_000) + draw(100) / 100];
        invoices.push([
          invoice,
          customer,
          idOf(rep),
          dayOf(month, day),
          dayOf(month, day + 30),
          amount.toFixed(2),
        ]);
        const fate = draw(10);
        // Six in ten pay on time, two late, one in part; one never pays, and a third of those is written off.
        const share = fate === 8 ? 0.4 : 1;
        const late = fate < 6 ? 12 + draw(20) : 70 + draw(60);
        if (fate < 9) {
          const paid = (amount * share).toFixed(2);
          payments.push([`RCPT-${88_000 + payments.length}`, invoice, dayOf(month, day + late), paid]);
        } else if (draw(3) === 0) {
          writeOffs.push([
            `WO-${writeOffs.length + 1}`,
            invoice,
            dayOf(month, day + 130),
            amount.toFixed(2),
            'insolvent',
          ]);
        }
      }
    }
  }
  const clawback = level === 1 || level === 2 ? { clawback: { pastDueDays: 90 } } : {};
  const table = [
    { from: '0%', rate: '4%' },
    { from: '100%', rate: '6%' },
    { from: '120%', rate: '8%' },
  ];
  const rate = hasQuotas ? { attainment: 'year-to-date', tiers: 'marginal', table } : '5%';
  const terms = {
    currency: 'USD',
    company: { name: 'Northwind Traders', contact: 'payroll@northwind.example' },
    payPeriod,
    ledgers: {
      invoices: 'invoices.csv',
      payments: 'payments.csv',
      writeOffs: 'write_offs.csv',
      reps: 'reps.csv',
      ...(hasQuotas ? { quotas: 'quotas.csv' } : {}),
    },
    plans: [{ id: 'field-sales-2025', level, rate, ...clawback }],
  };
  return folderWith({
    'comp.yaml': JSON.stringify(terms),
    'invoices.csv': csv('invoice_id,customer_id,rep_id,invoice_date,due_date,amount', invoices),
    'payments.csv': csv('payment_id,invoice_id,payment_date,amount', payments),
    'write_offs.csv': csv('write_off_id,invoice_id,write_off_date,amount,reason', writeOffs),
    'quotas.csv': csv('rep_id,quarter,quota', quotas),
    'reps.csv': csv('rep_id,name', people),
  });
}

function idOf(rep: number): string {
  return `E${1_000 + rep}`;
}

/** The day so many days after the first of a month of 2025, counted from 0. */
function dayOf(month: number, days: number): string {
  return new Date(Date.UTC(2025, month, 1 + days)).toISOString().slice(0, 10);
}

function csv(header: string, rows: readonly (readonly string[])[]): string {
  return [header, ...rows.map((row) => row.join(','))].join('\n').concat('\n');
}
