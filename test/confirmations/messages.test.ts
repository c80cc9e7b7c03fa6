// Messages from the payment to the file: who gets one, once; opted out, reversed, late, with a text of the biller's own.
import t from 'tap';
import { setOptOut } from '../../src/confirmations/messages/opt-out.ts';
import { forgetMessages } from '../../src/confirmations/messages/open-messages.ts';
import { setTemplate } from '../../src/confirmations/messages/set-template.ts';
import { messagesOf, recentMessages } from '../../src/confirmations/messages/show-messages.ts';
import { bill } from '../support/client.ts';
import { numberEvents } from '../support/feed.ts';
import { startMessageWorld } from '../support/message-world.ts';
import { until } from '../support/until.ts';
import { ACTOR, addBills, done, MASTER_KEY, setClock } from '../support/world.ts';

const FATMA = { mobile: '+96890000001', email: 'fatma@example.om', language: 'en' } as const;

t.test('messages', async (t) => {
  const world = await startMessageWorld(t);
  const { db } = world;
  const messages = await world.open();
  const states = async (): Promise<string[]> =>
    (await world.rows()).map(({ medium, state }) => `${medium} ${state}`);
  const clear = (): Promise<unknown> => db.transaction((tx) => tx.query('delete from message'));

  await t.test('a payment becomes an SMS and an e-mail in the outbox folder', async (t) => {
    await world.pay({ contact: FATMA });
    await world.deliver(messages, 'sent', 2);
    t.same(await states(), ['email sent', 'sms sent']);
    const [mail, sms] = (await world.outbox()).sort(
      (a, b) => a.name.localeCompare(b.name) && (a.name.endsWith('eml') ? -1 : 1),
    );
    t.match(sms?.content, /^To: \+96890000001\nFrom: om-social\nDate: /);
    t.match(
      sms?.content,
      /om-social: 10\.000 OMR \+ 0\.200 OMR fee received for bill M-0400\. Receipt [0-9A-Z-]+, 2026-11-22 12:00\./,
    );
    t.match(mail?.content, /^From: "om-social" <no-reply@wasit\.invalid>\r$/m);
    t.match(mail?.content, /^To: fatma@example\.om\r$/m);
    t.match(mail?.content, /^Auto-Submitted: auto-generated\r$/m);
    t.match(mail?.content, /Paid: bill M-0400/);
    t.ok(
      (await world.rows()).every(({ address }) => address === null),
      'the addresses are forgotten',
    );
    t.match((await world.rows())[1]?.shown_address, /^\*+001$/);
  });

  await t.test('without an address nobody is told and no row is written', async (t) => {
    await clear();
    await world.pay({});
    await world.pay({ contact: { language: 'ar' } });
    await world.pay({ payer: { name: 'Salim' } });
    await world.pay({ payer: { mobile: '+96890000009' } });
    await world.deliver(messages);
    t.same(await states(), ['sms sent']);
  });

  await t.test('waking again and again, in two workers, tells nobody twice', async (t) => {
    await clear();
    const sent: string[] = [];
    const workers = [0, 1].map(() =>
      world.openWith(async ({ id }) => {
        sent.push(id);
        return { outcome: 'sent' };
      }),
    );
    for (let i = 0; i < 20; i++) await world.pay({ contact: FATMA });
    const billerIds = await numberEvents(db);
    for (let i = 0; i < 5; i++)
      await Promise.all(workers.map((worker) => (worker.wake(billerIds), worker.sweep())));
    await until(
      'all are sent',
      async () => (await states()).filter((each) => each.endsWith('sent')).length === 40,
    );
    t.equal(sent.length, 40);
    t.equal(new Set(sent).size, 40);
    // As if the cursor had been lost: the rows are what makes it once.
    await db.transaction((tx) => tx.query('update message_cursor set number = 0'));
    await messages.sweep();
    await until('what was cleared is told again', async () => {
      return (await states()).filter((each) => each === 'sms sent').length === 20 + 2;
    });
    t.equal(new Set(sent).size, sent.length, 'and nothing else');
    await Promise.all(workers.map((worker) => worker.stop()));
  });

  await t.test('an Arabic e-mail in the outbox folder can be read by people', async (t) => {
    await clear();
    await world.pay({ contact: { email: 'salma@example.om', language: 'ar' } });
    await world.deliver(messages, 'sent', 1);
    const mail = (await world.outbox()).find(({ content }) => content.includes('salma@'))?.content;
    t.match(mail, /^Content-Type: text\/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r$/m);
    t.match(mail, /الإيصال/);
    t.match(mail, /<html lang="ar" dir="rtl">/);
  });

  await t.test('however a number is written, the payment passes; what is none is nobody’s', async (t) => {
    await clear();
    const written = [
      '00968 9000-0009',
      '+968 (9000) 0009',
      '\u202a+968\u00a09000\u20130009\u202c',
      '+٩٦٨ ٩٠٠٠ ٠٠٠٩',
    ];
    for (const mobile of written) await world.pay({ payer: { mobile } });
    for (const mobile of ['', '9000 0009', 'ask my son', '+968 9000 0009, +968 9000 0010'])
      await world.pay({ payer: { mobile } });
    await world.deliver(messages, 'sent', written.length);
    t.same(
      (await world.rows()).map(({ shown_address }) => shown_address),
      written.map(() => '********009'),
    );
  });

  await t.test('a reversal tells the same address that the bill is open again', async (t) => {
    await clear();
    const paymentId = await world.pay({ payer: FATMA });
    await world.deliver(messages, 'sent', 2);
    t.equal((await world.client('bank').reverse(paymentId, 'M-R1')).status, 201);
    await world.deliver(messages, 'sent', 2);
    const shown = (await messagesOf(db, paymentId)) ?? [];
    t.same(shown.map(({ kind, medium, state }) => `${kind} ${medium} ${state}`).sort(), [
      'accepted email sent',
      'accepted sms sent',
      'reversed email sent',
      'reversed sms sent',
    ]);
    const sms = shown.find(({ kind, medium }) => kind === 'reversed' && medium === 'sms');
    t.match(sms?.text, /the payment of 10\.000 OMR \+ 0\.200 OMR fee was reversed.*Open again: bill M-/);
    t.match(sms?.to, /^\*+001$/);
    const receipt = /Receipt ([0-9A-Z-]+) is void/.exec(sms?.text ?? '')?.[1] ?? '';
    t.equal((await messagesOf(db, receipt))?.length, 4, 'the receipt names the same');
    t.equal((await messagesOf(db, sms?.event ?? ''))?.length, 2);
    t.equal(await messagesOf(db, 'nonsense'), undefined);
  });

  await t.test('money that no bill could take is told as a credit', async (t) => {
    await clear();
    await addBills(db, 'om', [{ number: 'GONE', amount: '10.000', status: 'cancelled' }]);
    const order = { bills: [bill('GONE', '10.000')], cashHeld: true, payer: FATMA };
    const { body } = await world.client('bank').pay(order);
    t.equal(body?.status, 'credited');
    await world.deliver(messages, 'sent', 2);
    t.match((await messagesOf(db, body?.paymentId ?? ''))?.[1]?.text, /bill GONE and is kept as your credit/);
  });

  await t.test('who opted out is not told, planned or already waiting, until he opts in again', async (t) => {
    await clear();
    const wish = { billerCode: 'om-social', medium: 'sms', address: '00968 9000-0001' } as const;
    t.match(done(await setOptOut(db, MASTER_KEY, { ...wish, to: 'out' }, ACTOR)), {
      changed: true,
      address: '********001',
    });
    t.match(done(await setOptOut(db, MASTER_KEY, { ...wish, to: 'out' }, ACTOR)), { changed: false });
    await world.pay({ contact: FATMA });
    await world.deliver(messages);
    t.same(await states(), ['email sent', 'sms suppressed']);
    done(await setOptOut(db, MASTER_KEY, { ...wish, to: 'in' }, ACTOR));

    const refusing = world.openWith(async () => ({ outcome: 'not-sent', again: true, reason: 'away' }));
    await world.pay({ contact: { mobile: FATMA.mobile } });
    await world.deliver(refusing, 'waiting');
    await refusing.stop();
    done(await setOptOut(db, MASTER_KEY, { ...wish, to: 'out' }, ACTOR));
    await world.makeDue();
    await messages.sweep();
    await until(
      'it is suppressed',
      async () => (await states()).filter((each) => each === 'sms suppressed').length === 2,
    );
    done(await setOptOut(db, MASTER_KEY, { ...wish, to: 'in' }, ACTOR));
    const [{ count } = { count: -1 }] = await db.transaction((tx) =>
      tx.query<{ count: number }>('select count(*)::int as count from message_opt_out'),
    );
    t.equal(count, 0);
    const refused = await setOptOut(db, MASTER_KEY, { ...wish, address: '9000', to: 'out' }, ACTOR);
    t.match(refused, { ok: false, reason: /mobile number with its country/ });
  });

  await t.test('a biller’s own text takes the place of ours, and can be taken back', async (t) => {
    await clear();
    const key = { kind: 'accepted', medium: 'sms', language: 'en' } as const;
    const own = { body: 'PAID {amount} for {bills}, {receipt}' };
    done(await setTemplate(db, 'om-social', key, own, ACTOR));
    const paymentId = await world.pay({ contact: { mobile: FATMA.mobile, language: 'en' } });
    await world.deliver(messages);
    t.match(
      (await messagesOf(db, paymentId))?.[0]?.text,
      /^PAID 10\.000 OMR \+ 0\.200 OMR fee for bill M-\d+, /,
    );
    t.match((await world.outbox()).at(-1)?.content, /\nPAID 10\.000/);
    t.match(await setTemplate(db, 'om-social', key, { body: 'thanks' }, ACTOR), {
      ok: false,
      reason: /lacks/,
    });
    t.match(done(await setTemplate(db, 'om-social', key, undefined, ACTOR)), { own: false });
    t.match((await messagesOf(db, paymentId))?.[0]?.text, /^om-social: /);
  });

  await t.test(
    'what is a day old when it is planned, or when the provider comes back, is not told',
    async (t) => {
      await clear();
      await world.pay({ contact: { mobile: FATMA.mobile } });
      await setClock(db, '2026-11-23T08:10:00Z');
      await world.deliver(messages, 'failed');
      t.match((await world.rows())[0], { attempts: 0, failure: /more than a day old/, address: null });

      const refusing = world.openWith(async () => ({ outcome: 'not-sent', again: true, reason: 'away' }));
      await world.pay({ contact: { mobile: FATMA.mobile } });
      await world.deliver(refusing, 'waiting');
      await until('it was tried', async () =>
        (await world.rows()).some(({ attempts, state }) => attempts === 1 && state === 'waiting'),
      );
      await db.transaction((tx) =>
        tx.query(
          `update message set give_up_at = clock_timestamp(), next_try_at = clock_timestamp() where state = 'waiting'`,
        ),
      );
      await refusing.sweep();
      await until(
        'it is given up',
        async () => (await states()).filter((each) => each === 'sms failed').length === 2,
      );
      t.match((await world.rows())[1], { attempts: 1, failure: 'away' });
      await refusing.stop();
    },
  );

  await t.test('rows are forgotten after ninety days', async (t) => {
    const before = (await world.rows()).length;
    await forgetMessages(db);
    t.equal((await world.rows()).length, before);
    await setClock(db, '2027-02-25T08:00:00Z');
    await forgetMessages(db);
    t.equal((await world.rows()).length, 0);
  });

  await t.test('the list shows the latest of a state, masked', async (t) => {
    t.same(await recentMessages(db, { code: 'om-social', state: null, limit: 10 }), []);
  });
});
