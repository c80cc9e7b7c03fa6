// The world of statements in which credits are looked for as deposits, with two bills to pay and a desk.
import type { Test } from 'tap';
import { openBusinessDays } from '../../src/billers/index.ts';
import { addChannel, Directory, setAgreement } from '../../src/channels/index.ts';
import { placeDeposits, type DepositTools } from '../../src/reconciliation/deposits/index.ts';
import { creditsOf } from '../../src/reconciliation/statements/index.ts';
import type { Desk } from './breaks.ts';
import { makeRemitWorld, type RemitWorld } from './remit-world.ts';
import { deskOf, statementParts, type StatementParts } from './statement-world.ts';
import { ACTOR, addBills, done } from './world.ts';

export interface DepositLines {
  readonly world: RemitWorld;
  readonly desk: Desk;
  readonly parts: StatementParts;
}

export async function depositLines(t: Pick<Test, 'name' | 'teardown' | 'passing'>): Promise<DepositLines> {
  const world = await makeRemitWorld(t);
  const { db } = world;
  done(await addChannel(db, 'deposit', { name: { en: 'Deposits' }, kind: 'deposit' }, ACTOR));
  const parties = { billerCode: 'om-social', channelCode: 'deposit' };
  const since = new Date('2026-01-01T00:00:00Z');
  done(await setAgreement(db, parties, { route: 'via-operator' }, ACTOR, since));
  await addBills(db, 'om', [
    { number: 'OM-26-0001', amount: '10.000', payer: 'E-20417' },
    { number: 'OM-26-0002', amount: '20.000', payer: 'E-20417' },
  ]);
  const directory = await Directory.open(db);
  const { log } = world.parts;
  const openDays = async (billerId: number): Promise<void> => {
    const biller = directory.current.billersById.get(billerId);
    if (biller !== undefined) await openBusinessDays(db, biller);
  };
  const tools: DepositTools = { database: db, directory, log, openDays };
  const parts: StatementParts = {
    ...statementParts(world),
    placeDeposits: (lines) => placeDeposits(tools, creditsOf(lines)),
  };
  return { world, desk: await deskOf(world), parts };
}
