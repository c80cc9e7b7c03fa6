// Days of a channel over which several files come, for tests: what the worker does, seals, and breaks that persons end.
import { sweepChannelDays, type DayKey } from '../../src/reconciliation/channel-days/index.ts';
import { closeDay } from '../../src/settlement/index.ts';
import { resolved } from './breaks.ts';
import { bill } from './client.ts';
import { breaksOf } from './day-files.ts';
import type { TestWorld } from './gateway.ts';
import { colleague } from './staff.ts';
import { addManyBills, BILLERS, setClock } from './world.ts';

const HEADER = 'reference,amount,currency,status';
export const at = (number: number, amount = '10.000'): string => `r-${number},${amount},OMR,accepted`;
export const file = (...lines: string[]): string => `${[HEADER, ...lines].join('\n')}\n`;

export async function paid(world: TestWorld, count: number): Promise<void> {
  const numbers = await addManyBills(world.db, 'om', 'B-', count, '10.000');
  for (const [i, number] of numbers.entries())
    await world.client('bank').pay({ reference: `r-${i + 1}`, bills: [bill(number, '10.000')] });
}

/** What the worker does every few seconds; what it handed over. */
export async function sweep({ db }: TestWorld): Promise<DayKey[]> {
  const handed: DayKey[] = [];
  const queue = { add: async (_: string, day: DayKey) => void handed.push(day) };
  await sweepChannelDays(queue, { database: db, log: { info: () => undefined, warn: () => undefined } });
  return handed;
}

export async function seal({ db }: TestWorld): Promise<void> {
  await setClock(db, '2026-11-22T18:00:00Z');
  for (const { id } of Object.values(BILLERS)) {
    const closed = await closeDay(db, { billerId: id, businessDate: '2026-11-22' });
    if (!closed.ok) throw new Error(closed.reason);
  }
}

let desks = 0;

/** By two persons; of the open break of this reference. */
export async function resolve(
  world: TestWorld,
  reference: string,
  how = 'accept-ours',
  content = {},
): Promise<string> {
  const [found] = (await breaksOf(world, '&state=open')).filter((each) => each.reference === reference);
  if (found === undefined) throw new Error(`no open break of ${reference}`);
  desks += 1;
  const one = await colleague(world.db, world.baseUrl, `one-${desks}`, 'support');
  const two = await colleague(world.db, world.baseUrl, `two-${desks}`, 'operator-admin');
  const { code, text } = await resolved({ db: world.db, one, two }, found.breakId, how, content);
  if (code !== 'ok') throw new Error(text);
  return found.breakId;
}
