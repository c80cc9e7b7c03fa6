// A bank that is called, on the route direct: it credits the agency's own account, whose statement proves it, and the
// settlement has it in a column of its own.
import t from 'tap';
import { setAgreement } from '../../../src/channels/index.ts';
import { openBusinessDays, loadBillers } from '../../../src/billers/index.ts';
import { parseId } from '../../../src/kernel/ids.ts';
import { endToEndIdOf } from '../../../src/mandates/debits/index.ts';
import { placeStatements, watchDirect } from '../../../src/reconciliation/statements/index.ts';
import { closeDay } from '../../../src/settlement/index.ts';
import { Client } from '../../support/client.ts';
import { camt } from '../../support/bank-statement.ts';
import { ask, begin, payer, statusOf, tell } from '../../support/demanded.ts';
import { balances, setAccount } from '../../support/remit-world.ts';
import { bring, linesOf, statementParts } from '../../support/statement-world.ts';
import { ACTOR, BILLERS, done, setClock } from '../../support/world.ts';

const OM = BILLERS.om;
const THEIRS = '444000111222';
const QUIET = { info: () => undefined, warn: () => undefined, error: () => undefined };

t.test('asked, credited, settled beside the net, proved and taken back', async (t) => {
  const { world, bank } = await begin(t);
  const { db, agency, collect } = world;
  for (const biller of await db.transaction((tx) => loadBillers(tx))) await openBusinessDays(db, biller);
  await setAccount(db, OM.code, '', { holder: 'Social', paysFrom: 'ours-omr', number: THEIRS });
  done(await setAgreement(db, { billerCode: OM.code, channelCode: 'bank' }, { route: 'direct' }, ACTOR));
  const { mandateId, bills } = await payer(world, 2);
  bank.answering = () => ({ outcome: 'collected', bankReference: 'B-77' });
  // Whoever is unknown makes a gateway read the newest configuration.
  t.equal(
    (await new Client(world.baseUrl, 'wsk_unknown').send('GET', '/v1/position')).code,
    'unauthenticated',
  );
  const asked = await ask(agency, { mandateId, bills });
  t.match(asked.body, { state: 'collected', amount: { value: '20.000' } });
  t.match(bank.calls.at(-1)?.body, { creditor: { name: 'Social', account: THEIRS } });
  t.match(await balances(db, OM.id), { 'channel/direct/1': 20_000n, 'biller/direct': -20_000n });

  await setClock(db, '2026-11-22T16:30:00Z');
  const { batch } = done(await closeDay(db, { billerId: OM.id, businessDate: '2026-11-22' }));
  t.match(batch, { netMinor: 0n });
  const { settlementId } = batch;
  const [row] = await db.transaction((tx) =>
    tx.query(
      `select direct_gross_minor as direct, gross_minor as gross, net_minor as net from settlement_split
        where biller_id = 1 and settlement_id = $1 and dimension = 'total'`,
      [settlementId],
    ),
  );
  t.same(row, { direct: 20_000n, gross: 0n, net: 0n });

  const parts = statementParts({ db, parts: { log: QUIET } });
  const e2e = endToEndIdOf(parseId('dbt', asked.body?.debitId ?? '') ?? '');
  const theirs = (minor: bigint, more: object) =>
    bring(parts, camt({ account: THEIRS, currency: OM.currency, bookings: [{ minor, e2e }], ...more }));
  await setClock(db, '2026-11-23T08:00:00Z');
  const came = await theirs(20_000n, { sequence: 1 });
  await watchDirect(db, [OM.id]);
  await placeStatements(parts);
  t.match(await linesOf(db, came.fileId), [{ outcome: 'direct' }]);
  t.notOk('biller/direct' in (await balances(db, OM.id)), 'proved');

  t.match(await tell(world.bank, asked.body?.debitId, { outcome: 'returned', code: 'MD06' }), {
    status: 200,
  });
  await collect();
  t.equal(await statusOf(world, bills[0]), 'open');
  t.match(await balances(db, OM.id), { 'channel/direct/1': -20_000n, 'biller/direct': 20_000n });
  const back = await theirs(-20_000n, { sequence: 2, opening: 20_000n });
  await setClock(db, '2026-11-23T16:30:00Z');
  done(await closeDay(db, { billerId: OM.id, businessDate: '2026-11-23' }));
  await watchDirect(db, [OM.id]);
  await placeStatements(parts);
  t.match(await linesOf(db, back.fileId), [{ outcome: 'direct' }]);
  t.notOk(
    Object.keys(await balances(db, OM.id)).some((code) => code.includes('direct')),
    'all is as before',
  );
});
