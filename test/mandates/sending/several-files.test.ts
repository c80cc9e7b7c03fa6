// More debits of one day than one file may hold: each in one file, however often the work is broken off, and what the bank says
// of one file is of that file alone.
import path from 'node:path';
import t from 'tap';
import type { Uuid } from '../../../src/kernel/ids.ts';
import { endToEndIdOf, lockDebits, moveDebits } from '../../../src/mandates/debits/index.ts';
import { makeDebitFiles } from '../../../src/mandates/index.ts';
import { insertDebits } from '../../../src/mandates/planning/store-new.ts';
import { handOver, handOverParts, messageIdOf } from '../../../src/orders/index.ts';
import { parseId } from '../../../src/kernel/ids.ts';
import { answer, report } from '../../support/bank-answers.ts';
import { filesAt } from '../../support/remit-world.ts';
import { book, makeSendingWorld, mandateFor, sendDebits, type SendingWorld } from '../../support/sending.ts';
import { addBills, BILLERS, setClock } from '../../support/world.ts';

const OM = BILLERS.om;
const FULL = 5_000;
const COUNT = FULL + 3;
const collectOn = '2026-11-30';

/** All of one payer, each of one bill of 1.001, 1.002 … rials, built and in no file. */
async function built(world: SendingWorld): Promise<void> {
  const { db } = world;
  const mandateId = parseId('mnd', await mandateFor(world, 'S-1'));
  if (mandateId === undefined) throw new Error('no mandate');
  const minors = Array.from({ length: COUNT }, (_, nth) => 1_001n + BigInt(nth));
  await addBills(
    db,
    'om',
    minors.map((minor, nth) => {
      const text = minor.toString();
      return {
        number: `B-${nth}`,
        payer: 'S-1',
        amount: `${text.slice(0, -3)}.${text.slice(-3)}`,
        dueOn: collectOn,
      };
    }),
  );
  const coverage = {
    mandateBillerId: OM.id,
    mandateId,
    channelId: 1,
    collect: { on: 'due-date' as const },
    announceDays: 0,
    validFrom: '2026-11-01',
    validUntil: null,
    perDebitMinor: 10n ** 12n,
    perMonthMinor: 10n ** 12n,
    changedAt: new Date(),
  };
  await db.transaction(async (tx) => {
    const at = new Date('2026-11-29T06:00:00Z');
    const planned = minors.map((dueMinor, nth) => ({
      coverage,
      collectOn,
      sendOn: '2026-11-29',
      bills: [{ billNumber: `B-${nth}`, dueOn: collectOn, owedAsOf: collectOn, dueMinor, revision: 1 }],
      held: undefined,
    }));
    const debits = await lockDebits(
      tx,
      await insertDebits(tx, { billerId: OM.id, currency: OM.currency, at }, planned),
    );
    const fixed = ({ amountMinor }: { amountMinor: bigint }) =>
      ({ amountMinor, collectOn, sendOn: '2026-11-29', way: 'file' }) as const;
    await moveDebits(
      tx,
      debits.map((debit) => ({ debit, to: 'built' as const, fixed: fixed(debit) })),
      { actor: 'worker', at },
    );
  });
}

interface Filed {
  readonly file_id: Uuid;
  readonly transfers: number;
  readonly amount_minor: bigint;
  readonly state: string;
  readonly ids: readonly Uuid[];
}

const filed = ({ db }: SendingWorld): Promise<Filed[]> =>
  db.transaction((tx) =>
    tx.query<Filed>(
      `select f.file_id, f.transfers, f.amount_minor, f.state, array_agg(o.debit_id order by o.debit_id) as ids
         from order_file f join debit_order o using (file_id) group by f.file_id order by f.transfers desc`,
    ),
  );

const one = (text: string, tag: string): string[] =>
  [...text.matchAll(new RegExp(`<${tag}>([^<]+)</${tag}>`, 'g'))].map(([, value = '']) => value);

t.test('five thousand and three', async (t) => {
  const world = await makeSendingWorld(t);
  await built(world);
  await setClock(world.db, '2026-11-29T06:00:00Z');
  let made = 0;
  const at = async (point: string): Promise<void> => {
    if (point === 'filed' && (made += 1) === 2) throw new Error('killed in the second file');
  };
  await t.rejects(makeDebitFiles({ ...world.sending, at }, OM.id), /killed in the second/);
  t.same(
    (await filed(world)).map(({ transfers }) => transfers),
    [FULL],
    'the first stands',
  );
  const files = await Promise.all([1, 2, 3].map(() => makeDebitFiles(world.sending, OM.id)));
  t.equal(
    files.reduce((sum, count) => sum + count, 0),
    1,
    'the rest is one more, whoever makes it',
  );

  const [full, rest] = await filed(world);
  if (full === undefined || rest === undefined) throw new Error('there are no two files');
  t.same([full.transfers, rest.transfers], [FULL, COUNT - FULL]);
  t.equal(new Set([...full.ids, ...rest.ids]).size, COUNT, 'each in one');
  const broken = async (point: string): Promise<void> => {
    if (point === 'renamed') throw new Error('killed before it was noted');
  };
  await handOver({ ...handOverParts(world.parts), leaseMs: 0, at: broken });
  await handOver({ ...handOverParts(world.parts), leaseMs: 0 }, { evenLater: true });
  const texts = [...(await filesAt(path.join(world.dataDir, 'orders'))).values()];
  t.equal(texts.length, 2);
  for (const { file_id, transfers, amount_minor, ids } of [full, rest]) {
    const text = texts.find((each) => each.includes(`<MsgId>${messageIdOf(file_id)}</MsgId>`)) ?? '';
    const sum = `${amount_minor / 1000n}.${(amount_minor % 1000n).toString().padStart(3, '0')}`;
    t.same(one(text, 'NbOfTxs'), [`${transfers}`, `${transfers}`]);
    t.same(one(text, 'CtrlSum'), [sum, sum]);
    t.same(one(text, 'EndToEndId').sort(), ids.map(endToEndIdOf).sort());
    const amounts = [...text.matchAll(/<InstdAmt Ccy="OMR">(\d+)\.(\d{3})</g)];
    t.equal(
      amounts.reduce((all, [, whole, part]) => all + BigInt(`${whole}${part}`), 0n),
      amount_minor,
    );
  }

  await sendDebits(world.sending);
  await setClock(world.db, '2026-11-30T06:00:00Z');
  const names = rest.ids.map(endToEndIdOf);
  const stray = endToEndIdOf(full.ids[0] ?? '');
  const said = [...names, stray].map((name) => [name, 'ACSC'] as const);
  const { outcome } = await answer(world, report(messageIdOf(rest.file_id), '', said));
  t.match(outcome, { accepted: 3, rejected: 0, unknown: [stray], conflictCount: 0 });
  await book(world);
  const states = await world.db.transaction((tx) =>
    tx.query('select file_id, state, count(*)::int as n from debit_order group by 1, 2 order by n'),
  );
  t.same(states, [
    { file_id: rest.file_id, state: 'collected', n: 3 },
    { file_id: full.file_id, state: 'sent', n: FULL },
  ]);
});
