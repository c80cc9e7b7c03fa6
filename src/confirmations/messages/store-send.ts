// SQL of sending. Times are the database's real ones: a shifted business time must make no message look due, late or
// abandoned. `sending` is committed before anything leaves; whoever finds it old knows that nobody knows. Events are
// named twice, as a list too: until the statistics know a biller's messages, a join alone read all of them. The time
// is asked once (`select clock_timestamp()`), so that it can bound a scan of an index.

import { zoneNow, type Names } from '../../billers/index.ts';
import type { Uuid } from '../../kernel/ids.ts';
import { plainArray, type Tx } from '../../platform/db/index.ts';
import type { Facts, Kind, Language, Medium } from './message.ts';
import { TOO_LATE } from './store-plan.ts';
import type { Template } from './templates.ts';

export interface ClaimedMessage {
  readonly event_id: Uuid;
  /** Hex. */
  readonly address_hash: string;
  readonly kind: Kind;
  readonly language: Language;
  readonly state: 'sending' | 'suppressed' | 'failed';
  /** null unless it is to be sent. */
  readonly address: string | null;
  readonly facts: Facts;
  readonly attempts: number;
  readonly claimed_at: Date;
}

/** Takes due messages of a biller, oldest first, that nobody else is taking; those not to be sent any more end here. */
export function claimMessages(
  tx: Tx,
  { billerId, medium, claim, limit }: { billerId: number; medium: Medium; claim: Uuid; limit: number },
): Promise<ClaimedMessage[]> {
  return tx.query<ClaimedMessage>(
    `with due as (
       select event_id, address_hash, give_up_at from message
        where biller_id = $1 and medium = $2 and state = 'waiting' and next_try_at <= (select clock_timestamp())
        order by next_try_at limit $3 for update skip locked
     ), judged as (
       select d.event_id, d.address_hash, clock_timestamp() as now, case
           when exists (select from message_opt_out o
                         where o.biller_id = $1 and o.medium = $2 and o.address_hash = d.address_hash) then 'suppressed'
           when d.give_up_at <= clock_timestamp() then 'failed' else 'sending' end as state
         from due d
     )
     update message m
        set state = j.state, address = case when j.state = 'sending' then m.address end,
            attempts = m.attempts + (j.state = 'sending')::int, claim = $4, claimed_at = j.now,
            failure = case when j.state = 'failed' then coalesce(m.failure, $5) end,
            ended_at = case when j.state <> 'sending' then j.now end
       from judged j
      where m.biller_id = $1 and m.event_id = any(array(select event_id from due)) and m.medium = $2
        and m.event_id = j.event_id and m.address_hash = j.address_hash
     returning m.event_id, encode(m.address_hash, 'hex') as address_hash, m.kind, m.language, m.state, m.address, m.facts,
               m.attempts, m.claimed_at`,
    [billerId, medium, limit, claim, TOO_LATE],
  );
}

export interface BillersTexts {
  readonly name: Names;
  readonly timeZone: string;
  readonly templates: readonly (Template & { readonly kind: Kind; readonly language: Language })[];
}

export async function readTexts(tx: Tx, billerId: number, medium: Medium): Promise<BillersTexts> {
  const [row] = await tx.query<{
    name: Names;
    time_zone: string;
    templates: BillersTexts['templates'] | null;
  }>(
    `select name, ${zoneNow('b')} as time_zone,
            (select json_agg(json_strip_nulls(json_build_object('kind', t.kind, 'language', t.language, 'subject', t.subject, 'body', t.body)))
               from message_template t where t.biller_id = b.biller_id and t.medium = $2) as templates
       from biller b where b.biller_id = $1`,
    [billerId, medium],
  );
  if (row === undefined) throw new Error(`biller ${billerId} is not there`);
  return { name: row.name, timeZone: row.time_zone, templates: row.templates ?? [] };
}

export interface Outcome {
  readonly eventId: Uuid;
  readonly addressHash: string;
  /** `waiting`: surely not sent, to be tried again after the pause. */
  readonly state: 'sent' | 'failed' | 'unknown' | 'waiting';
  readonly failure: string | null;
  readonly pauseMs: number;
}

/**
 * What became of the messages of one claim; `waiting` turns into `failed` when the day is over before the next try.
 * One that was taken for lost meanwhile (`unknown`) may still be told sent or failed, never waiting again.
 */
