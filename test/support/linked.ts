// A biller linked to an agency of its own, without a gateway: the link itself, with a clock for its circuit.
import { Registry } from 'prom-client';
import type { Test } from 'tap';
import { loadBillers, type Biller, type BillerLink, type LinkWish } from '../../src/billers/index.ts';
import { AgencyLink, linkMetrics } from '../../src/bills/link/index.ts';
import { Refused } from '../../src/kernel/errors.ts';
import { createLog } from '../../src/platform/log.ts';
import { Session } from '../../src/platform/db/index.ts';
import { openCaller } from '../../src/platform/outgoing/index.ts';
import { linkTo, startAgency, type Agency } from './agency-server.ts';
import { testWorld } from './database.ts';
import { MASTER_KEY, type World } from './world.ts';

export interface Linked extends World {
  readonly agency: Agency;
  readonly clock: { now: number };
  readonly registry: Registry;
  readonly biller: Biller;
  readonly link: BillerLink;
  readonly agencies: AgencyLink;
  /** number, status and amount of the bills that stand here. */
  readonly standing: () => Promise<string[]>;
  /** number and what was said of it. */
  readonly said: () => Promise<string[]>;
}

export async function linked(
  t: Pick<Test, 'name' | 'teardown' | 'passing'>,
  wish: LinkWish = {},
): Promise<Linked> {
  const world = await testWorld(t);
  const agency = await startAgency(t);
  await linkTo(world.db, agency, wish);
  const billers = await world.db.transaction(loadBillers);
  const biller = billers.find(({ code }) => code === 'dz-social');
  const link = biller?.link;
  if (biller === undefined || link === undefined) throw new Error('dz-social is not linked');
  const caller = openCaller({ allowedNetworks: ['127.0.0.0/8'] });
  t.teardown(() => caller.close());
  const session = new Session(world.url, 'wasit-links');
  t.teardown(() => session.close());
  const clock = { now: 0 };
  const registry = new Registry();
  const agencies: AgencyLink = new AgencyLink({
    database: world.db,
    session,
    caller,
    masterKey: MASTER_KEY,
    log: createLog({ level: 'silent' }),
    metrics: linkMetrics(registry, () => agencies.circuits()),
    now: () => clock.now,
  });
  const column = (sql: string): Promise<string[]> =>
    world.db.transaction(async (tx) => (await tx.query<{ line: string }>(sql)).map(({ line }) => line));
  return {
    ...world,
    agency,
    clock,
    registry,
    biller,
    link,
    agencies,
    standing: () =>
      column(
        `select concat_ws(' ', bill_number, status, amount_minor, 'v' || version, 'r' || revision) as line from bill where biller_id = 2 order by 1`,
      ),
    said: () =>
      column(
        `select concat_ws(' ', bill_number, said) as line from bill_snapshot where biller_id = 2 order by 1`,
      ),
  };
}

/** What a question was refused for; `none` when it was not. */
export const refusal = (promise: Promise<unknown>): Promise<Record<string, unknown>> =>
  promise.then(
    () => ({ code: 'none' }),
    (error: unknown) => {
      if (!(error instanceof Refused)) throw error;
      return { code: error.refusal.code, ...error.refusal.facts };
    },
  );
