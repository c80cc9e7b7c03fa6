// A debit that is collected onto the agency's own account, and a bill of it that was paid elsewhere meanwhile: the payer's
// credit lies with the agency. Nobody owes it to the operator, who neither remits nor refunds it.
import t from 'tap';
import { endToEndIdOf } from '../../../src/mandates/debits/index.ts';
import { placeStatements, watchDirect } from '../../../src/reconciliation/statements/index.ts';
import { accept, ask, attachFile, idOf } from '../../support/approvals.ts';
import { camt } from '../../support/bank-statement.ts';
import { bill } from '../../support/client.ts';
import { bookAll, debit, debitStanding, makeDebitWorld, say } from '../../support/debits.ts';
import { atBank } from '../../support/debit-file.ts';
import { accepted } from '../../support/mandates.ts';
import { balances, close, setAccount } from '../../support/remit-world.ts';
import { book, debitEvents, debitsSeen, makeSendingWorld, workDebits } from '../../support/sending.ts';
import { colleague, session } from '../../support/staff.ts';
import { bring, linesOf, statementParts } from '../../support/statement-world.ts';
import { addBills, BILLERS, setClock } from '../../support/world.ts';

const OM = BILLERS.om;
const THEIRS = '444000111222';
const OMR = (value: string): { value: string; currency: string } => ({ value, currency: 'OMR' });

const HELD = `select payer_id, available_minor, direct_minor from credit where available_minor > 0`;

t.test('announced, paid elsewhere, credited to the agency, refunded by the agency', async (t) => {
  const world = await makeSendingWorld(t);
  const { db, baseUrl, second: officer } = world;
  const admin = await colleague(db, baseUrl, 'admin', 'operator-admin');
  await setAccount(db, OM.code, '', { holder: 'Social', paysFrom: 'ours-omr', number: THEIRS });
  const transit = world.client('transit');
  const terms = { payerId: 'S-1', channelCode: 'transit', announceDays: 3, validFrom: '2026-11-01' };
  await accepted({ ...world, bank: transit }, terms);
  const dueOn = '2026-11-25';
  await addBills(db, 'om', [
    { number: 'D-1', payer: 'S-1', amount: '10.000', dueOn },
    { number: 'D-2', payer: 'S-1', amount: '20.000', dueOn },
  ]);
  await workDebits(world, '2026-11-22T08:30:00Z');
  await workDebits(world, '2026-11-24T06:00:00Z');
  const [one] = await debitsSeen(world);
  if (one === undefined) throw new Error('nothing was planned');
  t.same(await debitEvents(world, one.debit_id), ['debit.announced', 'debit.sent']);
  t.equal((await world.client('agent').pay({ bills: [bill('D-1', '10.000')], method: 'cash' })).status, 201);

  const parts = statementParts(world);
  const own = (bookings: readonly { minor: bigint; e2e?: string; text?: string }[], more: object) =>
    bring(parts, camt({ account: THEIRS, currency: 'OMR', bookings, ...more }));
  await setClock(db, '2026-11-25T08:00:00Z');
  const came = await own([{ minor: 30_000n, e2e: endToEndIdOf(one.debit_id) }], { sequence: 1 });
  await placeStatements(parts);
  await book(world);
  t.match(await debitsSeen(world), [{ state: 'collected', bills: ['D-1 credited', 'D-2 paid'] }]);
  t.match(await balances(db, OM.id), {
    'channel/direct/5': 30_000n,
    'biller/direct': -20_000n,
    'payer/credit': -10_000n,
  });
  t.notOk('channel/receivable/5' in (await balances(db, OM.id)), 'its bank owes the operator nothing');
  t.match(await officer.send('GET', '/v1/credits'), {
    body: { items: [{ payerId: 'S-1', available: OMR('10.000'), withAgency: OMR('10.000') }] },
  });

  await setClock(db, '2026-11-25T16:30:00Z');
  for (const date of ['2026-11-22', '2026-11-23', '2026-11-24', '2026-11-25']) await close(world, OM, date);
  await watchDirect(db, [OM.id]);
  await placeStatements(parts);
  t.match(await linesOf(db, came.fileId), [{ outcome: 'direct' }], 'the line proves credit as well');
  const [batch] = await db.transaction((tx) =>
    tx.query(
      `select s.direct_gross_minor as direct, s.credited_minor as credited, s.gross_minor as gross, s.net_minor as net
         from settlement_batch b join settlement_split s using (biller_id, settlement_id)
        where b.biller_id = 1 and b.business_date = '2026-11-25' and s.dimension = 'total'`,
    ),
  );
  t.match(batch, { direct: 20_000n, credited: 10_000n, gross: 0n, net: 0n });
  t.match(await balances(db, OM.id), { 'biller/direct': 10_000n, 'payer/credit': -10_000n });

  const wish = { payerId: 'S-1', amount: OMR('10.000'), holder: 'Al Noor Trading' };
  const account = { accountNumber: 'OM81 0180 0000 0129 9123 456' };
  t.match(await ask(officer, 'credit-refund', { ...wish, ...account, payFrom: 'ours-omr' }), {
    code: 'credit-insufficient',
    problem: { available: OMR('10.000'), withAgency: OMR('10.000') },
  });
  const asked = await ask(officer, 'credit-refund', { ...wish, ...account });
  t.match(asked, { body: { summary: /, paid by the agency$/, content: { paidBy: 'agency' } } });
  const id = asked.body?.approvalId ?? '';
  await attachFile(baseUrl, await session(db, 'second'), id);
  t.match(await accept(admin, id), { body: { state: 'accepted' } });
  const left = await balances(db, OM.id);
  t.notOk(
    Object.keys(left).some((code) => /direct|credit|bank/.test(code)),
    'nothing is left of it',
  );
  const back = await own([{ minor: -10_000n, text: 'refund Al Noor' }], { sequence: 2, opening: 30_000n });
  await placeStatements(parts);
  t.match(await linesOf(db, back.fileId), [{ outcome: 'other' }], 'the agency pays: none of the operator’s');
});

