// Puts the demo's agencies, channels, floats and agreements into the database, by the verbs that the operator uses.
// Repeatable: what is there stays as it is, so that a seeding broken off is finished by the next start.

import type { Actor, Outcome } from '../access/index.ts';
import { addBiller, setServices, setUnits, type Biller } from '../billers/index.ts';
import { addChannel, agreementKey, setAgreement, topUpChannel, type Snapshot } from '../channels/index.ts';
import { addDays } from '../kernel/business-date.ts';
import { systemClock } from '../kernel/clock.ts';
import { money, parseMinor } from '../kernel/money.ts';
import type { Database } from '../platform/db/index.ts';
import { DEMO_BILLERS, type DemoBiller } from './billers.ts';
import { DEMO_CHANNELS, demoTerms, type DemoChannel } from './channels.ts';

export const DEMO_ACTOR: Actor = { name: 'demo', origin: 'demo' };

/** The clock of the demo may be set back this far, and every channel is still served. */
const AGREED_BEFORE_DAYS = 366;

/** `known`: who was there already. */
export async function seedParties(database: Database, known: Snapshot): Promise<void> {
  for (const biller of DEMO_BILLERS) await seedBiller(database, biller, known.billersByCode.get(biller.code));
  for (const channel of DEMO_CHANNELS)
    await seedChannel(database, channel, known.channelsByCode.has(channel.code));
  const since = agreedSince();
  for (const { code: channelCode } of DEMO_CHANNELS) {
    for (const { code: billerCode, settings } of DEMO_BILLERS) {
      if (isAgreed(known, billerCode, channelCode)) continue;
      const terms = demoTerms(channelCode, billerCode, settings.currency);
      must(await setAgreement(database, { billerCode, channelCode }, terms, DEMO_ACTOR, since));
    }
  }
}

export function agreedSince(): Date {
  return new Date(`${addDays(systemClock.now().toISOString().slice(0, 10), -AGREED_BEFORE_DAYS)}T00:00:00Z`);
}

async function seedBiller(
  database: Database,
  { code, settings, units, services }: DemoBiller,
  known: Biller | undefined,
): Promise<void> {
  if (known === undefined) must(await addBiller(database, code, settings, DEMO_ACTOR));
  if (units !== undefined && (known?.units.size ?? 0) === 0)
    must(await setUnits(database, code, units, DEMO_ACTOR));
  if (services !== undefined && (known?.services.size ?? 0) === 0)
    must(await setServices(database, code, services, DEMO_ACTOR));
}

async function seedChannel(
  database: Database,
  { code, settings, floats }: DemoChannel,
  isKnown: boolean,
): Promise<void> {
  if (!isKnown) must(await addChannel(database, code, settings, DEMO_ACTOR));
  for (const [currency, value] of Object.entries(floats ?? {})) {
    const minor = parseMinor(value, currency);
    if (minor === undefined) throw new Error(`the demo's float ${value} is no amount of ${currency}`);
    must(await topUpChannel(database, code, money(minor, currency), `demo-${currency}`, DEMO_ACTOR));
  }
}

function isAgreed(
  { agreements, billersByCode, channelsByCode }: Snapshot,
  billerCode: string,
  channelCode: string,
): boolean {
  const [billerId, channelId] = [
    billersByCode.get(billerCode)?.billerId,
    channelsByCode.get(channelCode)?.channelId,
  ];
  return (
    billerId !== undefined && channelId !== undefined && agreements.has(agreementKey(billerId, channelId))
  );
}

export function must<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`the demo could not be seeded: ${outcome.reason}`);
  return outcome.value;
}
