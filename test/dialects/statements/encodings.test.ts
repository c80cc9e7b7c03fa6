// Encodings of the region's banks: as declared, as marked, or as they prove to be; never a character replaced.
import t from 'tap';
import { CSV, faultOf, linesOf, writeCamt, writeCsv, writeMt } from '../../support/statements.ts';

const TEXT = 'شركة 12';
const WRITTEN = {
  reference: 'S1',
  account: '12345678',
  currency: 'OMR',
  opening: 1000n,
  movements: [{ minor: 1500n, on: '2026-03-01', id: 'E1', text: TEXT }],
};
/** Every byte of a one-byte encoding by its character. */
function encoded(text: string, encoding: string): Buffer {
  const bytes = new Map<string, number>();
  for (let byte = 255; byte >= 0; byte--) bytes.set(new TextDecoder(encoding).decode(Buffer.of(byte)), byte);
  return Buffer.from([...text].map((character) => bytes.get(character) ?? 0x3f));
}
const utf16 = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le');
const bigEndian = (text: string): Buffer => utf16(text).swap16();
const declared = (encoding: string, text = TEXT): string =>
  writeCamt([WRITTEN])
    .replace('<?xml version="1.0"?>', `<?xml version="1.0" encoding="${encoding}"?>\n`)
    .replace(TEXT, text);

t.test('XML in the encoding that it declares', async (t) => {
  for (const encoding of ['windows-1256', 'ISO-8859-6'])
    t.match(await linesOf(encoded(declared(encoding), encoding)), [{ text: TEXT }], encoding);
  for (const encoding of ['iso-8859-1', 'windows-1252'])
    t.match(await linesOf(encoded(declared(encoding, 'été'), encoding)), [{ text: 'été' }], encoding);
  t.match(await linesOf(utf16(declared('UTF-16'))), [{ text: TEXT }], 'UTF-16LE');
  t.match(await linesOf(bigEndian(declared('utf-16'))), [{ text: TEXT }], 'UTF-16BE');
  t.match(await linesOf(`\ufeff${declared('UTF-8')}`), [{ text: TEXT }], 'UTF-8 with its mark');
});

t.test('XML in another one is refused with its place', async (t) => {
  const cases: readonly [string, Buffer | string, string | RegExp][] = [
    [
      'not UTF-8',
      encoded(declared('UTF-8'), 'windows-1256'),
      /^line 7: a character is not of the encoding utf-8/,
    ],
    ['not declared', encoded(writeCamt([WRITTEN]), 'windows-1256'), /^line 6: a character/],
    [
      'a byte that ISO-8859-6 has not',
      Buffer.from(declared('ISO-8859-6', '\xa1'), 'latin1'),
      /^line 7: a character/,
    ],
    ['unknown', declared('EBCDIC-CP-AR1'), /^line 1: it says that it is in "EBCDIC-CP-AR1"/],
    [
      'UTF-16 without a mark',
      utf16(declared('UTF-16')).subarray(2),
      /^line 1: it is in UTF-16 or UTF-32 without/,
    ],
    [
      'UTF-16 that says UTF-8',
      utf16(declared('UTF-8')),
      /^line \d: it says .* UTF-8, but its mark says utf-16le/,
    ],
    [
      'half a character at its end',
      Buffer.concat([Buffer.from(`${declared('UTF-8')}\n`), Buffer.of(0xd8)]),
      /cut off/,
    ],
    [
      'a lone surrogate',
      utf16(declared('UTF-16', '\ud800 x')),
      /a character is not of the encoding utf-16le/,
    ],
  ];
  for (const [name, file, fault] of cases) t.match(await faultOf(file), fault, name);
});

t.test('MT and CSV: the mark, sound UTF-8, or what is usual with the bank', async (t) => {
  const files = { mt: writeMt([WRITTEN]), csv: writeCsv([WRITTEN]) };
  for (const [name, file] of Object.entries(files)) {
    const how = { csv: CSV };
    const read = { text: TEXT };
    t.match(await linesOf(file, how), [read], `${name} UTF-8`);
    t.match(await linesOf(`\ufeff${file}`, how), [read], `${name} UTF-8 with its mark`);
    t.match(await linesOf(utf16(file), how), [read], `${name} UTF-16LE`);
    t.match(await linesOf(bigEndian(file), how), [read], `${name} UTF-16BE`);
    t.match(await linesOf(encoded(file, 'windows-1256'), how), [read], `${name} windows-1256`);
    const iso = encoded(file, 'iso-8859-6');
    t.match(await linesOf(iso, { ...how, encoding: 'iso-8859-6' }), [read], `${name} ISO-8859-6`);
    t.match(await faultOf(iso, { ...how, encoding: 'klingon' }), /"klingon"/, `${name} unknown`);
    const marked = Buffer.concat([Buffer.of(0xef, 0xbb, 0xbf), encoded(file, 'windows-1256')]);
    t.match(await faultOf(marked, how), /a character is not of the encoding utf-8/, `${name} marked wrongly`);
  }
});
