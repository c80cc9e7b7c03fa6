// What the bench of debits lays out: an agency with terms, a bank that takes files from a folder, mandates with sealed accounts,
// and bills of each payer that are due on one day. The books' clock stands where the bench says.

import { mkdir, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { newId } from '../../src/kernel/ids.ts';
import { sealSecret } from '../../src/kernel/seal.ts';
import type { Database } from '../../src/platform/db/index.ts';
import { ask } from './server.ts';
import { BILLER, CHANNEL, type World } from './world.ts';

export const BILLS_EACH = 5;
/** Told on a Friday three days before, sent on the Sunday, collected on the Monday: the bank and the agency rest on Friday and Saturday. */
export const PLAN_AT = '2026-11-27T06:00:00Z';
export const SEND_AT = '2026-11-29T04:00:00Z';
export const COLLECT_ON = '2026-11-30';

const BILL_MINOR = 12_500;
const CHUNK = 20_000;

export async function setClock(database: Database, at: string): Promise<void> {
  await ask(
    database.url,
    `insert into demo_clock (shift) values ('${at}'::timestamptz - clock_timestamp())
     on conflict (only_row) do update set shift = excluded.shift`,
  );
}

export async function layDebits({ database, masterKey }: World, mandates: number): Promise<void> {
  const key = Buffer.from(masterKey, 'base64');
  await database.transaction(async (tx) => {
    await tx.query(
      `insert into bank (bank_id, code, name, time_zone, cut_off, weekend, lead_days, handover)
       values (1, 'main', '{"en":"Main"}', 'Asia/Muscat', '14:00', '{5,6}', 1, '{"way":"folder","folder":"orders"}')`,
    );
    const number = sealSecret(key, 'bank-account ours', Buffer.from('9900OMR1234567890'));
    await tx.query(
      `insert into bank_account (account_id, code, bank_id, currency, holder, sealed_number, shown_number) values (1, 'ours', 1, $1, 'Wasit', $2, '…')`,
      [BILLER.currency, number],
    );
    await tx.query(`insert into debit_terms values ($1, 1, null, 'split', '{3}', 'account', 'settled')`, [
      BILLER.id,
    ]);
  });
  for (let from = 0; from < mandates; from += CHUNK)
    await layMandates(database, key, from, Math.min(CHUNK, mandates - from));
  await ask(database.url, 'vacuum analyze');
}

async function layMandates(database: Database, key: Buffer, from: number, count: number): Promise<void> {
  const ids = Array.from({ length: count }, () => newId(Date.now(), BILLER.id));
  const sealed = ids.map((id, i) =>
    sealSecret(key, `mandate ${id}`, Buffer.from(`0079999900${String(from + i).padStart(10, '0')}`)),
  );
  await database.transaction(async (tx) => {
    await tx.query(
      `insert into mandate (biller_id, mandate_id, reference, opened_by, opener, channel_id, payer_id, payer_name, contact, holder, sealed_account,
         shown_account, account_kind, collect, currency, per_debit_minor, per_month_minor, valid_from, announce_days, state, fingerprint,
         created_at, changed_at)
       select $1, id, 'M-' || ($2::int + n), 'agency', 0, $3, 'P-' || ($2::int + n), 'Al Noor Trading', null, 'Al Noor Trading ' || n, sealed,
              '…', 'national', 'due-date', $4, 1000000000, 1000000000, '2026-01-01', 3, 'accepted', '{}', '2026-11-01', '2026-11-01'
         from unnest($5::uuid[], $6::bytea[]) with ordinality as m(id, sealed, n)`,
      [BILLER.id, from, CHANNEL.id, BILLER.currency, ids, sealed],
    );
    await tx.query(
      `insert into mandate_cover (biller_id, mandate_biller_id, mandate_id, payer_id, state)
       select $1, $1, mandate_id, payer_id, 'accepted' from mandate where biller_id = $1 and mandate_id = any($2::uuid[])`,
      [BILLER.id, ids],
    );
    await tx.query(
      `insert into bill (biller_id, bill_number, payer_id, payer_name, description, amount_minor, due_on, content_hash, received_at)
       select $1, 'D-' || d || '-' || n, 'P-' || d, 'Al Noor', 'Contributions', $2, $3, sha256((d || '-' || n)::bytea), now()
         from generate_series($4::int + 1, $4::int + $5::int) d, generate_series(1, $6::int) n`,
      [BILLER.id, BILL_MINOR, COLLECT_ON, from, count, BILLS_EACH],
    );
  });
}

/** The bank says of each file that all of it is collected; the worker finds its answers an hour old. */
export async function answerAll(database: Database, dataDir: string): Promise<number> {
  const orders = await ask(database.url, `select message_id from order_file where kind = 'debit'`);
  const folder = path.join(dataDir, 'answers', 'main');
  await mkdir(folder, { recursive: true });
  const then = Date.now() / 1000 - 3_600;
  for (const [nth, { message_id: id }] of orders.entries()) {
    const file = path.join(folder, `answer-${nth}.xml`);
    await writeFile(
      file,
      `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt><GrpHdr><MsgId>B${nth}</MsgId></GrpHdr>` +
        `<OrgnlGrpInfAndSts><OrgnlMsgId>${String(id)}</OrgnlMsgId><GrpSts>ACSC</GrpSts></OrgnlGrpInfAndSts></CstmrPmtStsRpt></Document>`,
    );
    await utimes(file, then, then);
  }
  return orders.length;
}
