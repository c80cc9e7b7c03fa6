// Requests for mandates and debits to a bank over SFTP, to a real OpenSSH server: whole, once, whatever breaks on the way; its
// answers are fetched there.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import t from 'tap';
import { mandateAnswerWriter } from '../../src/dialects/index.ts';
import { endToEndIdOf } from '../../src/mandates/debits/index.ts';
import { setBankLink } from '../../src/mandates/index.ts';
import { orderKinds, readBankAnswer } from '../../src/order-kinds.ts';
import { fetchAnswers, setBankAnswers } from '../../src/orders/index.ts';
import { report } from '../support/bank-answers.ts';
import { makeLinkedWorld } from '../support/bank-linked.ts';
import { decide, look, opened } from '../support/mandates.ts';
import { LOCAL } from '../support/payers-bank.ts';
import { changeBank } from '../support/remit-world.ts';
import { debitsSeen } from '../support/sending.ts';
import { sftpServer } from '../support/sftp-server.ts';
import { ACTOR, addBills, done, MASTER_KEY, setClock } from '../support/world.ts';

t.test('pain.009 and pain.008 go, pain.012 and pain.002 come', async (t) => {
  const server = await sftpServer(t);
  const world = await makeLinkedWorld(t);
  const { db, agency, approver, sweep, carry, collect } = world;
  const { port, user, folder, privateKey, fingerprint: hostKey } = server;
  const handover = { way: 'sftp', host: '127.0.0.1', port, user, folder, hostKey };
  await changeBank(db, { handover }, privateKey);
  const tools = { masterKey: MASTER_KEY, allowedNetworks: LOCAL };
  done(await setBankLink(db, 'bank', { way: 'files', bank: 'main' }, tools, ACTOR));
  const atBank = async (like: RegExp): Promise<string[]> => {
    const names = (await readdir(folder)).filter((name) => like.test(name));
    return Promise.all(names.map((name) => readFile(path.join(folder, name), 'utf8')));
  };
  const out = path.join(folder, 'out');
  await mkdir(out);
  done(await setBankAnswers(db, 'main', { pickup: { way: 'sftp', folder: out } }, ACTOR));
  const faults: unknown[] = [];
  const log = {
    info: () => undefined,
    warn: (what: unknown) => void faults.push(what),
    error: (what: unknown) => void faults.push(what),
  };
  const answer = async (name: string, bytes: Buffer) => {
    await writeFile(path.join(out, name), bytes);
    await fetchAnswers({
      database: db,
      masterKey: MASTER_KEY,
      reader: readBankAnswer,
      kinds: orderKinds,
      log,
    });
  };
  const retryNow = () =>
    db.transaction((tx) => tx.query('update order_file set next_try_at = clock_timestamp()'));
  const messageOf = (text: string): string => /<MsgId>(\w+)</.exec(text)?.[1] ?? '';

  const id = await opened(agency, { payerId: 'S-1', validFrom: '2026-11-01', announceDays: 0 });
  await server.stop();
  await sweep();
  await carry();
  await server.start();
  await retryNow();
  await carry();
  await carry();
  const [request = '', ...others] = await atBank(/^mandates_/);
  t.same(others, [], 'one, though the server was away');
  t.match(request, `<MndtId>${id}</MndtId>`);
  const said = {
    requestMessageId: messageOf(request),
    requestId: `${id}-1`,
    mandateReference: id,
    verdict: 'accepted' as const,
    reasonCode: null,
    reasonText: null,
  };
  const yes = { messageId: 'B-1', createdAt: new Date('2026-11-22T10:00:00Z'), answers: [said] as const };
  await answer('m.xml', Buffer.concat([...mandateAnswerWriter.pieces(yes)]));
  await sweep();
  t.match(await look(agency, id), { body: { state: 'bank-validated' } });
  await decide(approver, id, 'accept');

  await addBills(db, 'om', [{ number: 'A-1', payer: 'S-1', amount: '10.000', dueOn: '2026-11-30' }]);
  await setClock(db, '2026-11-29T06:00:00Z');
  await collect();
  await server.stop();
  await carry();
  t.match(await debitsSeen(world), [{ state: 'built' }], 'not with the bank');
  await server.start();
  await retryNow();
  await carry();
  await collect();
  await carry();
  const [order = '', ...more] = await atBank(/_debits_/);
  t.same(more, []);
  t.same(
    (await readdir(folder)).filter((name) => name.startsWith('.')),
    [],
    'no part is left',
  );
  const [debit] = await debitsSeen(world);
  if (debit === undefined) throw new Error('nothing was planned');
  t.match(debit, { state: 'sent', steps: ['planned', 'built', 'sent'] });
  t.match(order, `<EndToEndId>${endToEndIdOf(debit.debit_id)}</EndToEndId>`);
  await setClock(db, '2026-11-30T06:00:00Z');
  const word = [endToEndIdOf(debit.debit_id), 'ACSC'] as const;
  await answer('d.xml', report(messageOf(order), '', [word]));
  await collect();
  t.match(await debitsSeen(world), [{ state: 'collected', bills: ['A-1 paid'] }]);
  t.same(faults, []);
});
