// SQL of the demo room: what it asks the other rooms' tables, and the clock's shift.

import type { NumberedBillBody } from '../bills/index.ts';
import type { Tx } from '../platform/db/index.ts';

export async function hasBillers(tx: Tx): Promise<boolean> {
  return (await tx.query('select from biller limit 1')).length > 0;
}

export async function hasLoadedFile(tx: Tx, billerId: number): Promise<boolean> {
  return (
    (await tx.query(`select from bill_file where biller_id = $1 and state = 'done' limit 1`, [billerId]))
      .length > 0
  );
}

export async function timeOfBooks(tx: Tx): Promise<Date> {
  const [row] = await tx.query<{ now: Date }>('select business_now() as now');
  if (row === undefined) throw new Error('business_now() gave no row');
  return row.now;
}

/** Throws when the biller never opened the day. */
export async function cutOffOf(
  tx: Tx,
  billerCode: string,
  businessDate: string,
): Promise<{ billerId: number; cutOffAt: Date }> {
  const [row] = await tx.query<{ biller_id: number; cut_off_at: Date }>(
    `select biller_id, cut_off_at from business_day join biller using (biller_id)
      where code = $1 and business_date = $2`,
    [billerCode, businessDate],
  );
  if (row === undefined) throw new Error(`${billerCode} has no business day ${businessDate}`);
  return { billerId: row.biller_id, cutOffAt: row.cut_off_at };
}

/**
 * Whether anybody, the demo itself included, has ever done this: what was planted once is planted, also where it was taken
 * away since. `action`: as the audit log names it.
 */
export async function wasEverDone(tx: Tx, action: string, subject: string): Promise<boolean> {
  const rows = await tx.query('select from audit_log where subject = $1 and action = $2 limit 1', [
    subject,
    action,
  ]);
  return rows.length === 1;
}

/** Codes of billers that have, or had, an agreement with the channel. */
export async function servedBy(tx: Tx, channelCode: string): Promise<string[]> {
  const rows = await tx.query<{ code: string }>(
    `select distinct b.code from agreement a join biller b using (biller_id) join channel c using (channel_id)
      where c.code = $1`,
    [channelCode],
  );
  return rows.map(({ code }) => code);
}

/** What the bank said last that the operator's account holds; undefined: it has said nothing yet. */
export async function lastBalance(tx: Tx, accountCode: string): Promise<bigint | undefined> {
  const [row] = await tx.query<{ closing_minor: bigint }>(
    `select closing_minor from statement s join bank_account a using (account_id)
      where a.code = $1 and s.state = 'read' and closing_minor is not null
      order by to_date desc, statement_id desc limit 1`,
    [accountCode],
  );
  return row?.closing_minor;
}

export interface OpenBillRow {
  bill_number: string;
  payer_id: string;
  amount_minor: bigint;
}

/** Open bills that owe exactly their amount for `days` more days whatever happens, lowest number first. */
export function plainOpenBills(
  tx: Tx,
  billerId: number,
  timeZone: string,
  days: number,
  limit: number,
): Promise<OpenBillRow[]> {
  return tx.query<OpenBillRow>(
    `select bill_number, payer_id, amount_minor from bill
      where biller_id = $1 and status = 'open' and amount_minor is not null and expires_on is null
        and due_on >= (business_now() at time zone $2)::date + $3::int
      order by bill_number limit $4`,
    [billerId, timeZone, days, limit],
  );
}

/** Of these bills one that can still be paid: the first whose payer gets a message, else the first. */
export async function firstOpenBill(
  tx: Tx,
  billerCode: string,
  billNumbers: readonly string[],
): Promise<string | undefined> {
  const [row] = await tx.query<{ bill_number: string }>(
    `select bill_number from bill join biller using (biller_id)
      where code = $1 and bill_number = any($2::text[]) and bill.status = 'open'
      order by contact is null, bill_number limit 1`,
    [billerCode, billNumbers],
  );
  return row?.bill_number;
}

