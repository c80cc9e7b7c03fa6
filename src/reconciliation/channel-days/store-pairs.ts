// SQL that brings both sides of some references together, whatever date ours carry: a lot of what is not plainly alike.

import { billerOf, parseId, type Uuid } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { DayKey, DayLine, LineMore, LineStatus } from './day.ts';
import type { Repeated } from './found-break.ts';
import type { OurAnswer, OurPayment, Pair } from './judge.ts';
import type { StagingTables } from './store-staging.ts';

/** From above `after` on, at most `limit` numbers. */
export interface Lot extends DayKey {
  readonly after: number;
  readonly limit: number;
}

interface TheirRow {
  line: number | null;
  currency: string;
  amount_minor: bigint;
  status: LineStatus;
  fee_minor: bigint | null;
  business_date: string | null;
  more: LineMore | null;
}

interface OurRow {
  reference: string;
  outcome: 'accepted' | 'credited' | 'refused' | 'cancelled' | null;
  reference_biller: number;
  code: string | null;
  recorded_at: Date;
  biller_id: number;
  biller_code: string;
  payment_id: Uuid | null;
  our_currency: string;
  our_amount: bigint;
  our_fee: bigint;
  our_date: string;
  accepted_at: Date;
  reversed_on: string | null;
  is_settled: boolean;
}

const OUR_COLUMNS = `k.outcome, k.biller_id as reference_biller, k.problem->>'code' as code, k.recorded_at,
  p.biller_id, b.code as biller_code, p.payment_id, p.currency as our_currency, p.amount_minor as our_amount,
  p.fee_minor as our_fee, p.business_date as our_date, p.accepted_at, r.business_date as reversed_on,
  exists (select from break e where e.channel_id = $1 and e.reference = s.reference and e.state = 'resolved'
             and (e.kind = 'missing-here' and e.resolution = 'post' or e.kind = 'wrong-day' and e.business_date <> $2)) as is_settled`;

/** By keys alone: one row of each, or none (architecture: a join over all payments of a biller is what a plain one may become). */
const OUR_SIDE = `
  left join lateral (select * from payment_reference k where k.channel_id = $1 and k.reference = s.reference limit 1) k on true
  left join lateral (select * from payment p where p.biller_id = k.biller_id and p.payment_id = k.payment_id limit 1) p on true
  left join lateral (select * from reversal r where r.biller_id = p.biller_id and r.payment_id = p.payment_id limit 1) r on true
  left join biller b on b.biller_id = p.biller_id`;

/** Lines that repeat a reference are left out after the first. */
export async function readPairs(
  tx: Tx,
  { unlike, repeated }: StagingTables,
  { channelId, businessDate, after, limit }: Lot,
): Promise<Pair[]> {
  const rows = await tx.query<OurRow & TheirRow>(
    `with lot as materialized (
       select u.* from ${unlike} u left join ${repeated} d on d.reference = u.reference
        where u.n > $3 and u.n <= $4 and (u.line is null or d.reference is null or u.line = d.first_line)
     )
     select s.reference, s.line, s.currency, s.amount_minor, s.status, s.fee_minor, s.business_date, s.more::json as more,
            ${OUR_COLUMNS}
       from lot s ${OUR_SIDE} order by s.n`,
    [channelId, businessDate, after, after + limit],
  );
  const entered = await enteredByDecision(tx, channelId, rows);
  return rows.map((row) => ({ ...pairOf(row, entered), theirs: lineOf(row) }));
}

/** References that come more than once, each with our side of it: once for every currency of their lines after the first. */
export async function readRepeated(
  tx: Tx,
  { again, repeated }: StagingTables,
  { channelId, businessDate, after, limit }: Lot,
): Promise<{ repeated: Repeated; pair: Pair }[]> {
  const rows = await tx.query<
    OurRow & {
      first_line: number;
      times: number;
      more_lines: number[];
      currency: string;
      is_other: boolean;
      minor: bigint;
    }
  >(
    `with lot as materialized (select * from ${repeated} where n > $3 and n <= $4),
     others as (
       select s.reference, t.currency, (array_agg(t.line order by t.line))[1:20] as more_lines,
              coalesce(sum(t.amount_minor) filter (where t.status <> 'reversed'), 0)::bigint as minor
         from lot s join ${again} t on t.reference = s.reference and t.line <> s.first_line group by 1, 2
     )
     select s.reference, s.first_line, s.times, o.more_lines, o.currency, o.minor,
            o.currency <> f.currency as is_other, ${OUR_COLUMNS}
       from lot s join others o on o.reference = s.reference
       join ${again} f on f.reference = s.reference and f.line = s.first_line ${OUR_SIDE} order by s.n, o.currency`,
    [channelId, businessDate, after, after + limit],
  );
  return rows.map((row) => ({
    repeated: {
      reference: row.reference,
      firstLine: row.first_line,
      times: row.times,
      lines: row.more_lines,
      currency: row.currency,
      isOtherCurrency: row.is_other,
      amountMinor: row.minor,
    },
    pair: pairOf(row, NOTHING),
  }));
}

const NOTHING: ReadonlySet<string> = new Set();

/** Payments that persons entered under the id of a break, because the channel's own reference stood for something else. */
async function enteredByDecision(
  tx: Tx,
  channelId: number,
  rows: readonly OurRow[],
): Promise<ReadonlySet<string>> {
  const ids = new Map<Uuid, string>();
  for (const { reference } of rows) {
    const breakId = parseId('brk', reference);
    if (breakId !== undefined) ids.set(breakId, reference);
  }
  if (ids.size === 0) return new Set();
  const breaks = await tx.query<{ break_id: Uuid }>(
    `select b.break_id from unnest($2::int[], $3::uuid[]) as e(biller_id, break_id)
       join break b on b.biller_id = e.biller_id and b.break_id = e.break_id
      where b.channel_id = $1 and b.state = 'resolved' and b.resolution = 'post'`,
    [channelId, [...ids.keys()].map(billerOf), [...ids.keys()]],
  );
  return new Set(breaks.map(({ break_id }) => ids.get(break_id) ?? ''));
}

function pairOf(row: OurRow, entered: ReadonlySet<string>): Pair {
  return {
    reference: row.reference,
    theirs: null,
    payment: paymentOf(row),
    answer: answerOf(row),
    isSettled: row.is_settled || entered.has(row.reference),
  };
}

function paymentOf(row: OurRow): OurPayment | null {
  if (row.payment_id === null) return null;
  return {
    billerId: row.biller_id,
    billerCode: row.biller_code,
    paymentId: row.payment_id,
    status: row.outcome === 'credited' ? 'credited' : 'accepted',
    currency: row.our_currency,
    amountMinor: row.our_amount,
    feeMinor: row.our_fee,
    businessDate: row.our_date,
    acceptedAt: row.accepted_at,
    reversedOn: row.reversed_on,
  };
}

function answerOf(row: OurRow): OurAnswer | null {
  const { outcome, code } = row;
  if (outcome !== 'refused' && outcome !== 'cancelled') return null;
  return { outcome, billerId: row.reference_biller, code, recordedAt: row.recorded_at };
}

function lineOf(row: OurRow & TheirRow): DayLine | null {
  if (row.line === null) return null;
  return {
    line: row.line,
    reference: row.reference,
    currency: row.currency,
    amountMinor: row.amount_minor,
    feeMinor: row.fee_minor,
    status: row.status,
    businessDate: row.business_date,
    more: row.more,
  };
}
