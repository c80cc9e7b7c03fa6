// Sends a test to an agency's endpoint at once, signed like everything else, and says what came back.

import { randomUUID } from 'node:crypto';
import { refuse, type Refusal } from '../kernel/errors.ts';
import type { Database } from '../platform/db/index.ts';
import type { Caller } from '../platform/outgoing/index.ts';
import { post } from './delivery/index.ts';
import { endpointOf } from './endpoint-of.ts';

/** Refuses `webhook-not-found`. Its type is `webhook.test`; it is no event and not in the feed. */
export async function tryWebhook(
  { database, masterKey, caller }: { database: Database; masterKey: Buffer; caller: Caller },
  billerId: number,
): Promise<{ acknowledged: boolean; failure?: string } | Refusal> {
  const endpoint = await endpointOf(database, masterKey, billerId);
  if (endpoint === undefined) return refuse('webhook-not-found');
  const data = { message: 'If you can read this and the signature holds, events will reach you.' };
  const body = JSON.stringify({
    type: 'webhook.test',
    timestamp: new Date().toISOString(),
    data: endpoint.batch ? [data] : data,
  });
  const sent = await post(caller, endpoint.url, endpoint.secrets, { id: `test_${randomUUID()}`, body });
  return sent.isTaken ? { acknowledged: true } : { acknowledged: false, failure: sent.failure };
}
