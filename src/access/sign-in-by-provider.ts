// The provider's word against a session, for a person who is bound to the subject that it names.

import { refuse, Refused } from '../kernel/errors.ts';
import type { Database } from '../platform/db/index.ts';
import type { Provider, UnderWay } from './provider.ts';
import { recordAudit } from './record-audit.ts';
import { openSession } from './sign-in.ts';
import { findBySubject } from './store-provider.ts';
import type { Origin } from './store-session.ts';
import { toPerson } from './store-staff.ts';

/** The session's token. Refuses `sign-in-unbound` and what the provider's `finish` does. */
export async function signInByProvider(
  database: Database,
  provider: Provider,
  answer: { readonly query: string; readonly kept: UnderWay },
  origin: Origin,
): Promise<string> {
  const subject = await provider.finish(answer.query, answer.kept);
  const { issuer } = provider.settings;
  const token = await database.transaction(async (tx) => {
    const row = await findBySubject(tx, { issuer, subject });
    if (row !== undefined)
      return (await openSession(tx, toPerson(row), origin, 'provider', 'by the provider')).token;
    await recordAudit(
      tx,
      { name: 'stranger', origin: 'api', address: origin.address },
      { action: 'session.refused', subject: 'staff/(unknown)', after: { way: 'provider', subject } },
    );
    return undefined;
  });
  // Outside, so that the audit stays.
  if (token === undefined) throw new Refused(refuse('sign-in-unbound'));
  return token;
}
