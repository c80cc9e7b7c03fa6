// Files on their way in: refused whole with the place, brought again under another name or account, several accounts in one,
// killed while they are read, dropped into a folder.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import t from 'tap';
import { setBankStatements, type LoadPoint } from '../../../src/reconciliation/statements/index.ts';
import { loadStatementFile } from '../../../src/reconciliation/statements/load-file.ts';
import { fetchDropped, placeStatements } from '../../../src/reconciliation/statements/index.ts';
import { BOOKED_AHEAD_DAYS, VALUED_AHEAD_DAYS } from '../../../src/reconciliation/statements/check-dates.ts';
import { addDays } from '../../../src/kernel/business-date.ts';
import { businessNow } from '../../../src/settlement/remittances/index.ts';
import { camt } from '../../support/bank-statement.ts';
import { balances, makeRemitWorld, setAccount } from '../../support/remit-world.ts';
import { bring, bringOurs, fileOf, outcomesOf, OURS, statementParts } from '../../support/statement-world.ts';
import { ACTOR, done } from '../../support/world.ts';

const CHARGE = ['PMNT', 'MDOP', 'CHRG'] as const;
const charges = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ minor: -1n, code: CHARGE, ref: `C${at}` }));

async function nothingLoaded(db: Parameters<typeof fileOf>[0]): Promise<boolean> {
  const rows = await db.transaction((tx) =>
    tx.query('select from statement union all select from statement_line limit 1'),
  );
  return rows.length === 0;
}

