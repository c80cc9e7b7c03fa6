// Lines that no rule could place, and what persons say that they are: asked by one, accepted by another, placed with rows,
// journals and balances. The books are checked when each database closes.
import t from 'tap';
import { showId } from '../../../src/kernel/ids.ts';
import { accept } from '../../support/approvals.ts';
import { look, resolve, resolved } from '../../support/breaks.ts';
import { balances, makeRemitWorld, planned, standing, work } from '../../support/remit-world.ts';
import {
  bringOurs,
  brokenLine,
  deskOf,
  linesOf,
  outcomesOf,
  statementParts,
} from '../../support/statement-world.ts';
import { BILLERS } from '../../support/world.ts';

const OM = BILLERS.om.id;
const ACCEPTED = { body: { state: 'accepted' } };
const DUE = '2026-11-23T06:00:00Z';

t.test('a charge, and one that is given back', async (t) => {
  const world = await makeRemitWorld(t);
  const desk = await deskOf(world);
  const { fileId } = await bringOurs(statementParts(world), [
    { minor: -1_500n, text: 'FT25/1' },
    { minor: 500n, text: 'come back', reason: 'AC04' },
  ]);
  t.same(await outcomesOf(world.db, fileId), ['break', 'break']);
  const [out, back] = [await brokenLine(world.db, fileId, 1), await brokenLine(world.db, fileId, 2)];
  t.strictSame(
    (await look(desk.one, out)).body?.mayEndBy,
    ['reverse-payment', 'channel-transfer', 'bank-charge', 'remittance', 'give-back'],
    'what a debit may be',
  );
  t.strictSame(
    (await look(desk.one, back)).body?.mayEndBy,
    ['deposit', 'channel-transfer', 'bank-charge', 'remittance', 'debit', 'suspense'],
    'what a credit may be',
  );
  t.match(await resolved(desk, out, 'bank-charge'), ACCEPTED);
  t.match(await resolved(desk, back, 'bank-charge'), ACCEPTED);
  t.match(await linesOf(world.db, fileId), [
    { outcome: 'charge', matches: [{ kind: 'charge', amount_minor: -1_500 }] },
    { outcome: 'charge', matches: [{ kind: 'charge', amount_minor: 500 }] },
  ]);
  t.match(await balances(world.db, 0), { 'bank/1': -1_000n, 'bank/charges': 1_000n });
  t.match(await look(desk.one, out), {
    body: { state: 'resolved', history: [{}, {}, { content: { line: /^stm_\w+:1$/ } }] },
  });
});

t.test('a transfer of a channel: against its debt, into its float, given back', async (t) => {
  const world = await makeRemitWorld(t);
  const desk = await deskOf(world);
  const reason = 'AC04';
  const { fileId } = await bringOurs(statementParts(world), [
    { minor: 10_000n, reason },
    { minor: 30_000n, reason },
    { minor: -4_000n },
    { minor: -7_000n },
    { minor: 1n, reason },
  ]);
  const before = await balances(world.db, 0);
  const ids = await Promise.all([1, 2, 3, 4, 5].map((line) => brokenLine(world.db, fileId, line)));
  const [debt = '', float = '', back = '', more = '', other = ''] = ids;
  t.match(await resolved(desk, debt, 'channel-transfer', { channelCode: 'bank' }), ACCEPTED);
  t.match(await resolved(desk, float, 'channel-transfer', { channelCode: 'agent' }), ACCEPTED);
  t.match(await resolved(desk, back, 'channel-transfer', { channelCode: 'bank' }), ACCEPTED);
  t.match(await linesOf(world.db, fileId), [
    { outcome: 'channel', matches: [{ kind: 'channel', amount_minor: 10_000 }] },
    { outcome: 'top-up', matches: [{ kind: 'top-up' }] },
    { outcome: 'channel', matches: [{ kind: 'channel', amount_minor: -4_000 }] },
    { outcome: 'break', matches: [] },
    { outcome: 'break', matches: [] },
  ]);
  t.match(await balances(world.db, 0), {
    'bank/1': 36_000n,
    'channel/receivable/1': -6_000n,
    'channel/float/2': (before['channel/float/2'] ?? 0n) - 30_000n,
  });
  t.match(await resolve(desk.one, more, 'channel-transfer', { channelCode: 'agent' }), {
    code: 'approval-impossible',
  });
  t.match(await resolve(desk.one, other, 'channel-transfer', { channelCode: 'nobody' }), {
    code: 'malformed-request',
  });
  t.match(await resolve(desk.one, more, 'suspense'), { code: 'approval-impossible' });
  const late = await resolve(desk.one, more, 'channel-transfer', { channelCode: 'bank' });
  t.match(await accept(desk.two, late.body?.approvalId ?? ''), { code: 'approval-impossible' }, 'never paid');
  t.same((await outcomesOf(world.db, fileId))[3], 'break', 'and it stays what it is');
});

