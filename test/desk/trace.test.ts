// A trace finds the same life by every name that it has, and tells nothing personal.
import t from 'tap';
import { trace, type Trace } from '../../src/desk/index.ts';
import { tellTrace } from '../../src/desk/tell-trace.ts';
import { putBill } from '../../src/bills/put-bill.ts';
import { loadBillers } from '../../src/billers/index.ts';
import { setWebhook } from '../../src/confirmations/index.ts';
import { bill } from '../support/client.ts';
import { numberEvents } from '../support/feed.ts';
import { ACTOR, MASTER_KEY } from '../support/world.ts';
import { liveADay } from './a-day.ts';

await t.test('trace', async (t) => {
  const day = await liveADay(t);
  const ask = async (name: string): Promise<Trace> => {
    const found = await trace(day.db, name);
    if (found === undefined) throw new Error(`nothing is called ${name}`);
    return found;
  };
  const idsOf = async (name: string): Promise<string[]> =>
    (await ask(name)).payments.map(({ paymentId }) => paymentId);

  await t.test('one payment by each of its names', async (t) => {
    const [payment] = (await ask(day.paid.plain)).payments;
    t.match(payment, {
      status: 'accepted',
      biller: 'om-social',
      channel: 'bank',
      reference: 'plain',
      businessDate: '2026-11-22',
    });
    for (const name of [payment?.receiptNumber ?? '', 'plain', 'bank/plain', ` ${day.paid.plain} `]) {
      t.strictSame(await idsOf(name), [day.paid.plain], name);
    }
    t.strictSame(await idsOf((payment?.receiptNumber ?? '').toLowerCase().replaceAll('-', ' ')), [
      day.paid.plain,
    ]);
  });

  await t.test('what a payment left behind', async (t) => {
    const [payment] = (await ask(day.paid.float)).payments;
    t.match(payment, {
      amount: { value: '100.000' },
      fee: { value: '0.230' },
      tax: { value: '0.030' },
      commission: { value: '0.200' },
      request: {
        outcome: 'accepted',
        asked: {
          biller: 'om-social',
          method: 'cash',
          bills: [{ billNumber: 'OM-4', amount: { value: '100.000' } }],
        },
      },
      bills: [{ billNumber: 'OM-4', revision: 1, due: { value: '100.000' }, refusal: null }],
      events: [{ type: 'payment.accepted', revision: 1 }],
      reversal: null,
    });
    t.strictSame(
      payment?.journals.flatMap(({ kind, postings }) =>
        postings.map((p) => [kind, p.account, p.side, p.amount.value]),
      ),
      [
        ['payment', 'channel/float agent', 'debit', '100.230'],
        ['payment', 'biller/payable', 'credit', '100.000'],
        ['payment', 'fees/income', 'credit', '0.200'],
        ['payment', 'fees/tax', 'credit', '0.030'],
        ['payment', 'commission/expense', 'debit', '0.200'],
        ['payment', 'commission/payable agent', 'credit', '0.200'],
      ],
    );
  });

  await t.test('a reversal by its own reference', async (t) => {
    const found = await ask('shop/reversed-undo');
    t.match(found.payments, [
      {
        paymentId: day.paid.reversed,
        status: 'reversed',
        reversal: { reference: 'reversed-undo', kind: 'reversal', reason: 'wrong bill' },
      },
    ]);
    t.strictSame(
      found.payments[0]?.journals.map(({ kind }) => kind),
      ['payment', 'reversal'],
    );
    t.strictSame(
      found.payments[0]?.events.map(({ type }) => type),
      ['payment.accepted', 'payment.reversed'],
    );
    t.match(found.bills, [
      {
        billNumber: 'OM-7',
        status: 'open',
        history: [{ reason: 'reversed', was: 'paid', paymentId: day.paid.reversed }],
      },
    ]);
  });

  await t.test('a bill: who paid it, whose money it could not take, what it was before', async (t) => {
    t.strictSame(await idsOf('om-social/OM-1'), [day.paid.plain, day.paid.credited, day.paid.returned]);
    t.strictSame(await idsOf('OM-7'), [day.paid.reversed]);
    const biller = (await day.db.transaction(loadBillers)).find(({ code }) => code === 'om-social');
    if (biller === undefined) throw new Error('no biller');
    const content = {
      payerId: 'E-9',
      payerName: 'Fatma Al Zahra',
      description: 'Contribution',
      dueOn: '2026-12-31',
    };
    await putBill(day.db, biller, 'OM-19', { ...content, amount: { value: '9.000', currency: 'OMR' } });
    await putBill(day.db, biller, 'OM-19', { ...content, amount: { value: '8.000', currency: 'OMR' } });
    const { payments, bills } = await ask('OM-19');
    t.strictSame(payments, []);
    t.match(bills, [
      {
        amount: '8.000',
        revision: 2,
        payerName: 'F**** A* Z****',
        history: [{ reason: 'replaced', was: 'open', amount: '9.000', revision: 1 }],
      },
    ]);
  });

  await t.test('references without a payment', async (t) => {
    t.match((await ask('refused')).references, [
      {
        channel: 'bank',
        outcome: 'refused',
        problem: { code: 'bill-already-paid' },
        asked: { bills: [{ billNumber: 'OM-7', amount: { value: '1.000' } }] },
      },
    ]);
    t.match((await ask('bank/burnt')).references, [
      { channel: 'bank', outcome: 'cancelled', asked: null, problem: null },
    ]);
  });

  await t.test('one reference at two channels is two payments', async (t) => {
    const again = await day.client('kiosk').pay({ reference: 'plain', bills: [bill('OM-7', '100.000')] });
    t.strictSame(await idsOf('plain'), [day.paid.plain, again.body?.paymentId]);
    t.strictSame(await idsOf('kiosk/plain'), [again.body?.paymentId]);
  });

  await t.test('what nobody is called', async (t) => {
    for (const name of [
      '',
      'nobody',
      'bank/nobody',
      'nobody/plain',
      'pay_06fhp0c6dm000g8k2n5v7w9xqz',
      "' or 1=1 --",
      'a'.repeat(10_000),
    ]) {
      t.equal(await trace(day.db, name), undefined, name.slice(0, 40));
    }
  });

  await t.test('what the agency was told of each event', async (t) => {
    const confirmationOf = async (name: string, place = 0): Promise<unknown> =>
      (await ask(name)).payments[0]?.events[place]?.confirmation;
    const inWords = async (name: string): Promise<string> => tellTrace(await ask(name));
    const untold = { deliveredAt: null, failure: null, nextTryAt: null };
    t.match(await confirmationOf('plain'), {
      state: 'delivered',
      number: 1,
      deliveredAt: /Z$/,
      failure: null,
    });
    t.match(await confirmationOf('many'), {
      ...{ state: 'aside', number: 2, attempts: 2, deliveredAt: null },
      ...{ failure: 'status 422', nextTryAt: /Z$/ },
    });
    t.match(await confirmationOf('float'), { ...untold, state: 'parked', number: 3, failure: 'status 422' });
    t.match(await confirmationOf('suspense'), { ...untold, state: 'waiting', number: 7 });
    t.match(await confirmationOf('shop/reversed-undo', 1), { ...untold, state: 'unnumbered', number: null });
    t.match(await inWords('plain'), /\): number 1 of the feed, delivered by \S+Z$/m);
    t.match(await inWords('many'), /aside after 2 tries: status 422, again at \S+Z$/m);
    t.match(await inWords('float'), /given up: status 422$/m);
    t.match(await inWords('suspense'), /number 7 of the feed, waits to be delivered$/m);
    t.match(await inWords('reversed'), /not in the feed yet$/m);

    await numberEvents(day.db);
    t.match(await confirmationOf('dz'), { ...untold, state: 'feed', number: 1 }, 'no webhook');
    const tools = { database: day.db, masterKey: MASTER_KEY, allowedNetworks: [] };
    await setWebhook(tools, 2, { url: 'https://dz.example/wasit' }, ACTOR);
    t.match(
      await confirmationOf('dz'),
      { ...untold, state: 'feed' },
      'told to nobody: the webhook came later',
    );
    await setWebhook(tools, 1, { url: 'https://om.example/wasit', events: ['payment.reversed'] }, ACTOR);
    t.match(await confirmationOf('plain'), { ...untold, state: 'feed' }, 'not asked for');
    t.match(await inWords('plain'), /number 1 of the feed, for no webhook$/m);
  });

  await t.test('in words, and nothing personal in them', async (t) => {
    const text = tellTrace(await ask(day.paid.float));
    t.match(text, /Payment pay_\w{26} {3}accepted/);
    t.match(text, /100\.000 OMR to om-social \+ fee 0\.230 = 100\.230 OMR handed over/);
    t.match(text, /debit {2}channel\/float agent +100\.230 OMR/);
    t.match(text, /S\*\*\*\* A\* H\*\*\*\*/);
    for (const secret of ['Salim', 'Harthy', '24123'])
      t.notMatch(text + JSON.stringify(await ask(day.paid.float)), secret);
  });
});
