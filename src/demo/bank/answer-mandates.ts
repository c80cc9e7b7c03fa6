// The demo bank's word on requests for mandates: pain.009 in, pain.012 out.

import { mandateAnswerWriter, type HeardRequests } from '../../dialects/index.ts';
import type { MandateAnswer } from '../../mandates/debits/index.ts';
import { behaviourOf, NOT_PROVED } from './behaviour.ts';
import type { BankBooks } from './bank-books.ts';
import type { WrittenFile } from './places.ts';

/** None: it says nothing of any of them. */
export function answerMandates(books: BankBooks, file: HeardRequests, at: Date): WrittenFile[] {
  const answers = file.requests.flatMap((request): MandateAnswer[] => {
    const { mandate } = behaviourOf(request.debtor.account);
    if (mandate === 'silent') return [];
    const isRefused = mandate === 'refused';
    return [
      {
        requestMessageId: file.messageId,
        requestId: request.requestId,
        mandateReference: request.mandateReference,
        verdict: isRefused ? 'rejected' : 'accepted',
        reasonCode: isRefused ? NOT_PROVED.code : null,
        reasonText: isRefused ? NOT_PROVED.text : null,
      },
    ];
  });
  const [first, ...rest] = answers;
  if (first === undefined) return [];
  const messageId = `DBM${books.nextMessage()}-${file.messageId.slice(-20)}`;
  const pieces = mandateAnswerWriter.pieces({ messageId, createdAt: at, answers: [first, ...rest] });
  return [{ place: 'answers', name: `pain012-${messageId}.xml`, bytes: Buffer.concat([...pieces]) }];
}
