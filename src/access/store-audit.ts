// SQL that looks into the audit log.

import type { Tx } from '../platform/db/index.ts';

export interface AuditWish {
  /** Only what this agency's people and programs did; null: everybody. */
  readonly billerId: number | null;
  /** The same of a channel. */
  readonly channelId: number | null;
  readonly actor: string | null;
  /** An action, or the noun before its dot. */
  readonly action: string | null;
  readonly subject: string | null;
  readonly from: string | null;
  readonly to: string | null;
  /** The last entry of the page before. */
  readonly after: string | null;
  readonly limit: number;
}

export interface AuditRow {
  audit_id: string;
  recorded_at: Date;
  actor: string;
  origin: string;
  action: string;
  subject: string;
  before: unknown;
  after: unknown;
}

/** The newest first. At the command line an actor is an account of the machine, whatever logins there are. */
export function readAudit(tx: Tx, wish: AuditWish): Promise<AuditRow[]> {
  return tx.query<AuditRow>(
    `select audit_id, recorded_at, actor, origin, action, subject, before, after from audit_log
      where ($1::int is null or origin = 'api' and actor in (select login from staff where biller_id = $1)
             or actor = 'agency/' || (select code from biller where biller_id = $1))
        and ($2::int is null or origin = 'api' and actor in (select login from staff where channel_id = $2)
             or actor = 'channel/' || (select code from channel where channel_id = $2))
        and ($3::text is null or actor = $3)
        and ($4::text is null or action = $4 or split_part(action, '.', 1) = $4)
        and ($5::text is null or subject = $5)
        and ($6::date is null or recorded_at >= $6::timestamp at time zone 'UTC')
        and ($7::date is null or recorded_at < ($7::date + 1)::timestamp at time zone 'UTC')
        and ($8::uuid is null
             or (recorded_at, audit_id) < (select recorded_at, audit_id from audit_log where audit_id = $8))
      order by recorded_at desc, audit_id desc limit $9`,
    [
      wish.billerId,
      wish.channelId,
      wish.actor,
      wish.action,
      wish.subject,
      wish.from,
      wish.to,
      wish.after,
      wish.limit,
    ],
  );
}
