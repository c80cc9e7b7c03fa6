// SQL of the events of remittances, and of what they say beside the remittance itself.

import type { BusinessDate } from '../../kernel/business-date.ts';
import { newId, type Uuid } from '../../kernel/ids.ts';
import { plainArray, textArray, type Statement, type Tx } from '../../platform/db/index.ts';
import { eventParts } from '../../platform/outbox/index.ts';
import type { Remittance } from '../batch.ts';
import type { NewEvent, TellFacts } from './tell.ts';

const INSERT: Statement = {
  name: 'remittance_events',
  text: `with ${eventParts(
    `select * from unnest($1::int[], $2::uuid[], $3::text[], $4::text[], $5::int[], $6::json[], $7::timestamptz[])`,
  )} select`,
};

export async function insertEvents(tx: Tx, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return;
  await tx.run(INSERT, [
    plainArray(events, (e) => e.billerId),
    plainArray(events, (e) => newId(e.at.getTime(), e.billerId)),
    plainArray(events, (e) => e.type),
    textArray(events, (e) => e.subject),
    plainArray(events, (e) => e.revision),
    textArray(events, (e) => e.payload),
    plainArray(events, (e) => e.at.toISOString()),
  ]);
}

const FACTS: Statement = {
  name: 'remittance_event_facts',
  text: `select r.remittance_id, l.code, s.business_date, a.shown_number
  from unnest($1::int[], $2::uuid[]) as wanted(biller_id, remittance_id)
  join remittance r using (biller_id, remittance_id)
  join biller l on l.biller_id = r.biller_id
  join settlement_batch s on s.biller_id = r.biller_id and s.settlement_id = r.settlement_id
  left join remittance_account a on a.biller_id = r.biller_id and a.unit = r.unit and a.version = r.account_version`,
};

/** By remittance id. */
export async function tellFacts(
  tx: Tx,
  remittances: readonly Pick<Remittance, 'billerId' | 'remittanceId'>[],
): Promise<Map<Uuid, TellFacts>> {
  const rows = await tx.run<{
    remittance_id: Uuid;
    code: string;
    business_date: BusinessDate;
    shown_number: string | null;
  }>(FACTS, [plainArray(remittances, (r) => r.billerId), plainArray(remittances, (r) => r.remittanceId)]);
  return new Map(
    rows.map((row) => [
      row.remittance_id,
      { billerCode: row.code, businessDate: row.business_date, account: row.shown_number },
    ]),
  );
}
