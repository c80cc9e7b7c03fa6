// Messages about debits: the words in every language, and from the event to the payer's address, once.
import t from 'tap';
import { faultsOf, MOST_SEGMENTS, write, type Sender } from '../../src/confirmations/messages/compose.ts';
import {
  DEBIT_KINDS,
  LANGUAGES,
  MEDIA,
  type DebitFacts,
  type DebitKind,
} from '../../src/confirmations/messages/message.ts';
import { smsSegments } from '../../src/confirmations/messages/sms-length.ts';
import { defaultTemplate } from '../../src/confirmations/messages/templates.ts';
import { parseId, type Uuid } from '../../src/kernel/ids.ts';
import {
  announceDebits,
  causes,
  lockDebits,
  moveDebits,
  refusedWith,
  wordsFor,
  type DebitMove,
} from '../../src/mandates/debits/index.ts';
import { insertDebits } from '../../src/mandates/planning/store-new.ts';
import { opened } from '../support/mandates.ts';
import { startMessageWorld, type MessageWorld } from '../support/message-world.ts';
import { BILLERS } from '../support/world.ts';

const SENDER: Sender = { name: { ar: 'الهيئة العامة', en: 'Social Insurance' }, timeZone: 'Asia/Muscat' };
const FACTS: DebitFacts = {
  bills: ['OM-2026-000417', 'OM-2026-000418'],
  billCount: 2,
  amount: { value: '150.000', currency: 'OMR' },
  account: 'OM***3456',
  mandate: 'MND-2026-0042',
  collectOn: '2026-11-30',
  movedFrom: null,
  amountBefore: null,
  reason: 'There was not enough money in the account.',
  retryOn: '2026-12-03',
  at: '2026-11-27T06:00:00Z',
};

const isOfTrouble = (kind: DebitKind): boolean => kind !== 'debit-announced' && kind !== 'debit-reduced';

t.test(
  'every text names bills, amount, account and day; a failure also why, and when it is tried again',
  async (t) => {
    for (const kind of DEBIT_KINDS)
      for (const medium of MEDIA)
        for (const language of LANGUAGES) {
          const { text } = write(FACTS, { kind, medium, language }, SENDER);
          const named = `${kind} ${medium} ${language}`;
          for (const part of ['OM-2026-000418', '150.000 OMR', 'OM***3456']) t.ok(text.includes(part), named);
          const isTrouble = isOfTrouble(kind);
          t.equal(text.includes(FACTS.reason), isTrouble, `${named}: why`);
          const isTried = kind === 'debit-failed' || kind === 'debit-returned';
          t.equal(text.includes('2026-12-03'), isTried, `${named}: when again`);
          t.equal(text.includes('2026-11-30'), !isTrouble || medium === 'email', `${named}: the day`);
          t.notMatch(text, /[{}]|undefined|null/);
          t.same(faultsOf(defaultTemplate(kind, medium, language), kind, medium, language), [], named);
          const last = write({ ...FACTS, retryOn: null }, { kind, medium, language }, SENDER).text;
          t.equal(last !== text, isTried, `${named}: it is not tried again`);
        }
  },
);

t.test('an SMS with any reason of a bank keeps its bound, and its amount', async (t) => {
  for (const kind of DEBIT_KINDS)
    for (const language of LANGUAGES)
      for (const cause of causes()) {
        const facts = { ...FACTS, reason: wordsFor(cause, language) };
        const { text } = write(facts, { kind, medium: 'sms', language }, SENDER);
        t.ok(smsSegments(text) <= MOST_SEGMENTS, `${kind} ${language} ${cause}`);
        t.equal(text.includes(facts.reason), isOfTrouble(kind), 'whole');
      }
});

t.test('a template of an agency’s own names the places of its kind', async (t) => {
  t.same(faultsOf({ body: '{amount} {day} {bills}' }, 'debit-announced', 'sms', 'en'), []);
  t.match(faultsOf({ body: '{amount} {bills}' }, 'debit-announced', 'sms', 'en'), [/lacks \{day\}/]);
  t.match(faultsOf({ body: '{amount} {bills}' }, 'debit-failed', 'sms', 'en'), [/lacks \{retry\}/]);
  t.match(faultsOf({ body: '{amount} {bills} {retry} {receipt}' }, 'debit-failed', 'sms', 'en'), [
    /no \{receipt\}/,
  ]);
});

async function debitOf(
  { db, at }: MessageWorld & { at: Date },
  mandate: string,
  billNumber: string,
  isHeld = false,
): Promise<Uuid> {
  const mandateId = parseId('mnd', mandate);
  if (mandateId === undefined) throw new Error(mandate);
  const coverage = {
    mandateBillerId: BILLERS.om.id,
    mandateId,
    channelId: 0,
    collect: { on: 'due-date' as const },
    announceDays: 3,
    validFrom: '2026-11-01',
    validUntil: null,
    perDebitMinor: 500_000n,
    perMonthMinor: 900_000n,
  };
  const bills = [
    { billNumber, dueOn: '2026-11-28', owedAsOf: '2026-11-28', dueMinor: 150_000n, revision: 1 },
  ];
  const [made] = await db.transaction((tx) =>
    insertDebits(tx, { billerId: BILLERS.om.id, currency: 'OMR', at }, [
      {
        coverage,
        collectOn: '2026-11-30',
        sendOn: '2026-11-30',
        bills,
        held: isHeld ? 'per-debit' : undefined,
      },
    ]),
  );
  if (made === undefined) throw new Error('no debit');
  return made.debitId;
}

