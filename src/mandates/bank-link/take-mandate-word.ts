// The word of a linked bank on a mandate that it was asked for: what the bank's own client would say by POST …/validation.
// Of a submission that has been overtaken nothing is believed.

import { Refused } from '../../kernel/errors.ts';
import type { Directory } from '../../channels/index.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import type { Log } from '../../platform/log.ts';
import { reasonOf, wordsFor } from '../debits/index.ts';
import { findMandate, takeBankWord, type Mandate, type StepBy } from '../mandates/index.ts';
import {
  answeredOnes,
  endSubmissions,
  lockAnswered,
  type NotedWord,
  type SubmissionRef,
} from './store-submission.ts';

export interface WordParts {
  readonly database: Database;
  readonly directory: Directory;
  readonly log: Pick<Log, 'info' | 'warn' | 'error'>;
}

/** A word that contradicts another is told to operations; the first holds. */
export function takeMandateWord(parts: WordParts, word: NotedWord): Promise<void> {
  return work(parts, word, () => Promise.resolve(word));
}

/** Of one sweep; the rest waits for the next. */
const AT_ONCE = 500;

/** What stood in answers to files, each in a transaction of its own. */
export async function workOnAnswered(parts: WordParts, signal?: AbortSignal): Promise<void> {
  for (const ref of await parts.database.transaction((tx) => answeredOnes(tx, AT_ONCE))) {
    if (signal?.aborted === true) return;
    await work(parts, ref, (tx) => lockAnswered(tx, ref)).catch((error: unknown) =>
      parts.log.error(
        { err: error, mandateId: ref.mandateId },
        'the word of a bank on a mandate was not taken',
      ),
    );
  }
}

async function work(
  { database, directory, log }: WordParts,
  ref: SubmissionRef,
  wordOf: (tx: Tx) => Promise<NotedWord | undefined>,
): Promise<void> {
  const told = await database.nodeOf(ref.billerId).transaction(async (tx) => {
    const it = await findMandate(tx, ref.mandateId, 'for no key update');
    const word = await wordOf(tx);
    if (it === undefined || word === undefined) return undefined;
    const failure = await apply(tx, { directory }, it, word);
    await endSubmissions(tx, [ref], failure);
    return failure;
  });
  if (told !== undefined)
    log.warn({ mandateId: ref.mandateId, reason: told }, 'the word of a bank on a mandate came too late');
}

/** Why it was not taken. Nothing is written when it is refused. */
async function apply(
  tx: Tx,
  tools: { readonly directory: Directory },
  it: Mandate,
  { submission, verdict, code, text, bankReference }: NotedWord,
): Promise<string | undefined> {
  if (it.submissions !== submission) return 'it was submitted again meanwhile';
  const channel = tools.directory.current.channelsById.get(it.channelId)?.code ?? '';
  const by: StepBy = {
    side: 'bank',
    staffId: null,
    client: channel,
    actor: { name: `channel/${channel}`, origin: 'worker' },
  };
  const content = { ...(code !== null && { code }), ...(text !== null && { text }) };
  const reason = verdict === 'refused' ? reasonFor(it, code, text) : undefined;
  try {
    await takeBankWord(tx, tools, it, by, { decision: verdict, reason, bankReference, content });
    return undefined;
  } catch (error) {
    if (error instanceof Refused) return `it is ${it.state}`;
    throw error;
  }
}

/** In the payer's language where the code says why; else in the bank's own words. */
function reasonFor({ contact }: Mandate, code: string | null, text: string | null): string {
  const { cause } = reasonOf([code, text]);
  const isPlain = cause !== 'other' && cause !== 'unsaid';
  return isPlain || text === null ? wordsFor(cause, contact?.language ?? 'en') : text;
}
