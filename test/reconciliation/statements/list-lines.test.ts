// The lines of statements: what the bank says, what each was booked as, its break; by statement, by outcome, page by page.
import t from 'tap';
import { showId } from '../../../src/kernel/ids.ts';
import type { ShownLine } from '../../../src/reconciliation/statements/index.ts';
import { camt } from '../../support/bank-statement.ts';
import { commandLine } from '../../support/command-line.ts';
import { makeRemitWorld, planned, work } from '../../support/remit-world.ts';
import { colleague } from '../../support/staff.ts';
import { bring, brokenLine, deskOf, OURS, statementParts } from '../../support/statement-world.ts';

const CHARGE = ['PMNT', 'MDOP', 'CHRG'] as const;
const PAYER = 'OM810180000001299123456';

t.test('lines of two statements of a file', async (t) => {
  const world = await makeRemitWorld(t);
  const { db, baseUrl } = world;
  const { one } = await deskOf(world);
  const remitted = await planned(world);
  await work(world, '2026-11-23T06:00:00Z');
  const ours = { account: OURS, currency: 'OMR' };
  const file = camt(
    {
      ...ours,
      id: 'A',
      sequence: 1,
      bookings: [
        { minor: -125_500n, e2e: remitted.endToEndId, ref: 'A1' },
        { minor: -100n, code: CHARGE, ref: 'A2' },
        { minor: 45_500n, ref: 'A3', text: 'for my\nfriend', from: { name: 'Al Noor', account: PAYER } },
      ],
    },
    {
      ...ours,
      id: 'B',
      sequence: 2,
      from: '2026-11-24',
      opening: -80_100n,
      bookings: [
        { minor: -33_000n, ref: 'B1', text: 'who knows' },
        { minor: 20n, ref: 'B2', text: 'x' },
      ],
    },
  );
  const { fileId } = await bring(statementParts(world), file);
  const shownFile = showId('sfl', fileId);
  type Page = { items: ShownLine[]; next: string | null };
  const get = (path: string) => one.send<Page>('GET', `/v1/statements/${path}`);

  const { body: all } = await get(`${shownFile}/lines`);
  const [first, charge, lying, unknown] = all?.items ?? [];
  t.same(
    all?.items.map(({ line, outcome, amount }) => [line, outcome, amount.value]),
    [
      [1, 'remittance', '-125.500'],
      [2, 'charge', '-0.100'],
      [3, 'suspense', '45.500'],
      [1, 'break', '-33.000'],
      [2, 'suspense', '0.020'],
    ],
  );
  t.match(first, {
    account: 'ours-omr',
    endToEndId: remitted.endToEndId,
    bookedAs: [
      {
        kind: 'remittance',
        biller: 'om-social',
        subject: showId('rmt', remitted.remittanceId),
        postings: [
          { account: 'biller/in-transit', side: 'debit' },
          { account: 'bank ours-omr', side: 'credit' },
        ],
      },
    ],
    parts: 1,
    breaks: [],
  });
  t.match(charge, { bookedAs: [{ kind: 'charge', journal: 'bank-charge', amount: { value: '-0.100' } }] });
  t.match(lying, {
    bookedOn: '2026-11-23',
    text: /for my\s+friend/,
    counterparty: 'Al Noor',
    counterpartyAccount: 'OM*****************3456',
    bankReference: 'A3',
    breaks: [{ breakId: await brokenLine(db, fileId, 3), kind: 'unplaced-deposit', state: 'open' }],
  });
  t.match(unknown, { bookedAs: [], parts: 0, breaks: [{ kind: 'unplaced-line' }] });

  const numbers = async (path: string) => {
    const { body, text } = await get(path);
    if (body === undefined) throw new Error(text);
    return [body.items.map(({ bankReference }) => bankReference), body.next] as const;
  };
  t.same(await numbers(`${unknown?.statementId}/lines`), [['B1', 'B2'], null], 'by the id of one');
  t.same(await numbers(`${shownFile}/lines?statement=${first?.statementId}&limit=2`), [
    ['A1', 'A2'],
    `${first?.statementId}:2`,
  ]);
  t.same(await numbers(`${shownFile}/lines?limit=2&after=${first?.statementId}:2`), [
    ['A3', 'B1'],
    `${unknown?.statementId}:1`,
  ]);
  t.same(await numbers(`${shownFile}/lines?limit=2&after=${unknown?.statementId}:1`), [['B2'], null]);
  t.same(await numbers(`${shownFile}/lines?outcome=suspense`), [['A3', 'B2'], null]);
  t.same(await numbers(`${shownFile}/lines?outcome=waiting`), [[], null]);
  t.match(await get(`${shownFile}/lines?outcome=lost`), { code: 'malformed-request' });
  t.match(await get(`${shownFile}/lines?after=nothing`), { code: 'malformed-request' });
  const other = showId('stm', fileId);
  t.match(await get(`${shownFile}/lines?statement=${other}`), { code: 'not-found' });
  t.match(await get(`${other}/lines`), { code: 'not-found' });
  t.match(await get(`sfl_nothing/lines`), { code: 'not-found' });
  const agency = await colleague(db, baseUrl, 'agency', 'finance-officer', { billerCode: 'om-social' });
  t.match(await agency.send('GET', `/v1/statements/${shownFile}/lines`), { code: 'forbidden' });

  const { wasit } = await commandLine(t, world.url);
  t.match(await wasit('statement', 'lines', unknown?.statementId ?? ''), {
    code: 0,
    out: /stm_\w+:1 .*-33\.000 OMR .*break .*brk_\w+ .*who knows/,
  });
  const page = await wasit('statement', 'lines', shownFile, '--outcome', 'suspense', '--limit', '1');
  t.match(page, { code: 0, out: /suspense 45\.500 .*Al Noor .*for my friend[^]*more: --after stm_\w+:3/ });
  t.notMatch(page.out, PAYER);
  t.match(await wasit('statement', 'lines', shownFile, '--outcome', 'lost'), { code: 2 });
  t.match(await wasit('statement', 'lines', other), { code: 1, err: /there is no statement/ });
});
