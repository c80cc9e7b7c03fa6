// Doubtful lines: persons say that one is the booking that was said before, or another one, which the rules then place.
import t from 'tap';
import { placeStatements } from '../../../src/reconciliation/statements/index.ts';
import { accept } from '../../support/approvals.ts';
import { look, resolve, resolved } from '../../support/breaks.ts';
import { balances, makeRemitWorld, setAccount } from '../../support/remit-world.ts';
import { camt } from '../../support/bank-statement.ts';
import {
  bring,
  bringOurs,
  breaksOf,
  brokenLine,
  deskOf,
  linesOf,
  outcomesOf,
  statementParts,
} from '../../support/statement-world.ts';

const ACCEPTED = { body: { state: 'accepted' } };
const CHARGE = ['PMNT', 'MDOP', 'CHRG'] as const;

t.test('the same, or another: each once', async (t) => {
  const world = await makeRemitWorld(t);
  const desk = await deskOf(world);
  const parts = statementParts(world);
  await bringOurs(parts, [{ minor: -100n, code: CHARGE, ref: 'A' }], { notification: true, id: 'N1' });
  const { fileId } = await bringOurs(parts, [
    { minor: -100n, code: CHARGE, ref: 'B' },
    { minor: -100n, code: CHARGE, ref: 'C' },
    { minor: -100n, ref: 'D' },
  ]);
  t.same(await outcomesOf(world.db, fileId), ['break', 'break', 'break']);
  const ids = await Promise.all([1, 2, 3].map((line) => brokenLine(world.db, fileId, line)));
  const [one = '', two = '', three = ''] = ids;
  t.match(await look(desk.one, one), {
    body: {
      mayEndBy: ['same-line', 'another-booking'],
      ours: { alike: { statementId: /^stm_/, line: 1 } },
      theirs: { account: 'ours-omr', amount: { value: '-0.100', currency: 'OMR' } },
    },
  });
  const asked = await resolve(desk.one, two, 'same-line');
  t.match(await resolved(desk, one, 'same-line'), ACCEPTED);
  t.match(await accept(desk.two, asked.body?.approvalId ?? ''), { code: 'approval-impossible' });
  await desk.one.send('POST', `/v1/approvals/${asked.body?.approvalId}/withdrawal`, {});
  t.match(await resolved(desk, two, 'another-booking'), ACCEPTED);
  t.match(await resolved(desk, three, 'another-booking'), ACCEPTED);
  t.same(await outcomesOf(world.db, fileId), ['repeated', null, null]);
  await placeStatements(parts);
  t.match(await linesOf(world.db, fileId), [
    { outcome: 'repeated', matches: [{ kind: 'claims' }] },
    { outcome: 'charge', matches: [{ kind: 'another-booking', amount_minor: 0 }, { kind: 'charge' }] },
    { outcome: 'break', matches: [{ kind: 'another-booking' }] },
  ]);
  t.match(await balances(world.db, 0), { 'bank/charges': 200n });
  const unplaced = await brokenLine(world.db, fileId, 3);
  t.not(unplaced, three, 'what it is then is a break of its own');
  t.match(await resolved(desk, unplaced, 'bank-charge'), ACCEPTED);
  t.match(await balances(world.db, 0), { 'bank/1': -300n, 'bank/charges': 300n });
});

t.test('another booking that is nobody’s lies in suspense with a break', async (t) => {
  const world = await makeRemitWorld(t);
  const desk = await deskOf(world);
  const parts = statementParts(world);
  await bringOurs(parts, [{ minor: 700n, ref: 'A', text: 'x' }], { notification: true, id: 'N1' });
  const { fileId } = await bringOurs(parts, [{ minor: 700n, ref: 'B', text: 'y' }]);
  t.match(await resolved(desk, await brokenLine(world.db, fileId, 1), 'another-booking'), ACCEPTED);
  await placeStatements(parts);
  t.same(await outcomesOf(world.db, fileId), ['suspense']);
  t.match(await balances(world.db, 0), { suspense: -1_400n });
  t.same(
    (await breaksOf(world.db)).filter(({ state }) => state === 'open').map(({ kind }) => kind),
    ['unplaced-deposit', 'unplaced-deposit'],
  );
});

t.test('on an account of an agency, and a notification that comes late', async (t) => {
  const world = await makeRemitWorld(t);
  const desk = await deskOf(world);
  const parts = statementParts(world);
  const account = '444000111222';
  await setAccount(world.db, 'om-social', '', { holder: 'Social', paysFrom: 'ours-omr', number: account });
  const said = { account, currency: 'OMR', bookings: [{ minor: 5_000n, ref: 'A' }] };
  await bring(parts, camt(said));
  const bookings = [
    { minor: 5_000n, ref: 'B' },
    { minor: 5_000n, ref: 'C' },
  ];
  const { fileId } = await bring(parts, camt({ ...said, notification: true, bookings }));
  t.same(await outcomesOf(world.db, fileId), ['break', 'break']);
  t.match(await resolved(desk, await brokenLine(world.db, fileId, 1), 'same-line'), ACCEPTED);
  const other = await brokenLine(world.db, fileId, 2);
  t.match(await resolve(desk.one, other, 'same-line'), { code: 'approval-impossible' }, 'one of a statement');
  t.match(await resolved(desk, other, 'another-booking'), ACCEPTED);
  await placeStatements(parts);
  t.match(await linesOf(world.db, fileId), [
    { outcome: 'repeated', matches: [{ kind: 'repeats' }] },
    { outcome: 'other' },
  ]);
});
