// What an installation was seeded with, to be compared with another.
import type { Database } from '../../src/platform/db/index.ts';

/** All that the seeding wrote, without what differs from run to run. */
export async function contents(db: Database): Promise<string[]> {
  const rows = await db.transaction((tx) =>
    tx.query<{ line: string }>(
      `select to_jsonb(b)::jsonb - 'received_at' || jsonb_build_object('content_hash', encode(content_hash, 'hex')) || '{}' as line from bill b
       union all select to_jsonb(b) from biller b union all select to_jsonb(c) from channel c
       union all select to_jsonb(a) from agreement a union all select to_jsonb(u) from unit u
       union all select to_jsonb(s) from service s union all select to_jsonb(p) from channel_position p
       union all select to_jsonb(l) from budget_line l union all select to_jsonb(h) from holiday h
       union all select to_jsonb(h) from bank_holiday h union all select to_jsonb(b) from bank b
       union all select to_jsonb(a) - 'sealed_number' from bank_account a union all select to_jsonb(a) from channel_account a
       union all select to_jsonb(a) - 'sealed_number' - 'recorded_at' from remittance_account a`,
    ),
  );
  return rows.map((row) => JSON.stringify(row.line)).sort();
}
