// SQL that says what the numbers in the sides of breaks stand for.

import type { Json } from '../../kernel/errors.ts';
import { billerOf } from '../../kernel/ids.ts';
import { textArray, type Tx } from '../../platform/db/index.ts';
import { UUID, valuesOf, type SideNames } from './show-side.ts';

/** Of all that `sides` name. */
export async function namesIn(tx: Tx, sides: readonly Json[]): Promise<SideNames> {
  const numbers = (field: string): number[] => [
    ...new Set(valuesOf(sides, field).filter((value) => typeof value === 'number')),
  ];
  const rows = await tx.query<{ kind: string; id: number; code: string }>(
    `select 'biller' as kind, biller_id as id, code from biller where biller_id = any($1::int[])
     union all select 'channel', channel_id, code from channel where channel_id = any($2::int[])
     union all select 'account', account_id, code from bank_account where account_id = any($3::int[])`,
    [numbers('billerId'), numbers('channelId'), numbers('accountId')],
  );
  const codes = (kind: string): Map<number, string> =>
    new Map(rows.filter((row) => row.kind === kind).map(({ id, code }) => [id, code]));
  return {
    billers: codes('biller'),
    channels: codes('channel'),
    accounts: codes('account'),
    currencies: await currenciesOf(tx, sides),
  };
}

async function currenciesOf(tx: Tx, sides: readonly Json[]): Promise<Map<string, string>> {
  const words = valuesOf(sides, 'remittanceId', 'order').filter((value) => typeof value === 'string');
  if (words.length === 0) return new Map();
  const remittances = words.filter((word) => UUID.test(word));
  const rows = await tx.query<{ name: string; currency: string }>(
    `select remittance_id::text as name, currency from remittance
      where (biller_id, remittance_id) in (select * from unnest($1::int[], $2::uuid[]))
     union all select message_id, currency from order_file where message_id = any($3::text[])`,
    [remittances.map(billerOf), remittances, textArray(words)],
  );
  return new Map(rows.map(({ name, currency }) => [name, currency]));
}
