// A transfer of a channel that nothing marks as one lies in suspense as somebody's deposit: persons say whose it is, and it
// leaves suspense as if it had been known. The books are checked when each database closes.
import t from 'tap';
import { accept } from '../../support/approvals.ts';
import { look, resolve, resolved } from '../../support/breaks.ts';
import { closedDay, owed } from '../../support/owing.ts';
import { balances, makeRemitWorld } from '../../support/remit-world.ts';
import {
  bringOurs,
  brokenLine,
  deskOf,
  linesOf,
  outcomesOf,
  statementParts,
} from '../../support/statement-world.ts';
import { BILLERS } from '../../support/world.ts';

const ACCEPTED = { body: { state: 'accepted' } };

t.test('against what a channel owes, and into a float', async (t) => {
  const world = await makeRemitWorld(t);
  const desk = await deskOf(world);
  await closedDay(world, '2026-11-22', { kiosk: '10.000' });
  const before = await balances(world.db, 0);
  const { fileId } = await bringOurs(statementParts(world), [
    { minor: 12_000n, ref: 'A' },
    { minor: 30_000n, ref: 'B' },
  ]);
  t.same(await outcomesOf(world.db, fileId), ['suspense', 'suspense']);
  const [debt, float] = [await brokenLine(world.db, fileId, 1), await brokenLine(world.db, fileId, 2)];
  t.match(await look(desk.one, debt), {
    body: { kind: 'unplaced-deposit', mayEndBy: ['place', 'channel-transfer', 'debit'] },
  });
  t.match(await resolve(desk.one, debt, 'channel-transfer', { channelCode: 'nobody' }), {
    code: 'malformed-request',
  });
  const asked = await resolve(desk.one, debt, 'channel-transfer', { channelCode: 'kiosk' });
  t.match(await accept(desk.one, asked.body?.approvalId ?? ''), { code: 'forbidden' }, 'never alone');
  t.match(await accept(desk.two, asked.body?.approvalId ?? ''), ACCEPTED);
  t.match(await resolved(desk, float, 'channel-transfer', { channelCode: 'agent' }), ACCEPTED);
  t.match(await linesOf(world.db, fileId), [
    {
      outcome: 'channel',
      matches: [
        { kind: 'suspense', amount_minor: 12_000 },
        { kind: 'out-of-suspense', amount_minor: -12_000 },
        { kind: 'channel', amount_minor: 10_000 },
        { kind: 'channel', amount_minor: 2_000 },
      ],
    },
    { outcome: 'top-up', matches: [{}, { kind: 'out-of-suspense' }, { kind: 'top-up' }] },
  ]);
  t.strictSame(await owed(world, 'kiosk'), {});
  const after = await balances(world.db, 0);
  t.notOk('suspense' in after);
  t.match(after, {
    'bank/1': 32_000n,
    'channel/receivable/4': -2_000n,
    'channel/float/2': (before['channel/float/2'] ?? 0n) - 30_000n,
  });
  t.match(await balances(world.db, BILLERS.om.id), { 'bank/1': 10_000n });
  t.match(await resolve(desk.one, debt, 'place', { billerCode: 'om-social', payerId: 'E-1' }), {
    code: 'break-state',
  });
});

t.test('what persons had put there first, and what the bank takes back', async (t) => {
  const world = await makeRemitWorld(t);
  const desk = await deskOf(world);
  const parts = statementParts(world);
  const { fileId } = await bringOurs(
    parts,
    [
      { minor: 9_000n, reason: 'AC04', ref: 'S' },
      { minor: 5_000n, ref: 'T' },
    ],
    { sequence: 1 },
  );
  t.match(await resolved(desk, await brokenLine(world.db, fileId, 1), 'suspense'), ACCEPTED);
  const [lying, gone] = [await brokenLine(world.db, fileId, 1), await brokenLine(world.db, fileId, 2)];
  t.match(await resolved(desk, lying, 'channel-transfer', { channelCode: 'bank' }), ACCEPTED);
  t.match(await balances(world.db, 0), {
    'bank/1': 14_000n,
    suspense: -5_000n,
    'channel/receivable/1': -9_000n,
  });
  const late = await resolve(desk.one, gone, 'channel-transfer', { channelCode: 'bank' });
  const back = await bringOurs(
    parts,
    [
      { minor: -9_000n, ref: 'S', reversal: true },
      { minor: -5_000n, ref: 'T', reversal: true },
    ],
    { sequence: 2, opening: 14_000n },
  );
  t.same(await outcomesOf(world.db, back.fileId), ['reversed', 'reversed']);
  t.match(await accept(desk.two, late.body?.approvalId ?? ''), { code: 'approval-impossible' });
  t.match(await look(desk.one, gone), { body: { state: 'gone' } });
  t.same(await outcomesOf(world.db, fileId), ['channel', 'suspense']);
  const left = await balances(world.db, 0);
  t.notOk('suspense' in left);
  t.notOk('channel/receivable/1' in left, 'it owes as before');
});
