// The demo bank's statement is one that the gateway reads: what was put into it comes out of it.
import { Readable } from 'node:stream';
import t from 'tap';
import { writeStatement } from '../../src/demo/write-statement.ts';
import { readStatementFile } from '../../src/dialects/index.ts';

t.test('a statement of the demo bank', async (t) => {
  const xml = writeStatement({
    reference: 'DEMO-1',
    account: 'OM440000001000000000017',
    currency: 'OMR',
    date: '2026-11-23',
    openingMinor: 1_000n,
    bookings: [
      {
        minor: -1_250n,
        at: '2026-11-23T11:00:00+04:00',
        bankReference: 'B-1',
        code: 'ICDT/ESCT',
        endToEndId: 'W01M8627MFD000A5',
        party: { name: 'Fund <demo> & Co', account: 'OM930000002000000004711' },
      },
      {
        minor: 500n,
        at: '2026-11-23T12:40:00+04:00',
        bankReference: 'B-2',
        code: 'RCDT/ESCT',
        text: 'فاتورة ١٢',
      },
    ],
  });
  const parts = [];
  for await (const part of readStatementFile(Readable.from([Buffer.from(xml)]), {
    currencyOf: () => undefined,
  }))
    parts.push(part);
  t.match(parts, [
    {
      kind: 'statement',
      head: { account: 'OM440000001000000000017', opening: { minor: 1_000n }, from: '2026-11-23' },
    },
    {
      kind: 'line',
      line: {
        minor: -1_250n,
        endToEndId: 'W01M8627MFD000A5',
        counterparty: 'Fund <demo> & Co',
        counterpartyAccount: 'OM930000002000000004711',
        code: 'PMNT/ICDT/ESCT',
      },
    },
    { kind: 'line', line: { minor: 500n, text: 'فاتورة ١٢', bookedAt: new Date('2026-11-23T08:40:00Z') } },
    { kind: 'end', tail: { closing: { minor: 250n } } },
  ]);
});
