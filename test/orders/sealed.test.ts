// Files to and from banks are sealed where they are kept: no account of a payer stands in clear in the database, and the
// bank gets what was written. What a version before this has kept in clear goes on, and is sealed by and by.
import { hash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import t from 'tap';
import { checkBooks } from '../../src/desk/index.ts';
import { mandateAnswerWriter } from '../../src/dialects/index.ts';
import type { Uuid } from '../../src/kernel/ids.ts';
import { setBankLink } from '../../src/mandates/index.ts';
import { handOver, handOverParts } from '../../src/orders/index.ts';
import { openAnswer, openOrder, type KeptBytes } from '../../src/orders/sealed-file.ts';
import { makeOrders } from '../../src/settlement/orders/index.ts';
import { answer, messageIdOf, report } from '../support/bank-answers.ts';
import { makeLinkedWorld } from '../support/bank-linked.ts';
import { clearIn } from '../support/clear-text.ts';
import { commandLine } from '../support/command-line.ts';
import { IBAN, opened } from '../support/mandates.ts';
import { LOCAL } from '../support/payers-bank.ts';
import { filesAt, makeRemitWorld, planned, work, type RemitWorld } from '../support/remit-world.ts';
import {
  bankAnswers,
  book,
  debitsSeen,
  makeSendingWorld,
  mandateFor,
  workDebits,
} from '../support/sending.ts';
import { ACTOR, addBills, done, MASTER_KEY, setClock } from '../support/world.ts';

const NATIONAL = '0079999900123456';
const RIB = '00200002000000200108';
const ACCOUNTS = [IBAN, NATIONAL, RIB];
const OURS = '9900OMR1234567890';
const AGENCYS = '00799999001234567803';

t.test('after a run of debits no account of a payer stands in the database', async (t) => {
  const world = await makeSendingWorld(t);
  const { db } = world;
  for (const [at, number] of ACCOUNTS.entries()) {
    const account = { number, holder: 'Sohar Trading' };
    await mandateFor(world, `S-${at}`, { account });
    await addBills(db, 'om', [{ number: `D-${at}`, payer: `S-${at}`, amount: '7.000', dueOn: '2026-11-30' }]);
  }
  await workDebits(world, '2026-11-27T05:00:00Z');
  const files = await workDebits(world, '2026-11-29T05:00:00Z');
  const [[name, text] = ['', '']] = files;
  t.equal(files.size, 1);
  for (const number of ACCOUNTS) t.match(text, number, 'the bank is told');
  const [one, two, three] = await debitsSeen(world);
  if (one === undefined || two === undefined || three === undefined) throw new Error('debits are missing');
  const words = [
    [one, 'ACSC'],
    [two, 'RJCT'],
    [three, 'PDNG'],
  ] as const;
  t.match(await bankAnswers(world, words), { outcome: { accepted: 1, rejected: 1, undecided: 1 } });
  await book(world);
  t.same(await clearIn(db, [...ACCOUNTS, OURS]), []);
  t.same(await checkBooks(db), []);

  const { wasit, dir } = await commandLine(t, world.url);
  const copy = path.join(dir, 'copy.xml');
  const saved = await wasit('bank', 'order', 'save', name, '--output', copy);
  t.match(saved, { code: 0, out: new RegExp(`SHA-256 ${hash('sha256', text)}`) });
  t.equal(await readFile(copy, 'utf8'), text, 'as the bank was given it');
  t.equal((await stat(copy)).mode & 0o777, 0o600);
  t.match(await wasit('bank', 'order', 'save', messageIdOf(files), '-o', copy), { code: 2, err: /EEXIST/ });
  t.match(await wasit('bank', 'order', 'save', 'nothing', '-o', `${copy}2`), { code: 1, err: /no file/ });
  const came = path.join(dir, 'came.xml');
  t.match(await wasit('bank', 'answer', 'save', 'answer.xml', '-o', came), { code: 0 });
  t.match(await readFile(came, 'utf8'), '<GrpHdr>');
});

t.test('mandates to a bank, and an answer that names the account', async (t) => {
  const world = await makeLinkedWorld(t);
  const tools = { masterKey: MASTER_KEY, allowedNetworks: LOCAL };
  done(await setBankLink(world.db, 'bank', { way: 'files', bank: 'main', bic: 'BMUSOMRX' }, tools, ACTOR));
  const id = await opened(world.agency);
  await world.sweep();
  await world.carry();
  const files = await world.files();
  t.match([...files.values()].join(''), IBAN);
  const said = {
    requestMessageId: messageIdOf(files),
    requestId: `${id}-1`,
    mandateReference: null,
    verdict: 'rejected' as const,
    reasonCode: 'AC04',
    reasonText: 'closed',
  };
  const file = { messageId: 'BANK-1', createdAt: new Date('2026-11-22T10:00:00Z'), answers: [said] as const };
  const bytes = Buffer.concat([...mandateAnswerWriter.pieces(file)]);
  t.match(await world.answer(bytes), { outcome: { rejected: 1 } });
  t.match(await world.answer(bytes), { known: true }, 'the same bytes are one, though sealed each time anew');
  await world.sweep();
  t.same(await clearIn(world.db, [IBAN]), []);
});

/** As a version before has kept them. */
async function clear({ db }: RemitWorld): Promise<void> {
  const orders = await db.transaction((tx) =>
    tx.query<KeptBytes & { file_id: Uuid }>('select file_id, bytes, sealed_bytes from order_file'),
  );
  const answers = await db.transaction((tx) =>
    tx.query<KeptBytes & { answer_id: Uuid }>('select answer_id, bytes, sealed_bytes from bank_answer'),
  );
  await db.transaction(async (tx) => {
    for (const order of orders)
      await tx.query(
        'update order_file set bytes = $2, sha256 = sha256($2), sealed_bytes = null, ids_sha256 = null where file_id = $1',
        [order.file_id, openOrder(MASTER_KEY, order.file_id, order)],
      );
    for (const { answer_id: id, ...kept } of answers)
      await tx.query(
        'update bank_answer set bytes = $2, sha256 = sha256($2), sealed_bytes = null where answer_id = $1',
        [id, openAnswer(MASTER_KEY, id, kept)],
      );
  });
}

t.test('what a version before has kept in clear goes to its bank, and is sealed', async (t) => {
  const world = await makeRemitWorld(t);
  const { db, parts } = world;
  const { endToEndId } = await planned(world);
  await setClock(db, '2026-11-23T06:00:00Z');
  await makeOrders(parts);
  t.same(await clearIn(db, [OURS, AGENCYS]), []);
  await clear(world);
  t.match(await clearIn(db, [OURS]), [/order_file.bytes/]);
  t.same(await checkBooks(db), []);
  t.match(await handOver(handOverParts(parts)), { handedOver: [/xml$/], failed: [] });
  const files = await filesAt(path.join(world.dataDir, 'orders'));
  const [[name, text] = ['', '']] = files;
  t.match(text, AGENCYS);
  const bytes = report(messageIdOf(files), 'PART', [[endToEndId, 'RJCT']]);
  t.match(await answer(world, bytes), { known: false, outcome: { rejected: 1 } });
  await clear(world);
  t.match(await answer(world, bytes), { known: true }, 'it is known by the digest of then');

  await work(world);
  t.same(await clearIn(db, [OURS, AGENCYS]), []);
  t.same(await checkBooks(db), []);
  t.match(await answer(world, bytes), { known: true });
  const { wasit, dir } = await commandLine(t, world.url);
  const copy = path.join(dir, 'copy.xml');
  t.match(await wasit('bank', 'order', 'save', name, '-o', copy), { code: 0 });
  t.equal(await readFile(copy, 'utf8'), text);
});

t.test('under another master key no file goes to a bank', async (t) => {
  const world = await makeRemitWorld(t);
  await planned(world);
  await setClock(world.db, '2026-11-23T06:00:00Z');
  await makeOrders(world.parts);
  const parts = handOverParts({ ...world.parts, masterKey: Buffer.alloc(32, 8) });
  t.match(await handOver(parts), { handedOver: [], failed: [{ failure: /another master key/ }] });
  t.equal((await work(world)).size, 0, 'it waits');
  t.match(await handOver(handOverParts(world.parts), { evenLater: true }), { failed: [] });
});
