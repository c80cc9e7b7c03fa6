// SQL of debits as they stand: read, and locked in the order of their ids.

import type { BusinessDate } from '../../kernel/business-date.ts';
import type { Uuid } from '../../kernel/ids.ts';
import { plainArray, type Tx } from '../../platform/db/index.ts';
import type { Debit, DebitCause, DebitRef } from './debit.ts';
import type { DebitState } from './states.ts';

export interface DebitRow {
  biller_id: number;
  debit_id: Uuid;
  mandate_biller_id: number;
  mandate_id: Uuid;
  payer_id: string;
  channel_id: number;
  cause: DebitCause;
  attempt: number;
  retry_of: Uuid | null;
  currency: string;
  amount_minor: bigint;
  collect_on: BusinessDate;
  send_on: BusinessDate;
  state: DebitState;
  why: string | null;
  over: boolean;
  way: 'file' | 'api' | null;
  file_id: Uuid | null;
  bank_reference: string | null;
  retry_on: BusinessDate | null;
}

/** Of `debit_order o`. */
export const DEBIT_COLUMNS = `o.biller_id, o.debit_id, o.mandate_biller_id, o.mandate_id, o.payer_id, o.channel_id, o.cause, o.attempt,
       o.retry_of, o.currency, o.amount_minor, o.collect_on, o.send_on, o.state, o.why, o.over, o.way, o.file_id,
       o.bank_reference, o.retry_on`;

/** By which number this agency knows the payer of mandate `m`: of several that it covers with another than its own, the first. */
export function payerWith(billerId: string): string {
  return `case m.biller_id when ${billerId} then m.payer_id else (
            select min(c.payer_id) from mandate_cover c
             where c.biller_id = ${billerId} and c.mandate_biller_id = m.biller_id and c.mandate_id = m.mandate_id
               and c.state = 'accepted') end`;
}

export function toDebit(row: DebitRow): Debit {
  return {
    billerId: row.biller_id,
    debitId: row.debit_id,
    mandateBillerId: row.mandate_biller_id,
    mandateId: row.mandate_id,
    payerId: row.payer_id,
    channelId: row.channel_id,
    cause: row.cause,
    attempt: row.attempt,
    retryOf: row.retry_of,
    currency: row.currency,
    amountMinor: row.amount_minor,
    collectOn: row.collect_on,
    sendOn: row.send_on,
    state: row.state,
    why: row.why,
    over: row.over,
    way: row.way,
    fileId: row.file_id,
    bankReference: row.bank_reference,
    retryOn: row.retry_on,
  };
}

/** Locked after the bills and the mandate, in the order of their ids. What is not there is left out. */
export async function lockDebits(tx: Tx, debits: readonly DebitRef[]): Promise<Debit[]> {
  const rows = await tx.query<DebitRow>(
    `select ${DEBIT_COLUMNS} from debit_order o
      where (o.biller_id, o.debit_id) in (select * from unnest($1::int[], $2::uuid[]))
      order by o.biller_id, o.debit_id for no key update`,
    [plainArray(debits, (each) => each.billerId), plainArray(debits, (each) => each.debitId)],
  );
  return rows.map(toDebit);
}
