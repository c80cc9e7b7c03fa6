// What a bank says of a debit by itself: later than when it was called, or of one that it had by a file. The same word again
// changes nothing; one that contradicts what was is refused.

import { refuse, Refused } from '../../kernel/errors.ts';
import { billerOf, parseId, showId } from '../../kernel/ids.ts';
import { noteSaid } from '../bank-link/index.ts';
import { lockDebits, type DebitRef } from '../debits/index.ts';
import type { MandateCaller } from '../mandates/index.ts';
import { bookInTime, type DemandTools } from './demand-debit.ts';
import type { OutcomeBody } from './schema.ts';

const BOOK_WITHIN_MS = 7_000;

/** Refuses `forbidden` for everybody but a bank's client, `debit-not-found`, `malformed-request`, `debit-state`. */
export async function sayOutcome(
  tools: DemandTools,
  { person, channelId, client }: MandateCaller,
  shownId: string,
  { outcome, ...told }: OutcomeBody,
): Promise<void> {
  if (person !== undefined || channelId === null)
    throw new Refused(refuse('forbidden', { reason: 'only the payer’s bank says what came of a debit' }));
  const {
    code = null,
    text = null,
    bankReference = null,
  }: Partial<Record<keyof typeof told, string | null>> = told;
  const isNo = outcome === 'refused' || outcome === 'returned';
  if (isNo && code === null && text === null) throw reasonMissing();
  const debitId = parseId('dbt', shownId);
  if (debitId === undefined) throw notFound(shownId);
  const ref: DebitRef = { billerId: billerOf(debitId), debitId };
  await tools.database.nodeOf(ref.billerId).transaction(async (tx) => {
    const [debit] = await lockDebits(tx, [ref]);
    if (debit === undefined || debit.channelId !== channelId || debit.way === null) throw notFound(shownId);
    const isTooEarly = debit.state === 'built' && debit.way === 'file';
    const said = { outcome, code, text, bankReference };
    const noted = isTooEarly ? 'conflict' : await noteSaid(tx, ref, said, client ?? '');
    if (noted === 'conflict')
      throw new Refused(refuse('debit-state', { debitId: showId('dbt', debitId), state: debit.state }));
  });
  await bookInTime(tools, ref, BOOK_WITHIN_MS);
}

function notFound(debitId: string): Refused {
  return new Refused(refuse('debit-not-found', { debitId }));
}

function reasonMissing(): Refused {
  const errors = [{ pointer: '/code', detail: 'a refusal or a return needs its code, or its text' }];
  return new Refused(refuse('malformed-request', undefined, { errors }));
}
