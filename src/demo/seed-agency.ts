// Points the demo's agencies at the demo agency: the webhooks of all, and the live link of the one that is asked for its
// bills. Repeatable, also where an earlier version has seeded; an address that somebody chose himself stays, and
// a webhook that he removed stays removed.

import { setLink } from '../billers/index.ts';
import { setWebhook } from '../confirmations/index.ts';
import type { Database } from '../platform/db/index.ts';
import type { Log } from '../platform/log.ts';
import type { AgencyFile } from './agency-file.ts';
import { DEMO_BILLERS } from './billers.ts';
import { handOverBills } from './hand-over-bills.ts';
import { DEMO_ACTOR, must } from './seed-parties.ts';
import { linkUrlOf, wasEverDone, webhooksOf } from './store.ts';

export interface AgencySeeding {
  readonly database: Database;
  readonly masterKey: Buffer;
  readonly dataDir: string;
  readonly allowedNetworks: readonly string[];
  readonly log: Log;
  readonly agency: AgencyFile;
  /** Its secrets were made just now. */
  readonly isNew: boolean;
}

/** The demo agency listens on this machine alone, whatever its port was then. */
const OUR_WEBHOOK = /^http:\/\/127\.0\.0\.1:\d+\/confirmations\/[^/]+$/;
const OUR_LINK = /^http:\/\/127\.0\.0\.1:\d+$/;

export async function seedAgency(seeding: AgencySeeding): Promise<void> {
  const { database, agency, log } = seeding;
  const codes = DEMO_BILLERS.map(({ code }) => code);
  const standing = await database.transaction((tx) => webhooksOf(tx, codes));
  for (const { code, biller_id: billerId, url, events, batch } of standing) {
    if (url !== null && !OUR_WEBHOOK.test(url)) continue;
    const subject = `biller/${billerId}`;
    if (url === null && (await database.transaction((tx) => wasEverDone(tx, 'webhook.remove', subject))))
      continue;
    // Also when it stands already: what could not be delivered before is tried at once.
    const body = {
      url: `${agency.url}/confirmations/${code}`,
      secret: agency.webhooks[code],
      ...(events !== null && { events }),
      ...(batch !== null && { batch }),
    };
    const refusal = await setWebhook(seeding, billerId, body, DEMO_ACTOR);
    if ('code' in refusal)
      log.warn({ biller: code, errors: refusal.errors }, 'the demo agency cannot be told of payments');
  }
  await seedLink(seeding);
}

/** It answers within moments or not at all; then what it said last holds, and what is paid is told it afterwards. */
async function seedLink({ database, dataDir, agency, isNew, ...tools }: AgencySeeding): Promise<void> {
  const linked = DEMO_BILLERS.find(({ code }) => code === agency.link.billerCode);
  if (linked === undefined) throw new Error(`the demo has no biller ${agency.link.billerCode}`);
  const { code, settings } = linked;
  await handOverBills(database, dataDir, { code, currency: settings.currency });
  const { url } = agency;
  const { secret } = agency.link;
  const standing = await database.transaction((tx) => linkUrlOf(tx, code));
  if (standing === undefined) {
    must(await setLink(database, code, { url, secret, whenDown: 'stale' }, tools, DEMO_ACTOR));
  } else if (OUR_LINK.test(standing) && (standing !== url || isNew)) {
    must(await setLink(database, code, { url, secret }, tools, DEMO_ACTOR));
  }
}
