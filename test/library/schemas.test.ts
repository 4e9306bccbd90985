/** The JSON Schemas in the package: they are those of the columns, and results and closes fit them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { calculateOrThrow, closeOrThrow, closeToJson, resultToJson } from '../../src/index.js';
import { closeSchema, resultSchema } from '../../src/reference/json-schemas.js';
import { lateHistories, periodEndsOf } from '../../src/testing/late.js';
import { forAll } from '../support/property.js';

const read = (name: string): unknown =>
  JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'schema', name), 'utf8'));
const ajv = new Ajv2020({ allErrors: true });
const isResult = ajv.compile(resultSchema());
const isClose = ajv.compile(closeSchema());

function expectFits(validate: typeof isResult, json: unknown): void {
  validate(JSON.parse(JSON.stringify(json)));
  expect(validate.errors ?? []).toEqual([]);
}

describe('schemas', () => {
  test('are the ones in the package: npm run schema writes them', () => {
    expect(read('result.schema.json')).toEqual(resultSchema());
    expect(read('close.schema.json')).toEqual(closeSchema());
  });

  test('a result and a close fit, and an amount that is a number does not', () => {
    const { result } = calculateOrThrow({
      terms: { currency: 'USD', plans: [{ id: 'ae', level: 3, rate: '5%' }] },
      ledgers: {
        invoices: {
          rows: [
            {
              invoice_id: 'I1',
              customer_id: 'C1',
              rep_id: 'R1',
              invoice_date: '2025-01-15',
              amount: '1000.00',
            },
          ],
        },
      },
      asOf: '2025-03-31',
    });
    expectFits(isResult, resultToJson(result, { postings: true }));
    const close = closeToJson(closeOrThrow(result));
    expectFits(isClose, close);
    expect(isClose({ ...close, quarters: [{ ...close.quarters[0], paid: 0 }] })).toBe(false);
    expect(isResult({ ...resultToJson(result), asOf: 'today' })).toBe(false);
  });

  test('every random result and close fits', () => {
    forAll(
      lateHistories,
      (history) => {
        for (const { closes, result } of periodEndsOf(history)) {
          expectFits(isResult, resultToJson(result, { postings: true }));
          for (const close of closes) expectFits(isClose, closeToJson(close));
        }
      },
      {},
      { isSlow: true },
    );
  });
});
