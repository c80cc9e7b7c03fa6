// Messages about mandates: the words in every language, and from the event to the payer's address, once.
import t from 'tap';
import { addBiller } from '../../src/billers/index.ts';
import { setAgreement } from '../../src/channels/index.ts';
import { faultsOf, MOST_SEGMENTS, write, type Sender } from '../../src/confirmations/messages/compose.ts';
import { LANGUAGES, MANDATE_KINDS, MEDIA } from '../../src/confirmations/messages/message.ts';
import { smsSegments } from '../../src/confirmations/messages/sms-length.ts';
import { defaultTemplate } from '../../src/confirmations/messages/templates.ts';
import { decide, open, opened, validate } from '../support/mandates.ts';
import { startMessageWorld } from '../support/message-world.ts';
import { colleague } from '../support/staff.ts';
import { until } from '../support/until.ts';
import { ACTOR, done } from '../support/world.ts';

const SENDER: Sender = { name: { ar: 'الهيئة العامة', en: 'Social Insurance' }, timeZone: 'Asia/Muscat' };
const FACTS = {
  mandate: 'MND-2026-0042',
  account: 'OM***3456',
  reason: 'The signature is another one.',
  at: '2026-11-22T08:15:29.123Z',
};
const WITHOUT_REASON = [
  'mandate-submitted',
  'mandate-validated',
  'mandate-accepted',
  'mandate-resumed',
  'mandate-expired',
  'mandate-cover-accepted',
];

t.test('every text names the mandate, and why where there is a why', async (t) => {
  for (const kind of MANDATE_KINDS)
    for (const medium of MEDIA)
      for (const language of LANGUAGES) {
        const { text, subject } = write(FACTS, { kind, medium, language }, SENDER);
        const named = `${kind} ${medium} ${language}`;
        t.ok(text.includes('MND-2026-0042'), `${named} names it`);
        if (medium === 'email') t.ok(text.includes('OM***3456') && subject.includes('MND-2026-0042'), named);
        t.equal(text.includes(FACTS.reason), !WITHOUT_REASON.includes(kind), `${named}: the reason`);
        t.notMatch(text, /[{}]|undefined/);
        t.same(faultsOf(defaultTemplate(kind, medium, language), kind, medium, language), [], named);
      }
});

t.test('an SMS with the longest values keeps its bound and its mandate', async (t) => {
  const long = { ...FACTS, mandate: '8'.repeat(64), reason: 'ط'.repeat(200) };
  const sender = { name: { en: 'ط'.repeat(200) }, timeZone: 'UTC' };
  for (const kind of MANDATE_KINDS)
    for (const language of LANGUAGES) {
      const { text } = write(long, { kind, medium: 'sms', language }, sender);
      t.ok(smsSegments(text) <= MOST_SEGMENTS && text.includes(long.mandate), `${kind} ${language}`);
    }
});

t.test('a template of an agency’s own names the places of its kind', async (t) => {
  const faults = (body: string) => faultsOf({ body }, 'mandate-accepted', 'sms', 'en');
  t.same(faults('{biller}: {mandate} is active'), []);
  t.match(faults('{biller} is active'), [/lacks \{mandate\}/]);
  t.match(faults('{mandate} {receipt}'), [/no \{receipt\}: \{biller\} \{mandate\} \{account\}/]);
  t.match(faultsOf({ body: '{bills} {amount} {receipt} {mandate}' }, 'accepted', 'sms', 'en'), [
    /no \{mandate\}/,
  ]);
});

t.test('from the event to the payer, once, in his language', async (t) => {
  const world = await startMessageWorld(t);
  const agency = world.client('om-social');
  const messages = await world.open();
  const payer = { mobile: '+96824123456', email: 'noor@example.com', language: 'fr' };
  const id = await opened(agency, { reference: 'SMS-1', payer });
  await validate(world.client('bank'), id);
  await world.deliver(messages, 'sent', 4);
  t.match(await world.rows(), [
    { medium: 'email', kind: 'mandate-submitted' },
    { medium: 'sms', kind: 'mandate-submitted' },
    { medium: 'email', kind: 'mandate-validated', shown_address: 'n****@example.com' },
    { medium: 'sms', kind: 'mandate-validated', state: 'sent' },
  ]);
  const texts = (await world.outbox()).map(({ content }) => content).join('\n');
  t.match(texts, /le mandat SMS-1 sur le compte OM\*\*\*3456 est enregistré.* envoyé à votre banque/);
  t.match(texts, /votre banque a confirmé le mandat SMS-1 sur le compte OM\*\*\*3456/);
  const silent = await opened(agency, { payer: undefined });
  await validate(world.client('bank'), silent, { decision: 'refused', reason: 'unknown' });
  await validate(world.client('bank'), await opened(agency, { payer: { mobile: '+96824000000' } }), {
    decision: 'refused',
    reason: 'no such account',
  });
  await world.deliver(messages, 'sent', 2);
  t.equal((await world.rows()).length, 6, 'nobody is told where nobody is named');
  await world.pay({ payer: { mobile: '+96824123456' } });
  await world.deliver(messages, 'sent', 1);
  t.match((await world.rows()).at(-1), { kind: 'accepted' }, 'payments are told as before');
});

