// The demo agency inside the test's own process, with a database of its own and secrets made for the test.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import type { Test } from 'tap';
import { Books } from '../../scripts/demo-agency/books.ts';
import type { PaymentRecord } from '../../scripts/demo-agency/records.ts';
import { agencyServer, type AgencyParts } from '../../scripts/demo-agency/server.ts';
import type { AgencyFile } from '../../src/demo/index.ts';
import { newWebhookSecret, readWebhookSecret, signWebhook } from '../../src/kernel/standard-webhooks.ts';
import { testDatabaseUrl } from './services.ts';

export interface TestAgency {
  readonly url: string;
  readonly secret: string;
  readonly linkSecret: string;
  readonly said: string[];
  start(port?: number): Promise<void>;
  stop(): Promise<void>;
  /** Posts as Wasit does; `by` says who signs. */
  tell(where: string, body: object | string, by?: { secret?: string; id?: string }): Promise<Response>;
  payment(paymentId: string): Promise<PaymentRecord | undefined>;
  count(table: string): Promise<number>;
}

/** With a database of its own, which is made at the first event. */
export async function openAgency(
  t: Pick<Test, 'teardown'>,
  given: Partial<AgencyParts> = {},
): Promise<TestAgency> {
  const database = `test_agency_${randomUUID().replaceAll('-', '')}`;
  const databaseUrl = new URL(database, testDatabaseUrl()).href;
  const [secret, linkSecret] = [newWebhookSecret(), newWebhookSecret()];
  const said: string[] = [];
  const books = new Books(databaseUrl);
  const settings: AgencyFile = {
    url: '',
    databaseUrl,
    webhooks: { 'om-social': secret },
    link: { billerCode: 'eg-local', secret: linkSecret },
  };
  const parts: AgencyParts = {
    books,
    dataDir: '/nowhere',
    settings: async () => settings,
    presented: async () => undefined,
    billFile: '/nowhere/bills.ndjson',
    say: (line) => said.push(line),
    ...given,
  };
  let server = agencyServer(parts);
  let port = 0;
  const stop = async (): Promise<void> => {
    if (!server.listening) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  const start = async (): Promise<void> => {
    server = agencyServer(parts);
    await once(server.listen(port, '127.0.0.1'), 'listening');
    port = (server.address() as AddressInfo).port;
  };
  await start();
  t.teardown(async () => {
    await stop();
    await books.close();
    await asAdmin(`drop database if exists ${database} with (force)`);
  });
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    secret,
    linkSecret,
    said,
    start,
    stop,
    tell: async (where, document, by = {}) => {
      const body = typeof document === 'string' ? document : JSON.stringify(document);
      const secrets = [readWebhookSecret(by.secret ?? secret) ?? Buffer.alloc(0)];
      const timestampSeconds = Math.floor(Date.now() / 1000);
      const headers = { ...signWebhook({ secrets, id: by.id ?? 'evt_x', timestampSeconds, body }) };
      return fetch(url + where, { method: 'POST', headers, body });
    },
    payment: async (paymentId) => {
      const response = await fetch(`${url}/payments/${paymentId}`);
      return response.status === 200 ? ((await response.json()) as PaymentRecord) : undefined;
    },
    count: (table) =>
      books.inTransaction(async (client) => {
        const { rows } = await client.query<{ count: number }>(`select count(*)::int as count from ${table}`);
        return rows[0]?.count ?? 0;
      }),
  };
}

async function asAdmin(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: testDatabaseUrl() });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}
