// What the operator's people decide about a debit that its bank took back while credit that it left is spent (kind
// `debit-return`): what is missing is the agency's, and the return is booked, in the transaction of the last acceptance.

import { Type } from 'typebox';
import { recordAudit } from '../../access/index.ts';
import type { ApprovalKind } from '../../approvals/index.ts';
import { refuse, Refused } from '../../kernel/errors.ts';
import { parseId, showId } from '../../kernel/ids.ts';
import { formatMinor } from '../../kernel/money.ts';
import { mendBooks, type CreditTools } from '../../payments/credit/index.ts';
import { partReader } from '../../platform/http/index.ts';
import { RETURN_REQUEST } from './ask-return.ts';
import { LookAgain } from './book-lot.ts';
import { bookReturn } from './book-return.ts';
import { restoreCredit } from './restore-credit.ts';
import { nextWords } from './store-booking.ts';

const read = partReader(Type.Object({ debitId: Type.String() }, { additionalProperties: false }), '/content');

export function returnKind(tools: Pick<CreditTools, 'directory' | 'lane' | 'openDays'>): ApprovalKind {
  return {
    kind: RETURN_REQUEST,
    mend: (error) => mendBooks(tools, error),

    async accepted(tx, approval, actor) {
      const { billerId, approvalId } = approval;
      const { debitId: shownId } = read(approval.content);
      const debitId = parseId('dbt', shownId);
      const { words } = debitId === undefined ? { words: [] } : await nextWords(tx, billerId, { debitId });
      const [word] = words;
      if (word?.approvalId !== approvalId)
        throw impossible('the return is booked, or another request is about it');
      let minor = 0n;
      const { booked } = await bookReturn(tx, tools, word, async () => {
        minor = await restoreCredit(tx, tools.lane, word, approval);
      }).catch((error: unknown) => {
        throw error instanceof LookAgain ? impossible('the debit is not collected any more') : error;
      });
      if (booked === 0) throw impossible('it is being booked at this moment; try again');
      await recordAudit(tx, actor, {
        action: 'debit.return',
        subject: `debit/${shownId}`,
        after: {
          approval: showId('apr', approvalId),
          ...(approval.amount && { atAgencysCost: formatMinor(minor, approval.amount.currency) }),
        },
      });
    },
  };
}

function impossible(reason: string): Refused {
  return new Refused(refuse('approval-impossible', { reason }));
}
