// Debits at the payer's word in the linked world: asked for, told of by the bank's client, and what they leave behind.
import type { DebitAnswer } from '../../src/mandates/follow/answer-schema.ts';
import { makeLinkedWorld, type LinkedWorld } from './bank-linked.ts';
import type { Answer, Client } from './client.ts';
import { accepted } from './mandates.ts';
import { linkBank, startPayersBank, type PayersBank } from './payers-bank.ts';
import { addBills } from './world.ts';

let nth = 0;

export function ask(
  client: Client,
  body: object,
  reference = `D-${(nth += 1)}`,
): Promise<Answer<DebitAnswer>> {
  return client.send<DebitAnswer>('POST', '/v1/debits', { reference, ...body });
}

export function tell(client: Client, id: string | undefined, body: object): Promise<Answer<DebitAnswer>> {
  return client.send<DebitAnswer>('POST', `/v1/debits/${id ?? ''}/outcome`, body);
}

/** A payer of its own with an accepted mandate and open bills of 10.000 each. */
export async function payer(
  world: LinkedWorld,
  count: number,
  more: object = {},
): Promise<{ mandateId: string; bills: string[] }> {
  const payerId = `E-D${(nth += 1)}`;
  const mandateId = await accepted(world, { payerId, validFrom: '2026-11-01', ...more });
  const bills = Array.from({ length: count }, (_, i) => `B-${payerId}-${i}`);
  await addBills(
    world.db,
    'om',
    bills.map((number) => ({ number, amount: '10.000', payer: payerId })),
  );
  return { mandateId, bills };
}

export async function statusOf(
  { db }: LinkedWorld,
  billNumber: string | undefined,
): Promise<string | undefined> {
  const [row] = await db.transaction((tx) =>
    tx.query<{ status: string }>('select status from bill where biller_id = 1 and bill_number = $1', [
      billNumber ?? '',
    ]),
  );
  return row?.status;
}

export async function count(
  { db }: LinkedWorld,
  table: 'debit_order' | 'debit_bill' | 'payment',
): Promise<number> {
  const [row] = await db.transaction((tx) =>
    tx.query<{ n: number }>(`select count(*)::int as n from ${table}`),
  );
  return row?.n ?? 0;
}

export async function begin(
  t: Parameters<typeof makeLinkedWorld>[0],
  settings: Readonly<Record<string, string>> = {},
): Promise<{ world: LinkedWorld; bank: PayersBank }> {
  const world = await makeLinkedWorld(t, settings);
  const bank = await startPayersBank(t);
  await linkBank(world.db, bank);
  return { world, bank };
}
