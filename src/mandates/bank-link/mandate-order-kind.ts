// Requests for mandates as a kind of order: pain.009 at the bank, answered by pain.012. An answer is noted here and worked
// through mandate by mandate in steps of its own.

import { maskAccountsIn } from '../../kernel/mask-accounts.ts';
import {
  outcomeOf,
  weighWords,
  type Answered,
  type OrderFile,
  type OrderKind,
  type Said,
} from '../../orders/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import { shownMandate } from '../mandates/index.ts';
import { MANDATE_ORDER } from './file-mandates.ts';
import { readRequestId } from './mandate-request-of.ts';
import {
  endSubmissions,
  lockOfFile,
  messagesOf,
  noteVerdicts,
  takeOut,
  type NotedWord,
  type OfFile,
} from './store-submission.ts';

export const mandateOrderKind: OrderKind = {
  kind: MANDATE_ORDER,

  /** A mandate that has moved on meanwhile is asked for no more; the others go in a file of their own. */
  async leaveOf(tx, { fileId, stands }) {
    const all = await lockOfFile(tx, fileId);
    const gone = all.filter(({ isAsked }) => !isAsked);
    // Once it was offered the bank may have it, and its answer about them is believed no more.
    if (gone.length === 0 || stands !== 'made') return { to: 'go' };
    await endSubmissions(tx, gone);
    await takeOut(tx, fileId);
    return { to: 'withdrawn', reason: `${gone.length} of its mandates are asked for no more` };
  },

  handedOver: () => Promise.resolve(),

  async ordersOf(tx, ids) {
    const asked = ids.flatMap((id) => {
      const read = readRequestId(id);
      return read === undefined ? [] : [{ id, ...read }];
    });
    return messagesOf(tx, asked);
  },

  answered,
};

async function answered(tx: Tx, { fileId, messageId }: OrderFile, { statuses }: Said): Promise<Answered> {
  const all = await lockOfFile(tx, fileId);
  const byName = namesOf(all);
  const weighed = weighWords(messageId, statuses);
  const words = new Map<OfFile, NotedWord>();
  const unknown = [...weighed.unknown];
  const conflicts: string[] = [];
  let undecided = 0;
  for (const id of weighed.named) {
    const of = byName.get(id);
    const standing = weighed.of(id);
    const word = of && standing !== 'contradiction' ? wordOf(of, standing) : undefined;
    if (of === undefined) unknown.push(id);
    else if (standing === 'contradiction') conflicts.push(id);
    else if (word === undefined) undecided += 1;
    else if ((of.verdict ?? words.get(of)?.verdict ?? word.verdict) !== word.verdict) conflicts.push(id);
    else words.set(of, word);
  }
  // A bank that refuses the whole file has looked at no mandate: a person has to.
  if (statuses.some((each) => each.whole?.verdict === 'rejected')) conflicts.push(messageId);
  const said = [...words.values()];
  await noteVerdicts(
    tx,
    [...words].filter(([of]) => of.verdict === null).map(([, word]) => word),
  );
  const refusals = said.filter(({ verdict }) => verdict === 'refused').length;
  const verdicts = all.map((of) => words.get(of)?.verdict ?? of.verdict);
  return {
    outcome: outcomeOf({
      accepted: said.length - refusals,
      rejected: refusals,
      undecided,
      unknown,
      conflicts,
    }),
    rejected: verdicts.filter((verdict) => verdict === 'refused').length,
  };
}

/** A bank names the request, or the mandate. */
function namesOf(all: readonly OfFile[]): Map<string, OfFile> {
  return new Map(
    all.flatMap((of) => {
      const shown = shownMandate(of);
      return [
        [shown, of],
        [`${shown}-${of.submission}`, of],
      ] as const;
    }),
  );
}

/** `reasons`: the code and the words, '' where there is none. */
function wordOf(
  { billerId, mandateId, submission, shownAccount }: OfFile,
  standing: { readonly verdict: string; readonly reasons: readonly string[] } | null,
): NotedWord | undefined {
  const decided = standing?.verdict === 'accepted' || standing?.verdict === 'rejected';
  if (standing === null || !decided) return undefined;
  const [code = '', text = ''] = standing.reasons;
  return {
    billerId,
    mandateId,
    submission,
    verdict: standing.verdict === 'rejected' ? 'refused' : 'validated',
    code: code === '' ? null : code,
    text: text === '' ? null : maskAccountsIn(text, shownAccount),
    bankReference: null,
  };
}
