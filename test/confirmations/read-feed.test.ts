// Reading the feed over HTTP: pages and cursors, long polling, server-sent events, and who may read what.
import t, { type Test } from 'tap';
import { pay } from '../support/confirmed.ts';
import { numberEvents } from '../support/feed.ts';
import { startTestWorld, type TestWorld } from '../support/gateway.ts';
import { until } from '../support/until.ts';
import { addManyBills } from '../support/world.ts';

interface Page {
  readonly items: readonly { cursor: string; type: string; timestamp: string; data: { eventId: string } }[];
  readonly next: string | null;
}

async function start(t: Test, paid: number) {
  const world = await startTestWorld(t);
  const numbers = await addManyBills(world.db, 'om', 'F', paid + 10, '10.000');
  const payNext = async (): Promise<string> => {
    const paymentId = await pay(world.client('bank'), numbers.shift() ?? '');
    await numberEvents(world.db);
    return paymentId;
  };
  for (let i = 0; i < paid; i++) await payNext();
  const read = async (query = '', client = 'om-social'): Promise<Page> => {
    const { body, text } = await world.client(client).send<Page>('GET', `/v1/events${query}`);
    if (body === undefined) throw new Error(text);
    return body;
  };
  return { world, payNext, read };
}

/** Somebody waits for the feed to grow. */
async function someoneWaits({ db }: TestWorld): Promise<void> {
  await until('the feed is watched', async () => {
    const rows = await db.transaction((tx) =>
      tx.query(
        `select from pg_stat_activity where datname = current_database() and application_name = 'wasit-feeds'
            and query_start > clock_timestamp() - interval '150 ms'`,
      ),
    );
    return rows.length > 0;
  });
}

await t.test('pages, cursors, and the end', async (t) => {
  const { world, payNext, read } = await start(t, 5);
  const all = await read();
  t.equal(all.next, 'f5', 'from where to go on');
  t.same(
    all.items.map(({ cursor }) => cursor),
    ['f1', 'f2', 'f3', 'f4', 'f5'],
  );
  t.match(all.items[0], {
    type: 'payment.accepted',
    timestamp: /Z$/,
    data: { revision: 1, status: 'accepted' },
  });
  const first = await read('?limit=2');
  t.same(first, { items: all.items.slice(0, 2), next: 'f2' });
  t.same(await read('?limit=3&after=f2'), { items: all.items.slice(2), next: 'f5' }, 'the very end of it');
  t.same(await read('?after=f5'), { items: [], next: null });
  t.same(await read('?after=f999999'), { items: [], next: null }, 'a cursor from the future');
  const paymentId = await payNext();
  t.match(await read('?after=f5'), { items: [{ cursor: 'f6', data: { paymentId } }], next: 'f6' });
  t.same((await read()).items.slice(0, 5), all.items, 'the same for ever');

  for (const bad of [
    'after=5',
    'after=f',
    'after=f-1',
    'after=F5',
    `after=f${'9'.repeat(19)}`,
    'after=',
    'limit=0',
    'limit=1001',
    'limit=x',
    'wait=31',
    'wait=-1',
    'wait=1.5',
    'from=f1',
  ])
    t.equal(
      (await world.client('om-social').send('GET', `/v1/events?${bad}`)).code,
      'malformed-request',
      bad,
    );
  t.same(await read('?limit=1', 'dz-social'), { items: [], next: null }, 'another agency sees nothing of it');
  t.same(await read('?after=f1', 'dz-social'), { items: [], next: null });
  t.equal((await world.client('bank').send('GET', '/v1/events')).code, 'forbidden');
  const nobody = await fetch(`${world.baseUrl}/v1/events`);
  t.equal(nobody.status, 401);
});

await t.test('long polling', async (t) => {
  const { world, payNext, read } = await start(t, 1);
  t.equal((await read('?wait=30')).items.length, 1, 'what is there is told at once');
  t.same(await read('?after=f1&wait=1'), { items: [], next: null }, 'nothing came in a second');
  const others = read('?wait=1', 'dz-social');
  const waiting = read('?after=f1&wait=30');
  await someoneWaits(world);
  const paymentId = await payNext();
  t.match(await waiting, { items: [{ cursor: 'f2', data: { paymentId } }], next: 'f2' });
  t.same(await others, { items: [], next: null });
  const gone = new AbortController();
  const left = fetch(`${world.baseUrl}/v1/events?after=f2&wait=30`, {
    headers: { authorization: `Bearer ${world.keys.get('om-social') ?? ''}` },
    signal: gone.signal,
  });
  await someoneWaits(world);
  gone.abort();
  await t.rejects(left);
  t.same(world.faults, []);
});

interface Follower {
  readonly response: Response;
  /** So much of it, at least, as text. */
  until(pattern: RegExp): Promise<string>;
  /** All that came until the stream ended. */
  rest(): Promise<string>;
  close(): void;
}

async function follow(
  world: TestWorld,
  query: string,
  headers: Record<string, string> = {},
): Promise<Follower> {
  const close = new AbortController();
  const response = await fetch(`${world.baseUrl}/v1/events${query}`, {
    headers: {
      authorization: `Bearer ${world.keys.get('om-social') ?? ''}`,
      accept: 'text/event-stream',
      ...headers,
    },
    signal: close.signal,
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const more = async (): Promise<boolean> => {
    const chunk = await reader?.read();
    text += chunk?.value ?? '';
    return chunk?.done === false;
  };
  return {
    response,
    async until(pattern) {
      while (!pattern.test(text)) if (!(await more())) throw new Error(`it ended: ${text}`);
      return text;
    },
    async rest() {
      while (await more());
      return text;
    },
    close: () => close.abort(),
  };
}

await t.test('server-sent events', async (t) => {
  const { world, payNext } = await start(t, 3);
  const live = await follow(world, '');
  t.equal(live.response.headers.get('content-type'), 'text/event-stream; charset=utf-8');
  t.equal(live.response.headers.get('cache-control'), 'no-store');
  await live.until(/id: f3\n/);
  const paymentId = await payNext();
  const text = await live.until(/id: f4\nevent: payment\.accepted\ndata: .*\n\n/);
  t.same(
    [...text.matchAll(/^id: (f\d+)$/gm)].map(([, id]) => id),
    ['f1', 'f2', 'f3', 'f4'],
  );
  const data = /id: f4\nevent: .*\ndata: (.*)\n/.exec(text)?.[1] ?? '';
  t.match(JSON.parse(data), { cursor: 'f4', type: 'payment.accepted', data: { paymentId } });
  live.close();

  const again = await follow(world, '?after=f1', { 'last-event-id': 'f3' });
  t.match(
    await again.until(/id: f4\n[^]*\n\n/),
    /^retry: 2000\n\nid: f4\n/,
    'goes on behind the last it saw',
  );
  again.close();
  const odd = await follow(world, '?after=f3', { 'last-event-id': 'nonsense' });
  t.match(
    await odd.until(/id: f4\n/),
    /^retry: 2000\n\nid: f4\n/,
    'an id that is none of ours does not count',
  );
  odd.close();
  t.same(world.faults, []);
});

await t.test('a gateway that stops answers who waits', async (t) => {
  const { world, read } = await start(t, 1);
  const live = await follow(world, '?after=f1');
  await live.until(/retry/);
  const waiting = read('?after=f1&wait=30');
  await someoneWaits(world);
  await world.stop();
  t.same(await waiting, { items: [], next: null });
  t.equal(await live.rest(), 'retry: 2000\n\n');
});
