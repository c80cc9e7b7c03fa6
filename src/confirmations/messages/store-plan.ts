// SQL of planning: what the feed of a biller tells that payers are to know. Reads payments and bills by key and locks
// nothing of theirs; only the biller's cursor is locked, until the transaction ends.

import type { Names } from '../../billers/index.ts';
import type { Uuid } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Contact, Recipient } from './choose-recipients.ts';
import type { Medium } from './message.ts';

export interface Cursor {
  readonly number: bigint;
  /** Of the books. */
  readonly now: Date;
  readonly names: Names;
}

/** Locks the cursor, made when it is missing. undefined: there is no such biller. */
export async function lockCursor(tx: Tx, billerId: number): Promise<Cursor | undefined> {
  const select = `select c.number, business_now() as now, b.name as names
      from message_cursor c join biller b using (biller_id) where c.biller_id = $1 for update of c`;
  const [known] = await tx.query<Cursor>(select, [billerId]);
  if (known !== undefined) return known;
  await tx.query(
    'insert into message_cursor (biller_id, number) select biller_id, 0 from biller where biller_id = $1 on conflict do nothing',
    [billerId],
  );
  const [made] = await tx.query<Cursor>(select, [billerId]);
  return made;
}

export interface FeedRow {
  readonly number: bigint;
  /** null: an event that no payer is told of, or nobody has an address. So are the columns that follow. */
  readonly event_id: Uuid | null;
  readonly type: string;
  readonly recorded_at: Date;
  /** The payment's answer, or of a credit what became one, JSON. */
  readonly payload: string;
  readonly payer: Contact | null;
  readonly contacts: { billNumber: string; contact: Contact }[] | null;
}

/** The next events of the feed after `number`, in order, with the addresses that there are. */
export function readFeed(tx: Tx, billerId: number, number: bigint, limit: number): Promise<FeedRow[]> {
  return tx.query<FeedRow>(
    `select s.number, t.*
       from (select number, event_id from event_feed where biller_id = $1 and number > $2 order by number limit $3) s
       left join lateral (
         select e.event_id, e.type, e.recorded_at, paid.payer, told.contacts,
                case when e.type = 'payment.reversed' then first.payload else e.payload end::text as payload
           from (select event_id, type, recorded_at, payload, case when type like 'payment.%' then subject::uuid end as payment_id
                   from event where biller_id = $1 and event_id = s.event_id limit 1) e
           cross join lateral (select details -> 'payer' as payer from payment
                                where biller_id = $1 and payment_id = e.payment_id limit 1) paid
           cross join lateral (select json_agg(json_build_object('billNumber', l.bill_number, 'contact', b.contact) order by l.line) as contacts
                                 from payment_bill l
                                 cross join lateral (select contact from bill
                                                      where biller_id = $1 and bill_number = l.bill_number limit 1) b
                                where l.biller_id = $1 and l.payment_id = e.payment_id and b.contact is not null) told
           cross join lateral (select payload from event
                                where biller_id = $1 and event_id = e.payment_id limit 1) first
          where e.type in ('payment.accepted', 'payment.reversed', 'payment.credited')
            and (paid.payer is not null or told.contacts is not null)) t on true
      order by s.number`,
    [billerId, number, limit],
  );
}

export interface PlannedMessage extends Recipient {
  readonly eventId: Uuid;
  /** Hex. */
  readonly addressHash: string;
  readonly shownAddress: string;
  /** How long it may still be tried; not more than 0: too late already. */
  readonly remainingMs: number;
}

/** Writes those that are not there yet; returns the media in which some wait to be sent. */
export async function insertMessages(
  tx: Tx,
  billerId: number,
  messages: readonly PlannedMessage[],
): Promise<Medium[]> {
  const rows = messages.map((message) => ({
    event_id: message.eventId,
    medium: message.medium,
    address_hash: message.addressHash,
    kind: message.kind,
    language: message.language,
    address: message.address,
    shown_address: message.shownAddress,
    facts: message.facts,
    remaining_ms: message.remainingMs,
  }));
  const waiting = await tx.query<{ medium: Medium }>(
    `with planned as (
       insert into message (biller_id, event_id, medium, address_hash, kind, language, address, shown_address, facts, state,
                            failure, planned_at, next_try_at, give_up_at, ended_at)
       select $1, r.event_id, r.medium, decode(r.address_hash, 'hex'), r.kind, r.language,
              case when j.state = 'waiting' then r.address end, r.shown_address, r.facts, j.state,
              case when j.state = 'failed' then $3 end, n.now, n.now, n.now + r.remaining_ms * interval '1 millisecond',
              case when j.state <> 'waiting' then n.now end
         from (select clock_timestamp() as now) n,
              jsonb_to_recordset($2::jsonb) as r(event_id uuid, medium text, address_hash text, kind text, language text,
                address text, shown_address text, facts json, remaining_ms float8)
         cross join lateral (select case
             when exists (select from message_opt_out o where o.biller_id = $1 and o.medium = r.medium
                             and o.address_hash = decode(r.address_hash, 'hex')) then 'suppressed'
             when r.remaining_ms <= 0 then 'failed' else 'waiting' end as state) j
       on conflict do nothing returning medium, state)
     select distinct medium from planned where state = 'waiting'`,
    [billerId, JSON.stringify(rows), TOO_LATE],
  );
  return waiting.map(({ medium }) => medium);
}

export const TOO_LATE = 'too late: the event is more than a day old';

export async function moveCursor(tx: Tx, billerId: number, number: bigint): Promise<void> {
  await tx.query('update message_cursor set number = $2 where biller_id = $1', [billerId, number]);
}
