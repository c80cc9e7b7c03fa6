// Fills a database by SQL, set-based: open bills to be paid, and, between them, bills paid long ago with all that a
// payment leaves behind, their places in the feed too, so that the books hold. Chunks by two connections; the planner's
// statistics at the end.

import { accountOf } from '../../src/ledger/index.ts';
import type { Database } from '../../src/platform/db/index.ts';
import { AMOUNT, BILLER, CHANNEL } from './world.ts';
import { ask } from './server.ts';

const CHUNK = 250_000;

export interface Filling {
  readonly openBills: number;
  /** A multiple of `openBills`, or 0. */
  readonly paidBills: number;
  /** Whose bills; left out: BILLER's. Others have open bills only. */
  readonly billerId?: number;
  /** Over how many days the paid ones are spread, the last of them the day before yesterday; left out: a hundred. */
  readonly days?: number;
}

export interface Filled extends Filling {
  /** Every `stride`-th bill is open, beginning with bill 0. */
  readonly stride: number;
  readonly seconds: number;
}

export async function fill(database: Database, filling: Filling): Promise<Filled> {
  const { openBills, paidBills, billerId = BILLER.id, days = 100 } = filling;
  if (paidBills % openBills !== 0) throw new Error('paid bills must be a multiple of the open ones');
  const startedAt = performance.now();
  const stride = paidBills / openBills + 1;
  const total = openBills + paidBills;
  if (billerId !== BILLER.id && paidBills > 0) throw new Error('only the first biller has a past');
  await addAccounts(database, billerId);
  let next = 0;
  const fillSome = async (): Promise<void> => {
    for (let from = next; from < total; from = next) {
      next = Math.min(from + CHUNK, total);
      await fillChunk(database, { from, to: next, stride, total, billerId, days });
      if (total > 4 * CHUNK && next % (8 * CHUNK) === 0) console.error(`  filled ${next} of ${total} bills`);
    }
  };
  await Promise.all([fillSome(), fillSome()]);
  await balance(database, paidBills);
  await endFeed(database, paidBills);
  // An empty table that is analysed looks empty to the planner for as long as nobody analyses it again.
  await ask(database.url, paidBills === 0 ? 'vacuum analyze bill' : 'vacuum analyze');
  return { ...filling, stride, seconds: (performance.now() - startedAt) / 1000 };
}

interface Chunk {
  from: number;
  to: number;
  stride: number;
  total: number;
  billerId: number;
  days: number;
}

/** Ids, receipt numbers and terminals as the gateway would have made them over the days before. */
const PAST = `
create temp table past on commit drop as
select i, 'B' || lpad(i::text, 9, '0') as bill_number, 'E' || lpad((i / 10)::text, 9, '0') as payer_id, at,
       (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || lpad(to_hex(${BILLER.id}), 4, '0') || substr(hash, 1, 16))::uuid as payment_id,
       (((extract(epoch from at) / 86400)::bigint & 1023) << 50) | ('x' || substr(hash, 17, 13))::bit(52)::bigint >> 2 as receipt_no,
       'P' || lpad((i % 997)::text, 3, '0') || '.' || lpad(i::text, 9, '0') as reference,
       i - i / $3 as number, i % $3 <> 0 as is_paid
  from (select i, md5(i::text) as hash, date_trunc('day', now()) - interval '1 day' - interval '1 day' * $5::int * (1 - i / $4::float8) as at
          from generate_series($1::bigint, $2::bigint - 1) i) s`;

/** $1: the biller. */
const BILLS = `
insert into bill (biller_id, bill_number, payer_id, payer_name, description, status, amount_minor, due_on, budget_line,
                  content_hash, payment_id, received_at)
select $1, bill_number, payer_id, 'Al Noor Trading and Contracting', 'Contributions of November 2026',
       case when is_paid then 'paid' else 'open' end, ${AMOUNT.minor}, current_date + 40, '4110',
       sha256(bill_number::bytea), case when is_paid then payment_id end, at
  from past`;

