// The number of a payer's account is told to his bank alone: not to logs, histories, events, messages, the audit log or
// answers, whoever writes it into a text and whatever goes wrong.
import t from 'tap';
import { mandateAnswerWriter } from '../../src/dialects/index.ts';
import { setBankLink } from '../../src/mandates/index.ts';
import { clearIn } from '../support/clear-text.ts';
import { ask, begin, payer, tell } from '../support/demanded.ts';
import { act, decide, IBAN, look, open, opened, validate } from '../support/mandates.ts';
import { messageIdOf } from '../support/bank-answers.ts';
import { LOCAL } from '../support/payers-bank.ts';
import { ACTOR, done, MASTER_KEY } from '../support/world.ts';

const NATIONAL = '0079999900123456';
const RIB = '00200002000000200108';
const ACCOUNTS = [IBAN, NATIONAL, RIB];
const spaced = (number: string): string => number.replace(/(.{4})(?=.)/g, '$1 ');
const holds = (text: string): boolean =>
  ACCOUNTS.some((number) => text.replace(/[ -]/g, '').includes(number));

for (const number of ACCOUNTS)
  t.test(`by a bank that is called: ${number}`, async (t) => {
    const { world, bank } = await begin(t, { WASIT_LOG_LEVEL: 'trace' });
    const { agency, bank: client, approver, operator, db } = world;
    const answers: string[] = [];
    const heard = async (answer: Promise<{ readonly text: string }>): Promise<void> =>
      void answers.push((await answer).text);

    const account = { number, holder: 'Al Noor' };
    const text = `account ${spaced(number)} is closed`;
    bank.answering = ({ path }) =>
      path.endsWith('/mandates') ? { outcome: 'refused', text } : { outcome: 'refused', code: 'AC04', text };
    const refused = await opened(agency, { account });
    await world.sweep();
    await heard(look(agency, refused));
    t.match(answers.at(-1), /bank-refused.*account [O*]/s, 'its words are told, without the number');

    const said = await opened(agency, { account });
    await validate(client, said, { decision: 'refused', reason: text });
    await heard(look(agency, said));
    const returned = await opened(agency, { account });
    await validate(client, returned);
    await decide(approver, returned, 'return', 'seen');
    await heard(act(agency, returned, 'cancellation', { by: 'payer', reason: text }));

    const { mandateId } = await payer(world, 3, { account });
    await heard(ask(agency, { mandateId }));
    t.match(answers.at(-1), /"failed".*account [O*]/s);
    bank.answering = () => ({ outcome: 'pending' });
    const again = await payer(world, 1, { account });
    const { body } = await ask(agency, again);
    await heard(tell(client, body?.debitId, { outcome: 'collected' }));
    await heard(tell(client, body?.debitId, { outcome: 'returned', code: 'MD06', text }));
    await heard(act(agency, again.mandateId, 'suspension', { by: 'payer', reason: text }));
    for (const person of [agency, approver, operator]) await heard(look(person, again.mandateId));
    await heard(agency.send('GET', '/v1/debits'));
    await heard(agency.send('GET', `/v1/debits/${body?.debitId ?? ''}`));
    await heard(open(agency, { account: { number: `${number}9`, holder: text }, payerId: '' }));
    await open(agency, { account: { ...account, [number]: text } });
    bank.answering = (_, response) =>
      void response.writeHead(200).end(`{"outcome": "${text}", "${number}": 1`);
    await heard(ask(agency, await payer(world, 1, { account })));
    await heard(agency.send('GET', '/v1/events'));
    t.ok(answers.some((text) => text.includes('malformed-request')));
    t.same(answers.filter(holds), []);
    t.ok(
      world.logged.some((line) => line.includes('/v1/mandates')),
      'requests are logged',
    );
    t.same([...world.logged, ...world.lines, ...world.told].filter(holds), []);
    t.same(await clearIn(db, ACCOUNTS), []);
  });

t.test('by a bank that takes files', async (t) => {
  const { world } = await begin(t);
  const tools = { masterKey: MASTER_KEY, allowedNetworks: LOCAL };
  done(await setBankLink(world.db, 'bank', { way: 'files', bank: 'main', bic: 'BMUSOMRX' }, tools, ACTOR));
  const id = await opened(world.agency);
  await world.sweep();
  await world.carry();
  const said = {
    requestMessageId: messageIdOf(await world.files()),
    requestId: `${id}-1`,
    mandateReference: null,
    verdict: 'rejected' as const,
    reasonCode: 'AC04',
    reasonText: `account ${spaced(IBAN)} is closed`,
  };
  const file = { messageId: 'BANK-1', createdAt: new Date('2026-11-22T10:00:00Z'), answers: [said] as const };
  t.match(await world.answer(Buffer.concat([...mandateAnswerWriter.pieces(file)])), {
    outcome: { rejected: 1 },
  });
  t.same(await clearIn(world.db, [IBAN]), [], 'while it waits to be worked through');
  await world.sweep();
  t.match((await look(world.agency, id)).body, { state: 'bank-refused' });
  t.same(await clearIn(world.db, [IBAN]), []);
  t.same([...world.lines, ...world.told].filter(holds), []);
});
