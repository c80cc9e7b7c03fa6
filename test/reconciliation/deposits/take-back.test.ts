// Credits that no rule could place, as payers' money; and deposits that leave the bank again after they have paid a bill.
// The books are checked when each database closes.
import t, { type Test } from 'tap';
import { showId } from '../../../src/kernel/ids.ts';
import type { Database } from '../../../src/platform/db/index.ts';
import { depositLines } from '../../support/deposit-lines.ts';
import { accept } from '../../support/approvals.ts';
import { look, resolve, resolved } from '../../support/breaks.ts';
import { balances, close, EVENING } from '../../support/remit-world.ts';
import { bringOurs, brokenLine, linesOf, outcomesOf } from '../../support/statement-world.ts';
import { commandLine } from '../../support/command-line.ts';
import { BILLERS, setClock } from '../../support/world.ts';

const OM = BILLERS.om.id;
const ACCEPTED = { body: { state: 'accepted' } };
const reason = 'the bank took it back';

t.test('a credit that is a payer’s deposit: a bill, or credit', async (t) => {
  const { world, desk, parts } = await depositLines(t);
  const { fileId } = await bringOurs(parts, [
    { minor: 10_000n, reason: 'AC04', ref: 'A' },
    { minor: 15_000n, reason: 'AC04', ref: 'B' },
    { minor: -5n },
  ]);
  const ids = await Promise.all([1, 2, 3].map((line) => brokenLine(world.db, fileId, line)));
  const [bill = '', payer = '', debit = ''] = ids;
  const at = { billerCode: 'om-social' };
  t.match(await resolve(desk.one, bill, 'deposit', at), { code: 'malformed-request' });
  t.match(await resolve(desk.one, bill, 'deposit', { ...at, billNumber: 'OM-26-0002' }), {
    code: 'underpayment',
  });
  t.match(await resolved(desk, bill, 'deposit', { ...at, billNumber: 'OM-26-0001' }), ACCEPTED);
  t.match(await resolved(desk, payer, 'deposit', { ...at, payerId: 'E-20417' }), ACCEPTED);
  t.match(await resolve(desk.one, debit, 'deposit', { ...at, payerId: 'E-20417' }), {
    code: 'approval-impossible',
  });
  t.match(await linesOf(world.db, fileId), [
    { outcome: 'deposit', matches: [{ kind: 'deposit', amount_minor: 10_000 }] },
    { outcome: 'deposit', matches: [{ kind: 'credit', amount_minor: 15_000 }] },
    { outcome: 'break' },
  ]);
  t.match(await look(desk.one, bill), { body: { state: 'resolved', resolution: 'deposit' } });
  t.same(await balances(world.db, OM), {
    'bank/1': 25_000n,
    'biller/payable': -10_000n,
    'payer/credit': -15_000n,
  });
});

t.test('the bank takes a deposit back that has paid a bill', async (t) => {
  const { world, desk, parts } = await depositLines(t);
  const first = await bringOurs(parts, [{ minor: 10_000n, ref: 'A', text: 'OM-26-0001' }], { sequence: 1 });
  t.same(await outcomesOf(world.db, first.fileId), ['deposit']);
  await setClock(world.db, EVENING);
  await close(world);
  const back = { minor: -10_000n, ref: 'A', reversal: true };
  const { fileId } = await bringOurs(parts, [back, back], { sequence: 2, opening: 10_000n });
  t.same(await outcomesOf(world.db, fileId), ['break', 'break']);
  const [one, two] = [await brokenLine(world.db, fileId, 1), await brokenLine(world.db, fileId, 2)];
  const second = (await resolve(desk.one, two, 'reverse-payment', { reason })).body?.approvalId ?? '';
  t.match(await resolved(desk, one, 'reverse-payment', { reason }), ACCEPTED);
  t.match(await accept(desk.two, second), { code: 'approval-impossible' }, 'once');
  t.match(await linesOf(world.db, fileId), [
    { outcome: 'reversed', matches: [{ kind: 'taken-back', amount_minor: -10_000 }, { kind: 'takes-back' }] },
    { outcome: 'break' },
  ]);
  t.match(await look(desk.one, one), {
    body: { state: 'resolved', journals: [{ kind: 'adjustment', paymentId: /^pay_/ }] },
  });
  const books = await balances(world.db, OM);
  t.notOk('bank/1' in books);
  t.notOk(
    Object.keys(books).some((name) => name.startsWith('channel/receivable')),
    'its channel owes nothing',
  );
  const [bill] = await world.db.transaction((tx) =>
    tx.query(`select status from bill where bill_number = 'OM-26-0001'`),
  );
  t.match(bill, { status: 'open' });
});

t.test('a refund of a deposit: the payment is named', async (t) => {
  const { world, desk, parts } = await depositLines(t);
  const first = await bringOurs(parts, [{ minor: 10_000n, ref: 'A', text: 'OM-26-0001' }], { sequence: 1 });
  const paymentId = await paymentOf(world.db, first.fileId);
  const { fileId } = await bringOurs(
    parts,
    [
      { minor: -10_000n, ref: 'X' },
      { minor: -9_000n, ref: 'Y' },
    ],
    {
      sequence: 2,
      opening: 10_000n,
    },
  );
  const [one, two] = [await brokenLine(world.db, fileId, 1), await brokenLine(world.db, fileId, 2)];
  t.match(await resolve(desk.one, one, 'reverse-payment', { reason }), { code: 'malformed-request' });
  t.match(await resolve(desk.one, two, 'reverse-payment', { reason, paymentId }), {
    code: 'approval-impossible',
  });
  t.match(await resolved(desk, one, 'reverse-payment', { reason, paymentId }), ACCEPTED);
  t.same(await outcomesOf(world.db, fileId), ['reversed', 'break']);
  t.same(await balances(world.db, OM), {});
  await tracesLine(t, world.url, paymentId);
});

t.test('what became credit is taken back while it is there', async (t) => {
  const { world, desk, parts } = await depositLines(t);
  await bringOurs(parts, [{ minor: 7_000n, ref: 'A', text: 'customer no. E-20417' }], { sequence: 1 });
  t.match(await balances(world.db, OM), { 'payer/credit': -7_000n });
  const back = { minor: -7_000n, ref: 'A', reversal: true };
  const { fileId } = await bringOurs(parts, [back], { sequence: 2, opening: 7_000n });
  const id = await brokenLine(world.db, fileId, 1);
  t.match(await resolve(desk.one, id, 'reverse-payment', { reason }), { code: 'malformed-request' });
  const wrong = await resolve(desk.one, id, 'reverse-payment', { reason, payerId: 'E-1' });
  t.match(await accept(desk.two, wrong.body?.approvalId ?? ''), { code: 'credit-insufficient' });
  await desk.one.send('POST', `/v1/approvals/${wrong.body?.approvalId}/withdrawal`, {});
  t.match(await resolved(desk, id, 'reverse-payment', { reason, payerId: 'E-20417' }), ACCEPTED);
  t.same(await balances(world.db, OM), {});
});

async function paymentOf(db: Database, fileId: string): Promise<string> {
  const [line] = await linesOf(db, fileId);
  return showId('pay', line?.matches[0]?.subject_id ?? '');
}

async function tracesLine(t: Test, url: string, paymentId: string): Promise<void> {
  const { wasit } = await commandLine(t, url);
  t.match(await wasit('trace', paymentId), {
    code: 0,
    out: /came with stm_\w+ line 1, booked 2026-11-23, 10\.000 OMR[^]*taken back by stm_\w+ line 1, .*-10\.000 OMR/,
  });
}
