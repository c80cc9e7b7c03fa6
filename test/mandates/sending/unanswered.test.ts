// Debits that their banks never answer are seen; one person asks that such a debit ends, another accepts it, and it is counted.
// What the bank says later contradicts that.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import t, { type Test } from 'tap';
import { showId } from '../../../src/kernel/ids.ts';
import type { DebitAnswer } from '../../../src/mandates/follow/answer-schema.ts';
import { unansweredDebits } from '../../../src/mandates/sending/unanswered.ts';
import { accept, ask, idOf } from '../../support/approvals.ts';
import { assertBooksBalance } from '../../support/books.ts';
import { commandLine } from '../../support/command-line.ts';
import { say } from '../../support/debits.ts';
import {
  book,
  debitsSeen,
  makeSendingWorld,
  mandateFor,
  workDebits,
  type SendingWorld,
} from '../../support/sending.ts';
import { colleague, session } from '../../support/staff.ts';
import { addBills, BILLERS, setClock } from '../../support/world.ts';

const COUNTED = 'wasit_debits_given_up_total{biller="om-social",cause="no-answer"}';
const REASON = 'BMUS, Mr Said: not collected';
const OM = BILLERS.om.code;

/** One that is sent, and its bank's days to answer are over. */
async function unanswered(t: Test): Promise<{ world: SendingWorld; id: string; debitId: string }> {
  const world = await makeSendingWorld(t);
  await mandateFor(world, 'S-1');
  await addBills(world.db, 'om', [{ number: 'A-1', payer: 'S-1', amount: '10.000', dueOn: '2026-11-30' }]);
  await workDebits(world, '2026-11-27T06:00:00Z');
  await workDebits(world, '2026-11-29T06:00:00Z');
  const [sent] = await debitsSeen(world);
  await setClock(world.db, '2026-12-08T06:00:00Z');
  const debitId = sent?.debit_id ?? '';
  return { world, debitId, id: showId('dbt', debitId) };
}

async function counted({ metricsUrl }: SendingWorld): Promise<string | undefined> {
  const text = await (await fetch(metricsUrl)).text();
  return text.split('\n').find((line) => line.startsWith(COUNTED));
}

t.test('five working days after its day it is told, and two persons end it', async (t) => {
  const { world, debitId, id } = await unanswered(t);
  const { db, baseUrl, sending, agency } = world;
  const clerk = await colleague(db, baseUrl, 'clerk', 'support');
  const admin = await colleague(db, baseUrl, 'admin', 'operator-admin');
  const waits = async () => (await agency.send<DebitAnswer>('GET', `/v1/debits/${id}`)).body?.waits;
  const asking = (content: object, reference: string) =>
    ask(admin, 'debit-end', content, { reference, billerCode: OM });
  await setClock(db, '2026-12-07T06:00:00Z');
  t.same(await unansweredDebits(sending), []);
  const early = await asking({ debitId: id, reason: REASON }, 'early');
  t.match(early, { status: 409 });
  t.match(early.text, /approval-impossible.*5 working days to answer/s);
  t.equal(await waits(), null);
  await setClock(db, '2026-12-08T06:00:00Z');
  t.same(await unansweredDebits(sending), [{ biller: OM, channel: 'bank', count: 1 }]);
  t.equal(await waits(), 'no-answer');
  t.match(await asking({ debitId: 'dbt_1', reason: REASON }, 'none'), { status: 409 });
  t.match(await asking({ debitId: id }, 'unsaid'), { status: 400 });

  const own = await idOf(asking({ debitId: id, reason: REASON }, 'mine'));
  t.match(await accept(admin, own), { status: 403 }, 'nobody decides what he asked for');
  const request = await idOf(ask(clerk, 'debit-end', { debitId: id, reason: REASON }, { billerCode: OM }));
  t.match(await accept(clerk, request), { status: 403 });
  t.match(await debitsSeen(world), [{ state: 'sent' }], 'one person does nothing');
  t.equal(await counted(world), undefined);
  t.match(await accept(admin, request), { status: 200, body: { state: 'accepted' } });
  t.match(await debitsSeen(world), [
    { state: 'failed', why: 'no-answer', retry_on: null, bills: ['A-1 failed'] },
  ]);
  t.equal(await counted(world), `${COUNTED} 1`);
  const other = await colleague(db, baseUrl, 'other', 'operator-admin');
  t.match(await accept(other, own), { status: 409 }, 'it is failed by now');
  t.equal(await counted(world), `${COUNTED} 1`, 'what is refused is not counted');
  t.same(await unansweredDebits(sending), []);
  t.equal(await say(world, debitId, 'settled'), 'conflict');
  await book(world);
  await assertBooksBalance(db);
});

t.test('what its bank has said while they decide counts', async (t) => {
  const { world, debitId, id } = await unanswered(t);
  const { db, baseUrl } = world;
  const [clerk, admin] = [
    await colleague(db, baseUrl, 'clerk', 'support'),
    await colleague(db, baseUrl, 'admin', 'operator-admin'),
  ];
  const request = await idOf(ask(clerk, 'debit-end', { debitId: id, reason: REASON }, { billerCode: OM }));
  await say(world, debitId, 'settled');
  const late = await accept(admin, request);
  t.match(late, { status: 409 });
  t.match(late.text, /being worked through/);
  await book(world);
  t.match(await debitsSeen(world), [{ state: 'collected' }]);
  t.match((await accept(admin, request)).text, /the debit is collected/);
  await assertBooksBalance(db);
});

t.test('asked at the command line by who is signed in', async (t) => {
  const { world, id } = await unanswered(t);
  const { db, baseUrl } = world;
  const { wasit, dir } = await commandLine(t, world.url);
  const signIn = async (login: string, token: string): Promise<void> =>
    writeFile(path.join(dir, 'session.json'), JSON.stringify({ baseUrl, login, token, expiresAt: 'soon' }), {
      mode: 0o600,
    });
  await colleague(db, baseUrl, 'clerk', 'support');
  await colleague(db, baseUrl, 'admin', 'operator-admin');
  await signIn('clerk', await session(db, 'clerk'));
  t.match(await wasit('debit', 'end', '--help'), { code: 0, out: /ask the bank\s+before/ });
  t.match(await wasit('debit', 'end', id), { code: 2, err: /--reason/ });
  t.match(await wasit('debit', 'end', 'dbt_1', '--reason', REASON), { code: 1, err: /no debit dbt_1/ });
  const asked = await wasit('debit', 'end', id, '--reason', REASON);
  t.match(asked, { code: 0, out: /debit-end/ });
  const request = /apr_\w+/.exec(asked.out)?.[0] ?? '';
  t.match(await wasit('approval', 'accept', request), { code: 1 });
  t.match(await debitsSeen(world), [{ state: 'sent' }]);
  await signIn('admin', await session(db, 'admin'));
  t.match(await wasit('approval', 'show', request), { code: 0, out: /Mr Said: not collected/ });
  t.match(await wasit('approval', 'accept', request), { code: 0, out: /accepted/ });
  t.match(await wasit('debit', 'show', id), { code: 0, out: /no-answer/ });
  t.match(await debitsSeen(world), [{ state: 'failed', why: 'no-answer' }]);
});
