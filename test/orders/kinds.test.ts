// Orders of another kind than transfers go the same way and come back to their own room: large ones, answered in parts, in
// any order, twice, too early; some are withdrawn; and of what nobody here knows nothing is taken.
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import t, { type Test } from 'tap';
import { takeBankAnswer } from '../../src/orders/index.ts';
import { orderKinds } from '../../src/order-kinds.ts';
import { readOrderStatus } from '../../src/dialects/iso20022/index.ts';
import { envelope, report } from '../support/bank-answers.ts';
import { filesAt, makeRemitWorld, planned, standing, work, type RemitWorld } from '../support/remit-world.ts';
import { MASTER_KEY } from '../support/world.ts';
import { trialOf } from './a-trial-kind.ts';

const MANY = 10_000;

async function begin(t: Test) {
  const world = await makeRemitWorld(t);
  const trial = await trialOf(world);
  const folder = path.join(world.dataDir, 'orders');
  const stateOf = async (fileId: string) => (await rowOf(world, fileId)).state;
  return { world, trial, folder, stateOf };
}

async function rowOf({ db }: RemitWorld, fileId: string) {
  const [row] = await db.transaction((tx) =>
    tx.query<{ state: string; failure: string | null; next_try_at: Date | null }>(
      'select * from order_file where file_id = $1',
      [fileId],
    ),
  );
  if (row === undefined) throw new Error('there is no such file');
  return row;
}

/** So many from the one called D`from`, the last first. */
function words(from: number, count: number, word: (n: number) => string) {
  return Array.from({ length: count }, (_, n) => {
    const at = from + count - 1 - n;
    return [`D${at}`, word(at)] as const;
  });
}

t.test('ten thousand in one file, answered in parts and twice', async (t) => {
  const { trial, folder, stateOf } = await begin(t);
  const { fileId, message, name } = await trial.make(MANY);
  t.same((await trial.carry()).handedOver, [name]);
  t.same([...(await filesAt(folder)).keys()], [name]);
  t.same(trial.told, [`handed-over ${message}`]);

  const second = report(
    message,
    '',
    words(5_000, 5_000, () => 'ACSC'),
  );
  t.match(await trial.answer(second), { outcome: { accepted: 5_000, rejected: 0, conflictCount: 0 } });
  t.equal(await stateOf(fileId), 'accepted');
  const first = report(message, 'PART', [
    ...words(0, 5_000, (n) => (n % 10 === 0 ? 'RJCT' : 'ACSC')),
    ['D10000', 'RJCT'],
  ]);
  t.match(await trial.answer(first), { outcome: { accepted: 4_500, rejected: 500, unknown: ['D10000'] } });
  t.equal(await stateOf(fileId), 'partly');
  t.match(await trial.answer(second), { known: true }, 'the same bytes');
  const inOtherBytes = Buffer.concat([second, Buffer.from('\n')]);
  t.match(await trial.answer(inOtherBytes), { known: false, outcome: { accepted: 5_000 } }, 'the same words');
  t.match(await trial.answer(report(message, '', [['D1', 'RJCT']])), { outcome: { conflicts: ['D1'] } });
  t.same(await trial.states(fileId), { accepted: 9_500, rejected: 500 });
  t.same((await trial.carry()).handedOver, [], 'and it stays at that');
  t.equal(trial.told.filter((told) => told.startsWith('handed-over')).length, 1);
});

t.test('an answer that comes before the hand-over is noted', async (t) => {
  const { trial, stateOf } = await begin(t);
  const { fileId, message } = await trial.make(3);
  await trial.carry('renamed');
  t.match(await trial.answer(report(message, 'RJCT')), { outcome: { rejected: 3 } });
  t.same(trial.told, [`handed-over ${message}`, `answered ${message}`]);
  t.equal(await stateOf(fileId), 'rejected');
  const unoffered = await trial.make(3);
  await trial.carry('written');
  t.match(await trial.answer(report(unoffered.message, 'RJCT')), {
    outcome: { rejected: 0, conflicts: [unoffered.message] },
  });
  t.same(await trial.states(unoffered.fileId), { sent: 3 });
});

t.test('one answer about orders of two kinds and of none', async (t) => {
  const { world, trial, folder } = await begin(t);
  const { remittanceId, endToEndId } = await planned(world);
  await work(world, '2026-11-23T06:00:00Z');
  const transfer = /<MsgId>(\w+)</.exec([...(await filesAt(folder)).values()][0] ?? '')?.[1] ?? '';
  const { fileId, message } = await trial.make(2);
  await trial.carry();
  const bytes = envelope(
    report('NOBODYS', 'RJCT'),
    report(message, '', [['D0', 'ACSC']]),
    report(transfer, '', [[endToEndId, 'RJCT']]),
    report(message, '', [['D1', 'RJCT']]),
  );
  t.match(await trial.answer(bytes), {
    outcome: { accepted: 1, rejected: 2, unknown: ['NOBODYS'], unknownCount: 1 },
  });
  t.same(await trial.states(fileId), { accepted: 1, rejected: 1 });
  t.match(await standing(world.db, remittanceId), { state: 'rejected' });
});

t.test('what its kind withdraws never goes; what stays is for a person', async (t) => {
  const { world, trial, folder, stateOf } = await begin(t);
  const withdrawn = await trial.make(1);
  trial.leave = { to: 'withdrawn', reason: 'the mandate was cancelled' };
  t.same(await trial.carry(), { handedOver: [], failed: [] });
  t.match(await rowOf(world, withdrawn.fileId), {
    state: 'withdrawn',
    failure: 'the mandate was cancelled',
    next_try_at: null,
  });
  t.same(await readdir(folder), ['.wasit'], 'not even a part');
  const bytes = report(withdrawn.message, 'RJCT');
  t.match(await trial.answer(bytes), { outcome: { rejected: 0, unknown: [withdrawn.message] } });

  trial.leave = { to: 'go' };
  const offered = await trial.make(1);
  await trial.carry('offered');
  trial.leave = { to: 'withdrawn', reason: 'too late' };
  t.match((await trial.carry()).failed, [{ failure: /may be with the bank already/ }]);
  t.equal(await stateOf(offered.fileId), 'made');
  trial.leave = { to: 'stays', reason: 'a debit of it has ended' };
  t.match((await trial.carry()).failed, [{ name: offered.name, failure: 'a debit of it has ended' }]);
  t.match(await rowOf(world, offered.fileId), { state: 'made', next_try_at: null });
  t.same(trial.told, []);
});

t.test('a program that does not know a kind leaves its files and their answers alone', async (t) => {
  const { world, trial, folder, stateOf } = await begin(t);
  const { fileId, message } = await trial.make(1);
  t.equal((await work(world)).size, 0);
  t.equal(await stateOf(fileId), 'made');
  await trial.carry();
  const tools = { database: world.db, masterKey: MASTER_KEY, reader: readOrderStatus, kinds: orderKinds };
  const answer = { name: 'a.xml', bytes: report(message, 'RJCT'), accountId: null, bankId: 1 };
  await t.rejects(takeBankAnswer(tools, answer), /is a trial, of which nothing is known here/);
  t.match(
    await trial.answer(answer.bytes),
    { known: false, outcome: { rejected: 1 } },
    'who knows it takes it',
  );
  t.equal((await filesAt(folder)).size, 1);
});
