// Who does not want to be told by a biller. It holds from the commit on: what waits is suppressed when its turn comes,
// what is being sent at that moment goes out. Only a keyed hash of the address is kept, in the audit log its mask.

import { recordAudit, type Actor, type Outcome } from '../../access/index.ts';
import type { Database } from '../../platform/db/index.ts';
import { addressHasher, maskAddress, readAddress } from './addresses.ts';
import type { Medium } from './message.ts';
import { deleteOptOut, findBiller, insertOptOut } from './store-desk.ts';

export interface OptOut {
  readonly billerCode: string;
  readonly medium: Medium;
  readonly address: string;
  /** `out`: no messages any more; `in`: messages again. */
  readonly to: 'out' | 'in';
}

/** What is shown of it. Refuses an unknown biller and what is no address; repeating it changes nothing. */
export function setOptOut(
  database: Database,
  masterKey: Buffer,
  { billerCode, medium, address: text, to }: OptOut,
  actor: Actor,
): Promise<
  Outcome<{ biller: string; medium: Medium; address: string; optedOut: boolean; changed: boolean }>
> {
  return database.transaction(async (tx) => {
    const address = readAddress(medium, text);
    if (address === undefined) {
      const form =
        medium === 'sms' ? 'a mobile number with its country, such as +96824123456' : 'an e-mail address';
      return { ok: false, reason: `this is not ${form}` };
    }
    const biller = await findBiller(tx, billerCode);
    if (biller === undefined) return { ok: false, reason: `there is no biller ${billerCode}` };
    const hash = addressHasher(masterKey)(medium, address);
    const change = to === 'out' ? insertOptOut : deleteOptOut;
    const changed = await change(tx, biller.billerId, medium, hash);
    const shown = maskAddress(medium, address);
    if (changed) {
      const action = `message.opt-${to}`;
      await recordAudit(tx, actor, {
        action,
        subject: `biller/${billerCode}`,
        after: { medium, address: shown },
      });
    }
    return {
      ok: true,
      value: { biller: billerCode, medium, address: shown, optedOut: to === 'out', changed },
    };
  });
}
