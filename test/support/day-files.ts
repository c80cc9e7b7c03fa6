// A channel's day file as the channel sends it, and what became of it.
import { showDay, matchDay } from '../../src/reconciliation/channel-days/index.ts';
import type { BreakList, DayAnswer } from '../../src/reconciliation/channel-days/schema.ts';
import type { TestWorld } from './gateway.ts';
import { FIRST_DAY } from './settling.ts';

export const HEADER = 'reference,amount,currency,status';

export interface Sent {
  readonly status: number;
  readonly body: { version?: number; code?: string; errors?: { detail: string }[] };
}

export interface Sending {
  readonly channel?: string;
  readonly date?: string;
  /** Of the file, where it is not HEADER. */
  readonly header?: string;
  readonly headers?: Record<string, string>;
}

export async function send(
  world: TestWorld,
  bytes: string | Buffer,
  { channel = 'bank', date = FIRST_DAY, headers = {} }: Sending = {},
): Promise<Sent> {
  const response = await fetch(`${world.baseUrl}/v1/reconciliations/${date}`, {
    method: 'PUT',
    headers: {
      authorization: `Bearer ${world.keys.get(channel)}`,
      'content-type': 'text/csv',
      ...headers,
    },
    body: new Uint8Array(Buffer.from(bytes)),
  });
  return { status: response.status, body: (await response.json()) as Sent['body'] };
}

/** Sends lines under their header and has them matched, as the worker does. */
export async function reconcile(
  world: TestWorld,
  lines: readonly string[],
  sending: Sending = {},
): Promise<DayAnswer> {
  const { status, body } = await send(world, `${[sending.header ?? HEADER, ...lines].join('\n')}\n`, sending);
  if (status >= 300) throw new Error(JSON.stringify(body));
  return matched(world, sending);
}

/** The day once all that waits of it has been matched. */
export async function matched(
  world: TestWorld,
  { channel = 'bank', date = FIRST_DAY }: Sending = {},
): Promise<DayAnswer> {
  const day = { ...(await dayOf(world, channel)), businessDate: date };
  await matchDay(world.db, day);
  const answer = await showDay(world.db, day);
  if ('code' in answer) throw new Error(answer.code);
  return answer;
}

export async function dayOf(
  { db }: Pick<TestWorld, 'db'>,
  channel: string,
): Promise<{ channelId: number; channelCode: string; businessDate: string }> {
  const [row] = await db.transaction((tx) =>
    tx.query<{ channel_id: number }>('select channel_id from channel where code = $1', [channel]),
  );
  if (row === undefined) throw new Error(`no channel ${channel}`);
  return { channelId: row.channel_id, channelCode: channel, businessDate: FIRST_DAY };
}

export async function breaksOf(
  world: TestWorld,
  query = '',
  { channel = 'bank', date = FIRST_DAY }: Sending = {},
): Promise<BreakList['items']> {
  const { body, text } = await world
    .client(channel)
    .send<BreakList>('GET', `/v1/reconciliations/${date}/breaks?limit=1000${query}`);
  if (body === undefined) throw new Error(text);
  return body.items;
}

/** `kind reference` of each open break, in the order of the references. */
export async function told(world: TestWorld, sending: Sending = {}): Promise<string[]> {
  const breaks = await breaksOf(world, '&state=open', sending);
  return breaks.map(({ kind, reference }) => `${kind} ${reference}`).sort();
}
