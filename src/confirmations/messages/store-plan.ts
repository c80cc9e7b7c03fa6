// SQL of planning: what the feed of a biller tells that payers are to know. Reads payments, bills, mandates and debits by key and locks
// nothing of theirs; only the biller's cursor is locked, until the transaction ends.

import type { Names } from '../../billers/index.ts';
import { DEBIT_REFERENCES } from '../../kernel/debit-references.ts';
import type { Uuid } from '../../kernel/ids.ts';
import { plainArray, type Statement, type Tx } from '../../platform/db/index.ts';
import type { Contact, Recipient } from './choose-recipients.ts';
import { TOLD_OF_DEBITS } from './debit-recipients.ts';
import { TOLD_OF_MANDATES } from './mandate-recipients.ts';
import type { Medium } from './message.ts';

export interface Cursor {
  readonly number: bigint;
  /** Of the books. */
  readonly now: Date;
  readonly names: Names;
}

const LOCK: Statement = {
  name: 'messages_lock_cursor',
  text: `select c.number, business_now() as now, b.name as names
  from message_cursor c join biller b using (biller_id) where c.biller_id = $1 for update of c`,
};

/** Locks the cursor, made when it is missing. undefined: there is no such biller. */
export async function lockCursor(tx: Tx, billerId: number): Promise<Cursor | undefined> {
  const [known] = await tx.run<Cursor>(LOCK, [billerId]);
  if (known !== undefined) return known;
  await tx.query(
    'insert into message_cursor (biller_id, number) select biller_id, 0 from biller where biller_id = $1 on conflict do nothing',
    [billerId],
  );
  const [made] = await tx.run<Cursor>(LOCK, [billerId]);
  return made;
}

export interface FeedRow {
  readonly number: bigint;
  readonly event_id: Uuid;
  readonly type: string;
  readonly recorded_at: Date;
  /** The payment's answer, or of a credit what became one; of a mandate or a debit what its event says. JSON. */
  readonly payload: string;
  readonly payer: Contact | null;
  readonly contacts: { billNumber: string; contact: Contact }[] | null;
}

export interface FeedPart {
  /** The number of the last event that was looked at. */
  readonly through: bigint;
  /** As many as were asked for: the feed may go on. */
  readonly isFull: boolean;
  /** Those that somebody with an address may have to be told of, in order. */
  readonly rows: readonly FeedRow[];
}

const TOLD = [
  'payment.accepted',
  'payment.reversed',
  'payment.credited',
  ...TOLD_OF_MANDATES,
  ...TOLD_OF_DEBITS,
];

/**
 * The bank took back what a debit had paid: `debit.returned` tells the payer whom the mandate names, in words
 * that fit; of what was credit it is his credit that he is told of. Undone by a decision, it has the debit's name; what a channel reverses itself has taken a reference of its own.
 */
const IS_RETURN = `exists (
  select from reversal r join payment p using (biller_id, payment_id)
   where r.biller_id = $1 and r.payment_id = e.payment_id and p.reference ~ '${DEBIT_REFERENCES}'
     and r.reference = split_part(p.reference, ':', 1)
     and not exists (select from reversal_reference o where o.channel_id = r.channel_id and o.reference = r.reference
                        and o.payment_id = r.payment_id))`;

const READ: Statement = {
  name: 'messages_read_feed',
  text: `
with next as materialized (
  select number, event_id, for_payers from event_feed where biller_id = $1 and number > $2 order by number limit $3
)
select n.through, n.count, t.*
  from (select max(number) as through, count(*)::int as count from next) n
  left join (
    select s.number, e.event_id, e.type, e.recorded_at, coalesce(paid.payer, named.contact, debited.contact) as payer, told.contacts,
           case when e.type = 'payment.reversed' then first.payload else e.payload end::text as payload
      from next s
     cross join lateral (select event_id, type, recorded_at, payload, case when type like 'payment.%' then subject::uuid end as payment_id,
                                case when type like 'mandate.%' then subject::uuid end as mandate_id,
                                case when type like 'mandate.%' then payload ->> 'billerCode' end as mandate_biller,
                                case when type like 'debit.%' then subject::uuid end as debit_id
                           from event where biller_id = $1 and event_id = s.event_id limit 1) e
      left join lateral (select details -> 'payer' as payer from payment
                          where biller_id = $1 and payment_id = e.payment_id limit 1) paid on true
      left join lateral (select m.contact::json as contact from biller l
                           join mandate m on m.biller_id = l.biller_id and m.mandate_id = e.mandate_id
                          where l.code = e.mandate_biller limit 1) named on true
      left join lateral (select m.contact::json as contact from debit_order o
                           join mandate m on m.biller_id = o.mandate_biller_id and m.mandate_id = o.mandate_id
                          where o.biller_id = $1 and o.debit_id = e.debit_id limit 1) debited on true
     cross join lateral (select json_agg(json_build_object('billNumber', l.bill_number, 'contact', b.contact) order by l.line) as contacts
                           from payment_bill l
                           cross join lateral (select contact from bill
                                                where biller_id = $1 and bill_number = l.bill_number limit 1) b
                          where l.biller_id = $1 and l.payment_id = e.payment_id and b.contact is not null) told
      left join lateral (select payload from event
                          where biller_id = $1 and event_id = e.payment_id limit 1) first on true
     where s.for_payers and e.type = any($4::text[]) and not (e.type = 'payment.reversed' and paid.payer is not null and ${IS_RETURN}
                and coalesce(first.payload ->> 'status', '') <> 'credited')
       and (paid.payer is not null or told.contacts is not null or named.contact is not null or debited.contact is not null)) t on true
 order by t.number`,
};

type ReadRow = { readonly through: bigint | null; readonly count: number } & {
  readonly [Name in keyof FeedRow]: FeedRow[Name] | null;
};

/** The next events of the feed after `number`. */
export async function readFeed(tx: Tx, billerId: number, number: bigint, limit: number): Promise<FeedPart> {
  const rows = await tx.run<ReadRow>(READ, [billerId, number, limit, plainArray(TOLD)]);
  const [first] = rows;
  return {
    through: first?.through ?? number,
    isFull: first?.count === limit,
    rows: rows.filter((row): row is ReadRow & FeedRow => row.number !== null),
  };
}

export interface PlannedMessage extends Recipient {
  readonly eventId: Uuid;
  /** Hex. */
  readonly addressHash: string;
  readonly shownAddress: string;
  /** How long it may still be tried; not more than 0: too late already. */
  readonly remainingMs: number;
}

const INSERT: Statement = {
  name: 'messages_insert',
  text: `
with planned as (
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
};

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
  const waiting = await tx.run<{ medium: Medium }>(INSERT, [billerId, JSON.stringify(rows), TOO_LATE]);
  return waiting.map(({ medium }) => medium);
}

export const TOO_LATE = 'too late: the event is more than a day old';

const MOVE: Statement = {
  name: 'messages_move_cursor',
  text: 'update message_cursor set number = $2 where biller_id = $1',
};

export async function moveCursor(tx: Tx, billerId: number, number: bigint): Promise<void> {
  await tx.run(MOVE, [billerId, number]);
}
