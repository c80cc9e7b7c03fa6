// What a line of an agency's own account proves of direct payments: Dr biller/direct, Cr channel/direct, for each channel.

import { newId, type Uuid } from '../../kernel/ids.ts';
import { accountOf, type Entries } from '../../ledger/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { OpenDay } from '../../settlement/remittances/index.ts';
import type { Proof } from './prove-direct.ts';
import { insertProofs } from './store-direct.ts';
import type { WaitingLine } from './waiting-line.ts';

export interface BookedProofs {
  /** As matches of the line. */
  readonly found: readonly {
    readonly kind: 'direct';
    readonly channelId: number;
    readonly subjectId: Uuid | null;
    readonly amountMinor: bigint;
    readonly journalId: Uuid;
  }[];
  /** Break keys of dates that are proved whole by it. */
  readonly whole: readonly string[];
}

/** The dates are locked by this transaction. */
export async function bookProofs(
  tx: Tx,
  { billerId, day }: { readonly billerId: number; readonly day: OpenDay },
  { statementId, line, currency }: WaitingLine,
  proofs: readonly Proof[],
  entries: Entries,
): Promise<BookedProofs> {
  const { businessDate, now } = day;
  const found: BookedProofs['found'][0][] = [];
  const whole: string[] = [];
  for (const channelId of new Set(proofs.map((proof) => proof.channelId))) {
    const own = proofs.filter((proof) => proof.channelId === channelId);
    const amountMinor = own.reduce((sum, { minor }) => sum + minor, 0n);
    const journalId: Uuid = newId(now.getTime(), billerId);
    const recordedAt = now.toISOString();
    entries.add({ billerId, journalId, kind: 'direct-proven', paymentId: null, businessDate, recordedAt }, [
      { account: accountOf('biller/direct', 0, currency), amountMinor },
      { account: accountOf('channel/direct', channelId, currency), amountMinor: -amountMinor },
    ]);
    whole.push(
      ...(await insertProofs(tx, { billerId, statementId, line, currency, journalId, at: now, proofs: own })),
    );
    for (const { paymentId, minor } of own)
      found.push({ kind: 'direct', channelId, subjectId: paymentId, amountMinor: minor, journalId });
  }
  return { found, whole };
}
