// Values that fit a schema, with names that exist where there are some: what a client without faults might send.
import type { Pools } from './pools.ts';
import type { Random } from './random.ts';
import type { Schema } from './operations.ts';

export interface Chance {
  readonly random: Random;
  readonly pools: Pools;
  /** Set by the first biller that is drawn: amounts of one request are in one currency, mostly. */
  currency: string | undefined;
}

/** `name`: of the field or parameter. */
export function makeValue(chance: Chance, schema: Schema, name: string): unknown {
  const { random } = chance;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return random.pick(schema.enum);
  if (schema.anyOf !== undefined) return makeValue(chance, random.pick(schema.anyOf), name);
  switch (schema.type) {
    case 'object':
      return makeObject(chance, schema);
    case 'array': {
      const longest = Math.min(schema.maxItems ?? 4, 4);
      return Array.from({ length: 1 + random.below(longest) }, () =>
        makeValue(chance, schema.items ?? {}, name === 'bills' ? 'billNumber' : name),
      );
    }
    case 'integer':
    case 'number':
      return random.chance(0.7)
        ? (schema.minimum ?? 0) + random.below(5)
        : (schema.maximum ?? Number.MAX_SAFE_INTEGER);
    case 'boolean':
      return random.chance(0.3);
    case 'null':
      return null;
    default:
      return makeText(chance, schema, name);
  }
}

function makeObject(chance: Chance, { properties = {}, required = [] }: Schema): Record<string, unknown> {
  const made: Record<string, unknown> = {};
  if (required.join() === 'value,currency' && chance.random.chance(0.8)) return makeMoney(chance);
  for (const [name, schema] of Object.entries(properties))
    if (required.includes(name) || chance.random.chance(0.25)) made[name] = makeValue(chance, schema, name);
  return made;
}

/** What the bills of the fuzzer's world owe, by currency. */
const OWED: Readonly<Record<string, string>> = { OMR: '10.000', DZD: '25.00', EGP: '50.00' };

function makeMoney({ random, pools, currency = random.pick(pools.billers).currency }: Chance): {
  value: string;
  currency: string;
} {
  return { value: OWED[currency] ?? '1.00', currency };
}

function makeText(chance: Chance, schema: Schema, name: string): string {
  const { random, pools } = chance;
  const known = namesFor(chance, name);
  if (known.length > 0 && random.chance(0.9)) return random.pick(known);
  if (name === 'reference') return `F${random.below(2 ** 32).toString(36)}`;
  if (name === 'billNumber') return `N${random.below(500)}`;
  if (name === 'currency') return chance.currency ?? random.pick(pools.billers).currency;
  if (schema.format === 'date-time') return '2026-11-22T07:59:00Z';
  if (schema.format === 'date') return `202${6 + random.below(2)}-1${random.below(3)}-2${random.below(10)}`;
  const [example = 'x'] = schema.examples ?? [];
  return String(example);
}

function namesFor(chance: Chance, name: string): readonly string[] {
  const { pools, random } = chance;
  switch (name) {
    case 'billerCode': {
      const { code, currency } = random.pick(pools.billers);
      chance.currency = currency;
      return [code];
    }
    case 'payerId':
      return ['E-1', 'E-20417'];
    case 'businessDate':
      return ['2026-11-22'];
    case 'billNumber':
      return pools.billNumbers;
    case 'value':
      return pools.amounts;
    case 'reference':
      return random.chance(0.2) ? pools.references : [];
    case 'quoteId':
      return pools.quoteIds;
    case 'paymentId':
    case 'after':
      return pools.paymentIds;
    case 'receiptNumber':
      return pools.receipts;
    case 'fileId':
      return pools.fileIds;
    default:
      return [];
  }
}
