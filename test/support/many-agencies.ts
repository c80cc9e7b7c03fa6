// Agencies beside those of the small world, each with its endpoint and its bills: for what must not pass from one to
// another.
import { setWebhook } from '../../src/confirmations/index.ts';
import { addBiller } from '../../src/billers/index.ts';
import { setAgreement } from '../../src/channels/index.ts';
import type { Test } from 'tap';
import { Agency } from './agency.ts';
import { SECRET } from './confirming.ts';
import { ACTOR, done, MASTER_KEY, type World } from './world.ts';

export interface AgencyOf {
  readonly billerId: number;
  readonly code: string;
  readonly agency: Agency;
  readonly bills: readonly string[];
}

const RIAL = { currency: 'OMR', policy: 'at-least', timeZone: 'Asia/Muscat', cutOff: '16:00' } as const;

/** Each of so many bills of 10.000 rials, paid at `bank`. */
export async function addAgencies(
  t: Pick<Test, 'teardown'>,
  { db }: Pick<World, 'db'>,
  count: number,
  billsEach: number,
): Promise<AgencyOf[]> {
  const all: AgencyOf[] = [];
  for (let i = 0; i < count; i++) {
    const code = `agency-${i}`;
    done(await addBiller(db, code, { name: { en: code }, ...RIAL }, ACTOR));
    const parties = { billerCode: code, channelCode: 'bank' };
    done(await setAgreement(db, parties, { route: 'via-operator' }, ACTOR, new Date('2026-01-01')));
    const [row] = await db.transaction((tx) =>
      tx.query<{ biller_id: number }>('select biller_id from biller where code = $1', [code]),
    );
    const billerId = row?.biller_id ?? 0;
    const bills = Array.from({ length: billsEach }, (_, j) => `A${i}-${j}`);
    await db.transaction((tx) =>
      tx.query(
        `insert into bill (biller_id, bill_number, payer_id, payer_name, description, amount_minor, due_on, content_hash, received_at)
         select $1, number, 'E-1', 'Salim', 'Contribution', 10000, '2026-12-31', '\\x00', business_now()
           from unnest($2::text[]) as number`,
        [billerId, bills],
      ),
    );
    const agency = await Agency.start(t);
    agency.knows(SECRET);
    const tools = { database: db, masterKey: MASTER_KEY, allowedNetworks: ['127.0.0.0/8'] };
    const set = await setWebhook(tools, billerId, { url: agency.url, secret: SECRET }, ACTOR);
    if ('code' in set) throw new Error(set.code);
    all.push({ billerId, code, agency, bills });
  }
  return all;
}
