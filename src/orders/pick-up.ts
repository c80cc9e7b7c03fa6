// Fetches what banks have put into their folders at SFTP, for whatever purpose: nothing is touched there, and what has been
// fetched is remembered by its name, size and time. One that is still being written comes again, of another size.

import { readBanks, type Bank } from '../billers/bank/index.ts';
import type { Uuid } from '../kernel/ids.ts';
import type { Database, Tx } from '../platform/db/index.ts';
import type { Log } from '../platform/log.ts';
import { isMeant, type Pickup } from './pickup.ts';
import { openSftpInbox, type Inbox, type InboxFile } from './sftp-inbox.ts';
import { noteFetched, unfetched, type Purpose } from './store-pickup.ts';

export interface PickUpParts {
  readonly database: Database;
  readonly masterKey: Buffer;
  readonly log: Pick<Log, 'error'>;
}

export interface PickUp {
  readonly what: Purpose;
  /** undefined: nothing is fetched from this bank. */
  readonly pickupOf: (tx: Tx, bankId: number) => Promise<Pickup | undefined>;
  /** The id under which its bytes are kept; null: it was not taken, which is told. Who is killed must bear the same file twice. */
  readonly take: (bank: Bank, file: InboxFile, bytes: AsyncIterable<Buffer>) => Promise<Uuid | null>;
}

/** Every bank whose settings name a folder. One that cannot be reached is told and does not keep the others. */
export async function pickUpAll(parts: PickUpParts, pickUp: PickUp): Promise<void> {
  const { database, masterKey, log } = parts;
  for (const bank of await database.transaction((tx) => readBanks(tx))) {
    const pickup = await database.transaction((tx) => pickUp.pickupOf(tx, bank.bankId));
    if (pickup === undefined) continue;
    try {
      const inbox = await openSftpInbox(bank, masterKey, pickup.folder);
      await pickUpFrom(parts, pickUp, { bank, pickup, inbox }).finally(() => inbox.close());
    } catch (error) {
      log.error({ err: error, bank: bank.code }, `${pickUp.what}s were not fetched; it is tried again`);
    }
  }
}

interface Place {
  readonly bank: Bank;
  readonly pickup: Pickup;
  readonly inbox: Inbox;
}

async function pickUpFrom(parts: PickUpParts, pickUp: PickUp, { bank, pickup, inbox }: Place): Promise<void> {
  const { database, log } = parts;
  const { what, take } = pickUp;
  const meant = (await inbox.list()).filter(({ name }) => isMeant(pickup, name));
  for (const file of await database.transaction((tx) => unfetched(tx, bank.bankId, what, meant)))
    try {
      const fileId = await take(bank, file, inbox.read(file.name));
      await database.transaction((tx) => noteFetched(tx, bank.bankId, what, file, fileId));
    } catch (error) {
      const facts = { err: error, bank: bank.code, file: file.name };
      log.error(facts, `the ${what} of a bank was not taken; it is tried again`);
      // It does not keep the others, unless the server is gone: then this throws.
      await inbox.list();
    }
}
