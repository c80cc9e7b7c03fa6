// Files that mean harm, or are broken: each is refused whole, in words and with its place, and none is held in memory.
import { createGzip, gzipSync } from 'node:zlib';
import { Readable } from 'node:stream';
import t from 'tap';
import { unpack } from '../../../src/dialects/statements/unpack.ts';
import {
  chunksOf,
  CSV,
  faultOf,
  linesOf,
  writeCamt,
  writeCsv,
  writeMt,
  type Written,
} from '../../support/statements.ts';

const WRITTEN: Written = {
  reference: 'S1',
  account: '12345678',
  currency: 'OMR',
  opening: 1000n,
  movements: [{ minor: 1500n, on: '2026-03-01', id: 'E1', text: 'رسوم ١٢٣' }],
};
const CAMT = writeCamt([WRITTEN]);
const MT = writeMt([WRITTEN]);
const how = { csv: CSV };
const MIB = 1024 * 1024;

/** More bytes than anything that is held, made as they are asked for. */
async function* endless(start: string, filler: string, mebibytes: number): AsyncGenerator<Buffer> {
  yield Buffer.from(start);
  const piece = Buffer.from(filler.repeat(MIB / filler.length));
  for (let i = 0; i < mebibytes; i++) yield piece;
}

const withDocument = (start: string): string =>
  CAMT.replace('<?xml version="1.0"?>', `<?xml version="1.0"?>${start}`);
const withText = (text: string): string => CAMT.replace('رسوم ١٢٣', text);

t.test('hostile XML', async (t) => {
  const cases: readonly [string, string | AsyncIterable<Buffer>, RegExp][] = [
    [
      'an entity bomb',
      withDocument('<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'),
      /document type or entities/,
    ],
    [
      'an external entity',
      withDocument('<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
      /document type/,
    ],
    ['a DTD elsewhere', withDocument('<!DOCTYPE d SYSTEM "http://example.org/d.dtd">'), /document type/],
    ['an entity nobody declared', withText('&x;'), /not well formed/],
    ['a NUL', withText('\0'), /not well formed/],
    ['a NUL by its number', withText('&#0;'), /not well formed/],
    ['a lone surrogate by its number', withText('&#xD800;'), /not well formed/],
    ['deep nesting', withText('<a>'.repeat(50) + '</a>'.repeat(50)), /nests deeper/],
    [
      'many attributes',
      withText(`<a ${Array.from({ length: 150 }, (_, i) => `b${i}=""`).join(' ')}/>`),
      /attributes/,
    ],
    ['an element that is not closed', CAMT.replace('</Document>', ''), /not well formed/],
    ['cut off', CAMT.slice(0, CAMT.length / 2), /not well formed/],
    ['many elements in an entry', withText('<a/>'.repeat(60_000)), /more than 50000 elements/],
    [
      'a text of 100 MB',
      endless(CAMT.slice(0, CAMT.indexOf('رسوم')), 'x', 100),
      /more than 65536 characters/,
    ],
    ['a comment of 100 MB', endless('<?xml version="1.0"?><!-- ', 'x', 100), /more than 65536 characters/],
    [
      'an attribute of 100 MB',
      endless('<?xml version="1.0"?><a b="', 'x', 100),
      /more than 65536 characters/,
    ],
    ['no statement', '<?xml version="1.0"?><Document/>', /holds no statement/],
    ['another message', CAMT.replace('camt.053.001.08', 'pain.001.001.09'), /no camt\.052, 053 or 054/],
  ];
  for (const [name, file, fault] of cases) t.match(await faultOf(file), fault, name);
});

t.test('hostile text', async (t) => {
  const cases: readonly [string, string | AsyncIterable<Buffer>, RegExp][] = [
    [
      'a line of 100 MB',
      endless(':20:A\n:25:1\n:86:', 'x', 100),
      /^line 3: it has more than 65536 characters/,
    ],
    [
      'a field of many lines',
      endless(':20:A\n:25:1\n', 'x\n', 5),
      /^line \d+: the field :25: .* more than 200 lines/,
    ],
    ['a NUL in MT', MT.replace('NTRF', 'NT\0F'), /^line 5: it holds control characters/],
    [
      'fields before a message',
      MT.replace(':20:S1', '').replace(/^/, '{1:F01}{4:\n'),
      /^line 3: :25: stands outside/,
    ],
    ['a CSV line of 100 MB', endless(writeCsv([WRITTEN]), 'x', 100), /^line 3: it has more than 65536/],
    ['a quote that is never closed', endless('Account;"', '\n', 5), /^line 1: a quote is opened/],
    ['a NUL in CSV', writeCsv([WRITTEN]).replace('E1', '\0'), /^line 2: it holds control characters/],
    ['nothing', '', /^the file: it is empty/],
    ['only spaces', ' \n\n ', /^the file: it is empty/],
  ];
  for (const [name, file, fault] of cases) t.match(await faultOf(file, how), fault, name);
  t.match(await faultOf('a,b\n1,2\n'), /not said how it writes CSV/, 'CSV without a mapping');
  t.match(await faultOf('{1:{4:-}'.repeat(8000)), /no message with a field :20:/, 'blocks without end');
  t.equal(await faultOf(`\x01\n${MT}\x03`), 'read', 'marks of a transmission are no fault');
});

t.test('formulas are text', async (t) => {
  const formula = '=HYPERLINK("http://x","y")';
  const [line] = await linesOf(
    writeCsv([{ ...WRITTEN, movements: [{ minor: 1n, on: '2026-03-01', id: '@SUM', text: formula }] }]),
    how,
  );
  t.match(line, { text: formula, endToEndId: '@SUM' });
});

t.test('packed files', async (t) => {
  const packed = gzipSync(CAMT);
  t.equal(await faultOf(packed), 'read', 'gzip is unpacked');
  t.equal(await faultOf(chunksOf(packed, 1)), 'read', 'also where it comes byte by byte');
  t.match(await faultOf(packed.subarray(0, packed.length - 20)), /cut short/, 'truncated');
  t.match(await faultOf(packed.subarray(0, 3)), /cut short/, 'truncated in its header');
  const broken = Buffer.from(packed);
  broken.fill(0x55, 30, 60);
  t.match(await faultOf(broken), /gzip is broken/, 'broken');
  t.match(await faultOf(gzipSync(packed)), /gzip twice/, 'packed twice');
  t.match(await faultOf(Buffer.from('PK\x03\x04rest of a zip', 'latin1')), /zip: unpack it first/, 'zip');
  const bomb = Readable.from(endless('<a>', ' ', 100)).pipe(createGzip());
  const inflate = async () => {
    for await (const bytes of unpack(bomb)) t.ok(bytes.length < MIB);
  };
  await t.rejects(inflate, { message: 'it inflates to more than 200 times its size' });
  const large = async () => {
    for await (const bytes of unpack(chunksOf(CAMT), 100)) t.ok(bytes);
  };
  await t.rejects(large, { message: 'it has more than 100 bytes unpacked' });
});
