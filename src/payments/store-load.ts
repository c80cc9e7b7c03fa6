// What a group reads: the business days it share-locks, then, in a later statement and so with a later snapshot,
// the time and the earlier requests under its references.

import type { BusinessDate } from '../kernel/business-date.ts';
import { plainArray, textArray, type Statement, type Tx } from '../platform/db/index.ts';
import type { PaymentCommand } from './command.ts';

const LOCK_DAYS: Statement = {
  name: 'payments_lock_days',
  text: `
select c.revision, d.biller_id, d.business_date, d.cut_off_at
  from (select pg_advisory_xact_lock_shared('configuration'::regclass::bigint)) as turn
 cross join configuration c
  left join (unnest($1::int[]) as wanted(biller_id) cross join lateral (
    select biller_id, business_date, cut_off_at from business_day
     where biller_id = wanted.biller_id and sealed_at is null
       and business_date >= (select (business_now() at time zone 'UTC')::date - 2)
       and cut_off_at > (select business_now())
     order by business_date limit 2 for share) d) on true
   for share of c`,
};

export interface DayRow {
  revision: bigint;
  biller_id: number | null;
  business_date: BusinessDate;
  cut_off_at: Date;
}

/**
 * Share-locks the configuration's revision and, of each biller, the day that is open and the one after it. New share
 * locks of a row join those before past a writer that waits; the advisory lock before them is given out in turn, so
 * that groups, which overlap without end, let a change of the configuration through.
 */
export function lockDays(tx: Tx, billerIds: readonly number[]): Promise<DayRow[]> {
  return tx.run<DayRow>(LOCK_DAYS, [plainArray([...billerIds].sort((a, b) => a - b))]);
}

const LOAD: Statement = {
  name: 'payments_load',
  text: `
select t.now, r.*
  from (select business_now() as now) t
  left join (unnest($1::int[], $2::text[]) as wanted(channel_id, reference) cross join lateral (
    select r.channel_id, r.reference, r.outcome, r.fingerprint, r.problem,
           (select e.payload::text from event e where e.biller_id = r.biller_id and e.event_id = r.payment_id) as answer,
           exists (select from reversal v where v.biller_id = r.biller_id and v.payment_id = r.payment_id) as reversed
      from payment_reference r
     where r.channel_id = wanted.channel_id and r.reference = wanted.reference limit 1) r) on true`,
};

export interface LoadRow {
  now: Date;
  channel_id: number | null;
  reference: string;
  outcome: 'accepted' | 'credited' | 'refused' | 'cancelled';
  fingerprint: string;
  problem: unknown;
  answer: string | null;
  reversed: boolean;
}

/** The books' time and the recorded requests among these; at least one row. */
export function loadReferences(
  tx: Tx,
  commands: readonly Pick<PaymentCommand, 'channelId' | 'reference'>[],
): Promise<LoadRow[]> {
  return tx.run<LoadRow>(LOAD, [
    plainArray(commands, (c) => c.channelId),
    textArray(commands, (c) => c.reference),
  ]);
}
