// What keeps a remittance back, and what lets it go: persons, an account, money that channels have provably paid.
import t from 'tap';
import { endRemittanceAccount } from '../../../src/billers/bank/index.ts';
import { newId, showId, type Uuid } from '../../../src/kernel/ids.ts';
import { accountOf, Entries, recordEntries } from '../../../src/ledger/index.ts';
import type { Remittance } from '../../../src/settlement/index.ts';
import { askAgain } from '../../../src/settlement/remittances/index.ts';
import {
  close,
  collect,
  EVENING,
  makeRemitWorld,
  planned,
  setAccount,
  setTerms,
  standing,
  work,
} from '../../support/remit-world.ts';
import type { RemitWorld } from '../../support/remit-world.ts';
import { colleague } from '../../support/staff.ts';
import { ACTOR, BILLERS, done, setClock } from '../../support/world.ts';

const OM = BILLERS.om.id;
const DUE = '2026-11-23T06:00:00Z';

async function approvalOf(
  world: RemitWorld,
  { remittanceId }: Pick<Remittance, 'remittanceId'>,
): Promise<string> {
  return showId('apr', String((await standing(world.db, remittanceId))['approval_id']));
}

async function two(world: RemitWorld) {
  const say = async (login: string) => colleague(world.db, world.baseUrl, login, 'operator-admin');
  const persons = [await say('amal'), await say('badr')] as const;
  return (nth: 0 | 1, approvalId: string, verb = 'accept', body: object = {}) =>
    persons[nth].send<{ state: string }>('POST', `/v1/approvals/${approvalId}/${verb}`, body);
}

t.test('above the limit two persons decide, and it goes once both have', async (t) => {
  const world = await makeRemitWorld(t, { approveAboveMinor: '100000' });
  const one = await planned(world);
  t.match(one, { state: 'planned', held: 'approval', amountMinor: 125_500n });
  const say = await two(world);
  const approvalId = await approvalOf(world, one);
  t.match(await say(0, approvalId), { status: 200, body: { content: { unit: '', attempt: 1 } } });
  t.equal((await say(0, approvalId)).code, 'self-approval', 'one person decides once');
  t.equal((await work(world, DUE)).size, 0, 'one of two is not enough');
  t.equal((await say(1, approvalId)).status, 200);
  t.match(await standing(world.db, one.remittanceId), { state: 'approved', held: null });
  t.equal((await work(world)).size, 1);
});

t.test('rejected it stays, and can be asked for again', async (t) => {
  const world = await makeRemitWorld(t, { approveAboveMinor: '0' });
  const one = await planned(world);
  const say = await two(world);
  const first = await approvalOf(world, one);
  t.equal((await say(0, first, 'reject', { comment: 'call them first' })).status, 200);
  t.match(await standing(world.db, one.remittanceId), {
    state: 'planned',
    held: 'approval',
    reason: 'the request was rejected',
  });
  t.equal((await work(world, DUE)).size, 0);
  const again = () =>
    world.db.transaction((tx) =>
      askAgain(tx, { billerId: OM, remittanceId: one.remittanceId, askedBy: null }),
    );
  await again();
  await t.rejects(again(), 'it is before them already');
  const second = await approvalOf(world, one);
  t.not(second, first);
  t.equal((await say(0, second)).status, 200);
  t.equal((await say(1, second)).status, 200);
  t.equal((await work(world)).size, 1);
});

t.test('without an account it waits for one', async (t) => {
  const world = await makeRemitWorld(t);
  done(await endRemittanceAccount(world.db, { billerCode: 'om-social', unit: '' }, ACTOR));
  const one = await planned(world);
  t.match(one, { state: 'planned', held: 'account', paysFrom: null, executeOn: null });
  t.equal((await work(world, DUE)).size, 0);
  t.equal((await work(world)).size, 0);
  await setAccount(world.db, 'om-social', '', { holder: 'New account', paysFrom: 'ours-omr' });
  const [text = ''] = (await work(world)).values();
  t.match(text, 'New account');
});

t.test('an account that is changed after the approval is approved anew', async (t) => {
  const world = await makeRemitWorld(t, { approveAboveMinor: '0' });
  const one = await planned(world);
  const say = await two(world);
  const first = await approvalOf(world, one);
  await say(0, first);
  await say(1, first);
  t.match(await standing(world.db, one.remittanceId), { state: 'approved' });
  await setAccount(world.db, 'om-social', '', {
    holder: 'Another',
    paysFrom: 'ours-omr',
    number: '111122223333',
  });
  t.equal((await work(world, DUE)).size, 0, 'nobody has approved this account');
  t.match(await standing(world.db, one.remittanceId), { state: 'planned', held: 'approval' });
  const second = await approvalOf(world, one);
  await say(0, second);
  await say(1, second);
  const [text = ''] = (await work(world)).values();
  t.match(text, '111122223333');
  t.notMatch(text, '00799999001234567803');
});

t.test('what channels have collected leaves once all of them have paid', async (t) => {
  const world = await makeRemitWorld(t, { funding: 'collected' });
  await collect(world, { '': '10.000' });
  await collect(world, { '': '5.000' }, { channel: 'kiosk' });
  await collect(world, { '': '2.000' }, { channel: 'agent' });
  await setClock(world.db, EVENING);
  // The next day's money covers nothing, and owes nothing to this day.
  await collect(world, { '': '90.000' });
  const [one] = (await close(world)).remittances;
  if (one === undefined) throw new Error('nothing planned');
  t.match(one, { state: 'planned', held: 'funding', amountMinor: 17_000n });
  t.equal((await work(world, DUE)).size, 0);
  // The bank's payers gave 0.200 of fee each.
  await channelPaid(world, 1, 10_200n);
  t.equal((await work(world)).size, 0, 'the kiosk has not paid');
  await channelPaid(world, 4, 4_999n);
  t.equal((await work(world)).size, 0, 'a thousandth is missing');
  await channelPaid(world, 4, 1n);
  t.equal((await work(world)).size, 1, 'what prefunded channels collected was there before');
});

t.test('guaranteed or not may change while it waits', async (t) => {
  const world = await makeRemitWorld(t, { funding: 'collected' });
  const one = await planned(world);
  t.match(one, { held: 'funding' });
  await setTerms(world.db, { funding: 'guaranteed' });
  t.equal((await work(world, DUE)).size, 1);
});

/** Dr bank, Cr receivable in the biller's book, as a statement will post it. */
async function channelPaid(world: RemitWorld, channelId: number, minor: bigint): Promise<void> {
  const journalId: Uuid = newId(Date.now(), OM);
  const entries = new Entries();
  entries.add(
    { billerId: OM, journalId, kind: 'top-up', paymentId: null, businessDate: '2026-11-23', recordedAt: DUE },
    [
      { account: accountOf('bank', 1, 'OMR'), amountMinor: minor },
      { account: accountOf('channel/receivable', channelId, 'OMR'), amountMinor: -minor },
    ],
  );
  await world.db.transaction((tx) => recordEntries(tx, entries, 0));
}

t.test('who approves sees the dates that hold now', async (t) => {
  const world = await makeRemitWorld(t, { approveAboveMinor: '0' });
  const one = await planned(world);
  t.match(one, { held: 'approval', valueDate: '2026-11-24' });
  await world.db.transaction((tx) =>
    tx.query(`insert into bank_holiday (bank_id, on_date, name) values (1, '2026-11-24', 'declared late')`),
  );
  await work(world);
  t.match(await standing(world.db, one.remittanceId), {
    state: 'planned',
    held: 'approval',
    value_date: '2026-11-25',
  });
});
