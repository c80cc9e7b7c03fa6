// What the worker does about orders to banks and about mandates and debits: its rounds of them.

import type { AgencyLink } from './bills/link/index.ts';
import type { Directory } from './channels/index.ts';
import { mandateRequestWriter } from './dialects/index.ts';
import type { GatewayOptions } from './gateway-parts.ts';
import type { Uuid } from './kernel/ids.ts';
import {
  bankLinkSweep,
  bookDebits,
  bookingMetrics,
  buildSome,
  expireMandates,
  fileSome,
  planningSweep,
  reviewSweep,
  sendingMetrics,
  tellSome,
  unansweredSweep,
  unservedSweep,
  type SendParts,
} from './mandates/index.ts';
import { fetchAnswers, sweepOrders } from './orders/index.ts';
import { undoTools } from './payments/index.ts';
import type { Database } from './platform/db/index.ts';
import type { Caller } from './platform/outgoing/index.ts';
import type { Rounds } from './platform/rounds.ts';
import { sweepRemittances, type RemittanceParts } from './settlement/orders/index.ts';

/** How often it is looked whose time is over, and what has become of what debits were planned from. */
const MANDATES_MS = 60_000;
/** How often banks' folders at SFTP are looked into for their answers. */
const PICK_UP_MS = 120_000;

type OrderingParts = RemittanceParts &
  SendParts &
  Parameters<typeof planningSweep>[0] &
  Parameters<typeof sweepOrders>[0];

/**
 * Debits are planned, looked at again, and go to banks with all other orders. What is due today goes first: planning and the
 * second look have the whole day, and wait at their next lot while debits are built.
 */
export function orderInRounds(parts: OrderingParts, rounds: Rounds): void {
  let building = Promise.resolve();
  const patient = { ...parts, giveWay: () => building };
  rounds.often(planningSweep(patient));
  rounds.every(MANDATES_MS, reviewSweep(patient));
  rounds.often(async () => {
    await sweepRemittances(parts);
    const built = buildAll(parts);
    building = built.then(
      () => undefined,
      () => undefined,
    );
    const { going } = await built;
    await going;
  });
  rounds.every(PICK_UP_MS, () => fetchAnswers(parts));
}

/** Orders of every kind are handed over, and what banks have answered is taken, while more debits are built; `going`: the last of it. */
async function buildAll(parts: OrderingParts): Promise<{ going: Promise<void> }> {
  let going = Promise.resolve();
  for (let isMore = true; isMore;) {
    isMore = await buildSome(parts);
    await going;
    going = carry(parts, { onlyFull: isMore });
  }
  return { going };
}

async function carry(parts: OrderingParts, { onlyFull }: { onlyFull: boolean }): Promise<void> {
  await fileSome(parts, { onlyFull });
  await sweepOrders(parts);
  await tellSome(parts);
}

/** What banks say of debits pays bills, or leaves them open; mandates go to banks, and end when their time is over. */
export function debitsInRounds(
  { log, registry, masterKey }: GatewayOptions,
  parts: { database: Database; directory: Directory; link: AgencyLink; caller: Caller },
  rounds: Rounds,
): void {
  const { openDays } = undoTools(parts.database, parts.directory);
  const metrics = bookingMetrics(registry, parts.database);
  const paused = new Map<Uuid, number>();
  const tools = { ...parts, ...metrics, openDays, log, paused, signal: rounds.signal };
  rounds.often(async () => void (await bookDebits(tools)));
  rounds.often(bankLinkSweep({ ...tools, registry, masterKey, writer: mandateRequestWriter }));
  sendingMetrics(registry, parts);
  rounds.every(MANDATES_MS, unservedSweep(tools));
  rounds.every(MANDATES_MS, unansweredSweep(tools));
  rounds.every(MANDATES_MS, () => expireMandates(tools));
}
