// The word of the payer's bank on a mandate that was sent to it. Said twice is said once; another word later is refused.

import { refuse, Refused } from '../../kernel/errors.ts';
import type { Tx } from '../../platform/db/index.ts';
import { onMandate } from './change.ts';
import type { MandateTools } from './create.ts';
import type { Mandate } from './mandate.ts';
import { shownMandate } from './requests.ts';
import type { ValidationBody } from './schema.ts';
import { lastBankWord } from './store-list.ts';
import { validated } from './submit.ts';
import { move, stepTime, type StepBy } from './take-step.ts';
import { sideOf, wrongState, type MandateCaller } from './who-may.ts';

/**
 * Refuses `mandate-not-found`, `forbidden` for everybody but the bank's client, `malformed-request` for a refusal without its
 * reason, `mandate-state` when it waits for no word or has another one, `mandate-changed`.
 */
export function validateMandate(
  tools: MandateTools,
  caller: MandateCaller,
  shownId: string,
  { decision, reason, bankReference: named, revision }: ValidationBody,
): Promise<void> {
  return onMandate(tools, caller, shownId, async (tx, it) => {
    if (sideOf(caller, it) !== 'bank')
      throw new Refused(refuse('forbidden', { reason: 'only the payer’s bank validates' }));
    if (decision === 'refused' && reason === undefined) throw reasonMissing();
    if (it.state === 'submitted') checkRevision(it, revision);
    const { client, actor } = caller;
    const by: StepBy = { side: 'bank', staffId: null, client, actor };
    await takeBankWord(tx, tools, it, by, { decision, reason, bankReference: named ?? null });
  });
}

export interface BankWord {
  readonly decision: 'validated' | 'refused';
  /** Of a refusal; the payer reads it. */
  readonly reason?: string | undefined;
  /** What the bank gave beside it, for the history. */
  readonly content?: Readonly<Record<string, string>>;
  readonly bankReference: string | null;
}

/** The mandate is locked. Refuses `mandate-state` when it waits for no word or has another one; the same again is nothing. */
export async function takeBankWord(
  tx: Tx,
  { directory }: Pick<MandateTools, 'directory'>,
  it: Mandate,
  by: StepBy,
  { decision, reason, content, bankReference }: BankWord,
): Promise<void> {
  const action = decision === 'validated' ? 'bank-validated' : 'bank-refused';
  if (it.state !== 'submitted') {
    if ((await lastBankWord(tx, it)) === action) return;
    throw wrongState(it);
  }
  if (action === 'bank-validated') {
    await validated(tx, directory, it, by, { bankReference, reason });
    return;
  }
  const at = await stepTime(tx, it);
  const change = { bankReference };
  await move(tx, directory, it, by, { action, reason, change, at, ...(content && { content }) });
}

function checkRevision(it: Mandate, read: number | undefined): void {
  if (read !== undefined && read !== it.revision)
    throw new Refused(refuse('mandate-changed', { mandateId: shownMandate(it), revision: it.revision }));
}

function reasonMissing(): Refused {
  const errors = [{ pointer: '/reason', detail: 'a refusal needs its reason' }];
  return new Refused(refuse('malformed-request', undefined, { errors }));
}
