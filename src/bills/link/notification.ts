// Where a linked agency that wants no webhook is told of payments: at its link, signed with the link's secret, in the
// same form, order and repetition as a webhook.

import { linkSecretId, type Biller } from '../../billers/index.ts';
import { openSecret } from '../../kernel/seal.ts';

export interface Notification {
  readonly url: string;
  readonly secret: Buffer;
}

/** undefined: this agency is not told through a link. */
export function notificationOf(biller: Biller, masterKey: Buffer): Notification | undefined {
  const { link, code } = biller;
  if (link?.notify !== true) return undefined;
  return {
    url: `${link.url}/payments`,
    secret: openSecret(masterKey, linkSecretId(code), link.sealedSecret),
  };
}
