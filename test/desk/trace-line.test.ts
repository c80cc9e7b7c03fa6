// A trace by the id of a break, of a statement, or of a line: what it is, what it became, and the payment it is about.
import t from 'tap';
import { trace, tellTrace } from '../../src/desk/index.ts';
import { showId } from '../../src/kernel/ids.ts';
import { setChannelAccount, watchDirect } from '../../src/reconciliation/statements/index.ts';
import { camt } from '../support/bank-statement.ts';
import { resolve } from '../support/breaks.ts';
import { close, collect, EVENING, makeRemitWorld, setAccount } from '../support/remit-world.ts';
import { bring, bringOurs, brokenLine, deskOf, statementParts } from '../support/statement-world.ts';
import { ACTOR, BILLERS, done, setClock } from '../support/world.ts';

const THEIRS = '444000111222';

t.test('breaks, statements and lines', async (t) => {
  const world = await makeRemitWorld(t);
  const { db } = world;
  const desk = await deskOf(world);
  await setAccount(db, 'om-social', '', { holder: 'Social', paysFrom: 'ours-omr', number: THEIRS });
  done(await setChannelAccount(db, 'transit', { number: '8800-11', isRemoved: false }, ACTOR));
  await collect(world, { '': '20.500' }, { channel: 'transit' });
  await setClock(db, EVENING);
  await close(world);
  await watchDirect(db, [BILLERS.om.id]);
  const [paid] = await db.transaction((tx) =>
    tx.query<{ payment_id: string; reference: string }>('select payment_id, reference from payment'),
  );
  const paymentId = showId('pay', paid?.payment_id ?? '');
  const parts = statementParts(world);
  const from = { name: 'Fatma Al Zahra' };
  const { fileId } = await bringOurs(parts, [
    { minor: -33_000n, ref: 'A', text: 'for Fatma', from },
    { minor: 5n, ref: 'B', from },
  ]);
  const bookings = [{ minor: 20_500n, text: `credit ${paid?.reference}` }];
  const theirs = await bring(parts, camt({ account: THEIRS, currency: 'OMR', bookings }));
  const idOf = async (file: string): Promise<string> => {
    const [row] = await db.transaction((tx) =>
      tx.query<{ statement_id: string }>('select statement_id from statement where file_id = $1', [file]),
    );
    return showId('stm', row?.statement_id ?? '');
  };
  const [mine, other] = [await idOf(fileId), await idOf(theirs.fileId)];
  const breakId = await brokenLine(db, fileId, 1);
  const { body } = await resolve(desk.one, breakId, 'bank-charge');

  const byBreak = await trace(db, breakId);
  t.match(byBreak, {
    payments: [],
    breaks: [
      {
        breakId,
        kind: 'unplaced-line',
        state: 'open',
        amount: { value: '33.000' },
        why: 'nothing of ours says what was paid',
        history: [
          { action: 'opened' },
          { action: 'asked', by: { login: 'one' }, approvalId: body?.approvalId },
        ],
      },
    ],
    lines: [
      { statementId: mine, line: 1, outcome: 'break', amount: { value: '-33.000' }, breaks: [{ breakId }] },
    ],
  });
  for (const name of [`${mine}:1`, `${mine} line 1`])
    t.match(await trace(db, name), { breaks: [{ breakId }], lines: [{ line: 1 }], statements: [] }, name);
  t.match(await trace(db, `${mine}:2`), {
    lines: [
      { outcome: 'suspense', bookedAs: [{ kind: 'suspense', postings: [{ account: 'bank ours-omr' }, {}] }] },
    ],
    breaks: [{ kind: 'unplaced-deposit' }],
  });
  t.match(await trace(db, `${other}:1`), {
    lines: [{ outcome: 'direct', bookedAs: [{ subject: paymentId, channel: 'transit' }] }],
    payments: [{ paymentId }],
  });
  t.match(await trace(db, mine), {
    statements: [{ statementId: mine, account: 'ours-omr', outcomes: { break: 1, suspense: 1 } }],
    lines: [],
  });
  for (const name of [`${mine}:9`, showId('brk', paid?.payment_id ?? ''), showId('stm', fileId)])
    t.equal(await trace(db, name), undefined, name);

  const told = await Promise.all([breakId, `${mine}:2`, mine, `${other}:1`].map((name) => trace(db, name)));
  const text = told.map((each) => (each === undefined ? '' : tellTrace(each))).join('\n');
  t.match(text, new RegExp(`Break ${breakId}   unplaced-line, open[^]*asked by one`));
  t.match(text, new RegExp(`Line 1 of ${mine}   break[^]*${breakId} unplaced-line, open`));
  t.match(text, new RegExp(`Statement ${mine} [^]*2: 1 break, 1 suspense`));
  t.match(text, new RegExp(`direct 20.500 OMR om-social transit ${paymentId}[^]*Payment ${paymentId}`));
  t.notMatch(text, /Fatma|Zahra/, 'nothing personal');
  t.notMatch(text, /[0-9a-f]{8}-[0-9a-f]{4}-|bank\/1/);
});