t.test('from the events to the payer, once each, in his language', async (t) => {
  const base = await startMessageWorld(t);
  const world = { ...base, at: new Date() };
  const { db } = world;
  const messages = await world.open();
  const payer = { mobile: '+96824123456', language: 'fr' };
  const mandate = await opened(world.client('om-social'), { reference: 'DEB-1', payer });
  const ref = { billerId: BILLERS.om.id, debitId: await debitOf(world, mandate, 'D-1') };
  const { at } = world;
  const step = (to: DebitMove['to'], more: Partial<DebitMove> = {}) =>
    db.transaction(async (tx) => {
      const [debit] = await lockDebits(tx, [ref]);
      if (debit === undefined) throw new Error('gone');
      await moveDebits(tx, [{ debit, to, ...more }], { actor: 'worker', at });
    });
  await db.transaction(async (tx) => announceDebits(tx, await lockDebits(tx, [ref]), at));
  await world.deliver(messages, 'sent', 2);
  await step('built');
  await step('sent');
  const { mayRetry, ...said } = refusedWith({ code: 'AM04', text: 'solde insuffisant' });
  t.ok(mayRetry);
  await db.transaction((tx) =>
    tx.query(
      `insert into debit_word (biller_id, debit_id, word_id, verdict, code, source, said_at, booked_at)
       values ($1, $2, gen_random_uuid(), 'rejected', 'AM04', 'api', $3, $3)`,
      [ref.billerId, ref.debitId, at],
    ),
  );
  await step('failed', { ...said, retryOn: '2026-12-03' });
  await world.deliver(messages, 'sent', 1);
  t.match(
    (await world.rows()).map(({ kind }) => kind).toSorted(),
    ['debit-announced', 'debit-failed', 'mandate-submitted'],
    'of the steps between nobody is told',
  );
  const texts = (await world.outbox()).map(({ content }) => content).join('\n');
  t.match(
    texts,
    /prélèvement de 150\.000 OMR prévu le 2026-11-30 sur le compte OM\*\*\*3456 pour la facture D-1/,
  );
  t.match(texts, /Le solde du compte ne suffisait pas\. Nouvel essai le 2026-12-03/);
  const silent = await opened(world.client('om-social'), { payer: undefined });
  const other = { billerId: BILLERS.om.id, debitId: await debitOf(world, silent, 'D-2') };
  await db.transaction(async (tx) => announceDebits(tx, await lockDebits(tx, [other]), at));
  await world.pay({ payer });
  await world.deliver(messages, 'sent', 1);
  t.equal((await world.rows()).length, 4, 'nobody is told where nobody is named; payments as before');
});

t.test('that it will not take place is told to whom it was announced', async (t) => {
  const base = await startMessageWorld(t);
  const world = { ...base, at: new Date() };
  const { db, at } = world;
  const payer = { mobile: '+96824123456' };
  let nth = 0;
  const dropped = async (held: boolean, more: object = {}) => {
    const mandate = await opened(world.client('om-social'), { payer, ...more });
    const ref = { billerId: BILLERS.om.id, debitId: await debitOf(world, mandate, `W-${(nth += 1)}`, held) };
    await db.transaction(async (tx) => {
      const moves = (await lockDebits(tx, [ref])).map((debit) => ({ debit, to: 'dropped' as const }));
      await moveDebits(
        tx,
        moves.map((move) => ({ ...move, why: 'rejected' })),
        { actor: 'worker', at },
      );
    });
  };
  await dropped(true);
  await dropped(false, { announceDays: 0 });
  await dropped(false);
  await world.deliver(await world.open(), 'sent', 5);
  t.same(
    (await world.rows()).map(({ kind }) => kind).toSorted(),
    ['debit-dropped', 'debit-dropped', ...Array<string>(3).fill('mandate-submitted')],
    'also that persons have rejected it, but not where nobody is told before',
  );
  const texts = (await world.outbox()).map(({ content }) => content).join('\n');
  t.match(texts, /150\.000 OMR for bill W-1, .* will not take place: The agency decided not to/);
  t.match(
    texts,
    /150\.000 OMR for bill W-3, account OM\*\*\*3456, will not take place: The agency decided not to/,
  );
});

t.test('a debit whose day or amount is another says so, what it was before and the new one', (t) => {
  const amountBefore = { value: '120.000', currency: 'OMR' };
  const facts = { ...FACTS, collectOn: '2026-12-01', movedFrom: '2026-11-30', amountBefore };
  for (const medium of MEDIA)
    for (const language of LANGUAGES) {
      const { text } = write(facts, { kind: 'debit-announced', medium, language }, SENDER);
      for (const told of ['2026-12-01', '2026-11-30', '150.000', '120.000'])
        t.ok(text.includes(told), `${medium} ${language}`);
      const unmoved = write(FACTS, { kind: 'debit-announced', medium, language }, SENDER).text;
      t.notMatch(unmoved, / $/m, 'nothing is left of what is not said');
    }
  t.end();
});

t.test('what goes to the bank on the day of the announcement can be stopped there alone', (t) => {
  const kind = 'debit-announced';
  for (const language of LANGUAGES) {
    const said = (sendOn?: string) =>
      write({ ...FACTS, ...(sendOn && { sendOn }) }, { kind, medium: 'email', language }, SENDER).text;
    t.equal(said('2026-11-28'), said());
    t.not(said('2026-11-27'), said());
  }
  const en = { ...FACTS, sendOn: '2026-11-27' };
  const { text } = write(en, { kind, medium: 'email', language: 'en' }, SENDER);
  t.match(text, /tell your bank before that day: it goes there today/);
  t.end();
});
