// Breaks of a small world, the people of its desk, and what the books say afterwards.
import type { Test } from 'tap';
import { parseId } from '../../src/kernel/ids.ts';
import { openBreaks, type FoundBreak } from '../../src/reconciliation/breaks/index.ts';
import type { BreakAnswer } from '../../src/reconciliation/breaks/schema.ts';
import type { Database } from '../../src/platform/db/index.ts';
import { accept } from './approvals.ts';
import type { Answer, Client } from './client.ts';
import { startTestWorld, type TestWorld } from './gateway.ts';
import { colleague } from './staff.ts';
import { addBills } from './world.ts';

/** One asks, the other approves. */
export interface Desk {
  readonly db: Database;
  readonly one: Client;
  readonly two: Client;
}

export interface BreakWorld extends TestWorld, Desk {
  readonly three: Client;
}

export async function makeBreakWorld(t: Pick<Test, 'name' | 'teardown' | 'passing'>): Promise<BreakWorld> {
  const world = await startTestWorld(t);
  const { db, baseUrl } = world;
  const numbers = Array.from({ length: 30 }, (_, i) => `OM-${i + 1}`);
  await addBills(
    db,
    'om',
    numbers.map((number) => ({ number, amount: '100.000' })),
  );
  return {
    ...world,
    one: await colleague(db, baseUrl, 'one', 'support'),
    two: await colleague(db, baseUrl, 'two', 'operator-admin'),
    three: await colleague(db, baseUrl, 'three', 'operator-admin'),
  };
}

let found = 0;

/** Opens one as a finder would, of channel `bank` and biller om-social unless it says otherwise; its id as shown. */
export async function findOne(
  { db, two }: Desk,
  of: Partial<FoundBreak> & Pick<FoundBreak, 'kind'> & { channel?: string },
): Promise<string> {
  const { channel = 'bank', ...more } = of;
  const key = more.key ?? `test:${(found += 1)}`;
  await db.transaction(async (tx) => {
    const [row] = await tx.query<{ channel_id: number; now: Date }>(
      'select channel_id, business_now() as now from channel where code = $1',
      [channel],
    );
    if (row === undefined) throw new Error(`no channel ${channel}`);
    const whole: FoundBreak = {
      billerId: 1,
      channelId: row.channel_id,
      businessDate: '2026-11-22',
      reference: null,
      paymentId: null,
      statementId: null,
      line: null,
      currency: 'OMR',
      amountMinor: 100_000n,
      ours: null,
      theirs: null,
      ...more,
      key,
    };
    await openBreaks(tx, [whole], row.now);
  });
  const { body, text } = await two.send<{ items: BreakAnswer[] }>('GET', '/v1/breaks?limit=1000&state=all');
  const id = body?.items.at(-1)?.breakId;
  if (id === undefined) throw new Error(text);
  return id;
}

/** Throws when it shows what only tables know. */
export async function look(client: Client, id: string): Promise<Answer<BreakAnswer>> {
  const answer = await client.send<BreakAnswer>('GET', `/v1/breaks/${id}`);
  const [raw] =
    /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|"\w*Minor"|"(biller|channel|account)Id"/.exec(answer.text) ??
    [];
  if (raw !== undefined) throw new Error(`break ${id} shows ${raw}: ${answer.text}`);
  return answer;
}

let asked = 0;

export function resolve(
  client: Client,
  id: string,
  resolution: string,
  content: object = {},
  reference = `R-${(asked += 1)}`,
): Promise<Answer<BreakAnswer>> {
  return client.send<BreakAnswer>('POST', `/v1/breaks/${id}/resolutions`, { reference, resolution, content });
}

/** Asked by one, accepted by two; what the acceptance answered. */
export async function resolved(
  { one, two }: Desk,
  id: string,
  resolution: string,
  content: object = {},
): Promise<Awaited<ReturnType<typeof accept>>> {
  const { body, text } = await resolve(one, id, resolution, content);
  const approvalId = body?.approvalId;
  if (approvalId === undefined || approvalId === null) throw new Error(text);
  return accept(two, approvalId);
}

/** What an account holds over all books, or in one, debit positive. */
export async function balance(
  { db }: Pick<BreakWorld, 'db'>,
  code: string,
  { channel, book }: { channel?: string; book?: number } = {},
): Promise<bigint> {
  const [row] = await db.transaction((tx) =>
    tx.query<{ total: bigint }>(
      `select coalesce(sum(b.amount_minor), 0)::bigint as total from account a
         join balance b using (biller_id, account_no) left join channel c on c.channel_id = a.channel_id
        where a.code = $1 and a.currency = 'OMR' and ($2::text is null or c.code = $2) and ($3::int is null or biller_id = $3)`,
      [code, channel ?? null, book ?? null],
    ),
  );
  return row?.total ?? 0n;
}

/** The key of a payment as the tables have it. */
export function uuidOf(shown: string | undefined): string {
  const id = parseId('pay', shown ?? '');
  if (id === undefined) throw new Error(`${shown} is no payment`);
  return id;
}