t.test('a file that is wrong anywhere is refused whole, and where is told', async (t) => {
  const world = await makeRemitWorld(t);
  const parts = statementParts(world);
  const good = { account: OURS, currency: 'OMR', bookings: charges(3_000) };
  const refusals: [string, Buffer, RegExp][] = [
    ['sums', camt(good, { ...good, id: 'two', closing: 5n }), /it says that it closes with/],
    ['unknown account', camt({ ...good, account: '123456789012' }), /\*{8}9012 is none of the operator's/],
    ['currency', camt({ ...good, currency: 'EGP', bookings: [] }), /it is in EGP, and the account in OMR/],
    ['nothing', Buffer.from('hello'), /./],
    ['empty', Buffer.alloc(0), /it is empty/],
  ];
  for (const [name, bytes, why] of refusals) {
    const { fileId } = await bring(parts, bytes, { name });
    t.match(await fileOf(world.db, fileId), { state: 'refused', fault: why, fault_place: /./ }, name);
  }
  t.ok(await nothingLoaded(world.db));
  const rows = await world.db.transaction((tx) => tx.query('select fault, fault_place from statement_file'));
  t.notMatch(JSON.stringify([rows, world.lines]), new RegExp(OURS), 'no number of an account is told whole');
  t.equal(world.lines.filter(({ text }) => /was refused/.test(text)).length, refusals.length);
});

t.test('places that were told before accounts were masked', async (t) => {
  const world = await makeRemitWorld(t);
  const { fileId } = await bring(statementParts(world), Buffer.from('hello'));
  const migration = path.join(import.meta.dirname, '../../../migrations/0027_masked_places.sql');
  const mend = await readFile(migration, 'utf8');
  for (const [before, after] of [
    [`statement 1 (U-1, account ${OURS})`, `statement 1 (U-1, account ****${OURS.slice(-4)})`],
    [
      'statement 1 (U-1, account OM*****************3456)',
      'statement 1 (U-1, account OM*****************3456)',
    ],
    ['line 5', 'line 5'],
  ] as const) {
    await world.db.transaction(async (tx) => {
      await tx.query('update statement_file set fault_place = $2 where file_id = $1', [fileId, before]);
      await tx.query(mend);
    });
    t.match(await fileOf(world.db, fileId), { fault_place: after });
  }
});

t.test('days that cannot be are refused with their place, old ones are taken', async (t) => {
  const world = await makeRemitWorld(t);
  const parts = statementParts(world);
  const today = (await world.db.transaction(businessNow)).toISOString().slice(0, 10);
  const [first, second] = charges(2);
  if (first === undefined || second === undefined) throw new Error('no charges');
  const fileOn = async (on: string, of: { from?: string; valued?: string } = {}) => {
    const bookings = [first, { ...second, on }];
    const { from = today, valued } = of;
    const text = camt({ account: OURS, currency: 'OMR', bookings, from, id: `${on}${valued}` }).toString();
    const bytes =
      valued === undefined
        ? text
        : text.replaceAll(/<ValDt>.*?<\/ValDt>/g, `<ValDt><Dt>${valued}</Dt></ValDt>`);
    return fileOf(world.db, (await bring(parts, Buffer.from(bytes))).fileId);
  };
  const refused = (fault: RegExp, place: RegExp) => ({ state: 'refused', fault, fault_place: place });
  const entry = /^entry 2 of statement 1$/;
  t.match(await fileOn('9999-12-31'), refused(/day of booking is of 9999-12-31, and nothing after/, entry));
  t.match(await fileOn('0001-01-01'), refused(/nothing before 1980-01-01 is taken/, entry));
  t.match(await fileOn(addDays(today, BOOKED_AHEAD_DAYS + 1)), refused(/day of booking/, entry));
  t.match(await fileOn(today, { from: '9999-12-31' }), refused(/opening balance/, /^statement 1 /));
  const late = addDays(today, VALUED_AHEAD_DAYS + 1);
  t.match(await fileOn(today, { valued: late }), refused(/day of value/, /^entry 1 /));
  t.ok(await nothingLoaded(world.db));
  t.match(await fileOn(addDays(today, BOOKED_AHEAD_DAYS)), { state: 'read' });
  t.match(await fileOn(today, { valued: addDays(late, -1) }), { state: 'read' });
  t.match(await fileOn('2009-02-28', { from: '2009-02-28' }), { state: 'read' });
});

t.test('what it was brought for must agree, and it may be brought again', async (t) => {
  const world = await makeRemitWorld(t);
  const parts = statementParts(world);
  const bytes = camt({ account: OURS, currency: 'OMR', bookings: charges(2) });
  const wrong = await bring(parts, bytes, { accountId: 2, name: '../../etc/pass\u0000wd' });
  t.match(await fileOf(world.db, wrong.fileId), {
    state: 'refused',
    name: 'pass�wd',
    fault: /another account/,
  });
  const right = await bring(parts, bytes, { accountId: 1 });
  t.equal(right.fileId, wrong.fileId);
  t.match(await fileOf(world.db, right.fileId), { state: 'read', lines: 2, fault: null });
});

t.test('whoever brings a CSV without a column of accounts says of which it is', async (t) => {
  const world = await makeRemitWorld(t);
  const parts = statementParts(world);
  const csv = {
    delimiter: ',' as const,
    columns: { date: 'Date', amount: 'Amount', balance: 'Balance', text: ['Text'] },
    dateFormat: 'yyyy-MM-dd' as const,
    decimalSign: '.' as const,
  };
  done(await setBankStatements(world.db, 'main', { csv }, ACTOR));
  const today = (await world.db.transaction(businessNow)).toISOString().slice(0, 10);
  const rows = (amount: string) => Buffer.from(`Date,Amount,Balance,Text\n${today},${amount},${amount},x\n`);
  const accountsOf = async (fileId: string) =>
    world.db.transaction((tx) =>
      tx.query('select account_id, currency from statement where file_id = $1', [fileId]),
    );
  const nowhere = await bring(parts, rows('1'), { bankId: 1 });
  t.match(await fileOf(world.db, nowhere.fileId), { state: 'refused', fault: 'it says no account' });
  const first = await bring(parts, rows('1'), { bankId: 1, accountId: 1 });
  t.same(await accountsOf(first.fileId), [{ account_id: 1, currency: 'OMR' }]);
  const second = await bring(parts, rows('2'), { accountId: 2 });
  t.same(await accountsOf(second.fileId), [{ account_id: 2, currency: 'DZD' }], 'another of the same bank');
  done(await setBankStatements(world.db, 'main', { csv: { ...csv, account: OURS } }, ACTOR));
  const third = await bring(parts, rows('3'), { accountId: 2 });
  t.same(
    await accountsOf(third.fileId),
    [{ account_id: 2, currency: 'DZD' }],
    'said of one file, not of all',
  );
  const fourth = await bring(parts, rows('4'), { bankId: 1 });
  t.same(await accountsOf(fourth.fileId), [{ account_id: 1, currency: 'OMR' }]);
});

t.test('several accounts in one file, a biller’s among them', async (t) => {
  const world = await makeRemitWorld(t);
  const parts = statementParts(world);
  await setAccount(world.db, 'eg-local', '', {
    holder: 'Local',
    paysFrom: 'ours-egp',
    number: '55500011122',
  });
  const { fileId } = await bring(
    parts,
    camt(
      { account: OURS, currency: 'OMR', bookings: charges(2) },
      { account: '9900EGP1234567890', currency: 'EGP', bookings: charges(1) },
      { account: '55500011122', currency: 'EGP', bookings: charges(1) },
    ),
  );
  t.same(await outcomesOf(world.db, fileId), ['charge', 'charge', 'charge', 'other']);
  const shared = await bring(parts, camt({ account: '00799999001234567803', currency: 'OMR', bookings: [] }));
  t.match(await fileOf(world.db, shared.fileId), { state: 'refused', fault: /several agencies/ });
});

for (const point of ['claimed', 'lot', 'loaded', 'refusing'] satisfies LoadPoint[])
  t.test(`killed when ${point}, the next reader comes to the same`, async (t) => {
    const world = await makeRemitWorld(t);
    const parts = { ...statementParts(world), idleSeconds: 0 };
    let passed = 0;
    const at = async (reached: LoadPoint): Promise<void> => {
      if (reached === point && (point !== 'lot' || ++passed === 2)) throw new Error('killed');
    };
    const closing = point === 'refusing' ? { closing: 7n } : {};
    const statement = { account: OURS, currency: 'OMR', bookings: charges(5_000), ...closing };
    await t.rejects(bring({ ...parts, at }, camt(statement)), { message: 'killed' });
    const [file] = await world.db.transaction((tx) =>
      tx.query<{ file_id: string; state: string }>('select file_id, state from statement_file'),
    );
    t.equal(file?.state, 'waiting');
    const both = await Promise.all([1, 2].map(() => loadStatementFile(parts, file?.file_id ?? '')));
    const expected = point === 'refusing' ? 'refused' : 'read';
    t.ok(both.includes(expected), both.join());
    await placeStatements(parts);
    const rows = await world.db.transaction((tx) =>
      tx.query<{ lines: number }>('select count(*)::int as lines from statement_line'),
    );
    t.same(rows, [{ lines: point === 'refusing' ? 0 : 5_000 }]);
    if (expected === 'read') t.match(await balances(world.db, 0), { 'bank/charges': 5_000n });
  });

t.test('a bank’s folder is emptied into read and refused; nothing is lost', async (t) => {
  const world = await makeRemitWorld(t);
  const parts = { ...statementParts(world), dataDir: world.dataDir, quietMs: 0 };
  const folder = path.join(world.dataDir, 'statements', 'main');
  await mkdir(folder, { recursive: true });
  const csv = 'Date;Amount;Text\n23.11.2026;-1,500;رسوم\n';
  done(
    await setBankStatements(
      world.db,
      'main',
      {
        csv: {
          delimiter: ';',
          columns: { date: 'Date', amount: 'Amount', text: ['Text'] },
          dateFormat: 'dd.MM.yyyy',
          decimalSign: ',',
          account: OURS,
          currency: 'OMR',
        },
      },
      ACTOR,
    ),
  );
  await writeFile(path.join(folder, 'a.xml'), camt({ account: OURS, currency: 'OMR', bookings: charges(1) }));
  await writeFile(path.join(folder, 'b.csv'), csv);
  await writeFile(path.join(folder, 'c.xml'), '<wrong/>');
  await writeFile(path.join(folder, 'd.part'), 'x');
  await fetchDropped(parts);
  await placeStatements(parts);
  t.same((await readdir(folder)).sort(), ['d.part', 'read', 'refused']);
  t.same((await readdir(path.join(folder, 'read'))).sort(), ['a.xml', 'b.csv']);
  t.same(await readdir(path.join(folder, 'refused')), ['c.xml']);
  t.match(
    await world.db.transaction((tx) =>
      tx.query('select name, source, bank_id, state from statement_file order by name'),
    ),
    [
      { name: 'a.xml', source: 'folder', bank_id: 1, state: 'read' },
      { name: 'b.csv', state: 'read' },
      { name: 'c.xml', state: 'refused' },
    ],
  );
});

t.test('the same line of a large file is placed once, whoever places', async (t) => {
  const world = await makeRemitWorld(t);
  const parts = statementParts(world);
  const quiet = { ...parts, placeDeposits: async () => undefined };
  const bookings = Array.from({ length: 2_500 }, (_, at) => ({ minor: 10n, ref: `D${at}` }));
  const { fileId } = await bringOurs(quiet, bookings);
  await Promise.all([placeStatements(parts), placeStatements(parts), placeStatements(parts)]);
  t.same([...new Set(await outcomesOf(world.db, fileId))], ['suspense']);
  t.match(await balances(world.db, 0), { suspense: -25_000n });
});
