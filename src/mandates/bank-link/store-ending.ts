// SQL of mandates whose end a bank is told: claimed by one worker at a time, until the bank has heard it.

import type { Uuid } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { MandateState } from '../mandates/index.ts';

export interface EndingRef {
  readonly billerId: number;
  readonly mandateId: Uuid;
}

export interface Ending extends EndingRef {
  /** This one included. */
  readonly tries: number;
  readonly state: MandateState;
  readonly reason: string | null;
  readonly bankReference: string | null;
  readonly endedAt: Date;
}

/** `leaseMs`: for so long nobody else calls for them. */
export function claimEndings(
  tx: Tx,
  { channelId, limit, leaseMs }: { channelId: number; limit: number; leaseMs: number },
): Promise<Ending[]> {
  return tx.query<Ending>(
    `with chosen as (
       select biller_id, mandate_id from mandate_cancellation
        where channel_id = $1 and state = 'waiting' and try_at <= clock_timestamp()
        order by try_at limit $2 for update skip locked
     ), claimed as (
       update mandate_cancellation e
          set tries = e.tries + 1, try_at = clock_timestamp() + make_interval(secs => $3::double precision / 1000)
         from chosen c where (e.biller_id, e.mandate_id) = (c.biller_id, c.mandate_id)
       returning e.biller_id, e.mandate_id, e.tries
     )
     select c.biller_id as "billerId", c.mandate_id as "mandateId", c.tries, m.state, m.reason,
            m.bank_reference as "bankReference", m.changed_at as "endedAt"
       from claimed c join mandate m using (biller_id, mandate_id) order by 1, 2`,
    [channelId, limit, leaseMs],
  );
}

export async function noteTold(tx: Tx, { billerId, mandateId }: EndingRef): Promise<void> {
  await tx.query(
    `update mandate_cancellation set state = 'told', failure = null, changed_at = business_now()
      where biller_id = $1 and mandate_id = $2`,
    [billerId, mandateId],
  );
}

/** Not before `pauseMs`. `isUntried`: the attempt does not count. */
export async function putOffEnding(
  tx: Tx,
  { billerId, mandateId }: EndingRef,
  { pauseMs, failure, isUntried = false }: { pauseMs: number; failure: string; isUntried?: boolean },
): Promise<void> {
  await tx.query(
    `update mandate_cancellation
        set try_at = clock_timestamp() + make_interval(secs => $3::double precision / 1000), failure = $4,
            tries = tries - case when $5 then 1 else 0 end
      where biller_id = $1 and mandate_id = $2 and state = 'waiting'`,
    [billerId, mandateId, pauseMs, failure.slice(0, 500), isUntried],
  );
}
