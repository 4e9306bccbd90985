/** The types of terms as a program writes them, with the descriptions of the schema: the text of `src/plans/terms-input.ts`. */
import { LEVEL_KEYS, LEVELS, type Level } from '../plans/levels.js';
import { type SchemaAsJson, termsAsJsonSchema } from '../plans/schema.js';
import { CASH_KEYS, NOT_OF_CASH } from '../plans/term-faults.js';

/** The types of plans, by the number of their level. */
const LEVEL_TYPES = [
  'NoLinkagePlan',
  'ClawbackPlan',
  'PartialHoldPlan',
  'PayOnCollectionPlan',
  'EarnOnCollectionPlan',
] as const;

/** What has a name of its own, by the key of a plan that has it. */
const NAMED = {
  rate: { name: 'RateTableInput', about: 'A table of bands by attainment (R4.1).' },
  rates: { name: 'CategoryRateInput', about: 'The rate of some categories of what is sold (R13.2).' },
  clawback: { name: 'ClawbackInput', about: 'How advanced commission is taken back (R5.6).' },
  timing: {
    name: 'TimingInput',
    about: 'What early cash adds to commission, and late cash takes from it (R17).',
  },
  versions: {
    name: 'PlanVersion',
    about: 'Keys of a plan that change for sales booked from a day on (R31.1).',
  },
} as const;

/** The file, before it is formatted: all of it follows from the schema and the table of levels. */
export function termsTypes(): string {
  const schema = termsAsJsonSchema();
  const { plans, ...terms } = schema.properties ?? {};
  const plan = (plans as SchemaAsJson).items as SchemaAsJson;
  const keys = plan.properties ?? {};
  const named = Object.entries(NAMED).map(([key, { name, about }]) =>
    interfaceOf(name, about, membersOf(objectIn(keys[key] as SchemaAsJson))),
  );
  const parts = [
    '/** Terms as a program writes them: `npm run schema` writes this file from the schema of comp.yaml and the table of levels. */',
    interfaceOf(
      'TermsInput',
      'The terms of comp.yaml: everything but its ledgers. Percentages and amounts can be text or numbers; text is safest.',
      [
        ...membersOf({ properties: terms, required: schema.required ?? [] }),
        member('plans', 'readonly PlanInput[]', { isNeeded: true, description: descriptionOf(plans) }),
      ],
    ),
    `/** A plan as written: its level, or the credit cash, says which keys it has. */\nexport type PlanInput =${[...LEVEL_TYPES, 'CashPlan'].map((name) => `\n  | ${name}`).join('')};`,
    interfaceOf('EveryPlan', 'The keys that every plan may have.', [
      ...some(plan, (key) => !isOfSales(key) && !CASH_KEYS.includes(key) && key !== 'credit'),
    ]),
    interfaceOf('SalesPlan extends EveryPlan', 'The keys of a plan that pays for sales, at any level.', [
      member('credit', "'own' | 'team'", { description: descriptionOf(keys['credit']) }),
      ...some(plan, (key) => isOfSales(key) && key !== 'level' && !isOfLevels(key)),
      ...CASH_KEYS.map(unused),
    ]),
    ...LEVELS.map((level) => levelType(plan, level)),
    interfaceOf(
      'CashPlan extends EveryPlan',
      'A plan that pays for cash as it comes in (R12.4): it has no level.',
      [
        member('credit', "'cash'", { isNeeded: true, description: descriptionOf(keys['credit']) }),
        ...some(plan, (key) => CASH_KEYS.includes(key)),
        ...NOT_OF_CASH.map(unused),
      ],
    ),
    ...named,
  ];
  return `${parts.join('\n\n')}\n`;
}

function isOfSales(key: string): boolean {
  return NOT_OF_CASH.includes(key);
}

function isOfLevels(key: string): boolean {
  return LEVEL_KEYS.some((one) => one === key);
}

/** The plan of a level: with the keys that the level uses, and without the others. */
function levelType(plan: SchemaAsJson, level: Level): string {
  const { number, name, does, uses } = level;
  const clawback = plan.properties?.['clawback'] as SchemaAsJson;
  return interfaceOf(
    `${LEVEL_TYPES[number]} extends SalesPlan`,
    `A plan at level ${number}, ${name}: it ${does}.`,
    [
      member('level', `${number} | '${name}'`, {
        isNeeded: true,
        description: `Level ${number}, ${name}: the plan ${does}.`,
      }),
      ...LEVEL_KEYS.flatMap((key) => {
        if (!uses.includes(key)) return [unused(key)];
        if (key === 'clawback' && level.clawback === 'always')
          return [
            member(key, typeOf(clawback, key), { isNeeded: true, description: descriptionOf(clawback) }),
          ];
        return some(plan, (one) => one === key);
      }),
    ],
  );
}

/** The members of a schema's keys that are chosen. */
function some(
  { properties = {}, required = [] }: SchemaAsJson,
  isChosen: (key: string) => boolean,
): string[] {
  const chosen = Object.entries(properties).filter(([key]) => isChosen(key));
  return membersOf({ properties: Object.fromEntries(chosen), required });
}

function membersOf({ properties = {}, required = [] }: SchemaAsJson): string[] {
  return Object.entries(properties).map(([key, schema]) =>
    member(key, typeOf(schema as SchemaAsJson, key), {
      isNeeded: required.includes(key),
      description: descriptionOf(schema),
    }),
  );
}

interface MemberOptions {
  readonly isNeeded?: boolean;
  readonly description?: string | undefined;
}

function member(key: string, type: string, { isNeeded = false, description }: MemberOptions): string {
  const line = `readonly ${key}${isNeeded ? '' : '?'}: ${type}${isNeeded ? '' : ' | undefined'};`;
  return description === undefined ? line : `/** ${description} */\n${line}`;
}

/** A key that the plan does not use: it is a fault, and does not compile. */
function unused(key: string): string {
  return `readonly ${key}?: undefined;`;
}

function interfaceOf(name: string, about: string, members: readonly string[]): string {
  return `/** ${about} */\nexport interface ${name} {\n${indented(members.join('\n'))}\n}`;
}

function indented(text: string): string {
  return text.replace(/^/gm, '  ');
}

function descriptionOf(schema: unknown): string | undefined {
  return (schema as SchemaAsJson).description;
}

/** The object of a schema that is one, a list of them, or one of them beside plain values. */
function objectIn(schema: SchemaAsJson): SchemaAsJson {
  if (schema.type === 'array') return objectIn(schema.items as SchemaAsJson);
  return schema.anyOf?.find((one) => one.type === 'object') ?? schema;
}

function typeOf(schema: SchemaAsJson, key?: string): string {
  return [...new Set(typesOf(schema, key))].join(' | ');
}

function typesOf(schema: SchemaAsJson, key?: string): readonly string[] {
  if (schema.anyOf !== undefined) return schema.anyOf.flatMap((one) => typesOf(one, key));
  if (schema.enum !== undefined)
    return schema.enum.map((word) => (typeof word === 'string' ? `'${word}'` : `${word}`));
  return [schema.type ?? []].flat().map((type): string => {
    switch (type) {
      case 'object':
        return (
          Object.entries(NAMED).find(([one]) => one === key)?.[1].name ??
          `{\n${indented(membersOf(schema).join('\n'))}\n}`
        );
      case 'array': {
        const item = typeOf(schema.items as SchemaAsJson, key);
        return `readonly ${item.includes(' | ') && !item.startsWith('{') ? `(${item})` : item}[]`;
      }
      case 'integer':
        return 'number';
      default:
        return type;
    }
  });
}
