// Ids and receipt numbers as bytes are those that are shown as text.
import fc from 'fast-check';
import t from 'tap';
import { showId, showReceipt } from '../../src/kernel/ids.ts';
import { LONGEST_SHOWN, putId, putReceipt } from '../../src/kernel/shown-bytes.ts';

function written(put: (out: Buffer, at: number) => number): string {
  const out = Buffer.alloc(LONGEST_SHOWN + 3);
  const end = put(out, 3);
  return out.toString('latin1', 3, end);
}

t.test('ids', async (t) => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
      const hex = Buffer.from(bytes).toString('hex');
      const uuid = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
      const around = Buffer.concat([Buffer.from([255, 255]), bytes, Buffer.from([255])]);
      return written((out, at) => putId(out, at, 'pay', around, 2)) === showId('pay', uuid);
    }),
    { numRuns: 2000 },
  );
  const largest = Buffer.alloc(16, 255);
  t.equal(
    written((out, at) => putId(out, at, 'pay', largest, 0)),
    'pay_7zzzzzzzzzzzzzzzzzzzzzzzzz',
  );
});

t.test('receipt numbers', async (t) => {
  const half = fc.integer({ min: 0, max: 2 ** 30 - 1 });
  const biller = fc.oneof(
    fc.constantFrom(0, 1, 1023, 1024, 32767, 32768, 65535),
    fc.integer({ min: 0, max: 65535 }),
  );
  fc.assert(
    fc.property(biller, half, half, (billerId, high, low) => {
      const receiptNo = (BigInt(high) << 30n) | BigInt(low);
      return (
        written((out, at) => putReceipt(out, at, billerId, high, low)) === showReceipt(billerId, receiptNo)
      );
    }),
    { numRuns: 2000 },
  );
  t.equal(
    written((out, at) => putReceipt(out, at, 65535, 2 ** 30 - 1, 2 ** 30 - 1)),
    '1ZZZ-ZZZZ-ZZZZ-ZZZZ-Y',
  );
});
