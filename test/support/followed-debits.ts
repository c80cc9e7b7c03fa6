// Debits of a small world to be looked at: planned, failed, collected, held and on their way.
import type { Test } from 'tap';
import type { Static } from 'typebox';
import { Directory } from '../../src/channels/index.ts';
import { parseId } from '../../src/kernel/ids.ts';
import {
  lockDebits,
  moveDebits,
  noteWords,
  putDebitTerms,
  type DebitWord,
} from '../../src/mandates/debits/index.ts';
import type { DebitPage } from '../../src/mandates/follow/answer-schema.ts';
import { bookDebits } from '../../src/mandates/index.ts';
import { planDebits } from '../../src/mandates/planning/index.ts';
import { undoTools } from '../../src/payments/index.ts';
import type { Client, Problem } from './client.ts';
import { decide, opened, validate } from './mandates.ts';
import { makeRemitWorld } from './remit-world.ts';
import { colleague } from './staff.ts';
import { addBills, BILLERS, setClock } from './world.ts';

const OM = BILLERS.om.id;

type Page = Static<typeof DebitPage>;
type Refused = { problem?: Problem | undefined; status: number };

/** Mandates of S-1 (with S-2 as a further number) and T-1; four debits on 2026-11-30, and D-6 open until December. */
export async function makeFollowedWorld(t: Test) {
  const world = await makeRemitWorld(t);
  const { db, baseUrl } = world;
  const agency = world.client('om-social');
  const approver = await colleague(db, baseUrl, 'approver', 'approver', { billerCode: 'om-social' });
  const accept = async (more: object): Promise<string> => {
    const id = await opened(agency, { announceDays: 3, validFrom: '2026-11-01', ...more });
    await validate(world.client('bank'), id);
    await decide(approver, id, 'accept');
    return id;
  };
  const covers = ['S-1', 'S-2'].map((payerId) => ({ billerCode: 'om-social', payerId }));
  const mandate = await accept({ reference: 'F-1', payerId: 'S-1', payerName: '=1+1', covers });
  const other = await accept({ reference: 'F-2', payerId: 'T-1' });
  await db.transaction((tx) =>
    putDebitTerms(tx, {
      billerId: OM,
      accountId: 1,
      schemeId: null,
      overCeiling: 'split',
      retryDays: [3],
      method: 'account',
      paidAt: 'settled',
    }),
  );
  await addBills(db, 'om', [
    { number: 'D-1', payer: 'S-1', amount: '100.000', dueOn: '2026-11-27' },
    { number: 'D-2', payer: 'S-2', amount: '50.000', dueOn: '2026-11-28' },
    { number: 'D-3', payer: 'S-2', amount: '400.000', dueOn: '2026-11-29' },
    { number: 'D-4', payer: 'S-2', amount: '501.000', dueOn: '2026-11-29' },
    { number: 'D-5', payer: 'T-1', amount: '70.000', dueOn: '2026-11-30' },
    { number: 'D-6', payer: 'S-1', amount: '1.000', dueOn: '2026-12-15' },
  ]);
  await setClock(db, '2026-11-27T06:00:00Z');
  await planDebits({ database: db, directory: await Directory.open(db), log: world.parts.log }, OM);
  return { ...world, agency, approver, mandate, other };
}

export type FollowedWorld = Awaited<ReturnType<typeof makeFollowedWorld>>;

export function list(client: Client, query = ''): Promise<{ body?: Page | undefined } & Refused> {
  return client.send<Page>('GET', `/v1/debits${query}`);
}

export async function idOf(world: FollowedWorld, billNumber: string): Promise<string> {
  const { body } = await list(world.agency, `?billNumber=${billNumber}`);
  return body?.items[0]?.debitId ?? '';
}

let nth = 0;

export async function step({ db }: FollowedWorld, shown: string, to: 'built' | 'sent'): Promise<void> {
  const debitId = parseId('dbt', shown);
  if (debitId === undefined) throw new Error(shown);
  await db.transaction(async (tx) => {
    const [debit] = await lockDebits(tx, [{ billerId: OM, debitId }]);
    if (debit === undefined) throw new Error(shown);
    await moveDebits(tx, [{ debit, to }], {
      actor: 'worker',
      at: new Date(Date.UTC(2026, 10, 30, 9, 0, (nth += 1))),
    });
    if (to === 'built') await tx.query(`update debit_order set way = 'file' where debit_id = $1`, [debitId]);
  });
}

/** The bank says so on the day, and it is booked. */
export async function hear(
  { db }: FollowedWorld,
  shown: string,
  verdict: 'settled' | 'rejected',
  more: Partial<DebitWord> = {},
): Promise<void> {
  const debitId = parseId('dbt', shown);
  if (debitId === undefined) throw new Error(shown);
  const word = { billerId: OM, debitId, verdict, code: null, text: null, bankReference: null, source: 'api' };
  await setClock(db, '2026-11-30T10:00:00Z');
  await db.transaction((tx) => noteWords(tx, [{ ...word, ...more }], new Date(Date.UTC(2026, 10, 30, 10))));
  const directory = await Directory.open(db);
  const say = (told: unknown): never => {
    throw new Error(JSON.stringify(told));
  };
  await bookDebits({
    database: db,
    directory,
    openDays: undoTools(db, directory).openDays,
    log: { warn: say, error: say },
    onGivenUp: () => undefined,
  });
}

/** D-1 with D-2 fails for want of money; D-3 is collected; D-4 is held; D-5 is on its way. */
export async function play(world: FollowedWorld): Promise<void> {
  for (const bill of ['D-1', 'D-3', 'D-5']) {
    const id = await idOf(world, bill);
    await step(world, id, 'built');
    await step(world, id, 'sent');
  }
  await hear(world, await idOf(world, 'D-1'), 'rejected', { code: 'AM04', text: '=cmd|calc' });
  await hear(world, await idOf(world, 'D-3'), 'settled', { bankReference: '@SUM(1)' });
}
