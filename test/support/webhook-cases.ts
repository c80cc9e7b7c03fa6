// Requests that a receiver of confirmations must tell apart, signed by the product's own code: for the samples of the
// documentation, in whatever language.
import {
  newWebhookSecret,
  readWebhookSecret,
  signWebhook,
  type WebhookHeaders,
} from '../../src/kernel/standard-webhooks.ts';

export interface WebhookCase {
  readonly name: string;
  readonly isGenuine: boolean;
  readonly secret: string;
  readonly headers: WebhookHeaders;
  readonly body: string;
}

/** Signed now; the samples read the clock of the machine. */
export function webhookCases(): WebhookCase[] {
  const [secret, before, stranger] = [newWebhookSecret(), newWebhookSecret(), newWebhookSecret()];
  const now = Math.floor(Date.now() / 1000);
  const body = '{"type":"payment.accepted","data":{"eventId":"evt_1","payerName":"شركة النور – é"}}';
  const signed = (timestampSeconds: number, ...secrets: string[]): WebhookHeaders =>
    signWebhook({ secrets: secrets.map(bytesOf), id: 'evt_1', timestampSeconds, body });
  const good = signed(now, secret);
  const of = (name: string, isGenuine: boolean, headers: WebhookHeaders, sent = body): WebhookCase => ({
    name,
    isGenuine,
    secret,
    headers,
    body: sent,
  });
  return [
    of('signed with the secret', true, good),
    of('signed with a new secret and with this one', true, signed(now, before, secret)),
    of('four minutes old', true, signed(now - 240, secret)),
    of('a tampered body', false, good, body.replace('accepted', 'reversed')),
    of('a body written anew', false, good, ` ${body}`),
    of('another id', false, { ...good, 'webhook-id': 'evt_2' }),
    of('another timestamp', false, { ...good, 'webhook-timestamp': String(now + 1) }),
    of("a stranger's secret", false, signed(now, stranger)),
    of('ten minutes old', false, signed(now - 600, secret)),
    of('ten minutes ahead', false, signed(now + 600, secret)),
    of('a timestamp that is no number', false, { ...good, 'webhook-timestamp': `${now}x` }),
    of('another version of signature', false, {
      ...good,
      'webhook-signature': good['webhook-signature'].replace('v1,', 'v2,'),
    }),
    of('an empty signature', false, { ...good, 'webhook-signature': '' }),
    of('half a signature', false, { ...good, 'webhook-signature': good['webhook-signature'].slice(0, 20) }),
  ];
}

function bytesOf(secret: string): Buffer {
  const bytes = readWebhookSecret(secret);
  if (bytes === undefined) throw new Error('no secret of a webhook');
  return bytes;
}
