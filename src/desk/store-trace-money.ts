// SQL of where the money of a payment went: its settlement, the remittances of it, and the lines of bank statements that
// prove them, that the channel paid with, or that the payment itself came with.

import type { BusinessDate } from '../kernel/business-date.ts';
import type { Tx } from '../platform/db/index.ts';
import type { PaymentKey } from './store-trace.ts';

export interface LineOfTrace {
  statement_id: string;
  line: number;
  kind: string;
  booked_on: BusinessDate;
  amount_minor: string;
  currency: string;
  bank_reference: string | null;
}

export interface RemittanceOfTrace {
  remittance_id: string;
  end_to_end_id: string;
  state: string;
  value_date: BusinessDate;
  amount_minor: bigint;
  currency: string;
  lines: LineOfTrace[] | null;
}

export interface MoneyOfTrace {
  settlement_id: string | null;
  remittances: RemittanceOfTrace[];
  /** That the payment itself came with, or was proved by. */
  lines: LineOfTrace[];
}

/** Of `statement_line l` and `statement_match m`. */
export const LINE = `json_build_object('statement_id', l.statement_id, 'line', l.line, 'kind', m.kind, 'booked_on', l.booked_on,
  'amount_minor', l.amount_minor::text, 'currency', l.currency, 'bank_reference', l.bank_reference)`;
const JOINED = `join statement_line l on l.statement_id = m.statement_id and l.line = m.line`;

/** A biller without units has one remittance of a day; one with units as many, and one of them is the payment's. */
const MOST_REMITTANCES = 50;

interface WhereItWent {
  readonly channelId: number;
  readonly businessDate: BusinessDate;
  /** `direct`: the channel credits the biller itself, nothing of it is remitted, and the biller's own statement proves it. */
  readonly route: string;
  /** It was not undone on its own date, whose total then does without it. */
  readonly isOfItsDate: boolean;
}

/** Only what is the payment's own: a payment that a line names is no part of what another proves of its date. */
export async function readMoney(
  tx: Tx,
  key: PaymentKey,
  { channelId, businessDate, route, isOfItsDate }: WhereItWent,
): Promise<MoneyOfTrace> {
  const { biller_id, payment_id } = key;
  const isDirect = route === 'direct';
  const [batch] = await tx.query<{ settlement_id: string }>(
    'select settlement_id from settlement_batch where biller_id = $1 and business_date = $2',
    [biller_id, businessDate],
  );
  const remittances = await tx.query<RemittanceOfTrace>(
    `select r.remittance_id, r.end_to_end_id, r.state, r.value_date, r.amount_minor, r.currency,
            (select json_agg(${LINE} order by l.booked_on, m.recorded_at) from statement_match m ${JOINED} where m.subject_id = r.remittance_id) as lines
       from remittance r where r.biller_id = $1 and r.settlement_id = $2 order by r.unit, r.attempt limit ${MOST_REMITTANCES}`,
    [biller_id, isDirect ? null : (batch?.settlement_id ?? null)],
  );
  const lines = await tx.query<{ line: LineOfTrace }>(
    `select ${LINE} as line from statement_match m ${JOINED} where m.subject_id = $1
     union all
     select ${LINE} from (select distinct statement_id, line, 'direct' as kind from direct_proof
                           where biller_id = $2 and channel_id = $3 and business_date = $4 and payment_id is null and $5::boolean
                             and not exists (select from direct_proof where biller_id = $2 and payment_id = $1)) m ${JOINED}
     union all
     select ${LINE} from (select distinct statement_id, line, 'channel' as kind from channel_payment
                           where biller_id = $2 and channel_id = $3 and business_date = $4 and not $6::boolean) m ${JOINED}`,
    [payment_id, biller_id, channelId, businessDate, isDirect && isOfItsDate, isDirect],
  );
  return {
    settlement_id: batch?.settlement_id ?? null,
    remittances,
    lines: lines.map((row) => row.line),
  };
}
