// Hands order files over to banks, outside transactions, so that whatever happens on the way (a kill at any instant, a
// broken line, a bank that collects at once) the bank is given each file once:
//  1. the bytes are written under the name of a part, which the bank leaves alone;
//  2. the database notes that the file is offered;
//  3. the part gets its name, in one step;
//  4. the database notes that it was handed over, and the kind of order is told.
// Who comes back after 1 writes the part again. After 2 there are three cases: the file is there (it was renamed), the
// part is there (it was not), or neither (the bank has taken it, for only the rename takes the part away).

import type { Uuid } from '../kernel/ids.ts';
import type { Database } from '../platform/db/index.ts';
import type { Log } from '../platform/log.ts';
import type { BankOfFile } from './bank-place.ts';
import { noteHandedOver, offer } from './leave.ts';
import type { OrderKinds } from './order-kind.ts';
import { partOf, type Place } from './place.ts';
import { openOrder } from './sealed-file.ts';
import { claimFile, type WaitingFile } from './store-order-file.ts';
import { noteFailure } from './store-progress.ts';

export interface HandOverParts {
  readonly database: Database;
  /** Opens the files. */
  readonly masterKey: Buffer;
  /** Files of others are left alone. */
  readonly kinds: OrderKinds;
  /** Throws when the bank's place cannot be reached. */
  readonly openPlace: (bank: BankOfFile) => Promise<Place>;
  readonly log: Pick<Log, 'info' | 'warn' | 'error'>;
  /** Longer than any attempt lasts: for so long nobody else tries the same file. */
  readonly leaseMs?: number;
  /** Told where an attempt has come to, for tests of what a kill there does. */
  readonly at?: (point: 'claimed' | 'written' | 'offered' | 'renamed') => Promise<void>;
}

/** What lies there is not ours: a person has to look, no repetition helps. */
class OtherBytes extends Error {}

/** Something in it came to an end without it: whoever gave it to the bank now would order it twice. */
class MustStay extends Error {}

const LEASE_MS = 15 * 60_000;
const FIRST_PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = 15 * 60_000;

/** Every file whose turn it is, each once. `evenLater`: those that wait for their next try or for a person, too. */
export async function handOver(
  parts: HandOverParts,
  { evenLater = false } = {},
): Promise<{ handedOver: string[]; failed: { name: string; failure: string }[] }> {
  const { database, kinds, leaseMs = LEASE_MS } = parts;
  const tried: Uuid[] = [];
  const handedOver: string[] = [];
  const failed: { name: string; failure: string }[] = [];
  for (;;) {
    const file = await database.transaction((tx) =>
      claimFile(tx, { kinds: kinds.keys(), leaseMs, evenLater, but: tried }),
    );
    if (file === undefined) return { handedOver, failed };
    tried.push(file.fileId);
    const became = await attempt(parts, file);
    if (became === 'handed-over') handedOver.push(file.name);
    else if (became !== 'withdrawn') failed.push({ name: file.name, ...became });
  }
}

/** What became of it, noted; a failure in words. */
async function attempt(
  parts: HandOverParts,
  file: WaitingFile,
): Promise<'handed-over' | 'withdrawn' | { failure: string }> {
  const { database, kinds, log } = parts;
  let place: Place | undefined;
  try {
    await parts.at?.('claimed');
    place = await parts.openPlace(file);
    const { remark, withdrawn } = await put(parts, place, file);
    if (withdrawn !== undefined) {
      log.info({ file: file.name, bank: file.bankCode, reason: withdrawn }, 'an order file was withdrawn');
      return 'withdrawn';
    }
    await database.transaction((tx) => noteHandedOver(tx, kinds, file.fileId, remark));
    log.info({ file: file.name, bank: file.bankCode, remark }, 'an order file was handed over');
    return 'handed-over';
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error);
    const isFinal = error instanceof OtherBytes || error instanceof MustStay;
    const pauseMs = isFinal ? null : Math.min(FIRST_PAUSE_MS * 2 ** (file.attempts - 1), LONGEST_PAUSE_MS);
    await database.transaction((tx) => noteFailure(tx, file.fileId, failure, pauseMs));
    const told = { err: error, file: file.name, bank: file.bankCode, attempts: file.attempts };
    if (error instanceof OtherBytes)
      log.error(told, 'other bytes lie under the name of an order file: a person has to look');
    else if (isFinal) log.error(told, 'an order file must not go any more: a person has to look');
    else log.warn(told, 'an order file was not handed over; it is tried again');
    return { failure };
  } finally {
    await place?.close();
  }
}

interface Put {
  readonly remark: string | null;
  /** Why it never goes. */
  readonly withdrawn?: string;
}

async function put(parts: HandOverParts, place: Place, file: WaitingFile): Promise<Put> {
  const { fileId, name, kept, isOffered } = file;
  const bytes = openOrder(parts.masterKey, fileId, kept);
  const part = partOf(name);
  if (await isThere(place, name, bytes)) {
    await place.remove(part);
    return { remark: isOffered ? null : 'it lay there before it was offered' };
  }
  if (!isOffered) {
    await place.write(part, bytes);
    await parts.at?.('written');
  } else if (!(await isThere(place, part, bytes))) {
    return { remark: 'the bank had taken it before it was noted' };
  }
  const leave = await parts.database.transaction((tx) => offer(tx, parts.kinds, fileId));
  if (leave.to === 'stays') throw new MustStay(leave.reason);
  if (leave.to === 'withdrawn') {
    await place.remove(part);
    return { remark: null, withdrawn: leave.reason };
  }
  if (!isOffered) await parts.at?.('offered');
  await place.rename(part, name);
  await parts.at?.('renamed');
  return { remark: null };
}

async function isThere(place: Place, name: string, bytes: Buffer): Promise<boolean> {
  const there = await place.read(name);
  if (there === undefined) return false;
  if (!there.equals(bytes)) throw new OtherBytes(`${name} is there already with other bytes`);
  return true;
}
