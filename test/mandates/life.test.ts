// The life of a mandate after it was sent: the bank's word, the agency's, return and correction, further agencies, holds,
// the end of its time, and two words at once.
import t from 'tap';
import { expireMandates } from '../../src/mandates/index.ts';
import { Directory } from '../../src/channels/index.ts';
import { setAgreement } from '../../src/channels/index.ts';
import { addBiller } from '../../src/billers/index.ts';
import { accept } from '../support/approvals.ts';
import { assertBooksBalance } from '../support/books.ts';
import {
  accepted,
  act,
  decide,
  eventsOf,
  look,
  makeMandateWorld,
  open,
  opened,
  terms,
  validate,
} from '../support/mandates.ts';
import { colleague } from '../support/staff.ts';
import { until } from '../support/until.ts';
import { ACTOR, done, MORNING, setClock } from '../support/world.ts';

t.test('the life of a mandate', async (t) => {
  const world = await makeMandateWorld(t);
  const { agency, bank, approver, second, db, baseUrl } = world;
  const reason = 'said so';
  const types = async (id: string) =>
    (await eventsOf(world, id)).map(({ type }) => type.slice('mandate.'.length));

  await t.test('the bank refuses, with its reason; its first word holds', async (t) => {
    const id = await opened(agency);
    t.match(await validate(bank, id, { decision: 'refused' }), { code: 'malformed-request' });
    t.match(await validate(bank, id, { decision: 'refused', reason: 'no such account' }), {
      body: { state: 'bank-refused', reason: 'no such account' },
    });
    t.match(await validate(bank, id, { decision: 'refused', reason: 'another' }), {
      status: 200,
      body: { reason: 'no such account' },
    });
    t.match(await validate(bank, id), { code: 'mandate-state', problem: { state: 'bank-refused' } });
    for (const what of ['suspension', 'resumption', 'cancellation'])
      t.match(await act(agency, id, what, { reason }), { code: 'mandate-state' }, what);
    t.same(await types(id), ['submitted', 'bank-refused']);
  });

  await t.test('returned, corrected, validated anew: an old word does not count for the new', async (t) => {
    const id = await opened(agency);
    const first = await validate(bank, id);
    t.match(await decide(approver, id, 'return', 'the ceiling is too low'), {
      body: { state: 'returned', reason: 'the ceiling is too low' },
    });
    const approvalId = first.body?.approvalId ?? '';
    t.match(await approver.send('GET', `/v1/approvals/${approvalId}`), { body: { state: 'returned' } });
    t.match(await accept(second, approvalId), { code: 'approval-decided' });
    t.match(await validate(bank, id), { status: 200, body: { state: 'returned' } }, 'said before');
    t.match(await agency.send('PUT', `/v1/mandates/${id}`, terms({ announceDays: 5 })), { status: 200 });
    t.match(await act(agency, id, 'submission'), {
      body: { state: 'submitted', reason: null, approvalId: null },
    });
    t.match(await validate(bank, id, { revision: 1 }), { code: 'mandate-changed', problem: { revision: 4 } });
    t.match(await validate(bank, id, { revision: 4 }), { body: { state: 'bank-validated' } });
    t.match(await decide(second, id, 'accept'), { body: { state: 'accepted', announceDays: 5 } });
    t.same(await types(id), [
      'submitted',
      'bank-validated',
      'returned',
      'submitted',
      'bank-validated',
      'accepted',
    ]);
  });

  await t.test('rejected at the request itself: the same', async (t) => {
    const id = await opened(agency);
    const { body } = await validate(bank, id);
    t.match(await decide(approver, id, 'reject', undefined), { status: 200 }, 'a comment goes with it');
    t.match(await decide(approver, id, 'accept'), { code: 'approval-decided' });
    t.match(await accept(second, body?.approvalId ?? ''), { code: 'approval-decided' });
    t.match(await act(approver, await opened(agency), 'decision', { decision: 'reject' }), {
      code: 'malformed-request',
    });
    t.match((await eventsOf(world, id)).at(-1), { type: 'mandate.rejected', payload: { reason: 'seen' } });
  });

  await t.test('each lifts what he has suspended', async (t) => {
    const id = await accepted(world);
    t.match(await act(agency, id, 'suspension', { reason, by: 'payer' }), {
      body: { state: 'suspended', suspendedBy: ['payer'], reason },
    });
    t.match(await act(agency, id, 'suspension', { reason, by: 'payer' }), {
      body: { suspendedBy: ['payer'] },
    });
    t.match(await act(agency, id, 'resumption', { reason }), {
      code: 'mandate-state',
      problem: { suspendedBy: ['payer'], detail: /is suspended by payer; whoever suspended it resumes it/ },
    });
    t.match(await act(bank, id, 'suspension', { reason: 'blocked' }), {
      body: { suspendedBy: ['payer', 'bank'] },
    });
    t.match(await act(agency, id, 'resumption', { reason, by: 'payer' }), {
      body: { state: 'suspended', suspendedBy: ['bank'] },
    });
    t.match(await act(bank, id, 'resumption', { reason }), { body: { state: 'accepted', suspendedBy: [] } });
    t.match(await act(bank, id, 'resumption', { reason }), { status: 200 }, 'again');
    t.same((await types(id)).slice(-2), ['suspended', 'resumed'], 'told only when it changes');
    t.match(await act(bank, id, 'cancellation', { reason }), { body: { state: 'cancelled' } });
    t.match(await act(agency, id, 'cancellation', { reason }), { status: 200, body: { revision: 6 } });
    t.match(await act(agency, id, 'suspension', { reason }), { code: 'mandate-state' });
  });

  await t.test('cancelled while the agency is asked: the request ends with it', async (t) => {
    const id = await opened(agency);
    const { body } = await validate(bank, id);
    t.match(await act(agency, id, 'cancellation', { reason, by: 'payer' }), { body: { state: 'cancelled' } });
    t.match(await approver.send('GET', `/v1/approvals/${body?.approvalId}`), {
      body: { state: 'withdrawn', history: [{}, { action: 'withdrawn', by: null }] },
    });
    t.match(await decide(approver, id, 'accept'), { code: 'approval-decided' });
  });

  await t.test('further agencies accept for themselves, once the first has', async (t) => {
    done(
      await addBiller(
        db,
        'om-water',
        { name: { en: 'Water' }, currency: 'OMR', timeZone: 'Asia/Muscat', cutOff: '16:00' },
        ACTOR,
      ),
    );
    const since = new Date('2026-01-01T00:00:00Z');
    const parties = { billerCode: 'om-water', channelCode: 'bank' };
    done(await setAgreement(db, parties, { route: 'via-operator' }, ACTOR, since));
    const water = await colleague(db, baseUrl, 'water', 'approver', { billerCode: 'om-water' });
    const covers = [
      { billerCode: 'om-water', payerId: 'W-1' },
      { billerCode: 'om-water', payerId: 'W-2' },
    ];
    const id = await until('the gateway knows the new agency', async () => {
      const { body } = await open(agency, { reference: 'COVER', covers });
      return body?.mandateId;
    });
    t.match(await look(water, id), { code: 'mandate-not-found' }, 'it is not asked yet');
    await validate(bank, id);
    await decide(approver, id, 'accept');
    t.match(await look(water, id), {
      body: { covers: [{ state: 'accepted' }, { billerCode: 'om-water', state: 'waiting' }, {}] },
    });
    t.match(await water.send('GET', '/v1/mandates'), { body: { items: [{ mandateId: id }], next: null } });
    t.match(
      await water.send('GET', '/v1/approvals?mine=to-decide'),
      { body: { items: [{ summary: /of payer W-1, W-2 at bank/ }] } },
      'it is asked about the numbers by which it knows the payer',
    );
    t.match(await act(water, id, 'cancellation', { reason }), { code: 'forbidden' });
    t.match(await decide(water, id, 'return'), { code: 'approval-impossible' });
    t.match(await decide(water, id, 'accept'), {
      body: {
        state: 'accepted',
        covers: [{ state: 'accepted' }, { state: 'accepted' }, { state: 'accepted' }],
      },
    });
    await act(agency, id, 'cancellation', { reason });
    const told = (await eventsOf(world, id)).filter(({ type }) => /cover|cancelled/.test(type));
    t.same(
      told.map(({ biller_id, type, for_payers }) => [biller_id === 1, type, for_payers]),
      [
        [true, 'mandate.cover-accepted', null],
        [true, 'mandate.cancelled', true],
        [false, 'mandate.cover-accepted', true],
        [false, 'mandate.cancelled', null],
      ],
    );
  });

  await t.test('two words at once: one holds, the other finds what came of it', async (t) => {
    for (let round = 0; round < 4; round++) {
      const id = await opened(agency);
      const words = await Promise.all([
        validate(bank, id),
        validate(bank, id, { decision: 'refused', reason }),
        act(agency, id, 'cancellation', { reason }),
      ]);
      t.notOk(
        words.some(({ status }) => status >= 500),
        words.map(({ text }) => text).join(),
      );
      const other = await opened(agency);
      const { body } = await validate(bank, other);
      const answers = await Promise.all([
        decide(approver, other, 'accept'),
        decide(second, other, 'reject'),
        accept(second, body?.approvalId ?? ''),
        act(bank, other, 'cancellation', { reason }),
        act(agency, other, 'suspension', { reason }),
      ]);
      t.notOk(
        answers.some(({ status }) => status >= 500),
        answers.map(({ text }) => text).join(),
      );
      const seen = (await types(other)).filter((type) => type === 'accepted' || type === 'rejected');
      t.ok(seen.length <= 1);
    }
  });

  await t.test('its last day is the agency’s; afterwards it ends by itself', async (t) => {
    const id = await accepted(world, { validUntil: '2026-12-10' });
    const held = await accepted(world, { validUntil: '2026-12-10' });
    await act(agency, held, 'suspension', { reason });
    const waiting = await opened(agency, { validUntil: '2026-12-10' });
    await validate(bank, waiting);
    const log = { error: (what: unknown) => void t.fail(String(what)) };
    const parts = { database: db, directory: await Directory.open(db), log };
    await setClock(db, '2026-12-10T19:59:00Z');
    await expireMandates(parts);
    t.match(await look(agency, id), { body: { state: 'accepted' } }, 'a minute before midnight in Muscat');
    await setClock(db, '2026-12-10T20:01:00Z');
    await Promise.all([expireMandates(parts), expireMandates(parts)]);
    for (const each of [id, held]) t.match(await look(agency, each), { body: { state: 'expired' } });
    t.match((await look(agency, id)).body?.history.at(-1), { action: 'expired', side: 'system', by: null });
    t.equal((await types(id)).filter((type) => type === 'expired').length, 1);
    t.match(
      await decide(approver, waiting, 'accept'),
      { code: 'approval-impossible' },
      'it is too late for it',
    );
    t.match(await decide(approver, waiting, 'return'), { body: { state: 'returned' } });
    t.match(await agency.send('PUT', `/v1/mandates/${waiting}`, terms({ validUntil: '2027-12-10' })), {
      status: 200,
    });
    await setClock(db, MORNING);
  });

  await t.test('everything is in the audit log, and the books hold', async (t) => {
    const rows = await db.transaction((tx) =>
      tx.query<{ steps: bigint; logged: bigint }>(
        `select (select count(*) from mandate_step) as steps,
                (select count(*) from audit_log where subject like 'mandate/%') as logged`,
      ),
    );
    t.equal(rows[0]?.steps, rows[0]?.logged);
    await assertBooksBalance(db);
  });
});
