// SQL of the events of mandates: in the feed of the agency, and of every further one that has accepted it.

import type { BusinessDate } from '../../kernel/business-date.ts';
import { newId, type Uuid } from '../../kernel/ids.ts';
import { plainArray, textArray, type Tx } from '../../platform/db/index.ts';
import { eventParts } from '../../platform/outbox/index.ts';

export interface UnderWay {
  readonly billerId: number;
  readonly debitId: Uuid;
  readonly minor: bigint;
  readonly collectOn: BusinessDate;
}

/** Debits that the payer's bank has, or may have, and that no end of the mandate stops. Locks nothing. */
export function debitsUnderWay(
  tx: Tx,
  { billerId, mandateId }: { readonly billerId: number; readonly mandateId: Uuid },
): Promise<UnderWay[]> {
  return tx.query<UnderWay>(
    `select o.biller_id as "billerId", o.debit_id as "debitId", o.amount_minor as minor, o.collect_on as "collectOn"
       from debit_order o left join order_file f on f.file_id = o.file_id
      where o.mandate_biller_id = $1 and o.mandate_id = $2
        and (o.state = 'sent' or o.state = 'built' and (f.offered_at is not null or o.way = 'api' and o.tries > 0))
      order by o.collect_on, o.debit_id`,
    [billerId, mandateId],
  );
}

export interface MandateEvent {
  readonly type: `mandate.${string}`;
  readonly mandateId: Uuid;
  readonly revision: number;
  readonly at: Date;
}

export interface ToldAgency {
  readonly billerId: number;
  /** JSON. */
  readonly payload: string;
  /** It is also for the payer. */
  readonly forPayer: boolean;
}

const INSERT = `with ${eventParts(
  `select biller_id, event_id, $4, $5, $6::int, payload, $7::timestamptz
     from unnest($1::int[], $2::uuid[], $3::json[]) as to_tell(biller_id, event_id, payload)`,
  'select biller_id, event_id, case when biller_id = any($8::int[]) then true end from events',
)} select`;

/** In the feed of each. */
export async function insertMandateEvent(
  tx: Tx,
  event: MandateEvent,
  agencies: readonly ToldAgency[],
): Promise<void> {
  const { type, mandateId, revision, at } = event;
  await tx.query(INSERT, [
    plainArray(agencies, ({ billerId }) => billerId),
    plainArray(agencies, ({ billerId }) => newId(at.getTime(), billerId)),
    textArray(agencies, ({ payload }) => payload),
    type,
    mandateId,
    revision,
    at,
    plainArray(
      agencies.filter(({ forPayer }) => forPayer),
      ({ billerId }) => billerId,
    ),
  ]);
}
