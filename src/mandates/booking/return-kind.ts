// What the operator's people decide about a debit that its bank took back while credit that it left is spent, or something else
// has become of what it paid (kind `debit-return`): what is missing is the agency's, and the return is booked, in the
// transaction of the last acceptance.

import { isDeepStrictEqual } from 'node:util';
import { Type } from 'typebox';
import { recordAudit } from '../../access/index.ts';
import type { ApprovalKind } from '../../approvals/index.ts';
import { refuse, Refused } from '../../kernel/errors.ts';
import { parseId, showId } from '../../kernel/ids.ts';
import { formatMinor, money } from '../../kernel/money.ts';
import { mendBooks, type CreditTools } from '../../payments/credit/index.ts';
import { partReader } from '../../platform/http/index.ts';
import { RETURN_REQUEST, seenBy, standingsOf } from './ask-return.ts';
import { LookAgain } from './book-lot.ts';
import { bookReturn, type Decided } from './book-return.ts';
import { restoreCredit } from './restore-credit.ts';
import { nextWords } from './store-booking.ts';

const read = partReader(
  Type.Object(
    { debitId: Type.String(), standings: Type.Optional(Type.Array(Type.String())) },
    { additionalProperties: false },
  ),
  '/content',
);

export interface ReturnTools extends Pick<CreditTools, 'directory' | 'lane' | 'openDays'> {
  /** Of each debit that is not tried again, with its cause. */
  readonly onGivenUp: (billerCode: string, cause: string) => void;
}

export function returnKind(tools: ReturnTools): ApprovalKind {
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
      const first: Decided['first'] = async ({ currency }, payments) => {
        if (!isDeepStrictEqual(standingsOf(payments), seenBy(approval.content)))
          throw impossible('something else has become of what it paid; you are asked anew');
        const amount = approval.amount ?? money(0n, currency);
        minor = await restoreCredit(tx, tools.lane, word, { approvalId, amount });
      };
      const { booked, moves } = await bookReturn(tx, tools, word, { approvalId, first }).catch(
        (error: unknown) => {
          throw error instanceof LookAgain ? impossible('the debit is not collected any more') : error;
        },
      );
      if (booked === 0) throw impossible('it is being booked at this moment; try again');
      await recordAudit(tx, actor, {
        action: 'debit.return',
        subject: `debit/${shownId}`,
        after: {
          approval: showId('apr', approvalId),
          ...(approval.amount && { atAgencysCost: formatMinor(minor, approval.amount.currency) }),
        },
      });
      const { code } = tools.directory.current.billersById.get(billerId) ?? {};
      return () => {
        for (const { why, retryOn } of moves)
          if ((retryOn ?? null) === null) tools.onGivenUp(code ?? String(billerId), why ?? 'other');
      };
    },
  };
}

function impossible(reason: string): Refused {
  return new Refused(refuse('approval-impossible', { reason }));
}
