// Whatever a bank writes is read back as it was meant, in every dialect and cut into chunks anywhere; and no single amount
// can be damaged on the way without the sums telling.
import fc from 'fast-check';
import t from 'tap';
import type { HowToRead } from '../../../src/dialects/index.ts';
import {
  chunksOf,
  closingOf,
  CSV,
  faultOf,
  partsOf,
  writeCamt,
  writeCsv,
  writeMt,
  type Written,
} from '../../support/statements.ts';

const day = fc
  .tuple(
    fc.integer({ min: 2000, max: 2079 }),
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 1, max: 28 }),
  )
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join('-'));
const amount = fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n });
const words = fc.constantFrom(
  'فاتورة',
  'رقم',
  '٣٤٥٦٧',
  'facture',
  '=SUM(A1)',
  'a & <b>',
  'É',
  '" ; ,',
  'x'.repeat(30),
);
const movement = fc.record({
  minor: amount,
  on: day,
  id: fc.stringMatching(/^[A-Z0-9]{2,16}$/),
  text: fc.array(words, { minLength: 1, maxLength: 8 }).map((each) => each.join(' ')),
});
const statements: fc.Arbitrary<Written[]> = fc.uniqueArray(
  fc.record({
    reference: fc.stringMatching(/^[A-Z]{1,5}[0-9]{1,10}$/),
    account: fc.stringMatching(/^[0-9]{6,20}$/),
    currency: fc.constantFrom('OMR', 'DZD', 'JPY', 'CLF'),
    opening: amount,
    movements: fc.array(movement, { minLength: 1, maxLength: 12 }),
  }),
  { minLength: 1, maxLength: 4, selector: ({ account }) => account },
);

const DIALECTS: Record<string, { write: (written: readonly Written[]) => string; how?: HowToRead }> = {
  camt: { write: writeCamt },
  mt940: { write: writeMt },
  csv: { write: writeCsv, how: { csv: CSV } },
};

for (const [name, { write, how }] of Object.entries(DIALECTS)) {
  t.test(`${name}: statements are read as they were written`, async (t) => {
    await fc.assert(
      fc.asyncProperty(statements, fc.integer({ min: 1, max: 5000 }), async (written, size) => {
        const parts = await partsOf(chunksOf(write(written), size), how);
        t.strictSame(heard(parts), written.flatMap(asHeard));
      }),
      { numRuns: 100 },
    );
  });

  t.test(`${name}: a damaged amount is refused by the sums`, async (t) => {
    const damaged = fc.tuple(statements, fc.nat(), fc.bigInt({ min: 1n, max: 10n ** 9n }));
    await fc.assert(
      fc.asyncProperty(damaged, async ([written, which, more]) => {
        const at = which % written.length;
        // What a running balance opens with is derived from the first row, which proves nothing of itself.
        const skip = name === 'csv' ? 1 : 0;
        const whole = written[at];
        if (whole === undefined || whole.movements.length <= skip) return;
        const row = skip + (which % (whole.movements.length - skip));
        const text = write(written);
        const other = write(written.map((each, index) => (index === at ? damagedAt(each, row, more) : each)));
        // The damage alone: all lines of the sound file, but for the one of that amount.
        t.not(await faultOf(onlyChange(text, other), how), 'read');
      }),
      { numRuns: 100 },
    );
  });
}

function damagedAt(written: Written, row: number, more: bigint): Written {
  const movements = written.movements.map((each, index) =>
    index === row ? { ...each, minor: each.minor + more } : each,
  );
  return { ...written, movements };
}

/** The sound text, with the first changed line that is no balance as the damaged text has it. */
function onlyChange(sound: string, damaged: string): string {
  const [lines, others] = [sound.split('\n'), damaged.split('\n')];
  const at = lines.findIndex((line, index) => line !== others[index] && !/^:6[02]|CLBD/.test(line));
  if (!sound.startsWith('Account')) return lines.map((line, i) => (i === at ? others[i] : line)).join('\n');
  const [cells = [], broken = []] = [lines[at]?.split(';'), others[at]?.split(';')];
  cells[3] = broken[3] ?? '';
  return lines.map((line, i) => (i === at ? cells.join(';') : line)).join('\n');
}

function heard(parts: Awaited<ReturnType<typeof partsOf>>): unknown[] {
  return parts.map((part) => {
    if (part.kind === 'statement') return [part.head.account, part.head.currency, part.head.opening?.minor];
    if (part.kind === 'end') return part.tail.closing?.minor;
    const { minor, bookedOn, endToEndId, text } = part.line;
    return [minor, bookedOn, endToEndId, text.split('\n')[0]];
  });
}

function asHeard(written: Written): unknown[] {
  return [
    [written.account, written.currency, written.opening],
    ...written.movements.map(({ minor, on, id, text }) => [minor, on, id, text.trim()]),
    closingOf(written),
  ];
}