const MONEY = `'{"value":"${AMOUNT.value}","currency":"${BILLER.currency}"}'`;
const HISTORY = [
  `insert into payment_reference (channel_id, reference, biller_id, payment_id, outcome, fingerprint, recorded_at)
   select ${CHANNEL.id}, reference, ${BILLER.id}, payment_id, 'accepted', '${BILLER.id} cash ' || bill_number || '=${AMOUNT.minor}${BILLER.currency}', at
     from past where is_paid`,
  `insert into payment (biller_id, payment_id, channel_id, reference, status, receipt_no, method, route, currency, amount_minor, fee_minor,
                        biller_fee_minor, tax_minor, commission_minor, business_date, occurred_at, accepted_at, reversible_until, details)
   select ${BILLER.id}, payment_id, ${CHANNEL.id}, reference, 'accepted', receipt_no, 'cash', 'via-operator', '${BILLER.currency}', ${AMOUNT.minor}, 0,
          0, 0, 0, at::date, at, at, at + interval '30 minutes', '{"outlet":{"kind":"branch","id":"MCT-014"}}'
     from past where is_paid`,
  `insert into payment_bill (biller_id, payment_id, line, bill_number, bill_revision, payer_id, amount_minor, due_minor, penalty_minor,
                             unit, service, budget_line)
   select ${BILLER.id}, payment_id, 1, bill_number, 1, payer_id, ${AMOUNT.minor}, ${AMOUNT.minor}, 0,
          'U' || i % 27, 'S' || i % 3, '4110' from past where is_paid`,
  `insert into journal (biller_id, journal_id, kind, payment_id, business_date, recorded_at)
   select ${BILLER.id}, payment_id, 'payment', payment_id, at::date, at from past where is_paid`,
  `insert into posting (biller_id, journal_id, line, account_no, amount_minor)
   select ${BILLER.id}, payment_id, line, account_no, amount_minor
     from past, (values (1, ${receivable().accountNo}::bigint, ${AMOUNT.minor}), (2, ${payable().accountNo}, -${AMOUNT.minor})) as entry(line, account_no, amount_minor)
    where is_paid`,
  `insert into event (biller_id, event_id, type, subject, revision, payload, recorded_at)
   select ${BILLER.id}, payment_id, 'payment.accepted', payment_id::text, 1,
          format('{"paymentId":"pay_%s","reference":"%s","status":"accepted","receiptNumber":"01-7Q2M-X9ZT-C4WH-J","billerCode":"${BILLER.code}","channelCode":"${CHANNEL.code}","bills":[{"billNumber":"%s","payerId":"%s","amount":%5$s,"amountDue":%5$s,"penalty":{"value":"0.000","currency":"${BILLER.currency}"}}],"amount":%5$s,"fee":{"value":"0.000","currency":"${BILLER.currency}"},"total":%5$s,"method":"cash","route":"via-operator","outlet":{"kind":"branch","id":"MCT-014"},"businessDate":"%6$s","occurredAt":"%7$s","acceptedAt":"%7$s","reversibleUntil":"%7$s"}',
                 substr(md5(payment_id::text), 1, 26), reference, bill_number, payer_id, ${MONEY}, at::date, to_char(at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))::json, at
     from past where is_paid`,
  `insert into event_feed (biller_id, number, event_id) select ${BILLER.id}, number, payment_id from past where is_paid order by number`,
];

function receivable() {
  return accountOf('channel/receivable', CHANNEL.id, BILLER.currency);
}
function payable() {
  return accountOf('biller/payable', 0, BILLER.currency);
}

async function fillChunk(
  database: Database,
  { from, to, stride, total, billerId, days }: Chunk,
): Promise<void> {
  await database.transaction(async (tx) => {
    await tx.query(
      `select set_config('synchronous_commit', 'off', true), set_config('work_mem', '128MB', true)`,
    );
    await tx.query(PAST, [from, to, stride, total, days]);
    await tx.query(BILLS, [billerId]);
    if (stride > 1) for (const statement of HISTORY) await tx.query(statement);
  });
}

async function addAccounts(database: Database, billerId: number): Promise<void> {
  for (const { accountNo, code, channelId, currency } of [receivable(), payable()]) {
    await database.transaction((tx) =>
      tx.query('insert into account values ($1, $2, $3, $4, $5)', [
        billerId,
        accountNo,
        code,
        channelId,
        currency,
      ]),
    );
  }
}

async function balance(database: Database, payments: number): Promise<void> {
  if (payments === 0) return;
  const sum = BigInt(payments) * BigInt(AMOUNT.minor);
  await database.transaction((tx) =>
    tx.query('insert into balance values ($1, $2, 0, $3), ($1, $4, 0, $5)', [
      BILLER.id,
      receivable().accountNo,
      sum,
      payable().accountNo,
      -sum,
    ]),
  );
}

/** The feed ends with the last of the past, and payers were told of all of it. */
async function endFeed(database: Database, payments: number): Promise<void> {
  if (payments === 0) return;
  await database.transaction(async (tx) => {
    await tx.query('insert into event_feed_head (biller_id, last_number) values ($1, $2)', [
      BILLER.id,
      payments,
    ]);
    await tx.query('insert into message_cursor (biller_id, number) values ($1, $2)', [BILLER.id, payments]);
  });
}
