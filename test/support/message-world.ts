// A world whose bills have contacts, a gateway to pay them at, and messages as a worker sends them, started by hand.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Test } from 'tap';
import {
  openMessages,
  openProviders,
  type Messages,
  type ProviderOptions,
} from '../../src/confirmations/messages/index.ts';
import type { Medium, Outgoing, Provider, SendResult } from '../../src/confirmations/messages/index.ts';
import { openCaller } from '../../src/platform/outgoing/index.ts';
import { bill } from './client.ts';
import { numberEvents } from './feed.ts';
import { startTestWorld, type TestWorld } from './gateway.ts';
import { until } from './until.ts';
import { addManyBills, MASTER_KEY } from './world.ts';

export interface MessageRow {
  readonly medium: Medium;
  readonly shown_address: string;
  readonly address: string | null;
  readonly kind: string;
  readonly state: string;
  readonly attempts: number;
  readonly failure: string | null;
}

export interface MessageWorld extends TestWorld {
  /** Pays one more bill of 10.000 OMR whose contact, or payer, is this; returns the payment's id. */
  pay(who: { contact?: object; payer?: object }): Promise<string>;
  /** A worker's messages, stopped at the end of the test. Left out: into the outbox folder. */
  open(providers?: Partial<ProviderOptions>): Promise<Messages>;
  /** The same with a provider for both media that this function is. */
  openWith(send: (message: Outgoing) => Promise<SendResult>, atOnce?: number): Messages;
  /** Numbers what was paid, plans and sends it; resolves when `count` more messages have the state. */
  deliver(messages: Messages, state?: string, count?: number): Promise<void>;
  rows(): Promise<MessageRow[]>;
  /** What waits is due now. */
  makeDue(): Promise<void>;
  readonly outboxDir: string;
  outbox(): Promise<{ name: string; content: string }[]>;
}

/** A promise that somebody else fulfils, once. */
export function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => (resolve = settle));
  return { promise, resolve };
}

const QUIET = { info: () => undefined, warn: () => undefined };

export async function startMessageWorld(t: Test): Promise<MessageWorld> {
  const world = await startTestWorld(t);
  const { db } = world;
  const numbers = await addManyBills(db, 'om', 'M-', 400, '10.000');
  const outboxDir = await mkdtemp(path.join(os.tmpdir(), 'wasit-outbox-'));
  t.teardown(() => rm(outboxDir, { recursive: true }));
  const caller = openCaller({ allowedNetworks: ['127.0.0.0/8'] });
  t.teardown(() => caller.close());
  const started = (messages: Messages): Messages => {
    t.teardown(() => messages.stop());
    return messages;
  };
  const rows = (): Promise<MessageRow[]> =>
    db.transaction((tx) =>
      tx.query('select * from message order by event_id, medium, shown_address, address_hash'),
    );
  return {
    ...world,
    outboxDir,
    rows,
    async pay({ contact, payer }) {
      const number = numbers.pop() ?? '';
      await db.transaction((tx) =>
        tx.query('update bill set contact = $2 where bill_number = $1', [number, contact ?? null]),
      );
      const order = { bills: [bill(number, '10.000')], ...(payer !== undefined && { payer }) };
      const { body, text } = await world.client('bank').pay(order);
      if (body === undefined) throw new Error(text);
      return body.paymentId;
    },
    async open(options = {}) {
      const providers = await openProviders({ outboxDir, caller, ...options });
      t.teardown(() => providers.close());
      return started(openMessages({ database: db, masterKey: MASTER_KEY, log: QUIET, providers }));
    },
    openWith(send, atOnce = 8) {
      const provider: Provider = { name: 'test', atOnce, send, close: async () => undefined };
      const providers = { sms: provider, email: provider };
      return started(openMessages({ database: db, masterKey: MASTER_KEY, log: QUIET, providers }));
    },
    async deliver(messages, state = 'sent', count = 1) {
      const before = (await rows()).filter((row) => row.state === state).length;
      messages.wake(await numberEvents(db));
      await until(`${count} more messages are ${state}`, async () => {
        return (await rows()).filter((row) => row.state === state).length >= before + count;
      });
    },
    makeDue: () =>
      db.transaction(async (tx) => {
        await tx.query(`update message set next_try_at = clock_timestamp() where state = 'waiting'`);
      }),
    async outbox() {
      const names = (await readdir(outboxDir)).sort();
      return Promise.all(
        names.map(async (name) => ({ name, content: await readFile(path.join(outboxDir, name), 'utf8') })),
      );
    },
  };
}
