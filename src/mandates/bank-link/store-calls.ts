// SQL of debits that are called for at banks: claimed by one caller at a time, and put off while the bank does not answer.

import type { Route } from '../../channels/index.ts';
import { plainArray, textArray, type Tx } from '../../platform/db/index.ts';
import type { Uuid } from '../../kernel/ids.ts';
import { DEBIT_COLUMNS, toDebit, type Debit, type DebitRef, type DebitRow } from '../debits/index.ts';

export interface ClaimedCall {
  readonly debit: Debit;
  /** This one included. */
  readonly tries: number;
}

/** Built ones of a bank whose turn it is, locked; `leaseMs`: for so long nobody else calls for them. */
export async function claimCalls(
  tx: Tx,
  { channelId, limit, leaseMs }: { channelId: number; limit: number; leaseMs: number },
): Promise<ClaimedCall[]> {
  const rows = await tx.query<DebitRow & { tries: number }>(
    `with chosen as (
       select biller_id, debit_id from debit_order
        where state = 'built' and way = 'api' and channel_id = $1 and (try_at is null or try_at <= clock_timestamp())
        order by try_at nulls first, debit_id limit $2 for no key update skip locked
     )
     update debit_order o
        set tries = o.tries + 1, try_at = clock_timestamp() + make_interval(secs => $3::double precision / 1000)
       from chosen c where o.biller_id = c.biller_id and o.debit_id = c.debit_id
     returning ${DEBIT_COLUMNS}, o.tries`,
    [channelId, limit, leaseMs],
  );
  return rows
    .map(({ tries, ...row }) => ({ debit: toDebit(row), tries }))
    .sort((a, b) => (a.debit.debitId < b.debit.debitId ? -1 : 1));
}

/** For its first call. It was built by this transaction. */
export async function claimOne(tx: Tx, { billerId, debitId }: DebitRef, leaseMs: number): Promise<void> {
  await tx.query(
    `update debit_order set tries = 1, try_at = clock_timestamp() + make_interval(secs => $3::double precision / 1000)
      where biller_id = $1 and debit_id = $2`,
    [billerId, debitId, leaseMs],
  );
}

/**
 * Those of which something has changed since they were built: the mandate holds no more, a bill is paid already, a statement
 * has the money of what they try again.
 */
export async function overtaken(tx: Tx, debits: readonly DebitRef[]): Promise<Set<Uuid>> {
  if (debits.length === 0) return new Set();
  const rows = await tx.query<{ debit_id: Uuid }>(
    `select o.debit_id from unnest($1::int[], $2::uuid[]) as wanted(biller_id, debit_id)
       join debit_order o using (biller_id, debit_id)
       join mandate m on m.biller_id = o.mandate_biller_id and m.mandate_id = o.mandate_id
      where m.state <> 'accepted' or (o.retry_of is not null and debit_contradicted(o.retry_of))
         or exists (select from debit_bill d left join bill b using (biller_id, bill_number)
                     where d.biller_id = o.biller_id and d.debit_id = o.debit_id and d.live and b.status is distinct from 'open')`,
    keys(debits),
  );
  return new Set(rows.map((row) => row.debit_id));
}

/** Nobody calls for it before; `isUntried`: the attempt does not count. */
export async function putOffCall(
  tx: Tx,
  { billerId, debitId }: DebitRef,
  { pauseMs, isUntried = false }: { pauseMs: number; isUntried?: boolean },
): Promise<void> {
  await tx.query(
    `update debit_order
        set try_at = clock_timestamp() + make_interval(secs => $3::double precision / 1000),
            tries = tries - case when $4 then 1 else 0 end
      where biller_id = $1 and debit_id = $2 and state = 'built'`,
    [billerId, debitId, pauseMs, isUntried],
  );
}

/** Built again later, it is called for as if for the first time. */
export async function forgetCalls(tx: Tx, debits: readonly DebitRef[]): Promise<void> {
  if (debits.length === 0) return;
  await tx.query(
    `update debit_order set tries = 0, try_at = null, creditor_route = null
      where (biller_id, debit_id) in (select * from unnest($1::int[], $2::uuid[]))`,
    keys(debits),
  );
}

/** To whose account each is collected, from its first call on. */
export async function noteRoutes(
  tx: Tx,
  routed: readonly { readonly debit: DebitRef; readonly route: Route }[],
): Promise<void> {
  if (routed.length === 0) return;
  const debits = routed.map(({ debit }) => debit);
  await tx.query(
    `update debit_order o set creditor_route = r.route
       from unnest($1::int[], $2::uuid[], $3::text[]) as r(biller_id, debit_id, route)
      where o.biller_id = r.biller_id and o.debit_id = r.debit_id and o.creditor_route is null`,
    [...keys(debits), textArray(routed, ({ route }) => route)],
  );
}

export interface CallFacts {
  readonly debitId: Uuid;
  readonly mandateSince: Date;
  /** As a call before has said; null: none was made. */
  readonly route: Route | null;
  readonly holder: string;
  readonly accountKind: string;
  readonly sealedAccount: Buffer;
  /** Of the mandate, by the bank. */
  readonly bankReference: string | null;
  /** The first ones. */
  readonly billNumbers: string;
}

const FEW_BILLS = 5;

/** By debit id. */
export async function readCallFacts(tx: Tx, debits: readonly DebitRef[]): Promise<Map<Uuid, CallFacts>> {
  const rows = await tx.query<CallFacts>(
    `select o.debit_id as "debitId", o.creditor_route as route, m.created_at as "mandateSince", m.holder, m.account_kind as "accountKind",
            m.sealed_account as "sealedAccount", m.bank_reference as "bankReference", coalesce(b.numbers, '') as "billNumbers"
       from unnest($1::int[], $2::uuid[]) as wanted(biller_id, debit_id)
       join debit_order o using (biller_id, debit_id)
       join mandate m on m.biller_id = o.mandate_biller_id and m.mandate_id = o.mandate_id
      cross join lateral (
        select string_agg(bill_number, ' ') as numbers from (
          select bill_number from debit_bill where biller_id = o.biller_id and debit_id = o.debit_id and live
           order by bill_number limit $3) first) b`,
    [...keys(debits), FEW_BILLS],
  );
  return new Map(rows.map((row) => [row.debitId, row]));
}

function keys(debits: readonly DebitRef[]): string[] {
  return [plainArray(debits, (each) => each.billerId), plainArray(debits, (each) => each.debitId)];
}
