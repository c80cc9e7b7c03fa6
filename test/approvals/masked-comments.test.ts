// Whole account numbers that people write into comments of requests are masked before they are kept, shown or audited.
import t from 'tap';
import { ask, attachFile, idOf, type Shown } from '../support/approvals.ts';
import { clearIn } from '../support/clear-text.ts';
import { startTestWorld } from '../support/gateway.ts';
import { colleague, session } from '../support/staff.ts';

const IBAN = 'OM810180000001299123456';
const RIB = '00200002000000200108';
const SPACED = IBAN.replace(/(.{4})(?=.)/g, '$1 ');
const amount = { value: '1.000', currency: 'OMR' };

t.test('wherever they comment', async (t) => {
  const world = await startTestWorld(t);
  const { db, baseUrl } = world;
  const one = await colleague(db, baseUrl, 'one', 'operator-admin');
  const two = await colleague(db, baseUrl, 'two', 'operator-admin');
  const asked = () => idOf(ask(one, 'top-up', { channelCode: 'agent', amount }));
  const send = async (client: typeof one, path: string, comment: string, method: 'POST' | 'PUT' = 'POST') => {
    const content = method === 'PUT' ? { content: { channelCode: 'agent', amount } } : {};
    const answer = await client.send<Shown>(method, `/v1/approvals/${path}`, { ...content, comment });
    t.ok(answer.status < 300, answer.text);
    return answer.text;
  };
  const first = await asked();
  const told = [
    await send(one, `${first}/comments`, `from ${SPACED}, see 12 August`),
    await send(one, `${first}/comments`, `from ${SPACED}, see 12 August`),
    await send(two, `${first}/return`, `not ${RIB}?`),
    await send(one, first, `no: ${IBAN}`, 'PUT'),
    await send(two, `${first}/reject`, `it is ${IBAN}`),
    await send(one, `${await asked()}/withdrawal`, `to ${RIB}`),
  ];
  const file = await attachFile(baseUrl, await session(db, 'one'), await asked(), { name: `${IBAN}.pdf` });
  t.equal(file.status, 201);
  t.match(told[0], /from OM\*\* [* ]*3 456, see 12 August/, 'the rest stays as it was written');
  t.equal(told[1]?.match(/see 12 August/g)?.length, 1, 'repeated, it adds nothing');
  t.same(
    told.filter((text) => [IBAN, RIB].some((number) => text.replaceAll(' ', '').includes(number))),
    [],
  );
  t.same(await clearIn(db, [IBAN, RIB]), []);
});
