// Debits that are credited to the agency's own account: its own statement collects, proves and takes them back.
import t from 'tap';
import { endToEndIdOf } from '../../../src/mandates/debits/index.ts';
import { placeStatements, watchDirect } from '../../../src/reconciliation/statements/index.ts';
import { camt } from '../../support/bank-statement.ts';
import { bookAll, debit, debitStanding, makeDebitWorld } from '../../support/debits.ts';
import { atBank, inFile } from '../../support/debit-file.ts';
import { balances, close, setAccount } from '../../support/remit-world.ts';
import { bring, linesOf, outcomesOf, statementParts } from '../../support/statement-world.ts';
import { BILLERS, setClock } from '../../support/world.ts';

const OM = BILLERS.om.id;

t.test('credited to the agency itself', async (t) => {
  const world = await makeDebitWorld(t);
  const { db } = world;
  await setAccount(db, 'om-social', '', { holder: 'Social', paysFrom: 'ours-omr', number: '444000111222' });
  const one = await debit(world, [
    { number: 'D-1', amount: '10.000' },
    { number: 'D-2', amount: '20.000', owedAsOf: '2026-11-20' },
  ]);
  await atBank(db, one, 'transit');
  await inFile(db, [one], { account: null });
  const parts = statementParts(world);
  const bringTheirs = (minor: bigint, more: object) =>
    bring(
      parts,
      camt({
        account: '444000111222',
        currency: 'OMR',
        bookings: [{ minor, e2e: endToEndIdOf(one) }],
        ...more,
      }),
    );
  const endDay = async (businessDate: string, at: string) => {
    await setClock(db, at);
    await close(world, BILLERS.om, businessDate);
    await watchDirect(db, [OM]);
    await placeStatements(parts);
  };
  const credit = await bringTheirs(30_000n, { sequence: 1 });
  t.same(await outcomesOf(db, credit.fileId), [null]);
  await placeStatements(parts);
  await bookAll(world);
  t.match(await debitStanding(world, one), { state: 'collected' });
  await endDay('2026-11-22', '2026-11-22T16:30:00Z');
  t.match(await linesOf(db, credit.fileId), [
    { outcome: 'direct', matches: [{ kind: 'debit' }, { kind: 'direct' }, { kind: 'direct' }] },
  ]);
  const back = await bringTheirs(-30_000n, { sequence: 2, opening: 30_000n });
  await bookAll(world);
  t.match(await debitStanding(world, one), { state: 'returned' });
  t.same(await outcomesOf(db, back.fileId), [null]);
  await endDay('2026-11-23', '2026-11-23T16:30:00Z');
  t.match(await linesOf(db, back.fileId), [
    { outcome: 'direct', matches: [{ kind: 'debit-returned' }, { kind: 'direct' }] },
  ]);
  const left = await balances(db, OM);
  t.notOk('channel/direct/5' in left || 'biller/direct' in left);
});

t.test(
  'named on the agency’s own statement, to be credited to the operator: none of the agency’s',
  async (t) => {
    const world = await makeDebitWorld(t);
    const { db } = world;
    await setAccount(db, 'om-social', '', { holder: 'Social', paysFrom: 'ours-omr', number: '444000111222' });
    const one = await debit(world, [{ number: 'D-1', amount: '10.000' }]);
    await inFile(db, [one]);
    const bookings = [{ minor: 10_000n, e2e: endToEndIdOf(one) }];
    const { fileId } = await bring(
      statementParts(world),
      camt({ account: '444000111222', currency: 'OMR', bookings, sequence: 1 }),
    );
    await placeStatements(statementParts(world));
    await bookAll(world);
    t.same(await outcomesOf(db, fileId), ['other']);
    t.match(await debitStanding(world, one), { state: 'sent', bills: ['D-1 - open'] });
  },
);
