// Links a biller to its agency's own system, or changes how it is asked. A link that has no secret yet gets one, which
// is returned once, for the agency to keep; in the database it is sealed.

import { recordAudit, type Actor, type Outcome } from '../access/index.ts';
import { sealSecret } from '../kernel/seal.ts';
import { newWebhookSecret, readWebhookSecret } from '../kernel/standard-webhooks.ts';
import type { Database } from '../platform/db/index.ts';
import { linkSecretId } from './biller.ts';
import { readLinkSettings, type LinkSettings } from './link-settings.ts';
import { findBillerId, lockConfiguration } from './store-change.ts';
import { findLink, putLink } from './store-link.ts';

/** Any of the settings, those left out stay; `secret` is `whsec_…`, or `new` for one that is made. */
export type LinkWish = Partial<LinkSettings> & { readonly secret?: string };

export interface LinkTools {
  readonly masterKey: Buffer;
  /** Private networks that this installation may call, CIDR. */
  readonly allowedNetworks: readonly string[];
}

export interface MadeLink {
  readonly link: LinkSettings;
  /** Of a secret that was made here. */
  readonly shownOnce?: string;
}

export const NO_LINK = 'a linked biller needs a link: give it one with --link';

/** Refuses an unknown biller, settings that cannot hold and what is no secret of Standard Webhooks. */
export function setLink(
  database: Database,
  code: string,
  { secret, ...wish }: LinkWish,
  { masterKey, allowedNetworks }: LinkTools,
  actor: Actor,
): Promise<Outcome<MadeLink>> {
  return database.transaction(async (tx) => {
    await lockConfiguration(tx);
    const billerId = await findBillerId(tx, code);
    if (billerId === undefined) return { ok: false, reason: `there is no biller ${code}` };
    const standing = await findLink(tx, billerId);
    const read = readLinkSettings({ ...standing?.settings, ...wish }, allowedNetworks);
    if ('faults' in read) return { ok: false, reason: read.faults.join('; ') };
    const isMade = secret === 'new' || (secret === undefined && standing === undefined);
    const given = isMade ? newWebhookSecret() : secret;
    const bytes = given === undefined ? undefined : readWebhookSecret(String(given));
    if (given !== undefined && bytes === undefined)
      return { ok: false, reason: 'link.secret must be whsec_ and the base64 of 24 to 64 bytes, or new' };
    const sealedSecret =
      bytes === undefined ? standing?.sealedSecret : sealSecret(masterKey, linkSecretId(code), bytes);
    if (sealedSecret === undefined) throw new Error('a link without a secret');
    await putLink(tx, billerId, { settings: read.settings, sealedSecret });
    await recordAudit(tx, actor, {
      action: 'biller.set-link',
      subject: `biller/${code}`,
      before: standing?.settings,
      after: { ...read.settings, newSecret: bytes !== undefined },
    });
    return { ok: true, value: { link: read.settings, ...(isMade && { shownOnce: given }) } };
  });
}
