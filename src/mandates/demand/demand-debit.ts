// A debit at the payer's word from the request to what came of it in time: his bank is called outside any transaction, what it
// says is booked at once. What does not come in time comes later, by events.

import { callDebit, type BankLines } from '../bank-link/index.ts';
import { bookDebit, type BookingTools } from '../booking/index.ts';
import type { DebitRef } from '../debits/index.ts';
import type { MandateCaller, MandateTools } from '../mandates/index.ts';
import { askDebit } from './ask-debit.ts';
import type { DemandBody } from './schema.ts';

export interface DemandTools extends MandateTools {
  readonly lines: BankLines;
  readonly booking: BookingTools;
}

/** The gateway answers within ten seconds. */
const ANSWER_WITHIN_MS = 9_000;
const CALL_WITHIN_MS = 7_500;

/** Refuses what `askDebit` refuses. */
export async function demandDebit(
  tools: DemandTools,
  caller: MandateCaller,
  body: DemandBody,
): Promise<DebitRef & { readonly isNew: boolean }> {
  const { lines, booking, database } = tools;
  const startedAt = performance.now();
  const { call, ...asked } = await askDebit(tools, caller, body);
  if (call === undefined) return asked;
  const parts = { database, lines, log: booking.log };
  const { link, claimed, body: said } = call;
  const came = await callDebit(parts, link, claimed, said, CALL_WITHIN_MS).catch((error: unknown) => {
    booking.log.error(
      { err: error },
      'a debit was made, and its bank could not be called; it is called again',
    );
    return 'down';
  });
  if (came !== 'down' && came !== 'wrong' && came !== 'pending')
    await bookInTime(tools, asked, ANSWER_WITHIN_MS - (performance.now() - startedAt));
  return asked;
}

/** What is not booked by then, or cannot be, the worker books. */
export async function bookInTime(
  { booking }: Pick<DemandTools, 'booking'>,
  ref: DebitRef,
  withinMs: number,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<void>((resolve) => (timer = setTimeout(resolve, Math.max(0, withinMs))));
  const booked = bookDebit(booking, ref).catch((error: unknown) =>
    booking.log.error({ err: error }, 'what a bank said of a debit is booked later'),
  );
  await Promise.race([booked, tooLate]);
  clearTimeout(timer);
}