t.test('credit with the agency pays bills, becomes its own, and is taken back', async (t) => {
  const world = await makeDebitWorld(t);
  const { db, baseUrl } = world;
  const officer = await colleague(db, baseUrl, 'officer', 'finance-officer', { billerCode: OM.code });
  const approver = await colleague(db, baseUrl, 'approver-2', 'approver', { billerCode: OM.code });
  const credited = async (number: string, amount: string) => {
    const id = await debit(world, [{ number, amount }]);
    await atBank(db, id, 'transit');
    await world.client('agent').pay({ bills: [bill(number, amount)], method: 'cash' });
    await say(world, id, 'settled');
    await bookAll(world);
    return id;
  };
  const held = () => db.transaction((tx) => tx.query(HELD));
  const decide = async (kind: string, content: object) =>
    accept(approver, await idOf(ask(officer, kind, { payerId: 'E-1', ...content })));
  await credited('D-1', '50.000');
  await addBills(db, 'om', [
    { number: 'NEXT', amount: '20.000' },
    { number: 'HELD', amount: '30.000' },
  ]);
  await world.client('bank').pay({ bills: [bill('HELD', '30.000')] });
  await world.client('bank').pay({ bills: [bill('HELD', '30.000')], cashHeld: true });
  t.same(await held(), [{ payer_id: 'E-1', available_minor: 80_000n, direct_minor: 50_000n }]);
  t.match(await ask(officer, 'credit-remit', { payerId: 'E-1', amount: OMR('60.000'), reason: 'x' }), {
    code: 'credit-insufficient',
    problem: { available: OMR('80.000'), withAgency: OMR('50.000') },
  });
  const before = await balances(db, OM.id);
  t.match(await decide('credit-apply', { amount: OMR('20.000'), billNumber: 'NEXT' }), {
    body: { state: 'accepted' },
  });
  t.match(await decide('credit-remit', { amount: OMR('5.000'), reason: 'of 2025' }), {
    body: { state: 'accepted' },
  });
  const after = await balances(db, OM.id);
  t.equal(after['biller/payable'], before['biller/payable'], 'nothing is remitted a second time');
  t.equal((after['biller/direct'] ?? 0n) - (before['biller/direct'] ?? 0n), -25_000n);
  t.same(await held(), [{ payer_id: 'E-1', available_minor: 55_000n, direct_minor: 25_000n }]);
  t.match(await decide('credit-remit', { amount: OMR('30.000'), reason: 'of 2024' }), {
    body: { state: 'accepted' },
  });
  t.equal(
    (await balances(db, OM.id))['biller/payable'],
    (before['biller/payable'] ?? 0n) - 30_000n,
    'what the operator holds is remitted',
  );

  const later = await credited('D-2', '7.000');
  t.same(await held(), [{ payer_id: 'E-1', available_minor: 32_000n, direct_minor: 32_000n }]);
  await say(world, later, 'returned', 'MD06');
  await bookAll(world);
  t.match(await debitStanding(world, later), { state: 'returned' });
  t.same(await held(), [{ payer_id: 'E-1', available_minor: 25_000n, direct_minor: 25_000n }]);

  await setClock(db, '2026-11-22T16:30:00Z');
  await close(world, OM, '2026-11-22');
  await watchDirect(db, [OM.id]);
  const due = await db.transaction((tx) =>
    tx.query('select channel_id, owed_minor from direct_due where owed_minor <> 0'),
  );
  t.same(due, [{ channel_id: 5, owed_minor: 50_000n }], 'what its bank credits is the debit alone');
  const [total] = await db.transaction((tx) =>
    tx.query(
      `select direct_gross_minor as direct, direct_adjusted_minor as adjusted, credited_minor as credited
         from settlement_split where dimension = 'total'`,
    ),
  );
  t.match(total, { direct: 20_000n, adjusted: 5_000n, credited: 80_000n });
});
