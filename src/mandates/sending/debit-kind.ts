// Debits as a kind of order: pain.008 at the bank. What banks answer is noted here and worked through elsewhere
// (src/mandates/booking).

import { bankDate } from '../../calendar/index.ts';
import { bankCalendar } from '../../billers/bank/index.ts';
import { businessNow } from '../../approvals/index.ts';
import type { Leave, OrderFile, OrderKind } from '../../orders/index.ts';
import { lookUpByKeys, type Tx } from '../../platform/db/index.ts';
import { moveDebits } from '../debits/index.ts';
import { noteAnswer } from './note-answer.ts';
import { WORKER } from './send-parts.ts';
import { fileStands, lockOfFile, type FileStands } from './store-file.ts';

export const DEBIT = 'debit';

export const debitKind: OrderKind = {
  kind: DEBIT,

  /** Of a file that was offered the bank may have the debits already. */
  async leaveOf(tx, file) {
    if (file.stands !== 'made') return { to: 'go' };
    await lookUpByKeys(tx);
    const calendar = await bankCalendar(tx, file.bankId);
    const reason = whyNot(await fileStands(tx, file.fileId), bankDate(await businessNow(tx), calendar));
    return reason === undefined ? { to: 'go' } : withdraw(tx, file, reason);
  },

  /** Its debits are noted as sent in lots (tell-sent.ts), since it may have five thousand. */
  handedOver: async () => undefined,

  answered: noteAnswer,
};

/** A payment in between takes so many files back; then it is too late, and what is paid twice becomes the payer's credit. */
const MOST_BUILDS = 3;

function whyNot(
  { sendOn, fallen, contradicted, paid, builds }: FileStands,
  bankToday: string,
): string | undefined {
  if (fallen > 0) return `the mandates of ${fallen} debits hold no more`;
  if (contradicted > 0) return `of ${contradicted} debits a statement has the money of the first try`;
  if (sendOn !== null && sendOn < bankToday) return `it had to be with the bank on ${sendOn}`;
  return paid > 0 && builds < MOST_BUILDS ? `bills of ${paid} debits are paid meanwhile` : undefined;
}

/** All that stands in it is built anew, which finds what has to be dropped or taken out. */
async function withdraw(tx: Tx, { fileId }: OrderFile, reason: string): Promise<Leave> {
  const debits = await lockOfFile(tx, fileId);
  const moved = debits.find(({ state }) => state !== 'built');
  if (moved !== undefined) return { to: 'stays', reason: `a debit of it is ${moved.state} already` };
  const at = await businessNow(tx);
  await moveDebits(
    tx,
    debits.map((debit) => ({ debit, to: 'planned' })),
    { actor: WORKER, at },
  );
  return { to: 'withdrawn', reason };
}