t.test('a remittance: paid out, come back, and nothing else', async (t) => {
  const world = await makeRemitWorld(t);
  const desk = await deskOf(world);
  const one = await planned(world);
  await work(world, DUE);
  const { fileId } = await bringOurs(statementParts(world), [
    { minor: -125_500n, ref: 'A' },
    { minor: -125_500n, ref: 'B' },
    { minor: -125_499n, ref: 'C' },
    { minor: 125_500n, ref: 'D', reason: 'AC04' },
    { minor: -125_400n, ref: 'E', e2e: one.endToEndId },
  ]);
  const ids = await Promise.all([1, 2, 3, 4, 5].map((line) => brokenLine(world.db, fileId, line)));
  const [out = '', twice = '', other = '', back = '', less = ''] = ids;
  t.match(await look(desk.one, less), {
    body: {
      ours: {
        why: 'the remittance is of another amount',
        remittanceId: showId('rmt', one.remittanceId),
        billerCode: 'om-social',
        amount: { value: '125.500', currency: 'OMR' },
      },
      theirs: { account: 'ours-omr', amount: { value: '-125.400', currency: 'OMR' } },
    },
  });
  const byId = { remittanceId: showId('rmt', one.remittanceId) };
  t.match(
    await resolve(desk.one, other, 'remittance', byId),
    { code: 'approval-impossible' },
    'another amount',
  );
  t.match(await resolve(desk.one, other, 'remittance', {}), { code: 'malformed-request' });
  t.match(await resolve(desk.one, other, 'remittance', { endToEndId: 'W0' }), {
    code: 'remittance-not-found',
  });
  const asked = await resolve(desk.one, twice, 'remittance', { endToEndId: one.endToEndId });
  t.match(await resolved(desk, out, 'remittance', byId), ACCEPTED);
  t.match(
    await accept(desk.two, asked.body?.approvalId ?? ''),
    { code: 'approval-impossible' },
    'another line has proved it meanwhile',
  );
  t.match(await standing(world.db, one.remittanceId), {
    state: 'confirmed',
    reason: /^statement stm_\w+ line 1$/,
  });
  t.match(await balances(world.db, OM), { 'bank/1': -125_500n });
  t.match(await resolved(desk, back, 'remittance', { endToEndId: one.endToEndId }), ACCEPTED);
  t.match(await standing(world.db, one.remittanceId), { state: 'returned' });
  t.match(await linesOf(world.db, fileId), [
    { outcome: 'remittance', matches: [{ kind: 'remittance', subject_id: one.remittanceId }] },
    { outcome: 'break' },
    { outcome: 'break' },
    { outcome: 'returned', matches: [{ kind: 'returned', subject_id: one.remittanceId }] },
    { outcome: 'break' },
  ]);
});

t.test('suspense, and out of it: sent back', async (t) => {
  const world = await makeRemitWorld(t);
  const desk = await deskOf(world);
  const parts = statementParts(world);
  const { fileId } = await bringOurs(parts, [{ minor: 9_000n, reason: 'AC04', ref: 'S' }], { sequence: 1 });
  t.match(await resolved(desk, await brokenLine(world.db, fileId, 1), 'suspense'), ACCEPTED);
  t.same(await outcomesOf(world.db, fileId), ['suspense']);
  t.match(await balances(world.db, 0), { 'bank/1': 9_000n, suspense: -9_000n });
  const lying = await brokenLine(world.db, fileId, 1);
  t.match(await look(desk.one, lying), {
    body: { kind: 'unplaced-deposit', mayEndBy: ['place', 'channel-transfer', 'debit'] },
  });
  const later = await bringOurs(
    parts,
    [{ minor: -9_000n, ref: 'T' }, { minor: -8_000n }, { minor: -9_000n }],
    {
      sequence: 2,
      opening: 9_000n,
    },
  );
  const ids = await Promise.all([1, 2, 3].map((line) => brokenLine(world.db, later.fileId, line)));
  const [back = '', less = '', again = ''] = ids;
  t.match(await resolve(desk.one, less, 'give-back', { deposit: lying }), { code: 'approval-impossible' });
  t.match(await resolve(desk.one, back, 'give-back', { deposit: back }), { code: 'malformed-request' });
  const both = await Promise.all(
    [back, again].map(
      async (id) => (await resolve(desk.one, id, 'give-back', { deposit: lying })).body?.approvalId,
    ),
  );
  const ended = await Promise.all(both.map((id) => accept(desk.two, id ?? '')));

  t.equal(ended.filter(({ body }) => body?.state === 'accepted').length, 1, 'once, however many decide it');
  t.same((await outcomesOf(world.db, later.fileId)).toSorted(), ['break', 'break', 'reversed']);
  t.match(await look(desk.one, lying), { body: { state: 'gone' } });
  t.notOk('suspense' in (await balances(world.db, 0)));
});

t.test('what has changed meanwhile is refused, and two acceptances are one', async (t) => {
  const world = await makeRemitWorld(t);
  const desk = await deskOf(world);
  const { fileId } = await bringOurs(statementParts(world), [
    { minor: -10n, ref: 'A' },
    { minor: -20n, ref: 'B' },
  ]);
  const [one, two] = [await brokenLine(world.db, fileId, 1), await brokenLine(world.db, fileId, 2)];
  const ask = async (id: string) => (await resolve(desk.one, id, 'bank-charge')).body?.approvalId ?? '';
  const [first, second] = [await ask(one), await ask(two)];
  const answers = await Promise.all([accept(desk.two, first), accept(desk.two, first)]);
  t.ok(answers.some(({ body }) => body?.state === 'accepted'));
  t.same(await outcomesOf(world.db, fileId), ['charge', 'break']);
  t.equal((await linesOf(world.db, fileId))[0]?.matches.length, 1);
  const change = (to: string) =>
    world.db.transaction((tx) =>
      tx.query(
        `update statement_line set outcome = nullif($1, ''), placed_at = case when $1 = '' then null else business_now() end
          where line = 2 and statement_id in (select statement_id from statement where file_id = $2)`,
        [to, fileId],
      ),
    );
  await change('');
  t.match(await accept(desk.two, second), { code: 'approval-impossible' }, 'it waits by now');
  t.match(await balances(world.db, 0), { 'bank/charges': 10n });
  await change('break');
});
