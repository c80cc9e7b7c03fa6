// Breaks what was well made: fields taken away, added, swapped for hostile values, and then the text itself.
import type { Random } from './random.ts';

const NASTY_TEXTS = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  'x\udc00y',
  '\u202e\u2066',
  '\u2028',
  '\ufeff',
  '../../etc/passwd',
  '%00',
  "' or 1=1 --",
  '$1',
  '{}',
  '\\',
  '__proto__',
  'constructor',
  'toString',
  '1e3',
  '+1',
  '-1',
  '٣',
  '007',
  '1.',
  '.5',
  '0.000',
  '999999999999999.9999',
  '1000000000000.000',
  'NaN',
  'Infinity',
  '-Infinity',
  '0x10',
  '1e400',
  'RF18539007547034',
  '9999-12-31',
  '2026-02-30',
  '0000-00-00',
  '2026-11-22T24:00:00Z',
  '2026-06-30T23:59:60+23:59',
  'x'.repeat(65),
  'é'.repeat(300),
  'a'.repeat(70_000),
];
const NASTY_VALUES: readonly unknown[] = [null, true, 0, -1, 1.5, 1e21, 2 ** 53, [], {}, [[]], [null], {}];

/** A copy of `value` with one to three faults somewhere in it. */
export function spoilValue(random: Random, value: unknown): unknown {
  let spoiled = value;
  for (let faults = 1 + random.below(3); faults > 0; faults--) spoiled = spoilOnce(random, spoiled);
  return spoiled;
}

/** What databases, logs and terminals choke on, put into a value that was sound. */
const NASTY_PARTS = ['\0', '\ud800', '\u0085', '\r\n', '\u202e', ' ', '0', 'é'];

function spoilOnce(random: Random, value: unknown): unknown {
  if (typeof value === 'string' && random.chance(0.4)) {
    const at = random.below(value.length + 1);
    return value.slice(0, at) + random.pick(NASTY_PARTS) + value.slice(at);
  }
  if (typeof value !== 'object' || value === null || random.chance(0.1)) return nasty(random);
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    const at = random.below(items.length);
    if (items.length === 0 || random.chance(0.1)) return [...items, nasty(random)];
    if (random.chance(0.2)) return [...items, items[at]];
    return items.map((item, i) => (i === at ? spoilOnce(random, item) : item));
  }
  const fields = Object.entries(value);
  const [name] = fields[random.below(fields.length)] ?? [];
  if (name === undefined || random.chance(0.15))
    return { ...value, [random.chance(0.5) ? 'unheardOf' : String(nasty(random))]: nasty(random) };
  if (random.chance(0.2)) return Object.fromEntries(fields.filter(([other]) => other !== name));
  return Object.fromEntries(
    fields.map(([other, inner]) => [other, other === name ? spoilOnce(random, inner) : inner]),
  );
}

function nasty(random: Random): unknown {
  return random.chance(0.75) ? random.pick(NASTY_TEXTS) : random.pick(NASTY_VALUES);
}

export function nastyText(random: Random): string {
  return random.pick(NASTY_TEXTS);
}

/** The bytes of a document, broken below the level of its values. */
export function spoilBytes(random: Random, bytes: Buffer): Buffer {
  const at = random.below(bytes.length + 1);
  const put = (inserted: string | Buffer): Buffer =>
    Buffer.concat([bytes.subarray(0, at), Buffer.from(inserted), bytes.subarray(at)]);
  switch (random.below(8)) {
    case 0:
      return bytes.subarray(0, at);
    case 1:
      return put(Buffer.from([0xff, 0xfe]));
    case 2:
      return put('\0');
    case 3:
      return put('['.repeat(5000));
    case 4:
      return Buffer.from(`{"__proto__":{"a":1},${bytes.toString().slice(1)}`);
    case 5:
      return Buffer.from(`{"reference":"twice",${bytes.toString().slice(1)}`);
    case 6:
      return Buffer.from(`\ufeff${bytes.toString()}`);
    default:
      return Buffer.concat([bytes, bytes]);
  }
}