/** The books' time becomes `to`, from now on running at its usual pace; null: the real time again. */
export async function writeShift(tx: Tx, to: Date | null): Promise<void> {
  if (to === null) await tx.query('delete from demo_clock');
  else {
    await tx.query(
      `insert into demo_clock (only_row, shift) values (true, $1::timestamptz - clock_timestamp())
       on conflict (only_row) do update set shift = excluded.shift`,
      [to],
    );
  }
}

export async function readShift(tx: Tx): Promise<{ now: Date; real: Date; shiftSeconds: number }> {
  const [row] = await tx.query<{ now: Date; real: Date; shift: number }>(
    `select business_now() as now, clock_timestamp() as real,
            coalesce((select extract(epoch from shift) from demo_clock), 0)::float8 as shift`,
  );
  if (row === undefined) throw new Error('business_now() gave no row');
  return { now: row.now, real: row.real, shiftSeconds: row.shift };
}

/** Since when anybody has been served; null: there is no agreement yet. */
export async function earliestAgreement(tx: Tx): Promise<Date | null> {
  const [row] = await tx.query<{ since: Date | null }>('select min(recorded_at) as since from agreement');
  return row?.since ?? null;
}

export interface BillOfAgencyRow {
  bill_number: string;
  payer_id: string;
  payer_name: string;
  description: string;
  amount_minor: bigint | null;
  min_minor: bigint | null;
  max_minor: bigint | null;
  step_minor: bigint | null;
  due_on: string;
  expires_on: string | null;
  version: bigint | null;
  lines: { budgetLine: string; amount: string }[] | null;
  budget_line: string | null;
  unit: string | null;
  service: string | null;
  contact: NumberedBillBody['payer'] | null;
}

/** All that an agency has presented and not withdrawn; the demo's have no penalties of their own. */
export function billsOf(tx: Tx, billerCode: string): Promise<BillOfAgencyRow[]> {
  return tx.query<BillOfAgencyRow>(
    `select bill_number, payer_id, payer_name, description, amount_minor, min_minor, max_minor, step_minor, due_on,
            expires_on, version, lines, budget_line, unit, service, contact
       from bill join biller using (biller_id)
      where code = $1 and bill.status <> 'cancelled' and bill.penalty is null order by bill_number`,
    [billerCode],
  );
}

/** Where the events of each biller go, and which of them. */
export interface WebhookTerms {
  code: string;
  biller_id: number;
  url: string | null;
  events: string[] | null;
  batch: boolean | null;
}

export function webhooksOf(tx: Tx, billerCodes: readonly string[]): Promise<WebhookTerms[]> {
  return tx.query<WebhookTerms>(
    `select code, biller_id, url, events, batch from biller left join webhook using (biller_id)
      where code = any($1::text[]) order by biller_id`,
    [billerCodes],
  );
}

/** The address at which a linked biller's agency is asked; undefined: it is not linked. */
export async function linkUrlOf(tx: Tx, billerCode: string): Promise<string | undefined> {
  const [row] = await tx.query<{ url: string }>(
    'select url from biller_link join biller using (biller_id) where code = $1',
    [billerCode],
  );
  return row?.url;
}

/** `login`, or with the first number that nobody has yet; and those of them who can still sign in. */
export async function freeLogin(tx: Tx, login: string): Promise<{ login: string; stale: string[] }> {
  const rows = await tx.query<{ login: string; disabled_at: Date | null }>(
    `select login, disabled_at from staff where login ~ ('^' || $1 || '[0-9]*$') order by login`,
    [login],
  );
  const taken = new Set(rows.map((row) => row.login));
  let free = login;
  for (let number = 2; taken.has(free); number++) free = `${login}${number}`;
  return {
    login: free,
    stale: rows.filter((row) => row.disabled_at === null).map((row) => row.login),
  };
}
