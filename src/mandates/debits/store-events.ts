// SQL of the events of debits: in the feed of the agency that collects, and of each also for the payer where his mandate
// names an address.

import { newId, type Uuid } from '../../kernel/ids.ts';
import { documentsOf, jsonDocuments, plainArray, type Tx } from '../../platform/db/index.ts';
import { eventParts } from '../../platform/outbox/index.ts';
import type { DebitRef } from './debit.ts';

export interface TellFacts {
  readonly billerCode: string;
  readonly channelCode: string;
  readonly mandateReference: string;
  /** Masked. */
  readonly account: string;
  readonly hasContact: boolean;
  /** The payer had been told of it: announced when it was planned, or as the next try of one that failed; or he had asked for it. */
  readonly isAnnounced: boolean;
  /** It was planned once: only then has anybody been told of it. */
  readonly hasMoved: boolean;
  /** Of POST /v1/debits. */
  readonly reference: string | null;
  readonly revision: number;
  readonly bills: readonly {
    readonly billNumber: string;
    /** Minor units as text. */
    readonly minor: string;
    readonly outcome: string | null;
    readonly paymentId: Uuid | null;
    /** Of the bill itself; null: there is none. */
    readonly billStatus: 'open' | 'paid' | 'cancelled' | null;
  }[];
}

type BillOfEvent = TellFacts['bills'][number];
/** Without their names, which would be written and read for each bill. */
type BillValues = readonly [
  billNumber: string,
  minor: string,
  outcome: BillOfEvent['outcome'],
  paymentId: BillOfEvent['paymentId'],
  billStatus: BillOfEvent['billStatus'],
];

/** By debit id. */
export async function readTellFacts(tx: Tx, debits: readonly DebitRef[]): Promise<Map<Uuid, TellFacts>> {
  const rows = await tx.query<Omit<TellFacts, 'bills'> & { debitId: Uuid; bills: readonly BillValues[] }>(
    `select o.debit_id as "debitId", l.code as "billerCode", c.code as "channelCode", m.reference as "mandateReference",
            m.shown_account as account, m.contact is not null as "hasContact",
            o.retry_of is not null or o.cause = 'demand' or m.announce_days > 0 as "isAnnounced",
            exists (select from debit_step s where s.biller_id = o.biller_id and s.debit_id = o.debit_id
                       and s.state not in ('dropped', 'held')) as "hasMoved", o.reference, o.revision, b.bills
       from unnest($1::int[], $2::uuid[]) as wanted(biller_id, debit_id)
       join debit_order o using (biller_id, debit_id)
       join biller l on l.biller_id = o.biller_id
       join channel c on c.channel_id = o.channel_id
       join mandate m on m.biller_id = o.mandate_biller_id and m.mandate_id = o.mandate_id
      cross join lateral (
        select json_agg(json_build_array(d.bill_number, d.amount_minor::text, d.outcome, d.payment_id, (
                          select status from bill where biller_id = d.biller_id and bill_number = d.bill_number))
                        order by d.bill_number) as bills
          from debit_bill d where d.biller_id = o.biller_id and d.debit_id = o.debit_id) b`,
    [plainArray(debits, (each) => each.billerId), plainArray(debits, (each) => each.debitId)],
  );
  return new Map(
    rows.map(({ debitId, bills, ...facts }) => [
      debitId,
      {
        ...facts,
        bills: bills.map(([billNumber, minor, outcome, paymentId, billStatus]) => ({
          billNumber,
          minor,
          outcome,
          paymentId,
          billStatus,
        })),
      },
    ]),
  );
}

export interface DebitEvent extends DebitRef {
  readonly type: string;
  readonly revision: number;
  /** JSON. */
  readonly payload: string;
  readonly at: Date;
  readonly hasContact: boolean;
}

const INSERT = `with told as (
  select * from unnest($1::int[], $2::uuid[], $3::text[], $4::text[], $5::int[], ${documentsOf('$6')}::json[], $7::timestamptz[],
                       $8::boolean[])
    as told(biller_id, event_id, type, subject, revision, payload, recorded_at, has_contact)
), ${eventParts(
  'select biller_id, event_id, type, subject, revision, payload, recorded_at from told',
  'select e.biller_id, e.event_id, case when t.has_contact then true end from events e join told t using (event_id)',
)} select`;

export async function insertDebitEvents(tx: Tx, events: readonly DebitEvent[]): Promise<void> {
  if (events.length === 0) return;
  await tx.query(INSERT, [
    plainArray(events, (each) => each.billerId),
    plainArray(events, (each) => newId(each.at.getTime(), each.billerId)),
    plainArray(events, (each) => each.type),
    plainArray(events, (each) => each.debitId),
    plainArray(events, (each) => each.revision),
    jsonDocuments(events, (each) => each.payload),
    plainArray(events, (each) => each.at.toISOString()),
    plainArray(events, (each) => each.hasContact),
  ]);
}