t.test('a further agency tells by itself whether it accepts', async (t) => {
  const world = await startMessageWorld(t);
  const { db, baseUrl } = world;
  const calendar = { timeZone: 'Asia/Muscat', cutOff: '16:00' };
  for (const [code, fr] of [
    ['om-water', 'Eau'],
    ['om-power', 'Courant'],
  ] as const) {
    done(await addBiller(db, code, { name: { en: code, fr }, currency: 'OMR', ...calendar }, ACTOR));
    const parties = { billerCode: code, channelCode: 'bank' };
    done(await setAgreement(db, parties, { route: 'via-operator' }, ACTOR, new Date('2026-01-01T00:00:00Z')));
  }
  const person = (login: string, billerCode: string) =>
    colleague(db, baseUrl, login, 'approver', { billerCode });
  const id = await until('the gateway knows the new agencies', async () => {
    const { body } = await open(world.client('om-social'), {
      reference: 'SHARED',
      payer: { mobile: '+96824123456', language: 'fr' },
      covers: ['om-water', 'om-power'].map((billerCode) => ({ billerCode, payerId: 'W-1' })),
    });
    return body?.mandateId;
  });
  await validate(world.client('bank'), id);
  await decide(await person('approver', 'om-social'), id, 'accept');
  await decide(await person('water', 'om-water'), id, 'accept');
  await decide(await person('power', 'om-power'), id, 'reject', 'autre titulaire');
  await world.deliver(await world.open(), 'sent', 5);
  const texts = (await world.outbox()).map(({ content }) => content).join('\n');
  t.match(texts, /Eau : nous avons aussi accepté le mandat SHARED/);
  t.match(texts, /Courant : nous n'avons pas accepté le mandat SHARED .*Motif : autre titulaire/);
  t.equal((await world.rows()).length, 5, 'received, confirmed, accepted, and the words of both, once each');
});

t.test('what his bank has opened it has confirmed in the same breath: told once', async (t) => {
  const world = await startMessageWorld(t);
  const { body } = await open(world.client('bank'), { billerCode: 'om-social', channelCode: undefined });
  t.equal(body?.state, 'bank-validated');
  await world.deliver(await world.open(), 'sent', 1);
  t.match(await world.rows(), [{ kind: 'mandate-validated' }]);
});

t.test('what banks have already is told with the end of a mandate, also by texts of an agency’s own', (t) => {
  const amount = { value: '24.000', currency: 'OMR' };
  const underWay = [1, 2, 3, 4, 5].map((day) => ({ amount, collectOn: `2026-12-0${day}` }));
  for (const kind of ['mandate-suspended', 'mandate-cancelled', 'mandate-expired'] as const)
    for (const medium of MEDIA)
      for (const language of LANGUAGES)
        for (const own of [undefined, { body: '{mandate}' }]) {
          const facts = { ...FACTS, underWay: underWay.slice(0, 1) };
          const { text } = write(facts, { kind, medium, language }, SENDER, own);
          t.ok(text.includes('24.000 OMR') && text.includes('2026-12-01'), `${kind} ${medium} ${language}`);
          t.notMatch(text, / {2}/);
          const long = { ...facts, underWay, mandate: '8'.repeat(64), reason: 'ط'.repeat(200) };
          const sender = { name: { en: 'ط'.repeat(200) }, timeZone: 'UTC' };
          const sms = write(long, { kind, medium: 'sms', language }, sender, own).text;
          t.ok(smsSegments(sms) <= MOST_SEGMENTS && sms.includes('24.000'), `${kind} ${language}: bound`);
        }
  const en = { kind: 'mandate-cancelled', medium: 'sms', language: 'en' } as const;
  t.match(
    write({ ...FACTS, underWay: underWay.slice(0, 2) }, en, SENDER).text,
    /Pay your bills yourself\. Still collected, for your bank has it already: 24\.000 OMR on 2026-12-01, 24\.000 OMR on 2026-12-02; do not pay that yourself\. Reason/,
  );
  t.end();
});
