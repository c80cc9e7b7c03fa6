// Sets where an agency's events go. The whole of it is said each time, as PUT does; only the secret may be left out,
// and then stays. A new secret signs at once, and each one before it signs too for a day.

import { recordAudit, type Actor } from '../access/index.ts';
import { refuse, type Refusal } from '../kernel/errors.ts';
import { openSecret, sealSecret } from '../kernel/seal.ts';
import { newWebhookSecret, readWebhookSecret } from '../kernel/standard-webhooks.ts';
import type { Database } from '../platform/db/index.ts';
import { urlFault } from '../platform/outgoing/index.ts';
import { sealedFor } from './endpoint-of.ts';
import type { WebhookBody } from './schema.ts';
import { startDelivery } from './store-told.ts';
import {
  lockWebhook,
  writeWebhook,
  type OldSecret,
  type StandingWebhook,
  type WebhookRow,
} from './store-webhook.ts';

export interface WebhookTools {
  readonly database: Database;
  readonly masterKey: Buffer;
  /** Private networks that webhooks may be in. */
  readonly allowedNetworks: readonly string[];
}

const OVERLAP_MS = 24 * 3_600_000;

/** Secrets that sign beside the one that stands; one more, and the oldest signs no longer. */
const MOST_OLD_SECRETS = 5;

/**
 * `secret`: the one that signs, when the request names none: made here, or standing. Refuses `malformed-request` for a URL or
 * secret that cannot serve.
 */
export async function setWebhook(
  tools: WebhookTools,
  billerId: number,
  body: WebhookBody,
  actor: Actor,
): Promise<{ secret: string | undefined } | Refusal> {
  const fault = urlFault(body.url, tools);
  if (fault !== undefined) return malformed('/url', `the URL ${fault}`);
  const given = body.secret === undefined ? undefined : readWebhookSecret(body.secret);
  if (body.secret !== undefined && given === undefined)
    return malformed('/secret', 'must be whsec_ and the padded base64 of 24 to 64 bytes');
  return tools.database.nodeOf(billerId).transaction(async (tx) => {
    const { standing, now } = await lockWebhook(tx, billerId);
    const secret = given ?? (standing === undefined ? readWebhookSecret(newWebhookSecret()) : undefined);
    const { sealed, old } = secretsAfter(tools.masterKey, billerId, standing, secret, now);
    const after: WebhookRow = {
      biller_id: billerId,
      url: body.url,
      sealed_secret: sealed,
      events: body.events ?? null,
      batch: body.batch ?? false,
    };
    await writeWebhook(tx, after, old);
    await startDelivery(tx, billerId, 0);
    await recordAudit(tx, actor, {
      action: 'webhook.set',
      subject: `biller/${billerId}`,
      ...(standing !== undefined && { before: tellable(standing) }),
      after: { ...tellable(after), secretChanged: secret !== undefined },
    });
    return { secret: body.secret === undefined ? shown(tools.masterKey, after) : undefined };
  });
}

/** The secret that signs from now on, and those before it that sign too: each for its own day, the latest of them. */
function secretsAfter(
  masterKey: Buffer,
  billerId: number,
  standing: StandingWebhook | undefined,
  secret: Buffer | undefined,
  now: Date,
): { sealed: Buffer; old: OldSecret[] } {
  const bound = sealedFor(billerId);
  const isSecret = ({ sealed_secret }: { sealed_secret: Buffer }): boolean =>
    secret === undefined || openSecret(masterKey, bound, sealed_secret).equals(secret);
  if (standing !== undefined && isSecret(standing))
    return { sealed: standing.sealed_secret, old: standing.old_secrets };
  if (secret === undefined) throw new Error('a webhook without a secret');
  const replaced =
    standing === undefined
      ? []
      : [{ sealed_secret: standing.sealed_secret, signs_until: new Date(now.getTime() + OVERLAP_MS) }];
  const before = (standing?.old_secrets ?? []).filter((old) => !isSecret(old));
  return {
    sealed: sealSecret(masterKey, bound, secret),
    old: [...replaced, ...before].slice(0, MOST_OLD_SECRETS),
  };
}

function shown(masterKey: Buffer, { biller_id, sealed_secret }: WebhookRow): string {
  return `whsec_${openSecret(masterKey, sealedFor(biller_id), sealed_secret).toString('base64')}`;
}

/** What the audit log keeps: no secret. */
function tellable({ url, events, batch }: WebhookRow): object {
  return { url, events, batch };
}

function malformed(pointer: string, detail: string): Refusal {
  return refuse('malformed-request', undefined, { errors: [{ pointer, detail }] });
}
