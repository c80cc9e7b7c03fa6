// SQL of the operator's commands about messages: what was planned, texts of a biller's own, and who is not to be told.

import { zoneNow, type Names } from '../../billers/index.ts';
import type { Uuid } from '../../kernel/ids.ts';
import { plainArray, type Tx } from '../../platform/db/index.ts';
import type { Facts, Kind, Language, Medium } from './message.ts';
import type { Template } from './templates.ts';

export interface MessageRow {
  readonly biller_id: number;
  readonly biller_code: string;
  readonly event_id: Uuid;
  readonly medium: Medium;
  readonly shown_address: string;
  readonly kind: Kind;
  readonly language: Language;
  readonly facts: Facts;
  readonly state: string;
  readonly attempts: number;
  readonly failure: string | null;
  readonly planned_at: Date;
  readonly next_try_at: Date;
  readonly ended_at: Date | null;
}

const COLUMNS = `m.biller_id, b.code as biller_code, m.event_id, m.medium, m.shown_address, m.kind, m.language, m.facts, m.state,
  m.attempts, m.failure, m.planned_at, m.next_try_at, m.ended_at`;

/** The latest events first, of one biller or of all. */
export function listMessages(
  tx: Tx,
  { code, state, limit }: { code: string | null; state: string | null; limit: number },
): Promise<MessageRow[]> {
  return tx.query<MessageRow>(
    `select m.* from biller b
      cross join lateral (select ${COLUMNS} from message m where m.biller_id = b.biller_id and ($2::text is null or m.state = $2)
                           order by m.event_id desc limit $3) m
      where $1::text is null or b.code = $1 order by m.event_id desc, m.medium limit $3`,
    [code, state, limit],
  );
}

export function messagesOfEvents(tx: Tx, billerId: number, eventIds: readonly Uuid[]): Promise<MessageRow[]> {
  return tx.query<MessageRow>(
    `select ${COLUMNS} from message m join biller b using (biller_id)
      where m.biller_id = $1 and m.event_id = any($2::uuid[]) order by m.event_id, m.medium, m.shown_address`,
    [billerId, plainArray(eventIds)],
  );
}

/** The events of a payment: its own and that of its reversal. */
export async function eventsOfPayment(tx: Tx, billerId: number, paymentId: Uuid): Promise<Uuid[]> {
  const rows = await tx.query<{ reversal_id: Uuid }>(
    'select reversal_id from reversal where biller_id = $1 and payment_id = $2',
    [billerId, paymentId],
  );
  return [paymentId, ...rows.map((row) => row.reversal_id)];
}

export async function paymentOfReceipt(
  tx: Tx,
  billerId: number,
  receiptNo: bigint,
): Promise<Uuid | undefined> {
  const [row] = await tx.query<{ payment_id: Uuid }>(
    'select payment_id from payment where biller_id = $1 and receipt_no = $2',
    [billerId, receiptNo],
  );
  return row?.payment_id;
}

export interface BillerRow {
  readonly billerId: number;
  readonly name: Names;
  readonly timeZone: string;
}

export async function findBiller(tx: Tx, code: string): Promise<BillerRow | undefined> {
  const [row] = await tx.query<BillerRow>(
    `select biller_id as "billerId", name, ${zoneNow('b')} as "timeZone" from biller b where code = $1`,
    [code],
  );
  return row;
}

export interface TemplateKey {
  readonly kind: Kind;
  readonly medium: Medium;
  readonly language: Language;
}

export function ownTemplates(
  tx: Tx,
  billerId: number,
): Promise<(TemplateKey & { subject: string | null; body: string })[]> {
  return tx.query(
    'select kind, medium, language, subject, body from message_template where biller_id = $1 order by kind, medium, language',
    [billerId],
  );
}

export async function putTemplate(
  tx: Tx,
  billerId: number,
  key: TemplateKey,
  template: Template,
): Promise<void> {
  await tx.query(
    `insert into message_template (biller_id, kind, medium, language, subject, body) values ($1, $2, $3, $4, $5, $6)
     on conflict (biller_id, kind, medium, language) do update set subject = excluded.subject, body = excluded.body`,
    [billerId, key.kind, key.medium, key.language, template.subject ?? null, template.body],
  );
}

export async function dropTemplate(tx: Tx, billerId: number, key: TemplateKey): Promise<void> {
  await tx.query(
    'delete from message_template where biller_id = $1 and kind = $2 and medium = $3 and language = $4',
    [billerId, key.kind, key.medium, key.language],
  );
}

/** False: it was so already. */
export async function insertOptOut(
  tx: Tx,
  billerId: number,
  medium: Medium,
  addressHash: string,
): Promise<boolean> {
  const rows = await tx.query(
    `insert into message_opt_out (biller_id, medium, address_hash, since) values ($1, $2, decode($3, 'hex'), clock_timestamp())
     on conflict do nothing returning 1`,
    [billerId, medium, addressHash],
  );
  return rows.length > 0;
}

export async function deleteOptOut(
  tx: Tx,
  billerId: number,
  medium: Medium,
  addressHash: string,
): Promise<boolean> {
  const rows = await tx.query(
    `delete from message_opt_out where biller_id = $1 and medium = $2 and address_hash = decode($3, 'hex') returning 1`,
    [billerId, medium, addressHash],
  );
  return rows.length > 0;
}