export function recordOutcomes(
  tx: Tx,
  key: { readonly billerId: number; readonly medium: Medium; readonly claim: Uuid },
  outcomes: readonly Outcome[],
): Promise<{ state: Outcome['state'] }[]> {
  const rows = outcomes.map((outcome) => ({
    event_id: outcome.eventId,
    address_hash: outcome.addressHash,
    state: outcome.state,
    failure: outcome.failure,
    pause_ms: outcome.pauseMs,
  }));
  return tx.query(
    `with ended as (
       select o.event_id, decode(o.address_hash, 'hex') as address_hash, o.failure, n.now,
              n.now + o.pause_ms * interval '1 millisecond' as next_try_at, o.state
         from (select clock_timestamp() as now) n,
              jsonb_to_recordset($4::jsonb) as o(event_id uuid, address_hash text, state text, failure text, pause_ms float8)
     ), judged as (
       select e.*, case when e.state = 'waiting' and e.next_try_at >= m.give_up_at then 'failed' else e.state end as final
         from ended e join message m on m.biller_id = $1 and m.event_id = any($5::uuid[]) and m.medium = $2
               and m.event_id = e.event_id and m.address_hash = e.address_hash
     )
     update message m
        set state = j.final, failure = j.failure, claim = null,
            address = case when j.final = 'waiting' then m.address end,
            next_try_at = case when j.final = 'waiting' then j.next_try_at else m.next_try_at end,
            ended_at = case when j.final <> 'waiting' then j.now end
       from judged j
      where m.biller_id = $1 and m.event_id = any($5::uuid[]) and m.medium = $2
        and m.event_id = j.event_id and m.address_hash = j.address_hash
        and m.claim = $3 and (m.state = 'sending' or (m.state = 'unknown' and j.final in ('sent', 'failed')))
     returning m.state`,
    [key.billerId, key.medium, key.claim, JSON.stringify(rows), plainArray(outcomes, (each) => each.eventId)],
  );
}

/** Messages whose sender was lost while it sent. */
export function markLost(tx: Tx, billerId: number, afterMs: number): Promise<{ medium: Medium }[]> {
  return tx.query(
    `update message set state = 'unknown', address = null, ended_at = clock_timestamp(),
            failure = 'the process that sent it did not say what became of it'
      where biller_id = $1 and state = 'sending' and claimed_at < (select clock_timestamp()) - $2 * interval '1 millisecond'
     returning medium`,
    [billerId, afterMs],
  );
}

export interface Work {
  readonly biller_id: number;
  readonly behind: boolean;
  readonly sms: boolean;
  readonly email: boolean;
  readonly lost: boolean;
}

/** The billers that have something to be done, found by key or index for each. */
export function findWork(tx: Tx, lostAfterMs: number): Promise<Work[]> {
  const due = (
    medium: Medium,
  ) => `exists (select from message m where m.biller_id = b.biller_id and m.medium = '${medium}'
              and m.state = 'waiting' and m.next_try_at <= (select clock_timestamp()))`;
  return tx.query(
    `select w.* from (
       select b.biller_id,
              coalesce((select h.last_number from event_feed_head h where h.biller_id = b.biller_id), 0)
                > coalesce((select c.number from message_cursor c where c.biller_id = b.biller_id), 0) as behind,
              ${due('sms')} as sms, ${due('email')} as email,
              exists (select from message m where m.biller_id = b.biller_id and m.state = 'sending'
                         and m.claimed_at < (select clock_timestamp()) - $1 * interval '1 millisecond') as lost
         from biller b) w
      where w.behind or w.sms or w.email or w.lost order by w.biller_id`,
    [lostAfterMs],
  );
}

export async function billerIds(tx: Tx): Promise<number[]> {
  const rows = await tx.query<{ biller_id: number }>('select biller_id from biller order by biller_id');
  return rows.map((row) => row.biller_id);
}

/** Rows that have ended and whose events are older than so many days; at most `limit`. Returns how many. */
export async function dropOld(tx: Tx, billerId: number, keptDays: number, limit: number): Promise<number> {
  const rows = await tx.query(
    `with old as (
       select event_id, medium, address_hash from message
        where biller_id = $1 and ended_at is not null
          and event_id < (lpad(to_hex((extract(epoch from business_now() - $2 * interval '1 day') * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid
        order by event_id limit $3
     )
     delete from message m using old
      where m.biller_id = $1 and m.event_id = any(array(select event_id from old))
        and m.event_id = old.event_id and m.medium = old.medium and m.address_hash = old.address_hash
     returning 1`,
    [billerId, keptDays, limit],
  );
  return rows.length;
}

/** Seconds since the oldest message that waits was planned; 0 when none waits. */
export async function oldestWaiting(tx: Tx, medium: Medium): Promise<number> {
  const [row] = await tx.query<{ seconds: number }>(
    `select coalesce(extract(epoch from clock_timestamp() - (select planned_at from message
              where state = 'waiting' and medium = $1 order by planned_at limit 1)), 0)::float8 as seconds`,
    [medium],
  );
  return row?.seconds ?? 0;
}
