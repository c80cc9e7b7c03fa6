// A day of the small world that has something of everything, closed by the real close: several bills in one payment,
// units, budget lines, a direct payment, money kept for a payer, a reversal, and texts that mean harm to spreadsheets.
import type { Test } from 'tap';
import { setServices, setUnits } from '../../../src/billers/index.ts';
import { showId } from '../../../src/kernel/ids.ts';
import { closeDay, type Batch } from '../../../src/settlement/index.ts';
import { bill, type Order } from '../../support/client.ts';
import { startTestWorld, type TestWorld } from '../../support/gateway.ts';
import { ACTOR, addBills, done, setClock } from '../../support/world.ts';

export const DAY = '2026-11-22';
export const EVENING = '2026-11-22T12:00:01Z';

export interface SettledDay {
  readonly world: TestWorld;
  readonly batch: Batch;
  /** As the world sees it. */
  readonly shownId: string;
  /** Payments by what they are here for. */
  readonly payments: Readonly<Record<'two' | 'reversed' | 'hostile' | 'direct' | 'credited', string>>;
}

const name = (en: string, ar: string) => ({ en, ar });

/** The day as it was paid, before its close. */
export async function aPaidDay(
  t: Pick<Test, 'name' | 'teardown' | 'passing'>,
): Promise<Omit<SettledDay, 'batch' | 'shownId'>> {
  const world = await startTestWorld(t);
  const units = [
    { code: 'north', name: name('North', 'الشمال') },
    { code: 'south', name: name('South', 'الجنوب') },
  ];
  done(await setUnits(world.db, 'om-social', units, ACTOR));
  const services = [{ code: 'dues', name: name('Dues', 'الاشتراكات'), budgetLine: '4110' }];
  done(await setServices(world.db, 'om-social', services, ACTOR));
  await addBills(world.db, 'om', [
    { number: 'N-1', amount: '10.000', unit: 'north' },
    { number: 'S-1', amount: '5.000', unit: 'south' },
    { number: 'R-1', amount: '3.250' },
    { number: 'H-1', amount: '1.125', payer: '=1+1' },
    { number: 'T-1', amount: '7.000', unit: 'north' },
  ]);
  const pay = async (channel: string, order: Order): Promise<string> => {
    const { body, text } = await world.client(channel).pay(order);
    if (body === undefined) throw new Error(text);
    return body.paymentId;
  };
  const two = await pay('bank', { bills: [bill('N-1', '10.000'), bill('S-1', '5.001')] });
  const reversed = await pay('agent', { bills: [bill('R-1', '3.250')] });
  const hostile = await pay('bank', {
    bills: [bill('H-1', '1.125')],
    outlet: { kind: 'branch', id: '=HYPERLINK("http://x","فرع"),1' },
  });
  const direct = await pay('transit', { bills: [bill('T-1', '7.000')] });
  const credited = await pay('kiosk', { bills: [bill('N-1', '10.000')], cashHeld: true });
  const undone = await world.client('agent').reverse(reversed, 'undo-1', '@SUM(A1)');
  if (undone.body === undefined) throw new Error(undone.text);
  return { world, payments: { two, reversed, hostile, direct, credited } };
}

export async function aSettledDay(t: Pick<Test, 'name' | 'teardown' | 'passing'>): Promise<SettledDay> {
  const paid = await aPaidDay(t);
  await setClock(paid.world.db, EVENING);
  const { batch } = done(await closeDay(paid.world.db, { billerId: 1, businessDate: DAY }));
  return { ...paid, batch, shownId: showId('stl', batch.settlementId) };
}
