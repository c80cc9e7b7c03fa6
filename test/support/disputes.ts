// Disputes of a small world: opened, worked on, decided.
import type { DisputeAnswer } from '../../src/reconciliation/disputes/schema.ts';
import { accept } from './approvals.ts';
import type { BreakWorld } from './breaks.ts';
import { bill, type Answer, type Client } from './client.ts';

let nth = 0;

export async function paid(world: BreakWorld, number: string, channel = 'bank'): Promise<string> {
  const outlet = { kind: 'agent', id: 'A-1' } as const;
  const { body, text } = await world.client(channel).pay({ bills: [bill(number, '100.000')], outlet });
  if (body === undefined) throw new Error(text);
  return body.paymentId;
}

export function open(client: Client, paymentId: string, more: object = {}): Promise<Answer<DisputeAnswer>> {
  const body = {
    reference: `D-${(nth += 1)}`,
    paymentId,
    reason: 'paid-twice',
    comment: 'paid twice',
    ...more,
  };
  return client.send<DisputeAnswer>('POST', '/v1/disputes', body);
}

export function post(client: Client, id: string | undefined, what: string, body: object = {}) {
  return client.send<DisputeAnswer>('POST', `/v1/disputes/${id}/${what}`, body);
}

export function decide(
  client: Client,
  id: string | undefined,
  outcome: string,
  reference = `X-${(nth += 1)}`,
) {
  return post(client, id, 'decisions', { reference, outcome, words: 'the slip shows it' });
}

export async function decided({ one, two }: BreakWorld, id: string | undefined, outcome: string) {
  const { body, text } = await decide(one, id, outcome);
  if (body?.approvalId === undefined || body.approvalId === null) throw new Error(text);
  return accept(two, body.approvalId);
}
