// What the product writes for banks, as they get it: every file of debits and of mandates is valid against its schema,
// whatever payers are called, wherever their accounts are, and by whichever route the money comes.
import t from 'tap';
import { setBankLink } from '../../../src/mandates/index.ts';
import { makeLinkedWorld } from '../../support/bank-linked.ts';
import { schemaOf } from '../../support/iso-schema.ts';
import { accepted, opened } from '../../support/mandates.ts';
import { setAccount } from '../../support/remit-world.ts';
import { debitsSeen, makeSendingWorld, workDebits } from '../../support/sending.ts';
import { ACTOR, addBills, done, MASTER_KEY } from '../../support/world.ts';

const debitFile = schemaOf('pain.008.001.08');
const mandateFile = schemaOf('pain.009.001.05');

const PLAN = '2026-11-27T06:00:00Z';
const SEND = '2026-11-29T06:00:00Z';
const IBAN = 'OM810180000001299123456';
const RIB = '00200002000000200108';
const NATIONAL = '0079999900123456';

/** Holders of accounts, and where these are. */
const PAYERS: readonly (readonly [holder: string, number: string])[] = [
  ['Al Noor Trading', IBAN],
  ['شركة النور للتجارة', RIB],
  ['SARL Bâtiment & «Frères» <Tell> "O\'Neil" ]]> %&amp;', NATIONAL],
  ['م'.repeat(140), IBAN],
  ['𝒜'.repeat(140), RIB],
  [`${'é '.repeat(69)}é`, NATIONAL],
  ['\u200eLTD\u200f .', '1234'],
  ['日本', '1ABCDEFGHIJKLMNOPQRSTUVWXYZ01234567'.slice(0, 34)],
  ['a', 'DE89370400440532013000'],
];
const SPLIT = 400;

t.test('files of debits', async (t) => {
  for (const route of ['via', 'direct'] as const)
    for (const bic of ['BMUSOMRX', null])
      await t.test(`${route}, ${bic ?? 'no BIC'}`, async (t) => {
        const world = await makeSendingWorld(t, { schemeId: bic === null ? null : 'OM98ZZZ01' });
        const { db } = world;
        const channelCode = route === 'direct' ? 'transit' : 'bank';
        const number = RIB;
        await setAccount(db, 'om-social', '', { holder: 'صندوق & Co', paysFrom: 'ours-omr', number });
        if (bic !== null) {
          const tools = { masterKey: MASTER_KEY, allowedNetworks: [] };
          done(await setBankLink(db, channelCode, { bic }, tools, ACTOR));
        }
        const parties = { ...world, bank: world.client(channelCode) };
        for (const [at, [holder, account]] of PAYERS.entries()) {
          const payerId = `S-${at}`;
          await accepted(parties, {
            payerId,
            payerName: holder,
            account: { number: account, holder },
            channelCode,
            ceiling: at === 0 ? ceiling('1.000', '999.000') : ceiling('900.000', '900.000'),
            announceDays: 3,
            validFrom: '2026-11-01',
          });
          const count = at === 0 ? SPLIT : 1 + at * 12;
          const bills = Array.from({ length: count }, (_, n) => ({
            number: `N/${at}-${n}_${'X'.repeat(at)}`,
            payer: payerId,
            amount: '1.000',
            dueOn: '2026-11-30',
          }));
          await addBills(db, 'om', bills);
        }
        await workDebits(world, PLAN);
        const files = await workDebits(world, SEND);
        const sent = await debitsSeen(world);
        t.equal(sent.length, SPLIT + PAYERS.length - 1);
        t.ok(sent.every(({ state }) => state === 'sent'));
        const texts = [...files.values()];
        const count = texts.reduce((sum, text) => sum + text.split('<DrctDbtTxInf>').length - 1, 0);
        t.equal(count, sent.length);
        t.match(texts.join(''), route === 'direct' ? 'صندوق &amp; Co' : 'Wasit Operations');
        const agency = '<UltmtCdtr><Nm>صندوق &amp; Co</Nm></UltmtCdtr>';
        t.ok(
          texts.every((text) => text.includes(agency) === (route === 'via')),
          'the payer reads for whom the operator collects',
        );
        for (const text of texts) debitFile(t, Buffer.from(text));
      });
});

t.test('files of mandates', async (t) => {
  for (const bic of ['BMUSOMRX', null])
    await t.test(bic ?? 'no BIC', async (t) => {
      const world = await makeLinkedWorld(t);
      const tools = { masterKey: MASTER_KEY, allowedNetworks: [] };
      const link = { way: 'files', bank: 'main', ...(bic !== null && { bic }) } as const;
      done(await setBankLink(world.db, 'bank', link, tools, ACTOR));
      const ways = [
        { collect: { on: 'due-date' } },
        { collect: { on: 'days', days: [5] }, validUntil: '2028-01-31' },
        { collect: { on: 'days', days: [1, 15, 28] } },
        { collect: { on: 'demand' }, validFrom: '2026-11-01', validUntil: '2026-12-01' },
      ];
      for (const [at, [holder, number]] of PAYERS.entries())
        for (const way of ways)
          await opened(world.agency, {
            payerId: `S-${at}`,
            payerName: holder,
            account: { number, holder },
            ...way,
          });
      await world.sweep();
      await world.carry();
      const texts = [...(await world.files()).values()];
      const count = texts.reduce((sum, text) => sum + text.split('<MndtReqId>').length - 1, 0);
      t.equal(count, PAYERS.length * ways.length);
      const agency = '<UltmtCdtr><Nm>om-social</Nm></UltmtCdtr><Dbtr>';
      t.ok(texts.every((text) => text.split(agency).length === text.split('<MndtReqId>').length));
      for (const text of texts) mandateFile(t, Buffer.from(text));
    });
});

function ceiling(perDebit: string, perMonth: string): object {
  return {
    perDebit: { value: perDebit, currency: 'OMR' },
    perMonth: { value: perMonth, currency: 'OMR' },
  };
}
