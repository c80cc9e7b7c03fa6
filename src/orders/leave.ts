// The last look at an order file before the bank can have it, and the note once it has it. Each is one transaction that
// locks the file, then what stands in it.

import type { Uuid } from '../kernel/ids.ts';
import type { Tx } from '../platform/db/index.ts';
import { kindOf, type Leave, type OrderFile, type OrderKinds } from './order-kind.ts';
import { noteOffered, noteWithBank, noteWithdrawn } from './store-progress.ts';
import { lockWaiting } from './store-order-file.ts';
import { businessNow } from './store-time.ts';

/** `go`: from the commit on the file may lie under its name. Else it must not. */
export async function offer(tx: Tx, kinds: OrderKinds, fileId: Uuid): Promise<Leave> {
  const file = await lockWaiting(tx, fileId);
  if (file === undefined) return { to: 'stays', reason: 'the bank has answered before it was handed over' };
  const leave = await kindOf(kinds, file).leaveOf(tx, file);
  if (leave.to === 'go') await noteOffered(tx, fileId);
  if (leave.to === 'withdrawn') {
    if (file.stands !== 'made') throw new Error(`order ${file.messageId} may be with the bank already`);
    await noteWithdrawn(tx, fileId, leave.reason);
  }
  return leave;
}

/** The file is with the bank. Nothing happens the second time. `remark` is kept with the file. */
export async function noteHandedOver(
  tx: Tx,
  kinds: OrderKinds,
  fileId: Uuid,
  remark: string | null,
): Promise<void> {
  const file = await lockWaiting(tx, fileId);
  if (file !== undefined) await tellWithBank(tx, kinds, file, remark);
}

/** The file is locked and waits. */
export async function tellWithBank(
  tx: Tx,
  kinds: OrderKinds,
  file: OrderFile,
  remark: string | null,
): Promise<void> {
  const now = await businessNow(tx);
  await noteWithBank(tx, file.fileId, remark, now);
  await kindOf(kinds, file).handedOver(tx, file, now);
}
