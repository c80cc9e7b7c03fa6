// Mandates go to a bank in files, and its reports come back: once, whoever does the work and whenever it is broken off.
import { mkdir, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import t from 'tap';
import { mandateAnswerWriter } from '../../../src/dialects/index.ts';
import { debitOf } from '../../../src/mandates/debits/index.ts';
import type { MandateAnswer } from '../../../src/mandates/debits/index.ts';
import { setBankLink } from '../../../src/mandates/index.ts';
import { handOver, handOverParts } from '../../../src/orders/index.ts';
import { orderKinds } from '../../../src/order-kinds.ts';
import { report } from '../../support/bank-answers.ts';
import { makeLinkedWorld, type LinkedWorld } from '../../support/bank-linked.ts';
import { act, decide, look, opened, terms, validate } from '../../support/mandates.ts';
import { LOCAL } from '../../support/payers-bank.ts';
import { ACTOR, done, MASTER_KEY } from '../../support/world.ts';

let reports = 0;

/** A report of the bank's about requests, or mandates. */
function accepted(...answers: Partial<MandateAnswer>[]): Buffer {
  const all = answers.map((answer) => ({
    requestMessageId: null,
    requestId: null,
    mandateReference: null,
    verdict: 'accepted' as const,
    reasonCode: null,
    reasonText: null,
    ...answer,
  }));
  const [first, ...rest] = all;
  if (first === undefined) throw new Error('a report without answers');
  const file = {
    messageId: `BANK-${(reports += 1)}`,
    createdAt: new Date('2026-11-22T10:00:00Z'),
    answers: [first, ...rest] as const,
  };
  return Buffer.concat([...mandateAnswerWriter.pieces({ ...file, answers: [first, ...rest] })]);
}

async function stateOf(world: LinkedWorld, id: string): Promise<string | undefined> {
  return (await look(world.agency, id)).body?.state;
}

async function newFiles(world: LinkedWorld, known: Set<string>): Promise<string[]> {
  const files = await world.files();
  const fresh = [...files].filter(([name]) => !known.has(name));
  for (const [name] of fresh) known.add(name);
  return fresh.map(([, text]) => text);
}

const messageOf = (text: string | undefined): string => /<MsgId>(\w+)</.exec(text ?? '')?.[1] ?? '';

t.test('a bank that takes files', async (t) => {
  const world = await makeLinkedWorld(t);
  const { agency, approver, bank, db, sweep, carry, answer } = world;
  const tools = { masterKey: MASTER_KEY, allowedNetworks: LOCAL };
  done(await setBankLink(db, 'bank', { way: 'files', bank: 'main', bic: 'BMUSOMRX' }, tools, ACTOR));
  const known = new Set<string>();
  const ids = [await opened(agency), await opened(agency), await opened(agency)] as const;
  let message = '';

  await t.test('all that waits is one file, however many do the work', async (t) => {
    await Promise.all([sweep(), sweep(), sweep()]);
    await carry();
    await carry();
    const [text, ...more] = await newFiles(world, known);
    t.same(more, []);
    message = messageOf(text);
    for (const id of ids) {
      t.match(text, `<MndtId>${id}</MndtId><MndtReqId>${id}-1</MndtReqId>`);
    }
    t.match(text, /<MaxAmt Ccy="OMR">500.000<\/MaxAmt>.*Wasit Operations.*OM810180000001299123456/s);
    t.match(text, '<DbtrAgt><FinInstnId><BICFI>BMUSOMRX</BICFI></FinInstnId></DbtrAgt>', 'the bank is named');
    await sweep();
    await carry();
    t.same(await newFiles(world, known), []);
  });

  await t.test('its report, by message and request, by mandate alone, and twice', async (t) => {
    const bytes = accepted(
      { requestMessageId: message, requestId: `${ids[0]}-1` },
      { mandateReference: ids[1], verdict: 'rejected', reasonCode: 'AC04' },
      { requestId: 'NOBODYS' },
    );
    t.match(await answer(bytes), { outcome: { accepted: 1, rejected: 1, unknown: ['NOBODYS'] } });
    t.equal(await stateOf(world, ids[0]), 'submitted', 'noted, not worked through yet');
    await Promise.all([sweep(), sweep()]);
    t.equal(await stateOf(world, ids[0]), 'bank-validated');
    t.match(await look(agency, ids[1]), {
      body: { state: 'bank-refused', reason: 'The account is closed.' },
    });
    t.match(await answer(bytes), { known: true });
    const again = accepted({ requestMessageId: message, mandateReference: ids[0] });
    t.match(await answer(again), { known: false, outcome: { accepted: 1, conflictCount: 0 } });
    const against = accepted({ mandateReference: ids[1] });
    t.match(await answer(against), { outcome: { accepted: 0, conflicts: [ids[1]] } });
    await sweep();
    t.equal(await stateOf(world, ids[1]), 'bank-refused', 'the first word holds');
  });

  await t.test(
    'a word that is not known, contradictions, another order, and the whole file refused',
    async (t) => {
      const third = { requestMessageId: message, requestId: `${ids[2]}-1` };
      t.match(await answer(accepted({ ...third }, { ...third, verdict: 'rejected', reasonCode: 'MD01' })), {
        outcome: { conflicts: [`${ids[2]}-1`] },
      });
      t.match(await answer(accepted({ ...third, requestMessageId: 'WSTNOBODY' })), {
        outcome: { unknown: ['WSTNOBODY'] },
      });
      t.match(await answer(report(message, 'RJCT')), { outcome: { rejected: 0, conflicts: [message] } });
      await sweep();
      t.equal(await stateOf(world, ids[2]), 'submitted');
      t.match(await answer(Buffer.from('<Document/>')), { outcome: { refused: /pain.002/ } });
      t.equal(debitOf(ids[2]), undefined);
    },
  );

  await t.test('the bank’s folder; a mandate that its client has validated meanwhile', async (t) => {
    await validate(bank, ids[2]);
    const folder = path.join(world.dataDir, 'answers', 'main');
    await mkdir(folder, { recursive: true });
    const at = path.join(folder, 'report.xml');
    const bytes = accepted({
      requestMessageId: message,
      requestId: `${ids[2]}-1`,
      verdict: 'rejected',
      reasonText: 'no',
    });
    await writeFile(at, bytes);
    await utimes(at, new Date(0), new Date(0));
    await carry();
    await sweep();
    t.equal(await stateOf(world, ids[2]), 'bank-validated', 'the first word holds');
    t.ok(world.lines.includes('the word of a bank on a mandate came too late'));
  });

  await t.test('cancelled before the bank can have it: the others go in a file of their own', async (t) => {
    const [gone, stays] = [await opened(agency), await opened(agency)];
    await sweep();
    await act(agency, gone, 'cancellation', { reason: 'he moved' });
    await carry();
    t.same(await newFiles(world, known), [], 'withdrawn');
    await sweep();
    await carry();
    const [text] = await newFiles(world, known);
    t.match(text, stays);
    t.notMatch(text, gone);
    t.match(await answer(accepted({ requestMessageId: messageOf(text), mandateReference: stays })), {
      outcome: { accepted: 1 },
    });
    await sweep();
    t.equal(await stateOf(world, stays), 'bank-validated');
    await act(agency, stays, 'cancellation', { reason: 'he moved' });
    for (const [id, told] of [
      [gone, null],
      [stays, 'by-hand'],
    ] as const)
      t.equal((await look(agency, id)).body?.bankTold, told);
  });

  await t.test(
    'corrected and submitted again: another request, and an old answer counts no more',
    async (t) => {
      const id = await opened(agency);
      await sweep();
      await carry();
      const [first] = await newFiles(world, known);
      await validate(bank, id);
      await decide(approver, id, 'return', 'another ceiling');
      await agency.send('PUT', `/v1/mandates/${id}`, terms({ announceDays: 5 }));
      await act(agency, id, 'submission');
      const old = accepted({
        requestMessageId: messageOf(first),
        requestId: `${id}-1`,
        verdict: 'rejected',
        reasonCode: 'AC04',
      });
      await answer(old);
      await sweep();
      t.equal(await stateOf(world, id), 'submitted');
      await carry();
      const [second] = await newFiles(world, known);
      t.match(second, `<MndtReqId>${id}-2</MndtReqId>`);
      t.match(await answer(accepted({ mandateReference: id })), { outcome: { accepted: 1 } });
      await sweep();
      t.equal(await stateOf(world, id), 'bank-validated');
    },
  );

  for (const point of ['claimed', 'written', 'offered', 'renamed'] as const)
    await t.test(`broken off when it was ${point}: one file`, async (t) => {
      const id = await opened(agency);
      await sweep();
      const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
      const { dataDir } = world;
      const parts = handOverParts({ database: db, masterKey: MASTER_KEY, dataDir, kinds: orderKinds, log });
      const broken = (at: string) =>
        at === point ? Promise.reject(new Error(`broken off at ${at}`)) : Promise.resolve();
      await handOver({ ...parts, at: broken });
      await sweep();
      await handOver(parts, { evenLater: true });
      const texts = (await newFiles(world, known)).filter((text) => text.includes(`${id}-1<`));
      t.equal(texts.length, 1);
    });
});

t.test('an agency without an account to collect to: its mandates wait, and say why', async (t) => {
  const world = await makeLinkedWorld(t);
  const { agency, db, sweep, carry, skipPauses } = world;
  await db.transaction((tx) => tx.query('delete from debit_terms'));
  const tools = { masterKey: MASTER_KEY, allowedNetworks: LOCAL };
  done(await setBankLink(db, 'bank', { way: 'files', bank: 'main' }, tools, ACTOR));
  await opened(agency);
  await sweep();
  await carry();
  t.equal((await world.files()).size, 0);
  const [row] = await db.transaction((tx) =>
    tx.query<{ failure: string }>(`select failure from mandate_submission where state = 'waiting'`),
  );
  t.match(row, { failure: /no account to collect to/ });
  await db.transaction((tx) =>
    tx.query(
      `insert into debit_terms (biller_id, account_id, over_ceiling, retry_days, method, paid_at) values (1, 1, 'split', '{3}', 'account', 'settled')`,
    ),
  );
  await skipPauses();
  await sweep();
  await carry();
  t.equal((await world.files()).size, 1);
});
