// What the benchmarks of confirmations have in common: agencies in a process of their own with their webhooks set, bills
// to pay, a gateway, and payments at a steady pace. The worker is started by each when it is wanted.

import { Agencies } from './agency.ts';
import { fill, type Filled } from './fill.ts';
import type { LoadResult } from './load-plan.ts';
import { Payer } from './payer.ts';
import { runGateway, type RunningGateway } from './run-gateway.ts';
import { createDatabase, startServer, type BenchServer } from './server.ts';
import { makeWorld, type World } from './world.ts';

export interface Confirming {
  readonly server: BenchServer;
  readonly world: World;
  readonly payer: Payer;
  readonly gateway: RunningGateway;
  readonly agencies: Agencies;
}

export interface ConfirmingWish {
  /** Of the database. */
  readonly name: string;
  readonly agencies: number;
  /** So many of them, the first, want batches. */
  readonly inBatches: number;
  readonly openBillsEach: number;
  /** Paid already, of a single agency. */
  readonly paidBills: number;
  /** One in so many payments names a payer who wants an SMS; left out: none. */
  readonly oneTold?: number;
}

export async function prepareConfirming(wish: ConfirmingWish): Promise<Confirming> {
  const server = await startServer();
  const database = await createDatabase(server, wish.name);
  const world = await makeWorld(database, wish.agencies);
  const { openBillsEach: openBills, paidBills } = wish;
  let filled: Filled | undefined;
  for (const { id } of world.billers) filled = await fill(database, { openBills, paidBills, billerId: id });
  if (filled === undefined) throw new Error('no biller has bills');
  if (paidBills > 0)
    console.error(`  filled ${paidBills.toLocaleString('en')} events in ${Math.round(filled.seconds)} s`);
  const codes = world.billers.map(({ code }) => code);
  const payer = new Payer(filled, codes, wish.oneTold);
  const gateway = await runGateway(server, world);
  const agencies = await Agencies.start(world);
  await agencies.setWebhooks(gateway.port, world, wish.inBatches);
  return { server, world, payer, gateway, agencies };
}

export function payAtPace(
  { payer, gateway, world }: Confirming,
  pace: { readonly perSecond: number; readonly connections: number; readonly seconds: number },
): Promise<LoadResult> {
  return payer.pay({
    port: gateway.port,
    auth: { kind: 'bearer', key: world.bearer.secret },
    ...pace,
  });
}
