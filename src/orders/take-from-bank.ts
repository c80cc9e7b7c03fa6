// An answer that a bank has put for us, into a folder here or at SFTP: read whole, taken, and what came of it told.

import type { Bank } from '../billers/bank/index.ts';
import type { Log } from '../platform/log.ts';
import type { TakenAnswer } from './bank-answer.ts';
import { LARGEST_ANSWER_BYTES } from './order-status.ts';
import { takeBankAnswer, type AnswerTools } from './take-bank-answer.ts';

export interface TakingParts extends AnswerTools {
  readonly log: Pick<Log, 'info' | 'warn' | 'error'>;
}

interface PutFile {
  readonly name: string;
  /** As it was listed; by now there may be more. */
  readonly size: number;
  readonly bytes: () => AsyncIterable<Buffer>;
}

/** undefined: it is larger than any is, and nothing of it is kept. */
export async function takeFromBank(
  parts: TakingParts,
  { bankId, code: bank }: Bank,
  { name, size, bytes }: PutFile,
): Promise<TakenAnswer | undefined> {
  const { log } = parts;
  const whole = size > LARGEST_ANSWER_BYTES ? undefined : await readWhole(bytes());
  if (whole === undefined) {
    log.error({ bank, file: name, size }, 'an answer of a bank is larger than any is: set aside unread');
    return undefined;
  }
  const taken = await takeBankAnswer(parts, { name, bytes: whole, accountId: null, bankId });
  const { known, outcome } = taken;
  const { refused, unknown, conflicts } = outcome;
  const needsAPerson = refused !== null || unknown.length > 0 || conflicts.length > 0;
  const told = { bank, file: name, known, ...outcome };
  if (needsAPerson) log.warn(told, 'an answer of a bank needs a person');
  else log.info(told, 'an answer of a bank was taken');
  return taken;
}

async function readWhole(bytes: AsyncIterable<Buffer>): Promise<Buffer | undefined> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of bytes) {
    size += piece.length;
    if (size > LARGEST_ANSWER_BYTES) return undefined;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
